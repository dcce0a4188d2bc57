//! Dependency trees and universal tags: a small network over the tagger's output ([`network`]), and the best tree
//! over its scores ([`tree`]). Trained by `src/train/parser.rs`; `models/README.md` is its card.

pub(crate) mod inputs;
pub(crate) mod layers;
pub(crate) mod network;
pub(crate) mod storage;
pub(crate) mod tree;

use std::ops::Range;
use std::sync::LazyLock;

use self::network::{Network, Reading, Scratch};
use super::Annotated;
use super::features::Word;
use crate::document::{Deprel, Upos};

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
        let mut trees = Trees::default();
        let mut scratch = Scratch::default();
        let mut reading = Reading::default();
        let mut rows = Vec::new();
        for sentence in &annotated.document.sentences {
            let mut first_root = None;
            for piece in pieces(sentence.tokens()) {
                rows.clear();
                rows.extend(piece.clone().map(|i| {
                    inputs::row(
                        &Word::new(annotated.word(i), annotated.lower(i)),
                        annotated.tag(i),
                        &self.known,
                    )
                }));
                self.network.read(&rows, &mut scratch, &mut reading);
                for (k, head) in reading.heads.iter().enumerate() {
                    let head = head.checked_sub(1).map(|head| (piece.start + head) as u32);
                    let (head, deprel) = match (head, first_root) {
                        (Some(_), _) => (head, Deprel::ALL[usize::from(reading.deprels[k])]),
                        // Only one word of a sentence is its root.
                        (None, Some(_)) => (first_root, Deprel::Parataxis),
                        (None, None) => (None, Deprel::Root),
                    };
                    trees.heads.push(head);
                    trees.deprels.push(deprel);
                    trees.upos.push(Upos::ALL[usize::from(reading.upos[k])]);
                }
                if first_root.is_none() {
                    let root = reading.heads.iter().position(|head| *head == 0);
                    first_root = root.map(|k| (piece.start + k) as u32);
                }
            }
        }
        trees
    }
}

fn pieces(tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    tokens.clone().step_by(MOST_TOKENS).map(move |start| start..(start + MOST_TOKENS).min(tokens.end))
}
