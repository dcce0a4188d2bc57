//! Classes of words that the ledger's key is made of: what is counted, what is said of it, what a measure is of.
//!
//! The governing verb says most ("3,000 soldiers were sent"), but news often says it in other words: "evacuation orders
//! cover 3,900 homes", "32,000 homes lost electricity", "4,100 homes under threat". So a verb that is light or unknown gives way to
//! the phrases of `lexicon/predicates.tsv` that stand around the figure, the nearest first. A measure without a noun of its own
//! is named the same way: "winds of 130 mph" by `lexicon/measures.tsv`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::terms::words;
use crate::document::Document;
use crate::extract::quantity::{counted, unit};
use crate::language::gazetteer::list;
use crate::language::lemma::irregular_noun;
use crate::resolve::tables::{rows, singular};
use crate::span::Span;

/// What a row of the table of predicates says.
#[derive(Clone, Debug)]
struct Said {
    /// The class; `None` for verbs that say nothing of what is counted.
    class: Option<&'static str>,
    /// Counted classes that it holds for; empty for all.
    of: Vec<&'static str>,
    /// What is counted under it, whatever the noun.
    counts: Option<&'static str>,
}

impl Said {
    fn holds_for(&self, counted: &str) -> bool {
        self.of.is_empty() || self.of.contains(&counted)
    }
}

/// Phrases by their first word, each with what it says.
type Phrases<T> = FxHashMap<&'static str, Vec<(Vec<&'static str>, T)>>;

struct Tables {
    verbs: FxHashMap<&'static str, Vec<Said>>,
    phrases: Phrases<Said>,
}

static PREDICATES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { verbs: FxHashMap::default(), phrases: FxHashMap::default() };
    for row in rows(include_str!("../../../lexicon/predicates.tsv")) {
        let cell = |i: usize| row.get(i).copied().filter(|c| !c.is_empty());
        let (Some(word), sort) = (cell(0), cell(2)) else { continue };
        let of = cell(3).map(list).unwrap_or_default();
        let said = Said { class: cell(1), of, counts: cell(4) };
        if sort == Some("phrase") {
            let tokens: Vec<&str> = word.split(' ').collect();
            tables.phrases.entry(tokens[0]).or_default().push((tokens, said));
        } else {
            tables.verbs.entry(word).or_default().push(said);
        }
    }
    tables
});

/// Of nouns that say what happened themselves: "death" is a person killed.
static SAYING: LazyLock<FxHashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/count_classes.tsv"))
        .filter_map(|row| Some((row[0], row.get(2)?.split_once(' ')?)))
        .collect()
});

/// A kind of measure: its name and the kinds of units it is told in.
type Measure = (&'static str, Vec<&'static str>);

static MEASURES: LazyLock<Phrases<Measure>> = LazyLock::new(|| {
    let mut out: FxHashMap<&str, Vec<_>> = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/measures.tsv")) {
        if let &[class, kinds, phrases] = row.as_slice() {
            for phrase in list(phrases) {
                let tokens: Vec<&str> = phrase.split(' ').collect();
                out.entry(tokens[0]).or_default().push((tokens, (class, list(kinds))));
            }
        }
    }
    out
});

/// The class of a counted noun: "soldier" for troops and personnel; the noun itself if it has none.
#[must_use]
pub(crate) fn counted_class(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let known = |w: &str| counted::class(w).map(str::to_owned);
    let single = irregular_noun(&lower).map_or_else(|| singular(&lower), str::to_owned);
    // "National Guard members", "mobile homes": two words may say more than the last.
    let mut from_end = lower.rmatch_indices(' ').map(|(i, _)| &lower[i + 1..]);
    let last = from_end.next().unwrap_or(&lower);
    let two = from_end.next().unwrap_or(&lower);
    known(&lower)
        .or_else(|| known(&single))
        .or_else(|| known(two))
        .or_else(|| known(&singular(two)))
        .or_else(|| known(last))
        .or_else(|| known(&singular(last)))
        .unwrap_or(single)
}

/// What a counted class says itself, if it does: ("person", "killed") for "death".
pub(super) fn saying(class: &str) -> Option<(&'static str, &'static str)> {
    SAYING.get(class).copied()
}

/// The kind of a unit, money included.
pub(super) fn kind_of(unit: &str) -> Option<&'static str> {
    if unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some("currency");
    }
    unit::kind(unit)
}

/// The words around a place in a sentence, in lower case; a bounded window, since a text may have no full stop.
pub(super) struct Surroundings {
    words: Vec<(String, Span)>,
}

/// Bytes of the sentence on either side of a figure in which words say what it is of.
const REACH: usize = 240;

