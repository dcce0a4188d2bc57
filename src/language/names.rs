//! Names of persons, organisations, places and other things: a structured perceptron over hashed features.
//!
//! **What a name is.** The proper name itself, as in the shared task of CoNLL-2003: no article ("the *White House*"),
//! no title ("President *Yoon Suk Yeol*"; it is kept apart, in [`Name::title`]), no possessive ending, no apposition.
//! "*University of Texas*" is one name, "*Sydney*, *Australia*" are two; the longest one counts ("*Bank of Korea*" holds
//! no "Korea"). Countries are places, whatever their governments do. Peoples, parties' members, events, works, laws and
//! languages are of the kind other. Adjectives ("American troops") and days and months are no names.
//!
//! **How they are found.** Each token gets a label in BILOU notation, and the best sequence of labels is found by
//! Viterbi's algorithm (Collins 2002). What pays is known from Ratinov and Roth, "Design challenges and misconceptions in
//! named entity recognition" (2009): BILOU, gazetteers, and what the same word is elsewhere in the document. The last is
//! why there are two passes: the second knows where "Kim" stood in "Kim Hong-kyun".
//!
//! In headlines capitals say nothing. Sentences have a style, copies in Title Case and CAPITALS are trained on, and the
//! running text tells which words are written small there. The weights are in `models/names.bin`; `models/README.md` is
//! their card.

pub(crate) mod features;
pub(crate) mod known;
pub(crate) mod lists;
mod titles;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use self::features::{CLASSES, COUNT, COUNT_SEEN, Cased, KEY_BITS, Seen, Sentence, Style};
use self::known::Known;
use super::Annotated;
use super::storage::{self, Reader};
use super::tagger::TAGGER;
use super::weights::{Rows, Weights};
use crate::document::{Name, NameKind, Tag};

/// The model as embedded.
static EMBEDDED: &[u8] = include_bytes!("../../models/names.bin");

/// Opens the file, version last.
const MAGIC: [u8; 4] = *b"RPN1";

// See `tagger.rs`.
const _: () = {
    let model = include_bytes!("../../models/names.bin");
    assert!(
        storage::is_whole(model, MAGIC),
        "models/names.bin is of another version or cut short: see models/README.md"
    );
};

/// The embedded recogniser.
pub(crate) static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(|| {
    Recogniser::new(Model::decode(EMBEDDED).expect("the embedded model is checked when built and tested"))
});

/// Labels: outside, and for each kind the begin, inside and last token of a name, and a name of one token.
pub(crate) const LABELS: usize = 1 + 4 * NameKind::ALL.len();

/// Outside of names.
pub(crate) const OUTSIDE: u8 = 0;

/// In place of a label before the first token.
pub(crate) const START: usize = LABELS;

/// Where in a name a token stands.
#[cfg(feature = "train")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Part {
    Begin,
    Inside,
    Last,
    Unit,
}

/// The label of a token of a name.
#[cfg(feature = "train")]
pub(crate) fn label(kind: NameKind, part: Part) -> u8 {
    1 + 4 * kind as u8 + part as u8
}

/// The kind that a label is of, and the part as number; `None` outside.
pub(crate) fn kind_of(label: u8) -> Option<(NameKind, u8)> {
    let inside = label.checked_sub(1)?;
    Some((*NameKind::ALL.get(usize::from(inside / 4))?, inside % 4))
}

/// A trained model, in the form in which it is stored.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Model {
    /// Weights of features and transitions.
    pub(crate) rows: Rows,
    /// Parts of persons' names.
    pub(crate) known: Known,
}

impl Model {
    /// Reads a stored model.
    pub(crate) fn decode(file: &[u8]) -> Option<Model> {
        let body = storage::open(file, MAGIC)?;
        let mut reader = Reader::new(&body);
        Some(Model { rows: Rows::decode(&mut reader, KEY_BITS, LABELS)?, known: Known::decode(&mut reader)? })
    }

    /// The file that [`Model::decode`] reads.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        self.rows.encode(&mut body);
        self.known.encode(&mut body);
        storage::seal(&body, MAGIC)
    }
}

