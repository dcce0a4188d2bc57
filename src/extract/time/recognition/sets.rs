//! What recurs: "every day", "daily", "every other Thursday", "twice a week", "Mondays", "per year".

use super::super::expression::{Expression, Shape};
use super::super::units::{Part, Unit, duration};
use super::super::words::Word;
use super::Reader;
use super::amounts::Form;

impl Reader<'_, '_> {
    pub(super) fn set(&self, i: usize) -> Option<Expression> {
        let made = |next: usize, value: String| Some(Expression::new(i, next, Shape::Set(value)));
        match self.word(i) {
            Word::Set(value) => {
                // "the Daily Mail", "Korea Daily", "daily-life"
                let a_name = self.capital(i) && (i > 0 || self.name_goes_on(i + 1));
                return if a_name { None } else { made(i + 1, value.to_owned()) };
            }
            Word::Parts(part) if matches!(self.before(i), "in" | "the" | "") && self.closes(i + 1) => {
                return made(i + 1, format!("XXXX-XX-XXT{}", part.code()));
            }
            Word::Weekdays(number) if self.capital(i) => {
                let part = match self.word(i + 1) {
                    Word::Parts(part) | Word::Part(part) => Some(part),
                    _ => None,
                };
                let value =
                    format!("XXXX-WXX-{number}{}", part.map_or(String::new(), |p| format!("T{}", p.code())));
                return made(i + 1 + usize::from(part.is_some()), value);
            }
            // "Tuesday afternoons"
            Word::Weekday(number) => {
                if let Word::Parts(part) = self.word(i + 1) {
                    return made(i + 2, format!("XXXX-WXX-{number}T{}", part.code()));
                }
                if self.word(i + 1) == Word::Units(Unit::Night) {
                    return made(i + 2, format!("XXXX-WXX-{number}TNI"));
                }
            }
            _ => {}
        }
        let lower = self.lower(i);
        if matches!(lower, "weekends" | "weekdays") {
            return None;
        }
        if self.word(i) == Word::Units(Unit::Weekend) && matches!(self.before(i), "on" | "at" | "") {
            return made(i + 1, "XXXX-WXX-WE".to_owned());
        }
        if matches!(lower, "every" | "each") {
            return self.each(i);
        }
        if lower == "per" {
            let Word::Unit(unit) = self.word(i + 1) else { return None };
            return made(i + 2, duration(Some(1.0), unit));
        }
        // "once a week", "twice per month", "three times a year"
        let times = if matches!(lower, "once" | "twice") {
            i + 1
        } else if matches!(self.lower(i + 1), "times")
            && (self.digit(i) || matches!(self.word(i), Word::Cardinal(_) | Word::Vague))
        {
            i + 2
        } else {
            return self.rate(i);
        };
        if !matches!(self.lower(times), "a" | "an" | "per" | "each" | "every") {
            return None;
        }
        if let Some(amount) = self.amount(times + 1).filter(|_| self.lower(times) == "every") {
            return made(amount.next, duration(amount.count, amount.unit));
        }
        let Word::Unit(unit) = self.word(times + 1) else { return None };
        made(times + 2, duration(Some(1.0), unit))
    }

    /// "500 barrels *a day*", "$3 *an hour*": behind a counted noun or a sum.
    fn rate(&self, i: usize) -> Option<Expression> {
        if !matches!(self.lower(i), "a" | "an") || i == 0 {
            return None;
        }
        let Word::Unit(unit) = self.word(i + 1) else { return None };
        if unit == Unit::Second && !self.closes(i + 2) {
            return None;
        }
        let noun = self.tag(i - 1) == crate::document::Tag::NNS
            || self.digit(i - 1)
            || matches!(self.before(i), "%" | "percent" | "cent")
            || matches!(self.word(i - 1), Word::Cardinal(_));
        let counted = (1..=4).any(|back| {
            i.checked_sub(back)
                .is_some_and(|k| self.digit(k) || matches!(self.word(k), Word::Cardinal(_) | Word::Vague))
        });
        let later =
            matches!(self.lower(i + 2), "ago" | "later" | "earlier" | "before" | "after" | "from" | "old");
        (noun && counted && !later && !self.tag(i + 2).is_noun())
            .then(|| Expression::new(i, i + 2, Shape::Set(duration(Some(1.0), unit))))
    }

    /// "every day", "each year", "every other Thursday", "every two weeks", "every morning", "every Christmas".
    fn each(&self, i: usize) -> Option<Expression> {
        let mut k = i + 1;
        let other = matches!(self.lower(k), "other" | "second") && !matches!(self.word(k + 1), Word::Other);
        k += usize::from(other || self.lower(k) == "single");
        let step = if other { 2.0 } else { 1.0 };
        let (value, next) = match self.word(k) {
            Word::Unit(Unit::Night) => ("XXXX-XX-XXTNI".to_owned(), k + 1),
            Word::Unit(unit) if unit != Unit::Second || self.lower(i) == "every" => {
                (duration(Some(step), unit), k + 1)
            }
            Word::Weekday(number) => {
                let part = match self.word(k + 1) {
                    Word::Part(part) => Some(part),
                    Word::Unit(Unit::Night) => Some(Part::Night),
                    _ => None,
                };
                let value =
                    format!("XXXX-WXX-{number}{}", part.map_or(String::new(), |p| format!("T{}", p.code())));
                (value, k + 1 + usize::from(part.is_some()))
            }
            Word::Month(month) => (format!("XXXX-{month:02}"), k + 1),
            Word::Season(season) => (format!("XXXX-{}", season.code()), k + 1),
            Word::Part(part) => (format!("XXXX-XX-XXT{}", part.code()), k + 1),
            _ => {
                let amount =
                    self.amount(k).filter(|a| self.lower(i) == "every" || a.form == Form::Counted)?;
                (duration(amount.count, amount.unit), amount.next)
            }
        };
        Some(Expression::new(i, next, Shape::Set(value)))
    }
}
