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
//! The rules bound what the regressor may say. They take the value to be as strong as the weaker share, and the signs to
//! multiply; where they see a hedge the regressor goes little above that, and where they see a negation its value stays
//! negative. For noun phrases ("denied the allegations") and under cues that reject, which the corpora have too few of
//! ("denied that troops were not sent" says that they were), the value is that of the rules. What a cue leaves open
//! ("asked whether") is 0.

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
use super::cues::CueClass;
use super::negation;
use crate::document::{Act, Certainty, CertaintyLabel, Deprel, Tag, Upos};
use crate::language::Annotated;

/// Full certainty: the end of the scale.
const CERTAIN: f32 = 3.0;
/// Below this a value counts as open: the tables have one decimal.
const OPEN: f32 = 0.05;
/// What a cue that is in no table commits to: as much as "said".
const SAID: f32 = 2.2;
/// From here on rules see no hedge.
const FIRM: f32 = 2.0;

/// How far the regressor may go from the rules.
#[derive(Clone, Copy)]
struct Room {
    /// Above a hedged value.
    above: f32,
    /// Part of a negative value that is kept.
    kept: f32,
    /// The least where nothing hedges.
    least: f32,
}

/// Of single predicates, deep in a sentence too, the rules are less sure than of the head of a content.
const OF_EVENTS: Room = Room { above: 1.2, kept: 0.2, least: -CERTAIN };
const OF_CONTENTS: Room = Room { above: 0.6, kept: 0.5, least: 0.5 };

/// A cue of this share and below rejects its content.
const REJECTS: f32 = -1.0;
/// Contents are judged by their first sentence, and no further than this many tokens into it.
const WINDOW: usize = 60;

/// The certainty of a content under its cue; `None` for what the outlet says in its own voice.
#[must_use]
pub fn certainty(article: &Annotated<'_>, spoken: Option<&Spoken>, content: &[Range<usize>]) -> Certainty {
    let clause = clause(article, content);
    let cue = spoken.map_or(CERTAIN, |s| cue_share(article, s, &clause));
    let by_rule = Reading { article, clause: &clause }.share();
    let Some(top) = head(article, &clause) else { return combine(cue, by_rule) };
    let event = core(article, top, &clause);
    let mut governors = governors::governors(article, event, &|i| clause.binary_search(&i).is_err());
    let content = bounded(value(article, event, &governors), by_rule, OF_CONTENTS);
    let adverb = |s: &Spoken| s.entry.as_ref().is_some_and(|m| m.cue.class == CueClass::Adverb);
    if cue <= REJECTS || cue.abs() < OPEN || spoken.is_some_and(adverb) {
        return combine(cue, content);
    }
    let Some(spoken) = spoken else {
        return Certainty { value: content, cue, content, label: label(content) };
    };
    governors.push(under(article, spoken, cue, top));
    let value = bounded(value(article, event, &governors), joined(cue, by_rule), OF_CONTENTS);
    Certainty { value, cue, content, label: label(value) }
}

/// The predicate that the certainty of a content is that of; `None` for noun phrases.
#[must_use]
pub fn event_of(article: &Annotated<'_>, content: &[Range<usize>]) -> Option<usize> {
    let clause = clause(article, content);
    head(article, &clause).map(|top| core(article, top, &clause))
}

/// How certain the reader of a sentence may be of the predicate at token `event`: the regressor's reading of the
/// predicate under everything that governs it.
#[must_use]
pub fn of_event(article: &Annotated<'_>, event: usize) -> Certainty {
    let governors = governors::governors(article, event, &|_| false);
    let share = governors.iter().filter(|g| g.known).fold(CERTAIN, |share, g| joined(share, g.left));
    let read = |governors: &[Governor<'_>]| {
        let evidence = evidence::evidence(article, event, governors);
        bounded(REGRESSOR.value(&evidence), evidence.by_rule(), OF_EVENTS)
    };
    let (value, content) = (read(&governors), read(&[]));
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

/// What the regressor says, within the room that the rules leave it.
fn bounded(value: f32, by_rule: f32, room: Room) -> f32 {
    let value = match by_rule {
        rule if rule < 0.0 => value.min(rule * room.kept),
        rule if rule < OPEN && room.least >= 0.0 => 0.0,
        rule if rule < FIRM => value.min(rule + room.above).max(room.least.min(rule / 2.0)),
        _ => value.max(room.least),
    };
    if value.abs() < OPEN { 0.0 } else { value }
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
    // "refused to say how much"
    if !infinitive && matches!(spoken.act, Act::Decline | Act::Ask) {
        return 0.0;
    }
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
    let governs = |class: CueClass| class != CueClass::Preposition;
    let Some(entry) = spoken.entry.as_ref().filter(|m| governs(m.cue.class)) else { return stand_in };
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
