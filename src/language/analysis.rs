//! The whole analysis of a document: trees and names on top of tags and lemmas.

use super::Annotated;
use super::parser::PARSER;
use crate::document::{Deprel, Name, Upos};

/// Place in the tree of each token, and the names.
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
    /// What the parser's layers know of each token, in its sentence: the same count of numbers for each.
    pub(crate) states: Vec<f32>,
}

impl Analysis {
    /// What the parser's layers know of token `i`; empty if it was not kept.
    pub(crate) fn state(&self, i: usize) -> &[f32] {
        let width = self.states.len() / self.heads.len().max(1);
        &self.states[i * width..(i + 1) * width]
    }
}

/// Parses a tagged document and finds its names.
#[must_use]
pub fn analyse(annotated: &Annotated<'_>) -> Analysis {
    Analysis { names: super::names::names(annotated), ..PARSER.parse(annotated) }
}
