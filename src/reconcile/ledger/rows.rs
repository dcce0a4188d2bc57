//! Rows of the ledger: which figures may be compared.
//!
//! Two figures stand in one row if they are of one story, count or measure one thing in units of one dimension, of the same
//! owner, with the same said of it, in the same place and stretch of time; levels apart from what came on top, and parts apart
//! from their wholes. What a text leaves out is filled in only where there is no choice:
//!
//! - *whose*: things without owner belong to the only owner, but people do not: "two Americans" are a part of "50 people"
//! - *what*: a measure that no word tells is of the only thing that its story measures in such units
//! - *predicate*: a bare level ("the number could rise to 12,000") is of what is mostly said, casualties aside
//! - *place*: a town lies in the only county of its division that the story names; a wider place, or none, stands for the only narrower one. Where there are two (deaths in Louisiana and in Texas)
//!   the wider is a row of its own: the whole. What is sent somewhere is compared by country, as texts name now the region and
//!   now the country that one thing goes to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::dates::days_between;
use super::classes;
use super::entry::Entry;
use super::labels;
use super::places::{Where, is_county};
use crate::document::Change;

/// Figures that may be compared with one another, and what they are of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Index into the stories.
    pub story: u32,
    /// What is counted ("soldier"), or what a measure is of ("speed of gusts").
    pub counted: String,
    /// Whose.
    pub whose: Option<String>,
    /// What happens to it ("sent").
    pub predicate: Option<String>,
    /// Where: the widest place that its figures name.
    pub place: Option<String>,
    /// The unit of comparison: `count`, `%`, a currency, or the base unit of the kind ("kg" for tonnes and pounds).
    pub unit: String,
    /// `Additional` for what comes on top or was added, `Down` for by how much it fell; `None` for levels.
    pub change: Option<Change>,
    /// The year that its figures are of, if that is not the story's present: last year's flood.
    pub year: Option<i16>,
    /// Whether its figures are parts of another figure with the same said of it.
    pub part: bool,
    /// In words: "North Korean soldiers sent to Russia".
    pub label: String,
    /// Its entries, in the order of the ledger.
    pub entries: Vec<u32>,
}

/// Casualties say of a few what bare levels do not mean.
const CASUALTIES: [&str; 6] = ["killed", "wounded", "captured", "missing", "lost", "rescued"];
/// Of these, those of one nation are a part of all.
const PEOPLE: [&str; 7] = ["person", "child", "student", "worker", "journalist", "customer", "refugee"];

/// Class of what goes somewhere.
pub(super) const SENT: &str = "sent";

/// Sorts entries into rows: the entries in order of their rows, each with its row, and the rows.
pub(super) fn rows(
    mut entries: Vec<(Entry, Where)>,
    story_of: &[usize],
    distance: i32,
) -> (Vec<Entry>, Vec<Row>) {
    into_counties(&mut entries, story_of);
    let bare = bare_measures(&entries, story_of);
    let mut by_thing: BTreeMap<(usize, String, String), Vec<usize>> = BTreeMap::new();
    for (i, (e, _)) in entries.iter().enumerate() {
        let story = story_of[e.document as usize];
        let unit = e.measured_in().to_owned();
        let counted = bare.get(&(story, e.counted.clone())).unwrap_or(&e.counted).clone();
        by_thing.entry((story, counted, unit)).or_default().push(i);
    }
    type Key = (String, Option<String>, Option<String>, Vec<String>, usize, Option<i16>, String, u8, bool);
    let mut keyed: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    let events = by_thing.into_iter().flat_map(|(thing, members)| {
        by_event(&entries, members, distance).into_iter().map(move |(year, m)| (thing.clone(), year, m))
    });
    for ((story, counted, unit), year, members) in events {
        for (whose, members) in by_owner(&entries, &counted, members) {
            for (predicate, members) in by_predicate(&entries, &counted, members) {
                let sent = predicate.as_deref() == Some(SENT);
                let paths: Vec<&[String]> = members
                    .iter()
                    .map(|&i| {
                        let path = entries[i].1.path.as_slice();
                        if sent { &path[..path.len().min(1)] } else { path }
                    })
                    .collect();
                for (path, i) in resolved(&paths).into_iter().zip(&members) {
                    let e = &entries[*i].0;
                    let key = (
                        counted.clone(),
                        whose.clone(),
                        predicate.clone(),
                        path,
                        story,
                        year,
                        unit.clone(),
                        direction(e.change),
                        e.part,
                    );
                    keyed.entry(key).or_default().push(*i);
                }
            }
        }
    }
    let mut places: Vec<Option<Where>> = Vec::with_capacity(entries.len());
    let mut waiting: Vec<Option<Entry>> = Vec::with_capacity(entries.len());
    for (entry, place) in entries {
        waiting.push(Some(entry));
        places.push(Some(place));
    }
    let (mut out, mut list) = (Vec::with_capacity(waiting.len()), Vec::with_capacity(keyed.len()));
    for ((counted, whose, predicate, _, story, year, unit, change, part), mut members) in keyed {
        let place = widest(members.iter().filter_map(|&i| places[i].as_ref()));
        members.sort_by_key(|&i| {
            waiting[i].as_ref().map(|e| (e.said_on.is_none(), e.said_on, e.document, e.span))
        });
        let mut row = Row {
            story: story as u32,
            counted,
            whose,
            predicate,
            place,
            unit,
            change: match change {
                0 => None,
                1 => Some(Change::Additional),
                _ => Some(Change::Down),
            },
            year,
            part,
            label: String::new(),
            entries: Vec::with_capacity(members.len()),
        };
        row.label = labels::label(&row);
        for i in members {
            let Some(mut entry) = waiting[i].take() else { continue };
            entry.row = list.len() as u32;
            row.entries.push(out.len() as u32);
            out.push(entry);
        }
        list.push(row);
    }
    (out, list)
}

