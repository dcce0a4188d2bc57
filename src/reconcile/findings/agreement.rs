//! Opposite statements of one thing, and statements that agree.

use std::collections::BTreeSet;

use super::super::origins::listed;
use super::super::propositions::side;
use super::super::stance::is_doubly_negated;
use super::super::{Finding, FindingKind};
use super::{Evidence, documents_of, holds, passages};
use crate::document::{Act, Claim, Kind, Polarity, SourceType};

/// Share of both contents' weight from which they say one thing.
const SAME: f64 = 0.6;
/// Claims alike that are looked at for each claim.
const NEAREST: usize = 16;

/// Claims that say the opposite of one another, each pair once.
pub(super) fn contradictions(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut paired: BTreeSet<(usize, usize)> = BTreeSet::new();
    for i in 0..evidence.claims.len() {
        if !states(evidence, i) {
            continue;
        }
        for alike in evidence.propositions.contents.like(i).into_iter().take(NEAREST) {
            let pair = (i.min(alike.claim), i.max(alike.claim));
            if alike.own.min(alike.other) < SAME || alike.shared < 3 || !paired.insert(pair) {
                continue;
            }
            out.extend(opposition(evidence, pair.0, pair.1));
        }
    }
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
    let claims = vec![yes as u32, no as u32];
    Some(Finding {
        kind: FindingKind::Contradicted,
        severity: 3,
        message,
        documents: documents_of(evidence, &claims),
        evidence: passages(evidence, &claims),
        claims,
    })
}

/// Statements of one thing by parties that nothing ties together, at least one of them named.
pub(super) fn agreements(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut out = Vec::new();
    for (i, claim) in evidence.claims.iter().enumerate() {
        if used.contains(&i) || !vouches(evidence, i) || !asserts(claim) || claim.kind == Kind::Narrated {
            continue;
        }
        let mut group = vec![i];
        for alike in evidence.propositions.contents.like(i).into_iter().take(NEAREST) {
            let j = alike.claim;
            let second = &evidence.claims[j];
            let fits = alike.own.min(alike.other) >= SAME
                && alike.shared >= 4
                && second.kind != Kind::Narrated
                && side(second).is_some()
                && side(second) == side(claim)
                && !other_figures(claim, second)
                && !evidence.share_text(claim.document, second.document)
                && asserts(second)
                && group.iter().all(|&g| {
                    evidence.origin_of[g] != evidence.origin_of[j]
                        && evidence.claims[g].document != second.document
                });
            if fits {
                group.push(j);
            }
        }
        if group.len() < 2 {
            continue;
        }
        used.extend(&group);
        let who: Vec<String> = group.iter().map(|&g| evidence.who(g)).collect();
        let message = format!(
            "“{}”: {} agree, and nothing in the texts ties them together.",
            evidence.content(i),
            listed(&who)
        );
        let claims: Vec<u32> = group.iter().map(|&g| g as u32).collect();
        out.push(Finding {
            kind: FindingKind::Corroborated,
            severity: 1,
            message,
            documents: documents_of(evidence, &claims),
            evidence: passages(evidence, &claims),
            claims,
        });
    }
    out
}

/// Whether both claims give figures and share none: then the ledger compares them.
fn other_figures(a: &Claim, b: &Claim) -> bool {
    let figures = |c: &Claim| -> Vec<u64> {
        c.quantities.iter().filter_map(|q| q.value.or(q.low).or(q.high)).map(f64::to_bits).collect()
    };
    let (a, b) = (figures(a), figures(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x))
}

fn vouches(evidence: &Evidence<'_>, claim: usize) -> bool {
    matches!(
        evidence.origins[evidence.origin_of[claim] as usize].source_type,
        SourceType::Person | SourceType::Organization | SourceType::Government | SourceType::Media
    )
}
