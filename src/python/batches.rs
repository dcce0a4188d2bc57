//! Record batches on their way into a data frame.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, TimestampMicrosecondType, UInt32Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyCapsule, PyList};

use super::{capsule, cells};

/// What NumPy has for a date that is missing.
const NOT_A_TIME: i64 = i64::MIN;
const SECONDS_A_DAY: i64 = 86_400;
/// The first day that Python can say, 0001-01-01, from 1970; what is before it is missing.
const FIRST_DAY: i64 = -719_162;

/// A table as `reportedly._frames` needs it: whole columns as bytes that NumPy takes as they are, or as lists.
#[pyclass(frozen, module = "reportedly")]
pub(super) struct Batches {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Batches {
    pub(super) fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Batches { schema, batches }
    }

    fn columns(&self, i: usize) -> impl Iterator<Item = &dyn Array> {
        self.batches.iter().map(move |batch| batch.column(i).as_ref())
    }

    /// Every value of column `i` as `value` says it, missing ones as `missing`, in bytes of this machine.
    fn bytes<'py, T: Copy, const N: usize>(
        &self,
        py: Python<'py>,
        i: usize,
        values: impl Fn(&dyn Array, &mut Vec<T>),
        to_bytes: impl Fn(T) -> [u8; N],
        missing: T,
    ) -> PyResult<Bound<'py, PyByteArray>> {
        let mut all: Vec<T> = Vec::with_capacity(self.__len__());
        for column in self.columns(i) {
            let first = all.len();
            values(column, &mut all);
            for row in
                (0..column.len()).filter(|_| column.null_count() > 0).filter(|row| column.is_null(*row))
            {
                all[first + row] = missing;
            }
        }
        PyByteArray::new_with(py, all.len() * N, |bytes| {
            bytes.chunks_exact_mut(N).zip(&all).for_each(|(to, value)| to.copy_from_slice(&to_bytes(*value)));
            Ok(())
        })
    }
}

#[pymethods]
impl Batches {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Names of the columns, and what each holds, in a word.
    #[getter]
    fn columns_and_sorts(&self) -> Vec<(&str, &'static str)> {
        self.schema.fields().iter().map(|f| (f.name().as_str(), sort(f.data_type()))).collect()
    }

    /// The cells of column `i` as a list.
    fn objects<'py>(&self, py: Python<'py>, i: usize) -> PyResult<Bound<'py, PyList>> {
        cells::list(py, self.columns(i))
    }

    /// Column `i` as bytes: float64 with NaN, int64, bool, datetime64[s] or datetime64[us] with NaT.
    fn values<'py>(&self, py: Python<'py>, i: usize) -> PyResult<Bound<'py, PyByteArray>> {
        match self.schema.field(i).data_type() {
            DataType::Float64 => {
                let values = |c: &dyn Array, all: &mut Vec<f64>| {
                    all.extend_from_slice(c.as_primitive::<Float64Type>().values());
                };
                self.bytes(py, i, values, f64::to_ne_bytes, f64::NAN)
            }
            DataType::UInt32 => {
                let values = |c: &dyn Array, all: &mut Vec<i64>| {
                    all.extend(c.as_primitive::<UInt32Type>().values().iter().map(|v| i64::from(*v)));
                };
                self.bytes(py, i, values, i64::to_ne_bytes, 0)
            }
            DataType::Boolean => {
                let values = |c: &dyn Array, all: &mut Vec<bool>| all.extend(c.as_boolean().values().iter());
                self.bytes(py, i, values, |flag| [u8::from(flag)], false)
            }
            DataType::Date32 => {
                let values = |c: &dyn Array, all: &mut Vec<i64>| {
                    let days = c.as_primitive::<Date32Type>().values().iter();
                    all.extend(
                        days.map(|d| sayable(i64::from(*d), 1).map_or(NOT_A_TIME, |d| d * SECONDS_A_DAY)),
                    );
                };
                self.bytes(py, i, values, i64::to_ne_bytes, NOT_A_TIME)
            }
            DataType::Timestamp(..) => {
                let values = |c: &dyn Array, all: &mut Vec<i64>| {
                    let moments = c.as_primitive::<TimestampMicrosecondType>().values().iter();
                    all.extend(moments.map(|m| sayable(*m, SECONDS_A_DAY * 1_000_000).unwrap_or(NOT_A_TIME)));
                };
                self.bytes(py, i, values, i64::to_ne_bytes, NOT_A_TIME)
            }
            other => unreachable!("no column of {other} is asked for as bytes"),
        }
    }

    /// Which cells of column `i` are missing, as bytes of bool; None if none is.
    fn missing<'py>(&self, py: Python<'py>, i: usize) -> PyResult<Option<Bound<'py, PyByteArray>>> {
        if self.columns(i).all(|column| column.null_count() == 0) {
            return Ok(None);
        }
        let flags = self.columns(i).flat_map(|column| (0..column.len()).map(|row| column.is_null(row)));
        let fill = |bytes: &mut [u8]| {
            bytes.iter_mut().zip(flags).for_each(|(to, flag)| *to = u8::from(flag));
            Ok(())
        };
        PyByteArray::new_with(py, self.__len__(), fill).map(Some)
    }

    /// The columns `which` as a table of their own.
    fn select(&self, which: Vec<usize>) -> Batches {
        let project =
            |batch: &RecordBatch| batch.project(&which).expect("the columns were named by this table");
        let batches: Vec<RecordBatch> = self.batches.iter().map(project).collect();
        let schema = self.schema.project(&which).expect("the columns were named by this table");
        Batches { schema: schema.into(), batches }
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        capsule::stream(py, self.schema.clone(), self.batches.clone().into_iter())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.schema)
    }
}

/// A time, counted from 1970 in units of which `a_day` make a day, if Python can say it.
fn sayable(time: i64, a_day: i64) -> Option<i64> {
    (time >= FIRST_DAY * a_day).then_some(time)
}

/// What a column holds, in a word for `to_pandas`.
fn sort(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Utf8 => "text",
        DataType::Float64 => "number",
        DataType::UInt32 => "count",
        DataType::Boolean => "flag",
        DataType::Date32 => "date",
        DataType::Timestamp(..) => "moment",
        _ => "nested",
    }
}
