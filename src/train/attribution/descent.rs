//! Training of a random field: stochastic gradient of the log-likelihood, FTRL-proximal (McMahan and others 2013),
//! with features dropped at random.

use crate::extract::attribution::sequence::chain::Transitions;
use crate::extract::attribution::sequence::field::Trained;
use crate::train::Random;

/// Sequences of tokens, each with keys of features, what is seen before it, and its label.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    pub(super) keys: Vec<u32>,
    /// Where the keys of each token end.
    pub(super) ends: Vec<u32>,
    pub(super) seen: Vec<u32>,
    pub(super) labels: Vec<u8>,
}

impl Sequence {
    pub(super) fn push(&mut self, keys: &[u32], seen: u32, label: u8) {
        self.keys.extend_from_slice(keys);
        self.ends.push(self.keys.len() as u32);
        self.seen.push(seen);
        self.labels.push(label);
    }

    fn keys_of(&self, token: usize) -> &[u32] {
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.keys[start as usize..self.ends[token] as usize]
    }
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) bits: u32,
    pub(super) passes: usize,
    /// Step.
    pub(super) rate: f32,
    /// Pull of weights to nothing: by a constant, in proportion.
    pub(super) lasso: f32,
    pub(super) ridge: f32,
    /// Share of features that are left out of each token.
    pub(super) dropped: f32,
    /// Over how many of the last passes weights are averaged.
    pub(super) averaged: usize,
}

/// Room for labels: a whole vector.
const WIDTH: usize = 16;
/// Gradients below are left out.
const LEAST: f32 = 1e-3;

/// A key's weights with what the optimiser knows of each: the pulled sum, the sum of squares.
#[derive(Clone, Copy)]
struct Row {
    weights: [f32; WIDTH],
    pulled: [f32; WIDTH],
    squares: [f32; WIDTH],
}

const BLANK: Row = Row { weights: [0.0; WIDTH], pulled: [0.0; WIDTH], squares: [0.0; WIDTH] };

impl Row {
    #[inline]
    #[allow(clippy::needless_range_loop)] // plain, so that it becomes vectors
    fn step(&mut self, gradient: &[f32; WIDTH], settings: &Settings, lasso: f32) {
        for y in 0..WIDTH {
            let squares = self.squares[y] + gradient[y] * gradient[y];
            let (before, now) = (self.squares[y].sqrt(), squares.sqrt());
            self.pulled[y] += gradient[y] - (now - before) / settings.rate * self.weights[y];
            self.squares[y] = squares;
            let beyond = (self.pulled[y].abs() - lasso).max(0.0);
            let weight = beyond / ((0.1 + now) / settings.rate + settings.ridge);
            self.weights[y] = if self.pulled[y] > 0.0 { -weight } else { weight };
        }
    }
}

/// Learns a field; the same sequences give the same weights.
pub(super) fn learn<const L: usize>(
    sequences: &[Sequence],
    seen: usize,
    settings: &Settings,
    seed: u64,
) -> Trained<L> {
    let mut rows = vec![BLANK; 1 << settings.bits];
    let mut transitions: Transitions<L> = Transitions::new(seen);
    // the optimiser's rows of the transitions: for each thing seen, from each label
    let mut steps = vec![BLANK; seen * L];
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut pairs = Vec::new();
    let mut kept: Vec<u32> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut sums: Vec<[f32; L]> = vec![[0.0; L]; rows.len()];
    let mut sum: Transitions<L> = Transitions::new(seen);
    for pass in 0..settings.passes {
        random.shuffle(&mut order);
        for at in &order {
            let sequence = &sequences[*at];
            kept.clear();
            ends.clear();
            let mut nodes = Vec::with_capacity(sequence.labels.len());
            for token in 0..sequence.labels.len() {
                let start = kept.len();
                kept.extend(sequence.keys_of(token).iter().filter(|_| random.unit() >= settings.dropped));
                ends.push(kept.len());
                let mut sums = [0.0; WIDTH];
                for key in &kept[start..] {
                    for (sum, weight) in sums.iter_mut().zip(&rows[*key as usize].weights) {
                        *sum += weight;
                    }
                }
                nodes.push(std::array::from_fn(|label| sums[label]));
            }
            let (likely, _) = transitions.likely(&nodes, &sequence.seen, Some(&mut pairs));
            let mut start = 0;
            for (token, end) in ends.iter().enumerate() {
                let mut gradient = [0.0; WIDTH];
                gradient[..L].copy_from_slice(&likely[token]);
                gradient[usize::from(sequence.labels[token])] -= 1.0;
                if gradient.iter().any(|g| g.abs() >= LEAST) {
                    for key in &kept[start..*end] {
                        rows[*key as usize].step(&gradient, settings, settings.lasso);
                    }
                }
                start = *end;
            }
            descend(sequence, &pairs, &mut transitions, &mut steps, settings);
        }
        if pass + settings.averaged >= settings.passes {
            for (sum, row) in sums.iter_mut().zip(&rows) {
                sum.iter_mut().zip(&row.weights).for_each(|(sum, weight)| *sum += weight);
            }
            let all = sum.weights.iter_mut().flatten().flatten();
            all.zip(transitions.weights.iter().flatten().flatten()).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let share = 1.0 / settings.averaged as f32;
    sum.weights.iter_mut().flatten().flatten().for_each(|weight| *weight *= share);
    // as many features are seen as were left out in training
    let scale = share * (1.0 - settings.dropped);
    let kept = sums.iter().enumerate().filter(|(_, row)| row.iter().any(|w| *w != 0.0));
    let rows = kept.map(|(key, row)| (key as u32, row.map(|weight| weight * scale))).collect();
    Trained { bits: settings.bits, rows, transitions: sum }
}

/// A step of the weights of transitions.
fn descend<const L: usize>(
    sequence: &Sequence,
    pairs: &[[[f32; L]; L]],
    transitions: &mut Transitions<L>,
    steps: &mut [Row],
    settings: &Settings,
) {
    let mut gradients = vec![[[0.0f32; WIDTH]; L]; transitions.weights.len()];
    let mut used = 0u32;
    for (token, pairs) in pairs.iter().enumerate().skip(1) {
        let seen = sequence.seen[token];
        used |= seen;
        for (_, gradient) in gradients.iter_mut().enumerate().filter(|(bit, _)| seen >> bit & 1 == 1) {
            for (to, from) in gradient.iter_mut().zip(pairs) {
                for (to, from) in to.iter_mut().zip(from) {
                    *to += from;
                }
            }
            let (before, label) = (sequence.labels[token - 1], sequence.labels[token]);
            gradient[usize::from(before)][usize::from(label)] -= 1.0;
        }
    }
    for (bit, gradient) in gradients.iter().enumerate().filter(|(bit, _)| used >> bit & 1 == 1) {
        for (before, gradient) in gradient.iter().enumerate() {
            let row = &mut steps[bit * L + before];
            row.step(gradient, settings, 0.0);
            transitions.weights[bit][before].copy_from_slice(&row.weights[..L]);
        }
    }
}
