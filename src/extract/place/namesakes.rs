//! Namesakes: which of the places of one name is meant.
//!
//! Each reading of a name is scored: its prior, what its neighbours say ([`links`](super::links)), words that tell
//! states from cities ("Gov.", "Mayor"), and how well it goes with the other places of the article: is its country
//! spoken of, is no country spoken of more, are other cities of that country or region named. What one mention shows
//! counts for the others of that name too, but less, so that a name means one place in an article until a mention says
//! otherwise (Gale, Church and Yarowsky 1992, "One sense per discourse"). The likeliest place of a name being the
//! largest, and the others of an article being near, is the common ground of toponym resolution (Leidner 2007).

use rustc_hash::FxHashMap;

use super::candidates::{Candidate, Names};
use super::links::{Link, within};
use super::names::Sort;
use super::reading::Reading;
use super::words::{Class, is};
use crate::document::PlaceKind;
use crate::language::Annotated;

/// What a candidate means, if it is a place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Choice {
    /// Which of its group's readings.
    pub(super) reading: usize,
    /// Whether another of the same country is about as likely, so that only the country is known.
    pub(super) open: bool,
    /// A candidate whose region it lies in, though the tables know no such place there.
    pub(super) unknown_in: Option<usize>,
    /// Whether a neighbour says where it lies.
    pub(super) placed: bool,
}

/// Readings closer than this are as likely.
const MARGIN: f32 = 0.3;
/// A name with more readings (counties) has no two in one region.
const MANY: usize = 24;
/// What one mention shows counts this much for another.
const SHARED: f32 = 0.5;
/// And not more than this, however many there are.
const MOST: f32 = 4.0;

/// The places that an article speaks of.
#[derive(Debug, Default)]
pub(super) struct Tally {
    countries: FxHashMap<&'static str, i32>,
    /// Mentions of cities and regions, by country.
    inner: FxHashMap<&'static str, i32>,
    divisions: FxHashMap<(&'static str, &'static str), i32>,
    /// What each group contributed.
    own: FxHashMap<usize, Vec<(Reading, i32)>>,
    most: i32,
}

impl Tally {
    /// Counts the mentions that `counted` gives a reading.
    pub(super) fn new<'r>(names: &'r Names, counted: impl Fn(usize) -> Option<&'r Reading>) -> Tally {
        let mut tally = Tally::default();
        for (i, candidate) in names.candidates.iter().enumerate() {
            let Some(reading) = counted(i).filter(|r| !r.country.is_empty()) else { continue };
            *tally.countries.entry(reading.country).or_default() += 1;
            if reading.kind != PlaceKind::Country {
                *tally.inner.entry(reading.country).or_default() += 1;
            }
            if !reading.division.is_empty() {
                *tally.divisions.entry((reading.country, reading.division)).or_default() += 1;
            }
            let own = tally.own.entry(candidate.group).or_default();
            match own.iter_mut().find(|(known, _)| known == reading) {
                Some((_, count)) => *count += 1,
                None => own.push((reading.clone(), 1)),
            }
        }
        tally.most = tally.countries.values().copied().max().unwrap_or(0);
        tally
    }

    /// Whether the article names other places of the reading's country.
    pub(super) fn speaks_of(&self, group: usize, reading: &Reading) -> bool {
        self.coherence(group, reading) >= 1.5
    }

    /// How well a reading of a group goes with the other places of the article.
    fn coherence(&self, group: usize, reading: &Reading) -> f32 {
        if reading.country.is_empty() {
            return 0.0;
        }
        let own = |counts: fn(&Reading, &Reading) -> bool| -> i32 {
            let all = self.own.get(&group).into_iter().flatten();
            all.filter(|(r, _)| counts(r, reading)).map(|(_, n)| *n).sum()
        };
        let country =
            self.countries.get(reading.country).copied().unwrap_or(0) - own(|r, to| r.country == to.country);
        let mut score = 0.0;
        if country > 0 {
            score += if country * 2 >= self.most { 2.5 } else { 1.5 };
        }
        if reading.kind != PlaceKind::Country {
            let inner = self.inner.get(reading.country).copied().unwrap_or(0)
                - own(|r, to| r.country == to.country && r.kind != PlaceKind::Country);
            score += if inner > 0 { 1.0 } else { 0.0 };
            let division = self.divisions.get(&(reading.country, reading.division)).copied().unwrap_or(0)
                - own(|r, to| (r.country, r.division) == (to.country, to.division));
            score += if division > 0 && !reading.division.is_empty() { 1.0 } else { 0.0 };
        }
        score
    }
}

