//! A corpus in parts: what the tasks of an engine hand to one another, as bytes. `reportedly.spark` calls this.

use jiff::civil::Date;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::corpus::Corpus;
use super::errors::argument;
use super::run;
use super::shared::Shared;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::parts::{self, Part};
use crate::table::{decode, encode};

/// A part, and what an engine is told of it: bytes, id, day of publication, number of claims.
type Told<'py> = (Bound<'py, PyBytes>, String, Option<String>, usize);

/// The documents of a corpus, each with its claims under the names of its article: bytes, id, day of publication,
/// number of claims. `rows` are their positions in the whole.
#[pyfunction]
pub fn _parts<'py>(
    py: Python<'py>,
    corpus: &Corpus,
    rows: Vec<u64>,
    jobs: Option<usize>,
) -> PyResult<Vec<Told<'py>>> {
    let documents = corpus.shared.collection.documents().to_vec();
    if documents.len() != rows.len() {
        return Err(argument(format!(
            "{} rows for {} documents; give one for each",
            rows.len(),
            documents.len()
        )));
    }
    let placed = |(document, row)| Document { row: Some(row), ..document };
    let documents: Vec<Document> = documents.into_iter().zip(rows).map(placed).collect();
    let known = documents.iter().map(|_| None).collect();
    let parts = run::run(py, jobs, None, move |job| parts::extract(documents, known, None, &job.progress))?;
    let row = |part: &Part| {
        let day = part.document.published().map(|day| day.to_string());
        let bytes = PyBytes::new(py, &part.to_bytes()?);
        Ok((bytes, part.document.id.clone(), day, part.claims.len()))
    };
    parts.iter().map(row).collect()
}

/// The same parts, those of undated documents anchored to the date of the corpus.
#[pyfunction]
pub fn _anchor_parts<'py>(
    py: Python<'py>,
    parts: Vec<Vec<u8>>,
    day: &str,
    jobs: Option<usize>,
) -> PyResult<Vec<(Bound<'py, PyBytes>, usize)>> {
    let day: Date = day.parse().map_err(|e| argument(format!("the day {day:?} is none: {e}")))?;
    let parts = run::run(py, jobs, None, move |job| {
        Some(match read(&parts) {
            Ok(parts) => Ok(parts::anchor(parts, day, &job.progress)?),
            Err(error) => Err(error),
        })
    })??;
    parts.iter().map(|part| Ok((PyBytes::new(py, &part.to_bytes()?), part.claims.len()))).collect()
}

/// What the documents of parts say about names; `places` are their positions in the whole.
#[pyfunction]
pub fn _gather_names<'py>(
    py: Python<'py>,
    parts: Vec<Vec<u8>>,
    places: Vec<u32>,
) -> PyResult<Bound<'py, PyBytes>> {
    let told = py.detach(|| encode(&parts::gathered(read(&parts)?, &places)))?;
    Ok(PyBytes::new(py, &told))
}

/// The names of a corpus, from what all its parts say.
#[pyfunction]
pub fn _settle_names<'py>(py: Python<'py>, told: Vec<Vec<u8>>) -> PyResult<Bound<'py, PyBytes>> {
    let settled = py.detach(|| {
        let told: Result<Vec<_>> = told.iter().map(|bytes| decode(bytes)).collect();
        encode(&parts::settle(told?))
    })?;
    Ok(PyBytes::new(py, &settled))
}

/// Parts as a corpus, whose claims have the names that were settled.
#[pyfunction]
pub fn _join_parts(
    py: Python<'_>,
    parts: Vec<Vec<u8>>,
    names: Vec<u8>,
    jobs: Option<usize>,
) -> PyResult<Corpus> {
    let collection = py.detach(|| Ok::<_, Error>(parts::join(read(&parts)?, &decode(&names)?)))?;
    Ok(Corpus { shared: Shared::new(collection, jobs) })
}

fn read(parts: &[Vec<u8>]) -> Result<Vec<Part>> {
    parts.iter().map(|bytes| Part::from_bytes(bytes)).collect()
}
