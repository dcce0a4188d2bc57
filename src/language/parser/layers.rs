//! Products of matrices and the recurrence of an LSTM, compiled for each width of vector that a processor may have.
//!
//! Weights are bytes, as they are stored; inputs are cut to 16 bits, a row at a time, and products are added up as
//! whole numbers (Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
//! Integer-Arithmetic-Only Inference"). So all processors give the same bits, in any order of the sums. Loops are
//! plain on purpose: adapters of iterators are not always inlined into code for other vectors, and then it crawls.
#![allow(clippy::needless_range_loop)]

use std::ops::{Add, Div, Mul, Range};

use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch, f32x16, i16x32, i32x16};

use super::packed::Packed;
use crate::language::processor::LEVEL;

/// Slope of the rectifier below zero.
pub(crate) const LEAK: f32 = 0.125;

/// Numbers in a vector: outputs that are computed together.
const BLOCK: usize = 16;
/// Weights in a vector: those of two inputs, for each output of a block.
const PAIRS: usize = 2 * BLOCK;
/// Rows that are computed together.
const ROWS: usize = 6;
/// Most sentences that are read at once: the weights of the recurrence are then fetched once for all.
pub(crate) const GROUP: usize = 4;
/// Blocks of gates that are computed together in one step of the recurrence.
const PARTS: usize = 2;
/// Gates in them.
const STEP: usize = PARTS * BLOCK;
/// Largest hidden size that is provided for.
const MOST_HIDDEN: usize = 256;
/// Most inputs of a product: the sum of so many products of 8 and 16 bits fits into 32.
const MOST_INPUTS: usize = 512;
/// What a state of 1 becomes: there is room for one that is a little larger.
const UNIT: f32 = 32_000.0;

/// A matrix laid out for sums of whole numbers.
#[derive(Debug)]
struct Products {
    /// Pairs of inputs.
    pairs: usize,
    /// Blocks of outputs, padded with zeros; in each block, the weights of one pair of inputs after the other.
    weights: Vec<i16>,
    /// What 1 counts in each output.
    scales: Vec<f32>,
}

impl Products {
    /// `None` if sums might overflow.
    fn new(matrix: &Packed) -> Option<Products> {
        let (inputs, outputs) = (matrix.inputs(), matrix.outputs());
        if inputs == 0 || inputs > MOST_INPUTS || !matrix.is_whole() {
            return None;
        }
        let weight = |input: usize, output: usize| {
            let there = input < inputs && output < outputs;
            if there { i16::from(matrix.bytes[input * outputs + output]) } else { 0 }
        };
        let pairs = inputs.div_ceil(2);
        let width = outputs.next_multiple_of(BLOCK);
        let mut weights = Vec::with_capacity(width * pairs * 2);
        for block in (0..width).step_by(BLOCK) {
            for pair in 0..pairs {
                for output in block..block + BLOCK {
                    weights.extend([weight(2 * pair, output), weight(2 * pair + 1, output)]);
                }
            }
        }
        let mut scales = matrix.scales.clone();
        scales.resize(width, 0.0);
        Some(Products { pairs, weights, scales })
    }

    /// The weights of a block of outputs, by pairs of inputs.
    #[inline(always)]
    fn block(&self, block: usize) -> &[[i16; PAIRS]] {
        let length = self.pairs * PAIRS;
        self.weights[block * length..(block + 1) * length].as_chunks::<PAIRS>().0
    }
}

/// Adds up the products of some blocks of weights with some rows of as many pairs of inputs.
#[inline(always)]
fn products<S: Simd, const N: usize, const B: usize>(
    simd: S,
    weights: [&[[i16; PAIRS]]; B],
    rows: [&[i32]; N],
) -> [[i32x16<S>; B]; N] {
    let mut sums = [[i32x16::splat(simd, 0); B]; N];
    let count = weights[0].len();
    // As long as the weights, so that no index is checked inside the loop.
    let weights: [&[[i16; PAIRS]]; B] = std::array::from_fn(|b| &weights[b][..count]);
    let rows: [&[i32]; N] = std::array::from_fn(|r| &rows[r][..count]);
    for k in 0..count {
        for b in 0..B {
            let w = i16x32::simd_from(simd, weights[b][k]);
            for r in 0..N {
                let x: i16x32<S> = i32x16::splat(simd, rows[r][k]).bitcast();
                sums[r][b] += w.pairwise_dot_product(x);
            }
        }
    }
    sums
}

