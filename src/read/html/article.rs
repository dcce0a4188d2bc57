//! From a page to an article.

use jiff::civil::Date;

use super::content;
use super::dates;
use super::jsonld;
use super::metadata::Head;
use super::text::flow;
use super::tree::{self, Tree};
use crate::document::{Block, BlockKind, DateCandidate, PageMap};
use crate::error::Problem;
use crate::forest::Forest;
use crate::read::record::Media;
use crate::read::{RawArticle, ReadOptions};
use crate::span::Span;

/// An article out of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Html {
    /// Its text: paragraphs with an empty line between them.
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    /// Where the text stands in the page.
    pub(crate) map: PageMap,
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    /// The address that the page gives itself.
    pub(crate) url: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) modified: Option<Date>,
    /// All dates that may be the article's, the surest first.
    pub(crate) dates: Vec<DateCandidate>,
    /// Whether elements lay deeper in each other than is allowed, and were taken for their content.
    pub(crate) flattened: bool,
    /// The byte from which on the page was not read, because it has too many elements.
    pub(crate) cut: Option<usize>,
}

/// Replaces the page that `article` holds as its text by the article in it. What is known of it already stays.
///
/// # Errors
/// If there is no text in the page; otherwise what is to be known about the reading.
pub(in crate::read) fn fill(
    article: &mut RawArticle,
    media: Media,
    options: &ReadOptions,
) -> std::result::Result<Vec<Problem>, Box<Problem>> {
    let name = article.path.clone().unwrap_or_default();
    let source = std::mem::take(&mut article.text);
    let html = match media {
        Media::Fragment => fragment(&source, options),
        _ => page(&source, article.url.as_deref(), options),
    };
    let mut problems = limits_of(&name, &html, options);
    article.title = article.title.take().or(html.title);
    article.byline = article.byline.take().or(html.byline);
    article.outlet = article.outlet.take().or(html.outlet);
    article.url = article.url.take().or(html.url);
    article.published = article.published.or(html.published);
    article.modified = article.modified.or(html.modified);
    article.dates.extend(html.dates);
    if let (Some(engine), Media::Page) = (&options.engine, media) {
        match engine.blocks(&source, article.url.as_deref()) {
            Ok(blocks) => {
                (article.text, article.blocks) = joined(blocks);
                for date in &mut article.dates {
                    date.span = None;
                }
            }
            Err(why) => {
                let message = format!("`{name}` was read by our own engine: {why}");
                problems.push(Problem::read(&name, "format", message, "").warning());
                (article.text, article.blocks, article.page) = (html.text, html.blocks, Some(html.map));
            }
        }
    } else {
        (article.text, article.blocks, article.page) = (html.text, html.blocks, Some(html.map));
    }
    if article.blocks.is_empty() {
        let message = format!("`{name}` was skipped: there is no text in this page");
        return Err(Box::new(Problem::read(
            &name,
            "empty",
            message,
            "pages that scripts write must be saved after they have run",
        )));
    }
    Ok(problems)
}

/// What was done to a page that is more than the options allow.
fn limits_of(name: &str, html: &Html, options: &ReadOptions) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(at) = html.cut {
        let message =
            format!("`{name}` was read up to byte {at}: it has more than {} elements", options.max_nodes);
        problems
            .push(Problem::read(name, "too_large", message, "raise max_nodes to read all of it").warning());
    }
    if html.flattened {
        let message = format!(
            "`{name}` has elements more than {} deep in each other: those were flattened",
            options.max_depth
        );
        problems.push(
            Problem::read(name, "too_deep", message, "raise max_depth to read them as they are").warning(),
        );
    }
    problems
}

/// The text of an engine's blocks.
fn joined(blocks: Vec<(String, String)>) -> (String, Vec<Block>) {
    let (mut text, mut out) = (String::new(), Vec::new());
    for (kind, block) in blocks {
        let block = block.trim();
        if block.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(block);
        let kind = match kind.as_str() {
            "heading" => BlockKind::Heading,
            "list_item" => BlockKind::ListItem,
            "quote" => BlockKind::Quote,
            "title" => BlockKind::Title,
            "caption" => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
        out.push(Block { kind, span: Span::new(start, text.len()) });
    }
    (text, out)
}

/// The article of a page that was read from `address`.
pub(super) fn page(page: &str, address: Option<&str>, options: &ReadOptions) -> Html {
    page_by(&content::FOREST, page, address, options)
}

/// The same, by another model.
pub(crate) fn page_by(forest: &Forest, page: &str, address: Option<&str>, options: &ReadOptions) -> Html {
    let tree = tree::build(page, options);
    let flow = flow(&tree);
    let stated = jsonld::read(&tree);
    let told = content::told(&tree, &stated);
    let likelihood = content::likelihoods(&tree, &flow, &told, forest);
    let head = Head::read(&tree, stated, address);
    let outlet = head.outlet();
    let (title, at) = head.headline(&tree, &flow, outlet.as_deref());
    let chosen = content::choose(&tree, &flow, &likelihood, at);
    let byline = head.byline(&tree, &flow, &chosen);
    let written = content::write(&tree, &flow, &chosen.blocks);
    let candidates = dates::candidates(&tree, &flow, &head, &chosen);
    let published = dates::published(&candidates);
    let modified = candidates.iter().find(|c| c.modified).map(|c| c.date);
    let dates: Vec<DateCandidate> = candidates
        .into_iter()
        .map(|c| DateCandidate {
            date: c.date,
            kind: c.sort.kind(),
            modified: c.modified,
            span: c.span.and_then(|s| written.place(s)),
            confidence: c.sort.confidence(),
        })
        .collect();
    Html {
        title,
        byline,
        outlet,
        url: head.url(),
        published,
        modified,
        dates,
        text: written.text,
        blocks: written.blocks,
        map: written.map,
        ..limits(&tree)
    }
}

/// A piece of HTML that is all article: the entry of a feed, the part of a mail.
pub(super) fn fragment(html: &str, options: &ReadOptions) -> Html {
    let tree = tree::build(html, options);
    let flow = flow(&tree);
    let all: Vec<(usize, BlockKind)> =
        flow.segments.iter().enumerate().map(|(i, s)| (i, content::kind(&tree, s))).collect();
    let written = content::write(&tree, &flow, &all);
    Html { text: written.text, blocks: written.blocks, map: written.map, ..limits(&tree) }
}

fn limits(tree: &Tree<'_>) -> Html {
    Html { flattened: tree.flattened, cut: tree.cut, ..Html::default() }
}
