//! What negates a word: the verb group it stands in, what governs it, its subject or its determiner.
//!
//! Shallow rules over tags, after NegEx (Chapman et al. 2001) and the implicative verbs of Karttunen (1971): from the
//! word to the left, through auxiliaries, adverbs and governing verbs, as far as its clause goes. Two negations cancel
//! out: "did not refuse to comment". The words are in `lexicon/negation.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::Tag;
use crate::language::Annotated;
use crate::language::chunk::is_auxiliary;

/// How far to the left a negation reaches, in tokens; also keeps the cost per word constant.
const REACH: usize = 14;

/// Ways in which a word negates, as bits, since "neither" has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Kinds(u16);

const NAMES: &[&str] = &[
    "particle",
    "weak",
    "determiner",
    "subject",
    "preposition",
    "gerund",
    "from",
    "of",
    "catenative",
    "lack",
    "booster",
];
const PARTICLE: u16 = 1;
const WEAK: u16 = 1 << 1;
const DETERMINER: u16 = 1 << 2;
const SUBJECT: u16 = 1 << 3;
const PREPOSITION: u16 = 1 << 4;
const GERUND: u16 = 1 << 5;
const FROM: u16 = 1 << 6;
const OF: u16 = 1 << 7;
const CATENATIVE: u16 = 1 << 8;
const LACK: u16 = 1 << 9;
const BOOSTER: u16 = 1 << 10;

static TABLE: &str = include_str!("../../lexicon/negation.tsv");

static WORDS: LazyLock<FxHashMap<&'static str, Kinds>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Kinds> = FxHashMap::default();
    for (word, kind) in rows().filter_map(|row| row.split_once('\t')) {
        if let Some(bit) = NAMES.iter().position(|n| *n == kind) {
            words.entry(word).or_default().0 |= 1 << bit;
        }
    }
    words
});

fn rows() -> impl Iterator<Item = &'static str> {
    crate::lexicon::rows(TABLE)
}

fn is(word: &str, kinds: u16) -> bool {
    WORDS.get(word).is_some_and(|k| k.0 & kinds != 0)
}

/// Whether token `i` is "not", "n't", "never" or nearly so, and not "not only".
#[must_use]
pub fn is_particle(article: &Annotated<'_>, i: usize) -> bool {
    is(article.lower(i), PARTICLE | WEAK) && !(i + 1 < article.len() && is(article.lower(i + 1), BOOSTER))
}

/// Whether token `i` opens a negated noun phrase: "no evidence", "neither side", "few details".
#[must_use]
pub fn is_determiner(article: &Annotated<'_>, i: usize) -> bool {
    let word = article.lower(i);
    is(word, DETERMINER)
        && !(i > 0
            && matches!(word, "few" | "little")
            && matches!(article.lower(i - 1), "a" | "the" | "very"))
}

/// Whether token `i` is a negated subject by itself: "nobody", "none".
#[must_use]
pub fn is_subject(article: &Annotated<'_>, i: usize) -> bool {
    is(article.lower(i), SUBJECT)
}

/// Whether token `i` negates the infinitive that it governs: "refused to", "unable to", "yet to".
#[must_use]
pub fn is_catenative(article: &Annotated<'_>, i: usize) -> bool {
    is(article.lower(i), CATENATIVE) || is(article.lemma(i), CATENATIVE)
}

