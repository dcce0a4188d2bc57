//! What the outlet asserts in its own voice: clauses with a finite verb that nobody is credited with.
//!
//! One claim a clause ([`clauses`] tells which there are), from what the attributions leave. Nothing is asserted by
//! questions, imperatives, fragments without a finite verb, quotations, labels ("What we know so far") and sentences
//! that frame the text (`lexicon/framing.tsv`: "Here is what we know", "This story has been updated"). A clause
//! whose verb belongs to an attribution is spoken for, with all that introduces it ("on Monday", "in a statement");
//! of a clause with an attribution inside, the part with the verb is kept.

mod clauses;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use super::attribution::Attribution;
use super::quotation::Quotation;
use crate::document::Tag;
use crate::language::{Annotated, normalise};
use clauses::Clause;

/// Words of an assertion that shares its subject with another or has lost it to an attribution.
const MIN_SHARED: usize = 3;
/// Words of an assertion with a subject.
const MIN_WORDS: usize = 2;

/// The clauses that assert something outside every attribution, in order, not overlapping.
#[must_use]
pub fn assertions(
    article: &Annotated<'_>,
    quotations: &[Quotation],
    attributions: &[Attribution],
) -> Vec<Range<usize>> {
    let mut covered = vec![false; article.len()];
    for range in attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue).chain(&a.content)) {
        covered[range.clone()].fill(true);
    }
    let mut quoted = vec![false; article.len()];
    for quotation in quotations {
        quoted[quotation.tokens.clone()].fill(true);
    }
    let mut found = Vec::new();
    for sentence in article.sentences.iter() {
        let block = &article.document.blocks[sentence.block as usize];
        let tokens = sentence.tokens();
        if !block.kind.is_prose()
            || tokens.clone().all(|i| covered[i])
            || is_question(article, &tokens)
            || is_framing(sentence.span.of(article.text()))
        {
            continue;
        }
        let start = tokens.start;
        for clause in clauses::clauses(article, tokens) {
            if covered[clause.head] || covered[clause.finite] || quoted[clause.finite] {
                continue;
            }
            let piece = trim(article, around(&clause, &covered), clause.mark);
            if asserts(article, &clause, &piece, start) {
                found.push(piece);
            }
        }
    }
    found.sort_by_key(|r| r.start);
    found
}

/// The part of the clause around its verb that no attribution has.
fn around(clause: &Clause, covered: &[bool]) -> Range<usize> {
    let tokens = &clause.tokens;
    let (first, last) = (clause.head.min(clause.finite), clause.head.max(clause.finite));
    let start = (tokens.start..first).rev().find(|i| covered[*i]).map_or(tokens.start, |i| i + 1);
    let end = (last..tokens.end).find(|i| covered[*i]).unwrap_or(tokens.end);
    // an attribution may stand between the auxiliary and the verb: what is before the first of them in its way
    match (first..last).find(|i| covered[*i]) {
        Some(gap) if clause.finite < gap => start..gap,
        Some(_) => last..end,
        None => start..end,
    }
}

fn is_question(article: &Annotated<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().rev().take(3).any(|i| article.word(i) == "?")
}

/// Whether the sentence is about the text itself.
fn is_framing(sentence: &str) -> bool {
    static PHRASES: LazyLock<(Vec<&str>, Vec<&str>)> = LazyLock::new(|| {
        let rows = crate::lexicon::rows(include_str!("../../lexicon/framing.tsv"));
        let (start, part): (Vec<_>, Vec<_>) =
            rows.filter_map(|row| row.split_once('\t')).partition(|(place, _)| *place == "start");
        let phrases = |rows: Vec<(_, &'static str)>| rows.into_iter().map(|(_, phrase)| phrase).collect();
        (phrases(start), phrases(part))
    });
    let lower = normalise(sentence);
    let opening = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (start, part) = &*PHRASES;
    let ends_word = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    start.iter().any(|p| opening.strip_prefix(p).is_some_and(ends_word))
        || part.iter().any(|p| lower.contains(p))
}

/// Without marks and conjunctions at the edges, nor the one that says how the clause hangs on another.
fn trim(article: &Annotated<'_>, tokens: Range<usize>, mark: Option<usize>) -> Range<usize> {
    let (mut start, mut end) = (tokens.start, tokens.end);
    start = after_dateline(article, start..end);
    let loose = |i: usize| {
        matches!(article.tag(i), Tag::Comma | Tag::Colon | Tag::Period | Tag::CC | Tag::HYPH | Tag::NFP)
            || matches!(article.word(i), "." | ";" | "…" | "..." | "—" | "–" | "--" | "*")
    };
    let unpaired = |range: Range<usize>, open: Tag, close: Tag| {
        let count = |tag| range.clone().filter(|i| article.tag(*i) == tag).count();
        count(open) != count(close)
    };
    let stray = |range: Range<usize>, i: usize| match article.tag(i) {
        Tag::OpenQuote | Tag::CloseQuote => unpaired(range, Tag::OpenQuote, Tag::CloseQuote),
        Tag::OpenBracket | Tag::CloseBracket => unpaired(range, Tag::OpenBracket, Tag::CloseBracket),
        _ => false,
    };
    // long runs of marks at an edge are cut without a second look, so that the work stays linear
    let mut looks = 8;
    while start < end {
        let i = start;
        if loose(i) || mark == Some(i) {
            start += 1;
        } else if looks > 0 && stray(start..end, i) {
            looks -= 1;
            start += 1;
        } else {
            break;
        }
    }
    while end > start {
        let i = end - 1;
        if loose(i) {
            end -= 1;
        } else if looks > 0 && stray(start..end, i) {
            looks -= 1;
            end -= 1;
        } else {
            break;
        }
    }
    start..end
}

/// "KYIV, Ukraine (Vesta) — The river …": where the sentence itself starts.
fn after_dateline(article: &Annotated<'_>, tokens: Range<usize>) -> usize {
    const LONGEST: usize = 10;
    let dash = (tokens.start..tokens.end.min(tokens.start + LONGEST))
        .find(|i| matches!(article.word(*i), "—" | "–" | "--" | "-"));
    let place = |i: usize| {
        article.tag(i).is_proper()
            || article.tag(i).is_mark()
            || matches!(article.tag(i), Tag::CD | Tag::Period)
    };
    match dash {
        Some(dash) if dash > tokens.start && (tokens.start..dash).all(place) => dash + 1,
        _ => tokens.start,
    }
}

fn asserts(article: &Annotated<'_>, clause: &Clause, piece: &Range<usize>, sentence_start: usize) -> bool {
    if !piece.contains(&clause.finite) {
        return false;
    }
    let words = piece.clone().filter(|i| !article.tag(*i).is_mark()).count();
    let own = clause.subject.is_some_and(|s| piece.contains(&s));
    if words < (if own { MIN_WORDS } else { MIN_SHARED }) {
        return false;
    }
    // an imperative has no subject; "which" is one
    if clause.subject.is_none() && !clause.lent {
        return false;
    }
    // "What we know so far", "How the deal failed": labels
    let label = piece.start == sentence_start
        && matches!(article.tag(piece.start), Tag::WP | Tag::WRB | Tag::WDT)
        && article.head(piece.start) == Some(clause.head);
    !label
}
