//! The tables of cities, regions and counties, and the index that finds their rows by name.
//!
//! `lexicon/cities.tsv` has some 34,000 rows. They stay the bytes that were compiled in: the index holds for each name
//! a hash and where its row begins, eight bytes in all, in order of the hash, and a row is read when its name was
//! found. So the tables cost a few milliseconds once, and under half a megabyte.

use std::sync::LazyLock;

use super::fold::Folded;
use crate::language::gazetteer::same_case;

static CITIES: &str = include_str!("../../../lexicon/cities.tsv");
static REGIONS: &str = include_str!("../../../lexicon/regions.tsv");
static COUNTIES: &str = include_str!("../../../lexicon/counties.tsv");

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Row {
    City(City),
    Region(Region),
    County(County),
}

/// A city of GeoNames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct City {
    pub(super) name: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub(super) country: &'static str,
    /// ISO 3166-2 code without the country; may be empty.
    pub(super) division: &'static str,
    pub(super) geonames: u32,
    /// Inhabitants in thousands.
    pub(super) thousands: u32,
    pub(super) coordinates: (f64, f64),
}

/// A first-order division of a country.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Region {
    /// ISO 3166-2 code.
    pub(super) code: &'static str,
    /// Name without the word of its sort ("Kursk").
    pub(super) bare: &'static str,
    /// Name with it ("Kursk Oblast"), or the same.
    pub(super) name: &'static str,
    /// Inhabitants of its cities, in thousands.
    pub(super) thousands: u32,
}

/// Counties of one name in the United States.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct County {
    pub(super) name: &'static str,
    /// Postal codes of the states that have one, separated by `|`.
    pub(super) states: &'static str,
}

/// Which table, in the upper two bits of a place in the index.
const TABLES: [&str; 3] = ["cities", "regions", "counties"];
const SHIFT: u32 = 30;

struct Index {
    /// Hash of a folded name, and table and byte where its row begins; in order.
    rows: Vec<(u32, u32)>,
    /// One bit for each hash of a first word, by its upper 18 bits.
    first: Vec<u64>,
    /// Words of the longest name.
    longest: usize,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index { rows: Vec::with_capacity(48_000), first: vec![0; 1 << 12], longest: 0 };
    for (number, table) in TABLES.iter().enumerate() {
        let text = text_of(number);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let place = (number as u32) << SHIFT | at as u32;
            at += line.len();
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            for name in names(table, line.trim_end_matches(['\n', '\r'])) {
                index.add(name, place);
            }
        }
    }
    index.rows.sort_unstable();
    index.rows.dedup();
    index
});

fn text_of(table: usize) -> &'static str {
    [CITIES, REGIONS, COUNTIES][table]
}

/// The names in a row.
fn names<'l>(table: &str, line: &'l str) -> impl Iterator<Item = &'l str> {
    let (first, other) = match table {
        "cities" => (0, 7),
        "regions" => (1, 2),
        _ => (0, usize::MAX),
    };
    let cell = line.split('\t').nth(first).unwrap_or_default();
    let others = line.split('\t').nth(other).unwrap_or_default();
    std::iter::once(cell).chain(others.split('|')).filter(|name| !name.is_empty())
}

impl Index {
    fn add(&mut self, name: &str, place: u32) {
        let Some(folded) = Folded::whole(name) else { return };
        self.rows.push((folded.hash(), place));
        let words = folded.as_bytes().split(|b| *b == b' ').count();
        self.longest = self.longest.max(words);
        let word = name.split([' ', '-', '–']).next().unwrap_or(name);
        if let Some(word) = Folded::of([word]) {
            let bit = word.hash() >> 14;
            self.first[bit as usize >> 6] |= 1 << (bit & 63);
        }
    }

    fn may_begin(&self, word: &Folded) -> bool {
        let bit = word.hash() >> 14;
        self.first[bit as usize >> 6] & (1 << (bit & 63)) != 0
    }
}

/// Words of the longest name that are looked at: longer ones are districts that news does not write out.
const LONGEST: usize = 5;

/// The number of words of the longest name that `words` begin with, if there is one.
pub(super) fn longest_match(words: &[&str]) -> Option<usize> {
    let index = &*INDEX;
    let mut folded = Folded::new();
    let mut prefixes = [0; LONGEST];
    let mut count = 0;
    for word in words.iter().take(LONGEST.min(index.longest)) {
        if !word.contains(char::is_alphanumeric)
            || !folded.push(word)
            || (count == 0 && !index.may_begin(&folded))
        {
            break;
        }
        prefixes[count] = folded.hash();
        count += 1;
    }
    (1..=count).rev().find(|n| {
        let hash = prefixes[n - 1];
        let at = index.rows.partition_point(|row| row.0 < hash);
        index.rows.get(at).is_some_and(|row| row.0 == hash) && !rows(&words[..*n]).is_empty()
    })
}

/// The rows with exactly that name, in the order of the tables: cities by size, regions, counties.
pub(super) fn rows(words: &[&str]) -> Vec<Row> {
    let Some(folded) = Folded::of(words.iter().copied()) else { return Vec::new() };
    let hash = folded.hash();
    let all = &INDEX.rows;
    let at = all.partition_point(|row| row.0 < hash);
    let same = all[at..].iter().take_while(|row| row.0 == hash);
    let mut places: Vec<u32> = same
        .filter(|row| {
            let (table, line) = line(row.1);
            names(TABLES[table], line).any(|name| {
                Folded::whole(name).is_some_and(|f| f.as_bytes() == folded.as_bytes())
                    && same_case(name, words)
            })
        })
        .map(|row| row.1)
        .collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(read).collect()
}

