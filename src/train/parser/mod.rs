//! Training of the parser: an LSTM over embeddings, scored as trees.
//!
//! Gold trees are UD EWT and GUM; the silver ones of PolNeAR, in an older convention, have scorers of their own over
//! the same layers, and only teach these what news looks like. Tags are those of taggers that have not seen the
//! sentence, so that the parser learns to live with their mistakes.

mod descent;
pub mod evaluate;
mod model;

use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Gold, Random, Sentence, silver, tagger, treebank};
use crate::document::{Deprel, Tag, Upos};
use crate::language::features::{self, Word};
use crate::language::parser::inputs::{self, COUNT};
use crate::language::tagger::{Scratch, TAGGER, Tagger};

/// Sizes and rates.
#[derive(Clone, Debug)]
struct Plan {
    /// State of one direction of an LSTM; layers of two.
    hidden: usize,
    layers: usize,
    /// What a token is as a dependent or head, for arcs and for labels.
    arc: usize,
    label: usize,
    /// Passes over the gold trees, and how many of them, from the first, also see the silver ones.
    epochs: usize,
    silver: usize,
    /// Tokens of a batch, about.
    batch: usize,
    /// Rate of learning at its highest; it then falls to nothing.
    rate: f32,
    /// Share of states, and of embeddings, that are dropped (Srivastava et al. 2014; the same ones throughout a
    /// sentence: Gal and Ghahramani 2016).
    drop: f32,
    drop_input: f32,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            hidden: 96,
            layers: 2,
            arc: 96,
            label: 64,
            epochs: 24,
            silver: 5,
            batch: 600,
            rate: 0.003,
            drop: 0.25,
            drop_input: 0.15,
        }
    }
}

/// A sentence ready for training.
#[derive(Clone, Debug)]
struct Example {
    /// Row of each table of embeddings, for each token.
    rows: Vec<[u32; COUNT]>,
    /// Head of each token, counted from 1; 0 for the root.
    heads: Vec<u32>,
    deprels: Vec<u8>,
    upos: Vec<u8>,
    tags: Vec<u8>,
    /// Whether the tree is another parser's.
    silver: bool,
}
impl Example {
    fn new(sentence: &Sentence, tags: &[Tag], known: &[u32]) -> Example {
        let tokens = &sentence.tokens;
        let row = |(t, tag): (&Gold, &Tag)| inputs::row(&Word::new(&t.word, &t.lower), *tag, known);
        Example {
            rows: tokens.iter().zip(tags).map(row).collect(),
            heads: tokens.iter().map(|t| t.head.map_or(0, |head| head + 1)).collect(),
            deprels: tokens.iter().map(|t| t.deprel.unwrap_or(Deprel::Dep) as u8).collect(),
            upos: tokens.iter().map(|t| t.upos.unwrap_or(Upos::X) as u8).collect(),
            tags: tokens.iter().map(|t| t.tag as u8).collect(),
            silver: false,
        }
    }
}

/// Trains the parser and writes `parser.bin`.
///
/// # Errors
/// If a file cannot be read or written.
pub fn run(folder: &Path, out: &Path) -> std::io::Result<()> {
    let plan = Plan::default();
    let sentences = treebank::training(folder)?;
    let (trees, relations): (Vec<_>, Vec<_>) =
        silver::trees(&folder.join("polnear/train.corenlp.tsv.gz"))?.into_iter().unzip();
    let known = known_forms(&sentences, &trees);
    let taggers = jackknife(&sentences);
    let mut random = Random::new(0x5eed_0005);
    let mut gold = Vec::new();
    for (i, sentence) in sentences.into_iter().enumerate() {
        let recased = tagger::recased(&sentence, &mut random);
        let both: Vec<Sentence> = std::iter::once(sentence).chain(recased).collect();
        gold.extend(tagged(&both, &taggers[part(i)], &known));
    }
    let silver = tagged(&trees, &TAGGER, &known);
    let silver: Vec<Example> = silver
        .into_iter()
        .zip(relations)
        .map(|(example, deprels)| Example { deprels, silver: true, ..example })
        .collect();
    eprintln!("{} gold trees, {} silver trees, {} words known", gold.len(), silver.len(), known.len());
    let mut development = Vec::new();
    for (name, trees) in super::evaluate::development(folder)? {
        let sentences: Vec<Sentence> = trees.into_iter().flat_map(|t| t.sentences).collect();
        development.push((name, tagged(&sentences, &TAGGER, &known)));
    }
    let model = descent::train(&plan, &gold, &silver, &known, &development);
    let bytes = model.encode();
    eprintln!("{} bytes", bytes.len());
    std::fs::write(out.join("parser.bin"), bytes)
}

/// Hashes of the forms that occur more than once in gold or more than three times in all, sorted.
fn known_forms(gold: &[Sentence], silver: &[Sentence]) -> Vec<u32> {
    let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for token in gold.iter().flat_map(|s| &s.tokens) {
        counts.entry(features::form(&token.lower)).or_default().0 += 1;
    }
    for token in silver.iter().flat_map(|s| &s.tokens) {
        counts.entry(features::form(&token.lower)).or_default().1 += 1;
    }
    let frequent = counts.into_iter().filter(|(_, (gold, silver))| *gold > 1 || gold + silver > 3);
    let mut known: Vec<u32> = frequent.map(|(form, _)| form).collect();
    known.sort_unstable();
    known
}

/// Sentences with the tags that `tagger` gives them.
fn tagged(sentences: &[Sentence], tagger: &Tagger, known: &[u32]) -> Vec<Example> {
    let mut scratch = Scratch::default();
    let mut tags = Vec::new();
    let mut examples = Vec::new();
    for sentence in sentences {
        tagger.tag(&tagger::inputs(sentence), &mut scratch, &mut tags);
        examples.push(Example::new(sentence, &tags, known));
    }
    examples
}

/// Neighbouring sentences share their words: they are held out together, so many at a time.
const BLOCK: usize = 50;
/// Parts of the data, each tagged by a tagger trained on the others.
const PARTS: usize = 4;

/// The part that sentence `i` belongs to.
fn part(i: usize) -> usize {
    i / BLOCK % PARTS
}

/// For each part, a tagger that has not seen it.
fn jackknife(sentences: &[Sentence]) -> Vec<Tagger> {
    (0..PARTS)
        .into_par_iter()
        .map(|held_out| {
            let rest = sentences.iter().enumerate().filter(|(i, _)| part(*i) != held_out);
            let rest: Vec<Sentence> = rest.map(|(_, sentence)| sentence.clone()).collect();
            Tagger::new(tagger::train(&rest, &[]))
        })
        .collect()
}