/// The readings of names about which there is no doubt: what an article's countries are counted by at first.
pub(super) fn undoubted(names: &Names, i: usize) -> Option<&Reading> {
    let group = names.group(i);
    let top = group.top();
    let rival = group.readings.iter().find(|r| r.country != top.country);
    let sure = top.sort != Sort::Gazetteer && rival.is_none_or(|r| top.prior - r.prior >= CLEAR);
    sure.then_some(top)
}

/// What is counted for the country about which there is no doubt: its namesakes abroad need more than company.
const SURE: f32 = 1.5;
/// Priors this far apart leave no doubt without context.
const CLEAR: f32 = 2.6;

/// What each candidate means.
pub(super) fn choose(article: &Annotated<'_>, names: &Names, links: &[Link], tally: &Tally) -> Vec<Choice> {
    let evidence = evidence(article, names, links, tally);
    // That one mention is of New York State does not make another so: what is shared is where a place lies.
    let region = |r: &Reading| (r.country, r.division);
    let located: Vec<Vec<f32>> = names
        .candidates
        .iter()
        .zip(&evidence)
        .map(|(candidate, own)| {
            let readings = &names.groups[candidate.group].readings;
            let best = |r: &Reading| {
                let same = readings.iter().zip(own).filter(|(other, _)| region(other) == region(r));
                same.map(|(_, e)| *e).fold(f32::NEG_INFINITY, f32::max)
            };
            if readings.len() > MANY { own.clone() } else { readings.iter().map(best).collect() }
        })
        .collect();
    let mut shared: Vec<Vec<f32>> = names.groups.iter().map(|g| vec![0.0; g.readings.len()]).collect();
    for (candidate, own) in names.candidates.iter().zip(&located) {
        shared[candidate.group].iter_mut().zip(own).for_each(|(sum, e)| *sum += e);
    }
    let mut out: Vec<Choice> = Vec::with_capacity(names.candidates.len());
    let fit: Vec<Vec<f32>> = names
        .groups
        .iter()
        .enumerate()
        .map(|(g, group)| {
            let sure = group.mentions.first().and_then(|i| undoubted(names, *i));
            let fit = |r: &Reading| {
                let sure = sure.is_some_and(|s| s.country == r.country);
                r.prior + tally.coherence(g, r) + if sure { SURE } else { 0.0 }
            };
            group.readings.iter().map(fit).collect()
        })
        .collect();
    for ((candidate, own), located) in names.candidates.iter().zip(&evidence).zip(&located) {
        let readings = &names.groups[candidate.group].readings;
        let scores: Vec<f32> = (0..readings.len())
            .map(|r| {
                let others = (shared[candidate.group][r] - located[r]).clamp(-MOST, MOST);
                fit[candidate.group][r] + own[r] + SHARED * others
            })
            .collect();
        let best = (0..scores.len()).fold(0, |best, r| if scores[r] > scores[best] { r } else { best });
        let rival = |r: usize| {
            r != best
                && scores[best] - scores[r] < MARGIN
                && readings[r].country == readings[best].country
                && readings[r].kind == readings[best].kind
        };
        let open = (0..scores.len()).any(rival);
        out.push(Choice { reading: best, open, ..Choice::default() });
    }
    for link in links {
        match *link {
            Link::Inside { inner, outer, .. } => {
                let reading = &names.group(inner).readings[out[inner].reading];
                let outer_reading = &names.group(outer).readings[out[outer].reading];
                out[inner].placed = within(reading, outer_reading);
            }
            Link::Unknown { inner, outer } => {
                out[inner].unknown_in = Some(outer);
                out[inner].placed = true;
            }
            Link::Alike { .. } => {}
        }
    }
    out
}

