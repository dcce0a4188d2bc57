//! The gazetteer: what countries, their people, capitals and seats of government are called.
//!
//! News names a state in many ways: "North Korea", "the DPRK", "North Korean", "Pyongyang". [`lookup`] knows a
//! phrase by itself, [`at`] the longest one that begins at a token. The knowledge is in
//! `lexicon/countries.tsv`, codes after ISO 3166-1.
//!
//! Names are found with their case as written: "turkey" is a bird and "us" a pronoun. A text in capitals
//! ("SEOUL") is understood. Hyphens count as word boundaries, so that "Russia-Ukraine" names two states.
//!
//! ```
//! use reportedly::language::gazetteer::{Sense, lookup};
//! let (country, sense) = lookup("North Koreans").expect("in the table");
//! assert_eq!((country.name, sense), ("North Korea", Sense::Adjective));
//! assert_eq!(lookup("Pyongyang").expect("in the table").1, Sense::Capital);
//! assert!(lookup("turkey").is_none());
//! ```

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Annotated;
use crate::span::Span;

/// A state or territory and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code ("KP").
    pub code: &'static str,
    /// Name used in results ("North Korea").
    pub name: &'static str,
    /// Other names ("DPRK").
    pub aliases: Vec<&'static str>,
    /// Adjectives ("North Korean"); their plural in -s means the people.
    pub adjectives: Vec<&'static str>,
    /// Other words for its people ("Danes").
    pub people: Vec<&'static str>,
    /// Capital; after the first, other capitals and spellings ("Kyiv", "Kiev").
    pub capitals: Vec<&'static str>,
    /// Buildings and streets that stand for its government ("Kremlin").
    pub seats: Vec<&'static str>,
}

/// How a phrase names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sense {
    /// By its name: "North Korea", "DPRK".
    Name,
    /// By an adjective or its people: "North Korean", "North Koreans".
    Adjective,
    /// By its capital: "Pyongyang".
    Capital,
    /// By the seat of its government: "the Kremlin".
    Seat,
}

/// The country that a phrase names, and how. A leading "the" is allowed.
#[must_use]
pub fn lookup(phrase: &str) -> Option<(&'static Country, Sense)> {
    let phrase = phrase.trim();
    let phrase = phrase.strip_prefix("the ").or_else(|| phrase.strip_prefix("The ")).unwrap_or(phrase);
    if phrase.len() > 64 {
        return None;
    }
    let mut words = Vec::new();
    split_word(phrase, 0, &mut words);
    let words: Vec<&str> = words.iter().map(|w| w.of(phrase)).collect();
    NAMES.get(&words)
}

/// The country with that ISO 3166-1 alpha-2 code.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Country> {
    static INDEX: LazyLock<FxHashMap<&'static str, &'static Country>> =
        LazyLock::new(|| COUNTRIES.iter().map(|c| (c.code, c)).collect());
    INDEX.get(code).copied()
}

/// The longest phrase that names a country and begins at token `i`: its tokens, the country, and how.
///
/// In "Russia-Ukraine", one token, only the first name is found; "U.S.-led" is found as "U.S.". A match inside a
/// longer name of another country ("Guinea" in "Papua New Guinea") is none.
#[must_use]
pub fn at(article: &Annotated<'_>, i: usize) -> Option<(Range<usize>, &'static Country, Sense)> {
    let found = prefix(article, i)?;
    let longer = (1..=3).any(|back| {
        i.checked_sub(back).and_then(|j| prefix(article, j)).is_some_and(|(before, ..)| before.end > i)
    });
    if longer { None } else { Some(found) }
}

fn prefix(article: &Annotated<'_>, i: usize) -> Option<(Range<usize>, &'static Country, Sense)> {
    if i >= article.tokens.len() || !may_name(article.word(i)) {
        return None;
    }
    let words = words_from(article, i, NAMES.longest);
    let (used, (country, sense)) = NAMES.longest_match(article.text(), &words)?;
    let last = words[used - 1].token;
    Some((i..last + 1, country, sense))
}

/// Whether a word can open a name: names begin with a capital or a digit ("10 Downing Street").
pub(crate) fn may_name(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// A word of a phrase: a token, or the part of one between hyphens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The token it belongs to.
    pub(crate) token: usize,
    /// Its text, without a possessive ending.
    pub(crate) span: Span,
}

/// Up to `limit` words from token `i` on, within its sentence.
pub(crate) fn words_from(article: &Annotated<'_>, i: usize, limit: usize) -> Vec<Word> {
    let sentence = article.sentences.get(article.sentence_of(i));
    let end = sentence.map_or(i + 1, |s| s.tokens().end).min(article.tokens.len());
    let mut words = Vec::with_capacity(limit);
    let mut spans = Vec::new();
    for token in i..end {
        let span = article.span(token);
        spans.clear();
        // No name is this long; what is goes uncut, so that text without spaces costs no more than other text.
        if span.len() > 120 {
            spans.push(span);
        } else {
            split_word(span.of(article.text()), span.start(), &mut spans);
        }
        words.extend(spans.iter().map(|&span| Word { token, span }));
        if words.len() >= limit {
            break;
        }
    }
    words.truncate(limit);
    words
}

