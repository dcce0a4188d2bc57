//! Recognition of time expressions, left to right, the longest reading first.

mod clock;
mod days;
mod lengths;
mod shifts;
mod weekdays;
mod years;

use super::expression::Expression;
use super::words::{Word, word};
use crate::extract::quantity::number;
use crate::language::Annotated;

/// The time expressions of a sentence, in order, not overlapping.
pub(super) fn expressions(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Expression> {
    let reader = Reader { article, start, end };
    let mut out = Vec::new();
    let mut i = start;
    while i < end {
        match reader.at(i) {
            Some(found) => {
                i = found.next.max(i + 1);
                out.push(found);
            }
            None => i += 1,
        }
    }
    out
}

/// Reads expressions in one sentence.
struct Reader<'a, 'd> {
    article: &'a Annotated<'d>,
    start: usize,
    end: usize,
}

impl Reader<'_, '_> {
    fn lower(&self, i: usize) -> &str {
        if i < self.end { self.article.lower(i) } else { "" }
    }

    fn word(&self, i: usize) -> Option<Word> {
        word(self.lower(i))
    }

    fn before(&self, i: usize) -> &str {
        if i > self.start { self.article.lower(i - 1) } else { "" }
    }

    fn follow(&self, i: usize, words: &[&str]) -> bool {
        number::follow(self.article, i, self.end, words)
    }

    fn written(&self, i: usize) -> &str {
        if i < self.end { self.article.word(i) } else { "" }
    }

    /// The expression that begins at token `i`.
    fn at(&self, i: usize) -> Option<Expression> {
        let lower = self.lower(i);
        let first = lower.as_bytes().first()?;
        // Most tokens leave here: neither a digit, nor a word of time, nor a word that opens an expression.
        let digit = first.is_ascii_digit() || matches!(*first, b'\'') || *first == b'q' && lower.len() == 2;
        let opens = matches!(
            lower,
            "the"
                | "that"
                | "a"
                | "an"
                | "every"
                | "each"
                | "several"
                | "few"
                | "half"
                | "earlier"
                | "later"
                | "first"
                | "second"
                | "third"
                | "fourth"
                | "noon"
                | "midnight"
                | "over"
                | "recent"
                | "years"
                | "once"
                | "twice"
                | "per"
                | "new"
                | "same"
                | "many"
                | "just"
        );
        let known = word(lower);
        if !digit
            && !opens
            && known.is_none()
            && !lower.contains('-')
            && number::at(self.article, i, self.end).is_none()
        {
            return None;
        }
        let found = self
            .date(i)
            .or_else(|| self.weekday(i))
            .or_else(|| self.named_day(i))
            .or_else(|| self.part_of_week(i))
            .or_else(|| self.modified(i))
            .or_else(|| self.shifted(i))
            .or_else(|| self.told(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.season(i))
            .or_else(|| self.century(i))
            .or_else(|| self.set(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.clock(i))
            .or_else(|| self.year(i))
            .or_else(|| self.reference(i))?;
        Some(self.with_hour(found))
    }
}
