//! Web pages: the article in them, what they say of it, and where each piece of it stands.
//!
//! A page goes through `tree` (elements and texts, with a limit to both), `text` (the text as a browser shows it, in
//! segments), `features` and `forest` (how likely each segment is of the article), `content` (which are, and what they
//! are in it), `metadata`, `jsonld` and `dates` (what the page says of its article).
//!
//! A tree builder of the HTML standard and the algorithm of Readability on it (`dom_smoothie`) were tried first. The
//! forest finds the article better, and a tree that knows its bytes needs nothing to be searched for in the page
//! afterwards.

pub(crate) mod classes;
pub(crate) mod content;
mod dates;
pub(crate) mod features;
pub(crate) mod forest;
mod jsonld;
mod metadata;
mod reference;
pub(crate) mod tags;
pub(crate) mod text;
pub(crate) mod tree;

use jiff::civil::Date;

use super::ReadOptions;
use crate::document::{Block, BlockKind, DateCandidate, PageMap};
use forest::Forest;
use metadata::Head;
use tree::Tree;

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

/// The article of a page that was read from `address`.
pub(crate) fn page(page: &str, address: Option<&str>, options: &ReadOptions) -> Html {
    page_by(&content::FOREST, page, address, options)
}

/// The same, by another model.
pub(crate) fn page_by(forest: &Forest, page: &str, address: Option<&str>, options: &ReadOptions) -> Html {
    let tree = tree::build(page, options);
    let flow = text::flow(&tree);
    let stated = jsonld::read(&tree);
    let told = content::told(&tree, &stated);
    let likelihood = content::likelihoods(&tree, &flow, &told, forest);
    let head = Head::read(&tree, stated, address);
    let outlet = head.outlet();
    let (title, at) = head.headline(&tree, &flow, outlet.as_deref());
    let chosen = content::choose(&tree, &flow, &likelihood, at);
    let byline = head.byline(&tree, &flow, &chosen);
    let written = content::write(&tree, &flow, &chosen.blocks);
    let dates: Vec<DateCandidate> = dates::candidates(&tree, &flow, &head, &chosen)
        .into_iter()
        .map(|c| DateCandidate {
            date: c.date,
            kind: c.sort.kind(),
            modified: c.modified,
            span: c.span.and_then(|s| written.place(s)),
            confidence: c.sort.confidence(),
        })
        .collect();
    let day = |modified: bool| dates.iter().find(|d| d.modified == modified).map(|d| d.date);
    Html {
        title,
        byline,
        outlet,
        url: head.url(),
        published: day(false),
        modified: day(true),
        dates,
        text: written.text,
        blocks: written.blocks,
        map: written.map,
        ..limits(&tree)
    }
}

/// A piece of HTML that is all article: the entry of a feed, the part of a mail.
pub(crate) fn fragment(html: &str, options: &ReadOptions) -> Html {
    let tree = tree::build(html, options);
    let flow = text::flow(&tree);
    let all: Vec<(usize, BlockKind)> =
        flow.segments.iter().enumerate().map(|(i, s)| (i, content::kind(&tree, s))).collect();
    let written = content::write(&tree, &flow, &all);
    Html { text: written.text, blocks: written.blocks, map: written.map, ..limits(&tree) }
}

fn limits(tree: &Tree<'_>) -> Html {
    Html { flattened: tree.flattened, cut: tree.cut, ..Html::default() }
}
