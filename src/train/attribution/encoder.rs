//! Training of the encoder.

use std::ops::Range;

use crate::extract::attribution::sequence::context::Context;
use crate::extract::attribution::sequence::encoder::{Stored, inputs, width};
use crate::extract::attribution::sequence::reading::Reading;
use crate::extract::attribution::sequence::roles::LABELS;
use crate::language::parser::packed::Packed;
use crate::train::Random;
use crate::train::network::lstm::Lstm;
use crate::train::network::{Adam, Affine, Layout, Slot, cross_entropy, dot, mask};

const HIDDEN: usize = 64;
const EPOCHS: usize = 8;
/// Tokens of a batch.
const BATCH: usize = 1500;
const RATE: f32 = 0.002;
/// Share of inputs and of states that are left out.
const DROPPED: f32 = 0.25;
/// Longest gradient; longer ones are cut.
const LONGEST: f32 = 5.0;
const SCALE: f32 = 1.0 / 16.0;

/// A passage: inputs of its tokens, and their labels.
struct Passage<'e> {
    reading: &'e Reading,
    context: &'e Context,
    tokens: Range<usize>,
    labels: &'e [u8],
}

/// Learns from articles; the same articles give the same network.
pub(super) fn learn(articles: &[(&Reading, Context, Vec<u8>)], states: usize, seed: u64) -> Stored {
    let mut layout = Layout::new(seed);
    let width = width(states);
    let pair = [false, true].map(|backward| Lstm::new(&mut layout, width, HIDDEN, backward));
    let output = Affine::new(&mut layout, 2 * HIDDEN, LABELS);
    let mut values = layout.values;
    let mut adam = Adam::new(values.len());
    let mut random = Random::new(seed ^ 0xabcd);
    let mut passages: Vec<Passage<'_>> = Vec::new();
    for (reading, context, labels) in articles {
        let of = |tokens: &Range<usize>| Passage { reading, context, tokens: tokens.clone(), labels };
        passages.extend(reading.passages.iter().map(of));
    }
    let all: usize = passages.iter().map(|p| p.tokens.len()).sum();
    let steps = (all * EPOCHS).div_ceil(BATCH) as f32;
    let mut step = 0.0;
    for _ in 0..EPOCHS {
        random.shuffle(&mut passages);
        let mut start = 0;
        while start < passages.len() {
            let (mut end, mut tokens) = (start, 0);
            while end < passages.len() && tokens < BATCH {
                tokens += passages[end].tokens.len();
                end += 1;
            }
            let mut gradient = vec![0.0; values.len()];
            pass(&pair, &output, &values, &passages[start..end], &mut gradient, &mut random);
            let factor = 1.0 / SCALE / tokens as f32 * 20.0;
            gradient.iter_mut().for_each(|g| *g *= factor);
            let norm = dot(&gradient, &gradient).sqrt();
            let cut = (LONGEST * 20.0 / norm).min(1.0);
            gradient.iter_mut().for_each(|g| *g *= cut);
            step += 1.0;
            let rate = RATE * (step / 100.0f32).min(1.0) * (1.0 - step / steps).max(0.02);
            adam.tick();
            adam.update(&mut values, 0, &gradient, rate);
            start = end;
        }
    }
    let packed = |slot: &Slot| Packed::columns(slot.of(&values), slot.rows, slot.columns);
    let [f, b] = &pair;
    Stored {
        matrices: [&f.input, &f.recurrent, &b.input, &b.recurrent, &output.weights].map(packed).to_vec(),
        vectors: [&f.bias, &b.bias, &output.bias].map(|slot| slot.of(&values).to_vec()).to_vec(),
    }
}

/// Adds the gradient of some passages.
fn pass(
    pair: &[Lstm; 2],
    output: &Affine,
    values: &[f32],
    passages: &[Passage<'_>],
    gradient: &mut [f32],
    random: &mut Random,
) {
    let mut rows = Vec::new();
    let mut ranges = Vec::new();
    let mut count = 0;
    for passage in passages {
        ranges.push(count..count + passage.tokens.len());
        count += passage.tokens.len();
        passage.tokens.clone().for_each(|i| inputs(passage.reading, passage.context, i, &mut rows));
    }
    for row in rows.chunks_exact_mut(pair[0].input.rows) {
        let kept = mask(random, row.len(), DROPPED);
        row.iter_mut().zip(&kept).for_each(|(x, k)| *x *= k);
    }
    let stride = 2 * HIDDEN;
    let mut states = vec![0.0; count * stride];
    let traces = [0, 1].map(|d| {
        let recurrent = mask(random, ranges.len() * HIDDEN, DROPPED);
        pair[d].forward(values, &rows, &ranges, recurrent, &mut states, (d * HIDDEN, stride))
    });
    let kept = mask(random, states.len(), DROPPED);
    states.iter_mut().zip(&kept).for_each(|(x, k)| *x *= k);
    let mut scores = output.forward(values, &states);
    let labels = passages.iter().flat_map(|p| p.labels[p.tokens.clone()].iter().map(|l| usize::from(*l)));
    cross_entropy(&mut scores, LABELS, labels, SCALE);
    let mut back = vec![0.0; states.len()];
    output.backward(values, gradient, &states, &mut back, &scores);
    back.iter_mut().zip(&kept).for_each(|(x, k)| *x *= k);
    let mut unused = vec![0.0; rows.len()];
    for (d, (lstm, trace)) in pair.iter().zip(&traces).enumerate() {
        lstm.backward(values, gradient, &rows, &mut unused, &ranges, trace, &back, (d * HIDDEN, stride));
    }
}
