//! From a text back to the web page that it was taken from.

use std::ops::Range;

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

impl Run {
    /// Whether the page has the text byte for byte, apart from the kind of white space, and not as character references.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.text.len() as u64 == self.end - self.start
    }
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

    /// The bytes of the page from the first to the last that `span` was decoded from; tags may lie between.
    /// `None` if nothing of it stands in the page.
    #[must_use]
    pub fn range(&self, span: Span) -> Option<Range<u64>> {
        let first = self.runs.partition_point(|r| r.text.end() <= span.start());
        let after = self.runs.partition_point(|r| r.text.start() < span.end());
        let (first, last) = (self.runs.get(first..after)?.first()?, self.runs.get(after - 1)?);
        let mut range = first.start..last.end;
        if first.is_exact() {
            range.start += span.start().saturating_sub(first.text.start()) as u64;
        }
        if last.is_exact() {
            range.end -= last.text.end().saturating_sub(span.end()) as u64;
        }
        Some(range)
    }

    /// The parts of `span` that stand in the page, each with its bytes there, in order.
    pub fn parts(&self, span: Span) -> impl Iterator<Item = Run> {
        let first = self.runs.partition_point(|r| r.text.end() <= span.start());
        self.runs[first..].iter().take_while(move |r| r.text.start() < span.end()).map(move |run| {
            let start = run.text.start().max(span.start());
            let end = run.text.end().min(span.end());
            let mut part = Run { text: Span::new(start, end), ..*run };
            if run.is_exact() {
                part.start += (start - run.text.start()) as u64;
                part.end -= (run.text.end() - end) as u64;
            }
            part
        })
    }

    /// The same map in finer runs, where the page has `text` byte for byte: one for each character, or, if `ascii` stays
    /// what it is, for each stretch of ASCII. In another encoding they may take other numbers of bytes.
    #[must_use]
    pub fn split(self, text: &str, ascii: bool) -> Self {
        let mut runs = Vec::with_capacity(self.runs.len());
        for run in self.runs {
            let piece = run.text.of(text);
            if !run.is_exact() || ascii && piece.is_ascii() {
                runs.push(run);
                continue;
            }
            let mut from = 0;
            while from < piece.len() {
                let stretch = if ascii { piece[from..].bytes().take_while(u8::is_ascii).count() } else { 0 };
                let one = piece[from..].chars().next().map_or(1, char::len_utf8);
                let length = if stretch > 0 { stretch } else { one };
                let text = Span::new(run.text.start() + from, run.text.start() + from + length);
                let start = run.start + from as u64;
                runs.push(Run { text, start, end: start + length as u64 });
                from += length;
            }
        }
        PageMap { runs }
    }

    /// The same map, of a page whose bytes stand elsewhere: `place` gives for each offset the new one, and never a
    /// lower one for a higher one.
    #[must_use]
    pub fn moved(mut self, mut place: impl FnMut(u64) -> u64) -> Self {
        for run in &mut self.runs {
            run.start = place(run.start);
            run.end = place(run.end);
        }
        self
    }
}
