//! What belongs together: a day and its hour ("5 p.m. on Monday"), a month and its year told otherwise ("March of last
//! year"), the two ends of a range ("from May to July").

use super::super::expression::{Expression, Shape, Year};
use super::super::units::Unit;
use super::super::words::Word;
use super::Reader;
use crate::document::TimeKind;

impl Reader<'_, '_> {
    /// The expression with everything that belongs to it.
    pub(super) fn joined(&self, found: Expression) -> Expression {
        if let Shape::Set(value) = &found.shape {
            // "every Tuesday at 10 a.m."
            let k = found.next + usize::from(self.lower(found.next) == "at");
            if value.starts_with("XXXX-WXX-")
                && !value.contains('T')
                && let Some((clock, next)) = self.time_of_day(k)
            {
                let value = format!("{value}{}", clock.value());
                return Expression::new(found.first, next, Shape::Set(value));
            }
            return found;
        }
        if found.kind() == TimeKind::Duration || matches!(found.shape, Shape::Reference(_)) {
            return found;
        }
        let found = self.of_year(found);
        let found = self.with_hour(found);
        let found = self.with_day(found);
        self.with_end(found)
    }

    /// "March of last year", "October this year", "Tuesday of last week", "Monday next week".
    pub(super) fn of_year(&self, mut found: Expression) -> Expression {
        let of = usize::from(matches!(self.lower(found.next), "of" | "in" | ","));
        let link = found.next + of;
        let comma = of == 1 && self.lower(found.next) == ",";
        let open = match &mut found.shape {
            Shape::Month { year, .. } | Shape::Holiday { year, .. } | Shape::Season { year, .. }
                if *year == Year::Open =>
            {
                year
            }
            Shape::Weekday { week, shift: None, .. } if !comma => {
                let shift = match self.word(link) {
                    Word::Shift(shift) if self.word(link + 1) == Word::Unit(Unit::Week) => shift,
                    _ if of == 1 && self.follow(link, &["the", "following", "week"]) => {
                        *week = Some(1);
                        found.next = link + 3;
                        return found;
                    }
                    _ => return found,
                };
                *week = Some(shift);
                found.next = link + 2;
                return found;
            }
            _ => return found,
        };
        let Some((shift, told, end)) = self.year_told(link) else { return found };
        let the = self.lower(link) == "the";
        if comma && the || of == 0 && (the || told) && !matches!(self.lower(link), "that" | "the") {
            return found;
        }
        if of == 0 && told && self.lower(link) != "that" && !the {
            return found;
        }
        *open = if told { Year::Told(shift) } else { Year::Shifted(shift) };
        found.next = end;
        found
    }

    /// A time of day or a part of the day behind a day: "October 25 at 5 p.m.", "May 5 in the morning".
    fn with_hour(&self, mut found: Expression) -> Expression {
        if !found.is_day() || found.clock.is_some() || found.until.is_some() {
            return found;
        }
        let mut k = found.next;
        let comma = usize::from(self.lower(k) == ",");
        k += comma;
        k += usize::from(matches!(self.lower(k), "at" | "around" | "about" | "@"));
        k += usize::from(matches!(self.lower(k), "around" | "about"));
        if let Some((clock, next)) = self.time_of_day(k) {
            found.clock = Some(clock);
            found.next = next;
            return found;
        }
        if found.part.is_none() && comma == 0 {
            let k = found.next;
            if self.follow(k, &["in", "the"])
                && let Word::Part(part) = self.word(k + 2)
            {
                found.part = Some(part);
                found.next = k + 3;
            } else if let Some(part) = self.part(k).filter(|_| !self.capital(k)) {
                found.part = Some(part);
                found.next = k + 1;
            }
        }
        found
    }

    /// The day of a time of day: "5 p.m. on Monday", "the morning of May 5", "2:30 p.m. Tuesday".
    fn with_day(&self, mut found: Expression) -> Expression {
        if !matches!(found.shape, Shape::OfDay) || found.until.is_some() {
            return found;
        }
        let mut k = found.next;
        // "9 in the morning"
        if found.clock.is_some()
            && self.follow(k, &["in", "the"])
            && matches!(self.word(k + 2), Word::Part(_))
        {
            k += 3;
            found.next = k;
        }
        let link = self.lower(k);
        let joined = match link {
            "on" | "," => found.clock.is_some() || link == "on",
            "of" => true,
            _ => false,
        };
        k += usize::from(joined);
        if !joined && found.clock.is_none() {
            return found;
        }
        // "9 a.m. every day", "10 a.m. on Mondays"
        if let Some(clock) = &found.clock
            && let Some(Expression { shape: Shape::Set(value), next, .. }) = self.set(k)
        {
            let of_days = match value.as_str() {
                "P1D" => "XXXX-XX-XX",
                week if week.starts_with("XXXX-WXX-") && !week.contains('T') => week,
                _ => return found,
            };
            return Expression::new(found.first, next, Shape::Set(format!("{of_days}{}", clock.value())));
        }
        let Some(day) = self.numeric_date(k).or_else(|| self.point(k)) else { return found };
        let day = self.of_year(day);
        let fits = day.is_day() && day.clock.is_none() && (day.part.is_none() || found.clock.is_some());
        if !fits || link == "," && matches!(day.shape, Shape::Holiday { .. }) {
            return found;
        }
        Expression {
            first: found.first,
            clock: found.clock,
            part: found.part.or(day.part),
            modifier: found.modifier,
            ..day
        }
    }

