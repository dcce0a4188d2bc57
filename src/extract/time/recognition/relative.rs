//! What is counted from now or from the date told last: "Monday", "yesterday", "last year", "the previous day",
//! "Christmas", "recently".

use super::super::expression::{Expression, Shape, Year};
use super::super::holidays::{self, Rule};
use super::super::units::{Part, Unit};
use super::super::words::{self, Word};
use super::Reader;
use super::amounts::Form;

impl Reader<'_, '_> {
    /// A part of the day that a piece names.
    pub(super) fn part(&self, i: usize) -> Option<Part> {
        match self.word(i) {
            Word::Part(part) => Some(part),
            Word::Unit(Unit::Night) => Some(Part::Night),
            _ => None,
        }
    }

    /// "Monday", "Monday morning", "Sat."
    pub(super) fn weekday(&self, i: usize) -> Option<Expression> {
        let number = match self.word(i) {
            Word::Weekday(number) => number,
            Word::WeekdayShort(number) if self.lower(i).ends_with('.') => number,
            _ => return None,
        };
        let mut next = i + 1;
        let part = self.part(next);
        next += usize::from(part.is_some());
        // "the Sunday Times", "Bloody Sunday", "Super Tuesday": names
        let cue = i == 0 || words::is("weekday_before", self.before(i));
        let named_before =
            i > 0 && !cue && self.capital(i - 1) && matches!(self.word(i - 1), Word::Other | Word::Holiday);
        let named_after = self.name_goes_on(next) && (named_before || matches!(self.before(i), "the" | "a"));
        if named_after || named_before && words::is("weekday_name", self.before(i)) {
            return None;
        }
        Some(Expression {
            part,
            ..Expression::new(i, next, Shape::Weekday { number, shift: None, week: None })
        })
    }

    /// "today", "yesterday evening", "tonight", "this morning", "last night", "overnight", "the weekend".
    pub(super) fn named_day(&self, i: usize) -> Option<Expression> {
        let day = |shift: i64| Shape::Unit { unit: Unit::Day, shift };
        match self.word(i) {
            Word::Tonight => {
                Some(Expression { part: Some(Part::Night), ..Expression::new(i, i + 1, day(0)) })
            }
            Word::Day(shift) => {
                // "Korea Today", "USA Today"
                if i > 0 && self.capital(i) && self.tag(i - 1).is_proper() && self.word(i - 1) == Word::Other
                {
                    return None;
                }
                let part = self.part(i + 1);
                Some(Expression {
                    part,
                    ..Expression::new(i, i + 1 + usize::from(part.is_some()), day(shift))
                })
            }
            Word::Shift(shift) if self.lower(i) != "past" && self.lower(i) != "current" => {
                let part = self.part(i + 1)?;
                if self.lower(i) != "this" && part != Part::Night {
                    return None;
                }
                let a_name = self.capital(i) && self.capital(i + 1) && i > 0;
                (!a_name).then(|| Expression { part: Some(part), ..Expression::new(i, i + 2, day(shift)) })
            }
            _ if self.lower(i) == "the" && self.word(i + 1) == Word::Unit(Unit::Weekend) => {
                (!self.capital(i + 1)).then(|| Expression::new(i, i + 2, Shape::Weekend))
            }
            _ => None,
        }
    }

