//! Lengths, and what is counted from a point by a length: "three months", "two days ago", "the 12 months to June".

use super::super::expression::{Edge, Expression, From, Shape};
use super::super::units::Unit;
use super::super::words::{self, Word};
use super::Reader;
use super::amounts::{Amount, Form};
use crate::document::Modifier;

impl Reader<'_, '_> {
    /// "two days ago", "three weeks later", "for months", "a three-day visit", "years to come".
    pub(super) fn counted(&self, i: usize) -> Option<Expression> {
        if self.lower(i) == "recent" {
            let Word::Units(unit) = self.word(i + 1) else { return None };
            return (!unit.is_of_clock()).then(|| Expression::new(i, i + 2, Shape::Reference("PAST_REF")));
        }
        let the = usize::from(self.lower(i) == "the");
        if the == 1 {
            return self.portion_to(i).or_else(|| self.day_beside(i)).or_else(|| self.owned_length(i));
        }
        let amount = self.amount(i)?;
        // "42 years old", "a 42-year-old", "25 years of age": the figures know ages
        if self.is_age(amount.next) {
            return None;
        }
        if let Some(found) = self.offset(i, &amount) {
            return Some(found);
        }
        if self.follow(amount.next, &["to", "come"]) {
            return Some(Expression::new(i, amount.next + 2, Shape::Reference("FUTURE_REF")));
        }
        self.length(i, amount)
    }

    fn is_age(&self, next: usize) -> bool {
        let k = next + usize::from(self.hyphen(next));
        matches!(self.lower(k), "old" | "olds") || self.follow(next, &["of", "age"])
    }

    /// "ago", "later", "earlier", "from now", "before May 5" behind an amount.
    fn offset(&self, i: usize, amount: &Amount) -> Option<Expression> {
        let Amount { unit, count, next, .. } = *amount;
        let made = |next: usize, back: bool, from: From| {
            Some(Expression::new(i, next, Shape::Offset { unit, count, back, from }))
        };
        match self.lower(next) {
            "ago" => return made(next + 1, true, From::Now),
            "earlier" | "previously" | "beforehand" | "prior"
                if self.lower(next) != "prior" || !self.follow(next + 1, &["to"]) =>
            {
                // "a year earlier than planned" is a length
                return if self.lower(next + 1) == "than" { None } else { made(next + 1, true, From::Told) };
            }
            "later" | "afterwards" | "afterward" | "hence" | "thereafter" => {
                return if self.lower(next + 1) == "than" { None } else { made(next + 1, false, From::Told) };
            }
            "before" | "after" | "on"
                if self.closes(next + 1) && (self.lower(next) != "on" || amount.form == Form::Counted) =>
            {
                return made(next + 1, self.lower(next) == "before", From::Told);
            }
            "before" | "after" | "from" | "following" => {
                if self.follow(next, &["from", "now"]) || self.follow(next, &["from", "today"]) {
                    return made(next + 2, false, From::Now);
                }
                // "two days after May 5"; "64 days from May 5 to July 8" is a length
                let date = self.edged(next + 1).or_else(|| self.point(next + 1));
                if let Some(date) = date.filter(|d| d.is_day() && self.lower(next) != "from") {
                    let back = self.lower(next) == "before";
                    let after = date.next;
                    return made(after, back, From::Date(Box::new(date)));
                }
            }
            _ => {}
        }
        // "in two years' time", "in a week's time", "within two weeks' time"
        if matches!(self.lower(next), "'s" | "'" | "’") && self.lower(next + 1) == "time" {
            return made(next + 2, false, From::Now);
        }
        None
    }