/// Splits at white space and hyphens, and drops a possessive ending that the tokenizer may have left.
pub(crate) fn split_word(text: &str, offset: usize, into: &mut Vec<Span>) {
    let mut start = 0;
    let mut push = |from: usize, to: usize| {
        let part = &text[from..to];
        let part = ["'s", "’s"].iter().find_map(|s| part.strip_suffix(s)).unwrap_or(part);
        if !part.is_empty() {
            into.push(Span::new(offset + from, offset + from + part.len()));
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '/') {
            push(start, at);
            start = at + c.len_utf8();
        }
    }
    push(start, text.len());
}

/// Phrases to values, matched by words: folded to find them, then compared in case.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    /// Folded phrase, words separated by spaces, to each way of writing it.
    entries: FxHashMap<String, Vec<(&'static str, T)>>,
    /// Folded first words and the number of words of the longest phrase that begins so.
    first: FxHashMap<String, usize>,
    /// Number of words of the longest phrase.
    pub(crate) longest: usize,
}

impl<T: Copy> Phrases<T> {
    /// Builds the index; of phrases written alike the first is kept.
    pub(crate) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut out = Phrases { entries: FxHashMap::default(), first: FxHashMap::default(), longest: 0 };
        for (phrase, value) in phrases {
            let mut spans = Vec::new();
            split_word(phrase, 0, &mut spans);
            let words: Vec<&str> = spans.iter().map(|s| s.of(phrase)).collect();
            if words.is_empty() {
                continue;
            }
            let same = out.entries.entry(key(&words)).or_default();
            if !same.iter().any(|(written, _)| *written == phrase) {
                same.push((phrase, value));
            }
            let longest = out.first.entry(fold(words[0]).into_owned()).or_default();
            *longest = words.len().max(*longest);
            out.longest = words.len().max(out.longest);
        }
        out
    }

    /// The value of exactly these words.
    pub(crate) fn get(&self, words: &[&str]) -> Option<T> {
        if words.is_empty() || words.len() > self.longest {
            return None;
        }
        let written = self.entries.get(&key(words))?;
        written.iter().find(|(form, _)| same_case(form, words)).map(|(_, value)| *value)
    }

    /// The longest phrase that `words` begins with: its number of words and its value.
    pub(crate) fn longest_match(&self, text: &str, words: &[Word]) -> Option<(usize, T)> {
        let first = words.first()?.span.of(text);
        // The longest entry has under twenty letters in a word; this bounds the work on text without spaces.
        if first.len() > 40 {
            return None;
        }
        let longest = *self.first.get(fold(first).as_ref())?;
        let words: Vec<&str> = words.iter().take(longest).map(|w| w.span.of(text)).collect();
        (1..=words.len()).rev().find_map(|n| self.get(&words[..n]).map(|value| (n, value)))
    }
}

fn key(words: &[&str]) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&fold(word));
    }
    out
}

/// Lower case, straight apostrophes, no full stops.
fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let kept =
        word.chars().filter(|&c| c != '.').map(|c| if matches!(c, '’' | 'ʼ' | '‘') { '\'' } else { c });
    Cow::Owned(kept.flat_map(char::to_lowercase).collect())
}

/// Whether `words` may be the entry `form` as far as case goes: capitals stand where the entry has them; words of
/// more than three letters may be all capitals.
pub(crate) fn same_case(form: &str, words: &[&str]) -> bool {
    let mut spans = Vec::new();
    split_word(form, 0, &mut spans);
    spans.iter().map(|s| s.of(form)).zip(words).all(|(form, word)| {
        let upper = |s: &str| s.chars().any(char::is_uppercase) && !s.chars().any(char::is_lowercase);
        if upper(form) && form.chars().filter(|c| c.is_alphabetic()).count() > 1 {
            return upper(word);
        }
        let capital = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
        capital(form) == capital(word) || (upper(word) && word.len() > 3)
    })
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/countries.tsv")).filter_map(|row| country(&row)).collect()
});

fn country(row: &[&'static str]) -> Option<Country> {
    let &[code, name, aliases, adjectives, people, capitals, seats] = row else { return None };
    Some(Country {
        code,
        name,
        aliases: list(aliases),
        adjectives: list(adjectives),
        people: list(people),
        capitals: list(capitals),
        seats: list(seats),
    })
}

/// Every country, in the order of the table.
#[must_use]
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// The rows of a table, split at tabs; comments and empty lines left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    crate::lexicon::rows(table).map(|l| l.split('\t').collect())
}

/// The entries of a cell.
pub(crate) fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split('|').map(str::trim).filter(|s| !s.is_empty()).collect()
}

