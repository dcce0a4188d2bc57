//! What a predicate depends on, from the inside out: "to fight" under "expected", that under "said".
//!
//! The path from a predicate to the root of its sentence, coordination left out, with what each word on it leaves of
//! what it governs: the certainty of its complement by the cue lexicon (signatures after Karttunen 1971, values after
//! MegaVeridicality), or by the hedges.

use super::evidence::is_condition;
use super::hedges::{Kind, hedge};
use crate::document::{Deprel, Tag};
use crate::extract::clause::{Clause, Tense, dependents};
use crate::extract::cues::{self, Cue, CueClass};
use crate::language::Annotated;

/// Longest path that is followed.
const LONGEST: usize = 8;

/// A word on the path, and how the one below hangs on it.
#[derive(Clone, Debug)]
pub(crate) struct Governor<'a> {
    /// Its token.
    pub(crate) token: usize,
    /// Its lemma; empty if there is none.
    pub(crate) lemma: &'a str,
    /// Its tag.
    pub(crate) tag: &'static str,
    /// The relation of the word below to it.
    pub(crate) relation: &'static str,
    /// The same.
    pub(crate) link: Option<Deprel>,
    /// Its own modal, or empty.
    pub(crate) modal: &'a str,
    /// What opens its clause, or empty.
    pub(crate) mark: &'a str,
    /// One adverb of it, or empty.
    pub(crate) adverb: &'a str,
    /// Its tense.
    pub(crate) tense: Tense,
    /// Whether it is negated.
    pub(crate) negated: bool,
    /// "passive", "active".
    pub(crate) passive: &'static str,
    /// Whether it stands in a condition.
    pub(crate) condition: bool,
    /// Whether a table says what it leaves.
    pub(crate) known: bool,
    /// What it leaves of what it governs, in [-3, 3].
    pub(crate) left: f32,
}

impl Governor<'_> {
    /// Stands where there is none.
    pub(crate) const NONE: Governor<'static> = Governor {
        token: 0,
        lemma: "",
        tag: "",
        relation: "",
        link: None,
        modal: "",
        mark: "",
        adverb: "",
        tense: Tense::None,
        negated: false,
        passive: "",
        condition: false,
        known: false,
        left: 3.0,
    };
}

/// The governors of the predicate at token `event`, innermost first, none at or above token `stop`'s place.
pub(crate) fn governors<'a>(
    article: &'a Annotated<'_>,
    event: usize,
    stop: &dyn Fn(usize) -> bool,
) -> Vec<Governor<'a>> {
    let mut out = Vec::new();
    let mut below = event;
    for _ in 0..LONGEST {
        let relation = article.deprel(below);
        let Some(head) = article.head(below) else { break };
        if stop(head) {
            break;
        }
        if !matches!(relation, Deprel::Conj | Deprel::List) {
            out.push(governor(article, head, below, relation));
        }
        below = head;
    }
    // "Troops arrived, Kirby said": the cue hangs on what it reports
    let aside = dependents(article, below).find(|&i| {
        article.deprel(i) == Deprel::Parataxis
            && article.tag(i).is_verb()
            && !stop(i)
            && i != event
            && cue_at(article, i).is_some_and(|c| c.frames.quote || c.frames.that)
            && !out.iter().any(|g| g.token == i)
    });
    if let Some(verb) = aside
        && !(below == verb)
    {
        out.push(governor(article, verb, below, Deprel::Parataxis));
    }
    out
}

/// The cue entry of the word at token `i`, alone or with what follows.
pub(super) fn cue_at(article: &Annotated<'_>, i: usize) -> Option<&'static Cue> {
    if let Some(found) = cues::at(article, i) {
        return Some(found.cue);
    }
    match article.tag(i) {
        tag if tag.is_verb() => cues::verb(article.lemma(i)),
        tag if tag.is_noun() => cues::noun(article.lemma(i)),
        _ => None,
    }
}

/// The governor at token `head`, of the word `below`.
pub(crate) fn governor<'a>(
    article: &'a Annotated<'_>,
    head: usize,
    below: usize,
    relation: Deprel,
) -> Governor<'a> {
    let clause = Clause::of(article, head);
    let tag = article.tag(head);
    let negated = clause.is_negated();
    let mark = clause.mark.map_or("", |i| article.lower(i));
    let complement = matches!(
        relation,
        Deprel::Ccomp
            | Deprel::Xcomp
            | Deprel::Csubj
            | Deprel::CsubjPass
            | Deprel::Acl
            | Deprel::Parataxis
            | Deprel::Obj
    );
    let infinitive = dependents(article, below)
        .any(|i| i < below && article.lower(i) == "to" && article.deprel(i) == Deprel::Mark);
    let (mut known, mut left) = (false, 3.0);
    if complement
        && let Some(cue) = cue_at(article, head)
        && !(relation == Deprel::Acl && cue.class != CueClass::Noun)
    {
        let rated = match (infinitive, negated) {
            (true, false) => cue.to_certainty,
            (true, true) => cue.negated_to_certainty,
            _ => None,
        };
        known = true;
        left = rated.unwrap_or(if negated { cue.negated_certainty } else { cue.certainty });
    } else if complement || relation == Deprel::Advcl {
        let kind = if tag.is_noun() {
            Kind::Noun
        } else if tag == Tag::VBN || tag.is_verb() {
            Kind::Raising
        } else {
            Kind::Adjective
        };
        let word = hedge(kind, article.lower(head)).or_else(|| hedge(kind, article.lemma(head)));
        if let Some(value) = word {
            known = true;
            left = if negated { -value } else { value };
        }
    }
    if relation == Deprel::Advcl
        && let Some(opener) = dependents(article, below).find(|&i| article.deprel(i) == Deprel::Mark)
        && let Some(value) = hedge(Kind::Conditional, article.lower(opener))
    {
        known = true;
        left = value;
    }
    Governor {
        token: head,
        lemma: article.lemma(head),
        tag: tag.as_str(),
        relation: relation.as_str(),
        link: Some(relation),
        modal: clause.modal.map_or("", |i| article.lower(i)),
        mark,
        adverb: clause.adverbs.first().map_or("", |&i| article.lower(i)),
        tense: clause.tense,
        negated,
        passive: if clause.passive { "passive" } else { "active" },
        condition: is_condition(mark),
        known,
        left,
    }
}
