//! Text to document: metadata, blocks, sentences, tokens.
//!
//! The way of a text: `lines` cuts it into units without their mark-up and joins hard-wrapped lines;
//! `boilerplate` finds the article's place on the page; `metadata`, `dates` and `credits` read the head;
//! `headings` tells headings from paragraphs; [`sentences`] and [`tokens`] cut the blocks.
//!
//! ```
//! use reportedly::document::BlockKind;
//! use reportedly::{parse, read};
//! let document = parse::parse(read::text("a", "Troops Arrive\n\n26 October 2024\n\nSeoul said on Friday that \
//!     at least 3,000 soldiers had arrived in the east of the country.\n"));
//! let kinds: Vec<BlockKind> = document.blocks.iter().map(|b| b.kind).collect();
//! assert_eq!(kinds, [BlockKind::Title, BlockKind::Dateline, BlockKind::Paragraph]);
//! assert_eq!(document.published().unwrap().to_string(), "2024-10-26");
//! ```

mod abbreviations;
mod boilerplate;
mod credits;
mod dates;
mod english;
pub(crate) mod forest;
mod headings;
pub(crate) mod labels;
mod lines;
mod metadata;
mod phrases;
pub mod sentences;
mod signs;
pub mod tokens;
mod words;

use boilerplate::{Reading, Shape};
use lines::{Mark, Unit};
use metadata::{Head, Page};

use crate::document::{Block, BlockKind, Document, Metadata, Sentence, Token};
use crate::read::RawArticle;
use crate::span::Span;

/// Parses one article. Never fails: whatever the text, the result is a document with spans into it.
///
/// `metadata.language` is `en` if the article reads like English, and `None` otherwise. A text of more than 4 GiB,
/// which `read` refuses, becomes a document without blocks.
#[must_use]
pub fn parse(article: RawArticle) -> Document {
    let (metadata, blocks) = if article.blocks.is_empty() { structure(&article) } else { stated(&article) };
    let mut document = Document {
        id: article.id,
        path: article.path,
        row: article.row,
        encoding: article.encoding,
        encoding_confidence: article.encoding_confidence,
        text: article.text,
        metadata,
        blocks,
        sentences: Vec::new(),
        tokens: Vec::new(),
        page: article.page,
    };
    cut(&mut document);
    document
}

/// Metadata and blocks of an article whose format tells them.
fn stated(article: &RawArticle) -> (Metadata, Vec<Block>) {
    let mut metadata = metadata::given(article);
    let prose = article.blocks.iter().filter(|b| b.kind.is_prose()).map(|b| b.span.of(&article.text));
    metadata.language = english::language(prose, usize::MAX);
    (metadata, article.blocks.clone())
}

/// Metadata and blocks, from the text alone.
fn structure(article: &RawArticle) -> (Metadata, Vec<Block>) {
    structure_by(article, None).0
}

/// The lines of a text as training sees them.
#[cfg(feature = "train")]
#[derive(Default)]
pub(crate) struct Lines {
    pub(crate) spans: Vec<Span>,
    pub(crate) words: Vec<usize>,
    /// Title, date, byline: out of question.
    pub(crate) kept: Vec<bool>,
    /// What the rules take off.
    pub(crate) ruled: Vec<bool>,
    pub(crate) rows: Vec<f32>,
}

/// The lines of a text as training sees them.
#[cfg(feature = "train")]
pub(crate) fn lines_of(text: &str) -> Lines {
    let article = RawArticle { text: text.to_owned(), ..RawArticle::default() };
    structure_by(&article, None).1
}

/// Blocks of an article by a model under trial.
#[cfg(feature = "train")]
pub(crate) fn blocks_by(text: &str, model: &labels::Model) -> Vec<Block> {
    let article = RawArticle { text: text.to_owned(), ..RawArticle::default() };
    structure_by(&article, Some(model)).0.1
}

