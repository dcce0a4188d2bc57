//! Number words (`lexicon/numbers.tsv`): "two and a half million", "a few thousand", "one in five".

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Form, Number, follow};
use crate::language::Annotated;
use crate::language::gazetteer::rows;
use crate::span::Span;

/// What a number word does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Word {
    Small(f64),
    Tens(f64),
    Scale(f64),
    Plural(f64),
    Vague(f64),
    Fraction(f64),
}

static WORDS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    rows(include_str!("../../../../lexicon/numbers.tsv"))
        .filter_map(|row| {
            let &[word, class, value] = row.as_slice() else { return None };
            let value = value.parse().ok()?;
            let class = match class {
                "small" => Word::Small(value),
                "tens" => Word::Tens(value),
                "scale" => Word::Scale(value),
                "plural" => Word::Plural(value),
                "vague" => Word::Vague(value),
                "fraction" => Word::Fraction(value),
                _ => return None,
            };
            Some((word, class))
        })
        .collect()
});

pub(super) fn word(lower: &str) -> Option<Word> {
    // No number word is longer; this keeps hashing cheap on text without spaces.
    if lower.len() > 9 { None } else { WORDS.get(lower).copied() }
}

pub(super) fn words(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let lower = article.lower(i);
    let number = |next: usize, bounds: RangeInclusive<f64>, form: Form| {
        let span = article.cover(i..next);
        Some(Number { first: i, next, span, low: *bounds.start(), high: *bounds.end(), form, tail: None })
    };
    if let Some((next, share)) = share(article, i, end) {
        return number(next, share..=share, Form::Share);
    }
    if let Some((next, low, high)) = vague(article, i, end) {
        return number(next, low..=high, Form::Vague);
    }
    if let Some((next, value)) = half(article, i, end) {
        return number(next, value..=value, Form::Words);
    }
    if matches!(lower, "a" | "an") {
        let Some(Word::Scale(scale)) = (i + 1 < end).then(|| word(article.lower(i + 1))).flatten() else {
            return None;
        };
        let (value, next) = tail_of_scale(article, i + 2, end, scale);
        let vague = article.lower(i + 1) == "dozen";
        return number(next, value..=value, if vague { Form::Word } else { Form::Words });
    }
    if lower.contains('-') {
        return hyphenated(article, i, end);
    }
    let (value, next) = cardinal(article, i, end)?;
    let (value, next) = if follow(article, next, end, &["and", "a", "half"]) {
        let (scale, after) = scales(article, next + 3, end);
        ((value + 0.5) * scale, after)
    } else {
        (value, next)
    };
    number(next, value..=value, if next == i + 1 { Form::Word } else { Form::Words })
}

/// Number words that add up: "two hundred and fifty thousand".
fn cardinal(article: &Annotated<'_>, i: usize, end: usize) -> Option<(f64, usize)> {
    let (mut total, mut current) = (0.0, 0.0);
    let mut at = i;
    let mut last_scale = f64::INFINITY;
    while at < end {
        let lower = article.lower(at);
        let part = if lower.contains('-') { compound(lower).map(Word::Small) } else { word(lower) };
        match part {
            Some(Word::Small(v))
                if current % 100.0 == 0.0
                    || (current % 10.0 == 0.0 && current % 100.0 >= 20.0 && v < 10.0) =>
            {
                current += v;
            }
            Some(Word::Tens(v)) if current % 100.0 == 0.0 => current += v,
            Some(Word::Scale(scale)) if at > i && current > 0.0 && scale <= 100.0 => current *= scale,
            Some(Word::Scale(scale)) if at > i && current > 0.0 && scale < last_scale => {
                total += current * scale;
                current = 0.0;
                last_scale = scale;
            }
            None if lower == "and"
                && at > i
                && matches!(word(article.lower(at - 1)), Some(Word::Scale(_)))
                && at + 1 < end
                && is_small(article.lower(at + 1)) => {}
            _ => break,
        }
        at += 1;
    }
    (at > i).then_some((total + current, at))
}

