//! Which characters of a hit were meant.

use super::Hit;
use super::evaluation::{Corpus, Matches, within};
use super::words::each_word;
use crate::document::Document;
use crate::span::Span;

/// Words and phrases that were looked for in a hit: in order, and what overlaps as one.
pub(super) fn highlights(corpus: &Corpus<'_>, hit: &Hit, sought: &[Matches<'_>]) -> Vec<Span> {
    let unit = corpus.words(hit);
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for leaf in sought.iter().filter(|leaf| leaf.sought) {
        let starts = within(&leaf.starts, unit, leaf.words);
        ranges.extend(starts.iter().map(|start| (*start, start + leaf.words)));
    }
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let overlaps = next.0 < last.1;
        if overlaps {
            last.1 = last.1.max(next.1);
        }
        overlaps
    });
    let mut places = Places::new(corpus, hit.document as usize);
    let place = |(first, end): (u32, u32)| {
        let (first, last) = (places.of(first)?, places.of(end - 1)?);
        Some(first.cover(last))
    };
    ranges.into_iter().filter_map(place).collect()
}

/// Where words stand: the index knows numbers only, so their sentences are cut once more, one at a time.
struct Places<'c> {
    corpus: &'c Corpus<'c>,
    document: &'c Document,
    index: usize,
    /// The sentence that was cut last, the number of its first word, and its words.
    sentence: Option<usize>,
    first: u32,
    words: Vec<Span>,
}

impl<'c> Places<'c> {
    fn new(corpus: &'c Corpus<'c>, index: usize) -> Self {
        let document = &corpus.documents[index];
        Places { corpus, document, index, sentence: None, first: 0, words: Vec::new() }
    }

    fn of(&mut self, word: u32) -> Option<Span> {
        let (sentences, _) = self.corpus.index.units_of(self.index);
        let units = &self.corpus.index.units[sentences];
        let sentence = units.partition_point(|u| u.end <= word);
        if self.sentence != Some(sentence) {
            self.first = units.get(sentence)?.first;
            let span = self.document.sentences[sentence].span;
            let words = &mut self.words;
            words.clear();
            each_word(span.of(&self.document.text), |w, _| {
                words.push(Span::new(span.start() + w.start, span.start() + w.end));
            });
            self.sentence = Some(sentence);
        }
        self.words.get((word - self.first) as usize).copied()
    }
}
