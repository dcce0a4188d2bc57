//! Numerals: "1,500", "2.5 million", "1.2m", "10-15", "155mm", "3 1/2".

use super::words::{Word, word};
use super::{Form, Number, follow};
use crate::language::Annotated;
use crate::span::Span;

/// A token that begins with digits, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral<'t> {
    pub(super) value: f64,
    /// The far end, for "10-15".
    pub(super) to: Option<f64>,
    /// Scale written with it: "1.2m".
    pub(super) scale: Option<f64>,
    pub(super) bare: bool,
    pub(super) tail: &'t str,
}

pub(super) fn digits(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let token = article.word(i);
    let mut numeral = numeral(token)?;
    let span = article.span(i);
    let mut next = i + 1;
    // "3 1/2 miles"
    if let Some(part) = (next < end).then(|| simple_fraction(article.word(next))).flatten()
        && numeral.tail.is_empty()
        && numeral.to.is_none()
        && numeral.bare
    {
        numeral.value += part;
        numeral.bare = false;
        next += 1;
    }
    let mut scaled = numeral.scale.is_some();
    if numeral.tail.is_empty() {
        // "2.5 million", "2 and a half million"
        if follow(article, next, end, &["and", "a", "half"]) {
            numeral.value += 0.5;
            next += 3;
            scaled = true;
        }
        while next < end
            && let Some(Word::Scale(scale)) = word(article.lower(next))
            && !(article.lower(next) == "dozen" && scaled)
        {
            numeral.value *= scale;
            numeral.to = numeral.to.map(|to| to * scale);
            scaled = true;
            next += 1;
        }
    }
    let form = match numeral.to {
        Some(_) => Form::Range,
        None if numeral.bare && !scaled => Form::Bare,
        None => Form::Digits,
    };
    let tail = (!numeral.tail.is_empty()).then(|| Span::new(span.end() - numeral.tail.len(), span.end()));
    let number_end = tail.map_or(article.span(next - 1).end(), Span::start);
    let high = numeral.to.unwrap_or(numeral.value);
    let span = Span::new(span.start(), number_end);
    let finite = numeral.value.is_finite() && high.is_finite();
    finite.then_some(Number { first: i, next, span, low: numeral.value, high, form, tail })
}

pub(super) fn numeral(token: &str) -> Option<Numeral<'_>> {
    let (value, bare, rest) = leading_number(token)?;
    let mut out = Numeral { value, to: None, scale: None, bare, tail: "" };
    if rest.is_empty() {
        return Some(out);
    }
    if let Some(after) = rest.strip_prefix(['-', '–', '‑'])
        && let Some((to, _, rest)) = leading_number(after)
    {
        // "2023-10-29", "555-1234", "2-1": dates, telephone numbers, scores.
        let telephone = token.len() - after.len() == 4 && after.len() - rest.len() == 4 && bare;
        let years =
            bare && (1500.0..2100.0).contains(&value) && (to < 100.0 || (1500.0..2100.0).contains(&to));
        if rest.starts_with(['-', '–', '/', ':', '.']) || telephone || years || to <= value {
            return None;
        }
        out.to = Some(to);
        out.bare = false;
        return with_tail(out, rest);
    }
    with_tail(out, rest)
}

/// What may be written after a number without a space.
fn with_tail<'t>(mut numeral: Numeral<'t>, rest: &'t str) -> Option<Numeral<'t>> {
    if rest.is_empty() {
        return Some(numeral);
    }
    let letters = rest.strip_prefix(['-', '‑', '–']).unwrap_or(rest);
    if letters.is_empty()
        || !letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '°' | '/' | '²' | '+'))
    {
        return None;
    }
    if rest == "+" {
        numeral.tail = rest;
        return Some(numeral);
    }
    // "1st", "22nd", "1990s", "5pm", "747s"
    let lower = letters.to_ascii_lowercase();
    if rest.len() == letters.len()
        && matches!(lower.as_str(), "st" | "nd" | "rd" | "th" | "s" | "pm" | "am" | "d" | "x")
    {
        return None;
    }
    let scale = match letters {
        "m" | "M" | "mn" | "mln" => Some(1e6),
        "bn" | "b" | "B" | "BN" | "bln" => Some(1e9),
        "tn" | "T" | "trn" => Some(1e12),
        "k" | "K" => Some(1e3),
        _ => match word(&lower) {
            Some(Word::Scale(scale)) if rest.len() != letters.len() => Some(scale),
            _ => None,
        },
    };
    if let Some(scale) = scale {
        numeral.value *= scale;
        numeral.to = numeral.to.map(|to| to * scale);
        numeral.scale = Some(scale);
        numeral.bare = false;
    } else {
        numeral.tail = rest;
    }
    Some(numeral)
}

/// Digits with separators at the start of `token`: the value, whether it is bare, and what follows.
fn leading_number(token: &str) -> Option<(f64, bool, &str)> {
    let bytes = token.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = run(0);
    let mut bare = true;
    if at <= 3 {
        while at > 0 && bytes.get(at) == Some(&b',') && matches!(run(at + 1), 2 | 3) {
            at += 1 + run(at + 1);
            bare = false;
        }
    }
    if bytes.get(at) == Some(&b'.') && run(at + 1) > 0 {
        at += 1 + run(at + 1);
        bare = false;
    }
    // More digits than any count has are an account number or noise.
    if at == 0 || at > 24 {
        return None;
    }
    let value = token[..at].replace(',', "").parse().ok()?;
    Some((value, bare, &token[at..]))
}

/// "1/2", "3/4".
fn simple_fraction(token: &str) -> Option<f64> {
    if let Some(glyph) = match token {
        "½" => Some(0.5),
        "¼" => Some(0.25),
        "¾" => Some(0.75),
        _ => None,
    } {
        return Some(glyph);
    }
    let (over, under) = token.split_once('/')?;
    let (over, under): (u8, u8) = (over.parse().ok()?, under.parse().ok()?);
    (over > 0 && over < under && matches!(under, 2 | 3 | 4 | 5 | 8))
        .then(|| f64::from(over) / f64::from(under))
}
