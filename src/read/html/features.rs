//! What is seen of a piece of a page to tell whether it is of the article.
//!
//! The signs are those of the literature on content extraction: lengths, links and their neighbours (Kohlschütter,
//! Fankhauser and Nejdl, "Boilerplate detection using shallow text features", WSDM 2010), names of elements and the
//! scores of what surrounds a piece (Readability), and what the page says elsewhere of its own article.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::{self, GROUPS};
use super::tags::{Attribute, Tag};
use super::text::{Flow, Segment, is_hidden};
use super::tree::Tree;

/// What a page says of its article, outside of its text.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) title: String,
    /// `articleBody` of JSON-LD.
    pub(crate) body: String,
    pub(crate) description: String,
}

/// What is known of an element.
#[derive(Clone, Debug, Default)]
struct Element {
    groups: u32,
    words: f32,
    linked: f32,
    segments: f32,
    prose: f32,
    score: f32,
    hidden: bool,
    signature: u64,
}

/// What a segment is by itself.
#[derive(Clone, Copy, Debug, Default)]
struct Own {
    words: f32,
    link: f32,
    stops: f32,
    marks: f32,
    ends: f32,
    heading: f32,
    item: f32,
    paragraph: f32,
    signature: u64,
    is_prose: bool,
}

/// Words that running text has and menus have not.
static STOPS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| STOP_WORDS.split(' ').collect());

const STOP_WORDS: &str = "the of and to a in is that it for on was with as are be this by at from or an have not you your but they which their has can we i were will been its all if more when one there so about who would what up our out he she his her them than into do just how";

/// Numbers of a row.
pub(crate) const WIDTH: usize = 160;

/// A row of numbers for each segment.
pub(crate) fn features(tree: &Tree<'_>, flow: &Flow, told: &Told) -> Vec<Vec<f32>> {
    let segments = &flow.segments;
    let mut elements = Elements::new(tree);
    let own: Vec<Own> = segments.iter().map(|s| measure(tree, flow, s, &mut elements)).collect();
    for (segment, own) in segments.iter().zip(&own) {
        weigh(tree, &path(tree, segment.container), own, &mut elements);
    }
    let page = elements.of(tree, 0).clone();
    let best = best(tree, &elements);
    let best_path = path(tree, best);
    let best_share = elements.of(tree, best).prose / page.prose.max(1.0);

    let mut same: FxHashMap<u64, (f32, f32, f32)> = FxHashMap::default();
    let mut texts: FxHashMap<&str, f32> = FxHashMap::default();
    for (segment, own) in segments.iter().zip(&own) {
        let all = same.entry(own.signature).or_default();
        all.0 += 1.0;
        all.1 += own.words;
        all.2 += own.words * own.link;
        *texts.entry(segment.span.of(&flow.text)).or_default() += 1.0;
    }
    // Looking up every piece in what JSON-LD holds would take the product of both.
    let mut patience = 100_000_000;
    let body = squeeze(&told.body);
    let description = squeeze(&told.description);
    let title_words: Vec<String> =
        told.title.split_whitespace().take(40).map(squeeze).filter(|w| !w.is_empty()).collect();
    let first_h1 = (0..segments.len()).find(|i| tree.tag(segments[*i].container) == Tag::H1);
    let first_prose = own.iter().position(|o| o.is_prose && o.words > 20.0);
    let articles = segments
        .iter()
        .filter_map(|s| nearest(tree, s.container, Tag::Article))
        .collect::<std::collections::BTreeSet<_>>()
        .len() as f32;

    let mut rows = Vec::with_capacity(segments.len());
    let mut words_before = 0.0;
    let mut prose_before = 0.0;
    for (i, segment) in segments.iter().enumerate() {
        let text = segment.span.of(&flow.text);
        let path = path(tree, segment.container);
        let mut row = Row { values: Vec::with_capacity(160) };
        own_features(&mut row, tree, segment, text, &own[i]);
        around(&mut row, tree, &path, &elements, &page);
        row.add("articles", articles);

        // The part of the page that looks most like an article, and how far from it this is.
        let shared = path.iter().rev().zip(best_path.iter().rev()).take_while(|(a, b)| a == b).count();
        row.add("best_in", f32::from(path.contains(&best)));
        row.add("best_up", (best_path.len() - shared) as f32);
        row.add("best_down", (path.len() - shared) as f32);
        row.add("best_share", best_share);

        row.add("at", i as f32 / segments.len() as f32);
        row.add("words_at", words_before / page.words.max(1.0));
        row.add("prose_at", prose_before / page.prose.max(1.0));
        row.add("after_h1", first_h1.map_or(-1.0, |h| (i as f32 - h as f32).signum()));
        row.add("from_h1", first_h1.map_or(0.0, |h| (i as f32 - h as f32).clamp(-50.0, 100.0)));
        row.add("from_prose", first_prose.map_or(0.0, |h| (i as f32 - h as f32).clamp(-50.0, 100.0)));
        row.add("page_words", page.words.ln_1p());
        row.add("page_prose", page.prose.ln_1p());
        row.add("page_link", page.linked / page.words.max(1.0));
        words_before += own[i].words;
        prose_before += if own[i].is_prose { own[i].words } else { 0.0 };

        neighbours(&mut row, &own, i);
        let all = same.get(&own[i].signature).copied().unwrap_or_default();
        row.add("alike", all.0.ln_1p());
        row.add("alike_words", all.1 / page.words.max(1.0));
        row.add("alike_mean", (all.1 / all.0.max(1.0)).ln_1p());
        row.add("alike_link", all.2 / all.1.max(1.0));
        row.add("repeats", texts.get(text).copied().unwrap_or(1.0).min(5.0));

        let plain = squeeze(text);
        let mut told = |whole: &str, least: usize| {
            if whole.len() < least || whole.len() > patience {
                return -1.0;
            }
            patience -= whole.len();
            f32::from(!plain.is_empty() && whole.contains(&plain))
        };
        row.add("in_json", told(&body, 300));
        row.add("in_description", told(&description, 40));
        let of_title =
            text.split_whitespace().map(squeeze).filter(|w| title_words.contains(w)).count() as f32;
        row.add("of_title", of_title / own[i].words.max(1.0));
        phrases(&mut row, text);
        rows.push(row.values);
    }
    rows
}

