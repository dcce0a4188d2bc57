//! What is on the page but not of the article: navigation, teasers, forms, notices.
//!
//! Two kinds of evidence. Phrases (`lexicon/boilerplate.tsv`) tell single lines. The article's place on the page is
//! the stretch of lines with the greatest sum of scores, where long lines that end like sentences count for it and
//! short ones against it: the body text extraction of Finn, Kushmerick and Smyth (2001), with lines for tokens.
//! Everything is labelled, nothing is deleted.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lines::{Mark, Unit};
use super::phrases::{Phrase, normal, phrase};
use crate::document::BlockKind;

/// How a unit reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text.
    Long,
    /// A short sentence.
    Sentence,
    /// Neither: a heading, a name, an item.
    Short,
}

/// A unit with what is known of it alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) shape: Shape,
    pub(super) phrase: Option<Phrase>,
    /// Of which sort the phrase is.
    pub(super) sort: Option<BlockKind>,
    /// Ends in an ellipsis: cut off.
    pub(super) cut_off: bool,
    /// A date line or a byline.
    pub(super) furniture: bool,
}

/// Reads a unit by itself.
pub(super) fn read(text: &str, unit: &Unit, furniture: bool) -> Reading {
    let line = unit.span.of(text);
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_', ' ', '\u{a0}']);
    let ends =
        bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '։', '।', '؟']) || line.ends_with(['”', '"']);
    let shape = if unit.words >= 12 && (ends || line.contains(". ")) || unit.words >= 30 {
        Shape::Long
    } else if unit.words >= 3 && ends
        || unit.words >= 14
        || unit.words >= 2 && ends && line.ends_with(['”', '"'])
    {
        Shape::Sentence
    } else {
        Shape::Short
    };
    let shape = if matches!(unit.mark, Mark::Heading(_)) { Shape::Short } else { shape };
    let cut_off =
        line.ends_with('…') || line.ends_with("...") || line.ends_with("[…]") || line.ends_with("[...]");
    let told = phrase(line, unit.words);
    Reading { shape, phrase: told.map(|t| t.effect), sort: told.map(|t| t.sort), cut_off, furniture }
}

/// Whether the page shows its furniture: only then are lines judged by their length and place alone.
pub(super) fn is_furnished(readings: &[Reading]) -> bool {
    let strong = |r: &&Reading| r.phrase.is_some_and(|p| p != Phrase::Section);
    readings.iter().filter(strong).count() >= 3
}

/// The stretch of units that is the article's text.
pub(super) fn body(units: &[Unit], readings: &[Reading]) -> Range<usize> {
    let end = end_of_article(units, readings);
    let (mut best, mut best_sum) = (0..0, 0i64);
    let (mut start, mut sum) = (0, 0i64);
    for i in 0..end {
        if sum <= 0 {
            (start, sum) = (i, 0);
        }
        sum += score(&units[i], &readings[i]);
        if sum > best_sum {
            (best, best_sum) = (start..i + 1, sum);
        }
    }
    best
}

/// Where a section starts after which no article goes on.
fn end_of_article(units: &[Unit], readings: &[Reading]) -> usize {
    let prose = |i: usize| {
        if readings[i].shape == Shape::Long && readings[i].phrase.is_none() { units[i].words } else { 0 }
    };
    let total: usize = (0..units.len()).map(prose).sum();
    let mut before = 0;
    for (i, reading) in readings.iter().enumerate() {
        if reading.phrase == Some(Phrase::End) && before > 0 && before * 2 >= total {
            return i;
        }
        before += prose(i);
    }
    units.len()
}

fn score(unit: &Unit, reading: &Reading) -> i64 {
    let words = unit.words.min(80) as i64;
    if reading.phrase.is_some_and(|p| p != Phrase::Section) {
        return -12;
    }
    match reading.shape {
        Shape::Long if reading.cut_off => -5,
        Shape::Long => words,
        Shape::Sentence if reading.cut_off => -5,
        Shape::Sentence => words / 2 + 1,
        Shape::Short if matches!(unit.mark, Mark::Heading(_)) => -2,
        Shape::Short if words >= 6 => -3,
        Shape::Short => -5,
    }
}

/// Which units are not of the article; those in `kept` (title, date, byline) are out of question.
pub(super) fn label(
    text: &str,
    units: &[Unit],
    readings: &[Reading],
    body: &Range<usize>,
    kept: &[bool],
) -> Vec<bool> {
    let mut out = vec![false; units.len()];
    let end = end_of_article(units, readings);
    out[end..].fill(true);
    label_edges(text, units, readings, body, kept, &mut out);
    label_inside(readings, units, body, &mut out);
    if is_furnished(readings) {
        label_runs(readings, units, body, &mut out);
    }
    label_repeats(text, units, readings, body, kept, &mut out);
    for (label, kept) in out.iter_mut().zip(kept) {
        *label &= !kept;
    }
    out
}

