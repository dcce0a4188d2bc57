//! Inputs of any size, batch by batch.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::arguments;
use super::claims::Claims;
use super::corpus::{Corpus, count};
use super::document::{Document, DocumentIter};
use super::errors::{ReportedlyError, argument};
use super::frame::Frame;
use super::pickle::{self, Reduced};
use super::read::{self, Limits};
use super::run;
use super::shared::Shared;
use crate::corpus;
use crate::read::{self as reading, BatchSize, Next};
use crate::table::{self, Collection};

/// How long Ctrl-C may go unheard.
const TICK: Duration = Duration::from_millis(50);

/// Read files, folders and globs of any size, a batch of articles at a time.
///
/// Memory is that of a batch, and of the next one, which is read meanwhile: however many articles there are. Formats
/// that hold many (JSON lines, JSON arrays, CSV, Parquet, Arrow, WARC, mailboxes, ZIP, also compressed) are streamed.
/// Claims are those of :func:`read` but for two things, which need all articles at once: a party keeps the name
/// that its article gives it, and "yesterday" in an article without a date stays open. In return a claim
/// depends on nothing but its article: not on what is read with it, the size of batches, or the number of threads.
/// Ledger, copies and findings need the articles of a story together: see :meth:`Batch.corpus`.
///
/// Parameters
/// ----------
/// paths : str, os.PathLike, bytes, a binary file object, or a list of those
///     As for :func:`read`. A file object is read ahead of what was handed out.
/// batch_size : int
///     Articles and problems in a batch. A batch also ends when it has 32 MiB of text.
/// encoding, fields, html, recursive, max_bytes, max_file_bytes, max_ratio, max_depth, max_nodes, max_archives
///     As for :func:`read`.
/// jobs : int, optional
///     Threads; ``REPORTEDLY_JOBS`` or all cores if not given.
/// errors : {"report", "raise"}
///     "raise" raises an exception at the first batch with something that was left out or read with a reservation.
///
/// Returns
/// -------
/// Scan
///     An iterator of :class:`Batch`. Ids of documents are unique over all batches.
///
/// Raises
/// ------
/// ArgumentError
///     An encoding, a part of ``fields`` or an engine that does not exist, no input, or a batch size of 0.
/// NotFoundError
///     A path does not exist, or a glob matches nothing.
/// NoDocumentsError
///     At the end, if nothing could be read.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> lines = b'{"text": "It rained, Ann Lee said."}\n' * 5
/// >>> for batch in rp.scan(lines, batch_size=2):
/// ...     print(batch.first, len(batch), [claim.source.name for claim in batch.claims])
/// 0 2 ['Ann Lee', 'Ann Lee']
/// 2 2 ['Ann Lee', 'Ann Lee']
/// 4 1 ['Ann Lee']
#[pyfunction]
#[pyo3(signature = (
    paths: "str | os.PathLike[str] | bytes | BinaryIO | Sequence[str | os.PathLike[str] | bytes | BinaryIO]", *,
    batch_size = 1000, encoding = None, fields: "dict[str, str] | None" = None, html: "str" = "own", recursive = true,
    max_bytes = None, max_file_bytes = None, max_ratio = None, max_depth = None, max_nodes = None, max_archives = None,
    jobs = None, errors: "str" = "report"
))]
#[allow(clippy::too_many_arguments)]
pub fn scan(
    py: Python<'_>,
    paths: &Bound<'_, PyAny>,
    batch_size: usize,
    encoding: Option<String>,
    fields: Option<std::collections::BTreeMap<String, String>>,
    html: &str,
    recursive: bool,
    max_bytes: Option<u64>,
    max_file_bytes: Option<u64>,
    max_ratio: Option<u64>,
    max_depth: Option<usize>,
    max_nodes: Option<usize>,
    max_archives: Option<usize>,
    jobs: Option<usize>,
    errors: &str,
) -> PyResult<Scan> {
    if batch_size == 0 {
        return Err(argument("batch_size is 0; it must be a number of articles"));
    }
    let limits = Limits { max_bytes, max_file_bytes, max_ratio, max_depth, max_nodes, max_archives };
    let options = read::options(py, encoding, fields, html, recursive, &limits)?;
    let strict = read::is_strict(errors)?;
    let (inputs, pool) = (read::sources(paths)?, run::pool(jobs)?);
    let size = BatchSize { items: batch_size, ..BatchSize::default() };
    let scan = py.detach(|| reading::Scan::new(inputs, options, size, pool))?;
    Ok(Scan { scan, jobs, strict, broken: AtomicBool::new(false), process: std::process::id() })
}

/// Batches of articles as they are read: what :func:`scan` returns.
///
/// Each batch is handed out once, also to several threads. If work on one was interrupted, the scan is over.
#[pyclass(frozen, module = "reportedly")]
pub struct Scan {
    scan: reading::Scan,
    jobs: Option<usize>,
    strict: bool,
    /// Set while a batch is out of the queue and not yet handed out; stays so if that fails.
    broken: AtomicBool,
    process: u32,
}

impl Scan {
    /// The next batch as it was read.
    fn take(&self, py: Python<'_>) -> PyResult<Option<reading::Batch>> {
        if self.broken.load(Ordering::Acquire) {
            let message =
                "this scan ended with an exception, and the batch it was at is lost; begin another one";
            return Err(ReportedlyError::new_err(message));
        }
        if self.process != std::process::id() {
            let message = "a scan does not go on in a forked process; begin it there";
            return Err(ReportedlyError::new_err(message));
        }
        loop {
            match py.detach(|| self.scan.next_within(TICK))? {
                Next::Batch(batch) => return Ok(Some(*batch)),
                Next::Later => py.check_signals()?,
                Next::End => return Ok(None),
                Next::Panicked(panic) => return Err(run::internal(panic.as_ref())),
            }
        }
    }

