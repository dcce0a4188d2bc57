//! Times of day: "5 p.m.", "5:30pm", "17:30 GMT", "0300 GMT", "noon", "10 o'clock", "half past five".

use super::super::expression::{Clock, Expression, Shape};
use super::super::units::{Part, Unit};
use super::super::words::{self, Word};
use super::Reader;

impl Reader<'_, '_> {
    /// A time of day without its day, or with a range of hours: "8–10 a.m.".
    pub(super) fn clock(&self, i: usize) -> Option<Expression> {
        if let Some((clock, next)) = self.time_of_day(i) {
            return Some(Expression { clock: Some(clock), ..Expression::new(i, next, Shape::OfDay) });
        }
        // "8–10 a.m.", "5 to 6 p.m.", "between 5 and 6 p.m."
        let (hour, minute, None) = hour_and_minute(self.text(i))? else { return None };
        let joint = matches!(self.lower(i + 1), "–" | "-" | "—" | "to" | "until" | "till")
            || self.lower(i + 1) == "and" && self.before(i) == "between";
        if !joint {
            return None;
        }
        let (last, next) = self.time_of_day(i + 2)?;
        let pm = last.hour >= 12;
        let mut hour = twelve(hour, pm)?;
        if hour > last.hour {
            hour -= 12; // "11 to 2 p.m."
        }
        let clock = Clock { hour, minute, second: None, offset: last.offset };
        let until = Expression { clock: Some(last), ..Expression::new(i + 2, next, Shape::OfDay) };
        Some(Expression {
            clock: Some(clock),
            until: Some(Box::new(until)),
            ..Expression::new(i, next, Shape::OfDay)
        })
    }

