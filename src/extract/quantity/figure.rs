//! Figures: numbers with their unit and bound words, and the interval that they mean.

mod joined;
mod measured;

use std::borrow::Cow;

use super::bound::{self, Bound};
use super::number::{self, Form, Number};
use super::unit::{self, Unit};
use super::{change, refusal};
use crate::document::{Base, Change, Relation};
use crate::language::Annotated;
use crate::span::Span;
use measured::{is_age, rate, unit_of};

/// A number with its unit and bounds.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) number: Number,
    pub(super) unit: Option<Unit>,
    /// First token, with bound words and currency sign.
    pub(super) first: usize,
    /// One past the last token of number and unit.
    pub(super) next: usize,
    pub(super) span: Span,
    /// Number and unit, without bound words.
    pub(super) measured: Span,
    /// Bound words and number, without the unit behind it.
    pub(super) bounded: Span,
    pub(super) relation: Relation,
    pub(super) approximate: bool,
    pub(super) change: Option<Change>,
    /// What the counted things are per: `/d` in "10,000 shells a day".
    pub(super) rate: Option<String>,
}

/// The figures of a sentence, in order.
pub(super) fn figures(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    // Dates are looked for only where there is a number at all.
    let mut dates = None;
    let mut i = start;
    while i < end {
        let Some(mut number) = number::at(article, i, end) else {
            i += 1;
            continue;
        };
        let dates = dates.get_or_insert_with(|| crate::extract::time::date_tokens(article, start, end));
        let passed = dates.partition_point(|d| d.end <= i);
        if let Some(date) = dates.get(passed).filter(|d| d.start < number.next) {
            // "10 to 12 May": what runs into a date ends before it.
            let cut = if date.start > i { number::at(article, i, date.start) } else { None };
            let Some(cut) = cut else {
                i += 1;
                continue;
            };
            number = cut;
        }
        let after = number.next;
        if let Some(figure) = figure(article, number, out.last().map_or(start, |f| f.next), end) {
            i = figure.next.max(after);
            // "from 13.5 to 14.0 mm": two levels in one unit.
            if let Some(last) = out.last_mut()
                && last.unit.is_none()
                && last.number.form == Form::Digits
                && figure.first == last.next + 1
                && article.lower(last.next) == "to"
                && last.first > start
                && article.lower(last.first - 1) == "from"
            {
                last.unit = figure.unit;
            }
            let mut figure = figure;
            if let Some(last) = out.last() {
                figure.says_again(article, last);
            }
            if !out.last_mut().is_some_and(|last| last.takes_in(article, &figure)) {
                out.push(figure);
            }
        } else {
            i = after;
        }
    }
    out
}

/// The figure of a number, unless it is none. `start` is the first token that is free for bound words.
fn figure(article: &Annotated<'_>, mut number: Number, start: usize, end: usize) -> Option<Figure> {
    let text = article.text();
    let prefix = &text
        [article.span(number.first).start()..number.span.start().max(article.span(number.first).start())];
    let sign = if prefix.is_empty() {
        unit::before(article, number.first, start)
    } else {
        unit::glued(prefix).map(|unit| (unit, number.first))
    };
    let first = sign.map_or(number.first, |(_, first)| first);
    let (mut unit, mut next) = unit_of(article, &mut number, sign.map(|(unit, _)| unit), end);
    let tail_bound = number.tail.and_then(|t| bound::tail(t.of(text)));
    let tail_unit = number.tail.and_then(|t| unit::tail(t.of(text)));
    let known = |t: Span| tail_unit.is_some() || tail_bound.is_some() || unit::is_suffix_of_count(text, t);
    if number.tail.is_some_and(|t| !known(t)) && sign.is_none() && unit.is_none() {
        return None;
    }
    let mut bound = bound::around(article, first, next, start, end);
    // "two or more years": the bound words stand before the unit.
    if unit.is_none()
        && bound.next > next
        && number.tail.is_none()
        && let Some((found, after)) = unit::after(article, bound.next, end)
    {
        unit = Some(found);
        bound.next = after;
    }
    if let Some((relation, approximate)) = tail_bound.or_else(|| bound::joined(prefix)) {
        bound.combine(relation, approximate);
    }
    if number.form == Form::Range
        && bound.first > start
        && matches!(article.lower(bound.first - 1), "between" | "from")
    {
        if bound.binding == bound.first {
            bound.binding -= 1;
        }
        // "from up to 252 miles to 287 miles"
        if bound.relation == Relation::AtMost {
            bound.relation = Relation::Equal;
        }
        bound.first -= 1;
    }
    if unit.is_none() && is_age(article, &number, start, end) {
        unit = unit::tail("years");
    }
    let bounded_words = bound.first < first || bound.next > next;
    // "155mm" and "10-mile" have a unit; "$5" has one; a share is one.
    let has_unit = unit.is_some() || matches!(number.form, Form::Share | Form::Multiple);
    if refusal::refuses(article, &number, start.min(first), end, has_unit, bounded_words) {
        return None;
    }
    let additional = |k: usize| k.checked_sub(1).filter(|&k| k >= start && change::is_additional(article, k));
    let change = additional(bound.first).or_else(|| additional(first)).map(|_| Change::Additional);
    let rate = if has_unit { None } else { rate(article, bound.next.max(next), end) };
    let figure = spans(article, number, unit, bound, first, next);
    next = figure.next;
    Some(Figure { next, change, rate, ..figure })
}

