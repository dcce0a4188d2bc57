//! The text of a page as a browser shows it: white space collapsed, paragraphs apart, every run of it with its place
//! in the page.

use std::ops::Range;

use super::reference::align;
use super::tags::{Attribute, Tag};
use super::tree::{Content, Tree};
use crate::document::Run;
use crate::span::Span;

/// The text of a page in segments.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub(crate) text: String,
    /// Pieces of `text` with their bytes in the page.
    pub(crate) runs: Vec<Run>,
    pub(crate) segments: Vec<Segment>,
}

/// A run of text that no block interrupts: a paragraph, a heading, a cell.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) span: Span,
    /// Its runs.
    pub(crate) runs: Range<usize>,
    /// The innermost block that holds it.
    pub(crate) container: u32,
    /// Its first node.
    pub(crate) first: u32,
    /// Bytes of it in links.
    pub(crate) linked: u32,
    /// Bytes of it in `b` and `strong`.
    pub(crate) bold: u32,
    /// Whether it is the rest of a paragraph that `<br><br>` cut.
    pub(crate) after_break: bool,
}

/// Reads the text out of a tree.
pub(crate) fn flow(tree: &Tree<'_>) -> Flow {
    let mut walk = Walk::new(tree);
    let count = tree.nodes.len() as u32;
    let mut at = 1;
    while at < count {
        while walk.open.len() > 1 && walk.open.last().is_some_and(|o| tree.nodes[*o as usize].end <= at) {
            walk.leave();
        }
        match &tree.nodes[at as usize].content {
            Content::Element { tag, .. } => {
                if is_skipped(tree, at, *tag) {
                    at = tree.nodes[at as usize].end;
                    continue;
                }
                walk.enter(at, *tag);
            }
            Content::Text { source, decoded, linked } => {
                let value = match decoded {
                    Some(_) => tree.own_text(at).unwrap_or_default(),
                    None => &tree.page[source.start as usize..source.end as usize],
                };
                walk.text(at, value, source.start as usize..source.end as usize, *linked);
            }
        }
        at += 1;
    }
    walk.flush();
    walk.flow
}

/// Whether nothing of an element is shown, or it stands hidden within a line.
fn is_skipped(tree: &Tree<'_>, node: u32, tag: Tag) -> bool {
    tag.is_silent() || !tag.is_block() && tag != Tag::Other && is_hidden(tree, node)
}

/// Whether an element is not shown, or shown to screen readers only.
pub(super) fn is_hidden(tree: &Tree<'_>, node: u32) -> bool {
    if tree.attribute(node, Attribute::Hidden).is_some_and(|v| v != "until-found") {
        return true;
    }
    if let Some(style) = tree.attribute(node, Attribute::Style) {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).take(400).collect();
        let style = style.to_ascii_lowercase();
        if style.contains("display:none") || style.contains("visibility:hidden") {
            return true;
        }
    }
    tree.attribute(node, Attribute::Class).is_some_and(|classes| {
        classes.split_ascii_whitespace().any(|class| {
            matches!(
                class,
                "sr-only"
                    | "visually-hidden"
                    | "visuallyhidden"
                    | "screen-reader-text"
                    | "u-hiddenVisually"
                    | "screenreader-only"
                    | "screen-reader-only"
                    | "sr-only-focusable"
                    | "a11y-hidden"
                    | "vh"
            )
        })
    })
}

struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    flow: Flow,
    /// Open elements, and those of them that are blocks.
    open: Vec<u32>,
    blocks: Vec<u32>,
    pre: u32,
    bold: u32,
    /// White space that is owed, by its place in the page.
    space: Option<usize>,
    breaks: u32,
    begun: Option<Begun>,
    after_break: bool,
}

/// The segment that is being written.
struct Begun {
    start: usize,
    runs: usize,
    container: u32,
    first: u32,
    linked: u32,
    bold: u32,
}

impl<'t, 'a> Walk<'t, 'a> {
    fn new(tree: &'t Tree<'a>) -> Self {
        Walk {
            tree,
            flow: Flow::default(),
            open: vec![0],
            blocks: vec![0],
            pre: 0,
            bold: 0,
            space: None,
            breaks: 0,
            begun: None,
            after_break: false,
        }
    }

    fn enter(&mut self, node: u32, tag: Tag) {
        match tag {
            Tag::Br => {
                self.breaks += 1;
                self.space = None;
            }
            Tag::Wbr | Tag::Img | Tag::Input => {}
            _ if tag.is_block() => {
                self.flush();
                self.after_break = false;
            }
            _ => {}
        }
        if tag.is_void() {
            return;
        }
        self.open.push(node);
        if tag.is_block() {
            self.blocks.push(node);
        }
        self.pre += u32::from(tag == Tag::Pre);
        self.bold += u32::from(matches!(tag, Tag::B | Tag::Strong));
    }

    fn leave(&mut self) {
        let Some(node) = self.open.pop() else { return };
        let tag = self.tree.tag(node);
        if tag.is_block() {
            self.flush();
            self.after_break = false;
            self.blocks.pop();
        }
        self.pre -= u32::from(tag == Tag::Pre);
        self.bold -= u32::from(matches!(tag, Tag::B | Tag::Strong));
    }

