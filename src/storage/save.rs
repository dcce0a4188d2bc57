//! From a collection to files.

use std::path::Path;

use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::folder::{Draft, Folder, failed};
use super::manifest::{self, Manifest};
use super::{Part, state};
use crate::corpus::Progress;
use crate::error::{Error, ErrorKind, Result};
use crate::table::{self, Collection};

/// Names that are not free for other parts.
pub(super) const OWN: [&str; 7] = ["documents", "claims", "figures", "times", "places", "problems", "state"];

/// Fewer bytes for a little more time than the usual 1.
const LEVEL: i32 = 3;

/// Writes a collection whose claims are known, and other parts that belong to it, to `folder`, in the place of the
/// corpus that is there, if one is. The same collection and parts give the same bytes.
///
/// Whatever ends it before its end (an error, a signal, a power cut), the folder holds what it held. Returns whether
/// it was done: `false` if `progress` was told to stop.
///
/// # Errors
/// [`ErrorKind::Storage`] if the folder holds something else, is being written by another, or cannot be written;
/// [`ErrorKind::Format`] if it holds a corpus of a newer version; [`ErrorKind::Argument`] if a part has no good name.
pub fn save(collection: &Collection, parts: &[Part], folder: &Path, progress: &Progress) -> Result<bool> {
    for part in parts {
        if OWN.contains(&part.name.as_str()) || !manifest::is_part_name(&part.name) {
            let message = format!("a part cannot be called {:?}", part.name);
            return Err(Error::new(ErrorKind::Argument, message));
        }
    }
    let folder = Folder::open(folder)?;
    let claims = collection.claims().map_or(0, <[_]>::len);
    let rows: Vec<u32> = (0..claims as u32).collect();
    let mut files = Files { folder: &folder, progress, drafts: Vec::new(), entries: Vec::new() };
    let own: [(&str, &mut dyn Iterator<Item = Result<RecordBatch>>); 7] = [
        ("documents", &mut table::articles(collection).map(Ok)),
        ("claims", &mut at_least_one(table::claims(Whole(collection), rows)).map(Ok)),
        ("figures", &mut table::figures(collection).map(Ok)),
        ("times", &mut table::times_of_claims(collection).map(Ok)),
        ("places", &mut table::places_of_claims(collection).map(Ok)),
        ("problems", &mut std::iter::once(table::problems(collection)).map(Ok)),
        ("state", &mut state::batches(collection)),
    ];
    for (name, batches) in own {
        if !files.write(name, batches)? {
            return Ok(false);
        }
    }
    for part in parts {
        if !files.write(&part.name, &mut part.batches.iter().cloned().map(Ok))? {
            return Ok(false);
        }
    }
    let Files { drafts, entries, .. } = files;
    let manifest = Manifest::new(collection.documents().len(), claims, collection.is_foreign(), entries);
    folder.commit(manifest, drafts)?;
    Ok(true)
}

/// What the table of claims looks into.
struct Whole<'c>(&'c Collection);

impl AsRef<Collection> for Whole<'_> {
    fn as_ref(&self) -> &Collection {
        self.0
    }
}

/// A table without rows still has columns.
fn at_least_one(claims: impl Iterator<Item = RecordBatch>) -> impl Iterator<Item = RecordBatch> {
    let mut claims = claims.peekable();
    let none = claims.peek().is_none().then(|| RecordBatch::new_empty(table::claims_schema()));
    none.into_iter().chain(claims)
}

/// The files written so far.
struct Files<'f> {
    folder: &'f Folder<'f>,
    progress: &'f Progress,
    drafts: Vec<Draft>,
    entries: Vec<manifest::Entry>,
}

impl Files<'_> {
    /// Writes one table; `false` if told to stop.
    fn write(&mut self, part: &str, batches: &mut dyn Iterator<Item = Result<RecordBatch>>) -> Result<bool> {
        let draft = self.folder.draft(part)?;
        let path = draft.path().to_owned();
        let broken = |e: parquet::errors::ParquetError| failed(&path, &e);
        let Some(first) = batches.next().transpose()? else {
            let message = format!("the part {part:?} has no batch, and so no columns");
            return Err(Error::new(ErrorKind::Argument, message));
        };
        let level = ZstdLevel::try_new(LEVEL).map_err(broken)?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
        let mut writer = ArrowWriter::try_new(draft, first.schema(), Some(properties)).map_err(broken)?;
        let mut rows = 0;
        for batch in std::iter::once(Ok(first)).chain(batches) {
            if self.progress.stopped() {
                return Ok(false);
            }
            let batch = batch?;
            rows += batch.num_rows() as u64;
            writer.write(&batch).map_err(broken)?;
            // A batch is a group of rows, so that no more than one is in memory.
            writer.flush().map_err(broken)?;
        }
        let mut draft = writer.into_inner().map_err(broken)?;
        draft.finish()?;
        self.entries.push(draft.entry(part, rows));
        self.drafts.push(draft);
        Ok(true)
    }
}
