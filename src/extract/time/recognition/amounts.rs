//! Amounts of units: "three days", "10 to 15 years", "a few months", "two and a half years", "half a century".

use super::super::units::Unit;
use super::super::words::Word;
use super::Reader;
use crate::document::Tag;

/// So many of a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) unit: Unit,
    /// How many; `None` if vague.
    pub(super) count: Option<f64>,
    /// The other end of "10 to 15 years".
    pub(super) to: Option<f64>,
    pub(super) next: usize,
    /// What shows that it is an amount.
    pub(super) form: Form,
}

/// How an amount is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "three days".
    Counted,
    /// "three-day".
    Compound,
    /// "a day".
    One,
    /// "days".
    Bare,
}

/// A number of an amount.
struct Numeral {
    low: f64,
    high: Option<f64>,
    next: usize,
}

impl Reader<'_, '_> {
    /// The amount that begins with piece `i`.
    pub(super) fn amount(&self, i: usize) -> Option<Amount> {
        let counted = |unit, count, next| Amount { unit, count, to: None, next, form: Form::Counted };
        if let Word::Units(unit) = self.word(i) {
            if unit == Unit::Quarter {
                return None;
            }
            return Some(Amount { form: Form::Bare, ..counted(unit, None, i + 1) });
        }
        let one = matches!(self.lower(i), "a" | "an" | "another" | "one");
        // "half a century", "a half century", "half-century", "a quarter of a century"
        let k = i + usize::from(one && self.lower(i) != "one");
        if self.lower(k) == "half" {
            let mut next = k + 1;
            next += usize::from(matches!(self.lower(next), "a" | "an") || self.hyphen(next));
            next += usize::from(self.hyphen(next));
            if let Word::Unit(unit) = self.word(next) {
                let fits = matches!(
                    unit,
                    Unit::Hour
                        | Unit::Day
                        | Unit::Year
                        | Unit::Decade
                        | Unit::Century
                        | Unit::Month
                        | Unit::Minute
                );
                return fits.then(|| counted(unit, Some(0.5), next + 1));
            }
        }
        if self.lower(k) == "quarter" {
            let next = if self.hyphen(k + 1) { k + 2 } else { k + 1 };
            let next = if self.follow(k + 1, &["of", "a"]) { k + 3 } else { next };
            if let Word::Unit(unit @ (Unit::Century | Unit::Hour)) = self.word(next) {
                let unit_count =
                    if unit == Unit::Century { (Unit::Year, 25.0) } else { (Unit::Minute, 15.0) };
                return Some(counted(unit_count.0, Some(unit_count.1), next + 1));
            }
        }
        // "a few days", "a couple of weeks", "the last several months", "some days", "dozens of years"
        let vague = k + usize::from(matches!(self.lower(k), "good" | "great" | "mere" | "only") && one);
        if self.word(vague) == Word::Vague {
            let pair = self.lower(vague) == "couple";
            let mut next = vague + 1;
            next += usize::from(self.lower(next) == "of");
            next += usize::from(matches!(self.lower(next), "more" | "hundred" | "thousand"));
            next += usize::from(self.is_attribute(next));
            if let Word::Units(unit) = self.word(next)
                && unit != Unit::Quarter
            {
                return Some(counted(unit, pair.then_some(2.0), next + 1));
            }
        }
        if let Some(found) = self.numeral(i) {
            let mut next = found.next;
            let joint = self.hyphen(next) && self.glued(next);
            let (form, at) = if joint { (Form::Compound, next + 1) } else { (Form::Counted, next) };
            next = at;
            if form == Form::Counted {
                next += usize::from(self.is_attribute(next));
                if matches!(self.word(next), Word::Other) && self.is_attribute(next) {
                    next += 1;
                }
            }
            let unit = match self.word(next) {
                // "three quarters of the troops"
                Word::Units(Unit::Quarter) if next == at => return None,
                Word::Units(unit) => unit,
                Word::Unit(unit) if form == Form::Compound || found.low == 1.0 || unit != Unit::Second => {
                    unit
                }
                _ => return self.one(i, one),
            };
            if form == Form::Counted && matches!(self.word(next), Word::Unit(_)) && found.low != 1.0 {
                // "three hour journey" without its hyphen; "5 second half goals" and "six quarter finals" are none
                let of_time = !matches!(unit, Unit::Second | Unit::Quarter | Unit::Night | Unit::Minute)
                    && at == next
                    && found.low < 1000.0
                    && !self.capital(next);
                return of_time
                    .then(|| Amount { form: Form::Compound, ..counted(unit, Some(found.low), next + 1) });
            }
            let half = usize::from(self.follow(next + 1, &["and", "a", "half"])) * 3;
            let count = found.low + if half > 0 { 0.5 } else { 0.0 };
            return Some(Amount { unit, count: Some(count), to: found.high, next: next + 1 + half, form });
        }
        self.one(i, one)
    }