    /// Adds a text, piece by piece.
    fn text(&mut self, node: u32, value: &str, source: Range<usize>, linked: bool) {
        if value.len() == source.len() && value.as_bytes() == &self.tree.page.as_bytes()[source.clone()] {
            self.exact(node, value, source.start, linked);
            return;
        }
        let Some(pieces) = align(&self.tree.page[source.clone()], value) else {
            // It could not be followed into the page: the whole stands for the whole.
            self.coarse(node, value, source, linked);
            return;
        };
        let (mut from, mut to) = (source.start, 0);
        for piece in pieces {
            // References decode to whole characters, and so what lies between them is whole too.
            let Some(text) = value.get(to..to + piece.decoded) else { return };
            if piece.decoded == piece.source {
                self.exact(node, text, from, linked);
            } else {
                self.coarse(node, text, from..from + piece.source, linked);
            }
            from += piece.source;
            to += piece.decoded;
        }
    }

    /// A text that stands byte for byte at `at`.
    fn exact(&mut self, node: u32, value: &str, at: usize, linked: bool) {
        let mut rest = value;
        let mut at = at;
        while !rest.is_empty() {
            let is_space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
            let white = rest.bytes().take_while(|b| is_space(b)).count();
            if white > 0 {
                let lines = self.pre > 0 && rest[..white].contains('\n');
                if lines {
                    let ends = rest[..white].bytes().filter(|b| *b == b'\n').count();
                    self.breaks += ends as u32;
                    self.space = None;
                } else if self.breaks == 0 && self.space.is_none() {
                    self.space = Some(at);
                }
                (rest, at) = (&rest[white..], at + white);
                continue;
            }
            let word = rest.bytes().position(|b| is_space(&b)).unwrap_or(rest.len());
            self.word(node, &rest[..word], at..at + word, linked);
            (rest, at) = (&rest[word..], at + word);
        }
    }

    /// A text that stands for bytes that differ from it.
    fn coarse(&mut self, node: u32, value: &str, source: Range<usize>, linked: bool) {
        if value.chars().all(|c| c.is_ascii_whitespace()) {
            if !value.is_empty() && self.breaks == 0 && self.space.is_none() {
                self.space = Some(source.start);
            }
            return;
        }
        self.word(node, value, source, linked);
    }

    fn word(&mut self, node: u32, word: &str, source: Range<usize>, linked: bool) {
        let blank = word.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        if blank && (self.begun.is_none() || self.breaks > 0) {
            return;
        }
        if self.breaks >= 2 && self.begun.is_some() {
            self.flush();
            self.after_break = true;
        }
        if self.begun.is_none() {
            if !self.flow.text.is_empty() {
                self.flow.text.push_str("\n\n");
            }
            self.begun = Some(Begun {
                start: self.flow.text.len(),
                runs: self.flow.runs.len(),
                container: self.blocks.last().copied().unwrap_or(0),
                first: node,
                linked: 0,
                bold: 0,
            });
        } else if self.breaks == 1 {
            self.flow.text.push('\n');
        } else if let Some(at) = self.space {
            self.put(" ", at..at + 1);
        }
        self.breaks = 0;
        self.space = None;
        self.put(word, source);
        if let Some(begun) = &mut self.begun {
            begun.linked += if linked { word.len() as u32 } else { 0 };
            begun.bold += if self.bold > 0 { word.len() as u32 } else { 0 };
        }
    }

    fn put(&mut self, text: &str, source: Range<usize>) {
        let start = self.flow.text.len();
        self.flow.text.push_str(text);
        let end = self.flow.text.len();
        let exact = text.len() == source.len();
        if exact
            && let Some(last) = self.flow.runs.last_mut()
            && self.begun.as_ref().is_some_and(|b| b.start <= last.text.start())
            && last.text.end() == start
            && last.end == source.start as u64
            && last.text.len() as u64 == last.end - last.start
        {
            last.text = Span::new(last.text.start(), end);
            last.end = source.end as u64;
            return;
        }
        let run = Run { text: Span::new(start, end), start: source.start as u64, end: source.end as u64 };
        self.flow.runs.push(run);
    }

    fn flush(&mut self) {
        self.space = None;
        self.breaks = 0;
        let Some(begun) = self.begun.take() else { return };
        let end = self.flow.text.len();
        let text = &self.flow.text[begun.start..end];
        let kept = text.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
        self.flow.text.truncate(begun.start + kept);
        let end = begun.start + kept;
        while let Some(last) = self.flow.runs.last_mut() {
            if last.text.start() >= end {
                self.flow.runs.pop();
                continue;
            }
            if last.text.end() > end {
                let exact = last.text.len() as u64 == last.end - last.start;
                let less = (last.text.end() - end) as u64;
                last.end -= if exact { less } else { 0 };
                last.text = Span::new(last.text.start(), end);
            }
            break;
        }
        self.flow.segments.push(Segment {
            span: Span::new(begun.start, end),
            runs: begun.runs..self.flow.runs.len(),
            container: begun.container,
            first: begun.first,
            linked: begun.linked,
            bold: begun.bold,
            after_break: self.after_break,
        });
    }
}
