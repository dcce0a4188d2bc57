//! Ranges: "1,500 to 2,000", "2 to 3 million", "between 1,500 and 2,000", "two or three", "$5 to $10", "7% to 9%".

use super::words::{self, Word, word};
use super::{Form, Number, alone, follow, is_currency_mark, touches};
use crate::extract::quantity::{change, unit};
use crate::language::Annotated;

/// The range whose lower end is `first`.
pub(super) fn range(article: &Annotated<'_>, first: &Number, end: usize) -> Option<Number> {
    if matches!(first.form, Form::Share | Form::Vague | Form::Multiple) || first.low != first.high {
        return None;
    }
    let mut at = first.next;
    // "two- to three-year"
    let hanging = suspended(article, at, end);
    at += usize::from(hanging);
    // "5% to 10%", "3 miles to 5 miles": the unit of the first end is the second's too.
    let tail = first.tail.and_then(|t| unit::tail(t.of(article.text())));
    if first.tail.is_some() && tail.is_none() {
        return None;
    }
    let mut of_first = tail;
    if of_first.is_none()
        && let Some((unit, next)) = unit::after(article, at, end)
    {
        of_first = Some(unit);
        at = next;
    }
    if at + 1 >= end {
        return None;
    }
    let between = (1..=4).any(|back| first.first >= back && article.lower(first.first - back) == "between");
    let or = article.lower(at) == "or" && matches!(first.form, Form::Word | Form::Bare);
    let joins = match article.lower(at) {
        "to" | "through" => true,
        "up" => true,
        "–" | "—" | "-" | "−" => is_dash(article, at, end),
        "~" => touches(article, at),
        "and" => between,
        "or" => or && of_first.is_none() && !hanging,
        _ => false,
    };
    if !joins {
        return None;
    }
    // "from 450 sq ft up to 900 sq ft"
    let up_to = follow(article, at, end, &["up", "to"])
        && (1..=2).any(|back| first.first >= back && article.lower(first.first - back) == "from");
    if article.lower(at) == "up" && !up_to {
        return None;
    }
    at += usize::from(up_to);
    let mut k = at + 1;
    while k < end && is_currency_mark(article.lower(k)) {
        k += 1;
    }
    // "3.5% to $58.24" is no range, "$5 to $10" is.
    let money = k > at + 1;
    if money && !(first.first > 0 && is_currency_mark(article.lower(first.first - 1))) {
        return None;
    }
    let second = alone(article, k, end)?;
    if matches!(second.form, Form::Share | Form::Vague | Form::Multiple | Form::Range) {
        return None;
    }
    if let Some(unit) = of_first {
        let other = match second.tail {
            Some(tail) => unit::tail(tail.of(article.text())),
            None => unit::after(article, second.next, end).map(|(unit, _)| unit),
        };
        if other.is_none_or(|other| !other.is_same(unit)) {
            return None;
        }
    }
    // "RM120,000 to RM300,000": the sign is in the word.
    let glued = |n: &Number| n.span.start() > article.span(n.first).start();
    if glued(&second) && !(glued(first) && prefix(article, first) == prefix(article, &second)) {
        return None;
    }
    // "rose by 3 to 12", "rose from 3 to 12": a change and a level, or two levels.
    if article.lower(at) == "to" && change::moves_before(article, first.first) {
        let from = (1..=3).any(|back| first.first >= back && article.lower(first.first - back) == "from");
        let by = (1..=2).any(|back| first.first >= back && article.lower(first.first - back) == "by");
        let measured = of_first.is_some()
            || money
            || second.tail.is_some()
            || unit::after(article, second.next, end).is_some();
        if from || by || !measured {
            return None;
        }
    }
    let (mut low, high) = (first.low, second.high);
    // "2 to 3 million" means millions in both ends; "500 to 1 million" does not: only a smaller lead takes part.
    if let Some(scale) = scale_of(article, &second)
        && scale_of(article, first).is_none()
        && low < second.high / scale
    {
        low *= scale;
    }
    if low >= high || (or && high - low > 5.0) {
        return None;
    }
    let span = first.span.cover(second.span);
    Some(Number {
        first: first.first,
        next: second.next,
        span,
        low,
        high,
        form: Form::Range,
        tail: second.tail,
    })
}

/// Whether token `i` is the hyphen of "two-" in "two- or three-year".
pub(in crate::extract::quantity) fn suspended(article: &Annotated<'_>, i: usize, end: usize) -> bool {
    i < end
        && matches!(article.word(i), "-" | "‐" | "‑")
        && touches(article, i)
        && (i + 1 >= end || !touches(article, i + 1))
}

/// A dash with a space on neither side, or on both.
fn is_dash(article: &Annotated<'_>, dash: usize, end: usize) -> bool {
    dash > 0 && dash + 1 < end && touches(article, dash) == touches(article, dash + 1)
}

fn prefix<'t>(article: &'t Annotated<'_>, n: &Number) -> &'t str {
    &article.text()[article.span(n.first).start()..n.span.start()]
}

/// The scale word that ends a number, if any.
fn scale_of(article: &Annotated<'_>, number: &Number) -> Option<f64> {
    let last = number.next - 1;
    if let Some(Word::Scale(scale)) = word(article.lower(last)) {
        return Some(scale);
    }
    let written = article.word(last);
    let letters = written.trim_start_matches(|c: char| !c.is_alphabetic());
    (written.len() > letters.len() || follow(article, last, last + 1, &[letters]))
        .then(|| words::glued(letters))
        .flatten()
}
