//! What the ledger shows: figures that agree, move, clash, are given anew by the same party, or hang on one origin.
//!
//! Only figures of one row are compared ([`Row`]). Two clash only if they claim to be the same fact: one time, neither a
//! forecast, both meant alike firmly, from different origins, and with intervals that do not touch even when hedged and rounded
//! figures are given some play. Everything weaker is a move, told once per row, in order of when it was said.

mod wording;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::super::dates::{days_between, in_words};
use super::super::origins::listed;
use super::super::{Entry, Finding, FindingKind, Row};
use super::Evidence;
use crate::document::{Change, Relation, SourceType};
use wording::{by, figure, quantity_of};

/// Entries of a row that are looked at pairwise: beyond that nobody reads on, and cost must not grow with the square.
const MOST: usize = 150;
/// A figure is firm from here on.
const FIRM: f32 = 1.0;
/// Certainties further apart are not comparable.
const COMPARABLE: f32 = 1.5;

/// All findings on figures.
pub(super) fn figures(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let told = Told::new(evidence);
    for row in evidence.rows.iter().filter(|r| r.change.is_none() && says_something(r)) {
        let group = Group::new(evidence, row);
        out.extend(contradictions(evidence, &group));
        if !row.part {
            out.extend(moves(evidence, &group, &told));
        }
        out.extend(agreement(evidence, &told, row, &group.levels, false));
        out.extend(agreement(evidence, &told, row, &group.forecasts, true));
        out.extend(restatements(evidence, &group));
        out.extend(alone(evidence, &group, &told));
    }
    out
}

/// Whether figures of the row are worth comparing: "30 soldiers" by itself is said of any soldiers.
fn says_something(row: &Row) -> bool {
    row.unit != "count" || row.predicate.is_some() || row.whose.is_some()
}

/// A row with its entries by what may be said of them, each once for every origin, figure and day.
struct Group<'e> {
    row: &'e Row,
    /// What is put forward as so.
    levels: Vec<&'e Entry>,
    /// What is named as possible.
    forecasts: Vec<&'e Entry>,
}

impl<'e> Group<'e> {
    fn new(evidence: &'e Evidence<'_>, row: &'e Row) -> Self {
        let mut group = Group { row, levels: Vec::new(), forecasts: Vec::new() };
        let mut seen: BTreeSet<(u32, Option<Date>, [u64; 2], bool)> = BTreeSet::new();
        for &i in &row.entries {
            let e = &evidence.ledger[i as usize];
            if !is_level(e) {
                continue;
            }
            let (low, high) = e.interval();
            if !seen.insert((e.origin, e.said_on, [low.to_bits(), high.to_bits()], e.hypothetical)) {
                continue;
            }
            let list = if e.hypothetical { &mut group.forecasts } else { &mut group.levels };
            if list.len() < MOST {
                list.push(e);
            }
        }
        group
    }
}

/// Put forward as a level, be it a forecast. Parts of a whole are levels among themselves.
fn is_level(e: &Entry) -> bool {
    e.put_forward && e.change.is_none_or(Change::is_level) && (e.low.is_some() || e.high.is_some())
}

/// What the rows beside a row tell.
struct Told<'e> {
    /// By everything but the change: what came on top.
    added: BTreeMap<Key<'e>, Vec<&'e Entry>>,
    /// Origins that give any figure of a thing of a story.
    origins: BTreeMap<(u32, &'e str), BTreeSet<u32>>,
    /// Pairs of documents that share text.
    shared: FxHashSet<(u32, u32)>,
}

type Key<'e> = (u32, &'e str, Option<&'e str>, Option<&'e str>, &'e str);

fn key(row: &Row) -> Key<'_> {
    (row.story, &row.counted, row.whose.as_deref(), row.predicate.as_deref(), &row.unit)
}

impl<'e> Told<'e> {
    fn new(evidence: &'e Evidence<'_>) -> Self {
        let shared =
            evidence.copies.iter().flat_map(|c| [(c.earlier, c.later), (c.later, c.earlier)]).collect();
        let mut told = Told { added: BTreeMap::new(), origins: BTreeMap::new(), shared };
        for row in evidence.rows {
            let entries = row.entries.iter().map(|&i| &evidence.ledger[i as usize]);
            let origins = told.origins.entry((row.story, &row.counted)).or_default();
            origins.extend(entries.clone().map(|e| e.origin));
            if row.change == Some(Change::Additional) {
                told.added.entry(key(row)).or_default().extend(entries.filter(|e| e.put_forward).take(MOST));
            }
        }
        told
    }
}

