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
use matcher::Spread;

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
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Related {
    /// Which claim.
    pub(super) claim: u32,
    /// How much of the two contents is shared, in [0, 1].
    pub(super) similarity: f64,
    /// What they tell otherwise.
    pub(super) clash: Option<Clash>,
}

/// What two claims tell otherwise, that cannot be both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    /// Who did it to whom.
    Participants,
    /// A figure of one thing.
    Figure,
    /// What is counted.
    Counted,
    /// Where.
    Place,
    /// When.
    Time,
}

impl Propositions {
    /// Which claims of its story speak of the same thing as claim `i`, the likest first, each with what clashes.
    /// Polarity, act and certainty play no part, so a denial finds what it denies; figures, places and times may
    /// differ. Of claims of one wording the first stands for all.
    pub(super) fn related(&self, i: usize) -> &[Related] {
        self.related.get(i).map_or(&[], Vec::as_slice)
    }
}

/// What is found in one story. Groups are numbered by their first claim.
struct Found {
    list: Vec<(u32, Proposition)>,
    /// Groups that say the opposite of each other.
    opposites: Vec<(u32, u32)>,
    /// For each claim of the story, those that speak of the same thing.
    related: Vec<Vec<Related>>,
}

/// Groups the claims. Claims of different stories never meet, so each story is a work of its own; how rare words are is
/// asked of all of them.
pub(super) fn propositions(
    documents: &[Document],
    claims: &[Claim],
    story_of: &[usize],
    origin_of: &[u32],
    options: &Options,
) -> Propositions {
    let contents = Contents::new(documents, claims, story_of);
    let story = |claim: u32| story_of[claims[claim as usize].document as usize];
    let mut order: Vec<u32> = (0..claims.len() as u32).collect();
    order.sort_by_key(|&claim| story(claim));
    let stories: Vec<&[u32]> = order.chunk_by(|&a, &b| story(a) == story(b)).collect();
    let mut spread = Spread::default();
    for claims_of_story in &stories {
        let predicates = claims_of_story.iter().flat_map(|&c| &claims[c as usize].predicates[..]);
        spread.add(predicates.map(mention::family).collect());
    }
    let found: Vec<Found> = stories
        .par_iter()
        .map(|story| {
            in_story(&Evidence::new(documents, claims, story, &contents, &spread, options), origin_of)
        })
        .collect();
    let mut related: Vec<Vec<Related>> = vec![Vec::new(); claims.len()];
    let (mut list, mut opposites) = (Vec::new(), Vec::new());
    for (claims_of_story, found) in stories.iter().zip(found) {
        claims_of_story.iter().zip(found.related).for_each(|(&claim, of)| related[claim as usize] = of);
        opposites.extend(found.opposites);
        list.extend(
            found.list.into_iter().map(|(group, proposition)| {
                (group, Proposition { story: story(group) as u32, ..proposition })
            }),
        );
    }
    list.sort_by_key(|(group, _)| *group);
    let index: FxHashMap<u32, u32> = list.iter().zip(0..).map(|((group, _), n)| (*group, n)).collect();
    let mut list: Vec<Proposition> = list.into_iter().map(|(_, proposition)| proposition).collect();
    for (a, b) in opposites {
        list[index[&a] as usize].opposite = Some(index[&b]);
        list[index[&b] as usize].opposite = Some(index[&a]);
    }
    Propositions { list, contents, related }
}

