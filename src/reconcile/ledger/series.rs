//! What the origins of a row agree on, from day to day.
//!
//! On each day every origin that has spoken stands with its latest level. The interval shown is where most of them meet: their
//! intersection where they all meet, else that of the largest group that does, with how many stand behind it out of how many
//! have spoken. It says where accounts agree, not which is right.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::Entry;

/// What origins agree on, up to a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The day: when figures are of, or else when they were said.
    pub date: Date,
    /// Lower end of the interval; `None` if open.
    pub low: Option<f64>,
    /// Upper end; `None` if open.
    pub high: Option<f64>,
    /// Its unit: that of the figures if they are all in one, else the unit of comparison.
    pub unit: String,
    /// Origins that it holds for.
    pub origins: u32,
    /// Origins that have given a level so far.
    pub of: u32,
    /// Whether some origin's level lies outside, or two groups of origins are equally large: then the interval spans them.
    pub disputed: bool,
}

/// The interval on which the most independent origins agree, for each day on which one of `entries` gives a level.
///
/// `entries` are those of one row. Forecasts, changes, parts and figures quoted to be denied are left out, and figures
/// without any date. Hedged figures agree with others within `tolerance`.
#[must_use]
pub fn series(entries: &[&Entry], tolerance: f64) -> Vec<Agreement> {
    let mut dated: Vec<(Date, &Entry)> = entries
        .iter()
        .filter(|e| e.is_level())
        .filter_map(|e| Some((e.as_of.map(|t| t.0.date()).or(e.said_on)?, *e)))
        .collect();
    dated.sort_by_key(|(day, e)| (*day, e.said_on, e.document, e.span));
    let units: BTreeSet<&str> = dated.iter().map(|(_, e)| e.unit.as_str()).collect();
    let written = units.len() == 1;
    let mut latest: BTreeMap<u32, &Entry> = BTreeMap::new();
    let mut out = Vec::new();
    for same_day in dated.chunk_by(|a, b| a.0 == b.0) {
        latest.extend(same_day.iter().map(|(_, e)| (e.origin, *e)));
        let standing: Vec<&Entry> = latest.values().copied().collect();
        if let Some(agreement) = agreement(same_day[0].0, &standing, written, tolerance) {
            out.push(agreement);
        }
    }
    out
}

fn agreement(date: Date, standing: &[&Entry], written: bool, tolerance: f64) -> Option<Agreement> {
    let widened: Vec<(f64, f64)> = standing.iter().map(|e| e.widened(tolerance)).collect();
    // Most meet at the lower end of one of them: sweep over the ends, openings before closings.
    let mut ends: Vec<(f64, bool, usize)> =
        widened.iter().enumerate().flat_map(|(i, w)| [(w.0, false, i), (w.1, true, i)]).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut depth, mut most) = (0, 0);
    let mut at: Vec<f64> = Vec::new();
    for (x, closes, _) in ends {
        if closes {
            depth -= 1;
            continue;
        }
        depth += 1;
        if depth > most {
            (most, at) = (depth, vec![x]);
        } else if depth == most {
            at.push(x);
        }
    }
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for x in &at {
        let meeting = standing.iter().zip(&widened).filter(|(_, w)| w.0 <= *x && *x <= w.1);
        let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
        for (e, _) in meeting {
            let (l, h) = stated(e, written);
            (from, to) = (from.max(l), to.min(h));
        }
        // hedged figures that meet only by their play: what lies between them
        (low, high) = (low.min(from.min(to)), high.max(from.max(to)));
    }
    let first = standing.first()?;
    Some(Agreement {
        date,
        low: Some(low).filter(|x| x.is_finite()),
        high: Some(high).filter(|x| x.is_finite()),
        unit: if written { first.unit.clone() } else { first.measured_in().to_owned() },
        origins: most,
        of: standing.len() as u32,
        disputed: (most as usize) < standing.len(),
    })
}

/// The interval in the unit written, or in that of comparison.
fn stated(e: &Entry, written: bool) -> (f64, f64) {
    if written { (e.low.unwrap_or(f64::NEG_INFINITY), e.high.unwrap_or(f64::INFINITY)) } else { e.interval() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::ledger::tests::entry;
    use jiff::civil::date;

    /// (day, low, high, origin) to "day: low..high, n of m".
    fn told(figures: &[(i8, Option<f64>, Option<f64>, u32)]) -> Vec<String> {
        let entries: Vec<Entry> = figures
            .iter()
            .map(|&(day, low, high, origin)| Entry {
                said_on: Some(date(2020, 1, day)),
                low,
                high,
                origin,
                ..entry("soldier")
            })
            .collect();
        let refs: Vec<&Entry> = entries.iter().collect();
        let end = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
        series(&refs, 0.1)
            .iter()
            .map(|a| format!("{}: {}..{}, {} of {}", a.date.day(), end(a.low), end(a.high), a.origins, a.of))
            .collect()
    }

    const fn exact(day: i8, n: f64, origin: u32) -> (i8, Option<f64>, Option<f64>, u32) {
        (day, Some(n), Some(n), origin)
    }

    #[test]
    fn nothing_of_nothing() {
        assert!(told(&[]).is_empty());
        let forecast = Entry { said_on: Some(date(2020, 1, 1)), hypothetical: true, ..entry("soldier") };
        assert!(series(&[&forecast], 0.1).is_empty());
        let undated = Entry { said_on: None, ..entry("soldier") };
        assert!(series(&[&undated], 0.1).is_empty());
    }

    #[test]
    fn bounds_meet() {
        let told = told(&[(1, Some(3000.0), None, 0), (2, None, Some(12000.0), 1), exact(3, 11000.0, 2)]);
        assert_eq!(told, ["1: 3000.., 1 of 1", "2: 3000..12000, 2 of 2", "3: 11000..11000, 3 of 3"]);
    }

    #[test]
    fn an_origin_stands_with_its_latest() {
        assert_eq!(told(&[exact(1, 4.0, 0), exact(2, 9.0, 0)]), ["1: 4..4, 1 of 1", "2: 9..9, 1 of 1"]);
    }

    #[test]
    fn the_majority_is_shown_and_counted() {
        let told = told(&[exact(1, 10.0, 0), exact(1, 10.0, 1), exact(1, 50.0, 2)]);
        assert_eq!(told, ["1: 10..10, 2 of 3"]);
    }

    #[test]
    fn where_nobody_agrees_the_interval_spans_them_all() {
        assert_eq!(told(&[exact(1, 10.0, 0), exact(1, 50.0, 1)]), ["1: 10..50, 1 of 2"]);
    }

    #[test]
    fn hedged_figures_have_play() {
        let about = |n: f64, origin| Entry {
            said_on: Some(date(2020, 1, 1)),
            low: Some(n),
            high: Some(n),
            approximate: true,
            origin,
            ..entry("soldier")
        };
        let (a, b) = (about(1000.0, 0), about(1100.0, 1));
        let found = series(&[&a, &b], 0.1);
        assert_eq!((found[0].low, found[0].high, found[0].origins), (Some(1000.0), Some(1100.0), 2));
        assert!(!found[0].disputed);
    }
}
