//! Small classes that own what they show.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime, PyString};
use serde::{Deserialize, Serialize};

use super::cells;
use super::pickle::{self, Reduced};
use crate::document as core;

/// A piece of a document's text, in code points: `document.text[span.start:span.end] == span.text`.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> document = rp.Corpus.from_texts(["Naïve? It rains."])[0]
/// >>> span = document.sentences[-1]
/// >>> document.text[span.start:span.end] == span.text
/// True
#[pyclass(frozen, eq, hash, get_all, module = "reportedly")]
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub(super) start: usize,
    /// One past the last code point.
    pub(super) end: usize,
    /// The text it covers.
    pub(super) text: String,
}

#[pymethods]
impl Span {
    #[classattr]
    #[allow(non_upper_case_globals)]
    const __match_args__: (&'static str, &'static str, &'static str) = ("start", "end", "text");

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Span({}, {}, {})", self.start, self.end, literal(py, &self.text)?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}

/// A line or paragraph with its function in the article.
#[pyclass(frozen, eq, hash, get_all, module = "reportedly")]
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Block {
    /// Of the article: `title`, `deck`, `byline`, `dateline`, `heading`, `paragraph`, `list_item`, `quote`, `caption`;
    /// `foreign` if it is in another language than English. Not of it: `teaser`, `navigation`, `comment`, `notice`.
    pub(super) kind: String,
    /// First code point.
    pub(super) start: usize,
    /// One past the last code point.
    pub(super) end: usize,
    /// Its text, without mark-up.
    pub(super) text: String,
}

#[pymethods]
impl Block {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Block('{}', {}, {}, {})", self.kind, self.start, self.end, literal(py, &self.text)?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}

/// A party that says something.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> claim = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0]
/// >>> claim.source.mention
/// 'Ann Lee'
#[pyclass(frozen, eq, hash, get_all, module = "reportedly")]
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// One name for one party across the corpus.
    pub(super) name: String,
    /// `person`, `organization`, `government`, `media`, `document`, `unnamed`, `collective` or `outlet`.
    pub(super) source_type: String,
    /// Function or title.
    pub(super) role: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country it belongs to or speaks for.
    pub(super) country: Option<String>,
    /// As written here; None for the outlet.
    pub(super) mention: Option<String>,
    /// Where it is written.
    pub(super) spans: Vec<Span>,
    /// How the mention was resolved to the name, step by step.
    pub(super) path: Vec<String>,
}

#[pymethods]
impl Source {
    fn __str__(&self) -> &str {
        &self.name
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let country = self.country.as_ref().map_or(String::new(), |c| format!(", country='{c}'"));
        Ok(format!("Source({}, '{}'{country})", literal(py, &self.name)?, self.source_type))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}

/// A figure: an interval, and what it counts.
///
/// Either end may be None: "at least 3,000" has no `high`, "as many as 12,000" no `low`.
#[pyclass(frozen, eq, hash, module = "reportedly")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    pub(super) span: Span,
    pub(super) counted: Option<Span>,
    pub(super) core: core::Quantity,
}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.span.hash(state);
    }
}

#[pymethods]
impl Quantity {
    /// The figure with its bound and unit words, where it stands.
    #[getter]
    fn span(&self) -> Span {
        self.span.clone()
    }

    /// The figure as written.
    #[getter]
    fn text(&self) -> &str {
        &self.span.text
    }

    /// Lower end, closed.
    #[getter]
    fn low(&self) -> Option<f64> {
        self.core.low
    }

    /// Upper end, closed.
    #[getter]
    fn high(&self) -> Option<f64> {
        self.core.high
    }

    /// The number stated, if it is one.
    #[getter]
    fn value(&self) -> Option<f64> {
        self.core.value
    }

    /// `=`, `~`, `>=`, `<=`, `>`, `<` or `range`.
    #[getter]
    fn relation(&self) -> &str {
        self.core.relation.as_str()
    }

    /// Hedged ("around") or vague ("dozens").
    #[getter]
    fn approximate(&self) -> bool {
        self.core.approximate
    }

    /// `count`, `%`, a currency (ISO 4217) or a unit (UCUM).
    #[getter]
    fn unit(&self) -> &str {
        &self.core.unit
    }

    /// The counted noun phrase ("North Korean soldiers").
    #[getter]
    fn counted(&self) -> Option<Span> {
        self.counted.clone()
    }

