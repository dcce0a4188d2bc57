//! Figures, times and places of texts at hand, as tables.

use std::sync::atomic::Ordering;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::errors::argument;
use super::frame::Frame;
use super::{arguments, run};
use crate::document::Document;
use crate::read::{self, RawArticle};
use crate::table::{self, Collection};
use crate::{corpus, extract};

/// Find the figures in texts: numbers with their bounds, units, what they count, and what is said of it.
///
/// Parameters
/// ----------
/// texts : str, or an iterable of str
///     One text or many: a list, or a column of pandas, polars or pyarrow. None and NaN stand for no text. All of a text
///     is read; nothing in it is taken for page furniture.
/// published : date, datetime or str, or an iterable of those, optional
///     What "last week" is counted from, for ``as_of_begins`` and ``as_of_ends``: as for :func:`times`.
/// frames : bool
///     Whether what is counted, whose, and the frame are found, too; every sentence must be parsed for that. Without,
///     the columns from ``counted`` on are left out, and it is some ten times as fast.
/// progress : callable, optional
///     Called as ``progress(done, total)`` from time to time; what it raises stops the work.
/// jobs : int, optional
///     Threads; ``REPORTEDLY_JOBS`` or all cores if not given.
///
/// Returns
/// -------
/// Frame
///     One row a figure, in order of the texts and of their characters: ``row`` (uint32, position of the text among
///     those given), ``start`` and ``end`` (uint32, code points, half-open), ``text``; ``low``, ``high``, ``value``
///     (float64, in ``unit``; an open end is null), ``relation`` (``=``, ``~``, ``>=``, ``<=``, ``>``, ``<``,
///     ``range``), ``approximate`` (bool), ``unit`` (``count``, ``%``, ISO 4217 or UCUM), ``base_low``, ``base_high``,
///     ``base_unit`` (the same in the base unit of its kind), ``change`` (``additional``, ``up``, ``down``, ``rose_to``,
///     ``fell_to``); ``counted``, ``lemma``, ``whose``, ``whole``; ``predicate``, ``subject``, ``place``, ``as_of``, ``as_of_begins``, ``as_of_ends`` (timestamp[us], half-open),
///     ``polarity`` (``+``, ``-``), ``certainty`` (float64 in [-3, 3]), ``hypothetical`` (bool).
///
/// Raises
/// ------
/// TypeError
///     A text is something other than a str.
/// ArgumentError
///     A day that is none, not as many days as texts, or a text of more than 4 GiB.
///
/// Notes
/// -----
/// The interval is read as in Almasian et al., "CQE: A Comprehensive Quantity Extractor" (EMNLP 2023).
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> frame = rp.quantities("At least 1,000 additional soldiers were sent.")
/// >>> row = frame[0]
/// >>> row["relation"], row["low"], row["high"], row["lemma"], row["change"], row["predicate"]
/// ('>=', 1000.0, None, 'soldier', 'additional', 'send')
/// >>> rp.quantities(["It rained.", None, "Five men fled."])["row"]
/// [2]
#[pyfunction]
#[pyo3(signature = (
    texts: "str | Iterable[str | None]", *, published: "object | None" = None, frames = true,
    progress: "Callable[[int, int], object] | None" = None, jobs = None
))]
pub fn quantities(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    published: Option<Bound<'_, PyAny>>,
    frames: bool,
    progress: Option<Bound<'_, PyAny>>,
    jobs: Option<usize>,
) -> PyResult<Frame> {
    let articles = articles(texts, published.as_ref())?;
    if !frames {
        let (collection, found) = find(py, articles, progress.as_ref(), jobs, extract::values)?;
        return Ok(Frame::new("quantities", table::values(&collection, &found)));
    }
    let (collection, found) = find(py, articles, progress.as_ref(), jobs, extract::quantities)?;
    Ok(Frame::new("quantities", table::quantities(&collection, &found)))
}

/// Find the time expressions in texts, with the intervals that they mean.
///
/// Parameters
/// ----------
/// texts : str, or an iterable of str
///     As for :func:`quantities`.
/// published : date, datetime or str, or an iterable of those, optional
///     What relative expressions ("yesterday") are counted from: one day for all texts, or one for each. Strings as
///     ``2024-10-26``. Without it, dates that a text states itself take its place; what is left has no interval.
/// progress, jobs
///     As for :func:`quantities`.
///
/// Returns
/// -------
/// Frame
///     One row an expression: ``row``, ``start``, ``end``, ``text`` as for :func:`quantities`; ``kind`` (``DATE``,
///     ``TIME``, ``DURATION``, ``SET``), ``value`` and ``modifier`` after TIMEX3; ``begins`` and ``ends``
///     (timestamp[us] without zone, half-open), ``granularity``, ``anchor`` (``explicit``, ``published``, ``stated``,
///     ``corpus``, ``unanchored``).
///
/// Raises
/// ------
/// TypeError
///     A text is something other than a str.
/// ArgumentError
///     A day that is none, or not as many days as texts.
///
/// Notes
/// -----
/// Types, values and modifiers are those of TimeML (ISO 24617-1).
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> row = rp.times("They left on Monday.", published="2024-10-26")[0]
/// >>> row["value"], row["begins"].isoformat()
/// ('2024-10-21', '2024-10-21T00:00:00')
#[pyfunction]
#[pyo3(signature = (
    texts: "str | Iterable[str | None]", *, published: "object | None" = None,
    progress: "Callable[[int, int], object] | None" = None, jobs = None
))]
pub fn times(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    published: Option<Bound<'_, PyAny>>,
    progress: Option<Bound<'_, PyAny>>,
    jobs: Option<usize>,
) -> PyResult<Frame> {
    let articles = articles(texts, published.as_ref())?;
    let (collection, found) = find(py, articles, progress.as_ref(), jobs, extract::times)?;
    Ok(Frame::new("times", table::times(&collection, &found)))
}

