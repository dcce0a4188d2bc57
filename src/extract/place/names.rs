//! Names that the tables written by hand know: countries and their capitals, continents, and the regions and cities
//! that news means by a name when it says no more.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::Folded;
use crate::document::PlaceKind;
use crate::language::gazetteer::{self, Phrases, Sense, list, rows, split_word};

/// Who says that a name is a place's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// `countries.tsv`, as a country.
    Country,
    /// `countries.tsv`, as a capital.
    Capital,
    /// `places.tsv`.
    Listed,
    /// The tables of the world's cities and regions alone.
    Gazetteer,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code, or none.
    pub(super) country: &'static str,
    /// ISO 3166-2 code without the country, where the table tells namesakes apart by it.
    pub(super) division: &'static str,
    pub(super) sort: Sort,
    pub(super) adjective: bool,
}

static PLACES: &str = include_str!("../../../lexicon/places.tsv");
static LANDS: &str = include_str!("../../../lexicon/lands.tsv");

/// What the tables by hand know of a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) enum Known {
    /// What it stands for.
    Entry(Entry),
    /// The name of the place whose people or adjective it is, from `demonyms.tsv`.
    People(&'static str),
}

/// Names, adjectives and peoples.
pub(super) static NAMES: LazyLock<Phrases<Known>> = LazyLock::new(|| {
    let countries = gazetteer::names().into_iter().filter(|(_, (_, sense))| *sense != Sense::Seat);
    let countries = countries.map(|(phrase, (country, sense))| {
        let (name, kind, sort) = match sense {
            Sense::Capital => (capital(country, phrase), PlaceKind::City, Sort::Capital),
            _ => (country.name, PlaceKind::Country, Sort::Country),
        };
        let adjective = sense == Sense::Adjective;
        (phrase, Entry { name, kind, country: country.code, division: "", sort, adjective })
    });
    let others = rows(PLACES).chain(rows(LANDS)).flat_map(|row| {
        let mut out = Vec::new();
        if let &[name, kind, code, aliases] = row.as_slice() {
            let kind = kind_of(kind);
            let (country, division) = code.split_once('-').unwrap_or((code, ""));
            for phrase in std::iter::once(name).chain(list(aliases)) {
                let adjective = phrase != name && is_adjective(phrase, name);
                out.push((phrase, Entry { name, kind, country, division, sort: Sort::Listed, adjective }));
            }
        }
        out
    });
    let peoples = rows(include_str!("../../../lexicon/demonyms.tsv")).flat_map(|row| match row.as_slice() {
        &[words, place] => list(words).into_iter().map(|word| (word, Known::People(place))).collect(),
        _ => Vec::new(),
    });
    Phrases::new(countries.chain(others).map(|(phrase, entry)| (phrase, Known::Entry(entry))).chain(peoples))
});

static ABBREVIATIONS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../lexicon/region_abbreviations.tsv"));
    table
        .flat_map(|row| match row.as_slice() {
            &[code, cell] => list(cell).into_iter().map(|short| (short, code)).collect(),
            _ => Vec::new(),
        })
        .collect()
});

/// ISO 3166-2 code of the state or province that is shortened so after a city ("Mass.").
pub(super) fn abbreviated(word: &str) -> Option<&'static str> {
    ABBREVIATIONS.get(word).copied()
}

/// What the tables written by hand know of a name.
pub(super) fn entry(name: &str) -> Option<Entry> {
    let mut spans = Vec::new();
    split_word(name, 0, &mut spans);
    let words: Vec<&str> = spans.iter().map(|s| s.of(name)).collect();
    match NAMES.get(&words)? {
        Known::Entry(entry) => Some(entry),
        Known::People(_) => None,
    }
}

/// Whether a single word is also a given name or a surname: `namesakes.tsv`.
pub(super) fn is_personal(word: &str) -> bool {
    use rustc_hash::FxHashSet;
    static PERSONAL: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        rows(include_str!("../../../lexicon/namesakes.tsv")).filter_map(|r| r.first().copied()).collect()
    });
    PERSONAL.contains(word)
}

/// Whether a word in lower case is a given name.
pub(super) fn is_given(lower: &str) -> bool {
    use rustc_hash::FxHashSet;
    static GIVEN: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        rows(include_str!("../../../lexicon/given_names.tsv")).filter_map(|r| r.first().copied()).collect()
    });
    GIVEN.contains(lower)
}

fn kind_of(kind: &str) -> PlaceKind {
    match kind {
        "city" => PlaceKind::City,
        "continent" => PlaceKind::Continent,
        _ => PlaceKind::Region,
    }
}

/// One name for the spellings of a capital ("Kiev": Kyiv); second capitals keep their own ("Sucre").
fn capital(country: &'static gazetteer::Country, phrase: &'static str) -> &'static str {
    match country.capitals.first() {
        Some(&first) if phrase.chars().next() == first.chars().next() => first,
        _ => phrase,
    }
}

/// Adjectives of `places.tsv` stand among the aliases; their endings tell them. "Yucatan" is Yucatán without accent.
fn is_adjective(phrase: &str, name: &str) -> bool {
    let folded = |name: &str| Folded::whole(name).map(|f| f.as_bytes().to_vec());
    if folded(phrase) == folded(name) {
        return false;
    }
    ["an", "ans", "ish", "ern", "ese", "ri", "ris", "ni", "zan", "zans", "emish", "Welsh", "Scots", "Basque"]
        .iter()
        .any(|end| phrase.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::place::table;
    use crate::language::gazetteer::may_name;

    #[test]
    fn the_tables_are_well_formed() {
        let mut names = std::collections::BTreeSet::new();
        for row in rows(PLACES).chain(rows(LANDS)) {
            let &[name, kind, code, _] = row.as_slice() else { panic!("{row:?}") };
            assert!(names.insert(name), "{name} stands once");
            assert!(matches!(kind, "city" | "region" | "continent"), "{row:?}");
            let (country, division) = code.split_once('-').unwrap_or((code, ""));
            assert!(country.is_empty() || gazetteer::by_code(country).is_some(), "{row:?}");
            assert!(division.is_empty() || table::region(code).is_some(), "{row:?}");
        }
        for row in rows(include_str!("../../../lexicon/namesakes.tsv")) {
            assert!(may_name(row[0]), "{row:?}");
        }
        for row in rows(include_str!("../../../lexicon/demonyms.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            let words: Vec<&str> = row[1].split(' ').collect();
            assert!(entry(row[1]).is_some() || !table::rows(&words).is_empty(), "{row:?}");
        }
        for row in rows(include_str!("../../../lexicon/region_abbreviations.tsv")) {
            assert!(row.len() == 2 && table::region(row[0]).is_some(), "{row:?}");
        }
    }
}
