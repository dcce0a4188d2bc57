//! What personal names and titles look like.

use crate::document::SourceType;
use crate::resolve::tables;
use crate::resolve::words::{Gap, Word};

const KIN: &[&str] = &[
    "son", "daughter", "brother", "sister", "wife", "husband", "uncle", "aunt", "mother", "widow", "member",
    "fellow",
];

pub(super) const PARTICLES: &[&str] = &[
    "de", "van", "von", "bin", "ibn", "al", "el", "der", "den", "da", "di", "la", "le", "du", "dos", "del",
    "ter", "abu",
];

/// A role named by the words from `i` on: how many words, whether plural, and what is known of it.
pub(crate) fn role_at(words: &[Word<'_>], i: usize) -> Option<(usize, bool, tables::Role)> {
    for n in (1..=4.min(words.len().saturating_sub(i))).rev() {
        let part = &words[i..i + n];
        if part[1..].iter().any(|w| w.gap != Gap::Space) || part.iter().any(|w| w.text.len() > 24) {
            continue;
        }
        let phrase = part.iter().map(Word::lower).collect::<Vec<_>>().join(" ");
        // "Choe Son Hui" has no son.
        if part[0].is_capital() && KIN.contains(&phrase.as_str()) {
            continue;
        }
        if let Some(role) = tables::role(&phrase) {
            return Some((n, false, role));
        }
        let single = tables::singular(&phrase);
        if single != phrase
            && let Some(role) = tables::role(&single)
        {
            return Some((n, true, role));
        }
        // "Vice-Admiral", "ex-minister", "vice-chairman".
        if n == 1
            && let Some((_, last)) = phrase.rsplit_once('-')
            && let Some(role) = tables::role(last)
        {
            return Some((1, false, role));
        }
    }
    None
}

/// End of the run of capitalised words and name particles from `start`; a possessive ends it and is included.
pub(crate) fn name_end(words: &[Word<'_>], start: usize) -> usize {
    let mut end = start;
    while let Some(word) = words.get(end) {
        let goes_on = word.is_capital()
            || (PARTICLES.contains(&word.text)
                && words
                    .get(end + 1)
                    .is_some_and(|w| w.gap == Gap::Space && (w.is_capital() || PARTICLES.contains(&w.text))));
        if !goes_on || (end > start && word.gap != Gap::Space) || end > start + 8 {
            break;
        }
        end += 1;
        if word.possessive {
            break;
        }
    }
    end
}

/// Whether the words could be a personal name: capitals and particles, one to five of them.
pub(crate) fn is_person_name(words: &[Word<'_>]) -> bool {
    let capitals = words.iter().filter(|w| w.is_capital()).count();
    (1..=5).contains(&words.len())
        && words.first().is_some_and(Word::is_capital)
        && words.last().is_some_and(Word::is_capital)
        && capitals <= 4
        && words[1..].iter().all(|w| w.gap == Gap::Space && (w.is_capital() || PARTICLES.contains(&w.text)))
        && words.iter().all(|w| w.text.len() <= 24 && !w.text.contains(|c: char| c.is_ascii_digit()))
        && !words.iter().any(|w| {
            let lower = w.lower();
            is_acronym(w.text) && w.text.len() > 2
                || matches!(
                    tables::noun_type(&lower),
                    Some(
                        SourceType::Organization
                            | SourceType::Government
                            | SourceType::Media
                            | SourceType::Document
                    )
                ) && !matches!(
                    lower.as_str(),
                    "bill"
                        | "law"
                        | "mark"
                        | "post"
                        | "page"
                        | "house"
                        | "chase"
                        | "grant"
                        | "story"
                        | "word"
                        | "wire"
                        | "bond"
                )
        })
}

pub(super) fn is_acronym(word: &str) -> bool {
    word.len() >= 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.' || c == '&')
}
