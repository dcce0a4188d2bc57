//! Days and months: "October 25, 2024", "25 October", "2024-10-25", "October".

use super::super::calendar;
use super::super::expression::{Clock, Expression, Shape, Year};
use super::super::words::{self, Word};
use super::Reader;
use super::clock::hour_and_minute;
use crate::document::Tag;

impl Reader<'_, '_> {
    /// "Friday, October 25, 2024", "25 October 2024", "Oct. 25", "October 2024".
    pub(super) fn date(&self, i: usize) -> Option<Expression> {
        // "he sat on 26/10/2023": short forms need their capital
        if matches!(self.word(i), Word::Weekday(_))
            || matches!(self.word(i), Word::WeekdayShort(_)) && self.capital(i)
        {
            let mut k = i + 1;
            let mut part = None;
            while k < i + 4 {
                match self.word(k) {
                    Word::Part(found) => part = Some(found),
                    Word::Unit(super::super::units::Unit::Night) => {
                        part = Some(super::super::units::Part::Night)
                    }
                    _ if matches!(self.lower(k), "," | "." | "the" | "(" | "on" | "-" | "–") => {}
                    _ => break,
                }
                k += 1;
            }
            let found = self.plain_date(k).or_else(|| self.numeric_date(k)).or_else(|| {
                let (day, next) =
                    self.ordinal_words(k).filter(|(d, _)| self.before(k) == "the" && *d <= 31)?;
                Some(Expression::new(k, next, Shape::DayOfMonth(day)))
            })?;
            return found.is_day().then_some(Expression { first: i, part, ..found });
        }
        self.plain_date(i)
    }

    pub(super) fn plain_date(&self, i: usize) -> Option<Expression> {
        self.month_first(i).or_else(|| self.day_first(i))
    }

    /// The month that a piece names, and whether it is a short form.
    pub(super) fn month(&self, i: usize) -> Option<(i8, bool)> {
        match self.word(i) {
            Word::Month(m) if self.capital(i) => Some((m, false)),
            Word::MonthShort(m) if self.capital(i) => Some((m, true)),
            // in lower case where nothing else can be meant: "june 26th", "in october"
            Word::Month(m) => {
                let beside = self.four_digits(i + 1).is_some()
                    || self.ordinal_day(i + 1).is_some()
                    || i > 0 && self.ordinal_day(i - 1).is_some()
                    || self.lower(i + 1) == "of" && self.four_digits(i + 2).is_some();
                let only = !matches!(self.lower(i), "may" | "march" | "april" | "june" | "august");
                let day = |k: usize| self.day_number(k).is_some();
                let numbered = matches!(self.lower(i), "june" | "april" | "august")
                    && (day(i + 1) || i > 0 && day(i - 1));
                (beside || only || numbered).then_some((m, false))
            }
            Word::MonthShort(m) => {
                (self.ordinal_day(i + 1).is_some() || self.four_digits(i + 1).is_some()).then_some((m, true))
            }
            _ => None,
        }
    }

    /// "October 25, 2024", "October 25-27", "October 2024", "October".
    pub(super) fn month_first(&self, i: usize) -> Option<Expression> {
        let (month, short) = self.month(i)?;
        let mut k = i + 1;
        k += usize::from(short && self.lower(k) == ".");
        let shape = |year: Year, day: Option<i8>| Shape::Month { year, month, day };
        let the = usize::from(self.lower(k) == "the" && self.ordinal_day(k + 1).is_some());
        if let Some((day, to_day, next)) = self.days(k + the) {
            let comma = usize::from(
                self.lower(next) == "," || matches!(self.lower(next), "of" | "in") && self.digit(next + 1),
            );
            let (year, end) = match self.stated_year(next + comma) {
                Some((year, end)) => (Year::Is(year), end),
                None => (Year::Open, next),
            };
            return Some(self.spread(Expression::new(i, end, shape(year, Some(day))), to_day, end));
        }
        let of = usize::from(matches!(self.lower(k), "," | "of" | "in") || self.hyphen(k) && self.glued(k));
        if let Some((year, end)) = self.stated_year(k + of).or_else(|| self.short_year(k)) {
            return Some(Expression::new(i, end, shape(Year::Is(year), None)));
        }
        // "October last year"
        self.month_stands_alone(i, short).then(|| Expression::new(i, i + 1, shape(Year::Open, None)))
    }