    /// "a day", "a full year", "another week".
    fn one(&self, i: usize, one: bool) -> Option<Amount> {
        if !one {
            return None;
        }
        let mut next = i + 1;
        next += usize::from(self.hyphen(next) && self.glued(next));
        next += usize::from(self.is_attribute(next));
        let Word::Unit(unit) = self.word(next) else { return None };
        let half = if self.follow(next + 1, &["and", "a", "half"]) { 3 } else { 0 };
        let count = if half > 0 { 1.5 } else { 1.0 };
        Some(Amount { unit, count: Some(count), to: None, next: next + 1 + half, form: Form::One })
    }

    /// A word between number and unit: "three *more* days", "two *bloody* weeks".
    fn is_attribute(&self, i: usize) -> bool {
        self.word(i) == Word::Other
            && (matches!(
                self.lower(i),
                "more"
                    | "additional"
                    | "further"
                    | "consecutive"
                    | "full"
                    | "straight"
                    | "whole"
                    | "long"
                    | "successive"
            ) || matches!(self.tag(i), Tag::JJ) && !self.capital(i))
            && matches!(self.word(i + 1), Word::Unit(_) | Word::Units(_))
            || matches!(self.lower(i), "previous" | "preceding" | "following")
                && matches!(self.word(i + 1), Word::Units(_))
    }

    /// A number in digits or words, with its range: "15", "1,500", "twenty-two", "two and a half", "10 to 15".
    fn numeral(&self, i: usize) -> Option<Numeral> {
        let (low, next) = self.single_number(i)?;
        let plain = Numeral { low, high: None, next };
        let mut k = next;
        let joined = match self.lower(k) {
            "to" | "or" => true,
            "-" | "–" | "—" => self.glued(k) && self.glued(k + 1) || self.lower(k) != "-",
            "and" => self.before(i) == "between",
            _ => false,
        };
        if !joined {
            return Some(plain);
        }
        k += 1;
        Some(match self.single_number(k) {
            Some((high, next)) if high > low => Numeral { low, high: Some(high), next },
            _ => plain,
        })
    }

    fn single_number(&self, i: usize) -> Option<(f64, usize)> {
        let (mut number, mut next) = if self.digit(i) {
            let text = self.text(i);
            if text.len() > 12 {
                return None;
            }
            let plain = text.replace(',', "");
            let (digits, half) = plain.strip_suffix('½').map_or((plain.as_str(), 0.0), |d| (d, 0.5));
            (digits.parse::<f64>().ok().filter(|n| n.is_finite())? + half, i + 1)
        } else {
            match self.word(i) {
                Word::Cardinal(n)
                    if n >= 1.0 && n != 100.0 && n != 1000.0 && n != 12.0 || self.lower(i) == "twelve" =>
                {
                    self.number_in_words(i, n)
                }
                // "a hundred years", "a dozen years", "hundred days"
                Word::Opener if matches!(self.lower(i), "a" | "an") => match self.word(i + 1) {
                    Word::Cardinal(n) if n >= 12.0 => (n, i + 2),
                    _ => return None,
                },
                Word::Cardinal(n) if n >= 1.0 => (n, i + 1),
                _ => return None,
            }
        };
        if self.lower(next) == "½" {
            return Some((number + 0.5, next + 1));
        }
        for (words, more) in [
            (&["and", "a", "half"][..], 0.5),
            (&["and", "half"][..], 0.5),
            (&["-", "and", "-", "a", "-", "half"][..], 0.5),
        ] {
            if self.follow(next, words) {
                number += more;
                next += words.len();
                break;
            }
        }
        while let Word::Cardinal(scale @ (100.0 | 1000.0)) = self.word(next) {
            number *= scale;
            next += 1;
        }
        Some((number, next))
    }

    fn number_in_words(&self, i: usize, n: f64) -> (f64, usize) {
        let k = i + 1 + usize::from(self.hyphen(i + 1));
        if (20.0..100.0).contains(&n)
            && let Word::Cardinal(ones) = self.word(k)
            && (1.0..10.0).contains(&ones)
        {
            return (n + ones, k + 1);
        }
        (n, i + 1)
    }
}
