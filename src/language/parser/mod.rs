//! Dependency trees and universal tags: a small network over the tagger's output ([`network`]), and the best tree
//! over its scores ([`tree`]). Trained by `src/train/parser`; `models/README.md` is its card.

pub(crate) mod inputs;
pub(crate) mod layers;
pub(crate) mod network;
pub(crate) mod packed;
pub(crate) mod storage;
pub(crate) mod tree;

use std::ops::Range;
use std::sync::LazyLock;

use self::inputs::COUNT;
use self::layers::GROUP;
use self::network::{Network, Reading, Scratch};
use super::features::Word;
use super::{Analysis, Annotated};
use crate::document::{Deprel, Sentence, Upos};

static EMBEDDED: &[u8] = include_bytes!("../../../models/parser.bin");

// Whoever builds with a model that is missing, cut short or of another version learns it from the compiler.
const _: () = assert!(
    crate::language::storage::is_whole(include_bytes!("../../../models/parser.bin"), storage::MAGIC),
    "models/parser.bin is cut short or of another version: see models/README.md"
);

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

impl Parser {
    /// Trees and universal tags of every sentence of a document; its names are left out.
    pub(crate) fn parse(&self, annotated: &Annotated<'_>) -> Analysis {
        let rows: Vec<[u32; COUNT]> = (0..annotated.len())
            .map(|i| {
                let word = Word::new(annotated.word(i), annotated.lower(i));
                inputs::row(&word, annotated.tag(i), &self.known)
            })
            .collect();
        let readings = self.read(&rows, &annotated.sentences);
        let mut trees = Analysis::default();
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
                trees.states.extend(reading.states);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::annotate;
    use crate::{parse, read};

    /// Each word with its head and relation, as `word<head:relation`.
    fn tree(text: &str) -> Vec<String> {
        let document = parse::parse(read::text("t", text));
        let annotated = annotate(&document);
        let analysis = &annotated.analysis;
        let head = |i: usize| analysis.heads[i].map_or("", |h| annotated.word(h as usize));
        let arcs = (0..annotated.len())
            .map(|i| format!("{}<{}:{}", annotated.word(i), head(i), analysis.deprels[i].as_str()));
        arcs.collect()
    }

    #[test]
    fn a_claim_is_a_tree() {
        let arcs = tree("Kirby said on Monday that the troops had been sent to Kursk.");
        for arc in [
            "Kirby<said:nsubj",
            "said<:root",
            "troops<sent:nsubj:pass",
            "had<sent:aux",
            "sent<said:ccomp",
            "Kursk<sent:obl",
        ] {
            assert!(arcs.iter().any(|a| a == arc), "no {arc} in {arcs:?}");
        }
    }

    #[test]
    fn quotations_hang_on_what_is_said() {
        let arcs = tree("“We will not negotiate,” the minister told reporters.");
        for arc in ["minister<told:nsubj", "told<:root", "reporters<told:obj", "negotiate<told:ccomp"] {
            let otherwise = arc.replace("reporters<told:obj", "reporters<told:iobj");
            assert!(arcs.iter().any(|a| a == arc || *a == otherwise), "no {arc} in {arcs:?}");
        }
    }

    #[test]
    fn headlines_are_read() {
        for text in ["Russia Denies Sending Troops to Border", "RUSSIA DENIES SENDING TROOPS TO BORDER"] {
            let arcs = tree(&format!("{text}."));
            let arcs: Vec<String> = arcs.iter().map(|a| a.to_lowercase()).collect();
            for arc in ["russia<denies:nsubj", "denies<:root", "troops<sending:obj"] {
                assert!(arcs.iter().any(|a| a == arc), "no {arc} in {arcs:?}");
            }
        }
    }

    #[test]
    fn endless_sentences_have_one_root() {
        let arcs = tree(&format!("The list names {}.", "a river, a bridge and ".repeat(120)));
        assert!(arcs.len() > 3 * MOST_TOKENS);
        assert_eq!(arcs.iter().filter(|a| a.ends_with(":root")).count(), 1);
    }

    #[test]
    fn the_embedded_model_is_sound() {
        let model = storage::Model::decode(EMBEDDED).expect("models/parser.bin is intact");
        assert!(model.known.is_sorted() && Parser::new(&model).is_some());
        let mut bytes = model.encode();
        assert_eq!(storage::Model::decode(&bytes), Some(model));
        *bytes.last_mut().expect("not empty") ^= 1;
        assert_eq!(storage::Model::decode(&bytes), None);
    }
}