    /// Lemma of its head ("soldier").
    #[getter]
    fn lemma(&self) -> Option<&str> {
        self.core.counted.as_ref().map(|c| c.lemma.as_str())
    }

    /// Whose: "North Korea".
    #[getter]
    fn whose(&self) -> Option<&str> {
        self.core.counted.as_ref().and_then(|c| c.whose.as_deref())
    }

    /// The whole of which this is a part ("1,000 of the 11,000").
    #[getter]
    fn whole(&self) -> Option<f64> {
        self.core.partitive.as_ref().and_then(|p| p.value)
    }

    /// `additional`, `up`, `down`, or None for a level.
    #[getter]
    fn change(&self) -> Option<&str> {
        self.core.change.map(core::Change::as_str)
    }

    /// Lemma of the predicate it stands under ("send").
    #[getter]
    fn predicate(&self) -> Option<&str> {
        self.core.frame.predicate.as_deref()
    }

    /// Where that happens or leads to.
    #[getter]
    fn place(&self) -> Option<&str> {
        self.core.frame.place.as_deref()
    }

    /// Whether it is a forecast or possibility and not a count.
    #[getter]
    fn hypothetical(&self) -> bool {
        self.core.frame.hypothetical
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let counted = match &self.counted {
            Some(counted) => format!(", counted={}", literal(py, &counted.text)?),
            None => String::new(),
        };
        let end = |e: Option<f64>| e.map_or("None".to_owned(), |e| e.to_string());
        let (low, high) = (end(self.core.low), end(self.core.high));
        Ok(format!("Quantity({}, low={low}, high={high}{counted})", literal(py, &self.span.text)?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}

/// A time expression, after TimeML's TIMEX3, with the interval it means.
#[pyclass(frozen, eq, hash, module = "reportedly")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Time {
    pub(super) span: Span,
    pub(super) core: core::Time,
}

impl Hash for Time {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.span.hash(state);
    }
}

#[pymethods]
impl Time {
    /// The expression, where it stands.
    #[getter]
    fn span(&self) -> Span {
        self.span.clone()
    }

    /// The expression as written.
    #[getter]
    fn text(&self) -> &str {
        &self.span.text
    }

    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[getter]
    fn kind(&self) -> &str {
        self.core.kind.as_str()
    }

    /// TIMEX3 value ("2024-10-26", "2024-W43", "P3M").
    #[getter]
    fn value(&self) -> Option<&str> {
        self.core.value.as_deref()
    }

    /// Start of the interval, closed.
    #[getter]
    fn begins<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        cells::datetime(py, self.core.start)
    }

    /// End of the interval, open.
    #[getter]
    fn ends<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        cells::datetime(py, self.core.end)
    }

    /// Size of the unit in which it is told (`day`, `month`).
    #[getter]
    fn granularity(&self) -> &str {
        self.core.granularity.as_str()
    }

    /// What it was anchored to: `explicit`, `published`, `stated`, `corpus` or `unanchored`.
    #[getter]
    fn anchor(&self) -> &str {
        self.core.anchor.as_str()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let value = self.core.value.as_ref().map_or("None".to_owned(), |v| format!("'{v}'"));
        Ok(format!("Time({}, value={value})", literal(py, &self.span.text)?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}

/// A place named in the content of a claim.
#[pyclass(frozen, eq, hash, get_all, module = "reportedly")]
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Where it is written.
    pub(super) span: Span,
    /// Canonical name.
    pub(super) name: String,
    /// `country`, `region`, `city` or `continent`.
    pub(super) kind: String,
    /// ISO 3166-1 alpha-2 code of its country.
    pub(super) country: Option<String>,
}

#[pymethods]
impl Place {
    /// The place as written.
    #[getter]
    fn text(&self) -> &str {
        &self.span.text
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Place({}, '{}')", literal(py, &self.name)?, self.kind))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}

/// A string as Python writes it in source code.
pub(super) fn literal(py: Python<'_>, text: &str) -> PyResult<String> {
    Ok(PyString::new(py, text).repr()?.to_string())
}

/// A day as Python says it.
pub(super) fn day(py: Python<'_>, date: Option<jiff::civil::Date>) -> PyResult<Option<Bound<'_, PyDate>>> {
    cells::date(py, date)
}
