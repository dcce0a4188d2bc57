//! A small table.

use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use super::batches::Batches;
use super::capsule;
use super::cells::{self, Records};
use crate::table;

/// A table: rows are dicts, columns are lists, and data frame libraries take it whole.
///
/// `pl.DataFrame(frame)`, `pa.table(frame)` and `duckdb.sql("from frame")` work as they stand; for pandas there is
/// `frame.to_pandas()`.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> frame = rp.Corpus.from_texts(["It rained.", "It snowed."]).documents
/// >>> len(frame)
/// 2
/// >>> frame[1]["document"]
/// 'text-2'
/// >>> frame["document"]
/// ['text-1', 'text-2']
#[pyclass(frozen, subclass, module = "reportedly")]
pub struct Frame {
    pub(super) name: &'static str,
    pub(super) batch: RecordBatch,
}

#[derive(FromPyObject)]
pub(super) enum Key {
    Row(isize),
    Column(String),
}

impl Frame {
    pub(super) fn new(name: &'static str, batch: RecordBatch) -> Self {
        Frame { name, batch }
    }

    fn batches(&self, flat: bool) -> Batches {
        let batch = if flat { table::flat(&self.batch) } else { self.batch.clone() };
        Batches::new(batch.schema(), vec![batch])
    }
}

#[pymethods]
impl Frame {
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, key: Key) -> PyResult<Bound<'py, PyAny>> {
        match key {
            Key::Row(i) => {
                let row = super::arguments::index(i, self.batch.num_rows(), "row")?;
                Ok(Records::new(py, &self.batch)?.get(row)?.into_any())
            }
            Key::Column(name) => {
                let column = self.batch.column_by_name(&name).ok_or_else(|| {
                    PyKeyError::new_err(format!(
                        "no column {name:?}; there are {}",
                        self.columns().join(", ")
                    ))
                })?;
                Ok(cells::list(py, std::iter::once(column.as_ref()))?.into_any())
            }
        }
    }

    fn __iter__(slf: Py<Self>) -> RowIter {
        RowIter { frame: slf, next: AtomicUsize::new(0) }
    }

    /// Names of the columns.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.columns[:3]
    /// ['document', 'published', 'outlet']
    #[getter]
    fn columns(&self) -> Vec<String> {
        names(self.batch.schema_ref())
    }

    /// The rows, as dicts.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.to_dicts()[0]["characters"]
    /// 10
    #[pyo3(signature = () -> "list[dict[str, Any]]")]
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        dicts(py, std::iter::once(self.batch.clone()))
    }

    /// The table as a pandas DataFrame; needs pandas, but not pyarrow.
    ///
    /// Numbers are float64, counts and positions int64 (Int64 where some are missing), truth values bool (boolean),
    /// days ``datetime64[s]``, moments ``datetime64[us]``, text is the text of pandas; lists and records stay lists
    /// and dicts.
    ///
    /// Parameters
    /// ----------
    /// flat : bool
    ///     Take lists and records apart, so that any CSV, spreadsheet or database takes the table: a list of records
    ///     becomes how many there are and the fields of the first (``evidence``, ``evidence_text``, …), another list
    ///     its items joined by "; ".
    /// index : pandas.Index, optional
    ///     Index of the rows that the texts came from, to be the index here, repeated as needed. For tables that say
    ///     which row they are of: of :func:`quantities`, :func:`times`, :func:`places`, of ``claims.quantities`` and
    ///     its like, and :attr:`Corpus.documents`.
    ///
    /// Raises
    /// ------
    /// ArgumentError
    ///     The table does not say which row it is of, or there is no such row in ``index``.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.to_pandas().shape[0]
    /// 1
    /// >>> import pandas as pd
    /// >>> texts = pd.Series(["It rained.", "Five men fled."], index=["mon", "tue"])
    /// >>> rp.quantities(texts).to_pandas(index=texts.index)["value"].to_dict()
    /// {'tue': 5.0}
    #[pyo3(signature = (*, flat = false, index: "pandas.Index[Any] | None" = None) -> "pandas.DataFrame")]
    fn to_pandas<'py>(
        &self,
        py: Python<'py>,
        flat: bool,
        index: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let rows = match self.name {
            "quantities" | "times" | "places" => Some("row"),
            "documents" => Some("origin_row"),
            _ => None,
        };
        pandas(py, self.batches(flat), index, rows)
    }

    /// The table as a polars DataFrame; needs polars.
    ///
    /// Parameters
    /// ----------
    /// flat : bool
    ///     Take lists and records apart, as for :meth:`to_pandas`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.to_polars().height
    /// 1
    #[pyo3(signature = (*, flat = false) -> "polars.DataFrame")]
    fn to_polars<'py>(&self, py: Python<'py>, flat: bool) -> PyResult<Bound<'py, PyAny>> {
        face(py, "to_polars", self.batches(flat))
    }

    /// The table as a pyarrow Table; needs pyarrow.
    ///
    /// Parameters
    /// ----------
    /// flat : bool
    ///     Take lists and records apart, as for :meth:`to_pandas`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.to_arrow().num_rows
    /// 1
    #[pyo3(signature = (*, flat = false) -> "pyarrow.Table")]
    fn to_arrow<'py>(&self, py: Python<'py>, flat: bool) -> PyResult<Bound<'py, PyAny>> {
        face(py, "to_arrow", self.batches(flat))
    }

    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the wish; every reader here casts by itself.
        let _ = requested_schema;
        capsule::stream(py, self.batch.schema(), std::iter::once(self.batch.clone()))
    }

    #[pyo3(signature = () -> "object")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, self.batch.schema_ref())
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        slf.py().import("reportedly._show")?.call_method1("frame_text", (slf, slf.get().name))?.extract()
    }

    #[pyo3(signature = () -> "str")]
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly._show")?.call_method1("frame_html", (slf, slf.get().name))
    }
}

/// The rows of a table, in order.
#[pyclass(frozen, module = "reportedly")]
pub struct RowIter {
    frame: Py<Frame>,
    next: AtomicUsize,
}

#[pymethods]
impl RowIter {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let batch = &self.frame.get().batch;
        let row = self.next.fetch_add(1, Ordering::Relaxed);
        (row < batch.num_rows()).then(|| Records::new(py, batch)?.get(row)).transpose()
    }
}

/// `reportedly._frames.<function>(batches)`: the data frame libraries are imported on use.
pub(super) fn face<'py>(py: Python<'py>, function: &str, batches: Batches) -> PyResult<Bound<'py, PyAny>> {
    py.import("reportedly._frames")?.call_method1(function, (batches,))
}

/// Names of the columns.
pub(super) fn names(schema: &Schema) -> Vec<String> {
    schema.fields().iter().map(|f| f.name().clone()).collect()
}

/// The rows of all batches, as dicts.
pub(super) fn dicts(
    py: Python<'_>,
    batches: impl Iterator<Item = RecordBatch>,
) -> PyResult<Vec<Bound<'_, PyDict>>> {
    let mut rows = Vec::new();
    for batch in batches {
        let records = Records::new(py, &batch)?;
        for row in 0..batch.num_rows() {
            rows.push(records.get(row)?);
        }
    }
    Ok(rows)
}

/// Batches as a pandas DataFrame, indexed by `index` at the positions in the column `rows` if there is one.
pub(super) fn pandas<'py>(
    py: Python<'py>,
    batches: Batches,
    index: Option<Bound<'py, PyAny>>,
    rows: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    py.import("reportedly._frames")?.call_method1("to_pandas", (batches, index, rows))
}
