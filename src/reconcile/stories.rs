//! Which documents tell of the same event.
//!
//! Each document is a vector of terms weighted by TF-IDF; two tell the same story when the cosine of their vectors,
//! faded with the days between them, passes a threshold. Candidates come from each document's heaviest terms, every
//! edge is verified on the whole vectors, and groups grow by the strongest edges first, as long as their centroids
//! stay alike: average linkage, so that one article about two events does not chain two stories into one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::dates::days_between;
use super::terms::{prose, term, words};
use super::{Copy, CopyRelation, Options};
use crate::document::Document;

/// Documents about the same event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The documents, in order.
    pub documents: Vec<u32>,
    /// Its most telling terms.
    pub label: Vec<String>,
    /// First and last publication date of its documents, where known.
    pub dates: Option<(Date, Date)>,
}

/// Terms by which a document seeks its like.
const HEAVIEST: usize = 24;
/// Names tell events apart better than other words: they weigh so much more.
const NAME: f64 = 2.0;
/// Documents per term.
const LIMIT: usize = 64;
/// What does not fade: a story can be taken up again after months.
const LASTING: f64 = 0.5;

/// The stories, and how alike documents are whatever their dates.
pub(super) struct Stories {
    pub(super) stories: Vec<Story>,
    /// Story of each document.
    pub(super) of: Vec<usize>,
    /// Verified pairs, not faded: (a, b, cosine), a < b.
    pub(super) alike: Vec<(usize, usize, f64)>,
}

type Vector = Vec<(u32, f64)>;

/// Groups the documents.
pub(super) fn stories(documents: &[Document], copies: &[Copy], options: &Options) -> Stories {
    let threshold = options.story_similarity;
    let counts: Vec<BTreeMap<String, (u32, String)>> = documents.par_iter().map(count).collect();
    let mut vocabulary: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for one in &counts {
        for term in one.keys() {
            vocabulary.entry(term).or_default().1 += 1;
        }
    }
    for (i, entry) in vocabulary.values_mut().enumerate() {
        entry.0 = i as u32;
    }
    let n = documents.len() as f64;
    // Smoothed, so that a term of every document still counts: a corpus may be one story.
    let vectors: Vec<Vector> = counts
        .iter()
        .map(|one| {
            let mut vector: Vector = one
                .iter()
                .map(|(term, (tf, form))| {
                    let (id, df) = vocabulary[term.as_str()];
                    let name = if form.starts_with(char::is_uppercase) { NAME } else { 1.0 };
                    let rarity = ((1.0 + n) / (1.0 + f64::from(df))).ln() + 0.5;
                    (id, name * (1.0 + f64::from(*tf).ln()) * rarity)
                })
                .collect();
            let norm = vector.iter().map(|t| t.1 * t.1).sum::<f64>().sqrt();
            if norm > 0.0 {
                vector.iter_mut().for_each(|t| t.1 /= norm);
            }
            vector
        })
        .collect();

    let dates: Vec<Option<Date>> = documents.iter().map(Document::published).collect();
    let alike = pairs(&vectors, threshold);
    let mut edges: Vec<(f64, usize, usize)> = alike
        .iter()
        .map(|&(a, b, s)| (s * fading(dates[a], dates[b], options.story_half_life), a, b))
        .filter(|e| e.0 >= threshold)
        .collect();
    // Copies belong together whatever else.
    edges.extend(copies.iter().filter(|c| c.relation != CopyRelation::SharesPassage).map(|c| {
        let (a, b) = (c.earlier.min(c.later) as usize, c.earlier.max(c.later) as usize);
        (2.0, a, b)
    }));
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));

    let mut groups = Groups::new(&vectors);
    for &(similarity, a, b) in &edges {
        groups.join(a, b, if similarity > 1.0 { 0.0 } else { threshold });
    }
    let mut members: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for i in 0..documents.len() {
        members.entry(groups.root(i)).or_default().push(i as u32);
    }
    let terms: Vec<&str> = vocabulary.keys().copied().collect();
    let mut of = vec![0; documents.len()];
    let stories = members
        .into_values()
        .enumerate()
        .map(|(s, documents_of)| {
            documents_of.iter().for_each(|&d| of[d as usize] = s);
            let mut known: Vec<Date> = documents_of.iter().filter_map(|&d| dates[d as usize]).collect();
            known.sort_unstable();
            Story {
                label: label(&documents_of, &vectors, &counts, &terms),
                dates: known.first().copied().zip(known.last().copied()),
                documents: documents_of,
            }
        })
        .collect();
    Stories { stories, of, alike }
}

fn fading(a: Option<Date>, b: Option<Date>, half_life: f64) -> f64 {
    let (Some(a), Some(b)) = (a, b) else { return 1.0 };
    LASTING + (1.0 - LASTING) * 0.5_f64.powf(f64::from(days_between(a, b)) / half_life)
}

/// Terms with their counts and commonest written form.
fn count(document: &Document) -> BTreeMap<String, (u32, String)> {
    let mut forms: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    let title = document.metadata.title.as_ref().and_then(|t| t.span);
    for block in prose(document).chain(title) {
        for span in words(&document.text, block) {
            let word = span.of(&document.text);
            if let Some(term) = term(word) {
                *forms.entry(term).or_default().entry(word).or_default() += 1;
            }
        }
    }
    forms
        .into_iter()
        .map(|(term, forms)| {
            let total = forms.values().sum();
            let best = forms.iter().max_by_key(|(w, n)| (**n, std::cmp::Reverse(**w))).map_or("", |(w, _)| w);
            (term, (total, best.to_owned()))
        })
        .collect()
}

