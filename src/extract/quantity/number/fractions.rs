//! Shares and parts: "a third of", "two-thirds", "three sixteenths", "half", "one in five", "one over three", and what is
//! half of a scale ("half a million").

use super::words::{Word, cardinal, cardinal_from, word};
use super::{follow, is_modified};
use crate::document::Tag;
use crate::extract::quantity::unit;
use crate::language::Annotated;

/// What a number is divided by, and whether in the plural: "third", "quarters", "twenty-fifths", "hundredth".
fn part(lower: &str) -> Option<(f64, bool)> {
    if let Some(Word::Part(by)) = word(lower) {
        return Some((by, false));
    }
    let singular = lower.strip_suffix('s')?;
    match word(singular) {
        Some(Word::Part(by)) => Some((by, true)),
        _ => None,
    }
}

/// The part at token `k`: "third", "twenty-fifths", "twenty fifths"; how many tokens it takes.
fn part_at(article: &Annotated<'_>, k: usize, end: usize) -> Option<(f64, bool, usize)> {
    if k >= end {
        return None;
    }
    let lower = article.lower(k);
    if let Some((by, plural)) = part(lower) {
        return Some((by, plural, 1));
    }
    let behind = |tens: f64, ordinal: &str| match ordinal {
        "first" => Some((tens + 1.0, false)),
        "firsts" => Some((tens + 1.0, true)),
        "second" => Some((tens + 2.0, false)),
        "seconds" => Some((tens + 2.0, true)),
        _ => part(ordinal).filter(|(by, _)| (3.0..10.0).contains(by)).map(|(by, plural)| (tens + by, plural)),
    };
    if let Some((tens, ordinal)) = lower.split_once('-')
        && let Some(Word::Tens(tens)) = word(tens)
    {
        return behind(tens, ordinal).map(|(by, plural)| (by, plural, 1));
    }
    match word(lower) {
        Some(Word::Tens(tens)) if k + 1 < end => {
            behind(tens, article.lower(k + 1)).map(|(by, plural)| (by, plural, 2))
        }
        _ => None,
    }
}

/// "and two thirds", "and a quarter": what is added to a whole number. `at` is the "and".
pub(super) fn mixed(article: &Annotated<'_>, at: usize, end: usize) -> Option<(f64, usize)> {
    if !follow(article, at, end, &["and"]) || at + 1 >= end {
        return None;
    }
    let (many, next) = match article.lower(at + 1) {
        "a" | "an" => (1.0, at + 2),
        lower => match word(lower) {
            Some(Word::Small(many)) if many > 0.0 => (many, at + 2),
            _ => return None,
        },
    };
    let (by, plural, tokens) = part_at(article, next, end)?;
    let agrees = plural == (many > 1.0) && many < by;
    agrees.then(|| (many / by, next + tokens))
}

/// A share of one that begins at token `i`, and the token after it.
pub(super) fn share(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64)> {
    let lower = article.lower(i);
    let of = |k: usize| follow(article, k, end, &["of"]);
    // "two-thirds", "five-eighths"
    if let Some((many, by)) = lower.split_once('-')
        && let (Some(Word::Small(many)), Some((by, plural))) = (word(many), part(by))
    {
        return (many < by && plural == (many > 1.0)).then_some((i + 1, many / by));
    }
    if lower == "half" {
        // "half a mile"
        let of_unit = i + 2 < end
            && matches!(article.lower(i + 1), "a" | "an")
            && unit::after(article, i + 2, end).is_some();
        return (of_unit || is_half(article, i, end)).then_some((i + 1, 0.5));
    }
    if matches!(lower, "a" | "an") {
        // "a third of", "rose by a third", but "a third man", "a quarter later"
        let Some((by, plural, tokens)) = part_at(article, i + 1, end) else {
            // "a hundred thousandths"
            let scale = scale_follows(article, i + 1, end);
            let (many, next) = scale.then(|| cardinal_from(article, i + 1, end, 1.0)).flatten()?;
            let (by, plural, tokens) = part_at(article, next, end)?;
            return (plural && many < by).then(|| (next + tokens, many / by));
        };
        let next = i + 1 + tokens;
        let free = by != 4.0 && !is_modified(article, next, end)
            || i > 0
                && matches!(
                    article.lower(i - 1),
                    "by" | "than" | "about" | "nearly" | "almost" | "over" | "least"
                );
        let half_of_scale = follow(article, next, end, &["of", "a"]) && scale_follows(article, next + 2, end);
        let scaled = by == 2.0 && scale_follows(article, next, end);
        return (!plural && (of(next) || free) && !half_of_scale && !scaled).then_some((next, 1.0 / by));
    }
    let Some(Word::Small(_) | Word::Tens(_)) = word(lower.split_once('-').map_or(lower, |(head, _)| head))
    else {
        return None;
    };
    let (many, next) = cardinal(article, i, end)?;
    let hyphen = usize::from(next + 1 < end && article.word(next) == "-");
    if let Some((by, plural, tokens)) = part_at(article, next + hyphen, end) {
        let after = next + hyphen + tokens;
        // "one quarter" and "three quarters" are times, unless of something; "one half" is a half.
        let quarter = by == 4.0 && many < 4.0 && !of(after) && is_modified(article, after, end);
        let whole = (by == 4.0 || by == 2.0) && many >= by;
        let agrees = plural == (many != 1.0);
        let of_scale = follow(article, after, end, &["of", "a"]) && scale_follows(article, after + 2, end);
        let scaled = of_scale || scale_follows(article, after, end);
        return (agrees && !quarter && !whole && !scaled).then_some((after, many / by));
    }
    let (whole, after) = if follow(article, next, end, &["in"]) {
        numbered(article, next + 1 + usize::from(follow(article, next + 1, end, &["every"])), end)?
    } else if follow(article, next, end, &["out", "of"]) {
        numbered(article, next + 2 + usize::from(follow(article, next + 2, end, &["every"])), end)?
    } else if follow(article, next, end, &["over"]) {
        return over(article, many, next + 1, end);
    } else {
        return None;
    };
    // "one in the morning" does not get here; "three in two years" does.
    let plausible = many > 0.0 && whole > many && !is_time_noun(article, after, end);
    plausible.then_some((after, many / whole))
}

