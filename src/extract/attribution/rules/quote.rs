//! Quotations that no cue of the lexicon takes, and quotations that go on.

use std::ops::Range;

use super::complement::clause_end;
use super::{Attribution, Scene, precision, subject};
use crate::document::Tag;
use crate::language::chunk;

/// Shorter quotations without a cue are scare quotes, titles and names.
const UTTERANCE_WORDS: usize = 5;

/// Gives quotations that are set off by a comma or colon, but have no known cue, to the subject of their
/// sentence: `He shrugged: "We will see."`
pub(super) fn attributions(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let article = scene.article;
    let taken = taken(scene, found);
    for (index, quotation) in scene.quotations.iter().enumerate() {
        if taken[index] || quotation.words(article) < UTTERANCE_WORDS {
            continue;
        }
        let sentence = scene.sentence(quotation.tokens.start);
        let start = quotation.tokens.start;
        if let Some(verb) = verb_before(scene, start, sentence.start) {
            let group = chunk::verb_group(article, verb, sentence.start);
            // "The question was: …" tells what something is, not who says it
            if group.passive || article.lemma(verb) == "be" {
                continue;
            }
            let source = if group.finite {
                subject::before(scene, group.tokens.start, sentence.start)
            } else {
                subject::of_main_clause(scene, group.tokens.start, sentence.start)
            };
            if let Some(source) = source.filter(|s| speaks(scene, s)) {
                found.push(Attribution {
                    source: vec![source],
                    cue: vec![group.tokens.start..start - 1],
                    content: vec![quotation.tokens.clone()],
                    matched: None,
                    rule: "quote.unknown_verb",
                    confidence: precision("quote.unknown_verb"),
                });
                continue;
            }
        }
        if let Some((source, cue)) = after(scene, quotation.tokens.end) {
            found.push(Attribution {
                source: vec![source],
                cue: vec![cue],
                content: vec![quotation.tokens.clone()],
                matched: None,
                rule: "quote.unknown_verb",
                confidence: precision("quote.unknown_verb"),
            });
        }
    }
}

/// Whether a phrase can stand for somebody who speaks.
fn speaks(scene: &Scene<'_, '_>, source: &Range<usize>) -> bool {
    !matches!(scene.article.lower(source.end - 1), "it" | "there" | "which" | "that" | "this" | "what")
}

/// The last verb before a quotation that a comma or colon sets off.
fn verb_before(scene: &Scene<'_, '_>, quotation: usize, floor: usize) -> Option<usize> {
    let article = scene.article;
    if quotation < floor + 3 || !matches!(article.tag(quotation - 1), Tag::Comma | Tag::Colon) {
        return None;
    }
    (floor..quotation - 1)
        .rev()
        .take_while(|i| scene.quotation_of[*i].is_none() && article.tag(*i) != Tag::Comma)
        .find(|i| article.tag(*i).is_verb())
}

/// `"We will see," he laughed.`
fn after(scene: &Scene<'_, '_>, end: usize) -> Option<(Range<usize>, Range<usize>)> {
    let article = scene.article;
    if end + 1 >= article.len() {
        return None;
    }
    let comma_inside = matches!(article.word(end.checked_sub(2)?), "," | "!" | "?");
    let comma_outside = article.tag(end) == Tag::Comma;
    if !(comma_inside || comma_outside) {
        return None;
    }
    let start = end + usize::from(comma_outside);
    let sentence = scene.sentence(start);
    // a quotation that ends with "?" or "!" may end its sentence; the next one is another matter
    if !sentence.contains(&(end - 1)) {
        return None;
    }
    let limit = scene.sentence_body_end(&sentence);
    let source = subject::after(scene, start, limit)?;
    let verb = source.end;
    (verb < limit && article.tag(verb).is_finite() && article.tag(verb) != Tag::MD)
        .then(|| (source, verb..verb + 1))
}

/// Which quotations are already part of some attribution.
fn taken(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<bool> {
    let mut taken = vec![false; scene.quotations.len()];
    for range in found.iter().flat_map(|a| a.content.iter().chain(&a.source).chain(&a.cue)) {
        for i in range.clone() {
            if let Some(q) = scene.quotation_of[i] {
                taken[q as usize] = true;
            }
        }
    }
    taken
}

/// `"A," said Kirby. "B."`: quotations that stand alone in the sentences after, or carry on into the next
/// paragraph, belong to the same attribution.
pub(super) fn extend(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    let taken = taken(scene, found);
    // for each quotation, the attribution that it closes
    let mut owner: Vec<Option<usize>> = vec![None; scene.quotations.len()];
    for (index, attribution) in found.iter().enumerate() {
        for range in &attribution.content {
            if let Some(q) = scene.quotation_of[range.start]
                .filter(|q| scene.quotations[*q as usize].tokens.start == range.start)
            {
                owner[q as usize] = Some(index);
            }
            if let Some(q) = range.end.checked_sub(1).and_then(|last| scene.quotation_of[last]) {
                owner[q as usize] = Some(index);
            }
        }
    }
    for q in 1..scene.quotations.len() {
        if taken[q] || owner[q].is_some() {
            continue;
        }
        let (previous, quotation) = (&scene.quotations[q - 1], &scene.quotations[q]);
        let carried = previous.continues;
        let alone = previous.block == quotation.block
            && stands_alone(scene, &quotation.tokens)
            && adjacent(scene, &previous.tokens, &quotation.tokens);
        if (carried || alone)
            && let Some(index) = owner[q - 1]
        {
            owner[q] = Some(index);
            found[index].content.push(quotation.tokens.clone());
        }
    }
    for attribution in found.iter_mut() {
        attribution.content.sort_by_key(|r| r.start);
        attribution.content.dedup();
    }
}

/// Whether nothing but the quotation stands in its sentences.
fn stands_alone(scene: &Scene<'_, '_>, tokens: &Range<usize>) -> bool {
    let first = scene.sentence(tokens.start);
    let last = scene.sentence(tokens.end - 1);
    let lead = (first.start..tokens.start).all(|i| scene.article.tag(i).is_mark());
    let tail = (tokens.end..last.end).all(|i| scene.article.tag(i).is_mark());
    lead && tail
}

/// Whether at most the rest of one sentence lies between two quotations.
fn adjacent(scene: &Scene<'_, '_>, left: &Range<usize>, right: &Range<usize>) -> bool {
    let left_sentence = scene.sentence(left.end - 1);
    let between = left_sentence.end..scene.sentence(right.start).start;
    between.is_empty() || clause_end(scene, left.end, left_sentence.end) >= left.end && between.len() <= 1
}
