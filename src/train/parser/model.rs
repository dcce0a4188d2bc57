//! The parser's network as it is trained: forward, back, and cut down to bytes.

use std::ops::Range;

use super::{Example, Plan};
use crate::document::{Deprel, Tag, Upos};
use crate::language::parser::inputs::{self, COUNT, WIDTH, WIDTHS};
use crate::language::parser::layers::rectify;
use crate::language::parser::packed::Packed;
use crate::language::parser::storage::Model;
use crate::train::Random;
use crate::train::network::lstm::{Lstm, Trace};
use crate::train::network::{
    Affine, Layout, Slot, add, add_row, axpy, cross_entropy, dot, mask, multiply, multiply_left,
    multiply_right, rectify_back, sum_rows,
};

/// The network: where its parameters are.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) tables: [Slot; COUNT],
    /// Number of parameters that are no embeddings; they come first.
    pub(super) dense: usize,
    layers: Vec<[Lstm; 2]>,
    dependent: Affine,
    head: Affine,
    label_dependent: Affine,
    label_head: Slot,
    /// What scores trees, for gold and for silver ones: their conventions differ.
    scorers: [Scorer; 2],
    upos: Affine,
    hidden: usize,
}

/// What scores trees of one convention.
#[derive(Clone, Copy, Debug)]
struct Scorer {
    between: Slot,
    head_bias: Slot,
    root: Slot,
    label_root: Slot,
    label: Affine,
    /// Penn tags: learned on the side, because they make the layers below better.
    tag: Affine,
}

impl Scorer {
    fn new(layout: &mut Layout, plan: &Plan, labels: usize) -> Scorer {
        Scorer {
            between: layout.weights(plan.arc, plan.arc),
            head_bias: layout.constant(1, plan.arc, 0.0),
            root: layout.uniform(1, plan.arc, 0.3),
            label_root: layout.uniform(1, plan.label, 0.3),
            label: Affine::new(layout, plan.label, labels),
            tag: Affine::new(layout, 2 * plan.hidden, TAGS),
        }
    }
}

/// What the losses of tokens are multiplied with.
pub(super) const SCALE: f32 = 1.0 / 16.0;

const LABELS: usize = Deprel::ALL.len();
const UPOS: usize = Upos::ALL.len();
const TAGS: usize = Tag::ALL.len();
/// More relations than the silver trees have.
const SILVER_LABELS: usize = 64;

impl Network {
    pub(super) fn new(layout: &mut Layout, plan: &Plan, words: usize) -> Network {
        let h = plan.hidden;
        let mut layers = Vec::new();
        let mut width = WIDTH;
        for _ in 0..plan.layers {
            layers.push([false, true].map(|backward| Lstm::new(layout, width, h, backward)));
            width = 2 * h;
        }
        let dependent = Affine::new(layout, width, plan.arc);
        let head = Affine::new(layout, width, plan.arc);
        let label_dependent = Affine::new(layout, width, plan.label);
        let label_head = layout.weights(width, plan.label);
        let scorers = [LABELS, SILVER_LABELS].map(|labels| Scorer::new(layout, plan, labels));
        let upos = Affine::new(layout, width, UPOS);
        let dense = layout.values.len();
        let rows = inputs::rows(words);
        let tables = std::array::from_fn(|t| layout.uniform(rows[t], WIDTHS[t], 0.3));
        Network {
            tables,
            dense,
            layers,
            dependent,
            head,
            label_dependent,
            label_head,
            scorers,
            upos,
            hidden: h,
        }
    }

    fn embed(&self, parameters: &[f32], rows: &[[u32; COUNT]]) -> Vec<f32> {
        let mut out = Vec::with_capacity(rows.len() * WIDTH);
        for row in rows {
            for (t, id) in row.iter().enumerate() {
                let width = WIDTHS[t];
                out.extend_from_slice(&self.tables[t].of(parameters)[*id as usize * width..][..width]);
            }
        }
        out
    }
}

