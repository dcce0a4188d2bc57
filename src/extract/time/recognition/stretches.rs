//! Parts of larger stretches: "late October", "the end of 2024", "earlier this week", "the third quarter", "summer of
//! 2022", "the first week of May", "the first ten months of 1915".

use super::super::expression::{Edge, Expression, Nth, Shape, Year};
use super::super::units::{Part, Season, Unit};
use super::super::words::Word;
use super::Reader;
use super::amounts::Form;
use crate::document::Modifier;

impl Reader<'_, '_> {
    /// "late October", "mid-2023", "the end of 2024", "the early hours of Monday", "earlier this week".
    pub(super) fn edged(&self, i: usize) -> Option<Expression> {
        if let Word::Side(modifier) = self.word(i) {
            return self.sided(i, modifier);
        }
        let the = usize::from(self.lower(i) == "the");
        let very = usize::from(self.lower(i + the) == "very");
        let k = i + the + very;
        let (modifier, noun) = match self.word(k) {
            Word::Edge(modifier) => (modifier, false),
            Word::EdgeNoun(modifier) => (modifier, true),
            Word::Shift(-1) if the == 1 && self.lower(k) == "last" => return None,
            _ => return self.end_of(i),
        };
        let mut at = k + 1;
        let mut part_of = noun;
        // "the early hours of Monday", "early part of the year", "late in the day", "late on Monday", "the early days of"
        if !noun
            && matches!(self.lower(at), "part" | "half" | "stages" | "months" | "days" | "weeks" | "years")
            && self.lower(at + 1) == "of"
        {
            at += 1;
            part_of = true;
        }
        let mut hours = None;
        if !noun
            && self.lower(k) == "early"
            && (self.lower(at) == "hours" || self.lower(at) == "morning" && self.lower(at + 1) == "hours")
        {
            at += 1 + usize::from(self.lower(at) == "morning");
            hours = Some(Part::Morning);
            if self.lower(at) != "of" && !self.follow(at, &["on"]) {
                let alone = Expression { part: hours, ..Expression::new(i, at, Shape::OfDay) };
                return (the == 1).then(|| alone.modified(modifier));
            }
            part_of = true;
        }
        if part_of {
            if !matches!(self.lower(at), "of" | "on") {
                return None;
            }
            at += 1;
        } else {
            at += usize::from(matches!(self.lower(at), "in" | "on" | "-" | "–" | "‑"));
        }
        // "end of year", "beginning of week"
        if noun
            && let Some(unit) = self
                .whole_unit(at)
                .filter(|u| matches!(u, Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year))
            && !self.tag(at + 1).is_noun()
        {
            return Some(Expression::new(i, at + 1, Shape::Unit { unit, shift: 0 }).modified(modifier));
        }
        // "the end of the year", "late in the month", "early in the war" is none
        if self.lower(at) == "the" && (part_of || at > k + 1) {
            if let Some(unit) = self.whole_unit(at + 1).filter(|u| *u != Unit::Night && *u != Unit::Quarter) {
                let of_something = self.lower(at + 2) == "of"
                    && self.lower(at + 3) != "last"
                    && self.lower(at + 3) != "this";
                let shape = Shape::Unit { unit, shift: 0 };
                return (!of_something).then(|| Expression::new(i, at + 2, shape).modified(modifier));
            }
            if let Word::Part(part) = self.word(at + 1) {
                return Some(
                    Expression { part: Some(part), ..Expression::new(i, at + 2, Shape::OfDay) }
                        .modified(modifier),
                );
            }
        }
        let inner = self
            .point(at)
            .or_else(|| self.year(at, true))
            .or_else(|| {
                // "early morning", "late evening"
                let part = self.part(at).filter(|_| !noun && !self.capital(at))?;
                let noun =
                    self.tag(at + 1).is_noun() && !self.closes(at + 1) && self.word(at + 1) == Word::Other;
                (!noun).then(|| Expression { part: Some(part), ..Expression::new(at, at + 1, Shape::OfDay) })
            })
            .or_else(|| {
                // "late summer", "mid-winter"
                let Word::Season(season) = self.word(at) else { return None };
                Some(Expression::new(at, at + 1, Shape::Season { year: Year::Open, season }))
            })?;
        if inner.modifier.is_some()
            || matches!(inner.shape, Shape::Told { .. })
                && !noun
                && hours.is_none()
                && inner.part.is_none()
                && at == k + 1
                && self.lower(at) != "that"
                && self.lower(at) != "the"
        {
            return None;
        }
        let part = hours.or(inner.part);
        Some(Expression { first: i, part, ..inner }.modified(modifier))
    }

