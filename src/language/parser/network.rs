//! The parser's network: two bidirectional LSTM layers over embeddings, and what is read off them.
//!
//! After Kiperwasser and Goldberg (2016) and Dozat and Manning (2017): each token has a vector that has seen the
//! whole sentence; a bilinear form scores every token as the head of every other; a small layer over the two names
//! the relation. Sums run in a fixed order and products are never fused, so that all processors give the same bits,
//! however wide their vectors are.

use std::sync::LazyLock;

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x16};

use super::inputs::{COUNT, WIDTH, WIDTHS};

/// Slope of the rectifier below zero.
pub(crate) const LEAK: f32 = 0.125;

/// Outputs that are computed together.
const BLOCK: usize = 16;
/// Rows that are computed together.
const ROWS: usize = 6;
/// Outputs of one step of the recurrence that are computed together.
const STEP: usize = 64;

/// The vector instructions of this processor.
static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);

/// A matrix as trained and stored: `rows` inputs × `columns` outputs, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

/// `bias + x · weights`, laid out in blocks of outputs.
#[derive(Debug)]
pub(crate) struct Dense {
    inputs: usize,
    outputs: usize,
    /// Blocks of [`BLOCK`] outputs; in each, the weights of one input after the other.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    pub(crate) fn new(matrix: &Matrix, bias: &[f32]) -> Dense {
        let (inputs, outputs) = (matrix.rows, matrix.columns);
        let mut bias = bias.to_vec();
        bias.resize(outputs.next_multiple_of(BLOCK), 0.0);
        Dense { inputs, outputs, weights: blocks(matrix, BLOCK), bias }
    }

    /// Columns of the output, a multiple of [`BLOCK`]: those beyond the true outputs hold nothing of use.
    pub(crate) fn width(&self) -> usize {
        self.bias.len()
    }

    /// Number of true outputs.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    #[inline(always)]
    fn forward<S: Simd>(&self, simd: S, rows: &[f32], out: &mut Vec<f32>) {
        let (inputs, width) = (self.inputs, self.width());
        let count = rows.len() / inputs;
        out.clear();
        out.resize(count * width, 0.0);
        for (b, weights) in self.weights.chunks_exact(BLOCK * inputs).enumerate() {
            let mut first = 0;
            while first + ROWS <= count {
                self.tile::<S, ROWS>(simd, rows, weights, b * BLOCK, first, out);
                first += ROWS;
            }
            while first < count {
                self.tile::<S, 1>(simd, rows, weights, b * BLOCK, first, out);
                first += 1;
            }
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const N: usize>(
        &self,
        simd: S,
        rows: &[f32],
        weights: &[f32],
        column: usize,
        first: usize,
        out: &mut [f32],
    ) {
        let mut sums = [f32x16::from_slice(simd, &self.bias[column..column + BLOCK]); N];
        let inputs: [&[f32]; N] =
            std::array::from_fn(|r| &rows[(first + r) * self.inputs..(first + r + 1) * self.inputs]);
        for (k, w) in weights.as_chunks::<BLOCK>().0.iter().enumerate() {
            let w = f32x16::simd_from(simd, *w);
            for (sum, row) in sums.iter_mut().zip(&inputs) {
                *sum = *sum + w * row[k];
            }
        }
        let width = self.width();
        for (r, sum) in sums.iter().enumerate() {
            sum.store_slice(&mut out[(first + r) * width + column..][..BLOCK]);
        }
    }
}

/// The matrix in blocks of outputs, padded with zeros.
fn blocks(matrix: &Matrix, block: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(matrix.rows * matrix.columns.next_multiple_of(block));
    for start in (0..matrix.columns).step_by(block) {
        for row in matrix.values.chunks_exact(matrix.columns) {
            let end = (start + block).min(matrix.columns);
            out.extend_from_slice(&row[start..end]);
            out.resize(out.len() + block - (end - start), 0.0);
        }
    }
    out
}

/// One direction of a layer. Gates lie in the order input, forget, output, candidate.
#[derive(Debug)]
pub(crate) struct Lstm {
    input: Dense,
    /// Blocks of [`STEP`] gates.
    recurrent: Vec<f32>,
    hidden: usize,
}

impl Lstm {
    pub(crate) fn new(input: &Matrix, bias: &[f32], recurrent: &Matrix) -> Lstm {
        let input = Dense::new(input, bias);
        Lstm { input, recurrent: blocks(recurrent, STEP), hidden: recurrent.rows }
    }

    /// Writes the states to columns `at..` of `out`, whose rows are `stride` wide.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn forward<S: Simd>(
        &self,
        simd: S,
        rows: &[f32],
        gates: &mut Vec<f32>,
        backward: bool,
        out: &mut [f32],
        at: usize,
        stride: usize,
    ) {
        let h = self.hidden;
        self.input.forward(simd, rows, gates);
        let count = out.len() / stride;
        let (mut cell, mut state) = ([0f32; MOST_HIDDEN], [0f32; MOST_HIDDEN]);
        let (cell, state) = (&mut cell[..h], &mut state[..h]);
        for step in 0..count {
            let i = if backward { count - 1 - step } else { step };
            let z = &mut gates[i * 4 * h..(i + 1) * 4 * h];
            for (sums, weights) in
                z.as_chunks_mut::<STEP>().0.iter_mut().zip(self.recurrent.chunks_exact(STEP * h))
            {
                step_gates(simd, sums, weights, state);
            }
            let (open, candidate) = z.split_at_mut(3 * h);
            each(simd, open, sigmoid);
            each(simd, candidate, tanh);
            let (input, open) = open.split_at(h);
            let (forget, output) = open.split_at(h);
            let to = &mut out[i * stride + at..][..h];
            for k in (0..h).step_by(BLOCK) {
                let at = k..k + BLOCK;
                let vector = |values: &[f32]| f32x16::from_slice(simd, &values[at.clone()]);
                let next = vector(forget) * vector(cell) + vector(input) * vector(candidate);
                let shown = vector(output) * tanh(next);
                next.store_slice(&mut cell[at.clone()]);
                shown.store_slice(&mut state[at.clone()]);
                shown.store_slice(&mut to[at.clone()]);
            }
        }
    }
}

