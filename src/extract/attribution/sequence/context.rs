//! What surrounds each token: likely cues to its left, right and above it, quotations and the cues around them, who
//! spoke elsewhere in the document.

use rustc_hash::FxHashMap;

use super::keys::distance;
use super::reading::{Quoted, Reading};
use super::roles::LABELS;
use super::vocabulary::{STRONG, Vocabulary};
use crate::document::Deprel;

/// Steps up a tree in search of a cue.
const CUE_HEIGHT: u32 = 10;

/// A likely cue above a token in its tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Above {
    pub(crate) cue: usize,
    /// Relation by which the token's branch hangs on the cue.
    pub(crate) relation: u32,
    pub(crate) steps: u32,
    /// Where the branch hangs on the cue.
    pub(crate) branch: usize,
}

/// A quotation among those of its passage.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Position {
    /// Which one it is, from 1.
    pub(crate) number: u32,
    /// Tokens since the last one ended.
    pub(crate) gap: u32,
    /// Likely cues since then, and whether a sentence ended.
    pub(crate) since: u32,
    /// Likely cues in its own sentences.
    pub(crate) own: u32,
    /// In the passage.
    pub(crate) all: u32,
}

/// What surrounds the tokens of a reading.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// How likely each token is a cue, and stands in a source, as steps of the vocabulary.
    pub(crate) cues: Vec<u8>,
    pub(crate) sources: Vec<u8>,
    /// Nearest likely cue in the passage, or -1.
    pub(crate) left: Vec<i32>,
    pub(crate) right: Vec<i32>,
    pub(crate) above: Vec<Option<Above>>,
    /// Which relations hang on each token.
    pub(crate) below: Vec<u32>,
    /// How often the word stands beside a likely cue in this document.
    pub(crate) speaks: Vec<u32>,
    /// Likely cues outside quotations before each token.
    pub(crate) open_cues: Vec<u32>,
    pub(crate) quotations: Vec<Position>,
    /// Of the token's sentence: whether it opens and ends in a quotation, whether a likely cue stands outside.
    pub(crate) shapes: Vec<Shape>,
    /// Last closing mark before, next opening mark behind, in the sentence; or -1.
    pub(crate) last_close: Vec<i32>,
    pub(crate) next_open: Vec<i32>,
    /// Opening marks in the token's passage, up to 3.
    pub(crate) openings: Vec<u32>,
    /// How likely the encoder holds each role at each token.
    pub(crate) encoded: Vec<[f32; LABELS]>,
}

/// A sentence's quotations.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) full: u32,
    pub(crate) cue_outside: bool,
    pub(crate) cue_outside_in_passage: bool,
}

/// Whether a step of the vocabulary stands for a likely cue.
pub(crate) fn strong(step: u8) -> bool {
    STRONG.contains(&step)
}

/// Steps of all tokens: as cues, as parts of sources.
pub(crate) fn steps(reading: &Reading, vocabulary: &Vocabulary) -> (Vec<u8>, Vec<u8>) {
    let of = |t: &super::reading::Seen| {
        (vocabulary.cue(t.word.form, t.lemma, t.is_verb), vocabulary.source(t.word.form))
    };
    reading.tokens.iter().map(of).unzip()
}

impl Context {
    /// Given how likely each token is a cue and stands in a source.
    pub(crate) fn new(reading: &Reading, (cues, sources): (Vec<u8>, Vec<u8>)) -> Context {
        let mut context = Context { cues, sources, ..Context::default() };
        context.neighbours(reading);
        context.climb(reading);
        context.below = (0..reading.len()).map(|i| below(reading, i)).collect();
        context.remember(reading);
        context.place(reading);
        context.shape(reading);
        context
    }

    pub(crate) fn is_strong(&self, i: usize) -> bool {
        strong(self.cues[i])
    }

    fn is_outside(&self, reading: &Reading, i: usize) -> bool {
        self.is_strong(i) && reading.tokens[i].opened < 0
    }

    fn neighbours(&mut self, reading: &Reading) {
        self.left = vec![-1; reading.len()];
        self.right = vec![-1; reading.len()];
        for passage in &reading.passages {
            let mut last = -1;
            for i in passage.clone() {
                self.left[i] = last;
                if self.is_strong(i) {
                    last = i as i32;
                }
            }
            let mut next = -1;
            for i in passage.clone().rev() {
                self.right[i] = next;
                if self.is_strong(i) {
                    next = i as i32;
                }
            }
        }
    }

    fn climb(&mut self, reading: &Reading) {
        let above = |i: usize| {
            let mut at = i;
            for steps in 1..=CUE_HEIGHT {
                let token = &reading.tokens[at];
                let cue = usize::try_from(token.head).ok()?;
                if self.is_strong(cue) {
                    return Some(Above { cue, relation: token.relation, steps, branch: at });
                }
                at = cue;
            }
            None
        };
        self.above = (0..reading.len()).map(above).collect();
    }

