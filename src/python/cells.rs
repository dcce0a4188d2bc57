//! Cells of a record batch as plain Python objects.

use std::cell::RefCell;
use std::hash::Hash;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, TimestampMicrosecondType, UInt32Type};
use arrow_array::{
    Array, BooleanArray, Float64Array, ListArray, RecordBatch, StringArray, StructArray, UInt32Array,
};
use arrow_schema::DataType;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime, PyDict, PyList, PyString};
use rustc_hash::FxHashMap;

/// Strings up to this many bytes are looked for among those that were made before.
const SHORT: usize = 40;
/// At most so many objects of a column are kept for that.
const KEPT: usize = 4096;

/// A column, ready to give its cells: str, float, int, bool, date, datetime, list, dict, or None.
///
/// What is the same for all cells, types and names of fields, is looked at once. Short strings and moments that come
/// again are one object: most columns hold a few words many times.
pub(super) struct Cells<'a, 'py> {
    py: Python<'py>,
    array: &'a dyn Array,
    sort: Sort<'a, 'py>,
}

enum Sort<'a, 'py> {
    Text(&'a StringArray, RefCell<Known<'py, &'a str>>),
    Number(&'a Float64Array),
    Count(&'a UInt32Array),
    Flag(&'a BooleanArray),
    Date(&'a [i32], RefCell<Known<'py, i64>>),
    Moment(&'a [i64], RefCell<Known<'py, i64>>),
    List(&'a ListArray, Box<Cells<'a, 'py>>),
    /// A dict with every key is copied and filled, which is faster than to let one grow.
    Record(Bound<'py, PyDict>, Vec<(Bound<'py, PyString>, Cells<'a, 'py>)>),
}

type Known<'py, K> = FxHashMap<K, Bound<'py, PyAny>>;

impl<'a, 'py> Cells<'a, 'py> {
    pub(super) fn new(py: Python<'py>, array: &'a dyn Array) -> PyResult<Self> {
        let sort = match array.data_type() {
            DataType::Utf8 => Sort::Text(array.as_string(), RefCell::default()),
            DataType::Float64 => Sort::Number(array.as_primitive::<Float64Type>()),
            DataType::UInt32 => Sort::Count(array.as_primitive::<UInt32Type>()),
            DataType::Boolean => Sort::Flag(array.as_boolean()),
            DataType::Date32 => Sort::Date(array.as_primitive::<Date32Type>().values(), RefCell::default()),
            DataType::Timestamp(..) => {
                Sort::Moment(array.as_primitive::<TimestampMicrosecondType>().values(), RefCell::default())
            }
            DataType::List(_) => {
                let list = array.as_list::<i32>();
                Sort::List(list, Box::new(Cells::new(py, list.values().as_ref())?))
            }
            DataType::Struct(_) => Sort::record(py, array.as_struct())?,
            other => unreachable!("no table here has a column of {other}"),
        };
        Ok(Cells { py, array, sort })
    }

    /// The cell of row `row`.
    pub(super) fn get(&self, row: usize) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py;
        if self.array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        Ok(match &self.sort {
            Sort::Text(texts, known) => {
                let text = texts.value(row);
                if text.len() > SHORT {
                    return Ok(PyString::new(py, text).into_any());
                }
                once(known, text, || Ok(PyString::new(py, text).into_any()))?
            }
            Sort::Number(numbers) => numbers.value(row).into_pyobject(py)?.into_any(),
            Sort::Count(counts) => counts.value(row).into_pyobject(py)?.into_any(),
            Sort::Flag(flags) => flags.value(row).into_pyobject(py)?.to_owned().into_any(),
            Sort::Date(days, known) => {
                let days = i64::from(days[row]);
                let day = || Date::constant(1970, 1, 1).checked_add(days.days()).ok();
                once(known, days, || Ok(date(py, day())?.into_pyobject(py)?.into_any()))?
            }
            Sort::Moment(moments, known) => {
                let micros = SignedDuration::from_micros(moments[row]);
                let epoch = Date::constant(1970, 1, 1).to_datetime(jiff::civil::Time::midnight());
                let moment = || epoch.checked_add(micros).ok();
                once(known, moments[row], || Ok(datetime(py, moment())?.into_pyobject(py)?.into_any()))?
            }
            Sort::List(list, items) => {
                let offsets = list.value_offsets();
                let made: Vec<_> = (offsets[row]..offsets[row + 1])
                    .map(|i| items.get(i as usize))
                    .collect::<PyResult<_>>()?;
                PyList::new(py, made)?.into_any()
            }
            Sort::Record(empty, fields) => {
                let record = empty.copy()?;
                for (name, cells) in fields {
                    if cells.array.is_valid(row) {
                        record.set_item(name, cells.get(row)?)?;
                    }
                }
                record.into_any()
            }
        })
    }
}

impl<'a, 'py> Sort<'a, 'py> {
    fn record(py: Python<'py>, records: &'a StructArray) -> PyResult<Self> {
        let (empty, mut fields) = (PyDict::new(py), Vec::new());
        for (field, column) in records.fields().iter().zip(records.columns()) {
            let name = PyString::intern(py, field.name());
            empty.set_item(&name, py.None())?;
            fields.push((name, Cells::new(py, column.as_ref())?));
        }
        Ok(Sort::Record(empty, fields))
    }
}

/// The object of `key`, made now if there is none yet.
fn once<'py, K: Hash + Eq>(
    known: &RefCell<Known<'py, K>>,
    key: K,
    make: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(object) = known.borrow().get(&key) {
        return Ok(object.clone());
    }
    let object = make()?;
    let mut known = known.borrow_mut();
    if known.len() < KEPT {
        known.insert(key, object.clone());
    }
    Ok(object)
}

/// The columns of a batch, each ready to give its cells.
pub(super) struct Records<'a, 'py> {
    py: Python<'py>,
    fields: Vec<(Bound<'py, PyString>, Cells<'a, 'py>)>,
}

impl<'a, 'py> Records<'a, 'py> {
    pub(super) fn new(py: Python<'py>, batch: &'a RecordBatch) -> PyResult<Self> {
        let named = batch.schema_ref().fields().iter().zip(batch.columns());
        let field = |(field, column): (&std::sync::Arc<arrow_schema::Field>, &'a arrow_array::ArrayRef)| {
            Ok((PyString::intern(py, field.name()), Cells::new(py, column.as_ref())?))
        };
        Ok(Records { py, fields: named.map(field).collect::<PyResult<_>>()? })
    }

    /// Row `row` as a dict.
    pub(super) fn get(&self, row: usize) -> PyResult<Bound<'py, PyDict>> {
        let record = PyDict::new(self.py);
        for (name, cells) in &self.fields {
            record.set_item(name, cells.get(row)?)?;
        }
        Ok(record)
    }
}

/// The cells of all `columns`, one after another.
pub(super) fn list<'a, 'py>(
    py: Python<'py>,
    columns: impl Iterator<Item = &'a dyn Array>,
) -> PyResult<Bound<'py, PyList>> {
    let mut made = Vec::new();
    for column in columns {
        let cells = Cells::new(py, column)?;
        made.reserve(column.len());
        for row in 0..column.len() {
            made.push(cells.get(row)?);
        }
    }
    PyList::new(py, made)
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
