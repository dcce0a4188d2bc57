//! The article in a page: which pieces of it are of the article, and what they are in it.

use std::sync::LazyLock;

use super::features::{self, Told};
#[cfg(feature = "train")]
use super::jsonld;
use super::jsonld::Stated;
use super::tags::{Attribute, Tag};
#[cfg(feature = "train")]
use super::text::flow;
use super::text::{Flow, Segment};
#[cfg(feature = "train")]
use super::tree;
use super::tree::Tree;
use crate::document::{Block, BlockKind, PageMap, Run};
use crate::forest::Forest;
use crate::language::storage;
use crate::parse::{self, DateLine, Label};
#[cfg(feature = "train")]
use crate::read::ReadOptions;
use crate::span::Span;

/// Magic of the model's file.
pub(crate) const MODEL: [u8; 4] = *b"RPPG";

/// A piece this likely is of the article.
pub(crate) const THRESHOLD: f32 = 0.45;

/// The model that comes with the program.
pub(crate) static FOREST: LazyLock<Forest> = LazyLock::new(|| {
    let file = include_bytes!("../../../models/pages.bin");
    storage::open(file, MODEL)
        .and_then(|bytes| Forest::read(&bytes, features::WIDTH).map(|(forest, _)| forest))
        .unwrap_or_default()
});

/// The pieces of a page as the model sees them in training.
#[cfg(feature = "train")]
pub(crate) struct Pieces {
    flow: Flow,
    pub(crate) rows: Vec<Vec<f32>>,
}

#[cfg(feature = "train")]
impl Pieces {
    /// Reads a page.
    pub(crate) fn of(page: &str) -> Pieces {
        let tree = tree::build(page, &ReadOptions::default());
        let flow = flow(&tree);
        let told = told(&tree, &jsonld::read(&tree));
        Pieces { rows: features::features(&tree, &flow, &told), flow }
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

/// What was chosen of a page's segments.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// Segments in order, with what they are.
    pub(super) blocks: Vec<(usize, BlockKind)>,
    /// Lines that give dates, with whether they stand at the headline; and lines there that give authors.
    pub(super) dates: Vec<(usize, DateLine, bool)>,
    pub(super) bylines: Vec<(usize, Span)>,
    /// Nodes between which the head of the article lies.
    pub(super) first_node: u32,
    pub(super) last_node: u32,
}

/// How likely each segment is of the article.
pub(super) fn likelihoods(tree: &Tree<'_>, flow: &Flow, told: &Told, forest: &Forest) -> Vec<f32> {
    features::features(tree, flow, told).iter().map(|row| forest.probability(row)).collect()
}

/// Chooses the article's segments by likelihood and adds what stands at its head.
pub(super) fn choose(tree: &Tree<'_>, flow: &Flow, likelihood: &[f32], title: Option<usize>) -> Chosen {
    let mut body: Vec<bool> = likelihood.iter().map(|p| *p > THRESHOLD).collect();
    if !body.contains(&true) {
        // A page like no other: what is most likely, if anything is.
        let best = likelihood.iter().copied().fold(0.0, f32::max);
        body = likelihood.iter().map(|p| *p >= best * 0.5).collect();
    }
    whole_rows(tree, flow, &mut body);
    let mut chosen = Chosen::default();
    let first = body.iter().position(|b| *b).unwrap_or(0);
    let last = body.iter().rposition(|b| *b).unwrap_or(0);
    let top = title.filter(|t| *t <= first + 3).unwrap_or(first);
    head(flow, &body, (top, first), &mut chosen);
    for (i, segment) in flow.segments.iter().enumerate() {
        let kind = if Some(i) == title && i <= last {
            BlockKind::Title
        } else if chosen.dates.iter().any(|d| d.0 == i && d.2) {
            BlockKind::Dateline
        } else if chosen.bylines.iter().any(|b| b.0 == i) {
            BlockKind::Byline
        } else if i >= top.saturating_sub(3) && i <= first + 3 && is_time(tree, segment) {
            BlockKind::Dateline
        } else if body[i] || i > first && i < last && is_caption(tree, segment.container) {
            kind(tree, segment)
        } else {
            continue;
        };
        chosen.blocks.push((i, kind));
    }
    let node = |i: usize| flow.segments.get(i).map_or(0, |s| s.first);
    chosen.first_node = node(top.saturating_sub(12).min(first));
    chosen.last_node = node((first + 3).min(last));
    chosen
}

/// Lines around the headline that give date and authors, and lines elsewhere that say "published".
fn head(flow: &Flow, body: &[bool], (title, first): (usize, usize), chosen: &mut Chosen) {
    /// How far from headline and first paragraph such lines stand.
    const REACH: usize = 12;
    let (from, to) = (title.min(first), title.max(first));
    let near = (if to - from > 40 { to.saturating_sub(REACH) } else { from.saturating_sub(REACH) })..to + 6;
    for (i, segment) in flow.segments.iter().enumerate() {
        let span = segment.span;
        if span.len() > 300 {
            continue;
        }
        let is_link = segment.linked as usize == span.len();
        if let Some(date) = parse::date_line(&flow.text, span) {
            let labelled =
                date.label == Label::None && i > 0 && is_label(flow.segments[i - 1].span.of(&flow.text));
            let label = if labelled { Label::Published } else { date.label };
            if near.contains(&i) && !is_link {
                chosen.dates.push((i, DateLine { label, ..date }, true));
            } else if label == Label::Published {
                chosen.dates.push((i, DateLine { label, ..date }, false));
            }
        }
        if near.contains(&i)
            && i + 1 >= from
            && (!body[i] || span.len() < 120)
            && let Some(names) = parse::byline(&flow.text, span).map(|b| b.names)
        {
            chosen.bylines.push((i, names));
        }
    }
}

/// "Published", on a line above its date.
fn is_label(line: &str) -> bool {
    const LABELS: [&str; 8] = [
        "published",
        "published on",
        "date published",
        "posted",
        "posted on",
        "publication date",
        "publish date",
        "date posted",
    ];
    line.len() < 20 && LABELS.contains(&line.trim_end_matches(':').trim().to_lowercase().as_str())
}

/// Rows of a table are of the article as a whole.
fn whole_rows(tree: &Tree<'_>, flow: &Flow, body: &mut [bool]) {
    let rows: Vec<Option<u32>> = flow.segments.iter().map(|s| row(tree, s.container).map(|r| r.0)).collect();
    let mut at = 0;
    while at < rows.len() {
        let end = at + rows[at..].iter().take_while(|r| **r == rows[at]).count();
        if rows[at].is_some() && body[at..end].contains(&true) {
            body[at..end].fill(true);
        }
        at = end;
    }
}

/// Whether a segment is short and begins with a `time` element.
fn is_time(tree: &Tree<'_>, segment: &Segment) -> bool {
    segment.span.len() < 60 && tree.tag(tree.nodes[segment.first as usize].parent) == Tag::Time
}

/// What a segment is, by the elements around it.
pub(super) fn kind(tree: &Tree<'_>, segment: &Segment) -> BlockKind {
    let mut at = segment.container;
    if is_caption(tree, at) {
        return BlockKind::Caption;
    }
    let mut is_item = false;
    loop {
        match tree.tag(at) {
            tag if tag.is_heading() => return BlockKind::Heading,
            Tag::Blockquote => return BlockKind::Quote,
            Tag::Li | Tag::Dd | Tag::Dt => is_item = true,
            _ => {}
        }
        if at == 0 {
            return if is_item { BlockKind::ListItem } else { BlockKind::Paragraph };
        }
        at = tree.nodes[at as usize].parent;
    }
}

/// Whether an element is, or lies in, the text under a picture.
fn is_caption(tree: &Tree<'_>, node: u32) -> bool {
    let mut at = node;
    for _ in 0..4 {
        let named = tree.attribute(at, Attribute::Class).is_some_and(|classes| {
            classes.split_ascii_whitespace().any(|c| {
                matches!(
                    c,
                    "caption"
                        | "wp-caption-text"
                        | "image-caption"
                        | "photo-caption"
                        | "media-caption"
                        | "figure-caption"
                        | "gallery-caption"
                )
            })
        });
        if named || matches!(tree.tag(at), Tag::Figcaption | Tag::Caption) {
            return true;
        }
        at = tree.nodes[at as usize].parent;
    }
    false
}

/// The text of the chosen segments, their blocks, and where each run of it stands.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) map: PageMap,
    /// Segments with their places in the flow and in the text.
    places: Vec<(Span, usize)>,
}

