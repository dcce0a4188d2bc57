//! From what an expression says to a stretch of the calendar.
//!
//! What is complete stands for itself. What counts from now ("yesterday", "last year", "on Monday") counts from the
//! document's date, or, if it has none, from the date told last, or from the corpus's date. What counts from the story
//! ("the next day", "two weeks later", "that year") counts from the date told last, or else from the document's. A
//! history without a date goes on where it is: "in June" after "In 1943" is June 1943, and "in January" after "in
//! December 1943" is January 1944.

use jiff::civil::Date;

use super::calendar::{self, Stretch};
use super::expression::{Edge, Expression, From, Looks, Shape, Year};
use super::holidays;
use super::reckoning::{month_or_day, nearest, nth, weekday, whole_count};
use super::units::{Season, Unit};
use crate::document::{Anchor, Granularity, Modifier};

/// What relative expressions can be anchored to.
#[derive(Debug)]
pub(super) struct Anchors {
    pub(super) published: Option<Date>,
    pub(super) corpus: Option<Date>,
    /// Whether the document writes the day before the month: 26/10/2024.
    pub(super) day_first: bool,
    /// Whether the text tells of other years than that of its publication: a history, even if it has a date.
    pub(super) is_history: bool,
    /// The date told last.
    told: Option<Told>,
    /// The month or day told last, and in which sentence: where the story is.
    told_day: Option<(Date, usize)>,
    story_at: Option<Told>,
    /// The last day that the text stated in full: in a text without a date the likeliest "now".
    stated: Option<Date>,
    /// The year told last in full.
    told_year: Option<i16>,
    /// Index of the sentence being read.
    pub(super) sentence: usize,
    /// Index of its block.
    pub(super) block: u32,
}

/// A date that the text told.
#[derive(Clone, Copy, Debug)]
struct Told {
    start: Date,
    granularity: Granularity,
    sentence: usize,
    block: u32,
}

impl Anchors {
    pub(super) fn new(
        published: Option<Date>,
        corpus: Option<Date>,
        day_first: bool,
        is_history: bool,
    ) -> Anchors {
        Anchors {
            published,
            corpus,
            day_first,
            is_history,
            told: None,
            told_day: None,
            story_at: None,
            stated: None,
            told_year: None,
            sentence: 0,
            block: 0,
        }
    }

    /// What "now" is.
    fn now(&self) -> Option<(Date, Anchor)> {
        self.published
            .map(|d| (d, Anchor::Published))
            .or_else(|| self.stated.max(self.told.map(|t| t.start)).map(|d| (d, Anchor::Stated)))
            .or_else(|| self.corpus.map(|d| (d, Anchor::Corpus)))
    }

    /// Where the story is: for "the previous day", "two weeks later".
    fn story(&self) -> Option<(Date, Anchor)> {
        self.told.map(|t| (t.start, Anchor::Stated)).or_else(|| self.now())
    }

    /// The day of an hour told without one: the day told in this sentence or the one before, else today.
    fn day(&self) -> Option<(Date, Anchor)> {
        let near = self.told_day.filter(|(_, s)| self.published.is_none() || s + 1 >= self.sentence);
        near.map(|(d, _)| (d, Anchor::Stated)).or_else(|| self.now())
    }

    /// Takes note of what was told.
    fn tell(&mut self, stretch: &Stretch, anchor: Anchor, aside: bool) {
        let start = stretch.start.date();
        let told =
            Told { start, granularity: stretch.granularity, sentence: self.sentence, block: self.block };
        if stretch.granularity <= Granularity::Season {
            self.story_at = Some(told);
        } else if stretch.granularity == Granularity::Year
            && let Some(story) = self.story_at
        {
            // A year said in passing, far off, or the story's own leaves the story where it is.
            let jump = i32::from(start.year()) - i32::from(story.start.year());
            if !aside && jump != 0 && jump.abs() <= JUMP {
                self.story_at = Some(told);
            }
        } else if stretch.granularity == Granularity::Year && !aside {
            self.story_at = Some(told);
        }
        if anchor == Anchor::Explicit && stretch.granularity <= Granularity::Day && start.year() > 1900 {
            self.stated = Some(start);
        }
        let counts = anchor == Anchor::Explicit || self.published.is_none();
        if counts && stretch.granularity <= Granularity::Year {
            self.told_year = Some(start.year());
        }
        if stretch.granularity <= Granularity::Year {
            self.told = Some(told);
        }
        if stretch.granularity <= Granularity::Day {
            self.told_day = Some((start, self.sentence));
        }
    }

