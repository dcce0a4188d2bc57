//! Reading files, folders, bytes and file objects into a corpus.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use super::corpus::Corpus;
use super::errors::{ReportedlyError, argument};
use super::run;
use super::shared::Shared;
use crate::corpus;
use crate::error::{Problem, Severity};
use crate::read::{self as reading, Engine, FieldMap, ReadOptions, Source};
use crate::table::Collection;

/// Read files, folders and globs into a corpus.
///
/// What a file holds is found by its content: plain text, Markdown, HTML; JSON and JSON lines, CSV and TSV, Parquet
/// and Arrow; WARC; mail (EML, MBOX); RSS and Atom; exports of Nexis; each of these compressed (gzip, Zstandard,
/// bzip2) or in a ZIP archive. What cannot be read is listed in :attr:`Corpus.problems`, and the rest goes on.
///
/// Parameters
/// ----------
/// paths : str, os.PathLike, bytes, a binary file object, or a list of those
///     A folder is read with the folders inside it; a glob as ``"news/*.txt"`` may be given too. Bytes and file
///     objects are the content itself.
/// encoding : str, optional
///     Encoding of the files ("utf-8", "windows-1252"); found out for each file if not given.
/// fields : dict, optional
///     Which field of JSON, CSV, Parquet or Arrow holds which part of an article: keys of ``text``, ``title``,
///     ``published``, ``modified``, ``outlet``, ``byline``, ``url``, ``id``; values are names of fields or columns,
///     ``"source.name"`` for nested ones. What is not named is guessed from the names that are there.
/// recursive : bool
///     Whether folders inside folders are read.
/// html : {"own", "trafilatura"}
///     Who finds the article in a web page: this package, or trafilatura, if it is installed.
/// max_bytes : int, optional
///     Bytes of an article; 16 MiB if not given. Lines, rows and messages may have four to eight times as many.
/// max_file_bytes : int, optional
///     Bytes of a file that is held as a whole (mail, feeds, Nexis, what is in archives); 1 GiB if not given.
/// max_ratio : int, optional
///     How many times its size a compressed file may become, from 16 MiB on; 1000 if not given.
/// max_depth : int, optional
///     Elements of a page, values of JSON, or parts of a mail inside of each other; 256 if not given, for JSON never
///     more than 127. Deeper elements of a page are flattened, deeper JSON and mail is left out.
/// max_nodes : int, optional
///     Elements of a page, behind which it is cut; 500,000 if not given.
/// max_archives : int, optional
///     Archives inside of archives, and compression inside of compression; 2 if not given.
/// progress : callable, optional
///     Called as ``progress(done, total)`` from time to time; what it raises stops the reading.
/// jobs : int, optional
///     Threads for this corpus; ``REPORTEDLY_JOBS`` or all cores if not given.
/// errors : {"report", "raise"}
///     "raise" raises an exception at the first item that was left out or read with a reservation, instead of
///     listing it.
///
/// Raises
/// ------
/// ArgumentError
///     An encoding, a part of ``fields`` or an engine that does not exist, or no input.
/// NotFoundError
///     A path does not exist, or a glob matches nothing.
/// NoDocumentsError
///     Nothing in the paths could be read.
///
/// Examples
/// --------
/// >>> import pathlib, tempfile
/// >>> import reportedly as rp
/// >>> folder = pathlib.Path(tempfile.mkdtemp())
/// >>> _ = (folder / "rain.txt").write_text("It rained in Seoul.")
/// >>> rp.read(folder)[0].text
/// 'It rained in Seoul.'
/// >>> rp.read(b"It snowed in Busan.")[0].text
/// 'It snowed in Busan.'
/// >>> rp.read(b'{"head": "Snow", "body_html": "<p>It snowed.</p>"}', fields={"title": "head", "text": "body_html"})[0].title
/// 'Snow'
#[pyfunction]
#[pyo3(signature = (
    paths: "str | os.PathLike[str] | bytes | BinaryIO | Sequence[str | os.PathLike[str] | bytes | BinaryIO]", *,
    encoding = None, fields: "dict[str, str] | None" = None, html: "str" = "own", recursive = true,
    max_bytes = None, max_file_bytes = None, max_ratio = None, max_depth = None, max_nodes = None, max_archives = None,
    progress: "Callable[[int, int], object] | None" = None, jobs = None, errors: "str" = "report"
))]
#[allow(clippy::too_many_arguments)]
pub fn read(
    py: Python<'_>,
    paths: &Bound<'_, PyAny>,
    encoding: Option<String>,
    fields: Option<BTreeMap<String, String>>,
    html: &str,
    recursive: bool,
    max_bytes: Option<u64>,
    max_file_bytes: Option<u64>,
    max_ratio: Option<u64>,
    max_depth: Option<usize>,
    max_nodes: Option<usize>,
    max_archives: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
    jobs: Option<usize>,
    errors: &str,
) -> PyResult<Corpus> {
    let strict = is_strict(errors)?;
    let limits = Limits { max_bytes, max_file_bytes, max_ratio, max_depth, max_nodes, max_archives };
    let inputs = sources(paths)?;
    let options = options(py, encoding, fields, html, recursive, &limits)?;
    let outcome = run::run(py, jobs, progress.as_ref(), move |job| {
        let (articles, mut problems) = match reading::sources(inputs, &options) {
            Ok(read) => read,
            Err(error) => return Some(Err(error)),
        };
        job.total.store(articles.len(), Ordering::Release);
        let documents = corpus::parse_all(articles, &job.progress)?;
        problems.extend(corpus::notes(&documents));
        Some(Ok((documents, problems)))
    })?;
    let (documents, problems) = outcome?;
    if strict {
        refuse(&problems)?;
    }
    Ok(Corpus { shared: Shared::new(Collection::new(documents, problems), jobs) })
}