fn structure_by(article: &RawArticle, model: Option<&labels::Model>) -> ((Metadata, Vec<Block>), Lines) {
    let text = article.text.as_str();
    let units = if u32::try_from(text.len()).is_ok() { lines::units(text) } else { Vec::new() };
    let dates: Vec<_> = units.iter().map(|u| dates::date_line(text, u.span)).collect();
    let bylines: Vec<_> = units.iter().map(|u| credits::byline(text, u.span)).collect();
    let readings: Vec<Reading> = units
        .iter()
        .enumerate()
        .map(|(i, unit)| boilerplate::read(text, unit, dates[i].is_some() || bylines[i].is_some()))
        .collect();
    let body = boilerplate::body(&units, &readings);
    let page = Page {
        text,
        units: &units,
        readings: &readings,
        dates: &dates,
        bylines: &bylines,
        body: body.clone(),
    };
    let (head, mut metadata) = metadata::find(&page, article);

    let mut kept = vec![false; units.len()];
    for i in head.title.iter().chain(&head.deck).chain(&head.dates).chain(&head.bylines).chain(&head.outlets)
    {
        kept[*i] = true;
    }
    let boilerplate = boilerplate::label(text, &units, &readings, &body, &kept);
    let dated: Vec<bool> = dates.iter().map(Option::is_some).collect();
    let signed: Vec<bool> = bylines.iter().map(Option::is_some).collect();
    let view = signs::View { text, units: &units, readings: &readings, dated: &dated, signed: &signed, body: &body, ruled: &boilerplate, title: head.title };
    let mut lines = Lines::default();
    let boilerplate = match model {
        Some(model) => {
            let mut out = labels::decide(&model.probabilities(&view));
            for (label, kept) in out.iter_mut().zip(&kept) {
                *label &= !kept;
            }
            out
        }
        None => {
            lines = Lines { spans: units.iter().map(|u| u.span).collect(), words: units.iter().map(|u| u.words).collect(), kept: kept.clone(), ruled: boilerplate.clone(), rows: signs::signs(&view) };
            boilerplate
        }
    };
    let kinds = kinds(text, &units, &readings, &head, &boilerplate);
    let blocks = blocks(text, &units, &kinds, &mut metadata);
    let prose = blocks.iter().filter(|b| b.kind.is_prose()).map(|b| b.span.of(text));
    metadata.language = english::language(prose, units.iter().map(|u| u.words).sum());
    ((metadata, blocks), lines)
}

/// The kind of each unit; from the last to the first, because a heading is known by what follows it.
fn kinds(
    text: &str,
    units: &[Unit],
    readings: &[Reading],
    head: &Head,
    boilerplate: &[bool],
) -> Vec<BlockKind> {
    let mut kinds = vec![BlockKind::Paragraph; units.len()];
    let mut next_is_text = false;
    for i in (0..units.len()).rev() {
        kinds[i] = if credits::is_credits(units[i].span.of(text)) {
            BlockKind::Byline
        } else if boilerplate[i] {
            BlockKind::Boilerplate
        } else if head.title == Some(i) {
            BlockKind::Title
        } else if head.deck == Some(i) {
            BlockKind::Deck
        } else if head.bylines.contains(&i) || head.outlets.contains(&i) {
            BlockKind::Byline
        } else if head.dates.contains(&i) {
            BlockKind::Dateline
        } else if headings::is_heading(text, &units[i], &readings[i], next_is_text) {
            BlockKind::Heading
        } else {
            match units[i].mark {
                Mark::Bullet | Mark::Number => BlockKind::ListItem,
                Mark::Quote => BlockKind::Quote,
                _ => BlockKind::Paragraph,
            }
        };
        if !boilerplate[i] {
            next_is_text = kinds[i] == BlockKind::Heading || readings[i].shape != Shape::Short;
        }
    }
    kinds
}

/// Blocks from units; the dateline prefix of the first paragraphs becomes a block of its own.
fn blocks(text: &str, units: &[Unit], kinds: &[BlockKind], metadata: &mut Metadata) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(units.len() + 1);
    let mut paragraphs = 0;
    for (unit, kind) in units.iter().zip(kinds) {
        let mut span = unit.span;
        if *kind == BlockKind::Paragraph && paragraphs < 3 {
            paragraphs += 1;
            if let Some(prefix) = credits::prefix(text, span) {
                blocks.push(Block { kind: BlockKind::Dateline, span: prefix.span });
                metadata::from_prefix(text, &prefix, metadata);
                span = Span::new(prefix.span.end(), span.end()).trim(text);
                paragraphs = 3;
            }
        }
        blocks.push(Block { kind: *kind, span });
    }
    blocks
}

/// Cuts the blocks into sentences and tokens.
fn cut(document: &mut Document) {
    let text = document.text.as_str();
    for (i, block) in document.blocks.iter().enumerate() {
        let tokens = tokens::tokenize(text, block.span);
        let first = document.tokens.len();
        let whole = block.kind == BlockKind::Title || block.kind == BlockKind::Heading;
        let ranges =
            if whole { std::iter::once(0..tokens.len()).collect() } else { sentences::split(text, &tokens) };
        for range in ranges.into_iter().filter(|r| !r.is_empty()) {
            document.sentences.push(Sentence {
                span: tokens[range.start].cover(tokens[range.end - 1]),
                block: i as u32,
                first_token: (first + range.start) as u32,
                last_token: (first + range.end) as u32,
            });
        }
        document.tokens.extend(tokens.into_iter().map(|span| Token { span }));
    }
}

#[cfg(test)]
mod tests;
