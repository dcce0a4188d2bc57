//! What networks are trained with: parameters, Adam, products of matrices, a bidirectional LSTM.
//!
//! Everything is worked out by hand rather than by automatic differentiation, because the network is small and
//! fixed; each backward pass is checked against differences of the loss in a test.

pub(crate) mod activation;
pub(crate) mod lstm;

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

use super::Random;
use crate::language::parser::layers::LEAK;

/// A block of the parameters, `rows` × `columns`, row by row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) start: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Slot {
    pub(crate) fn of<'p>(&self, parameters: &'p [f32]) -> &'p [f32] {
        &parameters[self.start..self.start + self.rows * self.columns]
    }

    pub(crate) fn of_mut<'p>(&self, parameters: &'p mut [f32]) -> &'p mut [f32] {
        &mut parameters[self.start..self.start + self.rows * self.columns]
    }
}

/// Lays parameters out and gives them their first values.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) values: Vec<f32>,
    random: Random,
}

impl Layout {
    pub(crate) fn new(seed: u64) -> Layout {
        Layout { values: Vec::new(), random: Random::new(seed) }
    }

    /// A block of weights, uniform after Glorot and Bengio (2010).
    pub(crate) fn weights(&mut self, rows: usize, columns: usize) -> Slot {
        self.uniform(rows, columns, (6.0 / (rows + columns) as f32).sqrt())
    }

    /// A block of values between `-bound` and `bound`.
    pub(crate) fn uniform(&mut self, rows: usize, columns: usize, bound: f32) -> Slot {
        let start = self.values.len();
        let random = &mut self.random;
        self.values.extend((0..rows * columns).map(|_| (random.unit() * 2.0 - 1.0) * bound));
        Slot { start, rows, columns }
    }

    /// A block of one value.
    pub(crate) fn constant(&mut self, rows: usize, columns: usize, value: f32) -> Slot {
        let start = self.values.len();
        self.values.resize(start + rows * columns, value);
        Slot { start, rows, columns }
    }
}

/// Adam (Kingma and Ba 2015). Rows of embedding tables are updated only when they were used.
#[derive(Debug)]
pub(crate) struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
    steps: i32,
}

const FIRST_DECAY: f32 = 0.9;
const SECOND_DECAY: f32 = 0.98;

impl Adam {
    pub(crate) fn new(count: usize) -> Adam {
        Adam { first: vec![0.0; count], second: vec![0.0; count], steps: 0 }
    }

    pub(crate) fn tick(&mut self) {
        self.steps += 1;
    }

    /// Moves `values[range]` against `gradient`, which is as long as `range`.
    pub(crate) fn update(&mut self, values: &mut [f32], start: usize, gradient: &[f32], rate: f32) {
        let correction = (1.0 - SECOND_DECAY.powi(self.steps)).sqrt() / (1.0 - FIRST_DECAY.powi(self.steps));
        let rate = rate * correction;
        let range = start..start + gradient.len();
        let moments = self.first[range.clone()].iter_mut().zip(&mut self.second[range.clone()]);
        for ((value, (first, second)), g) in values[range].iter_mut().zip(moments).zip(gradient) {
            *first += (1.0 - FIRST_DECAY) * (g - *first);
            *second += (1.0 - SECOND_DECAY) * (g * g - *second);
            *value -= rate * *first / (second.sqrt() + 1e-8);
        }
    }
}

/// `bias + x · weights`, with its backward pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Affine {
    pub(crate) weights: Slot,
    pub(crate) bias: Slot,
}

impl Affine {
    pub(crate) fn new(layout: &mut Layout, from: usize, to: usize) -> Affine {
        Affine { weights: layout.weights(from, to), bias: layout.constant(1, to, 0.0) }
    }

    pub(crate) fn forward(&self, parameters: &[f32], rows: &[f32]) -> Vec<f32> {
        let (k, n) = (self.weights.rows, self.weights.columns);
        let m = rows.len() / k;
        let mut out = vec![0.0; m * n];
        add_row(&mut out, self.bias.of(parameters));
        multiply(&mut out, rows, self.weights.of(parameters), (m, k, n));
        out
    }

