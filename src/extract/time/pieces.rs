//! The words of a sentence as times need them: "mid-October", "14–15", "5pm" and "26/10/2024" in their parts.
//!
//! Tokens are cut otherwise by the tagger's treebanks than by [`Annotated::compounded`]; pieces are the same in both
//! views, so that times can be read in either. They are made only where a word of the sentence has to do with time.

use std::ops::Range;

use super::words::{self, Word, word};
use crate::document::Tag;
use crate::language::Annotated;
use crate::span::Span;

/// A part of a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    /// As written.
    pub(super) text: &'a str,
    pub(super) lower: &'a str,
    pub(super) span: Span,
    /// The token it is of.
    pub(super) token: usize,
    pub(super) tag: Tag,
    /// Whether nothing stands between it and the piece before.
    pub(super) glued: bool,
    pub(super) word: Word,
}

/// The pieces of a sentence; none if nothing in it tells a time.
pub(super) fn pieces<'a>(article: &'a Annotated<'_>, tokens: Range<usize>, out: &mut Vec<Piece<'a>>) {
    out.clear();
    if !tokens.clone().any(|i| words::may_tell(article.lower(i))) {
        return;
    }
    for token in tokens {
        let (text, lower, span) = (article.word(token), article.lower(token), article.span(token));
        let mut push = |range: Range<usize>, lower: &'a str| {
            let span = Span::new(span.start() + range.start, span.start() + range.end);
            let glued = out.last().is_some_and(|p: &Piece<'_>| p.span.end() == span.start());
            let word = word(lower);
            out.push(Piece { text: &text[range], lower, span, token, tag: article.tag(token), glued, word });
        };
        if text.len() == lower.len() && is_cut(lower) {
            let mut at = 0;
            while at < lower.len() {
                let end = at + part_length(&lower[at..]);
                match lower.get(at..end) {
                    Some(part) if text.is_char_boundary(at) && text.is_char_boundary(end) => {
                        push(at..end, part)
                    }
                    _ => {
                        push(at..text.len(), &lower[at..]);
                        break;
                    }
                }
                at = end;
            }
        } else {
            push(0..text.len(), lower);
        }
    }
}

/// Whether a token is cut: it has a digit or a word of time and a place to be cut at, and is no address.
fn is_cut(lower: &str) -> bool {
    if lower.len() < 3
        || !words::may_tell(lower)
        || lower.contains("//")
        || lower.contains(['@', '_', '#', '\\'])
    {
        return false;
    }
    let digit = lower.starts_with(|c: char| c.is_ascii_digit());
    lower.contains(is_joint) || digit && lower.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.')
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '/' | '–' | '—')
}

/// The length of the first part: a joint, a number with what belongs to it ("4th", "1980s"), or what reaches to a joint.
fn part_length(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    if is_joint(first) {
        return first.len_utf8();
    }
    let end = rest.find(is_joint).unwrap_or(rest.len());
    if !first.is_ascii_digit() {
        return end;
    }
    let number = rest[..end].find(|c: char| c.is_ascii_alphabetic()).unwrap_or(end);
    match &rest[number..end] {
        "st" | "nd" | "rd" | "th" | "s" => end,
        _ => number.max(1),
    }
}
