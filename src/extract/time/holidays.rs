//! Holidays (`lexicon/holidays.tsv`): fixed dates, the nth weekday of a month, so many days from Easter.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashMap;

use crate::language::gazetteer::rows;

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// The nth weekday of a month, from the end if negative, and days added to it.
    Nth { month: i8, weekday: i8, nth: i8, plus: i64 },
    /// Days from Easter Sunday of the western churches.
    Easter(i64),
    /// Days from Easter Sunday of the eastern churches.
    Orthodox(i64),
    /// One day of one year ("9/11").
    Once(Date),
    /// By another calendar: it is recognised, its date is not known here.
    Unknown,
}

/// The words of a name, and when the day is.
type Named = (Vec<&'static str>, Rule);

/// The names of holidays by their first word: the words of each, longest first.
static HOLIDAYS: LazyLock<FxHashMap<&'static str, Vec<Named>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Vec<Named>> = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/holidays.tsv")) {
        if let &[name, rule] = row.as_slice()
            && let Some(rule) = parse(rule)
        {
            let words: Vec<&str> = name.split(' ').collect();
            table.entry(words[0]).or_default().push((words, rule));
        }
    }
    for names in table.values_mut() {
        names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    table
});

/// Holidays whose name begins with this word.
pub(super) fn beginning_with(lower: &str) -> &'static [Named] {
    HOLIDAYS.get(lower).map_or(&[], Vec::as_slice)
}

/// "12-25", "11 4 4" (November, the fourth Thursday), "11 4 4 +1", "easter-2", "orthodox+0", "=2001-09-11", "?".
fn parse(rule: &str) -> Option<Rule> {
    if rule == "?" {
        return Some(Rule::Unknown);
    }
    if let Some(day) = rule.strip_prefix('=') {
        return day.parse().ok().map(Rule::Once);
    }
    if let Some(days) = rule.strip_prefix("easter") {
        return days.parse().ok().map(Rule::Easter);
    }
    if let Some(days) = rule.strip_prefix("orthodox") {
        return days.parse().ok().map(Rule::Orthodox);
    }
    let parts: Vec<&str> = rule.split(' ').collect();
    match parts.as_slice() {
        [fixed] => {
            let (month, day) = fixed.split_once('-')?;
            Some(Rule::Fixed(month.parse().ok()?, day.parse().ok()?))
        }
        [month, weekday, nth, plus @ ..] => Some(Rule::Nth {
            month: month.parse().ok()?,
            weekday: weekday.parse().ok()?,
            nth: nth.parse().ok()?,
            plus: plus.first().map_or(Some(0), |p| p.parse().ok())?,
        }),
        _ => None,
    }
}

/// The day of a holiday in a year.
pub(super) fn day(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Nth { month, weekday, nth, plus } => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
            day.checked_add(plus.days()).ok()
        }
        Rule::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
        Rule::Orthodox(days) => orthodox_easter(year)?.checked_add(days.days()).ok(),
        Rule::Once(day) => Some(day),
        Rule::Unknown => None,
    }
}

/// Easter Sunday by the Gregorian computus (Meeus, Astronomical Algorithms, 1991, after Butcher, 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    if y < 1583 {
        return None;
    }
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Easter Sunday by the Julian computus, in the Gregorian calendar (Meeus, 1991).
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    if !(1900..2100).contains(&y) {
        return None; // the two calendars lie 13 days apart between these years
    }
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()?.checked_add(13.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut names = Vec::new();
        for row in rows(include_str!("../../../lexicon/holidays.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            let rule = parse(row[1]).unwrap_or_else(|| panic!("{row:?} has a rule"));
            assert!(rule == Rule::Unknown || day(rule, 2024).is_some(), "{row:?} falls on a day");
            assert!(row[0].chars().all(|c| !c.is_uppercase()), "{row:?} is in lower case");
            names.push(row[0]);
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "no name stands twice");
    }

    #[test]
    fn movable_days() {
        let check = |name: &str, year: i16, expected: &str| {
            let first = name.split(' ').next().unwrap_or_default();
            let rule = beginning_with(first).iter().find(|(words, _)| words.join(" ") == name).expect(name).1;
            assert_eq!(day(rule, year).map(|d| d.to_string()).as_deref(), Some(expected), "{name}");
        };
        check("easter", 2024, "2024-03-31");
        check("easter", 1916, "1916-04-23");
        check("good friday", 2025, "2025-04-18");
        check("orthodox easter", 2024, "2024-05-05");
        check("thanksgiving", 2024, "2024-11-28");
        check("black friday", 2024, "2024-11-29");
        check("memorial day", 2024, "2024-05-27");
        check("labor day", 2024, "2024-09-02");
    }
}