/// Rows of inputs cut down to 16 bits, two inputs in the place of one number.
#[derive(Debug, Default)]
pub(crate) struct Narrow {
    /// Numbers in a row.
    length: usize,
    pairs: Vec<i32>,
    /// What 1 counts in each row: a power of 2, so that small whole numbers stay exact.
    units: Vec<f32>,
}

impl Narrow {
    /// Takes rows of so many inputs in the place of those before.
    pub(crate) fn take(&mut self, rows: &[f32], inputs: usize) {
        let count = rows.len() / inputs.max(1);
        self.length = inputs.div_ceil(2);
        self.pairs.resize(count * self.length, 0);
        self.units.resize(count, 0.0);
        dispatch!(*LEVEL, simd => self.fill(simd, rows, inputs));
    }

    #[inline(always)]
    fn fill<S: Simd>(&mut self, simd: S, rows: &[f32], inputs: usize) {
        for r in 0..self.units.len() {
            let row = &rows[r * inputs..(r + 1) * inputs];
            let mut largest = 0;
            for k in 0..inputs {
                largest = largest.max(row[k].to_bits() & 0x7fff_ffff);
            }
            // 2 to the power of 14 less the exponent: the largest then has 15 bits
            let exponent = ((largest >> 23) as i32 - 127).clamp(-100, 100);
            let scale = f32::from_bits(((14 - exponent + 127) as u32) << 23);
            self.units[r] = 1.0 / scale;
            pack(simd, row, scale, &mut self.pairs[r * self.length..(r + 1) * self.length]);
        }
    }
}

/// Cuts numbers, times `scale`, to 16 bits, two in one.
#[inline(always)]
fn pack<S: Simd>(simd: S, row: &[f32], scale: f32, pairs: &mut [i32]) {
    let (blocks, rest) = row.as_chunks::<BLOCK>();
    let mut whole = [0; BLOCK];
    for b in 0..blocks.len() {
        i32x16::truncate_from(f32x16::simd_from(simd, blocks[b]) * scale).store_slice(&mut whole);
        let to = &mut pairs[b * BLOCK / 2..(b + 1) * BLOCK / 2];
        for k in 0..BLOCK / 2 {
            to[k] = pair(whole[2 * k], whole[2 * k + 1]);
        }
    }
    if !rest.is_empty() {
        let mut padded = [0.0; BLOCK];
        padded[..rest.len()].copy_from_slice(rest);
        i32x16::truncate_from(f32x16::simd_from(simd, padded) * scale).store_slice(&mut whole);
        let to = &mut pairs[blocks.len() * BLOCK / 2..];
        for k in 0..to.len() {
            to[k] = pair(whole[2 * k], whole[2 * k + 1]);
        }
    }
}

/// Two inputs in the place of one number, in the order in which a vector of 16 bits has them.
#[inline(always)]
fn pair(first: i32, second: i32) -> i32 {
    let (first, second) = if cfg!(target_endian = "little") { (first, second) } else { (second, first) };
    first & 0xffff | second << 16
}

/// `bias + x · weights`.
#[derive(Debug)]
pub(crate) struct Dense {
    outputs: usize,
    products: Products,
    bias: Vec<f32>,
}

impl Dense {
    /// `None` if the matrix has more inputs than are provided for.
    pub(crate) fn new(matrix: &Packed, bias: &[f32]) -> Option<Dense> {
        let mut bias = bias.to_vec();
        bias.resize(matrix.outputs().next_multiple_of(BLOCK), 0.0);
        let products = Products::new(matrix)?;
        Some(Dense { outputs: matrix.outputs(), products, bias })
    }

    /// Columns of the output: those beyond the true outputs are padding.
    pub(crate) fn width(&self) -> usize {
        self.bias.len()
    }

    /// Number of true outputs.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Writes a row of outputs for each row of inputs.
    pub(crate) fn forward(&self, rows: &Narrow, out: &mut Vec<f32>) {
        out.clear();
        out.resize(rows.units.len() * self.width(), 0.0);
        dispatch!(*LEVEL, simd => self.fill(simd, rows, out));
    }

