//! The bodies that an article names: organisations and public bodies, and what their acronyms stand for.

use super::mention::{self, Form, Mention};
use super::tables;
use super::words::{Gap, Word, words};
use crate::document::{Document, SourceType};

/// Bodies named in the running text by capitals, with the country they are attached to: where, and the mention.
pub(crate) fn named(document: &Document) -> Vec<(usize, Mention)> {
    let mut out = Vec::new();
    for block in document.blocks.iter().filter(|b| b.kind.is_prose()) {
        let words = words(&document.text, block.span);
        let mut i = 0;
        while i < words.len() {
            if !words[i].is_capital() {
                i += 1;
                continue;
            }
            let end = run_end(&words, i);
            let heads = words[i..end].iter().any(is_head);
            // "South Korea’s intelligence agency", "the Chinese foreign ministry": the head may be in lower case.
            let stop = (end..words.len().min(end + 4))
                .take_while(|&k| words[k].gap == Gap::Space && !words[k].is_capital())
                .find(|&k| is_head(&words[k]))
                .map(|k| k + 1);
            let stop = if heads && stop.is_none() { Some(end) } else { stop };
            if let Some(stop) = stop {
                let from = words[i].span.start();
                let surface = &document.text[from..words[stop - 1].span.end()];
                if let Some(mention) = mention::read(surface).filter(|m| m.form == Form::Body) {
                    out.push((from, mention));
                }
            }
            i = end.max(i + 1);
        }
    }
    out
}

fn is_head(word: &Word<'_>) -> bool {
    word.text.len() <= 24
        && matches!(
            tables::noun_type(&word.lower()),
            Some(SourceType::Organization | SourceType::Government | SourceType::Media)
        )
}

/// End of a run of capitals, possessives included, and "of"/"for"/"and" between capitals.
fn run_end(words: &[Word<'_>], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(word) = words.get(end) {
        if word.gap != Gap::Space || end > start + 12 {
            break;
        }
        if word.is_capital() {
            end += 1;
            continue;
        }
        let linked = matches!(word.text, "of" | "for" | "and")
            && words.get(end + 1).is_some_and(|w| w.is_capital() && w.gap == Gap::Space)
            && words[start..end].iter().any(is_head);
        if !linked {
            break;
        }
        end += 2;
    }
    end
}

/// The name before "(CSIS)" when its initials, or most of them, are those letters.
pub(crate) fn spelled_out(document: &Document, acronym: &str) -> Option<String> {
    if acronym.len() > 12 {
        return None;
    }
    spelled_out_at(document, acronym, document.text.find(&format!("({acronym})"))?)
}

/// The same, for an acronym whose bracket opens at `at`.
pub(crate) fn spelled_out_at(document: &Document, acronym: &str, at: usize) -> Option<String> {
    let from = document.text[..at].char_indices().rev().take(120).last().map_or(0, |(i, _)| i);
    let before = words(&document.text, crate::span::Span::new(from, at));
    let mut letters = acronym.chars().rev().peekable();
    let mut first = before.len();
    for (i, word) in before.iter().enumerate().rev() {
        let Some(&letter) = letters.peek() else { break };
        if word.gap != Gap::Space
            && i + 1 != before.len()
            && first != before.len()
            && before[i + 1].gap != Gap::Space
        {
            break;
        }
        if word.text.starts_with(letter) {
            letters.next();
            first = i;
        } else if word.is_capital() {
            break;
        }
    }
    if letters.peek().is_some() || first == before.len() {
        return None;
    }
    Some(document.text[before[first].span.start()..at].trim().to_owned())
}