fn line(place: u32) -> (usize, &'static str) {
    let table = (place >> SHIFT) as usize;
    let rest = &text_of(table)[(place & ((1 << SHIFT) - 1)) as usize..];
    (table, rest.lines().next().unwrap_or_default())
}

fn read(place: u32) -> Option<Row> {
    let (table, line) = line(place);
    let mut cells = line.split('\t');
    let mut next = || cells.next().unwrap_or_default();
    Some(match TABLES[table] {
        "cities" => Row::City(City {
            name: next(),
            country: next(),
            division: next(),
            geonames: next().parse().ok()?,
            thousands: next().parse().ok()?,
            coordinates: (next().parse().ok()?, next().parse().ok()?),
        }),
        "regions" => {
            let (code, name, bare) = (next(), next(), next());
            let bare = if bare.is_empty() { name } else { bare };
            Row::Region(Region { code, name, bare, thousands: next().parse().ok()? })
        }
        _ => Row::County(County { name: next(), states: next() }),
    })
}

/// The division of that ISO 3166-2 code.
pub(super) fn region(code: &str) -> Option<Region> {
    static BY_CODE: LazyLock<Vec<(&'static str, u32)>> = LazyLock::new(|| {
        let mut at = 0;
        let mut out: Vec<(&str, u32)> = Vec::new();
        for line in REGIONS.split_inclusive('\n') {
            if !line.starts_with('#') {
                out.push((line.split('\t').next().unwrap_or_default(), 1 << SHIFT | at as u32));
            }
            at += line.len();
        }
        out.sort_unstable();
        out
    });
    let at = BY_CODE.binary_search_by_key(&code, |row| row.0).ok()?;
    match read(BY_CODE[at].1)? {
        Row::Region(region) => Some(region),
        _ => None,
    }
}

/// GeoNames ids of the largest cities.
#[cfg(feature = "train")]
pub(super) fn largest(count: usize) -> Vec<u32> {
    let mut cities: Vec<(u32, u32)> = CITIES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t').skip(3);
            Some((cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
        })
        .collect();
    cities.sort_by_key(|c| (std::cmp::Reverse(c.1), c.0));
    cities.into_iter().take(count).map(|c| c.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::gazetteer::by_code;

    fn cities(name: &str) -> Vec<(u32, &'static str)> {
        let words: Vec<&str> = name.split([' ', '-']).collect();
        let found = rows(&words).into_iter();
        found
            .filter_map(|row| if let Row::City(c) = row { Some((c.geonames, c.country)) } else { None })
            .collect()
    }

    #[test]
    fn names_that_are_none() {
        for name in ["", "paris", "nice", "reading", "Xyzzy", "Київ", "the", "OR"] {
            assert!(cities(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn cities_by_name() {
        assert_eq!(cities("Kyiv"), [(703_448, "UA")]);
        assert_eq!(cities("KIEV"), [(703_448, "UA")]);
        assert_eq!(cities("Bombay"), [(1_275_339, "IN")]);
        assert_eq!(cities("Zurich"), [(2_657_896, "CH")]);
        assert_eq!(cities("Stoke-on-Trent"), [(2_636_841, "GB")]);
        assert_eq!(cities("Paris"), [(2_988_507, "FR"), (4_717_560, "US")]);
        assert_eq!(longest_match(&["New", "York", "City", "is"]), Some(3));
        assert_eq!(longest_match(&["Fulton", "County", "Jail"]), Some(2));
        assert_eq!(longest_match(&["Hello", "Kitty"]), None);
    }

    #[test]
    fn regions_by_code() {
        assert_eq!(region("RU-KRS").map(|r| r.bare), Some("Kursk"));
        assert_eq!(region("US-GA").map(|r| r.name), Some("Georgia"));
        assert_eq!(region("XX-YY"), None);
    }

    #[test]
    fn the_tables_are_well_formed() {
        let mut ids = Vec::new();
        for (table, text) in [CITIES, REGIONS, COUNTIES].iter().enumerate() {
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                let place = (table as u32) << SHIFT | at as u32;
                at += line.len();
                if line.starts_with('#') {
                    continue;
                }
                match read(place).unwrap_or_else(|| panic!("{line}")) {
                    Row::City(city) => {
                        let (latitude, longitude) = city.coordinates;
                        assert!(latitude.abs() <= 90.0 && longitude.abs() <= 180.0, "{line}");
                        assert!(city.country.len() == 2, "{line}");
                        let code = format!("{}-{}", city.country, city.division);
                        assert!(city.division.is_empty() || region(&code).is_some(), "{line}");
                        ids.push(city.geonames);
                    }
                    Row::Region(r) => assert!(r.code.as_bytes().get(2) == Some(&b'-'), "{line}"),
                    Row::County(county) => {
                        for state in county.states.split('|') {
                            assert!(region(&format!("US-{state}")).is_some(), "{line}");
                        }
                    }
                }
            }
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert!(ids.len() == count && count > 30_000);
        let named = |r: Region| by_code(&r.code[..2]).is_some();
        assert!(region("UA-14").is_some_and(named));
    }
}
