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
mod furniture;
mod headings;
pub(crate) mod labels;
mod language;
mod lines;
mod metadata;
mod phrases;
pub(crate) mod publication;
mod repair;
pub mod sentences;
mod signs;
pub mod tokens;
#[cfg(feature = "train")]
pub(crate) mod trial;
pub(crate) mod vocabulary;
mod words;

use std::ops::Range;

// What a line says reads alike in a page and in plain text.
#[cfg(feature = "html")]
pub(crate) use credits::{byline, outlet};
#[cfg(feature = "html")]
pub(crate) use dates::{DateLine, Label, date_line};

use boilerplate::{Reading, Shape};
#[cfg(not(feature = "html"))]
use dates::Label;
use lines::{Mark, Unit};
use metadata::{Head, Page};
use signs::View;

use crate::document::{Block, BlockKind, Document, Metadata, Sentence, Token};
use crate::error::Problem;
use crate::read::RawArticle;
use crate::span::Span;

/// Parses one article. Never fails: whatever the text, the result is a document with spans into it.
///
/// `metadata.language` is the code of the language that the article is surely written in, and `None` if that is not
/// sure. A text of more than 4 GiB, which `read` refuses, becomes a document without blocks.
#[must_use]
pub fn parse(article: RawArticle) -> Document {
    built(article, |article| if article.blocks.is_empty() { structure(article) } else { stated(article) })
}

/// The same, for a text that is no page: all of it counts, every paragraph or line is a paragraph.
///
/// ```
/// use reportedly::{parse, read};
/// let document = parse::plain(read::text("a", "Share this\n\n3,000 men arrived."));
/// assert_eq!(document.sentences.len(), 2);
/// ```
#[must_use]
pub fn plain(article: RawArticle) -> Document {
    built(article, |article| {
        let fits = u32::try_from(article.text.len()).is_ok();
        let units = if fits { lines::units(&article.text) } else { Vec::new() };
        let paragraph = |unit: &Unit| Block { kind: BlockKind::Paragraph, span: unit.span };
        (metadata::given(article), units.iter().map(paragraph).collect())
    })
}

/// The document of an article, whose metadata and blocks `read` tells.
fn built(mut article: RawArticle, read: impl FnOnce(&RawArticle) -> (Metadata, Vec<Block>)) -> Document {
    let original = repair::repair(&article.text).map(|(view, original)| {
        for block in &mut article.blocks {
            block.span = original.view(block.span);
        }
        for date in &mut article.dates {
            date.span = date.span.map(|span| original.view(span));
        }
        article.text = view;
        original
    });
    let (metadata, blocks) = read(&article);
    let mut document = Document {
        id: article.id,
        path: article.path,
        row: article.row,
        encoding: article.encoding,
        encoding_confidence: article.encoding_confidence,
        text: article.text,
        original,
        metadata,
        blocks,
        sentences: Vec::new(),
        tokens: Vec::new(),
        page: article.page,
    };
    cut(&mut document);
    document
}

/// What is to be known of a document's text: that it is not in English, or not all of it; that it was broken.
#[must_use]
pub fn notes(document: &Document) -> Vec<Problem> {
    language::note(document).into_iter().chain(repair::note(document)).collect()
}

/// Metadata and blocks of an article whose format tells them.
fn stated(article: &RawArticle) -> (Metadata, Vec<Block>) {
    let mut metadata = metadata::given(article);
    let mut blocks = article.blocks.clone();
    language::mark(&article.text, &mut blocks, &mut metadata, usize::MAX);
    (metadata, blocks)
}

/// Metadata and blocks, from the text alone.
fn structure(article: &RawArticle) -> (Metadata, Vec<Block>) {
    let text = article.text.as_str();
    let units = if u32::try_from(text.len()).is_ok() { lines::units(text) } else { Vec::new() };
    let (mut metadata, mut blocks) = read_by(labels::Model::embedded(), article, &units);
    language::mark(text, &mut blocks, &mut metadata, units.iter().map(|u| u.words).sum());
    (metadata, blocks)
}

/// The same as a model has it, before languages are told.
fn read_by(model: &labels::Model, article: &RawArticle, units: &[Unit]) -> (Metadata, Vec<Block>) {
    let text = article.text.as_str();
    let found = Found::new(text, units);
    let (head, mut metadata, outside) = found.read(text, units, article, model);
    let kinds = kinds(text, units, &found.readings, &head, &outside);
    let blocks = blocks(text, units, &kinds, &mut metadata);
    (metadata, blocks)
}

/// What each unit shows by itself, and where the article lies by that.
struct Found {
    dates: Vec<Option<dates::DateLine>>,
    bylines: Vec<Option<credits::Byline>>,
    readings: Vec<Reading>,
    body: Range<usize>,
}