    #[inline(always)]
    fn fill<S: Simd>(&self, simd: S, inputs: &Narrow, out: &mut [f32]) {
        let blocks = self.bias.len() / BLOCK;
        // Processors with wide vectors have registers for twice as many sums.
        let twins = if S::f32s::LEN >= BLOCK { blocks / 2 } else { 0 };
        for twin in 0..twins {
            self.columns::<S, 2>(simd, inputs, 2 * twin, out);
        }
        for block in 2 * twins..blocks {
            self.columns::<S, 1>(simd, inputs, block, out);
        }
    }

    /// `B` blocks of outputs for all rows.
    #[inline(always)]
    fn columns<S: Simd, const B: usize>(&self, simd: S, inputs: &Narrow, block: usize, out: &mut [f32]) {
        let mut first = 0;
        while first + ROWS <= inputs.units.len() {
            self.tile::<S, ROWS, B>(simd, inputs, block, first, out);
            first += ROWS;
        }
        while first < inputs.units.len() {
            self.tile::<S, 1, B>(simd, inputs, block, first, out);
            first += 1;
        }
    }

    /// `B` blocks of outputs for `N` rows.
    #[inline(always)]
    fn tile<S: Simd, const N: usize, const B: usize>(
        &self,
        simd: S,
        inputs: &Narrow,
        block: usize,
        first: usize,
        out: &mut [f32],
    ) {
        let (pairs, width) = (self.products.pairs, self.width());
        let weights: [_; B] = std::array::from_fn(|b| self.products.block(block + b));
        let rows: [&[i32]; N] = std::array::from_fn(|r| &inputs.pairs[(first + r) * pairs..][..pairs]);
        let sums = products(simd, weights, rows);
        for b in 0..B {
            let columns = (block + b) * BLOCK..(block + b + 1) * BLOCK;
            let bias = f32x16::from_slice(simd, &self.bias[columns.clone()]);
            let scale = f32x16::from_slice(simd, &self.products.scales[columns.clone()]);
            for r in 0..N {
                let sum = f32x16::float_from(sums[r][b]) * inputs.units[first + r];
                let to = (first + r) * width + columns.start;
                (sum * scale + bias).store_slice(&mut out[to..to + BLOCK]);
            }
        }
    }
}

/// One direction of a layer. Gates lie in the order input, forget, output, candidate.
#[derive(Debug)]
pub(crate) struct Lstm {
    input: Dense,
    recurrent: Products,
    hidden: usize,
}

impl Lstm {
    /// `None` if the hidden size is not provided for.
    pub(crate) fn new(input: &Packed, bias: &[f32], recurrent: &Packed) -> Option<Lstm> {
        let hidden = recurrent.inputs();
        let fits = hidden.is_multiple_of(BLOCK)
            && (4 * hidden).is_multiple_of(STEP)
            && hidden <= MOST_HIDDEN
            && recurrent.outputs() == 4 * hidden
            && input.outputs() == 4 * hidden;
        let mut recurrent = Products::new(recurrent)?;
        for scale in &mut recurrent.scales {
            *scale /= UNIT;
        }
        let input = Dense::new(input, bias)?;
        fits.then_some(Lstm { input, recurrent, hidden })
    }

    /// Columns of the output.
    pub(crate) fn width(&self) -> usize {
        self.hidden
    }

    /// Writes the states to columns `at..` of `out`, whose rows are `stride` wide. `sentences` are where each
    /// sentence's rows are, at most [`GROUP`], the longest first.
    pub(crate) fn forward(
        &self,
        rows: &Narrow,
        sentences: &[Range<usize>],
        gates: &mut Vec<f32>,
        backward: bool,
        out: &mut [f32],
        (at, stride): (usize, usize),
    ) {
        self.input.forward(rows, gates);
        dispatch!(*LEVEL, simd => self.recur(simd, sentences, gates, backward, out, (at, stride)));
    }

    #[inline(always)]
    fn recur<S: Simd>(
        &self,
        simd: S,
        sentences: &[Range<usize>],
        gates: &mut [f32],
        backward: bool,
        out: &mut [f32],
        (at, stride): (usize, usize),
    ) {
        let mut memory = Memory {
            cells: [[0.0; MOST_HIDDEN]; GROUP],
            states: [[0.0; MOST_HIDDEN]; GROUP],
            pairs: [[0; MOST_HIDDEN / 2]; GROUP],
        };
        for step in 0..sentences.first().map_or(0, Range::len) {
            let mut rows = [0; GROUP];
            let mut active = 0;
            for (row, sentence) in rows.iter_mut().zip(sentences) {
                if sentence.len() > step {
                    *row = if backward { sentence.end - 1 - step } else { sentence.start + step };
                    active += 1;
                }
            }
            match active {
                4 => self.step::<S, 4>(simd, rows, gates, &mut memory),
                3 => self.step::<S, 3>(simd, rows, gates, &mut memory),
                2 => self.step::<S, 2>(simd, rows, gates, &mut memory),
                _ => self.step::<S, 1>(simd, rows, gates, &mut memory),
            }
            for n in 0..active {
                let to = rows[n] * stride + at;
                out[to..to + self.hidden].copy_from_slice(&memory.states[n][..self.hidden]);
            }
        }
    }

