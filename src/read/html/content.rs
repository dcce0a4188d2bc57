//! The article in a page: which pieces of it are of the article, and what they are in it.

use std::sync::LazyLock;

use super::features::{self, Told};
use super::forest::Forest;
use super::jsonld::{self, Stated};
use super::tags::{Attribute, Tag};
use super::text::{Flow, Segment, flow};
use super::tree::{self, Tree};
use crate::document::{Block, BlockKind, PageMap, Run};
use crate::language::storage;
use crate::read::ReadOptions;
use crate::span::Span;

/// Magic of the model's file.
pub(crate) const MODEL: [u8; 4] = *b"RPPG";

/// A piece this likely is of the article.
pub(crate) const THRESHOLD: f32 = 0.45;

static FOREST: LazyLock<Forest> = LazyLock::new(|| {
    let file = include_bytes!("../../../models/pages.bin");
    storage::open(file, MODEL).and_then(|bytes| Forest::of(&bytes)).unwrap_or_default()
});

/// The pieces of a page as the model sees them.
pub(crate) struct Pieces {
    flow: Flow,
    pub(crate) rows: Vec<Vec<f32>>,
}

impl Pieces {
    /// Reads a page.
    pub(crate) fn of(page: &str) -> Pieces {
        let tree = tree::build(page, &ReadOptions::default());
        let flow = flow(&tree);
        let told = told(&tree, &jsonld::read(&tree));
        Pieces { rows: features::features(&tree, &flow, &told).rows, flow }
    }

    /// Their texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.flow.segments.iter().map(|s| s.span.of(&self.flow.text))
    }
}

/// What the page says of its article outside of its text.
pub(super) fn told(tree: &Tree<'_>, stated: &[Stated]) -> Told {
    let longest = |of: fn(&Stated) -> &String| {
        stated.iter().map(of).max_by_key(|t| t.len()).cloned().unwrap_or_default()
    };
    let title = (0..tree.nodes.len() as u32).find(|n| tree.tag(*n) == Tag::Title);
    Told {
        title: title.map(|n| tree.text(n)).unwrap_or_default(),
        body: longest(|s| &s.body),
        description: longest(|s| &s.description),
    }
}