    pub(crate) fn backward(
        &self,
        parameters: &[f32],
        gradient: &mut [f32],
        rows: &[f32],
        back: &mut [f32],
        out: &[f32],
    ) {
        let (k, n) = (self.weights.rows, self.weights.columns);
        let m = rows.len() / k;
        sum_rows(self.bias.of_mut(gradient), out);
        multiply_left(self.weights.of_mut(gradient), rows, out, (k, m, n));
        multiply_right(back, out, self.weights.of(parameters), (m, n, k));
    }
}

fn softmax(row: &mut [f32]) {
    let top = row.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for x in row.iter_mut() {
        *x = (*x - top).exp();
        sum += *x;
    }
    row.iter_mut().for_each(|x| *x /= sum);
}

/// Turns rows of scores into the gradient of the cross entropy, times `weight`; returns the loss.
pub(crate) fn cross_entropy(
    scores: &mut [f32],
    classes: usize,
    gold: impl Iterator<Item = usize>,
    weight: f32,
) -> f32 {
    let mut loss = 0.0;
    for (row, gold) in scores.chunks_exact_mut(classes).zip(gold) {
        softmax(row);
        loss -= row[gold].max(1e-9).ln() * weight;
        row[gold] -= 1.0;
        row.iter_mut().for_each(|x| *x *= weight);
    }
    loss
}

/// `out += a · b`, with `a` m × k and `b` k × n.
pub(crate) fn multiply(out: &mut [f32], a: &[f32], b: &[f32], (m, k, n): (usize, usize, usize)) {
    general_mat_mul(1.0, &view(a, m, k), &view(b, k, n), 1.0, &mut view_mut(out, m, n));
}

/// `out += aᵀ · b`, with `a` k × m and `b` k × n.
pub(crate) fn multiply_left(out: &mut [f32], a: &[f32], b: &[f32], (m, k, n): (usize, usize, usize)) {
    general_mat_mul(1.0, &view(a, k, m).t(), &view(b, k, n), 1.0, &mut view_mut(out, m, n));
}

/// `out += a · bᵀ`, with `a` m × k and `b` n × k.
pub(crate) fn multiply_right(out: &mut [f32], a: &[f32], b: &[f32], (m, k, n): (usize, usize, usize)) {
    general_mat_mul(1.0, &view(a, m, k), &view(b, n, k).t(), 1.0, &mut view_mut(out, m, n));
}

fn view(values: &[f32], rows: usize, columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((rows, columns), values).expect("the caller gives the shape")
}

fn view_mut(values: &mut [f32], rows: usize, columns: usize) -> ArrayViewMut2<'_, f32> {
    ArrayViewMut2::from_shape((rows, columns), values).expect("the caller gives the shape")
}

/// Adds `row` to every row of `out`.
pub(crate) fn add_row(out: &mut [f32], row: &[f32]) {
    for chunk in out.chunks_exact_mut(row.len()) {
        add(chunk, row);
    }
}

/// Adds up the rows of `rows` into `out`.
pub(crate) fn sum_rows(out: &mut [f32], rows: &[f32]) {
    let width = out.len();
    for row in rows.chunks_exact(width) {
        add(out, row);
    }
}

pub(crate) fn add(out: &mut [f32], other: &[f32]) {
    for (o, x) in out.iter_mut().zip(other) {
        *o += x;
    }
}

/// `out += factor * other`.
pub(crate) fn axpy(out: &mut [f32], factor: f32, other: &[f32]) {
    for (o, x) in out.iter_mut().zip(other) {
        *o += factor * x;
    }
}

/// Scalar product, in sixteen lanes so that it is computed at once and always in the same order.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 16];
    let ((ca, ra), (cb, rb)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    let rest: f32 = ra.iter().zip(rb).map(|(x, y)| x * y).sum();
    for (x, y) in ca.iter().zip(cb) {
        for i in 0..16 {
            lanes[i] += x[i] * y[i];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Gradient through the rectifier, given its output.
pub(crate) fn rectify_back(gradient: &mut [f32], output: &[f32]) {
    for (g, o) in gradient.iter_mut().zip(output) {
        if *o < 0.0 {
            *g *= LEAK;
        }
    }
}

/// Numbers that are 0 with probability `p` and otherwise `1 / (1 - p)`.
pub(crate) fn mask(random: &mut Random, count: usize, p: f32) -> Vec<f32> {
    let keep = 1.0 / (1.0 - p);
    (0..count).map(|_| if random.unit() < p { 0.0 } else { keep }).collect()
}
