//! `manifest.json`: which files make the corpus, and which version of the format they have.

use std::path::Path;

use serde::{Deserialize, Serialize};

pub(super) use super::mark::NAME;
use super::mark::{self, Head, KIND};
use crate::error::{Error, ErrorKind, Result};

/// The version of the format that is written, and the highest that is read. It grows whenever files of before would be
/// misread, which is also so if a type that is stored in `state` changes: a test tells.
pub(super) const VERSION: u64 = 1;

/// What a saved corpus consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    kind: String,
    version: u64,
    /// The version of the program that wrote it.
    pub(super) program: String,
    pub(super) documents: u64,
    pub(super) claims: u64,
    /// Whether a version before `program` extracted the claims.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) foreign: bool,
    pub(super) files: Vec<Entry>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// What it holds: `documents`, `claims`, …
    pub(super) part: String,
    /// Its name in the folder.
    pub(super) file: String,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub(super) sha256: String,
}

/// What a folder has for a manifest.
pub(super) enum Found {
    Nothing,
    /// A file of that name that is no manifest of a corpus, and why not.
    Other(String),
    /// A manifest of a version that this program does not read.
    Newer(u64),
    /// It is of a version that can be read, but the rest of it cannot.
    Damaged(String),
    Manifest(Manifest),
}

impl Manifest {
    pub(super) fn new(documents: usize, claims: usize, foreign: bool, files: Vec<Entry>) -> Self {
        Manifest {
            kind: KIND.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            documents: documents as u64,
            claims: claims as u64,
            foreign,
            files,
        }
    }

    /// As it is written.
    pub(super) fn text(&self) -> Result<String> {
        let text = serde_json::to_string_pretty(self);
        text.map(|t| t + "\n").map_err(|e| Error::new(ErrorKind::Format, format!("no manifest: {e}")))
    }
}

/// The manifest of `folder`.
pub(super) fn find(folder: &Path) -> std::io::Result<Found> {
    Ok(mark::text(folder)?.map_or(Found::Nothing, |text| read(&text)))
}

fn read(text: &[u8]) -> Found {
    match serde_json::from_slice::<Head>(text) {
        Err(e) => return Found::Other(e.to_string()),
        Ok(head) if head.kind != KIND => return Found::Other(format!("its kind is {:?}", head.kind)),
        Ok(head) if head.version != VERSION => return Found::Newer(head.version),
        Ok(_) => {}
    }
    match serde_json::from_slice::<Manifest>(text) {
        Err(e) => Found::Damaged(e.to_string()),
        // A name that leads out of the folder was not written by this program.
        Ok(manifest) => match manifest.files.iter().find(|e| file_name(&e.part, &e.sha256) != e.file) {
            Some(entry) => Found::Damaged(format!("{:?} is no name of a file of it", entry.file)),
            None => Found::Manifest(manifest),
        },
    }
}

/// The name of the file of a part, by its content.
pub(super) fn file_name(part: &str, sha256: &str) -> String {
    format!("{part}-{}.parquet", sha256.get(..12).unwrap_or(sha256))
}

/// Whether `name` is one that [`file_name`] gives.
pub(super) fn is_file_name(name: &str) -> bool {
    let parts = name.strip_suffix(".parquet").and_then(|stem| stem.rsplit_once('-'));
    parts.is_some_and(|(part, hash)| {
        is_part_name(part) && hash.len() == 12 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Whether a part may be called so.
pub(super) fn is_part_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_manifests_are_not_ours() {
        for text in ["", "[]", "{}", r#"{"manifest_version": 3, "name": "x", "version": "1.0"}"#] {
            assert!(matches!(read(text.as_bytes()), Found::Other(_)), "{text}");
        }
        let newer = br#"{"kind": "reportedly corpus", "version": 2, "tables": {}}"#;
        assert!(matches!(read(newer), Found::Newer(2)));
        assert!(matches!(read(br#"{"kind": "reportedly corpus", "version": 1}"#), Found::Damaged(_)));
    }

    #[test]
    fn what_is_written_is_read() {
        let sha256 = "0123456789abcdef".repeat(4);
        let file = file_name("claims", &sha256);
        assert!(is_file_name(&file) && !is_file_name("claims-1.parquet") && !is_file_name(NAME));
        let entry = Entry { part: "claims".to_owned(), file, rows: 3, bytes: 9, sha256 };
        let manifest = Manifest::new(2, 3, false, vec![entry.clone()]);
        let text = manifest.text().unwrap();
        let Found::Manifest(again) = read(text.as_bytes()) else { panic!("{text}") };
        assert_eq!(again, manifest);

        let elsewhere = Entry { file: "../claims.parquet".to_owned(), ..entry };
        let text = Manifest::new(2, 3, false, vec![elsewhere]).text().unwrap();
        assert!(matches!(read(text.as_bytes()), Found::Damaged(_)));
    }
}
