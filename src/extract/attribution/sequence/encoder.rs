//! What a network makes of each token: how likely each role is, by a bidirectional LSTM over whole passages.
//!
//! It reads what the parser's layers know of each token in its sentence, and adds what reaches over sentences. Its
//! answers are features of the first pass (stacking), so that it only has to know better now and then.

use serde::{Deserialize, Serialize};

use super::chain::exp;
use super::context::Context;
use super::reading::Reading;
use super::roles::LABELS;
use crate::language::parser::layers::{Dense, GROUP, Lstm, Narrow};
use crate::language::parser::packed::Packed;

/// Inputs beside the parser's: steps of the vocabulary, quotations, rules, boundaries.
const SIGNS: usize = 9 + 9 + 4 + 12 + 2;

/// The network as it is stored: for each direction its input and recurrent weights, then the output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) matrices: Vec<Packed>,
    pub(crate) vectors: Vec<Vec<f32>>,
}

/// The network.
#[derive(Debug)]
pub(crate) struct Encoder {
    forward: Lstm,
    backward: Lstm,
    output: Dense,
}

/// Number of inputs of a token, given the width of the parser's states.
#[cfg(feature = "train")]
pub(crate) fn width(states: usize) -> usize {
    states + SIGNS
}

/// Appends the inputs of token `i`.
pub(crate) fn inputs(reading: &Reading, context: &Context, i: usize, out: &mut Vec<f32>) {
    let token = &reading.tokens[i];
    out.extend_from_slice(reading.state(i));
    let start = out.len();
    out.resize(start + SIGNS, 0.0);
    let signs = &mut out[start..];
    signs[usize::from(context.cues[i]).min(8)] = 1.0;
    signs[9 + usize::from(context.sources[i]).min(8)] = 1.0;
    signs[18 + token.quoted as usize] = 1.0;
    signs[22 + (token.rule as usize).min(11)] = 1.0;
    signs[34] = f32::from(u8::from(reading.sentence(i).start == i));
    signs[35] = f32::from(u8::from(i > 0 && reading.tokens[i - 1].paragraph != token.paragraph));
}

impl Encoder {
    /// Lays a stored network out for speed; `None` if its parts do not fit together.
    pub(crate) fn new(stored: &Stored) -> Option<Encoder> {
        let [f, fr, b, br, out] = &stored.matrices[..] else { return None };
        let [f_bias, b_bias, out_bias] = &stored.vectors[..] else { return None };
        let whole = stored.matrices.iter().all(Packed::is_whole);
        let fits = f.rows == b.rows && out.rows == fr.rows + br.rows && out.outputs() == LABELS;
        if !whole || !fits {
            return None;
        }
        let (forward, backward) = (Lstm::new(f, f_bias, fr)?, Lstm::new(b, b_bias, br)?);
        Some(Encoder { forward, backward, output: Dense::new(out, out_bias)? })
    }

    /// How likely each role is at each token.
    pub(crate) fn likely(&self, reading: &Reading, context: &Context) -> Vec<[f32; LABELS]> {
        let mut likely = vec![[0.0; LABELS]; reading.len()];
        let mut passages = reading.passages.clone();
        // passages of about the same length are read together; each comes out as if it were read alone
        passages.sort_by_key(|passage| (std::cmp::Reverse(passage.len()), passage.start));
        let (mut rows, mut gates, mut scores) = (Vec::new(), Vec::new(), Vec::new());
        let mut narrow = Narrow::default();
        let width = self.forward.width() + self.backward.width();
        for group in passages.chunks(GROUP) {
            rows.clear();
            let mut ranges = Vec::with_capacity(GROUP);
            let mut count = 0;
            for passage in group {
                ranges.push(count..count + passage.len());
                count += passage.len();
                passage.clone().for_each(|i| inputs(reading, context, i, &mut rows));
            }
            let mut states = vec![0.0; count * width];
            narrow.take(&rows, rows.len() / count.max(1));
            self.forward.forward(&narrow, &ranges, &mut gates, false, &mut states, (0, width));
            let place = (self.forward.width(), width);
            self.backward.forward(&narrow, &ranges, &mut gates, true, &mut states, place);
            narrow.take(&states, width);
            self.output.forward(&narrow, &mut scores);
            let mut row = scores.chunks_exact(self.output.width());
            for i in group.iter().flat_map(Clone::clone) {
                let scores = row.next().expect("there is a row for each token");
                likely[i] = softmax(scores);
            }
        }
        likely
    }
}

fn softmax(scores: &[f32]) -> [f32; LABELS] {
    let most = scores[..LABELS].iter().copied().fold(f32::MIN, f32::max);
    let powers: [f32; LABELS] = std::array::from_fn(|label| exp(scores[label] - most));
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
