//! Places: countries, regions, cities and continents, by name, adjective or people.
//!
//! Names come from the [gazetteer](crate::language::gazetteer) and from `lexicon/places.tsv`; the longest one
//! wins. A country or region may be narrowed by a point of the compass ("eastern Russia") or widened by a word
//! such as "region" ("the Donetsk region"). Place names inside the names of people ("Lloyd Austin") and of
//! newspapers ("Moscow Times") are left alone.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::document::{Place, PlaceKind, PlaceSense, Tag};
use crate::language::Annotated;
use crate::language::gazetteer::{self, Phrases, Sense, list, may_name, rows, words_from};
use crate::span::Span;

/// The places named in the document, in order, not overlapping.
#[must_use]
pub fn places(article: &Annotated<'_>) -> Vec<Place> {
    let candidates = candidates(article);
    // "Austin said" after "Lloyd Austin" is still the man.
    let people: FxHashSet<&str> =
        candidates.iter().filter(|c| c.person).map(|c| c.span.of(article.text())).collect();
    let georgia_is_a_state = georgia_is_a_state(&candidates);
    let mut out = Vec::new();
    for c in &candidates {
        if c.person || c.part_of_name {
            continue;
        }
        if people.contains(c.span.of(article.text())) && !follows_local_preposition(article, c.first) {
            continue;
        }
        let mut place = widened(article, c);
        if c.entry.name == "Georgia" && georgia_is_a_state {
            place.kind = PlaceKind::Region;
            place.country = Some("US".to_owned());
        }
        out.push(place);
    }
    out
}

/// ISO 3166-1 alpha-2 code of the country in which the place of that canonical name lies, as [`places`] gives it.
#[must_use]
pub fn country_code(name: &str) -> Option<&'static str> {
    let bare = match name.split_once(' ') {
        Some((first, rest)) if COMPASS.contains(&first) => rest,
        _ => name
            .rsplit_once(' ')
            .filter(|(_, last)| ADMINISTRATIVE.contains(last))
            .map_or(name, |(first, _)| first),
    };
    let find = |name: &str| {
        let mut spans = Vec::new();
        gazetteer::split_word(name, 0, &mut spans);
        let words: Vec<&str> = spans.iter().map(|s| s.of(name)).collect();
        NAMES.get(&words)
    };
    find(name).or_else(|| find(bare)).map(|e| e.code).filter(|code| !code.is_empty())
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
struct Entry {
    name: &'static str,
    kind: PlaceKind,
    code: &'static str,
    adjective: bool,
}

/// A name found in the text, before it is known to be a place.
#[derive(Debug)]
struct Candidate {
    entry: Entry,
    span: Span,
    /// First token.
    first: usize,
    /// Last token.
    last: usize,
    /// Whether it begins and ends with its tokens, and is not a part of a hyphenated word.
    whole: bool,
    /// Whether it is a person's name here.
    person: bool,
    /// Whether it is part of another name, such as a newspaper's.
    part_of_name: bool,
}

static NAMES: LazyLock<Phrases<Entry>> = LazyLock::new(|| {
    let countries = gazetteer::names().into_iter().filter(|(_, (_, sense))| *sense != Sense::Seat);
    let countries = countries.map(|(phrase, (country, sense))| {
        let (name, kind) = match sense {
            Sense::Capital => (capital(country, phrase), PlaceKind::City),
            _ => (country.name, PlaceKind::Country),
        };
        (phrase, Entry { name, kind, code: country.code, adjective: sense == Sense::Adjective })
    });
    let others = rows(include_str!("../../lexicon/places.tsv")).flat_map(|row| {
        let mut out = Vec::new();
        if let &[name, kind, code, aliases] = row.as_slice() {
            let kind = match kind {
                "city" => PlaceKind::City,
                "continent" => PlaceKind::Continent,
                _ => PlaceKind::Region,
            };
            for phrase in std::iter::once(name).chain(list(aliases)) {
                out.push((phrase, Entry { name, kind, code, adjective: is_adjective(phrase) }));
            }
        }
        out
    });
    Phrases::new(countries.chain(others))
});

/// One name for the spellings of a capital ("Kiev": Kyiv); second capitals keep their own ("Sucre").
fn capital(country: &'static gazetteer::Country, phrase: &'static str) -> &'static str {
    match country.capitals.first() {
        Some(&first) if phrase.chars().next() == first.chars().next() => first,
        _ => phrase,
    }
}

/// Adjectives of `places.tsv` stand among the aliases; their endings tell them.
fn is_adjective(phrase: &str) -> bool {
    ["an", "ans", "ish", "ern", "ese", "ri", "ris", "ni", "zan", "zans", "emish", "Welsh", "Scots", "Basque"]
        .iter()
        .any(|end| phrase.ends_with(end))
}