/// The numbers of a segment. The names of the columns are for people only.
struct Row {
    values: Vec<f32>,
}

impl Row {
    fn add(&mut self, _name: &str, value: f32) {
        self.values.push(value);
    }
}

/// Letters and digits only, small: texts are compared by these.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An element and those around it, from the inside out.
fn path(tree: &Tree<'_>, node: u32) -> Vec<u32> {
    let mut path = vec![node];
    let mut at = node;
    while at != 0 {
        at = tree.nodes[at as usize].parent;
        path.push(at);
    }
    path
}

fn nearest(tree: &Tree<'_>, node: u32, tag: Tag) -> Option<u32> {
    let mut at = node;
    loop {
        if tree.tag(at) == tag {
            return Some(at);
        }
        if at == 0 {
            return None;
        }
        at = tree.nodes[at as usize].parent;
    }
}

fn hash(value: &str, seed: u64) -> u64 {
    value.bytes().fold(seed, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// What is known of the elements that hold text.
struct Elements {
    known: Vec<Element>,
    /// Index into `known` by node; `u32::MAX` for those that hold none.
    index: Vec<u32>,
}

impl Elements {
    fn new(tree: &Tree<'_>) -> Self {
        Elements { known: Vec::new(), index: vec![u32::MAX; tree.nodes.len()] }
    }

    fn get(&self, node: u32) -> Option<&Element> {
        self.known.get(self.index[node as usize] as usize)
    }

    fn of(&mut self, tree: &Tree<'_>, node: u32) -> &mut Element {
        if self.index[node as usize] == u32::MAX {
            self.index[node as usize] = self.known.len() as u32;
            self.known.push(Element {
                groups: classes::groups(tree, node),
                hidden: is_hidden(tree, node),
                signature: hash(
                    tree.attribute(node, Attribute::Class).unwrap_or_default(),
                    0xcbf2_9ce4_8422_2325 ^ tree.tag(node) as u64,
                ),
                ..Element::default()
            });
        }
        &mut self.known[self.index[node as usize] as usize]
    }
}

fn measure(tree: &Tree<'_>, flow: &Flow, segment: &Segment, elements: &mut Elements) -> Own {
    let text = segment.span.of(&flow.text);
    let mut words = 0.0_f32;
    let mut stops = 0.0_f32;
    let mut lower = String::new();
    for word in text.split_whitespace() {
        words += 1.0;
        if word.len() <= 6 {
            lower.clear();
            lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            stops += f32::from(STOPS.contains(lower.as_str()));
        }
    }
    let link = segment.linked as f32 / text.len().max(1) as f32;
    let tag = tree.tag(segment.container);
    let parent = tree.nodes[segment.container as usize].parent;
    let signature =
        elements.of(tree, segment.container).signature ^ elements.of(tree, parent).signature.rotate_left(17);
    let end = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '\u{a0}']).chars().next_back();
    Own {
        words,
        link,
        stops: stops / words.max(1.0),
        marks: text.matches(['.', ',', '!', '?', ';', ':']).count() as f32,
        ends: match end {
            Some('.' | '!' | '?' | '…') => 1.0,
            Some(':') => 0.5,
            _ => 0.0,
        },
        heading: f32::from(tag.is_heading()),
        item: f32::from(matches!(tag, Tag::Li | Tag::Dd | Tag::Dt)),
        paragraph: f32::from(tag == Tag::P),
        signature,
        is_prose: words >= 8.0 && link < 0.34 && stops / words.max(1.0) > 0.15,
    }
}

