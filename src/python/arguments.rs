//! What callers may pass, and what they are told when they may not.

use jiff::civil::Date;
use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateAccess, PySlice, PyString};

use super::errors::argument;

/// One string or several.
#[derive(FromPyObject)]
pub(super) enum Names {
    One(String),
    Many(Vec<String>),
}

impl Names {
    pub(super) fn list(names: Option<Names>) -> Vec<String> {
        match names {
            None => Vec::new(),
            Some(Names::One(name)) => vec![name],
            Some(Names::Many(names)) => names,
        }
    }
}

/// The members of an enumeration that are named, or an error that lists every name.
pub(super) fn members<T: Copy>(
    what: &str,
    names: Option<Names>,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> PyResult<Vec<T>> {
    let find = |wanted: String| {
        all.iter().copied().find(|t| name(*t) == wanted).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|t| name(*t)).collect();
            argument(format!("{what} is {wanted:?}; it can be {}", known.join(", ")))
        })
    };
    Names::list(names).into_iter().map(find).collect()
}

/// A position that may count from the end.
pub(super) fn index(i: isize, len: usize, what: &str) -> PyResult<usize> {
    let from_start = if i < 0 { i + len as isize } else { i };
    usize::try_from(from_start)
        .ok()
        .filter(|i| *i < len)
        .ok_or_else(|| PyIndexError::new_err(format!("{what} {i} of {len}")))
}

/// What a sequence is indexed with.
#[derive(FromPyObject)]
pub(super) enum Key<'py> {
    Index(isize),
    Slice(Bound<'py, PySlice>),
}

/// The rows that a slice picks.
pub(super) fn slice(slice: &Bound<'_, PySlice>, rows: &[u32]) -> PyResult<Vec<u32>> {
    let at = slice.indices(rows.len() as isize)?;
    Ok((0..at.slicelength).map(|i| rows[(at.start + i as isize * at.step) as usize]).collect())
}

/// A `str`, and where it held lone surrogates, in code points. Each of those becomes U+FFFD: one code point for one,
/// so that positions still hold in the string that was given.
pub(super) fn string(value: &Bound<'_, PyAny>) -> PyResult<(String, Vec<usize>)> {
    let Ok(text) = value.cast::<PyString>() else {
        let sort = value.get_type().name()?;
        return Err(PyTypeError::new_err(format!("a text must be a str, not {sort}")));
    };
    if let Ok(clean) = text.to_str() {
        return Ok((clean.to_owned(), Vec::new()));
    }
    let bytes: Vec<u8> = text.call_method1("encode", ("utf-32-le", "surrogatepass"))?.extract()?;
    let mut lone = Vec::new();
    let decode = |(i, b): (usize, &[u8])| {
        char::from_u32(u32::from_le_bytes([b[0], b[1], b[2], b[3]])).unwrap_or_else(|| {
            lone.push(i);
            '\u{fffd}'
        })
    };
    let clean = bytes.chunks_exact(4).enumerate().map(decode).collect();
    Ok((clean, lone))
}

/// What an optional field of a row may be: missing (None, NaN, NaT) or something with a text.
pub(super) fn field(value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if is_missing(value) {
        return Ok(None);
    }
    let text =
        if value.is_instance_of::<PyString>() { string(value)?.0 } else { string(value.str()?.as_any())?.0 };
    Ok(Some(text.trim().to_owned()).filter(|t| !t.is_empty()))
}

/// A day: a date, a datetime (of any library), or a string that begins with an ISO 8601 date. `Err` holds what it
/// was instead.
pub(super) fn date(value: &Bound<'_, PyAny>) -> PyResult<Result<Option<Date>, String>> {
    if is_missing(value) {
        return Ok(Ok(None));
    }
    if let Ok(day) = value.cast::<PyDate>() {
        let date = Date::new(day.get_year() as i16, day.get_month() as i8, day.get_day() as i8);
        return Ok(date.map(Some).map_err(|e| e.to_string()));
    }
    let text = value.str()?.to_string_lossy().trim().to_owned();
    let day: String = text.chars().take(10).collect();
    Ok(day.parse::<Date>().map(Some).map_err(|_| text))
}

/// A day that must be one, for arguments such as `since`.
pub(super) fn required_date(what: &str, value: Option<Bound<'_, PyAny>>) -> PyResult<Option<Date>> {
    let Some(value) = value else { return Ok(None) };
    date(&value)?
        .map_err(|text| argument(format!("{what} is {text:?}; give a date or a string as 2024-10-26")))
}

/// None, or something that does not equal itself: NaN, NaT.
fn is_missing(value: &Bound<'_, PyAny>) -> bool {
    value.is_none()
        || value.ne(value).unwrap_or(false)
        || value.get_type().name().is_ok_and(|n| n == "NAType")
}
