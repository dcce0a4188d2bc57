//! Times (TIMEX3).

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A time expression, after TimeML's TIMEX3.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// The expression.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value ("2024-10-26", "2024-W43-WE", "P3M", "PAST_REF"); `None` if it cannot be normalised.
    pub value: Option<String>,
    /// Start of the interval, closed.
    pub start: Option<DateTime>,
    /// End of the interval, open.
    pub end: Option<DateTime>,
    /// Size of the unit in which it is told.
    pub granularity: Granularity,
    /// What it was anchored to.
    pub anchor: Anchor,
    /// TIMEX3 `mod`: which part of the value, or how it is bounded ("late October", "less than a year").
    pub modifier: Option<Modifier>,
}

/// TIMEX3 modifiers (TimeML 1.2.1, attribute `mod`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Modifier {
    /// "Earlier this week", "before June 6".
    Before,
    /// "Later this week", "after June 6".
    After,
    /// "By June 6", "no later than Friday".
    OnOrBefore,
    /// "Since June 6", "as soon as this weekend".
    OnOrAfter,
    /// "Less than a year", "nearly four decades".
    LessThan,
    /// "More than a decade".
    MoreThan,
    /// "No more than 10 minutes", "within a week".
    EqualOrLess,
    /// "At least 10 minutes".
    EqualOrMore,
    /// "Early October".
    Start,
    /// "The middle of the month".
    Mid,
    /// "Late October".
    End,
    /// "About three years", "around noon".
    Approx,
}

impl Modifier {
    /// All of them.
    pub const ALL: [Modifier; 12] = [
        Modifier::Before,
        Modifier::After,
        Modifier::OnOrBefore,
        Modifier::OnOrAfter,
        Modifier::LessThan,
        Modifier::MoreThan,
        Modifier::EqualOrLess,
        Modifier::EqualOrMore,
        Modifier::Start,
        Modifier::Mid,
        Modifier::End,
        Modifier::Approx,
    ];

    /// The one with that TIMEX3 name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Modifier> {
        Modifier::ALL.into_iter().find(|m| m.as_str() == name)
    }

    /// The TIMEX3 name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Modifier::Before => "BEFORE",
            Modifier::After => "AFTER",
            Modifier::OnOrBefore => "ON_OR_BEFORE",
            Modifier::OnOrAfter => "ON_OR_AFTER",
            Modifier::LessThan => "LESS_THAN",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
        }
    }
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TimeKind {
    /// A day or something larger.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimeKind {
    /// The TIMEX3 name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// Units of time, small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Granularity {
    Second,
    Minute,
    Hour,
    DayPart,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
    Unknown,
}

impl Granularity {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Granularity::Second => "second",
            Granularity::Minute => "minute",
            Granularity::Hour => "hour",
            Granularity::DayPart => "day_part",
            Granularity::Day => "day",
            Granularity::Weekend => "weekend",
            Granularity::Week => "week",
            Granularity::Month => "month",
            Granularity::Quarter => "quarter",
            Granularity::Season => "season",
            Granularity::Year => "year",
            Granularity::Decade => "decade",
            Granularity::Century => "century",
            Granularity::Unknown => "unknown",
        }
    }
}

/// What a time expression was anchored to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// Nothing needed: the expression is complete.
    Explicit,
    /// The document's publication date.
    Published,
    /// A date stated earlier in the text.
    Stated,
    /// The corpus, because the document has no date of its own.
    Corpus,
    /// Nothing could be found.
    Unanchored,
}

impl Anchor {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Anchor::Explicit => "explicit",
            Anchor::Published => "published",
            Anchor::Stated => "stated",
            Anchor::Corpus => "corpus",
            Anchor::Unanchored => "unanchored",
        }
    }
}
