//! Which of the many: the Monday, the March, the second week that is meant, counted from a day.

use jiff::civil::Date;

use super::calendar::{self, Stretch};
use super::expression::{Looks, Nth};
use super::units::Unit;

/// The year in which a month lies nearest to now: before it, unless the sentence looks ahead.
pub(super) fn nearest(now: Date, month: i8, day: Option<i8>, looks: Looks) -> i16 {
    let year = now.year();
    let Some(there) = calendar::of(year, month, day.unwrap_or(1)) else { return year };
    let days = now.until(there).map_or(0, |s| s.get_days());
    match days {
        184.. if looks != Looks::Ahead => year - 1,
        ..=-184 if looks == Looks::Ahead => year + 1,
        _ => year,
    }
}

/// The weekday nearest before or at now; after it if the text looks ahead.
pub(super) fn weekday(now: Date, number: i8, shift: Option<i64>, looks: Looks) -> Option<Date> {
    let back = i64::from((now.weekday().to_monday_one_offset() - number).rem_euclid(7));
    let days = match shift {
        Some(..=-1) => -(if back == 0 { 7 } else { back }),
        Some(1..) => 7 - back,
        Some(_) => {
            let here = i64::from(number - now.weekday().to_monday_one_offset());
            if here > 0 && looks == Looks::Back { here - 7 } else { here }
        }
        None if looks == Looks::Ahead && back != 0 => 7 - back,
        None => -back,
    };
    calendar::shift(now, Unit::Day, days)
}

pub(super) fn month_or_day(year: i16, month: i8, day: Option<i8>) -> Option<Stretch> {
    match day {
        Some(day) => calendar::of(year, month, day).and_then(calendar::day),
        None => calendar::month(year, month),
    }
}

/// A whole number of units; half a year is six months.
pub(super) fn whole_count(unit: Unit, count: f64) -> Option<(Unit, i64)> {
    let (unit, count) = match unit {
        Unit::Year if count.fract() != 0.0 => (Unit::Month, count * 12.0),
        Unit::Decade if count.fract() != 0.0 => (Unit::Year, count * 10.0),
        Unit::Century if count.fract() != 0.0 => (Unit::Year, count * 100.0),
        _ => (unit, count),
    };
    (count.fract() == 0.0 && count.abs() < 10_000.0).then_some((unit, count as i64))
}

/// The nth unit or weekday inside of a stretch. A week belongs to the month that its Thursday lies in, as in ISO 8601.
pub(super) fn nth(number: i8, unit: Nth, whole: &Stretch) -> Option<Stretch> {
    let (start, end) = (whole.start.date(), whole.end.date());
    let steps = i64::from(number.abs()) - 1;
    let found = match unit {
        Nth::Weekday(weekday) => {
            let first = |from: Date| {
                let ahead = i64::from((weekday - from.weekday().to_monday_one_offset()).rem_euclid(7));
                calendar::shift(from, Unit::Day, ahead)
            };
            let day = if number > 0 {
                calendar::shift(first(start)?, Unit::Week, steps)?
            } else {
                calendar::shift(calendar::shift(first(end)?, Unit::Week, -1)?, Unit::Week, -steps)?
            };
            calendar::day(day)?
        }
        Nth::Unit(Unit::Week | Unit::Fortnight) => {
            let day = if number > 0 {
                calendar::shift(calendar::shift(start, Unit::Day, 3)?, Unit::Week, steps)?
            } else {
                calendar::shift(calendar::shift(end, Unit::Day, -4)?, Unit::Week, -steps)?
            };
            calendar::week(day)?
        }
        Nth::Unit(Unit::Weekend) => {
            let saturday = i64::from((6 - start.weekday().to_monday_one_offset()).rem_euclid(7));
            let day = if number > 0 {
                calendar::shift(calendar::shift(start, Unit::Day, saturday)?, Unit::Week, steps)?
            } else {
                calendar::shift(end, Unit::Day, -2)?
            };
            calendar::weekend(day)?
        }
        Nth::Unit(unit) => {
            let day = if number > 0 {
                calendar::shift(start, unit, steps)?
            } else {
                calendar::shift(calendar::shift(end, Unit::Day, -1)?, unit, -steps)?
            };
            calendar::around(day, unit)?
        }
    };
    (found.start < whole.end && found.end > whole.start).then_some(found)
}
