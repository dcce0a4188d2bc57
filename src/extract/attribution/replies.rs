//! Replies that neither the model nor the rules before it take: who does not answer, and who rejects "a claim that …".
//!
//! Corpora of attribution mark few silences ("Moscow has not commented", "the claim could not be verified"), yet a
//! reader who holds accounts against each other needs to know who was asked and did not confirm. They are read off the
//! tree where nothing else was attributed: the subject is the source, the verb group the cue, and what is not commented
//! on the content; where the sentence does not say, the verb itself stands for it, as in "declined | to comment".

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::rules::{Taken, precision};
use super::{Attribution, cues};
use crate::document::{Act, Deprel, Tag};
use crate::extract::clause::{Clause, dependents, window};
use crate::extract::quotation::Quotation;
use crate::language::Annotated;

/// Name of the rule for silences.
pub(super) const SILENCE: &str = "phrase.no_comment";
/// Name of the rule for what a relative clause rejects.
const RELATIVE: &str = "verb.noun";

/// The replies that `found` does not hold yet.
pub(super) fn replies(
    article: &Annotated<'_>,
    quotations: &[Quotation],
    found: &[Attribution],
) -> Vec<Attribution> {
    if !article.is_parsed() {
        return Vec::new();
    }
    let taken = Taken::new(article.len(), found);
    let mut quoted = vec![false; article.len()];
    for quotation in quotations {
        quoted[quotation.tokens.clone()].fill(true);
    }
    let free = |i: usize| !taken.content[i] && !taken.spoken[i] && !quoted[i];
    let asked = questions(article, found);
    let mut out = Vec::new();
    for sentence in article.sentences.iter() {
        if !article.document.blocks[sentence.block as usize].kind.is_prose() {
            continue;
        }
        for i in sentence.tokens().filter(|&i| free(i)) {
            let reply = silence(article, i, &asked).or_else(|| rejected_claim(article, i));
            let alone = |a: &Attribution| {
                a.source.iter().chain(&a.cue).all(|r| r.clone().all(|t| !taken.spoken[t] && !quoted[t]))
            };
            out.extend(reply.filter(alone));
        }
    }
    out
}

/// "Moscow has not commented", "had no comment on …", "could not be reached for comment", "could not be verified".
fn silence(
    article: &Annotated<'_>,
    verb: usize,
    asked: &FxHashMap<usize, (usize, Range<usize>)>,
) -> Option<Attribution> {
    let lemma = article.lemma(verb);
    let is_verb = article.tag(verb).is_verb();
    let sort = match lemma {
        "comment" | "respond" | "reply" | "answer" if is_verb => Silence::Answer,
        "have" if is_verb => Silence::NoComment,
        "reach" | "available" => Silence::Absent,
        "verify" | "confirm" | "corroborate" | "authenticate" if article.tag(verb) == Tag::VBN => {
            Silence::Unverified
        }
        _ => return None,
    };
    let clause = Clause::of(article, verb);
    let subject = clause.subject?;
    let start = clause
        .negations
        .iter()
        .chain(&clause.auxiliaries)
        .chain(&clause.modal)
        .copied()
        .min()
        .unwrap_or(verb);
    let end = subtree(article, verb).end;
    let subject = subtree(article, subject);
    if subject.end > start {
        return None;
    }
    let make = |source: Vec<Range<usize>>, cue: Range<usize>, content: Range<usize>| {
        (!cue.is_empty() && !content.is_empty()).then(|| Attribution {
            source,
            cue: vec![cue],
            content: vec![content],
            matched: None,
            rule: SILENCE,
            confidence: precision(SILENCE),
        })
    };
    // What follows "on": the matter; else what the verb says for itself.
    let matter = |said: usize, from: usize| {
        let about = from < end && matches!(article.lower(from), "on" | "about" | "to" | "regarding");
        if about && from + 1 < end {
            make(vec![subject.clone()], start..from + 1, from + 1..end)
        } else {
            make(vec![subject.clone()], start..said, said..from)
        }
    };
    match sort {
        Silence::Answer if clause.is_negated() => {
            let asked =
                asked.get(&article.sentence_of(verb)).filter(|(cue, _)| *cue < verb && verb + 1 >= end);
            match asked {
                Some((_, content)) => make(vec![subject.clone()], start..verb + 1, content.clone()),
                None => matter(verb, verb + 1),
            }
        }
        Silence::NoComment if clause.negated_object => {
            let object = clause.object.filter(|&o| article.lemma(o) == "comment")?;
            matter(start + 1, object + 1)
        }
        Silence::Absent if clause.is_negated() => {
            let comment = (verb..end).find(|&i| article.lemma(i) == "comment")?;
            make(vec![subject.clone()], start..verb + 1, verb + 1..comment + 1)
        }
        Silence::Unverified if clause.is_negated() && clause.passive && clause.modal.is_some() => {
            let by = dependents(article, verb).find(|&i| {
                i > verb && Clause::of(article, i).case.is_some_and(|case| article.lower(case) == "by")
            });
            let source =
                by.map(|by| subtree(article, by)).map(|r| r.start + 1..r.end).filter(|r| !r.is_empty());
            make(source.into_iter().collect(), start..verb + 1, subject.clone())
        }
        _ => None,
    }
}