    /// The stretch of an expression and what it was anchored to; the anchors move on.
    pub(super) fn place(&mut self, expression: &Expression) -> Option<(Stretch, Anchor)> {
        let (mut stretch, anchor) = self.stretch(expression)?;
        stretch = self.refined(expression, stretch)?;
        self.tell(&stretch, anchor, expression.aside);
        Some((stretch, anchor))
    }

    /// Applies parts, parts of the day and clock times.
    fn refined(&self, expression: &Expression, mut stretch: Stretch) -> Option<Stretch> {
        let day = stretch.start.date();
        if let Some(clock) = &expression.clock {
            return calendar::clock(day, clock);
        }
        if let Some(part) = expression.part
            && stretch.granularity == Granularity::Day
        {
            return calendar::part_of_day(day, part);
        }
        match expression.modifier {
            Some(part @ (Modifier::Start | Modifier::Mid | Modifier::End)) => {
                Some(calendar::third(stretch, part))
            }
            // "Earlier this week" ends where today begins, "later" begins where it ends.
            Some(side @ (Modifier::Before | Modifier::After))
                if matches!(expression.shape, Shape::Unit { .. } | Shape::Told { .. }) =>
            {
                if let Some((now, Anchor::Published | Anchor::Corpus)) = self.now() {
                    let (morning, evening) =
                        (calendar::midnight(now), calendar::midnight(now.tomorrow().unwrap_or(now)));
                    match side {
                        Modifier::Before if stretch.start < morning && morning < stretch.end => {
                            stretch.end = morning
                        }
                        Modifier::After if stretch.start <= morning && evening < stretch.end => {
                            stretch.start = evening
                        }
                        _ => {}
                    }
                }
                Some(stretch)
            }
            _ => Some(stretch),
        }
    }

