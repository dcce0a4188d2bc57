//! Which texts at hand share text, at once or as they come.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, RecordBatch, UInt32Array};
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use rayon::prelude::*;

use super::errors::{InternalError, argument};
use super::frame::Frame;
use super::{run, texts};
use crate::document::Document;
use crate::read::RawArticle;
use crate::reconcile::{self, Copy, Options, Wording};
use crate::table::{self, Collection};

/// Find the texts that share text: copies, cuts, extended versions, texts inside others, shared passages.
///
/// Texts are compared as words, without case and punctuation, and without being parsed: all of each counts. Words in
/// quotation marks on both sides, and passages that many unrelated texts carry, make no copy.
///
/// Parameters
/// ----------
/// texts : iterable of str
///     As for :func:`quantities`.
/// published : date, datetime or str, or an iterable of those, optional
///     When each was published, as for :func:`times`. It says which of two is the earlier; without it, that is the longer.
/// ids : iterable, optional
///     A name for each text. Without, texts are named by their position.
/// containment : float
///     Share of the shorter text, in [0, 1], that must stand in the other.
/// passage : int
///     Words of a shared passage that do though little else is shared.
/// stock : int
///     Unrelated texts that carry a passage from which it makes no copy.
/// progress, jobs
///     As for :func:`quantities`.
///
/// Returns
/// -------
/// Frame
///     One row a pair, in order of the texts: ``earlier``, ``later`` (uint32, positions among the texts given, or ids),
///     ``relation`` (``copy``, ``cut``, ``extended``, ``contains``, ``shares_passage``: what the later one is to the
///     earlier), ``earlier_in_later``, ``later_in_earlier`` (float64, shares of one's 5-word shingles that stand in the
///     other), ``passages`` (list of ``earlier_start``, ``earlier_end``, ``later_start``, ``later_end``, code points,
///     half-open, and ``text``, as it stands in the earlier one).
///
/// Raises
/// ------
/// TypeError
///     A text is something other than a str.
/// ArgumentError
///     A threshold out of range, a day that is none, or not as many days or ids as texts.
///
/// Notes
/// -----
/// Containment is that of Broder, "On the resemblance and containment of documents" (1997). Every pair is compared word by
/// word; none is inferred from two others. All pairs among up to sixteen versions of one text are told; each further
/// version is tied to the likest of those, and texts of the same words to the first of them, so that a thousand copies
/// make a thousand pairs and not half a million.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> text = "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded."
/// >>> frame = rp.copies([text, "Nothing happened.", "ORREL (XYZ) - " + text], published=["2024-03-02", None, "2024-03-01"])
/// >>> row = frame[0]
/// >>> row["earlier"], row["later"], row["relation"], row["later_in_earlier"]
/// (2, 0, 'copy', 1.0)
/// >>> row["passages"][0]["earlier_start"]
/// 14
#[pyfunction]
#[pyo3(signature = (
    texts: "str | Iterable[str | None]", *, published: "object | None" = None, ids: "Iterable[object] | None" = None,
    containment = 0.5, passage = 40, stock = 6, progress: "Callable[[int, int], object] | None" = None, jobs = None
))]
#[allow(clippy::too_many_arguments)]
pub fn copies(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    published: Option<Bound<'_, PyAny>>,
    ids: Option<Bound<'_, PyAny>>,
    containment: f64,
    passage: usize,
    stock: usize,
    progress: Option<Bound<'_, PyAny>>,
    jobs: Option<usize>,
) -> PyResult<Frame> {
    CopyIndex::new(containment, passage, stock)?.add(py, texts, published, ids, progress, jobs)
}

/// Texts that can be compared with further ones, without comparing them with each other again.
///
/// Parameters
/// ----------
/// containment, passage, stock
///     As for :func:`copies`.
///
/// Notes
/// -----
/// Adding texts at once or one by one finds the same pairs as :func:`copies` of all of them, with two exceptions. That a
/// passage is stock is known once it was met in so many unrelated texts; pairs may have been told before. And of a text
/// with more than sixteen versions, which of them further ones are tied to depends on which came first.
///
/// An index holds the texts and, for comparing, about three times their size. A call that is interrupted may have added
/// its texts.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> index = rp.CopyIndex()
/// >>> text = "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded."
/// >>> len(index.add([text, "Nothing happened."]))
/// 0
/// >>> index.add(text.upper())["relation"], len(index)
/// (['copy'], 3)
#[pyclass(frozen, module = "reportedly")]
pub struct CopyIndex {
    held: Arc<Mutex<Held>>,
}

struct Held {
    index: reconcile::CopyIndex,
    texts: Vec<String>,
    /// One for each text, or none at all.
    ids: Vec<String>,
}

#[pymethods]
impl CopyIndex {
    #[new]
    #[pyo3(signature = (*, containment = 0.5, passage = 40, stock = 6))]
    fn new(containment: f64, passage: usize, stock: usize) -> PyResult<Self> {
        if !(0.0..=1.0).contains(&containment) {
            return Err(argument(format!("containment is {containment}; give a share between 0 and 1")));
        }
        if passage < 5 {
            return Err(argument(format!("passage is {passage}; give at least 5 words")));
        }
        if stock < 2 {
            return Err(argument(format!("stock is {stock}; give at least 2 texts")));
        }
        let options = Options { containment, passage, stock, ..Options::default() };
        let index = reconcile::CopyIndex::new(&options);
        let held = Held { index, texts: Vec::new(), ids: Vec::new() };
        Ok(CopyIndex { held: Arc::new(Mutex::new(held)) })
    }

