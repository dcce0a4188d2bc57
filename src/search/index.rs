//! Every word with its positions, and every unit as a range of positions.
//!
//! The words of all sentences are numbered through, document after document. A term knows the numbers at which it
//! stands; a sentence or claim is a range of numbers. So a text is cut once, however many claims lie on it.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::words::each_word;
use crate::corpus::Progress;
use crate::document::{Claim, Document};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// About how many bytes of text are worked on at a time. The result does not depend on it.
const CHUNK: usize = 2 << 20;

/// Words that an index holds at most, so that a number of a word plus the length of a phrase is a number.
pub(super) const MOST_WORDS: usize = u32::MAX as usize / 2;

/// An inverted index of the claims and sentences of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    pub(super) terms: Terms,
    /// Where the positions of each term begin, and where those of the last one end.
    pub(super) starts: Vec<usize>,
    /// Numbers of words, term after term, in order.
    pub(super) positions: Vec<u32>,
    /// Sentences, then claims, document after document.
    pub(super) units: Vec<Words>,
    /// Where each document begins, and where the last one ends.
    pub(super) documents: Vec<Part>,
}

/// Numbers of words, from the first to one past the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) first: u32,
    pub(super) end: u32,
}

impl Words {
    pub(super) fn len(self) -> u32 {
        self.end - self.first
    }
}

/// Where a document begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) word: u32,
    /// The unit that is its first sentence.
    pub(super) unit: u32,
    /// The unit that is its first claim.
    pub(super) claim_unit: u32,
    /// That claim.
    pub(super) claim: u32,
}

/// Words in order of their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    text: String,
    ends: Vec<usize>,
}

impl Terms {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn push(&mut self, term: &str) {
        self.text.push_str(term);
        self.ends.push(self.text.len());
    }

