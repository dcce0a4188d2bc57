//! Byte ranges into a document's text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start <= end`, into the `text` of one document.
///
/// Both ends lie on character boundaries of that text. Python sees code points instead: the bindings convert
/// at the border, once.
///
/// ```
/// use reportedly::span::Span;
/// let span = Span::new(4, 9);
/// assert_eq!(span.of("The Blue House"), "Blue ");
/// assert!(span.contains(Span::new(5, 9)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Span {
    start: u32,
    end: u32,
}

/// A span as it was stored, by whomever.
#[derive(Deserialize)]
struct Ends {
    start: u32,
    end: u32,
}

impl TryFrom<Ends> for Span {
    type Error = &'static str;

    fn try_from(Ends { start, end }: Ends) -> Result<Self, Self::Error> {
        if start <= end { Ok(Span { start, end }) } else { Err("a span that is reversed") }
    }
}

impl Span {
    /// A span from `start` to `end`.
    ///
    /// # Panics
    /// If `start > end`, or past 4 GiB (`read` refuses such files).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span {start}..{end} is reversed");
        assert!(u32::try_from(end).is_ok(), "span end {end} is past 4 GiB");
        Span { start: start as u32, end: end as u32 }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text it covers.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its edges.
    #[must_use]
    pub fn trim(self, text: &str) -> Span {
        let inner = self.of(text);
        let start = self.start() + (inner.len() - inner.trim_start().len());
        Span::new(start, start + inner.trim().len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// The smallest span that holds all of `spans`, or `None` if there are none.
#[must_use]
pub fn cover(spans: &[Span]) -> Option<Span> {
    spans.iter().copied().reduce(Span::cover)
}
