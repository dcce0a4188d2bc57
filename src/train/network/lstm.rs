//! One direction of an LSTM (Hochreiter and Schmidhuber 1997; forget gates after Gers et al. 2000), forward and back.

use std::ops::Range;

use super::activation::{sigmoid, tanh};
use super::{Layout, Slot, add_row, axpy, dot, multiply, multiply_left, multiply_right, sum_rows};

/// Where the parameters of one direction are. Gates lie in the order input, forget, output, candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lstm {
    pub(crate) input: Slot,
    pub(crate) recurrent: Slot,
    pub(crate) bias: Slot,
    pub(crate) hidden: usize,
    pub(crate) backward: bool,
}

/// What the backward pass needs of the forward pass.
#[derive(Debug)]
pub(crate) struct Trace {
    /// Activated gates, rows of 4 × hidden.
    gates: Vec<f32>,
    /// Cells and their hyperbolic tangents, rows of hidden.
    cells: Vec<f32>,
    squashed: Vec<f32>,
    /// Hidden state before each token, after its mask; rows of hidden.
    before: Vec<f32>,
    /// Mask of the recurrent state, one for each sentence; empty if none.
    masks: Vec<f32>,
}

impl Lstm {
    pub(crate) fn new(layout: &mut Layout, width: usize, hidden: usize, backward: bool) -> Lstm {
        let input = layout.weights(width, 4 * hidden);
        let recurrent = layout.weights(hidden, 4 * hidden);
        let bias = layout.constant(1, 4 * hidden, 0.0);
        // Open forget gates at first (Jozefowicz et al. 2015).
        bias.of_mut(&mut layout.values)[hidden..2 * hidden].fill(1.0);
        Lstm { input, recurrent, bias, hidden, backward }
    }

    fn order(&self, sentence: &Range<usize>) -> Box<dyn Iterator<Item = usize>> {
        if self.backward { Box::new(sentence.clone().rev()) } else { Box::new(sentence.clone()) }
    }

    /// Runs over each sentence; writes hidden states to columns `at..` of `out`, whose rows are `stride` wide.
    pub(crate) fn forward(
        &self,
        parameters: &[f32],
        rows: &[f32],
        sentences: &[Range<usize>],
        masks: Vec<f32>,
        out: &mut [f32],
        (at, stride): (usize, usize),
    ) -> Trace {
        let h = self.hidden;
        let count = rows.len() / self.input.rows;
        let mut gates = vec![0.0; count * 4 * h];
        add_row(&mut gates, self.bias.of(parameters));
        multiply(&mut gates, rows, self.input.of(parameters), (count, self.input.rows, 4 * h));
        let recurrent = self.recurrent.of(parameters);
        let mut cells = vec![0.0; count * h];
        let mut squashed = vec![0.0; count * h];
        let mut before = vec![0.0; count * h];
        let (mut cell, mut state) = (vec![0.0f32; h], vec![0.0f32; h]);
        for (s, sentence) in sentences.iter().enumerate() {
            cell.fill(0.0);
            state.fill(0.0);
            for i in self.order(sentence) {
                if !masks.is_empty() {
                    for (x, m) in state.iter_mut().zip(&masks[s * h..(s + 1) * h]) {
                        *x *= m;
                    }
                }
                before[i * h..(i + 1) * h].copy_from_slice(&state);
                let z = &mut gates[i * 4 * h..(i + 1) * 4 * h];
                for (k, x) in state.iter().enumerate() {
                    axpy(z, *x, &recurrent[k * 4 * h..(k + 1) * 4 * h]);
                }
                z[..3 * h].iter_mut().for_each(|x| *x = sigmoid(*x));
                z[3 * h..].iter_mut().for_each(|x| *x = tanh(*x));
                for k in 0..h {
                    cell[k] = z[h + k] * cell[k] + z[k] * z[3 * h + k];
                    squashed[i * h + k] = tanh(cell[k]);
                    state[k] = z[2 * h + k] * squashed[i * h + k];
                }
                cells[i * h..(i + 1) * h].copy_from_slice(&cell);
                out[i * stride + at..][..h].copy_from_slice(&state);
            }
        }
        Trace { gates, cells, squashed, before, masks }
    }

    /// Adds to `gradient` (of the parameters) and `rows_back` (of `rows`), given that of the output.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn backward(
        &self,
        parameters: &[f32],
        gradient: &mut [f32],
        rows: &[f32],
        rows_back: &mut [f32],
        sentences: &[Range<usize>],
        trace: &Trace,
        out_back: &[f32],
        (at, stride): (usize, usize),
    ) {
        let h = self.hidden;
        let count = rows.len() / self.input.rows;
        let recurrent = self.recurrent.of(parameters);
        let mut dz = vec![0.0f32; count * 4 * h];
        let (mut dstate, mut dcell) = (vec![0.0f32; h], vec![0.0f32; h]);
        for (s, sentence) in sentences.iter().enumerate() {
            dstate.fill(0.0);
            dcell.fill(0.0);
            let order: Vec<usize> = self.order(sentence).collect();
            for (step, &i) in order.iter().enumerate().rev() {
                let before = step.checked_sub(1).map(|p| order[p]);
                let z = &trace.gates[i * 4 * h..(i + 1) * 4 * h];
                let d = &mut dz[i * 4 * h..(i + 1) * 4 * h];
                for k in 0..h {
                    let ds = dstate[k] + out_back[i * stride + at + k];
                    let t = trace.squashed[i * h + k];
                    let (input, forget, output, candidate) = (z[k], z[h + k], z[2 * h + k], z[3 * h + k]);
                    let dc = dcell[k] + ds * output * (1.0 - t * t);
                    let last = before.map_or(0.0, |b| trace.cells[b * h + k]);
                    d[k] = dc * candidate * input * (1.0 - input);
                    d[h + k] = dc * last * forget * (1.0 - forget);
                    d[2 * h + k] = ds * t * output * (1.0 - output);
                    d[3 * h + k] = dc * input * (1.0 - candidate * candidate);
                    dcell[k] = dc * forget;
                }
                for (k, x) in dstate.iter_mut().enumerate() {
                    *x = dot(d, &recurrent[k * 4 * h..(k + 1) * 4 * h]);
                    if !trace.masks.is_empty() {
                        *x *= trace.masks[s * h + k];
                    }
                }
            }
        }
        let width = self.input.rows;
        sum_rows(self.bias.of_mut(gradient), &dz);
        multiply_left(self.input.of_mut(gradient), rows, &dz, (width, count, 4 * h));
        multiply_left(self.recurrent.of_mut(gradient), &trace.before, &dz, (h, count, 4 * h));
        multiply_right(rows_back, &dz, self.input.of(parameters), (count, 4 * h, width));
    }
}
