//! What was stored: corpora on disk, and pickles.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{LargeBinaryArray, LargeStringArray, RecordBatch, StringArray, UInt32Array};
use reportedly::corpus::Progress;
use reportedly::search::Index;
use reportedly::storage;
use reportedly::table::Collection;
use sha2::{Digest as _, Sha256};

use crate::{made, whole};

/// What a pickle begins with: the name and version of the program, and the length of that.
#[must_use]
pub fn mark() -> Vec<u8> {
    let empty = Collection::default().to_bytes().expect("every collection can be stored");
    empty[..=usize::from(empty[0])].to_vec()
}

/// The bytes of a pickle. What can be restored can be looked at.
pub fn pickle(data: &[u8]) {
    if let Ok(collection) = Collection::from_bytes(&[&mark(), data].concat())
        && collection.claims().is_some()
    {
        whole::look(&collection);
    }
}

/// A folder with a saved corpus of one document, whose checksums are right and whose contents are the data: the row of
/// `state` with its text, a whole file, or the manifest. The first byte chooses which (and gives the number of claims),
/// the next four are the lengths of the first two parts of a row.
pub fn folder(data: &[u8]) {
    let Some(([how, a, b, c, d], bytes)) = data.split_first_chunk() else { return };
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let cut = |bytes: &'_ [u8], low: &u8, high: &u8| usize::from(u16::from_le_bytes([*low, *high])).min(bytes.len());
    let (document, rest) = bytes.split_at(cut(bytes, a, b));
    let (claims, text) = rest.split_at(cut(rest, c, d));
    let own = |name: &str| match name {
        "documents" => made::parquet(&texts(&String::from_utf8_lossy(text))),
        "state" => made::parquet(&state(document, claims)),
        _ => made::parquet(&problems()),
    };
    let whole_file = ["", "documents", "state", "problems", "search_units"][*how as usize % 6 % 5];
    let mut entries = Vec::new();
    for part in ["documents", "state", "problems", "search_terms", "search_units"] {
        let content = if part == whole_file { bytes.to_vec() } else { own(part) };
        entries.push(write(folder.path(), part, &content));
    }
    let (kind, files, claims) = ("reportedly corpus", entries.join(", "), how >> 4);
    let manifest = format!(
        r#"{{"kind": "{kind}", "version": 1, "program": "0", "documents": 1, "claims": {claims}, "files": [{files}]}}"#
    );
    let manifest = if how % 6 == 5 { bytes } else { manifest.as_bytes() };
    fs::write(folder.path().join("manifest.json"), manifest).expect("a file can be written");
    let _ = storage::is_saved(folder.path());
    let Ok(Some(saved)) = storage::load(folder.path(), &Progress::default()) else { return };
    let collection = &saved.collection;
    if let (Ok(Some(terms)), Ok(Some(units)), Some(claims)) =
        (saved.part("search_terms"), saved.part("search_units"), collection.claims())
    {
        let _ = Index::from_batches(&terms, &units, collection.documents(), claims);
    }
    whole::look(collection);
}

fn write(folder: &Path, part: &str, content: &[u8]) -> String {
    let sha256: String = Sha256::digest(content).iter().map(|b| format!("{b:02x}")).collect();
    let file = format!("{part}-{}.parquet", &sha256[..12]);
    fs::write(folder.join(&file), content).expect("a file can be written");
    let bytes = content.len();
    format!(r#"{{"part": "{part}", "file": "{file}", "rows": 1, "bytes": {bytes}, "sha256": "{sha256}"}}"#)
}

fn state(document: &[u8], claims: &[u8]) -> RecordBatch {
    let column = |bytes: &[u8]| Arc::new(LargeBinaryArray::from(vec![bytes])) as _;
    RecordBatch::try_from_iter([("document", column(document)), ("claims", column(claims))]).expect("columns fit")
}

fn texts(text: &str) -> RecordBatch {
    RecordBatch::try_from_iter([("text", Arc::new(LargeStringArray::from(vec![text])) as _)]).expect("columns fit")
}

fn problems() -> RecordBatch {
    let words = || Arc::new(StringArray::from(Vec::<&str>::new())) as _;
    RecordBatch::try_from_iter([
        ("path", words()),
        ("row", Arc::new(UInt32Array::from(Vec::<u32>::new())) as _),
        ("stage", words()),
        ("severity", words()),
        ("kind", words()),
        ("message", words()),
        ("advice", words()),
    ])
    .expect("columns fit")
}
