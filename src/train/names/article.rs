//! Articles with known names, as documents of the library, so that training sees what recognition sees.

use crate::document::{self, Block, BlockKind, Document, NameKind, Token};
use crate::language::names::features::{self, Sentence};
use crate::language::names::known::Known;
use crate::language::names::{OUTSIDE, Part, kind_of, label};
use crate::language::tagged;
use crate::span::Span;
use crate::train::Random;

/// A word and whether nothing stands between it and the word before.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) glued: bool,
}

/// A sentence and the labels of its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Labelled {
    pub(crate) words: Vec<Word>,
    pub(crate) labels: Vec<u8>,
}

/// A document and the labels of its tokens.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) document: Document,
    /// One list a sentence.
    pub(crate) labels: Vec<Vec<u8>>,
    /// How many sentences come first that are no recased copies.
    pub(crate) originals: usize,
}

impl Article {
    /// The sentences as a document.
    pub(crate) fn new(name: &str, sentences: Vec<Labelled>) -> Article {
        let mut text = String::new();
        let (mut tokens, mut all) = (Vec::new(), Vec::new());
        for sentence in &sentences {
            let first = tokens.len();
            for word in &sentence.words {
                if !word.glued && !text.is_empty() {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(&word.form);
                tokens.push(Token { span: Span::new(start, text.len()) });
            }
            let span = tokens[first..].iter().map(|t| t.span).reduce(Span::cover);
            all.push(document::Sentence {
                span: span.unwrap_or(Span::new(text.len(), text.len())),
                block: 0,
                first_token: first as u32,
                last_token: tokens.len() as u32,
            });
        }
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let document = Document {
            id: name.to_owned(),
            text,
            blocks: vec![block],
            sentences: all,
            tokens,
            ..Document::default()
        };
        let originals = sentences.len();
        Article {
            name: name.to_owned(),
            document,
            labels: sentences.into_iter().map(|s| s.labels).collect(),
            originals,
        }
    }

    /// The sentences, some of them again in Title Case, in CAPITALS and in small letters.
    pub(crate) fn with_copies(name: &str, mut sentences: Vec<Labelled>, random: &mut Random) -> Article {
        let originals = sentences.len();
        let copies: Vec<Labelled> = sentences.iter().filter_map(|s| recased(s, random)).collect();
        sentences.extend(copies);
        Article { originals, ..Article::new(name, sentences) }
    }

    /// The sentences as features see them.
    pub(crate) fn sentences(&self, known: &Known) -> Vec<Sentence> {
        let annotated = tagged(&self.document);
        (0..self.document.sentences.len()).map(|i| features::sentence(&annotated, i, known)).collect()
    }
}

/// How a sentence may be written otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Case {
    Title,
    Capitals,
    Small,
}

/// A sentence in another case.
pub(crate) fn recase(sentence: &Labelled, case: Case) -> Labelled {
    const SMALL: &[&str] =
        &["a", "an", "the", "and", "but", "or", "for", "of", "in", "on", "at", "to", "by", "as", "'s", "n't"];
    let recase = |word: &str| match case {
        Case::Title => {
            let mut chars = word.chars();
            let first = chars.next().filter(|_| !SMALL.contains(&word));
            first.map_or(word.to_owned(), |c| c.to_uppercase().chain(chars).collect())
        }
        Case::Capitals => word.to_uppercase(),
        Case::Small => word.to_lowercase(),
    };
    let words = sentence.words.iter().map(|w| Word { form: recase(&w.form), glued: w.glued });
    Labelled { words: words.collect(), labels: sentence.labels.clone() }
}

/// One sentence in three comes again in Title Case, in CAPITALS or in small letters.
fn recased(sentence: &Labelled, random: &mut Random) -> Option<Labelled> {
    let case = match random.below(24) {
        0..4 => Case::Title,
        4..7 => Case::Capitals,
        7 => Case::Small,
        _ => return None,
    };
    Some(recase(sentence, case))
}

/// The labels of names that do not overlap: first token, the one after the last, kind.
pub(crate) fn labels(count: usize, names: &[(usize, usize, NameKind)]) -> Vec<u8> {
    let mut out = vec![OUTSIDE; count];
    for (from, to, kind) in names {
        for (i, slot) in out[*from..*to].iter_mut().enumerate() {
            let part = match (i == 0, from + i + 1 == *to) {
                (true, true) => Part::Unit,
                (true, false) => Part::Begin,
                (false, true) => Part::Last,
                (false, false) => Part::Inside,
            };
            *slot = label(*kind, part);
        }
    }
    out
}

/// Takes away names that tokens are part of which recognition never looks at.
pub(crate) fn confine(labels: &mut Vec<u8>, sentence: &Sentence) {
    let names = crate::language::names::spans(labels);
    let kept: Vec<_> = names
        .into_iter()
        .filter(|(from, to, _)| sentence.tokens[*from..*to].iter().all(|t| t.candidate))
        .collect();
    debug_assert!(labels.iter().all(|l| *l == OUTSIDE || kind_of(*l).is_some()));
    *labels = self::labels(labels.len(), &kept);
}
