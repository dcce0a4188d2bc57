//! Times: TIMEX3 expressions with values and intervals.
//!
//! The types and values are those of TimeML (ISO 24617-1; Pustejovsky et al., 2003); the rules stand in the
//! tradition of HeidelTime (Strötgen and Gertz, 2010): recognise, then normalise against an anchor. No clock is
//! read: "yesterday" is the day before the document's publication, or before the date last stated in the text, or
//! before the corpus's date, in that order; without any of these the value stays open.
//!
//! Values follow ISO 8601 ("2024-10-25", "2024-W43-WE", "P3M"); `start` and `end` bound the interval, the end
//! open. Parts ("late October") narrow the interval and leave the value, as TIMEX3's `mod` does.

mod calendar;
mod expression;
mod recognition;
mod words;

use std::ops::Range;

use jiff::civil::Date;
#[cfg(test)]
use jiff::civil::DateTime;

use super::Context;
use crate::document::{Anchor, Granularity, Time, TimeKind};
use crate::language::Annotated;
use calendar::Stretch;
use expression::{Expression, Shape};

/// The time expressions of the document, in order.
#[must_use]
pub fn times(article: &Annotated<'_>, context: Context) -> Vec<Time> {
    let mut anchors = Anchors {
        published: article.document.published(),
        told: None,
        told_year: None,
        told_on: None,
        corpus: context.corpus_date,
    };
    let mut out = Vec::new();
    for sentence in article.sentences.iter() {
        let (start, end) = (sentence.first_token as usize, sentence.tokens().end.min(article.len()));
        for expression in recognition::expressions(article, start, end) {
            let future = speaks_of_future(article, &expression, start, end);
            out.push(time(article, &expression, &mut anchors, future));
        }
    }
    out
}

