//! Calendar arithmetic: an interval of days or hours, its TIMEX3 value, its granularity.

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::{Span as Length, ToSpan};

use crate::document::Granularity;

/// A stretch of the calendar, with its TIMEX3 value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) value: String,
    pub(super) start: DateTime,
    pub(super) end: DateTime,
    pub(super) granularity: Granularity,
}

fn midnight(day: Date) -> DateTime {
    day.at(0, 0, 0, 0)
}

fn stretch(value: String, from: Date, to: Date, granularity: Granularity) -> Stretch {
    Stretch { value, start: midnight(from), end: midnight(to), granularity }
}

/// A day.
pub(super) fn day(day: Date) -> Option<Stretch> {
    Some(stretch(day.to_string(), day, day.tomorrow().ok()?, Granularity::Day))
}

/// A month.
pub(super) fn month(year: i16, month: i8) -> Option<Stretch> {
    let first = Date::new(year, month, 1).ok()?;
    Some(stretch(
        format!("{year:04}-{month:02}"),
        first,
        first.checked_add(1.month()).ok()?,
        Granularity::Month,
    ))
}

/// A year.
pub(super) fn year(year: i16) -> Option<Stretch> {
    let first = Date::new(year, 1, 1).ok()?;
    Some(stretch(format!("{year:04}"), first, first.checked_add(1.year()).ok()?, Granularity::Year))
}

/// A decade, by its first year: "198" for the 1980s.
pub(super) fn decade(first_year: i16) -> Option<Stretch> {
    let first = Date::new(first_year, 1, 1).ok()?;
    let end = first.checked_add(10.years()).ok()?;
    Some(stretch(format!("{:03}", first_year / 10), first, end, Granularity::Decade))
}

/// A century, by its number: "19" for 1900 to 1999, the 20th.
pub(super) fn century(number: i16) -> Option<Stretch> {
    let first = Date::new((number - 1).checked_mul(100)?, 1, 1).ok()?;
    Some(stretch(
        format!("{:02}", number - 1),
        first,
        first.checked_add(100.years()).ok()?,
        Granularity::Century,
    ))
}

/// A quarter of a year.
pub(super) fn quarter(year: i16, number: i8) -> Option<Stretch> {
    let first = Date::new(year, number.checked_mul(3)?.checked_sub(2)?, 1).ok()?;
    Some(stretch(
        format!("{year:04}-Q{number}"),
        first,
        first.checked_add(3.months()).ok()?,
        Granularity::Quarter,
    ))
}

/// A half of a year.
pub(super) fn half(year: i16, number: i8) -> Option<Stretch> {
    let first = Date::new(year, if number == 1 { 1 } else { 7 }, 1).ok()?;
    Some(stretch(
        format!("{year:04}-H{number}"),
        first,
        first.checked_add(6.months()).ok()?,
        Granularity::Season,
    ))
}

/// A season of the northern hemisphere, by months: winter is December to February of the next year.
pub(super) fn season(year: i16, code: &str) -> Option<Stretch> {
    let month = match code {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    };
    let first = Date::new(year, month, 1).ok()?;
    Some(stretch(
        format!("{year:04}-{code}"),
        first,
        first.checked_add(3.months()).ok()?,
        Granularity::Season,
    ))
}

/// The ISO week that a day lies in.
pub(super) fn week(of: Date) -> Option<Stretch> {
    let week = of.iso_week_date();
    let monday = monday(of)?;
    let value = format!("{:04}-W{:02}", week.year(), week.week());
    Some(stretch(value, monday, monday.checked_add(7.days()).ok()?, Granularity::Week))
}

/// The weekend of the ISO week that a day lies in.
pub(super) fn weekend(of: Date) -> Option<Stretch> {
    let week = of.iso_week_date();
    let saturday = ISOWeekDate::new(week.year(), week.week(), Weekday::Saturday).ok()?.date();
    let value = format!("{:04}-W{:02}-WE", week.year(), week.week());
    Some(stretch(value, saturday, saturday.checked_add(2.days()).ok()?, Granularity::Weekend))
}

/// A part of a day: MO, MI, AF, EV, NI.
pub(super) fn part_of_day(day: Date, code: &str) -> Option<Stretch> {
    let (from, hours) = match code {
        "MO" => (6, 6),
        "MI" => (11, 2),
        "AF" => (12, 6),
        "EV" => (18, 6),
        _ => (20, 10),
    };
    let start = day.at(from, 0, 0, 0);
    let end = start.checked_add(hours.hours()).ok()?;
    Some(Stretch { value: format!("{day}T{code}"), start, end, granularity: Granularity::DayPart })
}