    fn work(&self, py: Python<'_>, read: reading::Batch) -> PyResult<Batch> {
        let reading::Batch { articles, mut problems, first, digest } = read;
        if self.strict {
            read::refuse(&problems)?;
        }
        let collection = run::run(py, self.jobs, None, move |job| {
            let documents = corpus::parse_all(articles, &job.progress)?;
            problems.extend(corpus::notes(&documents));
            let extraction = corpus::extract_apart(&documents, &job.progress)?;
            let collection = Collection::new(documents, problems);
            collection.set_extraction(extraction);
            Some(collection)
        })?;
        if self.strict {
            read::refuse(collection.problems())?;
        }
        Ok(Batch { shared: Shared::new(collection, self.jobs), first, digest })
    }
}

#[pymethods]
impl Scan {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Batch>> {
        let Some(read) = self.take(py)? else { return Ok(None) };
        let batch = self.work(py, read);
        if batch.is_err() {
            self.broken.store(true, Ordering::Release);
        }
        batch.map(Some)
    }

    /// Read the next batch and leave it; its digest and number of documents, None at the end.
    #[pyo3(signature = () -> "tuple[str, int] | None")]
    fn _skip(&self, py: Python<'_>) -> PyResult<Option<(String, usize)>> {
        Ok(self.take(py)?.map(|batch| (hexadecimal(batch.digest), batch.articles.len())))
    }
}

fn hexadecimal(digest: u64) -> String {
    format!("{digest:016x}")
}

/// Some articles of a scan, with their claims.
///
/// It can be indexed, and iterated over, as a corpus can: its items are documents.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> (batch,) = rp.scan(b'"It rains," Ann Lee said.')
/// >>> batch.claims[0].content, batch[0].text
/// ('"It rains,"', '"It rains," Ann Lee said.')
#[pyclass(frozen, module = "reportedly")]
pub struct Batch {
    shared: Arc<Shared>,
    first: u64,
    digest: u64,
}

#[pymethods]
impl Batch {
    fn __len__(&self) -> usize {
        self.shared.collection.documents().len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<Document> {
        let index = arguments::index(index, self.__len__(), "document")?;
        Ok(Document::new(self.shared.clone(), index))
    }

    fn __iter__(&self) -> DocumentIter {
        DocumentIter::new(self.shared.clone())
    }

    /// How many documents of the scan came before this batch.
    #[getter]
    fn first(&self) -> u64 {
        self.first
    }

    /// The claims of its documents; the column ``claim`` counts within the batch.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> (batch,) = rp.scan(b'"It rains," Ann Lee said.')
    /// >>> batch.claims.to_dicts()[0]["source"]
    /// 'Ann Lee'
    #[getter]
    fn claims(&self) -> Claims {
        Claims::all(self.shared.clone())
    }

    /// An overview of its documents, as :attr:`Corpus.documents`.
    #[getter]
    fn documents(&self) -> Frame {
        Frame::new("documents", table::documents(&self.shared.collection))
    }

    /// What could not be read since the batch before, or was read with a reservation, as :attr:`Corpus.problems`.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> (batch,) = rp.scan(b'{"text": "It rained."}\n{"text": \n{"text": "It snowed."}\n')
    /// >>> len(batch), batch.problems["row"]
    /// (2, [1])
    #[getter]
    fn problems(&self) -> Frame {
        Frame::new("problems", table::problems(&self.shared.collection))
    }

    /// Make a corpus of its documents, whose claims are then extracted anew, with names settled over it.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> (batch,) = rp.scan([b"It rained.", b"It snowed."])
    /// >>> len(batch.corpus().reconcile().copies)
    /// 0
    fn corpus(&self) -> Corpus {
        let collection = &self.shared.collection;
        let copy = Collection::new(collection.documents().to_vec(), collection.problems().to_vec());
        Corpus { shared: Shared::new(copy, self.shared.jobs) }
    }

    /// Stands for all that was read up to its end.
    #[getter]
    fn _digest(&self) -> String {
        hexadecimal(self.digest)
    }

    fn __eq__(&self, other: &Batch) -> bool {
        self.first == other.first && self.shared.collection == other.shared.collection
    }

    fn __hash__(&self) -> u64 {
        self.first
    }

    fn __repr__(&self) -> String {
        let collection = &self.shared.collection;
        let mut parts = vec![
            count(self.__len__(), "document"),
            count(collection.claims().map_or(0, <[_]>::len), "claim"),
        ];
        if !collection.problems().is_empty() {
            parts.push(count(collection.problems().len(), "problem"));
        }
        format!("<Batch: {} from {}>", parts.join(", "), self.first)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let (collection, first, digest) = (self.shared.collection.clone(), self.first, self.digest);
        let bytes = py.detach(move || table::encode(&(collection.to_bytes()?, first, digest)))?;
        pickle::reduce::<Self>(py, &bytes)
    }

    #[staticmethod]
    fn _restore(data: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let (bytes, first, digest): (Vec<u8>, u64, u64) = pickle::restore(data.as_bytes())?;
        Ok(Batch { shared: Shared::new(Collection::from_bytes(&bytes)?, None), first, digest })
    }
}
