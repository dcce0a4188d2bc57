//! Turns of interviews and transcripts: who says "I", and to whom "you".
//!
//! A turn opens with its speaker's name and a colon at the head of a paragraph, and lasts until the next one. A label
//! counts where it comes back, or names somebody whom the article knows; and only if the article has some turns: a
//! paragraph that begins with "Update:" or "Photo:" is none.

use super::fold::fold_words;
use super::mention::is_person_name;
use super::people::People;
use super::tables;
use super::words::words;
use crate::document::Document;
use crate::span::Span;

/// One turn.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    /// From its label to the next one.
    pub(crate) span: Span,
    /// Its speaker: index of [`Turns::speakers`]. `None` for a question without a label, between two turns of whoever
    /// answers.
    pub(crate) speaker: Option<usize>,
    /// Whether a question is put in it.
    pub(crate) asks: bool,
}

/// All turns of an article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns {
    pub(crate) turns: Vec<Turn>,
    /// Labels as written where they first stand.
    pub(crate) speakers: Vec<String>,
    /// The labels, in order: they mention nobody.
    pub(crate) labels: Vec<Span>,
}

const FEWEST: usize = 3;
const NO_SPEAKERS: &[&str] = &[
    "image",
    "images",
    "photo",
    "photos",
    "picture",
    "file",
    "video",
    "audio",
    "note",
    "notes",
    "update",
    "updated",
    "correction",
    "source",
    "sources",
    "related",
    "read",
    "more",
    "see",
    "also",
    "editor",
    "caption",
    "credit",
    "by",
    "here",
    "first",
    "second",
    "third",
    "finally",
    "result",
    "results",
    "score",
    "date",
    "time",
    "location",
    "where",
    "when",
    "what",
    "who",
    "why",
    "how",
    "summary",
    "background",
    "analysis",
    "opinion",
    "breaking",
    "watch",
    "listen",
    "contact",
    "email",
    "phone",
    "tags",
    "topics",
    "published",
    "warning",
    "disclaimer",
    "example",
    "question",
];

impl Turns {
    pub(crate) fn of(document: &Document, people: &People) -> Turns {
        let mut labels: Vec<(Span, Vec<String>)> = Vec::new();
        for block in document.blocks.iter().filter(|b| !b.kind.is_furniture()) {
            if let Some(label) = label(&document.text, block.span) {
                labels.push((label, fold_words(label.of(&document.text))));
            }
        }
        let times = |folded: &Vec<String>| labels.iter().filter(|l| l.1 == *folded).count();
        let mut turns = Turns::default();
        let mut folded: Vec<Vec<String>> = Vec::new();
        let mut starts = Vec::new();
        // One label may not cost the number of all: few are different.
        if labels.len() > 2000 {
            return turns;
        }
        for (span, words) in &labels {
            let name = span.of(&document.text);
            let known = people.by_full_name(name).is_some() || tables::is_medium(name);
            if !known && times(words) < 2 {
                continue;
            }
            let speaker = folded.iter().position(|f| f == words).unwrap_or_else(|| {
                folded.push(words.clone());
                turns.speakers.push(name.to_owned());
                folded.len() - 1
            });
            starts.push((*span, speaker));
        }
        if starts.len() < FEWEST || turns.speakers.len() < 2 {
            return Turns::default();
        }
        // The first question may stand before the first label.
        let first = question(document, Span::new(0, starts[0].0.start()));
        turns.turns.extend(first.map(|span| Turn { span, speaker: None, asks: true }));
        for (i, (label, speaker)) in starts.iter().enumerate() {
            let next = starts.get(i + 1);
            let end = next.map_or(document.text.len(), |next| next.0.start());
            let span = Span::new(label.start(), end);
            // Answer, question without a label, answer.
            turns.labels.push(*label);
            let put = next.filter(|next| next.1 == *speaker).and_then(|_| question(document, span));
            let own = put.map_or(span, |put| Span::new(span.start(), put.start()));
            turns.turns.push(Turn { span: own, speaker: Some(*speaker), asks: asks(document, own) });
            turns.turns.extend(put.map(|span| Turn { span, speaker: None, asks: true }));
        }
        turns
    }

