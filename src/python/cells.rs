//! Cells of a record batch as plain Python objects.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, TimestampMicrosecondType, UInt32Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime, PyDict, PyList};

/// Row `row` of `array`: str, float, int, bool, date, datetime, list, dict, or None.
pub(super) fn cell<'py>(py: Python<'py>, array: &dyn Array, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Boolean => array.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any(),
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>().value(row);
            let day = Date::constant(1970, 1, 1).checked_add(i64::from(days).days());
            date(py, day.ok())?.into_pyobject(py)?
        }
        DataType::Timestamp(..) => {
            let micros = array.as_primitive::<TimestampMicrosecondType>().value(row);
            let epoch = Date::constant(1970, 1, 1).to_datetime(jiff::civil::Time::midnight());
            let moment = epoch.checked_add(SignedDuration::from_micros(micros));
            datetime(py, moment.ok())?.into_pyobject(py)?
        }
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let list = PyList::empty(py);
            for i in 0..items.len() {
                list.append(cell(py, items.as_ref(), i)?)?;
            }
            list.into_any()
        }
        DataType::Struct(fields) => {
            let record = PyDict::new(py);
            for (field, column) in fields.iter().zip(array.as_struct().columns()) {
                record.set_item(field.name(), cell(py, column.as_ref(), row)?)?;
            }
            record.into_any()
        }
        other => unreachable!("no table here has a column of {other}"),
    })
}

/// Row `row` as a dict.
pub(super) fn record<'py>(py: Python<'py>, batch: &RecordBatch, row: usize) -> PyResult<Bound<'py, PyDict>> {
    let record = PyDict::new(py);
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        record.set_item(field.name(), cell(py, column.as_ref(), row)?)?;
    }
    Ok(record)
}

/// Appends the cells of `column` to `list`.
pub(super) fn extend(py: Python<'_>, list: &Bound<'_, PyList>, column: &dyn Array) -> PyResult<()> {
    (0..column.len()).try_for_each(|row| list.append(cell(py, column, row)?))
}

/// What a column holds, in a word for `to_pandas`.
pub(super) fn sort(data_type: &DataType) -> &'static str {
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

/// A day; None before the year 1, which Python's dates cannot say.
pub(super) fn date(py: Python<'_>, date: Option<Date>) -> PyResult<Option<Bound<'_, PyDate>>> {
    let sayable = date.filter(|d| d.year() >= 1);
    sayable.map(|d| PyDate::new(py, d.year().into(), d.month() as u8, d.day() as u8)).transpose()
}

/// A moment, to the microsecond; None before the year 1.
pub(super) fn datetime(py: Python<'_>, moment: Option<DateTime>) -> PyResult<Option<Bound<'_, PyDateTime>>> {
    let sayable = moment.filter(|m| m.year() >= 1);
    let make = |m: DateTime| {
        let micros = (m.subsec_nanosecond() / 1000) as u32;
        let (month, day) = (m.month() as u8, m.day() as u8);
        PyDateTime::new(
            py,
            m.year().into(),
            month,
            day,
            m.hour() as u8,
            m.minute() as u8,
            m.second() as u8,
            micros,
            None,
        )
    };
    sayable.map(make).transpose()
}