fn in_story(evidence: &Evidence<'_>, origin_of: &[u32]) -> Found {
    let options = evidence.options;
    let side_of = |i: u32| side(evidence.claim(i));
    let first = evidence.first_of_wording();
    // Pairs by their places in the story; `Related` names the claims of the corpus.
    let compared: Vec<(u32, u32, Related)> = candidates(evidence, &first)
        .par_iter()
        .map(|&(a, b)| (a, b, evidence.compare(a, b).0))
        .filter(|(_, _, r)| r.similarity >= RELATED)
        .collect();
    let edges: Vec<(u32, u32, f64)> = compared
        .iter()
        .filter(|(a, b, r)| {
            let sides = (side_of(*a), side_of(*b));
            r.clash.is_none() && sides.0.is_some() && sides.0 == sides.1
        })
        .map(|(a, b, r)| (*a, *b, r.similarity))
        .collect();
    let groups = grouping::groups(first.len(), &edges, options.proposition_similarity);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for i in 0..first.len() as u32 {
        if side_of(i).is_some() {
            members.entry(groups[first[i as usize] as usize]).or_default().push(i);
        }
    }
    let mut opposites: Vec<(f64, u32, u32)> = compared
        .iter()
        .filter(|(a, b, r)| {
            let opposed = matches!((side_of(*a), side_of(*b)), (Some(a), Some(b)) if a != b);
            opposed && r.clash.is_none() && r.similarity >= options.proposition_similarity
        })
        .map(|(a, b, r)| (r.similarity, groups[*a as usize], groups[*b as usize]))
        .collect();
    opposites.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let opposed: BTreeSet<u32> = opposites.iter().flat_map(|o| [o.1, o.2]).collect();
    members.retain(|group, of| of.len() > 1 || opposed.contains(group));
    let (mut taken, mut pairs) = (BTreeSet::new(), Vec::new());
    for (_, a, b) in opposites {
        if [a, b].iter().all(|g| members.contains_key(g) && !taken.contains(g)) {
            taken.extend([a, b]);
            pairs.push((evidence.story[a as usize], evidence.story[b as usize]));
        }
    }
    let mut matches: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (a, b, r) in &compared {
        let group = groups[*a as usize];
        if group == groups[*b as usize] && r.clash.is_none() && side_of(*a).is_some() {
            matches.entry(group).or_default().push((*a, *b));
        }
    }
    let list = members
        .into_iter()
        .map(|(group, of)| {
            let mut edges: Vec<Match> = matches
                .remove(&group)
                .unwrap_or_default()
                .into_iter()
                .map(|(a, b)| matched(evidence, a, b, None))
                .collect();
            // Those of one wording hang on the first.
            let worded = of.iter().filter(|&&i| first[i as usize] != i);
            edges.extend(worded.map(|&i| matched(evidence, first[i as usize], i, Some(1.0))));
            edges.sort_by_key(|m| (m.a, m.b));
            let told = evidence.told(&of);
            let claims: Vec<u32> = of.iter().map(|&i| evidence.story[i as usize]).collect();
            let origins: BTreeSet<u32> = claims.iter().map(|&c| origin_of[c as usize]).collect();
            let proposition = Proposition {
                story: 0,
                polarity: side_of(of[0]).unwrap_or(Polarity::Positive),
                predicate: told.predicate,
                participants: told.participants,
                figures: told.figures,
                places: told.places,
                time: told.time,
                claims,
                origins: origins.into_iter().collect(),
                matches: edges,
                opposite: None,
            };
            (evidence.story[group as usize], proposition)
        })
        .collect();
    Found { list, opposites: pairs, related: related(evidence, &first, &compared) }
}

/// The edge between two claims; claims of one wording are alike whatever is seen of them.
fn matched(evidence: &Evidence<'_>, a: u32, b: u32, similarity: Option<f64>) -> Match {
    let (related, matched) = evidence.compare(a, b);
    let similarity = similarity.unwrap_or(related.similarity);
    Match { a: evidence.story[a as usize], b: related.claim, similarity, matched }
}

/// Pairs that may say the same, each once, in order; claims of one wording are represented by the first.
fn candidates(evidence: &Evidence<'_>, first: &[u32]) -> Vec<(u32, u32)> {
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
            let like = evidence.contents.like(evidence.story[i as usize] as usize);
            for Alike { claim, own, other, .. } in like.into_iter().take(CANDIDATES) {
                if let Ok(j) = evidence.story.binary_search(&(claim as u32))
                    && first[j] == j as u32
                {
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
fn related(evidence: &Evidence<'_>, first: &[u32], compared: &[(u32, u32, Related)]) -> Vec<Vec<Related>> {
    /// Of what was found for the first of a wording, so much is told of the others.
    const MOST: usize = 8;
    let mut of: Vec<Vec<Related>> = vec![Vec::new(); first.len()];
    for &(a, b, related) in compared {
        of[b as usize].push(Related { claim: evidence.story[a as usize], ..related });
        of[a as usize].push(related);
    }
    for list in &mut of {
        list.sort_by(|x, y| y.similarity.total_cmp(&x.similarity).then(x.claim.cmp(&y.claim)));
        list.shrink_to_fit();
    }
    for i in 0..first.len() {
        if first[i] as usize != i {
            of[i] = of[first[i] as usize].iter().take(MOST).copied().collect();
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
