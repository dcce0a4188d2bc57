//! From a text back to the web page that it was taken from.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// Where each piece of a text stands in the bytes of its page.
///
/// Runs in order of the text; what lies between two (white space between paragraphs) stands nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageMap {
    runs: Vec<Run>,
}

/// A piece of text and the bytes that it was decoded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The piece, as bytes of the text.
    pub text: Span,
    /// Its first byte in the page.
    pub start: u64,
    /// One past its last byte in the page.
    pub end: u64,
}

impl PageMap {
    /// A map of runs that are in order of the text and do not overlap in it.
    #[must_use]
    pub fn new(runs: Vec<Run>) -> Self {
        PageMap { runs }
    }

    /// The runs.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }
}
