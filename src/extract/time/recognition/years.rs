//! Years and what is made of years: "2023", "Q3 2024", "summer of 2022", "the 1980s", "the 19th century".

use super::super::expression::{Expression, Shape};
use super::super::words::Word;
use super::Reader;
use crate::document::Tag;

impl Reader<'_, '_> {
    /// "Q3", "Q3 2024", "the third quarter of 2024", "the first half of the year".
    pub(super) fn quarter(&self, i: usize) -> Option<Expression> {
        let lower = self.lower(i);
        let (number, mut next, half) = if let Some(digit) = lower.strip_prefix('q').filter(|d| d.len() == 1) {
            (digit.parse::<i8>().ok().filter(|n| (1..=4).contains(n))?, i + 1, false)
        } else {
            let k = i + usize::from(lower == "the");
            let number = match self.lower(k) {
                "first" | "1st" => 1,
                "second" | "2nd" => 2,
                "third" | "3rd" => 3,
                "fourth" | "4th" => 4,
                _ => return None,
            };
            let half = self.lower(k + 1) == "half";
            if !(self.lower(k + 1) == "quarter" || half && number <= 2) {
                return None;
            }
            (number, k + 2, half)
        };
        let mut year = None;
        let link = next + usize::from(matches!(self.lower(next), "of" | "," | "in"));
        if let Some(stated) = self.four_digits(link) {
            (year, next) = (Some(stated), link + 1);
        } else if half {
            // "the first half of the game"
            let of_year =
                self.follow(next, &["of", "the", "year"]) || self.follow(next, &["of", "this", "year"]);
            if !of_year {
                return None;
            }
            next += 3;
        }
        let shape = if half { Shape::Half { year, number } } else { Shape::Quarter { year, number } };
        Some(Expression::new(i, next, shape))
    }

    /// "summer of 2022", "winter 2022", "in the spring".
    pub(super) fn season(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the");
        let Some(Word::Season(code)) = self.word(i + the) else { return None };
        let k = i + the + 1;
        let of = usize::from(self.lower(k) == "of");
        if let Some(year) = self.four_digits(k + of) {
            return Some(Expression::new(
                i,
                k + of + 1,
                Shape::Season { year: Some(year), code, shift: None },
            ));
        }
        // "fall" the verb and "spring" the device: alone only after "in the", "this" and the like, and not "the fall of".
        let season = matches!(self.before(i), "in" | "during" | "since" | "by" | "until") && of == 0;
        let plain = season && (the == 1 || code == "SU" || code == "WI");
        plain.then(|| Expression::new(i, k, Shape::Season { year: None, code, shift: None }))
    }

    pub(super) fn is_decade(&self, i: usize) -> bool {
        decade_of(self.lower(i)).is_some()
    }

    /// "the 1980s", "the '90s", "the 2010s".
    pub(super) fn decade(&self, i: usize) -> Option<Expression> {
        let the = usize::from(self.lower(i) == "the");
        let shape = decade_of(self.lower(i + the))?;
        Some(Expression::new(i, i + the + 1, shape))
    }

    /// "the 19th century".
    pub(super) fn century(&self, i: usize) -> Option<Expression> {
        if let Some(decade) = self.decade(i) {
            return Some(decade);
        }
        let the = usize::from(self.lower(i) == "the");
        let written = self.lower(i + the);
        if self.lower(i + the + 1) != "century" {
            return None;
        }
        let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number: i16 = match written {
            "twentieth" => 20,
            "nineteenth" => 19,
            "eighteenth" => 18,
            "twenty-first" => 21,
            _ if digits.len() < written.len() => digits.parse().ok().filter(|n| (1..=22).contains(n))?,
            _ => return None,
        };
        Some(Expression::new(i, i + the + 2, Shape::Century(number)))
    }

    /// "2023", where the words around it make it a year.
    pub(super) fn year(&self, i: usize) -> Option<Expression> {
        let written = self.written(i);
        if let Some((from, to)) = written.split_once(['-', '–'])
            && from.len() == 4
            && (to.len() == 4 || to.len() == 2)
        {
            let first: i16 = from.parse().ok().filter(|y| (1400..2100).contains(y))?;
            let last: i16 = to.parse().ok()?;
            let last = if to.len() == 2 { first / 100 * 100 + last } else { last };
            return (first < last && last < 2200)
                .then(|| Expression::new(i, i + 1, Shape::Years(first, last)));
        }
        let year = self.four_digits(i).filter(|y| (1400..2150).contains(y))?;
        if matches!(self.lower(i + 1), "to" | "-" | "–" | "through" | "until")
            && let Some(last) = self.four_digits(i + 2).filter(|last| *last > year)
        {
            return Some(Expression::new(i, i + 3, Shape::Years(year, last)));
        }
        let before = self.before(i);
        let cued = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "during"
                | "of"
                | "from"
                | "before"
                | "after"
                | "late"
                | "early"
                | "mid"
                | "through"
                | "around"
                | "circa"
                | "year"
                | "to"
                | "and"
                | "("
                | "between"
                | "throughout"
                | "fy"
                | "for"
                | ","
                | "summer"
                | "election"
                | "or"
        );
        let the = matches!(before, "the" | "its" | "their" | "his" | "her" | "a" | "'s") && i + 1 < self.end;
        let next_noun = i + 1 < self.end && self.article.tag(i + 1).is_noun();
        let counted = next_noun && self.article.tag(i + 1) == Tag::NNS && !the;
        let closes = matches!(
            self.lower(i + 1),
            "" | "." | "," | ")" | ";" | ":" | "when" | "as" | "and" | "after" | "that"
        );
        let first_word = before.is_empty() && closes;
        let recent = (1900..2100).contains(&year) && (closes || !next_noun);
        // "to 2000 men", "of 1500 soldiers": after these words a year is recent and no noun follows.
        let loose = matches!(before, "to" | "of" | "and" | "for" | "," | "around" | "or");
        let of_count = counted && !matches!(before, "in" | "since" | "of" | "the");
        let after_cue = cued && !of_count && (recent || !loose);
        let before_noun = the && next_noun && (1800..2100).contains(&year);
        let after_name =
            i > self.start && self.article.tag(i - 1).is_proper() && closes && (1900..2050).contains(&year);
        let year_like = after_cue || before_noun || first_word || after_name;
        year_like.then(|| Expression::new(i, i + 1, Shape::Year(year)))
    }
}

/// "1980s", "'90s".
pub(super) fn decade_of(lower: &str) -> Option<Shape> {
    let digits = lower.strip_suffix('s').or_else(|| lower.strip_suffix("'s"))?;
    let digits = digits.strip_suffix('\'').unwrap_or(digits);
    if let Some(short) = digits.strip_prefix('\'') {
        let decade: i16 = short.parse().ok().filter(|d| short.len() == 2 && d % 10 == 0)?;
        return Some(Shape::Decade(if decade < 30 { 2000 + decade } else { 1900 + decade }));
    }
    let year: i16 = if digits.len() == 4 { digits.parse().ok()? } else { return None };
    if !(1000..2200).contains(&year) || year % 10 != 0 {
        return None;
    }
    // "the 1900s" is the century as often as the decade; the decade is the narrower reading.
    Some(Shape::Decade(year))
}