    /// "Christmas", "New Year's Eve 2019", "last Easter".
    pub(super) fn holiday(&self, i: usize) -> Option<Expression> {
        let beside = match self.word(i) {
            Word::Shift(shift) if !matches!(self.lower(i), "past" | "current" | "these") => Some(shift),
            _ => None,
        };
        let k = i + usize::from(beside.is_some());
        let (length, rule) = holidays::beginning_with(self.lower(k)).iter().find_map(|(words, rule)| {
            words.iter().enumerate().all(|(j, w)| self.lower(k + j) == *w).then_some((words.len(), *rule))
        })?;
        let event = matches!(rule, Rule::Once(_));
        if !self.capital(k) && !event || event && self.digit(k) && !self.glued(k + 1) {
            return None;
        }
        // "Operation Ramadan", "White Christmas"
        if k > 0
            && beside.is_none()
            && self.tag(k - 1).is_noun()
            && self.capital(k - 1)
            && self.word(k - 1) == Word::Other
        {
            return None;
        }
        let mut next = k + length;
        let part = self.part(next).filter(|_| self.tag(next).is_noun());
        next += usize::from(part.is_some());
        let of = usize::from(matches!(self.lower(next), "of" | "in" | ","));
        let mut year = beside.map_or(Year::Open, Year::Beside);
        if let Some(stated) = self.four_digits(next + of) {
            (year, next) = (Year::Is(stated), next + of + 1);
        } else if self.name_goes_on(next) && !self.closes(next)
            || self.tag(next).is_noun() && self.is_attributed(next)
        {
            // "Good Friday Agreement", "Easter Rising", "Christmas tree"
            return None;
        }
        Some(Expression { part, ..Expression::new(i, next, Shape::Holiday { year, rule }) })
    }

    fn is_attributed(&self, i: usize) -> bool {
        !matches!(
            self.lower(i),
            "weekend" | "period" | "season" | "week" | "holiday" | "holidays" | "break" | "celebrations"
        ) && self.word(i) == Word::Other
    }