fn disjoint(evidence: &Evidence<'_>, a: &Entry, b: &Entry) -> bool {
    let tolerance = evidence.options.tolerance;
    let ((a_low, a_high), (b_low, b_high)) = (a.widened(tolerance), b.widened(tolerance));
    a_high < b_low || b_high < a_low
}

/// Whether two figures are not the same number told twice.
fn differ(evidence: &Evidence<'_>, a: &Entry, b: &Entry) -> bool {
    match (middle(a), middle(b)) {
        (Some(x), Some(y)) => (x - y).abs() > evidence.options.tolerance * x.abs().max(y.abs()),
        _ => disjoint(evidence, a, b),
    }
}

fn middle(e: &Entry) -> Option<f64> {
    let (low, high) = e.interval();
    match (low.is_finite(), high.is_finite()) {
        (true, true) => Some(f64::midpoint(low, high)),
        (true, false) => Some(low),
        (false, true) => Some(high),
        (false, false) => None,
    }
}

/// Whether two figures are of one time, and said within a day more than that: dailies tell in the morning what was said the day
/// before, and whoever gives another figure later had time to learn it.
fn same_time(evidence: &Evidence<'_>, a: &Entry, b: &Entry) -> bool {
    let days = evidence.options.same_time;
    let said = a.said_on.zip(b.said_on).is_some_and(|(x, y)| days_between(x, y) <= days + 1);
    let holds = a.as_of.zip(b.as_of).is_some_and(|(x, y)| {
        let touch = x.0 <= y.1 && y.0 <= x.1;
        touch && days_between(x.0.date(), y.0.date()) <= days
    });
    said && holds
}

