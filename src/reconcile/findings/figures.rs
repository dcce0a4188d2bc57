//! What the ledger shows: figures that move, agree, clash, or are given anew by the same party.
//!
//! Two figures clash only if they claim to be the same fact: one key, one time, neither a forecast, both meant
//! alike firmly, from different origins, and with intervals that do not touch even when hedged figures are given a
//! tenth of play. Everything weaker is a move, told once per key, in order of when it was said.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::dates::{called, days_between, in_words};
use super::super::ledger::broad;
use super::super::origins::listed;
use super::super::{Entry, Finding, FindingKind};
use super::Evidence;
use crate::document::{Act, Change, Polarity, Relation, SourceType};
use crate::language::gazetteer;

/// Play given to a hedged figure on either side.
const SLACK: f64 = 0.1;

/// Figures that may be compared: indices into the ledger.
struct Group {
    counted: String,
    whose: Option<String>,
    predicate: Option<String>,
    place: Option<String>,
    entries: Vec<usize>,
}

/// All findings on figures.
pub(super) fn figures(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for group in groups(evidence) {
        let clashes = contradictions(evidence, &group);
        out.extend(clashes);
        out.extend(moves(evidence, &group));
        let counts: Vec<usize> = group.counts(evidence).collect();
        out.extend(agreements(evidence, &group, &counts, "agree on"));
        let forecasts: Vec<usize> = group.forecasts(evidence).collect();
        out.extend(agreements(evidence, &group, &forecasts, "hold possible"));
        out.extend(restatements(evidence, &group));
    }
    out
}

fn groups(evidence: &Evidence<'_>) -> Vec<Group> {
    type Key = (usize, String, Option<String>, String);
    let mut keyed: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (i, e) in evidence.ledger.iter().enumerate() {
        let story = evidence.stories.of[e.document as usize];
        keyed.entry((story, e.counted.clone(), e.whose.clone(), e.unit.clone())).or_default().push(i);
    }
    let mut out = Vec::new();
    for ((_, counted, whose, _), members) in keyed {
        // A bare level ("the number could rise to 12,000") is of what the others speak of, casualties aside.
        let predicate = |i: usize| evidence.ledger[i].predicate.clone();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for &i in &members {
            if let Some(p) = predicate(i) {
                *counts.entry(p).or_default() += 1;
            }
        }
        let main = counts
            .iter()
            .filter(|(p, _)| !matches!(p.as_str(), "killed" | "wounded" | "captured" | "missing" | "lost"))
            .max_by_key(|(p, n)| (**n, std::cmp::Reverse((*p).clone())))
            .map(|(p, _)| p.clone());
        let mut by_predicate: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for &i in &members {
            by_predicate.entry(predicate(i).or_else(|| main.clone())).or_default().push(i);
        }
        for (predicate, members) in by_predicate {
            let places: BTreeSet<String> = members
                .iter()
                .filter_map(|&i| evidence.ledger[i].place.as_deref())
                .map(|p| broad(p).to_owned())
                .collect();
            // A figure without a place belongs to the only place, or to none.
            if places.len() <= 1 {
                out.push(Group {
                    counted: counted.clone(),
                    whose: whose.clone(),
                    predicate,
                    place: place(evidence, &members),
                    entries: members,
                });
                continue;
            }
            let mut by_place: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
            for i in members {
                let place = evidence.ledger[i].place.as_deref().map(|p| broad(p).to_owned());
                by_place.entry(place).or_default().push(i);
            }
            out.extend(by_place.into_values().map(|entries| Group {
                counted: counted.clone(),
                whose: whose.clone(),
                predicate: predicate.clone(),
                place: place(evidence, &entries),
                entries,
            }));
        }
    }
    out
}

/// What entries of one country say of where: the place, if all that name one name the same, else the country.
fn place(evidence: &Evidence<'_>, entries: &[usize]) -> Option<String> {
    let mut places = entries.iter().filter_map(|&i| evidence.ledger[i].place.as_deref());
    let first = places.next()?;
    Some(if places.all(|p| p == first) { first } else { broad(first) }.to_owned())
}