    /// Add texts; find the pairs that share text of which at least one is new.
    ///
    /// Parameters
    /// ----------
    /// texts, published, ids, progress, jobs
    ///     As for :func:`copies`. Either all texts of an index have ids or none has.
    ///
    /// Returns
    /// -------
    /// Frame
    ///     As for :func:`copies`; positions count from the first text that was ever added.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> index = rp.CopyIndex()
    /// >>> text = "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded."
    /// >>> len(index.add([text], ids=["herald"]))
    /// 0
    /// >>> frame = index.add([text], ids=["post"])
    /// >>> frame["earlier"], frame["later"]
    /// (['herald'], ['post'])
    #[pyo3(signature = (
        texts: "str | Iterable[str | None]", *, published: "object | None" = None, ids: "Iterable[object] | None" = None,
        progress: "Callable[[int, int], object] | None" = None, jobs = None
    ))]
    fn add(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        published: Option<Bound<'_, PyAny>>,
        ids: Option<Bound<'_, PyAny>>,
        progress: Option<Bound<'_, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<Frame> {
        let articles = texts::articles(texts, published.as_ref())?;
        let ids = names(ids.as_ref(), articles.len())?;
        let held = self.held.clone();
        let batch = run::run(py, jobs, progress.as_ref(), move |job| {
            job.total.store(articles.len(), std::sync::atomic::Ordering::Release);
            let wordings: Vec<Wording> = articles
                .par_iter()
                .map(|a: &RawArticle| job.progress.step(|| Wording::plain(&a.text, a.published)))
                .collect::<Option<_>>()?;
            // A panic while it was held is told by the call in which it happened; positions would not hold after it.
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            Some(held.add(articles, wordings, ids))
        })?;
        batch.map(|batch| Frame::new("copies", batch)).map_err(argument)
    }

    fn __len__(&self) -> PyResult<usize> {
        let held = self.held.lock().map_err(|_| InternalError::new_err("an earlier call failed"))?;
        Ok(held.texts.len())
    }

    fn __repr__(&self) -> PyResult<String> {
        let texts = self.__len__()?;
        Ok(format!("CopyIndex({texts} text{})", if texts == 1 { "" } else { "s" }))
    }
}

impl Held {
    fn add(
        &mut self,
        articles: Vec<RawArticle>,
        wordings: Vec<Wording>,
        ids: Option<Vec<String>>,
    ) -> Result<RecordBatch, String> {
        let named = !self.ids.is_empty();
        if !articles.is_empty() && !self.texts.is_empty() && named != ids.is_some() {
            let (has, lacks) = if named { ("have", "none are") } else { ("have no", "some are") };
            return Err(format!(
                "the texts of this index {has} ids, and {lacks} given now; give all or none"
            ));
        }
        self.texts.extend(articles.into_iter().map(|a| a.text));
        self.ids.extend(ids.unwrap_or_default());
        let copies = self.index.add(wordings);
        Ok(self.frame(copies))
    }

    /// The pairs as a table, by way of the texts that they concern.
    fn frame(&self, mut copies: Vec<Copy>) -> RecordBatch {
        let ends: Vec<(u32, u32)> = copies.iter().map(|c| (c.earlier, c.later)).collect();
        let mut concerned: Vec<u32> = ends.iter().flat_map(|e| [e.0, e.1]).collect();
        concerned.sort_unstable();
        concerned.dedup();
        let place = |i: u32| concerned.partition_point(|c| *c < i) as u32;
        for copy in &mut copies {
            (copy.earlier, copy.later) = (place(copy.earlier), place(copy.later));
        }
        let document = |i: &u32| Document {
            id: self.ids.get(*i as usize).cloned().unwrap_or_default(),
            text: self.texts[*i as usize].clone(),
            ..Document::default()
        };
        let documents = Collection::new(concerned.iter().map(document).collect(), Vec::new());
        let batch = table::copies(&documents, &copies);
        if self.ids.is_empty() { by_position(&batch, &ends) } else { batch }
    }
}

/// The table with positions in place of the first two columns.
fn by_position(batch: &RecordBatch, ends: &[(u32, u32)]) -> RecordBatch {
    let schema = batch.schema();
    let mut fields: Vec<Field> = schema.fields().iter().map(|f| f.as_ref().clone()).collect();
    let mut arrays: Vec<ArrayRef> = batch.columns().to_vec();
    let positions: [UInt32Array; 2] =
        [ends.iter().map(|e| Some(e.0)).collect(), ends.iter().map(|e| Some(e.1)).collect()];
    for (i, array) in positions.into_iter().enumerate() {
        fields[i] = Field::new(fields[i].name(), DataType::UInt32, fields[i].is_nullable());
        arrays[i] = Arc::new(array);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).expect("columns are of one length")
}

fn names(ids: Option<&Bound<'_, PyAny>>, texts: usize) -> PyResult<Option<Vec<String>>> {
    let Some(ids) = ids else { return Ok(None) };
    let ids: Vec<String> = texts::each(ids)?
        .iter()
        .map(|id| Ok(id.str()?.to_string_lossy().into_owned()))
        .collect::<PyResult<_>>()?;
    if ids.len() != texts {
        return Err(argument(format!("there are {} ids for {texts} texts; give one for each", ids.len())));
    }
    Ok(Some(ids))
}