/// Reads as [`read`] does where nothing but the paths is given.
pub(super) fn read_all(py: Python<'_>, paths: &Bound<'_, PyAny>, jobs: Option<usize>) -> PyResult<Corpus> {
    read(py, paths, None, None, "own", true, None, None, None, None, None, None, None, jobs, "report")
}

/// Bounds that were given.
pub(super) struct Limits {
    pub(super) max_bytes: Option<u64>,
    pub(super) max_file_bytes: Option<u64>,
    pub(super) max_ratio: Option<u64>,
    pub(super) max_depth: Option<usize>,
    pub(super) max_nodes: Option<usize>,
    pub(super) max_archives: Option<usize>,
}

/// How to read.
pub(super) fn options(
    py: Python<'_>,
    encoding: Option<String>,
    fields: Option<BTreeMap<String, String>>,
    html: &str,
    recursive: bool,
    limits: &Limits,
) -> PyResult<ReadOptions> {
    let usual = ReadOptions::default();
    Ok(ReadOptions {
        encoding,
        fields: FieldMap::new(fields.unwrap_or_default())?,
        engine: engine(py, html)?,
        recursive,
        max_bytes: limits.max_bytes.unwrap_or(usual.max_bytes),
        max_file_bytes: limits.max_file_bytes.unwrap_or(usual.max_file_bytes),
        max_ratio: limits.max_ratio.unwrap_or(usual.max_ratio),
        max_depth: limits.max_depth.unwrap_or(usual.max_depth),
        max_nodes: limits.max_nodes.unwrap_or(usual.max_nodes),
        max_archives: limits.max_archives.unwrap_or(usual.max_archives),
    })
}

/// What `errors` says.
pub(super) fn is_strict(errors: &str) -> PyResult<bool> {
    match errors {
        "report" => Ok(false),
        "raise" => Ok(true),
        _ => Err(argument(format!("errors is {errors:?}; it can be \"report\" or \"raise\""))),
    }
}

/// The first problem that matters, as an exception.
pub(super) fn refuse(problems: &[Problem]) -> PyResult<()> {
    match problems.iter().find(|p| p.severity > Severity::Information) {
        Some(first) => Err(ReportedlyError::new_err(first.to_string())),
        None => Ok(()),
    }
}

/// The reader of web pages that is wished for.
fn engine(py: Python<'_>, name: &str) -> PyResult<Option<Engine>> {
    match name {
        "own" => Ok(None),
        "trafilatura" => {
            let function = py.import("reportedly._pages")?.call_method0("trafilatura")?.unbind();
            Ok(Some(Engine::new(move |page: &str, address: Option<&str>| {
                Python::attach(|py| {
                    let blocks = function.bind(py).call1((page, address))?;
                    blocks.extract::<Vec<(String, String)>>()
                })
                .map_err(|e| e.to_string())
            })))
        }
        other => Err(argument(format!("html is {other:?}; it can be \"own\" or \"trafilatura\""))),
    }
}

/// What was given, one or several.
pub(super) fn sources(given: &Bound<'_, PyAny>) -> PyResult<Vec<Source>> {
    if let Some(one) = source(given, 1)? {
        return Ok(vec![one]);
    }
    let several = given.try_iter().map_err(|_| wrong(given))?;
    several
        .enumerate()
        .map(|(i, item)| {
            let item = item?;
            source(&item, i + 1)?.ok_or_else(|| wrong(&item))
        })
        .collect()
}

fn wrong(given: &Bound<'_, PyAny>) -> PyErr {
    let sort = given.get_type().name().map_or_else(|_| "object".to_owned(), |n| n.to_string());
    PyTypeError::new_err(format!("paths must be paths, bytes or binary file objects, not {sort}"))
}

/// A path, bytes, or a file object.
fn source(given: &Bound<'_, PyAny>, number: usize) -> PyResult<Option<Source>> {
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(Some(Source::Bytes(format!("bytes-{number}"), bytes.as_bytes().to_vec())));
    }
    if given.hasattr("read")? {
        let name = given.getattr("name").ok().and_then(|n| n.extract().ok());
        let file = FileObject { file: given.clone().unbind(), rest: Vec::new(), at: 0 };
        return Ok(Some(Source::Stream(name.unwrap_or_else(|| format!("file-{number}")), Box::new(file))));
    }
    let Ok(path) = given.extract::<PathBuf>() else { return Ok(None) };
    let unreadable = |p: std::ffi::OsString| {
        argument(format!("the path {} is not valid Unicode; rename it", PathBuf::from(p).display()))
    };
    path.into_os_string().into_string().map(|p| Some(Source::Path(p))).map_err(unreadable)
}

/// A file object of Python, read piece by piece with the interpreter held only for each piece.
struct FileObject {
    file: Py<PyAny>,
    rest: Vec<u8>,
    at: usize,
}

impl Read for FileObject {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const PIECE: usize = 1 << 20;
        if self.at == self.rest.len() {
            self.rest = Python::attach(|py| {
                let piece = self.file.bind(py).call_method1("read", (PIECE,))?;
                match piece.cast::<PyString>() {
                    Ok(text) => Ok(text.to_cow()?.into_owned().into_bytes()),
                    Err(_) => piece.extract::<Vec<u8>>(),
                }
            })
            .map_err(|e: PyErr| io::Error::other(e.to_string()))?;
            self.at = 0;
        }
        let n = buffer.len().min(self.rest.len() - self.at);
        buffer[..n].copy_from_slice(&self.rest[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