    /// "May" and "March" need a word before them that makes them months; short forms never stand alone.
    fn month_stands_alone(&self, i: usize, short: bool) -> bool {
        if short {
            return false;
        }
        let before = self.before(i);
        let cued = i == 0 || words::is("month_before", before);
        // "March of last year"
        if self.year_told(i + 1 + usize::from(self.lower(i + 1) == "of")).is_some_and(|(.., end)| end > i + 2)
        {
            return true;
        }
        // "late April", "the end of May", "early in March": no name
        let edge = |k: usize| matches!(self.word(k), Word::Edge(_) | Word::EdgeNoun(_));
        if i > 0 && edge(i - 1)
            || i > 1 && matches!(before, "of" | "in" | "-") && edge(i - 2)
            || i > 1
                && before == "of"
                && matches!(
                    self.word(i - 2),
                    Word::Unit(_) | Word::Units(_) | Word::Ordinal(_) | Word::Weekday(_)
                )
        {
            return true;
        }
        // "in March" is a month, "the March of Dimes" is not, "April Smith" is a person.
        let a_name = self.name_goes_on(i + 1) && !self.closes(i + 1)
            || i > 0
                && self.tag(i - 1).is_proper()
                && self.capital(i - 1)
                && self.word(i - 1) == Word::Other
                && !cued;
        // "an April decision", "the May vote"
        let attribute = matches!(before, "a" | "an" | "the" | "its" | "their" | "this" | "that")
            && self.tag(i).is_proper()
            && matches!(self.tag(i + 1), Tag::NN | Tag::NNS)
            && !self.capital(i + 1)
            && !self.closes(i + 1);
        match self.lower(i) {
            _ if attribute => true,
            "may" => words::is("may_before", before) && !(a_name && before != "in") || self.follows_month(i),
            "march" | "august" | "april" | "june" => (cued && i > 0 || self.follows_month(i)) && !a_name,
            _ => !a_name || cued && i > 0,
        }
    }

    /// "April and May", "from March to May", "between April and June".
    fn follows_month(&self, i: usize) -> bool {
        i >= 2
            && matches!(self.before(i), "and" | "to" | "or" | "–" | "-" | "/" | "through" | ",")
            && matches!(self.word(i - 2), Word::Month(_))
            || matches!(self.lower(i + 1), "and" | "to" | "or" | "–" | "-" | "/" | "through")
                && matches!(self.word(i + 2), Word::Month(_))
                && self.capital(i + 2)
    }

    /// "25 October 2024", "the 25th of October", "25-27 October", "9-May-2006".
    fn day_first(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the" && self.ordinal_day(i + 1).is_some());
        if matches!(self.before(i), "$" | "€" | "£" | "¥") {
            return None;
        }
        let (day, to_day, mut next) = self.days(i + the)?;
        next += usize::from(self.lower(next) == "day" && the == 1);
        next += usize::from(self.lower(next) == "of" || self.hyphen(next) && self.glued(next));
        let (month, _) = self.month(next)?;
        next += 1;
        let of = matches!(self.lower(next), "of" | "in") && self.digit(next + 1);
        let joint = usize::from(self.lower(next) == "," || self.hyphen(next) && self.glued(next) || of);
        let (year, end) = match self.stated_year(next + joint) {
            Some((year, end)) => (Year::Is(year), end),
            None => (Year::Open, next),
        };
        let found = Expression::new(i, end, Shape::Month { year, month, day: Some(day) });
        Some(self.spread(found, to_day, end))
    }

    /// Makes a date the first end of a range of days of its month.
    fn spread(&self, mut found: Expression, to_day: Option<i8>, end: usize) -> Expression {
        if let (Some(day), Shape::Month { year, month, .. }) = (to_day, &found.shape) {
            let last = Shape::Month { year: *year, month: *month, day: Some(day) };
            found.until = Some(Box::new(Expression::new(found.first, end, last)));
        }
        found
    }

