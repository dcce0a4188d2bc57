//! Training and evaluation, for developers: `cargo run --release --features train --bin train`.
//!
//! Nothing here is in the wheel. Corpora are read from a folder outside the repository; weights go to `models/`.
//! Everything is seeded: the same data give the same bytes.

pub mod agreement;
pub mod attribution;
pub(crate) mod boosting;
pub mod copies;
pub mod ecbplus;
pub mod errors;
pub mod evaluate;
pub mod factuality;
pub mod lines;
pub mod names;
pub(crate) mod network;
#[cfg(feature = "html")]
pub mod pages;
pub mod parser;
pub mod perceptron;
pub mod places;
pub mod polnear;
pub mod quantities;
pub(crate) mod ridge;
pub mod score;
pub mod silver;
pub mod sources;
pub mod tagger;
pub mod times;
pub mod treebank;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::document::{Deprel, Tag, Upos};
use crate::language::normalise;

/// A tagged sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Vec<Gold>,
}

/// A token with its tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Gold {
    /// As written.
    pub word: String,
    /// Normalised.
    pub lower: String,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// Its tag.
    pub tag: Tag,
    /// Its lemma, if the corpus gives one.
    pub lemma: Option<String>,
    /// Its universal part of speech, if the corpus gives one.
    pub upos: Option<Upos>,
    /// Index of its head in the sentence; `None` for the root, or if the corpus gives none.
    pub head: Option<u32>,
    /// Its relation to its head, if the corpus gives one.
    pub deprel: Option<Deprel>,
    /// Where entities begin and end, as the corpus writes it; empty if nowhere here.
    pub entity: String,
}

impl Gold {
    /// A token that is known by tag and lemma only.
    #[must_use]
    pub fn new(word: String, glued: bool, tag: Tag, lemma: Option<String>) -> Gold {
        let lower = normalise(&word);
        Gold { word, lower, glued, tag, lemma, upos: None, head: None, deprel: None, entity: String::new() }
    }
}

/// A small generator for shuffling (xorshift64*, Vigna 2016), so that runs repeat.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// A generator; the seed must not be 0.
    #[must_use]
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % bound
    }

    /// A number from 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f32 {
        self.below(1 << 24) as f32 / (1 << 24) as f32
    }

    /// Shuffles in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// The text of a gzipped file.
///
/// # Errors
/// If it cannot be read.
pub fn read_gz(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    Ok(text)
}