impl Surroundings {
    pub(super) fn new(document: &Document, at: Span) -> Self {
        let text = &document.text;
        let s = document.sentences.partition_point(|s| s.span.end() <= at.start());
        let whole = document.sentences.get(s).map_or(at, |s| s.span.cover(at));
        let mut start = whole.start().max(at.start().saturating_sub(REACH));
        let mut end = whole.end().min(at.end() + REACH).min(text.len());
        while !text.is_char_boundary(start) {
            start += 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let within = Span::new(start.min(at.start()), end.max(at.end()));
        let words = words(text, within).take(160).map(|w| (w.of(text).to_lowercase(), w)).collect();
        Surroundings { words }
    }

    /// Whether a word of the span is among them.
    pub(super) fn holds(&self, span: Span) -> bool {
        let k = self.words.partition_point(|(_, w)| w.end() <= span.start());
        self.words.get(k).is_some_and(|(_, w)| w.overlaps(span))
    }

    /// Where a phrase stands, and what it is for, at word `i`; the longest of those that fit.
    fn at<'t, T>(&self, i: usize, table: &'t Phrases<T>, fits: impl Fn(&T) -> bool) -> Option<(Span, &'t T)> {
        let listed = table.get(self.words[i].0.as_str())?;
        let rest = &self.words[i..];
        let found = listed
            .iter()
            .filter(|(tokens, said)| {
                tokens.len() <= rest.len() && tokens.iter().zip(rest).all(|(t, w)| *t == w.0) && fits(said)
            })
            .max_by_key(|(tokens, _)| tokens.len())?;
        Some((rest[0].1.cover(rest[found.0.len() - 1].1), &found.1))
    }

    /// The nearest phrase to `figure`; of two as near the one that stands behind.
    fn nearest<'t, T>(
        &self,
        figure: Span,
        table: &'t Phrases<T>,
        fits: impl Fn(&T) -> bool + Copy,
    ) -> Option<(Span, &'t T)> {
        (0..self.words.len())
            .filter_map(|i| self.at(i, table, fits))
            .min_by_key(|(span, _)| (apart(*span, figure), std::cmp::Reverse(span.len()), span.start()))
    }
}

fn apart(a: Span, b: Span) -> usize {
    a.start().saturating_sub(b.end()).max(b.start().saturating_sub(a.end()))
}

/// What is said of what is counted: the class, and the counted class if the predicate says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Predication {
    pub(super) class: Option<String>,
    pub(super) counts: Option<&'static str>,
    /// The words that say it, if it was not the governing verb.
    pub(super) phrase: Option<Span>,
}

/// Bytes within which a phrase says it for a light verb.
const NEAR: usize = 160;
/// And for a verb that is not known.
const BESIDE: usize = 40;

/// The predicate class of a figure that counts `counted` at `figure`, whose governing predicate is `lemma` at `verb`.
pub(super) fn predication(
    around: &Surroundings,
    counted: &str,
    figure: Span,
    lemma: Option<&str>,
    verb: Option<Span>,
) -> Predication {
    let tables = &*PREDICATES;
    let phrase = around.nearest(figure, &tables.phrases, |said| said.holds_for(counted));
    let found = |said: &Said, phrase| Predication {
        class: said.class.map(str::to_owned),
        counts: said.counts,
        phrase,
    };
    let lower = lemma.map(str::to_lowercase);
    let known = lower.as_deref().and_then(|l| {
        let all = tables.verbs.get(l)?;
        all.iter().find(|s| !s.of.is_empty() && s.holds_for(counted)).or(all.iter().find(|s| s.of.is_empty()))
    });
    if let Some((span, said)) = phrase
        && (verb.is_some_and(|v| span.overlaps(v)) || apart(span, figure) <= 1)
    {
        return found(said, Some(span));
    }
    // An unknown verb says something else, unless the phrase stands beside the figure.
    let reach = if known.is_some() || lower.is_none() { NEAR } else { BESIDE };
    match (known, phrase.filter(|(span, _)| apart(*span, figure) <= reach)) {
        (Some(said), _) if said.class.is_some() => found(said, None),
        (_, Some((span, said))) => found(said, Some(span)),
        (Some(said), None) => found(said, None),
        (None, None) => Predication { class: lower, ..Predication::default() },
    }
}

/// Whether that is the name of a class of predicates, which can stand behind a noun as it is.
pub(super) fn is_class(said: &str) -> bool {
    static CLASSES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        let tables = &*PREDICATES;
        let phrases = tables.phrases.values().flatten().map(|p| &p.1);
        tables.verbs.values().flatten().chain(phrases).filter_map(|s| s.class).collect()
    });
    CLASSES.contains(said)
}

/// The class of a predicate by its lemma alone: "sent" for deploy and dispatch; the lemma itself if it has none.
#[cfg(test)]
pub(super) fn predicate_class(lemma: &str) -> String {
    let all = PREDICATES.verbs.get(lemma);
    all.and_then(|all| all.iter().find_map(|s| s.class)).unwrap_or(lemma).to_owned()
}

