//! Time expressions as they are written, before they are anchored.

use super::holidays::Rule;
use super::units::{Part, Season, Unit};
use crate::document::{Modifier, TimeKind};

/// A recognised expression: where it stands, counted in pieces, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    /// First piece.
    pub(super) first: usize,
    /// One past its last piece.
    pub(super) next: usize,
    /// What it says.
    pub(super) shape: Shape,
    /// "early", "more than", "since": how the value is to be taken.
    pub(super) modifier: Option<Modifier>,
    /// A part of the day.
    pub(super) part: Option<Part>,
    /// A time of day.
    pub(super) clock: Option<Clock>,
    /// The other end, if it is a range: "June 30–July 2".
    pub(super) until: Option<Box<Expression>>,
    /// Which way the words around it look.
    pub(super) looks: Looks,
    /// Whether it is said in passing, in brackets or before a noun, and the story does not move there.
    pub(super) aside: bool,
}

impl Expression {
    /// An expression without more to it.
    pub(super) fn new(first: usize, next: usize, shape: Shape) -> Self {
        Expression {
            first,
            next,
            shape,
            modifier: None,
            part: None,
            clock: None,
            until: None,
            looks: Looks::Open,
            aside: false,
        }
    }

    /// The same with a modifier.
    pub(super) fn modified(self, modifier: Modifier) -> Self {
        Expression { modifier: Some(modifier), ..self }
    }

    /// Whether it is a day of the calendar or of the week, to which a time of day can be added.
    pub(super) fn is_day(&self) -> bool {
        matches!(
            &self.shape,
            Shape::Month { day: Some(_), .. }
                | Shape::Numeric { .. }
                | Shape::DayOfMonth(_)
                | Shape::Weekday { .. }
                | Shape::Holiday { .. }
                | Shape::Unit { unit: Unit::Day, .. }
                | Shape::Told { unit: Unit::Day, .. }
                | Shape::Nth { unit: Nth::Unit(Unit::Day) | Nth::Weekday(_), .. }
        )
    }

    /// Its TIMEX3 type.
    pub(super) fn kind(&self) -> TimeKind {
        match &self.shape {
            Shape::Set(_) => TimeKind::Set,
            Shape::Duration { .. } | Shape::Span { .. } | Shape::Portion { .. } => TimeKind::Duration,
            Shape::OfDay | Shape::Unit { unit: Unit::Night, .. } => TimeKind::Time,
            Shape::Offset { unit, .. } if unit.is_of_clock() => TimeKind::Time,
            _ if self.clock.is_some() || self.part.is_some() => TimeKind::Time,
            _ => TimeKind::Date,
        }
    }
}

/// Which way a clause looks, by its verbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// "will meet", "is to meet", "scheduled for".
    Ahead,
    /// "met".
    Back,
    /// Nothing says.
    Open,
}

/// A time of day as told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: Option<i8>,
    pub(super) second: Option<i8>,
    /// Minutes from UTC, where the text states UTC or a number of hours from it. A named zone ("EST") is part of the
    /// expression only: which one it is depends on where and when.
    pub(super) offset: Option<i16>,
}

impl Clock {
    /// "T17:00", "T17:00:30", "T10:30Z", "T10:30+03:00".
    pub(super) fn value(&self) -> String {
        let mut out = format!("T{:02}:{:02}", self.hour, self.minute.unwrap_or(0));
        if let Some(second) = self.second {
            out.push_str(&format!(":{second:02}"));
        }
        match self.offset {
            Some(0) => out.push('Z'),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                out.push_str(&format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60));
            }
            None => {}
        }
        out
    }
}

/// The year that a month, season, quarter or holiday is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said.
    Open,
    /// "2024".
    Is(i16),
    /// "last March", "this March", "next March": the nearest one before, of this year, the nearest after.
    Beside(i64),
    /// "March of last year".
    Shifted(i64),
    /// "March of that year", "of the following year".
    Told(i64),
}

/// What a relative expression counts from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum From {
    /// Now: "ago".
    Now,
    /// The date told last: "later".
    Told,
    /// A date beside it: "two days after May 5".
    Date(Box<Expression>),
}

/// What is counted off inside of something larger: "the first *week* of May", "the last *Monday* in June".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nth {
    Unit(Unit),
    Weekday(i8),
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// "29 October 2023", "October 29", "October 2023", "October".
    Month { year: Year, month: i8, day: Option<i8> },
    /// "10/11/2024": which of the two is the month is for the document to say.
    Numeric { first: i8, second: i8, year: i16 },
    /// "the 15th".
    DayOfMonth(i8),
    /// "2023", "480 BC".
    Year(i16),
    /// "'68": the century is that of the text.
    ShortYear(i16),
    /// "in 264": a year if the text tells of the first centuries or of those before Christ.
    EarlyYear(i16),
    /// "fiscal 2024": whose it is decides when it begins.
    FiscalYear(i16),
    /// "the 1980s", by its first year; before Christ by its last.
    Decade(i16),
    /// "the 19th century"; negative before Christ.
    Century(i16),
    /// "Q3", "the third quarter of 2024".
    Quarter { year: Year, number: i8 },
    /// "the first half of 2024".
    Half { year: Year, number: i8 },
    /// "summer of 2022", "last summer".
    Season { year: Year, season: Season },
    /// "Monday", "next Monday", "Monday of last week".
    Weekday { number: i8, shift: Option<i64>, week: Option<i64> },
    /// "over the weekend".
    Weekend,
    /// "yesterday", "last year", "this week": a whole unit, so many from now.
    Unit { unit: Unit, shift: i64 },
    /// "the previous day", "that year", "the following week": a unit, so many from the date just told.
    Told { unit: Unit, shift: i64 },
    /// "the first week of May": one unit in something larger, from its end if negative.
    Nth { number: i8, unit: Nth, whole: Box<Expression> },
    /// "two days ago", "three weeks later".
    Offset { unit: Unit, count: Option<f64>, back: bool, from: From },
    /// "the past two years", "the next few days": a stretch that ends or begins now.
    Span { unit: Unit, count: Option<f64>, back: bool },
    /// "the first ten months of 1915", "the 12 months to June": so many units at an edge of something.
    Portion { unit: Unit, count: Option<f64>, edge: Edge, whole: Box<Expression> },
    /// "three months", "a few years", "10 to 15 years", "two years and three months".
    Duration { unit: Unit, count: Option<f64>, to: Option<f64>, more: Option<(f64, Unit)> },
    /// "every day", "daily", "every Monday".
    Set(String),
    /// "5 p.m.", "noon" without a day; "in the morning".
    OfDay,
    /// "Christmas".
    Holiday { year: Year, rule: Rule },
    /// PAST_REF, PRESENT_REF, FUTURE_REF.
    Reference(&'static str),
}

/// Where a [`Shape::Portion`] lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// At the beginning of the whole.
    First,
    /// At its end.
    Last,
}
