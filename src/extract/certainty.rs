//! How certain a content is, given its cue and its own words.
//!
//! The scale is that of event factuality (FactBank, Saurí and Pustejovsky 2009; Lee et al. 2015; UDS, Rudinger et al.
//! 2018): 3 certain that it is so, 0 open, -3 certain that it is not. Three numbers are given:
//!
//! - the **cue's** share, from `lexicon/cues.tsv`: "confirmed" 2.9, "speculated" 0.6, "denied" -2.0; 3 without a cue;
//! - the **content's** share, what its own words commit to: what the [`regressor`] makes of its head predicate, with the
//!   clause and the governors inside the content;
//! - the **value**: what the regressor makes of the same predicate under the cue.
//!
//! Where the regressor has nothing to read, the value is as strong as the weaker share, and their signs multiply: for
//! noun phrases ("denied the allegations"), whose share the [`rules`] read, and under cues that reject, which the corpora
//! have too few of ("denied that troops were not sent" says that they were). What a cue leaves open ("asked whether")
//! is 0.

pub(crate) mod evidence;
pub(crate) mod governors;
mod hedges;
pub(crate) mod regressor;
mod rules;

use std::ops::Range;

use governors::Governor;
use hedges::{Kind, hedge};
use regressor::REGRESSOR;
use rules::Reading;

use super::act::Spoken;
use super::clause::{Clause, dependents};
use super::negation;
use crate::document::{Certainty, CertaintyLabel, Deprel, Tag, Upos};
use crate::language::Annotated;

/// Full certainty: the end of the scale.
const CERTAIN: f32 = 3.0;
/// Below this a value counts as open: the tables have one decimal.
const OPEN: f32 = 0.05;
/// What a cue that is in no table commits to: as much as "said".
const SAID: f32 = 2.2;
/// A cue of this share and below rejects its content.
const REJECTS: f32 = -1.0;
/// Contents are judged by their first sentence, and no further than this many tokens into it.
const WINDOW: usize = 60;

/// The certainty of a content under its cue; `None` for what the outlet says in its own voice.
#[must_use]
pub fn certainty(article: &Annotated<'_>, spoken: Option<&Spoken>, content: &[Range<usize>]) -> Certainty {
    let clause = clause(article, content);
    let cue = spoken.map(|s| cue_share(article, s, &clause));
    let share = cue.unwrap_or(CERTAIN);
    let Some(top) = head(article, &clause) else {
        return combine(share, Reading { article, clause: &clause }.share());
    };
    let event = core(article, top, &clause);
    let mut governors = governors::governors(article, event, &|i| clause.binary_search(&i).is_err());
    let inner = governors.len();
    if let Some(spoken) = spoken {
        governors.push(under(article, spoken, share, top));
    }
    reading(article, event, share, &governors, inner)
}

/// How certain the reader of a sentence may be of the predicate at token `event`: the regressor's reading of the
/// predicate under everything that governs it.
#[must_use]
pub fn of_event(article: &Annotated<'_>, event: usize) -> Certainty {
    let governors = governors::governors(article, event, &|_| false);
    let share = governors.iter().filter(|g| g.known).fold(CERTAIN, |share, g| joined(share, g.left));
    let value = value(article, event, &governors);
    let content = REGRESSOR.value(&evidence::evidence(article, event, &[]));
    Certainty { value, cue: share, content, label: label(value) }
}

/// What is seen of the predicate at token `event`, in its sentence.
#[cfg(feature = "train")]
pub(crate) fn evidence_of(article: &Annotated<'_>, event: usize) -> evidence::Evidence {
    evidence::evidence(article, event, &governors::governors(article, event, &|_| false))
}

/// The regressor's value of a predicate under its governors.
fn value(article: &Annotated<'_>, event: usize, governors: &[Governor<'_>]) -> f32 {
    REGRESSOR.value(&evidence::evidence(article, event, governors))
}

