//! Complete dates as a text states them: day, month and year, with the weekday if one is named.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::Regex;

use crate::document::Document;
use crate::span::Span;

/// A complete date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StatedDate {
    pub(super) date: Date,
    /// With the weekday, if one is named.
    pub(super) span: Span,
    pub(super) weekday: Option<Weekday>,
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(?P<{}>jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|july?|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?)";
    let pattern = format!(
        r"(?i)\b(?:(?P<w>mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:(?:the\s+)?{}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{},?\s+(?P<y2>\d{{4}})|(?P<y3>\d{{4}})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}}))\b",
        month.replace("{}", "m1"),
        month.replace("{}", "m2"),
    );
    Regex::new(&pattern).expect("the pattern is fixed and tested")
});

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:1[5-9]|20)\d\d\b").expect("the pattern is fixed and tested"));

/// The complete dates of `text[within]`, in order.
pub(super) fn dates_in(text: &str, within: Span) -> Vec<StatedDate> {
    let part = within.of(text);
    let mut out = Vec::new();
    for found in DATE.captures_iter(part) {
        let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
        let month = found.name("m1").or_else(|| found.name("m2")).and_then(|m| month(m.as_str()));
        let month = month.or_else(|| number("m3").and_then(|m| i8::try_from(m).ok()));
        let day =
            number("d1").or_else(|| number("d2")).or_else(|| number("d3")).and_then(|d| i8::try_from(d).ok());
        let year = number("y1").or_else(|| number("y2")).or_else(|| number("y3"));
        let (Some(year), Some(month), Some(day)) = (year, month, day) else { continue };
        let Ok(date) = Date::new(year, month, day) else { continue };
        let whole = found.get(0).expect("group 0 always takes part");
        out.push(StatedDate {
            date,
            span: Span::new(within.start() + whole.start(), within.start() + whole.end()),
            weekday: found.name("w").and_then(|w| weekday(w.as_str())),
        });
    }
    out
}

/// Years named in `text[within]`, where they stand.
pub(super) fn years_in(text: &str, within: Span) -> Vec<(i16, Span)> {
    YEAR.find_iter(within.of(text))
        .filter_map(|m| {
            Some((m.as_str().parse().ok()?, Span::new(within.start() + m.start(), within.start() + m.end())))
        })
        .collect()
}

/// "26 October 2024".
pub(super) fn in_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{} {} {}", date.day(), MONTHS[usize::from(date.month().unsigned_abs()) - 1], date.year())
}

/// "Friday".
pub(super) fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// Days from `a` to `b`, without sign.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days().abs()
}

/// How the document is named in sentences: its id, which is unique.
pub(super) fn called(document: &Document) -> &str {
    &document.id
}

fn month(name: &str) -> Option<i8> {
    let lower = name.to_lowercase();
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        .iter()
        .position(|m| lower.starts_with(m))
        .and_then(|i| i8::try_from(i + 1).ok())
}

fn weekday(stem: &str) -> Option<Weekday> {
    Some(match stem.to_lowercase().as_str() {
        "mon" => Weekday::Monday,
        "tues" => Weekday::Tuesday,
        "wednes" => Weekday::Wednesday,
        "thurs" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "satur" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn list(text: &str) -> Vec<Date> {
        dates_in(text, Span::new(0, text.len())).iter().map(|d| d.date).collect()
    }

    #[test]
    fn incomplete_or_impossible_dates_are_none() {
        assert!(list("in May 2020, on 5 June, February 30, 2021, 2021-13-40 and 12 of 1999 men").is_empty());
    }

    #[test]
    fn complete_dates_are_found() {
        let text = "On October 9, 2019, on the 3rd of May 1998, Friday, Oct. 25, 2024 and 2020-02-29";
        assert_eq!(list(text), [date(2019, 10, 9), date(1998, 5, 3), date(2024, 10, 25), date(2020, 2, 29)]);
        assert_eq!(dates_in("Friday, October 25, 2024", Span::new(0, 24))[0].weekday, Some(Weekday::Friday));
    }
}
