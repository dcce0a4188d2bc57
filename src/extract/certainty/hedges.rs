//! Words that weaken a content, by what they are used as (`lexicon/hedges.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Where a hedge counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Modal,
    Adverb,
    Adjective,
    Raising,
    Noun,
    Conditional,
    Open,
}

impl Kind {
    fn from_name(name: &str) -> Option<Kind> {
        Some(match name {
            "modal" => Kind::Modal,
            "adverb" => Kind::Adverb,
            "adjective" => Kind::Adjective,
            "raising" => Kind::Raising,
            "noun" => Kind::Noun,
            "conditional" => Kind::Conditional,
            "open" => Kind::Open,
            _ => return None,
        })
    }
}

static TABLE: &str = include_str!("../../../lexicon/hedges.tsv");

static HEDGES: LazyLock<FxHashMap<(Kind, &'static str), f32>> =
    LazyLock::new(|| rows().filter_map(parse).collect());

fn rows() -> impl Iterator<Item = &'static str> {
    crate::lexicon::rows(TABLE)
}

fn parse(row: &'static str) -> Option<((Kind, &'static str), f32)> {
    let mut columns = row.split('\t');
    let (word, kind, value) = (columns.next()?, columns.next()?, columns.next()?);
    Some(((Kind::from_name(kind)?, word), value.parse().ok()?))
}

/// Certainty that `word` leaves when it is used as `kind`.
pub(super) fn hedge(kind: Kind, word: &str) -> Option<f32> {
    HEDGES.get(&(kind, word)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        assert_eq!(rows().count(), rows().filter_map(parse).count());
        assert_eq!(rows().count(), HEDGES.len(), "twice the same word and kind");
        for row in rows() {
            let (_, value) = parse(row).unwrap();
            assert!((-3.0..=3.0).contains(&value), "{row}");
        }
    }
}
