//! Lines that give the article's date.
//!
//! A date inside running text is when something happened, not when the article was published; so a date counts only
//! on a line that holds little else: a label, a time, a name.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::span::Span;

/// A line that gives a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateLine {
    pub(crate) date: Date,
    /// The date itself.
    pub(crate) span: Span,
    pub(crate) label: Label,
    /// Words that are neither date, time nor label.
    pub(crate) others: usize,
    /// The date after "Updated" on a line that gives another one, too.
    pub(crate) updated: Option<(Date, Span)>,
}

/// What the line says that the date is; a later one is better evidence of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Label {
    /// "Updated".
    Updated,
    /// "Today": the date of the page.
    Today,
    /// Nothing.
    None,
    /// "Published", "Posted".
    Published,
}

/// Date lines are short; nothing longer is looked at.
const LONGEST: usize = 240;

const MONTH: &str = r"(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";

const TITLE_MONTH: &str = r"(?<glued>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";

static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // Pages run things together ("Jane DoeMarch 5, 20246 min read"): a capital begins the month, four digits end
        // the year.
        format!(r"(?:(?i:\b{MONTH})|{TITLE_MONTH})\s+(?<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?<year>(?:19|20)\d\d)"),
        format!(r"(?i)\b(?<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{MONTH}[,\s-]+(?<year>(?:19|20)\d\d)"),
        r"\b(?<year>\d{4})(?:-(?<n1>\d{1,2})-|/(?<n2>\d{1,2})/|\.\s?(?<n3>\d{1,2})\.\s?)(?<day>\d{1,2})(?:T\d|\b)".to_owned(),
        r"\b(?<first>\d{1,2})[/.](?<second>\d{1,2})[/.](?<year>\d{4})\b".to_owned(),
    ]
    .iter()
    .map(|form| Regex::new(form).expect("a fixed pattern"))
    .collect()
});

static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|\d{1,4}\s*h(?:rs|ours)?\b)
        |\b(?:gmt|utc|bst|est|edt|et|pst|pdt|pt|cst|cdt|mst|cet|cest|ist|kst|jst|sgt|hkt|aest|msk|eastern|z)\b(?:\s*[+-]\s*\d{1,2}(?::?\d{2})?)?
        |\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?
        |\b(?:first|last|originally|article|story|date)?\s*(?:published|publish\s+date|publication\s+date|posted|updated?|modified|edited|revised|reviewed|released?|issued|created|filed|added|uploaded|date|today)\b
        |\b\d+\s*(?:-|\s)?min(?:ute)?s?(?:\s+read)?\b|\bread(?:ing)?\s+time\b
        |\b(?:on|at|of|by|and|the|is|in|under)\b|\b\d+\s+(?:comments?|views?|shares?|likes?)\b|\bno\s+comments?\b|\bcomments?\b",
    )
    .expect("a fixed pattern")
});

static UPDATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:updat|modif|edit|revis|review)").expect("a fixed pattern"));
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:publi|posted|released|issued|created|filed|added|uploaded)")
        .expect("a fixed pattern")
});
/// Dates that are of something else: copyright, an event, the page's crawl.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)©|\(c\)|\b(?:copyright|since|until|till|from|to|due|deadline|born|died|expires?|effective|valid|retrieved|accessed|archived|next|upcoming|through|before|after|as of|starts?|ends?|founded|established)\b")
        .expect("a fixed pattern")
});

/// The date that a line gives, if that is what the line is for.
pub(crate) fn date_line(text: &str, span: Span) -> Option<DateLine> {
    let line = span.of(text);
    if line.len() > LONGEST || !may_have_date(line) {
        return None;
    }
    let mut found: Vec<(usize, usize, Option<Date>)> = Vec::new();
    for form in FORMS.iter() {
        for date in form.captures_iter(line) {
            let Some(whole) = date.get(0) else { continue };
            if found.iter().all(|(start, end, _)| whole.end() <= *start || *end <= whole.start()) {
                found.push((whole.start(), whole.end(), value(&date)));
            }
        }
    }
    found.sort_unstable_by_key(|f| f.0);
    let (mut rest, mut from) = (String::new(), 0);
    let mut best: Option<(Label, Date, usize, usize)> = None;
    let mut updated: Option<(Date, usize, usize)> = None;
    for (start, end, date) in found {
        let before = &line[from..start];
        rest.push_str(before);
        rest.push(' ');
        from = end;
        let (Some(date), false) = (date, FOREIGN.is_match(before)) else { continue };
        let label = label(before);
        if label == Label::Updated {
            updated.get_or_insert((date, start, end));
        }
        if best.is_none_or(|(b, ..)| label > b) {
            best = Some((label, date, start, end));
        }
    }
    rest.push_str(&line[from..]);
    let (label, date, start, end) = best?;
    let others = FURNITURE.replace_all(&rest, " ");
    let others = others.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
    let allowed = if label == Label::Published || has_separator(&rest) || is_credit(line) { 9 } else { 3 };
    let prose = rest.trim_end().ends_with('.') && others > 3;
    let place = |start: usize, end: usize| {
        let trimmed = line[start..end].trim_end_matches('T').len();
        Span::new(span.start() + start, span.start() + start + trimmed)
    };
    let updated = updated.map(|(date, start, end)| (date, place(start, end)));
    let span = place(start, end);
    (others <= allowed && !prose).then_some(DateLine { date, span, label, others, updated })
}

