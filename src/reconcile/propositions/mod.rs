//! Claims that say the same.
//!
//! Two claims of one story state one proposition when what the one says happens is what the other says happens, with the
//! same that take part, and nothing that they tell clashes: no figure of one thing, no place, no time. Predicates are
//! compared by the [`matcher`], which knows verbs and event nouns by families, synonyms and classes; the rest of the
//! contents by their terms. Both claims must hold it to be so, or both not to be so: what is denied is another
//! proposition than what is asserted, its opposite.
//!
//! Every edge is verified on the two claims themselves and says what matched. Groups grow by average linkage
//! ([`grouping`]): a pair that was not seen to agree counts as unlike.
//!
//! Cost is near linear. Claims of one wording are one before they are compared, so that a thousand copies of an article
//! cost what one costs; each is compared with the likeliest few that an index of words gives.

mod evidence;
pub(crate) mod grouping;
pub(crate) mod matcher;
pub(crate) mod mention;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Options;
use super::similarity::{Alike, Contents};
use crate::document::{Claim, Document, Polarity};
use evidence::Evidence;

/// Claims that are looked at for one claim.
const CANDIDATES: usize = 24;
/// From here on two claims speak of the same thing, whatever they hold of it.
const RELATED: f64 = 0.35;

/// Claims that say the same within one story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposition {
    /// Index into the stories.
    pub story: u32,
    /// Whether they say that it is so or that it is not.
    pub polarity: Polarity,
    /// Class of the head predicate ("send" for send, deploy and dispatch), if one was found.
    pub predicate: Option<String>,
    /// Who and what takes part, under canonical names, sorted.
    pub participants: Vec<String>,
    /// The figures they share, as written in the first claim.
    pub figures: Vec<String>,
    /// Places, under their names, sorted.
    pub places: Vec<String>,
    /// When, if they say.
    pub time: Option<(DateTime, DateTime)>,
    /// The claims, in order.
    pub claims: Vec<u32>,
    /// The independent origins that vouch, sorted: indices into the origins.
    pub origins: Vec<u32>,
    /// The verified edges between the claims.
    pub matches: Vec<Match>,
    /// The proposition that says the opposite, if there is one.
    pub opposite: Option<u32>,
}

/// Two claims that say the same, and what shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// The one claim.
    pub a: u32,
    /// The other, later in order.
    pub b: u32,
    /// How much of the two contents is shared, in [0, 1].
    pub similarity: f64,
    /// What matched, one phrase each ("predicate: send ~ deploy").
    pub matched: Vec<String>,
}

/// The propositions, and what is asked of them later.
pub(super) struct Propositions {
    pub(super) list: Vec<Proposition>,
    /// How alike contents are, whatever they hold of it.
    pub(super) contents: Contents,
    /// For each claim, those of its story that speak of the same thing, the likest first.
    related: Vec<Vec<Related>>,
}

/// A claim that speaks of the same thing as another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Related {
    /// Which claim.
    pub(super) claim: u32,
    /// How much of the two contents is shared, in [0, 1].
    pub(super) similarity: f64,
    /// What matched, as in [`Match::matched`].
    pub(super) matched: Vec<String>,
    /// What they tell otherwise: a figure, place or time that cannot be both, or who did it to whom.
    pub(super) clash: Option<&'static str>,
}

impl Propositions {
    /// Which claims of its story speak of the same thing as claim `i`, the likest first, each with what matched and what
    /// clashes. Polarity, act and certainty play no part, so a denial finds what it denies; figures, places and times may
    /// differ. Of claims of one wording the first stands for all.
    pub(super) fn related(&self, i: usize) -> &[Related] {
        self.related.get(i).map_or(&[], Vec::as_slice)
    }
}