fn is_small(lower: &str) -> bool {
    matches!(word(lower), Some(Word::Small(_) | Word::Tens(_))) || compound(lower).is_some()
}

/// "twenty-five".
fn compound(lower: &str) -> Option<f64> {
    let (tens, small) = lower.split_once('-')?;
    match (word(tens)?, word(small)?) {
        (Word::Tens(tens), Word::Small(small)) if small > 0.0 && small < 10.0 => Some(tens + small),
        _ => None,
    }
}

/// "twenty-five", "half-dozen", "six-month": the number and what is joined to it.
fn hyphenated(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let lower = article.lower(i);
    let whole = article.span(i);
    if let Some((value, next)) = cardinal(article, i, end) {
        let span = article.cover(i..next);
        return Some(Number { first: i, next, span, low: value, high: value, form: Form::Words, tail: None });
    }
    let (head, rest) = lower.split_once('-')?;
    let value = match (word(head)?, word(rest)) {
        (Word::Small(v) | Word::Tens(v), None) => v,
        (Word::Small(v) | Word::Tens(v), Some(Word::Scale(scale))) => {
            let span = article.cover(i..i + 1);
            let value = v * scale;
            return Some(Number {
                first: i,
                next: i + 1,
                span,
                low: value,
                high: value,
                form: Form::Words,
                tail: None,
            });
        }
        _ => return None,
    };
    // Lower case may change lengths beyond ASCII; the head is ASCII by the table.
    let split = whole.start() + head.len();
    let tail = Span::new(split, whole.end());
    article.text().is_char_boundary(split).then_some(())?;
    Some(Number {
        first: i,
        next: i + 1,
        span: Span::new(whole.start(), split),
        low: value,
        high: value,
        form: Form::Word,
        tail: Some(tail),
    })
}

/// "dozens", "tens of thousands", "a few hundred", "several dozen".
fn vague(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64, f64)> {
    let word_at = |k: usize| (k < end).then(|| word(article.lower(k))).flatten();
    let (few, start) = match article.lower(i) {
        "a" => (word_at(i + 1), i + 1),
        _ => (word_at(i), i),
    };
    match few? {
        Word::Vague(least) => {
            let of = usize::from(start + 2 < end && article.lower(start + 1) == "of");
            match word_at(start + 1 + of)? {
                Word::Scale(scale) if of == 0 => {
                    let most = if article.lower(start) == "couple" { 2.0 } else { 9.0 };
                    Some((start + 2, least * scale, most * scale))
                }
                Word::Plural(scale) => Some((start + 2 + of, least * scale, (10.0 * scale) - 1.0)),
                Word::Scale(scale) if article.lower(start) == "couple" => {
                    Some((start + 3, 2.0 * scale, 2.0 * scale))
                }
                _ => None,
            }
        }
        Word::Plural(scale) if start == i => {
            let (low, high) = match article.lower(i) {
                "dozens" => (24.0, 96.0),
                "scores" => (40.0, 100.0),
                "tens" => (20.0, 99.0),
                _ => (2.0 * scale, 10.0 * scale - 1.0),
            };
            if start + 2 < end
                && article.lower(start + 1) == "of"
                && let Some(Word::Plural(by)) = word_at(start + 2)
                && by > scale
            {
                let high = if high == 99.0 || high == 999.0 { (high + 1.0) * by - 1.0 } else { high * by };
                return Some((start + 3, low * by, high));
            }
            // "tens" and "scores" alone are seldom figures ("scores a goal").
            let alone =
                !matches!(article.lower(i), "tens" | "scores") || follow(article, i + 1, end, &["of"]);
            alone.then_some((start + 1, low, high))
        }
        _ => None,
    }
}

