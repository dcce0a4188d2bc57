//! Units counted from now or from the date just told: "last year", "earlier this week", "the past two years", "the
//! previous day".

use super::super::expression::{Expression, Shape};
use super::super::words::{Word, unit, word};
use super::Reader;
use super::days::day_number;
use super::lengths::stated;
use super::years::decade_of;
use crate::extract::quantity::number;

impl Reader<'_, '_> {
    /// "late October", "mid-2023", "the end of 2024", "earlier this week", "later in the month".
    pub(super) fn modified(&self, i: usize) -> Option<Expression> {
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
    pub(super) fn joined(&self, i: usize, part: &'static str, rest: &str) -> Option<Expression> {
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

    /// "last year", "this past week", "the past two years", "next few days", "last October", "the coming months".
    pub(super) fn shifted(&self, i: usize) -> Option<Expression> {
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
    pub(super) fn amount(&self, i: usize) -> Option<(&'static str, Option<f64>, usize)> {
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

    pub(super) fn units(&self, i: usize) -> Option<&'static str> {
        match self.word(i) {
            Some(Word::Units(unit)) => Some(unit),
            _ => None,
        }
    }

    /// "the previous day", "the following week", "that year", "the same month", "the next day".
    pub(super) fn told(&self, i: usize) -> Option<Expression> {
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
}
