//! Pickling: the class, and one bytes object in the postcard format.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::table::{decode, encode};

/// What `__reduce__` returns: how to make it again, and from what.
pub(super) type Reduced<'py> = (Bound<'py, PyAny>, (Bound<'py, PyBytes>,));

/// `cls._restore` and the bytes for it.
pub(super) fn reduce<'py, T: pyo3::PyTypeInfo>(py: Python<'py>, bytes: &[u8]) -> PyResult<Reduced<'py>> {
    Ok((py.get_type::<T>().getattr("_restore")?, (PyBytes::new(py, bytes),)))
}

/// The same for a class that can be serialised whole.
pub(super) fn reduce_value<'py, T>(py: Python<'py>, value: &T) -> PyResult<Reduced<'py>>
where
    T: pyo3::PyTypeInfo + Serialize,
{
    reduce::<T>(py, &encode(value)?)
}

/// What [`reduce_value`] stored.
pub(super) fn restore<T: DeserializeOwned>(bytes: &[u8]) -> PyResult<T> {
    Ok(decode(bytes)?)
}
