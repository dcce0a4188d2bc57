//! GUM: `<date>` elements of its TEI files (Zeldes, 2017), in news and in all genres.
//!
//! `when` is a day, month or year and compared by value; `from` and `to`, `notBefore` and `notAfter` bound an interval,
//! both ends in it, and are compared by interval. Years in decades and centuries are so written too. Documents whose
//! words are masked (Reddit) and values that are no date of the calendar are left out.
//!
//! GUM marks dates, and of them most but not all: no lengths unless they tell when, no sets, few times of day, no
//! "now". So ours are those that resolve to a stretch of the calendar, or would but for an anchor; lengths that lie
//! nowhere, sets, references and times of day without a day in them are left out on our side. A time of day counts by
//! its day, for GUM has no hours, and "the end of the year" by the last day, as GUM writes it. Relative is what has no
//! year of four digits in it.

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::{Gold, Report, Row, Tally, Text, compare, times};
use crate::document::{Granularity, Modifier, Time, TimeKind};
use crate::span::Span;
use crate::train::{read_gz, sources};

pub(super) fn evaluate(data: &Path, split: &str) -> std::io::Result<Report> {
    let mut report = Report::default();
    let mut tallies = [Tally::default(); 4];
    for article in sources::gold::read(data, split)? {
        let source = read_gz(&data.join(format!("gum/{split}/{}.xml.gz", article.name)))?;
        let Some(text) = read(&article.name, &article.text, &article.spans, &source) else { continue };
        let found: Vec<Time> =
            times(&text.text, text.published).into_iter().filter(is_date).map(as_day).collect();
        let found: Vec<&Time> = found.iter().collect();
        let gold: Vec<&Gold> = text.gold.iter().collect();
        let relative: Vec<&Gold> = gold.iter().copied().filter(|g| g.relative).collect();
        let news = article.name.contains("_news_");
        let mut errors = Vec::new();
        compare(&text, &gold, &found, &mut tallies[2], &mut errors);
        compare(&text, &relative, &found, &mut tallies[3], &mut Vec::new());
        if news {
            compare(&text, &gold, &found, &mut tallies[0], &mut Vec::new());
            compare(&text, &relative, &found, &mut tallies[1], &mut Vec::new());
        }
        report.errors.extend(errors);
    }
    let names = ["news", "news, relative (values only)", "all genres", "all genres, relative (values only)"];
    for (name, tally) in names.into_iter().zip(tallies) {
        report.rows.push(Row { name: format!("GUM {split}, {name}"), tally });
    }
    Ok(report)
}

/// Whether it is what GUM marks: a place in the calendar.
fn is_date(time: &Time) -> bool {
    let value = time.value.as_deref().unwrap_or_default();
    match time.kind {
        TimeKind::Date => !value.ends_with("_REF"),
        TimeKind::Time => !value.starts_with("XXXX-XX-XX") && !value.ends_with("_REF"),
        TimeKind::Duration => time.start.is_some(),
        TimeKind::Set => false,
    }
}

/// An hour as its day, the end of a stretch as its last day.
fn as_day(mut time: Time) -> Time {
    if time.kind == TimeKind::Time
        && let Some((day, _)) = time.value.as_deref().and_then(|v| v.split_once('T'))
    {
        time.value = Some(day.to_owned());
    }
    let coarse = matches!(time.granularity, Granularity::Month | Granularity::Year);
    if time.modifier == Some(Modifier::End)
        && coarse
        && let Some(last) = time.end.and_then(|e| e.date().yesterday().ok())
    {
        time.value = time.value.map(|v| format!("{v}/{last}"));
    }
    time
}

/// The dates of a document; `None` if its words are masked.
fn read(name: &str, text: &str, spans: &[Span], source: &str) -> Option<Text> {
    let mut published = None;
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut gold = Vec::new();
    let mut token = 0;
    for line in source.lines() {
        if line.starts_with("<text ") {
            published = attribute(line, "dateCreated").and_then(|d| d.parse().ok());
        } else if line.starts_with("<date ") || line == "<date>" {
            open.push((token, line.to_owned()));
        } else if line.starts_with("</date>") {
            let (first, tag) = open.pop()?;
            if first < token && token <= spans.len() {
                let span = spans[first].cover(spans[token - 1]);
                gold.extend(date(&tag, span, text));
            }
        } else if line.contains('\t') {
            if line.starts_with('_') {
                return None;
            }
            token += 1;
        }
    }
    gold.sort_by_key(|g: &Gold| (g.span.start(), g.span.end()));
    (token == spans.len()).then(|| Text { name: name.to_owned(), text: text.to_owned(), published, gold })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[at..].split('"').next()
}

fn date(tag: &str, span: Span, text: &str) -> Option<Gold> {
    let words = span.of(text);
    let full = words.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
    let mut gold = Gold { span, value: None, interval: None, relative: !full, is_timex3: true };
    if let Some(when) = attribute(tag, "when") {
        let parts: Vec<&str> = when.split('-').collect();
        let known = !when.starts_with('-')
            && parts.len() <= 3
            && parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
        // "--03", "--12-25": a month or day of any year
        gold.value = match when.strip_prefix("--") {
            Some(rest) => Some(format!("XXXX-{rest}")),
            None if known => Some(when.to_owned()),
            None => return None,
        };
        return Some(gold);
    }
    let first = attribute(tag, "from").or_else(|| attribute(tag, "notBefore"))?;
    let last = attribute(tag, "to").or_else(|| attribute(tag, "notAfter"))?;
    gold.interval = Some((bounds(first)?.0, bounds(last)?.1));
    Some(gold)
}

/// First and last instant of a TEI date.
fn bounds(date: &str) -> Option<(DateTime, DateTime)> {
    let parts: Vec<i16> = date.split('-').map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let (first, length) = match *parts.as_slice() {
        [year] => (Date::new(year, 1, 1).ok()?, 1.year()),
        [year, month] => (Date::new(year, month as i8, 1).ok()?, 1.month()),
        [year, month, day] => (Date::new(year, month as i8, day as i8).ok()?, 1.day()),
        _ => return None,
    };
    Some((first.at(0, 0, 0, 0), first.checked_add(length).ok()?.at(0, 0, 0, 0)))
}
