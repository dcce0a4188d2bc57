//! Products of matrices and the recurrence of an LSTM, compiled for each width of vector that a processor may have.
//!
//! Sums run in a fixed order and products are never fused, so that all processors give the same bits. Loops are
//! plain on purpose: adapters of iterators are not always inlined into code for other vectors, and then it crawls.
#![allow(clippy::needless_range_loop)]

use std::ops::{Add, Div, Mul, Range};
use std::sync::LazyLock;

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x16};

/// Slope of the rectifier below zero.
pub(crate) const LEAK: f32 = 0.125;

/// Numbers in a vector: outputs that are computed together.
const BLOCK: usize = 16;
/// Rows that are computed together.
const ROWS: usize = 6;
/// Most sentences that are read at once: the weights of the recurrence are then fetched once for all.
pub(crate) const GROUP: usize = 4;
/// Vectors of gates that are computed together in one step of the recurrence.
const PARTS: usize = 2;
/// Gates in them.
const STEP: usize = PARTS * BLOCK;
/// Largest hidden size that is provided for.
const MOST_HIDDEN: usize = 256;

/// The vector instructions of this processor.
static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);

/// A matrix as trained and stored: `rows` inputs × `columns` outputs, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Matrix {
    /// In blocks of outputs, padded with zeros; in each block, the weights of one input after the other.
    fn blocks(&self, block: usize) -> Vec<f32> {
        let mut out = Vec::with_capacity(self.rows * self.columns.next_multiple_of(block));
        for start in (0..self.columns).step_by(block) {
            for row in self.values.chunks_exact(self.columns) {
                let end = (start + block).min(self.columns);
                out.extend_from_slice(&row[start..end]);
                out.resize(out.len() + block - (end - start), 0.0);
            }
        }
        out
    }
}

