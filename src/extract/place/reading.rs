//! Readings: the places that a name may stand for.
//!
//! "Georgia" is a country and a state, "Kursk" a city and an oblast, "Springfield" eight cities with more than 15,000
//! inhabitants. Each reading has a prior, on a scale where one is about a factor of ten in how often news means it:
//! countries and capitals stand first, then what the tables written by hand chose, and the rest by inhabitants.

use super::names::{Entry, Sort, entry};
use super::table::{self, City, Region, Row};
use super::words::{Class, is};
use crate::document::PlaceKind;

/// A place that a name may stand for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) name: &'static str,
    pub(super) kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code; may be empty.
    pub(super) country: &'static str,
    /// ISO 3166-2 code without the country; may be empty.
    pub(super) division: &'static str,
    pub(super) geonames: Option<u32>,
    pub(super) coordinates: Option<(f64, f64)>,
    /// Inhabitants in thousands, where known.
    pub(super) thousands: u32,
    pub(super) sort: Sort,
    pub(super) demonym: bool,
    /// How likely without context: the difference of two is about a power of ten.
    pub(super) prior: f32,
}

const COUNTRY: f32 = 6.0;
const CAPITAL: f32 = 6.2;
const LISTED: f32 = 4.5;
/// A city of the tables by hand whose namesakes in its own country are about as large.
const SHARED: f32 = 1.5;

impl Reading {
    fn of_entry(entry: &Entry, prior: f32) -> Reading {
        Reading {
            name: entry.name,
            kind: entry.kind,
            country: entry.country,
            division: entry.division,
            geonames: None,
            coordinates: None,
            thousands: 0,
            sort: entry.sort,
            demonym: entry.adjective,
            prior,
        }
    }

    fn of_city(city: &City) -> Reading {
        Reading {
            name: city.name,
            kind: PlaceKind::City,
            country: city.country,
            division: city.division,
            geonames: Some(city.geonames),
            coordinates: Some(city.coordinates),
            thousands: city.thousands,
            sort: Sort::Gazetteer,
            demonym: false,
            prior: (city.thousands.max(1) as f32).log10(),
        }
    }

    fn of_region(region: &Region) -> Reading {
        // New York and Washington are cities first: the states have names of their own in the tables by hand.
        let own =
            (region.code.starts_with("US-")).then(|| entry(&format!("{} State", region.bare))).flatten();
        Reading {
            name: own.map_or(region.bare, |state| state.name),
            kind: PlaceKind::Region,
            country: &region.code[..2],
            division: &region.code[3..],
            geonames: None,
            coordinates: None,
            thousands: region.thousands,
            sort: Sort::Gazetteer,
            demonym: false,
            prior: ((region.thousands + 1) as f32).log10().min(4.2),
        }
    }

    /// ISO 3166-2 code of the region that it is or lies in.
    pub(super) fn subdivision(&self) -> Option<String> {
        (!self.division.is_empty()).then(|| format!("{}-{}", self.country, self.division))
    }

    /// Whether it lies in `outer`.
    pub(super) fn lies_in(&self, outer: &Reading) -> bool {
        let within = !outer.country.is_empty() && self.country == outer.country && !outer.demonym;
        match outer.kind {
            PlaceKind::Country => within && self.kind != PlaceKind::Country,
            PlaceKind::Region => {
                within
                    && !outer.division.is_empty()
                    && self.division == outer.division
                    && (self.kind == PlaceKind::City || is_county(self) && !is_county(outer))
            }
            _ => false,
        }
    }
}

fn is_county(reading: &Reading) -> bool {
    reading.kind == PlaceKind::Region && reading.thousands == 0
}

/// The places that a phrase may stand for, likeliest first. `entry` is what the tables by hand say of it.
pub(super) fn readings(words: &[&str], entry: Option<Entry>) -> Vec<Reading> {
    let mut out = Vec::new();
    let rows = match entry {
        Some(entry) if entry.adjective => Vec::new(),
        _ => table::rows(words),
    };
    if let Some(entry) = entry {
        listed(&entry, &rows, &mut out);
    }
    for row in &rows {
        match row {
            Row::City(city) if !out.iter().any(|r| r.geonames == Some(city.geonames)) => {
                out.push(Reading::of_city(city));
            }
            Row::City(_) => {}
            Row::Region(region) => {
                let known = |r: &Reading| {
                    r.kind == PlaceKind::Region
                        && r.country == &region.code[..2]
                        && r.division == &region.code[3..]
                };
                // Singapore the country is Singapore the division; the region of a city of that name comes second to it.
                let whole = |r: &Reading| r.kind == PlaceKind::Country && r.country == &region.code[..2];
                if !out.iter().any(|r| known(r) || whole(r)) {
                    let seat = rows.iter().any(|row| {
                        matches!(row, Row::City(c) if c.country == &region.code[..2] && c.division == &region.code[3..])
                    });
                    let mut reading = Reading::of_region(region);
                    reading.prior -= if seat { 1.5 } else { 0.0 };
                    out.push(reading);
                }
            }
            Row::County(county) => {
                for state in county.states.split('|') {
                    let kind = PlaceKind::Region;
                    let listed = super::names::Entry {
                        name: county.name,
                        kind,
                        country: "US",
                        division: state,
                        sort: Sort::Gazetteer,
                        adjective: false,
                    };
                    out.push(Reading::of_entry(&listed, 1.0));
                }
            }
        }
    }
    out.sort_by(|a, b| b.prior.total_cmp(&a.prior));
    out
}

