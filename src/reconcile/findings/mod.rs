//! What a reader should know: each finding has its evidence and one plain sentence.

mod agreement;
mod anomalies;
mod denials;
mod figures;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::dates::called;
use super::origins::listed;
use super::propositions::Propositions;
use super::stance::Reply;
use super::stories::Stories;
use super::{Copy, CopyRelation, Entry, Options, Origin, Row};
use crate::document::{Claim, Document};
use crate::span::{Span, cover};

/// Something a reader should know, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What sort.
    pub kind: FindingKind,
    /// 3 changes how the corpus is to be read, 2 deserves a look, 1 is for the record.
    pub severity: u8,
    /// One plain sentence.
    pub message: String,
    /// The documents concerned.
    pub documents: Vec<u32>,
    /// The claims concerned.
    pub claims: Vec<u32>,
    /// The passages that show it: document and span.
    pub evidence: Vec<(u32, Span)>,
}

/// Sorts of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FindingKind {
    /// A date that cannot be right, given the corpus.
    DateAnomaly,
    /// Disjoint figures for the same thing at the same time, or opposite polarity.
    Contradicted,
    /// A denial, or a refusal to confirm.
    Denied,
    /// Documents that are one account.
    Copied,
    /// A later figure for the same thing.
    Updated,
    /// The same origin gives another figure.
    Restated,
    /// Two or more independent origins agree.
    Corroborated,
    /// One origin alone gives a figure, where others give figures of the same thing.
    Uncorroborated,
}

impl FindingKind {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FindingKind::DateAnomaly => "date_anomaly",
            FindingKind::Contradicted => "contradicted",
            FindingKind::Denied => "denied",
            FindingKind::Copied => "copied",
            FindingKind::Updated => "updated",
            FindingKind::Restated => "restated",
            FindingKind::Corroborated => "corroborated",
            FindingKind::Uncorroborated => "uncorroborated",
        }
    }
}

/// What findings are made from.
pub(super) struct Evidence<'r> {
    pub(super) documents: &'r [Document],
    pub(super) claims: &'r [Claim],
    pub(super) copies: &'r [Copy],
    /// As [`sharing`] gives it.
    pub(super) sharing: FxHashMap<(u32, u32), bool>,
    pub(super) stories: &'r Stories,
    pub(super) origins: &'r [Origin],
    pub(super) origin_of: &'r [u32],
    pub(super) propositions: &'r Propositions,
    pub(super) ledger: &'r [Entry],
    /// Which claims deny or decline, and what they are about.
    pub(super) replies: &'r [Option<Reply>],
    pub(super) rows: &'r [Row],
    pub(super) options: &'r Options,
}

/// Pairs of documents that share text, the lower number first, and whether they share all of one of them.
pub(super) fn sharing(copies: &[Copy]) -> FxHashMap<(u32, u32), bool> {
    let mut out: FxHashMap<(u32, u32), bool> = FxHashMap::default();
    for copy in copies {
        let pair = (copy.earlier.min(copy.later), copy.earlier.max(copy.later));
        *out.entry(pair).or_default() |= copy.relation != CopyRelation::SharesPassage;
    }
    out
}

impl Evidence<'_> {
    /// Who vouches for a claim, and in which document: "Kirby (003)".
    fn who(&self, claim: usize) -> String {
        let claim = &self.claims[claim];
        let id = called(&self.documents[claim.document as usize]);
        match &claim.source {
            Some(source) if source.name != id => format!("{} ({id})", source.name),
            _ => id.to_owned(),
        }
    }

    /// Whether two documents share text: what both say is then said once.
    fn share_text(&self, a: u32, b: u32) -> bool {
        self.sharing.contains_key(&(a.min(b), a.max(b)))
    }

    /// The words of a claim's content, short enough for a sentence.
    fn content(&self, claim: usize) -> String {
        let claim = &self.claims[claim];
        let text = &self.documents[claim.document as usize].text;
        let whole = cover(&claim.content_spans).map_or("", |s| s.of(text));
        shortened(whole.strip_prefix("that ").unwrap_or(whole))
    }
}

/// One line of at most some eighty characters, cut between words.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 90;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().take(MOST).count() > MOST {
            return format!("{} …", line.trim_end_matches([',', ';', ':']));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.trim_matches(['“', '”', '"', ',', ' ']).to_owned()
}