/// What a line without a date says of the date on the next line: "Posted on".
pub(super) fn label_line(line: &str) -> Option<Label> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^(?:(?:first|last|originally)\s+)?(?:published|publish(?:ed|ing)?\s+date|publication\s+date|date\s+published|posted|updated|modified|edited|reviewed)(?:\s+(?:on|at))?\s*:?$",
        )
        .expect("a fixed pattern")
    });
    (line.len() <= 40 && LABEL.is_match(line)).then(|| label(line))
}

/// Whether a line has what every date has: a year, and the name of a month or numbers with marks between them.
fn may_have_date(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_year = |y: &[u8]| matches!(y[0], b'1' | b'2') && y.iter().all(u8::is_ascii_digit);
    let is_numeric =
        |p: &[u8]| matches!(p[1], b'/' | b'.' | b'-') && (p[0].is_ascii_digit() || p[2].is_ascii_digit());
    let is_month = |m: &[u8]| month_number(&[m[0], m[1], m[2]].map(|b| b.to_ascii_lowercase())).is_some();
    bytes.windows(4).any(is_year) && bytes.windows(3).any(|w| is_numeric(w) || is_month(w))
}

fn label(before: &str) -> Label {
    if PUBLISHED.is_match(before) {
        Label::Published
    } else if UPDATED.is_match(before) {
        Label::Updated
    } else if before.trim_start().get(..5).is_some_and(|s| s.eq_ignore_ascii_case("today")) {
        Label::Today
    } else {
        Label::None
    }
}

fn has_separator(rest: &str) -> bool {
    rest.contains(['|', '•', '·', '⋅', '/'])
        || rest.contains(" - ")
        || rest.contains(" – ")
        || rest.contains(" — ")
}

fn is_credit(line: &str) -> bool {
    line.get(..3).is_some_and(|s| s.eq_ignore_ascii_case("by ") || s.eq_ignore_ascii_case("by:"))
}

/// The date of a match, if it is one and cannot be read in two ways.
fn value(date: &Captures<'_>) -> Option<Date> {
    let number = |name| date.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let year = number("year").filter(|y| (1800..=2100).contains(y))?;
    let (month, day) = if let Some(name) = date.name("month").or_else(|| date.name("glued")) {
        (month(name.as_str())?, number("day")?)
    } else if let (Some(first), Some(second)) = (number("first"), number("second")) {
        match (first, second) {
            (f, s) if f == s => (f, s),
            (f, s) if s > 12 => (f, s),
            (f, s) if f > 12 => (s, f),
            _ => return None,
        }
    } else {
        (number("n1").or_else(|| number("n2")).or_else(|| number("n3"))?, number("day")?)
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Number of a month by the first three letters of its English name.
fn month(name: &str) -> Option<i16> {
    let start = name.as_bytes().first_chunk::<3>()?;
    month_number(&start.map(|b| b.to_ascii_lowercase()))
}

fn month_number(start: &[u8; 3]) -> Option<i16> {
    Some(match start {
        b"jan" => 1,
        b"feb" => 2,
        b"mar" => 3,
        b"apr" => 4,
        b"may" => 5,
        b"jun" => 6,
        b"jul" => 7,
        b"aug" => 8,
        b"sep" => 9,
        b"oct" => 10,
        b"nov" => 11,
        b"dec" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<&str>) {
        let found = date_line(line, Span::new(0, line.len())).map(|d| d.date.to_string());
        assert_eq!(found.as_deref(), expected, "{line}");
    }

    #[test]
    fn dates_in_running_text_stay() {
        for line in [
            "On October 29, 2023, the foreign minister arrived in Moscow for talks.",
            "The treaty was signed on 19 June 2024 in Pyongyang.",
            "© October 3, 2024 The Example Times",
            "Valid until 31 December 2025",
            "Soldiers arrived between October 8 and October 13, 2024, the agency said",
            "03/04/2024",
            "Oct 26",
            "Oct 45, 2024",
            "Version 2024.1",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn date_lines() {
        for line in [
            "Today : Oct 26, 2024",
            "26 October 2024",
            "Saturday, October 26, 2024",
            "Sat., 26th Oct. 2024, 10:15 a.m. KST",
            "Published: 2024-10-26T10:15:00+09:00",
            "Published 26 Oct 2024 10:15 GMT | Updated 27 Oct 2024 08:00 GMT",
            "Updated: October 27, 2024. Published: October 26, 2024",
            "Posted by Jane Doe on October 26, 2024 at 3:00 pm",
            "By Jane Doe | October 26, 2024 | 5 min read | World",
            "26-Oct-2024",
            "ByJane DoeOctober 26, 20247 min read",
            "26/10/2024",
            "10.26.2024",
            "2024. 10. 26.",
            "Oct 26, 2024 • Jane Doe in Politics",
        ] {
            check(line, Some("2024-10-26"));
        }
    }
}
