//! Units: per cent, currencies (ISO 4217), measures (UCUM), as `lexicon/units.tsv` lists them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::number::is_currency_mark;
use crate::language::Annotated;
use crate::language::gazetteer::rows;
use crate::span::Span;

/// A unit found beside a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    /// Its code.
    pub(super) code: &'static str,
    /// What sort of unit.
    pub(super) kind: &'static str,
    /// What one of it is worth in `code`.
    pub(super) factor: f64,
}

static FORMS: LazyLock<FxHashMap<&'static str, Unit>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/units.tsv")) {
        if let &[code, kind, factor, forms] = row.as_slice()
            && let Ok(factor) = factor.parse()
        {
            for form in forms.split('|') {
                out.entry(form).or_insert(Unit { code, kind, factor });
            }
        }
    }
    out
});

/// The same, in lower case, for forms of more than three letters: "degrees celsius", "KILOMETERS".
static KINDS: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| FORMS.values().map(|unit| (unit.code, unit.kind)).collect());

/// What a unit measures: "length" for `km`, "currency" for `USD`, "share" for `%`.
#[must_use]
pub fn kind(code: &str) -> Option<&'static str> {
    KINDS.get(code).copied()
}

static LOWER: LazyLock<FxHashMap<String, Unit>> = LazyLock::new(|| {
    let mut long: Vec<_> = FORMS.iter().filter(|(form, _)| form.len() > 3).collect();
    // Two forms that differ in case alone mean the same unit; sorting makes the choice certain.
    long.sort_unstable_by_key(|(form, _)| **form);
    long.into_iter().map(|(form, unit)| (form.to_lowercase(), *unit)).collect()
});

/// Longest form of the table, in tokens.
const LONGEST: usize = 4;

/// The unit that follows at token `i`, and the token after it.
pub(super) fn after(article: &Annotated<'_>, i: usize, end: usize) -> Option<(Unit, usize)> {
    let mut phrase = String::new();
    let i = if i + 1 < end && article.lower(i) == "-" { i + 1 } else { i };
    (1..=LONGEST.min(end.saturating_sub(i))).rev().find_map(|n| {
        phrase.clear();
        for k in i..i + n {
            let word = article.word(k);
            if word.len() > 24 || phrase.len() > 48 {
                return None;
            }
            if k > i {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        let unit = form(&phrase)?;
        let capital_word =
            n == 1 && phrase.len() == 1 && phrase.starts_with(|c: char| c.is_ascii_alphabetic());
        // "5 C", "3 m" are written so; "plan 5 A", "group 2 g" are not worth the risk.
        let risky = capital_word && !matches!(phrase.as_str(), "m" | "g" | "C");
        (!risky && !is_another_noun(article, i, n, end)).then_some((unit, i + n))
    })
}

/// "foot soldiers", "won" the verb, "second" the ordinal, "square" the place: words that are no unit here.
fn is_another_noun(article: &Annotated<'_>, i: usize, words: usize, end: usize) -> bool {
    if words != 1 {
        return false;
    }
    let next = (i + 1 < end).then(|| article.lower(i + 1));
    match article.lower(i) {
        "foot" => next.is_some_and(|w| w.starts_with("soldier") || w == "patrol" || w == "patrols"),
        "won" => {
            next.is_some_and(|w| matches!(w, "the" | "a" | "their" | "his" | "her" | "its" | "in" | "by"))
        }
        "second" | "real" | "pounds" if next.is_some_and(|w| matches!(w, "sterling" | "estate" | "time")) => {
            true
        }
        "real" | "rand" | "dong" | "mi" | "in" | "pc" | "c" => {
            article.word(i).starts_with(char::is_uppercase)
        }
        _ => false,
    }
}

/// The unit written together with a number: "mm", "-kilometer", "-year-old".
pub(super) fn tail(text: &str) -> Option<Unit> {
    let bare = text.strip_prefix(['-', '‑', '–']).unwrap_or(text);
    form(bare).filter(|_| bare.len() > 1 || matches!(bare, "m" | "g" | "%"))
}

fn form(phrase: &str) -> Option<Unit> {
    if let Some(unit) = FORMS.get(phrase) {
        return Some(*unit);
    }
    let lower = phrase.to_lowercase();
    LOWER.get(lower.as_str()).copied()
}

/// The currency sign or code that stands before token `i`, and its first token.
pub(super) fn before(article: &Annotated<'_>, i: usize, start: usize) -> Option<(Unit, usize)> {
    if i == start {
        return None;
    }
    let word = article.word(i - 1);
    if word.len() > 8 {
        return None;
    }
    if is_currency_mark(article.lower(i - 1)) {
        // "US $5", "U.S. $5", "A$ 5"
        if i >= start + 2 && word == "$" {
            let prefix = article.word(i - 2);
            if matches!(prefix, "US" | "U.S." | "U.S") {
                return FORMS.get("$").map(|u| (*u, i - 2));
            }
            let joined = format!("{prefix}$");
            if prefix.len() <= 2
                && let Some(unit) = FORMS.get(joined.as_str())
            {
                return Some((*unit, i - 2));
            }
        }
        return FORMS.get(word).map(|u| (*u, i - 1));
    }
    let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let unit = FORMS
        .get(word)
        .filter(|u| u.kind == "currency" && (code || word == "Rs" || word == "Rs." || word == "RM"))?;
    Some((*unit, i - 1))
}

/// Whether the span, which follows a number without a space, says only how the number is used: "-strong", "-fold".
pub(super) fn is_suffix_of_count(text: &str, tail: Span) -> bool {
    matches!(
        tail.of(text).trim_start_matches(['-', '‑', '–']),
        "strong"
            | "odd"
            | "plus"
            | "+"
            | "member"
            | "person"
            | "man"
            | "seat"
            | "bed"
            | "page"
            | "vehicle"
            | "ship"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for row in rows(include_str!("../../../lexicon/units.tsv")) {
            let &[code, kind, factor, forms] = row.as_slice() else { panic!("{row:?}") };
            assert!(!code.is_empty() && !forms.is_empty() && factor.parse::<f64>().is_ok(), "{row:?}");
            if kind == "currency" {
                assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            }
            for form in forms.split('|') {
                assert!(form.split(' ').count() <= LONGEST, "{form}");
                assert!(FORMS.contains_key(form));
            }
        }
    }

    #[test]
    fn written_together() {
        assert_eq!(tail("x"), None);
        assert_eq!(tail("mm").map(|u| u.code), Some("mm"));
        assert_eq!(tail("-kilometer").map(|u| u.code), Some("km"));
        assert_eq!(tail("-year-old").map(|u| u.code), Some("a"));
    }
}