impl Group {
    /// "North Korean soldiers sent to Russia".
    fn subject(&self) -> String {
        let mut out = String::new();
        if let Some(whose) = &self.whose {
            let adjective = gazetteer::lookup(whose).and_then(|(c, _)| c.adjectives.first().copied());
            out.push_str(adjective.unwrap_or(whose));
            out.push(' ');
        }
        out.push_str(&plural(&self.counted));
        if let Some(predicate) = &self.predicate {
            out.push(' ');
            out.push_str(predicate);
        }
        if let Some(place) = &self.place {
            out.push_str(if self.predicate.as_deref() == Some("sent") { " to " } else { " in " });
            out.push_str(place);
        }
        out
    }

    /// Entries that are counts, neither forecasts nor changes.
    fn counts<'a>(&'a self, evidence: &'a Evidence<'_>) -> impl Iterator<Item = usize> + 'a {
        self.levels(evidence).filter(|&i| !evidence.ledger[i].hypothetical)
    }

    /// Entries that name a figure as possible.
    fn forecasts<'a>(&'a self, evidence: &'a Evidence<'_>) -> impl Iterator<Item = usize> + 'a {
        self.levels(evidence).filter(|&i| evidence.ledger[i].hypothetical)
    }

    fn levels<'a>(&'a self, evidence: &'a Evidence<'_>) -> impl Iterator<Item = usize> + 'a {
        self.entries.iter().copied().filter(|&i| {
            let e = &evidence.ledger[i];
            let claim = &evidence.claims[e.claim as usize];
            // A figure quoted to be denied is nobody's count.
            let put_forward = claim.polarity == Polarity::Positive
                && !matches!(claim.act, Act::Deny | Act::Decline | Act::Disagree | Act::Ask);
            put_forward && e.change.is_none_or(Change::is_level) && (e.low.is_some() || e.high.is_some())
        })
    }
}

fn plural(noun: &str) -> String {
    match noun {
        "person" => "people".to_owned(),
        "child" => "children".to_owned(),
        "aircraft" | "money" => noun.to_owned(),
        n if n.ends_with('y') && !n.ends_with("ey") && !n.ends_with("ay") => {
            format!("{}ies", &n[..n.len() - 1])
        }
        n if n.ends_with('s') || n.ends_with("ch") || n.ends_with("sh") => format!("{n}es"),
        n => format!("{n}s"),
    }
}

/// The interval with its play, open ends as infinities.
fn interval(e: &Entry) -> (f64, f64) {
    let play = if e.approximate || e.relation == Relation::About { SLACK } else { 0.0 };
    let low = e.low.map_or(f64::NEG_INFINITY, |l| l - l.abs() * play);
    let high = e.high.map_or(f64::INFINITY, |h| h + h.abs() * play);
    (low, high)
}

fn disjoint(a: &Entry, b: &Entry) -> bool {
    let ((a_low, a_high), (b_low, b_high)) = (interval(a), interval(b));
    a_high < b_low || b_high < a_low
}

fn same_time(a: &Entry, b: &Entry) -> bool {
    let said = match (a.said_on, b.said_on) {
        (Some(x), Some(y)) => days_between(x, y) <= 1,
        _ => false,
    };
    let holds = match (a.as_of, b.as_of) {
        (Some(x), Some(y)) => {
            let touch = x.0 <= y.1 && y.0 <= x.1;
            touch && days_between(x.0.date(), y.0.date()) <= 1
        }
        _ => false,
    };
    said && holds
}

