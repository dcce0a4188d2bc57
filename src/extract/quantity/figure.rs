//! Figures: numbers with their unit and bound words, and the interval that they mean.

use super::number::{self, Form, Number};
use super::unit::{self, Unit};
use super::{bound, refusal};
use crate::document::{Base, Change, Relation};
use crate::language::Annotated;
use crate::span::Span;

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
    pub(super) relation: Relation,
    pub(super) approximate: bool,
    pub(super) change: Option<Change>,
}

/// The figures of a sentence, in order.
pub(super) fn figures(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    let mut dates = crate::extract::time::date_tokens(article, start, end).into_iter().peekable();
    let mut i = start;
    while i < end {
        while dates.next_if(|d| d.end <= i).is_some() {}
        if dates.peek().is_some_and(|d| d.contains(&i)) {
            i += 1;
            continue;
        }
        let Some(number) = number::at(article, i, end) else {
            i += 1;
            continue;
        };
        let after = number.next;
        if let Some(figure) = figure(article, number, out.last().map_or(start, |f| f.next), end) {
            i = figure.next.max(after);
            out.push(figure);
        } else {
            i = after;
        }
    }
    out
}

/// The figure of a number, unless it is none. `start` is the first token that is free for bound words.
fn figure(article: &Annotated<'_>, number: Number, start: usize, end: usize) -> Option<Figure> {
    let mut next = number.next;
    let sign = unit::before(article, number.first, start);
    let mut first = sign.map_or(number.first, |(_, first)| first);
    let tail = number.tail.and_then(|t| unit::tail(t.of(article.text())));
    let mut unit = tail;
    if unit.is_none()
        && number.tail.is_none_or(|t| unit::is_suffix_of_count(article.text(), t))
        && number.form != Form::Share
        && let Some((found, after)) = unit::after(article, next, end)
    {
        unit = Some(found);
        next = after;
    }
    if let Some((currency, _)) = sign
        && unit.is_none_or(|u| u.kind != "currency")
    {
        // "$5 per cent" does not occur; "$5 m" does, and is money.
        unit = Some(currency);
    }
    // "tens of thousands of dollars"
    if unit.is_none()
        && matches!(number.form, Form::Vague | Form::Words)
        && number::follow(article, next, end, &["of"])
        && let Some((found, after)) = unit::after(article, next + 1, end)
    {
        unit = Some(found);
        next = after;
    }
    if unit.is_none() && is_age(article, &number, start, end) {
        unit = unit::tail("years");
    }
    let unknown_tail =
        number.tail.is_some_and(|t| !unit::is_suffix_of_count(article.text(), t)) && tail.is_none();
    if unknown_tail && sign.is_none() {
        return None;
    }
    let bound = bound::around(article, first, next, start, end);
    let bounded = bound.first < first || bound.next > next;
    // "155mm" and "10-mile" have a unit; "$5" has one; a share is one.
    let has_unit = unit.is_some() || number.form == Form::Share;
    if refusal::refuses(article, &number, start.min(first), end, has_unit, bounded) {
        return None;
    }
    let change =
        additional_before(article, bound.first, start).or_else(|| additional_before(article, first, start));
    first = bound.first;
    let number_end = number.tail.map_or(number.span.end(), |t| t.end());
    let mut span = article.span(first).cover(Span::new(number.span.start(), number_end));
    if next > number.next {
        span = span.cover(article.span(next - 1));
    }
    if bound.next > next {
        next = bound.next;
        span = span.cover(article.span(next - 1));
    }
    Some(Figure {
        number,
        unit,
        first,
        next,
        span,
        relation: bound.relation,
        approximate: bound.approximate,
        change,
    })
}

/// "Jamie Armstrong, 25, said", "aged 18 to 34", "at the age of 30".
fn is_age(article: &Annotated<'_>, number: &Number, start: usize, end: usize) -> bool {
    if number.first <= start || number.high > 120.0 || number.next >= end {
        return false;
    }
    let before = number.first - 1;
    let of_age = matches!(article.lower(before), "aged" | "ages")
        || article.lower(before) == "of" && before > start && article.lower(before - 1) == "age";
    let apposition = article.lower(before) == ","
        && before > start
        && article.tag(before - 1).is_proper()
        && number.form == Form::Bare
        && matches!(article.lower(number.next), "," | ".");
    of_age || apposition
}

/// "another 1,000", "an additional 1,000", "a further 1,000".
fn additional_before(article: &Annotated<'_>, first: usize, start: usize) -> Option<Change> {
    let before = first.checked_sub(1).filter(|&k| k >= start)?;
    matches!(article.lower(before), "another" | "additional" | "further" | "extra")
        .then_some(Change::Additional)
}

/// What a figure means: an interval in a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) value: Option<f64>,
    pub(super) relation: Relation,
    pub(super) approximate: bool,
    pub(super) unit: &'static str,
    pub(super) base: Option<Base>,
}

impl Figure {
    /// Whether it is of a unit or a share, so that no noun need be counted.
    pub(super) fn is_measured(&self) -> bool {
        self.unit.is_some() || self.number.form == Form::Share
    }

    /// The number stated, in its unit, if it is one.
    pub(super) fn stated(&self) -> Option<f64> {
        (self.number.low == self.number.high).then(|| self.scaled(self.number.low))
    }

    fn scaled(&self, v: f64) -> f64 {
        let factor = self.unit.map_or(1.0, |u| u.factor);
        if factor == 1.0 { v } else { (v * factor * 1e6).round() / 1e6 }
    }

    fn unit_code(&self) -> &'static str {
        match (self.unit, self.number.form) {
            (Some(unit), _) => unit.code,
            (None, Form::Share) => "%",
            (None, _) => "count",
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
        Measure {
            low,
            high,
            value,
            relation,
            approximate: self.approximate || vague || self.relation == Relation::About,
            unit: whole.filter(|_| !self.is_measured()).map_or(self.unit_code(), Figure::unit_code),
            base: None,
        }
    }
}
