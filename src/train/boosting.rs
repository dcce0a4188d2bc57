//! Training of boosted trees: logistic loss, second-order steps, histograms of binned values, growth at the best leaf.
//!
//! The method is that of XGBoost (Chen and Guestrin, KDD 2016) and LightGBM (Ke et al., NeurIPS 2017), in what a model
//! of a few hundred small trees needs.

use crate::read::html::forest::{Decision, DecisionTree, Forest};

/// How to grow.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Trees.
    pub trees: usize,
    /// Leaves of a tree.
    pub leaves: usize,
    /// What part of each step is taken.
    pub rate: f32,
    /// Least number of rows in a leaf.
    pub least: usize,
    /// Weight of the squared leaf values.
    pub ridge: f64,
    /// Part of the columns that a tree may use.
    pub columns: f64,
    /// Part of the rows that a tree is grown on.
    pub rows: f64,
    /// Seed.
    pub seed: u64,
}

impl Default for Growth {
    fn default() -> Self {
        Growth { trees: 300, leaves: 15, rate: 0.06, least: 30, ridge: 5.0, columns: 0.5, rows: 0.8, seed: 1 }
    }
}

/// Bins of a column.
const BINS: usize = 64;

/// xorshift64*: small, seeded, the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    pub(crate) fn unit(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Rows as bins: `binned[column][row]`, and the upper bound of each bin.
struct Binned {
    bins: Vec<Vec<u8>>,
    bounds: Vec<Vec<f32>>,
}

fn bin(rows: &[&[f32]]) -> Binned {
    let columns = rows.first().map_or(0, |r| r.len());
    let mut out = Binned { bins: Vec::new(), bounds: Vec::new() };
    for column in 0..columns {
        let mut values: Vec<f32> = rows.iter().map(|r| r[column]).collect();
        values.sort_unstable_by(f32::total_cmp);
        let mut distinct = values.clone();
        distinct.dedup();
        let bounds: Vec<f32> = if distinct.len() <= BINS {
            distinct.windows(2).map(|w| f32::midpoint(w[0], w[1])).collect()
        } else {
            let mut bounds: Vec<f32> = (1..BINS)
                .map(|k| {
                    let at = values.len() * k / BINS;
                    f32::midpoint(values[at - 1], values[at])
                })
                .collect();
            bounds.dedup();
            bounds
        };
        out.bins.push(rows.iter().map(|r| bounds.partition_point(|b| *b < r[column]) as u8).collect());
        out.bounds.push(bounds);
    }
    out
}

#[derive(Clone, Copy, Default)]
struct Sum {
    gradient: f64,
    hessian: f64,
    count: u32,
}

struct Leaf {
    rows: Vec<u32>,
    histogram: Vec<Sum>,
    sum: Sum,
    best: Option<(f64, usize, usize)>,
    /// The inner node that leads here, and whether on its left side.
    from: Option<(usize, bool)>,
}

/// Trains on rows with targets from 0 to 1 and weights.
pub(crate) fn train(rows: &[&[f32]], targets: &[f32], weights: &[f32], growth: &Growth) -> Forest {
    let binned = bin(rows);
    let columns = binned.bins.len();
    let total: f64 = weights.iter().map(|w| f64::from(*w)).sum();
    let positive: f64 = targets.iter().zip(weights).map(|(t, w)| f64::from(t * w)).sum();
    let share = (positive / total.max(1e-9)).clamp(1e-4, 1.0 - 1e-4);
    let bias = (share / (1.0 - share)).ln() as f32;
    let mut scores = vec![bias; rows.len()];
    let mut random = Random::new(growth.seed);
    let mut forest = Forest { bias, trees: Vec::new() };
    let mut steps: Vec<(f32, f32)> = vec![(0.0, 0.0); rows.len()];
    for _ in 0..growth.trees {
        for (i, step) in steps.iter_mut().enumerate() {
            let p = 1.0 / (1.0 + (-scores[i]).exp());
            *step = ((targets[i] - p) * weights[i], (p * (1.0 - p)).max(1e-6) * weights[i]);
        }
        let sample: Vec<u32> = (0..rows.len() as u32).filter(|_| random.unit() < growth.rows).collect();
        let used: Vec<usize> = (0..columns).filter(|_| random.unit() < growth.columns).collect();
        if used.is_empty() || sample.is_empty() {
            continue;
        }
        let tree = grow(&binned, &steps, sample, &used, growth);
        for (score, row) in scores.iter_mut().zip(rows) {
            *score += tree.value(row);
        }
        forest.trees.push(tree);
    }
    forest
}

fn histogram(binned: &Binned, steps: &[(f32, f32)], rows: &[u32], used: &[usize]) -> Vec<Sum> {
    let mut out = vec![Sum::default(); used.len() * BINS];
    for (k, column) in used.iter().enumerate() {
        let bins = &binned.bins[*column];
        let slots = &mut out[k * BINS..(k + 1) * BINS];
        for row in rows {
            let slot = &mut slots[bins[*row as usize] as usize & (BINS - 1)];
            let (gradient, hessian) = steps[*row as usize];
            slot.gradient += f64::from(gradient);
            slot.hessian += f64::from(hessian);
            slot.count += 1;
        }
    }
    out
}

