//! NewsQuant: sentences with their quantities as value, unit and change.
//!
//! Its conventions are not ours, and are met here and nowhere else:
//!
//! - A value is a number or two ends, `1500.0-2000.0`. Of ours the stated number counts, or the ends of the interval.
//! - A vague plural is, there, one to ten of its word ("thousands": 1,000 to 10,000; once 12 for "dozens"); ours is
//!   narrower. An approximate interval of ours equals it if it lies within.
//! - A share is a fraction of one there ("a third": 0.333), and per cent with us.
//! - A unit is an English name, `dollar per barrel`. It is read with our own table of units, as any name in a text is;
//!   minor units ("cent") count in the currency. A name that is no unit is the counted noun: ours must be without unit,
//!   and the lemma of our counted noun among its words. `-` is no unit.
//! - A change is one of `= ~ > < up down`, ours two fields, relation and change, that can both say something ("up about
//!   15 %", "rose to 43"). A pair agrees if their label is what one of the two says, and `=` if neither does; a level that
//!   something rose or fell to is also `=`, as its annotators have it for most. What a noun or a word behind the figure
//!   tells ("a cut of 5 %", "a 5 % drop", "5 % lower") is `=` there, and a change with us. `fixed` counts strictly: one label of ours,
//!   the relation first, then the movement.
//! - The two levels of "from 13.5 to 14.0 mm" are one value there, two figures with us; they are put together.
//!
//! Quantities are paired one to one by value; of several with that value, the one that agrees most.

use std::path::Path;

use serde::Deserialize;

use super::{same, with_article};
use crate::document::{Change, Quantity, Relation};
use crate::error::{Error, ErrorKind, Result};
use crate::extract::quantity::{quantities, trial};
use crate::extract::{Context, place, time};
use crate::{parse, read};

#[derive(Deserialize)]
struct Line {
    text: String,
    quantities: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    change: String,
    value: String,
    normalized_unit: String,
}

/// How many quantities are found, and how far they agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Sentences.
    pub sentences: usize,
    /// Quantities of theirs.
    pub gold: usize,
    /// Quantities of ours.
    pub found: usize,
    /// Pairs of the same value.
    pub value: usize,
    /// Of these, with the same unit.
    pub unit: usize,
    /// Of these, with a change that fits.
    pub change: usize,
    /// Of these, with the same change, where ours is one label.
    pub fixed: usize,
    /// Every difference: its class, and what it is.
    pub errors: Vec<(&'static str, String)>,
}

