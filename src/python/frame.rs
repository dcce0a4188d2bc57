//! A small table.

use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use super::{capsule, cells};

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
                Ok(cells::record(py, &self.batch, row)?.into_any())
            }
            Key::Column(name) => {
                let column = self.batch.column_by_name(&name).ok_or_else(|| {
                    PyKeyError::new_err(format!(
                        "no column {name:?}; there are {}",
                        self.columns().join(", ")
                    ))
                })?;
                let list = PyList::empty(py);
                cells::extend(py, &list, column.as_ref())?;
                Ok(list.into_any())
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
    /// Dates become `datetime64`, lists and records stay lists and dicts.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.to_pandas().shape[0]
    /// 1
    #[pyo3(signature = () -> "pandas.DataFrame")]
    fn to_pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        pandas(py, self.batch.schema_ref(), std::slice::from_ref(&self.batch))
    }

    /// The table as a polars DataFrame; needs polars.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.to_polars().height
    /// 1
    #[pyo3(signature = () -> "polars.DataFrame")]
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        face(slf.py(), "to_polars", slf.as_any())
    }

    /// The table as a pyarrow Table; needs pyarrow.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(["It rained."]).documents.to_arrow().num_rows
    /// 1
    #[pyo3(signature = () -> "pyarrow.Table")]
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        face(slf.py(), "to_arrow", slf.as_any())
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
        (row < batch.num_rows()).then(|| cells::record(py, batch, row)).transpose()
    }
}

/// `reportedly._frames.<function>(object)`: the data frame libraries are imported on use.
pub(super) fn face<'py>(
    py: Python<'py>,
    function: &str,
    object: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    py.import("reportedly._frames")?.call_method1(function, (object,))
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
        for row in 0..batch.num_rows() {
            rows.push(cells::record(py, &batch, row)?);
        }
    }
    Ok(rows)
}

/// Batches of a schema as a pandas DataFrame.
pub(super) fn pandas<'py>(
    py: Python<'py>,
    schema: &Schema,
    batches: &[RecordBatch],
) -> PyResult<Bound<'py, PyAny>> {
    let (columns, sorts) = (PyDict::new(py), PyDict::new(py));
    for (i, field) in schema.fields().iter().enumerate() {
        let list = PyList::empty(py);
        for batch in batches {
            cells::extend(py, &list, batch.column(i).as_ref())?;
        }
        columns.set_item(field.name(), list)?;
        sorts.set_item(field.name(), cells::sort(field.data_type()))?;
    }
    py.import("reportedly._frames")?.call_method1("to_pandas", (columns, sorts))
}