fn candidates(article: &Annotated<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    for sentence in article.sentences.iter() {
        let mut i = sentence.first_token as usize;
        let end = sentence.tokens().end.min(article.tokens.len());
        while i < end {
            i = from_token(article, i, end, &mut out);
        }
    }
    out
}

/// Collects the names that begin in token `i`, and returns the next token to look at.
fn from_token(article: &Annotated<'_>, i: usize, end: usize, out: &mut Vec<Candidate>) -> usize {
    let word = article.word(i);
    let hyphenated = word.contains(['-', '–', '—', '/', '‑', '‐']);
    let joined = hyphenated && word.len() < 80;
    if !may_name(word) && !joined {
        return i + 1;
    }
    let text = article.text();
    // A long run of hyphens in one token costs no more than its first few parts.
    let words = words_from(article, i, NAMES.longest + 8);
    let mut at = 0;
    while at < words.len() && words[at].token == i {
        let found =
            if may_name(words[at].span.of(text)) { NAMES.longest_match(text, &words[at..]) } else { None };
        let Some((used, entry)) = found else {
            at += 1;
            continue;
        };
        let (first, last) = (words[at], words[at + used - 1]);
        let span = first.span.cover(last.span);
        let whole = first.span.start() == article.span(i).start()
            && last.span.end() == article.span(last.token).end();
        let (person, part_of_name) =
            if whole { other_name(article, i, last.token, end, entry) } else { (false, false) };
        out.push(Candidate { entry, span, first: i, last: last.token, whole, person, part_of_name });
        at += used;
        if last.token > i {
            // The rest of a hyphenated last token, as in "North Korea-Russia", is looked at as a token of its own.
            let rest = &words[at..];
            for word in rest.iter().take_while(|w| w.token == last.token) {
                if let Some((1, entry)) = NAMES.longest_match(text, &[*word]) {
                    let (first, last) = (word.token, word.token);
                    out.push(Candidate {
                        entry,
                        span: word.span,
                        first,
                        last,
                        whole: false,
                        person: false,
                        part_of_name: false,
                    });
                }
            }
            return last.token + 1;
        }
    }
    i + 1
}

/// Whether the name in tokens `first..=last` is a person's, or part of another name.
fn other_name(article: &Annotated<'_>, first: usize, last: usize, end: usize, entry: Entry) -> (bool, bool) {
    let next = (last + 1 < end).then(|| article.word(last + 1));
    if next.is_some_and(|w| capital_initial(w) && MEDIA.contains(&article.lower(last + 1)))
        && !entry.adjective
    {
        return (false, true);
    }
    if first != last || !NAMESAKES.contains(article.word(first)) {
        return (false, false);
    }
    let start = article.sentences.get(article.sentence_of(first)).map_or(0, |s| s.first_token as usize);
    if first > start {
        let before = article.lower(first - 1);
        if PERSONAL_TITLES.contains(&before.trim_end_matches('.')) && capital_initial(article.word(first - 1))
        {
            return (true, false);
        }
        if name_like(article, first - 1, first - 1 == start) {
            return (true, false);
        }
        // "Lloyd J. Austin"
        if is_initial(article.word(first - 1)) {
            return (true, false);
        }
    }
    let surname = !entry.adjective
        && last + 1 < end
        && name_like(article, last + 1, false)
        && article.tag(last + 1) != Tag::NNPS
        && !IN_PLACE_NAMES.contains(&article.lower(last + 1).trim_end_matches('.'));
    (surname && !follows_local_preposition(article, first), false)
}

/// Whether token `i` looks like part of a person's name.
fn name_like(article: &Annotated<'_>, i: usize, opens_sentence: bool) -> bool {
    let word = article.word(i);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let proper = article.tag(i) == Tag::NNP;
    capital_initial(word)
        && letters > 1
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        && word.chars().any(char::is_lowercase)
        && proper
        && (!opens_sentence || article.lemma(i) != article.lower(i))
        && !IN_PLACE_NAMES.contains(&article.lower(i))
        && !CALENDAR.contains(&article.lower(i))
        && gazetteer::lookup(word).is_none()
}

fn is_initial(word: &str) -> bool {
    word.len() == 2 && word.ends_with('.') && word.starts_with(|c: char| c.is_ascii_uppercase())
}