    /// One token further in the first `N` sentences.
    #[inline(always)]
    fn step<S: Simd, const N: usize>(
        &self,
        simd: S,
        rows: [usize; GROUP],
        gates: &mut [f32],
        memory: &mut Memory,
    ) {
        let h = self.hidden;
        let states: [&[i32]; N] = std::array::from_fn(|n| &memory.pairs[n][..h / 2]);
        for step in 0..4 * h / STEP {
            let weights: [_; PARTS] = std::array::from_fn(|p| self.recurrent.block(step * PARTS + p));
            let sums = products(simd, weights, states);
            for p in 0..PARTS {
                let column = step * STEP + p * BLOCK;
                let scale = f32x16::from_slice(simd, &self.recurrent.scales[column..column + BLOCK]);
                for n in 0..N {
                    let at = rows[n] * 4 * h + column;
                    let gate = f32x16::from_slice(simd, &gates[at..at + BLOCK]);
                    let sum = f32x16::float_from(sums[n][p]) * scale;
                    (gate + sum).store_slice(&mut gates[at..at + BLOCK]);
                }
            }
        }
        for n in 0..N {
            let z = &gates[rows[n] * 4 * h..(rows[n] + 1) * 4 * h];
            let (cell, state) = (&mut memory.cells[n], &mut memory.states[n]);
            for k in (0..h).step_by(BLOCK) {
                let input = sigmoid(f32x16::from_slice(simd, &z[k..k + BLOCK]));
                let forget = sigmoid(f32x16::from_slice(simd, &z[h + k..h + k + BLOCK]));
                let output = sigmoid(f32x16::from_slice(simd, &z[2 * h + k..2 * h + k + BLOCK]));
                let candidate = tanh(f32x16::from_slice(simd, &z[3 * h + k..3 * h + k + BLOCK]));
                let next = forget * f32x16::from_slice(simd, &cell[k..k + BLOCK]) + input * candidate;
                next.store_slice(&mut cell[k..k + BLOCK]);
                (output * tanh(next)).store_slice(&mut state[k..k + BLOCK]);
            }
            pack(simd, &state[..h], UNIT, &mut memory.pairs[n][..h / 2]);
        }
    }
}

/// Cells and states of the sentences that are being read, and the states in 16 bits.
struct Memory {
    cells: [[f32; MOST_HIDDEN]; GROUP],
    states: [[f32; MOST_HIDDEN]; GROUP],
    pairs: [[i32; MOST_HIDDEN / 2]; GROUP],
}

/// Scalar products of each query with `first` and with every candidate, as whole numbers, so that sums of them are
/// compared exactly: a row of `1 + candidates` scores for each query.
pub(crate) fn dots(queries: &[f32], first: &[f32], candidates: &[f32], scores: &mut Vec<i32>) {
    let width = first.len();
    let (rows, columns) = (queries.len() / width, candidates.len() / width + 1);
    scores.clear();
    scores.resize(rows * columns, 0);
    dispatch!(*LEVEL, simd => all_dots(simd, queries, first, candidates, scores));
}

#[inline(always)]
fn all_dots<S: Simd>(simd: S, queries: &[f32], first: &[f32], candidates: &[f32], scores: &mut [i32]) {
    let width = first.len();
    let (rows, columns) = (queries.len() / width, candidates.len() / width + 1);
    for i in 0..rows {
        let query = &queries[i * width..(i + 1) * width];
        let row = &mut scores[i * columns..(i + 1) * columns];
        row[0] = dot(simd, query, first);
        for j in 1..columns {
            row[j] = dot(simd, query, &candidates[(j - 1) * width..j * width]);
        }
    }
}

