//! Denials and refusals to confirm, with what they concern; opposite statements of one thing; statements that agree.

use std::collections::{BTreeMap, BTreeSet};

use super::super::origins::listed;
use super::super::similarity::Contents;
use super::super::{Finding, FindingKind};
use super::Evidence;
use crate::document::{Act, Claim, Kind, SourceType};
use crate::span::Span;

/// Share of a denial's weight that a claim must hold to be what it concerns.
const CONCERNED: f64 = 0.6;
/// Share of both contents' weight from which they say one thing.
const SAME: f64 = 0.6;

/// All findings on what is said of the same thing.
pub(super) fn denials(evidence: &Evidence<'_>, contents: &Contents) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut paired: BTreeSet<(usize, usize)> = BTreeSet::new();
    // One party's denial of one thing is one finding, in however many documents it is told.
    let mut denied: BTreeMap<(u32, String), usize> = BTreeMap::new();
    for (i, claim) in evidence.claims.iter().enumerate() {
        match claim.act {
            Act::Deny | Act::Decline | Act::Disagree => {
                let key = (evidence.origin_of[i], evidence.content(i).to_lowercase());
                if let Some(&known) = denied.get(&key) {
                    told_again(&mut out[known], i as u32, claim);
                } else {
                    denied.insert(key, out.len());
                    out.push(denial(evidence, contents, i));
                }
            }
            _ if asserts(claim) => {
                for (j, own, other, shared) in contents.like(i).into_iter().take(16) {
                    let pair = (i.min(j), i.max(j));
                    if own < SAME || other < SAME || shared < 3 || !paired.insert(pair) {
                        continue;
                    }
                    out.extend(opposition(evidence, pair.0, pair.1));
                }
            }
            _ => {}
        }
    }
    out.extend(agreements(evidence, contents));
    out
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

fn denial(evidence: &Evidence<'_>, contents: &Contents, i: usize) -> Finding {
    let claim = &evidence.claims[i];
    let like = contents.like(i);
    let concerned: Vec<usize> = like
        .into_iter()
        .filter(|&(j, own, _, shared)| {
            let other = &evidence.claims[j];
            own >= CONCERNED
                && shared >= 2
                && evidence.origin_of[i] != evidence.origin_of[j]
                && !matches!(other.act, Act::Deny | Act::Decline)
                && !holds(other, claim)
        })
        .map(|(j, ..)| j)
        .take(5)
        .collect();
    let what = match claim.act {
        Act::Deny => "denies",
        Act::Decline => "does not confirm or comment on",
        _ => "disputes",
    };
    let mut message = format!("{} {what} “{}”", evidence.who(i), evidence.content(i));
    if !concerned.is_empty() {
        let mut who: Vec<String> = Vec::new();
        for &j in &concerned {
            let one = evidence.who(j);
            if !who.contains(&one) {
                who.push(one);
            }
        }
        message.push_str(&format!(
            "; {} {} of it",
            listed(&who),
            if who.len() == 1 { "speaks" } else { "speak" }
        ));
    }
    message.push('.');
    let mut claims: Vec<u32> = vec![i as u32];
    claims.extend(concerned.iter().map(|&j| j as u32));
    Finding {
        kind: FindingKind::Denied,
        severity: if concerned.is_empty() { 1 } else { 2 },
        documents: documents_of(evidence, &claims),
        evidence: passages(evidence, &claims),
        claims,
        message,
    }
}

fn told_again(finding: &mut Finding, i: u32, claim: &Claim) {
    finding.claims.push(i);
    if let Err(at) = finding.documents.binary_search(&claim.document) {
        finding.documents.insert(at, claim.document);
    }
    finding.evidence.push((claim.document, claim.span()));
}

/// Whether one claim's content holds the other's: they are one passage.
fn holds(a: &Claim, b: &Claim) -> bool {
    a.document == b.document && a.content_spans.iter().any(|x| b.content_spans.iter().any(|y| x.overlaps(*y)))
}

fn documents_of(evidence: &Evidence<'_>, claims: &[u32]) -> Vec<u32> {
    let mut out: Vec<u32> = claims.iter().map(|&c| evidence.claims[c as usize].document).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn passages(evidence: &Evidence<'_>, claims: &[u32]) -> Vec<(u32, Span)> {
    claims
        .iter()
        .map(|&c| (evidence.claims[c as usize].document, evidence.claims[c as usize].span()))
        .collect()
}

/// Below this certainty on either side, accounts that differ do not contradict: "probable" on the scale.
const FIRM: f32 = 1.0;

fn opposition(evidence: &Evidence<'_>, i: usize, j: usize) -> Option<Finding> {
    let (a, b) = (&evidence.claims[i], &evidence.claims[j]);
    let opposite = matches!((side(a), side(b)), (Some(x), Some(y)) if x != y)
        && a.certainty.value.abs().min(b.certainty.value.abs()) >= FIRM
        && asserts(a)
        && asserts(b)
        && evidence.origin_of[i] != evidence.origin_of[j]
        && !holds(a, b);
    if !opposite {
        return None;
    }
    let (yes, no) = if side(a) == Some(true) { (i, j) } else { (j, i) };
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
fn agreements(evidence: &Evidence<'_>, contents: &Contents) -> Vec<Finding> {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut out = Vec::new();
    for (i, claim) in evidence.claims.iter().enumerate() {
        if used.contains(&i) || !vouches(evidence, i) || !asserts(claim) || claim.kind == Kind::Narrated {
            continue;
        }
        let mut group = vec![i];
        for (j, own, other, shared) in contents.like(i).into_iter().take(16) {
            let second = &evidence.claims[j];
            let fits = own >= SAME
                && other >= SAME
                && shared >= 4
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

/// Whether a claim says that its content is so (`true`) or is not so, whichever word says it: "denies that it fell",
/// "says it did not fall". `None` if it leaves that open.
fn side(claim: &Claim) -> Option<bool> {
    (claim.certainty.value != 0.0).then_some(claim.certainty.value > 0.0)
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