fn finding(kind: FindingKind, severity: u8, message: String, entries: &[&Entry]) -> Finding {
    let mut documents: Vec<u32> = entries.iter().map(|e| e.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut claims: Vec<u32> = entries.iter().map(|e| e.claim).collect();
    claims.sort_unstable();
    claims.dedup();
    Finding {
        kind,
        severity,
        message,
        documents,
        claims,
        evidence: entries.iter().take(32).map(|e| (e.document, e.span)).collect(),
    }
}

/// The clash that lies furthest apart, one for each row and day.
fn contradictions(evidence: &Evidence<'_>, group: &Group<'_>) -> Vec<Finding> {
    let firm: Vec<&Entry> = group.levels.iter().copied().filter(|e| e.certainty >= FIRM).collect();
    let mut by_day: BTreeMap<Date, (f64, &Entry, &Entry)> = BTreeMap::new();
    for (n, &x) in firm.iter().enumerate() {
        for &y in &firm[n + 1..] {
            let comparable = x.origin != y.origin
                && (x.document != y.document || is_named(evidence, x) && is_named(evidence, y))
                && same_time(evidence, x, y)
                && (x.certainty - y.certainty).abs() <= COMPARABLE
                && disjoint(evidence, x, y);
            let Some(day) = x.said_on.filter(|_| comparable) else { continue };
            let ((x_low, x_high), (y_low, y_high)) = (x.interval(), y.interval());
            let gap = (y_low - x_high).max(x_low - y_high);
            let best = by_day.entry(day).or_insert((gap, x, y));
            if gap > best.0 {
                *best = (gap, x, y);
            }
        }
    }
    by_day
        .into_iter()
        .map(|(day, (_, x, y))| {
            let message = format!(
                "On {}, {} put {} {}, {} {}: both cannot hold.",
                in_words(day),
                by(evidence, x),
                quantity_of(group.row),
                wording::at(evidence, x),
                by(evidence, y),
                wording::at(evidence, y)
            );
            finding(FindingKind::Contradicted, 3, message, &[x, y])
        })
        .collect()
}

/// One sentence for a level that moves from document to document.
fn moves(evidence: &Evidence<'_>, group: &Group<'_>, told: &Told<'_>) -> Option<Finding> {
    let mut order = group.levels.clone();
    order.sort_by_key(|e| (e.said_on.is_none(), e.said_on, e.as_of.map(|t| t.0), e.document, e.span));
    let moving = order.iter().enumerate().any(|(n, x)| {
        order[n + 1..]
            .iter()
            .any(|y| x.document != y.document && !same_time(evidence, x, y) && differ(evidence, x, y))
    });
    if !moving {
        return None;
    }
    // The same number from the same origin, or twice in one document, is told once.
    let mut steps: Vec<(&Entry, String)> = Vec::new();
    for e in order {
        let number = figure(evidence, e);
        let known =
            |(s, n): &(&Entry, String)| *n == number && (s.document == e.document || s.origin == e.origin);
        if !steps.iter().any(known) {
            steps.push((e, number));
        }
    }
    let lines: Vec<String> = steps
        .iter()
        .map(|(e, number)| {
            let day = e.said_on.map_or_else(|| "undated".to_owned(), |d| format!("on {}", in_words(d)));
            format!("{number} {day} ({})", wording::inside(evidence, e))
        })
        .collect();
    let verb = direction(&steps);
    // "the insured losses rise"
    let many = group.row.unit != "count" && group.row.counted.ends_with("ses");
    let verb = if many { verb.trim_end_matches('s') } else { verb };
    let mut message = format!("{} {verb}: {}", capital(&quantity_of(group.row)), joined(&lines));
    let mut shown: Vec<&Entry> = steps.iter().map(|s| s.0).collect();
    let possible = by_figure(evidence, &group.forecasts);
    if !possible.is_empty() {
        message.push_str(&format!("; named as possible: {}", joined(&possible)));
        shown.extend(&group.forecasts);
    }
    let added = told.added.get(&key(group.row)).map_or(&[][..], Vec::as_slice);
    if !added.is_empty() {
        message.push_str(&format!("; on top of what there was: {}", joined(&by_figure(evidence, added))));
        shown.extend(added);
    }
    message.push('.');
    Some(finding(FindingKind::Updated, 2, message, &shown))
}

/// "rises" or "falls" where every step is a number of its own and goes that way.
fn direction(steps: &[(&Entry, String)]) -> &'static str {
    let exact = steps.iter().all(|(e, _)| matches!(e.relation, Relation::Equal | Relation::About));
    let in_turn = steps.windows(2).all(|w| w[0].0.said_on.is_some() && w[0].0.said_on < w[1].0.said_on);
    let exact = exact && in_turn;
    let values: Vec<f64> = steps.iter().filter_map(|(e, _)| middle(e)).collect();
    if exact && values.windows(2).all(|w| w[0] <= w[1]) {
        "rises"
    } else if exact && values.windows(2).all(|w| w[0] >= w[1]) {
        "falls"
    } else {
        "moves"
    }
}

/// Each figure once, with the documents that give it.
fn by_figure(evidence: &Evidence<'_>, entries: &[&Entry]) -> Vec<String> {
    let mut ids: Vec<(String, Vec<&str>)> = Vec::new();
    for e in entries {
        let number = figure(evidence, e);
        let id = wording::document(evidence, e);
        match ids.iter_mut().find(|(n, _)| *n == number) {
            Some((_, known)) if known.contains(&id) => {}
            Some((_, known)) => known.push(id),
            None => ids.push((number, vec![id])),
        }
    }
    ids.into_iter().map(|(n, ids)| format!("{n} ({})", listed(&ids))).collect()
}

