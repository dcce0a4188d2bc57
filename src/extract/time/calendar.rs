//! Calendar arithmetic: an interval of days or hours, its TIMEX3 value, its granularity.
//!
//! Years are astronomical inside: 0 is 1 BC, -479 is 480 BC. Values write years before Christ as TIMEX2 and HeidelTime
//! do, "BC0480".

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::{Span as Length, ToSpan};

use super::units::{Part, Season, Unit};
use crate::document::{Granularity, Modifier};

/// A stretch of the calendar, with its TIMEX3 value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) value: String,
    pub(super) start: DateTime,
    pub(super) end: DateTime,
    pub(super) granularity: Granularity,
}

pub(super) fn midnight(day: Date) -> DateTime {
    day.at(0, 0, 0, 0)
}

fn stretch(value: String, from: Date, to: Date, granularity: Granularity) -> Stretch {
    Stretch { value, start: midnight(from), end: midnight(to), granularity }
}

/// A year as values write it: "2024", "BC0480".
pub(super) fn year_value(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - i32::from(year)) }
}

/// A day as values write it.
pub(super) fn day_value(day: Date) -> String {
    format!("{}-{:02}-{:02}", year_value(day.year()), day.month(), day.day())
}

/// A day.
pub(super) fn day(day: Date) -> Option<Stretch> {
    Some(stretch(day_value(day), day, day.tomorrow().ok()?, Granularity::Day))
}

/// A month.
pub(super) fn month(year: i16, month: i8) -> Option<Stretch> {
    let first = Date::new(year, month, 1).ok()?;
    let value = format!("{}-{month:02}", year_value(year));
    Some(stretch(value, first, first.checked_add(1.month()).ok()?, Granularity::Month))
}

/// A year.
pub(super) fn year(year: i16) -> Option<Stretch> {
    let first = Date::new(year, 1, 1).ok()?;
    Some(stretch(year_value(year), first, first.checked_add(1.year()).ok()?, Granularity::Year))
}

/// A decade, by its first year ("198" for the 1980s); before Christ by its year nearest to it: -459 and "BC046".
pub(super) fn decade(year: i16) -> Option<Stretch> {
    if year > 0 {
        let first = Date::new(year, 1, 1).ok()?;
        let end = first.checked_add(10.years()).ok()?;
        return Some(stretch(format!("{:03}", year / 10), first, end, Granularity::Decade));
    }
    let last = Date::new(year, 1, 1).ok()?;
    let first = last.checked_sub(9.years()).ok()?;
    let value = format!("BC{:03}", (1 - i32::from(year)) / 10);
    Some(stretch(value, first, last.checked_add(1.year()).ok()?, Granularity::Decade))
}

/// A century by its number: 20 has the value "19" and runs from 1900 to 1999, as papers count; -4 is the 4th BC, "BC03".
pub(super) fn century(number: i16) -> Option<Stretch> {
    let first_year =
        if number > 0 { (number - 1).checked_mul(100)? } else { number.checked_mul(100)?.checked_add(1)? };
    let first = Date::new(first_year, 1, 1).ok()?;
    let value = if number > 0 { format!("{:02}", number - 1) } else { format!("BC{:02}", -number - 1) };
    Some(stretch(value, first, first.checked_add(100.years()).ok()?, Granularity::Century))
}

/// A quarter of a year.
pub(super) fn quarter(year: i16, number: i8) -> Option<Stretch> {
    let first = Date::new(year, number.checked_mul(3)?.checked_sub(2)?, 1).ok()?;
    let end = first.checked_add(3.months()).ok()?;
    Some(stretch(format!("{}-Q{number}", year_value(year)), first, end, Granularity::Quarter))
}

/// A half of a year.
pub(super) fn half(year: i16, number: i8) -> Option<Stretch> {
    let first = Date::new(year, if number == 1 { 1 } else { 7 }, 1).ok()?;
    let end = first.checked_add(6.months()).ok()?;
    Some(stretch(format!("{}-H{number}", year_value(year)), first, end, Granularity::Season))
}

/// A season; winter begins in December of its year.
pub(super) fn season(year: i16, season: Season) -> Option<Stretch> {
    let first = Date::new(year, season.first_month(), 1).ok()?;
    let end = first.checked_add(3.months()).ok()?;
    Some(stretch(format!("{}-{}", year_value(year), season.code()), first, end, Granularity::Season))
}

/// The ISO week that a day lies in.
pub(super) fn week(of: Date) -> Option<Stretch> {
    let week = of.iso_week_date();
    let monday = monday(of)?;
    let value = format!("{}-W{:02}", year_value(week.year()), week.week());
    Some(stretch(value, monday, monday.checked_add(7.days()).ok()?, Granularity::Week))
}