impl Found {
    fn new(text: &str, units: &[Unit]) -> Found {
        let mut dates: Vec<_> = units.iter().map(|u| dates::date_line(text, u.span)).collect();
        for i in 1..units.len() {
            // "Posted on", and the date on the next line.
            if let Some(date) = dates[i].as_mut().filter(|date| date.label == Label::None)
                && let Some(label) = dates::label_line(units[i - 1].span.of(text))
            {
                date.label = label;
            }
        }
        let bylines: Vec<_> = units.iter().map(|u| credits::byline(text, u.span)).collect();
        let readings: Vec<Reading> = units
            .iter()
            .enumerate()
            .map(|(i, unit)| boilerplate::read(text, unit, dates[i].is_some() || bylines[i].is_some()))
            .collect();
        let body = boilerplate::body(units, &readings);
        Found { dates, bylines, readings, body }
    }

    fn page<'a>(&'a self, text: &'a str, units: &'a [Unit], body: Range<usize>) -> Page<'a> {
        Page { text, units, readings: &self.readings, dates: &self.dates, bylines: &self.bylines, body }
    }

    /// The head, what it states, and which units are not of the article: by the model where the page shows furniture,
    /// by the rules elsewhere.
    fn read(
        &self,
        text: &str,
        units: &[Unit],
        article: &RawArticle,
        model: &labels::Model,
    ) -> (Head, Metadata, Vec<bool>) {
        let (head, mut metadata, ruled) = self.by_rules(text, units, article);
        if !signs::is_furnished(units, &self.readings) {
            let page = self.page(text, units, self.body.clone());
            publication::by_rule(&page, &head, &mut metadata);
            return (head, metadata, ruled);
        }
        let mut outside = model.outside(&self.view(text, units, &head, &ruled));
        // The model knows better where the article lies; its head stands before that.
        let page = self.page(text, units, self.stretch(&outside));
        let (mut head, mut metadata) = metadata::find(&page, article);
        publication::by_model(&page, &mut head, &outside, model, &mut metadata);
        for (outside, kept) in outside.iter_mut().zip(head.kept(units.len())) {
            *outside &= !kept;
        }
        (head, metadata, outside)
    }

    /// The head, what it states, and which units are not of the article, by the rules.
    fn by_rules(&self, text: &str, units: &[Unit], article: &RawArticle) -> (Head, Metadata, Vec<bool>) {
        let page = self.page(text, units, self.body.clone());
        let (head, metadata) = metadata::find(&page, article);
        let ruled = boilerplate::label(text, units, &self.readings, &self.body, &head.kept(units.len()));
        (head, metadata, ruled)
    }

    /// From the first to the last unit of the article that is running text.
    fn stretch(&self, outside: &[bool]) -> Range<usize> {
        let text = |i: &usize| !outside[*i] && self.readings[*i].shape != Shape::Short;
        let first = (0..outside.len()).find(text).unwrap_or(0);
        first..(0..outside.len()).rfind(text).map_or(first, |last| last + 1)
    }

    fn view<'a>(&'a self, text: &'a str, units: &'a [Unit], head: &Head, ruled: &'a [bool]) -> View<'a> {
        let (dates, bylines) = (&self.dates, &self.bylines);
        View {
            text,
            units,
            readings: &self.readings,
            dates,
            bylines,
            body: &self.body,
            ruled,
            title: head.title,
        }
    }
}

/// The kind of each unit; from the last to the first, because a heading is known by what follows it.
fn kinds(text: &str, units: &[Unit], readings: &[Reading], head: &Head, outside: &[bool]) -> Vec<BlockKind> {
    let mut kinds = furniture::kinds(text, units, readings, outside);
    let mut next_is_text = false;
    for i in (0..units.len()).rev() {
        let line = units[i].span.of(text);
        if credits::is_credits(line) {
            kinds[i] = BlockKind::Byline;
        } else if !outside[i] {
            kinds[i] = if head.title == Some(i) {
                BlockKind::Title
            } else if head.deck == Some(i) {
                BlockKind::Deck
            } else if head.bylines.contains(&i) || head.outlets.contains(&i) {
                BlockKind::Byline
            } else if head.dates.contains(&i) {
                BlockKind::Dateline
            } else if headings::is_heading(text, &units[i], &readings[i], next_is_text) {
                BlockKind::Heading
            } else if furniture::is_caption(line, units[i].words) {
                BlockKind::Caption
            } else {
                match units[i].mark {
                    Mark::Bullet | Mark::Number => BlockKind::ListItem,
                    Mark::Quote => BlockKind::Quote,
                    _ => BlockKind::Paragraph,
                }
            };
        }
        if !outside[i] {
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