enum Silence {
    Answer,
    NoComment,
    Absent,
    Unverified,
}

/// What questions are about, by sentence, with their cues: "Asked whether she knew of it, Hale would not comment".
fn questions(article: &Annotated<'_>, found: &[Attribution]) -> FxHashMap<usize, (usize, Range<usize>)> {
    let asks = |a: &&Attribution| a.cue.first().is_some_and(|c| article.lemma(c.start) == "ask");
    found
        .iter()
        .filter(asks)
        .filter_map(|a| {
            Some((article.sentence_of(a.cue[0].start), (a.cue[0].start, a.content.first()?.clone())))
        })
        .collect()
}

/// ", a claim that Moscow rejected": the noun is the content of the verb in its relative clause.
fn rejected_claim(article: &Annotated<'_>, noun: usize) -> Option<Attribution> {
    if !article.tag(noun).is_noun() || cues::noun(article.lemma(noun)).is_none() {
        return None;
    }
    let rejects = |i: &usize| {
        *i > noun
            && article.tag(*i).is_verb()
            && matches!(article.deprel(*i), Deprel::Acl | Deprel::AclRelcl)
            && cues::verb(article.lemma(*i)).is_some_and(|c| matches!(c.act, Act::Deny | Act::Disagree))
    };
    let verb = dependents(article, noun).find(rejects)?;
    let clause = Clause::of(article, verb);
    let subject = subtree(article, clause.subject?);
    let group = clause.auxiliaries.iter().chain(&clause.modal).chain(&clause.negations).copied().min();
    let start = group.unwrap_or(verb).min(verb);
    let from = dependents(article, noun).take_while(|&i| i < noun).min().unwrap_or(noun);
    // The subject of "a claim that was rejected" is the claim.
    let relative = matches!(article.lower(subject.start), "that" | "which" | "who");
    (!relative && subject.end <= start && from <= noun && !clause.passive).then(|| Attribution {
        source: vec![subject],
        cue: vec![start..verb + 1],
        content: vec![from..noun + 1],
        matched: None,
        rule: RELATIVE,
        confidence: precision(RELATIVE),
    })
}

/// Token `i` with what hangs on it, as far as it stands together.
fn subtree(article: &Annotated<'_>, i: usize) -> Range<usize> {
    const DEEP: usize = 12;
    let within = window(article, i);
    let under = |mut j: usize| {
        for _ in 0..DEEP {
            if j == i {
                return true;
            }
            let Some(head) = article.head(j) else { return false };
            j = head;
        }
        false
    };
    let punctuation = |j: usize| matches!(article.tag(j), Tag::Comma | Tag::Period | Tag::Colon);
    let mut range = i..i + 1;
    while range.start > within.start && under(range.start - 1) && !punctuation(range.start - 1) {
        range.start -= 1;
    }
    while range.end < within.end && under(range.end) && !punctuation(range.end) {
        range.end += 1;
    }
    range
}