impl Network {
    /// The parameters cut down to bytes; the words are still missing.
    pub(super) fn stored(&self, values: &[f32]) -> Model {
        let mut model = Model::default();
        let packed = |slot: &Slot| Packed::columns(slot.of(values), slot.rows, slot.columns);
        let vector = |slot: &Slot| slot.of(values).to_vec();
        for lstm in self.layers.iter().flatten() {
            model.matrices.extend([packed(&lstm.input), packed(&lstm.recurrent)]);
            model.vectors.push(vector(&lstm.bias));
        }
        let Network { dependent, head, label_dependent, upos, .. } = self;
        let Scorer { between, head_bias, root, label_root, label, .. } = &self.scorers[0];
        for (weights, bias) in [
            (&dependent.weights, Some(&dependent.bias)),
            (&head.weights, Some(&head.bias)),
            (between, Some(head_bias)),
            (&label_dependent.weights, Some(&label_dependent.bias)),
            (&self.label_head, None),
            (&label.weights, Some(&label.bias)),
            (&upos.weights, Some(&upos.bias)),
        ] {
            model.matrices.push(packed(weights));
            model.vectors.extend(bias.map(vector));
        }
        model.vectors.extend([vector(root), vector(label_root)]);
        model.tables = self.tables.iter().map(|t| Packed::table(t.of(values), t.rows)).collect();
        model
    }
}

/// What a pass over some sentences gives.
pub(super) struct Pass {
    /// Of the parameters that are no embeddings.
    pub(super) gradient: Vec<f32>,
    /// Of the embeddings, a row for each token, with which rows they are.
    pub(super) inputs: Vec<f32>,
    pub(super) rows: Vec<[u32; COUNT]>,
    pub(super) loss: f32,
}

fn apply(values: &mut [f32], masks: &[f32], sentences: &[Range<usize>], width: usize) {
    if masks.is_empty() {
        return;
    }
    for (s, range) in sentences.iter().enumerate() {
        for row in values[range.start * width..range.end * width].chunks_exact_mut(width) {
            for (x, m) in row.iter_mut().zip(&masks[s * width..(s + 1) * width]) {
                *x *= m;
            }
        }
    }
}

impl Network {
    /// Loss of some sentences, all gold or all silver, and its gradient.
    pub(super) fn pass(
        &self,
        parameters: &[f32],
        examples: &[&Example],
        plan: &Plan,
        random: &mut Random,
    ) -> Pass {
        let rows: Vec<[u32; COUNT]> = examples.iter().flat_map(|e| e.rows.iter().copied()).collect();
        let mut sentences = Vec::new();
        let mut start = 0;
        for e in examples {
            sentences.push(start..start + e.rows.len());
            start += e.rows.len();
        }
        let trace = self.encode(parameters, &rows, &sentences, plan, random);
        let scorer = self.scorers[usize::from(examples[0].silver)];
        let batch = Batch { parameters, examples, sentences: &sentences, top: &trace.top, scorer };
        let mut back = Back { gradient: vec![0.0; self.dense], top: vec![0.0; trace.top.len()] };
        let mut loss = self.tags(&batch, &mut back);
        loss += self.labels(&batch, &mut back);
        loss += self.arcs(&batch, &mut back);
        let inputs = self.encode_back(parameters, &sentences, trace, &mut back);
        Pass { gradient: back.gradient, inputs, rows, loss }
    }

