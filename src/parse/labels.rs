//! Which lines are of the article: trees over what is seen of each line, asked twice.
//!
//! The first forest reads each line by [`super::signs`]; the second sees also what the first said of the lines around
//! it and where the article's stretch lies by that. Trained on whole pages, on pages as extractors leave them, and on
//! clean articles, of which nothing is to be taken (`models/README.md`).

use std::ops::Range;
use std::sync::LazyLock;

use super::boilerplate;
use super::publication;
use super::signs::{self, View};
use super::vocabulary::Vocabulary;
use crate::forest::Forest;
use crate::language::storage;

/// What the model's file begins with.
const MAGIC: [u8; 4] = *b"RTr1";

/// Columns that the second forest sees beside those of the first.
const SAID: usize = 22;
/// Columns of the second forest.
pub(crate) const SECOND: usize = FIRST + SAID;
/// Columns that what the words say makes.
const SPOKEN: usize = 12;
/// Columns of the first forest.
pub(crate) const FIRST: usize = signs::WIDTH + SPOKEN;

/// The forests.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) first: Forest,
    pub(crate) second: Forest,
    /// Which date is the article's ([`super::publication`]).
    pub(crate) dates: Forest,
}

static EMBEDDED: LazyLock<Model> = LazyLock::new(|| {
    const FILE: &[u8] = include_bytes!("../../models/lines.bin");
    const { assert!(storage::is_whole(FILE, MAGIC), "models/lines.bin is damaged or of another version") };
    Model::open(FILE).expect("the embedded model is intact, as a test checks")
});

impl Model {
    /// The model that is compiled in.
    pub(super) fn embedded() -> &'static Model {
        &EMBEDDED
    }

    /// Which lines are not of the article.
    pub(super) fn outside(&self, view: &View<'_>) -> Vec<bool> {
        let rows = signs::signs(view);
        let words: Vec<usize> = view.units.iter().map(|u| u.words).collect();
        let lines = view.units.iter().map(|u| u.span.of(view.text));
        let spoken: Vec<f32> = lines.map(|line| self.vocabulary.score(line)).collect();
        let rows = first_rows(&rows, &words, &spoken);
        decide(&self.of_rows(&rows, &words), &words, boilerplate::is_furnished(view.readings))
    }

    /// How probable it is that each line is of the article, from the rows of [`first_rows`] and the lines' numbers of words.
    pub(crate) fn of_rows(&self, rows: &[f32], words: &[usize]) -> Vec<f32> {
        let first: Vec<f32> = rows.chunks_exact(FIRST).map(|row| self.first.probability(row)).collect();
        let rows = second_rows(rows, words, &first);
        rows.chunks_exact(SECOND).map(|row| self.second.probability(row)).collect()
    }
}

/// The rows of the first forest, given what the words of each line say.
pub(crate) fn first_rows(rows: &[f32], words: &[usize], spoken: &[f32]) -> Vec<f32> {
    let n = spoken.len();
    let weight = |i: usize| (words[i] as f32 + 1.0).sqrt();
    let (mut sums, mut weights) = (vec![0.0], vec![0.0]);
    for i in 0..n {
        sums.push(sums[i] + spoken[i] * weight(i));
        weights.push(weights[i] + weight(i));
    }
    let mean = |range: Range<usize>| {
        (sums[range.end] - sums[range.start]) / (weights[range.end] - weights[range.start]).max(1.0)
    };
    let mut out = Vec::with_capacity(n * FIRST);
    for i in 0..n {
        out.extend_from_slice(&rows[i * signs::WIDTH..(i + 1) * signs::WIDTH]);
        for step in [-2, -1, 0, 1, 2] {
            let at = i.checked_add_signed(step).filter(|at| *at < n);
            out.push(at.map_or(-9.0, |at| spoken[at]));
        }
        let after = (i + 1).min(n);
        out.extend([
            mean(i.saturating_sub(3)..(i + 4).min(n)),
            mean(i.saturating_sub(10)..(i + 11).min(n)),
            mean(i.saturating_sub(8)..i),
            mean(after..(i + 9).min(n)),
            mean(0..i),
            mean(after..n),
            mean(0..n),
        ]);
    }
    out
}