/// All findings, the gravest first.
pub(super) fn findings(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut out = anomalies::dates(evidence);
    out.extend(copied(evidence));
    out.extend(figures::figures(evidence));
    out.extend(denials::denials(evidence));
    out.extend(agreement::contradictions(evidence));
    out.extend(agreement::agreements(evidence));
    out.sort_by(|a, b| {
        (std::cmp::Reverse(a.severity), a.kind, &a.documents, &a.message).cmp(&(
            std::cmp::Reverse(b.severity),
            b.kind,
            &b.documents,
            &b.message,
        ))
    });
    out
}

/// One finding for each document with everything taken from it.
fn copied(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut groups: BTreeMap<(u32, bool), Vec<&Copy>> = BTreeMap::new();
    for copy in evidence.copies {
        groups.entry((copy.earlier, copy.relation == CopyRelation::SharesPassage)).or_default().push(copy);
    }
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for copy in evidence.copies {
        holders.entry(copy.later).or_default().push(copy.earlier);
    }
    // What an earlier document's finding tells of all of them need not be told of each.
    let told = |earlier: u32, in_part: bool, copies: &[&Copy]| {
        holders.get(&earlier).into_iter().flatten().filter(|first| **first < earlier).any(|&first| {
            let others = groups.get(&(first, in_part)).map_or(&[][..], Vec::as_slice);
            let holds = |d: u32| others.iter().any(|c| c.later == d);
            holds(earlier) && copies.iter().all(|c| holds(c.later))
        })
    };
    let id = |d: u32| called(&evidence.documents[d as usize]);
    groups
        .iter()
        .filter(|((earlier, in_part), copies)| !told(*earlier, *in_part, copies))
        .map(|(&(earlier, in_part), copies)| {
            let later: Vec<&str> = copies.iter().map(|c| id(c.later)).collect();
            let message = match (copies.as_slice(), in_part) {
                ([one], false) => {
                    let how = match one.relation {
                        CopyRelation::Copy => "repeats",
                        CopyRelation::Cut => "is a shortened copy of",
                        CopyRelation::Extended => "is an extended copy of",
                        CopyRelation::Contains => "contains",
                        CopyRelation::SharesPassage => "shares a passage with",
                    };
                    format!(
                        "{} {how} {}: {:.0} % of the former stands in the latter, {:.0} % of the latter in the former; \
                         count them as one account.",
                        later[0],
                        id(earlier),
                        100.0 * one.later_in_earlier,
                        100.0 * one.earlier_in_later
                    )
                }
                (_, false) => format!(
                    "{} documents carry the text of {}: {}; count them as one account.",
                    later.len(),
                    id(earlier),
                    listed(&later)
                ),
                (_, true) => format!("{} and {} share a passage word for word.", id(earlier), listed(&later)),
            };
            let mut documents: Vec<u32> = copies.iter().map(|c| c.later).collect();
            documents.push(earlier);
            documents.sort_unstable();
            let evidence = copies
                .iter()
                .take(16)
                .filter_map(|c| {
                    let (a, b) = c.passages.iter().max_by_key(|p| (p.0.len(), std::cmp::Reverse(p.0)))?;
                    Some([(c.earlier, *a), (c.later, *b)])
                })
                .flatten()
                .collect();
            Finding {
                kind: FindingKind::Copied,
                severity: if in_part { 1 } else { 2 },
                message,
                documents,
                claims: Vec::new(),
                evidence,
            }
        })
        .collect()
}

/// Whether one claim's content holds the other's: they are one passage.
pub(super) fn holds(a: &Claim, b: &Claim) -> bool {
    a.document == b.document && a.content_spans.iter().any(|x| b.content_spans.iter().any(|y| x.overlaps(*y)))
}

/// A finding on claims, with where they stand as its evidence.
pub(super) fn finding_on(
    evidence: &Evidence<'_>,
    kind: FindingKind,
    severity: u8,
    message: String,
    claims: Vec<u32>,
) -> Finding {
    let of = |c: &u32| &evidence.claims[*c as usize];
    let mut documents: Vec<u32> = claims.iter().map(|c| of(c).document).collect();
    documents.sort_unstable();
    documents.dedup();
    let passages = claims.iter().map(|c| (of(c).document, of(c).span())).collect();
    Finding { kind, severity, message, documents, claims, evidence: passages }
}
