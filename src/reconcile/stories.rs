//! Which documents tell of the same event.
//!
//! Each document is a vector of terms weighted by TF-IDF: its words, its names, which weigh more, names of several words
//! as wholes, and numbers. Two tell the same story when the cosine of their vectors, faded with the
//! days between them, passes a threshold. Candidates come from each document's heaviest terms, every edge is verified on
//! the whole vectors, and groups grow by the strongest edges first, as long as all their pairs are alike on average:
//! average linkage, so that one article about two events does not chain two stories into one. Then each document goes
//! where it is most at home, as in k-means; that brings short articles home, which were seen too early.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
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
const HEAVIEST: usize = 32;
/// Names tell events apart better than other words: they weigh so much more.
const NAME: f64 = 2.2;
/// Documents per term.
const LIMIT: usize = 64;
/// Terms of a group that are kept when it grows: bounds what joining costs.
const CENTROID: usize = 1024;
/// Of the similarity so much fades with the half-life, and the rest `SLOWLY` times as slowly: a story can be taken up
/// again after months, but the like event of a year ago is another.
const QUICK: f64 = 0.5;
const SLOWLY: f64 = 12.0;
/// A document may move to a group to which it is so much less alike than two of a story must be.
const RELAXED: f64 = 0.6;
/// Rounds of moving.
const ROUNDS: usize = 3;

/// The stories, and how alike documents are whatever their dates.
pub(super) struct Stories {
    pub(super) stories: Vec<Story>,
    /// Story of each document.
    pub(super) of: Vec<usize>,
    /// Verified pairs, not faded: (a, b, cosine), a < b.
    pub(super) alike: Vec<(usize, usize, f64)>,
}

/// Terms with their weights, by term.
type Vector = Vec<(u32, f32)>;

/// Groups the documents.
pub(super) fn stories(documents: &[Document], copies: &[Copy], options: &Options) -> Stories {
    let threshold = options.story_similarity;
    let counts = Counts::new(documents);
    let vectors: Vec<Vector> = counts.of.par_iter().map(|one| counts.vector(one)).collect();
    let dates: Vec<Option<Date>> = documents.iter().map(Document::published).collect();
    let faded = |&(a, b, s): &(usize, usize, f64)| s * fading(dates[a], dates[b], options.story_half_life);

    let mut alike = pairs(&vectors, threshold * RELAXED);
    let mut edges: Vec<(f64, usize, usize)> =
        alike.iter().map(|p| (faded(p), p.0, p.1)).filter(|e| e.0 >= threshold).collect();
    // Copies belong together whatever else.
    let tied: Vec<(usize, usize)> = copies
        .iter()
        .filter(|c| c.relation != CopyRelation::SharesPassage)
        .map(|c| (c.earlier.min(c.later) as usize, c.earlier.max(c.later) as usize))
        .collect();
    edges.extend(tied.iter().map(|&(a, b)| (2.0, a, b)));
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut groups = Groups::new(&vectors);
    for &(similarity, a, b) in &edges {
        groups.join(a, b, if similarity > 1.0 { 0.0 } else { threshold });
    }
    let mut of: Vec<usize> = (0..documents.len()).map(|i| groups.root(i)).collect();

    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); documents.len()];
    for pair in &alike {
        let s = faded(pair);
        if s >= threshold * RELAXED {
            let fade = s / pair.2;
            near[pair.0].push((pair.1, fade));
            near[pair.1].push((pair.0, fade));
        }
    }
    tied.iter().for_each(|&(a, b)| [a, b].into_iter().for_each(|d| near[d].clear()));
    for _ in 0..ROUNDS {
        if !settle(&mut of, &vectors, &near, threshold * RELAXED) {
            break;
        }
    }
    alike.retain(|p| p.2 >= threshold);

    let mut members: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (i, group) in first_members(&of).into_iter().enumerate() {
        members.entry(group).or_default().push(i as u32);
    }
    let stories = members
        .into_values()
        .enumerate()
        .map(|(s, documents_of)| {
            documents_of.iter().for_each(|&d| of[d as usize] = s);
            let mut known: Vec<Date> = documents_of.iter().filter_map(|&d| dates[d as usize]).collect();
            known.sort_unstable();
            Story {
                label: label(&documents_of, &vectors, &counts),
                dates: known.first().copied().zip(known.last().copied()),
                documents: documents_of,
            }
        })
        .collect();
    Stories { stories, of, alike }
}

/// For each document the first of its group.
fn first_members(of: &[usize]) -> Vec<usize> {
    let mut first: FxHashMap<usize, usize> = FxHashMap::default();
    of.iter().enumerate().map(|(i, group)| *first.entry(*group).or_insert(i)).collect()
}

