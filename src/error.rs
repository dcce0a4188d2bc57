//! What can go wrong, and where.
//!
//! An [`Error`] stops the call: nothing could be done. A [`Problem`] is one bad item of many: it is reported
//! and the good ones go on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Result of a call that may stop.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call could not be done at all. The message says what, where and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// The classes of [`Error`]; each has an exception of its own in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A path that does not exist or matches nothing.
    NotFound,
    /// Input that was found but holds nothing that can be read.
    NoDocuments,
    /// Bytes that are not a saved corpus of this version.
    Format,
    /// An argument outside its domain.
    Argument,
}

impl Error {
    /// An error of the given kind.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into() }
    }

    /// Its class.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// One item that could not be read or used, or was used with a reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file, as the user named it.
    pub path: String,
    /// The row in the file, for formats that have rows (0-based).
    pub row: Option<u64>,
    /// Which stage met it: `read` or `parse`.
    pub stage: String,
    /// A stable word for programs: `missing`, `binary`, `encoding`, `too_large`, `directory`, `link`, `io`, `empty`,
    /// `format`, `language`.
    pub kind: String,
    /// What happened, where (which byte), and what to do about it.
    pub message: String,
}