    /// An amount that stands for itself.
    fn length(&self, i: usize, amount: Amount) -> Option<Expression> {
        let Amount { unit, count, to, mut next, form } = amount;
        let before = self.before(i);
        let measured = words::is("measure", before)
            || i >= 2 && matches!(before, "a" | "the") && words::is("measure", self.before(i - 1));
        let long = self.follow(next, &["-", "long"]) || self.lower(next) == "long";
        match form {
            Form::Compound => {}
            Form::Counted => {
                // "the 15 minutes of fame" and "22 seconds" are lengths; "one day" is some day
                if count == Some(1.0) && unit == Unit::Day && !measured {
                    return None;
                }
            }
            Form::One => {
                if self.lower(i) == "one" && unit == Unit::Day && !measured {
                    return None;
                }
                let noun = self.tag(next).is_noun()
                    && !self.closes(next)
                    && !matches!(self.word(next), Word::Units(_));
                let light = matches!(
                    unit,
                    Unit::Second
                        | Unit::Minute
                        | Unit::Day
                        | Unit::Night
                        | Unit::Quarter
                        | Unit::Weekend
                        | Unit::Millennium
                );
                let ordinal = unit == Unit::Second && !self.closes(next);
                if noun || ordinal || light && !measured && !long {
                    return None;
                }
                if unit == Unit::Quarter && !matches!(before, "for" | "per" | "every") {
                    return None; // "in a quarter of cases"
                }
            }
            Form::Bare => {
                let of = self.lower(next) == "of"
                    && i > 0
                    && !matches!(
                        before,
                        "the" | "these" | "those" | "his" | "her" | "their" | "its" | "our" | "my"
                    );
                let beside = matches!(self.lower(next), "after" | "before")
                    || before == "of" && matches!(self.before(i - 1), "matter");
                if !measured && !long && !of && !beside || self.capital(i) && i > 0 {
                    return None;
                }
            }
        }
        // "two years and three months", "5 hours 30 minutes"
        let mut more = None;
        if let Some(first) = count
            && form == Form::Counted
        {
            let k = next + usize::from(matches!(self.lower(next), "and" | ","));
            if let Some(rest) =
                self.amount(k).filter(|a| a.form == Form::Counted && a.unit < unit && a.to.is_none())
                && let Some(second) = rest.count
                && first.fract() == 0.0
                && (k == next || self.lower(next) == "and")
            {
                more = Some((second, rest.unit));
                next = rest.next;
            }
        }
        if long {
            // "months-long", "a day long"
            next += if self.hyphen(next) { 2 } else { usize::from(form == Form::Compound) };
        }
        let mut found = Expression::new(i, next, Shape::Duration { unit, count, to, more });
        if self.follow(next, &["or", "more"]) || self.follow(next, &["or", "longer"]) {
            found = Expression { next: next + 2, ..found }.modified(Modifier::EqualOrMore);
        } else if self.follow(next, &["or", "less"]) || self.follow(next, &["or", "so"]) {
            let modifier =
                if self.lower(next + 1) == "so" { Modifier::Approx } else { Modifier::EqualOrLess };
            found = Expression { next: next + 2, ..found }.modified(modifier);
        }
        Some(found)
    }

    /// "the 12 months to June", "the three years to 2014", "the six months ended June 30".
    fn portion_to(&self, i: usize) -> Option<Expression> {
        let amount = self.amount(i + 1).filter(|a| a.form == Form::Counted)?;
        let mut k = amount.next;
        k += match self.lower(k) {
            "to" | "through" | "ended" | "ending" | "until" => 1,
            _ => return None,
        };
        k += usize::from(matches!(self.lower(k), "in" | "on" | "the"));
        let whole = self.edged(k).or_else(|| self.point(k)).or_else(|| self.year(k, true))?;
        let next = whole.next;
        let shape = Shape::Portion {
            unit: amount.unit,
            count: amount.count,
            edge: Edge::Last,
            whole: Box::new(whole),
        };
        Some(Expression::new(i, next, shape))
    }

    /// "the day after tomorrow", "the day before yesterday", "the day before", "the week after", "the year after".
    fn day_beside(&self, i: usize) -> Option<Expression> {
        let unit = self.whole_unit(i + 1)?;
        let back = match self.lower(i + 2) {
            "before" | "earlier" | "prior" => true,
            "after" | "following" => false,
            _ => return None,
        };
        let shift = if back { -1 } else { 1 };
        if unit == Unit::Day && matches!(self.word(i + 3), Word::Day(d) if d == shift) {
            return Some(Expression::new(i, i + 4, Shape::Unit { unit, shift: 2 * shift }));
        }
        let last = match self.word(i + 3) {
            Word::Shift(s) if self.lower(i + 3) != "this" && s == shift => {
                self.whole_unit(i + 4).filter(|u| *u == unit)
            }
            _ => None,
        };
        if last.is_some() {
            return Some(Expression::new(i, i + 5, Shape::Unit { unit, shift: 2 * shift }));
        }
        if let Some(date) = self.point(i + 3).filter(Expression::is_day) {
            let next = date.next;
            let shape = Shape::Offset { unit, count: Some(1.0), back, from: From::Date(Box::new(date)) };
            return Some(Expression::new(i, next, shape));
        }
        self.closes(i + 3).then(|| Expression::new(i, i + 3, Shape::Told { unit, shift }))
    }

    /// "the three years", "the 24 hours", "the two-week".
    fn owned_length(&self, i: usize) -> Option<Expression> {
        let amount = self.amount(i + 1).filter(|a| matches!(a.form, Form::Counted | Form::Compound))?;
        if self.is_age(amount.next) {
            return None;
        }
        let found = self.length(i + 1, amount)?;
        Some(Expression { first: i, ..found })
    }
}
