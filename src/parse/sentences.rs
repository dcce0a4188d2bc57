//! Sentences of one block.
//!
//! Rules over tokens, in the manner of the Golden Rules of the Pragmatic Segmenter and of the treebanks: a
//! sentence ends at `.`, `!`, `?`, `…`, or at an abbreviation that may end one, takes with it the quotation marks
//! and brackets that close there, and is followed by something that can begin a sentence. Sentences also end
//! inside quotations. A single newline is white space, because lines may be wrapped; a blank line ends a sentence.

use std::ops::Range;

use super::abbreviations::{self, Class};
use super::tokens::is_apostrophe;
use crate::span::Span;

/// The sentences of one block, as ranges of its tokens; together they hold all tokens, in order.
#[must_use]
pub fn split(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let block = Block { text, tokens, marks: marks(text, tokens) };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        if !block.may_end(at) {
            at += 1;
            continue;
        }
        let end = block.sentence_end(start, at);
        if let Some(end) = end {
            sentences.push(start..end);
            start = end;
        }
        at = end.unwrap_or(at + 1).max(at + 1);
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// Words that hardly ever begin a name; sorted.
const STARTERS: [&str; 98] = [
    "A",
    "About",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Between",
    "Both",
    "But",
    "By",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Moreover",
    "Most",
    "My",
    "No",
    "None",
    "Not",
    "Now",
    "Officials",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "People",
    "Police",
    "Several",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "While",
    "Who",
    "With",
    "Yet",
    "You",
];

/// Whether a capitalised word hardly ever begins a name, so that after an abbreviation it begins a sentence.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// Verbs that report a quotation which ended in `!` or `?`.
const REPORTING: [&str; 18] = [
    "added",
    "answered",
    "asked",
    "asks",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "explained",
    "replied",
    "said",
    "says",
    "shouted",
    "tells",
    "told",
    "wondered",
    "wrote",
    "yelled",
];

/// What a token does for sentence boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    None,
    /// A word that ends in a full stop.
    Abbreviation,
    /// `.`
    Stop,
    /// `!`, `?`, and runs of them.
    Exclamation,
    /// `...`, `…`
    Ellipsis,
    /// A full stop of Chinese or Japanese; needs no space after it.
    FullWidth,
    /// Opens a quotation or bracket.
    Open,
    /// Closes one.
    Close,
}

/// Classifies the tokens. Straight quotation marks open or close by the spaces around them, and where those say
/// nothing, by turns.
fn marks(text: &str, tokens: &[Span]) -> Vec<Mark> {
    let mut double_open = false;
    let mut single_open = false;
    let mut marks = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let word = token.of(text);
        let first = word.as_bytes()[0];
        let mark = match word {
            _ if first.is_ascii_alphanumeric() => none_or_abbreviation(word),
            "." => Mark::Stop,
            "…" => Mark::Ellipsis,
            "。" | "．" | "！" | "？" | "｡" => Mark::FullWidth,
            "“" | "‘" | "«" | "„" | "‚" | "‹" | "(" | "[" | "{" | "``" | "`" => Mark::Open,
            "”" | "»" | "›" | ")" | "]" | "}" => Mark::Close,
            "’" => Mark::Close,
            // two apostrophes serve as a straight double mark, at either end
            "\"" | "''" => {
                let opens = opens(text, tokens, i).unwrap_or(!double_open);
                double_open = opens;
                if opens { Mark::Open } else { Mark::Close }
            }
            "'" => {
                let opens = opens(text, tokens, i).unwrap_or(!single_open);
                single_open = opens;
                if opens { Mark::Open } else { Mark::Close }
            }
            _ if first == b'.' && word.bytes().all(|b| b == b'.') => Mark::Ellipsis,
            _ if matches!(first, b'!' | b'?') => Mark::Exclamation,
            _ => none_or_abbreviation(word),
        };
        marks.push(mark);
    }
    marks
}

fn none_or_abbreviation(word: &str) -> Mark {
    if word.len() > 1 && word.ends_with('.') { Mark::Abbreviation } else { Mark::None }
}

