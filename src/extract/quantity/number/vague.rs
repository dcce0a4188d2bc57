//! Words that stand for an interval: "dozens", "tens of thousands", "a few hundred", "several dozen".

use super::follow;
use super::words::{Word, word};
use crate::language::Annotated;

/// The vague number that begins at token `i`: the token after it, and its ends.
pub(super) fn vague(article: &Annotated<'_>, i: usize, end: usize) -> Option<(usize, f64, f64)> {
    let word_at = |k: usize| (k < end).then(|| word(article.lower(k))).flatten();
    let (few, start) = match article.lower(i) {
        "a" => (word_at(i + 1), i + 1),
        _ => (word_at(i), i),
    };
    match few? {
        Word::Vague(least) => {
            let couple = article.lower(start) == "couple";
            let of = usize::from(start + 2 < end && article.lower(start + 1) == "of");
            match word_at(start + 1 + of)? {
                Word::Scale(scale) if of == 0 || couple => {
                    let most = if couple { 2.0 } else { 9.0 };
                    Some((start + 2 + of, least * scale, most * scale))
                }
                // "many thousands", "several hundreds of thousands"
                Word::Plural(scale) => {
                    let (next, low, high) = plural(article, start + 1 + of, end, scale)?;
                    Some((next, low.max(least * scale), high))
                }
                _ => None,
            }
        }
        Word::Plural(scale) if start == i => {
            // "tens" and "scores" alone are seldom figures ("scores a goal").
            let alone =
                !matches!(article.lower(i), "tens" | "scores") || follow(article, i + 1, end, &["of"]);
            if alone { plural(article, i, end, scale) } else { None }
        }
        _ => None,
    }
}

/// "hundreds", "tens of thousands", with the plural at token `i`.
fn plural(article: &Annotated<'_>, i: usize, end: usize, scale: f64) -> Option<(usize, f64, f64)> {
    let (low, high) = match article.lower(i) {
        "dozens" => (24.0, 96.0),
        "scores" => (40.0, 100.0),
        "tens" => (20.0, 99.0),
        _ => (2.0 * scale, 10.0 * scale - 1.0),
    };
    if follow(article, i + 1, end, &["of"])
        && let Some(Word::Plural(by)) = (i + 2 < end).then(|| word(article.lower(i + 2))).flatten()
        && by > scale
    {
        let round = high == 99.0 || high == 999.0 || high == 9999.0;
        let high = if round { (high + 1.0) * by - 1.0 } else { high * by };
        return Some((i + 3, low * by, high));
    }
    Some((i + 1, low, high))
}