/// Adds a segment to what holds it, and to the scores of its nearest holders as Readability does.
fn weigh(tree: &Tree<'_>, path: &[u32], own: &Own, elements: &mut Elements) {
    let score = if own.is_prose { 1.0 + own.marks.min(10.0) + (own.words / 15.0).min(5.0) } else { 0.0 };
    let inner = usize::from(matches!(tree.tag(path[0]), Tag::P | Tag::Li | Tag::Pre | Tag::Blockquote));
    for (level, node) in path.iter().enumerate() {
        let element = elements.of(tree, *node);
        element.words += own.words;
        element.linked += own.words * own.link;
        element.segments += 1.0;
        element.prose += if own.is_prose { own.words } else { 0.0 };
        element.score += match level.saturating_sub(inner) {
            0 => score,
            1 => score / 2.0,
            n if n < 5 => score / (n as f32 * 3.0),
            _ => 0.0,
        };
    }
}

/// The element with the best score; of equals the first.
fn best(tree: &Tree<'_>, elements: &Elements) -> u32 {
    let mut best = (0, f32::MIN);
    for node in 0..tree.nodes.len() as u32 {
        let Some(e) = elements.get(node) else { continue };
        let tag = match tree.tag(node) {
            Tag::Article | Tag::Main => 1.1,
            Tag::Footer | Tag::Nav | Tag::Aside | Tag::Header | Tag::Form | Tag::Li | Tag::P => 0.6,
            _ => 1.0,
        };
        let score = e.score * tag * (1.0 - e.linked / e.words.max(1.0));
        if score > best.1 {
            best = (node, score);
        }
    }
    best.0
}

fn own_features(row: &mut Row, tree: &Tree<'_>, segment: &Segment, text: &str, own: &Own) {
    let tag = tree.tag(segment.container);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count().max(1) as f32;
    let upper = text.chars().filter(|c| c.is_uppercase()).count() as f32;
    let digits = text.chars().filter(char::is_ascii_digit).count() as f32;
    row.add("words", own.words.ln_1p());
    row.add("length", letters / own.words.max(1.0));
    row.add("link", own.link);
    row.add("bold", segment.bold as f32 / text.len().max(1) as f32);
    row.add("marks", own.marks / own.words.max(1.0));
    row.add("ends", own.ends);
    row.add("upper", upper / letters);
    row.add("digits", digits / (letters + digits));
    row.add("stops", own.stops);
    row.add("paragraph", own.paragraph);
    row.add("heading", own.heading);
    row.add("level", if own.heading > 0.0 { tag as u8 as f32 - Tag::H1 as u8 as f32 } else { -1.0 });
    row.add("item", own.item);
    row.add("cell", f32::from(matches!(tag, Tag::Td | Tag::Th)));
    row.add("quote", f32::from(tag == Tag::Blockquote));
    row.add("caption", f32::from(matches!(tag, Tag::Figcaption | Tag::Figure | Tag::Caption)));
    row.add("div", f32::from(matches!(tag, Tag::Div | Tag::Section)));
    row.add("button", f32::from(matches!(tag, Tag::Button | Tag::Summary | Tag::Legend | Tag::Form)));
    row.add("break", f32::from(segment.after_break));
    row.add("first_upper", f32::from(text.chars().next().is_some_and(char::is_uppercase)));
    row.add("quoted", f32::from(text.contains(['"', '“'])));
    row.add("pipe", f32::from(text.contains(['|', '»', '›', '→', '•', '©'])));
}