    /// Whether a speaker mostly asks.
    fn interviews(&self, speaker: usize) -> bool {
        let own = || self.turns.iter().filter(|t| t.speaker == Some(speaker));
        2 * own().filter(|t| t.asks).count() > own().count()
    }

    /// The turn that holds a byte.
    pub(crate) fn at(&self, byte: usize) -> Option<usize> {
        let after = self.turns.partition_point(|t| t.span.start() <= byte);
        after.checked_sub(1).filter(|&i| byte < self.turns[i].span.end())
    }

    /// Who is "you" in a turn: the only other speaker, or whoever answers next; `general` if nothing is asked there.
    ///
    /// Whoever answers says "you" of people in general.
    pub(crate) fn addressee(&self, turn: usize, general: bool) -> Option<usize> {
        let next = self.turns.get(turn + 1).and_then(|t| t.speaker);
        let Some(own) = self.turns[turn].speaker else { return next };
        if general && !self.interviews(own) {
            return None;
        }
        if self.speakers.len() == 2 {
            return Some(1 - own);
        }
        next.filter(|&next| self.turns[turn].asks && next != own)
    }
}

/// Whether a turn ends in a question.
fn asks(document: &Document, turn: Span) -> bool {
    turn.of(&document.text).trim_end().trim_end_matches(['”', '"', '’', ')']).ends_with('?')
}

/// The last paragraph of a turn, if it is a question and not all of the turn.
fn question(document: &Document, turn: Span) -> Option<Span> {
    let end = document.blocks.partition_point(|b| b.span.start() < turn.end());
    let block = document.blocks[..end].iter().rev().find(|b| !b.kind.is_furniture())?;
    (block.span.start() > turn.start() && asks(document, block.span))
        .then(|| Span::new(block.span.start(), turn.end()))
}

/// "Noam Chomsky" of "Noam Chomsky: It is hard to tell."
fn label(text: &str, block: Span) -> Option<Span> {
    let part = block.of(text);
    let colon = part.char_indices().take(48).find(|(_, c)| *c == ':')?.0;
    if !part[colon + 1..].starts_with([' ', '\n', '\t']) {
        return None;
    }
    let span = Span::new(block.start(), block.start() + colon).trim(text);
    let words = words(text, span);
    let spoken = !words.is_empty()
        && words.len() <= 5
        && words.iter().all(|w| !NO_SPEAKERS.contains(&w.lower().as_str()))
        && (is_person_name(&words)
            || words.iter().all(|w| w.is_capital())
            || tables::is_medium(span.of(text)));
    spoken.then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::document;

    fn speakers(text: &str) -> Vec<String> {
        let document = document("d", None, text);
        let annotated = crate::language::annotate(&document);
        let people = People::of(&annotated);
        let turns = Turns::of(&document, &people);
        turns.turns.iter().map(|t| t.speaker.map_or("-".to_owned(), |s| turns.speakers[s].clone())).collect()
    }

    #[test]
    fn labels_of_other_things_are_no_speakers() {
        let text =
            "Photo: A ship.\nPhoto: A port.\nPhoto: A road.\nUpdate: The ship left.\nUpdate: It came back.";
        assert_eq!(speakers(text), [""; 0]);
        assert_eq!(speakers("Ana Ruiz: I said so.\nThe talks went on."), [""; 0]);
    }

    #[test]
    fn turns_alternate() {
        let text = "Ana Ruiz: Do you like ships?\nIvo Falk: I do.\nVery much so.\nAna Ruiz: Why do you?\nIvo Falk: They float.";
        assert_eq!(speakers(text), ["Ana Ruiz", "Ivo Falk", "Ana Ruiz", "Ivo Falk"]);
    }

    #[test]
    fn questions_may_have_no_label() {
        let text = "Ana Ruiz: Do you like ships?\nIvo Falk: I do.\nWhy do you?\nIvo Falk: They float.";
        assert_eq!(speakers(text), ["Ana Ruiz", "Ivo Falk", "-", "Ivo Falk"]);
    }
}