fn fading(a: Option<Date>, b: Option<Date>, half_life: f64) -> f64 {
    let (Some(a), Some(b)) = (a, b) else { return 1.0 };
    let lives = f64::from(days_between(a, b)) / half_life;
    QUICK * 0.5_f64.powf(lives) + (1.0 - QUICK) * 0.5_f64.powf(lives / SLOWLY)
}

/// Moves each document to the group near it with whose members it has most in common on average; whether any moved.
fn settle(of: &mut [usize], vectors: &[Vector], near: &[Vec<(usize, f64)>], least: f64) -> bool {
    let mut groups: FxHashMap<usize, (f64, Vector)> = FxHashMap::default();
    for (group, vector) in of.iter().zip(vectors) {
        let (size, sum) = groups.entry(*group).or_default();
        *size += 1.0;
        *sum = bounded(merged(sum, vector));
    }
    let groups = &groups;
    let now: &[usize] = of;
    let moved: Vec<Option<usize>> = (0..now.len())
        .into_par_iter()
        .map(|i| {
            // How alike a document is to the others of a group.
            let to = |group: usize, fade: f64| {
                let (size, sum) = &groups[&group];
                let (size, all) = (*size, dot(&vectors[i], sum));
                let others = if group == now[i] { (size - 1.0, all - 1.0) } else { (size, all) };
                if others.0 < 0.5 { 0.0 } else { fade * others.1 / others.0 }
            };
            let mut around: BTreeMap<usize, f64> = BTreeMap::new();
            for &(j, fade) in &near[i] {
                let entry = around.entry(now[j]).or_default();
                *entry = entry.max(fade);
            }
            let own = to(now[i], around.remove(&now[i]).unwrap_or(1.0));
            let others = around.into_iter().map(|(group, fade)| (to(group, fade), group));
            let best = others.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
            (best.0 >= least && best.0 > own + 1e-6).then_some(best.1)
        })
        .collect();
    let any = moved.iter().any(Option::is_some);
    of.iter_mut().zip(moved).for_each(|(group, to)| *group = to.unwrap_or(*group));
    any
}

/// A term of a document: how often, and how it is written most often.
#[derive(Clone, Copy)]
struct Counted {
    term: u32,
    form: u32,
    times: u32,
}

/// The terms of all documents; each string is kept once.
struct Counts {
    strings: Vec<String>,
    of: Vec<Vec<Counted>>,
    /// Documents with a string, where it is a term.
    documents: Vec<u32>,
}

impl Counts {
    fn new(documents: &[Document]) -> Counts {
        /// Documents whose strings are held at once.
        const BATCH: usize = 1024;
        let mut counts =
            Counts { strings: Vec::new(), of: Vec::with_capacity(documents.len()), documents: Vec::new() };
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        for batch in documents.chunks(BATCH) {
            let counted: Vec<Vec<(String, String, u32)>> = batch.par_iter().map(count).collect();
            for one in counted {
                let mut id = |string: String| match ids.get(&string) {
                    Some(id) => *id,
                    None => {
                        counts.strings.push(string.clone());
                        counts.documents.push(0);
                        *ids.entry(string).or_insert(counts.strings.len() as u32 - 1)
                    }
                };
                let mut terms: Vec<Counted> = one
                    .into_iter()
                    .map(|(term, form, times)| Counted { term: id(term), form: id(form), times })
                    .collect();
                terms.sort_unstable_by_key(|t| t.term);
                terms.iter().for_each(|t| counts.documents[t.term as usize] += 1);
                counts.of.push(terms);
            }
        }
        counts
    }

    fn form(&self, term: &Counted) -> &str {
        &self.strings[term.form as usize]
    }

    /// TF-IDF, of length 1. Smoothed, so that a term of every document still counts: a corpus may be one story.
    fn vector(&self, terms: &[Counted]) -> Vector {
        /// Documents on other things that are taken to be there: in a corpus of two, a term of both is not a common one.
        const PRIOR: f64 = 8.0;
        let n = self.of.len() as f64;
        let weigh = |t: &Counted| {
            let sort = if self.form(t).starts_with(char::is_uppercase) { NAME } else { 1.0 };
            let rarity = ((1.0 + PRIOR + n) / (1.0 + f64::from(self.documents[t.term as usize]))).ln() + 0.5;
            sort * (1.0 + f64::from(t.times).ln()) * rarity
        };
        let norm = terms.iter().map(|t| weigh(t).powi(2)).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        terms.iter().map(|t| (t.term, (weigh(t) / norm) as f32)).collect()
    }
}

