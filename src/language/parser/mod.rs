//! Dependency trees and universal tags: a small network over the tagger's output ([`network`]), and the best tree
//! over its scores ([`tree`]). Trained by `src/train/parser.rs`; `models/README.md` is its card.

pub(crate) mod inputs;
pub(crate) mod layers;
pub(crate) mod network;
pub(crate) mod storage;
pub(crate) mod tree;

use std::ops::Range;
use std::sync::LazyLock;

use self::inputs::COUNT;
use self::layers::GROUP;
use self::network::{Network, Reading, Scratch};
use super::Annotated;
use super::features::Word;
use crate::document::{Deprel, Sentence, Upos};

static EMBEDDED: &[u8] = include_bytes!("../../../models/parser.bin");

/// The embedded parser.
pub(crate) static PARSER: LazyLock<Parser> = LazyLock::new(|| {
    let model =
        storage::Model::decode(EMBEDDED).expect("the embedded model is checked when built and tested");
    Parser::new(&model).expect("the embedded model is whole: a test decodes it")
});

/// Longer sentences are read in pieces of so many tokens, so that the cost stays linear in the length of the text.
pub(crate) const MOST_TOKENS: usize = 160;

/// Words known and the network over them.
#[derive(Debug)]
pub(crate) struct Parser {
    /// Hashes of the forms that have an embedding of their own, sorted.
    pub(crate) known: Vec<u32>,
    pub(crate) network: Network,
}

/// Trees and universal tags of a document; indices are those of its tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Trees {
    pub(crate) upos: Vec<Upos>,
    pub(crate) heads: Vec<Option<u32>>,
    pub(crate) deprels: Vec<Deprel>,
}

impl Parser {
    /// Parses every sentence of a document.
    pub(crate) fn parse(&self, annotated: &Annotated<'_>) -> Trees {
        let rows: Vec<[u32; COUNT]> = (0..annotated.len())
            .map(|i| {
                let word = Word::new(annotated.word(i), annotated.lower(i));
                inputs::row(&word, annotated.tag(i), &self.known)
            })
            .collect();
        let readings = self.read(&rows, &annotated.sentences);
        let mut trees = Trees::default();
        for (sentence, readings) in annotated.sentences.iter().zip(readings) {
            let mut start = sentence.first_token;
            let mut root = None;
            for reading in readings {
                for (k, head) in reading.heads.iter().enumerate() {
                    let head = head.checked_sub(1).map(|head| start + head as u32);
                    let (head, deprel) = match (head, root) {
                        (Some(_), _) => (head, Deprel::ALL[usize::from(reading.deprels[k])]),
                        // Only one word of a sentence is its root.
                        (None, Some(_)) => (root, Deprel::Parataxis),
                        (None, None) => (None, Deprel::Root),
                    };
                    trees.heads.push(head);
                    trees.deprels.push(deprel);
                    trees.upos.push(Upos::ALL[usize::from(reading.upos[k])]);
                }
                let first = reading.heads.iter().position(|head| *head == 0);
                root = root.or(first.map(|k| start + k as u32));
                start += reading.heads.len() as u32;
            }
        }
        trees
    }

    /// What the network says of the pieces of each sentence.
    fn read(&self, rows: &[[u32; COUNT]], sentences: &[Sentence]) -> Vec<Vec<Reading>> {
        let mut readings: Vec<Vec<Reading>> = vec![Vec::new(); sentences.len()];
        let mut pieces: Vec<(usize, usize, Range<usize>)> = Vec::new();
        for (s, sentence) in sentences.iter().enumerate() {
            for (p, piece) in self::pieces(sentence.tokens()).enumerate() {
                readings[s].push(Reading::default());
                pieces.push((s, p, piece));
            }
        }
        // Sentences of about the same length are read together; each comes out as if it were read alone.
        pieces.sort_by_key(|(.., piece)| std::cmp::Reverse(piece.len()));
        let mut scratch = Scratch::default();
        let mut found = Vec::new();
        for group in pieces.chunks(GROUP) {
            let tokens: Vec<&[[u32; COUNT]]> = group.iter().map(|(.., piece)| &rows[piece.clone()]).collect();
            self.network.read(&tokens, &mut scratch, &mut found);
            for ((s, p, _), reading) in group.iter().zip(&mut found) {
                std::mem::swap(&mut readings[*s][*p], reading);
            }
        }
        readings
    }
}

fn pieces(tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    tokens.clone().step_by(MOST_TOKENS).map(move |start| start..(start + MOST_TOKENS).min(tokens.end))
}