/// Adds what the last state says to some gates.
#[inline(always)]
fn step_gates<S: Simd>(simd: S, sums: &mut [f32; STEP], weights: &[f32], state: &[f32]) {
    const PARTS: usize = STEP / BLOCK;
    let mut parts: [f32x16<S>; PARTS] =
        std::array::from_fn(|p| f32x16::from_slice(simd, &sums[p * BLOCK..(p + 1) * BLOCK]));
    for (x, w) in state.iter().zip(weights.as_chunks::<STEP>().0) {
        for (p, part) in parts.iter_mut().enumerate() {
            *part = *part + f32x16::from_slice(simd, &w[p * BLOCK..(p + 1) * BLOCK]) * *x;
        }
    }
    for (p, part) in parts.iter().enumerate() {
        part.store_slice(&mut sums[p * BLOCK..(p + 1) * BLOCK]);
    }
}

#[inline(always)]
fn each<S: Simd>(simd: S, values: &mut [f32], function: impl Fn(f32x16<S>) -> f32x16<S>) {
    for block in values.as_chunks_mut::<BLOCK>().0 {
        function(f32x16::simd_from(simd, *block)).store_slice(block);
    }
}

/// Largest hidden size that is provided for.
const MOST_HIDDEN: usize = 256;

/// A table of embeddings: a byte a value, and what it stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    pub(crate) bytes: Vec<i8>,
    pub(crate) scale: f32,
}

