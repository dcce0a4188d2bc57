//! The words of time (`lexicon/times.tsv`).

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::units::{Part, Season, Unit};
use crate::document::Modifier;
use crate::language::gazetteer::rows;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Word {
    /// Nothing to do with time.
    Other,
    Month(i8),
    MonthShort(i8),
    Weekday(i8),
    WeekdayShort(i8),
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    Part(Part),
    Parts(Part),
    Season(Season),
    /// "early", "late"
    Edge(Modifier),
    /// "beginning", "end"
    EdgeNoun(Modifier),
    /// "earlier", "later"
    Side(Modifier),
    Day(i64),
    Tonight,
    Reference(&'static str),
    Set(&'static str),
    /// Counted from now: "last", "this", "next".
    Shift(i64),
    /// Counted from what was told: "previous", "same", "following".
    Told(i64),
    Ordinal(i8),
    Cardinal(f64),
    /// "few", "several"
    Vague,
    Decade(i16),
    /// Before Christ or after.
    Era(bool),
    Zone(Option<i16>),
    Noon(i8),
    /// Another word that an expression can begin with.
    Opener,
    /// The first word of a holiday's name and nothing else.
    Holiday,
}

impl Word {
    /// Whether a sentence with this word may tell a time; words that only help others do not count.
    pub(super) fn tells(self) -> bool {
        use Word::{Cardinal, Edge, EdgeNoun, Opener, Ordinal, Other, Shift, Side, Told, Vague, Zone};
        !matches!(
            self,
            Other
                | Edge(_)
                | EdgeNoun(_)
                | Side(_)
                | Shift(_)
                | Told(_)
                | Ordinal(_)
                | Cardinal(_)
                | Vague
                | Zone(_)
                | Opener
        )
    }
}

/// What a word before or after an expression does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Stands outside and bounds it: "since", "by".
    Frame(Modifier),
    /// Belongs to a length: "more than".
    Bound(Modifier),
    /// Belongs to any expression: "about".
    About(Modifier),
}

#[derive(Default)]
struct Tables {
    words: FxHashMap<&'static str, Word>,
    /// Classes that the reader asks for by name: "year_before", "no_year_before", "future", …
    classes: FxHashMap<&'static str, FxHashSet<&'static str>>,
    /// Phrases by their last word, longest first.
    endings: FxHashMap<&'static str, Vec<(Vec<&'static str>, Effect)>>,
    /// Phrases by their first word, longest first.
    beginnings: FxHashMap<&'static str, Vec<(Vec<&'static str>, Effect)>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for row in rows(include_str!("../../../lexicon/times.tsv")) {
        let &[word, class, value] = row.as_slice() else { continue };
        if let Some(effect) = effect(class, value) {
            let words: Vec<&str> = word.split(' ').collect();
            let (first, last) = (words[0], words[words.len() - 1]);
            tables.beginnings.entry(first).or_default().push((words.clone(), effect));
            tables.endings.entry(last).or_default().push((words, effect));
        } else if value == "-" && class != "opener" && class != "vague" {
            tables.classes.entry(class).or_default().insert(word);
        } else if let Some(known) = parse(class, value) {
            tables.words.insert(word, known);
        }
    }
    for row in rows(include_str!("../../../lexicon/holidays.tsv")) {
        let first = row[0].split(' ').next().unwrap_or_default();
        if !first.starts_with(|c: char| c.is_ascii_digit()) {
            tables.words.entry(first).or_insert(Word::Holiday);
        }
    }
    for phrases in tables.beginnings.values_mut().chain(tables.endings.values_mut()) {
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    tables
});

fn effect(class: &str, value: &str) -> Option<Effect> {
    let modifier = || Modifier::from_name(value);
    match class {
        "frame" => Some(Effect::Frame(modifier()?)),
        "bound" => Some(Effect::Bound(modifier()?)),
        "about" => Some(Effect::About(modifier()?)),
        _ => None,
    }
}

fn parse(class: &str, value: &'static str) -> Option<Word> {
    let number = || value.parse::<i8>().ok();
    Some(match class {
        "month" => Word::Month(number()?),
        "month_short" => Word::MonthShort(number()?),
        "weekday" => Word::Weekday(number()?),
        "weekday_short" => Word::WeekdayShort(number()?),
        "weekdays" => Word::Weekdays(number()?),
        "unit" => Word::Unit(Unit::from_code(value)?),
        "units" => Word::Units(Unit::from_code(value)?),
        "part" => Word::Part(Part::from_code(value)?),
        "parts" => Word::Parts(Part::from_code(value)?),
        "season" => Word::Season(Season::from_code(value)?),
        "edge" => Word::Edge(Modifier::from_name(value)?),
        "edge_noun" => Word::EdgeNoun(Modifier::from_name(value)?),
        "side" => Word::Side(Modifier::from_name(value)?),
        "day" => Word::Day(value.parse().ok()?),
        "tonight" => Word::Tonight,
        "reference" => Word::Reference(value),
        "set" => Word::Set(value),
        "shift" => Word::Shift(value.parse().ok()?),
        "told" => Word::Told(value.parse().ok()?),
        "ordinal" => Word::Ordinal(number()?),
        "cardinal" => Word::Cardinal(value.parse().ok()?),
        "vague" => Word::Vague,
        "decade" => Word::Decade(value.parse().ok()?),
        "era" => Word::Era(value == "BC"),
        "zone" => Word::Zone(value.parse().ok()),
        "noon" => Word::Noon(number()?),
        "opener" => Word::Opener,
        _ => return None,
    })
}

/// What the word is, given in lower case.
pub(super) fn word(lower: &str) -> Word {
    // No word of the table is longer; this keeps hashing cheap on text without spaces.
    if lower.len() > 13 { Word::Other } else { TABLES.words.get(lower).copied().unwrap_or(Word::Other) }
}

/// Whether the word stands in a class of the table.
pub(super) fn is(class: &str, lower: &str) -> bool {
    TABLES.classes.get(class).is_some_and(|words| words.contains(lower))
}

/// Phrases of bounds that end with this word.
pub(super) fn ending_with(lower: &str) -> &'static [(Vec<&'static str>, Effect)] {
    TABLES.endings.get(lower).map_or(&[], Vec::as_slice)
}

/// Phrases of bounds that begin with this word.
pub(super) fn beginning_with(lower: &str) -> &'static [(Vec<&'static str>, Effect)] {
    TABLES.beginnings.get(lower).map_or(&[], Vec::as_slice)
}

/// Whether a token may be a part of a time: it holds a digit, or is a word of time, or is made of such.
pub(super) fn may_tell(lower: &str) -> bool {
    if lower.len() > 40 {
        return false;
    }
    if lower.bytes().any(|b| b.is_ascii_digit())
        || word(lower).tells()
        || matches!(lower, "past" | "future" | "present")
    {
        return true;
    }
    lower.contains('-') && lower.split('-').any(|part| word(part).tells())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = Vec::new();
        for row in rows(include_str!("../../../lexicon/times.tsv")) {
            let &[word, class, value] = row.as_slice() else { panic!("{row:?} has three columns") };
            let known = effect(class, value).is_some() || value == "-" || parse(class, value).is_some();
            assert!(known, "{row:?} has a known class and value");
            assert!(word.chars().all(|c| !c.is_uppercase()), "{row:?} is in lower case");
            assert!(word.len() <= 13 || word.contains(' ') || value == "-", "{row:?} is found");
            if value != "-" && effect(class, value).is_none() {
                seen.push(word);
            }
        }
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count, "no word stands twice");
    }
}
