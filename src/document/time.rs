//! Times (TIMEX3) and places.

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

/// A place named in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The name as written ("Pyongyang", "North Korean").
    pub span: Span,
    /// Canonical name ("Pyongyang", "North Korea").
    pub name: String,
    /// What sort of place.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code of its country, if it lies in one.
    pub country: Option<String>,
}

/// Sorts of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PlaceKind {
    Country,
    Region,
    City,
    Continent,
}

impl PlaceKind {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Country => "country",
            PlaceKind::Region => "region",
            PlaceKind::City => "city",
            PlaceKind::Continent => "continent",
        }
    }
}