/// Scores of the labels of a token.
pub(crate) type Scores = [f32; LABELS];

/// Scores of transitions: by class of the token, its label, and the label before.
#[derive(Clone, Debug)]
pub(crate) struct Steps(pub(crate) Vec<[[f32; LABELS + 1]; LABELS]>);

impl Default for Steps {
    fn default() -> Steps {
        Steps(vec![[[0.0; LABELS + 1]; LABELS]; CLASSES])
    }
}

/// Memory that is used again for each sentence.
#[derive(Debug, Default)]
pub(crate) struct Lattice {
    back: Vec<[u8; LABELS]>,
}

impl Lattice {
    /// The best labels of a sentence, given the scores of its candidates in order. What is no candidate is outside.
    pub(crate) fn best(
        &mut self,
        sentence: &Sentence,
        scores: &[Scores],
        steps: &Steps,
        labels: &mut Vec<u8>,
    ) {
        const NEVER: f32 = -1e9;
        self.back.clear();
        let mut scores = scores.iter();
        // Only the state outside is alive after a token that is no candidate, and before the first.
        let (mut alone, mut alone_from) = (true, START);
        let mut best = [NEVER; LABELS];
        best[0] = 0.0;
        for token in &sentence.tokens {
            let steps = &steps.0[usize::from(token.class)];
            let mut next = [NEVER; LABELS];
            let mut back = [OUTSIDE; LABELS];
            let free = |to: usize, next: &mut Scores, back: &mut [u8; LABELS]| {
                let row = &steps[to];
                if alone {
                    next[to] = best[0] + row[alone_from];
                    return;
                }
                let (mut top, mut from) = (best[0] + row[0], 0);
                for kind in 0..NameKind::ALL.len() {
                    for ended in [3 + 4 * kind, 4 + 4 * kind] {
                        let score = best[ended] + row[ended];
                        if score > top {
                            (top, from) = (score, ended);
                        }
                    }
                }
                next[to] = top;
                back[to] = from as u8;
            };
            free(0, &mut next, &mut back);
            if token.candidate {
                let here = scores.next().copied().unwrap_or_default();
                for kind in 0..NameKind::ALL.len() {
                    let begin = 1 + 4 * kind;
                    free(begin, &mut next, &mut back);
                    free(begin + 3, &mut next, &mut back);
                    if !alone {
                        for to in [begin + 1, begin + 2] {
                            let started = best[begin] + steps[to][begin];
                            let went_on = best[begin + 1] + steps[to][begin + 1];
                            let from = if went_on > started { begin + 1 } else { begin };
                            next[to] = started.max(went_on);
                            back[to] = from as u8;
                        }
                    }
                }
                next.iter_mut().zip(here).for_each(|(score, here)| *score += here);
                alone = false;
            } else {
                (alone, alone_from) = (true, 0);
            }
            // Scores are told apart by differences only; kept small, they stay exact in sentences of any length.
            let floor = next[0];
            best = next.map(|score| if score > NEVER / 2.0 { score - floor } else { NEVER });
            self.back.push(back);
        }
        let ends = (0..LABELS).filter(|l| *l == 0 || l % 4 == 3 || l % 4 == 0);
        let last = ends.fold(0, |top, label| if best[label] > best[top] { label } else { top });
        labels.clear();
        let mut label = last as u8;
        for back in self.back.iter().rev() {
            labels.push(label);
            label = back[usize::from(label)];
        }
        labels.reverse();
    }
}

/// The labels that each form has in a document's running text.
#[derive(Debug, Default)]
pub(crate) struct Memory(FxHashMap<u32, [u16; LABELS]>);

impl Memory {
    /// Takes note of the labels of a sentence.
    pub(crate) fn note(&mut self, sentence: &Sentence, labels: &[u8]) {
        if sentence.style != Style::Running {
            return;
        }
        for (token, label) in sentence.tokens.iter().zip(labels) {
            if token.candidate && token.is_memorable() {
                let count = &mut self.0.entry(token.word.form).or_default()[usize::from(*label)];
                *count = count.saturating_add(1);
            }
        }
    }

