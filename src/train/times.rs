//! Times against three annotated corpora: WikiWars, GUM, and the specifications of Microsoft's recognizers.
//!
//! Texts are tagged, not parsed: times need no trees. An extent is found if it overlaps one of the gold (relaxed, as in
//! TempEval-3; UzZaman et al., 2013), or is the same (strict). Precision counts our expressions, recall those of the
//! gold, so that one of ours may stand for two there: the two ends of a range, an hour and its day. A value counts if an
//! expression that overlaps has it; of a range it is enough to have one end. What else is mapped is told in
//! [`wikiwars`], [`gum`] and [`recognizers`].

pub(crate) mod gum;
pub(crate) mod recognizers;
pub(crate) mod wikiwars;

use std::path::Path;

use jiff::civil::{Date, DateTime};

use crate::document::{Time, TimeKind};
use crate::error::{Error, ErrorKind, Result};
use crate::extract::{Context, time};
use crate::language;
use crate::parse;
use crate::span::Span;

pub use recognizers::Conformance;

/// A text with its gold expressions.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) published: Option<Date>,
    pub(crate) gold: Vec<Gold>,
}

/// An expression of the gold.
#[derive(Clone, Debug)]
pub(crate) struct Gold {
    pub(crate) span: Span,
    /// Its value as TIMEX3 would write it.
    pub(crate) value: Option<String>,
    /// Its interval, where the gold tells that instead.
    pub(crate) interval: Option<(DateTime, DateTime)>,
    /// Whether it is relative: its words alone do not tell its value.
    pub(crate) relative: bool,
    /// Whether TIMEX3 marks it too.
    pub(crate) is_timex3: bool,
}

/// Counts of one comparison.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Gold expressions.
    pub gold: usize,
    /// Ours.
    pub found: usize,
    /// Ours that overlap one of the gold, and those of the gold that overlap one of ours.
    pub relaxed: (usize, usize),
    /// Those with the same extent.
    pub strict: usize,
    /// As `relaxed`, with the value.
    pub value: (usize, usize),
}

impl Tally {
    /// F1 of shares of ours and of the gold, in per cent.
    fn f1(self, (ours, theirs): (usize, usize)) -> f64 {
        let (p, r) = (ours as f64 / self.found.max(1) as f64, theirs as f64 / self.gold.max(1) as f64);
        if p + r == 0.0 { 0.0 } else { 200.0 * p * r / (p + r) }
    }

    /// Precision, recall and F1 of relaxed extents.
    #[must_use]
    pub fn extents(self) -> (f64, f64, f64) {
        let p = 100.0 * self.relaxed.0 as f64 / self.found.max(1) as f64;
        let r = 100.0 * self.relaxed.1 as f64 / self.gold.max(1) as f64;
        (p, r, self.f1(self.relaxed))
    }

    /// F1 of strict extents.
    #[must_use]
    pub fn strict_f1(self) -> f64 {
        self.f1((self.strict, self.strict))
    }

    /// F1 of values.
    #[must_use]
    pub fn value_f1(self) -> f64 {
        self.f1(self.value)
    }

    /// Share of the gold that was found whose value is right.
    #[must_use]
    pub fn accuracy(self) -> f64 {
        100.0 * self.value.1 as f64 / self.relaxed.1.max(1) as f64
    }
}

/// What was compared, under which name.
#[derive(Debug)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its counts.
    pub tally: Tally,
}

