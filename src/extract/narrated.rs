//! What the outlet asserts in its own voice: clauses with a finite verb that nobody is credited with.

use std::ops::Range;

use super::attribution::Attribution;
use crate::document::Tag;
use crate::language::Annotated;

/// Fewer words are a fragment, not an assertion.
const MIN_WORDS: usize = 4;

/// The stretches of prose sentences that assert something outside every attribution: whole sentences, or what
/// an attribution leaves of one.
///
/// Questions, imperatives and verbless fragments assert nothing.
#[must_use]
pub fn assertions(article: &Annotated<'_>, attributions: &[Attribution]) -> Vec<Range<usize>> {
    let mut covered = vec![false; article.len()];
    for range in attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue).chain(&a.content)) {
        covered[range.clone()].fill(true);
    }
    let mut found = Vec::new();
    for sentence in article.sentences.iter() {
        let block = &article.document.blocks[sentence.block as usize];
        let tokens = sentence.tokens();
        if !block.kind.is_prose() || tokens.is_empty() || is_question(article, &tokens) {
            continue;
        }
        let mut start = tokens.start;
        while start < tokens.end {
            let end = (start..tokens.end).find(|i| covered[*i]).unwrap_or(tokens.end);
            if end > start {
                let piece = trim(article, start..end);
                if asserts(article, &piece, tokens.start) {
                    found.push(piece);
                }
            }
            start = (end..tokens.end).find(|i| !covered[*i]).unwrap_or(tokens.end);
        }
    }
    found
}

fn is_question(article: &Annotated<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().rev().take(3).any(|i| article.word(i) == "?")
}

/// Without marks and conjunctions at the edges.
fn trim(article: &Annotated<'_>, tokens: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (tokens.start, tokens.end);
    let loose = |i: usize| {
        matches!(article.tag(i), Tag::Comma | Tag::Colon | Tag::Period | Tag::CC | Tag::HYPH)
            || matches!(article.word(i), "." | ";" | "…" | "...")
    };
    while start < end && loose(start) {
        start += 1;
    }
    while end > start && loose(end - 1) {
        end -= 1;
    }
    start..end
}

fn asserts(article: &Annotated<'_>, piece: &Range<usize>, sentence_start: usize) -> bool {
    let words = piece.clone().filter(|i| !article.tag(*i).is_mark()).count();
    if words < MIN_WORDS {
        return false;
    }
    let Some(verb) = predicate(article, piece) else { return false };
    // something must come before the verb: its subject
    let subject = (piece.start..verb).any(|i| {
        article.tag(i).is_noun()
            || matches!(article.tag(i), Tag::PRP | Tag::DT | Tag::EX | Tag::CD | Tag::VBG)
    });
    // what follows an attribution inside the sentence asserts only if it is a clause of its own
    let opens = piece.start == sentence_start || !relative(article, piece.start);
    subject && opens
}

/// The verb that asserts: a finite one, or a form that passes for a participle right after a noun or pronoun
/// ("the storm cut power").
fn predicate(article: &Annotated<'_>, piece: &Range<usize>) -> Option<usize> {
    piece.clone().find(|i| article.tag(*i).is_finite()).or_else(|| {
        piece.clone().skip(1).find(|i| {
            matches!(article.tag(*i), Tag::VBN | Tag::VB)
                && (article.tag(i - 1).is_noun() || article.tag(i - 1) == Tag::PRP)
        })
    })
}

fn relative(article: &Annotated<'_>, i: usize) -> bool {
    matches!(article.tag(i), Tag::WDT | Tag::WP | Tag::WRB | Tag::IN)
}
