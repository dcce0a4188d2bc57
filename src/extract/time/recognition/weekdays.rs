//! Weekdays and parts of days: "Monday morning", "yesterday", "tonight", "the weekend".

use super::super::expression::{Expression, Shape};
use super::super::words::Word;
use super::Reader;

impl Reader<'_, '_> {
    pub(super) fn day_part(&self, i: usize) -> Option<&'static str> {
        match self.word(i) {
            Some(Word::Part(part)) => Some(part),
            Some(Word::Unit("NI")) => Some("NI"),
            _ => None,
        }
    }

    /// "Monday", "last Monday", "Monday morning", "every Monday".
    pub(super) fn weekday(&self, i: usize) -> Option<Expression> {
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
    pub(super) fn named_day(&self, i: usize) -> Option<Expression> {
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
    pub(super) fn part_of_week(&self, i: usize) -> Option<Expression> {
        let the = self.lower(i) == "the" && self.lower(i + 1) == "weekend";
        the.then(|| Expression::new(i, i + 2, Shape::Weekend))
    }
}