/// Terms, their commonest written form, and how often they stand in a document.
fn count(document: &Document) -> Vec<(String, String, u32)> {
    let text = &document.text;
    let title = document.metadata.title.as_ref().and_then(|t| t.span);
    let mut forms: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    let mut row: Vec<(String, crate::span::Span)> = Vec::new();
    for block in prose(document).chain(title) {
        for span in words(text, block) {
            let word = span.of(text);
            let number = word.len() > 1 && word.len() < 16 && word.starts_with(|c: char| c.is_ascii_digit());
            if let Some(term) = if number { Some(word.to_lowercase()) } else { term(word) } {
                *forms.entry(term.clone()).or_default().entry(word).or_default() += 1;
                row.push((term, span));
            }
        }
    }
    let commonest = |forms: &BTreeMap<&str, u32>| {
        forms.iter().max_by_key(|(w, n)| (**n, std::cmp::Reverse(**w))).map_or("", |(w, _)| *w).to_owned()
    };
    let mut out: Vec<(String, String, u32)> =
        forms.iter().map(|(term, forms)| (term.clone(), commonest(forms), forms.values().sum())).collect();
    // Neighbours that are both written with a capital as a rule: "Tara Reid", "Blue House".
    let named: FxHashSet<&str> = out
        .iter()
        .filter(|(_, form, _)| form.starts_with(char::is_uppercase))
        .map(|(term, ..)| term.as_str())
        .collect();
    let mut whole: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    for pair in row.windows(2) {
        let ((a, x), (b, y)) = (&pair[0], &pair[1]);
        if x.end() + 1 == y.start() && named.contains(a.as_str()) && named.contains(b.as_str()) {
            let form = x.cover(*y).of(text);
            *whole.entry(format!("{a} {b}")).or_default().entry(form).or_default() += 1;
        }
    }
    out.extend(whole.iter().map(|(term, forms)| {
        let form = commonest(forms);
        // Even in the one place where it stands in small letters it is a name.
        let form = if form.starts_with(char::is_uppercase) { form } else { form.to_uppercase() };
        (term.clone(), form, forms.values().sum())
    }));
    out
}

fn heaviest(vector: &Vector, most: usize) -> Vector {
    let mut terms = vector.clone();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    terms.truncate(most);
    terms
}

