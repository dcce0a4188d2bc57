//! Tags, lemmas, and word classes for the tokens of a document.

pub mod analysis;
pub mod chunk;
mod compounds;
pub(crate) mod features;
pub mod gazetteer;
pub mod lemma;
pub(crate) mod marks;
pub(crate) mod names;
pub(crate) mod parser;
pub(crate) mod processor;
pub(crate) mod storage;
pub(crate) mod tagger;
pub(crate) mod weights;

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Deprel, Document, Name, Sentence, Tag, Token, Upos};
use crate::span::Span;
pub use analysis::{Analysis, analyse};
use tagger::{Input, Scratch, TAGGER};

/// A document with tag, lemma and place in the tree for each token, and its names. Lives only while claims are
/// extracted.
#[derive(Debug)]
pub struct Annotated<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its tokens, or its words with compounds whole.
    pub tokens: Cow<'d, [Token]>,
    /// Its sentences, as ranges of `tokens`.
    pub sentences: Cow<'d, [Sentence]>,
    /// Part of speech of each token.
    pub tags: Vec<Tag>,
    /// Each token in lower case, with straight apostrophes and quotation marks.
    pub lower: Vec<String>,
    /// Lemma of each token, in lower case except for proper nouns ("soldier", "send", "Kursk").
    pub lemmas: Vec<String>,
    /// Trees and names, over `tokens`.
    pub analysis: Analysis,
}

impl<'d> Annotated<'d> {
    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// Whether there are trees and names, not tags alone.
    #[must_use]
    pub fn is_parsed(&self) -> bool {
        self.analysis.heads.len() == self.len()
    }

    /// Token `i` as written.
    #[must_use]
    pub fn word(&self, i: usize) -> &'d str {
        self.tokens[i].span.of(&self.document.text)
    }

    /// Span of token `i`.
    #[must_use]
    pub fn span(&self, i: usize) -> Span {
        self.tokens[i].span
    }

    /// Span of a range of tokens, which must not be empty.
    #[must_use]
    pub fn cover(&self, tokens: Range<usize>) -> Span {
        self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span)
    }

    /// The text of the document.
    #[must_use]
    pub fn text(&self) -> &'d str {
        &self.document.text
    }

    /// Token `i` in lower case.
    #[must_use]
    pub fn lower(&self, i: usize) -> &str {
        &self.lower[i]
    }

    /// Lemma of token `i`.
    #[must_use]
    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    /// Tag of token `i`.
    #[must_use]
    pub fn tag(&self, i: usize) -> Tag {
        self.tags[i]
    }

    /// Universal part of speech of token `i`.
    #[must_use]
    pub fn upos(&self, i: usize) -> Upos {
        self.analysis.upos[i]
    }

    /// Head of token `i`; `None` for the root of a sentence.
    #[must_use]
    pub fn head(&self, i: usize) -> Option<usize> {
        self.analysis.heads[i].map(|head| head as usize)
    }

    /// Relation of token `i` to its head.
    #[must_use]
    pub fn deprel(&self, i: usize) -> Deprel {
        self.analysis.deprels[i]
    }

    /// Names, in order, not overlapping.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.analysis.names
    }

    /// The tokens that lie wholly inside `span`.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let tokens = &self.tokens;
        let first = tokens.partition_point(|t| t.span.start() < span.start());
        let last = tokens.partition_point(|t| t.span.end() <= span.end());
        first..last.max(first)
    }

    /// The sentence that token `i` stands in.
    #[must_use]
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.last_token as usize <= i)
    }
}

/// Tags, lemmatises and parses a document, and finds its names.
#[must_use]
pub fn annotate(document: &Document) -> Annotated<'_> {
    let mut annotated = tagged(document);
    annotated.analysis = analysis::analyse(&annotated);
    annotated
}

/// Tags and lemmatises a document; there are no trees and names yet.
#[must_use]
pub fn tagged(document: &Document) -> Annotated<'_> {
    read(document, Cow::Borrowed(&document.tokens), Cow::Borrowed(&document.sentences))
}

/// The same of those sentences alone in which some word, in lower case, is worth it.
#[must_use]
pub fn tagged_where(document: &Document, worth: impl Fn(&str) -> bool) -> Annotated<'_> {
    let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
    for sentence in &document.sentences {
        let all = &document.tokens[sentence.tokens()];
        if !all.iter().any(|t| is_worth(t.span.of(&document.text), &worth)) {
            continue;
        }
        let first_token = tokens.len() as u32;
        tokens.extend_from_slice(all);
        sentences.push(Sentence { first_token, last_token: tokens.len() as u32, ..sentence.clone() });
    }
    read(document, Cow::Owned(tokens), Cow::Owned(sentences))
}

/// Asks `worth` for the word in lower case, without a string of its own where the word is in lower case or short.
fn is_worth(word: &str, worth: impl Fn(&str) -> bool) -> bool {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return worth(word);
    }
    let mut buffer = [0; 24];
    match buffer.get_mut(..word.len()) {
        Some(lower) if word.is_ascii() => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            std::str::from_utf8(lower).is_ok_and(worth)
        }
        _ => worth(&normalise(word)),
    }
}

fn read<'d>(
    document: &'d Document,
    tokens: Cow<'d, [Token]>,
    sentences: Cow<'d, [Sentence]>,
) -> Annotated<'d> {
    let words = || tokens.iter().map(|t| t.span.of(&document.text));
    let lower: Vec<String> = words().map(normalise).collect();
    let tags = tag(&document.text, &tokens, &sentences, &lower);
    let lemmas = words().zip(&lower).zip(&tags).map(|((w, l), t)| lemma::lemma(w, l, *t)).collect();
    Annotated { document, tokens, sentences, tags, lower, lemmas, analysis: Analysis::default() }
}

fn tag(text: &str, all: &[Token], sentences: &[Sentence], lower: &[String]) -> Vec<Tag> {
    let mut tags = vec![Tag::NN; lower.len()];
    let mut scratch = Scratch::default();
    let mut inputs = Vec::new();
    let mut found = Vec::new();
    for sentence in sentences {
        let tokens = sentence.tokens();
        let mut end = sentence.span.start();
        inputs.clear();
        for i in tokens.clone() {
            let span = all[i].span;
            let glued = i > tokens.start && span.start() == end;
            end = span.end();
            inputs.push(Input { word: span.of(text), lower: &lower[i], glued });
        }
        TAGGER.tag(&inputs, &mut scratch, &mut found);
        tags[tokens].copy_from_slice(&found);
    }
    tags
}

/// A word in lower case, with straight apostrophes and quotation marks and plain hyphens.
#[must_use]
pub fn normalise(word: &str) -> String {
    if word.is_ascii() {
        return match word {
            "``" | "''" => "\"".to_owned(),
            _ => word.to_ascii_lowercase(),
        };
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '’' | '‘' | 'ʼ' | '´' | '‚' | '‹' | '›' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{ad}' => {}
            '…' => out.push_str("..."),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests;