    /// "year-end", "year's end", "month's end".
    fn end_of(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the");
        let unit = self
            .whole_unit(i + the)
            .filter(|u| matches!(u, Unit::Year | Unit::Month | Unit::Week | Unit::Quarter | Unit::Decade))?;
        let k = i + the + 1;
        let mark = self.hyphen(k) && self.glued(k) || matches!(self.lower(k), "'s" | "’s");
        let end = k + usize::from(mark);
        (self.lower(end) == "end" && (mark || unit == Unit::Year && the == 0 && self.closes(end + 1)))
            .then(|| Expression::new(i, end + 1, Shape::Unit { unit, shift: 0 }).modified(Modifier::End))
    }

    /// "earlier this week", "later that day", "later in the year", "earlier on Monday".
    fn sided(&self, i: usize, modifier: Modifier) -> Option<Expression> {
        let skip = usize::from(matches!(self.lower(i + 1), "in" | "on"));
        let k = i + 1 + skip;
        let unit = self.lower(k) == "the";
        let inner = self.shifted(k).or_else(|| self.told(k)).or_else(|| self.named_day(k)).or_else(|| {
            if unit {
                let unit = self.whole_unit(k + 1).filter(|u| *u != Unit::Night && *u != Unit::Quarter);
                if let Some(unit) = unit {
                    return Some(Expression::new(k, k + 2, Shape::Unit { unit, shift: 0 }));
                }
            }
            // "later in the spring", "earlier in October", "later in 2023"
            (skip == 1).then(|| {
                self.season(k)
                    .or_else(|| self.date(k))
                    .or_else(|| self.weekday(k))
                    .or_else(|| self.year(k, true))
            })?
        })?;
        // "later last year than …" and "earlier two days" are none
        Some(Expression { first: i, ..inner }.modified(modifier))
    }

    /// Number and next piece of "Q3", "3Q".
    pub(super) fn is_quarter_code(&self, i: usize) -> Option<(i8, bool)> {
        let lower = self.lower(i);
        if lower.len() != 2 {
            return None;
        }
        let (head, digit) = lower.split_at_checked(1)?;
        let number: i8 = digit.parse().ok()?;
        match head {
            "q" if (1..=4).contains(&number) => Some((number, false)),
            "h" if (1..=2).contains(&number) => Some((number, true)),
            _ => None,
        }
    }

    /// "Q3", "Q3 2024", "2024 Q3", "3Q", "the third quarter of 2024", "the first half of the year".
    pub(super) fn quarter(&self, i: usize) -> Option<Expression> {
        let leading = self.four_digits(i).filter(|_| self.digit(i));
        let start = i + usize::from(leading.is_some()) + usize::from(leading.is_some() && self.hyphen(i + 1));
        let coded = self.is_quarter_code(start).filter(|_| self.capital(start) || leading.is_some());
        let (number, mut next, half, code) = if let Some((number, half)) = coded {
            (number, start + 1, half, true)
        } else if leading.is_some() {
            return None;
        } else if self.digit(i) && self.lower(i + 1) == "q" && self.glued(i + 1) {
            (self.lower(i).parse().ok().filter(|n| (1..=4).contains(n))?, i + 2, false, true)
        } else {
            let k = i + usize::from(self.lower(i) == "the");
            let (number, next) = match self.lower(k) {
                "latter" => (2, k + 1),
                "last" | "final" if self.lower(i) == "the" && self.lower(k + 2) == "of" => (4, k + 1),
                _ => self.ordinal_words(k)?,
            };
            let next = next + usize::from(self.hyphen(next));
            let half = self.lower(next) == "half";
            if !(self.lower(next) == "quarter" && number <= 4 || half && number <= 2 && number > 0) {
                return None;
            }
            (number, next + 1, half, false)
        };
        let mut year = leading.map_or(Year::Open, Year::Is);
        let link = next + usize::from(matches!(self.lower(next), "of" | "," | "in"));
        let link = link + usize::from(matches!(self.lower(link), "fiscal"));
        if leading.is_none() {
            if let Some(stated) = self.four_digits(link).filter(|_| self.digit(link)) {
                (year, next) = (Year::Is(stated), link + 1);
            } else if let Some((shift, told, end)) =
                self.year_told(link).filter(|_| link > next || self.lower(link) != "the")
            {
                (year, next) = (if told { Year::Told(shift) } else { Year::Shifted(shift) }, end);
            } else if half && !code {
                // "the second half of October" lies in a month; "the first half of the game" in none
                // (not any point: halves of halves would nest without end)
                let whole = self.date(link).or_else(|| self.decade(link)).or_else(|| self.century(link));
                let whole = whole.filter(|w| !w.is_day())?;
                let modifier = if number == 1 { Modifier::Start } else { Modifier::End };
                return (link > next).then(|| Expression { first: i, ..whole }.modified(modifier));
            } else if !half && !code && link > next && self.lower(link - 1) == "of" {
                return None; // "a third quarter of the game"
            }
        }
        if coded.is_some_and(|(_, half)| half) && year == Year::Open {
            return None; // "H1" alone is a heading, a bacterium, a motorway
        }
        let shape = if half { Shape::Half { year, number } } else { Shape::Quarter { year, number } };
        Some(Expression::new(i, next, shape))
    }

