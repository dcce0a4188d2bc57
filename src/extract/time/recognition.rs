//! Recognition of time expressions, left to right, the longest reading first.

use super::expression::{Expression, Shape};
use super::words::{Word, unit, word};
use crate::document::Tag;
use crate::extract::quantity::number;
use crate::language::Annotated;

/// The time expressions of a sentence, in order, not overlapping.
pub(super) fn expressions(article: &Annotated<'_>, start: usize, end: usize) -> Vec<Expression> {
    let reader = Reader { article, start, end };
    let mut out = Vec::new();
    let mut i = start;
    while i < end {
        match reader.at(i) {
            Some(found) => {
                i = found.next.max(i + 1);
                out.push(found);
            }
            None => i += 1,
        }
    }
    out
}

/// Reads expressions in one sentence.
struct Reader<'a, 'd> {
    article: &'a Annotated<'d>,
    start: usize,
    end: usize,
}

impl Reader<'_, '_> {
    fn lower(&self, i: usize) -> &str {
        if i < self.end { self.article.lower(i) } else { "" }
    }

    fn word(&self, i: usize) -> Option<Word> {
        word(self.lower(i))
    }

    fn before(&self, i: usize) -> &str {
        if i > self.start { self.article.lower(i - 1) } else { "" }
    }

    fn follow(&self, i: usize, words: &[&str]) -> bool {
        number::follow(self.article, i, self.end, words)
    }

    fn written(&self, i: usize) -> &str {
        if i < self.end { self.article.word(i) } else { "" }
    }