static NAMES: LazyLock<Phrases<(&'static Country, Sense)>> = LazyLock::new(|| Phrases::new(names()));

/// Every phrase of the table with its meaning, names first: "Singapore" is a name before it is a capital.
pub(crate) fn names() -> Vec<(&'static str, (&'static Country, Sense))> {
    let mut out = Vec::new();
    let all = || COUNTRIES.iter();
    for c in all() {
        out.push((c.name, (c, Sense::Name)));
        out.extend(c.aliases.iter().map(|&a| (a, (c, Sense::Name))));
    }
    for c in all() {
        for &adjective in &c.adjectives {
            out.push((adjective, (c, Sense::Adjective)));
            out.extend(plural(adjective).map(|p| (p, (c, Sense::Adjective))));
        }
        out.extend(c.people.iter().map(|&p| (p, (c, Sense::Adjective))));
    }
    for c in all() {
        out.extend(c.capitals.iter().map(|&p| (p, (c, Sense::Capital))));
        out.extend(c.seats.iter().map(|&p| (p, (c, Sense::Seat))));
    }
    out
}

/// "North Koreans", for adjectives that make a plural in -s; leaked once, as the table is.
fn plural(adjective: &'static str) -> Option<&'static str> {
    let regular = ["an", "i", "b", "k", "ot", "r", "ch", "o", "a", "ene", "ard"];
    let irregular = ["French", "Greenlandic", "Greek Cypriots"];
    if !regular.iter().any(|end| adjective.ends_with(end)) || irregular.contains(&adjective) {
        return None;
    }
    Some(Box::leak(format!("{adjective}s").into_boxed_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, expected: &str) {
        let found = lookup(phrase).map(|(c, s)| format!("{} {s:?}", c.name)).unwrap_or_default();
        assert_eq!(found, expected, "{phrase}");
    }

    #[test]
    fn words_that_name_no_country() {
        for phrase in [
            "", "the", "us", "turkey", "china", "polish", "Korea", "it", "us.", "chad", "Times", "-", "’s",
            "\0",
        ] {
            check(phrase, "");
        }
    }

    #[test]
    fn names() {
        check("North Korea", "North Korea Name");
        check("DPRK", "North Korea Name");
        check("U.S.", "United States Name");
        check("US", "United States Name");
        check("the United States", "United States Name");
        check("The Netherlands", "Netherlands Name");
        check("TURKEY", "Turkey Name");
        check("Türkiye", "Turkey Name");
        check("UAE", "United Arab Emirates Name");
        check("Democratic Republic of the Congo", "Democratic Republic of the Congo Name");
        check("Guinea-Bissau", "Guinea-Bissau Name");
        check("Guinea", "Guinea Name");
        check("Côte d’Ivoire", "Ivory Coast Name");
    }

    #[test]
    fn adjectives_and_people() {
        check("North Korean", "North Korea Adjective");
        check("North Koreans", "North Korea Adjective");
        check("British", "United Kingdom Adjective");
        check("Danes", "Denmark Adjective");
        check("Ukrainians", "Ukraine Adjective");
        check("Israelis", "Israel Adjective");
        check("Polish", "Poland Adjective");
    }

    #[test]
    fn capitals_and_seats() {
        check("Pyongyang", "North Korea Capital");
        check("Seoul", "South Korea Capital");
        check("SEOUL", "South Korea Capital");
        check("Kiev", "Ukraine Capital");
        check("Washington", "United States Capital");
        check("Washington, D.C.", "United States Capital");
        check("the Kremlin", "Russia Seat");
        check("Downing Street", "United Kingdom Seat");
        check("the White House", "United States Seat");
        check("the Blue House", "South Korea Seat");
    }

    #[track_caller]
    fn check_at(text: &str, i: usize, expected: &str) {
        let document = crate::extract::specimen::document(text, "");
        let article = crate::language::annotate(&document).compounded();
        let found =
            at(&article, i).map(|(range, c, s)| format!("{range:?} {} {s:?}", c.name)).unwrap_or_default();
        assert_eq!(found, expected, "{text} at {i}");
    }

    #[test]
    fn names_in_text() {
        check_at("It told us so.", 2, "");
        check_at("In Papua New Guinea it rains.", 3, "");
        check_at("In Papua New Guinea it rains.", 1, "1..4 Papua New Guinea Name");
        check_at("North Koreans march.", 0, "0..2 North Korea Adjective");
        check_at("The United Arab Emirates’s role", 1, "1..4 United Arab Emirates Name");
        check_at("U.S.-led sanctions", 0, "0..1 United States Name");
        check_at("Russia-Ukraine war", 0, "0..1 Russia Name");
        check_at("", 0, "");
    }

    #[test]
    fn the_table_is_well_formed() {
        let table = include_str!("../../lexicon/countries.tsv");
        assert_eq!(rows(table).count(), COUNTRIES.len(), "every row has seven columns");
        let mut codes: Vec<&str> = COUNTRIES.iter().map(|c| c.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), COUNTRIES.len());
        assert!(codes.len() > 195);
        for c in countries() {
            assert!(c.code.len() == 2 && c.code.bytes().all(|b| b.is_ascii_uppercase()), "{c:?}");
            assert_eq!(lookup(c.name).map(|(c, _)| c.code), Some(c.code));
            for name in
                c.aliases.iter().chain(&c.adjectives).chain(&c.people).chain(&c.capitals).chain(&c.seats)
            {
                assert_eq!(lookup(name).map(|(c, _)| c.code), Some(c.code), "{name}");
            }
        }
    }
}