/// The readings that the tables by hand choose, joined with what the tables of the world know of them.
fn listed(entry: &Entry, rows: &[Row], out: &mut Vec<Reading>) {
    match entry.kind {
        PlaceKind::Country | PlaceKind::Continent => out.push(Reading::of_entry(entry, COUNTRY)),
        PlaceKind::Region => {
            let mut reading = Reading::of_entry(entry, LISTED);
            if let Some(region) = region_of(entry, rows).filter(|_| entry.division.is_empty()) {
                reading.division = &region.code[3..];
                reading.thousands = region.thousands;
            }
            out.push(reading);
        }
        PlaceKind::City => city(entry, rows, out),
    }
}

fn city(entry: &Entry, rows: &[Row], out: &mut Vec<Reading>) {
    let own: Vec<&str> = entry.name.split([' ', '-']).collect();
    let more = table::rows(&own);
    let within = |row: &Row| match row {
        Row::City(c)
            if c.country == entry.country && (entry.division.is_empty() || c.division == entry.division) =>
        {
            Some(*c)
        }
        _ => None,
    };
    let mut cities: Vec<City> = rows.iter().filter_map(within).collect();
    if cities.is_empty() {
        cities = more.iter().filter_map(within).collect();
    }
    cities.sort_by_key(|c| (std::cmp::Reverse(c.thousands), c.geonames));
    let capital = entry.sort == Sort::Capital;
    let prior = if capital { CAPITAL } else { LISTED };
    let join = |city: &City, prior: f32| Reading {
        // "Hague" is what the table calls it without the article
        name: if city.name.strip_prefix("The ") == Some(entry.name) { city.name } else { entry.name },
        sort: entry.sort,
        demonym: entry.adjective,
        prior,
        ..Reading::of_city(city)
    };
    match cities.as_slice() {
        [] => out.push(Reading::of_entry(entry, prior)),
        [first, rest @ ..] => {
            let alone = capital || rest.first().is_none_or(|next| first.thousands >= 2 * next.thousands);
            if alone {
                out.push(join(first, prior));
                return;
            }
            out.extend(cities.iter().map(|c| join(c, SHARED + (c.thousands.max(1) as f32).log10())));
        }
    }
}

/// The division that a region of the tables by hand is: "Bavaria", "Kursk oblast".
fn region_of(entry: &Entry, rows: &[Row]) -> Option<Region> {
    let find = |rows: &[Row]| {
        rows.iter().find_map(|row| match row {
            Row::Region(region) if region.code[..2] == *entry.country => Some(*region),
            _ => None,
        })
    };
    let by_name = |name: &str| find(&table::rows(&name.split([' ', '-']).collect::<Vec<_>>()));
    find(rows).or_else(|| by_name(entry.name)).or_else(|| by_name(without_sort(entry.name)?))
}

/// "Kursk" of "Kursk region".
pub(super) fn without_sort(name: &str) -> Option<&str> {
    let sort = |last: &str| last == "State" || is(&last.to_lowercase(), Class::Administrative);
    name.rsplit_once(' ').filter(|(_, last)| sort(last)).map(|(first, _)| first)
}

/// The division of a country with that name, with or without the word of its sort.
pub(super) fn division(country: &str, words: &[&str]) -> Option<&'static str> {
    table::rows(words).into_iter().find_map(|row| match row {
        Row::Region(region) if region.code[..2] == *country => Some(&region.code[3..]),
        _ => None,
    })
}

/// The readings of a people or adjective: those of its place.
pub(super) fn demonym(place: &'static str) -> Vec<Reading> {
    let words: Vec<&str> = place.split([' ', '-']).collect();
    let mut readings = readings(&words, entry(place));
    readings.truncate(1);
    readings.iter_mut().for_each(|r| r.demonym = true);
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        let words: Vec<&str> = name.split(' ').collect();
        let found: Vec<String> = readings(&words, entry(name))
            .iter()
            .take(3)
            .map(|r| format!("{} {} {}-{}", r.name, r.kind.as_str(), r.country, r.division))
            .collect();
        assert_eq!(found.join(", "), expected, "{name}");
    }

    #[test]
    fn likeliest_first() {
        check("Xyzzy", "");
        check("Georgia", "Georgia country GE-, Georgia region US-GA");
        check("Kiev", "Kyiv city UA-30");
        check("Bavaria", "Bavaria region DE-BY");
        check("Singapore", "Singapore country SG-, Singapore city SG-");
        check("Washington", "Washington city US-DC, Washington State region US-WA, Washington city GB-ENG");
        check("Springfield", "Springfield city US-MO, Springfield city US-MA, Springfield city US-IL");
        check("Kursk region", "Kursk region region RU-KRS");
    }
}