/// Figures of one thing in stretches of time between which nothing is told of it for more than `distance` days: last year's
/// flood is another flood. All but the latest are known by their year; what has no date belongs to the latest.
fn by_event(
    entries: &[(Entry, Where)],
    members: Vec<usize>,
    distance: i32,
) -> Vec<(Option<i16>, Vec<usize>)> {
    let day = |i: usize| entries[i].0.as_of.map(|t| t.0.date());
    let mut dated: Vec<(Date, usize)> = members.iter().filter_map(|&i| Some((day(i)?, i))).collect();
    dated.sort_unstable();
    let mut out: Vec<(Option<i16>, Vec<usize>)> = dated
        .chunk_by(|a, b| days_between(a.0, b.0) <= distance)
        .map(|stretch| (Some(stretch[0].0.year()), stretch.iter().map(|d| d.1).collect()))
        .collect();
    let Some((year, latest)) = out.last_mut() else { return vec![(None, members)] };
    let looks_back = latest.iter().all(|&i| {
        let e = &entries[i].0;
        e.said_on.zip(e.as_of).is_some_and(|(said, of)| days_between(said, of.1.date()) > distance)
    });
    if !looks_back {
        *year = None;
    }
    latest.extend(members.into_iter().filter(|&i| day(i).is_none()));
    out
}

/// Puts towns into the county of their division, if the story names only one.
fn into_counties(entries: &mut [(Entry, Where)], story_of: &[usize]) {
    let mut counties: BTreeMap<(usize, Vec<String>), BTreeSet<String>> = BTreeMap::new();
    for (e, place) in entries.iter() {
        if let [division @ .., last] = place.path.as_slice()
            && is_county(last)
        {
            let key = (story_of[e.document as usize], division.to_vec());
            counties.entry(key).or_default().insert(last.clone());
        }
    }
    for (e, place) in entries.iter_mut() {
        if place.path.len() < 3 || place.path.last().is_none_or(|l| is_county(l)) {
            continue;
        }
        let at = place.path.len() - 1;
        let known = counties.get(&(story_of[e.document as usize], place.path[..at].to_vec()));
        if let Some(only) = known.filter(|c| c.len() == 1).and_then(|c| c.first()) {
            place.path.insert(at, only.clone());
        }
    }
}