    /// "last year", "this year", "next year", "the year", "that year", "the following year": shift, whether it counts
    /// from what was told, end.
    pub(super) fn year_told(&self, i: usize) -> Option<(i64, bool, usize)> {
        let year = |k: usize| self.word(k) == Word::Unit(Unit::Year);
        match self.word(i) {
            Word::Shift(shift) if year(i + 1) => return Some((shift, false, i + 2)),
            Word::Told(shift) if year(i + 1) => return Some((shift, true, i + 2)),
            _ => {}
        }
        if !matches!(self.lower(i), "the" | "that") {
            return None;
        }
        if year(i + 1) {
            return Some((0, self.lower(i) == "that", i + 2));
        }
        match self.word(i + 1) {
            Word::Told(shift) if year(i + 2) => Some((shift, true, i + 3)),
            Word::Shift(1) if year(i + 2) => Some((1, true, i + 3)),
            _ => None,
        }
    }

    /// "summer of 2022", "winter 2022", "1982 summer", "in the spring", "the spring of next year".
    pub(super) fn season(&self, i: usize) -> Option<Expression> {
        if let Some(year) = self.four_digits(i).filter(|_| self.digit(i)) {
            let Word::Season(season) = self.word(i + 1) else { return None };
            // "the 2012 Summer Olympics"
            let a_name = self.capital(i + 1) && self.name_goes_on(i + 2);
            let sure = !a_name && (matches!(season, Season::Summer | Season::Winter) || self.closes(i + 2));
            return sure.then(|| Expression::new(i, i + 2, Shape::Season { year: Year::Is(year), season }));
        }
        let the = usize::from(self.lower(i) == "the");
        let Word::Season(season) = self.word(i + the) else { return None };
        let k = i + the + 1;
        let of = usize::from(matches!(self.lower(k), "of" | ","));
        let of = of
            + usize::from(
                of == 1 && self.lower(k) == "of" && matches!(self.lower(k + 1), "early" | "late" | "mid"),
            );
        if let Some((year, end)) =
            self.stated_year(k + of).filter(|_| self.digit(k + of) || self.capital(k + of))
        {
            // "the winter of 1941-42"
            let two = matches!(self.lower(end), "-" | "–" | "/")
                && self.text(end + 1).len() == 2
                && self.text(end + 1).parse::<i16>().is_ok_and(|n| n == (year + 1) % 100);
            return Some(Expression::new(
                i,
                end + if two { 2 } else { 0 },
                Shape::Season { year: Year::Is(year), season },
            ));
        }
        let made = |next: usize, year: Year| Some(Expression::new(i, next, Shape::Season { year, season }));
        if let Some((shift, told, end)) = self.year_told(k + usize::from(self.lower(k) == "of")) {
            return made(end, if told { Year::Told(shift) } else { Year::Shifted(shift) });
        }
        if self.lower(k) == "of" {
            let year = self.year(k + 1, false)?;
            return match year.shape {
                Shape::EarlyYear(_) => {
                    Some(Expression { first: i, next: year.next, ..made(year.next, Year::Open)? })
                }
                _ => None,
            };
        }
        // "fall" the verb and "spring" the source: alone only where nothing else fits.
        let before = self.before(i);
        let cue = matches!(
            before,
            "in" | "during"
                | "since"
                | "by"
                | "until"
                | "for"
                | "throughout"
                | "this"
                | "late"
                | "early"
                | "of"
                | "through"
                | "over"
        );
        let attributive = self.tag(k).is_noun() && !self.closes(k) && self.word(k) == Word::Other;
        let sure =
            matches!(self.lower(i + the), "summer" | "winter" | "autumn" | "wintertime" | "summertime");
        let joined = i >= 2
            && matches!(before, "and" | "or" | "to" | "–" | "-" | "through")
            && matches!(self.word(i - 2), Word::Season(_));
        let spent = matches!(before, "spent" | "spend" | "spending")
            || the == 1 && self.follow(k, &["and"]) && matches!(self.word(k + 1), Word::Season(_));
        let plain = joined
            || spent
            || if the == 1 { cue || sure && !attributive } else { cue && (sure || before != "of") };
        let a_name = self.capital(i + the)
            && (self.name_goes_on(k)
                || i > 0 && self.tag(i - 1).is_proper() && self.word(i - 1) == Word::Other);
        let verb = self.lower(i + the) == "fall" && !self.tag(i + the).is_noun();
        (plain && !a_name && !verb && (sure || !attributive)).then(|| made(k, Year::Open))?
    }

