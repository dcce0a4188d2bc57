//! A tree of a page in which every text knows its bytes.
//!
//! The tokens are html5gum's, which follow the HTML standard to the letter and say where they stand. The tree is
//! simpler than the standard's: end tags that are left out are implied, but misnested formatting is closed instead of
//! opened again, and misplaced content of tables stays where it is. No text is lost or moved by that, and three
//! things are won: positions, which no builder of standard trees keeps; a bounded cost, where the standard's adoption
//! agency takes the square of the unclosed `<b>`; and nodes in the order of the page, so that nothing here recurses.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::tags::{Attribute, Tag};
use crate::read::ReadOptions;

/// An element or a text, in the order of the page.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) parent: u32,
    /// One past the last node inside of it.
    pub(crate) end: u32,
    pub(crate) content: Content,
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    Element {
        tag: Tag,
        attributes: Range<u32>,
    },
    /// A text, as bytes of the page, and the same decoded, where that differs. `linked`: inside of `<a href>`.
    Text {
        source: Range<u32>,
        decoded: Option<Range<u32>>,
        linked: bool,
    },
}

/// A page as a tree.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    pub(crate) page: &'a str,
    pub(crate) nodes: Vec<Node>,
    attributes: Vec<(Attribute, Range<u32>)>,
    values: String,
    /// Whether elements inside of elements were too many, and were taken for their content.
    pub(crate) flattened: bool,
    /// The byte from which on nothing was read, because there were too many nodes.
    pub(crate) cut: Option<usize>,
}

impl Tree<'_> {
    pub(crate) fn tag(&self, node: u32) -> Tag {
        match self.nodes[node as usize].content {
            Content::Element { tag, .. } => tag,
            Content::Text { .. } => Tag::Other,
        }
    }

    /// The value of an attribute of an element; empty if it has no value.
    pub(crate) fn attribute(&self, node: u32, name: Attribute) -> Option<&str> {
        let Content::Element { attributes, .. } = &self.nodes[node as usize].content else { return None };
        let all = &self.attributes[attributes.start as usize..attributes.end as usize];
        let (_, value) = all.iter().find(|(n, _)| *n == name)?;
        Some(&self.values[value.start as usize..value.end as usize])
    }

    /// The nodes inside of a node.
    pub(crate) fn inside(&self, node: u32) -> Range<u32> {
        node + 1..self.nodes[node as usize].end
    }

    /// All text inside of an element, white space as it is.
    pub(crate) fn text(&self, node: u32) -> String {
        let mut out = String::new();
        for inner in self.inside(node) {
            if let Some(text) = self.own_text(inner) {
                out.push_str(text);
            }
        }
        out
    }

    /// The text of a text.
    pub(crate) fn own_text(&self, node: u32) -> Option<&str> {
        let Content::Text { source, decoded, .. } = &self.nodes[node as usize].content else { return None };
        Some(match decoded {
            Some(value) => &self.values[value.start as usize..value.end as usize],
            None => &self.page[source.start as usize..source.end as usize],
        })
    }
}

/// Builds the tree of a page, which has less than 4 GiB.
pub(crate) fn build<'a>(page: &'a str, options: &ReadOptions) -> Tree<'a> {
    let root = Node { parent: 0, end: 0, content: Content::Element { tag: Tag::Html, attributes: 0..0 } };
    let tree = Tree { page, nodes: vec![root], ..Tree::default() };
    let mut builder = Builder {
        tree,
        open: vec![Open { node: 0, tag: Tag::Html, link: false }],
        max_depth: options.max_depth.max(8),
        max_nodes: options.max_nodes.max(8),
        ..Builder::default()
    };
    let handle = |event: CallbackEvent<'_>, span: Span<usize>| {
        builder.take(event, span);
        None
    };
    let mut emitter: CallbackEmitter<_, Infallible, usize> = CallbackEmitter::new(handle);
    emitter.naively_switch_states(true);
    // A string does not fail to be read.
    let Ok(()) = Tokenizer::new_with_emitter(page, emitter).finish();
    builder.finish()
}