/// What a measure is of that no word tells ("now 200 acres"): the only thing that others of its story measure in such units.
fn bare_measures(entries: &[(Entry, Where)], story_of: &[usize]) -> BTreeMap<(usize, String), String> {
    let mut named: BTreeMap<(usize, &'static str), BTreeSet<&str>> = BTreeMap::new();
    for (e, _) in entries.iter().filter(|(e, _)| e.unit != "count" && e.unit != "%") {
        if let Some(kind) = classes::kind_of(&e.unit).filter(|k| *k != e.counted) {
            named.entry((story_of[e.document as usize], kind)).or_default().insert(&e.counted);
        }
    }
    let mut out = BTreeMap::new();
    for ((story, kind), things) in named {
        if let Some(only) = things.first().filter(|_| things.len() == 1) {
            out.insert((story, kind.to_owned()), (*only).to_owned());
        }
        // "losses" where only "insured losses" are spoken of
        for wide in &things {
            let mut narrow =
                things.iter().filter(|t| t.strip_suffix(wide).is_some_and(|rest| rest.ends_with(' ')));
            if let (Some(only), None) = (narrow.next(), narrow.next()) {
                out.insert((story, (*wide).to_owned()), (*only).to_owned());
            }
        }
    }
    out
}

fn direction(change: Option<Change>) -> u8 {
    match change {
        Some(Change::Additional | Change::Up) => 1,
        Some(Change::Down) => 2,
        _ => 0,
    }
}

fn by_owner(
    entries: &[(Entry, Where)],
    counted: &str,
    members: Vec<usize>,
) -> BTreeMap<Option<String>, Vec<usize>> {
    let owners: BTreeSet<&String> = members.iter().filter_map(|&i| entries[i].0.whose.as_ref()).collect();
    let only = owners.first().filter(|_| owners.len() == 1 && !PEOPLE.contains(&counted));
    let mut out: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for &i in &members {
        let whose = entries[i].0.whose.as_ref().or(only.copied());
        out.entry(whose.cloned()).or_default().push(i);
    }
    out
}

fn by_predicate(
    entries: &[(Entry, Where)],
    counted: &str,
    members: Vec<usize>,
) -> BTreeMap<Option<String>, Vec<usize>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &i in &members {
        if let Some(p) = entries[i].0.predicate.as_deref().filter(|p| !CASUALTIES.contains(p)) {
            *counts.entry(p).or_default() += 1;
        }
    }
    // Of people so much is told that only a single predicate can be meant.
    let all: BTreeSet<&str> = members.iter().filter_map(|&i| entries[i].0.predicate.as_deref()).collect();
    if PEOPLE.contains(&counted) && all.len() > 1 {
        counts.clear();
    }
    let main = counts.iter().max_by_key(|(p, n)| (**n, std::cmp::Reverse(**p))).map(|(p, _)| *p);
    let mut out: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for &i in &members {
        let predicate = entries[i].0.predicate.as_deref().or(main);
        out.entry(predicate.map(str::to_owned)).or_default().push(i);
    }
    out
}

/// Each path, gone down as long as there is only one way.
fn resolved(paths: &[&[String]]) -> Vec<Vec<String>> {
    let mut steps: BTreeMap<&[String], BTreeSet<&String>> = BTreeMap::new();
    for path in paths {
        for n in 0..path.len() {
            steps.entry(&path[..n]).or_default().insert(&path[n]);
        }
    }
    paths
        .iter()
        .map(|path| {
            let mut path = path.to_vec();
            while let Some(next) = steps.get(path.as_slice()).filter(|s| s.len() == 1).and_then(|s| s.first())
            {
                path.push((*next).clone());
            }
            path
        })
        .collect()
}

/// The widest place named.
fn widest<'w>(places: impl Iterator<Item = &'w Where>) -> Option<String> {
    places
        .filter(|w| w.name.is_some())
        .min_by_key(|w| (w.path.len(), w.name.clone()))
        .and_then(|w| w.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(all: &[&str]) -> Vec<String> {
        let split: Vec<Vec<String>> =
            all.iter().map(|p| p.split('/').filter(|s| !s.is_empty()).map(str::to_owned).collect()).collect();
        let borrowed: Vec<&[String]> = split.iter().map(Vec::as_slice).collect();
        resolved(&borrowed).into_iter().map(|p| p.join("/")).collect()
    }

    #[test]
    fn a_wider_place_stands_for_the_only_narrower_one() {
        assert_eq!(paths(&["", "US", "US/CA/Vista"]), ["US/CA/Vista"; 3]);
        assert_eq!(
            paths(&["", "US/LA", "US/TX", "US/LA/Houma"]),
            ["US", "US/LA/Houma", "US/TX", "US/LA/Houma"]
        );
        assert_eq!(paths(&["", ""]), ["", ""]);
    }
}
