//! Times: TIMEX3 expressions with values and intervals.
//!
//! The types and values are those of TimeML (ISO 24617-1; Pustejovsky et al., 2003); the rules stand in the
//! tradition of HeidelTime (Strötgen and Gertz, 2010): recognise, then normalise against an anchor. No clock is read:
//! "yesterday" is the day before the document's publication, or before the date last told in the text, or before the
//! corpus's date, in that order ([`anchoring`]); without any of these the value stays open.
//!
//! An expression is what TIMEX3 marks: without the prepositions before it, with the words that give its modifier
//! ("*late* October", "*more than* two years"). Two places go beyond TIMEX3, because one answer serves a reader better
//! than two halves: the ends of a range are one expression ("May to July", value "2024-05/2024-07"), and so are an hour
//! and its day ("5 p.m. on Monday").
//!
//! Values follow ISO 8601 ("2024-10-25", "2024-W43-WE", "P3M"), years before Christ as in TIMEX2 ("BC0480"); `start` and
//! `end` bound the interval, the end open. Parts ("late October") narrow the interval and leave the value, as TIMEX3's
//! `mod` does; bounds from outside ("since", "by", "before") set the modifier alone.

mod anchoring;
mod calendar;
mod expression;
mod holidays;
mod pieces;
mod reckoning;
mod recognition;
mod units;
mod words;

use std::ops::Range;

use super::Context;
use crate::document::{Anchor, Granularity, Time};
use crate::language::Annotated;
use crate::span::Span;
use anchoring::Anchors;
use expression::{Expression, Shape, Year};
use pieces::Piece;
use units::Unit;

/// The time expressions of the document, in order. Tags are all that is asked of `article`: trees and names are not.
#[must_use]
pub fn times(article: &Annotated<'_>, context: Context) -> Vec<Time> {
    let mut found: Vec<(usize, u32, Span, Expression)> = Vec::new();
    let mut pieces = Vec::new();
    for (index, sentence) in article.sentences.iter().enumerate() {
        pieces::pieces(article, tokens_of(article, index), &mut pieces);
        let cover = |e: &Expression| pieces[e.first].span.cover(pieces[e.next - 1].span);
        let expressions = recognition::expressions(&pieces);
        found.extend(expressions.into_iter().map(|e| (index, sentence.block, cover(&e), e)));
    }
    let day_first = writes_day_first(article);
    let published = article.document.published();
    let is_history = published.is_some_and(|p| tells_of_other_years(found.iter().map(|f| &f.3), p.year()));
    let mut anchors = Anchors::new(published, context.corpus_date, day_first, is_history);
    found
        .into_iter()
        .filter_map(|(sentence, block, span, expression)| {
            (anchors.sentence, anchors.block) = (sentence, block);
            time(span, &expression, &mut anchors)
        })
        .collect()
}

/// Whether a token, in lower case, may be a part of a time. Sentences without one tell none.
pub(super) fn may_tell(lower: &str) -> bool {
    words::may_tell(lower)
}

fn tokens_of(article: &Annotated<'_>, sentence: usize) -> Range<usize> {
    let tokens = article.sentences[sentence].tokens();
    tokens.start.min(article.len())..tokens.end.min(article.len())
}

/// The tokens of a sentence that belong to a date or a clock time, and are therefore no figures. Lengths ("three
/// months") are.
pub(super) fn date_tokens(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Range<usize>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    pieces::pieces(article, start..end, &mut pieces);
    recognition::expressions(&pieces)
        .into_iter()
        .filter(|e| !matches!(e.shape, Shape::Duration { .. } | Shape::EarlyYear(_) | Shape::ShortYear(_)))
        .map(|e| pieces[e.first].token..pieces[e.next - 1].token + 1)
        .collect()
}

