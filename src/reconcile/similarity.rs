//! Claims that speak of the same thing: how much of one content's weight the other claim holds.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::terms::terms_in;
use crate::document::{Claim, Document};
use crate::span::Span;

/// Claims per term that are looked at.
const LIMIT: usize = 128;
/// Claims whose words are held at once.
const AT_ONCE: usize = 4096;

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

/// The terms of all contents, numbered in the order of the alphabet.
pub(crate) struct Vocabulary {
    ids: FxHashMap<String, u32>,
    /// For each term the logarithm of how few contents hold it, smoothed.
    rarity: Vec<f64>,
}

impl Vocabulary {
    /// Numbers the terms of lists of terms, and counts them in `contents` of them.
    fn settle(ids: FxHashMap<String, u32>, counts: &[u32], contents: usize) -> (Vocabulary, Vec<u32>) {
        let mut words: Vec<(String, u32)> = ids.into_iter().collect();
        words.sort_unstable();
        let n = contents as f64;
        let mut renumbered = vec![0; words.len()];
        let mut rarity = Vec::with_capacity(words.len());
        for (new, (_, old)) in words.iter().enumerate() {
            renumbered[*old as usize] = new as u32;
            rarity.push(((1.0 + n) / (1.0 + f64::from(counts[*old as usize]))).ln());
        }
        let ids = words.into_iter().zip(0..).map(|((word, _), new)| (word, new)).collect();
        (Vocabulary { ids, rarity }, renumbered)
    }

    /// That of lists of terms, and the lists in numbers, sorted.
    #[cfg(feature = "train")]
    pub(crate) fn of(lists: &[Vec<String>]) -> (Vocabulary, Vec<Vec<u32>>) {
        let mut terms = Terms::default();
        let numbered: Vec<Vec<u32>> = lists.iter().map(|list| terms.take(list, true)).collect();
        let (vocabulary, renumbered) = Vocabulary::settle(terms.ids, &terms.counts, lists.len());
        (vocabulary, numbered.into_iter().map(|list| renumber(list, &renumbered)).collect())
    }

    /// The number of a term.
    pub(crate) fn id(&self, term: &str) -> Option<u32> {
        self.ids.get(term).copied()
    }

    /// How rare a term is.
    pub(crate) fn rarity(&self, term: u32) -> f64 {
        self.rarity[term as usize]
    }
}

/// Terms as they come in.
#[derive(Default)]
struct Terms {
    ids: FxHashMap<String, u32>,
    counts: Vec<u32>,
}

impl Terms {
    /// The numbers of some terms; `counted` if they are those of a content.
    fn take(&mut self, terms: &[String], counted: bool) -> Vec<u32> {
        let of = |term: &String| {
            let id = match self.ids.get(term) {
                Some(id) => *id,
                None => {
                    self.counts.push(0);
                    *self.ids.entry(term.clone()).or_insert(self.counts.len() as u32 - 1)
                }
            };
            self.counts[id as usize] += u32::from(counted);
            id
        };
        terms.iter().map(of).collect()
    }
}

fn renumber(mut list: Vec<u32>, numbers: &[u32]) -> Vec<u32> {
    list.iter_mut().for_each(|id| *id = numbers[*id as usize]);
    list.sort_unstable();
    list.dedup();
    list
}

/// The contents of all claims as weighted terms, with an index.
pub(super) struct Contents {
    pub(super) vocabulary: Vocabulary,
    /// Terms of each content, sorted.
    terms: Vec<Vec<u32>>,
    /// Terms of content and source, sorted: "she never knew of it" is said of the one who says it.
    reach: Vec<Vec<u32>>,
    /// Terms with the claims that hold them, sorted, story by story.
    postings: Vec<(u32, u32)>,
    /// Where the postings of each story begin, and where the last end.
    stories: Vec<usize>,
    story: Vec<u32>,
}