fn around(row: &mut Row, tree: &Tree<'_>, path: &[u32], elements: &Elements, page: &Element) {
    /// Names of the columns of `lexicon/page_classes.tsv`.
    const NAMES: [&str; GROUPS] = [
        "c_body",
        "c_main",
        "c_comment",
        "c_related",
        "c_share",
        "c_nav",
        "c_side",
        "c_footer",
        "c_ad",
        "c_newsletter",
        "c_consent",
        "c_author",
        "c_caption",
        "c_tags",
        "c_toc",
        "c_title",
        "c_hidden",
        "c_notes",
        "c_infobox",
    ];
    const TAGS: [(&str, Tag); 14] = [
        ("t_article", Tag::Article),
        ("t_main", Tag::Main),
        ("t_header", Tag::Header),
        ("t_footer", Tag::Footer),
        ("t_nav", Tag::Nav),
        ("t_aside", Tag::Aside),
        ("t_form", Tag::Form),
        ("t_figure", Tag::Figure),
        ("t_table", Tag::Table),
        ("t_ul", Tag::Ul),
        ("t_ol", Tag::Ol),
        ("t_quote", Tag::Blockquote),
        ("t_section", Tag::Section),
        ("t_dialog", Tag::Dialog),
    ];
    let (mut nearest, mut inside) = ([0.0_f32; GROUPS], [0.0_f32; 14]);
    let (mut hidden, mut article_words, mut nested, mut body) = (0.0, -1.0, 0.0, 0.0);
    for (level, node) in path.iter().enumerate() {
        let Some(e) = elements.get(*node) else { continue };
        let weight = 1.0 / (1.0 + level as f32);
        // What is said of the whole page says nothing of a part of it.
        if *node != 0 && !matches!(tree.tag(*node), Tag::Body | Tag::Html) {
            for (group, value) in nearest.iter_mut().enumerate() {
                if e.groups >> group & 1 == 1 && *value == 0.0 {
                    *value = weight;
                }
            }
        }
        let tag = tree.tag(*node);
        for ((_, wanted), value) in TAGS.iter().zip(&mut inside) {
            if tag == *wanted {
                *value += 1.0;
            }
        }
        if tag == Tag::Article {
            nested += 1.0;
            if article_words < 0.0 {
                article_words = e.prose / page.prose.max(1.0);
            }
        }
        if e.hidden {
            hidden = 1.0;
        }
        if tree.attribute(*node, Attribute::Itemprop).is_some_and(|v| v.eq_ignore_ascii_case("articlebody")) {
            body = 1.0;
        }
    }
    for (name, value) in NAMES.iter().zip(nearest) {
        row.add(name, value);
    }
    for ((name, _), value) in TAGS.iter().zip(inside) {
        row.add(name, value);
    }
    row.add("hidden", hidden);
    row.add("article_words", article_words);
    row.add("nested", nested);
    row.add("articlebody", body);
    row.add("depth", path.len() as f32);
    const LEVELS: [[&str; 6]; 5] = [
        ["e0_words", "e0_link", "e0_mean", "e0_share", "e0_segments", "e0_score"],
        ["e1_words", "e1_link", "e1_mean", "e1_share", "e1_segments", "e1_score"],
        ["e2_words", "e2_link", "e2_mean", "e2_share", "e2_segments", "e2_score"],
        ["e3_words", "e3_link", "e3_mean", "e3_share", "e3_segments", "e3_score"],
        ["e5_words", "e5_link", "e5_mean", "e5_share", "e5_segments", "e5_score"],
    ];
    for (names, level) in LEVELS.iter().zip([0, 1, 2, 3, 5]) {
        let e = path.get(level).and_then(|n| elements.get(*n)).unwrap_or(page);
        row.add(names[0], e.words.ln_1p());
        row.add(names[1], e.linked / e.words.max(1.0));
        row.add(names[2], (e.words / e.segments.max(1.0)).ln_1p());
        row.add(names[3], e.prose / page.prose.max(1.0));
        row.add(names[4], e.segments.ln_1p());
        row.add(names[5], e.score.ln_1p());
    }
}