/// Find the places that texts name: countries, regions, cities, by name, adjective or people.
///
/// Parameters
/// ----------
/// texts : str, or an iterable of str
///     As for :func:`quantities`. What a name means is decided within each text.
/// progress, jobs
///     As for :func:`quantities`.
///
/// Returns
/// -------
/// Frame
///     One row a mention: ``row``, ``start``, ``end``, ``text`` as for :func:`quantities`; ``name`` (canonical),
///     ``kind`` (``country``, ``region``, ``city``, ``continent``), ``sense`` (``location``, ``demonym``,
///     ``government``), ``country`` (ISO 3166-1 alpha-2), ``subdivision`` (ISO 3166-2), ``geonames`` (uint32, id at
///     GeoNames), ``latitude``, ``longitude`` (float64, degrees, WGS 84).
///
/// Raises
/// ------
/// TypeError
///     A text is something other than a str.
///
/// Notes
/// -----
/// Cities and their coordinates are from GeoNames (https://www.geonames.org, CC BY 4.0).
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> frame = rp.places("Pyongyang denied that North Korean soldiers were in Russia.")
/// >>> frame["name"], frame["country"]
/// (['Pyongyang', 'North Korea', 'Russia'], ['KP', 'KP', 'RU'])
#[pyfunction]
#[pyo3(signature = (
    texts: "str | Iterable[str | None]", *, progress: "Callable[[int, int], object] | None" = None, jobs = None
))]
pub fn places(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    progress: Option<Bound<'_, PyAny>>,
    jobs: Option<usize>,
) -> PyResult<Frame> {
    let articles = articles(texts, None)?;
    let (collection, found) = find(py, articles, progress.as_ref(), jobs, extract::places)?;
    Ok(Frame::new("places", table::places(&collection, &found)))
}

fn find<T: Send + 'static>(
    py: Python<'_>,
    articles: Vec<RawArticle>,
    progress: Option<&Bound<'_, PyAny>>,
    jobs: Option<usize>,
    find: fn(&Document) -> Vec<T>,
) -> PyResult<(Collection, Vec<Vec<T>>)> {
    run::run(py, jobs, progress, move |job| {
        // Each text is counted twice: when it is cut, and when it is searched.
        job.total.store(2 * articles.len(), Ordering::Release);
        let documents = corpus::parse_plain(articles, &job.progress)?;
        let found = corpus::find_all(&documents, &job.progress, find)?;
        Some((Collection::new(documents, Vec::new()), found))
    })
}

/// The texts as articles, with the days that they are of.
pub(super) fn articles(
    texts: &Bound<'_, PyAny>,
    published: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<RawArticle>> {
    let texts = each(texts)?;
    let days = published.map(each).transpose()?;
    if let Some(days) = days.as_ref().filter(|days| days.len() != texts.len() && days.len() != 1) {
        let message = format!(
            "published has {} items for {} texts; give one, or one for each",
            days.len(),
            texts.len()
        );
        return Err(argument(message));
    }
    let article = |(i, value): (usize, &Bound<'_, PyAny>)| {
        let day = days.as_ref().map(|days| days.get(i).unwrap_or(&days[0]));
        let published = day.map_or(Ok(None), |day| {
            arguments::date(day)?.map_err(|text| {
                argument(format!("published[{i}] is {text:?}; give a date or a string as 2024-10-26"))
            })
        })?;
        let missing = !value.is_instance_of::<PyString>() && arguments::field(value)?.is_none();
        // A lone surrogate becomes one character, so that positions still hold.
        let text = if missing { String::new() } else { arguments::string(value)?.0 };
        if text.len() > u32::MAX as usize {
            return Err(argument(format!("text {i} is longer than 4 GiB; split it")));
        }
        Ok(RawArticle { published, text, ..read::text(i.to_string(), "") })
    };
    texts.iter().enumerate().map(article).collect()
}

/// The items of an iterable; a str, or something that is none, is its only item.
pub(super) fn each<'py>(values: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if values.is_instance_of::<PyString>() || values.is_none() {
        return Ok(vec![values.clone()]);
    }
    // Columns of pyarrow give scalars of their own.
    let values =
        if values.hasattr("to_pylist")? { values.call_method0("to_pylist")? } else { values.clone() };
    match values.try_iter() {
        Ok(items) => items.collect(),
        Err(_) => Ok(vec![values]),
    }
}