/// The rows of the second forest, given what the first said.
pub(crate) fn second_rows(rows: &[f32], words: &[usize], said: &[f32]) -> Vec<f32> {
    let n = said.len();
    let sums = |value: &dyn Fn(usize) -> f32| {
        let mut sum = 0.0;
        let mut out = vec![0.0];
        out.extend((0..n).map(|i| {
            sum += value(i);
            sum
        }));
        out
    };
    let weight = |i: usize| words[i] as f32 + 1.0;
    let (of_article, all) = (sums(&|i| said[i] * weight(i)), sums(&weight));
    let share = |range: Range<usize>| {
        (of_article[range.end] - of_article[range.start]) / (all[range.end] - all[range.start]).max(1.0)
    };
    let stretch = stretch((0..n).map(|i| (said[i] - 0.5) * weight(i)));
    let log = |x: usize| (1.0 + x as f32).ln();
    let mut out = Vec::with_capacity(n * SECOND);
    for i in 0..n {
        out.extend_from_slice(&rows[i * FIRST..(i + 1) * FIRST]);
        for step in -4..=4 {
            let at = i.checked_add_signed(step).filter(|at| *at < n);
            out.push(at.map_or(-0.5, |at| said[at]));
        }
        let around = |k: usize| i.saturating_sub(k)..(i + k + 1).min(n);
        let (start, end) = (stretch.start, stretch.end.max(1) - 1);
        let signed = |to: usize| if i < to { -log(i.abs_diff(to)) } else { log(i.abs_diff(to)) };
        out.extend([
            share(around(2)),
            share(around(5)),
            share(around(12)),
            share(around(30)),
            share(i.saturating_sub(8)..i),
            share((i + 1).min(n)..(i + 9).min(n)),
            share(0..i),
            share((i + 1).min(n)..n),
            share(0..n),
            f32::from(u8::from(stretch.contains(&i))),
            signed(start),
            signed(end),
            (of_article[i] / of_article[n].max(1e-3)).min(1.0),
        ]);
    }
    out
}

/// The stretch with the greatest sum.
fn stretch(values: impl Iterator<Item = f32>) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (i, value) in values.enumerate() {
        if sum <= 0.0 {
            (start, sum) = (i, 0.0);
        }
        sum += value;
        if sum > best_sum {
            (best, best_sum) = (start..i + 1, sum);
        }
    }
    best
}

/// Probabilities to decisions: `true` for what is not of the article.
///
/// The F1 that is to be expected of words is greatest if lines are kept down to half of that F1 (Lipton, Elkan and
/// Naryanaswamy 2014). The limit is a little lower, because words that the page lacks altogether count as lost, too;
/// and much lower where little shows that there is anything to take off.
pub(crate) fn decide(probabilities: &[f32], words: &[usize], furnished: bool) -> Vec<bool> {
    const SHARE: f32 = 0.4;
    const DOUBTFUL: f32 = 0.15;
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]).then(a.cmp(b)));
    let weight = |i: usize| words[i] as f32;
    let all: f32 = order.iter().map(|i| probabilities[*i] * weight(*i)).sum();
    let (mut right, mut kept, mut best) = (0.0f32, 0.0f32, 0.0f32);
    for i in order {
        right += probabilities[i] * weight(i);
        kept += weight(i);
        best = best.max(2.0 * right / (kept + all).max(1.0));
    }
    let limit = best * if furnished { SHARE } else { DOUBTFUL };
    probabilities.iter().map(|p| *p < limit).collect()
}

impl Model {
    /// The file that holds it.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn seal(&self) -> Vec<u8> {
        let mut body = Vec::new();
        self.vocabulary.write(&mut body);
        self.first.write(&mut body);
        self.second.write(&mut body);
        self.dates.write(&mut body);
        storage::seal(&body, MAGIC)
    }

    /// The model of a file, if it is intact.
    pub(crate) fn open(file: &[u8]) -> Option<Model> {
        let body = storage::open(file, MAGIC)?;
        let (vocabulary, rest) = Vocabulary::read(&body)?;
        let (first, rest) = Forest::read(rest, FIRST)?;
        let (second, rest) = Forest::read(rest, SECOND)?;
        let (dates, _) = Forest::read(rest, publication::WIDTH)?;
        Some(Model { vocabulary, first, second, dates })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_intact() {
        let model = Model::embedded();
        assert!(!model.first.trees.is_empty() && !model.second.trees.is_empty());
        assert_eq!(Model::open(&model.seal()).as_ref(), Some(model));
    }

    #[test]
    fn nothing_of_nothing() {
        assert!(Model::embedded().of_rows(&[], &[]).is_empty());
        assert_eq!(stretch([-1.0, 2.0, 3.0, -4.0, 1.0].into_iter()), 1..3);
    }
}
