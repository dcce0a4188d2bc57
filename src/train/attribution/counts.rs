//! How often words are cues and stand in sources, counted without the article at hand, so that training sees what
//! unknown articles will show.

use rustc_hash::FxHashMap;

use super::Example;
use crate::extract::attribution::sequence::reading::Seen;
use crate::extract::attribution::sequence::vocabulary::{RARE, RARE_VERB, Strengths, Vocabulary};

/// Occurrences, and how many of them have the role.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: i32,
    with: i32,
}

impl Count {
    /// In steps.
    fn step(self) -> u8 {
        const LIMITS: [f32; 6] = [0.01, 0.04, 0.12, 0.25, 0.4, 0.6];
        let share = (self.with as f32 + 0.1) / (self.all as f32 + 1.0);
        LIMITS.iter().take_while(|limit| share > **limit).count() as u8
    }
}

/// Forms and lemmas rarer than this say nothing.
const LEAST_FORM: i32 = 4;
const LEAST_LEMMA: i32 = 3;

type Table = FxHashMap<u32, Count>;

/// Counts of all articles.
#[derive(Debug, Default)]
pub(super) struct Counts {
    cues: Table,
    lemmas: Table,
    sources: Table,
}

impl Counts {
    pub(super) fn new<'e>(examples: impl Iterator<Item = &'e Example>) -> Counts {
        let mut counts = Counts::default();
        examples.for_each(|example| counts.add(example, 1));
        counts
    }

    fn add(&mut self, example: &Example, sign: i32) {
        let mark = |role: fn(&super::gold::Gold) -> &Vec<std::ops::Range<usize>>| {
            let mut marked = vec![0; example.reading.len()];
            for range in example.gold.iter().flat_map(role) {
                marked[range.clone()].fill(1);
            }
            marked
        };
        let (cue, source) = (mark(|g| &g.cue), mark(|g| &g.source));
        for (t, token) in example.reading.tokens.iter().enumerate() {
            let rows = [
                (&mut self.cues, token.word.form, cue[t]),
                (&mut self.lemmas, token.lemma, cue[t]),
                (&mut self.sources, token.word.form, source[t]),
            ];
            for (table, word, with) in rows {
                let count = table.entry(word).or_default();
                count.all += sign;
                count.with += sign * with;
            }
        }
    }

    /// Steps of an article's tokens.
    pub(super) fn steps(&self, example: &Example) -> (Vec<u8>, Vec<u8>) {
        example.reading.tokens.iter().map(|t| (self.cue(t), self.source(t))).unzip()
    }

    /// The same with the article, which was counted, left out.
    pub(super) fn without(&mut self, example: &Example) -> (Vec<u8>, Vec<u8>) {
        self.add(example, -1);
        let steps = self.steps(example);
        self.add(example, 1);
        steps
    }

    fn cue(&self, token: &Seen) -> u8 {
        let get = |table: &Table, word: u32, least: i32| {
            table.get(&word).filter(|count| count.all >= least).map(|count| count.step())
        };
        let by_lemma = || get(&self.lemmas, token.lemma, LEAST_LEMMA).filter(|_| token.is_verb);
        let rare = if token.is_verb { RARE_VERB } else { RARE };
        get(&self.cues, token.word.form, LEAST_FORM).or_else(by_lemma).unwrap_or(rare)
    }

    fn source(&self, token: &Seen) -> u8 {
        let count = self.sources.get(&token.word.form).filter(|count| count.all >= LEAST_FORM);
        count.map_or(RARE_VERB, |count| count.step())
    }

    /// The vocabulary with these counts.
    pub(super) fn vocabulary(&self, clusters: Vec<(u32, u32)>) -> Vocabulary {
        let strengths = |table: &Table, least: i32| {
            let mut rows: Vec<(u32, u8)> =
                table.iter().filter(|(_, c)| c.all >= least).map(|(word, c)| (*word, c.step())).collect();
            rows.sort_unstable();
            Strengths::new(rows)
        };
        let mut vocabulary = Vocabulary::new(clusters);
        vocabulary.cues = strengths(&self.cues, LEAST_FORM);
        vocabulary.lemmas = strengths(&self.lemmas, LEAST_LEMMA);
        vocabulary.sources = strengths(&self.sources, LEAST_FORM);
        vocabulary
    }
}
