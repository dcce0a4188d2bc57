//! Texts that are passed in, with what is known of each: lists, or the columns of a data frame.

use std::sync::atomic::Ordering;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::arguments::{self, field};
use super::corpus::count;
use super::errors::argument;
use super::run;
use super::shared::Shared;
use crate::corpus;
use crate::error::Problem;
use crate::read::{RawArticle, make_unique};
use crate::table::Collection;

type Column<'py> = Vec<Bound<'py, PyAny>>;

/// Document `i` is made of `texts[i]`, and of what the others hold there.
pub(super) struct Given<'py> {
    pub(super) texts: Column<'py>,
    pub(super) titles: Option<Column<'py>>,
    pub(super) published: Option<Column<'py>>,
    pub(super) outlets: Option<Column<'py>>,
    pub(super) bylines: Option<Column<'py>>,
    pub(super) urls: Option<Column<'py>>,
    pub(super) ids: Option<Column<'py>>,
    /// Whether they are rows of a table: a cell there that holds no text is a problem, in a list it is an error.
    pub(super) rows: bool,
}

impl<'py> Given<'py> {
    /// The documents parsed, and what went wrong.
    pub(super) fn parse(
        &self,
        py: Python<'py>,
        progress: Option<&Bound<'py, PyAny>>,
        jobs: Option<usize>,
    ) -> PyResult<std::sync::Arc<Shared>> {
        self.check_lengths()?;
        let (mut articles, mut problems) = (Vec::with_capacity(self.texts.len()), Vec::new());
        for i in 0..self.texts.len() {
            articles.push(self.article(i, &mut problems)?);
        }
        make_unique(&mut articles);
        let (documents, notes) = run::run(py, jobs, progress, move |job| {
            job.total.store(articles.len(), Ordering::Release);
            let documents = corpus::parse_all(articles, &job.progress)?;
            let notes = corpus::notes(&documents);
            Some((documents, notes))
        })?;
        problems.extend(notes);
        Ok(Shared::new(Collection::new(documents, problems), jobs))
    }

    fn check_lengths(&self) -> PyResult<()> {
        let named = [
            ("titles", &self.titles),
            ("published", &self.published),
            ("outlets", &self.outlets),
            ("bylines", &self.bylines),
            ("urls", &self.urls),
            ("ids", &self.ids),
        ];
        let texts = self.texts.len();
        for (name, column) in named {
            if let Some(column) = column.as_ref().filter(|c| c.len() != texts) {
                let message =
                    format!("{name} has {} items for {texts} texts; give one for each", column.len());
                return Err(argument(message));
            }
        }
        Ok(())
    }

    fn article(&self, i: usize, problems: &mut Vec<Problem>) -> PyResult<RawArticle> {
        let at = |column: &Option<Column<'_>>| column.as_ref().map_or(Ok(None), |c| field(&c[i]));
        let id = at(&self.ids)?.unwrap_or_else(|| format!("text-{}", i + 1));
        let mut report = |kind: &str, message: String| {
            problems.push(Problem::read(&id, kind, message, "").at(Some(i as u64)).warning());
        };
        let which = if self.rows { format!("the text of row {i}") } else { format!("text {i}") };
        let value = &self.texts[i];
        let is_text = value.is_instance_of::<PyString>();
        // Only a missing text may be something other than a str.
        let (text, lone) = if is_text {
            arguments::string(value)?
        } else if field(value)?.is_none() {
            (String::new(), Vec::new())
        } else if self.rows {
            let sort = value.get_type().name()?;
            report("field", format!("{which} was left out: it is of type {sort}, not str"));
            (String::new(), Vec::new())
        } else {
            arguments::string(value)?
        };
        if let Some(first) = lone.first() {
            let what = count(lone.len(), "lone surrogate");
            let message =
                format!("{which} holds {what} (first at position {first}); each was replaced by U+FFFD");
            report("encoding", message);
        }
        if text.trim().is_empty() && (is_text || field(value)?.is_none()) {
            report("empty", format!("{which} is empty"));
        }
        if text.len() > u32::MAX as usize {
            return Err(argument(format!("{which} is longer than 4 GiB; split it")));
        }
        let published = match self.published.as_ref().map_or(Ok(Ok(None)), |p| arguments::date(&p[i]))? {
            Ok(day) => day,
            Err(day) => {
                report("date", format!("the date {day:?} of {which} was left out: it is not as 2024-10-26"));
                None
            }
        };
        Ok(RawArticle {
            id: id.clone(),
            row: Some(i as u64),
            encoding: "UTF-8".to_owned(),
            encoding_confidence: 1.0,
            text,
            title: at(&self.titles)?,
            published,
            outlet: at(&self.outlets)?,
            byline: at(&self.bylines)?,
            url: at(&self.urls)?,
            ..RawArticle::default()
        })
    }
}