/// The tokens that belong to a date or a clock time, and are therefore no figures. Lengths ("three months") are.
pub(super) fn date_tokens(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Range<usize>> {
    recognition::expressions(article, start, end)
        .into_iter()
        .filter(|e| !matches!(e.shape, Shape::Duration { .. }))
        .map(|e| e.first..e.next)
        .collect()
}

/// What relative expressions can be anchored to.
struct Anchors {
    published: Option<Date>,
    /// The last date the text stated completely.
    told: Option<Date>,
    /// The last year the text stated.
    told_year: Option<i16>,
    /// The last date the text told in any way.
    told_on: Option<Date>,
    corpus: Option<Date>,
}

impl Anchors {
    fn main(&self) -> (Option<Date>, Anchor) {
        let candidates =
            [(self.published, Anchor::Published), (self.told, Anchor::Stated), (self.corpus, Anchor::Corpus)];
        candidates.into_iter().find(|(date, _)| date.is_some()).unwrap_or((None, Anchor::Unanchored))
    }

    /// For "the previous day", "two weeks later": the date told last, else the main anchor.
    fn narrative(&self) -> (Option<Date>, Anchor) {
        match self.told_on {
            Some(date) => (Some(date), Anchor::Stated),
            None => self.main(),
        }
    }
}

fn time(article: &Annotated<'_>, expression: &Expression, anchors: &mut Anchors, future: bool) -> Time {
    let span = article.cover(expression.first..expression.next);
    let kind = kind(expression);
    let mut time = Time {
        span,
        kind,
        value: None,
        start: None,
        end: None,
        granularity: Granularity::Unknown,
        anchor: Anchor::Unanchored,
        modifier: None,
    };
    match &expression.shape {
        Shape::Set(value) => {
            time.value = Some(value.clone());
            time.anchor = Anchor::Explicit;
            return time;
        }
        Shape::Reference(value) => {
            time.value = Some((*value).to_owned());
            return time;
        }
        Shape::Duration { unit, count } => {
            time.value = Some(calendar::duration(*count, unit));
            time.granularity = calendar::granularity(unit);
            time.anchor = Anchor::Explicit;
            return time;
        }
        Shape::Span { unit, count, back } => {
            time.value = Some(calendar::duration(*count, unit));
            time.granularity = calendar::granularity(unit);
            span_of(&mut time, anchors, unit, *count, *back);
            return time;
        }
        _ => {}
    }
    let Some((stretch, anchor)) = stretch(expression, anchors, future) else {
        time.value = open_value(expression);
        time.granularity = open_granularity(expression);
        return time;
    };
    let mut refined = refine(expression, stretch);
    if let Some(now) = anchors.main().0 {
        // "Earlier this week" ends where the anchor's day begins, "later" begins where it ends.
        let (morning, evening) = (now.at(0, 0, 0, 0), now.tomorrow().unwrap_or(now).at(0, 0, 0, 0));
        match expression.part {
            Some("BEFORE") if refined.start < morning && morning < refined.end => refined.end = morning,
            Some("AFTER") if refined.start <= morning && evening < refined.end => refined.start = evening,
            _ => {}
        }
    }
    if anchor == Anchor::Explicit && refined.granularity <= Granularity::Day {
        anchors.told = Some(refined.start.date());
    }
    if anchor == Anchor::Explicit && refined.granularity <= Granularity::Year {
        anchors.told_year = Some(refined.start.date().year());
    }
    if refined.granularity <= Granularity::Month || anchor == Anchor::Explicit {
        anchors.told_on = Some(refined.start.date());
    }
    time.value = Some(refined.value);
    time.start = Some(refined.start);
    time.end = Some(refined.end);
    time.granularity = refined.granularity;
    time.anchor = anchor;
    time
}

fn kind(expression: &Expression) -> TimeKind {
    match expression.shape {
        Shape::Set(_) => TimeKind::Set,
        Shape::Duration { .. } | Shape::Span { .. } => TimeKind::Duration,
        Shape::OfDay => TimeKind::Time,
        Shape::Unit { unit: "NI", .. } => TimeKind::Time,
        Shape::Offset { unit, .. } if unit.starts_with('T') => TimeKind::Time,
        _ if expression.clock.is_some() || expression.day_part.is_some() => TimeKind::Time,
        _ => TimeKind::Date,
    }
}

/// "The past two years" ends at the anchor, "the next two years" begins there.
fn span_of(time: &mut Time, anchors: &Anchors, unit: &'static str, count: Option<f64>, back: bool) {
    let (date, anchor) = anchors.main();
    let Some(date) = date else { return };
    time.anchor = anchor;
    let Some(count) = count.filter(|c| c.fract() == 0.0 && c.abs() < 10_000.0) else { return };
    let Some(other) = calendar::shift(date, unit, if back { -(count as i64) } else { count as i64 }) else {
        return;
    };
    let midnight = |day: Date| day.at(0, 0, 0, 0);
    (time.start, time.end) = if back {
        (Some(midnight(other)), date.tomorrow().ok().map(midnight))
    } else {
        (Some(midnight(date)), Some(midnight(other)))
    };
}

/// The stretch of the calendar that the expression means, and what it was anchored to.
fn stretch(expression: &Expression, anchors: &Anchors, future: bool) -> Option<(Stretch, Anchor)> {
    let explicit = |stretch: Option<Stretch>| stretch.map(|s| (s, Anchor::Explicit));
    let (main, anchor) = anchors.main();
    let anchored = |stretch: Option<Stretch>| stretch.map(|s| (s, anchor));
    match &expression.shape {
        Shape::Month { year: Some(year), month, day, to_day, .. } => {
            explicit(month_or_day(*year, *month, *day, *to_day))
        }
        Shape::Month { year: None, month, day, to_day, shift } => {
            // A history without a date of its own goes on in the year it stated last.
            if let (None, None, Some(year)) = (anchors.published, shift, anchors.told_year) {
                return month_or_day(year, *month, *day, *to_day).map(|s| (s, Anchor::Stated));
            }
            let year = year_of_month(main?, *month, *day, *shift, future);
            anchored(month_or_day(year, *month, *day, *to_day))
        }
        Shape::Year(year) => explicit(calendar::year(*year)),
        Shape::Years(first, last) => explicit(calendar::years(*first, *last)),
        Shape::Decade(year) => explicit(calendar::decade(*year)),
        Shape::Century(number) => explicit(calendar::century(*number)),
        Shape::Quarter { year: Some(year), number } => explicit(calendar::quarter(*year, *number)),
        Shape::Quarter { year: None, number } => anchored(calendar::quarter(main?.year(), *number)),
        Shape::Half { year: Some(year), number } => explicit(calendar::half(*year, *number)),
        Shape::Half { year: None, number } => anchored(calendar::half(main?.year(), *number)),
        Shape::Season { year: Some(year), code, .. } => explicit(calendar::season(*year, code)),
        Shape::Season { year: None, code, shift } => anchored(season(main?, code, *shift)),
        Shape::Holiday { year: Some(year), month, day } => {
            explicit(calendar::of(*year, *month, *day).and_then(calendar::day))
        }
        Shape::Holiday { year: None, month, day } => {
            anchored(calendar::of(main?.year(), *month, *day).and_then(calendar::day))
        }
        Shape::Weekday { number, shift } => {
            anchored(weekday(main?, *number, *shift, future).and_then(calendar::day))
        }
        Shape::Weekend => {
            // During the week, "the weekend" is the one that was, unless something is to come.
            let on_it = main?.weekday().to_monday_one_offset() >= 6;
            anchored(weekend(main?, if on_it || future { 0 } else { -1 }))
        }
        Shape::Unit { unit: "WE", shift } => anchored(weekend(main?, *shift)),
        Shape::Unit { unit, shift } => {
            // Whole months and years count from their first day: a month before 31 March is February.
            let base = calendar::around(main?, unit)?.start.date();
            let base = if matches!(*unit, "D" | "NI" | "W") { main? } else { base };
            anchored(calendar::around(calendar::shift(base, unit, *shift)?, unit))
        }
        Shape::Offset { unit, count, back, told } => {
            let (date, anchor) = if *told { anchors.narrative() } else { (main, anchor) };
            let count = whole(*count)?;
            let day = calendar::shift(date?, unit, if *back { -count } else { count })?;
            // "Two years ago" is told in years, "two days later" in days.
            calendar::around(day, if *unit == "2W" { "D" } else { unit }).map(|s| (s, anchor))
        }
        Shape::Told { unit, shift } => {
            let (date, anchor) = anchors.narrative();
            calendar::around(calendar::shift(date?, unit, *shift)?, unit).map(|s| (s, anchor))
        }
        Shape::OfDay => anchored(main.and_then(calendar::day)),
        Shape::Set(_) | Shape::Reference(_) | Shape::Duration { .. } | Shape::Span { .. } => None,
    }
}

fn whole(count: Option<f64>) -> Option<i64> {
    count.filter(|c| c.fract() == 0.0 && c.abs() < 10_000.0).map(|c| c as i64)
}

fn month_or_day(year: i16, month: i8, day: Option<i8>, to_day: Option<i8>) -> Option<Stretch> {
    let Some(day) = day else { return calendar::month(year, month) };
    let first = calendar::of(year, month, day)?;
    match to_day {
        Some(last) => calendar::days(first, calendar::of(year, month, last)?),
        None => calendar::day(first),
    }
}

/// The year of a month without one: the anchor's, unless that is more than half a year ahead of a text that does not
/// speak of the future; "last" and "next" go to the nearest such month before or after.
fn year_of_month(anchor: Date, month: i8, day: Option<i8>, shift: Option<i64>, future: bool) -> i16 {
    let year = anchor.year();
    match shift {
        Some(shift) if shift < 0 => year - i16::from(month >= anchor.month()),
        Some(shift) if shift > 0 => year + i16::from(month <= anchor.month()),
        Some(_) => year,
        None => {
            let Some(there) = calendar::of(year, month, day.unwrap_or(1)) else { return year };
            let days = anchor.until(there).map_or(0, |s| s.get_days());
            match days {
                184.. if !future => year - 1,
                ..=-184 if future => year + 1,
                _ => year,
            }
        }
    }
}

fn season(anchor: Date, code: &str, shift: Option<i64>) -> Option<Stretch> {
    let this = calendar::season(anchor.year(), code)?;
    let year = match shift {
        Some(shift) if shift < 0 && this.end.date() > anchor => anchor.year() - 1,
        Some(shift) if shift > 0 && this.start.date() <= anchor => anchor.year() + 1,
        _ => anchor.year(),
    };
    calendar::season(year, code)
}

/// The weekday nearest before or at the anchor; after it if the text speaks of the future.
fn weekday(anchor: Date, number: i8, shift: Option<i64>, future: bool) -> Option<Date> {
    let back = i64::from((anchor.weekday().to_monday_one_offset() - number).rem_euclid(7));
    let days = match shift {
        Some(shift) if shift < 0 => {
            if back == 0 {
                -7
            } else {
                -back
            }
        }
        Some(shift) if shift > 0 => 7 - back,
        Some(_) => i64::from(number - anchor.weekday().to_monday_one_offset()),
        None if future && back != 0 => 7 - back,
        None => -back,
    };
    calendar::shift(anchor, "D", days)
}

/// "This weekend" is the one of the anchor's week; "last" is the one before it, unless this one is over or begun.
fn weekend(anchor: Date, shift: i64) -> Option<Stretch> {
    calendar::weekend(calendar::shift(anchor, "W", shift)?)
}

/// Applies parts, parts of the day and clock times.
fn refine(expression: &Expression, stretch: Stretch) -> Stretch {
    let day = stretch.start.date();
    if let Some((hour, minute)) = expression.clock {
        return calendar::clock(day, hour, minute).unwrap_or(stretch);
    }
    if let Some(code) = expression.day_part {
        return calendar::part_of_day(day, code).unwrap_or(stretch);
    }
    match expression.part {
        Some(part @ ("START" | "MID" | "END")) => calendar::third(stretch, part),
        _ => stretch,
    }
}

/// The value of an expression without an anchor: its known fields, as TIMEX3 writes them.
fn open_value(expression: &Expression) -> Option<String> {
    match &expression.shape {
        Shape::Month { year: None, month, day: Some(day), .. } => Some(format!("XXXX-{month:02}-{day:02}")),
        Shape::Month { year: None, month, day: None, .. } => Some(format!("XXXX-{month:02}")),
        Shape::Weekday { number, .. } => Some(format!("XXXX-WXX-{number}")),
        Shape::Season { year: None, code, .. } => Some(format!("XXXX-{code}")),
        Shape::Quarter { year: None, number } => Some(format!("XXXX-Q{number}")),
        Shape::Unit { shift, .. } => Some(reference(*shift).to_owned()),
        Shape::Offset { back, .. } => Some(reference(if *back { -1 } else { 1 }).to_owned()),
        _ => None,
    }
}

fn reference(shift: i64) -> &'static str {
    match shift {
        ..0 => "PAST_REF",
        0 => "PRESENT_REF",
        _ => "FUTURE_REF",
    }
}

