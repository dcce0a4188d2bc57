//! The words of time (`lexicon/times.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::gazetteer::rows;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Month(i8),
    MonthShort(i8),
    Weekday(i8),
    WeekdayShort(i8),
    Weekdays(i8),
    Unit(&'static str),
    Units(&'static str),
    Part(&'static str),
    Season(&'static str),
    Modifier(&'static str),
    Day(&'static str),
    Reference(&'static str),
    Set(&'static str),
    Shift(i64),
    Holiday(i8, i8),
}

static WORDS: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    rows(include_str!("../../../lexicon/times.tsv"))
        .filter_map(|row| {
            let &[word, class, value] = row.as_slice() else { return None };
            let number = || value.parse::<i8>().ok();
            let class = match class {
                "month" => Word::Month(number()?),
                "month_short" => Word::MonthShort(number()?),
                "weekday" => Word::Weekday(number()?),
                "weekday_short" => Word::WeekdayShort(number()?),
                "weekdays" => Word::Weekdays(number()?),
                "unit" => Word::Unit(value),
                "units" => Word::Units(value),
                "part" => Word::Part(value),
                "season" => Word::Season(value),
                "modifier" => Word::Modifier(value),
                "day" => Word::Day(value),
                "reference" => Word::Reference(value),
                "set" => Word::Set(value),
                "shift" => Word::Shift(value.parse().ok()?),
                "holiday" => {
                    let (month, day) = value.split_once('-')?;
                    Word::Holiday(month.parse().ok()?, day.parse().ok()?)
                }
                _ => return None,
            };
            Some((word, class))
        })
        .collect()
});

/// What the word is, given in lower case.
pub(super) fn word(lower: &str) -> Option<Word> {
    // No word of the table is longer; this keeps hashing cheap on text without spaces.
    if lower.len() > 12 { None } else { WORDS.get(lower).copied() }
}

/// The unit that a word names, singular or plural.
pub(super) fn unit(lower: &str) -> Option<&'static str> {
    match word(lower) {
        Some(Word::Unit(unit) | Word::Units(unit)) => Some(unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut count = 0;
        for row in rows(include_str!("../../../lexicon/times.tsv")) {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(word(row[0]).is_some(), "{row:?} has a known class and value");
            count += 1;
        }
        assert_eq!(count, WORDS.len(), "no word stands twice");
    }
}
