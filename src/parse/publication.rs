//! Which of the dates on a page is the article's.
//!
//! On a clean text the rules of [`super::metadata`] say it: a date line next to the title or the start of the text.
//! A page has many date lines, most of them of teasers; there, trees judge each by its label, its distance to title
//! and text, and what other dates there are. What they say is also how sure the answer is.

use super::boilerplate::Shape;
use super::dates::{DateLine, Label};
use super::labels::Model;
use super::metadata::{self, Head, Page};
use crate::document::{DateCandidate, DateKind, Metadata, Stated};

/// Numbers for each date.
pub(crate) const WIDTH: usize = 24;

/// A date that may be the article's.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Index of its unit.
    pub(super) unit: usize,
    pub(super) line: DateLine,
    /// Whether it stands where the rules expect the article's date.
    pub(super) near: bool,
}

/// The dates of a page, from the first to the last.
pub(super) fn candidates(page: &Page<'_>, head: &Head) -> Vec<Candidate> {
    /// A list of so many dates is an archive.
    const MOST: usize = 200;
    let lines = (0..page.units.len()).filter_map(|unit| Some((unit, page.dates[unit]?)));
    lines.take(MOST).map(|(unit, line)| Candidate { unit, line, near: head.dates.contains(&unit) }).collect()
}

/// What is seen of each date: [`WIDTH`] numbers.
pub(super) fn rows(page: &Page<'_>, head: &Head, outside: &[bool], found: &[Candidate]) -> Vec<f32> {
    let n = page.units.len();
    let log = |x: usize| (1.0 + x as f32).ln();
    let flag = |is: bool| f32::from(u8::from(is));
    let signed = |i: usize, to: Option<usize>| {
        to.map_or(9.0, |to| if i < to { -log(i.abs_diff(to)) } else { log(i.abs_diff(to)) })
    };
    let text = (0..n).find(|i| !outside[*i] && page.readings[*i].shape == Shape::Long);
    let start = (!page.body.is_empty()).then_some(page.body.start);
    let mut days: Vec<_> = found.iter().map(|c| c.line.date).collect();
    days.sort_unstable();
    days.dedup();
    let latest = days.last().copied();
    let age = |candidate: &Candidate| {
        latest
            .and_then(|latest| latest.since(candidate.line.date).ok())
            .map_or(0, |span| usize::try_from(span.get_days()).unwrap_or(0))
    };
    let published = found.iter().any(|c| c.line.label == Label::Published);
    let mut out = Vec::with_capacity(found.len() * WIDTH);
    for (index, candidate) in found.iter().enumerate() {
        let i = candidate.unit;
        let words =
            |from: usize, to: usize| page.units[from.min(to)..from.max(to)].iter().map(|u| u.words).sum();
        let beside = found.iter().filter(|c| c.unit != i && c.unit.abs_diff(i) <= 8).count();
        let nearest = found.iter().filter(|c| c.unit != i).map(|c| c.unit.abs_diff(i)).min().unwrap_or(99);
        let same = found.iter().filter(|c| c.line.date == candidate.line.date).count();
        let names = (i.saturating_sub(3)..(i + 4).min(n)).any(|at| page.bylines[at].is_some());
        out.extend([
            match candidate.line.label {
                Label::Updated => 0.0,
                Label::Today => 1.0,
                Label::None => 2.0,
                Label::Published => 3.0,
            },
            signed(i, head.title),
            signed(i, start),
            signed(i, text),
            i as f32 / n as f32,
            flag(candidate.near),
            log(index),
            log(days.len()),
            log(same),
            log(age(candidate)),
            candidate.line.others as f32,
            log(page.units[i].words),
            flag(outside[i]),
            flag(i > 0 && page.readings[i - 1].cut_off),
            flag(names),
            flag(published),
            log(beside),
            log(nearest),
            flag(head.title.is_some_and(|title| title < i)),
            flag(text.is_some_and(|text| text < i)),
            log(text.map_or(999, |text| words(i, text))),
            log(head.title.map_or(999, |title| words(i, title))),
            log(n),
            page.readings.get(i + 1).map_or(-1.0, |r| log(if r.shape == Shape::Long { 9 } else { 0 })),
        ]);
    }
    debug_assert_eq!(out.len(), found.len() * WIDTH);
    out
}

/// How probable it must be that a date is the article's.
const LIMIT: f32 = 0.6;

/// Fills in the dates of a page, the best first.
pub(super) fn by_model(
    page: &Page<'_>,
    head: &mut Head,
    outside: &[bool],
    model: &Model,
    metadata: &mut Metadata,
) {
    let found = candidates(page, head);
    let rows = rows(page, head, outside, &found);
    let mut judged: Vec<(f32, &Candidate)> =
        rows.chunks_exact(WIDTH).map(|row| model.dates.probability(row)).zip(&found).collect();
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (probability, candidate) in judged.iter().take(20) {
        metadata.dates.push(stated(&candidate.line, *probability));
    }
    if let Some((probability, best)) = judged.first()
        && *probability >= LIMIT
    {
        if !head.dates.contains(&best.unit) {
            head.dates.push(best.unit);
        }
        metadata.published.get_or_insert(Stated { value: best.line.date, span: Some(best.line.span) });
        updated(page, best, &found, metadata);
    }
}

/// Fills in the dates of a text without furniture: those in the head, by rule.
pub(super) fn by_rule(page: &Page<'_>, head: &Head, metadata: &mut Metadata) {
    /// Assumed, not measured: no corpus here has clean texts with their dates.
    const ASSUMED: f32 = 0.9;
    let found = candidates(page, head);
    let mut near: Vec<&Candidate> = found.iter().filter(|c| c.near).collect();
    near.sort_by_key(|c| metadata::date_rank(page, head, c.unit, c.line.label));
    for (i, candidate) in near.iter().enumerate() {
        let confidence = if i == 0 { ASSUMED } else { 0.1 };
        metadata.dates.push(stated(&candidate.line, confidence));
    }
    if let Some(best) = near.first() {
        metadata.published.get_or_insert(Stated { value: best.line.date, span: Some(best.line.span) });
        updated(page, best, &found, metadata);
    }
}

fn stated(line: &DateLine, confidence: f32) -> DateCandidate {
    DateCandidate {
        date: line.date,
        kind: DateKind::Line,
        modified: line.label == Label::Updated,
        span: Some(line.span),
        confidence,
    }
}

/// "Updated …" on the line of the date, or close to it, and not before it.
fn updated(page: &Page<'_>, best: &Candidate, found: &[Candidate], metadata: &mut Metadata) {
    const CLOSE: usize = 3;
    let beside =
        found.iter().filter(|c| c.line.label == Label::Updated && c.unit.abs_diff(best.unit) <= CLOSE);
    let lines = beside.map(|c| (c.line.date, c.line.span));
    let same = best.line.updated.into_iter();
    let found = same.chain(lines).find(|(date, _)| *date >= best.line.date);
    if let Some((date, span)) = found {
        debug_assert!(span.end() <= page.text.len());
        metadata.modified.get_or_insert(Stated { value: date, span: Some(span) });
    }
}
