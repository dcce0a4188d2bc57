//! What is known of a person's gender by name or by noun, as far as it is known.
//!
//! Given names are listed where nearly all who bear them are of one gender; others tell nothing. What the pronouns of
//! the article say of somebody is learned in [`super::discourse`].

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::fold_words;
use super::tables::{self, Gender, rows};

const GIVEN_NAMES_TSV: &str = include_str!("../../lexicon/given_names.tsv");
const PERSONS_TSV: &str = include_str!("../../lexicon/persons.tsv");

fn named(cell: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

static GIVEN_NAMES: LazyLock<FxHashMap<String, Gender>> = LazyLock::new(|| {
    rows(GIVEN_NAMES_TSV).filter_map(|r| Some((fold_words(r[0]).concat(), named(r[1])?))).collect()
});

static PERSONS: LazyLock<FxHashMap<&'static str, Option<Gender>>> =
    LazyLock::new(|| rows(PERSONS_TSV).map(|r| (r[0], named(r[1]))).collect());

/// Gender of a full name: by the given name, or by a Slavic surname in its feminine form.
pub(crate) fn of_name(name: &str) -> Option<Gender> {
    let words = fold_words(name);
    let (first, last) = (words.first()?, words.last()?);
    if words.len() < 2 {
        return None;
    }
    let feminine = || last.len() > 5 && ["ova", "eva", "skaya", "ovna"].iter().any(|end| last.ends_with(end));
    GIVEN_NAMES.get(first).copied().or_else(|| feminine().then_some(Gender::Female))
}

/// Gender that a given name alone tells: "Rebecca".
pub(crate) fn of_given_name(name: &str) -> Option<Gender> {
    GIVEN_NAMES.get(&fold_words(name).concat()).copied()
}

/// Whether a noun, lower case and singular, is one for a human being, and of which gender.
pub(crate) fn of_noun(noun: &str) -> Option<Option<Gender>> {
    if let Some(gender) = PERSONS.get(noun) {
        return Some(*gender);
    }
    if let Some(role) = tables::role(noun) {
        return Some(role.gender);
    }
    use crate::document::SourceType::{Collective, Person, Unnamed};
    matches!(tables::noun_type(noun), Some(Person | Unnamed | Collective)).then_some(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        for (table, kinds) in [(GIVEN_NAMES_TSV, &["m", "f"][..]), (PERSONS_TSV, &["m", "f", "-"])] {
            let all: Vec<_> = rows(table).collect();
            assert!(all.is_sorted_by(|a, b| a[0] < b[0]));
            for row in &all {
                assert_eq!(row.len(), 2, "{row:?}");
                assert!(kinds.contains(&row[1]) && row[0] == row[0].to_lowercase(), "{row:?}");
            }
        }
    }

    #[test]
    fn names_that_do_not_tell() {
        for name in ["Kim Hong-kyun", "Robin Smith", "Clinton", "", "Alex", "Lee Jae-myung"] {
            assert_eq!(of_name(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_tell() {
        assert_eq!(of_name("José Ruiz"), Some(Gender::Male));
        assert_eq!(of_name("Kaja Kallas"), Some(Gender::Female));
        assert_eq!(of_name("Zemfira Petrova"), Some(Gender::Female));
        assert_eq!(of_noun("boy"), Some(Some(Gender::Male)));
        assert_eq!(of_noun("minister"), Some(None));
        assert_eq!(of_noun("table"), None);
    }
}
