//! From files to a collection.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{Array, LargeStringArray, RecordBatch, StringArray};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::folder::hexadecimal;
use super::manifest::{self, Entry, Found, Manifest};
use super::{save, state};
use crate::corpus::{Extraction, Progress};
use crate::error::{Error, ErrorKind, Problem, Result, Severity};
use crate::table::Collection;

/// Rows that are restored at a time.
const ROWS: usize = 256;

/// How often the folder is looked at again if a writer replaces what is being opened.
const ATTEMPTS: usize = 20;

/// A corpus that was saved, opened.
#[derive(Debug)]
pub struct Saved {
    /// Its documents, problems and claims.
    pub collection: Collection,
    parts: Vec<(String, Opened)>,
}

impl Saved {
    /// The rows of a part that was saved with the corpus, under the name it had then; `None` if there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] if its file cannot be read.
    pub fn part(&self, name: &str) -> Result<Option<Vec<RecordBatch>>> {
        let Some((_, file)) = self.parts.iter().find(|(part, _)| part == name) else { return Ok(None) };
        let batches = guarded(|| file.reader(&[])?.collect::<std::result::Result<Vec<_>, _>>().map_err(text));
        batches.map(Some).map_err(|why| file.damaged(&why))
    }
}

/// Reads the corpus that [`save`](super::save) wrote to `folder`; `None` if `progress` was told to stop.
///
/// # Errors
/// [`ErrorKind::NotFound`] if there is no such folder; [`ErrorKind::Format`] if it is no saved corpus, one of a newer
/// version, or a file of it is missing or not as it was written; [`ErrorKind::Storage`] if the system cannot read.
pub fn load(folder: &Path, progress: &Progress) -> Result<Option<Saved>> {
    let (manifest, mut files) = open(folder)?;
    let checked: Result<Option<Vec<()>>> = files
        .par_iter()
        .map(|(_, file)| if progress.stopped() { Ok(None) } else { file.check().map(Some) })
        .collect();
    if checked?.is_none() {
        return Ok(None);
    }
    let mut take = |part: &str| {
        let place = files.iter().position(|(name, _)| name == part);
        place.map(|i| files.swap_remove(i).1).ok_or_else(|| {
            let message = format!("`{}` has no table of {part}: {AGAIN}", folder.display());
            Error::new(ErrorKind::Format, message)
        })
    };
    let (documents, state, problems) = (take("documents")?, take("state")?, take("problems")?);
    files.retain(|(name, _)| !save::OWN.contains(&name.as_str()));

    let texts = guarded(|| texts(&documents)).map_err(|why| documents.damaged(&why))?;
    let problems_found = guarded(|| read_problems(&problems)).map_err(|why| problems.damaged(&why))?;
    let restored = guarded(|| restore(&state, texts, progress)).map_err(|why| state.damaged(&why))?;
    let Some((documents, extraction)) = restored else { return Ok(None) };
    if documents.len() as u64 != manifest.documents || extraction.claims.len() as u64 != manifest.claims {
        return Err(state.damaged("it does not have as many documents and claims as the manifest says"));
    }
    let foreign = manifest.foreign || manifest.program != env!("CARGO_PKG_VERSION");
    let collection = Collection::new(documents, problems_found).foreign(foreign);
    collection.set_extraction(extraction);
    Ok(Some(Saved { collection, parts: files }))
}

/// What to do about a file that is not as it was.
const AGAIN: &str =
    "copy the folder again from where it came from, or make the corpus anew from the articles";

/// The manifest, and every file that it names, opened: a writer that removes them afterwards does no harm.
fn open(folder: &Path) -> Result<(Manifest, Vec<(String, Opened)>)> {
    let mut before = None;
    for _ in 0..ATTEMPTS {
        let manifest = find(folder)?;
        let files: Result<Vec<(String, Opened)>> =
            manifest.files.iter().map(|e| Ok((e.part.clone(), Opened::new(folder, e)?))).collect();
        match files {
            Ok(files) => return Ok((manifest, files)),
            // The same manifest twice: nobody replaces it, the file is not there.
            Err(error) if before.as_ref() == Some(&manifest) => return Err(error),
            Err(_) => before = Some(manifest),
        }
    }
    let message = format!("`{}` is being written all the time; try again later", folder.display());
    Err(Error::new(ErrorKind::Storage, message))
}

fn find(folder: &Path) -> Result<Manifest> {
    let shown = folder.display();
    let format = |message: String| Err(Error::new(ErrorKind::Format, message));
    match std::fs::metadata(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Err(Error::new(ErrorKind::NotFound, format!("no folder `{shown}`")));
        }
        Ok(meta) if !meta.is_dir() => {
            return format(format!("`{shown}` is a file; a saved corpus is a folder (articles: rp.read)"));
        }
        _ => {}
    }
    let found = manifest::find(folder);
    let name = manifest::NAME;
    match found.map_err(|e| unreadable(&folder.join(name), &e))? {
        Found::Manifest(manifest) => Ok(manifest),
        Found::Nothing => format(format!(
            "`{shown}` is no saved corpus: it has no `{name}` (to read articles, use rp.read)"
        )),
        Found::Other(why) => {
            format(format!("`{shown}` is no saved corpus: `{name}` is something else ({why})"))
        }
        Found::Damaged(why) => format(format!("`{name}` in `{shown}` is damaged ({why}): {AGAIN}")),
        Found::Newer(version) => format(format!(
            "`{shown}` was written in version {version} of the format, and this program (reportedly {}) reads version \
             {}: update reportedly, or read the articles of its documents-….parquet with rp.read",
            env!("CARGO_PKG_VERSION"),
            manifest::VERSION
        )),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Storage, format!("`{}` could not be read: {error}", path.display()))
}