/// The figure with its spans. `first` and `next` are the tokens of number and unit.
fn spans(
    article: &Annotated<'_>,
    number: Number,
    unit: Option<Unit>,
    bound: Bound,
    first: usize,
    next: usize,
) -> Figure {
    let number_end = number.tail.map_or(number.span.end(), |t| t.end());
    let cover = |span: Span, from: usize, to: usize| {
        if to > from { span.cover(article.cover(from..to)) } else { span }
    };
    let whole = Span::new(number.span.start(), number_end);
    let measured = cover(cover(whole, first, number.first), number.next, next);
    let bare =
        if prefix_is_sign(article, &number) { whole.cover(article.span(number.first)) } else { number.span };
    let mut bounded = cover(bare, bound.binding, number.first);
    if bound.next > next {
        bounded = bounded.cover(article.cover(next..bound.next));
    }
    let measured =
        if prefix_is_sign(article, &number) { measured.cover(article.span(number.first)) } else { measured };
    let span = cover(measured.cover(bounded), bound.first, number.first);
    Figure {
        unit,
        first: bound.first,
        next: bound.next.max(next),
        span,
        measured,
        bounded,
        relation: bound.relation,
        approximate: bound.approximate,
        change: None,
        rate: None,
        number,
    }
}

/// Whether the letters before the digits of the same word are a sign: "RM300", but not "now-18".
fn prefix_is_sign(article: &Annotated<'_>, number: &Number) -> bool {
    let start = article.span(number.first).start();
    start < number.span.start() && unit::glued(&article.text()[start..number.span.start()]).is_some()
}

/// What a figure means: an interval in a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) value: Option<f64>,
    pub(super) relation: Relation,
    pub(super) approximate: bool,
    pub(super) unit: String,
    pub(super) base: Option<Base>,
}

impl Figure {
    /// Whether it is of a unit or a share, so that no noun need be counted.
    pub(super) fn is_measured(&self) -> bool {
        self.unit.is_some() || self.number.form == Form::Share
    }

    /// Whether it is in per cent, or points of it.
    pub(super) fn is_share(&self) -> bool {
        self.number.form == Form::Share || self.unit.is_some_and(|u| u.kind == "share")
    }

    /// Whether it is in a measure other than money, time and shares.
    pub(super) fn is_physical(&self) -> bool {
        self.unit.is_some_and(|u| !matches!(u.kind, "currency" | "price" | "time" | "share" | "multiple"))
    }

    /// Whether it is in cents or the like.
    pub(super) fn is_minor(&self) -> bool {
        self.unit.is_some_and(|u| u.kind == "currency" && u.factor < 1.0)
    }

    /// The number stated, in its unit, if it is one.
    pub(super) fn stated(&self) -> Option<f64> {
        (self.number.low == self.number.high).then(|| self.scaled(self.number.low))
    }

    fn scaled(&self, v: f64) -> f64 {
        if self.number.form == Form::Share {
            return unit::rounded(v * 100.0, 6);
        }
        let factor = self.unit.map_or(1.0, |u| u.factor);
        if factor == 1.0 { v } else { unit::rounded(v * factor, 12) }
    }

    fn unit_code(&self) -> Cow<'static, str> {
        match (self.unit, self.number.form) {
            (Some(unit), _) => unit.code(),
            (None, Form::Share) => Cow::Borrowed("%"),
            (None, _) => self.rate.clone().map_or(Cow::Borrowed("count"), Cow::Owned),
        }
    }

    /// The interval, in the unit of `whole` if this is a part of it and has none of its own.
    pub(super) fn measure(&self, whole: Option<&Figure>) -> Measure {
        let (low, high) = (self.scaled(self.number.low), self.scaled(self.number.high));
        let value = self.stated();
        let vague = self.number.form == Form::Vague;
        let relation = match self.relation {
            Relation::Equal | Relation::About if value.is_none() => {
                if vague {
                    Relation::About
                } else {
                    Relation::Range
                }
            }
            relation => relation,
        };
        let (low, high) = match relation {
            Relation::AtLeast | Relation::More => (Some(low), None),
            Relation::AtMost | Relation::Less => (None, Some(high)),
            _ => (Some(low), Some(high)),
        };
        let of = whole.filter(|_| !self.is_measured()).unwrap_or(self);
        Measure {
            low,
            high,
            value,
            relation,
            approximate: self.approximate || vague || self.relation == Relation::About,
            unit: of.unit_code().into_owned(),
            base: of.unit.and_then(|unit| unit.based(low, high)),
        }
    }
}
