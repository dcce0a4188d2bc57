//! Which words say the same: families, synonyms, and the classes written by hand.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::predicates::words as events;
use crate::language::gazetteer::{list, rows};

pub(super) use events::{family, nearness};

/// Rows of words for one kind of event: `lexicon/predicates.tsv`, then `lexicon/paraphrases.tsv`.
static ROWS: LazyLock<FxHashMap<&'static str, Vec<u32>>> = LazyLock::new(|| {
    let mut out: FxHashMap<&'static str, Vec<u32>> = FxHashMap::default();
    let mut classes: FxHashMap<&'static str, u32> = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/predicates.tsv")) {
        if let &[lemma, class, ..] = row.as_slice() {
            let next = classes.len() as u32;
            out.entry(lemma).or_default().push(*classes.entry(class).or_insert(next));
        }
    }
    for (i, row) in rows(include_str!("../../../lexicon/paraphrases.tsv")).enumerate() {
        for lemma in list(row[0]) {
            out.entry(lemma).or_default().push((classes.len() + i) as u32);
        }
    }
    out
});

/// Names of the classes of `lexicon/predicates.tsv`, by lemma.
static CLASSES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/predicates.tsv"))
        .filter_map(|row| if let &[lemma, class, ..] = row.as_slice() { Some((lemma, class)) } else { None })
        .collect()
});

static NOUNS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/count_classes.tsv"))
        .filter_map(
            |row| if let &[class, words, ..] = row.as_slice() { Some((class, list(words))) } else { None },
        )
        .flat_map(|(class, words)| words.into_iter().map(move |w| (w, class)))
        .collect()
});

/// The class of a predicate, or its family where the table has none.
pub(super) fn class<'w>(lemma: &'w str, family: &'w str) -> &'w str {
    CLASSES.get(lemma).or_else(|| CLASSES.get(family)).copied().unwrap_or(family)
}

/// The class of a noun ("soldier" for troops), or the noun.
pub(super) fn noun_class(lemma: &str) -> &str {
    NOUNS.get(lemma).copied().unwrap_or(lemma)
}

/// The rows that a word stands in.
pub(super) fn rows_of(lemma: &str) -> &'static [u32] {
    ROWS.get(lemma).map_or(&[], Vec::as_slice)
}

/// Whether two words stand in one row, themselves or by their families.
pub(super) fn paraphrases(a: &str, family_a: &str, b: &str, family_b: &str) -> bool {
    let of =
        |lemma: &str, family: &str| rows_of(lemma).iter().chain(rows_of(family)).copied().collect::<Vec<_>>();
    let left = of(a, family_a);
    !left.is_empty() && of(b, family_b).iter().any(|r| left.contains(r))
}

/// What words are sought under: those of their family, of words near it, and of their rows.
pub(super) fn keys(lemma: &str, family: &str) -> (String, Vec<String>) {
    let own = format!("f:{family}");
    let mut sought: FxHashSet<String> = events::near(family).map(|w| format!("f:{w}")).collect();
    sought.extend(rows_of(lemma).iter().chain(rows_of(family)).map(|r| format!("r:{r}")));
    let beginning = lemma.get(..5).filter(|_| lemma.len() > 4);
    sought.extend(beginning.map(|b| format!("b:{b}")));
    let mut sought: Vec<String> = sought.into_iter().collect();
    sought.sort_unstable();
    (own, sought)
}

/// Whether the word is known as a noun that names an event, and not as a verb.
pub(super) fn is_noun(lemma: &str) -> bool {
    events::verb(lemma).is_none()
}

/// How common a word is, in [0, 1], by the hand-tagged texts that WordNet counts: 1 for "say".
pub(super) fn commonness(lemma: &str) -> f64 {
    let count = |e: Option<&events::Entry>| e.map_or(0, |e| e.count);
    let met = count(events::verb(family(lemma))).max(count(events::noun(lemma)));
    f64::from(met).ln_1p() / 8.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_join_words() {
        assert!(paraphrases("strike", "strike", "rock", "rock"));
        assert!(paraphrases("death", "die", "kill", "kill"));
        assert!(!paraphrases("strike", "strike", "resign", "resign"));
        for row in rows(include_str!("../../../lexicon/paraphrases.tsv")) {
            assert!(row.len() == 1 && list(row[0]).len() > 1, "{row:?}");
        }
    }

    #[test]
    fn classes_of_nouns() {
        assert_eq!(noun_class("troop"), noun_class("soldier"));
        assert_eq!(noun_class("whale"), "whale");
    }
}