#[inline(always)]
fn dot<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> i32 {
    let (a, b) = (a.as_chunks::<BLOCK>().0, b.as_chunks::<BLOCK>().0);
    let mut sum = f32x16::splat(simd, 0.0);
    for k in 0..a.len().min(b.len()) {
        sum += f32x16::simd_from(simd, a[k]) * f32x16::simd_from(simd, b[k]);
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
    (lanes[0] * 4096.0) as i32
}

/// Leaky rectifier (Maas et al. 2013), in place.
pub(crate) fn rectify(values: &mut [f32]) {
    for v in values {
        *v = v.max(*v * LEAK);
    }
}

/// Where [`tangent`] is as good as 1.
pub(crate) const STEEPEST: f32 = 4.97;

/// Hyperbolic tangent up to [`STEEPEST`], by the seventh convergent of its continued fraction (Lambert); off by less
/// than 0.0002. From +, × and ÷ alone, so that every processor gives the same bits. For numbers in training and for
/// vectors here.
#[inline(always)]
pub(crate) fn tangent<T>(x: T) -> T
where
    T: Copy + Mul<Output = T> + Div<Output = T> + Mul<f32, Output = T> + Add<f32, Output = T>,
{
    let s = x * x;
    let above = x * (s * (s * (s + 378.0) + 17_325.0) + 135_135.0);
    let below = s * (s * (s * 28.0 + 3_150.0) + 62_370.0) + 135_135.0;
    above / below
}

#[inline(always)]
fn tanh<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    tangent(x.max(-STEEPEST).min(STEEPEST))
}

/// Logistic function.
#[inline(always)]
fn sigmoid<S: Simd>(x: f32x16<S>) -> f32x16<S> {
    tanh(x * 0.5) * 0.5 + 0.5
}

#[cfg(test)]
mod tests {
    use fearless_simd::Level;

    use super::*;

    #[test]
    fn a_dense_layer_is_a_product_of_matrices() {
        // Seven rows: a tile of six and one more; seventeen outputs: a block of sixteen and one more.
        let (inputs, outputs) = (3, 17);
        let bytes: Vec<i8> = (0..inputs * outputs).map(|i| (i % 7) as i8 - 3).collect();
        let scales: Vec<f32> = (0..outputs).map(|i| [0.25, 1.0, 2.0][i % 3]).collect();
        let matrix = Packed { rows: inputs as u32, scales, bytes };
        let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
        let layer = Dense::new(&matrix, &bias).expect("sizes that fit");
        let rows: Vec<f32> = (0..7 * inputs).map(|i| (i % 5) as f32).collect();
        let mut out = Vec::new();
        let mut narrow = Narrow::default();
        narrow.take(&rows, inputs);
        layer.forward(&narrow, &mut out);
        assert_eq!(out.len(), 7 * layer.width());
        for r in 0..7 {
            for o in 0..outputs {
                let weight = |k: usize| f32::from(matrix.bytes[k * outputs + o]) * matrix.scales[o];
                let sum: f32 = (0..inputs).map(|k| rows[r * inputs + k] * weight(k)).sum();
                assert_eq!(out[r * layer.width() + o], sum + bias[o]);
            }
        }
    }

    #[test]
    fn every_processor_gives_the_same_bits() {
        let bytes = (0..48 * 192).map(|i| ((i % 13) * 17 - 102) as i8).collect();
        let weights = Packed { rows: 48, scales: vec![0.004; 192], bytes };
        let lstm = Lstm::new(&weights, &[0.1; 192], &weights).expect("sizes that fit");
        let run = |level: Level, sentences: &[Range<usize>]| {
            let mut gates: Vec<f32> = (0..192 * 12).map(|i| (i % 31) as f32 * 0.1 - 1.5).collect();
            let mut out = vec![0.0; 48 * 12];
            dispatch!(level, simd => lstm.recur(simd, sentences, &mut gates, true, &mut out, (0, 48)));
            out
        };
        let sentences = [0..5, 5..9, 9..11, 11..12];
        let states = run(*LEVEL, &sentences);
        assert_eq!(states, run(Level::baseline(), &sentences));
        assert!(states.iter().all(|x| x.abs() <= 1.0) && states.iter().any(|x| x.abs() > 0.1));
        // A sentence is read alike, alone or with others.
        assert_eq!(states[5 * 48..9 * 48], run(*LEVEL, &[5..9])[5 * 48..9 * 48]);
    }
}
