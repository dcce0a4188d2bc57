//! What the gazetteers know of each token: countries, places, organisations, media, roles.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::language::Annotated;
use crate::language::gazetteer::{self, Phrases, Sense, list, may_name, rows, words_from};

/// What a phrase of the gazetteers names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Listed {
    /// "North Korea".
    Country = 1,
    /// "North Korean", "Danes".
    People,
    /// "Pyongyang".
    Capital,
    /// "the Kremlin".
    Seat,
    /// "Donbas".
    Place,
    /// Other names and adjectives of places: "Siberian".
    PlaceAlias,
    /// "NATO".
    Organization,
    /// "Reuters".
    Medium,
}

static PHRASES: LazyLock<Phrases<Listed>> = LazyLock::new(|| {
    let mut all: Vec<(&'static str, Listed)> = gazetteer::names()
        .into_iter()
        .map(|(phrase, (_, sense))| {
            let listed = match sense {
                Sense::Name => Listed::Country,
                Sense::Adjective => Listed::People,
                Sense::Capital => Listed::Capital,
                Sense::Seat => Listed::Seat,
            };
            (phrase, listed)
        })
        .collect();
    for row in rows(include_str!("../../../lexicon/organizations.tsv")) {
        all.extend(row.first().map(|name| (*name, Listed::Organization)));
    }
    for row in rows(include_str!("../../../lexicon/media.tsv")) {
        all.extend(row.first().map(|name| (*name, Listed::Medium)));
    }
    for row in rows(include_str!("../../../lexicon/places.tsv")) {
        all.extend(row.first().map(|name| (*name, Listed::Place)));
        all.extend(row.get(3).into_iter().flat_map(|cell| list(cell)).map(|name| (name, Listed::PlaceAlias)));
    }
    Phrases::new(all)
});

static ROLES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/roles.tsv")).filter_map(|row| row.first().copied()).collect()
});

/// Words that end descriptions of public bodies: "ministry", "agency".
static BODIES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../lexicon/government_bodies.tsv"));
    table.filter_map(|row| row.first()?.split(' ').next_back()).collect()
});

/// The longest phrase of the gazetteers that begins at token `i`: the token after its last, and what it is.
pub(crate) fn at(article: &Annotated<'_>, i: usize) -> Option<(usize, Listed)> {
    if i >= article.len() || !may_name(article.word(i)) {
        return None;
    }
    let words = words_from(article, i, PHRASES.longest);
    let (used, listed) = PHRASES.longest_match(article.text(), &words)?;
    Some((words[used - 1].token + 1, listed))
}

/// Whether a word in lower case is a role or a title: "minister", "gen.".
pub(crate) fn is_role(lower: &str) -> bool {
    ROLES.contains(lower)
        || lower.strip_suffix('s').is_some_and(|one| ROLES.contains(one))
        || ["ex-", "then-", "vice-"].iter().any(|p| lower.strip_prefix(p).is_some_and(|r| ROLES.contains(r)))
}

/// Whether a word in lower case ends descriptions of public bodies.
pub(crate) fn is_body(lower: &str) -> bool {
    BODIES.contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::specimen::document;
    use crate::language::annotate;

    #[track_caller]
    fn check(text: &str, i: usize, expected: Option<(usize, Listed)>) {
        let document = document(text, "");
        assert_eq!(at(&annotate(&document), i), expected, "{text} at {i}");
    }

    #[test]
    fn phrases_are_found() {
        check("They know us.", 2, None);
        check("", 0, None);
        check("In North Korea they say", 1, Some((3, Listed::Country)));
        check("Danes and", 0, Some((1, Listed::People)));
        check("NATO said", 0, Some((1, Listed::Organization)));
        check("Reuters reports", 0, Some((1, Listed::Medium)));
    }

    #[test]
    fn roles_and_bodies() {
        assert!(is_role("minister") && is_role("ministers") && is_role("gen.") && is_role("ex-president"));
        assert!(!is_role("kim") && !is_role(""));
        assert!(is_body("ministry") && !is_body("tree"));
    }
}
