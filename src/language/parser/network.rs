//! The parser's network: two bidirectional LSTM layers over embeddings, and what is read off them.
//!
//! After Kiperwasser and Goldberg (2016) and Dozat and Manning (2017): each token has a vector that has seen the
//! whole sentence; a bilinear form scores every token as the head of every other; a small layer over the two names
//! the relation. The products are in [`layers`](super::layers).

use super::inputs::{COUNT, WIDTH, WIDTHS};
use super::layers::{Dense, Lstm, dots, rectify};

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
        let Scratch { rows, next, gates, .. } = scratch;
        self.embed(tokens, rows);
        for pair in &self.layers {
            let width = pair[0].width() + pair[1].width();
            next.clear();
            next.resize(tokens.len() * width, 0.0);
            pair[0].forward(rows, gates, false, next, (0, width));
            pair[1].forward(rows, gates, true, next, (pair[0].width(), width));
            std::mem::swap(rows, next);
        }
        self.attach(scratch, tokens.len(), reading);
        self.name(scratch, reading);
    }

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

    /// Heads: the best tree over the scores of all arcs.
    fn attach(&self, scratch: &mut Scratch, tokens: usize, reading: &mut Reading) {
        let Scratch { rows, dependents, candidates, queries, scores, .. } = scratch;
        self.dependent.forward(rows, dependents);
        self.head.forward(rows, candidates);
        rectify(dependents);
        rectify(candidates);
        self.between.forward(dependents, queries);
        dots(queries, &self.root, candidates, scores);
        reading.heads = super::tree::best_tree(scores, tokens);
    }

    /// Relations, given the heads, and universal tags.
    fn name(&self, scratch: &mut Scratch, reading: &mut Reading) {
        let Scratch { rows, by_dependent, by_head, hidden, out, .. } = scratch;
        self.label_dependent.forward(rows, by_dependent);
        self.label_head.forward(rows, by_head);
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
        self.label.forward(hidden, out);
        best(out, &self.label, &mut reading.deprels);
        self.upos.forward(rows, out);
        best(out, &self.upos, &mut reading.upos);
    }
}

/// The class with the highest score in each row; the first of equals.
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
