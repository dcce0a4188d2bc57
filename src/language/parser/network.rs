//! The parser's network: two bidirectional LSTM layers over embeddings, and what is read off them.
//!
//! After Kiperwasser and Goldberg (2016) and Dozat and Manning (2017): each token has a vector that has seen the
//! whole sentence; a bilinear form scores every token as the head of every other; a small layer over the two names
//! the relation. The products are in [`layers`](super::layers).

use std::ops::Range;

use super::inputs::{COUNT, WIDTH, WIDTHS};
use super::layers::{Dense, Lstm, Narrow, dots, rectify};

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

/// Memory that is used again for each group of sentences.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    ranges: Vec<Range<usize>>,
    rows: Vec<f32>,
    narrow: Narrow,
    next: Vec<f32>,
    gates: Vec<f32>,
    dependents: Vec<f32>,
    candidates: Vec<f32>,
    queries: Vec<f32>,
    by_dependent: Vec<f32>,
    by_head: Vec<f32>,
    sums: Vec<f32>,
    hidden: Narrow,
    labels: Vec<f32>,
    upos: Vec<f32>,
    scores: Vec<i32>,
}

/// What the network says of a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Head of each token, counted from 1; 0 for the root.
    pub(crate) heads: Vec<usize>,
    /// Best relation of each token, by discriminant.
    pub(crate) deprels: Vec<u8>,
    /// Best universal tag of each token, by discriminant.
    pub(crate) upos: Vec<u8>,
    /// What the layers know of each token, rows of [`Network::width`].
    pub(crate) states: Vec<f32>,
}

impl Network {
    /// Numbers that the layers give for each token.
    pub(crate) fn width(&self) -> usize {
        self.layers.last().map_or(WIDTH, |[forward, backward]| forward.width() + backward.width())
    }

    /// Reads up to [`GROUP`](super::layers::GROUP) sentences, the longest first, each given as the rows of all tables for its tokens.
    pub(crate) fn read(
        &self,
        sentences: &[&[[u32; COUNT]]],
        scratch: &mut Scratch,
        readings: &mut Vec<Reading>,
    ) {
        scratch.ranges.clear();
        scratch.rows.clear();
        let mut start = 0;
        for tokens in sentences {
            scratch.ranges.push(start..start + tokens.len());
            start += tokens.len();
            self.embed(tokens, &mut scratch.rows);
        }
        let Scratch { ranges, rows, narrow, next, gates, .. } = scratch;
        let mut inputs = WIDTH;
        narrow.take(rows, inputs);
        for [forward, backward] in &self.layers {
            let width = forward.width() + backward.width();
            next.clear();
            next.resize(start * width, 0.0);
            forward.forward(narrow, ranges, gates, false, next, (0, width));
            backward.forward(narrow, ranges, gates, true, next, (forward.width(), width));
            std::mem::swap(rows, next);
            inputs = width;
            narrow.take(rows, inputs);
        }
        readings.resize_with(sentences.len(), Reading::default);
        for (range, reading) in scratch.ranges.iter().zip(&mut *readings) {
            let width = self.width();
            reading.states.clear();
            reading.states.extend_from_slice(&scratch.rows[range.start * width..range.end * width]);
        }
        self.attach(scratch, readings);
        self.name(scratch, readings);
    }

    fn embed(&self, tokens: &[[u32; COUNT]], rows: &mut Vec<f32>) {
        rows.reserve(tokens.len() * WIDTH);
        for token in tokens {
            for ((id, table), width) in token.iter().zip(&self.tables).zip(WIDTHS) {
                let bytes = &table.bytes[*id as usize * width..][..width];
                rows.extend(bytes.iter().map(|b| f32::from(*b) * table.scale));
            }
        }
    }

    /// Heads: the best tree over the scores of all arcs.
    fn attach(&self, scratch: &mut Scratch, readings: &mut [Reading]) {
        let Scratch { ranges, narrow, hidden, dependents, candidates, queries, scores, .. } = scratch;
        self.dependent.forward(narrow, dependents);
        self.head.forward(narrow, candidates);
        rectify(dependents);
        rectify(candidates);
        hidden.take(dependents, self.dependent.width());
        self.between.forward(hidden, queries);
        let width = self.between.width();
        for (range, reading) in ranges.iter().zip(readings) {
            let part = range.start * width..range.end * width;
            dots(&queries[part.clone()], &self.root, &candidates[part], scores);
            reading.heads = super::tree::best_tree(scores, range.len());
        }
    }

    /// Relations, given the heads, and universal tags.
    fn name(&self, scratch: &mut Scratch, readings: &mut [Reading]) {
        let Scratch { ranges, narrow, by_dependent, by_head, sums, hidden, labels, upos, .. } = scratch;
        self.label_dependent.forward(narrow, by_dependent);
        self.label_head.forward(narrow, by_head);
        let width = self.label_dependent.width();
        sums.clear();
        for (range, reading) in ranges.iter().zip(&*readings) {
            for (i, head) in range.clone().zip(&reading.heads) {
                let head = match head.checked_sub(1) {
                    None => &self.label_root,
                    Some(j) => &by_head[(range.start + j) * width..(range.start + j + 1) * width],
                };
                sums.extend(by_dependent[i * width..(i + 1) * width].iter().zip(head).map(|(a, b)| a + b));
            }
        }
        rectify(sums);
        hidden.take(sums, width);
        self.label.forward(hidden, labels);
        self.upos.forward(narrow, upos);
        for (range, reading) in ranges.iter().zip(readings) {
            best(labels, range, &self.label, &mut reading.deprels);
            best(upos, range, &self.upos, &mut reading.upos);
        }
    }
}

/// The class with the highest score in each of some rows; the first of equals.
fn best(scores: &[f32], rows: &Range<usize>, layer: &Dense, classes: &mut Vec<u8>) {
    let width = layer.width();
    classes.clear();
    classes.extend(scores[rows.start * width..rows.end * width].chunks_exact(width).map(|row| {
        let mut best = 0;
        for (i, score) in row[..layer.outputs()].iter().enumerate() {
            if *score > row[best] {
                best = i;
            }
        }
        best as u8
    }));
}