/// Whether the verb or predicative adjective at token `i` is negated. Looks no further left than `from`.
#[must_use]
pub fn negates_verb(article: &Annotated<'_>, i: usize, from: usize) -> bool {
    let from = from.max(i.saturating_sub(REACH));
    let mut negated = false;
    let mut j = i;
    while j > from {
        j -= 1;
        let (word, tag) = (article.lower(j), article.tag(j));
        if is(word, PARTICLE | WEAK) {
            negated ^= is_particle(article, j);
        } else if word == "no" && j + 1 < i && article.lower(j + 1) == "longer" {
            negated = !negated;
        } else if tag == Tag::TO || word == "to" {
            let Some(governor) = governor(article, j, from) else { break };
            let word = article.lower(governor);
            // "refused to", "yet to"; "chose not to"
            negated ^= is_catenative(article, governor) || is(word, PARTICLE);
            j = governor;
        } else if word == "nor" {
            return true;
        } else if word == "or" && j > from && article.tag(j - 1).is_verb() {
            // "did not confirm or deny"
            j -= 1;
        } else if is(word, PREPOSITION) || (word == "than" && j > from && article.lower(j - 1) == "rather") {
            return !negated;
        } else if matches!(word, "of" | "from") && j > from {
            let kind = if word == "of" { OF } else { FROM };
            let governs = |k: usize| is(article.lower(k), kind) || is(article.lemma(k), kind);
            // "shied away from": an adverb may stand between
            let near = j.saturating_sub(2).max(from)..j;
            return negated ^ near.into_iter().any(governs);
        } else if article.tag(i) == Tag::VBG && tag.is_verb() && is(article.lemma(j), GERUND) {
            negated = !negated;
        } else if !(tag.is_adverb() || tag == Tag::MD || is_auxiliary(word)) {
            // the subject, if anything
            return negated ^ negated_subject(article, j, from);
        }
    }
    negated
}

/// The word before the "to" at token `to` that decides whether its infinitive is negated: a verb, an adjective, a
/// noun such as "refusal", or "not".
fn governor(article: &Annotated<'_>, to: usize, from: usize) -> Option<usize> {
    let decides = |j: usize| is_catenative(article, j) || is(article.lower(j), PARTICLE);
    let at = (from..to).rev().find(|&j| !article.tag(j).is_adverb() || decides(j))?;
    let tag = article.tag(at);
    (tag.is_verb() || tag.is_adjective() || decides(at)).then_some(at)
}

/// Whether the noun phrase that ends at token `last` is negated: "no official", "neither side", "none of them".
fn negated_subject(article: &Annotated<'_>, last: usize, from: usize) -> bool {
    for j in (from..=last).rev() {
        if is_determiner(article, j) || is_subject(article, j) {
            return true;
        }
        let tag = article.tag(j);
        let inside = tag.is_noun()
            || tag.is_adjective()
            || matches!(tag, Tag::CD | Tag::PRP | Tag::POS | Tag::PRPS)
            || matches!(
                article.lower(j),
                "of" | "the" | "in" | "from" | "these" | "those" | "other" | "else"
            );
        if !inside {
            return false;
        }
    }
    false
}

/// Whether the noun at token `i` is negated: "no evidence", "a lack of proof", "did not offer any explanation".
#[must_use]
pub fn negates_noun(article: &Annotated<'_>, i: usize, from: usize) -> bool {
    let from = from.max(i.saturating_sub(REACH));
    let mut j = i;
    while j > from {
        j -= 1;
        let (word, tag) = (article.lower(j), article.tag(j));
        if is_determiner(article, j) || is(word, PREPOSITION) {
            return true;
        }
        if word == "of" {
            return j > from && (is(article.lemma(j - 1), LACK) || is(article.lower(j - 1), LACK));
        }
        if tag.is_verb() {
            // Only what is sought or given is denied with its verb; "did not deny reports" says nothing of them.
            return matches!(
                article.lemma(j),
                "be" | "have"
                    | "give"
                    | "offer"
                    | "provide"
                    | "see"
                    | "find"
                    | "make"
                    | "issue"
                    | "release"
                    | "present"
            ) && (is_particle_after(article, j) || negates_verb(article, j, from));
        }
        let inside = tag.is_noun() || tag.is_adjective() || tag.is_adverb();
        if !inside && !matches!(word, "any" | "a" | "an" | "further" | "'s") {
            return false;
        }
        if is(word, PARTICLE) {
            return is_particle(article, j);
        }
    }
    false
}

/// "is not", "has n't": the negation follows the auxiliary.
fn is_particle_after(article: &Annotated<'_>, i: usize) -> bool {
    i + 1 < article.len() && is_particle(article, i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for row in rows() {
            let (word, kind) = row.split_once('\t').unwrap_or_else(|| panic!("{row}"));
            assert!(!word.is_empty() && NAMES.contains(&kind), "{row}");
        }
        assert!(is("n't", PARTICLE) && is("refuse", CATENATIVE) && is("neither", SUBJECT));
        assert!(!is("evidence", u16::MAX));
    }
}