    /// What each token of a sentence is elsewhere; `labels` are those that were noted for the sentence itself.
    pub(crate) fn elsewhere(&self, sentence: &Sentence, labels: &[u8], out: &mut Vec<Seen>) {
        out.clear();
        let noted = sentence.style == Style::Running;
        out.extend(sentence.tokens.iter().zip(labels).map(|(token, label)| {
            if !token.candidate || !token.is_memorable() {
                return Seen(0);
            }
            let Some(counts) = self.0.get(&token.word.form) else { return Seen(0) };
            let mut counts = *counts;
            if noted {
                let own = &mut counts[usize::from(*label)];
                *own = own.saturating_sub(1);
            }
            seen(&counts)
        }));
    }
}

/// The most frequent kind, whether it is nearly always so, and the most frequent part.
fn seen(counts: &[u16; LABELS]) -> Seen {
    let of = |kind: usize| -> u32 { counts[1 + 4 * kind..5 + 4 * kind].iter().map(|c| u32::from(*c)).sum() };
    let (mut top, mut named) = (0, 0);
    for kind in 0..NameKind::ALL.len() {
        named += of(kind);
        if of(kind) > of(top) {
            top = kind;
        }
    }
    let outside = u32::from(counts[0]);
    if named == 0 {
        return Seen(if outside == 0 { 0 } else { 5 << 3 });
    }
    let mut part = 0;
    for other in 1..4 {
        if counts[1 + 4 * top + other] > counts[1 + 4 * top + part] {
            part = other;
        }
    }
    let agreed = of(top) * 4 >= (named + outside) * 3;
    Seen((top as u32 + 1) << 3 | u32::from(agreed) << 2 | part as u32)
}

/// The recogniser.
#[derive(Debug)]
pub(crate) struct Recogniser {
    weights: Weights,
    steps: Steps,
    known: Known,
}

impl Recogniser {
    pub(crate) fn new(model: Model) -> Recogniser {
        let weights = Weights::new(model.rows, KEY_BITS);
        let mut steps = Steps::default();
        for (class, step) in steps.0.iter_mut().enumerate() {
            for from in 0..=START {
                let mut scores = [0; 64];
                weights.add(&[features::transition(class, from)], &mut scores);
                step.iter_mut().zip(scores).for_each(|(to, score)| to[from] = score as f32);
            }
        }
        Recogniser { weights, steps, known: model.known }
    }

    /// The labels of the tokens of each sentence.
    pub(crate) fn labels(&self, sentences: &[Sentence]) -> Vec<Vec<u8>> {
        let mut cased = Cased::default();
        sentences.iter().for_each(|sentence| cased.note(sentence));
        let mut lattice = Lattice::default();
        let mut memory = Memory::default();
        let mut keys = [0; COUNT];
        let mut all: Vec<(Vec<Scores>, Vec<u8>)> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let mut scores = Vec::new();
            for (i, token) in sentence.tokens.iter().enumerate() {
                if token.candidate {
                    features::keys(sentence, &cased, i, &mut keys);
                    scores.push(self.score(&keys));
                }
            }
            let mut labels = Vec::new();
            self.decode(sentence, &scores, &mut lattice, &mut labels);
            memory.note(sentence, &labels);
            all.push((scores, labels));
        }
        let mut seen = Vec::new();
        let mut keys = [0; COUNT_SEEN];
        let again = sentences.iter().zip(all).map(|(sentence, (mut scores, mut labels))| {
            if scores.is_empty() {
                return labels;
            }
            memory.elsewhere(sentence, &labels, &mut seen);
            let candidates = (0..sentence.tokens.len()).filter(|i| sentence.tokens[*i].candidate);
            for (i, score) in candidates.zip(&mut scores) {
                features::keys_seen(sentence, &seen, i, &mut keys);
                let more = self.score(&keys);
                score.iter_mut().zip(more).for_each(|(score, more)| *score += more);
            }
            self.decode(sentence, &scores, &mut lattice, &mut labels);
            labels
        });
        again.collect()
    }

    fn decode(&self, sentence: &Sentence, scores: &[Scores], lattice: &mut Lattice, labels: &mut Vec<u8>) {
        if scores.is_empty() {
            labels.resize(sentence.tokens.len(), OUTSIDE);
        } else {
            lattice.best(sentence, scores, &self.steps, labels);
        }
    }

    fn score<const N: usize>(&self, keys: &[u32; N]) -> Scores {
        let mut scores = [0; 64];
        self.weights.add(keys, &mut scores);
        std::array::from_fn(|label| scores[label] as f32)
    }
}