/// What a measure in units of `kind` is of, by the noun that it measures or else by the words around it.
pub(super) fn measure(
    around: &Surroundings,
    noun: Option<&str>,
    figure: Span,
    kind: &str,
) -> Option<&'static str> {
    let fits = |m: &Measure| m.1.contains(&kind);
    let named = noun.and_then(|n| {
        MEASURES.get(n)?.iter().find(|(tokens, m)| tokens.len() == 1 && fits(m)).map(|(_, m)| m.0)
    });
    named.or_else(|| around.nearest(figure, &MEASURES, fits).map(|(_, m)| m.0))
}

/// What a bare number counts, where the tree tells nothing: the noun of a class right behind it; whatever the predicate
/// tells ("425,000 without power" are customers, "kills six" are people); the last such noun before it ("outages in Texas fell to
/// 12,000").
pub(super) fn counted_nearby(
    around: &Surroundings,
    figure: Span,
    lemma: Option<&str>,
) -> Option<&'static str> {
    const BEFORE: usize = 80;
    const BEHIND: usize = 24;
    let class = |word: &str| counted::class(word).or_else(|| counted::class(&singular(word)));
    let behind = around.words.iter().find(|(_, w)| w.start() >= figure.end());
    let behind = behind.filter(|(_, w)| w.start() - figure.end() <= 1).and_then(|(word, _)| class(word));
    let by_phrase = || {
        let (span, said) = around.nearest(figure, &PREDICATES.phrases, |said| said.counts.is_some())?;
        said.counts.filter(|_| apart(span, figure) <= BEHIND)
    };
    let by_verb = || {
        let said = PREDICATES.verbs.get(lemma?)?.iter().find_map(|s| s.class)?;
        OF_PEOPLE.contains(&said).then_some("person")
    };
    let before = || {
        let before = around.words.iter().rev().filter(|(_, w)| w.end() <= figure.start());
        before.take_while(|(_, w)| figure.start() - w.end() <= BEFORE).find_map(|(word, _)| class(word))
    };
    behind.or_else(by_phrase).or_else(by_verb).or_else(before)
}

/// What happens to people, if nobody is named.
const OF_PEOPLE: [&str; 5] = ["killed", "wounded", "rescued", "evacuated", "displaced"];

impl Surroundings {
    /// Whether a modal stands right before a place: "could exceed $90 million", "may be ordered to leave".
    pub(super) fn is_modal_before(&self, at: usize) -> bool {
        let before = self.words.iter().rev().filter(|(_, w)| w.end() <= at).take(3);
        before.into_iter().any(|(w, _)| matches!(w.as_str(), "could" | "may" | "might" | "would" | "will"))
    }

    /// Whether the words behind a figure say that it is a level and not a rise: "rose nine feet above normal".
    pub(super) fn is_above_a_level(&self, figure: Span) -> bool {
        let next = self.words.iter().find(|(_, w)| w.start() >= figure.end());
        next.is_some_and(|(w, _)| matches!(w.as_str(), "above" | "below" | "over"))
    }
}

/// The measure that a word names: "gusts" are "speed of gusts".
pub(super) fn measure_named(word: &str) -> Option<&'static str> {
    let tokens: Vec<&str> = word.split(' ').collect();
    let found = MEASURES.get(tokens[0])?.iter().find(|(t, m)| *t == tokens || m.0 == word)?;
    Some(found.1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let mut seen = std::collections::BTreeSet::new();
        for row in rows(include_str!("../../../lexicon/predicates.tsv")) {
            assert!((3..=5).contains(&row.len()), "{row:?}");
            assert!(matches!(row[2], "verb" | "phrase" | "light"), "{row:?}");
            assert_eq!(row[1].is_empty(), row[2] == "light", "{row:?}");
            let of = row.get(3).copied().unwrap_or_default();
            assert!(seen.insert((row[0], row[2] == "phrase", of)), "{row:?} twice");
            for class in list(of) {
                assert_eq!(counted_class(class), class, "{row:?}");
            }
        }
        for row in rows(include_str!("../../../lexicon/measures.tsv")) {
            assert_eq!(row.len(), 3, "{row:?}");
            for word in list(row[2]) {
                assert_eq!(word, word.to_lowercase(), "{row:?}");
            }
        }
        for (class, (counted, _)) in SAYING.iter() {
            assert!(counted::class(counted) == Some(counted) && counted::class(class) == Some(class));
        }
    }

    #[test]
    fn nouns_and_verbs_of_one_class() {
        for noun in ["soldiers", "troops", "Soldier", "personnel", "special troops", "National Guard members"]
        {
            assert_eq!(counted_class(noun), "soldier", "{noun}");
        }
        assert_eq!(counted_class("bicycles"), "bicycle");
        assert_eq!((counted_class("children"), counted_class("lives")), ("child".into(), "life".into()));
        assert_eq!(counted_class("mobile homes"), "mobile home");
        assert_eq!(predicate_class("deploy"), "sent");
        assert_eq!(predicate_class("kill"), "killed");
        assert_ne!(predicate_class("deploy"), predicate_class("kill"));
        assert_eq!(saying("death"), Some(("person", "killed")));
        assert_eq!(measure_named("gusts"), Some("speed of gusts"));
    }
}
