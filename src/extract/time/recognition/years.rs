//! Years, decades and centuries: "2023", "480 BC", "the 1980s", "the sixties", "the 19th century", "fiscal 2024".

use super::super::expression::{Expression, Shape};
use super::super::units::Unit;
use super::super::words::{self, Word};
use super::Reader;

impl Reader<'_, '_> {
    /// "480 BC", "AD 70", "70 AD".
    pub(super) fn year_of_era(&self, i: usize) -> Option<(i16, usize)> {
        if let Word::Era(false) = self.word(i)
            && self.capital(i)
        {
            let year = self.small_number(i + 1)?;
            return Some((year, i + 2));
        }
        let year = self.small_number(i)?;
        match self.word(i + 1) {
            Word::Era(before_christ) if self.capital(i + 1) => {
                Some((if before_christ { 1 - year } else { year }, i + 2))
            }
            _ => None,
        }
    }

    fn small_number(&self, i: usize) -> Option<i16> {
        let text = self.text(i);
        if text.len() > 4 || !self.digit(i) {
            return None;
        }
        text.parse().ok().filter(|y| (1..=9999).contains(y))
    }

    /// "2023", where the words around it make it a year; behind a word that says so (`told`) any number of four digits.
    pub(super) fn year(&self, i: usize, told: bool) -> Option<Expression> {
        if let Some((year, next)) = self.year_of_era(i) {
            return Some(Expression::new(i, next, Shape::Year(year)));
        }
        // "'68", "the spirit of ’68"
        if let Some(digits) = self.text(i).strip_prefix(['\'', '’'])
            && digits.len() == 2
            && (words::is("year_before", self.before(i)) || self.before(i) == "the")
            && let Ok(short) = digits.parse::<i16>()
        {
            return Some(Expression::new(i, i + 1, Shape::ShortYear(short)));
        }
        if !self.digit(i)
            || self.glued(i)
                && i > 0
                && !matches!(self.before(i), "-" | "–" | "—" | "(" | "/" | "[" | "\"" | "'")
        {
            return None;
        }
        // "2/29/2019": a date that there is not
        if i >= 2
            && self.glued(i)
            && self.digit(i - 2)
            && self.text(i - 2).len() <= 2
            && self.before(i) != "("
        {
            return None;
        }
        let Some(year) = self.four_digits(i) else { return self.early_year(i) };
        if told || self.is_year(i, year) {
            // "the years 1751-1777"
            return Some(Expression::new(i, i + 1, Shape::Year(year)));
        }
        None
    }

    fn is_year(&self, i: usize, year: i16) -> bool {
        let last = self.four_digits(i + 2).filter(|_| matches!(self.lower(i + 1), "-" | "–" | "—" | "/"));
        let bracketed =
            self.before(i) == "(" && (self.closes(i + 1) || matches!(self.lower(i + 1), "-" | "–" | "—"));
        let circa = matches!(self.before(i), "c." | "circa");
        let spread =
            last.is_some_and(|last| last > year && last - year < 500 && (1400..2100).contains(&last));
        if bracketed || circa || spread && year >= 1400 && self.before(i) != ":" {
            return true;
        }
        let mut k = i;
        // "in about 1950"
        while k > 0
            && matches!(self.lower(k - 1), "about" | "around" | "circa" | "c." | "(" | "mid" | "-" | "both")
        {
            k -= 1;
        }
        let (before, next) = (self.before(k), self.lower(i + 1));
        let cued = words::is("year_before", before);
        let glued_before = i > 0 && self.glued(i) && matches!(self.before(i), "-" | "–" | "/");
        // "COVID-2019", "F-1504"
        if glued_before && i > 1 && self.glued(i - 1) && !self.digit(i - 2) && !cued {
            return matches!(self.lower(i - 2), "post" | "pre" | "mid" | "early" | "late");
        }
        let recent = (1900..2060).contains(&year);
        let measured = words::is("counted", next) || matches!(self.word(i + 1), Word::Units(_));
        if words::is("no_year_before", self.before(i)) {
            let about =
                k < i && (words::is("year_before", before) || recent && k > 0 && self.tag(k - 1).is_verb());
            return about && !measured && (self.closes(i + 1) || !self.tag(i + 1).is_noun());
        }
        let tag = self.tag(i + 1);
        let hyphenated = self.hyphen(i + 1) && self.glued(i + 1) && !self.digit(i + 2);
        if hyphenated {
            // "2,000-strong", "1500-metre", but "1920-born" is rare and "2014-era" a year
            return matches!(self.lower(i + 2), "era" | "vintage" | "based" | "style");
        }
        let strong = words::is("year_surely_before", before)
            || self.before(i) == "as"
                && i > 1
                && matches!(self.lower(i - 2), "late" | "early" | "recently" | "back");
        if measured && !(strong && before == "year") {
            return false;
        }
        let plural = tag == crate::document::Tag::NNS || tag == crate::document::Tag::NNPS;
        let owned = matches!(
            before,
            "the" | "its" | "their" | "his" | "her" | "a" | "'s" | "this" | "that" | "our" | "an"
        );
        if plural
            && !owned
            && !(strong && matches!(before, "in" | "since" | "during" | "year" | "early" | "late"))
        {
            return false;
        }
        let closes = self.closes(i + 1) || words::is("year_after", next);
        // "1984 by Orwell"
        if before.is_empty() && next == "by" && self.tag(i + 2).is_proper() {
            return false;
        }
        if recent {
            return true;
        }
        if (1400..1900).contains(&year) || (2060..2150).contains(&year) {
            let noun = tag.is_noun() || tag.is_adjective();
            let quoted = matches!(next, "\"" | "'");
            return strong
                || cued && (closes || !noun)
                || owned && (noun || quoted) && (!plural || year >= 1600)
                || closes && (before.is_empty() || matches!(before, "," | ";"))
                || i > 0 && self.tag(i - 1).is_proper() && closes;
        }
        // "in 1066"
        strong && closes
            || cued && closes && matches!(before, "from" | "by" | "between" | "(" | "before" | "after")
    }