    pub(super) fn time_of_day(&self, i: usize) -> Option<(Clock, usize)> {
        let plain = |hour, minute| Clock { hour, minute, second: None, offset: None };
        if self.text(i) == "12" && matches!(self.word(i + 1), Word::Noon(_)) {
            return self.time_of_day(i + 1);
        }
        if let Word::Noon(hour) = self.word(i) {
            return Some(self.with_zone(plain(hour, Some(0)), i + 1));
        }
        if let Some(found) = self.spoken_hour(i) {
            return Some(found);
        }
        if !self.digit(i) || self.text(i).len() > 8 {
            return None;
        }
        let (number, half, next) = self.half_of_day(i);
        if let Some((hour, minute, second)) = hour_and_minute(number) {
            if let Some(pm) = half {
                let hour = if hour > 12 { hour } else { twelve(hour, pm)? };
                return Some(self.with_zone(Clock { second, ..plain(hour, minute) }, next));
            }
            if matches!(self.lower(next), "o'clock" | "oclock") && minute.is_none() {
                return Some(self.with_zone(self.of_part(hour, next + 1), next + 1));
            }
            // "5 in the morning", "10 at night"
            let of_part = self.follow(next, &["in", "the"]) && matches!(self.word(next + 2), Word::Part(_))
                || self.follow(next, &["at", "night"]);
            if of_part
                && minute.is_none()
                && (1..=12).contains(&hour)
                && matches!(self.before(i), "at" | "by" | "around" | "until" | "from" | "about")
            {
                let night = self.lower(next) == "at";
                let mut clock = self.of_part(hour, next);
                clock.hour += if night && (6..12).contains(&hour) { 12 } else { 0 };
                return Some((clock, next + if night { 2 } else { 3 }));
            }
            if minute.is_some() && number.contains(':') {
                let hours = matches!(self.lower(next), "hrs" | "hours" | "h" | "hr");
                let zoned = self.zone(next + usize::from(hours)).is_some();
                // "4:1" is a score, "a 10:30 start" an hour
                let cue = i == 0 || words::is("hour_before", self.before(i));
                let other = self.text(next + 1).contains(':');
                let ratio = !other
                    && (self.glued(i)
                        && self.before(i) == "-"
                        && !self.text(i.saturating_sub(2)).contains(':')
                        || second.is_none() && self.lower(next) == "-" && self.glued(next));
                if hours || zoned || cue && !ratio {
                    return Some(
                        self.with_zone(Clock { second, ..plain(hour, minute) }, next + usize::from(hours)),
                    );
                }
            }
            if self.lower(i).contains('.') && minute.is_some() && self.zone(next).is_some() {
                return Some(self.with_zone(plain(hour, minute), next));
            }
        }
        // "0300 GMT", "1400 hours", "1530 local time"
        if number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) {
            let (hour, minute): (i8, i8) = (number.get(..2)?.parse().ok()?, number.get(2..)?.parse().ok()?);
            let hours = matches!(self.lower(next), "hrs" | "hours" | "h" | "hr");
            let at = matches!(
                self.before(i),
                "at" | "by" | "around" | "until" | "from" | "after" | "before" | "about" | "since"
            );
            if let Some(pm) = half
                && let Some(hour) = twelve(hour, pm)
            {
                return Some(self.with_zone(plain(hour, Some(minute)), next));
            }
            let stated = self.zone(next + usize::from(hours)).is_some() || hours && at;
            if hour < 24 && minute < 60 && stated {
                return Some(self.with_zone(plain(hour, Some(minute)), next + usize::from(hours)));
            }
        }
        None
    }

    /// A number with "a.m." or "p.m.", written with it or behind it.
    fn half_of_day(&self, i: usize) -> (&str, Option<bool>, usize) {
        let number = self.text(i);
        let half = match self.lower(i + 1) {
            "am" | "a.m." | "a.m" => Some(false),
            "pm" | "p.m." | "p.m" => Some(true),
            // "9:00a", "5p"
            "a" if self.glued(i + 1) => Some(false),
            "p" if self.glued(i + 1) => Some(true),
            _ => None,
        };
        (number, half, i + 1 + usize::from(half.is_some()))
    }

    /// "five o'clock", "half past five", "quarter to six", "ten past nine".
    fn spoken_hour(&self, i: usize) -> Option<(Clock, usize)> {
        let number = |k: usize| match self.word(k) {
            Word::Cardinal(n) if (1.0..=12.0).contains(&n) => Some(n as i8),
            _ => self.day_number(k).filter(|n| *n <= 12 && self.digit(k)),
        };
        if let Some(hour) = number(i)
            && matches!(self.lower(i + 1), "o'clock" | "oclock")
        {
            return Some(self.with_zone(self.of_part(hour, i + 2), i + 2));
        }
        let k = i + usize::from(self.lower(i) == "a");
        let minutes = match self.lower(k) {
            "half" => 30,
            "quarter" => 15,
            _ => match self.word(k) {
                Word::Cardinal(n) if matches!(n as i32, 5 | 10 | 20 | 25) => n as i8,
                _ => return None,
            },
        };
        let k = k + 1 + usize::from(matches!(self.lower(k + 1), "minutes"));
        let past = match self.lower(k) {
            "past" => true,
            "to" if minutes != 30 && self.lower(k - 1) == "quarter" => false,
            _ => return None,
        };
        let hour = number(k + 1)?;
        // "ten past five people" counts nothing, but "quarter to three million" does
        if matches!(self.word(k + 2), Word::Cardinal(_) | Word::Units(_)) {
            return None;
        }
        let mut clock = self.of_part(hour, k + 2);
        clock.minute = Some(if past { minutes } else { 60 - minutes });
        clock.hour = if past { clock.hour } else { (clock.hour + 23) % 24 };
        Some((clock, k + 2))
    }

    /// An hour of a dial, put into the half of the day that the words behind it say: "five o'clock in the afternoon".
    fn of_part(&self, hour: i8, next: usize) -> Clock {
        let part = if self.follow(next, &["in", "the"]) { next + 2 } else { next + 1 };
        let pm = match self.word(part) {
            Word::Part(Part::Afternoon | Part::Evening) => true,
            Word::Unit(Unit::Night) => hour > 5,
            _ => false,
        };
        Clock {
            hour: if pm && hour < 12 { hour + 12 } else { hour },
            minute: Some(0),
            second: None,
            offset: None,
        }
    }

    /// Takes a zone in: its offset if it says one.
    fn with_zone(&self, mut clock: Clock, next: usize) -> (Clock, usize) {
        match self.zone(next) {
            Some((offset, after)) => {
                clock.offset = offset;
                (clock, after)
            }
            None => (clock, next),
        }
    }

    /// "GMT", "UTC+3", "(EST)", "local time", "Moscow time", "Eastern Time".
    fn zone(&self, i: usize) -> Option<(Option<i16>, usize)> {
        if self.lower(i) == "(" && self.lower(i + 1) != "(" {
            let (offset, next) = self.zone(i + 1)?;
            return (self.lower(next) == ")").then_some((offset, next + 1));
        }
        if let Word::Zone(offset) = self.word(i)
            && self.text(i).chars().all(|c| !c.is_lowercase())
        {
            // "UTC+3", "GMT -5"
            if offset == Some(0)
                && let Some(sign) = match self.lower(i + 1) {
                    "+" => Some(1),
                    "-" | "−" => Some(-1),
                    _ => None,
                }
                && let Some((hours, minutes, None)) = hour_and_minute(self.text(i + 2))
            {
                let all = i16::from(hours) * 60 + i16::from(minutes.unwrap_or(0));
                return Some((Some(sign * all), i + 3));
            }
            return Some((offset, i + 1));
        }
        let named = self.lower(i) == "local" || self.tag(i).is_proper() && self.capital(i);
        (named && matches!(self.lower(i + 1), "time")).then_some((None, i + 2))
    }
}

/// "17", "17:30", "5.30", "17:30:15".
pub(super) fn hour_and_minute(text: &str) -> Option<(i8, Option<i8>, Option<i8>)> {
    let two = |s: &str| s.parse::<i8>().ok().filter(|n| s.len() == 2 && (0..60).contains(n));
    let mut parts = text.split([':', '.']);
    let hour = parts.next().filter(|h| (1..=2).contains(&h.len()))?.parse::<i8>().ok()?;
    if !(0..24).contains(&hour) {
        return None;
    }
    let minute = match parts.next() {
        Some(minute) => Some(two(minute)?),
        None => None,
    };
    let second = match parts.next() {
        Some(second) => Some(two(second)?),
        None => None,
    };
    parts.next().is_none().then_some((hour, minute, second))
}

/// An hour of the dial in a half of the day.
pub(super) fn twelve(hour: i8, pm: bool) -> Option<i8> {
    (1..=12).contains(&hour).then_some(hour % 12 + if pm { 12 } else { 0 })
}