    /// "the first week of May", "the last Monday in June", "the first ten months of 1915", "the last days of July".
    pub(super) fn nth(&self, i: usize) -> Option<Expression> {
        let k = i + usize::from(self.lower(i) == "the");
        let (number, next) = match self.lower(k) {
            "last" | "final" | "closing" => (-1, k + 1),
            "opening" => (1, k + 1),
            _ => self.ordinal_words(k)?,
        };
        let next = next + usize::from(matches!(self.lower(next), "full" | "whole" | "ever"));
        let unit = match self.word(next) {
            Word::Unit(unit) if !unit.is_of_clock() && unit != Unit::Night => Some(Nth::Unit(unit)),
            Word::Weekday(number) if self.capital(next) => Some(Nth::Weekday(number)),
            _ => None,
        };
        if let Some(unit) = unit {
            let joined = matches!(self.lower(next + 1), "of" | "in");
            let whole = self.whole(next + 2).filter(|_| joined)?;
            let end = whole.next;
            return Some(Expression::new(i, end, Shape::Nth { number, unit, whole: Box::new(whole) }));
        }
        if number.abs() != 1 {
            return None;
        }
        let amount = self.amount(next).filter(|a| matches!(a.form, Form::Counted | Form::Bare))?;
        if !matches!(self.lower(amount.next), "of" | "in") {
            return None;
        }
        let whole = self.whole(amount.next + 1)?;
        let edge = if number == 1 { Edge::First } else { Edge::Last };
        let end = whole.next;
        let shape = Shape::Portion { unit: amount.unit, count: amount.count, edge, whole: Box::new(whole) };
        Some(Expression::new(i, end, shape))
    }

    /// Something that has parts: "May", "1915", "the year", "last month", "the 1980s"; not a part again, for parts of
    /// parts would nest without end.
    fn whole(&self, i: usize) -> Option<Expression> {
        if self.lower(i) == "the"
            && let Some(unit) = self
                .whole_unit(i + 1)
                .filter(|u| matches!(u, Unit::Month | Unit::Year | Unit::Week | Unit::Decade | Unit::Century))
        {
            let goes_on = self.lower(i + 2) == "of";
            return (!goes_on).then(|| Expression::new(i, i + 2, Shape::Unit { unit, shift: 0 }));
        }
        let found = self
            .date(i)
            .or_else(|| self.quarter(i))
            .or_else(|| self.shifted(i))
            .or_else(|| self.told(i))
            .or_else(|| self.fiscal(i))
            .or_else(|| self.season(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.century(i))
            .or_else(|| self.year(i, true))
            .map(|found| self.of_year(found))?;
        let large = !found.is_day() && !matches!(found.shape, Shape::Span { .. });
        large.then_some(found)
    }
}
