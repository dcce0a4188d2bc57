//! Training of the parser.

use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::network::lstm::{Lstm, Trace};
use super::network::{
    Adam, Layout, Slot, add, add_row, axpy, dot, mask, multiply, multiply_left, multiply_right, rectify,
    rectify_back, sum_rows,
};
use super::{Random, Sentence, tagger, treebank};
use crate::document::{Deprel, Tag, Upos};
use crate::language::features::{self, Word};
use crate::language::parser::inputs::{self, COUNT, WIDTH, WIDTHS};
use crate::language::parser::storage::{Model, Packed};
use crate::language::parser::tree::best_tree;
use crate::language::parser::{Parser, network};
use crate::language::tagger::{Scratch, Tagger};

/// Sizes and rates.
#[derive(Clone, Debug)]
pub struct Plan {
    hidden: usize,
    layers: usize,
    arc: usize,
    label: usize,
    epochs: usize,
    rate: f32,
    drop: f32,
    drop_input: f32,
    batch: usize,
    threads: usize,
    /// Epochs, from the first, that also see the silver trees.
    silver: usize,
}

impl Plan {
    fn from_env() -> Plan {
        let get = |name: &str, or: f32| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or);
        Plan {
            hidden: get("HIDDEN", 64.0) as usize,
            layers: get("LAYERS", 2.0) as usize,
            arc: get("ARC", 64.0) as usize,
            label: get("LABEL", 64.0) as usize,
            epochs: get("EPOCHS", 12.0) as usize,
            rate: get("RATE", 0.003),
            drop: get("DROP", 0.25),
            drop_input: get("DROPIN", 0.2),
            batch: get("BATCH", 600.0) as usize,
            threads: get("THREADS", 2.0) as usize,
            silver: get("SILVER", 2.0) as usize,
        }
    }
}

/// A sentence ready for training.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) rows: Vec<[u32; COUNT]>,
    /// Head of each token, counted from 1; 0 for the root.
    pub(crate) heads: Vec<u32>,
    pub(crate) deprels: Vec<u8>,
    pub(crate) upos: Vec<u8>,
    pub(crate) tags: Vec<u8>,
    /// Whether the tree is another parser's.
    pub(crate) silver: bool,
}

/// The network: where its parameters are.
#[derive(Debug)]
struct Network {
    tables: [Slot; COUNT],
    dense: usize,
    layers: Vec<[Lstm; 2]>,
    dependent: Affine,
    head: Affine,
    label_dependent: Affine,
    label_head: Slot,
    /// What scores trees, for gold and for silver ones: their conventions differ.
    scorers: [Scorer; 2],
    upos: Affine,
    tag: Affine,
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
}