/// `bias + x · weights`.
#[derive(Debug)]
pub(crate) struct Dense {
    inputs: usize,
    outputs: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    pub(crate) fn new(matrix: &Matrix, bias: &[f32]) -> Dense {
        let mut bias = bias.to_vec();
        bias.resize(matrix.columns.next_multiple_of(BLOCK), 0.0);
        Dense { inputs: matrix.rows, outputs: matrix.columns, weights: matrix.blocks(BLOCK), bias }
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
    pub(crate) fn forward(&self, rows: &[f32], out: &mut Vec<f32>) {
        out.clear();
        out.resize(rows.len() / self.inputs * self.width(), 0.0);
        dispatch!(*LEVEL, simd => self.fill(simd, rows, out));
    }

    #[inline(always)]
    fn fill<S: Simd>(&self, simd: S, rows: &[f32], out: &mut [f32]) {
        let count = rows.len() / self.inputs;
        let blocks = self.bias.len() / BLOCK;
        // Processors with wide vectors have registers for twice as many sums.
        let pairs = if S::f32s::LEN >= BLOCK { blocks / 2 } else { 0 };
        for pair in 0..pairs {
            self.columns::<S, 2>(simd, rows, count, 2 * pair, out);
        }
        for block in 2 * pairs..blocks {
            self.columns::<S, 1>(simd, rows, count, block, out);
        }
    }

    /// `B` blocks of outputs for all rows.
    #[inline(always)]
    fn columns<S: Simd, const B: usize>(
        &self,
        simd: S,
        rows: &[f32],
        count: usize,
        block: usize,
        out: &mut [f32],
    ) {
        let mut first = 0;
        while first + ROWS <= count {
            self.tile::<S, ROWS, B>(simd, rows, block, first, out);
            first += ROWS;
        }
        while first < count {
            self.tile::<S, 1, B>(simd, rows, block, first, out);
            first += 1;
        }
    }

    /// `B` blocks of outputs for `N` rows.
    #[inline(always)]
    fn tile<S: Simd, const N: usize, const B: usize>(
        &self,
        simd: S,
        rows: &[f32],
        block: usize,
        first: usize,
        out: &mut [f32],
    ) {
        let (inputs, width) = (self.inputs, self.width());
        let weights: [&[[f32; BLOCK]]; B] = std::array::from_fn(|b| {
            let column = (block + b) * BLOCK;
            self.weights[column * inputs..(column + BLOCK) * inputs].as_chunks::<BLOCK>().0
        });
        // As long as the weights, so that no index is checked inside the loop.
        let rows: [&[f32]; N] = std::array::from_fn(|r| &rows[(first + r) * inputs..][..inputs]);
        let mut sums = [[f32x16::splat(simd, 0.0); B]; N];
        for b in 0..B {
            let bias = f32x16::from_slice(simd, &self.bias[(block + b) * BLOCK..(block + b + 1) * BLOCK]);
            for r in 0..N {
                sums[r][b] = bias;
            }
        }
        for k in 0..inputs {
            for b in 0..B {
                let w = f32x16::simd_from(simd, weights[b][k]);
                for r in 0..N {
                    sums[r][b] += w * rows[r][k];
                }
            }
        }
        for r in 0..N {
            for b in 0..B {
                sums[r][b].store_slice(&mut out[(first + r) * width + (block + b) * BLOCK..][..BLOCK]);
            }
        }
    }
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
    /// `None` if the hidden size is not provided for.
    pub(crate) fn new(input: &Matrix, bias: &[f32], recurrent: &Matrix) -> Option<Lstm> {
        let hidden = recurrent.rows;
        let fits = hidden.is_multiple_of(BLOCK)
            && (4 * hidden).is_multiple_of(STEP)
            && hidden <= MOST_HIDDEN
            && recurrent.columns == 4 * hidden;
        let lstm = || Lstm { input: Dense::new(input, bias), recurrent: recurrent.blocks(STEP), hidden };
        (fits && input.columns == 4 * hidden).then(lstm)
    }

    /// Columns of the output.
    pub(crate) fn width(&self) -> usize {
        self.hidden
    }

    /// Writes the states to columns `at..` of `out`, whose rows are `stride` wide. `sentences` are where each
    /// sentence's rows are, at most [`GROUP`], the longest first.
    pub(crate) fn forward(
        &self,
        rows: &[f32],
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
        let mut memory = Memory { cells: [[0.0; MOST_HIDDEN]; GROUP], states: [[0.0; MOST_HIDDEN]; GROUP] };
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
        let states: [&[f32]; N] = std::array::from_fn(|n| &memory.states[n][..h]);
        for block in 0..4 * h / STEP {
            let weights = self.recurrent[block * STEP * h..(block + 1) * STEP * h].as_chunks::<STEP>().0;
            let weights = &weights[..h];
            let mut sums = [[f32x16::splat(simd, 0.0); PARTS]; N];
            for n in 0..N {
                for p in 0..PARTS {
                    let from = rows[n] * 4 * h + block * STEP + p * BLOCK;
                    sums[n][p] = f32x16::from_slice(simd, &gates[from..from + BLOCK]);
                }
            }
            for k in 0..h {
                for p in 0..PARTS {
                    let w = f32x16::from_slice(simd, &weights[k][p * BLOCK..(p + 1) * BLOCK]);
                    for n in 0..N {
                        sums[n][p] += w * states[n][k];
                    }
                }
            }
            for n in 0..N {
                for p in 0..PARTS {
                    let to = rows[n] * 4 * h + block * STEP + p * BLOCK;
                    sums[n][p].store_slice(&mut gates[to..to + BLOCK]);
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
        }
    }
}

/// Cells and states of the sentences that are being read.
struct Memory {
    cells: [[f32; MOST_HIDDEN]; GROUP],
    states: [[f32; MOST_HIDDEN]; GROUP],
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
        layer.forward(&rows, &mut out);
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
        let values = (0..48 * 192).map(|i| (i % 13) as f32 * 0.07 - 0.4).collect();
        let weights = Matrix { rows: 48, columns: 192, values };
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