fn number(evidence: &Evidence<'_>, e: &Entry) -> String {
    e.span.of(&evidence.documents[e.document as usize].text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn by_whom(evidence: &Evidence<'_>, e: &Entry) -> String {
    evidence.who(e.claim as usize)
}

fn finding(
    kind: FindingKind,
    severity: u8,
    message: String,
    evidence: &Evidence<'_>,
    entries: &[usize],
) -> Finding {
    let mut documents: Vec<u32> = entries.iter().map(|&i| evidence.ledger[i].document).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut claims: Vec<u32> = entries.iter().map(|&i| evidence.ledger[i].claim).collect();
    claims.sort_unstable();
    claims.dedup();
    Finding {
        kind,
        severity,
        message,
        documents,
        claims,
        evidence: entries
            .iter()
            .take(32)
            .map(|&i| (evidence.ledger[i].document, evidence.ledger[i].span))
            .collect(),
    }
}

/// The clash that lies furthest apart, one for each group and day.
fn contradictions(evidence: &Evidence<'_>, group: &Group) -> Vec<Finding> {
    const MOST: usize = 200;
    let counts: Vec<usize> =
        group.counts(evidence).filter(|&i| evidence.ledger[i].certainty >= 1.0).take(MOST).collect();
    let mut by_day: BTreeMap<Date, (f64, usize, usize)> = BTreeMap::new();
    for (n, &a) in counts.iter().enumerate() {
        for &b in &counts[n + 1..] {
            let (x, y) = (&evidence.ledger[a], &evidence.ledger[b]);
            let comparable = x.origin != y.origin
                && x.document != y.document
                && same_time(x, y)
                && (x.certainty - y.certainty).abs() <= 1.5
                && disjoint(x, y);
            let Some(day) = x.said_on.filter(|_| comparable) else { continue };
            let ((x_low, x_high), (y_low, y_high)) = (interval(x), interval(y));
            let gap = (y_low - x_high).max(x_low - y_high);
            let best = by_day.entry(day).or_insert((gap, a, b));
            if gap > best.0 {
                *best = (gap, a, b);
            }
        }
    }
    by_day
        .into_iter()
        .map(|(day, (_, a, b))| {
            let (x, y) = (&evidence.ledger[a], &evidence.ledger[b]);
            let message = format!(
                "On {}, {} put the {} at {}, {} at {}: both cannot hold.",
                in_words(day),
                by_whom(evidence, x),
                group.subject(),
                number(evidence, x),
                by_whom(evidence, y),
                number(evidence, y)
            );
            finding(FindingKind::Contradicted, 3, message, evidence, &[a, b])
        })
        .collect()
}

/// One sentence for a count that moves from document to document.
fn moves(evidence: &Evidence<'_>, group: &Group) -> Option<Finding> {
    let counts: Vec<usize> = group.counts(evidence).collect();
    let documents: BTreeSet<u32> = counts.iter().map(|&i| evidence.ledger[i].document).collect();
    let moving = counts.iter().enumerate().any(|(n, &a)| {
        counts[n + 1..].iter().any(|&b| {
            let (x, y) = (&evidence.ledger[a], &evidence.ledger[b]);
            x.document != y.document && !same_time(x, y) && differ(x, y)
        })
    });
    if documents.len() < 2 || !moving {
        return None;
    }
    let mut order = counts.clone();
    order.sort_by(|&a, &b| {
        let (x, y) = (&evidence.ledger[a], &evidence.ledger[b]);
        let key = |e: &Entry| (e.said_on.is_none(), e.said_on, e.as_of.map(|t| t.0), e.document, e.span);
        key(x).cmp(&key(y))
    });
    // The same number from the same origin, or twice in one document, is told once.
    let mut told: Vec<(String, String)> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    for &i in &order {
        let e = &evidence.ledger[i];
        let day = e.said_on.map_or_else(|| "undated".to_owned(), in_words);
        let line = (number(evidence, e), format!("{}, {day}", by_whom(evidence, e)));
        if !told.iter().any(|t| {
            t.0 == line.0
                && shown.iter().any(|&s| {
                    let known = &evidence.ledger[s];
                    number(evidence, known) == t.0
                        && (known.document == e.document || known.origin == e.origin)
                })
        }) {
            told.push(line);
            shown.push(i);
        }
    }
    let steps: Vec<String> = told.iter().map(|(n, who)| format!("{n} ({who})")).collect();
    let mut message =
        format!("The number of {} moves, in order of when it was said: {}", group.subject(), joined(&steps));
    let forecasts: Vec<usize> =
        group.entries.iter().copied().filter(|&i| evidence.ledger[i].hypothetical).collect();
    if !forecasts.is_empty() {
        let mut said: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for &i in &forecasts {
            let e = &evidence.ledger[i];
            let ids = said.entry(number(evidence, e)).or_default();
            let id = called(&evidence.documents[e.document as usize]);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let said: Vec<String> = said.into_iter().map(|(n, ids)| format!("{n} ({})", listed(&ids))).collect();
        message.push_str(&format!("; named as possible: {}", joined(&said)));
    }
    let added: Vec<usize> = group
        .entries
        .iter()
        .copied()
        .filter(|&i| evidence.ledger[i].change == Some(Change::Additional))
        .collect();
    if !added.is_empty() {
        let said: Vec<String> = added
            .iter()
            .map(|&i| {
                format!(
                    "{} ({})",
                    number(evidence, &evidence.ledger[i]),
                    by_whom(evidence, &evidence.ledger[i])
                )
            })
            .collect();
        message.push_str(&format!("; on top of what there was: {}", joined(&said)));
    }
    message.push('.');
    shown.extend(forecasts);
    shown.extend(added);
    Some(finding(FindingKind::Updated, 2, message, evidence, &shown))
}

fn joined(items: &[String]) -> String {
    const MOST: usize = 12;
    if items.len() > MOST {
        return format!("{}; and {} more", items[..MOST].join("; "), items.len() - MOST);
    }
    items.join("; ")
}

/// Whether two figures are not the same number told twice.
fn differ(a: &Entry, b: &Entry) -> bool {
    match (stated(a), stated(b)) {
        (Some(x), Some(y)) => (x - y).abs() > SLACK * x.abs().max(y.abs()),
        _ => disjoint(a, b),
    }
}

fn stated(e: &Entry) -> Option<f64> {
    e.value.or(match (e.low, e.high) {
        (Some(l), Some(h)) => Some(f64::midpoint(l, h)),
        (l, h) => l.or(h),
    })
}

/// Origins that give the same number.
fn agreements(evidence: &Evidence<'_>, group: &Group, among: &[usize], verb: &str) -> Option<Finding> {
    // Somebody must be named: two newspapers that say it themselves may have read it in the same place.
    let mut best: Vec<usize> = Vec::new();
    for &a in among {
        let x = &evidence.ledger[a];
        let mut agreeing = vec![a];
        for &b in among {
            let y = &evidence.ledger[b];
            let new = agreeing.iter().all(|&i| {
                let other = &evidence.ledger[i];
                other.origin != y.origin
                    && other.document != y.document
                    && !evidence.share_text(other.document, y.document)
            });
            if new && !differ(x, y) && !disjoint(x, y) {
                agreeing.push(b);
            }
        }
        if agreeing.len() > best.len() {
            best = agreeing;
        }
    }
    let named = best.iter().any(|&i| {
        let origin = &evidence.origins[evidence.ledger[i].origin as usize];
        !matches!(
            origin.source_type,
            SourceType::Outlet | SourceType::Document | SourceType::Unnamed | SourceType::Collective
        )
    });
    if best.len() < 2 || !named {
        return None;
    }
    let who: Vec<String> = best.iter().map(|&i| by_whom(evidence, &evidence.ledger[i])).collect();
    let message = format!(
        "{} {verb} {} for {}, and nothing in the texts ties them together.",
        listed(&who),
        number(evidence, &evidence.ledger[best[0]]),
        group.subject()
    );
    Some(finding(FindingKind::Corroborated, 1, message, evidence, &best))
}

/// The same origin with another figure.
fn restatements(evidence: &Evidence<'_>, group: &Group) -> Vec<Finding> {
    let mut by_origin: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for i in group.counts(evidence) {
        by_origin.entry(evidence.ledger[i].origin).or_default().push(i);
    }
    by_origin
        .into_iter()
        .filter_map(|(origin, entries)| {
            let first = *entries.first()?;
            let other = entries.iter().copied().find(|&i| {
                let (x, y) = (&evidence.ledger[first], &evidence.ledger[i]);
                disjoint(x, y) && differ(x, y)
            })?;
            let (x, y) = (&evidence.ledger[first], &evidence.ledger[other]);
            let id = |e: &Entry| called(&evidence.documents[e.document as usize]);
            let message = format!(
                "{} gives two figures for {}: {} ({}) and {} ({}).",
                evidence.origins[origin as usize].name,
                group.subject(),
                number(evidence, x),
                id(x),
                number(evidence, y),
                id(y)
            );
            Some(finding(FindingKind::Restated, 1, message, evidence, &[first, other]))
        })
        .collect()
}