fn pairs(vectors: &[Vector], threshold: f64) -> Vec<(usize, usize, f64)> {
    let mut index: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    for (i, vector) in vectors.iter().enumerate() {
        let mut near: Vec<u32> = Vec::new();
        for (term, _) in heaviest(vector, HEAVIEST) {
            let entry = index.entry(term).or_default();
            // The latest documents with that term: in a stream of news these are the likely ones.
            near.extend(entry.iter().rev().take(LIMIT));
            entry.push(i as u32);
        }
        near.sort_unstable();
        let mut shared: Vec<(usize, u32)> =
            near.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        shared.sort_unstable_by_key(|&(n, j)| (std::cmp::Reverse(n), j));
        candidates.extend(shared.into_iter().take(LIMIT).map(|(_, j)| (j, i as u32)));
    }
    let mut out: Vec<(usize, usize, f64)> = candidates
        .par_iter()
        .map(|&(a, b)| (a as usize, b as usize))
        .map(|(a, b)| (a, b, dot(&vectors[a], &vectors[b])))
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
                sum += f64::from(a[i].1) * f64::from(b[j].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// Groups with the sum of their vectors; the mean similarity between two is the product of the sums over the sizes.
struct Groups<'v> {
    parent: Vec<usize>,
    size: Vec<usize>,
    vectors: &'v [Vector],
    /// Of groups of more than one.
    sum: FxHashMap<usize, Vector>,
}

impl<'v> Groups<'v> {
    fn new(vectors: &'v [Vector]) -> Self {
        let n = vectors.len();
        Groups { parent: (0..n).collect(), size: vec![1; n], vectors, sum: FxHashMap::default() }
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    fn sum(&self, group: usize) -> &Vector {
        self.sum.get(&group).unwrap_or(&self.vectors[group])
    }

    fn join(&mut self, a: usize, b: usize, least: f64) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let mean = dot(self.sum(a), self.sum(b)) / (self.size[a] * self.size[b]) as f64;
        if mean < least {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        let sum = bounded(merged(self.sum(low), self.sum(high)));
        self.sum.remove(&high);
        self.sum.insert(low, sum);
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

/// A sum without its lightest terms, once it has twice as many as are kept.
fn bounded(sum: Vector) -> Vector {
    if sum.len() <= 2 * CENTROID {
        return sum;
    }
    let mut kept = heaviest(&sum, CENTROID);
    kept.sort_unstable_by_key(|t| t.0);
    kept
}

/// The terms that weigh most in the story, as most often written; of a name and its parts, one.
fn label(members: &[u32], vectors: &[Vector], counts: &Counts) -> Vec<String> {
    /// So many terms are told.
    const TERMS: usize = 5;
    let mut weight: BTreeMap<u32, f64> = BTreeMap::new();
    for &d in members {
        for (term, w) in &vectors[d as usize] {
            *weight.entry(*term).or_default() += f64::from(*w);
        }
    }
    let mut order: Vec<(u32, f64)> = weight.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut out: Vec<String> = Vec::new();
    for (term, _) in order.into_iter().take(8 * TERMS) {
        let in_one = |d: &u32| {
            let terms = &counts.of[*d as usize];
            terms.binary_search_by_key(&term, |t| t.term).ok().map(|at| &terms[at])
        };
        let Some(best) =
            members.iter().filter_map(in_one).max_by_key(|t| (t.times, std::cmp::Reverse(counts.form(t))))
        else {
            continue;
        };
        let form = counts.form(best);
        if form.starts_with(|c: char| c.is_numeric()) {
            continue;
        }
        let part_of = |a: &str, b: &str| a.split(' ').all(|w| b.split(' ').any(|v| v == w));
        if out.iter().any(|o| part_of(form, o)) {
            continue;
        }
        match out.iter().position(|o| part_of(o, form)) {
            Some(part) => {
                out[part] = form.to_owned();
                let mut at = 0;
                out.retain(|o| {
                    at += 1;
                    at == part + 1 || !part_of(o, form)
                });
            }
            None if out.len() < TERMS => out.push(form.to_owned()),
            None => {}
        }
    }
    out
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

    #[test]
    fn the_like_event_of_another_year_is_another_story() {
        let quake = [
            "An earthquake of magnitude 6 struck the island of Sarno, and rescue teams searched the ruins of its port.",
            "Rescue teams on Sarno searched ruins in the port after the earthquake, whose magnitude was put at 6.",
        ];
        let again = [
            "The island of Sarno was struck by an earthquake of magnitude 5, which left ruins in the hill villages.",
            "Hill villages on Sarno lie in ruins after an earthquake; its magnitude was 5.",
        ];
        let texts = [quake[0], again[0], quake[1], again[1], BANK];
        let (then, now) = (Some(date(2019, 4, 2)), Some(date(2020, 4, 3)));
        assert_eq!(grouped(&texts, &[then, now, then, now, now]), [vec![0, 2], vec![1, 3], vec![4]]);
    }

    #[test]
    fn labels_name_what_is_told() {
        let documents: Vec<_> =
            [FLOOD[0], FLOOD[1], FLOOD[2], BANK].iter().map(|t| document("d", None, t)).collect();
        let found = stories(&documents, &[], &Options::default());
        assert!(found.stories[0].label.contains(&"Tolm".to_owned()), "{:?}", found.stories[0].label);
        let text = "Tara Reid checked into rehab. Friends of Tara Reid said Tara was well.";
        let found = stories(&[document("d", None, text)], &[], &Options::default());
        assert_eq!(found.stories[0].label[0], "Tara Reid");
        assert!(!found.stories[0].label.contains(&"Reid".to_owned()), "{:?}", found.stories[0].label);
    }

    #[test]
    fn sums_are_bounded() {
        let long: Vector = (0..5000).map(|i| (i, (i % 97) as f32)).collect();
        let kept = bounded(long);
        assert_eq!(kept.len(), CENTROID);
        assert!(kept.is_sorted_by_key(|t| t.0) && kept.iter().all(|t| t.1 > 70.0));
    }

    #[test]
    fn pairs_are_those_that_a_look_at_all_finds() {
        // As few documents and terms as no bound forbids; terms and weights of no pattern, the same each time.
        let terms = |i: u32| (0..30u32).filter(move |t| (i * 7919 + t * 104_729 + i * t) % 5 < 2);
        let vectors: Vec<Vector> = (0..40)
            .map(|i| terms(i).map(|t| (t, ((i * 31 + t * 17) % 23) as f32 / 60.0)).collect())
            .collect();
        let product = |a: &Vector, b: &Vector| {
            let other = |term: u32| b.iter().find(|t| t.0 == term).map(|t| f64::from(t.1));
            a.iter().filter_map(|t| Some(f64::from(t.1) * other(t.0)?)).sum::<f64>()
        };
        for threshold in [0.05, 0.2, 0.5] {
            let mut all = Vec::new();
            for (a, one) in vectors.iter().enumerate() {
                let rest =
                    vectors.iter().enumerate().skip(a + 1).map(|(b, other)| (a, b, product(one, other)));
                all.extend(rest.filter(|p| p.2 >= threshold));
            }
            assert!(all.len() > 5, "{}", all.len());
            assert_eq!(pairs(&vectors, threshold), all);
        }
    }
}