/// "half a million", "a quarter of a million", "half a dozen", "a half-million".
fn half(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64)> {
    let lower = article.lower(i);
    if let Some(rest) = lower.strip_prefix("half-")
        && let Some(Word::Scale(scale)) = word(rest.strip_prefix("a-").unwrap_or(rest))
    {
        return Some((i + 1, scale / 2.0));
    }
    let scale_at = |k: usize| match (k < end).then(|| word(article.lower(k))).flatten() {
        Some(Word::Scale(scale)) => Some(scale),
        _ => None,
    };
    if lower == "half" {
        let skip = usize::from(follow(article, i + 1, end, &["a"]));
        return scale_at(i + 1 + skip).map(|scale| (i + 2 + skip, scale / 2.0));
    }
    if lower == "a" {
        if follow(article, i + 1, end, &["half"]) {
            return scale_at(i + 2).map(|scale| (i + 3, scale / 2.0));
        }
        if follow(article, i + 1, end, &["quarter", "of", "a"]) {
            return scale_at(i + 4).map(|scale| (i + 5, scale / 4.0));
        }
    }
    None
}

/// "a third of", "two-thirds of", "half of", "one in five", "9 out of 10": in per cent.
fn share(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64)> {
    let lower = article.lower(i);
    let fraction_at = |k: usize| match (k < end).then(|| word(article.lower(k))).flatten() {
        Some(Word::Fraction(part)) => Some(part),
        _ => None,
    };
    let of = |k: usize| follow(article, k, end, &["of"]);
    if let Some((many, part)) = lower.split_once('-')
        && let (Some(Word::Small(many)), Some(Word::Fraction(part))) = (word(many), word(part))
    {
        return (many * part < 1.0).then_some((i + 1, percent(many * part)));
    }
    if lower == "half"
        && (of(i + 1) || follow(article, i + 1, end, &["the"]) || follow(article, i + 1, end, &["its"]))
    {
        return Some((i + 1, 50.0));
    }
    if matches!(lower, "a" | "an") {
        return fraction_at(i + 1)
            .filter(|_| of(i + 2) && !follow(article, i + 3, end, &["a"]))
            .map(|part| (i + 2, percent(part)));
    }
    let Some(Word::Small(many)) = word(lower) else { return None };
    if let Some(part) = fraction_at(i + 1).filter(|part| of(i + 2) && many * part < 1.0) {
        return Some((i + 2, percent(many * part)));
    }
    let link = if follow(article, i + 1, end, &["in"]) {
        1
    } else if follow(article, i + 1, end, &["out", "of"]) {
        2
    } else {
        return None;
    };
    let (whole, next) = if i + 1 + link < end { cardinal(article, i + 1 + link, end)? } else { return None };
    // "one in the morning" does not get here; "three in two years" does.
    let plausible = many > 0.0 && whole > many && !is_time_noun(article, next, end);
    plausible.then_some((next, percent(many / whole)))
}

fn is_time_noun(article: &Annotated<'_>, i: usize, end: usize) -> bool {
    i < end && matches!(article.lemma(i), "year" | "month" | "week" | "day" | "hour" | "minute" | "decade")
}

fn percent(share: f64) -> f64 {
    (share * 1e4).round() / 100.0
}

/// "a thousand", then "and a half", then further scales: "a million and a half".
fn tail_of_scale(article: &Annotated<'_>, at: usize, end: usize, scale: f64) -> (f64, usize) {
    let (more, next) = scales(article, at, end);
    let value = scale * more;
    if follow(article, next, end, &["and", "a", "half"]) {
        return (value * 1.5, next + 3);
    }
    (value, next)
}

fn scales(article: &Annotated<'_>, mut at: usize, end: usize) -> (f64, usize) {
    let mut value = 1.0;
    while at < end
        && let Some(Word::Scale(scale)) = word(article.lower(at))
    {
        value *= scale;
        at += 1;
    }
    (value, at)
}
