//! Times of day, and words for past, present and future: "5 p.m. on Monday", "noon", "recently".

use super::super::expression::{Expression, Shape};
use super::super::words::Word;
use super::Reader;

impl Reader<'_, '_> {
    /// "5 p.m.", "5:30pm", "17:30 GMT", "noon", "10 o'clock", with the day that follows: "5 p.m. on Monday".
    pub(super) fn clock(&self, i: usize) -> Option<Expression> {
        let (hour, minute, mut next) = self.time_of_day(i)?;
        next += usize::from(is_zone(self.written(next)));
        let mut k = next;
        while matches!(self.lower(k), "on" | "," | "of" | "the") && k < next + 2 {
            k += 1;
        }
        let day = self.date(k).or_else(|| self.weekday(k)).or_else(|| self.named_day(k)).filter(|d| {
            d.clock.is_none()
                && d.day_part.is_none()
                && matches!(
                    d.shape,
                    Shape::Month { day: Some(_), .. } | Shape::Weekday { .. } | Shape::Unit { unit: "D", .. }
                )
        });
        let (shape, end) = day.map_or((Shape::OfDay, next), |d| (d.shape, d.next));
        let mut found = Expression::new(i, end, shape);
        found.clock = Some((hour, minute));
        Some(found)
    }

    pub(super) fn time_of_day(&self, i: usize) -> Option<(i8, Option<i8>, usize)> {
        let lower = self.lower(i);
        match lower {
            "noon" | "midday" => return Some((12, Some(0), i + 1)),
            "midnight" => return Some((0, Some(0), i + 1)),
            _ => {}
        }
        if lower.len() > 8 || !lower.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let suffix = lower[digits.len()..].replace('.', "");
        let half = |word: &str| match word {
            "am" | "a.m." | "a.m" => Some(false),
            "pm" | "p.m." | "p.m" => Some(true),
            _ => None,
        };
        let (hour, minute) = hour_and_minute(digits)?;
        let with_minute = minute.is_some();
        if let Some(pm) = half(&suffix) {
            return twelve(hour, pm).map(|h| (h, minute, i + 1));
        }
        if !suffix.is_empty() {
            return None;
        }
        if let Some(pm) = half(self.lower(i + 1)) {
            return twelve(hour, pm).map(|h| (h, minute, i + 2));
        }
        if self.lower(i + 1) == "o'clock" {
            return Some((hour, Some(0), i + 2));
        }
        // "1400 GMT"
        if digits.len() == 4 && !with_minute && is_zone(self.written(i + 1)) {
            return None;
        }
        let at = matches!(
            self.before(i),
            "at" | "by"
                | "around"
                | "until"
                | "from"
                | "after"
                | "before"
                | ","
                | "about"
                | "since"
                | "till"
                | "-"
                | "and"
        );
        (with_minute && digits.contains(':') && (at || is_zone(self.written(i + 1)) || self.start == i))
            .then_some((hour, minute, i + 1))
    }

    /// Adds a time of day that follows a date: "October 25 at 5 p.m.".
    pub(super) fn with_hour(&self, mut found: Expression) -> Expression {
        let day = matches!(
            found.shape,
            Shape::Month { day: Some(_), .. } | Shape::Weekday { .. } | Shape::Unit { unit: "D", .. }
        );
        if !day || found.clock.is_some() || found.day_part.is_some() {
            return found;
        }
        let k = found.next + usize::from(matches!(self.lower(found.next), "at" | ","));
        if let Some((hour, minute, next)) = self.time_of_day(k) {
            found.clock = Some((hour, minute));
            found.next = next + usize::from(is_zone(self.written(next)));
        }
        found
    }

    /// "now", "recently", "in the past", "in the future".
    pub(super) fn reference(&self, i: usize) -> Option<Expression> {
        if let Some(Word::Reference(value)) = self.word(i) {
            let conjunction = self.lower(i) == "now" && matches!(self.lower(i + 1), "that");
            let compared = matches!(self.lower(i), "soon" | "shortly")
                && (matches!(self.before(i), "as" | "how" | "too")
                    || matches!(self.lower(i + 1), "after" | "before" | "as"));
            let a_name = self.written(i).starts_with(char::is_uppercase) && i > self.start;
            return (!conjunction && !compared && !a_name)
                .then(|| Expression::new(i, i + 1, Shape::Reference(value)));
        }
        if self.lower(i) == "the" && matches!(self.before(i), "in") {
            let value = match self.lower(i + 1) {
                "past" if !self.article.tag((i + 2).min(self.end - 1)).is_noun() || self.closes(i + 2) => {
                    "PAST_REF"
                }
                "future" if self.closes(i + 2) || !self.article.tag((i + 2).min(self.end - 1)).is_noun() => {
                    "FUTURE_REF"
                }
                _ => return None,
            };
            return Some(Expression::new(i, i + 2, Shape::Reference(value)));
        }
        None
    }
}

pub(super) fn hour_and_minute(digits: &str) -> Option<(i8, Option<i8>)> {
    if let Some((hour, minute)) = digits.split_once([':', '.']) {
        let (hour, minute): (i8, i8) =
            (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
        return ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, Some(minute)));
    }
    let hour: i8 = if digits.len() <= 2 { digits.parse().ok()? } else { return None };
    (0..24).contains(&hour).then_some((hour, None))
}

pub(super) fn twelve(hour: i8, pm: bool) -> Option<i8> {
    (1..=12).contains(&hour).then_some(hour % 12 + if pm { 12 } else { 0 })
}

pub(super) fn is_zone(word: &str) -> bool {
    matches!(
        word,
        "GMT"
            | "UTC"
            | "EST"
            | "EDT"
            | "ET"
            | "CET"
            | "CEST"
            | "BST"
            | "PST"
            | "PDT"
            | "PT"
            | "CST"
            | "CDT"
            | "CT"
            | "MST"
            | "KST"
            | "JST"
            | "IST"
            | "MSK"
            | "EET"
            | "EEST"
    )
}
