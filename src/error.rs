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
    /// A corpus that could not be written or read: no space, no permission, another writer, a folder of something
    /// else.
    Storage,
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

/// One item that could not be read or used, or was used with a reservation, or of which something is to be known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// The file, as the user named it.
    pub path: String,
    /// The row in the file, for formats that have rows (0-based).
    pub row: Option<u64>,
    /// Which stage met it: `read` or `parse`.
    pub stage: String,
    /// How much it matters.
    pub severity: Severity,
    /// A stable word for programs: `missing`, `binary`, `encoding`, `too_large`, `too_deep`, `directory`, `link`, `io`, `empty`,
    /// `format`, `field`, `date`, `truncated`, `language`, `repair`, `saved`.
    pub kind: String,
    /// What happened, and where (which byte, which field).
    pub message: String,
    /// What to do about it; empty if there is nothing.
    pub advice: String,
}

/// How much a [`Problem`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is lost; it is good to know.
    Information,
    /// The item was used with a reservation.
    Warning,
    /// The item was left out.
    Error,
}

impl Severity {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl Problem {
    /// An item of the stage `read` that was left out.
    pub(crate) fn read(
        path: &str,
        kind: &str,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Problem {
            path: path.to_owned(),
            row: None,
            stage: "read".to_owned(),
            severity: Severity::Error,
            kind: kind.to_owned(),
            message: message.into(),
            advice: advice.into(),
        }
    }

    /// Something that is good to know about an item of the stage `parse`.
    pub(crate) fn parse(
        path: &str,
        kind: &str,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let (stage, severity) = ("parse".to_owned(), Severity::Information);
        Problem { stage, severity, ..Problem::read(path, kind, message, advice) }
    }

    /// The same, at a row.
    pub(crate) fn at(self, row: Option<u64>) -> Self {
        Problem { row, ..self }
    }

    /// The same, for an item that was used all the same.
    pub(crate) fn warning(self) -> Self {
        Problem { severity: Severity::Warning, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.advice.is_empty() { Ok(()) } else { write!(f, "; {}", self.advice) }
    }
}