    pub(super) fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i]);
        &self.text[start..self.ends[index]]
    }

    /// The first term from which on `past` holds.
    fn first(&self, past: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if past(self.get(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// The term `word`, or all terms that begin so.
    pub(super) fn range(&self, word: &str, prefix: bool) -> Range<usize> {
        let first = self.first(|term| term >= word);
        let end = self.first(|term| term > word && !(prefix && term.starts_with(word)));
        first..end.max(first)
    }
}

impl Index {
    /// The index of documents and their claims.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] if they hold more than two thousand million words.
    pub fn new(documents: &[Document], claims: &[Claim]) -> Result<Self> {
        Ok(Index::build(documents, claims, &Progress::default())?.expect("nobody stops it"))
    }

    /// The same in parallel, counting documents; `None` if stopped. Depends on nothing but documents and claims.
    ///
    /// # Errors
    /// As [`Index::new`].
    pub fn build(documents: &[Document], claims: &[Claim], progress: &Progress) -> Result<Option<Self>> {
        Index::in_chunks(documents, claims, progress, CHUNK)
    }

    /// The same, about `size` bytes of text at a time, which leaves no trace.
    pub(super) fn in_chunks(
        documents: &[Document],
        claims: &[Claim],
        progress: &Progress,
        size: usize,
    ) -> Result<Option<Self>> {
        let chunks = chunks(documents, size);
        let work = |range: &Range<usize>| chunk(documents, claims, range.clone(), progress);
        let chunks: Option<Vec<Chunk>> = chunks.par_iter().map(work).collect();
        chunks.map(|chunks| join(&chunks)).transpose()
    }

    /// Which document word `word` is of.
    pub(super) fn document_at(&self, word: u32) -> usize {
        self.documents.partition_point(|part| part.word <= word).saturating_sub(1)
    }

    /// Which document unit `unit` is of.
    pub(super) fn document_of(&self, unit: u32) -> usize {
        self.documents.partition_point(|part| part.unit <= unit).saturating_sub(1)
    }

    /// The units that are sentences, and those that are claims, of document `index`.
    pub(super) fn units_of(&self, index: usize) -> (Range<usize>, Range<usize>) {
        let (part, next) = (self.documents[index], self.documents[index + 1]);
        let claims = part.claim_unit as usize;
        (part.unit as usize..claims, claims..next.unit as usize)
    }
}

/// Documents in a row with about as much text each.
fn chunks(documents: &[Document], size: usize) -> Vec<Range<usize>> {
    let (mut out, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (i, document) in documents.iter().enumerate() {
        bytes += document.text.len();
        if bytes >= size || i + 1 == documents.len() {
            out.push(start..i + 1);
            (start, bytes) = (i + 1, 0);
        }
    }
    out
}

/// The index of some documents, with words and units numbered from 0.
struct Chunk {
    terms: Vec<String>,
    starts: Vec<usize>,
    positions: Vec<u32>,
    units: Vec<Words>,
    documents: Vec<Part>,
    words: usize,
}

fn chunk(
    documents: &[Document],
    claims: &[Claim],
    range: Range<usize>,
    progress: &Progress,
) -> Option<Chunk> {
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    let (mut ids, mut units, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    let mut claim = claims.partition_point(|c| (c.document as usize) < range.start);
    let mut spans: Vec<Span> = Vec::new();
    for index in range {
        progress.step(|| {
            let document = &documents[index];
            let (word, unit) = (ids.len() as u32, units.len() as u32);
            spans.clear();
            for sentence in &document.sentences {
                let first = ids.len() as u32;
                each_word(sentence.span.of(&document.text), |span, folded| {
                    let start = sentence.span.start();
                    spans.push(Span::new(start + span.start, start + span.end));
                    let id = known.get(folded).copied().unwrap_or_else(|| {
                        let id = known.len() as u32;
                        known.insert(folded.to_owned(), id);
                        id
                    });
                    ids.push(id);
                });
                units.push(Words { first, end: ids.len() as u32 });
            }
            parts.push(Part { word, unit, claim_unit: units.len() as u32, claim: claim as u32 });
            while let Some(span) = claims.get(claim).filter(|c| c.document as usize == index).map(Claim::span)
            {
                let first = spans.partition_point(|w| w.start() < span.start()) as u32;
                let end = spans.partition_point(|w| w.end() <= span.end()) as u32;
                units.push(Words { first: word + first, end: word + end.max(first) });
                claim += 1;
            }
        })?;
    }
    let mut terms = vec![String::new(); known.len()];
    for (term, id) in known {
        terms[id as usize] = term;
    }
    let (starts, positions) = sorted(&ids, terms.len());
    Some(Chunk { terms, starts, positions, units, documents: parts, words: ids.len() })
}

/// Positions by what stands there: where those of each begin, and all of them.
fn sorted(ids: &[u32], count: usize) -> (Vec<usize>, Vec<u32>) {
    let mut starts = vec![0; count + 1];
    for id in ids {
        starts[*id as usize + 1] += 1;
    }
    for i in 0..count {
        starts[i + 1] += starts[i];
    }
    let (mut next, mut positions) = (starts.clone(), vec![0; ids.len()]);
    for (position, id) in ids.iter().enumerate() {
        positions[next[*id as usize]] = position as u32;
        next[*id as usize] += 1;
    }
    (starts, positions)
}

fn join(chunks: &[Chunk]) -> Result<Index> {
    let words: usize = chunks.iter().map(|c| c.words).sum();
    let count: usize = chunks.iter().map(|c| c.units.len()).sum();
    if words.max(count) > MOST_WORDS {
        let message = format!("{words} words are more than an index holds; search in parts of the corpus");
        return Err(Error::new(ErrorKind::Argument, message));
    }
    let (mut units, mut documents) = (Vec::with_capacity(count), Vec::new());
    let (mut word, mut bases) = (0, Vec::new());
    for chunk in chunks {
        let unit = units.len() as u32;
        units.extend(chunk.units.iter().map(|u| Words { first: u.first + word, end: u.end + word }));
        documents.extend(chunk.documents.iter().map(|part| Part {
            word: part.word + word,
            unit: part.unit + unit,
            claim_unit: part.claim_unit + unit,
            claim: part.claim,
        }));
        bases.push(word);
        word += chunk.words as u32;
    }
    let claims =
        documents.last().map_or(0, |last: &Part| last.claim + (units.len() as u32 - last.claim_unit));
    let unit = units.len() as u32;
    documents.push(Part { word, unit, claim_unit: unit, claim: claims });

    let mut lists: Vec<(&str, u32, u32)> = Vec::new();
    for (c, chunk) in chunks.iter().enumerate() {
        lists.extend(chunk.terms.iter().enumerate().map(|(t, term)| (term.as_str(), c as u32, t as u32)));
    }
    lists.par_sort_unstable();
    let list = |&(_, c, t): &(&str, u32, u32)| {
        let chunk = &chunks[c as usize];
        &chunk.positions[chunk.starts[t as usize]..chunk.starts[t as usize + 1]]
    };
    let (mut terms, mut starts, mut sum) = (Terms::default(), Vec::new(), 0);
    for (i, entry) in lists.iter().enumerate() {
        if i == 0 || lists[i - 1].0 != entry.0 {
            terms.push(entry.0);
            starts.push(sum);
        }
        sum += list(entry).len();
    }
    starts.push(sum);
    let placed = |entry| {
        let &(_, c, _): &(&str, u32, u32) = entry;
        let base = bases[c as usize];
        list(entry).iter().map(move |position| position + base)
    };
    let positions = lists.par_iter().flat_map_iter(placed).collect();
    Ok(Index { terms, starts, positions, units, documents })
}