/// The weekend of the ISO week that a day lies in.
pub(super) fn weekend(of: Date) -> Option<Stretch> {
    let week = of.iso_week_date();
    let saturday = ISOWeekDate::new(week.year(), week.week(), Weekday::Saturday).ok()?.date();
    let value = format!("{}-W{:02}-WE", year_value(week.year()), week.week());
    Some(stretch(value, saturday, saturday.checked_add(2.days()).ok()?, Granularity::Weekend))
}

/// A part of a day; a night runs into the next day.
pub(super) fn part_of_day(day: Date, part: Part) -> Option<Stretch> {
    let (from, hours) = part.hours();
    let start = day.at(from, 0, 0, 0);
    let end = start.checked_add(hours.hours()).ok()?;
    Some(Stretch {
        value: format!("{}T{}", day_value(day), part.code()),
        start,
        end,
        granularity: Granularity::DayPart,
    })
}

/// A time of day. A stated zone stands in the value only; the interval is civil time as told.
pub(super) fn clock(day: Date, clock: &super::expression::Clock) -> Option<Stretch> {
    let start = midnight(day).with().hour(clock.hour).minute(clock.minute.unwrap_or(0)).build().ok()?;
    let (length, granularity): (Length, _) = match clock {
        c if c.second.is_some() => (1.second(), Granularity::Second),
        c if c.minute.is_some() => (1.minute(), Granularity::Minute),
        _ => (1.hour(), Granularity::Hour),
    };
    let start = start.checked_add(i64::from(clock.second.unwrap_or(0)).seconds()).ok()?;
    let value = format!("{}{}", day_value(day), clock.value());
    Some(Stretch { value, start, end: start.checked_add(length).ok()?, granularity })
}

/// The Monday of a day's week.
pub(super) fn monday(of: Date) -> Option<Date> {
    of.checked_sub(i64::from(of.weekday().to_monday_zero_offset()).days()).ok()
}

/// The early, middle or late third of a stretch; its value stays, as TIMEX3 has it (the part is an attribute there).
pub(super) fn third(mut whole: Stretch, part: Modifier) -> Stretch {
    let days = whole.start.date().until(whole.end.date()).map_or(0, |s| i64::from(s.get_days()));
    let cut = |thirds: i64| whole.start.checked_add((days * thirds / 3).days()).ok();
    if days >= 3
        && let (Some(one), Some(two)) = (cut(1), cut(2))
    {
        match part {
            Modifier::Start => whole.end = one,
            Modifier::Mid => (whole.start, whole.end) = (one, two),
            Modifier::End => whole.start = two,
            _ => {}
        }
    }
    whole
}

/// The day, shifted by a number of units; months and years are cut to the last day of a shorter month.
pub(super) fn shift(from: Date, unit: Unit, count: i64) -> Option<Date> {
    // Beyond this no calendar goes, and jiff's spans would refuse it with an error anyway.
    if count.abs() > 20_000 {
        return None;
    }
    let length = match unit {
        Unit::Day | Unit::Night => count.days(),
        Unit::Week | Unit::Weekend => count.weeks(),
        Unit::Fortnight => (2 * count).weeks(),
        Unit::Month => count.months(),
        Unit::Quarter => (3 * count).months(),
        Unit::Year => count.years(),
        Unit::Decade => Length::new().try_years(10 * count).ok()?,
        Unit::Century => Length::new().try_years(100 * count).ok()?,
        _ => return None,
    };
    from.checked_add(length).ok()
}

/// The stretch of one unit that a day lies in.
pub(super) fn around(of: Date, unit: Unit) -> Option<Stretch> {
    match unit {
        Unit::Day => day(of),
        Unit::Night => part_of_day(of, Part::Night),
        Unit::Week | Unit::Fortnight => week(of),
        Unit::Weekend => weekend(of),
        Unit::Month => month(of.year(), of.month()),
        Unit::Quarter => quarter(of.year(), (of.month() + 2) / 3),
        Unit::Year => year(of.year()),
        Unit::Decade if of.year() > 0 => decade(of.year() - of.year().rem_euclid(10)),
        // 459 BC is -458 and belongs to the 450s, whose year nearest to us is 450 BC, -449
        Unit::Decade => decade(1 - (1 - of.year()) / 10 * 10),
        Unit::Century if of.year() > 0 => century(of.year() / 100 + 1),
        Unit::Century => century(-((-of.year()) / 100 + 1)),
        _ => None,
    }
}

/// The date, if year, month and day make one.
pub(super) fn of(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}
