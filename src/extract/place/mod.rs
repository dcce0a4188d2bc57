//! Places: countries, regions, cities and continents, by name, adjective or people.
//!
//! The way from a text to its places:
//!
//! 1. [`candidates`]: every name that a table knows, the longest first. Tables written by hand
//!    (`lexicon/countries.tsv`, `places.tsv`) hold what news means by a name when it says no more, tables of the world
//!    (`cities.tsv`, `regions.tsv`, `counties.tsv`, of GeoNames) the rest.
//! 2. [`links`]: neighbours that say where a name lies ("Paris, Texas").
//! 3. [`namesakes`]: which of the places of that name is meant.
//! 4. [`standing`]: whether it is a place's name here at all, or a person's, a newspaper's, a common word.
//! 5. [`widening`] and [`sense`]: "eastern Russia", "the Tula region"; and whether a capital stands for its government.
//!
//! Steps 3 and 4 are done twice: the second time the places of the first tell which countries an article is about.
//! Without names and trees ([`crate::language::tagged`]) all steps work on tags alone.

mod candidates;
mod fold;
mod languages;
mod links;
mod names;
mod namesakes;
mod other_names;
mod persons;
mod reading;
mod sense;
mod standing;
mod table;
mod widening;
mod words;

use crate::document::{Place, PlaceKind, PlaceSense};
use crate::language::Annotated;
use crate::language::gazetteer::split_word;
use candidates::{Names, by_hand};
use names::Sort;
use namesakes::{Choice, Tally};
use reading::{Reading, readings};
use standing::Surroundings;

/// The places named in the document, in order, not overlapping.
#[must_use]
pub fn places(article: &Annotated<'_>) -> Vec<Place> {
    let names = candidates::candidates(article);
    if names.candidates.is_empty() {
        return Vec::new();
    }
    let links = links::links(article, &names);
    let mut surroundings = Surroundings::new(article, &names);
    surroundings.list(&links);
    let mut tally = Tally::new(&names, |i| namesakes::undoubted(&names, i));
    let mut choices = namesakes::choose(article, &names, &links, &tally);
    surroundings.note(&names, &choices);
    let mut stands = standing(&surroundings, &names, &choices, &tally);
    tally = Tally::new(&names, |i| stands[i].then(|| chosen(&names, i, choices[i])));
    choices = namesakes::choose(article, &names, &links, &tally);
    surroundings.note(&names, &choices);
    stands = standing(&surroundings, &names, &choices, &tally);
    let mut out: Vec<Place> = Vec::new();
    for i in (0..names.candidates.len()).filter(|i| stands[*i]) {
        out.push(place(article, &names, &choices, &stands, i));
    }
    out
}

fn chosen(names: &Names, i: usize, choice: Choice) -> &Reading {
    &names.group(i).readings[choice.reading]
}

fn standing(around: &Surroundings<'_>, names: &Names, choices: &[Choice], tally: &Tally) -> Vec<bool> {
    let is_place = |(i, choice): (usize, &Choice)| {
        let coherent = tally.speaks_of(names.candidates[i].group, chosen(names, i, *choice));
        around.is_place(names, i, *choice, coherent)
    };
    choices.iter().enumerate().map(is_place).collect()
}

fn place(article: &Annotated<'_>, names: &Names, choices: &[Choice], stands: &[bool], i: usize) -> Place {
    let (candidate, choice) = (&names.candidates[i], choices[i]);
    let reading = chosen(names, i, choice);
    if let Some(outer) = choice.unknown_in {
        // "London, Ohio" is none of the Londons that are known.
        let outer = chosen(names, outer, choices[outer]);
        let unknown = Reading {
            name: names.group(i).readings[0].name,
            kind: PlaceKind::City,
            country: outer.country,
            division: outer.division,
            geonames: None,
            coordinates: None,
            sort: Sort::Gazetteer,
            ..reading.clone()
        };
        return widening::widened(article, candidate, &unknown);
    }
    if choice.open {
        let open = Reading { division: "", geonames: None, coordinates: None, ..reading.clone() };
        return widening::widened(article, candidate, &open);
    }
    let mut place = widening::widened(article, candidate, reading);
    let before =
        i.checked_sub(1).filter(|b| stands[*b] && chosen(names, *b, choices[*b]).sort == Sort::Capital);
    if reading.sort == Sort::Capital
        && place.kind == PlaceKind::City
        && !choice.placed
        && sense::is_government(article, candidate, before.map(|b| &names.candidates[b]))
    {
        place.sense = PlaceSense::Government;
    }
    place
}

/// ISO 3166-1 alpha-2 code of the country in which the place of that canonical name lies, as [`places`] gives it.
/// Of a name that places in several countries bear, that of the place which news means by it without context.
#[must_use]
pub fn country_code(name: &str) -> Option<&'static str> {
    let bare = match name.split_once(' ') {
        Some((first, rest)) if words::is(first, words::Class::Compass) => rest,
        _ => reading::without_sort(name).unwrap_or(name),
    };
    find(name).or_else(|| find(bare)).filter(|code| !code.is_empty())
}

fn find(name: &str) -> Option<&'static str> {
    let mut spans = Vec::new();
    split_word(name, 0, &mut spans);
    let words: Vec<&str> = spans.iter().map(|s| s.of(name)).collect();
    let all = readings(&words, names::entry(name));
    let first = all.first()?;
    let rival = all.iter().find(|r| r.country != first.country);
    let clear = by_hand(first.sort) || rival.is_none_or(|r| first.prior - r.prior > 0.5);
    clear.then_some(first.country)
}

/// GeoNames ids of the largest cities.
#[cfg(feature = "train")]
pub(crate) fn largest(count: usize) -> Vec<u32> {
    table::largest(count)
}

/// Whether two names may be of one place.
#[cfg(feature = "train")]
pub(crate) fn same(a: &str, b: &str) -> bool {
    let of = |name: &str| readings(&name.split([' ', '-']).collect::<Vec<_>>(), names::entry(name));
    let (a, b) = (of(a), of(b));
    a.iter().any(|a| {
        b.iter().any(|b| {
            a.name == b.name && a.country == b.country || a.geonames.is_some() && a.geonames == b.geonames
        })
    })
}

#[cfg(test)]
mod tests;