/// The network, laid out for speed.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) tables: [Table; COUNT],
    pub(crate) layers: Vec<[Lstm; 2]>,
    pub(crate) dependent: Dense,
    pub(crate) head: Dense,
    pub(crate) between: Dense,
    pub(crate) root: Vec<f32>,
    pub(crate) label_dependent: Dense,
    pub(crate) label_head: Dense,
    pub(crate) label_root: Vec<f32>,
    pub(crate) label: Dense,
    pub(crate) upos: Dense,
}

/// Memory that is used again for each sentence.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    rows: Vec<f32>,
    next: Vec<f32>,
    gates: Vec<f32>,
    dependents: Vec<f32>,
    candidates: Vec<f32>,
    queries: Vec<f32>,
    by_dependent: Vec<f32>,
    by_head: Vec<f32>,
    hidden: Vec<f32>,
    out: Vec<f32>,
    scores: Vec<i32>,
}

/// What the network says of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Head of each token, counted from 1; 0 for the root.
    pub(crate) heads: Vec<usize>,
    /// Best relation of each token, by discriminant.
    pub(crate) deprels: Vec<u8>,
    /// Best universal tag of each token, by discriminant.
    pub(crate) upos: Vec<u8>,
}

impl Network {
    /// Reads a sentence, given the rows of each table for each token.
    pub(crate) fn read(&self, tokens: &[[u32; COUNT]], scratch: &mut Scratch, reading: &mut Reading) {
        dispatch!(*LEVEL, simd => self.read_here(simd, tokens, scratch, reading));
    }

    #[inline(always)]
    fn read_here<S: Simd>(
        &self,
        simd: S,
        tokens: &[[u32; COUNT]],
        scratch: &mut Scratch,
        reading: &mut Reading,
    ) {
        let Scratch {
            rows,
            next,
            gates,
            dependents,
            candidates,
            queries,
            by_dependent,
            by_head,
            hidden,
            out,
            scores,
        } = scratch;
        self.embed(tokens, rows);
        for pair in &self.layers {
            let h = pair[0].hidden;
            next.clear();
            next.resize(tokens.len() * 2 * h, 0.0);
            for (d, lstm) in pair.iter().enumerate() {
                lstm.forward(simd, rows, gates, d == 1, next, d * h, 2 * h);
            }
            std::mem::swap(rows, next);
        }
        self.dependent.forward(simd, rows, dependents);
        self.head.forward(simd, rows, candidates);
        rectify(dependents);
        rectify(candidates);
        self.between.forward(simd, dependents, queries);
        self.arcs(simd, queries, candidates, scores);
        reading.heads = super::tree::best_tree(scores, tokens.len());

        self.label_dependent.forward(simd, rows, by_dependent);
        self.label_head.forward(simd, rows, by_head);
        let width = self.label_dependent.width();
        hidden.clear();
        for (own, head) in by_dependent.chunks_exact(width).zip(&reading.heads) {
            let head = match head.checked_sub(1) {
                None => &self.label_root,
                Some(j) => &by_head[j * width..(j + 1) * width],
            };
            hidden.extend(own.iter().zip(head).map(|(a, b)| a + b));
        }
        rectify(hidden);
        self.label.forward(simd, hidden, out);
        best(out, &self.label, &mut reading.deprels);
        self.upos.forward(simd, rows, out);
        best(out, &self.upos, &mut reading.upos);
    }

    #[inline(always)]
    fn embed(&self, tokens: &[[u32; COUNT]], rows: &mut Vec<f32>) {
        rows.clear();
        rows.reserve(tokens.len() * WIDTH);
        for token in tokens {
            for ((id, table), width) in token.iter().zip(&self.tables).zip(WIDTHS) {
                let bytes = &table.bytes[*id as usize * width..][..width];
                rows.extend(bytes.iter().map(|b| f32::from(*b) * table.scale));
            }
        }
    }

