//! Units of the calendar, parts of days, seasons: what the values of times are made of.

use crate::document::Granularity;

/// A unit in which time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Night,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit of a code in `lexicon/times.tsv`.
    pub(super) fn from_code(code: &str) -> Option<Unit> {
        Some(match code {
            "TS" => Unit::Second,
            "TM" => Unit::Minute,
            "TH" => Unit::Hour,
            "NI" => Unit::Night,
            "D" => Unit::Day,
            "WE" => Unit::Weekend,
            "W" => Unit::Week,
            "2W" => Unit::Fortnight,
            "M" => Unit::Month,
            "Q" => Unit::Quarter,
            "Y" => Unit::Year,
            "DE" => Unit::Decade,
            "CE" => Unit::Century,
            "ML" => Unit::Millennium,
            _ => return None,
        })
    }

    /// Whether it is smaller than a day, and so needs a time of day to count from.
    pub(super) fn is_of_clock(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }

    /// Its size as tables give it.
    pub(super) fn granularity(self) -> Granularity {
        match self {
            Unit::Second => Granularity::Second,
            Unit::Minute => Granularity::Minute,
            Unit::Hour => Granularity::Hour,
            Unit::Night => Granularity::DayPart,
            Unit::Day => Granularity::Day,
            Unit::Weekend => Granularity::Weekend,
            Unit::Week | Unit::Fortnight => Granularity::Week,
            Unit::Month => Granularity::Month,
            Unit::Quarter => Granularity::Quarter,
            Unit::Year => Granularity::Year,
            Unit::Decade => Granularity::Decade,
            Unit::Century => Granularity::Century,
            Unit::Millennium => Granularity::Unknown,
        }
    }

    /// Letter and factor of ISO 8601 durations, with "T" before those of the clock.
    fn iso(self) -> (&'static str, f64) {
        match self {
            Unit::Second => ("TS", 1.0),
            Unit::Minute => ("TM", 1.0),
            Unit::Hour => ("TH", 1.0),
            Unit::Night | Unit::Day => ("D", 1.0),
            Unit::Weekend => ("D", 2.0),
            Unit::Week => ("W", 1.0),
            Unit::Fortnight => ("W", 2.0),
            Unit::Month => ("M", 1.0),
            Unit::Quarter => ("M", 3.0),
            Unit::Year => ("Y", 1.0),
            Unit::Decade => ("Y", 10.0),
            Unit::Century => ("Y", 100.0),
            Unit::Millennium => ("Y", 1000.0),
        }
    }
}

/// An ISO 8601 duration; a count of `None` is a vague one, "X" in TIMEX3 ("PXM"), where decades and centuries keep
/// their letters ("PXDE").
pub(super) fn duration(count: Option<f64>, unit: Unit) -> String {
    let Some(count) = count else {
        return match unit {
            Unit::Decade => "PXDE".to_owned(),
            Unit::Century => "PXCE".to_owned(),
            _ => format!("P{}X{}", time_mark(unit), unit.iso().0.trim_start_matches('T')),
        };
    };
    let (letter, factor) = unit.iso();
    format!("P{}{}{}", time_mark(unit), count * factor, letter.trim_start_matches('T'))
}

fn time_mark(unit: Unit) -> &'static str {
    if unit.is_of_clock() { "T" } else { "" }
}

/// A duration of two units: "two years and three months" is P2Y3M, "a day and five hours" P1DT5H.
pub(super) fn joint_duration(first: (f64, Unit), second: (f64, Unit)) -> String {
    let mut value = duration(Some(first.0), first.1);
    let rest = duration(Some(second.0), second.1);
    value.push_str(rest.trim_start_matches('P').trim_start_matches(if first.1.is_of_clock() {
        "T"
    } else {
        ""
    }));
    value
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

impl Part {
    /// The part of a TIMEX3 code.
    pub(super) fn from_code(code: &str) -> Option<Part> {
        Some(match code {
            "MO" => Part::Morning,
            "MI" => Part::Midday,
            "AF" => Part::Afternoon,
            "EV" => Part::Evening,
            "NI" => Part::Night,
            "DT" => Part::Daytime,
            _ => return None,
        })
    }

    /// The TIMEX3 code.
    pub(super) fn code(self) -> &'static str {
        match self {
            Part::Morning => "MO",
            Part::Midday => "MI",
            Part::Afternoon => "AF",
            Part::Evening => "EV",
            Part::Night => "NI",
            Part::Daytime => "DT",
        }
    }

    /// First hour and number of hours.
    pub(super) fn hours(self) -> (i8, i64) {
        match self {
            Part::Morning => (6, 6),
            Part::Midday => (11, 2),
            Part::Afternoon => (12, 6),
            Part::Evening => (18, 6),
            Part::Night => (20, 10),
            Part::Daytime => (6, 12),
        }
    }
}

/// A season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    /// The season of a TIMEX3 code.
    pub(super) fn from_code(code: &str) -> Option<Season> {
        Some(match code {
            "SP" => Season::Spring,
            "SU" => Season::Summer,
            "FA" => Season::Autumn,
            "WI" => Season::Winter,
            _ => return None,
        })
    }

    /// The TIMEX3 code.
    pub(super) fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// Its first month, on the northern hemisphere, by meteorologists' reckoning.
    pub(super) fn first_month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}