/// An open element.
#[derive(Debug)]
struct Open {
    node: u32,
    tag: Tag,
    /// A link that has not ended.
    link: bool,
}

#[derive(Debug, Default)]
struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<Open>,
    /// Elements that were not opened because they lie too deep, by tag.
    flattened: Vec<(Tag, u32)>,
    paragraphs: u32,
    links: u32,
    /// Elements inside of `<svg>`, which are left out.
    svg: u32,
    /// The start tag that is being read.
    tag: Option<Tag>,
    first_attribute: u32,
    attribute: Option<Attribute>,
    max_depth: usize,
    max_nodes: usize,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: CallbackEvent<'_>, span: Span<usize>) {
        if self.tree.cut.is_some() {
            return;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                if self.tree.nodes.len() >= self.max_nodes {
                    self.tree.cut = Some(span.start);
                    return;
                }
                self.tag = Some(Tag::of(name));
                self.first_attribute = self.tree.attributes.len() as u32;
                self.attribute = None;
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute =
                    Some(Attribute::of(name)).filter(|a| *a != Attribute::Other && self.tag.is_some());
                if let Some(name) = self.attribute {
                    let at = self.tree.values.len() as u32;
                    self.tree.attributes.push((name, at..at));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if self.attribute.take().is_some() {
                    let range = self.store(value);
                    if let Some(last) = self.tree.attributes.last_mut() {
                        last.1 = range;
                    }
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(tag) = self.tag.take() {
                    self.start(tag, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                self.end(Tag::of(name));
            }
            CallbackEvent::String { value } => self.string(value, span),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn store(&mut self, value: &[u8]) -> Range<u32> {
        let start = self.tree.values.len() as u32;
        self.tree.values.push_str(&String::from_utf8_lossy(value));
        start..self.tree.values.len() as u32
    }

    fn string(&mut self, value: &[u8], span: Span<usize>) {
        if self.svg > 0 {
            return;
        }
        if self.tree.nodes.len() >= self.max_nodes {
            self.tree.cut = Some(span.start);
            return;
        }
        let length = self.tree.page.len();
        let (start, end) = (span.start.min(length), span.end.min(length).max(span.start.min(length)));
        let same = self.tree.page.as_bytes()[start..end] == *value;
        let decoded = (!same).then(|| self.store(value));
        let linked = self.links > 0;
        let (start, end) =
            (self.tree.page.floor_char_boundary(start), self.tree.page.ceil_char_boundary(end));
        self.push(Content::Text { source: start as u32..end as u32, decoded, linked });
    }

    fn push(&mut self, content: Content) -> u32 {
        let node = self.tree.nodes.len() as u32;
        let parent = self.open.last().map_or(0, |o| o.node);
        self.tree.nodes.push(Node { parent, end: node + 1, content });
        node
    }

    fn start(&mut self, tag: Tag, self_closing: bool) {
        if self.svg > 0 {
            self.svg += u32::from(tag == Tag::Svg && !self_closing);
            return;
        }
        self.imply_ends(tag);
        let attributes = self.first_attribute..self.tree.attributes.len() as u32;
        let deep = self.open.len() >= self.max_depth;
        if deep && !tag.is_void() {
            self.tree.flattened = true;
            match self.flattened.iter_mut().find(|f| f.0 == tag) {
                Some(count) => count.1 += 1,
                None => self.flattened.push((tag, 1)),
            }
            // What it holds is kept; that it stood apart is kept too.
            if tag.is_block() {
                self.push(Content::Element { tag: Tag::Hr, attributes: 0..0 });
            }
            return;
        }
        let node = self.push(Content::Element { tag, attributes });
        if tag.is_void() || self_closing && tag == Tag::Svg {
            return;
        }
        if tag == Tag::Svg {
            self.svg = 1;
            return;
        }
        let link = tag == Tag::A && self.tree.attribute(node, Attribute::Href).is_some();
        self.links += u32::from(link);
        self.paragraphs += u32::from(tag == Tag::P);
        self.open.push(Open { node, tag, link });
    }

    /// Closes what the start of an element closes (HTML standard, 13.2.6.4.7, and those on tables).
    fn imply_ends(&mut self, tag: Tag) {
        use Tag::*;
        let innermost = self.open.last().map_or(Html, |o| o.tag);
        if tag.ends_paragraph() && self.paragraphs > 0 {
            self.close_nearest(|t| t == P, Tag::is_barrier);
        }
        match tag {
            Li => self.close_nearest(|t| t == Li, |t| matches!(t, Ul | Ol) || t.is_barrier()),
            Dd | Dt => self.close_nearest(|t| matches!(t, Dd | Dt), |t| t == Dl || t.is_barrier()),
            Option | Optgroup if innermost == Option => self.close_nearest(|t| t == Option, Tag::is_barrier),
            Td | Th => self.close_nearest(|t| matches!(t, Td | Th), |t| matches!(t, Tr | Table)),
            Tr => self.close_nearest(|t| t == Tr, |t| t == Table),
            Tbody | Thead | Tfoot => {
                self.close_nearest(|t| matches!(t, Tbody | Thead | Tfoot), |t| t == Table);
            }
            A => self.end_link(),
            _ if tag.is_heading() && innermost.is_heading() => {
                self.close_nearest(Tag::is_heading, Tag::is_barrier);
            }
            _ => {}
        }
        if tag == Body || tag.is_block() && !matches!(tag, Html | Head | Title) {
            self.close_nearest(|t| t == Head, |t| t != Head && t.is_block());
        }
    }

    fn end(&mut self, tag: Tag) {
        if self.svg > 0 {
            self.svg -= u32::from(tag == Tag::Svg);
            return;
        }
        if let Some(count) = self.flattened.iter_mut().find(|f| f.0 == tag && f.1 > 0) {
            count.1 -= 1;
            if tag.is_block() && self.tree.nodes.len() < self.max_nodes {
                self.push(Content::Element { tag: Tag::Hr, attributes: 0..0 });
            }
            return;
        }
        match tag {
            Tag::Html | Tag::Body => {}
            Tag::Br => {
                self.push(Content::Element { tag, attributes: 0..0 });
            }
            Tag::A => self.end_link(),
            _ if tag.is_heading() => self.close_nearest(Tag::is_heading, Tag::is_barrier),
            _ if tag.is_tabular() => self.close_nearest(|t| t == tag, |t| t == Tag::Table),
            _ if tag.is_block() => self.close_nearest(|t| t == tag, Tag::is_barrier),
            Tag::Other => self.close_nearest(|t| t == tag, |t| t.is_block()),
            _ => self.close_nearest(|t| t == tag, |t| t.is_block() || t.is_barrier()),
        }
    }

    /// Ends a link. If blocks are open inside of it they stay open, and what follows is no longer linked.
    fn end_link(&mut self) {
        let Some(at) = self.open.iter().rposition(|o| o.tag == Tag::A || o.tag.is_barrier()) else { return };
        if self.open[at].tag != Tag::A {
            return;
        }
        if self.open[at..].iter().any(|o| o.tag.is_block()) {
            if std::mem::take(&mut self.open[at].link) {
                self.links -= 1;
            }
        } else {
            self.close_from(at);
        }
    }

    /// Closes the innermost element that is `wanted`, unless one that is `barrier` lies between.
    fn close_nearest(&mut self, wanted: impl Fn(Tag) -> bool, barrier: impl Fn(Tag) -> bool) {
        let found = self.open.iter().rposition(|o| wanted(o.tag) || barrier(o.tag));
        if let Some(at) = found
            && at > 0
            && wanted(self.open[at].tag)
        {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        let end = self.tree.nodes.len() as u32;
        for open in self.open.drain(at..) {
            self.tree.nodes[open.node as usize].end = end;
            self.links -= u32::from(open.link);
            self.paragraphs -= u32::from(open.tag == Tag::P);
        }
    }

    fn finish(mut self) -> Tree<'a> {
        self.close_from(0);
        self.tree
    }
}
