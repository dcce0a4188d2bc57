//! Errors of the core as exceptions of `reportedly._errors`, where they are documented and typed.

use pyo3::prelude::*;

use crate::error::{Error, ErrorKind};

pyo3::import_exception!(reportedly._errors, ReportedlyError);
pyo3::import_exception!(reportedly._errors, NotFoundError);
pyo3::import_exception!(reportedly._errors, NoDocumentsError);
pyo3::import_exception!(reportedly._errors, FormatError);
pyo3::import_exception!(reportedly._errors, ArgumentError);
pyo3::import_exception!(reportedly._errors, StorageError);
pyo3::import_exception!(reportedly._errors, InternalError);

impl From<Error> for PyErr {
    fn from(error: Error) -> PyErr {
        let message = error.to_string();
        match error.kind() {
            ErrorKind::NotFound => NotFoundError::new_err(message),
            ErrorKind::NoDocuments => NoDocumentsError::new_err(message),
            ErrorKind::Format => FormatError::new_err(message),
            ErrorKind::Argument => ArgumentError::new_err(message),
            ErrorKind::Storage => StorageError::new_err(message),
        }
    }
}

/// An argument outside its domain.
pub(super) fn argument(message: impl Into<String>) -> PyErr {
    ArgumentError::new_err(message.into())
}
