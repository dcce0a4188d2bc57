//! What training sees of the parser: the lines of a text, and what a model under trial makes of them.

use super::labels::Model;
use super::{Found, blocks, boilerplate, kinds, lines, metadata, signs};
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
    let page = found.page(text, &units);
    let (head, _) = metadata::find(&page, &RawArticle::default());
    let kept = head.kept(units.len());
    let ruled = boilerplate::label(text, &units, &found.readings, &found.body, &kept);
    let rows = signs::signs(&found.view(text, &units, &head, &ruled));
    Lines {
        spans: units.iter().map(|u| u.span).collect(),
        words: units.iter().map(|u| u.words).collect(),
        kept,
        rows,
    }
}

/// Blocks of a text by a model under trial.
pub(crate) fn blocks_by(text: &str, model: &Model) -> Vec<Block> {
    let units = lines::units(text);
    let found = Found::new(text, &units);
    let page = found.page(text, &units);
    let (head, _) = metadata::find(&page, &RawArticle::default());
    let outside = found.outside(text, &units, &head, model);
    let kinds = kinds(text, &units, &found.readings, &head, &outside);
    blocks(text, &units, &kinds, &mut Metadata::default())
}