/// Whether nearly all years that a text states lie off the year of its publication, and many do: a biography is dated
/// as news are, but goes its own way through the years.
fn tells_of_other_years<'e>(expressions: impl Iterator<Item = &'e Expression>, published: i16) -> bool {
    let (mut near, mut far) = (0, 0);
    for expression in expressions {
        if let Shape::Year(year) | Shape::Month { year: Year::Is(year), .. } = expression.shape {
            if (i32::from(year) - i32::from(published)).abs() <= 1 {
                near += 1;
            } else {
                far += 1;
            }
        }
    }
    far >= 6 && far >= 4 * near
}

/// Whether the document's numeric dates have the day first: some date can only be read so, and none only otherwise.
/// Where nothing decides, the month comes first, as in the United States.
fn writes_day_first(article: &Annotated<'_>) -> bool {
    let (mut day_first, mut month_first) = (0, 0);
    for i in 0..article.len() {
        let word = article.word(i);
        if word.len() > 10 || !word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let mut parts = word.split(['/', '-']);
        if let (Some(a), Some(b), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
            && let (Ok(a), Ok(b)) = (a.parse::<u16>(), b.parse::<u16>())
        {
            day_first += usize::from((13..32).contains(&a) && (1..13).contains(&b));
            month_first += usize::from((13..32).contains(&b) && (1..13).contains(&a));
        }
    }
    day_first > 0 && month_first == 0
}

/// The time that an expression tells; `None` if it turns out to tell none.
fn time(span: Span, expression: &Expression, anchors: &mut Anchors) -> Option<Time> {
    let mut time = Time {
        span,
        kind: expression.kind(),
        value: None,
        start: None,
        end: None,
        granularity: Granularity::Unknown,
        anchor: Anchor::Unanchored,
        modifier: expression.modifier,
    };
    match &expression.shape {
        Shape::Set(value) => {
            time.value = Some(value.clone());
            time.anchor = Anchor::Explicit;
            return Some(time);
        }
        Shape::Reference(value) => {
            time.value = Some((*value).to_owned());
            return Some(time);
        }
        Shape::FiscalYear(year) => {
            time.value = Some(format!("FY{year:04}"));
            time.granularity = Granularity::Year;
            time.anchor = Anchor::Explicit;
            return Some(time);
        }
        Shape::Duration { unit, count, to, more } => {
            time.value = Some(match (count, to, more) {
                (Some(first), _, Some(second)) => units::joint_duration((*first, *unit), *second),
                (Some(low), Some(high), _) => {
                    format!("{}/{}", units::duration(Some(*low), *unit), units::duration(Some(*high), *unit))
                }
                _ => units::duration(*count, *unit),
            });
            time.granularity = unit.granularity();
            time.anchor = Anchor::Explicit;
            return Some(time);
        }
        Shape::Span { unit, count, back } => {
            length(&mut time, *unit, *count, anchors.span(*unit, *count, *back));
            return Some(time);
        }
        Shape::Portion { unit, count, edge, whole } => {
            length(&mut time, *unit, *count, anchors.portion(*unit, *count, *edge, whole));
            return Some(time);
        }
        _ => {}
    }
    let Some((stretch, anchor)) = anchors.place(expression) else {
        if matches!(expression.shape, Shape::EarlyYear(_)) {
            return None;
        }
        time.value = open_value(expression);
        time.granularity = open_granularity(expression);
        return Some(time);
    };
    time.start = Some(stretch.start);
    time.end = Some(stretch.end);
    time.granularity = stretch.granularity;
    time.anchor = anchor;
    time.value = Some(stretch.value);
    if let Some(last) = &expression.until
        && let Some((mut end, _)) = anchors.place(&Expression { looks: expression.looks, ..(**last).clone() })
        && after_midnight(expression, stretch.start, &mut end)
        && end.end > stretch.start
        && let Some(value) = &mut time.value
    {
        value.push('/');
        value.push_str(&end.value);
        time.end = Some(end.end);
    }
    Some(time)
}

/// "9 p.m. to 5 a.m." ends on the next day: puts the end of a range of hours behind its beginning.
fn after_midnight(
    expression: &Expression,
    start: jiff::civil::DateTime,
    end: &mut calendar::Stretch,
) -> bool {
    if expression.clock.is_some()
        && end.end <= start
        && let Some(clock) = expression.until.as_ref().and_then(|e| e.clock.as_ref())
        && let Some(next) = start.date().tomorrow().ok().and_then(|day| calendar::clock(day, clock))
    {
        *end = next;
    }
    true
}

/// A length that lies somewhere.
fn length(
    time: &mut Time,
    unit: Unit,
    count: Option<f64>,
    bounds: Option<((jiff::civil::Date, jiff::civil::Date), Anchor)>,
) {
    time.value = Some(units::duration(count, unit));
    time.granularity = unit.granularity();
    if let Some(((start, end), anchor)) = bounds {
        time.start = Some(calendar::midnight(start));
        time.end = Some(calendar::midnight(end));
        time.anchor = anchor;
    }
}

/// The value of an expression without an anchor: its known fields, as TIMEX3 writes them.
fn open_value(expression: &Expression) -> Option<String> {
    let of_day = || {
        let clock = expression.clock.as_ref().map(expression::Clock::value);
        clock.or_else(|| expression.part.map(|p| format!("T{}", p.code()))).unwrap_or_default()
    };
    match &expression.shape {
        Shape::Month { month, day: Some(day), .. } => Some(format!("XXXX-{month:02}-{day:02}{}", of_day())),
        Shape::Month { month, day: None, .. } => Some(format!("XXXX-{month:02}")),
        Shape::DayOfMonth(day) => Some(format!("XXXX-XX-{day:02}{}", of_day())),
        Shape::Weekday { number, .. } => Some(format!("XXXX-WXX-{number}{}", of_day())),
        Shape::Weekend => Some("XXXX-WXX-WE".to_owned()),
        Shape::Season { season, .. } => Some(format!("XXXX-{}", season.code())),
        Shape::Quarter { number, .. } => Some(format!("XXXX-Q{number}")),
        Shape::Half { number, .. } => Some(format!("XXXX-H{number}")),
        Shape::Holiday { year: Year::Open, rule: holidays::Rule::Fixed(month, day) } => {
            Some(format!("XXXX-{month:02}-{day:02}"))
        }
        Shape::OfDay => Some(format!("XXXX-XX-XX{}", of_day())),
        Shape::Told { unit: Unit::Day, .. } => Some(format!("XXXX-XX-XX{}", of_day())),
        Shape::Unit { shift, .. } => Some(reference(*shift).to_owned()),
        Shape::Offset { back, from: expression::From::Now, .. } => {
            Some(reference(if *back { -1 } else { 1 }).to_owned())
        }
        Shape::Offset { back, count, unit, .. } => match (count, unit.is_of_clock()) {
            (None, _) => Some(reference(if *back { -1 } else { 1 }).to_owned()),
            (_, true) => Some("XXXX-XX-XXTXX".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn reference(shift: i64) -> &'static str {
    match shift {
        ..=-1 => "PAST_REF",
        0 => "PRESENT_REF",
        _ => "FUTURE_REF",
    }
}

fn open_granularity(expression: &Expression) -> Granularity {
    if let Some(clock) = &expression.clock {
        return if clock.minute.is_some() { Granularity::Minute } else { Granularity::Hour };
    }
    if expression.part.is_some() {
        return Granularity::DayPart;
    }
    match &expression.shape {
        Shape::Month { day: Some(_), .. }
        | Shape::Weekday { .. }
        | Shape::Holiday { .. }
        | Shape::DayOfMonth(_) => Granularity::Day,
        Shape::Month { .. } => Granularity::Month,
        Shape::Season { .. } | Shape::Half { .. } => Granularity::Season,
        Shape::Quarter { .. } => Granularity::Quarter,
        Shape::Weekend => Granularity::Weekend,
        Shape::Unit { unit, .. } | Shape::Offset { unit, .. } | Shape::Told { unit, .. } => {
            unit.granularity()
        }
        _ => Granularity::Unknown,
    }
}

/// The interval of a time as dates, for tests and for showing.
#[cfg(test)]
fn interval(time: &Time) -> String {
    match (time.start, time.end) {
        (Some(start), Some(end)) => format!("{start}..{end}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
