//! Number words (`lexicon/numbers.tsv`) that add up: "two hundred and fifty thousand", "two and a half million", "five
//! point two", "twenty-five".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fractions::{self, half, share};
use super::vague::vague;
use super::{Form, Number, follow};
use crate::document::Tag;
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
    Part(f64),
    Multiple(f64),
    Sign,
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
                "part" => Word::Part(value),
                "multiple" => Word::Multiple(value),
                "sign" => Word::Sign,
                _ => return None,
            };
            Some((word, class))
        })
        .collect()
});

/// Scales that are written together with digits; the case counts.
static GLUED: LazyLock<FxHashMap<&'static str, f64>> = LazyLock::new(|| {
    rows(include_str!("../../../../lexicon/numbers.tsv"))
        .filter_map(|row| match row.as_slice() {
            &[letters, "glued", value] => Some((letters, value.parse().ok()?)),
            _ => None,
        })
        .collect()
});

/// For each first letter the lengths, as bits, that number words with it have: most words are none by that alone.
static LENGTHS: LazyLock<[u32; 26]> = LazyLock::new(|| {
    let mut out = [0; 26];
    for word in WORDS.keys().copied().chain(["a", "an"]) {
        let first = word.as_bytes()[0].wrapping_sub(b'a') as usize;
        out[first] |= 1 << word.len();
    }
    out
});

/// Longest number word.
const LONGEST: usize = 11;

/// Whether a number may begin with that word.
pub(super) fn may_begin(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    let head = bytes.iter().take(LONGEST + 1).position(|b| *b == b'-').unwrap_or(bytes.len());
    let Some(first) = bytes.first().filter(|b| b.is_ascii_lowercase() && head <= LONGEST) else {
        return false;
    };
    LENGTHS[(first - b'a') as usize] & (1 << head) != 0 || head < bytes.len() || lower.ends_with("fold")
}

pub(super) fn word(lower: &str) -> Option<Word> {
    if lower.len() > LONGEST { None } else { WORDS.get(lower).copied() }
}

/// The scale that letters behind digits mean: "m", "bn".
pub(super) fn glued(letters: &str) -> Option<f64> {
    if letters.is_empty() || letters.len() > 3 { None } else { GLUED.get(letters).copied() }
}

/// The number that begins with the word of token `i`.
pub(super) fn words(article: &Annotated<'_>, i: usize, end: usize) -> Option<Number> {
    let lower = article.lower(i);
    let number = |next: usize, low: f64, high: f64, form: Form| {
        Some(Number { first: i, next, span: article.cover(i..next), low, high, form, tail: None })
    };
    if let Some(times) = multiple(article, i, end) {
        return number(i + 1, times, times, Form::Multiple);
    }
    if let Some((next, share)) = share(article, i, end) {
        return number(next, share, share, Form::Share);
    }
    if let Some((next, low, high)) = vague(article, i, end) {
        return number(next, low, high, Form::Vague);
    }
    if let Some((next, value)) = half(article, i, end) {
        return number(next, value, value, Form::Words);
    }
    if lower.contains('-')
        && let Some(joined) = hyphenated(article, i)
    {
        return Some(joined);
    }
    let (value, next) = match lower {
        "a" | "an" => {
            let Some(Word::Scale(scale)) = (i + 1 < end).then(|| word(article.lower(i + 1))).flatten() else {
                return None;
            };
            if scale == 12.0 {
                return number(i + 2, scale, scale, Form::Word);
            }
            cardinal_from(article, i + 1, end, 1.0)?
        }
        _ => cardinal(article, i, end)?,
    };
    if let Some((value, next)) = point(article, value, next, end) {
        return number(next, value, value, Form::Digits);
    }
    if follow(article, next, end, &["and", "a", "half"]) {
        // "two and a half million", "a million and a half"
        let (scale, after) = scales(article, next + 3, end);
        let last = match word(article.lower(next - 1)) {
            Some(Word::Scale(last)) if after == next + 3 => last,
            _ => 1.0,
        };
        let value = (value + 0.5 * last) * scale;
        return number(after, value, value, Form::Words);
    }
    if let Some((part, after)) = fractions::mixed(article, next, end) {
        // "two million and three quarters"
        let part = match word(article.lower(next - 1)) {
            Some(Word::Scale(scale)) if scale >= 1000.0 => part * scale,
            _ => part,
        };
        return number(after, value + part, value + part, Form::Words);
    }
    number(next, value, value, if next == i + 1 { Form::Word } else { Form::Words })
}

/// "doubled", "threefold": how many times as much.
fn multiple(article: &Annotated<'_>, i: usize, end: usize) -> Option<f64> {
    let lower = article.lower(i);
    if let Some(Word::Multiple(times)) = word(lower) {
        // "double agents", "doubled down", "doubles as": only where something becomes so much more.
        let other =
            i + 1 < end && matches!(article.lower(i + 1), "down" | "up" | "as" | "over" | "back" | "for");
        let bare = matches!(article.tag(i), Tag::VB | Tag::VBP) && lower != "halve";
        let after_to =
            bare && i > 0 && (article.tag(i - 1) == Tag::MD || matches!(article.lower(i - 1), "to" | "than"));
        // "was halved", "has more than doubled"; taggers call some of these adjectives.
        let verb = if bare {
            after_to
        } else {
            article.tag(i).is_verb() || lower.ends_with("ed") && !super::is_modified(article, i + 1, end)
        };
        return (verb && !other).then_some(times);
    }
    let times = lower.strip_suffix("fold")?;
    match word(times.strip_suffix('-').unwrap_or(times))? {
        Word::Small(times) | Word::Tens(times) | Word::Scale(times) if times > 1.0 => Some(times),
        _ => None,
    }
}