    /// A day of the month, or several: "25", "25th", "25-27", "25 to 27", "23/24"; "the twenty-fifth".
    fn days(&self, i: usize) -> Option<(i8, Option<i8>, usize)> {
        let (day, next) = match self.day_number(i) {
            Some(day) => (day, i + 1),
            None => self.ordinal_words(i).filter(|(n, _)| (1..=31).contains(n))?,
        };
        if matches!(self.lower(next), "-" | "–" | "—" | "to" | "through" | "/" | "and")
            && let Some(to) = self.day_number(next + 1)
            && day < to
            && (self.lower(next) != "and"
                || self.month(next + 2).is_some()
                || self.lower(next + 2) == "of" && self.month(next + 3).is_some()
                || i > 0 && self.month(i - 1).is_some())
        {
            // "May 1 to 3 million" counts
            let counted = matches!(self.word(next + 2), Word::Cardinal(_)) || self.lower(next + 2) == "%";
            if !counted && self.month(next + 2).is_none_or(|_| i == 0 || self.month(i - 1).is_none()) {
                return Some((day, Some(to), next + 2));
            }
        }
        // "October 5.5", "May 3 percent"
        Some((day, None, next))
    }

    /// "the 15th", "25th" written with letters.
    pub(super) fn ordinal_day(&self, i: usize) -> Option<i8> {
        self.day_number(i).filter(|_| self.text(i).ends_with(char::is_alphabetic))
    }

    /// An ordinal in words or digits: "third", "twenty-first", "21st".
    pub(super) fn ordinal_words(&self, i: usize) -> Option<(i8, usize)> {
        match self.word(i) {
            Word::Ordinal(n) if n > 0 => Some((n, i + 1)),
            Word::Unit(super::super::units::Unit::Second) if self.lower(i) == "second" => Some((2, i + 1)),
            Word::Cardinal(tens) if matches!(self.lower(i), "twenty" | "thirty") => {
                let k = i + 1 + usize::from(self.hyphen(i + 1));
                let (ones, next) = match self.word(k) {
                    Word::Ordinal(n) if (1..10).contains(&n) => (n, k + 1),
                    Word::Unit(super::super::units::Unit::Second) => (2, k + 1),
                    _ => return None,
                };
                Some((tens as i8 + ones, next))
            }
            _ => {
                let text = self.text(i);
                let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let suffix = text.get(digits.len()..)?;
                (text.len() <= 4 && matches!(suffix, "st" | "nd" | "rd" | "th"))
                    .then(|| digits.parse().ok())?
                    .map(|n| (n, i + 1))
            }
        }
    }