/// What the words beside each candidate say for each of its readings.
fn evidence(article: &Annotated<'_>, names: &Names, links: &[Link], tally: &Tally) -> Vec<Vec<f32>> {
    let mut out: Vec<Vec<f32>> =
        (0..names.candidates.len()).map(|i| vec![0.0; names.group(i).readings.len()]).collect();
    for (i, candidate) in names.candidates.iter().enumerate() {
        let readings = &names.group(i).readings;
        if readings.len() < 2 {
            continue;
        }
        let (city, region) = cues(article, candidate);
        for (reading, score) in readings.iter().zip(&mut out[i]) {
            *score += match reading.kind {
                PlaceKind::City => city,
                PlaceKind::Region => region,
                _ => 0.0,
            };
        }
    }
    for link in links {
        match *link {
            Link::Inside { inner, outer, weight } => {
                let (inside, around) = (&names.group(inner).readings, &names.group(outer).readings);
                for (r, reading) in inside.iter().enumerate() {
                    let fits = around.iter().any(|o| within(reading, o));
                    out[inner][r] += if fits { weight } else { -weight };
                }
                for (o, reading) in around.iter().enumerate() {
                    if around.len() > 1 && inside.iter().any(|r| within(r, reading)) {
                        out[outer][o] += 4.0;
                    }
                }
            }
            Link::Unknown { outer, .. } => {
                for (o, reading) in names.group(outer).readings.iter().enumerate() {
                    out[outer][o] += if reading.kind == PlaceKind::Region { 4.0 } else { 0.0 };
                }
            }
            Link::Alike { first, second } => {
                for (one, other) in [(first, second), (second, first)] {
                    let beside = names.group(other);
                    let likely = beside.readings.iter().enumerate().max_by(|a, b| {
                        let fit = |r: &Reading| r.prior + tally.coherence(names.candidates[other].group, r);
                        fit(a.1).total_cmp(&fit(b.1)).then(b.0.cmp(&a.0))
                    });
                    let Some((_, likely)) = likely.filter(|_| beside.readings.len() == 1 || first < second)
                    else {
                        continue;
                    };
                    for (r, reading) in names.group(one).readings.iter().enumerate() {
                        let alike = reading.kind == likely.kind
                            && (reading.kind == PlaceKind::Country || reading.country == likely.country);
                        let seats = reading.sort == Sort::Capital && likely.sort == Sort::Capital;
                        out[one][r] += if alike && likely.kind != PlaceKind::City {
                            3.0
                        } else if alike || seats {
                            1.5
                        } else {
                            0.0
                        };
                    }
                }
            }
        }
    }
    out
}

/// How far the words beside a name speak for a city and for a state or region.
fn cues(article: &Annotated<'_>, candidate: &Candidate) -> (f32, f32) {
    let (mut city, mut region) = (0.0, 0.0);
    let sentence = article.sentences[candidate.sentence].tokens();
    let before = |n: usize| {
        if candidate.first >= sentence.start + n { article.lower(candidate.first - n) } else { "" }
    };
    if candidate.last + 1 < sentence.end && candidate.whole {
        let next = article.lower(candidate.last + 1);
        let capital = article.word(candidate.last + 1).starts_with(char::is_uppercase);
        let after = article.lower((candidate.last + 2).min(sentence.end - 1));
        if is(next, Class::StateCue) || next == "secretary" && after == "of" {
            region += if capital || next == "state" { 4.0 } else { 2.0 };
        }
        if is(next, Class::CityCue) {
            city += 3.0;
        }
    }
    let of = if before(1) == "of" { before(2) } else { "" };
    if matches!(of, "state" | "province" | "governor" | "senator" | "part" | "parts")
        || before(1) == "upstate"
    {
        region += 4.0;
    }
    if matches!(of, "city" | "town" | "mayor" | "village" | "port" | "suburb" | "outskirts" | "streets")
        || matches!(before(1), "downtown" | "suburban")
    {
        city += 4.0;
    }
    if is(before(1), Class::Compass) {
        region += 2.5;
    }
    (city, region)
}