/// "one over three", at the end of its phrase; `at` is the number below the line.
pub(super) fn over(article: &Annotated<'_>, many: f64, at: usize, end: usize) -> Option<(usize, f64)> {
    let (whole, after) = numbered(article, at, end)?;
    let ends = after >= end || matches!(article.lower(after), "." | "," | "?" | "!");
    (many > 0.0 && whole > 1.0 && ends).then(|| (after, many / whole))
}

/// A whole number in words or digits, below a year.
fn numbered(article: &Annotated<'_>, k: usize, end: usize) -> Option<(f64, usize)> {
    if k >= end {
        return None;
    }
    let word = article.word(k);
    if word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 3 {
        return Some((word.parse().ok()?, k + 1));
    }
    cardinal(article, k, end)
}

/// "half of", "half the", "half his", "more than half"; not "half time", "the second half".
fn is_half(article: &Annotated<'_>, i: usize, end: usize) -> bool {
    let next = if i + 1 < end { article.lower(i + 1) } else { "" };
    let determined = matches!(
        next,
        "of" | "the"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "my"
            | "your"
            | "those"
            | "these"
            | "all"
            | "that"
    );
    let before = if i > 0 { article.lower(i - 1) } else { "" };
    let hedged = matches!(
        before,
        "than" | "about" | "nearly" | "almost" | "over" | "under" | "roughly" | "around" | "least" | "some"
    );
    let counted = i + 1 < end && (article.tag(i + 1) == Tag::NNS || next == "people");
    determined && !matches!(before, "first" | "second" | "other")
        || hedged && (!is_modified(article, i + 1, end) || counted)
}

pub(super) fn is_time_noun(article: &Annotated<'_>, i: usize, end: usize) -> bool {
    i < end
        && matches!(
            article.lemma(i),
            "year" | "month" | "week" | "day" | "hour" | "minute" | "decade" | "season"
        )
}

fn scale_follows(article: &Annotated<'_>, k: usize, end: usize) -> bool {
    k < end && matches!(word(article.lower(k)), Some(Word::Scale(_)))
}

/// "half a million", "a quarter of a million", "half a dozen", "a half-million".
pub(super) fn half(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64)> {
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
    // "a quarter of a million", "two thirds of a million", "quarter million", "a half million"
    let (many, at) = match lower {
        "a" | "an" => (1.0, i + 1),
        "quarter" => (1.0, i),
        _ => match word(lower) {
            Some(Word::Small(many)) if many > 0.0 => (many, i + 1),
            _ => return None,
        },
    };
    let (by, _, tokens) = part_at(article, at, end).filter(|(by, ..)| many < *by)?;
    let next = at + tokens;
    let of = if follow(article, next, end, &["of", "a"]) { 2 } else { 0 };
    let bare = of == 2 || matches!(by as u32, 2 | 4);
    scale_at(next + of).filter(|_| bare).map(|scale| (next + of + 1, scale * many / by))
}