fn heaviest(vector: &Vector) -> Vec<(u32, f64)> {
    let mut terms = vector.clone();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    terms.truncate(HEAVIEST);
    terms
}

fn pairs(vectors: &[Vector], threshold: f64) -> Vec<(usize, usize, f64)> {
    let mut index: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    for (i, vector) in vectors.iter().enumerate() {
        let mut near: Vec<u32> = Vec::new();
        for (term, _) in heaviest(vector) {
            let entry = index.entry(term).or_default();
            // The latest documents with that term: in a stream of news these are the likely ones.
            near.extend(entry.iter().rev().take(LIMIT));
            entry.push(i as u32);
        }
        near.sort_unstable();
        let mut shared: Vec<(usize, u32)> =
            near.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        shared.sort_unstable_by_key(|&(n, j)| (std::cmp::Reverse(n), j));
        candidates.extend(shared.into_iter().take(LIMIT).map(|(_, j)| (j as usize, i)));
    }
    let mut out: Vec<(usize, usize, f64)> = candidates
        .par_iter()
        .map(|&(a, b)| (a, b, dot(&vectors[a], &vectors[b])))
        .filter(|p| p.2 >= threshold)
        .collect();
    out.sort_unstable_by_key(|p| (p.0, p.1));
    out
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// Groups with the sum of their vectors; the mean similarity between two is the product of the sums over the sizes.
struct Groups {
    parent: Vec<usize>,
    size: Vec<usize>,
    sum: Vec<Vector>,
}

impl Groups {
    fn new(vectors: &[Vector]) -> Self {
        Groups { parent: (0..vectors.len()).collect(), size: vec![1; vectors.len()], sum: vectors.to_vec() }
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize, least: f64) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let mean = dot(&self.sum[a], &self.sum[b]) / (self.size[a] * self.size[b]) as f64;
        if mean < least {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        let other = std::mem::take(&mut self.sum[high]);
        self.sum[low] = merged(&self.sum[low], &other);
        self.size[low] += self.size[high];
        self.parent[high] = low;
    }
}

fn merged(a: &Vector, b: &Vector) -> Vector {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                out.push((x.0, x.1 + y.1));
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                out.push(*x);
                i += 1;
            }
            (_, Some(y)) => {
                out.push(*y);
                j += 1;
            }
            _ => break,
        }
    }
    out
}

/// The terms that weigh most in the story, as most often written.
fn label(
    members: &[u32],
    vectors: &[Vector],
    counts: &[BTreeMap<String, (u32, String)>],
    terms: &[&str],
) -> Vec<String> {
    let mut weight: BTreeMap<u32, f64> = BTreeMap::new();
    for &d in members {
        for (term, w) in &vectors[d as usize] {
            *weight.entry(*term).or_default() += w;
        }
    }
    let mut order: Vec<(u32, f64)> = weight.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    order
        .into_iter()
        .take(5)
        .filter_map(|(t, _)| {
            let term = *terms.get(t as usize)?;
            let forms = members.iter().filter_map(|&d| counts[d as usize].get(term));
            forms.max_by_key(|(n, w)| (*n, std::cmp::Reverse(w.clone()))).map(|(_, w)| w.clone())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Stated;
    use crate::resolve::tests::document;
    use jiff::civil::date;

    fn grouped(texts: &[&str], days: &[Option<Date>]) -> Vec<Vec<u32>> {
        let documents: Vec<_> = texts
            .iter()
            .zip(days)
            .enumerate()
            .map(|(i, (t, day))| {
                let mut d = document(&i.to_string(), None, t);
                d.metadata.published = day.map(|value| Stated { value, span: None });
                d
            })
            .collect();
        stories(&documents, &[], &Options::default()).stories.into_iter().map(|s| s.documents).collect()
    }

    const FLOOD: [&str; 3] = [
        "The river Aver burst its banks in Tolm, flooding hundreds of homes. Rescue boats reached the old town of Tolm.",
        "Flooding in Tolm forced hundreds from their homes after the Aver burst its banks, rescue officials in Tolm said.",
        "Rescue crews in Tolm searched flooded homes along the river Aver, whose banks burst on Monday.",
    ];
    const BANK: &str =
        "The central bank raised interest rates to curb inflation, surprising investors and bond markets.";

    #[test]
    fn no_documents_make_no_story() {
        assert!(grouped(&[], &[]).is_empty());
        assert_eq!(grouped(&[""], &[None]), [[0]]);
    }

    #[test]
    fn other_events_stay_apart() {
        assert_eq!(grouped(&[FLOOD[0], BANK, FLOOD[1], FLOOD[2]], &[None; 4]), [vec![0, 2, 3], vec![1]]);
    }

    #[test]
    fn far_dates_weaken_the_tie() {
        let near = Some(date(2022, 5, 1));
        let far = Some(date(2012, 5, 1));
        let weak = [
            "Storm damage closed the harbour of Tolm, its mayor said.",
            "The mayor of Tolm opened a library and praised its harbour district.",
        ];
        assert_eq!(grouped(&weak, &[near, near]).len(), 1);
        assert_eq!(grouped(&weak, &[near, far]).len(), 2);
    }
}