fn open_granularity(expression: &Expression) -> Granularity {
    match &expression.shape {
        Shape::Month { day: Some(_), .. } | Shape::Weekday { .. } | Shape::Holiday { .. } => Granularity::Day,
        Shape::Month { .. } => Granularity::Month,
        Shape::Season { .. } => Granularity::Season,
        Shape::Quarter { .. } => Granularity::Quarter,
        Shape::Unit { unit, .. } | Shape::Offset { unit, .. } | Shape::Told { unit, .. } => {
            calendar::granularity(unit)
        }
        _ => Granularity::Unknown,
    }
}

/// Whether the words before the expression look ahead: "will", "scheduled", "is to".
fn speaks_of_future(article: &Annotated<'_>, expression: &Expression, start: usize, end: usize) -> bool {
    let from = start.max(expression.first.saturating_sub(10));
    let to = end.min(expression.next + 5);
    for k in (from..expression.first).rev() {
        match article.lower(k) {
            "will" | "'ll" | "shall" | "scheduled" | "expected" | "due" | "plans" | "planned"
            | "upcoming" | "ahead" | "set" | "slated" => return true,
            "said" | "was" | "were" | "had" | "told" | "announced" | "arrived" | "reported" => return false,
            _ if article.tag(k) == crate::document::Tag::VBD => return false,
            _ => {}
        }
    }
    (expression.next..to).any(|k| matches!(article.lower(k), "will" | "'ll"))
}

/// The interval of a time as dates, for tests and for showing.
#[cfg(test)]
fn interval(start: Option<DateTime>, end: Option<DateTime>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => format!("{start}..{end}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