    /// The other end of a range: "June 30–July 2", "May to July", "between 2014 and 2018", "1939–45".
    fn with_end(&self, mut found: Expression) -> Expression {
        if found.until.is_some() {
            return found;
        }
        let joint = found.next;
        let between = self.before(found.first) == "between";
        let tight = self.glued(joint) && self.glued(joint + 1);
        let joins = match self.lower(joint) {
            "–" | "—" => true,
            "-" | "/" => tight || self.lower(joint) == "-" && !self.glued(joint) && !self.glued(joint + 1),
            "to" | "through" | "until" | "till" => true,
            "and" => between,
            _ => false,
        };
        if !joins {
            return found;
        }
        let mut k = joint + 1;
        k += usize::from(self.lower(k) == "to" && self.lower(joint) != "to");
        if let Some(last) = self.short_end(&found, k, tight) {
            return last;
        }
        let last = self
            .numeric_date(k)
            .or_else(|| self.clock(k))
            .or_else(|| self.edged(k))
            .or_else(|| self.point(k))
            .or_else(|| self.year(k, true));
        let Some(last) = last.map(|last| self.with_hour(self.of_year(last))) else { return found };
        if !alike(&found, &last) || last.until.is_some() && !tight {
            return found;
        }
        // "Nov. 23–Dec. 5, 2020": the year of the end is the year of the beginning
        let mut last = last;
        match (&mut found.shape, &mut last.shape) {
            (Shape::Month { year, month, .. }, Shape::Month { year: end, month: last_month, .. }) => {
                if let (Year::Open, Year::Is(stated)) = (*year, *end) {
                    *year = Year::Is(stated - i16::from(*month > *last_month));
                } else if let (Year::Is(stated), Year::Open) = (*year, *end) {
                    *end = Year::Is(stated + i16::from(*month > *last_month));
                }
            }
            (Shape::Year(first), Shape::Year(end)) => {
                // "480–479 BC"
                if *end <= 0 && *first > 0 && *first >= 1 - *end {
                    *first = 1 - *first;
                }
                if *first > *end {
                    return found;
                }
            }
            (Shape::EarlyYear(first), Shape::Year(end)) => {
                let year = if *end <= 0 { 1 - *first } else { *first };
                if year > *end {
                    return found;
                }
                found.shape = Shape::Year(year);
            }
            _ => {}
        }
        found.next = last.next;
        found.until = Some(Box::new(last));
        found
    }

    /// "1939–45", "1984/85", "2014 to 18": the last two digits of the other year.
    fn short_end(&self, found: &Expression, k: usize, tight: bool) -> Option<Expression> {
        let Shape::Year(first) = found.shape else { return None };
        let text = self.text(k);
        let dash = matches!(self.lower(k - 1), "–" | "—") && self.closes(k + 1);
        if !(tight || dash) || !(1..=2).contains(&text.len()) || first < 1000 {
            return None;
        }
        let last: i16 = text.parse().ok()?;
        let ten = if text.len() == 1 { 10 } else { 100 };
        let last = first / ten * ten + last + if last == 0 && first % 100 == 99 { 100 } else { 0 };
        let ends = self.closes(k + 1) || !self.glued(k + 1);
        if last <= first || !ends {
            return None;
        }
        let mut out = found.clone();
        out.next = k + 1;
        out.until = Some(Box::new(Expression::new(k, k + 1, Shape::Year(last))));
        Some(out)
    }
}

/// Whether two expressions can be the ends of one range.
fn alike(first: &Expression, last: &Expression) -> bool {
    if first.clock.is_some() != last.clock.is_some() {
        return false;
    }
    match (&first.shape, &last.shape) {
        (Shape::OfDay, Shape::OfDay) => first.clock.is_some(),
        (Shape::OfDay, _) => false,
        (Shape::Month { day: a, .. }, Shape::Month { day: b, .. }) => a.is_some() == b.is_some(),
        (Shape::Numeric { .. }, Shape::Numeric { .. } | Shape::Month { day: Some(_), .. }) => true,
        (Shape::Month { day: Some(_), .. }, Shape::Numeric { .. }) => true,
        (Shape::Year(_) | Shape::EarlyYear(_), Shape::Year(_) | Shape::EarlyYear(_)) => {
            !matches!((&first.shape, &last.shape), (Shape::EarlyYear(_), Shape::EarlyYear(_)))
        }
        (Shape::Weekday { .. }, Shape::Weekday { .. })
        | (Shape::Season { .. }, Shape::Season { .. })
        | (Shape::Quarter { .. }, Shape::Quarter { .. })
        | (Shape::Decade(_), Shape::Decade(_))
        | (Shape::Century(_), Shape::Century(_)) => true,
        // "from May 1939 to 1945", "from late 2014 to March 2016"
        (Shape::Month { year: Year::Is(_), .. }, Shape::Year(_))
        | (Shape::Year(_), Shape::Month { year: Year::Is(_), .. })
        | (Shape::Season { .. } | Shape::Decade(_), Shape::Year(_))
        | (Shape::Year(_), Shape::Season { year: Year::Is(_), .. } | Shape::Decade(_)) => true,
        _ => false,
    }
}
