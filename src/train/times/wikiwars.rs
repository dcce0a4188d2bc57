//! WikiWars (Mazur and Dale, 2010): TIMEX2 in 22 histories of wars. They have no date of their own here, as a history has
//! none: the day on which a page was downloaded says nothing about it.
//!
//! TIMEX2 values are those of TIMEX3 but for these, which are mapped: sets (`SET="YES"`: VAL "XXXX-XX-XX" is P1D, "XXXX-XX"
//! P1M, "XXXX-WXX" P1W, "XXXX" P1Y) and durations in decades or centuries (P1DE is P10Y). An expression without VAL has no
//! value in either scheme; ours is right if it has no interval.
//!
//! TIMEX2 marks what TIMEX3 does not: what is told by an event alone ("the time Johnson left office") or by nothing
//! ("this period"), and words that only contain a time ("former"). The second row leaves these out of the gold: what
//! has no VAL, has PAST_REF for "former", or names "time" or "period" without any unit of the calendar.

use std::path::Path;

use super::{Gold, Report, Row, Tally, Text, compare, times};
use crate::span::Span;

pub(super) fn evaluate(folder: &Path) -> std::io::Result<Report> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.retain(|p| p.to_string_lossy().ends_with(".key.xml"));
    paths.sort();
    let mut report = Report::default();
    let (mut all, mut timex3) = (Tally::default(), Tally::default());
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().replace(".key.xml", "")).unwrap_or_default();
        let text = read(name, &std::fs::read_to_string(&path)?);
        let found = times(&text.text, None);
        let found: Vec<_> = found.iter().collect();
        let gold: Vec<&Gold> = text.gold.iter().collect();
        compare(&text, &gold, &found, &mut all, &mut report.errors);
        let shared: Vec<&Gold> = gold.iter().copied().filter(|g| g.is_timex3).collect();
        compare(&text, &shared, &found, &mut timex3, &mut Vec::new());
    }
    report.rows.push(Row { name: "WikiWars, all".into(), tally: all });
    report.rows.push(Row { name: "WikiWars, what TIMEX3 marks too".into(), tally: timex3 });
    Ok(report)
}

/// The text without its tags, and what the tags hold.
fn read(name: String, source: &str) -> Text {
    let body = source.split_once("<TEXT>").map_or("", |(_, b)| b);
    let body = body.split_once("</TEXT>").map_or(body, |(b, _)| b);
    let (mut text, mut gold, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = body;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let end = rest.find(';').map_or(1, |e| e + 1);
            text.push_str(match &rest[..end] {
                "&amp;" => "&",
                "&lt;" => "<",
                "&gt;" => ">",
                "&quot;" => "\"",
                "&apos;" => "'",
                other => other,
            });
            rest = &rest[end..];
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |e| e + 1);
        let tag = &rest[..end];
        rest = &rest[end..];
        if tag.starts_with("<TIMEX2") {
            open.push((text.len(), tag.to_owned()));
        } else if tag == "</TIMEX2>"
            && let Some((start, tag)) = open.pop()
        {
            gold.push(expression(&tag, Span::new(start, text.len()), &text));
        }
    }
    text.push_str(rest);
    gold.sort_by_key(|g: &Gold| (g.span.start(), std::cmp::Reverse(g.span.end())));
    Text { name, text, published: None, gold }
}

fn expression(tag: &str, span: Span, text: &str) -> Gold {
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[at..].split('"').next()
    };
    let value = attribute("val").map(|v| match (v, attribute("set").is_some()) {
        ("XXXX-XX-XX", true) => "P1D".to_owned(),
        ("XXXX-XX", true) => "P1M".to_owned(),
        ("XXXX-WXX", true) => "P1W".to_owned(),
        ("XXXX", true) => "P1Y".to_owned(),
        _ => decades(v).unwrap_or_else(|| v.to_owned()),
    });
    let words = span.of(text).to_lowercase();
    let event = ["time", "period", "era", "date", "moment"].iter().any(|w| words.split(' ').any(|v| v == *w));
    let calendar = ["day", "week", "month", "year", "decade", "hour", "minute", "spring", "summer", "winter"];
    let without = words == "former" || event && !calendar.iter().any(|c| words.contains(c));
    Gold {
        span,
        is_timex3: value.is_some() && !without,
        relative: words.bytes().filter(u8::is_ascii_digit).count() < 3,
        value,
        interval: None,
    }
}

/// P2DE is P20Y, P1CE is P100Y.
fn decades(value: &str) -> Option<String> {
    let inner = value.strip_prefix('P')?;
    let (number, factor) =
        inner.strip_suffix("DE").map(|n| (n, 10)).or_else(|| inner.strip_suffix("CE").map(|n| (n, 100)))?;
    number.parse::<u32>().ok().map(|n| format!("P{}Y", n * factor))
}