/// Before and after the article's text: short lines are furniture only if something shows that there is any.
fn label_edges(
    text: &str,
    units: &[Unit],
    readings: &[Reading],
    body: &Range<usize>,
    kept: &[bool],
    out: &mut [bool],
) {
    if body.is_empty() {
        for (out, reading) in out.iter_mut().zip(readings) {
            *out = reading.phrase.is_some_and(|p| p != Phrase::Section);
        }
        return;
    }
    let furnished = is_furnished(readings);
    let telling = |i: usize| readings[i].phrase.is_some() || readings[i].cut_off || readings[i].furniture;

    let head: Vec<usize> = (0..body.start).filter(|i| !kept[*i]).collect();
    let items =
        head.iter().filter(|i| units[**i].mark == Mark::None && readings[**i].shape == Shape::Short).count();
    let names = head.iter().filter(|i| units[**i].words <= 4).count();
    let menu = items >= 6 && names * 4 >= head.len() * 3;
    let all = furnished && (items >= 4 || head.iter().any(|i| telling(*i))) || menu;
    for i in head {
        out[i] |= all || readings[i].phrase.is_some() || readings[i].cut_off;
    }

    let tail = body.end..units.len();
    let items =
        tail.clone().filter(|i| units[*i].mark == Mark::None && readings[*i].shape == Shape::Short).count();
    let all = furnished && (items >= 4 || tail.clone().any(telling));
    let mut signs = 0;
    for i in tail {
        signs += match readings[i].phrase {
            Some(Phrase::More | Phrase::End) => SIGNS,
            Some(Phrase::Section) | None => usize::from(readings[i].cut_off),
            Some(_) => 1,
        };
        // Until there are signs enough, sentences and lists still belong to the text before them.
        let goes_on = signs < SIGNS
            && !telling(i)
            && (readings[i].shape != Shape::Short
                || LISTED.contains(&units[i].mark)
                || is_lead_in(text, &units[i]));
        let after = signs >= SIGNS && (readings[i].shape == Shape::Short || readings[i].cut_off);
        out[i] |= all && !goes_on || after || readings[i].phrase.is_some() || readings[i].cut_off;
    }
}

/// So many lines of furniture after the article's text, and it has ended.
const SIGNS: usize = 2;

const LISTED: [Mark; 3] = [Mark::Bullet, Mark::Number, Mark::Quote];

/// "The envoy said the next steps would be:"
fn is_lead_in(text: &str, unit: &Unit) -> bool {
    unit.words >= 4 && unit.span.of(text).ends_with(':')
}

fn label_inside(readings: &[Reading], units: &[Unit], body: &Range<usize>, out: &mut [bool]) {
    let is_short = |i: usize| body.contains(&i) && readings[i].shape == Shape::Short;
    let mut i = body.start;
    while i < body.end {
        match readings[i].phrase {
            Some(Phrase::Item | Phrase::Notice | Phrase::End) => out[i] = true,
            Some(Phrase::Section) => {
                let heads = !is_short(i + 1) || matches!(units[i].mark, Mark::Heading(_));
                out[i] = !heads;
            }
            Some(Phrase::More) => {
                out[i] = true;
                let mut next = i + 1;
                // The last short line before running text may be a heading of the article.
                while next < i + 8 && is_short(next) && is_short(next + 1) {
                    out[next] = true;
                    next += 1;
                }
            }
            None => {}
        }
        i += 1;
    }
}

/// Menus and link lists in the middle of the text.
fn label_runs(readings: &[Reading], units: &[Unit], body: &Range<usize>, out: &mut [bool]) {
    let is_short = |i: usize| body.contains(&i) && readings[i].shape == Shape::Short;
    const RUN: usize = 6;
    let mut start = body.start;
    for i in body.start..=body.end {
        let item = is_short(i) && i < body.end && units[i].mark == Mark::None && units[i].words <= 5;
        if !item {
            if i - start >= RUN {
                out[start..i].fill(true);
            }
            start = i + 1;
        }
    }
}

/// Lines that say again what another line said: the title in a breadcrumb, a button after each item.
fn label_repeats(
    text: &str,
    units: &[Unit],
    readings: &[Reading],
    body: &Range<usize>,
    kept: &[bool],
    out: &mut [bool],
) {
    let short = |i: &usize| readings[*i].shape == Shape::Short && units[*i].words <= 30;
    let furnished = is_furnished(readings);
    let title: FxHashSet<String> = (0..units.len())
        .filter(|i| kept[*i] && units[*i].words >= 3)
        .map(|i| normal(units[i].span.of(text)))
        .collect();
    let mut count: FxHashMap<String, usize> = FxHashMap::default();
    for i in body.clone().filter(short) {
        *count.entry(normal(units[i].span.of(text))).or_default() += 1;
    }
    for i in body.clone().filter(|i| units[*i].words <= 30) {
        out[i] |= title.contains(&normal(units[i].span.of(text)));
    }
    for i in body.clone().filter(short) {
        let line = normal(units[i].span.of(text));
        out[i] |= furnished && count.get(&line).is_some_and(|n| *n >= 4);
    }
}
