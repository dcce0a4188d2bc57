//! The English specification of the date-time model of Microsoft's recognizers (MIT): sentences as one says them to an
//! assistant, with the expressions that it should find.
//!
//! Its conventions are an assistant's. An expression takes its prepositions in ("from may to july", "before 2018"), "for
//! the day" and "asap" are times, an open weekday has two values, the one before and the one after. Here extents are
//! compared as they are and without the words of their edges that bound them; a value agrees if it is the same `timex`,
//! or if our interval begins where one of the resolved values does.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::DateTime;

use super::times;
use crate::document::Time;

/// How many cases agree, and why the others do not.
#[derive(Debug, Default)]
pub struct Conformance {
    /// Cases that are supported somewhere in the recognizers.
    pub cases: usize,
    /// Cases with the same extents, character by character.
    pub exact: usize,
    /// Cases with the same extents once prepositions at their edges are left out.
    pub trimmed: usize,
    /// Of these, cases whose values agree too.
    pub valued: usize,
    /// Failures by class.
    pub classes: BTreeMap<&'static str, usize>,
    /// Failures, with their class.
    pub errors: Vec<(&'static str, String)>,
}

struct Result<'a> {
    span: (usize, usize),
    resolutions: Vec<&'a serde_json::Value>,
}

pub(super) fn evaluate(data: &Path) -> std::io::Result<Conformance> {
    let path = data.join("recognizers_specs/DateTime/DateTimeModel.json");
    let source = std::fs::read_to_string(path)?;
    let cases: Vec<serde_json::Value> = serde_json::from_str(source.trim_start_matches('\u{feff}'))?;
    let mut out = Conformance::default();
    for case in &cases {
        let Some(object) = case.as_object() else { continue };
        if !object.keys().any(|k| k.starts_with("NotSupported")) {
            judge(case, &mut out);
        }
    }
    Ok(out)
}

fn judge(case: &serde_json::Value, out: &mut Conformance) {
    let input = case["Input"].as_str().unwrap_or_default();
    let reference: Option<DateTime> =
        case["Context"]["ReferenceDateTime"].as_str().and_then(|r| r.parse().ok());
    let found = times(input, reference.map(DateTime::date));
    let gold: Vec<Result<'_>> =
        case["Results"].as_array().into_iter().flatten().map(|r| result(input, r)).collect();
    out.cases += 1;
    let ours: Vec<(usize, usize)> = found.iter().map(|t| (t.span.start(), t.span.end())).collect();
    let theirs: Vec<(usize, usize)> = gold.iter().map(|g| g.span).collect();
    let exact = ours == theirs;
    out.exact += usize::from(exact);
    let bare: Vec<(usize, usize)> = theirs.iter().map(|s| trim(input, *s)).collect();
    let trimmed = exact || ours.iter().map(|s| trim(input, *s)).collect::<Vec<_>>() == bare;
    out.trimmed += usize::from(trimmed);
    let valued = trimmed && gold.iter().zip(&found).all(|(g, t)| agrees(g, t));
    out.valued += usize::from(valued);
    if exact && valued {
        return;
    }
    let class = if trimmed && valued {
        "only prepositions or articles differ"
    } else if trimmed {
        "value"
    } else {
        class(&bare, &ours)
    };
    *out.classes.entry(class).or_default() += 1;
    let show = |spans: &[(usize, usize)]| {
        spans.iter().map(|(s, e)| input.get(*s..*e).unwrap_or("?")).collect::<Vec<_>>().join(" | ")
    };
    let values: Vec<&str> = found.iter().map(|t| t.value.as_deref().unwrap_or("none")).collect();
    let wanted: Vec<String> = gold
        .iter()
        .map(|g| g.resolutions.iter().map(|r| r["timex"].to_string()).collect::<Vec<_>>().join(","))
        .collect();
    let reference = reference.map(|r| r.to_string()).unwrap_or_default();
    out.errors.push((
        class,
        format!(
            "{input:?} ({reference}) gold [{}] {} ours [{}] {}",
            show(&theirs),
            wanted.join(" "),
            show(&ours),
            values.join(" ")
        ),
    ));
}

fn result<'a>(input: &str, result: &'a serde_json::Value) -> Result<'a> {
    let at = |name: &str| result[name].as_u64().unwrap_or(0) as usize;
    let byte = |index: usize| input.char_indices().nth(index).map_or(input.len(), |(b, _)| b);
    Result {
        span: (byte(at("Start")), byte(at("End") + 1)),
        resolutions: result["Resolution"]["values"]
            .as_array()
            .map(|a| a.iter().collect())
            .unwrap_or_default(),
    }
}

/// Words at the edges of an expression that bound it and are not of it.
const OUTSIDE: [&str; 34] = [
    "in",
    "on",
    "at",
    "from",
    "since",
    "before",
    "after",
    "between",
    "by",
    "until",
    "till",
    "during",
    "for",
    "within",
    "the",
    "starting",
    "of",
    "through",
    "throughout",
    "prior",
    "to",
    "later",
    "earlier",
    "than",
    "as",
    "soon",
    "no",
    "around",
    "about",
    "beginning",
    "ending",
    "over",
    "this",
    "a",
];

fn trim(input: &str, (mut start, end): (usize, usize)) -> (usize, usize) {
    while let Some(text) = input.get(start..end)
        && let Some((word, _)) = text.split_once(' ')
        && OUTSIDE.contains(&word.to_lowercase().as_str())
        && word.to_lowercase() != "this"
        && !matches!(word, "a" | "later" | "earlier" | "over" | "about" | "around")
    {
        start += word.len() + 1;
    }
    (start, end)
}

fn agrees(gold: &Result<'_>, time: &Time) -> bool {
    let value = time.value.as_deref().unwrap_or_default();
    gold.resolutions.iter().any(|r| {
        let text = |name: &str| r[name].as_str().unwrap_or_default();
        if text("timex") == value {
            return true;
        }
        let Some(start) = time.start else {
            return false;
        };
        let begins = |s: &str| {
            let day = start.date().to_string();
            s == day || s == format!("{day} {}", start.time()) || s == start.time().to_string()
        };
        begins(text("value")) || begins(text("start")) || (text("start").is_empty() && begins(text("end")))
    })
}

fn class(theirs: &[(usize, usize)], ours: &[(usize, usize)]) -> &'static str {
    let meets = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.1 && b.0 < a.1;
    let missed = theirs.iter().filter(|t| !ours.iter().any(|o| meets(o, t))).count();
    let extra = ours.iter().filter(|o| !theirs.iter().any(|t| meets(o, t))).count();
    let joined_there = theirs.iter().any(|t| ours.iter().filter(|o| meets(o, t)).count() > 1);
    let joined_here = ours.iter().any(|o| theirs.iter().filter(|t| meets(o, t)).count() > 1);
    match (missed, extra) {
        (0, 0) if joined_there => "one expression there, several here",
        (0, 0) if joined_here => "several there, one here",
        (0, 0) => "another extent",
        (_, 0) => "found there only",
        (0, _) => "found here only",
        _ => "other expressions",
    }
}