    /// "25", "25th".
    pub(super) fn day_number(&self, i: usize) -> Option<i8> {
        let text = self.text(i);
        if text.len() > 4 {
            return None;
        }
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if digits.len() > 2 || !matches!(&text[digits.len()..], "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        digits.parse().ok().filter(|d| (1..=31).contains(d))
    }

    /// "on the 15th", "the night of the 3rd": a day of the month that was told last.
    pub(super) fn day_of_month(&self, i: usize) -> Option<Expression> {
        let cued = matches!(
            self.before(i),
            "on" | "by" | "until" | "since" | "from" | "to" | "of" | "before" | "after"
        );
        if self.lower(i) != "the" || !cued {
            return None;
        }
        let day = self.ordinal_day(i + 1)?;
        if self.follow(i + 2, &["of", "that", "month"]) || self.follow(i + 2, &["of", "the", "month"]) {
            return Some(Expression::new(i, i + 5, Shape::DayOfMonth(day)));
        }
        let noun = self.tag(i + 2).is_noun()
            || self.tag(i + 2).is_adjective()
            || self.hyphen(i + 2)
            || self.digit(i + 2);
        let of = matches!(self.lower(i + 2), "of" | "and" | "century" | "%" | "in");
        (!noun && !of || self.closes(i + 2)).then(|| Expression::new(i, i + 2, Shape::DayOfMonth(day)))
    }

    /// "10/26", "22/04" without a year, where a date is expected.
    fn short_date(&self, i: usize) -> Option<Expression> {
        let cued =
            matches!(self.before(i), "on" | "by" | "since" | "until" | "from" | "to" | "before" | "through")
                || i > 0 && matches!(self.word(i - 1), Word::Weekday(_));
        if !cued || self.lower(i + 1) != "/" || !self.glued(i + 1) || !self.glued(i + 2) {
            return None;
        }
        let (a, b) = (self.day_number(i)?, self.day_number(i + 2)?);
        let after = self.tag(i + 3).is_noun() || matches!(self.lower(i + 3), "of" | "/" | "-" | "%");
        let (month, day) = if a > 12 { (b, a) } else { (a, b) };
        calendar::of(2000, month, day).filter(|_| !after || self.closes(i + 3))?;
        Some(Expression::new(i, i + 3, Shape::Month { year: Year::Open, month, day: Some(day) }))
    }

    /// A year of four digits, or with an era: "2024", "480 BC", "AD 70".
    pub(super) fn stated_year(&self, i: usize) -> Option<(i16, usize)> {
        self.year_of_era(i).or_else(|| self.four_digits(i).map(|year| (year, i + 1)))
    }

    pub(super) fn four_digits(&self, i: usize) -> Option<i16> {
        let text = self.text(i);
        let year: i16 = if text.len() == 4 { text.parse().ok()? } else { return None };
        // "3 May 1500 metres" is rare; "2024-25" is a range and read as one
        (1000..2200).contains(&year).then_some(year)
    }

    /// "May '68".
    fn short_year(&self, i: usize) -> Option<(i16, usize)> {
        let text = self.text(i);
        let digits = text.strip_prefix(['\'', '’', '‘'])?;
        let year: i16 = digits.parse().ok().filter(|_| digits.len() == 2)?;
        Some((if year < 40 { 2000 + year } else { 1900 + year }, i + 1))
    }

    /// "2024-10-25", "10/25/2024", "25.10.2024", "2024/10/25", "2020/Sep/23", with the hour that ISO 8601 adds.
    pub(super) fn numeric_date(&self, i: usize) -> Option<Expression> {
        if !self.digit(i) {
            return None;
        }
        // A number that goes on before or behind is something else: "1-2024-10-25", an address, a version.
        if self.glued(i) && matches!(self.before(i), "-" | "/" | ".") {
            return None;
        }
        let dotted: Vec<&str> = self.text(i).split('.').collect();
        let (parts, mut next) = if let &[a, b, c] = dotted.as_slice() {
            ([a, b, c], i + 1)
        } else {
            let joint = self.lower(i + 1);
            let joints = matches!(joint, "-" | "/" | "–" | "." | "‑") && self.lower(i + 3) == joint;
            if !joints || !(i + 1..i + 5).all(|k| self.glued(k)) {
                return self.short_date(i);
            }
            ([self.text(i), self.text(i + 2), self.text(i + 4)], i + 5)
        };
        if self.glued(next) && matches!(self.lower(next), "-" | "/" | ".") && self.digit(next + 1) {
            return None;
        }
        let number = |s: &str| if s.len() <= 4 && !s.is_empty() { s.parse::<i16>().ok() } else { None };
        let named = match self.word(i + 2) {
            Word::Month(m) | Word::MonthShort(m) if next == i + 5 => Some(i16::from(m)),
            _ => None,
        };
        let (a, b, c) = (number(parts[0])?, named.or_else(|| number(parts[1]))?, number(parts[2])?);
        let dots = next == i + 1;
        let shape = if parts[0].len() == 4 {
            date_shape(a, b, c)?
        } else if parts[2].len() == 4 || parts[2].len() == 2 && !dots && self.lower(i + 1) != "." {
            let year = if parts[2].len() == 2 { c + if c < 50 { 2000 } else { 1900 } } else { c };
            let numeric = named.is_none() && !dots && a <= 12 && b <= 12;
            if numeric && a != b {
                date_shape(year, a, b).and_then(|_| date_shape(year, b, a))?;
                Shape::Numeric { first: a as i8, second: b as i8, year }
            } else if dots || named.is_some() || a > 12 {
                date_shape(year, b, a)?
            } else {
                date_shape(year, a, b)?
            }
        } else {
            return None;
        };
        let mut clock = None;
        if let Some(time) = self.lower(next).strip_prefix('t').filter(|_| self.glued(next)) {
            let zulu = time.ends_with('z');
            let (hour, minute, second) = hour_and_minute(time.trim_end_matches('z'))?;
            next += 1;
            clock = Some(Clock { hour, minute, second, offset: zulu.then_some(0) });
        }
        Some(Expression { clock, ..Expression::new(i, next, shape) })
    }
}

fn date_shape(year: i16, month: i16, day: i16) -> Option<Shape> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    calendar::of(year, month, day).filter(|_| year >= 1000)?;
    Some(Shape::Month { year: Year::Is(year), month, day: Some(day) })
}