fn neighbours(row: &mut Row, own: &[Own], i: usize) {
    const NAMES: [(isize, [&str; 6]); 6] = [
        (-3, ["p3_words", "p3_link", "p3_ends", "p3_heading", "p3_prose", "p3_same"]),
        (-2, ["p2_words", "p2_link", "p2_ends", "p2_heading", "p2_prose", "p2_same"]),
        (-1, ["p1_words", "p1_link", "p1_ends", "p1_heading", "p1_prose", "p1_same"]),
        (1, ["n1_words", "n1_link", "n1_ends", "n1_heading", "n1_prose", "n1_same"]),
        (2, ["n2_words", "n2_link", "n2_ends", "n2_heading", "n2_prose", "n2_same"]),
        (3, ["n3_words", "n3_link", "n3_ends", "n3_heading", "n3_prose", "n3_same"]),
    ];
    let mut near = [0.0_f32; 2];
    for (step, names) in NAMES {
        let other = i.checked_add_signed(step).and_then(|k| own.get(k)).copied().unwrap_or_default();
        row.add(names[0], other.words.ln_1p());
        row.add(names[1], other.link);
        row.add(names[2], other.ends);
        row.add(names[3], other.heading);
        row.add(names[4], f32::from(other.is_prose));
        row.add(names[5], f32::from(other.signature == own[i].signature));
    }
    for (k, other) in own.iter().enumerate().take(i + 11).skip(i.saturating_sub(10)) {
        if other.is_prose && k != i {
            near[usize::from(k > i)] += other.words;
        }
    }
    row.add("prose_before", near[0].ln_1p());
    row.add("prose_after", near[1].ln_1p());
}

fn phrases(row: &mut Row, text: &str) {
    const LISTS: [(&str, &[&str]); 10] = [
        ("f_consent", &["cookie", "privacy policy", "terms of", "gdpr"]),
        (
            "f_subscribe",
            &["subscribe", "newsletter", "sign up", "your inbox", "email address", "log in", "sign in"],
        ),
        ("f_rights", &["©", "all rights reserved", "copyright", "trademark"]),
        (
            "f_share",
            &[
                "share this",
                "share on",
                "facebook",
                "tweet",
                "follow us",
                "pinterest",
                "linkedin",
                "whatsapp",
            ],
        ),
        (
            "f_related",
            &[
                "read more",
                "related",
                "you may also",
                "you might also",
                "see also",
                "read next",
                "recommended",
                "more from",
                "also read",
                "learn more",
                "latest",
                "trending",
            ],
        ),
        ("f_comment", &["comment", "reply", "says:", "leave a", "replies"]),
        ("f_ad", &["advert", "sponsored", "affiliate", "commission", "shop now", "buy now", "promo"]),
        (
            "f_photo",
            &["photo", "image:", "getty", "credit:", "courtesy", "illustration", "shutterstock", "unsplash"],
        ),
        (
            "f_date",
            &[
                "published",
                "updated",
                "posted",
                "min read",
                "minute read",
                "last modified",
                "reviewed by",
                "written by",
            ],
        ),
        (
            "f_author",
            &[
                "is a writer",
                "is a freelance",
                "about the author",
                "she is",
                "he is",
                "is an editor",
                "author of",
            ],
        ),
    ];
    let lower = if text.len() < 600 { text.to_lowercase() } else { String::new() };
    for (name, list) in LISTS {
        row.add(name, f32::from(list.iter().any(|p| lower.contains(p))));
    }
}