impl Written {
    /// A span of the flow's text as one of the written text.
    pub(super) fn place(&self, span: Span) -> Option<Span> {
        let at = self.places.partition_point(|(s, _)| s.start() <= span.start()).checked_sub(1)?;
        let (whole, to) = self.places[at];
        (span.end() <= whole.end())
            .then(|| Span::new(span.start() - whole.start() + to, span.end() - whole.start() + to))
    }
}

/// Writes the chosen segments out. Paragraphs are apart by an empty line, cells of a row by a tab.
pub(super) fn write(tree: &Tree<'_>, flow: &Flow, chosen: &[(usize, BlockKind)]) -> Written {
    let mut out =
        Written { text: String::new(), blocks: Vec::new(), map: PageMap::default(), places: Vec::new() };
    let mut runs: Vec<Run> = Vec::new();
    let mut row_before: Option<(u32, u32)> = None;
    for (i, kind) in chosen {
        let segment = &flow.segments[*i];
        let span = segment.span.trim(&flow.text);
        if span.is_empty() {
            continue;
        }
        let cell = row(tree, segment.container);
        let goes_on = cell.is_some() && cell.map(|c| c.0) == row_before.map(|c| c.0) && cell != row_before;
        if !out.text.is_empty() {
            out.text.push_str(if goes_on { "\t" } else { "\n\n" });
        }
        row_before = cell;
        let start = out.text.len();
        out.text.push_str(span.of(&flow.text));
        let end = out.text.len();
        match out.blocks.last_mut() {
            Some(last) if goes_on => last.span = Span::new(last.span.start(), end),
            _ => out.blocks.push(Block { kind: *kind, span: Span::new(start, end) }),
        }
        out.places.push((span, start));
        runs.extend(flow.runs[segment.runs.clone()].iter().filter_map(|run| clip(run, span)).map(|run| {
            Run {
                text: Span::new(
                    run.text.start() - span.start() + start,
                    run.text.end() - span.start() + start,
                ),
                ..run
            }
        }));
    }
    out.map = PageMap::new(runs);
    out
}

/// The row and the cell that an element is in, if the cell holds nothing but lines.
fn row(tree: &Tree<'_>, node: u32) -> Option<(u32, u32)> {
    let is_cell = matches!(tree.tag(node), Tag::Td | Tag::Th);
    let row = tree.nodes[node as usize].parent;
    (is_cell && tree.tag(row) == Tag::Tr).then_some((row, node))
}

/// The part of a run that lies in a span.
fn clip(run: &Run, span: Span) -> Option<Run> {
    let (start, end) = (run.text.start().max(span.start()), run.text.end().min(span.end()));
    if start >= end {
        return None;
    }
    let mut clipped = Run { text: Span::new(start, end), ..*run };
    if run.is_exact() {
        clipped.start += (start - run.text.start()) as u64;
        clipped.end -= (run.text.end() - end) as u64;
    }
    Some(clipped)
}