fn best(histogram: &[Sum], sum: Sum, growth: &Growth) -> Option<(f64, usize, usize)> {
    let gain = |s: &Sum| s.gradient * s.gradient / (s.hessian + growth.ridge);
    let whole = gain(&sum);
    let mut best: Option<(f64, usize, usize)> = None;
    for (k, slots) in histogram.chunks(BINS).enumerate() {
        let mut left = Sum::default();
        for (bin, slot) in slots.iter().enumerate().take(BINS - 1) {
            left.gradient += slot.gradient;
            left.hessian += slot.hessian;
            left.count += slot.count;
            let right = Sum {
                gradient: sum.gradient - left.gradient,
                hessian: sum.hessian - left.hessian,
                count: sum.count - left.count,
            };
            if slot.count == 0 || (left.count as usize) < growth.least {
                continue;
            }
            if (right.count as usize) < growth.least {
                break;
            }
            let value = gain(&left) + gain(&right) - whole;
            if value > 1e-9 && best.is_none_or(|b| value > b.0) {
                best = Some((value, k, bin));
            }
        }
    }
    best
}

fn total(histogram: &[Sum]) -> Sum {
    histogram[..BINS].iter().fold(Sum::default(), |a, b| Sum {
        gradient: a.gradient + b.gradient,
        hessian: a.hessian + b.hessian,
        count: a.count + b.count,
    })
}

fn grow(
    binned: &Binned,
    steps: &[(f32, f32)],
    sample: Vec<u32>,
    used: &[usize],
    growth: &Growth,
) -> DecisionTree {
    let mut tree = DecisionTree::default();
    let root = histogram(binned, steps, &sample, used);
    let sum = total(&root);
    let mut leaves =
        vec![Leaf { rows: sample, best: best(&root, sum, growth), histogram: root, sum, from: None }];
    while leaves.len() < growth.leaves {
        let mut chosen: Option<(usize, f64)> = None;
        for (i, leaf) in leaves.iter().enumerate() {
            if let Some((gain, ..)) = leaf.best
                && chosen.is_none_or(|c| gain > c.1)
            {
                chosen = Some((i, gain));
            }
        }
        let Some((at, _)) = chosen else { break };
        let leaf = leaves.swap_remove(at);
        let Some((_, k, bin)) = leaf.best else { break };
        let column = used[k];
        let bins = &binned.bins[column];
        let (left, right): (Vec<u32>, Vec<u32>) =
            leaf.rows.iter().partition(|r| bins[**r as usize] as usize <= bin);
        let node = tree.nodes.len();
        let threshold = binned.bounds[column].get(bin).copied().unwrap_or(f32::MAX);
        tree.nodes.push(Decision { column: column as u16, threshold, left: -1, right: -1 });
        link(&mut tree, leaf.from, node as i16);
        // The smaller side is counted, the other is what remains.
        let small_is_left = left.len() <= right.len();
        let small = histogram(binned, steps, if small_is_left { &left } else { &right }, used);
        let large: Vec<Sum> = leaf
            .histogram
            .iter()
            .zip(&small)
            .map(|(a, b)| Sum {
                gradient: a.gradient - b.gradient,
                hessian: a.hessian - b.hessian,
                count: a.count - b.count,
            })
            .collect();
        let (of_left, of_right) = if small_is_left { (small, large) } else { (large, small) };
        for (rows, histogram, is_left) in [(left, of_left, true), (right, of_right, false)] {
            let sum = total(&histogram);
            leaves.push(Leaf {
                rows,
                best: best(&histogram, sum, growth),
                histogram,
                sum,
                from: Some((node, is_left)),
            });
        }
    }
    for leaf in &leaves {
        let value = leaf.sum.gradient / (leaf.sum.hessian + growth.ridge) * f64::from(growth.rate);
        tree.leaves.push(value as f32);
        let leaf_at = -(tree.leaves.len() as i16);
        link(&mut tree, leaf.from, leaf_at);
    }
    tree
}

fn link(tree: &mut DecisionTree, from: Option<(usize, bool)>, to: i16) {
    if let Some((node, is_left)) = from {
        let decision = &mut tree.nodes[node];
        if is_left {
            decision.left = to;
        } else {
            decision.right = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_no_single_column_tells() {
        let mut random = Random::new(7);
        let rows: Vec<Vec<f32>> = (0..2000).map(|_| (0..3).map(|_| random.unit() as f32).collect()).collect();
        let targets: Vec<f32> = rows.iter().map(|r| f32::from((r[0] > 0.5) != (r[1] > 0.5))).collect();
        let borrowed: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let growth = Growth { trees: 60, rate: 0.2, columns: 1.0, ..Growth::default() };
        let forest = train(&borrowed, &targets, &vec![1.0; rows.len()], &growth);
        let right =
            rows.iter().zip(&targets).filter(|(r, t)| (forest.probability(r) > 0.5) == (**t > 0.5)).count();
        assert!(right > 1950, "{right}");
        assert_eq!(forest, train(&borrowed, &targets, &vec![1.0; rows.len()], &growth));
    }
}
