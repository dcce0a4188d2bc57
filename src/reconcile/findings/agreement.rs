//! Opposite statements of one thing, and statements that agree.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::super::origins::listed;
use super::super::propositions::side;
use super::super::stance::is_doubly_negated;
use super::super::{Finding, FindingKind};
use super::{Evidence, finding_on, holds};
use crate::document::{Act, Claim, Kind, Polarity, SourceType};

/// Claims alike that are looked at for each claim.
const NEAREST: usize = 16;

/// Claims that say the opposite of one another, each pair once.
pub(super) fn contradictions(evidence: &Evidence<'_>) -> Vec<Finding> {
    let paired = |i: usize| alike(evidence, i).into_iter().map(move |j| (i.min(j), i.max(j)));
    let stated = (0..evidence.claims.len()).into_par_iter().filter(|&i| states(evidence, i));
    let pairs: Vec<(usize, usize)> = stated.flat_map_iter(paired).collect();
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    pairs
        .into_iter()
        .filter(|pair| seen.insert(*pair))
        .filter_map(|(i, j)| opposition(evidence, i, j))
        .collect()
}

/// Claims that speak of the same thing as `i`: by what happens to whom, or by their words where nothing clashes.
fn alike(evidence: &Evidence<'_>, i: usize) -> Vec<usize> {
    let related = evidence.propositions.related(i);
    let clashes = |j: usize| related.iter().any(|r| r.claim as usize == j && r.clash.is_some());
    let least = evidence.options.proposition_similarity;
    let mut out: Vec<usize> = related
        .iter()
        .filter(|r| r.clash.is_none() && r.similarity >= least)
        .map(|r| r.claim as usize)
        .take(NEAREST)
        .collect();
    let worded = evidence.propositions.contents.like(i).into_iter().take(NEAREST);
    out.extend(
        worded.filter(|a| a.own.min(a.other) >= least && a.shared >= 3 && !clashes(a.claim)).map(|a| a.claim),
    );
    out
}

/// Whether a claim states, itself, that something is so or is not so: no denial of another's claim, no wrapping around
/// what somebody else says in it.
fn states(evidence: &Evidence<'_>, i: usize) -> bool {
    let claim = &evidence.claims[i];
    let text = &evidence.documents[claim.document as usize].text;
    let wraps = evidence.claims[i + 1..]
        .iter()
        .take_while(|other| other.document == claim.document && other.span().start() < claim.span().end())
        .any(|other| {
            !other.cue_spans.is_empty() && claim.content_spans.iter().any(|s| s.contains(other.span()))
        });
    asserts(claim) && evidence.replies[i].is_none() && !wraps && !is_doubly_negated(text, claim)
}

/// Whether the claim says that something is so or is not so.
fn asserts(claim: &Claim) -> bool {
    !matches!(
        claim.act,
        Act::Deny
            | Act::Decline
            | Act::Ask
            | Act::Hope
            | Act::Demand
            | Act::Propose
            | Act::Fear
            | Act::Speculate
            | Act::Disagree
    ) && claim.certainty.value.abs() >= 1.0
}

/// Below this certainty on either side, accounts that differ do not contradict: "probable" on the scale.
const FIRM: f32 = 1.0;

fn opposition(evidence: &Evidence<'_>, i: usize, j: usize) -> Option<Finding> {
    let (a, b) = (&evidence.claims[i], &evidence.claims[j]);
    let opposite = matches!((side(a), side(b)), (Some(x), Some(y)) if x != y)
        && a.certainty.value.abs().min(b.certainty.value.abs()) >= FIRM
        && states(evidence, i)
        && states(evidence, j)
        && evidence.origin_of[i] != evidence.origin_of[j]
        && !holds(a, b);
    if !opposite {
        return None;
    }
    let (yes, no) = if side(a) == Some(Polarity::Positive) { (i, j) } else { (j, i) };
    let message = format!(
        "{} says “{}”; {} says the opposite: “{}”.",
        evidence.who(yes),
        evidence.content(yes),
        evidence.who(no),
        evidence.content(no)
    );
    Some(finding_on(evidence, FindingKind::Contradicted, 3, message, vec![yes as u32, no as u32]))
}

/// Statements of one proposition by parties that nothing ties together, all of them named.
pub(super) fn agreements(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for proposition in &evidence.propositions.list {
        let mut group: Vec<usize> = Vec::new();
        for i in proposition.claims.iter().map(|&c| c as usize) {
            let claim = &evidence.claims[i];
            let independent = group.iter().all(|&g| {
                let other = &evidence.claims[g];
                evidence.origin_of[g] != evidence.origin_of[i]
                    && other.document != claim.document
                    && !evidence.share_text(other.document, claim.document)
            });
            if independent && claim.kind != Kind::Narrated && vouches(evidence, i) && states(evidence, i) {
                group.push(i);
            }
        }
        let Some(&i) = group.first().filter(|_| group.len() >= 2) else { continue };
        let who: Vec<String> = group.iter().map(|&g| evidence.who(g)).collect();
        let message = format!(
            "“{}”: {} agree, and nothing in the texts ties them together.",
            evidence.content(i),
            listed(&who)
        );
        let claims = group.iter().map(|&g| g as u32).collect();
        out.push(finding_on(evidence, FindingKind::Corroborated, 1, message, claims));
    }
    out
}

fn vouches(evidence: &Evidence<'_>, claim: usize) -> bool {
    matches!(
        evidence.origins[evidence.origin_of[claim] as usize].source_type,
        SourceType::Person | SourceType::Organization | SourceType::Government | SourceType::Media
    )
}
