//! Claims that speak of the same thing: how much of one content's weight the other claim holds.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::terms::terms_in;
use crate::document::{Claim, Document};
use crate::span::Span;

/// Claims per term that are looked at.
const LIMIT: usize = 128;

/// A claim that shares terms with what was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Alike {
    /// The claim.
    pub(super) claim: usize,
    /// Share of the weight asked for that the claim holds, in [0, 1].
    pub(super) own: f64,
    /// Share of the claim's weight that is held by what was asked for, in [0, 1].
    pub(super) other: f64,
    /// Terms that both hold.
    pub(super) shared: usize,
}

/// The contents of all claims as weighted terms, with an index.
pub(super) struct Contents {
    vocabulary: FxHashMap<String, u32>,
    /// Terms of each content, sorted.
    terms: Vec<Vec<u32>>,
    /// Terms of content and source, sorted: "she never knew of it" is said of the one who says it.
    reach: Vec<Vec<u32>>,
    weight: Vec<f64>,
    /// Claims with a term, by story.
    index: FxHashMap<(usize, u32), Vec<u32>>,
    story: Vec<usize>,
}

impl Contents {
    /// Reads the contents; claims meet only inside one story.
    pub(super) fn new(documents: &[Document], claims: &[Claim], story_of: &[usize]) -> Self {
        let words = |spans: fn(&Claim) -> Vec<Span>| -> Vec<Vec<String>> {
            claims.iter().map(|c| terms_in(&documents[c.document as usize].text, &spans(c))).collect()
        };
        let contents = words(|c| c.content_spans.clone());
        let reaches = words(|c| [c.content_spans.as_slice(), &c.source_spans].concat());
        let mut counts: BTreeMap<&str, u32> = reaches.iter().flatten().map(|w| (w.as_str(), 0)).collect();
        for word in contents.iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        let n = claims.len() as f64;
        // Smoothed, so that a term of every claim still counts: there may be two.
        let weight = counts.values().map(|df| ((1.0 + n) / (1.0 + f64::from(*df))).ln() + 1.0).collect();
        let vocabulary: FxHashMap<String, u32> =
            counts.keys().enumerate().map(|(i, word)| ((*word).to_owned(), i as u32)).collect();
        let ids = |words: &Vec<Vec<String>>| -> Vec<Vec<u32>> {
            words.iter().map(|ws| ws.iter().map(|w| vocabulary[w]).collect()).collect()
        };
        let (terms, reach) = (ids(&contents), ids(&reaches));
        let story: Vec<usize> = claims.iter().map(|c| story_of[c.document as usize]).collect();
        let mut index: FxHashMap<(usize, u32), Vec<u32>> = FxHashMap::default();
        for (i, list) in terms.iter().enumerate() {
            for &t in list {
                index.entry((story[i], t)).or_default().push(i as u32);
            }
        }
        Contents { vocabulary, terms, reach, weight, index, story }
    }

    /// Claims of the same story that share terms with `i`, the likest first.
    pub(super) fn like(&self, i: usize) -> Vec<Alike> {
        let mut out = self.sharing(self.story[i], &self.terms[i], &self.reach[i]);
        out.retain(|alike| alike.claim != i);
        out
    }

    /// Claims of the story of `i` that share terms with a part of it, the likest first; its own source counts as said.
    pub(super) fn like_part(&self, i: usize, text: &str, part: &[Span]) -> Vec<Alike> {
        let terms: Vec<u32> =
            terms_in(text, part).iter().filter_map(|w| self.vocabulary.get(w).copied()).collect();
        let mut reach: Vec<u32> = terms.iter().chain(&self.reach[i]).copied().collect();
        reach.sort_unstable();
        reach.dedup();
        let mut out = self.sharing(self.story[i], &terms, &reach);
        out.retain(|alike| alike.claim != i);
        out
    }

    /// What two claims share: share of `a`'s weight, share of `b`'s, number of terms.
    pub(super) fn shared(&self, a: usize, b: usize) -> (f64, f64, usize) {
        let both = shared(&self.terms[a], &self.terms[b]);
        let weight = self.mass(&both);
        (weight / self.mass(&self.terms[a]), weight / self.mass(&self.terms[b]), both.len())
    }

    fn sharing(&self, story: usize, terms: &[u32], reach: &[u32]) -> Vec<Alike> {
        let mut found: Vec<u32> = Vec::new();
        for &t in terms {
            let Some(list) = self.index.get(&(story, t)) else { continue };
            if list.len() <= LIMIT {
                found.extend(list);
            }
        }
        found.sort_unstable();
        found.dedup();
        let own = self.mass(terms);
        let mut out: Vec<Alike> = found
            .into_iter()
            .map(|j| {
                let j = j as usize;
                let held = shared(terms, &self.reach[j]);
                let told = shared(&self.terms[j], reach);
                let mut both = held.clone();
                both.extend(&told);
                both.sort_unstable();
                both.dedup();
                Alike {
                    claim: j,
                    own: self.mass(&held) / own,
                    other: self.mass(&told) / self.mass(&self.terms[j]),
                    shared: both.len(),
                }
            })
            .collect();
        out.sort_by(|a, b| (b.own + b.other).total_cmp(&(a.own + a.other)).then(a.claim.cmp(&b.claim)));
        out
    }

    fn mass(&self, terms: &[u32]) -> f64 {
        terms.iter().map(|&t| self.weight[t as usize]).sum::<f64>().max(f64::MIN_POSITIVE)
    }
}

/// What two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().copied().filter(|t| b.binary_search(t).is_ok()).collect()
}
