//! What the outlet asserts in its own voice: clauses with a finite verb that nobody is credited with.
//!
//! One claim a clause ([`clauses`] tells which there are), from what the attributions leave. Nothing is asserted by
//! questions, imperatives, fragments without a finite verb, quotations, labels ("What we know so far") and sentences
//! that frame the text (`lexicon/framing.tsv`: "Here is what we know", "This story has been updated"). A clause
//! whose verb belongs to an attribution is spoken for, with all that introduces it ("on Monday", "in a statement");
//! of a clause with an attribution inside, the part with the verb is kept.
//!
//! A fragment asserts a figure all the same ([`figure_lines`]): "4,100 homes under threat".

mod clauses;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use super::attribution::Attribution;
use super::quotation::Quotation;
use crate::document::Tag;
use crate::language::{Annotated, normalise};
use crate::span::Span;
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
    let taken = Taken::new(article, quotations, attributions);
    let mut found = Vec::new();
    for sentence in article.sentences.iter() {
        let block = &article.document.blocks[sentence.block as usize];
        let tokens = sentence.tokens();
        if !block.kind.is_prose()
            || tokens.clone().all(|i| taken.covers(i))
            || is_question(article, &tokens)
            || is_framing(sentence.span.of(article.text()))
        {
            continue;
        }
        let start = tokens.start;
        for clause in clauses::clauses(article, tokens) {
            if let Some(piece) = taken.left_of(&clause) {
                let piece = trim(article, piece, clause.mark);
                if asserts(article, &clause, &piece, start) {
                    found.push(piece);
                }
            }
        }
    }
    found.sort_by_key(|r| r.start);
    found
}

/// Sentences outside every claim that tell a figure without a clause that asserts it ("4,100 homes under threat", "Acreage:
/// 4,080"): news gives counts so in lists and updates. `figures` are where they stand, in order; none of a question or quotation.
#[must_use]
pub fn figure_lines(
    article: &Annotated<'_>,
    quotations: &[Quotation],
    attributions: &[Attribution],
    assertions: &[Range<usize>],
    figures: &[Span],
) -> Vec<Range<usize>> {
    if figures.is_empty() {
        return Vec::new();
    }
    let taken = Taken::new(article, quotations, attributions);
    let mut found = Vec::new();
    for sentence in article.sentences.iter() {
        let tokens = sentence.tokens();
        let k = figures.partition_point(|f| f.start() < sentence.span.start());
        let tells = figures.get(k).is_some_and(|f| sentence.span.contains(*f));
        let asserted = {
            let k = assertions.partition_point(|a| a.end <= tokens.start);
            assertions.get(k).is_some_and(|a| a.start < tokens.end)
        };
        if !tells
            || asserted
            || !article.document.blocks[sentence.block as usize].kind.is_prose()
            || tokens.clone().any(|i| taken.covers(i) || taken.quoted[i])
            || is_question(article, &tokens)
            || is_framing(sentence.span.of(article.text()))
        {
            continue;
        }
        let piece = trim(article, tokens, None);
        if piece.clone().filter(|i| !article.tag(*i).is_mark()).count() >= MIN_SHARED {
            found.push(piece);
        }
    }
    found
}

/// What the attributions and quotations have of the text.
struct Taken<'a, 'd> {
    article: &'a Annotated<'d>,
    content: Vec<bool>,
    cue: Vec<bool>,
    quoted: Vec<bool>,
    /// Which source each token belongs to, counted from 1.
    source: Vec<u32>,
}

impl<'a, 'd> Taken<'a, 'd> {
    fn new(article: &'a Annotated<'d>, quotations: &[Quotation], attributions: &[Attribution]) -> Self {
        let blank = vec![false; article.len()];
        let mut taken = Taken {
            article,
            content: blank.clone(),
            cue: blank.clone(),
            quoted: blank,
            source: vec![0; article.len()],
        };
        for (index, attribution) in attributions.iter().enumerate() {
            for range in &attribution.source {
                taken.source[range.clone()].fill(index as u32 + 1);
            }
            for range in &attribution.cue {
                taken.cue[range.clone()].fill(true);
            }
            for range in &attribution.content {
                taken.content[range.clone()].fill(true);
            }
        }
        for quotation in quotations {
            taken.quoted[quotation.tokens.clone()].fill(true);
        }
        taken
    }

    fn covers(&self, i: usize) -> bool {
        self.content[i] || self.cue[i] || self.source[i] > 0
    }

    /// The part of the clause around its verb that is nobody else's; `None` if that is no clause any more.
    fn left_of(&self, clause: &Clause) -> Option<Range<usize>> {
        let (first, last) = (clause.head.min(clause.finite), clause.head.max(clause.finite));
        if (first..=last).any(|i| self.covers(i)) || self.quoted[clause.finite] {
            return None;
        }
        // what somebody says is theirs with all that it is said of
        if clause.subject.is_some_and(|s| self.content[s]) {
            return None;
        }
        // who says something in one clause may do something in another
        let subject = clause.subject.map_or(0, |s| self.source[s]);
        let foreign =
            |i: usize| self.content[i] || self.cue[i] || self.source[i] > 0 && self.source[i] != subject;
        let tokens = &clause.tokens;
        let start = (tokens.start..first).rev().find(|i| foreign(*i)).map_or(tokens.start, |i| i + 1);
        let end = (last..tokens.end).find(|i| foreign(*i)).unwrap_or(tokens.end);
        let parts = |i: usize| {
            let tag = self.article.tag(i);
            tag.is_mark() || tag == Tag::CC || clause.mark == Some(i)
        };
        // "raises immediate | concerns that …": cut off in the middle of a phrase
        // "would neither confirm | nor deny that": what is confirmed is the other's content
        let shared = end < tokens.end
            && self.cue[end]
            && end - 1 == last + 1
            && matches!(self.article.lower(last + 1), "or" | "nor");
        if shared {
            return None;
        }
        let opens = start == tokens.start || parts(start);
        let ends = end == tokens.end || parts(end - 1) || self.joins(end);
        (opens && ends).then_some(start..end)
    }

    /// Whether token `i` opens what hangs loosely on the clause before it: "…, saying", "… and said".
    fn joins(&self, i: usize) -> bool {
        matches!(self.article.tag(i), Tag::CC | Tag::Comma | Tag::VBG | Tag::Colon)
            || matches!(self.article.lower(i), "after" | "because" | "while" | "as" | "although" | "when")
            || (self.article.lower(i) == "according")
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
    let mut end = tokens.end;
    let mut start = after_dateline(article, tokens.clone());
    // "particularly as they adapt": what qualifies the conjunction goes with it
    if let Some(mark) = mark.filter(|m| (start..end).contains(m))
        && (start..mark)
            .all(|i| article.tag(i).is_adverb() || article.tag(i).is_mark() || article.tag(i) == Tag::CC)
    {
        start = mark + 1;
    }
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
        if loose(i) {
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
    // without a subject it takes something that the verb speaks of: "resigned on Friday", not "would neither confirm"
    let something =
        |i: usize| article.tag(i).is_noun() || article.tag(i).is_adjective() || article.tag(i) == Tag::CD;
    if words < (if own { MIN_WORDS } else { MIN_SHARED })
        || !own && words == MIN_SHARED && !piece.clone().any(something)
    {
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
