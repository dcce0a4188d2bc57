//! What class names, ids and roles say that an element holds.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tags::Attribute;
use super::tree::Tree;
use crate::lexicon;

/// Groups of such words, in the order of the table.
pub(super) const GROUPS: usize = 19;

static WORDS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, u32> = FxHashMap::default();
    for (group, row) in lexicon::rows(include_str!("../../../lexicon/page_classes.tsv")).enumerate() {
        let (_, list) = row.split_once('\t').unwrap_or_default();
        for word in list.split(' ') {
            *words.entry(word).or_default() |= 1 << group;
        }
    }
    words
});

/// The groups that an element's names belong to, as bits.
pub(super) fn groups(tree: &Tree<'_>, node: u32) -> u32 {
    /// Names longer than this are of machines.
    const LONGEST: usize = 400;
    let mut found = 0;
    let mut word = String::new();
    for name in [Attribute::Class, Attribute::Id, Attribute::Role, Attribute::TestId, Attribute::Itemprop] {
        let Some(value) = tree.attribute(node, name) else { continue };
        let mut was_small = false;
        for c in value.bytes().take(LONGEST).chain([b' ']) {
            let cut = !c.is_ascii_alphabetic() || c.is_ascii_uppercase() && was_small;
            if cut && !word.is_empty() {
                found |= WORDS.get(word.as_str()).copied().unwrap_or(0);
                word.clear();
            }
            if c.is_ascii_alphabetic() {
                word.push(char::from(c.to_ascii_lowercase()));
            }
            was_small = c.is_ascii_lowercase();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_well_formed() {
        let rows: Vec<&str> = lexicon::rows(include_str!("../../../lexicon/page_classes.tsv")).collect();
        assert_eq!(rows.len(), GROUPS);
        for row in rows {
            let (group, words) = row.split_once('\t').expect("two columns");
            assert!(!group.is_empty());
            let words: Vec<&str> = words.split(' ').collect();
            assert!(
                words.iter().all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase())),
                "{group}"
            );
            assert!(words.is_sorted(), "{group}");
        }
    }
}