    /// "last year", "this past week", "the past two years", "next few days", "last October", "the coming months".
    pub(super) fn shifted(&self, i: usize) -> Option<Expression> {
        let the =
            usize::from(matches!(self.lower(i), "the" | "these" | "his" | "its" | "their" | "her" | "our"));
        let mut k = i + the;
        if the == 1 && self.lower(i) == "these" && self.word(i + 1) == Word::Units(Unit::Day) {
            return Some(Expression::new(i, i + 2, Shape::Reference("PRESENT_REF")));
        }
        let Word::Shift(mut shift) = self.word(k) else { return None };
        if self.lower(k) == "last" && self.tag(k).is_verb() {
            return None; // "it should not last two hours"
        }
        let mut past = self.lower(k) == "past";
        let this = self.lower(k) == "this";
        let next = matches!(self.lower(k), "next");
        k += 1;
        if shift == 0
            && let Word::Shift(inner) = self.word(k)
        {
            // "this past week", "this coming Monday"
            past = self.lower(k) == "past";
            shift = inner;
            k += 1;
        }
        let made = |next: usize, shape: Shape| Some(Expression::new(i, next, shape));
        match self.word(k) {
            Word::Weekday(number) => {
                let part = self.part(k + 1);
                let shape = Shape::Weekday { number, shift: Some(shift), week: None };
                return Some(Expression {
                    part,
                    ..Expression::new(i, k + 1 + usize::from(part.is_some()), shape)
                });
            }
            Word::Month(month) if self.capital(k) => {
                let day = self.day_number(k + 1).filter(|_| self.four_digits(k + 2).is_none());
                let shape = Shape::Month { year: Year::Beside(shift), month, day };
                return made(k + 1 + usize::from(day.is_some()), shape);
            }
            Word::Season(season) => {
                let year = if the == 1 && next { Year::Told(1) } else { Year::Beside(shift) };
                return made(k + 1, Shape::Season { year, season });
            }
            Word::Part(part) if the == 1 && next => {
                // "the next morning"
                let shape = Shape::Told { unit: Unit::Day, shift: 1 };
                return Some(Expression { part: Some(part), ..Expression::new(i, k + 1, shape) });
            }
            Word::Unit(Unit::Night) if the == 1 && next => {
                let shape = Shape::Told { unit: Unit::Day, shift: 1 };
                return Some(Expression { part: Some(Part::Night), ..Expression::new(i, k + 1, shape) });
            }
            Word::Unit(unit) => {
                // "last night" is a night; "the last minute", "this second", "last season", "the last day" are no dates
                if unit == Unit::Night || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
                    return (past && unit == Unit::Hour).then(|| {
                        Expression::new(i, k + 1, Shape::Span { unit, count: Some(1.0), back: true })
                    });
                }
                if past && unit != Unit::Weekend {
                    return made(k + 1, Shape::Span { unit, count: Some(1.0), back: true });
                }
                if unit == Unit::Day && self.lower(k - 1) == "current" {
                    return made(k + 1, Shape::Unit { unit, shift: 0 });
                }
                if unit == Unit::Day {
                    // "the next day" is told from the day before; "this day", "the last day" are not dates
                    return next.then(|| Expression::new(i, k + 1, Shape::Told { unit, shift: 1 }));
                }
                if the == 1 && next {
                    return made(k + 1, Shape::Told { unit, shift: 1 });
                }
                if the == 1 && self.lower(k - 1) == "last" {
                    // "the last year", "the last decade": the stretch up to now
                    return (self.lower(k + 1) != "of").then(|| {
                        Expression::new(i, k + 1, Shape::Span { unit, count: Some(1.0), back: true })
                    });
                }
                if the == 1 && this {
                    return None;
                }
                return made(k + 1, Shape::Unit { unit, shift });
            }
            _ => {}
        }
        if shift == 0 {
            return None;
        }
        let amount = self.amount(k).filter(|a| matches!(a.form, Form::Counted | Form::Bare))?;
        if self.lower(amount.next) == "of" && self.lower(k - 1) == "last" {
            return None; // "the last days of the war"; with a date behind it is a portion
        }
        made(amount.next, Shape::Span { unit: amount.unit, count: amount.count, back: shift < 0 })
    }

    /// "the previous day", "the following week", "that year", "the same month", "that evening", "the following spring".
    pub(super) fn told(&self, i: usize) -> Option<Expression> {
        let mut k = i;
        let opened = match self.lower(i) {
            "the" | "that" | "this" | "a" => {
                k += 1;
                true
            }
            _ => false,
        };
        k += usize::from(
            self.lower(k) == "very" || opened && self.lower(i) != "the" && self.lower(k) == "same",
        );
        let shift = match self.word(k) {
            Word::Told(shift) if self.lower(k) != "that" || !opened => {
                k += 1;
                shift
            }
            Word::Shift(1) if self.lower(k) == "next" && self.lower(k - usize::from(k > i)) == "very" => {
                k += 1;
                1
            }
            _ if opened && matches!(self.lower(i), "that") || k > i + 1 => 0,
            _ => return None,
        };
        let made = |next: usize, shape: Shape| Some(Expression::new(i, next, shape));
        match self.word(k) {
            Word::Unit(Unit::Night) => Some(Expression {
                part: Some(Part::Night),
                ..Expression::new(i, k + 1, Shape::Told { unit: Unit::Day, shift })
            }),
            Word::Unit(unit) if !unit.is_of_clock() => made(k + 1, Shape::Told { unit, shift }),
            Word::Part(part) => Some(Expression {
                part: Some(part),
                ..Expression::new(i, k + 1, Shape::Told { unit: Unit::Day, shift })
            }),
            Word::Season(season) => made(k + 1, Shape::Season { year: Year::Told(shift), season }),
            Word::Month(month) if self.capital(k) => {
                made(k + 1, Shape::Month { year: Year::Told(shift), month, day: None })
            }
            Word::Weekday(number) if self.capital(k) && shift != 0 => {
                made(k + 1, Shape::Weekday { number, shift: Some(shift), week: None })
            }
            _ => {
                // "the following three months", "the preceding years"
                if shift == 0 {
                    return None;
                }
                let amount = self.amount(k).filter(|a| matches!(a.form, Form::Counted | Form::Bare))?;
                made(
                    amount.next,
                    Shape::Duration { unit: amount.unit, count: amount.count, to: amount.to, more: None },
                )
            }
        }
    }

    /// "in the morning", "at night", "overnight" without a day.
    pub(super) fn part_of_day(&self, i: usize) -> Option<Expression> {
        let made = |first: usize, next: usize, part: Part| {
            Some(Expression { part: Some(part), ..Expression::new(first, next, Shape::OfDay) })
        };
        if self.lower(i) == "overnight" {
            let figure =
                matches!(self.lower(i + 1), "success" | "sensation" | "stay" | "stays" | "bag" | "guests");
            return if figure { None } else { made(i, i + 1, Part::Night) };
        }
        let the = usize::from(self.lower(i) == "the");
        let part = self.part(i + the)?;
        // "the night of April 18", "on the evening of the 5th": the day is joined to it
        if matches!(self.lower(i + the + 1), "of" | "on")
            && self.point(i + the + 2).or_else(|| self.numeric_date(i + the + 2)).is_some_and(|d| d.is_day())
        {
            return made(i, i + the + 1, part);
        }
        if self.tag(i + the + 1).is_noun() && !self.closes(i + the + 1) {
            return None;
        }
        if the == 1 {
            return if matches!(self.before(i), "in" | "during" | "by") {
                made(i, i + 2, part)
            } else {
                None
            };
        }
        match self.before(i) {
            // what happens at night happens so on many nights
            "at" | "by" if part == Part::Night => {
                Some(Expression::new(i, i + 1, Shape::Set("XXXX-XX-XXTNI".to_owned())))
            }
            "at" | "by" | "before" | "until" | "after" => made(i, i + 1, part),
            _ => None,
        }
    }

    /// "now", "recently", "in the past", "in the future".
    pub(super) fn reference(&self, i: usize) -> Option<Expression> {
        if let Word::Reference(value) = self.word(i) {
            let conjunction = self.lower(i) == "now" && self.lower(i + 1) == "that";
            let a_name = self.capital(i) && i > 0 && self.tag(i).is_proper();
            return (!conjunction && !a_name).then(|| Expression::new(i, i + 1, Shape::Reference(value)));
        }
        if self.lower(i) == "the" && matches!(self.before(i), "in" | "of" | "from" | "for" | "than") {
            let alone = !self.tag(i + 2).is_noun() || self.closes(i + 2);
            let value = match self.lower(i + 1) {
                "past" if alone => "PAST_REF",
                "future" if alone => "FUTURE_REF",
                "present" if alone && !self.tag(i + 2).is_adjective() => "PRESENT_REF",
                _ => return None,
            };
            return Some(Expression::new(i, i + 2, Shape::Reference(value)));
        }
        // "present-day Ethiopia", "to this day", "to date", "at present", "the modern day"
        let hyphen = usize::from(self.hyphen(i + 1));
        if matches!(self.lower(i), "present" | "modern") && self.lower(i + 1 + hyphen) == "day" {
            return Some(Expression::new(i, i + 2 + hyphen, Shape::Reference("PRESENT_REF")));
        }
        if self.lower(i) == "this" && self.before(i) == "to" && self.lower(i + 1) == "day" {
            return Some(Expression::new(i, i + 2, Shape::Reference("PRESENT_REF")));
        }
        if self.lower(i) == "present" && self.before(i) == "at" && !self.tag(i + 1).is_noun() {
            return Some(Expression::new(i, i + 1, Shape::Reference("PRESENT_REF")));
        }
        if matches!(self.lower(i), "this" | "the")
            && self.before(i) == "at"
            && self.follow(i + 1, &["present", "time"])
        {
            return Some(Expression::new(i, i + 3, Shape::Reference("PRESENT_REF")));
        }
        let near = matches!(self.lower(i), "near" | "foreseeable" | "immediate");
        if near && self.lower(i + 1) == "future" {
            return Some(Expression::new(i, i + 2, Shape::Reference("FUTURE_REF")));
        }
        None
    }
}