    /// What each token is in its sentence.
    fn encode(
        &self,
        parameters: &[f32],
        rows: &[[u32; COUNT]],
        sentences: &[Range<usize>],
        plan: &Plan,
        random: &mut Random,
    ) -> Encoding {
        let h = self.hidden;
        let width = 2 * h;
        let mut current = self.embed(parameters, rows);
        let mut input_mask = Vec::new();
        if plan.drop_input > 0.0 {
            for _ in rows {
                let kept = mask(random, COUNT, plan.drop_input);
                for (k, width) in kept.iter().zip(WIDTHS) {
                    input_mask.extend(std::iter::repeat_n(*k, width));
                }
            }
            current.iter_mut().zip(&input_mask).for_each(|(x, m)| *x *= m);
        }
        let mut layers = Vec::new();
        for (l, pair) in self.layers.iter().enumerate() {
            let in_width = pair[0].input.rows;
            let masks = if l > 0 { masks(random, sentences.len(), in_width, plan.drop) } else { Vec::new() };
            apply(&mut current, &masks, sentences, in_width);
            let mut out = vec![0.0; rows.len() * width];
            let mut at = 0;
            let traces = [0, 1].map(|d| {
                let recurrent = self::masks(random, sentences.len(), h, plan.drop);
                let trace =
                    pair[d].forward(parameters, &current, sentences, recurrent, &mut out, (at, width));
                at += h;
                trace
            });
            layers.push(Layer { inputs: current, masks, traces });
            current = out;
        }
        let top_masks = masks(random, sentences.len(), width, plan.drop);
        apply(&mut current, &top_masks, sentences, width);
        Encoding { input_mask, layers, top_masks, top: current }
    }

    /// Down through the layers: the gradient of the embeddings, a row for each token.
    fn encode_back(
        &self,
        parameters: &[f32],
        sentences: &[Range<usize>],
        encoding: Encoding,
        back: &mut Back,
    ) -> Vec<f32> {
        let h = self.hidden;
        let width = 2 * h;
        let mut above = std::mem::take(&mut back.top);
        apply(&mut above, &encoding.top_masks, sentences, width);
        for (pair, layer) in self.layers.iter().zip(&encoding.layers).rev() {
            let mut below = vec![0.0f32; layer.inputs.len()];
            for (d, (lstm, trace)) in pair.iter().zip(&layer.traces).enumerate() {
                let gradient = &mut back.gradient;
                let place = (d * h, width);
                lstm.backward(
                    parameters,
                    gradient,
                    &layer.inputs,
                    &mut below,
                    sentences,
                    trace,
                    &above,
                    place,
                );
            }
            apply(&mut below, &layer.masks, sentences, pair[0].input.rows);
            above = below;
        }
        above.iter_mut().zip(&encoding.input_mask).for_each(|(x, m)| *x *= m);
        above
    }

    /// Tags, read off the top directly. Silver sentences have no universal ones.
    fn tags(&self, batch: &Batch<'_>, back: &mut Back) -> f32 {
        let Batch { parameters, examples, top, scorer, .. } = batch;
        let upos: Vec<u8> = examples.iter().flat_map(|e| &e.upos).copied().collect();
        let tags: Vec<u8> = examples.iter().flat_map(|e| &e.tags).copied().collect();
        let upos = (!examples[0].silver).then_some((&self.upos, UPOS, upos, 1.0));
        let mut loss = 0.0;
        for (affine, classes, gold, weight) in upos.into_iter().chain([(&scorer.tag, TAGS, tags, 0.3)]) {
            let mut scores = affine.forward(parameters, top);
            let gold = gold.iter().map(|g| usize::from(*g));
            loss += cross_entropy(&mut scores, classes, gold, weight * SCALE);
            affine.backward(parameters, &mut back.gradient, top, &mut back.top, &scores);
        }
        loss
    }

