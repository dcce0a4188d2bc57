//! The test cases of Microsoft's recognizers for English (`Recognizers-Text`, MIT): an input, and what is to be found in
//! it with offsets.
//!
//! What is compared, case by case; a case is passed if all of its results are found with exact offsets and value, and
//! nothing else of that model is:
//!
//! | model | theirs | ours |
//! |---|---|---|
//! | Number | every numeral | numbers before any is refused as a year, a name, a score; ranges as two ends |
//! | NumberRange | bound words and numbers | figures with bound words or two ends, without their unit |
//! | Currency | number with currency | figures in a currency |
//! | Dimension | number with measure | figures in a measure other than money, shares, times, temperatures |
//! | Age | "ten years old" | figures in a time that say "old" or "age" |
//! | Percent, Temperature | number with unit | figures in per cent; in degrees of heat |
//!
//! Of a price or rate ("$98 a share") theirs is the part before "a". Values and units are compared in our codes, their English names read with our table. Of two-sided intervals the ends
//! count, not whether they are open (theirs are, to the right); of one-sided ones also that. The specification marks
//! cases that an implementation does not support. Two sums are given: of the cases that all support, and of those that
//! the reference implementation (.NET) does; for ranges there is no other.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::{same, with_article};
use crate::document::{Document, Relation};
use crate::error::{Error, ErrorKind, Result};
use crate::extract::quantity::trial::{self, Parts};
use crate::extract::quantity::unit;
use crate::span::Span;
use crate::{parse, read};

/// The models, with the file of each, and whether it is of the sum.
const MODELS: &[(&str, &str, bool)] = &[
    ("Number", "Number/NumberModel", true),
    ("NumberRange", "Number/NumberRangeModel", true),
    ("Currency", "NumberWithUnit/CurrencyModel", true),
    ("Dimension", "NumberWithUnit/DimensionModel", true),
    ("Age", "NumberWithUnit/AgeModel", true),
    ("Percent", "Number/PercentModel", false),
    ("Temperature", "NumberWithUnit/TemperatureModel", false),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    #[serde(default)]
    results: Vec<Expected>,
    not_supported: Option<String>,
    not_supported_by_design: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Expected {
    text: String,
    start: usize,
    resolution: Option<Value>,
}

/// Cases passed, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Passed.
    pub right: usize,
    /// All.
    pub all: usize,
}

impl Passed {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    /// In per cent.
    #[must_use]
    pub fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }
}

/// What came of one model.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Its name.
    pub model: &'static str,
    /// Whether it counts in the sum.
    pub counts: bool,
    /// Cases that every implementation supports.
    pub everywhere: Passed,
    /// Cases that the reference implementation supports.
    pub reference: Passed,
    /// Cases not passed: what was to be found, and what was found.
    pub errors: Vec<String>,
}

/// A result: where (in characters), its ends, its unit.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    start: usize,
    text: String,
    low: Option<f64>,
    high: Option<f64>,
    unit: String,
    strict: bool,
}

/// Runs the cases under `recognizers_specs/`.
///
/// # Errors
/// If a file cannot be read.
pub fn evaluate(data: &Path) -> Result<Vec<Report>> {
    MODELS.iter().map(|&(model, file, counts)| run(data, model, file, counts)).collect()
}

fn run(data: &Path, model: &'static str, file: &str, counts: bool) -> Result<Report> {
    let path = data.join("recognizers_specs").join(file).with_extension("json");
    let unreadable =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Format, format!("{}: {e}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&e))?;
    let cases: Vec<Case> =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| unreadable(&e))?;
    let mut report = Report { model, counts, ..Report::default() };
    for case in &cases {
        let named = |s: &Option<String>| s.as_ref().is_some_and(|s| s.contains("dotnet"));
        if named(&case.not_supported) || named(&case.not_supported_by_design) {
            continue;
        }
        let everywhere = case.not_supported.is_none() && case.not_supported_by_design.is_none();
        let expected: Vec<Found> = case.results.iter().map(|e| expected(model, &case.input, e)).collect();
        let document = parse::plain(read::text("case", case.input.as_str()));
        let found = found(model, &document);
        let right = agree(&expected, &found);
        report.reference.add(right);
        if everywhere {
            report.everywhere.add(right);
        }
        if !right {
            report.errors.push(format!(
                "{model}{}: {:?}\n    expected {}\n    found    {}",
                if everywhere { "" } else { " (.NET)" },
                case.input,
                show(&expected),
                show(&found)
            ));
        }
    }
    Ok(report)
}

fn show(results: &[Found]) -> String {
    let one = |f: &Found| {
        let end = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
        format!("{:?}@{} {}..{} {}", f.text, f.start, end(f.low), end(f.high), f.unit)
    };
    results.iter().map(one).collect::<Vec<_>>().join(" ; ")
}

fn agree(expected: &[Found], found: &[Found]) -> bool {
    let ends = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    expected.len() == found.len()
        && expected.iter().zip(found).all(|(e, f)| {
            let two_sided = e.low.is_some() && e.high.is_some();
            e.start == f.start
                && e.text.eq_ignore_ascii_case(&f.text)
                && ends(e.low, f.low)
                && ends(e.high, f.high)
                && e.unit == f.unit
                && (two_sided || e.strict == f.strict)
        })
}