fn capital_initial(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn follows_local_preposition(article: &Annotated<'_>, first: usize) -> bool {
    first > 0
        && ["in", "at", "near", "to", "from", "into", "across", "throughout"]
            .contains(&article.lower(first - 1))
}

/// "Georgia" is the American state when the text speaks of American states and cities and never of Tbilisi.
fn georgia_is_a_state(candidates: &[Candidate]) -> bool {
    let mut states = false;
    for c in candidates {
        match (c.entry.name, c.entry.code) {
            ("Tbilisi" | "Batumi" | "Abkhazia" | "South Ossetia" | "Caucasus" | "Gori", _) => return false,
            (_, "RU" | "AM" | "AZ") => return false,
            ("Georgia", _) if c.entry.adjective => return false,
            (_, "US") if c.entry.kind != PlaceKind::Country && c.entry.name != "Washington" => states = true,
            _ => {}
        }
    }
    states
}

/// The place with the words around it that narrow it or name its sort.
fn widened(article: &Annotated<'_>, c: &Candidate) -> Place {
    let Entry { name, kind, code, adjective } = c.entry;
    let mut place = Place {
        span: c.span,
        name: name.to_owned(),
        kind,
        country: Some(code.to_owned()).filter(|code| !code.is_empty()),
        subdivision: None,
        sense: if adjective { PlaceSense::Demonym } else { PlaceSense::Location },
        geonames: None,
        coordinates: None,
    };
    if adjective || !c.whole {
        return place;
    }
    let sentence = article.sentences.get(article.sentence_of(c.first));
    let (start, end) = sentence.map_or((c.first, c.last + 1), |s| (s.first_token as usize, s.tokens().end));
    let land = matches!(kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Continent);
    if land && c.first > start && COMPASS.contains(&article.lower(c.first - 1)) {
        place.span = article.span(c.first - 1).cover(c.span);
        place.name = format!("{} {name}", article.lower(c.first - 1));
        place.kind = PlaceKind::Region;
    } else if kind == PlaceKind::City
        && c.last + 1 < end
        && ADMINISTRATIVE.contains(&article.lower(c.last + 1))
    {
        place.span = c.span.cover(article.span(c.last + 1));
        place.name = format!("{name} {}", article.lower(c.last + 1));
        place.kind = PlaceKind::Region;
    }
    place
}

const COMPASS: &[&str] = &[
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "north-eastern",
    "north-western",
    "south-eastern",
    "south-western",
    "mainland",
    "far-eastern",
];

const ADMINISTRATIVE: &[&str] =
    &["region", "oblast", "province", "governorate", "district", "prefecture", "county", "krai"];

const MEDIA: &[&str] = &[
    "times",
    "post",
    "herald",
    "daily",
    "news",
    "independent",
    "globe",
    "tribune",
    "journal",
    "gazette",
    "chronicle",
    "telegraph",
    "examiner",
    "inquirer",
    "guardian",
    "today",
    "observer",
    "standard",
    "mirror",
    "review",
    "sun",
    "star",
    "monitor",
    "press",
    "magazine",
];

const PERSONAL_TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "sen",
    "senator",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "gov",
    "governor",
    "president",
    "secretary",
    "judge",
    "justice",
    "gen",
    "general",
    "col",
    "colonel",
    "maj",
    "lt",
    "capt",
    "captain",
    "sgt",
    "prof",
    "professor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "coach",
    "mayor",
    "st",
    "saint",
    "chairman",
    "speaker",
    "detective",
    "officer",
];

/// Capitalised words that follow or precede a place's name without making it a person's.
const IN_PLACE_NAMES: &[&str] = &[
    "city",
    "county",
    "state",
    "street",
    "avenue",
    "airport",
    "university",
    "college",
    "police",
    "department",
    "island",
    "islands",
    "river",
    "valley",
    "beach",
    "bay",
    "lake",
    "mayor",
    "governor",
    "gov",
    "senator",
    "sen",
    "president",
    "minister",
    "prime",
    "foreign",
    "defense",
    "defence",
    "attorney",
    "council",
    "court",
    "supreme",
    "republican",
    "republicans",
    "democrat",
    "democrats",
    "democratic",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "greater",
    "downtown",
    "upper",
    "lower",
    "new",
    "old",
    "former",
    "the",
    "in",
    "at",
    "from",
    "to",
    "and",
    "but",
    "of",
    "for",
    "on",
    "with",
    "by",
    "as",
    "while",
    "after",
    "before",
    "chamber",
    "ambassador",
    "embassy",
    "secretary",
    "national",
    "international",
    "federal",
    "united",
    "arab",
    "war",
    "conflict",
    "parliament",
    "army",
    "navy",
    "air",
    "bank",
    "school",
    "hospital",
    "museum",
    "house",
    "king",
    "queen",
    "prince",
    "premier",
    "chancellor",
    "amid",
    "over",
    "says",
    "ahead",
    "near",
    "senate",
    "district",
];

const CALENDAR: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

static NAMESAKES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/namesakes.tsv")).filter_map(|r| r.first().copied()).collect()
});

#[cfg(test)]
mod tests;
