//! Gradient boosted trees: Friedman (2001), on histograms of binned columns as in LightGBM (Ke and others 2017).

use super::Random;
use crate::forest::{DEPTH, Forest, LEAVES, SPLITS, Tree};

/// Rows of numbers with what is to be learned of them.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    width: usize,
    values: Vec<f32>,
    /// From 0 to 1, or values.
    labels: Vec<f32>,
    weights: Vec<f32>,
}

impl Rows {
    /// No rows yet, of so many numbers each.
    #[must_use]
    pub fn new(width: usize) -> Rows {
        Rows { width, ..Rows::default() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: &[f32], label: f32, weight: f32) {
        self.values.extend_from_slice(row);
        self.labels.push(label);
        self.weights.push(weight);
    }
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Number of trees.
    pub trees: usize,
    /// How much of each tree counts.
    pub rate: f32,
    /// Pull of leaves towards nothing, in units of weight.
    pub ridge: f32,
    /// Least weight of a leaf.
    pub least: f32,
    /// Share of rows, and of columns, that a tree sees.
    pub rows: f32,
    /// Share of columns.
    pub columns: f32,
}

const BINS: usize = 64;

/// Learns to tell labels of 0 from labels of 1; the same rows give the same forest.
#[must_use]
pub(crate) fn learn(rows: &Rows, settings: Settings, seed: u64) -> Forest {
    let weight: f32 = rows.weights.iter().sum();
    let mean = rows.labels.iter().zip(&rows.weights).map(|(l, w)| l * w).sum::<f32>() / weight.max(1e-9);
    let start = (mean / (1.0 - mean).max(1e-6)).max(1e-6).ln();
    grow_all(rows, settings, seed, start, |score, label, weight| {
        let p = 1.0 / (1.0 + (-score).exp());
        [weight * (label - p), weight * (p * (1.0 - p)).max(1e-4)]
    })
}

/// Learns the labels as values. An error counts by its square up to `knee`, by its size beyond (Huber 1964).
#[must_use]
pub(crate) fn learn_values(rows: &Rows, settings: Settings, knee: f32, seed: u64) -> Forest {
    let weight: f32 = rows.weights.iter().sum();
    let mean = rows.labels.iter().zip(&rows.weights).map(|(l, w)| l * w).sum::<f32>() / weight.max(1e-9);
    grow_all(rows, settings, seed, mean, |score, label, weight| {
        [weight * (label - score).clamp(-knee, knee), weight]
    })
}

/// Adds tree to tree. `slope` gives the slope and the bend of the loss at a score, for a label and its weight.
fn grow_all(
    rows: &Rows,
    settings: Settings,
    seed: u64,
    start: f32,
    slope: impl Fn(f32, f32, f32) -> [f32; 2],
) -> Forest {
    let n = rows.labels.len();
    let mut random = Random::new(seed);
    let edges: Vec<Vec<f32>> = (0..rows.width).map(|c| edges(rows, c)).collect();
    // Column by column, so that a column's bins lie together.
    let bins: Vec<Vec<u8>> = (0..rows.width)
        .map(|c| {
            (0..n).map(|i| edges[c].partition_point(|e| *e < rows.values[i * rows.width + c]) as u8).collect()
        })
        .collect();
    let mut forest = Forest { start, trees: Vec::new() };
    let mut scores = vec![forest.start; n];
    let mut columns: Vec<usize> = (0..rows.width).collect();
    for _ in 0..settings.trees {
        let slopes: Vec<[f32; 2]> =
            (0..n).map(|i| slope(scores[i], rows.labels[i], rows.weights[i])).collect();
        let sample: Vec<u32> = (0..n as u32).filter(|_| random.unit() < settings.rows).collect();
        random.shuffle(&mut columns);
        let seen = &columns[..((rows.width as f32 * settings.columns) as usize).max(1)];
        let tree = grow(&bins, &edges, &slopes, sample, seen, settings);
        for (i, score) in scores.iter_mut().enumerate() {
            let mut at = 0;
            for _ in 0..DEPTH {
                let value = rows.values[i * rows.width + usize::from(tree.columns[at])];
                at = 2 * at + 1 + usize::from(value > tree.limits[at]);
            }
            *score += tree.leaves[at - SPLITS];
        }
        forest.trees.push(tree);
    }
    forest
}

/// Upper edges of a column's bins: quantiles of its values.
fn edges(rows: &Rows, column: usize) -> Vec<f32> {
    let n = rows.labels.len();
    let step = (n / 20_000).max(1);
    let mut values: Vec<f32> = (0..n).step_by(step).map(|i| rows.values[i * rows.width + column]).collect();
    values.sort_unstable_by(f32::total_cmp);
    let mut edges: Vec<f32> = Vec::new();
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= BINS {
        edges.extend(distinct.windows(2).map(|w| (w[0] + w[1]) / 2.0));
    } else {
        for k in 1..BINS {
            let edge = values[k * values.len() / BINS];
            if edges.last().is_none_or(|e| *e < edge) {
                edges.push(edge);
            }
        }
    }
    edges
}

type Histogram = Vec<[f32; 2]>;

fn histogram(bins: &[Vec<u8>], slopes: &[[f32; 2]], rows: &[u32], columns: &[usize]) -> Histogram {
    let mut out = vec![[0.0f32; 2]; columns.len() * BINS];
    for (k, column) in columns.iter().enumerate() {
        let (bins, out) = (&bins[*column], &mut out[k * BINS..(k + 1) * BINS]);
        for row in rows {
            let [slope, bend] = slopes[*row as usize];
            let cell = &mut out[usize::from(bins[*row as usize]) % BINS];
            cell[0] += slope;
            cell[1] += bend;
        }
    }
    out
}

fn grow(
    bins: &[Vec<u8>],
    edges: &[Vec<f32>],
    slopes: &[[f32; 2]],
    sample: Vec<u32>,
    columns: &[usize],
    settings: Settings,
) -> Tree {
    let mut tree = Tree { columns: [0; SPLITS], limits: [f32::MAX; SPLITS], leaves: [0.0; LEAVES] };
    let root = histogram(bins, slopes, &sample, columns);
    let mut level: Vec<(Vec<u32>, Histogram)> = vec![(sample, root)];
    for depth in 0..DEPTH {
        let mut next = Vec::with_capacity(level.len() * 2);
        for (k, (rows, histogram_here)) in level.into_iter().enumerate() {
            let at = (1 << depth) - 1 + k;
            let Some((slot, bin)) = best(&histogram_here, columns, edges, settings) else {
                next.push((rows, histogram_here));
                next.push((Vec::new(), vec![[0.0; 2]; columns.len() * BINS]));
                continue;
            };
            let column = columns[slot];
            tree.columns[at] = column as u16;
            tree.limits[at] = edges[column][bin];
            let (left, right): (Vec<u32>, Vec<u32>) =
                rows.into_iter().partition(|r| usize::from(bins[column][*r as usize]) <= bin);
            let less = |all: &Histogram, part: &Histogram| -> Histogram {
                all.iter().zip(part).map(|(a, p)| [a[0] - p[0], a[1] - p[1]]).collect()
            };
            if depth + 1 == DEPTH {
                let empty = Vec::new();
                next.push((left, empty.clone()));
                next.push((right, empty));
            } else if left.len() <= right.len() {
                let small = histogram(bins, slopes, &left, columns);
                let large = less(&histogram_here, &small);
                next.push((left, small));
                next.push((right, large));
            } else {
                let small = histogram(bins, slopes, &right, columns);
                let large = less(&histogram_here, &small);
                next.push((left, large));
                next.push((right, small));
            }
        }
        level = next;
    }
    for (leaf, (rows, _)) in tree.leaves.iter_mut().zip(level) {
        let (mut slope, mut bend) = (0.0f64, 0.0f64);
        for row in rows {
            slope += f64::from(slopes[row as usize][0]);
            bend += f64::from(slopes[row as usize][1]);
        }
        *leaf = settings.rate * (slope / (bend + f64::from(settings.ridge))) as f32;
        *leaf = leaf.clamp(-7.0, 7.0);
    }
    tree
}

/// The column (as an index of `columns`) and the last bin that goes left, of the split that helps most.
fn best(
    histogram: &Histogram,
    columns: &[usize],
    edges: &[Vec<f32>],
    settings: Settings,
) -> Option<(usize, usize)> {
    let worth = |slope: f64, bend: f64| slope * slope / (bend + f64::from(settings.ridge));
    let mut best: Option<(f64, usize, usize)> = None;
    for (slot, column) in columns.iter().enumerate() {
        let cells = &histogram[slot * BINS..(slot + 1) * BINS];
        let sum = |cells: &[[f32; 2]]| {
            cells.iter().fold((0.0f64, 0.0f64), |(s, b), c| (s + f64::from(c[0]), b + f64::from(c[1])))
        };
        let (slope, bend) = sum(cells);
        let whole = worth(slope, bend);
        let (mut left, mut left_bend) = (0.0f64, 0.0f64);
        for (bin, cell) in cells.iter().enumerate().take(edges[*column].len()) {
            left += f64::from(cell[0]);
            left_bend += f64::from(cell[1]);
            let right_bend = bend - left_bend;
            if left_bend < f64::from(settings.least) || right_bend < f64::from(settings.least) {
                continue;
            }
            let gain = worth(left, left_bend) + worth(slope - left, right_bend) - whole;
            if gain > 1e-6 && best.is_none_or(|(b, ..)| gain > b) {
                best = Some((gain, slot, bin));
            }
        }
    }
    best.map(|(_, slot, bin)| (slot, bin))
}
