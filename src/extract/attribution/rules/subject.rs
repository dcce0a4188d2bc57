//! The source of a verb: its subject, before or after it.

use std::ops::Range;

use super::Scene;
use crate::document::Tag;
use crate::language::chunk::{self, base_noun_phrase_ending, noun_phrase_ending, noun_phrase_starting};

/// Words that stand between subject and verb without being either.
const INTERJECTED: &[&str] = &["however", "meanwhile", "though", "too", "also", "therefore", "moreover"];

/// The subject to the left of a verb group that starts at token `verb`, not before `floor`.
pub(super) fn before(scene: &Scene<'_, '_>, verb: usize, floor: usize) -> Option<Range<usize>> {
    let article = scene.article;
    let last = verb.checked_sub(1).filter(|l| *l >= floor)?;
    if scene.quotation_of[last].is_some() {
        return None;
    }
    match article.tag(last) {
        Tag::Comma => across_commas(scene, last, floor),
        Tag::Colon if matches!(article.word(last), "—" | "–" | "--" | "-") => {
            across_dashes(scene, last, floor)
        }
        _ => {
            let phrase = noun_phrase_ending(article, last, floor)?;
            Some(phrase)
        }
    }
}

/// "Ian Bremmer, founder of the Eurasia Group, noted": from the closing comma to the noun phrase before the
/// opening one.
fn across_commas(scene: &Scene<'_, '_>, close: usize, floor: usize) -> Option<Range<usize>> {
    let article = scene.article;
    let mut best: Option<Range<usize>> = None;
    let mut comma = close;
    let mut steps = 0;
    while comma > floor && steps < 45 {
        comma -= 1;
        steps += 1;
        if article.tag(comma) != Tag::Comma || scene.quotation_of[comma].is_some() {
            continue;
        }
        if comma == floor || !is_parenthesis(scene, comma + 1..close) {
            break;
        }
        let Some(phrase) = noun_phrase_ending(article, comma - 1, floor) else { continue };
        if is_adverbial(scene, &phrase, floor) {
            break;
        }
        let interjected =
            (comma + 1..close).all(|i| INTERJECTED.contains(&article.lower(i)) || article.tag(i).is_adverb());
        let end = if interjected { comma } else { close };
        best = Some(phrase.start..end);
    }
    best
}

/// "Kirby — a former admiral — said".
fn across_dashes(scene: &Scene<'_, '_>, close: usize, floor: usize) -> Option<Range<usize>> {
    let article = scene.article;
    let open =
        (floor + 1..close).rev().take(30).find(|i| matches!(article.word(*i), "—" | "–" | "--" | "-"))?;
    let phrase = noun_phrase_ending(article, open - 1, floor)?;
    Some(phrase.start..close)
}

/// Whether what stands between two commas can be passed over: an apposition, a relative clause, a participle or
/// a prepositional phrase; not a clause of its own.
fn is_parenthesis(scene: &Scene<'_, '_>, tokens: Range<usize>) -> bool {
    let article = scene.article;
    let Some(first) = tokens.clone().next() else { return true };
    if matches!(article.lower(first), "who" | "whose" | "which" | "where" | "whom") {
        return true;
    }
    for i in tokens.clone() {
        if matches!(article.lower(i), "who" | "whose" | "which" | "where" | "whom" | "that") && i > first {
            return true;
        }
        if article.tag(i).is_finite() {
            return false;
        }
    }
    true
}

/// "In Washington,", "On Monday,", "Last week,": no subject.
fn is_adverbial(scene: &Scene<'_, '_>, phrase: &Range<usize>, floor: usize) -> bool {
    let article = scene.article;
    let preposition = phrase.start > floor && matches!(article.tag(phrase.start - 1), Tag::IN | Tag::TO);
    preposition || is_time_noun(scene, phrase.end - 1)
}

/// A noun that tells when: "Monday", "week".
pub(super) fn is_time_noun(scene: &Scene<'_, '_>, i: usize) -> bool {
    matches!(
        scene.article.lower(i),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "tonight"
            | "week"
            | "month"
            | "year"
            | "morning"
            | "afternoon"
            | "evening"
            | "night"
            | "weekend"
            | "day"
            | "days"
            | "weeks"
            | "months"
            | "years"
            | "ago"
            | "hours"
            | "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

/// The subject after an inverted verb ("…," said Kirby, a spokesman), not past `ceiling`.
pub(super) fn after(scene: &Scene<'_, '_>, start: usize, ceiling: usize) -> Option<Range<usize>> {
    let article = scene.article;
    let mut phrase = noun_phrase_starting(article, start, ceiling)?;
    if is_time_noun(scene, phrase.end - 1) && phrase.len() <= 2 {
        return None;
    }
    // appositions, relative clauses, ages: up to the next mark, as long as they belong to the name
    while phrase.end + 1 < ceiling && article.tag(phrase.end) == Tag::Comma {
        let from = phrase.end + 1;
        if scene.quotation_of[from].is_some() {
            break;
        }
        let relative = matches!(article.lower(from), "who" | "whose" | "which");
        let apposition =
            matches!(article.tag(from), Tag::DT | Tag::NN | Tag::NNP | Tag::JJ | Tag::CD | Tag::PRPS)
                && !is_time_noun(scene, from);
        if !(relative || apposition) {
            break;
        }
        let stop = (from..ceiling)
            .find(|i| article.tag(*i) == Tag::Comma || scene.quotation_of[*i].is_some())
            .unwrap_or(ceiling);
        if !relative && scene.has_finite(from..stop) && !is_parenthesis(scene, from..stop) {
            break;
        }
        phrase.end = stop;
    }
    Some(phrase)
}

/// The subject of the clause that a participle ("…, adding that") or a second verb ("… and added") hangs on:
/// that of the nearest finite verb to the left that has one.
pub(super) fn of_main_clause(scene: &Scene<'_, '_>, verb: usize, floor: usize) -> Option<Range<usize>> {
    let article = scene.article;
    let mut i = verb;
    let mut fallback = None;
    while i > floor {
        i -= 1;
        if scene.quotation_of[i].is_some() || !article.tag(i).is_finite() {
            continue;
        }
        // from an auxiliary to its main verb is to the right; the subject is to the left of either
        let group = chunk::verb_group(article, i, floor);
        let Some(subject) = before(scene, group.tokens.start, floor) else { continue };
        let relative = matches!(article.lower(subject.end - 1), "who" | "which" | "that");
        if !relative && !opens_subordinate(scene, &subject, floor) {
            return Some(subject);
        }
        fallback = fallback.or(Some(subject));
    }
    fallback.filter(|s| base_noun_phrase_ending(article, s.end - 1, floor).is_some())
}

/// Whether the subject belongs to a subordinate clause: "because officials …".
pub(super) fn opens_subordinate(scene: &Scene<'_, '_>, subject: &Range<usize>, floor: usize) -> bool {
    subject.start > floor && {
        let i = subject.start - 1;
        matches!(
            scene.article.lower(i),
            "that"
                | "if"
                | "because"
                | "as"
                | "while"
                | "when"
                | "after"
                | "before"
                | "although"
                | "though"
                | "since"
                | "until"
                | "unless"
                | "whether"
                | "where"
                | "why"
                | "how"
        )
    }
}
