//! Denials and refusals to confirm, with the statements at which they are aimed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::origins::listed;
use super::super::stance::{Reply, Stance};
use super::super::terms::terms_in;
use super::super::{Finding, FindingKind};
use super::{Evidence, finding_on, holds};
use crate::document::{Act, Claim, Kind};
use crate::span::Span;

/// Share of what a denial is about that a claim must hold to be its target.
const CONCERNED: f64 = 0.6;
/// Share of a claim that must be what is denied for it to say just that.
const SAYS: f64 = 0.5;
/// Sentences back in which "the claim" finds what it points to.
const BACK: u32 = 4;
/// Claims that are named as targets.
const SHOWN: usize = 5;

/// All denials and refusals, each once.
pub(super) fn denials(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    // One party's denial of one thing is one finding, in however many documents it is told.
    let mut told: BTreeMap<(u32, String), usize> = BTreeMap::new();
    let replies: Vec<(usize, &Reply, Vec<Target>)> = evidence
        .replies
        .par_iter()
        .enumerate()
        .filter_map(|(i, reply)| reply.as_ref().map(|reply| (i, reply, aimed_at(evidence, i, reply))))
        .collect();
    for (i, reply, targets) in replies {
        let what = match targets.first() {
            Some(target) if reply.about.is_empty() => evidence.content(target.claim),
            _ => evidence.content(i),
        };
        let key = (evidence.origin_of[i], what.to_lowercase());
        if let Some(&known) = told.get(&key) {
            told_again(&mut out[known], i as u32, &evidence.claims[i]);
        } else {
            told.insert(key, out.len());
            out.push(denial(evidence, i, reply, &targets, &what));
        }
    }
    out
}

/// A claim at which a reply is aimed.
#[derive(Clone, Copy)]
struct Target {
    claim: usize,
    /// Whether it says what is denied, and not more of which that is a part.
    says_so: bool,
}

/// Whether a claim puts its content forward, as sure or not, and neither asks nor wishes for it.
fn puts_forward(claim: &Claim) -> bool {
    claim.certainty.value > 0.0
        && !matches!(
            claim.act,
            Act::Ask | Act::Demand | Act::Hope | Act::Propose | Act::Promise | Act::Threaten
        )
}

/// The claims that a reply speaks of, the likest first.
fn aimed_at(evidence: &Evidence<'_>, i: usize, reply: &Reply) -> Vec<Target> {
    let claim = &evidence.claims[i];
    if reply.general {
        return Vec::new();
    }
    let text = &evidence.documents[claim.document as usize].text;
    let (asked, alike) = if reply.about.is_empty() {
        if let Some(target) = antecedent(evidence, i, reply) {
            return vec![Target { claim: target, says_so: true }];
        }
        // "“…,” he said, denying the report": his own words tell what the report says
        let Some(said) = beside(evidence, i) else { return Vec::new() };
        (2, evidence.propositions.contents.like(said))
    } else {
        let asked = terms_in(text, &reply.about).len();
        (asked, evidence.propositions.contents.like_part(i, text, &reply.about))
    };
    let meant = |j: usize| {
        let other = &evidence.claims[j];
        evidence.origin_of[i] != evidence.origin_of[j]
            && evidence.replies[j].is_none()
            && puts_forward(other)
            && !holds(other, claim)
    };
    let mut out: Vec<Target> = alike
        .into_iter()
        .filter(|a| a.own >= CONCERNED && a.shared >= asked.min(2) && meant(a.claim))
        .map(|a| Target { claim: a.claim, says_so: a.other >= SAYS })
        .collect();
    // in other words
    let related = evidence.propositions.related(i).iter().filter(|r| {
        r.clash.is_none()
            && r.similarity >= evidence.options.proposition_similarity
            && meant(r.claim as usize)
    });
    for r in related {
        if out.iter().all(|t| t.claim != r.claim as usize) {
            out.push(Target { claim: r.claim as usize, says_so: true });
        }
    }
    out.truncate(SHOWN);
    out
}

/// What the same party says beside claim `i` in its sentence.
fn beside(evidence: &Evidence<'_>, i: usize) -> Option<usize> {
    let claim = &evidence.claims[i];
    [i.checked_sub(1)?, i + 1].into_iter().find(|&j| {
        evidence.claims.get(j).is_some_and(|other| {
            (other.document, other.sentence) == (claim.document, claim.sentence)
                && evidence.origin_of[i] == evidence.origin_of[j]
        })
    })
}

/// What "it", "that", "the claim" and "the ministry's report" point back to: the nearest statement before, of another
/// party, of the one that is named if one is.
fn antecedent(evidence: &Evidence<'_>, i: usize, reply: &Reply) -> Option<usize> {
    let claim = &evidence.claims[i];
    let text = &evidence.documents[claim.document as usize].text;
    let start = claim.span().start();
    let before = |j: &usize| {
        let other = &evidence.claims[*j];
        let end = other.content_spans.iter().map(|s| s.end()).max().unwrap_or(0);
        // "…, which he denies" lies inside what it denies, if the reader took the sentence for the content
        let ahead = end <= start
            || other.content_spans.iter().any(|s| s.start() < start && !s.contains(claim.span()));
        ahead
            && other.sentence + BACK >= claim.sentence
            && other.sentence <= claim.sentence
            && evidence.replies[*j].is_none()
            && evidence.origin_of[*j] != evidence.origin_of[i]
    };
    let candidates: Vec<usize> =
        (0..i).rev().take_while(|&j| evidence.claims[j].document == claim.document).filter(before).collect();
    let named = reply.held_by.map(|span| terms_in(text, &[span])).unwrap_or_default();
    let is_named = |&&j: &&usize| {
        let other = &evidence.claims[j];
        let mut names = terms_in(text, &other.source_spans);
        names.extend(other.source.iter().flat_map(|s| terms_in(&s.name, &[Span::new(0, s.name.len())])));
        named.iter().any(|n| names.contains(n))
    };
    candidates
        .iter()
        .find(is_named)
        .or_else(|| candidates.iter().find(|&&j| evidence.claims[j].kind != Kind::Narrated))
        .or_else(|| candidates.first())
        .copied()
}

fn denial(evidence: &Evidence<'_>, i: usize, reply: &Reply, targets: &[Target], what: &str) -> Finding {
    let verb = match reply.stance {
        Stance::Denies => "denies",
        Stance::Declines => "does not confirm or comment on",
    };
    let mut message = format!("{} {verb} “{what}”", evidence.who(i));
    if !targets.is_empty() {
        let mut who: Vec<String> = Vec::new();
        for target in targets {
            let one = evidence.who(target.claim);
            if !who.contains(&one) {
                who.push(one);
            }
        }
        let verb = match (targets.iter().all(|t| t.says_so), who.len()) {
            (true, 1) => "says so",
            (true, _) => "say so",
            (false, 1) => "speaks of it",
            (false, _) => "speak of it",
        };
        message.push_str(&format!("; {} {verb}", listed(&who)));
    }
    message.push('.');
    let mut claims: Vec<u32> = vec![i as u32];
    claims.extend(targets.iter().map(|t| t.claim as u32));
    let severity = if targets.is_empty() { 1 } else { 2 };
    finding_on(evidence, FindingKind::Denied, severity, message, claims)
}

fn told_again(finding: &mut Finding, i: u32, claim: &Claim) {
    finding.claims.push(i);
    if let Err(at) = finding.documents.binary_search(&claim.document) {
        finding.documents.insert(at, claim.document);
    }
    finding.evidence.push((claim.document, claim.span()));
}
