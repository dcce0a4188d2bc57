//! What training sees of the parser: the lines of a text, and what a model under trial makes of them.

use jiff::civil::Date;

use super::labels::Model;
use super::{Found, lines, metadata, publication, signs};
use crate::document::{Block, Metadata};
use crate::read::RawArticle;
use crate::span::Span;

/// The lines of a text.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub(crate) spans: Vec<Span>,
    pub(crate) words: Vec<usize>,
    /// Title, date, byline: out of question.
    pub(crate) kept: Vec<bool>,
    /// What the first forest sees of each.
    pub(crate) rows: Vec<f32>,
}

/// The lines of a text as the model sees them.
pub(crate) fn lines_of(text: &str) -> Lines {
    let units = lines::units(text);
    let found = Found::new(text, &units);
    let (head, _, ruled) = found.by_rules(text, &units, &RawArticle::default());
    let rows = signs::signs(&found.view(text, &units, &head, &ruled));
    Lines {
        spans: units.iter().map(|u| u.span).collect(),
        words: units.iter().map(|u| u.words).collect(),
        kept: head.kept(units.len()),
        rows,
    }
}

/// A text as a model under trial reads it.
pub(crate) fn read_by(text: &str, model: &Model) -> (Metadata, Vec<Block>) {
    let article = RawArticle { text: text.to_owned(), ..RawArticle::default() };
    super::read_by(model, &article, &lines::units(text))
}

/// The dates of a page, with what the model sees of each when it has said which lines are of the article.
pub(crate) fn dates_of(text: &str, model: &Model) -> Vec<(Date, Vec<f32>)> {
    let units = lines::units(text);
    let found = Found::new(text, &units);
    if !signs::is_furnished(&units, &found.readings) {
        return Vec::new();
    }
    let (head, _, ruled) = found.by_rules(text, &units, &RawArticle::default());
    let outside = model.outside(&found.view(text, &units, &head, &ruled));
    let page = found.page(text, &units, found.stretch(&outside));
    let (head, _) = metadata::find(&page, &RawArticle::default());
    let dates = publication::candidates(&page, &head);
    let rows = publication::rows(&page, &head, &outside, &dates);
    let days = dates.iter().map(|d| d.line.date);
    days.zip(rows.chunks_exact(publication::WIDTH).map(<[f32]>::to_vec)).collect()
}