    /// Scores of all arcs: a row for each dependent, the root first, then the tokens.
    #[inline(always)]
    fn arcs<S: Simd>(&self, simd: S, queries: &[f32], candidates: &[f32], scores: &mut Vec<i32>) {
        let width = self.between.width();
        let count = queries.len() / width;
        scores.clear();
        scores.reserve(count * (count + 1));
        for query in queries.chunks_exact(width) {
            scores.push(fixed(dot(simd, query, &self.root)));
            scores.extend(candidates.chunks_exact(width).map(|c| fixed(dot(simd, query, c))));
        }
    }
}

/// A score as a whole number, so that trees are compared exactly.
#[inline(always)]
fn fixed(score: f32) -> i32 {
    (score * 4096.0) as i32
}

#[inline(always)]
fn dot<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f32 {
    let mut sum = f32x16::splat(simd, 0.0);
    for (a, b) in a.as_chunks::<BLOCK>().0.iter().zip(b.as_chunks::<BLOCK>().0) {
        sum = sum + f32x16::simd_from(simd, *a) * f32x16::simd_from(simd, *b);
    }
    let mut lanes = [0f32; BLOCK];
    sum.store_slice(&mut lanes);
    let mut half = BLOCK / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}

#[inline(always)]
fn rectify(values: &mut [f32]) {
    for v in values {
        *v = v.max(*v * LEAK);
    }
}

/// Hyperbolic tangent by the seventh convergent of its continued fraction (Lambert); off by less than 0.0002. From
/// +, × and ÷ alone, so that every processor gives the same bits.
#[inline(always)]
fn tanh<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    let x = x.max(-4.97).min(4.97);
    let s = x * x;
    let above = x * (s * (s * (s + 378.0) + 17_325.0) + 135_135.0);
    let below = s * (s * (s * 28.0 + 3_150.0) + 62_370.0) + 135_135.0;
    above / below
}

/// Logistic function.
#[inline(always)]
fn sigmoid<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    tanh(x * 0.5) * 0.5 + 0.5
}

/// The class with the highest score in each row; the first of equals.
#[inline(always)]
fn best(scores: &[f32], layer: &Dense, classes: &mut Vec<u8>) {
    classes.clear();
    classes.extend(scores.chunks_exact(layer.width()).map(|row| {
        let mut best = 0;
        for (i, score) in row[..layer.outputs()].iter().enumerate() {
            if *score > row[best] {
                best = i;
            }
        }
        best as u8
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dense_layer_is_a_product_of_matrices() {
        // Seven rows: a tile of six and one more; seventeen outputs: a block of sixteen and one more.
        let (inputs, outputs) = (3, 17);
        let values: Vec<f32> = (0..inputs * outputs).map(|i| (i % 7) as f32 - 3.0).collect();
        let matrix = Matrix { rows: inputs, columns: outputs, values };
        let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
        let layer = Dense::new(&matrix, &bias);
        let rows: Vec<f32> = (0..7 * inputs).map(|i| (i % 5) as f32).collect();
        let mut out = Vec::new();
        dispatch!(*LEVEL, simd => layer.forward(simd, &rows, &mut out));
        assert_eq!(out.len(), 7 * layer.width());
        for r in 0..7 {
            for o in 0..outputs {
                let sum: f32 =
                    (0..inputs).map(|k| rows[r * inputs + k] * matrix.values[k * outputs + o]).sum();
                assert_eq!(out[r * layer.width() + o], sum + bias[o]);
            }
        }
    }

    #[test]
    fn every_processor_gives_the_same_bits() {
        let values: Vec<f32> = (0..64).map(|i| i as f32 * 0.37 - 11.0).collect();
        let mut best = values.clone();
        dispatch!(*LEVEL, simd => each(simd, &mut best, sigmoid));
        let mut plain = values;
        dispatch!(Level::baseline(), simd => each(simd, &mut plain, sigmoid));
        assert_eq!(best, plain);
        assert!(best.iter().all(|x| (0.0..=1.0).contains(x)));
    }
}