impl Contents {
    /// Reads the contents; claims meet only inside one story.
    pub(super) fn new(documents: &[Document], claims: &[Claim], story_of: &[usize]) -> Self {
        let mut taken = Terms::default();
        let (mut terms, mut reach) = (Vec::with_capacity(claims.len()), Vec::with_capacity(claims.len()));
        // Words are read in parallel, and kept for no longer than it takes to number them.
        for part in claims.chunks(AT_ONCE) {
            let words: Vec<[Vec<String>; 2]> = part
                .par_iter()
                .map(|claim| {
                    let text = &documents[claim.document as usize].text;
                    let all = [claim.content_spans.as_slice(), &claim.source_spans].concat();
                    [terms_in(text, &claim.content_spans), terms_in(text, &all)]
                })
                .collect();
            for [content, all] in &words {
                terms.push(taken.take(content, true));
                reach.push(taken.take(all, false));
            }
        }
        let (vocabulary, numbers) = Vocabulary::settle(taken.ids, &taken.counts, claims.len());
        let renumbered = |lists: Vec<Vec<u32>>| -> Vec<Vec<u32>> {
            lists.into_par_iter().map(|list| renumber(list, &numbers)).collect()
        };
        let (terms, reach) = (renumbered(terms), renumbered(reach));
        let story: Vec<u32> = claims.iter().map(|c| story_of[c.document as usize] as u32).collect();
        let mut order: Vec<u32> = (0..claims.len() as u32).collect();
        order.sort_by_key(|&i| story[i as usize]);
        let (mut postings, mut stories) = (Vec::with_capacity(terms.iter().map(Vec::len).sum()), vec![0]);
        for of_story in order.chunk_by(|a, b| story[*a as usize] == story[*b as usize]) {
            // Stories without a claim have no posting.
            stories.resize(story[of_story[0] as usize] as usize + 1, postings.len());
            let from = postings.len();
            postings.extend(of_story.iter().flat_map(|&i| terms[i as usize].iter().map(move |&t| (t, i))));
            postings[from..].sort_unstable();
            stories.push(postings.len());
        }
        Contents { vocabulary, terms, reach, postings, stories, story }
    }

    /// The terms of a content, sorted.
    pub(super) fn terms(&self, i: usize) -> &[u32] {
        &self.terms[i]
    }

    /// The claims of a story that hold a term, in order.
    fn holders(&self, story: u32, term: u32) -> &[(u32, u32)] {
        let story = story as usize;
        let postings = &self.postings[self.stories[story]..self.stories[story + 1]];
        let from = postings.partition_point(|p| p.0 < term);
        let rest = &postings[from..];
        &rest[..rest.partition_point(|p| p.0 == term)]
    }

    /// Claims of the same story that share terms with `i`, the likest first.
    pub(super) fn like(&self, i: usize) -> Vec<Alike> {
        let mut out = self.sharing(self.story[i], &self.terms[i], &self.reach[i]);
        out.retain(|alike| alike.claim != i);
        out
    }

    /// Claims of the story of `i` that share terms with a part of it, the likest first; its own source counts as said.
    pub(super) fn like_part(&self, i: usize, text: &str, part: &[Span]) -> Vec<Alike> {
        let terms: Vec<u32> = terms_in(text, part).iter().filter_map(|w| self.vocabulary.id(w)).collect();
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

    fn sharing(&self, story: u32, terms: &[u32], reach: &[u32]) -> Vec<Alike> {
        let mut found: Vec<u32> = Vec::new();
        for &t in terms {
            let holders = self.holders(story, t);
            if holders.len() <= LIMIT {
                found.extend(holders.iter().map(|p| p.1));
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

    /// The weight of some terms; smoothed, so that a term of every claim still counts: there may be two.
    fn mass(&self, terms: &[u32]) -> f64 {
        terms.iter().map(|&t| self.vocabulary.rarity(t) + 1.0).sum::<f64>().max(f64::MIN_POSITIVE)
    }
}

/// What two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().copied().filter(|t| b.binary_search(t).is_ok()).collect()
}