/// The value under all governors, of which the first `inner` stand inside the content.
fn reading(
    article: &Annotated<'_>,
    event: usize,
    cue: f32,
    governors: &[Governor<'_>],
    inner: usize,
) -> Certainty {
    let content = value(article, event, &governors[..inner]);
    if cue <= REJECTS || cue.abs() < OPEN {
        return combine(cue, content);
    }
    let value = if inner == governors.len() { content } else { value(article, event, governors) };
    Certainty { value, cue, content, label: label(value) }
}

/// Two shares as one: as strong as the weaker, and their signs multiply.
fn joined(a: f32, b: f32) -> f32 {
    let weaker = a.abs().min(b.abs());
    if (a < 0.0) == (b < 0.0) { weaker } else { -weaker }
}

/// Both shares together, without the regressor.
fn combine(cue: f32, content: f32) -> Certainty {
    let value = joined(cue, content);
    let value = if value.abs() < OPEN { 0.0 } else { value };
    Certainty { value, cue, content, label: label(value) }
}

/// The value in words, by the thresholds that [`CertaintyLabel`] documents.
#[must_use]
pub fn label(value: f32) -> CertaintyLabel {
    match value.abs() {
        v if v < OPEN => CertaintyLabel::Unknown,
        v if v < 1.0 => CertaintyLabel::Possible,
        v if v < 2.0 => CertaintyLabel::Probable,
        _ => CertaintyLabel::Certain,
    }
}

/// The predicate that token `i` belongs to: that of a copula or an auxiliary is what it hangs on.
#[must_use]
pub fn predicate_of(article: &Annotated<'_>, i: usize) -> usize {
    match (article.deprel(i), article.head(i)) {
        (Deprel::Cop | Deprel::Aux | Deprel::AuxPass, Some(head)) => head,
        _ => i,
    }
}

/// What the cue alone commits to. Infinitives have ratings of their own: "refused to leave" says that nobody left.
fn cue_share(article: &Annotated<'_>, spoken: &Spoken, clause: &[usize]) -> f32 {
    let Some(cue) = spoken.entry.as_ref().map(|m| m.cue) else {
        return if spoken.negated { 0.0 } else { SAID };
    };
    let infinitive = clause.len() > 1
        && article.lower(clause[0]) == "to"
        && clause[1..]
            .iter()
            .find(|&&i| !article.tag(i).is_adverb())
            .is_some_and(|&i| article.tag(i) == Tag::VB);
    let rated = match (infinitive, spoken.negated) {
        (true, false) => cue.to_certainty,
        (true, true) => cue.negated_to_certainty,
        _ => None,
    };
    rated.unwrap_or(if spoken.negated { cue.negated_certainty } else { cue.certainty })
}

/// The cue as what governs the content whose head is `top`, wherever it stands.
fn under<'a>(article: &'a Annotated<'_>, spoken: &Spoken, share: f32, top: usize) -> Governor<'a> {
    let stand_in = Governor {
        lemma: "say",
        tag: Tag::VBD.as_str(),
        relation: Deprel::Ccomp.as_str(),
        link: Some(Deprel::Ccomp),
        tense: super::clause::Tense::Past,
        passive: "active",
        known: true,
        left: share,
        ..Governor::NONE
    };
    let Some(entry) = &spoken.entry else { return stand_in };
    let cue = entry.tokens.start;
    let link = article.head(top).filter(|head| *head == cue).map_or(Deprel::Ccomp, |_| article.deprel(top));
    Governor {
        known: true,
        left: share,
        negated: spoken.negated,
        ..governors::governor(article, cue, top, link)
    }
}

/// The head of a content that is a clause: the first predicate of it that depends on nothing else in it. `None` for
/// noun phrases.
fn head(article: &Annotated<'_>, clause: &[usize]) -> Option<usize> {
    let inside = |i: usize| clause.binary_search(&i).is_ok();
    clause.iter().copied().find(|&i| {
        article.head(i).is_none_or(|head| !inside(head))
            && match article.upos(i) {
                Upos::VERB | Upos::AUX => true,
                Upos::PUNCT | Upos::CCONJ | Upos::SCONJ | Upos::DET => false,
                _ => dependents(article, i).any(|j| {
                    inside(j) && matches!(article.deprel(j), Deprel::Cop | Deprel::Nsubj | Deprel::NsubjPass)
                }),
            }
    })
}

/// The predicate that a content is about: not "expected" of "are expected to join", not "possible" of "it is possible
/// that they left", not "estimate" of "we estimate that".
fn core(article: &Annotated<'_>, top: usize, clause: &[usize]) -> usize {
    let mut event = top;
    for _ in 0..4 {
        let next = dependents(article, event).find(|&i| {
            let hedges = |kind| {
                hedge(kind, article.lower(event)).or_else(|| hedge(kind, article.lemma(event))).is_some()
            };
            clause.binary_search(&i).is_ok()
                && match article.deprel(i) {
                    Deprel::Xcomp => {
                        hedges(Kind::Raising)
                            || negation::is_catenative(article, event)
                            || hedges(Kind::Adjective)
                    }
                    Deprel::Ccomp => {
                        hedges(Kind::Adjective) || hedges(Kind::Raising) || judges_itself(article, event)
                    }
                    Deprel::Csubj | Deprel::CsubjPass => hedges(Kind::Adjective) || hedges(Kind::Raising),
                    _ => false,
                }
        });
        let Some(next) = next else { break };
        event = next;
    }
    event
}

/// "We estimate that", "I believe that": a speaker's own hedge.
fn judges_itself(article: &Annotated<'_>, verb: usize) -> bool {
    let own = Clause::of(article, verb).subject.is_some_and(|i| matches!(article.lower(i), "i" | "we"));
    own && super::cues::verb(article.lemma(verb)).is_some_and(|cue| cue.certainty < SAID)
}

/// The tokens of the content's first sentence, without quotation marks and "that" at its start.
fn clause(article: &Annotated<'_>, content: &[Range<usize>]) -> Vec<usize> {
    let Some(first) = content.iter().find(|r| !r.is_empty() && r.end <= article.len()) else {
        return Vec::new();
    };
    let sentence = article.sentence_of(first.start);
    let end = article.sentences.get(sentence).map_or(first.end, |s| s.last_token as usize);
    let mut tokens: Vec<usize> = content
        .iter()
        .flat_map(Clone::clone)
        .take_while(|&i| i < end)
        .filter(|&i| !matches!(article.tag(i), Tag::OpenQuote | Tag::CloseQuote))
        .take(WINDOW)
        .collect();
    let that = tokens.first().is_some_and(|&i| matches!(article.lower(i), "that" | ",") && tokens.len() > 1);
    if that {
        tokens.remove(0);
    }
    tokens
}

#[cfg(test)]
mod tests;
