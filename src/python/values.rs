//! Small classes that own what they show.

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyString};
use serde::{Deserialize, Serialize};

use super::cells;
use super::pickle::{self, Reduced};

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

/// A string as Python writes it in source code.
pub(super) fn literal(py: Python<'_>, text: &str) -> PyResult<String> {
    Ok(PyString::new(py, text).repr()?.to_string())
}

/// A day as Python says it.
pub(super) fn day(py: Python<'_>, date: Option<jiff::civil::Date>) -> PyResult<Option<Bound<'_, PyDate>>> {
    cells::date(py, date)
}