    /// The expression that begins at token `i`.
    fn at(&self, i: usize) -> Option<Expression> {
        let lower = self.lower(i);
        let first = lower.as_bytes().first()?;
        // Most tokens leave here: neither a digit, nor a word of time, nor a word that opens an expression.
        let digit = first.is_ascii_digit() || matches!(*first, b'\'') || *first == b'q' && lower.len() == 2;
        let opens = matches!(
            lower,
            "the"
                | "that"
                | "a"
                | "an"
                | "every"
                | "each"
                | "several"
                | "few"
                | "half"
                | "earlier"
                | "later"
                | "first"
                | "second"
                | "third"
                | "fourth"
                | "noon"
                | "midnight"
                | "over"
                | "recent"
                | "years"
                | "once"
                | "twice"
                | "per"
                | "new"
                | "same"
                | "many"
                | "just"
        );
        let known = word(lower);
        if !digit
            && !opens
            && known.is_none()
            && !lower.contains('-')
            && number::at(self.article, i, self.end).is_none()
        {
            return None;
        }
        let found = self
            .date(i)
            .or_else(|| self.weekday(i))
            .or_else(|| self.named_day(i))
            .or_else(|| self.part_of_week(i))
            .or_else(|| self.modified(i))
            .or_else(|| self.shifted(i))
            .or_else(|| self.told(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.season(i))
            .or_else(|| self.century(i))
            .or_else(|| self.set(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.clock(i))
            .or_else(|| self.year(i))
            .or_else(|| self.reference(i))?;
        Some(self.with_hour(found))
    }

    // ---- days and months ----

    /// "Friday, October 25, 2024", "25 October 2024", "Oct. 25", "October 2024", "2024-10-25", "10/25/2024".
    fn date(&self, i: usize) -> Option<Expression> {
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

    fn plain_date(&self, i: usize) -> Option<Expression> {
        self.numeric_date(i).or_else(|| self.month_first(i)).or_else(|| self.day_first(i))
    }

    /// "October 25, 2024", "October 25-27", "October 2024", "October".
    fn month_first(&self, i: usize) -> Option<Expression> {
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
    fn day_first(&self, i: usize) -> Option<Expression> {
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
    fn days(&self, i: usize) -> Option<(i8, Option<i8>, usize)> {
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

    fn ordinal_day(&self, i: usize) -> Option<i8> {
        day_number(self.written(i)).filter(|_| self.written(i).ends_with(|c: char| c.is_alphabetic()))
    }

    /// "2024-10-25", "10/25/2024", "25.10.2024", "25/10/2024"; where both could be, the month comes first.
    fn numeric_date(&self, i: usize) -> Option<Expression> {
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
        super::calendar::of(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
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

    fn four_digits(&self, i: usize) -> Option<i16> {
        let written = self.written(i);
        let year: i16 = if written.len() == 4 { written.parse().ok()? } else { return None };
        (1000..2200).contains(&year).then_some(year)
    }

    // ---- weekdays, yesterday, parts of days ----

    fn day_part(&self, i: usize) -> Option<&'static str> {
        match self.word(i) {
            Some(Word::Part(part)) => Some(part),
            Some(Word::Unit("NI")) => Some("NI"),
            _ => None,
        }
    }

    /// "Monday", "last Monday", "Monday morning", "every Monday".
    fn weekday(&self, i: usize) -> Option<Expression> {
        let (shift, at) = match self.word(i)? {
            Word::Shift(shift) => (Some(shift), i + 1),
            _ => (None, i),
        };
        let number = match self.word(at)? {
            Word::Weekday(number) => number,
            Word::WeekdayShort(number) if self.lower(at).ends_with('.') => number,
            _ => return None,
        };
        if !self.written(at).starts_with(char::is_uppercase) {
            return None;
        }
        let mut next = at + 1;
        let day_part = self.day_part(next);
        next += usize::from(day_part.is_some());
        // "Monday of last week", "Monday last week"
        let mut found = Expression::new(i, next, Shape::Weekday { number, shift });
        found.day_part = day_part;
        Some(found)
    }

    /// "today", "yesterday evening", "tonight", "this morning", "last night".
    fn named_day(&self, i: usize) -> Option<Expression> {
        match self.word(i)? {
            Word::Day("0NI") => {
                let mut found = Expression::new(i, i + 1, Shape::Unit { unit: "D", shift: 0 });
                found.day_part = Some("NI");
                Some(found)
            }
            Word::Day(shift) => {
                // "Korea Today", "USA Today"
                if i > self.start
                    && self.written(i).starts_with(char::is_uppercase)
                    && self.article.tag(i - 1).is_proper()
                {
                    return None;
                }
                let day_part = self.day_part(i + 1);
                let next = i + 1 + usize::from(day_part.is_some());
                let mut found =
                    Expression::new(i, next, Shape::Unit { unit: "D", shift: shift.parse().ok()? });
                found.day_part = day_part;
                Some(found)
            }
            Word::Shift(shift) if shift <= 0 || self.lower(i) == "next" => {
                let part = self.day_part(i + 1)?;
                if self.lower(i) != "this" && part != "NI" {
                    return None;
                }
                let mut found = Expression::new(i, i + 2, Shape::Unit { unit: "D", shift });
                found.day_part = Some(part);
                Some(found)
            }
            Word::Holiday(month, day) => {
                let mut next = i + 1 + usize::from(matches!(self.lower(i + 1), "day"));
                let eve = self.lower(i + 1) == "eve";
                next += usize::from(eve);
                let year = self.four_digits(next);
                next += usize::from(year.is_some());
                Some(Expression::new(i, next, Shape::Holiday { year, month, day: day - i8::from(eve) }))
            }
            _ => None,
        }
    }

    /// "the weekend", "over the weekend".
    fn part_of_week(&self, i: usize) -> Option<Expression> {
        let the = self.lower(i) == "the" && self.lower(i + 1) == "weekend";
        the.then(|| Expression::new(i, i + 2, Shape::Weekend))
    }

    // ---- early, late, earlier this ----

    /// "late October", "mid-2023", "the end of 2024", "earlier this week", "later in the month".
    fn modified(&self, i: usize) -> Option<Expression> {
        let lower = self.lower(i);
        if matches!(lower, "earlier" | "later") {
            let part = if lower == "earlier" { "BEFORE" } else { "AFTER" };
            let skip = usize::from(matches!(self.lower(i + 1), "in" | "on"));
            // "later that day", "earlier in the year"
            let inner = self
                .shifted(i + 1 + skip)
                .or_else(|| self.told(i + 1 + skip))
                .or_else(|| self.named_day(i + 1))
                .or_else(|| {
                    (self.lower(i + 1 + skip) == "the")
                        .then(|| unit(self.lower(i + 2 + skip)))
                        .flatten()
                        .filter(|u| !u.starts_with('T'))
                        .map(|unit| Expression::new(i, i + 3 + skip, Shape::Unit { unit, shift: 0 }))
                })?;
            let found = matches!(inner.shape, Shape::Unit { .. } | Shape::Told { .. } | Shape::Span { .. });
            return found.then_some(Expression { first: i, part: Some(part), ..inner });
        }
        if let Some((head, rest)) = lower.split_once('-')
            && let Some(Word::Modifier(part)) = word(head)
        {
            return self.joined(i, part, rest);
        }
        let Some(Word::Modifier(part)) = self.word(i + usize::from(lower == "the")) else { return None };
        let mut k = i + usize::from(lower == "the") + 1;
        let noun = matches!(self.lower(k - 1), "beginning" | "start" | "middle" | "end");
        if noun {
            if self.lower(k) != "of" {
                return None;
            }
            k += 1;
        } else {
            k += usize::from(matches!(self.lower(k), "in" | "-"));
        }
        k += usize::from(self.lower(k) == "the" && !self.is_decade(k + 1));
        let inner = self
            .plain_date(k)
            .or_else(|| self.shifted(k))
            .or_else(|| self.weekday(k))
            .or_else(|| self.quarter(k))
            .or_else(|| self.season(k))
            .or_else(|| self.four_digits(k).map(|year| Expression::new(k, k + 1, Shape::Year(year))))
            .or_else(|| self.decade(k))
            .or_else(|| self.century(k))
            .or_else(|| {
                // "the end of the year"
                let unit = unit(self.lower(k)).filter(|u| noun && !u.starts_with('T') && *u != "NI")?;
                Some(Expression::new(k, k + 1, Shape::Unit { unit, shift: 0 }))
            })?;
        let day = matches!(inner.shape, Shape::Month { day: Some(_), .. });
        if day && lower != "mid" && noun {
            return None;
        }
        Some(Expression {
            first: if day && !noun { inner.first } else { i },
            part: (!day).then_some(part),
            ..inner
        })
    }

    /// "mid-October 2024", "mid-2023", "late-October".
    fn joined(&self, i: usize, part: &'static str, rest: &str) -> Option<Expression> {
        if let Some(Word::Month(month) | Word::MonthShort(month)) = word(rest) {
            let year = self.four_digits(i + 1);
            let next = i + 1 + usize::from(year.is_some());
            let mut found =
                Expression::new(i, next, Shape::Month { year, month, day: None, to_day: None, shift: None });
            found.part = Some(part);
            return Some(found);
        }
        let shape = if rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit()) {
            Shape::Year(rest.parse().ok()?)
        } else {
            decade_of(rest)?
        };
        let mut found = Expression::new(i, i + 1, shape);
        found.part = Some(part);
        Some(found)
    }

    // ---- last, this, next ----

    /// "last year", "this past week", "the past two years", "next few days", "last October", "the coming months".
    fn shifted(&self, i: usize) -> Option<Expression> {
        let the = usize::from(
            matches!(self.lower(i), "the" | "these" | "his" | "its" | "their")
                && !matches!(self.word(i + 1), Some(Word::Unit(_))),
        );
        let mut k = i + the;
        let Some(Word::Shift(mut shift)) = self.word(k) else { return None };
        let mut past_stretch = self.lower(k) == "past";
        if self.lower(k) == "previous" || self.lower(k) == "following" {
            return None;
        }
        k += 1;
        if shift == 0
            && let Some(Word::Shift(inner)) = self.word(k)
        {
            // "this past week", "this coming Monday"
            past_stretch = self.lower(k) == "past";
            shift = inner;
            k += 1;
        }
        if let Some(Word::Modifier(_)) = self.word(k) {
            return None;
        }
        match self.word(k) {
            Some(Word::Weekday(number)) => {
                let mut found = Expression::new(i, k + 1, Shape::Weekday { number, shift: Some(shift) });
                found.day_part = self.day_part(k + 1);
                found.next += usize::from(found.day_part.is_some());
                return Some(found);
            }
            Some(Word::Month(month)) if self.written(k).starts_with(char::is_uppercase) => {
                let day = day_number(self.written(k + 1));
                let next = k + 1 + usize::from(day.is_some());
                return Some(Expression::new(
                    i,
                    next,
                    Shape::Month { year: None, month, day, to_day: None, shift: Some(shift) },
                ));
            }
            Some(Word::Season(code)) => {
                return Some(Expression::new(
                    i,
                    k + 1,
                    Shape::Season { year: None, code, shift: Some(shift) },
                ));
            }
            Some(Word::Unit(unit)) if unit != "NI" || shift == -1 => {
                if unit == "SE" || unit.starts_with('T') || unit == "CE" && the == 0 {
                    // "last season", "the last minute", "this second"
                    return (past_stretch && unit == "TH").then(|| {
                        Expression::new(i, k + 1, Shape::Span { unit, count: Some(1.0), back: true })
                    });
                }
                if past_stretch && unit != "WE" {
                    return Some(Expression::new(
                        i,
                        k + 1,
                        Shape::Span { unit, count: Some(1.0), back: true },
                    ));
                }
                if unit == "D" && (shift != 0 || self.lower(i) == "this") {
                    // "the next day" is told from the day before; "this day", "the last day" are not dates.
                    return (self.lower(k - 1) == "next")
                        .then(|| Expression::new(i, k + 1, Shape::Told { unit, shift: 1 }));
                }
                return Some(Expression::new(i, k + 1, Shape::Unit { unit, shift }));
            }
            _ => {}
        }
        if shift == 0 {
            return None;
        }
        let (unit, count, next) = self.amount(k)?;
        Some(Expression::new(i, next, Shape::Span { unit, count, back: shift < 0 }))
    }

    /// An amount of a unit: "two years", "few days", "several months", "years".
    fn amount(&self, i: usize) -> Option<(&'static str, Option<f64>, usize)> {
        if let Some(Word::Units(unit)) = self.word(i) {
            return Some((unit, None, i + 1));
        }
        let skip = usize::from(self.lower(i) == "a" && matches!(self.lower(i + 1), "few" | "couple"));
        let k = i + skip;
        if matches!(self.lower(k), "few" | "several" | "couple" | "many" | "some") {
            let of = usize::from(self.lower(k + 1) == "of");
            let count = (self.lower(k) == "couple").then_some(2.0);
            let unit = self.units(k + 1 + of)?;
            return Some((unit, count, k + 2 + of));
        }
        let found = number::at(self.article, i, self.end)?;
        // "three-day", "10-year": the unit is written with the number.
        if let Some(tail) = found.tail {
            let tail = tail.of(self.article.text()).trim_start_matches(['-', '‑', '–']).to_lowercase();
            let unit = unit(&tail)?;
            return Some((unit, stated(&found), found.next));
        }
        let half = usize::from(self.follow(found.next, &["more"]));
        let unit = self
            .units(found.next + half)
            .or_else(|| unit(self.lower(found.next)).filter(|_| found.low == 1.0))?;
        Some((unit, stated(&found), found.next + half + 1))
    }

    fn units(&self, i: usize) -> Option<&'static str> {
        match self.word(i) {
            Some(Word::Units(unit)) => Some(unit),
            _ => None,
        }
    }

    /// "the previous day", "the following week", "that year", "the same month", "the next day".
    fn told(&self, i: usize) -> Option<Expression> {
        let (shift, k) = match self.lower(i) {
            "that" => (0, i + 1 + usize::from(self.lower(i + 1) == "same")),
            "the" => match self.lower(i + 1) {
                "same" => (0, i + 2),
                "previous" | "preceding" => (-1, i + 2),
                "following" => (1, i + 2),
                "next" if self.lower(i + 2) == "day" => (1, i + 2),
                _ => return None,
            },
            _ => return None,
        };
        let unit = match self.word(k)? {
            Word::Unit(unit) if !unit.starts_with('T') && unit != "SE" => unit,
            Word::Part(part) if self.lower(i) == "that" || shift != 0 => {
                let mut found = Expression::new(i, k + 1, Shape::Told { unit: "D", shift });
                found.day_part = Some(part);
                return Some(found);
            }
            _ => return None,
        };
        Some(Expression::new(i, k + 1, Shape::Told { unit, shift }))
    }

    // ---- quarters, seasons, centuries, years ----

    /// "Q3", "Q3 2024", "the third quarter of 2024", "the first half of the year".
    fn quarter(&self, i: usize) -> Option<Expression> {
        let lower = self.lower(i);
        let (number, mut next, half) = if let Some(digit) = lower.strip_prefix('q').filter(|d| d.len() == 1) {
            (digit.parse::<i8>().ok().filter(|n| (1..=4).contains(n))?, i + 1, false)
        } else {
            let k = i + usize::from(lower == "the");
            let number = match self.lower(k) {
                "first" | "1st" => 1,
                "second" | "2nd" => 2,
                "third" | "3rd" => 3,
                "fourth" | "4th" => 4,
                _ => return None,
            };
            let half = self.lower(k + 1) == "half";
            if !(self.lower(k + 1) == "quarter" || half && number <= 2) {
                return None;
            }
            (number, k + 2, half)
        };
        let mut year = None;
        let link = next + usize::from(matches!(self.lower(next), "of" | "," | "in"));
        if let Some(stated) = self.four_digits(link) {
            (year, next) = (Some(stated), link + 1);
        } else if half {
            // "the first half of the game"
            let of_year =
                self.follow(next, &["of", "the", "year"]) || self.follow(next, &["of", "this", "year"]);
            if !of_year {
                return None;
            }
            next += 3;
        }
        let shape = if half { Shape::Half { year, number } } else { Shape::Quarter { year, number } };
        Some(Expression::new(i, next, shape))
    }

    /// "summer of 2022", "winter 2022", "in the spring".
    fn season(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the");
        let Some(Word::Season(code)) = self.word(i + the) else { return None };
        let k = i + the + 1;
        let of = usize::from(self.lower(k) == "of");
        if let Some(year) = self.four_digits(k + of) {
            return Some(Expression::new(
                i,
                k + of + 1,
                Shape::Season { year: Some(year), code, shift: None },
            ));
        }
        // "fall" the verb and "spring" the device: alone only after "in the", "this" and the like, and not "the fall of".
        let season = matches!(self.before(i), "in" | "during" | "since" | "by" | "until") && of == 0;
        let plain = season && (the == 1 || code == "SU" || code == "WI");
        plain.then(|| Expression::new(i, k, Shape::Season { year: None, code, shift: None }))
    }

    fn is_decade(&self, i: usize) -> bool {
        decade_of(self.lower(i)).is_some()
    }

    /// "the 1980s", "the '90s", "the 2010s".
    fn decade(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the");
        let shape = decade_of(self.lower(i + the))?;
        Some(Expression::new(i, i + the + 1, shape))
    }

    /// "the 19th century".
    fn century(&self, i: usize) -> Option<Expression> {
        if let Some(decade) = self.decade(i) {
            return Some(decade);
        }
        let the = usize::from(self.lower(i) == "the");
        let written = self.lower(i + the);
        if self.lower(i + the + 1) != "century" {
            return None;
        }
        let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number: i16 = match written {
            "twentieth" => 20,
            "nineteenth" => 19,
            "eighteenth" => 18,
            "twenty-first" => 21,
            _ if digits.len() < written.len() => digits.parse().ok().filter(|n| (1..=22).contains(n))?,
            _ => return None,
        };
        Some(Expression::new(i, i + the + 2, Shape::Century(number)))
    }

    /// "2023", where the words around it make it a year.
    fn year(&self, i: usize) -> Option<Expression> {
        let written = self.written(i);
        if let Some((from, to)) = written.split_once(['-', '–'])
            && from.len() == 4
            && (to.len() == 4 || to.len() == 2)
        {
            let first: i16 = from.parse().ok().filter(|y| (1400..2100).contains(y))?;
            let last: i16 = to.parse().ok()?;
            let last = if to.len() == 2 { first / 100 * 100 + last } else { last };
            return (first < last && last < 2200)
                .then(|| Expression::new(i, i + 1, Shape::Years(first, last)));
        }
        let year = self.four_digits(i).filter(|y| (1400..2150).contains(y))?;
        if matches!(self.lower(i + 1), "to" | "-" | "–" | "through" | "until")
            && let Some(last) = self.four_digits(i + 2).filter(|last| *last > year)
        {
            return Some(Expression::new(i, i + 3, Shape::Years(year, last)));
        }
        let before = self.before(i);
        let cued = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "during"
                | "of"
                | "from"
                | "before"
                | "after"
                | "late"
                | "early"
                | "mid"
                | "through"
                | "around"
                | "circa"
                | "year"
                | "to"
                | "and"
                | "("
                | "between"
                | "throughout"
                | "fy"
                | "for"
                | ","
                | "summer"
                | "election"
                | "or"
        );
        let the = matches!(before, "the" | "its" | "their" | "his" | "her" | "a" | "'s") && i + 1 < self.end;
        let next_noun = i + 1 < self.end && self.article.tag(i + 1).is_noun();
        let counted = next_noun && self.article.tag(i + 1) == Tag::NNS && !the;
        let closes = matches!(
            self.lower(i + 1),
            "" | "." | "," | ")" | ";" | ":" | "when" | "as" | "and" | "after" | "that"
        );
        let first_word = before.is_empty() && closes;
        let year_like = cued
            && !(counted && !matches!(before, "in" | "since" | "of" | "the"))
            && !(matches!(before, "to" | "of" | "and" | "for" | "," | "around" | "or")
                && !((1900..2100).contains(&year) && (closes || !next_noun)))
            || the && next_noun && (1800..2100).contains(&year)
            || first_word
            || self.article.tag(i.saturating_sub(1)).is_proper()
                && i > self.start
                && closes
                && (1900..2050).contains(&year);
        year_like.then(|| Expression::new(i, i + 1, Shape::Year(year)))
    }

    // ---- lengths, sets ----

    /// "two days ago", "three weeks later", "for months", "a three-day visit", "years to come".
    fn counted(&self, i: usize) -> Option<Expression> {
        if self.lower(i) == "recent" {
            let Some(Word::Units(unit)) = self.word(i + 1) else { return None };
            return (!unit.starts_with('T')).then(|| Expression::new(i, i + 2, Shape::Reference("PAST_REF")));
        }
        let one = matches!(self.lower(i), "a" | "an");
        let (unit, count, next) = match self.amount(i) {
            Some(found) => found,
            None if one => {
                let half = usize::from(self.lower(i + 1) == "half");
                let full = usize::from(matches!(self.lower(i + 1), "full" | "whole" | "further"));
                let unit = unit(self.lower(i + 1 + half + full))?;
                if half == 1 && unit != "Y" && unit != "CE" && unit != "TH" && unit != "DE" {
                    return None;
                }
                (unit, Some(if half == 1 { 0.5 } else { 1.0 }), i + 2 + half + full)
            }
            None if matches!(self.lower(i), "half") && matches!(self.lower(i + 1), "a" | "an") => {
                (unit(self.lower(i + 2))?, Some(0.5), i + 3)
            }
            None => return None,
        };
        // "42 years old", "a 42-year-old"
        if matches!(self.lower(next), "old" | "-old") || self.lower(i).ends_with("-old") {
            return None;
        }
        let told = match self.lower(next) {
            "ago" => Some((true, false)),
            "earlier" | "before" | "previously" if self.lower(next) != "before" || self.closes(next + 1) => {
                Some((true, true))
            }
            "later" | "after" | "afterwards" | "afterward" | "on" if self.later(next) => Some((false, true)),
            _ => None,
        };
        if let Some((back, told)) = told {
            return Some(Expression::new(i, next + 1, Shape::Offset { unit, count, back, told }));
        }
        if self.follow(next, &["from", "now"]) {
            return Some(Expression::new(
                i,
                next + 2,
                Shape::Offset { unit, count, back: false, told: false },
            ));
        }
        if self.follow(next, &["to", "come"]) {
            return Some(Expression::new(i, next + 2, Shape::Reference("FUTURE_REF")));
        }
        if one && count == Some(1.0) && !self.measures(i) {
            return None;
        }
        // Seconds and nights in words, and bare plurals ("the years"), are lengths only where something measures.
        let bare = count.is_none() && matches!(self.word(i), Some(Word::Units(_)));
        if bare && !self.measures(i) {
            return None;
        }
        Some(Expression::new(i, next, Shape::Duration { unit, count }))
    }

    fn closes(&self, i: usize) -> bool {
        i >= self.end || matches!(self.lower(i), "." | "," | ";" | ")" | ":" | "\"")
    }

    fn later(&self, i: usize) -> bool {
        match self.lower(i) {
            "on" => false,
            "after" => self.closes(i + 1),
            _ => true,
        }
    }

    /// Whether the word before makes what follows a length: "for a year", "within months".
    fn measures(&self, i: usize) -> bool {
        matches!(
            self.before(i),
            "for"
                | "within"
                | "in"
                | "over"
                | "than"
                | "nearly"
                | "almost"
                | "about"
                | "after"
                | "of"
                | "last"
                | "lasting"
                | "lasted"
                | "spent"
                | "took"
                | "takes"
                | "take"
                | "roughly"
                | "least"
                | "just"
                | "during"
                | "across"
                | "under"
                | "spend"
                | "half"
        )
    }

    /// "every day", "each year", "daily", "Mondays", "twice a week".
    fn set(&self, i: usize) -> Option<Expression> {
        if let Some(Word::Set(value)) = self.word(i) {
            // "the Daily Mail", "Korea Daily"
            if self.written(i).starts_with(char::is_uppercase) && i > self.start {
                return None;
            }
            return Some(Expression::new(i, i + 1, Shape::Set(value.to_owned())));
        }
        if let Some(Word::Weekdays(number)) = self.word(i) {
            return self
                .written(i)
                .starts_with(char::is_uppercase)
                .then(|| Expression::new(i, i + 1, Shape::Set(format!("XXXX-WXX-{number}"))));
        }
        let lower = self.lower(i);
        if matches!(lower, "every" | "each") {
            let k = i + 1 + usize::from(matches!(self.lower(i + 1), "single" | "other"));
            let (value, next) = match self.word(k)? {
                Word::Unit(unit) if unit != "TS" || lower == "every" => {
                    (super::calendar::duration(Some(1.0), unit), k + 1)
                }
                Word::Weekday(number) => (format!("XXXX-WXX-{number}"), k + 1),
                Word::Month(month) => (format!("XXXX-{month:02}"), k + 1),
                Word::Season(code) => (format!("XXXX-{code}"), k + 1),
                Word::Part(part) => (format!("XXXX-XX-XXT{part}"), k + 1),
                _ => {
                    let (unit, count, next) = self.amount(k).filter(|_| lower == "every")?;
                    (super::calendar::duration(count, unit), next)
                }
            };
            return Some(Expression::new(i, next, Shape::Set(value)));
        }
        if lower == "per" {
            let Some(Word::Unit(unit)) = self.word(i + 1) else { return None };
            return Some(Expression::new(i, i + 2, Shape::Set(super::calendar::duration(Some(1.0), unit))));
        }
        let times = if matches!(lower, "once" | "twice") {
            i + 1
        } else if matches!(self.lower(i + 1), "times") {
            i + 2
        } else {
            return None;
        };
        let Some(Word::Unit(unit)) = self.word(times + 1) else { return None };
        matches!(self.lower(times), "a" | "an" | "per" | "each" | "every")
            .then(|| Expression::new(i, times + 2, Shape::Set(super::calendar::duration(Some(1.0), unit))))
    }

    // ---- times of day ----

    /// "5 p.m.", "5:30pm", "17:30 GMT", "noon", "10 o'clock", with the day that follows: "5 p.m. on Monday".
    fn clock(&self, i: usize) -> Option<Expression> {
        let (hour, minute, mut next) = self.time_of_day(i)?;
        next += usize::from(is_zone(self.written(next)));
        let mut k = next;
        while matches!(self.lower(k), "on" | "," | "of" | "the") && k < next + 2 {
            k += 1;
        }
        let day = self.date(k).or_else(|| self.weekday(k)).or_else(|| self.named_day(k)).filter(|d| {
            d.clock.is_none()
                && d.day_part.is_none()
                && matches!(
                    d.shape,
                    Shape::Month { day: Some(_), .. } | Shape::Weekday { .. } | Shape::Unit { unit: "D", .. }
                )
        });
        let (shape, end) = day.map_or((Shape::OfDay, next), |d| (d.shape, d.next));
        let mut found = Expression::new(i, end, shape);
        found.clock = Some((hour, minute));
        Some(found)
    }

    fn time_of_day(&self, i: usize) -> Option<(i8, Option<i8>, usize)> {
        let lower = self.lower(i);
        match lower {
            "noon" | "midday" => return Some((12, Some(0), i + 1)),
            "midnight" => return Some((0, Some(0), i + 1)),
            _ => {}
        }
        if lower.len() > 8 || !lower.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let suffix = lower[digits.len()..].replace('.', "");
        let half = |word: &str| match word {
            "am" | "a.m." | "a.m" => Some(false),
            "pm" | "p.m." | "p.m" => Some(true),
            _ => None,
        };
        let (hour, minute) = hour_and_minute(digits)?;
        let with_minute = minute.is_some();
        if let Some(pm) = half(&suffix) {
            return twelve(hour, pm).map(|h| (h, minute, i + 1));
        }
        if !suffix.is_empty() {
            return None;
        }
        if let Some(pm) = half(self.lower(i + 1)) {
            return twelve(hour, pm).map(|h| (h, minute, i + 2));
        }
        if self.lower(i + 1) == "o'clock" {
            return Some((hour, Some(0), i + 2));
        }
        // "1400 GMT"
        if digits.len() == 4 && !with_minute && is_zone(self.written(i + 1)) {
            return None;
        }
        let at = matches!(
            self.before(i),
            "at" | "by"
                | "around"
                | "until"
                | "from"
                | "after"
                | "before"
                | ","
                | "about"
                | "since"
                | "till"
                | "-"
                | "and"
        );
        (with_minute && digits.contains(':') && (at || is_zone(self.written(i + 1)) || self.start == i))
            .then_some((hour, minute, i + 1))
    }

    /// Adds a time of day that follows a date: "October 25 at 5 p.m.".
    fn with_hour(&self, mut found: Expression) -> Expression {
        let day = matches!(
            found.shape,
            Shape::Month { day: Some(_), .. } | Shape::Weekday { .. } | Shape::Unit { unit: "D", .. }
        );
        if !day || found.clock.is_some() || found.day_part.is_some() {
            return found;
        }
        let k = found.next + usize::from(matches!(self.lower(found.next), "at" | ","));
        if let Some((hour, minute, next)) = self.time_of_day(k) {
            found.clock = Some((hour, minute));
            found.next = next + usize::from(is_zone(self.written(next)));
        }
        found
    }

    /// "now", "recently", "in the past", "in the future".
    fn reference(&self, i: usize) -> Option<Expression> {
        if let Some(Word::Reference(value)) = self.word(i) {
            let conjunction = self.lower(i) == "now" && matches!(self.lower(i + 1), "that");
            let compared = matches!(self.lower(i), "soon" | "shortly")
                && (matches!(self.before(i), "as" | "how" | "too")
                    || matches!(self.lower(i + 1), "after" | "before" | "as"));
            let a_name = self.written(i).starts_with(char::is_uppercase) && i > self.start;
            return (!conjunction && !compared && !a_name)
                .then(|| Expression::new(i, i + 1, Shape::Reference(value)));
        }
        if self.lower(i) == "the" && matches!(self.before(i), "in") {
            let value = match self.lower(i + 1) {
                "past" if !self.article.tag((i + 2).min(self.end - 1)).is_noun() || self.closes(i + 2) => {
                    "PAST_REF"
                }
                "future" if self.closes(i + 2) || !self.article.tag((i + 2).min(self.end - 1)).is_noun() => {
                    "FUTURE_REF"
                }
                _ => return None,
            };
            return Some(Expression::new(i, i + 2, Shape::Reference(value)));
        }
        None
    }
}

fn stated(number: &number::Number) -> Option<f64> {
    (number.low == number.high).then_some(number.low)
}

/// "25", "25th".
fn day_number(written: &str) -> Option<i8> {
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

/// "1980s", "'90s".
fn decade_of(lower: &str) -> Option<Shape> {
    let digits = lower.strip_suffix('s').or_else(|| lower.strip_suffix("'s"))?;
    let digits = digits.strip_suffix('\'').unwrap_or(digits);
    if let Some(short) = digits.strip_prefix('\'') {
        let decade: i16 = short.parse().ok().filter(|d| short.len() == 2 && d % 10 == 0)?;
        return Some(Shape::Decade(if decade < 30 { 2000 + decade } else { 1900 + decade }));
    }
    let year: i16 = if digits.len() == 4 { digits.parse().ok()? } else { return None };
    if !(1000..2200).contains(&year) || year % 10 != 0 {
        return None;
    }
    // "the 1900s" is the century as often as the decade; the decade is the narrower reading.
    Some(Shape::Decade(year))
}

fn hour_and_minute(digits: &str) -> Option<(i8, Option<i8>)> {
    if let Some((hour, minute)) = digits.split_once([':', '.']) {
        let (hour, minute): (i8, i8) =
            (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
        return ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, Some(minute)));
    }
    let hour: i8 = if digits.len() <= 2 { digits.parse().ok()? } else { return None };
    (0..24).contains(&hour).then_some((hour, None))
}

fn twelve(hour: i8, pm: bool) -> Option<i8> {
    (1..=12).contains(&hour).then_some(hour % 12 + if pm { 12 } else { 0 })
}

fn is_zone(word: &str) -> bool {
    matches!(
        word,
        "GMT"
            | "UTC"
            | "EST"
            | "EDT"
            | "ET"
            | "CET"
            | "CEST"
            | "BST"
            | "PST"
            | "PDT"
            | "PT"
            | "CST"
            | "CDT"
            | "CT"
            | "MST"
            | "KST"
            | "JST"
            | "IST"
            | "MSK"
            | "EET"
            | "EEST"
    )
}
