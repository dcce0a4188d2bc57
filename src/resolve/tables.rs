//! The tables that tell what sort of party a noun or a name stands for (`lexicon/*.tsv`).

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::SourceType;
pub(crate) use crate::language::gazetteer::rows;

/// Gender that a title implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// A word for what a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    /// "Mr", "Gen.": part of the name's dress, not a function.
    pub(crate) honorific: bool,
    pub(crate) gender: Option<Gender>,
}

const ROLES_TSV: &str = include_str!("../../lexicon/roles.tsv");
const TYPES_TSV: &str = include_str!("../../lexicon/source_types.tsv");
const BODIES_TSV: &str = include_str!("../../lexicon/government_bodies.tsv");
const MEDIA_TSV: &str = include_str!("../../lexicon/media.tsv");
const ORGANIZATIONS_TSV: &str = include_str!("../../lexicon/organizations.tsv");

const NAME_WORDS_TSV: &str = include_str!("../../lexicon/name_words.tsv");

/// Words with their class.
static NAME_WORDS: LazyLock<FxHashSet<(&'static str, &'static str)>> =
    LazyLock::new(|| rows(NAME_WORDS_TSV).map(|r| (r[0], r[1])).collect());

static ROLES: LazyLock<FxHashMap<&'static str, Role>> = LazyLock::new(|| {
    rows(ROLES_TSV)
        .map(|r| {
            let gender = match r[2] {
                "m" => Some(Gender::Male),
                "f" => Some(Gender::Female),
                _ => None,
            };
            (r[0], Role { honorific: r[1] == "honorific", gender })
        })
        .collect()
});

static TYPES: LazyLock<FxHashMap<&'static str, SourceType>> =
    LazyLock::new(|| rows(TYPES_TSV).filter_map(|r| Some((r[0], sort_named(r[1])?))).collect());

static BODIES: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(BODIES_TSV).map(|r| (r[0], r[1])).collect());

static MEDIA: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| rows(MEDIA_TSV).map(|r| r[0]).collect());

static ORGANIZATIONS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows(ORGANIZATIONS_TSV).map(|r| r[0]).collect());

fn sort_named(name: &str) -> Option<SourceType> {
    use SourceType::{Collective, Document, Government, Media, Organization, Person, Unnamed};
    [Person, Organization, Government, Media, Document, Unnamed, Collective]
        .into_iter()
        .find(|t| t.as_str() == name)
}

/// The role that a word or phrase in lower case names, singular or plural.
pub(crate) fn role(lower: &str) -> Option<Role> {
    ROLES
        .get(lower)
        .or_else(|| ROLES.get(lower.strip_prefix("ex-").or_else(|| lower.strip_prefix("then-"))?))
        .copied()
}

/// The sort of party that a noun in lower case heads, singular or plural.
pub(crate) fn noun_type(lower: &str) -> Option<SourceType> {
    TYPES.get(lower).or_else(|| TYPES.get(singular(lower).as_str())).copied()
}

/// The class of public body that a name or description ends in ("foreign ministry" in "the Russian foreign ministry").
pub(crate) fn body_class(words: &[String]) -> Option<&'static str> {
    (1..=4.min(words.len()))
        .rev()
        .find_map(|n| BODIES.get(words[words.len() - n..].join(" ").as_str()).copied())
}

/// Whether the phrase is a description of a class of bodies and nothing more.
pub(crate) fn is_body_phrase(phrase: &str) -> bool {
    BODIES.contains_key(phrase)
}

/// Whether that is the name of a newspaper, agency or broadcaster; "The" is left aside.
pub(crate) fn is_medium(name: &str) -> bool {
    let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    if MEDIA.contains(name) {
        return true;
    }
    let mut words = name.split(' ');
    let last = words.next_back().unwrap_or("");
    words.next().is_some() && is_name_word(last, "medium")
}

fn is_name_word(word: &str, class: &'static str) -> bool {
    NAME_WORDS.contains(&(word, class))
}

/// Whether a word in lower case may open a sentence, and is then no part of the name behind it.
pub(crate) fn is_opener(lower: &str) -> bool {
    is_name_word(lower, "opener")
}

/// Whether a word in lower case may stand before a role: "deputy" minister.
pub(crate) fn is_role_modifier(lower: &str) -> bool {
    is_name_word(lower, "modifier")
}

/// Whether a noun says no more than that it is a body.
pub(crate) fn is_any_body(noun: &str) -> bool {
    is_name_word(noun, "body")
}

/// Whether that is the name of a well-known organisation.
pub(crate) fn is_organization(name: &str) -> bool {
    ORGANIZATIONS.contains(name)
}

/// The singular of a regular plural, good enough to look a noun up.
pub(crate) fn singular(lower: &str) -> String {
    if let Some(stem) = lower.strip_suffix("ies")
        && lower.len() > 4
    {
        return format!("{stem}y");
    }
    if let Some(stem) = lower.strip_suffix("men") {
        return format!("{stem}man");
    }
    if lower.ends_with("ss") || lower.ends_with("us") || lower.ends_with("is") || lower.len() < 3 {
        return lower.to_owned();
    }
    for ending in ["ches", "shes", "sses", "xes"] {
        if lower.ends_with(ending) {
            return lower[..lower.len() - 2].to_owned();
        }
    }
    lower.strip_suffix('s').unwrap_or(lower).to_owned()
}

/// Whether a noun in lower case is a plural.
pub(crate) fn is_plural(lower: &str) -> bool {
    matches!(lower, "people" | "media" | "police" | "men" | "women" | "data" | "others" | "many" | "some")
        || lower.ends_with("men")
        || (singular(lower) != lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        for (table, columns) in
            [(ROLES_TSV, 3), (TYPES_TSV, 2), (BODIES_TSV, 2), (MEDIA_TSV, 1), (ORGANIZATIONS_TSV, 1)]
        {
            let mut seen = FxHashSet::default();
            for row in rows(table) {
                assert_eq!(row.len(), columns, "{row:?}");
                assert!(row.iter().all(|c| !c.is_empty() && *c == c.trim()), "{row:?}");
                assert!(seen.insert(row[0]), "{row:?} twice");
            }
        }
        for row in rows(NAME_WORDS_TSV) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(["opener", "modifier", "body", "medium"].contains(&row[1]), "{row:?}");
        }
        assert_eq!(NAME_WORDS.len(), rows(NAME_WORDS_TSV).count(), "no row twice");
        for row in rows(TYPES_TSV) {
            assert!(sort_named(row[1]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn nouns_have_sorts() {
        assert_eq!(noun_type("officials"), Some(SourceType::Unnamed));
        assert_eq!(noun_type("analysts"), Some(SourceType::Collective));
        assert_eq!(noun_type("agencies"), Some(SourceType::Organization));
        assert_eq!(noun_type("kursk"), None);
        let words: Vec<String> = "national intelligence service".split(' ').map(String::from).collect();
        assert_eq!(body_class(&words), Some("intelligence"));
    }
}