/// The names of a document, in order, with titles of persons.
pub(crate) fn names(annotated: &Annotated<'_>) -> Vec<Name> {
    with(&RECOGNISER, annotated)
}

/// The names that a recogniser finds.
pub(crate) fn with(recogniser: &Recogniser, annotated: &Annotated<'_>) -> Vec<Name> {
    let all = &annotated.sentences;
    let sentences: Vec<Sentence> =
        (0..all.len()).map(|i| features::sentence(annotated, i, &recogniser.known)).collect();
    let labels = recogniser.labels(&sentences);
    let mut names: Vec<Name> = Vec::new();
    for ((sentence, labels), seen) in all.iter().zip(&labels).zip(&sentences) {
        let floor = names.last().map_or(0, |name| name.tokens.1 as usize).max(sentence.tokens().start);
        let first = names.len();
        for (from, to, kind) in spans(labels) {
            if is_headline_word(seen, from, to) {
                continue;
            }
            let Some((from, to, kind)) = without_clause(seen, from, to, kind) else { continue };
            let tokens = sentence.tokens().start + from..sentence.tokens().start + to;
            let span = annotated.cover(tokens.clone());
            names.push(Name { span, tokens: (tokens.start as u32, tokens.end as u32), kind, title: None });
        }
        let mut floor = floor;
        for name in &mut names[first..] {
            if name.kind == NameKind::Person {
                name.title = titles::before(annotated, floor, name.tokens.0 as usize);
            }
            floor = name.tokens.1 as usize;
        }
    }
    names
}

/// Whether a name in a headline is made of words only that the tagger knows, and not as proper nouns.
fn is_headline_word(sentence: &Sentence, from: usize, to: usize) -> bool {
    matches!(sentence.style, Style::Title | Style::Capitals)
        && sentence.tokens[from..to].iter().all(|token| {
            !token.is_listed() && TAGGER.usual(token.word.form).is_some_and(|tag| !tag.is_proper())
        })
}

/// A name in a headline that holds a verb is a piece of a clause ("Troops Will Leave Afghanistan"): what the
/// gazetteers know at its end is the name.
fn without_clause(
    sentence: &Sentence,
    from: usize,
    to: usize,
    kind: NameKind,
) -> Option<(usize, usize, NameKind)> {
    let verb = |i: &usize| {
        let usual = TAGGER.usual(sentence.tokens[*i].word.form);
        usual.is_some_and(|tag| tag.is_verb() || tag == Tag::MD) && !sentence.tokens[*i].is_listed()
    };
    let inside = to - from > 1 && matches!(sentence.style, Style::Title | Style::Capitals);
    let Some(last) = (from..to).rev().find(verb).filter(|_| inside) else { return Some((from, to, kind)) };
    let listed = (last + 1..to).find(|i| sentence.tokens[*i].is_listed())?;
    let kind = if kind == NameKind::Other { NameKind::Location } else { kind };
    Some((listed, to, kind))
}

/// The names that a sequence of labels spells: first token, the one after the last, kind.
pub(crate) fn spans(labels: &[u8]) -> Vec<(usize, usize, NameKind)> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, label) in labels.iter().enumerate() {
        match kind_of(*label) {
            None => start = None,
            Some((kind, 3)) => {
                out.push((i, i + 1, kind));
                start = None;
            }
            Some((_, 0)) => start = Some(i),
            Some((kind, 2)) => {
                if let Some(from) = start.take() {
                    out.push((from, i + 1, kind));
                }
            }
            Some(_) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests;
