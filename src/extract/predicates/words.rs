//! Words for what happens, and which of them say the same.
//!
//! Synonyms, kinds and the nouns of verbs are WordNet's (Fellbaum, "WordNet: An Electronic Lexical Database", 1998), in
//! `lexicon/verb_synonyms.tsv`. Nouns of `lexicon/nominalizations.tsv`, written by hand, come before.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::Role;
use crate::language::gazetteer::{list, rows};

/// A verb or event noun.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// How often it was met in texts whose senses were tagged by hand.
    pub(crate) count: u32,
    /// The verb that a noun belongs to.
    pub(crate) family: Option<&'static str>,
    close: Vec<&'static str>,
    far: Vec<&'static str>,
}

struct Words {
    verbs: FxHashMap<&'static str, Entry>,
    nouns: FxHashMap<&'static str, Entry>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { verbs: FxHashMap::default(), nouns: FxHashMap::default() };
    for row in rows(include_str!("../../../lexicon/verb_synonyms.tsv")) {
        let cell = |i: usize| row.get(i).copied().unwrap_or_default();
        let entry = Entry {
            count: cell(2).parse().unwrap_or(0),
            family: Some(cell(3)).filter(|f| !f.is_empty()),
            close: list(cell(4)),
            far: list(cell(5)),
        };
        let of = if cell(0) == "v" { &mut words.verbs } else { &mut words.nouns };
        of.insert(cell(1), entry);
    }
    for row in rows(include_str!("../../../lexicon/nominalizations.tsv")) {
        if let &[noun, verb] = row.as_slice() {
            words.nouns.entry(noun).or_default().family = Some(verb);
        }
    }
    words
});

static LIGHT: LazyLock<FxHashMap<&'static str, Light>> = LazyLock::new(|| {
    let role = |name: &str| match name {
        "subject" => Some(Light::Of(Role::Subject)),
        "object" => Some(Light::Of(Role::Object)),
        "event" => Some(Light::Event),
        _ => None,
    };
    rows(include_str!("../../../lexicon/light_verbs.tsv"))
        .filter_map(|row| if let &[verb, name] = row.as_slice() { Some((verb, role(name)?)) } else { None })
        .collect()
});

/// What a light verb's subject is to the noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Light {
    /// It has that role.
    Of(Role),
    /// It is the noun.
    Event,
}

/// What the verb is, if it is light.
pub(super) fn light(lemma: &str) -> Option<Light> {
    if lemma.len() <= 16 { LIGHT.get(lemma).copied() } else { None }
}

/// What is known of a verb.
pub(crate) fn verb(lemma: &str) -> Option<&'static Entry> {
    if lemma.len() <= 32 { WORDS.verbs.get(lemma) } else { None }
}

/// What is known of a noun that names an event.
pub(crate) fn noun(lemma: &str) -> Option<&'static Entry> {
    if lemma.len() <= 32 { WORDS.nouns.get(lemma) } else { None }
}

/// Whether a noun names what a verb says; a mere event ("storm", "season") need not.
pub(super) fn is_deed(lemma: &str) -> bool {
    noun(lemma).is_some_and(|entry| entry.family.is_some())
}

/// The word that stands for all of one derivation: of nouns the verb, if there is one, otherwise the word itself.
pub(crate) fn family(lemma: &str) -> &str {
    let lemma = lemma.split(' ').next().unwrap_or(lemma);
    // "The fire" is not "to fire"; a noun that is spelled like its verb is found under it anyway.
    noun(lemma).and_then(|entry| entry.family).unwrap_or(lemma)
}

/// How near two words are, from other derivations: 2 if they share a frequent sense, 1 if a rarer one or one is a kind of
/// the other, otherwise 0.
pub(crate) fn nearness(a: &str, b: &str) -> u8 {
    let mut best = 0;
    for (x, y) in [(a, b), (b, a)] {
        for entry in [verb(x), noun(x)].into_iter().flatten() {
            let grade = if entry.close.contains(&y) {
                2
            } else if entry.far.contains(&y) {
                1
            } else {
                0
            };
            best = best.max(grade);
        }
    }
    best
}

/// The words near a word, those that share a frequent sense first.
pub(crate) fn near(lemma: &str) -> impl Iterator<Item = &'static str> {
    let entries = [verb(lemma), noun(lemma)];
    let far = entries.into_iter().flatten().flat_map(|e| e.far.iter().copied());
    entries.into_iter().flatten().flat_map(|e| e.close.iter().copied()).chain(far)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_well_formed() {
        let mut n = 0;
        for row in rows(include_str!("../../../lexicon/verb_synonyms.tsv")) {
            assert!(row.len() >= 3 && row.len() <= 6, "{row:?}");
            assert!(matches!(row[0], "v" | "n") && row[2].parse::<u32>().is_ok(), "{row:?}");
            assert!(row[1].chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{row:?}");
            n += 1;
        }
        assert!(n > 8000);
        for row in rows(include_str!("../../../lexicon/light_verbs.tsv")) {
            assert!(row.len() == 2 && light(row[0]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn nouns_belong_to_their_verbs() {
        for (noun, verb) in
            [("deployment", "deploy"), ("death", "die"), ("resignation", "resign"), ("quake", "quake")]
        {
            assert_eq!(family(noun), verb, "{noun}");
        }
    }

    #[test]
    fn words_that_say_the_same_are_near() {
        assert_eq!(nearness("buy", "purchase"), 2);
        assert_eq!(nearness("purchase", "buy"), 2);
        assert_eq!(nearness("kill", "murder"), 1);
        assert_eq!(nearness("buy", "resign"), 0);
        assert!(near("earthquake").any(|w| w == "quake"));
    }
}