/// Groups the claims.
pub(super) fn propositions(
    documents: &[Document],
    claims: &[Claim],
    story_of: &[usize],
    origin_of: &[u32],
    options: &Options,
) -> Propositions {
    let contents = Contents::new(documents, claims, story_of);
    let evidence = Evidence::new(documents, claims, story_of, &contents, options);
    let first = evidence.first_of_wording();
    let candidates = candidates(&evidence, &contents, &first);
    let compared: Vec<(u32, Related)> = candidates
        .par_iter()
        .map(|&(a, b)| (a, evidence.compare(a as usize, b as usize)))
        .filter(|(_, r)| r.similarity >= RELATED)
        .collect();
    let edges: Vec<(u32, u32, f64)> = compared
        .iter()
        .filter(|(a, r)| {
            let sides = (side(&claims[*a as usize]), side(&claims[r.claim as usize]));
            r.clash.is_none() && sides.0.is_some() && sides.0 == sides.1
        })
        .map(|(a, r)| (*a, r.claim, r.similarity))
        .collect();
    let groups = grouping::groups(claims.len(), &edges, options.proposition_similarity);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for i in 0..claims.len() {
        if side(&claims[i]).is_some() {
            members.entry(groups[first[i] as usize]).or_default().push(i as u32);
        }
    }
    let mut opposites: Vec<(f64, u32, u32)> = compared
        .iter()
        .filter(|(a, r)| {
            let sides = (side(&claims[*a as usize]), side(&claims[r.claim as usize]));
            let opposed = matches!(sides, (Some(a), Some(b)) if a != b);
            opposed && r.clash.is_none() && r.similarity >= options.proposition_similarity
        })
        .map(|(a, r)| (r.similarity, groups[*a as usize], groups[r.claim as usize]))
        .collect();
    opposites.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let opposed: BTreeSet<u32> = opposites.iter().flat_map(|o| [o.1, o.2]).collect();
    members.retain(|group, of| of.len() > 1 || opposed.contains(group));
    let index: BTreeMap<u32, u32> = members.keys().zip(0..).map(|(&g, n)| (g, n)).collect();
    let mut matches: BTreeMap<u32, Vec<Match>> = BTreeMap::new();
    for (a, r) in &compared {
        let group = groups[*a as usize];
        if group == groups[r.claim as usize] && r.clash.is_none() && side(&claims[*a as usize]).is_some() {
            let edge = Match { a: *a, b: r.claim, similarity: r.similarity, matched: r.matched.clone() };
            matches.entry(group).or_default().push(edge);
        }
    }
    let mut list: Vec<Proposition> = members
        .into_iter()
        .map(|(group, of)| {
            let mut edges = matches.remove(&group).unwrap_or_default();
            // Those of one wording hang on the first.
            let worded = of.iter().filter(|&&i| first[i as usize] != i);
            edges.extend(worded.map(|&i| {
                let r = evidence.compare(first[i as usize] as usize, i as usize);
                Match { a: first[i as usize], b: i, similarity: 1.0, matched: r.matched }
            }));
            edges.sort_by_key(|m| (m.a, m.b));
            let origins: BTreeSet<u32> = of.iter().map(|&c| origin_of[c as usize]).collect();
            let told = evidence.told(&of);
            Proposition {
                story: story_of[claims[of[0] as usize].document as usize] as u32,
                polarity: side(&claims[of[0] as usize]).unwrap_or(Polarity::Positive),
                predicate: told.predicate,
                participants: told.participants,
                figures: told.figures,
                places: told.places,
                time: told.time,
                claims: of,
                origins: origins.into_iter().collect(),
                matches: edges,
                opposite: None,
            }
        })
        .collect();
    for (_, a, b) in opposites {
        let (Some(&a), Some(&b)) = (index.get(&a), index.get(&b)) else { continue };
        if list[a as usize].opposite.is_none() && list[b as usize].opposite.is_none() {
            list[a as usize].opposite = Some(b);
            list[b as usize].opposite = Some(a);
        }
    }
    let related = related(claims.len(), &first, compared);
    Propositions { list, contents, related }
}

/// Pairs that may say the same, each once, in order; claims of one wording are represented by the first.
fn candidates(evidence: &Evidence<'_>, contents: &Contents, first: &[u32]) -> Vec<(u32, u32)> {
    /// Mentions per word that are looked at.
    const MOST: usize = 32;
    let mut votes: FxHashMap<u32, FxHashMap<u32, f64>> = FxHashMap::default();
    for (i, j) in evidence.mentions.pairs(MOST) {
        let (a, b) = (evidence.claim_of(i), evidence.claim_of(j));
        if a != b && first[a as usize] == a && first[b as usize] == b {
            let weight = 1.2 - evidence.mentions.list[i as usize].common;
            *votes.entry(a).or_default().entry(b).or_default() += weight;
            *votes.entry(b).or_default().entry(a).or_default() += weight;
        }
    }
    let firsts: Vec<u32> = (0..first.len() as u32).filter(|&i| first[i as usize] == i).collect();
    let mut pairs: Vec<(u32, u32)> = firsts
        .par_iter()
        .flat_map_iter(|&i| {
            let mut near: BTreeMap<u32, f64> = BTreeMap::new();
            for (&j, &weight) in votes.get(&i).into_iter().flatten() {
                *near.entry(j).or_default() += weight;
            }
            for Alike { claim: j, own, other, .. } in contents.like(i as usize).into_iter().take(CANDIDATES) {
                if first[j] == j as u32 {
                    *near.entry(j as u32).or_default() += 2.0 * (own + other);
                }
            }
            let mut near: Vec<(u32, f64)> = near.into_iter().collect();
            near.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
            near.into_iter().take(CANDIDATES).map(move |(j, _)| (i.min(j), i.max(j)))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// For each claim what was found for the first of its wording, the likest first.
fn related(n: usize, first: &[u32], compared: Vec<(u32, Related)>) -> Vec<Vec<Related>> {
    let mut of: Vec<Vec<Related>> = vec![Vec::new(); n];
    for (a, r) in compared {
        of[r.claim as usize].push(Related { claim: a, ..r.clone() });
        of[a as usize].push(r);
    }
    for list in &mut of {
        list.sort_by(|x, y| y.similarity.total_cmp(&x.similarity).then(x.claim.cmp(&y.claim)));
    }
    for i in 0..n {
        if first[i] as usize != i {
            of[i] = of[first[i] as usize].iter().take(8).cloned().collect();
        }
    }
    of
}

/// Whether a claim says that its content is so or is not so, whichever word says it: "denies that it fell", "says it
/// did not fall". `None` if it leaves that open.
pub(super) fn side(claim: &Claim) -> Option<Polarity> {
    let value = claim.certainty.value;
    (value != 0.0).then_some(if value > 0.0 { Polarity::Positive } else { Polarity::Negative })
}

#[cfg(test)]
mod tests;