    fn remember(&mut self, reading: &Reading) {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for i in 0..reading.len() {
            if strong(self.cues[i]) && self.cues[i] >= 5 {
                for beside in [i.wrapping_sub(1), i + 1] {
                    if let Some(token) = reading.tokens.get(beside).filter(|t| t.is_nominal) {
                        *counts.entry(token.word.form).or_default() += 1;
                    }
                }
            }
        }
        let count = |t: &super::reading::Seen| counts.get(&t.word.form).copied().unwrap_or(0).min(4);
        self.speaks = reading.tokens.iter().map(count).collect();
    }

    /// Where each quotation stands among those of its passage.
    fn place(&mut self, reading: &Reading) {
        let mut sum = 0;
        self.open_cues = vec![0; reading.len() + 1];
        for i in 0..reading.len() {
            sum += u32::from(self.is_outside(reading, i));
            self.open_cues[i + 1] = sum;
        }
        let between = |from: usize, to: usize| self.open_cues[to] - self.open_cues[from];
        self.quotations = vec![Position::default(); reading.len()];
        self.openings = vec![0; reading.len()];
        for passage in &reading.passages {
            let (start, end) = (passage.start, passage.end);
            let mut ended = start;
            let mut here = Position::default();
            let all = between(start, end).min(3);
            for i in passage.clone() {
                let token = &reading.tokens[i];
                if token.quoted == Quoted::Opening {
                    let last = (token.closes.max(0) as usize).clamp(i, end - 1);
                    let new = u32::from(token.sentence != reading.tokens[ended.min(i)].sentence);
                    here = Position {
                        number: (here.number + 1).min(4),
                        gap: distance(i - ended),
                        since: between(ended, i).min(2) * 2 + new,
                        own: between(reading.sentence(i).start, reading.sentence(last).end).min(2),
                        all,
                    };
                }
                if token.opened >= 0 {
                    self.quotations[i] = here;
                }
                if token.quoted == Quoted::Closing {
                    ended = (i + 1).min(end - 1);
                }
            }
            self.openings[start..end].fill(here.number.min(3));
        }
    }

    fn shape(&mut self, reading: &Reading) {
        self.shapes = vec![Shape::default(); reading.len()];
        self.last_close = vec![-1; reading.len()];
        self.next_open = vec![-1; reading.len()];
        for sentence in &reading.sentences {
            let quoted = |i: usize| reading.tokens[i].quoted;
            let (start, end) = (sentence.start, sentence.end);
            let opens = matches!(quoted(start), Quoted::Opening | Quoted::Inside);
            let closes = quoted(end - 1) == Quoted::Closing
                || end - 1 > start && quoted(end - 2) == Quoted::Closing
                || quoted(end - 1) == Quoted::Inside;
            let passage = reading.passage(start);
            let outside = |from: usize, to: usize| self.open_cues[to] > self.open_cues[from];
            let shape = Shape {
                full: u32::from(opens) * 2 + u32::from(closes),
                cue_outside: outside(start, end),
                cue_outside_in_passage: outside(passage.start, passage.end),
            };
            self.shapes[start..end].fill(shape);
            let mut last = -1;
            for i in start..end {
                self.last_close[i] = last;
                if quoted(i) == Quoted::Closing {
                    last = i as i32;
                }
            }
            let mut next = -1;
            for i in (start..end).rev() {
                self.next_open[i] = next;
                if quoted(i) == Quoted::Opening {
                    next = i as i32;
                }
            }
        }
    }
}

/// Which relations hang on token `i`, a bit for each sort.
fn below(reading: &Reading, i: usize) -> u32 {
    let relations = reading.children(i).iter().map(|c| reading.tokens[*c as usize].relation);
    relations.filter_map(sort).fold(0, |bits, sort| bits | 1 << sort)
}

/// The sort of a relation that says much of what it hangs on.
pub(super) fn sort(relation: u32) -> Option<u32> {
    match Deprel::ALL.get(relation.wrapping_sub(1) as usize)? {
        Deprel::Ccomp => Some(0),
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => Some(1),
        Deprel::Xcomp => Some(2),
        Deprel::Obj => Some(3),
        Deprel::Parataxis => Some(4),
        Deprel::Mark => Some(5),
        Deprel::Aux | Deprel::AuxPass => Some(6),
        Deprel::Cop => Some(7),
        Deprel::Advcl => Some(8),
        Deprel::Acl | Deprel::AclRelcl => Some(9),
        Deprel::Nmod | Deprel::Obl | Deprel::OblAgent => Some(10),
        Deprel::Conj => Some(11),
        Deprel::Case => Some(12),
        _ => None,
    }
}
