//! Time expressions as they are written, before they are anchored.

/// A recognised expression: its tokens and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    /// First token.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) next: usize,
    /// What it says.
    pub(super) shape: Shape,
    /// "early", "mid", "late": START, MID, END; "earlier this week": BEFORE, "later": AFTER.
    pub(super) part: Option<&'static str>,
    /// A part of the day: MO, MI, AF, EV, NI.
    pub(super) day_part: Option<&'static str>,
    /// A time of day.
    pub(super) clock: Option<(i8, Option<i8>)>,
}

impl Expression {
    /// An expression without parts.
    pub(super) fn new(first: usize, next: usize, shape: Shape) -> Self {
        Expression { first, next, shape, part: None, day_part: None, clock: None }
    }
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// "29 October 2023", "October 29", "October 2023", "October".
    Month { year: Option<i16>, month: i8, day: Option<i8>, to_day: Option<i8>, shift: Option<i64> },
    /// "2023".
    Year(i16),
    /// "2014 to 2018".
    Years(i16, i16),
    /// "the 1980s".
    Decade(i16),
    /// "the 19th century".
    Century(i16),
    /// "Q3", "the third quarter of 2024".
    Quarter { year: Option<i16>, number: i8 },
    /// "the first half of 2024".
    Half { year: Option<i16>, number: i8 },
    /// "summer of 2022", "last summer".
    Season { year: Option<i16>, code: &'static str, shift: Option<i64> },
    /// "Monday", "next Monday".
    Weekday { number: i8, shift: Option<i64> },
    /// "yesterday", "last year", "this week": a whole unit, so many from the anchor.
    Unit { unit: &'static str, shift: i64 },
    /// "over the weekend".
    Weekend,
    /// "two days ago", "three weeks later": so many units from the anchor or from the date just told.
    Offset { unit: &'static str, count: Option<f64>, back: bool, told: bool },
    /// "the past two years", "the next few days": a stretch that ends or begins at the anchor.
    Span { unit: &'static str, count: Option<f64>, back: bool },
    /// "the previous day", "that year", "the following week": a unit, so many from the date just told.
    Told { unit: &'static str, shift: i64 },
    /// "three months", "a few years".
    Duration { unit: &'static str, count: Option<f64> },
    /// "every day", "daily", "every Monday".
    Set(String),
    /// "5 p.m.", "noon" without a day; "in the morning".
    OfDay,
    /// "Christmas".
    Holiday { year: Option<i16>, month: i8, day: i8 },
    /// PAST_REF, PRESENT_REF, FUTURE_REF.
    Reference(&'static str),
}
