//! Dates as formats write them: ISO 8601, RFC 2822, epochs, and what people type into tables.
//!
//! The day is the one that is written: `2024-10-26T23:30:00-05:00` is the 26th, where the outlet was. Epochs count in
//! UTC. A date that can be read in two ways (`03/04/2024`) is none.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::{Captures, Regex};

/// Nothing longer is a date.
const LONGEST: usize = 64;

static FORMS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        // 2024-10-26, 2024/10/26 10:15, 2024-10-26T10:15:00+09:00; GDELT and web archives: 20241026T101500Z.
        r"^(?<year>\d{4})(?:-(?<n1>\d{1,2})-|/(?<n2>\d{1,2})/|\.\s?(?<n3>\d{1,2})\.\s?)(?<day>\d{1,2})(?:\D|$)",
        r"^(?<year>\d{4})(?<n1>\d{2})(?<day>\d{2})(?:[T _-]?\d{6}|[T _-]?\d{4})?(?:Z|\.\d+|[+-]\d{2}:?\d{2})?$",
        // Sat, 26 Oct 2024 10:15:00 GMT; Oct 26, 2024; Saturday, October 26th, 2024 at 10:15 am.
        r"(?xi)^(?:[a-z]{2,9}\.?,?\s+)?
          (?:(?<day>\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?(?<month>[a-z]{3,9})\.?,?[\s-]+(?<year>\d{4})
            |(?<month2>[a-z]{3,9})\.?\s+(?<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year2>\d{4}))(?:\D|$)",
        r"^(?<first>\d{1,2})[/.-](?<second>\d{1,2})[/.-](?<year>\d{4})(?:\D|$)",
    ]
    .map(|form| Regex::new(form).expect("a fixed pattern"))
});

/// The day that a text states.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(date) = FORMS.iter().find_map(|form| form.captures(text)).and_then(|found| value(&found)) {
        return Some(date);
    }
    // Unix's `Sat Oct 26 10:15:00 UTC 2024`, which mail boxes and old social media have.
    if let [_, month, day, time, .., year] = text.split_whitespace().collect::<Vec<_>>()[..]
        && time.contains(':')
    {
        return date(year.parse().ok()?, month_number(month)?, day.parse().ok()?);
    }
    let number: f64 = text.parse().ok()?;
    text.starts_with(|c: char| c.is_ascii_digit()).then(|| epoch(number)).flatten()
}

/// The day of a number: `20241026`, or seconds, milli-, micro- or nanoseconds since 1970.
pub(super) fn epoch(number: f64) -> Option<Date> {
    if (18_000_101.0..=21_001_231.0).contains(&number) && number.fract() == 0.0 {
        let n = number as i64;
        return date((n / 10_000) as i16, (n / 100 % 100) as i8, (n % 100) as i8);
    }
    // From 1973 to 2100, which no smaller unit reaches.
    let seconds =
        [1.0, 1e3, 1e6, 1e9].into_iter().map(|unit| number / unit).find(|s| (1e8..4.1e9).contains(s))?;
    Timestamp::from_second(seconds as i64).ok().map(|t| t.to_zoned(TimeZone::UTC).date())
}

fn value(found: &Captures<'_>) -> Option<Date> {
    let number = |name| found.name(name).and_then(|m| m.as_str().parse::<i8>().ok());
    let year = found.name("year").or_else(|| found.name("year2"))?.as_str().parse().ok()?;
    if let (Some(first), Some(second)) = (number("first"), number("second")) {
        return match (first, second) {
            (f, s) if f == s || s > 12 => date(year, f, s),
            (f, s) if f > 12 => date(year, s, f),
            _ => None,
        };
    }
    let day = number("day").or_else(|| number("day2"))?;
    let month = match found.name("month").or_else(|| found.name("month2")) {
        Some(name) => month_number(name.as_str())?,
        None => number("n1").or_else(|| number("n2")).or_else(|| number("n3"))?,
    };
    date(year, month, day)
}

/// A date of news: what lies outside of these years is a mistake.
pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    (1800..=2100).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

/// The number of a month by its English name, abbreviated or not.
fn month_number(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let month = MONTHS
        .iter()
        .position(|m| name.len() >= 3 && (m.starts_with(&name) || name == "sept" && *m == "september"))?;
    i8::try_from(month + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(day(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn what_is_no_date_stays() {
        for text in [
            "",
            "03/04/2024",
            "yesterday",
            "2024",
            "26 October",
            "2024-13-01",
            "2024-02-30",
            "12345",
            "NaN",
            "inf",
            "Week 43, 2024",
            "0000-00-00",
            "1e300",
            "-1729900000",
            "0001-01-01T00:00:00Z",
            "45 Oct 2024",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn dates() {
        for text in [
            "2024-10-26",
            " 2024-10-26T10:15:00Z",
            "2024-10-26T23:30:00.123-05:00",
            "2024-10-26 10:15:00",
            "2024-10-26 10:15:00+00:00",
            "2024/10/26",
            "2024. 10. 26.",
            "20241026",
            "20241026T101500Z",
            "20241026101500",
            "Sat, 26 Oct 2024 10:15:00 GMT",
            "26 Oct 2024 10:15:00 +0900",
            "Oct 26, 2024",
            "October 26, 2024 Saturday",
            "Saturday, October 26th, 2024 at 10:15 am",
            "26th of October 2024",
            "26-Oct-2024",
            "Sept. 26, 2024",
            "Sat Oct 26 10:15:00 +0000 2024",
            "26/10/2024",
            "10/26/2024 10:15",
            "26.10.2024",
            "1729937700",
            "1729937700.5",
            "1729937700000",
        ] {
            let expected = if text.starts_with("Sept") { "2024-09-26" } else { "2024-10-26" };
            check(text, Some(expected));
        }
        check("05/05/2024", Some("2024-05-05"));
    }
}
