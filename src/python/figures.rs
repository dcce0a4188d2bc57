//! Figures, times and places, as objects that own what they show.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use serde::{Deserialize, Serialize};

use super::cells;
use super::pickle::{self, Reduced};
use super::values::{Span, literal};
use crate::document as core;
use crate::table::widen;

/// A figure: an interval, and what it counts.
///
/// Either end may be None: "at least 3,000" has no `high`, "as many as 12,000" no `low`.
#[pyclass(frozen, eq, hash, module = "reportedly")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    pub(super) span: Span,
    pub(super) counted: Option<Span>,
    pub(super) as_of: Option<Span>,
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

    /// Lower end in the base unit of its kind ("7,300 km": 7,300,000 m).
    #[getter]
    fn base_low(&self) -> Option<f64> {
        self.core.base.as_ref().and_then(|b| b.low)
    }

    /// Upper end in the base unit.
    #[getter]
    fn base_high(&self) -> Option<f64> {
        self.core.base.as_ref().and_then(|b| b.high)
    }

    /// UCUM code of the base unit (``m``); None for counts, shares and money.
    #[getter]
    fn base_unit(&self) -> Option<&str> {
        self.core.base.as_ref().map(|b| b.unit.as_str())
    }

    /// `additional`, `up`, `down` (by so much), `rose_to`, `fell_to`, or None for a level.
    #[getter]
    fn change(&self) -> Option<&str> {
        self.core.change.map(core::Change::as_str)
    }

    /// Lemma of the predicate it stands under ("send").
    #[getter]
    fn predicate(&self) -> Option<&str> {
        self.core.frame.predicate.as_deref()
    }

    /// Who does it or has it: "North Korea" in "North Korea sent 3,000 soldiers".
    #[getter]
    fn subject(&self) -> Option<&str> {
        self.core.frame.subject.as_deref()
    }

    /// The time expression that says as of when, where it stands.
    #[getter]
    fn as_of(&self) -> Option<Span> {
        self.as_of.clone()
    }

    /// Start of that time, closed.
    #[getter]
    fn as_of_begins<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        cells::datetime(py, self.core.frame.as_of.as_ref().and_then(|t| t.start))
    }

    /// End of that time, open.
    #[getter]
    fn as_of_ends<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        cells::datetime(py, self.core.frame.as_of.as_ref().and_then(|t| t.end))
    }

    /// Whether the predicate is affirmed (`+`) or negated (`-`).
    #[getter]
    fn polarity(&self) -> &str {
        self.core.frame.polarity.as_str()
    }

    /// How certain the predicate is made, in [-3, 3], under everything that governs it.
    #[getter]
    fn certainty(&self) -> f64 {
        widen(self.core.frame.certainty)
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

    /// TIMEX3 modifier: which part of the value, or how it is bounded (`END` in "late October").
    #[getter]
    fn modifier(&self) -> Option<&str> {
        self.core.modifier.map(core::Modifier::as_str)
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
#[pyclass(frozen, eq, hash, module = "reportedly")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub(super) span: Span,
    pub(super) core: core::Place,
}

impl Hash for Place {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.span.hash(state);
    }
}

#[pymethods]
impl Place {
    /// Where it is written.
    #[getter]
    fn span(&self) -> Span {
        self.span.clone()
    }

    /// The place as written.
    #[getter]
    fn text(&self) -> &str {
        &self.span.text
    }

    /// Canonical name.
    #[getter]
    fn name(&self) -> &str {
        &self.core.name
    }

    /// `country`, `region`, `city` or `continent`.
    #[getter]
    fn kind(&self) -> &str {
        self.core.kind.as_str()
    }

    /// How it is meant: `location`, `demonym` ("Russian troops") or `government` ("Pyongyang denied").
    #[getter]
    fn sense(&self) -> &str {
        self.core.sense.as_str()
    }

    /// ISO 3166-1 alpha-2 code of its country.
    #[getter]
    fn country(&self) -> Option<&str> {
        self.core.country.as_deref()
    }

    /// ISO 3166-2 code of the region that it is or lies in ("US-GA").
    #[getter]
    fn subdivision(&self) -> Option<&str> {
        self.core.subdivision.as_deref()
    }

    /// Id at GeoNames, of cities.
    #[getter]
    fn geonames(&self) -> Option<u32> {
        self.core.geonames
    }

    /// Latitude in degrees (WGS 84), of cities.
    #[getter]
    fn latitude(&self) -> Option<f64> {
        self.core.coordinates.map(|c| c.0)
    }

    /// Longitude in degrees (WGS 84), of cities.
    #[getter]
    fn longitude(&self) -> Option<f64> {
        self.core.coordinates.map(|c| c.1)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Place({}, '{}')", literal(py, &self.core.name)?, self.core.kind.as_str()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickle::reduce_value(py, self)
    }

    #[staticmethod]
    fn _restore(data: &[u8]) -> PyResult<Self> {
        pickle::restore(data)
    }
}