    fn stretch(&self, expression: &Expression) -> Option<(Stretch, Anchor)> {
        let explicit = |stretch: Option<Stretch>| stretch.map(|s| (s, Anchor::Explicit));
        match &expression.shape {
            Shape::Month { year, month, day } => {
                let (year, anchor) = self.year(*year, *month, *day, expression.looks)?;
                month_or_day(year, *month, *day).map(|s| (s, anchor))
            }
            Shape::Numeric { first, second, year } => {
                let (day, month) = if self.day_first { (*first, *second) } else { (*second, *first) };
                explicit(calendar::of(*year, month, day).and_then(calendar::day))
            }
            Shape::DayOfMonth(day) => {
                let (date, anchor) = self.story()?;
                calendar::of(date.year(), date.month(), *day).and_then(calendar::day).map(|s| (s, anchor))
            }
            Shape::Year(year) => explicit(calendar::year(*year)),
            Shape::ShortYear(short) => {
                let base = self.told_year.or(self.now().map(|n| n.0.year())).unwrap_or(2000);
                let year = base.div_euclid(100).checked_mul(100)?.checked_add(*short)?;
                explicit(calendar::year(if year > base.checked_add(15)? { year - 100 } else { year }))
            }
            Shape::EarlyYear(number) => {
                let told = self.told_year.filter(|y| *y < 1000)?;
                explicit(calendar::year(if told <= 0 { 1 - *number } else { *number }))
            }
            Shape::Decade(year) => explicit(calendar::decade(*year)),
            Shape::Century(number) => explicit(calendar::century(*number)),
            Shape::Quarter { year, number } => {
                let (year, anchor) = self.year(*year, *number * 3 - 2, None, expression.looks)?;
                calendar::quarter(year, *number).map(|s| (s, anchor))
            }
            Shape::Half { year, number } => {
                let (year, anchor) =
                    self.year(*year, if *number == 1 { 1 } else { 7 }, None, expression.looks)?;
                calendar::half(year, *number).map(|s| (s, anchor))
            }
            Shape::Season { year, season } => self.season(*year, *season, expression.looks),
            Shape::Holiday { year, rule } => {
                let month = holidays::day(*rule, 2000)?.month();
                let (year, anchor) = if matches!(rule, holidays::Rule::Once(_)) {
                    (2000, Anchor::Explicit)
                } else {
                    let day = holidays::day(*rule, 2000)?.day();
                    self.year(*year, month, Some(day), expression.looks)?
                };
                holidays::day(*rule, year).and_then(calendar::day).map(|s| (s, anchor))
            }
            Shape::Weekday { number, shift, week } => {
                let (now, anchor) =
                    if *shift == Some(1) && self.published.is_none() { self.story()? } else { self.now()? };
                let date = match week {
                    Some(weeks) => {
                        let monday = calendar::monday(calendar::shift(now, Unit::Week, *weeks)?)?;
                        calendar::shift(monday, Unit::Day, i64::from(number - 1))?
                    }
                    None => weekday(now, *number, *shift, expression.looks)?,
                };
                calendar::day(date).map(|s| (s, anchor))
            }
            Shape::Weekend => {
                // During the week "the weekend" is the one that was, unless something is to come.
                let (now, anchor) = self.now()?;
                let on_it = now.weekday().to_monday_one_offset() >= 6;
                let shift = if on_it || expression.looks == Looks::Ahead { 0 } else { -1 };
                calendar::weekend(calendar::shift(now, Unit::Week, shift)?).map(|s| (s, anchor))
            }
            Shape::Unit { unit: Unit::Weekend, shift: 0 } => {
                // "met this weekend" early in the week is the one that was
                let (now, anchor) = self.now()?;
                let was = expression.looks == Looks::Back && now.weekday().to_monday_one_offset() <= 3;
                calendar::weekend(calendar::shift(now, Unit::Week, if was { -1 } else { 0 })?)
                    .map(|s| (s, anchor))
            }
            Shape::Unit { unit, shift } => {
                let (now, anchor) = self.now_of(*unit, expression.modifier)?;
                // In a history "today" is the day just told, if one was, or nobody's.
                if *unit == Unit::Day && anchor == Anchor::Stated && expression.modifier.is_none() {
                    self.told_day.filter(|(d, s)| *d == now && s + 2 > self.sentence)?;
                }
                // Whole months and years count from their first day: a month before 31 March is February.
                let base = match unit {
                    Unit::Day | Unit::Night | Unit::Week | Unit::Weekend => now,
                    _ => calendar::around(now, *unit)?.start.date(),
                };
                calendar::around(calendar::shift(base, *unit, *shift)?, *unit).map(|s| (s, anchor))
            }
            Shape::Told { unit, shift } => {
                let (date, anchor) = self.story()?;
                let base = match unit {
                    Unit::Month | Unit::Year | Unit::Decade | Unit::Century | Unit::Quarter => {
                        calendar::around(date, *unit)?.start.date()
                    }
                    _ => date,
                };
                // "that day" needs a day that was told
                let coarse = self.told.is_some_and(|t| t.granularity > unit.granularity());
                if anchor == Anchor::Stated && coarse && *unit <= Unit::Day {
                    let (day, _) = self.told_day.filter(|(_, s)| s + 6 >= self.sentence)?;
                    return calendar::around(calendar::shift(day, *unit, *shift)?, *unit)
                        .map(|s| (s, anchor));
                }
                calendar::around(calendar::shift(base, *unit, *shift)?, *unit).map(|s| (s, anchor))
            }
            Shape::Nth { number, unit, whole } => {
                let (whole, anchor) = self.stretch(whole)?;
                nth(*number, *unit, &whole).map(|s| (s, anchor))
            }
            Shape::Offset { unit, count, back, from } => {
                let (date, anchor) = match from {
                    From::Now => self.now()?,
                    From::Told => self.story()?,
                    From::Date(date) => self.stretch(date).map(|(s, anchor)| (s.start.date(), anchor))?,
                };
                let (unit, count) = whole_count(*unit, (*count)?)?;
                let date = calendar::shift(date, unit, if *back { -count } else { count })?;
                // "Two years ago" is told in years, "two days later" in days, "a fortnight ago" too.
                let unit = if unit == Unit::Fortnight { Unit::Day } else { unit };
                calendar::around(date, unit).map(|s| (s, anchor))
            }
            Shape::OfDay => {
                let (day, anchor) = self.day()?;
                let shift = if expression.part.is_some() && self.is_overnight(expression) { -1 } else { 0 };
                calendar::day(calendar::shift(day, Unit::Day, shift)?).map(|s| (s, anchor))
            }
            Shape::FiscalYear(_)
            | Shape::Set(_)
            | Shape::Reference(_)
            | Shape::Duration { .. }
            | Shape::Span { .. }
            | Shape::Portion { .. } => None,
        }
    }

    /// "Overnight" in the news is the night before.
    fn is_overnight(&self, expression: &Expression) -> bool {
        self.published.is_some()
            && expression.looks != Looks::Ahead
            && expression.next == expression.first + 1
            && expression.part == Some(super::units::Part::Night)
            && expression.modifier.is_none()
    }