/// The rows of a set, and its errors by class.
#[derive(Debug, Default)]
pub struct Report {
    /// Figures.
    pub rows: Vec<Row>,
    /// Class and text of each error.
    pub errors: Vec<(&'static str, String)>,
}

/// Runs over a set: `wikiwars`, or `gum` with its split.
///
/// # Errors
/// If the set is unknown or a file cannot be read.
pub fn evaluate(data: &Path, set: &str, split: &str) -> Result<Report> {
    let unreadable = |e: std::io::Error| Error::new(ErrorKind::Format, format!("{set}: {e}"));
    match set {
        "wikiwars" => wikiwars::evaluate(&data.join("wikiwars")).map_err(unreadable),
        "gum" if matches!(split, "train" | "dev") => gum::evaluate(data, split).map_err(unreadable),
        _ => Err(Error::new(ErrorKind::Argument, format!("no set {set:?} with split {split:?}"))),
    }
}

/// Runs over the specifications of the recognizers.
///
/// # Errors
/// If the file cannot be read.
pub fn conformance(data: &Path) -> Result<Conformance> {
    recognizers::evaluate(data).map_err(|e| Error::new(ErrorKind::Format, format!("recognizers: {e}")))
}

/// The times of a text, with spans of the text as it was given.
pub(crate) fn times(text: &str, published: Option<Date>) -> Vec<Time> {
    let mut raw = crate::read::text("text", text);
    raw.published = published;
    let mut document = parse::plain(raw);
    if published.is_none() {
        document.metadata.published = None;
    }
    let article = language::tagged(&document).compounded();
    let mut times = time::times(&article, Context::default());
    for time in &mut times {
        time.span = document.in_decoded(time.span);
    }
    times
}

/// Whether the value of ours is that of the gold; a range of ours has the values of both ends.
fn agrees(gold: &Gold, time: &Time) -> bool {
    if let Some((start, end)) = gold.interval {
        return time.start == Some(start) && time.end == Some(end);
    }
    let (Some(wanted), Some(value)) = (gold.value.as_deref(), time.value.as_deref()) else {
        return gold.value.is_none() && time.start.is_none();
    };
    if value == wanted || value.split('/').any(|end| end == wanted) {
        return true;
    }
    // An hour told with its day is one expression here and two there: the day is right if ours has it.
    let within = gold.span != time.span && time.span.contains(gold.span);
    within && time.kind == TimeKind::Time && value.starts_with(wanted)
}

fn overlap(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// Compares the expressions of one text, and notes the errors.
fn compare(
    text: &Text,
    gold: &[&Gold],
    times: &[&Time],
    tally: &mut Tally,
    errors: &mut Vec<(&'static str, String)>,
) {
    let context = |span: Span| {
        let floor = |mut at: usize| {
            while !text.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) =
            (floor(span.start().saturating_sub(50)), floor((span.end() + 40).min(text.text.len())));
        let shown = [&text.text[from..span.start()], span.of(&text.text), &text.text[span.end()..to]];
        format!("{}[{}]{}  ({})", shown[0], shown[1], shown[2], text.name).replace('\n', " ")
    };
    tally.gold += gold.len();
    tally.found += times.len();
    for gold in gold {
        let near: Vec<&&Time> = times.iter().filter(|t| overlap(t.span, gold.span)).collect();
        tally.relaxed.1 += usize::from(!near.is_empty());
        tally.strict += usize::from(near.iter().any(|t| t.span == gold.span));
        let right = near.iter().any(|t| agrees(gold, t));
        tally.value.1 += usize::from(right);
        let wanted = || match (&gold.value, gold.interval) {
            (_, Some((start, end))) => format!("{}..{}", start.date(), end.date()),
            (Some(value), _) => value.clone(),
            _ => "none".to_owned(),
        };
        if near.is_empty() {
            errors.push(("missed", format!("{} {}", wanted(), context(gold.span))));
        } else if !right {
            let values: Vec<String> = near
                .iter()
                .map(|t| format!("{} ({})", t.value.as_deref().unwrap_or("none"), t.anchor.as_str()))
                .collect();
            let class = if gold.relative { "value of a relative one" } else { "value" };
            errors
                .push((class, format!("gold {} ours {} {}", wanted(), values.join(" "), context(gold.span))));
        }
        if !near.is_empty() && !near.iter().any(|t| t.span == gold.span) {
            errors.push(("extent", format!("ours [{}] {}", near[0].span.of(&text.text), context(gold.span))));
        }
    }
    for time in times {
        let near: Vec<&&Gold> = gold.iter().filter(|g| overlap(time.span, g.span)).collect();
        tally.relaxed.0 += usize::from(!near.is_empty());
        tally.value.0 += usize::from(near.iter().any(|g| agrees(g, time)));
        if near.is_empty() {
            errors.push((
                "spurious",
                format!("{} {}", time.value.as_deref().unwrap_or("none"), context(time.span)),
            ));
        }
    }
}