impl Report {
    /// F1 of so many pairs, in per cent.
    #[must_use]
    pub fn f1(&self, pairs: usize) -> f64 {
        200.0 * pairs as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Compares our quantities with those of `newsquant/dev.json`.
///
/// # Errors
/// If the file cannot be read.
pub fn evaluate(data: &Path) -> Result<Report> {
    let path = data.join("newsquant/dev.json");
    let unreadable =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Format, format!("{}: {e}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&e))?;
    let lines: Vec<Line> = serde_json::from_str(&text).map_err(|e| unreadable(&e))?;
    let mut report = Report { sentences: lines.len(), ..Report::default() };
    for line in &lines {
        let document = parse::plain(read::text("sentence", line.text.as_str()));
        let mut found = with_article(&document, |article| {
            let places = place::places(article);
            let times = time::times(article, Context::default());
            quantities(article, &places, &times)
        });
        for q in &mut found {
            q.change = q.change.filter(|_| !trial::is_told_by_noun(&document.text, q.span));
        }
        compare(line, &found, &mut report);
    }
    Ok(report)
}

fn compare(line: &Line, found: &[Quantity], report: &mut Report) {
    report.gold += line.quantities.len();
    let found = levels_joined(&line.text, found);
    report.found += found.len();
    let mut free: Vec<&Quantity> = found.iter().collect();
    let mut error = |class, what: String| report.errors.push((class, format!("{what} || {}", line.text)));
    for gold in &line.quantities {
        let named = named(&gold.normalized_unit);
        let agrees = |q: &Quantity| {
            (is_value(gold, named.as_ref(), q), is_unit(gold, named.as_ref(), q), is_change(&gold.change, q))
        };
        let best = free
            .iter()
            .enumerate()
            .map(|(i, q)| (i, agrees(q)))
            .filter(|(_, (value, ..))| *value)
            .max_by_key(|(i, (_, unit, change))| {
                (u8::from(*unit) + u8::from(*change), std::cmp::Reverse(*i))
            });
        let Some((i, (_, unit, change_agrees))) = best else {
            error("missed", format!("{} {} {}", gold.change, gold.value, gold.normalized_unit));
            continue;
        };
        let ours = free.remove(i);
        report.value += 1;
        report.unit += usize::from(unit);
        report.change += usize::from(change_agrees);
        report.fixed += usize::from(change(ours) == gold.change);
        if !unit {
            let noun = ours.counted.as_ref().map_or("-", |c| c.lemma.as_str());
            error("unit", format!("{} {}: ours {} of {noun}", gold.value, gold.normalized_unit, ours.unit));
        }
        if !change_agrees {
            error("change", format!("{} {}: ours {}", gold.value, gold.change, change(ours)));
        }
    }
    for q in free {
        error("made up", format!("{:?}..{:?} {} ({:?})", q.low, q.high, q.unit, q.span.of(&line.text)));
    }
}

/// The two levels of "from 13.5 to 14.0 mm" as one value.
fn levels_joined(text: &str, found: &[Quantity]) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    for q in found {
        if let Some(last) = out.last_mut()
            && let (Some(_), Some(to)) = (last.value, q.value)
            && last.unit == q.unit
            && last.change.is_none()
            && text.get(last.span.end()..q.span.start()) == Some(" to ")
        {
            let counted = last.counted.take().or_else(|| q.counted.clone());
            *last = Quantity { low: last.value, high: Some(to), value: None, counted, ..q.clone() };
        } else {
            out.push(q.clone());
        }
    }
    out
}

/// The unit of an English name, if it is one; "barrel of oil" is one of barrels.
fn named(name: &str) -> Option<(String, f64)> {
    let plain = name.replace('-', " ");
    let head = plain.split_once(" of ").map_or(plain.as_str(), |(head, _)| head);
    [name, &plain, head].into_iter().find_map(trial::unit)
}

/// Whether the values agree. `named` is the unit of theirs, if it is one.
fn is_value(gold: &Gold, named: Option<&(String, f64)>, ours: &Quantity) -> bool {
    let Some((mut low, mut high)) = interval(&gold.value) else { return false };
    // "19 cents" are 0.19 USD with us, "9 ksi" 9000 [psi].
    let factor = named.filter(|(code, _)| *code == ours.unit).map_or(1.0, |(_, factor)| *factor);
    let scale = if gold.normalized_unit.starts_with("% ") && ours.unit == "%" { 100.0 } else { factor };
    low *= scale;
    high *= scale;
    let (from, to) = match ours.value {
        Some(value) => (value, value),
        None => match (ours.low.or(ours.high), ours.high.or(ours.low)) {
            (Some(from), Some(to)) => (from, to),
            _ => return false,
        },
    };
    let rounded = scale == 100.0 && (low - from).abs() < 0.01;
    let vague = ours.approximate
        && ours.value.is_none()
        && (same(high, 10.0 * low) && low <= from && to <= high || same(low, high) && same(from, 2.0 * low));
    same(low, from) && same(high, to) || rounded || vague
}

/// `1500.0`, `-5.0`, `1500.0-2000.0`.
fn interval(value: &str) -> Option<(f64, f64)> {
    if let Ok(one) = value.trim().parse() {
        return Some((one, one));
    }
    let dash = value.get(1..)?.find('-')? + 1;
    Some((value[..dash].trim().parse().ok()?, value[dash + 1..].trim().parse().ok()?))
}

fn is_unit(gold: &Gold, named: Option<&(String, f64)>, ours: &Quantity) -> bool {
    let theirs = gold.normalized_unit.as_str();
    if let Some((code, _)) = named {
        return *code == ours.unit;
    }
    if theirs == "-" {
        return ours.unit == "count";
    }
    // "test per day" is of tests, in `/d`
    let rate =
        theirs.split_once(" per ").and_then(|(noun, per)| Some((noun, format!("/{}", trial::unit(per)?.0))));
    let (measure, noun) = match (theirs.strip_prefix("% "), &rate) {
        (Some(noun), _) => ("%", noun),
        (None, Some((noun, code))) => (code.as_str(), *noun),
        (None, None) => ("count", theirs),
    };
    let counts =
        noun == "-" || ours.counted.as_ref().is_some_and(|c| noun.split(' ').any(|w| is_lemma(w, &c.lemma)));
    ours.unit == measure && counts
}

/// Whether a word of theirs, in the singular or the plural, is our lemma.
fn is_lemma(word: &str, lemma: &str) -> bool {
    word.eq_ignore_ascii_case(lemma) || word.strip_suffix('s').is_some_and(|w| w.eq_ignore_ascii_case(lemma))
}

/// The one label that fits best.
fn change(q: &Quantity) -> &'static str {
    let level = matches!(q.change, Some(Change::RoseTo | Change::FellTo));
    relation(q).or_else(|| direction(q).filter(|_| !level)).unwrap_or("=")
}

/// Whether their label is one that fits.
fn is_change(label: &str, q: &Quantity) -> bool {
    let level = matches!(q.change, Some(Change::RoseTo | Change::FellTo));
    let plain = relation(q).is_none() && (direction(q).is_none() || level);
    let hedged = q.approximate && q.relation != Relation::About && label == "~";
    Some(label) == relation(q) || Some(label) == direction(q) || hedged || plain && label == "="
}

fn relation(q: &Quantity) -> Option<&'static str> {
    match q.relation {
        Relation::AtLeast | Relation::More => Some(">"),
        Relation::AtMost | Relation::Less => Some("<"),
        // a vague word
        Relation::About if q.value.is_none() => None,
        Relation::About => Some("~"),
        Relation::Range if q.approximate => Some("~"),
        _ => None,
    }
}

fn direction(q: &Quantity) -> Option<&'static str> {
    match q.change? {
        Change::Up | Change::RoseTo => Some("up"),
        Change::Down | Change::FellTo => Some("down"),
        Change::Additional => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbers_or_intervals() {
        assert_eq!(interval("15.0"), Some((15.0, 15.0)));
        assert_eq!(interval("-260"), Some((-260.0, -260.0)));
        assert_eq!(interval("15.0-22.0"), Some((15.0, 22.0)));
        assert_eq!(interval("-5-7"), Some((-5.0, 7.0)));
        assert_eq!(interval("many"), None);
    }

    #[test]
    fn harmonic_mean() {
        let report = Report { gold: 4, found: 6, value: 5, ..Report::default() };
        assert!((report.f1(report.value) - 100.0).abs() < 1e-9);
        assert_eq!(Report::default().f1(0), 0.0);
    }
}
