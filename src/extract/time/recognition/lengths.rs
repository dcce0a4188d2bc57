//! Lengths and what recurs: "three months", "two days ago", "every day", "twice a week".

use super::super::calendar;
use super::super::expression::{Expression, Shape};
use super::super::words::{Word, unit};
use super::Reader;
use crate::extract::quantity::number;

impl Reader<'_, '_> {
    /// "two days ago", "three weeks later", "for months", "a three-day visit", "years to come".
    pub(super) fn counted(&self, i: usize) -> Option<Expression> {
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

    pub(super) fn closes(&self, i: usize) -> bool {
        i >= self.end || matches!(self.lower(i), "." | "," | ";" | ")" | ":" | "\"")
    }

    pub(super) fn later(&self, i: usize) -> bool {
        match self.lower(i) {
            "on" => false,
            "after" => self.closes(i + 1),
            _ => true,
        }
    }

    /// Whether the word before makes what follows a length: "for a year", "within months".
    pub(super) fn measures(&self, i: usize) -> bool {
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
    pub(super) fn set(&self, i: usize) -> Option<Expression> {
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
                    (calendar::duration(Some(1.0), unit), k + 1)
                }
                Word::Weekday(number) => (format!("XXXX-WXX-{number}"), k + 1),
                Word::Month(month) => (format!("XXXX-{month:02}"), k + 1),
                Word::Season(code) => (format!("XXXX-{code}"), k + 1),
                Word::Part(part) => (format!("XXXX-XX-XXT{part}"), k + 1),
                _ => {
                    let (unit, count, next) = self.amount(k).filter(|_| lower == "every")?;
                    (calendar::duration(count, unit), next)
                }
            };
            return Some(Expression::new(i, next, Shape::Set(value)));
        }
        if lower == "per" {
            let Some(Word::Unit(unit)) = self.word(i + 1) else { return None };
            return Some(Expression::new(i, i + 2, Shape::Set(calendar::duration(Some(1.0), unit))));
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
            .then(|| Expression::new(i, times + 2, Shape::Set(calendar::duration(Some(1.0), unit))))
    }
}

pub(super) fn stated(number: &number::Number) -> Option<f64> {
    (number.low == number.high).then_some(number.low)
}
