//! The whole analysis of a document: trees and names on top of tags and lemmas.

use super::Annotated;
use crate::document::{Deprel, Name, Upos};

/// What the language layer knows of each token beyond [`Annotated`], and the names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Universal part of speech of each token.
    pub upos: Vec<Upos>,
    /// Head of each token, as an index into the document's tokens; `None` for the root of a sentence.
    pub heads: Vec<Option<u32>>,
    /// Relation of each token to its head.
    pub deprels: Vec<Deprel>,
    /// Names, in order, not overlapping.
    pub names: Vec<Name>,
}

/// Parses an annotated document and finds its names.
#[must_use]
pub fn analyse(annotated: &Annotated<'_>) -> Analysis {
    let count = annotated.len();
    let mut upos = Vec::with_capacity(count);
    for tokens in annotated.sentences.iter().map(crate::document::Sentence::tokens) {
        upos.extend(super::universal(&annotated.tags[tokens.clone()], &annotated.lower[tokens]));
    }
    let mut heads = vec![None; count];
    let mut deprels = vec![Deprel::Dep; count];
    for sentence in &annotated.document.sentences {
        // Until there is a parser: everything hangs on the first word.
        for i in sentence.tokens() {
            heads[i] = (i > sentence.tokens().start).then_some(sentence.first_token);
        }
        if let Some(root) = deprels.get_mut(sentence.tokens().start) {
            *root = Deprel::Root;
        }
    }
    Analysis { upos, heads, deprels, names: super::names::names(annotated) }
}
