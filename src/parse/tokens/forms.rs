//! Words that are cut, or left whole, against the rule: `lexicon/tokens.tsv`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::pieces::is_apostrophe;

/// Longest form of each kind in characters, so that long words are not looked up at all.
const LONGEST: usize = 10;

#[derive(Default)]
struct Forms {
    prefixes: FxHashSet<&'static str>,
    suffixes: FxHashSet<&'static str>,
    whole: FxHashSet<&'static str>,
    units: FxHashSet<&'static str>,
    faces: FxHashSet<&'static str>,
    /// How many characters stand before the cut.
    cuts: FxHashMap<String, usize>,
    /// Lengths in bytes of the words that are cut, as bits, by their [`edges`]: few words pass.
    cut_lengths: Vec<u16>,
}

/// First and last letter of a word in one number, whatever their case.
fn edges(word: &str) -> Option<usize> {
    let (first, last) = (word.bytes().next()?, word.bytes().next_back()?);
    Some(usize::from(first & 31) << 5 | usize::from(last & 31))
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms { cut_lengths: vec![0; 32 * 32], ..Forms::default() };
    for row in crate::lexicon::rows(include_str!("../../../lexicon/tokens.tsv")) {
        let (kind, form) = row.split_once('\t').expect("every row has two columns");
        let set = match kind {
            "prefix" => &mut forms.prefixes,
            "suffix" => &mut forms.suffixes,
            "whole" => &mut forms.whole,
            "unit" => &mut forms.units,
            "face" => &mut forms.faces,
            "cut" => {
                let (before, after) = form.split_once('|').expect("a form that is cut has a bar");
                let word = format!("{before}{after}");
                // An apostrophe takes up to three bytes.
                let lengths = 0b111 << word.len();
                forms.cut_lengths[edges(&word).expect("a form is not empty")] |= lengths;
                forms.cuts.insert(word, before.chars().count());
                continue;
            }
            other => unreachable!("no such kind of form: {other}"),
        };
        set.insert(form);
    }
    forms
});

/// Whether `before` is not cut off at the hyphen between it and `after`.
///
/// "Un" with a capital is a Korean name more often than a prefix, and a single letter before a capital is no prefix.
pub(super) fn is_prefix(before: &str, after: &str) -> bool {
    if before.len() > LONGEST || !FORMS.prefixes.contains(before.to_ascii_lowercase().as_str()) {
        return false;
    }
    let capitals = |word: &str| !word.contains(char::is_lowercase);
    match before.len() {
        1 => after.starts_with(char::is_lowercase),
        2 if before.starts_with('U') => false,
        _ => !capitals(before) || capitals(after),
    }
}

/// Whether `after` is not cut off at the hyphen before it.
pub(super) fn is_suffix(after: &str) -> bool {
    after.len() <= LONGEST && FORMS.suffixes.contains(after)
}

/// Whether a word with marks in it is not cut at them.
pub(super) fn is_whole(word: &str) -> bool {
    word.len() <= LONGEST && FORMS.whole.contains(word.to_ascii_lowercase().as_str())
}

/// Whether letters written together with the number before them are its unit.
pub(super) fn is_unit(letters: &str) -> bool {
    letters.len() <= LONGEST && FORMS.units.contains(letters.to_ascii_lowercase().as_str())
}

/// Whether a run of marks, perhaps with a letter in any case, is an emoticon.
pub(crate) fn is_face(run: &str) -> bool {
    (2..=4).contains(&run.len()) && FORMS.faces.contains(run.to_ascii_lowercase().as_str())
}

/// Where a word written together with the next is cut, as the treebanks do.
pub(super) fn cut(word: &str) -> Option<usize> {
    if word.len() > LONGEST || FORMS.cut_lengths[edges(word)?] >> word.len() & 1 == 0 || word == "IM" {
        return None;
    }
    let lower: String =
        word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() }).collect();
    let count = FORMS.cuts.get(&lower)?;
    word.char_indices().nth(*count).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let sets = [&FORMS.prefixes, &FORMS.suffixes, &FORMS.whole, &FORMS.units];
        for form in sets.into_iter().flatten() {
            assert!(form.len() <= LONGEST && !form.contains(char::is_uppercase), "{form}");
        }
        assert!(FORMS.prefixes.len() > 30 && FORMS.units.len() > 30 && FORMS.faces.len() > 20);
        for (form, count) in &FORMS.cuts {
            assert!(form.len() <= LONGEST && *count > 0 && *count < form.chars().count(), "{form}");
        }
        assert!(FORMS.faces.iter().all(|face| face.len() <= 4 && face.is_ascii()));
    }

    #[test]
    fn words_are_left_alone() {
        assert_eq!(cut("its"), None);
        assert_eq!(cut("ill"), None);
        assert_eq!(cut("IM"), None);
        assert!(!is_prefix("Un", "led") && !is_prefix("X", "ray") && !is_prefix("E", "J"));
        assert!(!is_prefix("CO", "based") && !is_prefix("vice", "president"));
    }

    #[test]
    fn forms_are_known() {
        assert_eq!(cut("DONT"), Some(2));
        assert_eq!(cut("y’all"), Some(4));
        assert!(is_prefix("non", "profit") && is_prefix("Anti", "Fraud") && is_prefix("e", "mail"));
        assert!(is_prefix("NON", "PROFIT") && is_unit("MM") && is_face(":-)"));
    }
}