fn expected(model: &str, input: &str, e: &Expected) -> Found {
    // Texts are in lower case there; the input has them as they stand.
    let length = e.text.chars().count();
    let text: String = input.chars().skip(e.start).take(length).collect();
    let field = |name: &str| e.resolution.as_ref().and_then(|r| r.get(name)).and_then(Value::as_str);
    let value = field("value").unwrap_or_default();
    let mut out = Found { start: e.start, text, low: None, high: None, unit: String::new(), strict: false };
    if model == "NumberRange" {
        let inner = value.trim_matches(['(', ')', '[', ']']);
        let (low, high) = inner.split_once(',').unwrap_or((inner, inner));
        out.low = low.parse().ok();
        out.high = high.parse().ok();
        out.strict = if out.low.is_some() { value.starts_with('(') } else { value.ends_with(')') };
        return out;
    }
    let number: Option<f64> = value.trim_end_matches('%').parse().ok();
    let name = field("unit").unwrap_or(if model == "Percent" { "percent" } else { "" });
    let (code, factor) = code(model, name, field("isoCurrency"));
    out.unit = code;
    out.low = number.map(|n| n * factor);
    out.high = out.low;
    out
}

/// Our code of a unit that they name, and what one of it is worth in that code.
fn code(model: &str, name: &str, iso: Option<&str>) -> (String, f64) {
    if name.is_empty() {
        return (String::new(), 1.0);
    }
    if let Some(iso) = iso {
        return (iso.to_owned(), 1.0);
    }
    // "Pound" is money in one model and a mass in the other.
    let name = match (model, name) {
        ("Currency", "Pound") => "pounds sterling",
        ("Age", "Age") => "year",
        ("Temperature", "Degree") => "degree",
        ("Temperature", "C" | "F" | "K") => &format!("degrees {name}"),
        _ => name,
    };
    trial::unit(&name.to_lowercase()).unwrap_or_else(|| (format!("no unit {name}"), 1.0))
}

fn found(model: &str, document: &Document) -> Vec<Found> {
    with_article(document, |article| {
        if model == "Number" {
            let all = trial::numbers(article);
            return all.into_iter().map(|(span, v)| place(document, span, Some(v), Some(v))).collect();
        }
        trial::figures(article).into_iter().filter_map(|parts| of_model(model, document, &parts)).collect()
    })
}

fn of_model(model: &str, document: &Document, parts: &Parts) -> Option<Found> {
    let written = parts.measured.of(&document.text);
    let kind = unit::kind(&parts.unit).unwrap_or("count");
    let is_of_it = match model {
        "NumberRange" => {
            let bound_words = !parts.measured.contains(parts.bounded);
            !matches!(parts.relation, Relation::Equal | Relation::About)
                || parts.relation == Relation::Equal && bound_words
        }
        "Currency" => matches!(kind, "currency" | "price"),
        "Dimension" => {
            !matches!(kind, "currency" | "price" | "share" | "time" | "temperature" | "count" | "multiple")
        }
        "Age" => kind == "time" && (written.contains("old") || written.contains("age")),
        "Percent" => parts.unit == "%",
        _ => kind == "temperature" || parts.unit == "deg",
    };
    if !is_of_it {
        return None;
    }
    if model == "NumberRange" {
        let scale = if parts.unit == "%" { 0.01 } else { 1.0 };
        let mut out =
            place(document, parts.bounded, parts.low.map(|v| v * scale), parts.high.map(|v| v * scale));
        out.strict = matches!(parts.relation, Relation::More | Relation::Less);
        return Some(out);
    }
    let stated = |end: Option<f64>, other: Option<f64>| end.or(other);
    let (low, high) = (stated(parts.low, parts.high), stated(parts.high, parts.low));
    let code = parts.unit.split_once('/').filter(|_| unit::is_compound(&parts.unit)).map(|(first, _)| first);
    let simple = code.map_or(parts.measured, |_| {
        let per = [" a ", " an ", " per ", "-a-", " each ", " every "]
            .iter()
            .filter_map(|per| written.find(per))
            .min();
        Span::new(parts.measured.start(), parts.measured.start() + per.unwrap_or(written.len()))
    });
    let mut out = place(document, simple, low, high);
    out.unit = code.unwrap_or(&parts.unit).to_owned();
    Some(out)
}

fn place(document: &Document, span: Span, low: Option<f64>, high: Option<f64>) -> Found {
    let span = document.in_decoded(span);
    let start = document.decoded()[..span.start()].chars().count();
    let text = span.of(document.decoded()).to_owned();
    Found { start, text, low, high, unit: String::new(), strict: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read() {
        let e: Expected =
            serde_json::from_str(r#"{"Text": "over thirty", "Start": 6, "Resolution": {"value": "(30,)"}}"#)
                .unwrap();
        let found = expected("NumberRange", "He is over thirty.", &e);
        assert_eq!((found.low, found.high, found.strict), (Some(30.0), None, true));
        assert_eq!(found.text, "over thirty");
    }

    #[test]
    fn names_lead_to_codes() {
        assert_eq!(code("Currency", "Pound", None), ("GBP".to_owned(), 1.0));
        assert_eq!(code("Dimension", "Pound", None), ("[lb_av]".to_owned(), 1.0));
        assert_eq!(code("Currency", "Japanese yen", Some("JPY")), ("JPY".to_owned(), 1.0));
    }
}