/// One file.
#[derive(Debug)]
struct Opened {
    path: PathBuf,
    file: File,
    entry: Entry,
}

impl Opened {
    fn new(folder: &Path, entry: &Entry) -> Result<Self> {
        let path = folder.join(&entry.file);
        match File::open(&path) {
            Ok(file) => Ok(Opened { path, file, entry: entry.clone() }),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let message = format!("`{}` is missing: {AGAIN}", path.display());
                Err(Error::new(ErrorKind::Format, message))
            }
            Err(e) => Err(unreadable(&path, &e)),
        }
    }

    fn damaged(&self, why: &str) -> Error {
        Error::new(ErrorKind::Format, format!("`{}` is damaged ({why}): {AGAIN}", self.path.display()))
    }

    /// Whether it has the bytes that were written.
    fn check(&self) -> Result<()> {
        let io = |e: io::Error| unreadable(&self.path, &e);
        let bytes = self.file.metadata().map_err(io)?.len();
        if bytes != self.entry.bytes {
            return Err(self.damaged(&format!("it has {bytes} bytes, not {}", self.entry.bytes)));
        }
        let mut file = &self.file;
        file.rewind().map_err(io)?;
        let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 17]);
        loop {
            match file.read(&mut buffer).map_err(io)? {
                0 => break,
                n => hasher.update(&buffer[..n]),
            }
        }
        if hexadecimal(&hasher.finalize()) != self.entry.sha256 {
            return Err(self.damaged("its bytes are not those that were written"));
        }
        Ok(())
    }

    /// Its rows; of the columns only `columns`, or all if none are named.
    fn reader(&self, columns: &[&str]) -> std::result::Result<ParquetRecordBatchReader, String> {
        let file = self.file.try_clone().map_err(text)?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(text)?;
        let mask = match columns {
            [] => ProjectionMask::all(),
            some => ProjectionMask::columns(builder.parquet_schema(), some.iter().copied()),
        };
        builder.with_projection(mask).with_batch_size(ROWS).build().map_err(text)
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The reader of Parquet, and whatever else, may panic over bytes that are crafted to pass the checks.
fn guarded<T>(read: impl FnOnce() -> std::result::Result<T, String>) -> std::result::Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("it is no table of a corpus".to_owned()))
}

fn texts(documents: &Opened) -> std::result::Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for batch in documents.reader(&["text"])? {
        let batch = batch.map_err(text)?;
        let column = batch.column_by_name("text");
        let column = column.and_then(|c| c.as_any().downcast_ref::<LargeStringArray>());
        let column = column.ok_or_else(|| "it has no column `text` of strings".to_owned())?;
        texts.extend(column.iter().map(|t| t.unwrap_or_default().to_owned()));
    }
    Ok(texts)
}

type Everything = (Vec<crate::document::Document>, Extraction);

fn restore(
    state: &Opened,
    texts: Vec<String>,
    progress: &Progress,
) -> std::result::Result<Option<Everything>, String> {
    let mut documents = Vec::with_capacity(texts.len());
    let mut extraction = Extraction::default();
    let mut texts = texts.into_iter();
    for batch in state.reader(&[])? {
        if progress.stopped() {
            return Ok(None);
        }
        let batch = batch.map_err(text)?;
        let of_batch: Vec<String> = texts.by_ref().take(batch.num_rows()).collect();
        if of_batch.len() != batch.num_rows() {
            return Err("it has more documents than there are texts".to_owned());
        }
        for one in state::restore(&batch, of_batch, documents.len())? {
            let first = extraction.claims.len() as u32;
            documents.push(one.document);
            extraction.claims.extend(one.claims);
            extraction.renamed.extend(one.renamed.into_iter().map(|mut r| {
                r.claim = r.claim.saturating_add(first);
                r
            }));
        }
    }
    if texts.next().is_some() {
        return Err("it has fewer documents than there are texts".to_owned());
    }
    Ok(Some((documents, extraction)))
}

fn read_problems(file: &Opened) -> std::result::Result<Vec<Problem>, String> {
    let mut problems = Vec::new();
    for batch in file.reader(&[])? {
        let batch = batch.map_err(text)?;
        let missing = |name: &str| format!("it has no column `{name}`");
        let words = |name: &str| {
            let column = batch.column_by_name(name);
            column.and_then(|c| c.as_any().downcast_ref::<StringArray>()).ok_or_else(|| missing(name))
        };
        let rows = batch.column_by_name("row").and_then(|c| c.as_primitive_opt::<UInt32Type>());
        let rows = rows.ok_or_else(|| missing("row"))?;
        let [path, stage, severity, kind, message, advice] =
            ["path", "stage", "severity", "kind", "message", "advice"].map(words);
        let (path, stage, severity, kind) = (path?, stage?, severity?, kind?);
        let (message, advice) = (message?, advice?);
        let all = [Severity::Information, Severity::Warning, Severity::Error];
        for i in 0..batch.num_rows() {
            let severity = all.into_iter().find(|s| s.as_str() == severity.value(i));
            problems.push(Problem {
                path: path.value(i).to_owned(),
                row: rows.is_valid(i).then(|| u64::from(rows.value(i))),
                stage: stage.value(i).to_owned(),
                severity: severity.ok_or_else(|| format!("row {i} has no severity that is known"))?,
                kind: kind.value(i).to_owned(),
                message: message.value(i).to_owned(),
                advice: if advice.is_valid(i) { advice.value(i).to_owned() } else { String::new() },
            });
        }
    }
    Ok(problems)
}
