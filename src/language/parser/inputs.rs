//! What the parser sees of a token: rows of embedding tables.

use crate::document::Tag;
use crate::language::features::{self, Word};

/// Number of embeddings of a token.
pub(crate) const COUNT: usize = 8;

/// Rows and columns of each table but the first, whose rows are the words that the model knows.
pub(crate) const WORD_WIDTH: usize = 64;
const SUFFIXES: usize = 4096;
const PREFIXES: usize = 1024;
const SHAPES: usize = 256;
const TAGS: usize = 64;

/// Rows of each table, given the number of words known.
pub(crate) fn rows(words: usize) -> [usize; COUNT] {
    [words + 1, SUFFIXES, SUFFIXES, SUFFIXES, PREFIXES, PREFIXES, SHAPES, TAGS]
}

/// Columns of each table.
pub(crate) const WIDTHS: [usize; COUNT] = [WORD_WIDTH, 16, 16, 8, 8, 8, 16, 24];

/// Columns of all tables together: what the network reads of a token.
pub(crate) const WIDTH: usize = {
    let (mut sum, mut i) = (0, 0);
    while i < COUNT {
        sum += WIDTHS[i];
        i += 1;
    }
    sum
};

/// The row of each table for a token.
pub(crate) fn row(word: &Word, tag: Tag, known: &[u32]) -> [u32; COUNT] {
    let id = known.binary_search(&word.form).map_or(0, |i| i as u32 + 1);
    let bucket = |hash: u32, rows: usize| ((u64::from(hash) * 0x9e37_79b9) >> 7) as u32 & (rows as u32 - 1);
    [
        id,
        bucket(word.suffix[3], SUFFIXES),
        bucket(word.suffix[2], SUFFIXES),
        bucket(word.suffix[1], SUFFIXES),
        bucket(word.prefix[2], PREFIXES),
        bucket(word.prefix[1], PREFIXES),
        bucket(word.shape, SHAPES),
        features::code(tag),
    ]
}