impl Scorer {
    fn new(layout: &mut Layout, plan: &Plan, labels: usize) -> Scorer {
        Scorer {
            between: layout.weights(plan.arc, plan.arc),
            head_bias: layout.constant(1, plan.arc, 0.0),
            root: layout.uniform(1, plan.arc, 0.3),
            label_root: layout.uniform(1, plan.label, 0.3),
            label: Affine::new(layout, plan.label, labels),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Affine {
    weights: Slot,
    bias: Slot,
}

impl Affine {
    fn new(layout: &mut Layout, from: usize, to: usize) -> Affine {
        Affine { weights: layout.weights(from, to), bias: layout.constant(1, to, 0.0) }
    }

    fn forward(&self, parameters: &[f32], rows: &[f32]) -> Vec<f32> {
        let (k, n) = (self.weights.rows, self.weights.columns);
        let m = rows.len() / k;
        let mut out = vec![0.0; m * n];
        add_row(&mut out, self.bias.of(parameters));
        multiply(&mut out, rows, self.weights.of(parameters), (m, k, n));
        out
    }

    fn backward(
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

const LABELS: usize = Deprel::ALL.len();
const UPOS: usize = Upos::ALL.len();
const TAGS: usize = Tag::ALL.len();
/// More relations than the silver trees have.
const SILVER_LABELS: usize = 64;

impl Network {
    fn new(layout: &mut Layout, plan: &Plan, words: usize) -> Network {
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
        let tag = Affine::new(layout, width, TAGS);
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
            tag,
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
    fn stored(&self, values: &[f32]) -> Model {
        let mut model = Model::default();
        let packed = |slot: &Slot| Packed::columns(slot.of(values), slot.rows, slot.columns);
        let vector = |slot: &Slot| slot.of(values).to_vec();
        for lstm in self.layers.iter().flatten() {
            model.matrices.extend([packed(&lstm.input), packed(&lstm.recurrent)]);
            model.vectors.push(vector(&lstm.bias));
        }
        let Network { dependent, head, label_dependent, upos, .. } = self;
        let Scorer { between, head_bias, root, label_root, label } = &self.scorers[0];
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
struct Pass {
    /// Of the parameters that are no embeddings.
    gradient: Vec<f32>,
    /// Of the embeddings, a row for each token, with which rows they are.
    inputs: Vec<f32>,
    rows: Vec<[u32; COUNT]>,
    loss: f32,
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
fn cross_entropy(scores: &mut [f32], classes: usize, gold: impl Iterator<Item = usize>, weight: f32) -> f32 {
    let mut loss = 0.0;
    for (row, gold) in scores.chunks_exact_mut(classes).zip(gold) {
        softmax(row);
        loss -= row[gold].max(1e-9).ln() * weight;
        row[gold] -= 1.0;
        row.iter_mut().for_each(|x| *x *= weight);
    }
    loss
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
    fn masks(random: &mut Random, sentences: usize, width: usize, p: f32) -> Vec<f32> {
        if p > 0.0 { mask(random, sentences * width, p) } else { Vec::new() }
    }

    /// Loss of some sentences and its gradient.
    fn pass(&self, parameters: &[f32], examples: &[&Example], plan: &Plan, random: &mut Random) -> Pass {
        let rows: Vec<[u32; COUNT]> = examples.iter().flat_map(|e| e.rows.iter().copied()).collect();
        let count = rows.len();
        let silver = examples[0].silver;
        let scorer = &self.scorers[usize::from(silver)];
        let mut sentences = Vec::new();
        let mut start = 0;
        for e in examples {
            sentences.push(start..start + e.rows.len());
            start += e.rows.len();
        }
        let h = self.hidden;
        let width = 2 * h;
        // Forward.
        let mut input = self.embed(parameters, &rows);
        let mut input_mask = Vec::new();
        if plan.drop_input > 0.0 {
            for _ in 0..count {
                let kept = mask(random, COUNT, plan.drop_input);
                for (t, k) in kept.iter().enumerate() {
                    input_mask.extend(std::iter::repeat_n(*k, WIDTHS[t]));
                }
            }
            input.iter_mut().zip(&input_mask).for_each(|(x, m)| *x *= m);
        }
        let mut layer_inputs: Vec<Vec<f32>> = Vec::new();
        let mut layer_masks: Vec<Vec<f32>> = Vec::new();
        let mut traces: Vec<[Trace; 2]> = Vec::new();
        let mut current = input;
        for (l, pair) in self.layers.iter().enumerate() {
            let in_width = pair[0].input.rows;
            let masks =
                if l > 0 { Self::masks(random, sentences.len(), in_width, plan.drop) } else { Vec::new() };
            apply(&mut current, &masks, &sentences, in_width);
            let mut out = vec![0.0; count * width];
            let traces_here: Vec<Trace> = pair
                .iter()
                .enumerate()
                .map(|(d, lstm)| {
                    let recurrent = Self::masks(random, sentences.len(), h, plan.drop);
                    lstm.forward(parameters, &current, &sentences, recurrent, &mut out, (d * h, width))
                })
                .collect();
            traces.push(traces_here.try_into().expect("two directions"));
            layer_inputs.push(current);
            layer_masks.push(masks);
            current = out;
        }
        let top_masks = Self::masks(random, sentences.len(), width, plan.drop);
        apply(&mut current, &top_masks, &sentences, width);
        let top = current;
        let mut gradient = vec![0.0f32; self.dense];
        let mut top_back = vec![0.0f32; top.len()];
        let scale = 1.0 / 16.0;
        let mut loss = 0.0;

        // Tags: read off the top directly.
        for (affine, classes, gold, weight) in [
            (&self.upos, UPOS, examples.iter().flat_map(|e| &e.upos).collect::<Vec<_>>(), 0.5),
            (&self.tag, TAGS, examples.iter().flat_map(|e| &e.tags).collect::<Vec<_>>(), 0.3),
        ] {
            let mut scores = affine.forward(parameters, &top);
            loss +=
                cross_entropy(&mut scores, classes, gold.iter().map(|g| usize::from(**g)), weight * scale);
            affine.backward(parameters, &mut gradient, &top, &mut top_back, &scores);
        }

        // Labels, given the true heads.
        let lw = self.label_head.columns;
        let mut hidden = self.label_dependent.forward(parameters, &top);
        let mut by_head = vec![0.0f32; count * lw];
        multiply(&mut by_head, &top, self.label_head.of(parameters), (count, width, lw));
        let heads: Vec<Option<usize>> = examples
            .iter()
            .zip(&sentences)
            .flat_map(|(e, s)| e.heads.iter().map(|h| h.checked_sub(1).map(|h| s.start + h as usize)))
            .collect();
        for (i, head) in heads.iter().enumerate() {
            let from = head.map_or(scorer.label_root.of(parameters), |j| &by_head[j * lw..(j + 1) * lw]);
            add(&mut hidden[i * lw..(i + 1) * lw], from);
        }
        rectify(&mut hidden);
        let mut scores = scorer.label.forward(parameters, &hidden);
        let gold = examples.iter().flat_map(|e| &e.deprels).map(|d| usize::from(*d));
        loss += cross_entropy(&mut scores, scorer.label.weights.columns, gold, scale);
        let mut hidden_back = vec![0.0f32; hidden.len()];
        scorer.label.backward(parameters, &mut gradient, &hidden, &mut hidden_back, &scores);
        rectify_back(&mut hidden_back, &hidden);
        let mut by_head_back = vec![0.0f32; count * lw];
        for (i, head) in heads.iter().enumerate() {
            let from = &hidden_back[i * lw..(i + 1) * lw];
            match head {
                Some(j) => add(&mut by_head_back[j * lw..(j + 1) * lw], from),
                None => add(scorer.label_root.of_mut(&mut gradient), from),
            }
        }
        self.label_dependent.backward(parameters, &mut gradient, &top, &mut top_back, &hidden_back);
        multiply_left(self.label_head.of_mut(&mut gradient), &top, &by_head_back, (width, count, lw));
        multiply_right(&mut top_back, &by_head_back, self.label_head.of(parameters), (count, lw, width));

        // Arcs.
        let a = scorer.between.rows;
        let mut dependents = self.dependent.forward(parameters, &top);
        let mut candidates = self.head.forward(parameters, &top);
        rectify(&mut dependents);
        rectify(&mut candidates);
        let mut queries = vec![0.0f32; count * a];
        add_row(&mut queries, scorer.head_bias.of(parameters));
        multiply(&mut queries, &dependents, scorer.between.of(parameters), (count, a, a));
        let mut queries_back = vec![0.0f32; count * a];
        let mut candidates_back = vec![0.0f32; count * a];
        let root = scorer.root.of(parameters);
        for (s, e) in sentences.iter().zip(examples) {
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
            loss += cross_entropy(&mut full, n + 1, e.heads.iter().map(|h| *h as usize), scale);
            for i in 0..n {
                let row = &full[i * (n + 1)..(i + 1) * (n + 1)];
                scores[i * n..(i + 1) * n].copy_from_slice(&row[1..]);
                axpy(&mut queries_back[(s.start + i) * a..][..a], row[0], root);
                axpy(scorer.root.of_mut(&mut gradient), row[0], &q[i * a..(i + 1) * a]);
            }
            multiply(&mut queries_back[s.start * a..s.end * a], &scores, c, (n, n, a));
            multiply_left(&mut candidates_back[s.start * a..s.end * a], &scores, q, (n, n, a));
        }
        sum_rows(scorer.head_bias.of_mut(&mut gradient), &queries_back);
        multiply_left(scorer.between.of_mut(&mut gradient), &dependents, &queries_back, (a, count, a));
        let mut dependents_back = vec![0.0f32; count * a];
        multiply_right(&mut dependents_back, &queries_back, scorer.between.of(parameters), (count, a, a));
        rectify_back(&mut dependents_back, &dependents);
        rectify_back(&mut candidates_back, &candidates);
        self.dependent.backward(parameters, &mut gradient, &top, &mut top_back, &dependents_back);
        self.head.backward(parameters, &mut gradient, &top, &mut top_back, &candidates_back);

        // Down through the layers.
        let mut back = top_back;
        apply(&mut back, &top_masks, &sentences, width);
        for (l, pair) in self.layers.iter().enumerate().rev() {
            let rows_in = &layer_inputs[l];
            let mut below = vec![0.0f32; rows_in.len()];
            for (d, lstm) in pair.iter().enumerate() {
                lstm.backward(
                    parameters,
                    &mut gradient,
                    rows_in,
                    &mut below,
                    &sentences,
                    &traces[l][d],
                    &back,
                    (d * h, width),
                );
            }
            apply(&mut below, &layer_masks[l], &sentences, lstm_width(pair));
            back = below;
        }
        if !input_mask.is_empty() {
            back.iter_mut().zip(&input_mask).for_each(|(x, m)| *x *= m);
        }
        Pass { gradient, inputs: back, rows, loss }
    }

    /// Scores of arcs, then heads, labels and universal tags.
    fn parse(&self, parameters: &[f32], rows: &[[u32; COUNT]]) -> (Vec<u32>, Vec<u8>, Vec<u8>, Vec<u8>) {
        let count = rows.len();
        let scorer = &self.scorers[0];
        let h = self.hidden;
        let width = 2 * h;
        let sentences = [0..count];
        let mut current = self.embed(parameters, rows);
        for pair in &self.layers {
            let mut out = vec![0.0; count * width];
            for (d, lstm) in pair.iter().enumerate() {
                lstm.forward(parameters, &current, &sentences, Vec::new(), &mut out, (d * h, width));
            }
            current = out;
        }
        let top = current;
        let a = scorer.between.rows;
        let mut dependents = self.dependent.forward(parameters, &top);
        let mut candidates = self.head.forward(parameters, &top);
        rectify(&mut dependents);
        rectify(&mut candidates);
        let mut queries = vec![0.0f32; count * a];
        add_row(&mut queries, scorer.head_bias.of(parameters));
        multiply(&mut queries, &dependents, scorer.between.of(parameters), (count, a, a));
        let root = scorer.root.of(parameters);
        let mut scores = Vec::with_capacity(count * (count + 1));
        for i in 0..count {
            let q = &queries[i * a..(i + 1) * a];
            scores.push((dot(q, root) * 4096.0) as i32);
            scores.extend((0..count).map(|j| (dot(q, &candidates[j * a..(j + 1) * a]) * 4096.0) as i32));
        }
        let heads: Vec<u32> = best_tree(&scores, count).into_iter().map(|h| h as u32).collect();
        let lw = self.label_head.columns;
        let mut hidden = self.label_dependent.forward(parameters, &top);
        let mut by_head = vec![0.0f32; count * lw];
        multiply(&mut by_head, &top, self.label_head.of(parameters), (count, width, lw));
        for (i, head) in heads.iter().enumerate() {
            let from = if *head == 0 {
                scorer.label_root.of(parameters)
            } else {
                &by_head[(*head as usize - 1) * lw..*head as usize * lw]
            };
            add(&mut hidden[i * lw..(i + 1) * lw], from);
        }
        rectify(&mut hidden);
        let labels = scorer.label.forward(parameters, &hidden);
        let top_of = |scores: &[f32], classes: usize| -> Vec<u8> {
            scores.chunks_exact(classes).map(|row| argmax(row) as u8).collect()
        };
        let mut deprels = top_of(&labels, LABELS);
        for (d, h) in deprels.iter_mut().zip(&heads) {
            if *h == 0 {
                *d = Deprel::Root as u8;
            }
        }
        let upos = top_of(&self.upos.forward(parameters, &top), UPOS);
        let tags = top_of(&self.tag.forward(parameters, &top), TAGS);
        (heads, deprels, upos, tags)
    }
}

fn lstm_width(pair: &[Lstm; 2]) -> usize {
    pair[0].input.rows
}

fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, x) in row.iter().enumerate() {
        if *x > row[best] {
            best = i;
        }
    }
    best
}

/// Trains the parser.
///
/// # Errors
/// If a file cannot be read or written.
pub fn run(folder: &Path, out: &Path) -> std::io::Result<()> {
    let plan = Plan::from_env();
    eprintln!("{plan:?}");
    let mut sentences: Vec<Sentence> = Vec::new();
    for tree in treebank::read(&folder.join("ud_ewt/en_ewt-ud-train.conllu.gz"))? {
        sentences.extend(tree.sentences);
    }
    for path in treebank::files(&folder.join("gum/train"))? {
        for tree in treebank::read(&path)? {
            sentences.extend(tree.sentences);
        }
    }
    let ewt: Vec<Sentence> = treebank::read(&folder.join("ud_ewt/en_ewt-ud-dev.conllu.gz"))?
        .into_iter()
        .flat_map(|t| t.sentences)
        .collect();
    let mut gum = Vec::new();
    for path in treebank::files(&folder.join("gum/dev"))? {
        for tree in treebank::read(&path)? {
            gum.extend(tree.sentences);
        }
    }
    let started = Instant::now();
    let (tags, full) = jackknife(&sentences);
    eprintln!("jackknifed in {:?}", started.elapsed());
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for token in sentences.iter().flat_map(|s| &s.tokens) {
        *counts.entry(features::form(&token.lower)).or_default() += 1;
    }
    let mut known: Vec<u32> = counts.iter().filter(|(_, c)| **c >= 2).map(|(f, _)| *f).collect();
    known.sort_unstable();
    let train: Vec<Example> = sentences.iter().zip(&tags).map(|(s, t)| example(s, t, &known)).collect();
    let tag_all = |set: &[Sentence]| -> Vec<Example> {
        let mut scratch = Scratch::default();
        let mut found = Vec::new();
        set.iter()
            .map(|s| {
                full.tag(&tagger::inputs(s), &mut scratch, &mut found);
                example(s, &found, &known)
            })
            .collect()
    };
    let (ewt, gum) = (tag_all(&ewt), tag_all(&gum));
    let (silver_trees, silver_names) = super::silver::trees(&folder.join("polnear/train.corenlp.tsv.gz"))?;
    eprintln!("silver relations: {}", silver_names.len());
    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    let silver: Vec<Example> = silver_trees
        .iter()
        .map(|(s, labels)| {
            full.tag(&tagger::inputs(s), &mut scratch, &mut found);
            Example { deprels: labels.clone(), silver: true, ..example(s, &found, &known) }
        })
        .collect();
    let limit = std::env::var("LIMIT").ok().and_then(|v| v.parse().ok()).unwrap_or(train.len());
    let train: Vec<Example> = train.into_iter().step_by((sentences.len() / limit.max(1)).max(1)).collect();
    eprintln!("{} sentences, {} words known", train.len(), known.len());
    let sets: [(&str, &[Example]); 2] = [("EWT dev", &ewt), ("GUM dev", &gum)];
    let mut model = train_network(&plan, &train, &silver, known.len(), &sets);
    model.known = known;
    let bytes = model.encode();
    eprintln!("{} bytes", bytes.len());
    std::fs::write(out.join("parser.bin"), &bytes)?;
    let parser = Parser::new(&model).expect("what was trained fits together");
    for (name, set) in sets {
        stored(name, set, &parser);
    }
    Ok(())
}

/// Tags each part of the sentences by a tagger that has not seen it; and a tagger that has seen all.
fn jackknife(sentences: &[Sentence]) -> (Vec<Vec<Tag>>, Tagger) {
    const PARTS: usize = 4;
    let cached = Path::new("/tmp/jackknife.bin");
    let parts: Vec<Tagger> = match std::fs::read(cached) {
        Ok(bytes) => {
            let models: Vec<Vec<u8>> = postcard::from_bytes(&bytes).expect("cache");
            models
                .iter()
                .map(|m| Tagger::new(crate::language::tagger::Model::decode(m).expect("model")))
                .collect()
        }
        Err(_) => {
            let models: Vec<Vec<u8>> = (0..=PARTS)
                .into_par_iter()
                .map(|part| {
                    let rest: Vec<Sentence> = sentences
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| (i / 50) % PARTS != part)
                        .map(|(_, s)| s.clone())
                        .collect();
                    tagger::train(&rest, &[]).encode()
                })
                .collect();
            std::fs::write(cached, postcard::to_allocvec(&models).expect("cache")).expect("cache");
            models
                .iter()
                .map(|m| Tagger::new(crate::language::tagger::Model::decode(m).expect("model")))
                .collect()
        }
    };
    let mut scratch = Scratch::default();
    let tags = sentences
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let mut found = Vec::new();
            parts[(i / 50) % PARTS].tag(&tagger::inputs(s), &mut scratch, &mut found);
            found
        })
        .collect();
    (tags, parts.into_iter().next_back().expect("five"))
}

fn example(sentence: &Sentence, tags: &[Tag], known: &[u32]) -> Example {
    let tokens = &sentence.tokens;
    Example {
        rows: tokens
            .iter()
            .zip(tags)
            .map(|(t, tag)| inputs::row(&Word::new(&t.word, &t.lower), *tag, known))
            .collect(),
        heads: tokens.iter().map(|t| t.head.map_or(0, |h| h + 1)).collect(),
        deprels: tokens.iter().map(|t| t.deprel.unwrap_or(Deprel::Dep) as u8).collect(),
        upos: tokens.iter().map(|t| t.upos.unwrap_or(Upos::X) as u8).collect(),
        tags: tokens.iter().map(|t| t.tag as u8).collect(),
        silver: false,
    }
}

fn train_network(
    plan: &Plan,
    gold: &[Example],
    silver: &[Example],
    words: usize,
    sets: &[(&str, &[Example])],
) -> Model {
    let mut layout = Layout::new(0x5eed_0003);
    let network = Network::new(&mut layout, plan, words);
    let mut values = layout.values;
    eprintln!("{} dense parameters, {} in all", network.dense, values.len());
    let mut adam = Adam::new(values.len());
    let mut random = Random::new(0x5eed_0004);
    let mut table_gradient = vec![0.0f32; values.len() - network.dense];
    let size = |examples: &[Example]| -> usize { examples.iter().map(|e| e.rows.len()).sum() };
    let steps = (plan.epochs * size(gold) + plan.silver * size(silver)).div_ceil(plan.batch);
    let mut step = 0usize;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(plan.threads).build().expect("threads");
    for epoch in 1..=plan.epochs {
        let started = Instant::now();
        let mut batches = batches(gold, plan.batch, &mut random);
        if epoch <= plan.silver {
            batches.extend(self::batches(silver, plan.batch, &mut random));
            random.shuffle(&mut batches);
        }
        let mut losses = 0.0;
        let mut total = 0;
        for batch in batches {
            let tokens: usize = batch.iter().map(|e| e.rows.len()).sum();
            total += tokens;
            step += 1;
            // A fixed number of shards, added up in order: the result does not depend on the number of threads.
            let shards: Vec<&[&Example]> = batch.chunks(batch.len().div_ceil(4)).collect();
            let seeds: Vec<u64> = shards.iter().map(|_| random.below(1 << 30) as u64 + 1).collect();
            let passes: Vec<Pass> = pool.install(|| {
                shards
                    .par_iter()
                    .zip(&seeds)
                    .map(|(shard, seed)| {
                        network.pass(&values, shard, plan, &mut Random::new(seed * 0x9e37_79b9 | 1))
                    })
                    .collect()
            });
            let mut passes = passes.into_iter();
            let mut sum = passes.next().expect("a shard");
            for pass in passes {
                add(&mut sum.gradient, &pass.gradient);
                sum.inputs.extend(pass.inputs);
                sum.rows.extend(pass.rows);
                sum.loss += pass.loss;
            }
            losses += sum.loss * 16.0;
            // Mean over the tokens.
            let factor = 16.0 / tokens as f32 * 20.0;
            sum.gradient.iter_mut().for_each(|g| *g *= factor);
            let norm = dot(&sum.gradient, &sum.gradient).sqrt();
            let clip = (5.0 * 20.0 / norm).min(1.0);
            sum.gradient.iter_mut().for_each(|g| *g *= clip);
            let progress = step as f32 / steps as f32;
            let warm = (step as f32 / 200.0).min(1.0);
            let rate = plan.rate * warm * (1.0 - progress).max(0.01);
            adam.tick();
            adam.update(&mut values, 0, &sum.gradient, rate);
            let mut touched: Vec<(usize, usize)> = Vec::new();
            for (row, gradient) in sum.rows.iter().zip(sum.inputs.chunks_exact(WIDTH)) {
                let mut column = 0;
                for (t, id) in row.iter().enumerate() {
                    let w = WIDTHS[t];
                    let start = network.tables[t].start - network.dense + *id as usize * w;
                    axpy(&mut table_gradient[start..start + w], factor * clip, &gradient[column..column + w]);
                    touched.push((start, w));
                    column += w;
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for (start, w) in touched {
                let row = start..start + w;
                adam.update(&mut values, network.dense + start, &table_gradient[row.clone()], rate);
                table_gradient[row].fill(0.0);
            }
        }
        eprintln!("epoch {epoch}: loss {:.4}, {:.1?}", losses / total as f32, started.elapsed());
        if epoch % 3 == 0 || epoch == plan.epochs {
            for (name, set) in sets {
                evaluate(name, set, &pool, |rows| network.parse(&values, rows));
            }
        }
    }
    network.stored(&values)
}

/// The examples in random order, in batches of about so many tokens; very long sentences are left out.
fn batches<'e>(examples: &'e [Example], most: usize, random: &mut Random) -> Vec<Vec<&'e Example>> {
    let mut order: Vec<&Example> = examples.iter().filter(|e| e.rows.len() <= 150).collect();
    random.shuffle(&mut order);
    let mut batches = Vec::new();
    let mut batch = Vec::new();
    let mut tokens = 0;
    for example in order {
        tokens += example.rows.len();
        batch.push(example);
        if tokens >= most {
            batches.push(std::mem::take(&mut batch));
            tokens = 0;
        }
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    batches
}

type Parsed = (Vec<u32>, Vec<u8>, Vec<u8>, Vec<u8>);

fn evaluate(
    name: &str,
    set: &[Example],
    pool: &rayon::ThreadPool,
    parse: impl Fn(&[[u32; COUNT]]) -> Parsed + Sync,
) {
    let parsed: Vec<Parsed> = pool.install(|| set.par_iter().map(|e| parse(&e.rows)).collect());
    score(name, set, &parsed);
}

fn score(name: &str, set: &[Example], parsed: &[Parsed]) {
    let (mut all, mut uas, mut las, mut upos, mut tags) = (0, 0, 0, 0, 0);
    for (e, (heads, deprels, u, t)) in set.iter().zip(parsed) {
        for i in 0..e.rows.len() {
            all += 1;
            let right = e.heads[i] == heads[i];
            uas += usize::from(right);
            las += usize::from(right && e.deprels[i] == deprels[i]);
            upos += usize::from(e.upos[i] == u[i]);
            tags += usize::from(e.tags[i] == t[i]);
        }
    }
    let percent = |n: usize| 100.0 * n as f64 / all as f64;
    println!(
        "{name:<10} UAS {:.2} LAS {:.2} UPOS {:.2} XPOS {:.2}",
        percent(uas),
        percent(las),
        percent(upos),
        percent(tags)
    );
}

fn stored(name: &str, set: &[Example], parser: &Parser) {
    let started = Instant::now();
    let mut scratch = network::Scratch::default();
    let mut reading = network::Reading::default();
    let mut parsed = Vec::new();
    for e in set {
        parser.network.read(&e.rows, &mut scratch, &mut reading);
        let heads = reading.heads.iter().map(|h| *h as u32).collect();
        let deprels = reading.deprels.iter().zip(&reading.heads);
        let deprels = deprels.map(|(d, h)| if *h == 0 { Deprel::Root as u8 } else { *d }).collect();
        parsed.push((heads, deprels, reading.upos.clone(), vec![0; e.rows.len()]));
    }
    let elapsed = started.elapsed();
    let tokens: usize = set.iter().map(|e| e.rows.len()).sum();
    println!("stored: {:.0} tokens/s", tokens as f64 / elapsed.as_secs_f64());
    score(name, set, &parsed);
}
