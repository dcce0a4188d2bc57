//! Claims that speak of the same thing: how much of one content's weight stands in the other.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::terms::terms_in;
use crate::document::{Claim, Document};

/// Claims per term that are looked at.
const LIMIT: usize = 128;

/// The contents of all claims as weighted terms, with an index.
pub(super) struct Contents {
    /// Terms of each claim, sorted by id.
    terms: Vec<Vec<u32>>,
    weight: Vec<f64>,
    /// Claims with a term, by story.
    index: FxHashMap<(usize, u32), Vec<u32>>,
    story: Vec<usize>,
}

impl Contents {
    /// Reads the contents; claims meet only inside one story.
    pub(super) fn new(documents: &[Document], claims: &[Claim], story_of: &[usize]) -> Self {
        let words: Vec<Vec<String>> =
            claims.iter().map(|c| terms_in(&documents[c.document as usize].text, &c.content_spans)).collect();
        let mut vocabulary: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for word in words.iter().flatten() {
            vocabulary.entry(word).or_default().1 += 1;
        }
        let n = claims.len() as f64;
        let mut weight = Vec::with_capacity(vocabulary.len());
        for (i, entry) in vocabulary.values_mut().enumerate() {
            entry.0 = i as u32;
            weight.push(((1.0 + n) / (1.0 + f64::from(entry.1))).ln() + 0.2);
        }
        let terms: Vec<Vec<u32>> =
            words.iter().map(|ws| ws.iter().map(|w| vocabulary[w.as_str()].0).collect()).collect();
        let story: Vec<usize> = claims.iter().map(|c| story_of[c.document as usize]).collect();
        let mut index: FxHashMap<(usize, u32), Vec<u32>> = FxHashMap::default();
        for (i, list) in terms.iter().enumerate() {
            for &t in list {
                index.entry((story[i], t)).or_default().push(i as u32);
            }
        }
        Contents { terms, weight, index, story }
    }

    /// Claims of the same story that share terms with `i`: (claim, share of `i`'s weight, share of the other's,
    /// number of shared terms), the likest first.
    pub(super) fn like(&self, i: usize) -> Vec<(usize, f64, f64, usize)> {
        let mut shared: BTreeMap<u32, (f64, usize)> = BTreeMap::new();
        for &t in &self.terms[i] {
            let Some(list) = self.index.get(&(self.story[i], t)) else { continue };
            if list.len() > LIMIT {
                continue;
            }
            for &j in list {
                if j as usize != i {
                    let entry = shared.entry(j).or_default();
                    entry.0 += self.weight[t as usize];
                    entry.1 += 1;
                }
            }
        }
        let own = self.mass(i);
        let mut out: Vec<(usize, f64, f64, usize)> = shared
            .into_iter()
            .map(|(j, (w, n))| (j as usize, w / own, w / self.mass(j as usize), n))
            .collect();
        out.sort_by(|a, b| (b.1 + b.2).total_cmp(&(a.1 + a.2)).then(a.0.cmp(&b.0)));
        out
    }

    /// What two claims share: share of `a`'s weight, share of `b`'s, number of terms.
    pub(super) fn shared(&self, a: usize, b: usize) -> (f64, f64, usize) {
        let other = &self.terms[b];
        let both = self.terms[a].iter().filter(|t| other.binary_search(t).is_ok());
        let (weight, n) = both.fold((0.0, 0), |(w, n), &t| (w + self.weight[t as usize], n + 1));
        (weight / self.mass(a), weight / self.mass(b), n)
    }

    fn mass(&self, i: usize) -> f64 {
        self.terms[i].iter().map(|&t| self.weight[t as usize]).sum::<f64>().max(f64::MIN_POSITIVE)
    }
}