    /// "Now" for a unit: with "the end of the year" it is the year of the date told in the same sentence.
    fn now_of(&self, unit: Unit, modifier: Option<Modifier>) -> Option<(Date, Anchor)> {
        let here = self.told.filter(|t| t.sentence == self.sentence && t.granularity <= unit.granularity());
        match (here, modifier) {
            (Some(told), Some(Modifier::Start | Modifier::Mid | Modifier::End)) => {
                Some((told.start, Anchor::Stated))
            }
            _ => self.now(),
        }
    }

    /// The year of a month, quarter or holiday, and what gave it.
    fn year(&self, year: Year, month: i8, day: Option<i8>, looks: Looks) -> Option<(i16, Anchor)> {
        match year {
            Year::Is(year) => Some((year, Anchor::Explicit)),
            Year::Shifted(shift) => {
                let (now, anchor) = self.now()?;
                Some((now.year().checked_add(i16::try_from(shift).ok()?)?, anchor))
            }
            Year::Told(shift) => {
                let (date, anchor) = self.story()?;
                Some((date.year().checked_add(i16::try_from(shift).ok()?)?, anchor))
            }
            Year::Beside(shift) => {
                let (now, anchor) = self.now()?;
                let year = now.year();
                Some((
                    match shift {
                        ..=-1 => year - i16::from(month >= now.month()),
                        0 => year,
                        _ => year + i16::from(month <= now.month()),
                    },
                    anchor,
                ))
            }
            Year::Open => {
                let Some(published) = self.published else {
                    if let (Some(story), Some(_)) = (self.story_at.or(self.told), self.told_year) {
                        let here = self
                            .told
                            .filter(|t| t.sentence == self.sentence && t.granularity == Granularity::Year);
                        return Some((
                            here.map_or_else(|| going_on(&story, month), |t| t.start.year()),
                            Anchor::Stated,
                        ));
                    }
                    let (now, anchor) = self.now()?;
                    return Some((nearest(now, month, day, looks), anchor));
                };
                // In the same paragraph as a date of another year the story is still there.
                if let Some(told) = self.story_at
                    && (told.block == self.block || self.is_history)
                    && told.start.year() < published.year()
                    && looks != Looks::Ahead
                {
                    return Some((going_on(&told, month), Anchor::Stated));
                }
                Some((nearest(published, month, day, looks), Anchor::Published))
            }
        }
    }

    fn season(&self, year: Year, season: Season, looks: Looks) -> Option<(Stretch, Anchor)> {
        if let Year::Beside(shift) = year {
            let (now, anchor) = self.now()?;
            let this = calendar::season(now.year(), season)?;
            let year = match shift {
                ..=-1 if this.end.date() > now => now.year() - 1,
                1.. if this.start.date() <= now => now.year() + 1,
                0 if looks == Looks::Back && this.start.date() > now => now.year() - 1,
                _ => now.year(),
            };
            return calendar::season(year, season).map(|s| (s, anchor));
        }
        let (year, anchor) = self.year(year, season.first_month(), None, looks)?;
        calendar::season(year, season).map(|s| (s, anchor))
    }

    /// Start and end of "the past two years", which end now, or "the next two years", which begin now.
    pub(super) fn span(&self, unit: Unit, count: Option<f64>, back: bool) -> Option<((Date, Date), Anchor)> {
        let (now, anchor) = self.now()?;
        let (unit, count) = whole_count(unit, count?)?;
        let other = calendar::shift(now, unit, if back { -count } else { count })?;
        Some((if back { (other, now.tomorrow().ok()?) } else { (now, other) }, anchor))
    }

    /// Start and end of "the first ten months of 1915" and "the 12 months to June".
    pub(super) fn portion(
        &self,
        unit: Unit,
        count: Option<f64>,
        edge: Edge,
        whole: &Expression,
    ) -> Option<((Date, Date), Anchor)> {
        let (whole, anchor) = self.stretch(whole)?;
        let (unit, count) = whole_count(unit, count?)?;
        Some(match edge {
            Edge::First => ((whole.start.date(), calendar::shift(whole.start.date(), unit, count)?), anchor),
            Edge::Last => ((calendar::shift(whole.end.date(), unit, -count)?, whole.end.date()), anchor),
        })
    }
}

/// How many years a year mentioned alone may lie off for the story to go there.
const JUMP: i32 = 10;

/// How many months a month must lie behind for the story to have come to the next year.
const WRAP: i8 = -11;

/// The year that a history has come to when it names a month: the same, or the next once the month lies well behind.
fn going_on(told: &Told, month: i8) -> i16 {
    let year = told.start.year();
    if told.granularity > Granularity::Season {
        return year;
    }
    match month - told.start.month() {
        m if m <= WRAP => year + 1,
        _ => year,
    }
}