fn joined(items: &[String]) -> String {
    const SHOWN: usize = 12;
    if items.len() > SHOWN {
        return format!("{}; and {} more", items[..SHOWN].join("; "), items.len() - SHOWN);
    }
    items.join("; ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether a party vouches, and not only whoever wrote the article: two newspapers that say it themselves may have read it in the
/// same place.
fn is_named(evidence: &Evidence<'_>, e: &Entry) -> bool {
    !matches!(
        evidence.origins[e.origin as usize].source_type,
        SourceType::Outlet | SourceType::Document | SourceType::Unnamed | SourceType::Collective
    )
}

/// Origins that give the same number.
fn agreement(
    evidence: &Evidence<'_>,
    told: &Told<'_>,
    row: &Row,
    among: &[&Entry],
    possible: bool,
) -> Option<Finding> {
    let mut best: Vec<&Entry> = Vec::new();
    for &x in among {
        let mut agreeing = vec![x];
        for &y in among {
            let new = agreeing.iter().all(|other| {
                other.origin != y.origin
                    && other.document != y.document
                    && !told.shared.contains(&(other.document, y.document))
            });
            if new && !differ(evidence, x, y) && !disjoint(evidence, x, y) {
                agreeing.push(y);
            }
        }
        if agreeing.len() > best.len() {
            best = agreeing;
        }
    }
    if best.len() < 2 || !best.iter().any(|e| is_named(evidence, e)) {
        return None;
    }
    let who: Vec<String> = best.iter().map(|e| by(evidence, e)).collect();
    let (who, number, of) = (capital(&listed(&who)), figure(evidence, best[0]), quantity_of(row));
    let message = if possible {
        format!("{who} name {number} as possible for {of}, and nothing in the texts ties them together.")
    } else {
        format!("{who} agree on {number} for {of}, and nothing in the texts ties them together.")
    };
    Some(finding(FindingKind::Corroborated, 1, message, &best))
}

/// The same origin with another figure. An outlet that goes on reporting is told by [`moves`]; it restates itself only on one day.
fn restatements(evidence: &Evidence<'_>, group: &Group<'_>) -> Vec<Finding> {
    let mut by_origin: BTreeMap<u32, Vec<&Entry>> = BTreeMap::new();
    for &e in &group.levels {
        by_origin.entry(e.origin).or_default().push(e);
    }
    by_origin
        .into_iter()
        .filter_map(|(origin, entries)| {
            let x = *entries.first()?;
            let outlet = evidence.origins[origin as usize].source_type == SourceType::Outlet;
            let again = |y: &&&Entry| !outlet || x.said_on == y.said_on;
            // The latest that is another, as it is the one that stands.
            let other = |y: &&&Entry| disjoint(evidence, x, y) && differ(evidence, x, y);
            let y = *entries.iter().rev().filter(again).find(other)?;
            let name = capital(&wording::named(&evidence.origins[origin as usize].name));
            let of = quantity_of(group.row);
            let (first, second) = (figure(evidence, x), figure(evidence, y));
            let (a, b) = (wording::document(evidence, x), wording::document(evidence, y));
            let message = match (x.said_on, y.said_on) {
                (Some(d), Some(later)) if d != later => format!(
                    "{name} put {of} {} on {} ({a}), and {} on {} ({b}).",
                    wording::at(evidence, x),
                    in_words(d),
                    wording::at(evidence, y),
                    in_words(later)
                ),
                _ if a == b => format!("{name} gives two figures for {of} in {a}: {first} and {second}."),
                _ => format!("{name} gives two figures for {of}: {first} ({a}) and {second} ({b})."),
            };
            Some(finding(FindingKind::Restated, 1, message, &[x, y]))
        })
        .collect()
}

/// A count that hangs on one origin, of a thing that others give figures of.
fn alone(evidence: &Evidence<'_>, group: &Group<'_>, told: &Told<'_>) -> Option<Finding> {
    let row = group.row;
    let first = *group.levels.first()?;
    // Whoever names a figure as possible, or adds to it, gives one too.
    let beside = told.added.get(&key(row)).map_or(&[][..], Vec::as_slice);
    let mut all = row.entries.iter().map(|&i| &evidence.ledger[i as usize]).chain(beside.iter().copied());
    let by_one = all.all(|e| e.origin == first.origin);
    let of_others = told.origins.get(&(row.story, row.counted.as_str())).is_some_and(|o| o.len() > 1);
    let attributed =
        first.source.is_some() && evidence.origins[first.origin as usize].source_type != SourceType::Outlet;
    if row.unit != "count" || row.predicate.is_none() || row.part || !by_one || !of_others || !attributed {
        return None;
    }
    let message = format!(
        "{} put {} {}; no other origin gives a figure for that.",
        capital(&by(evidence, first)),
        quantity_of(row),
        wording::at(evidence, first)
    );
    Some(finding(FindingKind::Uncorroborated, 1, message, &[first]))
}