    /// Labels, given the true heads.
    fn labels(&self, batch: &Batch<'_>, back: &mut Back) -> f32 {
        let Batch { parameters, examples, sentences, top, scorer } = batch;
        let (count, width, lw) = (top.len() / (2 * self.hidden), 2 * self.hidden, self.label_head.columns);
        let mut hidden = self.label_dependent.forward(parameters, top);
        let mut by_head = vec![0.0f32; count * lw];
        multiply(&mut by_head, top, self.label_head.of(parameters), (count, width, lw));
        let heads: Vec<Option<usize>> = examples
            .iter()
            .zip(*sentences)
            .flat_map(|(e, s)| e.heads.iter().map(|h| h.checked_sub(1).map(|h| s.start + h as usize)))
            .collect();
        for (i, head) in heads.iter().enumerate() {
            let from = head.map_or(scorer.label_root.of(parameters), |j| &by_head[j * lw..(j + 1) * lw]);
            add(&mut hidden[i * lw..(i + 1) * lw], from);
        }
        rectify(&mut hidden);
        let mut scores = scorer.label.forward(parameters, &hidden);
        let gold = examples.iter().flat_map(|e| &e.deprels).map(|d| usize::from(*d));
        let loss = cross_entropy(&mut scores, scorer.label.weights.columns, gold, SCALE);
        let gradient = &mut back.gradient;
        let mut hidden_back = vec![0.0f32; hidden.len()];
        scorer.label.backward(parameters, gradient, &hidden, &mut hidden_back, &scores);
        rectify_back(&mut hidden_back, &hidden);
        let mut by_head_back = vec![0.0f32; count * lw];
        for (i, head) in heads.iter().enumerate() {
            let from = &hidden_back[i * lw..(i + 1) * lw];
            match head {
                Some(j) => add(&mut by_head_back[j * lw..(j + 1) * lw], from),
                None => add(scorer.label_root.of_mut(gradient), from),
            }
        }
        self.label_dependent.backward(parameters, gradient, top, &mut back.top, &hidden_back);
        multiply_left(self.label_head.of_mut(gradient), top, &by_head_back, (width, count, lw));
        multiply_right(&mut back.top, &by_head_back, self.label_head.of(parameters), (count, lw, width));
        loss
    }

    /// Arcs: each token chooses its head among the root and the other tokens.
    fn arcs(&self, batch: &Batch<'_>, back: &mut Back) -> f32 {
        let Batch { parameters, examples, sentences, top, scorer } = batch;
        let gradient = &mut back.gradient;
        let (count, a) = (top.len() / (2 * self.hidden), scorer.between.rows);
        let mut dependents = self.dependent.forward(parameters, top);
        let mut candidates = self.head.forward(parameters, top);
        rectify(&mut dependents);
        rectify(&mut candidates);
        let mut queries = vec![0.0f32; count * a];
        add_row(&mut queries, scorer.head_bias.of(parameters));
        multiply(&mut queries, &dependents, scorer.between.of(parameters), (count, a, a));
        let mut queries_back = vec![0.0f32; count * a];
        let mut candidates_back = vec![0.0f32; count * a];
        let root = scorer.root.of(parameters);
        let mut loss = 0.0;
        for (s, e) in sentences.iter().zip(*examples) {
            let n = s.len();
            let (q, c) = (&queries[s.start * a..s.end * a], &candidates[s.start * a..s.end * a]);
            let mut scores = vec![0.0f32; n * n];
            multiply_right(&mut scores, q, c, (n, a, n));
            let mut full = vec![0.0f32; n * (n + 1)];
            for i in 0..n {
                let row = &mut full[i * (n + 1)..(i + 1) * (n + 1)];
                row[0] = dot(&q[i * a..(i + 1) * a], root);
                row[1..].copy_from_slice(&scores[i * n..(i + 1) * n]);
                row[i + 1] = -1e9;
            }
            loss += cross_entropy(&mut full, n + 1, e.heads.iter().map(|h| *h as usize), SCALE);
            for i in 0..n {
                let row = &full[i * (n + 1)..(i + 1) * (n + 1)];
                scores[i * n..(i + 1) * n].copy_from_slice(&row[1..]);
                axpy(&mut queries_back[(s.start + i) * a..][..a], row[0], root);
                axpy(scorer.root.of_mut(gradient), row[0], &q[i * a..(i + 1) * a]);
            }
            multiply(&mut queries_back[s.start * a..s.end * a], &scores, c, (n, n, a));
            multiply_left(&mut candidates_back[s.start * a..s.end * a], &scores, q, (n, n, a));
        }
        sum_rows(scorer.head_bias.of_mut(gradient), &queries_back);
        multiply_left(scorer.between.of_mut(gradient), &dependents, &queries_back, (a, count, a));
        let mut dependents_back = vec![0.0f32; count * a];
        multiply_right(&mut dependents_back, &queries_back, scorer.between.of(parameters), (count, a, a));
        rectify_back(&mut dependents_back, &dependents);
        rectify_back(&mut candidates_back, &candidates);
        self.dependent.backward(parameters, gradient, top, &mut back.top, &dependents_back);
        self.head.backward(parameters, gradient, top, &mut back.top, &candidates_back);
        loss
    }
}