    /// "In 264", "from 480 to 479", "in 54": a year if the text tells of those times.
    fn early_year(&self, i: usize) -> Option<Expression> {
        let year = self.small_number(i).filter(|_| (2..=3).contains(&self.text(i).len()))?;
        let cued = words::is("early_year_before", self.before(i));
        let noun = self.tag(i + 1).is_noun() || self.tag(i + 1).is_adjective();
        let of = self.before(i) == "of";
        let unit =
            matches!(self.word(i + 1), Word::Units(_) | Word::Unit(_) | Word::Cardinal(_) | Word::Month(_));
        let whole =
            !(self.glued(i + 1) && matches!(self.lower(i + 1), "%" | "-" | "/")) && self.lower(i + 1) != "%";
        (cued && !noun && !unit && whole && (!of || self.closes(i + 1)))
            .then(|| Expression::new(i, i + 1, Shape::EarlyYear(year)))
    }

    /// "the 1980s", "the '90s", "the sixties", "the 460s BC", "the 1890s".
    pub(super) fn decade(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the");
        let k = i + the;
        if let Word::Decade(year) = self.word(k) {
            // "in his sixties" is an age
            let spoken =
                the == 1 || matches!(self.before(k), "mid" | "late" | "early" | "-" | "swinging" | "roaring");
            let age = i > 0 && matches!(self.before(i), "his" | "her" | "their" | "my");
            return (spoken && !age).then(|| Expression::new(i, k + 1, Shape::Decade(year)));
        }
        let mut next = k + 1;
        let digits = self.text(k).trim_start_matches(['\'', '’', '‘']);
        let marked = digits.len() < self.text(k).len();
        let mut stem = digits.strip_suffix('s')?;
        stem = stem.strip_suffix(['\'', '’']).unwrap_or(stem);
        let number: i16 = if stem.len() <= 4 { stem.parse().ok()? } else { return None };
        if number % 10 != 0 {
            return None;
        }
        if let Word::Era(before_christ) = self.word(next)
            && self.capital(next)
        {
            next += 1;
            let year = if before_christ { 1 - number } else { number };
            return Some(Expression::new(i, next, Shape::Decade(year)));
        }
        let year = match stem.len() {
            4 if (1000..2200).contains(&number) => number,
            2 if marked || the == 1 && number >= 50 && !self.tells_degrees(i) => {
                if number < 30 {
                    2000 + number
                } else {
                    1900 + number
                }
            }
            _ => return None,
        };
        // "the 1900s" is the century as often as the decade; the decade is the narrower reading.
        Some(Expression::new(i, next, Shape::Decade(year)))
    }

    /// "temperatures in the 80s", "the 70s °F".
    fn tells_degrees(&self, i: usize) -> bool {
        (i.saturating_sub(8)..i + 5).any(|k| {
            matches!(
                self.lower(k),
                "temperatures"
                    | "temperature"
                    | "degrees"
                    | "°"
                    | "°f"
                    | "°c"
                    | "percent"
                    | "%"
                    | "ages"
                    | "aged"
            )
        })
    }

    /// "the 19th century", "the twentieth century", "the 4th century BC", "eighteenth-century".
    pub(super) fn century(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the");
        let (number, mut next) = self.ordinal_words(i + the)?;
        next += usize::from(self.hyphen(next));
        if !matches!(self.word(next), Word::Unit(Unit::Century) | Word::Units(Unit::Century)) || number > 30 {
            return None;
        }
        next += 1;
        let mut number = i16::from(number);
        if let Word::Era(before_christ) = self.word(next)
            && self.capital(next)
        {
            next += 1;
            number = if before_christ { -number } else { number };
        }
        // "the sixth century of the millennium": numbers count from Christ only
        Some(Expression::new(i, next, Shape::Century(number)))
    }

    pub(super) fn fiscal_opens(&self, i: usize) -> bool {
        self.lower(i).starts_with("fy") && self.lower(i).len() == 6 || self.is_quarter_code(i).is_some()
    }

    /// "fiscal 2024", "FY2024", "FY 2024", "fiscal year 2024", "the 2024 fiscal year".
    pub(super) fn fiscal(&self, i: usize) -> Option<Expression> {
        let lower = self.lower(i);
        if let Some(year) = lower.strip_prefix("fy").filter(|y| y.len() == 4) {
            let year = year.parse().ok()?;
            return Some(Expression::new(i, i + 1, Shape::FiscalYear(year)));
        }
        if matches!(lower, "fiscal" | "fy") {
            let k = i + 1 + usize::from(self.lower(i + 1) == "year");
            let year = self.four_digits(k)?;
            return Some(Expression::new(i, k + 1, Shape::FiscalYear(year)));
        }
        let the = usize::from(lower == "the");
        if self.digit(i + the)
            && let Some(year) = self.four_digits(i + the)
            && matches!(self.lower(i + the + 1), "fiscal" | "financial")
            && self.lower(i + the + 2) == "year"
        {
            return Some(Expression::new(i, i + the + 3, Shape::FiscalYear(year)));
        }
        None
    }
}