/// Number words that add up: "two hundred and fifty thousand".
pub(super) fn cardinal(article: &Annotated<'_>, i: usize, end: usize) -> Option<(f64, usize)> {
    cardinal_from(article, i, end, 0.0)
}

/// The same, with a number before: the one of "a hundred and fifty".
pub(super) fn cardinal_from(
    article: &Annotated<'_>,
    i: usize,
    end: usize,
    start: f64,
) -> Option<(f64, usize)> {
    let (mut total, mut current) = (0.0, start);
    let mut at = i;
    let mut last_scale = f64::INFINITY;
    let part = |k: usize| {
        let lower = article.lower(k);
        if lower.contains('-') { compound(lower).map(Word::Small) } else { word(lower) }
    };
    while at < end {
        match part(at) {
            Some(Word::Small(v))
                if current % 100.0 == 0.0
                    || (current % 10.0 == 0.0 && current % 100.0 >= 20.0 && v < 10.0) =>
            {
                // "one one hundred": two numbers
                if current == 0.0 && at > i && total == 0.0 {
                    break;
                }
                current += v;
            }
            Some(Word::Tens(v)) if current % 100.0 == 0.0 => {
                current += v;
                // "fifty - two"
                if at + 2 < end
                    && article.word(at + 1) == "-"
                    && let Some(Word::Small(small)) =
                        part(at + 2).filter(|_| !article.lower(at + 2).contains('-'))
                    && (1.0..10.0).contains(&small)
                {
                    current += small;
                    at += 2;
                }
            }
            Some(Word::Scale(scale)) if (at > i || start > 0.0) && current > 0.0 && scale <= 100.0 => {
                current *= scale
            }
            Some(Word::Plural(12.0)) if at > i && current > 0.0 => current *= 12.0,
            Some(Word::Scale(scale)) if (at > i || start > 0.0) && current > 0.0 && scale < last_scale => {
                total += current * scale;
                current = 0.0;
                last_scale = scale;
            }
            // "three lakh crore", "a hundred thousand million"
            Some(Word::Scale(scale)) if at > i && current == 0.0 && total > 0.0 && scale > last_scale => {
                total *= scale;
            }
            None if article.lower(at) == "and"
                && at > i
                && matches!(word(article.lower(at - 1)), Some(Word::Scale(_)))
                && at + 1 < end
                && matches!(part(at + 1), Some(Word::Small(_) | Word::Tens(_)))
                && fractions::mixed(article, at, end).is_none() => {}
            _ => break,
        }
        at += 1;
    }
    (at > i).then_some((total + current, at))
}

/// "twenty-five".
fn compound(lower: &str) -> Option<f64> {
    let (tens, small) = lower.split_once('-')?;
    match (word(tens)?, word(small)?) {
        (Word::Tens(tens), Word::Small(small)) if small > 0.0 && small < 10.0 => Some(tens + small),
        _ => None,
    }
}

/// "five point two", "nought point zero three": digits behind "point".
fn point(article: &Annotated<'_>, whole: f64, at: usize, end: usize) -> Option<(f64, usize)> {
    if !follow(article, at, end, &["point"]) {
        return None;
    }
    let (mut value, mut next, mut place) = (whole, at + 1, 1.0);
    while next < end {
        let lower = article.lower(next);
        let digits = match word(lower) {
            Some(Word::Small(v)) if v < 10.0 => (v, 0.1),
            Some(Word::Small(v) | Word::Tens(v)) if place == 1.0 => (v, 0.01),
            None if place == 1.0 => (compound(lower)?, 0.01),
            _ => break,
        };
        place *= digits.1;
        value += digits.0 * place;
        next += 1;
        if digits.1 == 0.01 {
            break;
        }
    }
    (next > at + 1).then_some(((value * 1e9).round() / 1e9, next))
}

/// "six-month", "twenty-five-year-old", "two-million": the number and what is joined to it.
fn hyphenated(article: &Annotated<'_>, i: usize) -> Option<Number> {
    let lower = article.lower(i);
    let whole = article.span(i);
    let (head, rest) = lower.split_once('-')?;
    let mut at = head.len();
    let mut form = Form::Word;
    let mut value = match word(head)? {
        Word::Small(v) | Word::Tens(v) => v,
        _ => return None,
    };
    if let Some((second, _)) = rest.split_once('-').or(Some((rest, "")))
        && let Some(sum) = compound(&lower[..head.len() + 1 + second.len()])
    {
        (value, at) = (sum, head.len() + 1 + second.len());
    }
    if let Some(rest) = lower[at..].strip_prefix('-') {
        let scale = rest.split('-').next().unwrap_or(rest);
        match word(scale) {
            Some(Word::Scale(scale_value)) => {
                value *= scale_value;
                at += 1 + scale.len();
                form = Form::Words;
            }
            Some(_) => return None,
            None => {}
        }
    }
    if at == lower.len() && form == Form::Word {
        // "twenty-five" goes on as others do.
        return None;
    }
    // Lower case may change lengths beyond ASCII; the head is ASCII by the table.
    let split = whole.start() + at;
    article.text().is_char_boundary(split).then_some(())?;
    let tail = (split < whole.end()).then(|| Span::new(split, whole.end()));
    let span = Span::new(whole.start(), split);
    Some(Number { first: i, next: i + 1, span, low: value, high: value, form, tail })
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