/// Whether the straight quotation mark `i` opens, by the spaces around it; `None` if they do not say.
fn opens(text: &str, tokens: &[Span], i: usize) -> Option<bool> {
    let token = tokens[i];
    let before = text[..token.start()].chars().next_back().filter(|_| i > 0);
    let after = text[token.end()..].chars().next().filter(|_| i + 1 < tokens.len());
    let space_before =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '“' | '‘'));
    let space_after =
        after.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ']' | ',' | '.' | ';' | ':'));
    match (space_before, space_after) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

struct Block<'t> {
    text: &'t str,
    tokens: &'t [Span],
    marks: Vec<Mark>,
}

impl<'t> Block<'t> {
    fn word(&self, i: usize) -> &'t str {
        self.tokens[i].of(self.text)
    }

    fn gap(&self, i: usize) -> &'t str {
        &self.text[self.tokens[i - 1].end()..self.tokens[i].start()]
    }

    fn spaced(&self, i: usize) -> bool {
        self.tokens[i - 1].end() < self.tokens[i].start()
    }

    /// Whether a sentence can end with token `at` at all: at a mark, or before a gap that can hold two line ends.
    fn may_end(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        !matches!(self.marks[at], Mark::None | Mark::Open | Mark::Close)
            || next.is_some_and(|next| next.start() - self.tokens[at].end() >= 2)
    }

    /// The end of the sentence that begins at `start`, if token `at` ends it.
    fn sentence_end(&self, start: usize, at: usize) -> Option<usize> {
        let count = self.tokens.len();
        if at + 1 < count && self.spaced(at + 1) && is_blank_line(self.gap(at + 1)) {
            return Some(at + 1);
        }
        let mark = self.marks[at];
        if matches!(mark, Mark::None | Mark::Open | Mark::Close) {
            return None;
        }
        let end = self.with_closers(at + 1);
        if end >= count {
            return Some(count);
        }
        // A full stop right behind, a comma and the like: the sentence goes on, or ends there.
        if !self.can_begin(end) {
            return None;
        }
        let ends = match mark {
            Mark::FullWidth => true,
            Mark::Abbreviation => self.abbreviation_ends(at, end),
            Mark::Stop => self.stop_ends(start, at, end),
            Mark::Exclamation => self.exclamation_ends(start, at, end),
            _ => self.ellipsis_ends(at, end),
        };
        ends.then_some(end)
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.marks[at], Mark::None | Mark::Abbreviation)
    }

    /// The first token from `at` on that does not close what was said before it.
    fn with_closers(&self, mut at: usize) -> usize {
        // A bound, so that endless runs of marks are not read again from each of them.
        let limit = (at + 16).min(self.tokens.len());
        while at < limit {
            let close = match self.marks[at] {
                Mark::Close => !self.spaced(at) || matches!(self.word(at), "”" | "»"),
                Mark::Exclamation | Mark::Stop | Mark::Ellipsis => !self.spaced(at),
                Mark::Open if self.is_note(at) => {
                    at += 2;
                    true
                }
                _ => false,
            };
            if !close {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether a note or an omission in square brackets begins at `at`: "the war.[12]", "the war. [...]".
    fn is_note(&self, at: usize) -> bool {
        if self.word(at) != "[" || at + 2 >= self.tokens.len() || self.word(at + 2) != "]" {
            return false;
        }
        let inside = self.word(at + 1);
        inside.len() <= 3 && inside.bytes().all(|b| b.is_ascii_digit())
            || self.marks[at + 1] == Mark::Ellipsis
    }

    fn can_begin(&self, at: usize) -> bool {
        !matches!(self.word(at), "," | ";" | ":" | "." | "%" | "/") && self.marks[at] != Mark::Close
    }

    /// The first word at or after `at` behind opening marks and dashes.
    fn first_word(&self, mut at: usize) -> Option<&'t str> {
        let limit = (at + 4).min(self.tokens.len());
        while at < limit {
            let word = self.word(at);
            if self.marks[at] != Mark::Open && !matches!(word, "-" | "--" | "—" | "–" | "•" | "*") {
                return Some(word);
            }
            at += 1;
        }
        None
    }

    fn is_small(&self, at: usize) -> bool {
        self.first_word(at).is_some_and(|word| {
            let mut chars = word.chars().filter(|c| !is_apostrophe(*c));
            chars.next().is_some_and(char::is_lowercase) && !chars.any(char::is_uppercase)
        })
    }

    fn is_capital(&self, at: usize) -> bool {
        self.first_word(at).is_some_and(|word| word.chars().any(char::is_uppercase))
    }

    fn stop_ends(&self, start: usize, at: usize, end: usize) -> bool {
        if !self.spaced(end) {
            // A lost space: "forces.The".
            return end == at + 1 && self.is_capital(end) && self.is_word(end) || end > at + 1;
        }
        // "N°. 10"
        if at > start && matches!(self.word(at - 1), "°" | "º") {
            return false;
        }
        // The number of an item: "1. The army left."
        if at == start + 1 && end == at + 1 && is_item_number(self.word(start)) {
            return false;
        }
        // The dots of a spaced ellipsis: ". . ."
        if self.marks[end] == Mark::Stop {
            return false;
        }
        if at > start && self.marks[at - 1] == Mark::Stop && self.gap(at).len() == 1 {
            return self.ellipsis_ends(at, end);
        }
        !self.is_small(end) || self.is_careless(start) || self.is_label(end)
    }

    /// Whether the label of an item begins at `at`: "(b) The second".
    fn is_label(&self, at: usize) -> bool {
        at + 3 < self.tokens.len()
            && self.word(at) == "("
            && self.word(at + 2) == ")"
            && is_item_number(self.word(at + 1))
            && self.word(at + 3).starts_with(char::is_uppercase)
    }

    /// Whether the sentence at `start` itself begins with a small letter, so that the next one may as well.
    fn is_careless(&self, start: usize) -> bool {
        self.is_word(start) && self.is_small(start)
    }

    fn exclamation_ends(&self, start: usize, at: usize, end: usize) -> bool {
        if !self.spaced(end) && end == at + 1 {
            return self.marks[end] == Mark::Open || self.is_capital(end);
        }
        if self.is_small(end) && (end > at + 1 || !self.is_careless(start)) {
            return false;
        }
        let quoted = (at + 1..end).any(|i| is_quotation(self.word(i)));
        !(quoted && self.is_reported(end))
    }

    /// Whether names and then a verb of saying follow: `"Who knows?" Mr. Kim said.`
    fn is_reported(&self, at: usize) -> bool {
        let limit = (at + 5).min(self.tokens.len());
        for i in at..limit {
            let word = self.word(i);
            if REPORTING.binary_search(&word).is_ok() {
                return i > at;
            }
            if !word.starts_with(char::is_uppercase) && !matches!(word, "the" | "of") {
                return false;
            }
        }
        false
    }

    fn ellipsis_ends(&self, at: usize, end: usize) -> bool {
        let _ = at;
        self.spaced(end)
            && self.is_capital(end)
            && !self.first_word(end).is_some_and(|w| w == "I" || w == "I.")
    }

    fn abbreviation_ends(&self, at: usize, end: usize) -> bool {
        let word = self.word(at);
        let stem = &word[..word.len() - 1];
        let class = abbreviations::class(stem);
        if matches!(class, Some(Class::Title | Class::Internal | Class::Number)) {
            return false;
        }
        if !self.spaced(end) || self.is_small(end) {
            return false;
        }
        if end > at + 1 {
            // Closed by a quotation mark or bracket.
            return self.is_capital(end);
        }
        if self.marks[end] == Mark::Open {
            return self.word(end) != "(" && self.word(end) != "[" && self.is_capital(end);
        }
        let initial = stem.chars().count() == 1;
        !initial && self.first_word(end).is_some_and(is_starter)
    }
}

fn is_quotation(word: &str) -> bool {
    matches!(word, "\"" | "”" | "»" | "'" | "’" | "''" | "›")
}

fn is_item_number(word: &str) -> bool {
    let number = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let letter = word.len() == 1 && word != "I" && word.bytes().all(|b| b.is_ascii_alphabetic());
    number || letter
}

fn is_blank_line(gap: &str) -> bool {
    let mut lines = gap.bytes().filter(|b| *b == b'\n');
    lines.next().is_some() && lines.next().is_some()
}

#[cfg(test)]
mod tests;
