//! Days and months: "October 25, 2024", "25 October", "2024-10-25", "late October", "October".

use super::super::calendar;
use super::super::expression::{Expression, Shape};
use super::super::words::Word;
use super::Reader;
use super::clock::hour_and_minute;
use crate::document::Tag;

impl Reader<'_, '_> {
    /// "Friday, October 25, 2024", "25 October 2024", "Oct. 25", "October 2024", "2024-10-25", "10/25/2024".
    pub(super) fn date(&self, i: usize) -> Option<Expression> {
        if let Some(Word::Weekday(_) | Word::WeekdayShort(_)) = self.word(i) {
            let mut k = i + 1;
            while matches!(
                self.lower(k),
                "," | "." | "the" | "(" | "morning" | "afternoon" | "evening" | "night" | "on"
            ) && k < i + 4
            {
                k += 1;
            }
            let part = (i + 1..k).find_map(|j| self.day_part(j));
            let mut found =
                self.plain_date(k).filter(|f| matches!(f.shape, Shape::Month { day: Some(_), .. }))?;
            found.first = i;
            found.day_part = part;
            return Some(found);
        }
        self.plain_date(i)
    }

    pub(super) fn plain_date(&self, i: usize) -> Option<Expression> {
        self.numeric_date(i).or_else(|| self.month_first(i)).or_else(|| self.day_first(i))
    }

    /// "October 25, 2024", "October 25-27", "October 2024", "October".
    pub(super) fn month_first(&self, i: usize) -> Option<Expression> {
        let (month, short) = match self.word(i)? {
            Word::Month(m) => (m, false),
            Word::MonthShort(m) => (m, true),
            _ => return None,
        };
        if !self.written(i).starts_with(char::is_uppercase) {
            return None;
        }
        let mut k = i + 1;
        if short && self.lower(k) == "." {
            k += 1;
        }
        let expression = |next: usize, year: Option<i16>, day: Option<i8>, to_day: Option<i8>| {
            Some(Expression::new(i, next, Shape::Month { year, month, day, to_day, shift: None }))
        };
        let the = usize::from(self.lower(k) == "the");
        if let Some((day, to_day, next)) = self.days(k + the) {
            let comma = usize::from(self.lower(next) == ",");
            if let Some(year) = self.four_digits(next + comma) {
                return expression(next + comma + 1, Some(year), Some(day), to_day);
            }
            return expression(next, None, Some(day), to_day);
        }
        let of = usize::from(matches!(self.lower(k), "," | "of"));
        if let Some(year) = self.four_digits(k + of) {
            return expression(k + of + 1, Some(year), None, None);
        }
        // A month alone: "May" and "March" need a word before them, short forms never stand alone.
        let cued = matches!(
            self.before(i),
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "last"
                | "this"
                | "next"
                | "during"
                | "of"
                | "from"
                | "early"
                | "late"
                | "mid"
                | "and"
                | "through"
                | "before"
                | "after"
                | "between"
                | "around"
                | "to"
                | "every"
                | "earlier"
                | "for"
        );
        let ambiguous = matches!(self.lower(i), "may" | "march" | "august" | "april" | "june");
        let strictly = matches!(
            self.before(i),
            "in" | "since"
                | "until"
                | "by"
                | "last"
                | "this"
                | "next"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "through"
                | "of"
        );
        // "in March" is a month, "the March of Dimes" is not, "April Smith" is a person.
        let a_name = self.article.tag((i + 1).min(self.end - 1)) == Tag::NNP
            && i + 1 < self.end
            && self.word(i + 1).is_none();
        let alone = !short && if ambiguous { strictly && !a_name } else { cued || !a_name };
        if alone { expression(i + 1, None, None, None) } else { None }
    }

    /// "25 October 2024", "the 25th of October", "25-27 October".
    pub(super) fn day_first(&self, i: usize) -> Option<Expression> {
        let start = i + usize::from(self.lower(i) == "the" && self.ordinal_day(i + 1).is_some());
        let (day, to_day, next) = self.days(start)?;
        let next = next + usize::from(self.lower(next) == "of");
        let month = match self.word(next)? {
            Word::Month(m) | Word::MonthShort(m) => m,
            _ => return None,
        };
        if !self.written(next).starts_with(char::is_uppercase) {
            return None;
        }
        let comma = usize::from(self.lower(next + 1) == ",");
        let (year, end) = match self.four_digits(next + 1 + comma) {
            Some(year) => (Some(year), next + 2 + comma),
            None => (None, next + 1),
        };
        // "killed 25 March" reads as a date, "25 May and others" too: both are rare and mean the date.
        Some(Expression::new(i, end, Shape::Month { year, month, day: Some(day), to_day, shift: None }))
    }

    /// A day of the month, or several: "25", "25th", "25-27", "25 to 27", "25 and 26".
    pub(super) fn days(&self, i: usize) -> Option<(i8, Option<i8>, usize)> {
        let written = self.written(i);
        if let Some((from, to)) = written.split_once(['-', '–']) {
            let (from, to) = (day_number(from)?, day_number(to)?);
            return (from < to).then_some((from, Some(to), i + 1));
        }
        let day = day_number(written)?;
        if matches!(self.lower(i + 1), "-" | "–" | "to" | "through")
            && let Some(to) = day_number(self.written(i + 2))
            && day < to
        {
            return Some((day, Some(to), i + 3));
        }
        Some((day, None, i + 1))
    }

    pub(super) fn ordinal_day(&self, i: usize) -> Option<i8> {
        day_number(self.written(i)).filter(|_| self.written(i).ends_with(|c: char| c.is_alphabetic()))
    }

    /// "2024-10-25", "10/25/2024", "25.10.2024", "25/10/2024"; where both could be, the month comes first.
    pub(super) fn numeric_date(&self, i: usize) -> Option<Expression> {
        let written = self.written(i);
        if written.len() > 20 || !written.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (bare, clock) = match written.split_once('T') {
            Some((bare, clock)) => (bare, hour_and_minute(clock.get(..5)?)),
            None => (written, None),
        };
        let parts: Vec<&str> = bare.split(['-', '/', '.']).collect();
        let &[a, b, c] = parts.as_slice() else { return None };
        let number = |s: &str| if s.len() <= 4 && !s.is_empty() { s.parse::<i16>().ok() } else { None };
        let (a_number, b_number, c_number) = (number(a)?, number(b)?, number(c)?);
        let (year, month, day) = if a.len() == 4 {
            (a_number, b_number, c_number)
        } else if c.len() == 4 || (c.len() == 2 && bare.contains('/')) {
            let year =
                if c.len() == 2 { c_number + if c_number < 50 { 2000 } else { 1900 } } else { c_number };
            if a_number > 12 || bare.contains('.') {
                (year, b_number, a_number)
            } else {
                (year, a_number, b_number)
            }
        } else {
            return None;
        };
        calendar::of(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
        let shape = Shape::Month {
            year: Some(year),
            month: i8::try_from(month).ok()?,
            day: i8::try_from(day).ok(),
            to_day: None,
            shift: None,
        };
        let mut found = Expression::new(i, i + 1, shape);
        found.clock = clock;
        Some(found)
    }

    pub(super) fn four_digits(&self, i: usize) -> Option<i16> {
        let written = self.written(i);
        let year: i16 = if written.len() == 4 { written.parse().ok()? } else { return None };
        (1000..2200).contains(&year).then_some(year)
    }
}

/// "25", "25th".
pub(super) fn day_number(written: &str) -> Option<i8> {
    if written.len() > 4 {
        return None;
    }
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &written[digits.len()..];
    if digits.len() > 2 || !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}