/// What the backward pass needs of [`Network::encode`].
struct Encoding {
    input_mask: Vec<f32>,
    layers: Vec<Layer>,
    top_masks: Vec<f32>,
    /// The last states of each token.
    top: Vec<f32>,
}

struct Layer {
    inputs: Vec<f32>,
    masks: Vec<f32>,
    traces: [Trace; 2],
}

/// Sentences, and what they are encoded as.
struct Batch<'b> {
    parameters: &'b [f32],
    examples: &'b [&'b Example],
    sentences: &'b [Range<usize>],
    top: &'b [f32],
    scorer: Scorer,
}

/// Gradients on the way down: of the parameters, and of the encoding.
struct Back {
    gradient: Vec<f32>,
    top: Vec<f32>,
}

/// A mask of dropped columns for each sentence; empty if none is dropped.
fn masks(random: &mut Random, sentences: usize, width: usize, p: f32) -> Vec<f32> {
    if p > 0.0 { mask(random, sentences * width, p) } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_agree_with_differences_of_the_loss() {
        let plan = Plan { hidden: 5, arc: 4, label: 6, drop: 0.0, drop_input: 0.0, ..Plan::default() };
        let mut layout = Layout::new(11);
        let network = Network::new(&mut layout, &plan, 3);
        let mut values = layout.values;
        let example = |heads: &[u32], silver| Example {
            rows: heads.iter().map(|h| [h % 4, 17 * h, 5 * h, 3 * h, h + 9, 2 * h, h + 1, h % 7]).collect(),
            heads: heads.to_vec(),
            deprels: heads.iter().map(|h| *h as u8 + 3).collect(),
            upos: heads.iter().map(|h| *h as u8 * 2).collect(),
            tags: heads.iter().map(|h| *h as u8 + 1).collect(),
            silver,
        };
        for silver in [false, true] {
            let examples = [example(&[2, 0, 2, 3], silver), example(&[0, 1], silver)];
            let examples: Vec<&Example> = examples.iter().collect();
            let pass = network.pass(&values, &examples, &plan, &mut Random::new(1));
            let mut checked = 0;
            for i in (0..network.dense).step_by(3) {
                let true_value = values[i];
                let mut loss_at = |value: f32| {
                    values[i] = value;
                    f64::from(network.pass(&values, &examples, &plan, &mut Random::new(1)).loss)
                };
                // A step that crosses a bend of the rectifier tells nothing; a shorter one does not cross it.
                let slopes = [0.01, 0.003, 0.001].map(|step| {
                    (loss_at(true_value + step) - loss_at(true_value - step)) / f64::from(2.0 * step)
                });
                values[i] = true_value;
                let found = f64::from(pass.gradient[i]);
                let agrees = |slope: &f64| (slope - found).abs() < 0.001 + 0.04 * found.abs();
                assert!(slopes.iter().any(agrees), "{i}: {found}, not {slopes:?}");
                checked += usize::from(found.abs() > 0.003);
            }
            assert!(checked > 20, "too few gradients to tell: {checked}");
        }
    }
}
