//! Abbreviations that end in a full stop, from `lexicon/abbreviations.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What an abbreviation tells about the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Stands before a name; never ends a sentence.
    Title,
    /// Always followed by more.
    Internal,
    /// An abbreviation only before a figure.
    Number,
    /// A month or weekday: usually before a figure, may end a sentence.
    Month,
    /// A state or province; may end a sentence.
    State,
    /// May end a sentence.
    End,
}

/// Classes of the capitalised and of the small form, keyed by the small form without its last stop.
#[derive(Clone, Copy, Default)]
struct Entry {
    capital: Option<Class>,
    small: Option<Class>,
}

static TABLE: LazyLock<FxHashMap<String, Entry>> =
    LazyLock::new(|| parse(include_str!("../../lexicon/abbreviations.tsv")));

/// Longest stem in the table, so that long words are not looked up at all.
const LONGEST: usize = 10;

/// The class of `stem` followed by a full stop, if that is a known abbreviation ("Gen" is, "general" is not).
///
/// A form that the table has in small letters counts in any case; one with a capital must be capitalised.
pub(super) fn class(stem: &str) -> Option<Class> {
    if stem.len() > LONGEST {
        return None;
    }
    let entry = TABLE.get(stem.to_lowercase().as_str())?;
    let capitalised = stem.starts_with(char::is_uppercase);
    if capitalised { entry.capital.or(entry.small) } else { entry.small }
}

fn parse(table: &str) -> FxHashMap<String, Entry> {
    let mut entries: FxHashMap<String, Entry> = FxHashMap::default();
    for line in crate::lexicon::rows(table) {
        let (form, class) = line.split_once('\t').expect("every row has two columns");
        let class = match class {
            "title" => Class::Title,
            "internal" => Class::Internal,
            "number" => Class::Number,
            "month" => Class::Month,
            "state" => Class::State,
            "end" => Class::End,
            other => unreachable!("no such class of abbreviations: {other}"),
        };
        let stem = form.strip_suffix('.').expect("every form ends in a full stop");
        let entry = entries.entry(stem.to_lowercase()).or_default();
        if stem.starts_with(char::is_uppercase) {
            entry.capital = Some(class);
        } else {
            entry.small = Some(class);
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        assert!(TABLE.len() > 150);
        assert!(TABLE.keys().all(|stem| stem.len() <= LONGEST));
    }

    #[test]
    fn ordinary_words_are_no_abbreviations() {
        for word in ["general", "mass", "miss", "wash", "ill", "ore", "Kim", "I", ""] {
            assert_eq!(class(word), None, "{word}");
        }
    }

    #[test]
    fn case_matters_only_for_capitalised_forms() {
        assert_eq!(class("Mass"), Some(Class::State));
        assert_eq!(class("GEN"), Some(Class::Title));
        assert_eq!(class("Etc"), Some(Class::End));
        assert_eq!(class("etc"), Some(Class::End));
    }
}