/// A time of day.
pub(super) fn clock(day: Date, hour: i8, minute: Option<i8>) -> Option<Stretch> {
    let start = midnight(day).with().hour(hour).minute(minute.unwrap_or(0)).build().ok()?;
    let (length, granularity): (Length, _) =
        if minute.is_some() { (1.minute(), Granularity::Minute) } else { (1.hour(), Granularity::Hour) };
    let value = format!("{day}T{hour:02}:{:02}", minute.unwrap_or(0));
    Some(Stretch { value, start, end: start.checked_add(length).ok()?, granularity })
}

/// Several days, from the first to the last.
pub(super) fn days(first: Date, last: Date) -> Option<Stretch> {
    let end = last.tomorrow().ok()?;
    (first <= last).then(|| stretch(format!("{first}/{last}"), first, end, Granularity::Day))
}

/// Several years, from the first to the last.
pub(super) fn years(first: i16, last: i16) -> Option<Stretch> {
    let (from, to) = (year(first)?, year(last)?);
    let value = format!("{first:04}/{last:04}");
    (first < last).then_some(Stretch {
        value,
        start: from.start,
        end: to.end,
        granularity: Granularity::Year,
    })
}

/// The Monday of a day's week.
pub(super) fn monday(of: Date) -> Option<Date> {
    of.checked_sub(i64::from(of.weekday().to_monday_zero_offset()).days()).ok()
}

/// The early, middle or late third of a stretch; its value stays, as TIMEX3 has it (the part is an attribute there).
pub(super) fn third(mut whole: Stretch, part: &str) -> Stretch {
    let days = whole.start.date().until(whole.end.date()).map_or(0, |s| i64::from(s.get_days()));
    let cut = |thirds: i64| whole.start.checked_add((days * thirds / 3).days()).ok();
    if days >= 3
        && let (Some(one), Some(two)) = (cut(1), cut(2))
    {
        match part {
            "START" => whole.end = one,
            "MID" => (whole.start, whole.end) = (one, two),
            _ => whole.start = two,
        }
    }
    whole
}

/// The day, shifted by a number of units; months and years are cut to the last day of a shorter month.
pub(super) fn shift(from: Date, unit: &str, count: i64) -> Option<Date> {
    // Beyond this no calendar goes, and jiff's spans would refuse it with an error anyway.
    if count.abs() > 20_000 {
        return None;
    }
    let length = match unit {
        "D" | "NI" => count.days(),
        "W" | "WE" => count.weeks(),
        "2W" => (2 * count).weeks(),
        "M" => count.months(),
        "Q" | "SE" => (3 * count).months(),
        "Y" => count.years(),
        "DE" => (10 * count).years(),
        "CE" => (100 * count).years(),
        _ => return None,
    };
    from.checked_add(length).ok()
}

/// The stretch of one unit that a day lies in.
pub(super) fn around(of: Date, unit: &str) -> Option<Stretch> {
    match unit {
        "D" => day(of),
        "NI" => part_of_day(of, "NI"),
        "W" | "2W" => week(of),
        "WE" => weekend(of),
        "M" => month(of.year(), of.month()),
        "Q" => quarter(of.year(), (of.month() + 2) / 3),
        "Y" => year(of.year()),
        "DE" => decade(of.year() - of.year().rem_euclid(10)),
        "CE" => century(of.year() / 100 + 1),
        _ => None,
    }
}

/// The granularity of a unit.
pub(super) fn granularity(unit: &str) -> Granularity {
    match unit {
        "TS" => Granularity::Second,
        "TM" => Granularity::Minute,
        "TH" => Granularity::Hour,
        "NI" => Granularity::DayPart,
        "D" => Granularity::Day,
        "WE" => Granularity::Weekend,
        "W" | "2W" => Granularity::Week,
        "M" => Granularity::Month,
        "Q" => Granularity::Quarter,
        "SE" => Granularity::Season,
        "Y" => Granularity::Year,
        "DE" => Granularity::Decade,
        "CE" => Granularity::Century,
        _ => Granularity::Unknown,
    }
}

/// An ISO 8601 duration; `None` as count is a vague one ("PXM").
pub(super) fn duration(count: Option<f64>, unit: &str) -> String {
    let (letter, factor) = match unit {
        "2W" => ("W", 2.0),
        "DE" if count.is_some() => ("Y", 10.0),
        "CE" if count.is_some() => ("Y", 100.0),
        "SE" | "Q" => ("M", 3.0),
        "NI" | "WE" => ("D", if unit == "WE" { 2.0 } else { 1.0 }),
        other => (other, 1.0),
    };
    let (time, letter) =
        letter.strip_prefix('T').filter(|l| !l.is_empty()).map_or(("", letter), |l| ("T", l));
    let number = count.map_or("X".to_owned(), |c| format!("{}", c * factor));
    format!("P{time}{number}{letter}")
}

/// The date, if year, month and day make one.
pub(super) fn of(year: i16, month: i8, day: i8) -> Option<Date> {
    (year > 0).then(|| Date::new(year, month, day).ok()).flatten()
}
