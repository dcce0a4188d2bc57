//! The text as it was read, where it differs from the text that is analysed.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A text as it was read, and how the text that is analysed lies on it.
///
/// Broken encodings, invisible characters and ligatures hinder reading. Where a text has them, a repaired view of
/// it is analysed, and every span of the view is a span of the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    text: String,
    edits: Vec<Edit>,
}

/// A piece of the original that reads otherwise in the view; as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What it is in the original.
    pub original: Span,
    /// What stands for it in the view; empty if nothing does.
    pub view: Span,
}

impl Original {
    /// The original `text`, and its edits in order; between two edits both texts are the same.
    #[must_use]
    pub fn new(text: String, edits: Vec<Edit>) -> Self {
        Original { text, edits }
    }

    /// The text as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it reads otherwise.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The span of the original that `view` stands for: whole characters, without invisible ones at its edges.
    #[must_use]
    pub fn span(&self, view: Span) -> Span {
        let start = self.place(view.start(), Edge::Start);
        Span::new(start, self.place(view.end(), Edge::End).max(start))
    }

    /// The span of the view that stands for `original`.
    #[must_use]
    pub fn view(&self, original: Span) -> Span {
        let place = |at: usize, edge: Edge| {
            let before = self.edits.partition_point(|e| e.original.start() < at);
            let Some(edit) = before.checked_sub(1).map(|i| self.edits[i]) else { return at };
            match (at < edit.original.end(), edge) {
                (false, _) => edit.view.end() + (at - edit.original.end()),
                (true, Edge::Start) => edit.view.start(),
                (true, Edge::End) => edit.view.end(),
            }
        };
        let start = place(original.start(), Edge::Start);
        Span::new(start, place(original.end(), Edge::End).max(start))
    }

    fn place(&self, at: usize, edge: Edge) -> usize {
        // A span that starts where something was taken out starts after it; one that ends there ends before it.
        let before = match edge {
            Edge::Start => self.edits.partition_point(|e| e.view.start() <= at),
            Edge::End => self.edits.partition_point(|e| e.view.start() < at),
        };
        let Some(edit) = before.checked_sub(1).map(|i| self.edits[i]) else { return at };
        match (at < edit.view.end(), edge) {
            (false, _) => edit.original.end() + (at - edit.view.end()),
            (true, Edge::Start) => edit.original.start(),
            (true, Edge::End) => edit.original.end(),
        }
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_both_texts() {
        // "so|ft" with a soft hyphen at 2..4, then a ligature of three bytes at 8..11 that reads "fi".
        let text = "so\u{ad}ft of\u{fb01}ce".to_owned();
        let edit = |a, b, c, d| Edit { original: Span::new(a, b), view: Span::new(c, d) };
        let original = Original::new(text, vec![edit(2, 4, 2, 2), edit(9, 12, 7, 9)]);
        let of = |a, b| original.span(Span::new(a, b)).of(original.text());
        assert_eq!(of(0, 4), "so\u{ad}ft");
        assert_eq!((of(0, 2), of(2, 4)), ("so", "ft"));
        assert_eq!(of(5, 11), "of\u{fb01}ce");
        assert_eq!((of(5, 8), of(8, 11)), ("of\u{fb01}", "\u{fb01}ce"));
        assert_eq!(of(0, 11), original.text());
        assert_eq!(original.view(Span::new(0, 14)), Span::new(0, 11));
        assert_eq!(original.view(Span::new(7, 12)), Span::new(5, 9));
        assert_eq!(original.view(Span::new(4, 6)), Span::new(2, 4));
    }
}
