//! What a page says of its article: title, authors, outlet, address.

use super::content::Chosen;
use super::features::squeeze;
use super::jsonld::Stated;
use super::tags::{Attribute, Tag};
use super::text::Flow;
use super::tree::Tree;
use crate::parse;

/// What a page states outside of its running text, as written.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `meta` elements: name in small letters, content.
    pub(super) meta: Vec<(String, String)>,
    /// `<title>`.
    pub(super) title: String,
    /// `<link rel="canonical">`.
    pub(super) canonical: Option<String>,
    pub(super) stated: Vec<Stated>,
    /// Host of the page's address, without `www.`.
    pub(super) host: String,
    /// The address that was given or is stated.
    pub(super) address: Option<String>,
}

impl Head {
    pub(super) fn read(tree: &Tree<'_>, stated: Vec<Stated>, address: Option<&str>) -> Head {
        /// More than any honest page has.
        const MOST: usize = 2_000;
        let mut head = Head { stated, ..Head::default() };
        for node in 0..tree.nodes.len() as u32 {
            match tree.tag(node) {
                Tag::Meta if head.meta.len() < MOST => {
                    let name =
                        [Attribute::Property, Attribute::Name, Attribute::Itemprop, Attribute::HttpEquiv]
                            .iter()
                            .find_map(|a| tree.attribute(node, *a));
                    if let (Some(name), Some(content)) = (name, tree.attribute(node, Attribute::Content)) {
                        let content = one_line(content);
                        if !content.is_empty() && name.len() < 100 {
                            head.meta.push((name.trim().to_ascii_lowercase(), content));
                        }
                    }
                }
                Tag::Link => {
                    let is = tree
                        .attribute(node, Attribute::Rel)
                        .is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
                    if is && head.canonical.is_none() {
                        head.canonical = tree.attribute(node, Attribute::Href).and_then(web_address);
                    }
                }
                Tag::Title if head.title.is_empty() => head.title = one_line(&tree.text(node)),
                _ => {}
            }
        }
        head.address = address
            .and_then(web_address)
            .or_else(|| head.canonical.clone())
            .or_else(|| head.meta(&["og:url"]).and_then(web_address))
            .or_else(|| head.stated.iter().find_map(|s| web_address(&s.url)));
        head.host = head.address.as_deref().map(host).unwrap_or_default().to_owned();
        head
    }

    /// The content of the first of these `meta` elements that the page has.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.meta.iter().find(|(name, _)| name == n).map(|(_, c)| c.as_str()))
    }

    /// Who publishes the page.
    pub(super) fn outlet(&self) -> Option<String> {
        let named = self
            .meta(&["og:site_name"])
            .or_else(|| self.stated.iter().map(|s| s.publisher.as_str()).find(|p| !p.is_empty()))
            .or_else(|| {
                self.meta(&[
                    "citation_publisher",
                    "dc.publisher",
                    "dcterms.publisher",
                    "publisher",
                    "application-name",
                    "al:ios:app_name",
                ])
            });
        let named = named.map(one_line).filter(|n| n.len() <= 100 && n.contains(char::is_alphabetic));
        named.map(|name| parse::outlet(&name).map_or(name, str::to_owned)).or_else(|| self.outlet_of_title())
    }

    /// The part of `<title>` that is the name of the site.
    fn outlet_of_title(&self) -> Option<String> {
        let (_, last) = cut_last(&self.title)?;
        (self.is_outlet(last, "") && last.len() <= 60).then(|| last.to_owned())
    }

    /// Whether a part of a title is the outlet's name, or the name of the host.
    fn is_outlet(&self, part: &str, outlet: &str) -> bool {
        let part_squeezed = squeeze(part);
        let outlet = squeeze(outlet);
        let host = squeeze(self.host.rsplit_once('.').map_or(self.host.as_str(), |(name, _)| name));
        !part_squeezed.is_empty()
            && (part_squeezed == outlet
                || part_squeezed.len() > 3
                    && (host.contains(&part_squeezed) || outlet.contains(&part_squeezed))
                || outlet.len() > 3 && part_squeezed.contains(&outlet) && part.len() < outlet.len() * 3
                || host.len() > 3 && part_squeezed.contains(&host)
                || parse::outlet(part).is_some())
    }

    /// The title without the name of the outlet.
    pub(super) fn bare(&self, title: &str, outlet: Option<&str>) -> String {
        let mut title = one_line(title);
        for _ in 0..3 {
            let outlet = outlet.unwrap_or_default();
            if let Some((rest, last)) = cut_last(&title)
                && self.is_outlet(last, outlet)
            {
                title = rest.to_owned();
            } else if let Some((first, rest)) = cut_first(&title)
                && self.is_outlet(first, outlet)
                && rest.len() > first.len()
            {
                title = rest.to_owned();
            } else {
                break;
            }
        }
        title
    }

    /// The headline: the heading of the page that its other titles name, or the best of these.
    pub(super) fn headline(
        &self,
        tree: &Tree<'_>,
        flow: &Flow,
        outlet: Option<&str>,
    ) -> (Option<String>, Option<usize>) {
        let told: Vec<String> = [
            self.meta(&["og:title"]),
            self.stated.iter().filter(|s| s.rank >= 3).map(|s| s.headline.as_str()).find(|h| !h.is_empty()),
            self.meta(&[
                "twitter:title",
                "headline",
                "parsely-title",
                "sailthru.title",
                "citation_title",
                "dc.title",
                "dcterms.title",
            ]),
            Some(self.title.as_str()).filter(|t| !t.is_empty()),
        ]
        .into_iter()
        .flatten()
        .map(|t| self.bare(&t.replace(['\u{ad}', '\u{200b}'], ""), outlet))
        .filter(|t| !t.is_empty())
        .collect();
        let mut best: Option<(f32, usize)> = None;
        let mut headings = 0;
        for (i, segment) in flow.segments.iter().enumerate() {
            let tag = heading(tree, segment.container);
            let Some(tag) = tag else { continue };
            headings += 1;
            if headings > 60 {
                break;
            }
            let text = segment.span.of(&flow.text);
            if text.len() > 400 {
                continue;
            }
            let alike = told.iter().map(|t| likeness(text, t)).fold(0.0, f32::max);
            let weight = if tag == Tag::H1 { 0.25 } else { 0.0 };
            let linked = if segment.linked as usize * 2 > text.len() { -0.1 } else { 0.0 };
            let score = alike + weight + linked;
            if alike >= 0.6 && best.is_none_or(|b| score > b.0 + 1e-6) {
                best = Some((score, i));
            }
        }
        if let Some((_, at)) = best {
            let text = one_line(&flow.segments[at].span.of(&flow.text).replace('\n', " "));
            return (Some(text), Some(at));
        }
        if let Some(told) = told.into_iter().next() {
            return (Some(told), None);
        }
        let only: Vec<usize> =
            (0..flow.segments.len()).filter(|i| tree.tag(flow.segments[*i].container) == Tag::H1).collect();
        match only.first() {
            Some(at) => (Some(one_line(flow.segments[*at].span.of(&flow.text))), Some(*at)),
            None => (None, None),
        }
    }

    /// The address that the page gives itself.
    pub(super) fn url(&self) -> Option<String> {
        self.canonical
            .clone()
            .or_else(|| self.meta(&["og:url"]).and_then(web_address))
            .or_else(|| self.stated.iter().find_map(|s| web_address(&s.url)))
    }

    /// The authors, as names.
    pub(super) fn byline(&self, tree: &Tree<'_>, flow: &Flow, chosen: &Chosen) -> Option<String> {
        let outlet = squeeze(self.meta(&["og:site_name"]).unwrap_or_default());
        let good = |names: Vec<String>| -> Option<String> {
            let mut kept: Vec<String> = Vec::new();
            for name in names {
                for name in author(&name) {
                    if squeeze(&name) != outlet && !kept.iter().any(|k| squeeze(k) == squeeze(&name)) {
                        kept.push(name);
                    }
                }
            }
            (!kept.is_empty() && kept.len() <= 12).then(|| kept.join(", "))
        };
        let stated = self.stated.iter().filter(|s| s.rank >= 3);
        for one in stated {
            if let Some(names) = good(one.authors.clone()) {
                return Some(names);
            }
        }
        if let Some(names) =
            good(chosen.bylines.iter().map(|(_, span)| span.of(&flow.text).to_owned()).collect())
        {
            return Some(names);
        }
        for name in [
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "dc.contributor",
            "citation_author",
            "byl",
            "article:author_name",
            "twitter:data1",
        ] {
            let all: Vec<String> =
                self.meta.iter().filter(|(n, _)| n == name).map(|(_, c)| c.clone()).collect();
            // "twitter:data1" is whatever its label says.
            if name == "twitter:data1"
                && !self.meta(&["twitter:label1"]).is_some_and(|l| l.eq_ignore_ascii_case("written by"))
            {
                continue;
            }
            if let Some(names) = good(all) {
                return Some(names);
            }
        }
        good(marked(tree, chosen))
    }
}

/// Names that elements of the page are marked with as authors.
fn marked(tree: &Tree<'_>, chosen: &Chosen) -> Vec<String> {
    let before = chosen.last_node;
    for sort in 0..2 {
        for node in 0..(tree.nodes.len() as u32).min(before) {
            let is = match sort {
                0 => {
                    tree.attribute(node, Attribute::Rel)
                        .is_some_and(|r| r.split_whitespace().any(|r| r == "author"))
                        || tree.attribute(node, Attribute::Itemprop).is_some_and(|p| p == "author")
                }
                _ => tree.attribute(node, Attribute::Class).is_some_and(|c| {
                    c.split_whitespace().any(|c| {
                        let c = c.to_ascii_lowercase();
                        matches!(
                            c.as_str(),
                            "author"
                                | "byline"
                                | "author-name"
                                | "byline__name"
                                | "article-author"
                                | "post-author"
                                | "entry-author"
                                | "author__name"
                                | "byline-name"
                                | "authorname"
                                | "c-byline"
                                | "contributor"
                                | "fn"
                        )
                    })
                }),
            };
            if !is || tree.tag(node).is_silent() {
                continue;
            }
            let text = one_line(&tree.text(node));
            if text.len() < 120 && !author(&text).is_empty() {
                return vec![text];
            }
        }
    }
    Vec::new()
}

/// The heading that an element is, or lies in.
fn heading(tree: &Tree<'_>, node: u32) -> Option<Tag> {
    let mut at = node;
    for _ in 0..3 {
        if tree.tag(at).is_heading() {
            return Some(tree.tag(at));
        }
        at = tree.nodes[at as usize].parent;
    }
    None
}

/// How much of two titles is the same, by words.
fn likeness(a: &str, b: &str) -> f32 {
    let words = |t: &str| -> Vec<String> {
        t.split_whitespace().map(squeeze).filter(|w| !w.is_empty()).take(60).collect()
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let shared = a.iter().filter(|w| b.contains(w)).count() as f32;
    2.0 * shared / (a.len() + b.len()) as f32
}

const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " ‹ "];

/// A title before its last separator, and what follows.
fn cut_last(title: &str) -> Option<(&str, &str)> {
    let (at, length) = SEPARATORS.iter().filter_map(|s| Some((title.rfind(s)?, s.len()))).max()?;
    Some((title[..at].trim(), title[at + length..].trim()))
}

fn cut_first(title: &str) -> Option<(&str, &str)> {
    let (at, length) =
        SEPARATORS.iter().chain(&[": "]).filter_map(|s| Some((title.find(s)?, s.len()))).min()?;
    Some((title[..at].trim(), title[at + length..].trim()))
}

/// White space collapsed.
pub(super) fn one_line(text: &str) -> String {
    /// Titles and names are shorter.
    const LONGEST: usize = 2_000;
    let text = &text[..text.floor_char_boundary(LONGEST)];
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address of the web, as it stands.
fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let is =
        ["http://", "https://"].iter().any(|s| url.get(..s.len()).is_some_and(|u| u.eq_ignore_ascii_case(s)));
    (is && url.len() < 2_000 && !url.contains(char::is_whitespace)).then(|| url.to_owned())
}

/// The host of an address, without `www.`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// The names in what a page gives as author; none if it is an address, a role, or a handle.
pub(super) fn author(text: &str) -> Vec<String> {
    const NOBODY: [&str; 26] = [
        "admin",
        "administrator",
        "staff",
        "editor",
        "editors",
        "editorial",
        "team",
        "guest",
        "author",
        "unknown",
        "anonymous",
        "webmaster",
        "user",
        "root",
        "none",
        "null",
        "undefined",
        "contributor",
        "contributors",
        "newsroom",
        "desk",
        "reporter",
        "writer",
        "super",
        "website",
        "marketing",
    ];
    let mut text = one_line(text);
    for prefix in [
        "written by",
        "posted by",
        "published by",
        "story by",
        "words by",
        "article by",
        "reviewed by",
        "author:",
        "authors:",
        "by:",
        "by",
    ] {
        if let Some(rest) = text.get(prefix.len()..)
            && text[..prefix.len()].eq_ignore_ascii_case(prefix)
            && rest.starts_with([' ', '\u{a0}'])
        {
            text = rest.trim().to_owned();
            break;
        }
    }
    let text = text.split([';', '|', '•', '·', '(']).next().unwrap_or_default().replace(" & ", ", ");
    let text = text.replace(" and ", ", ");
    let mut names = Vec::new();
    for name in text.split(',') {
        let name = name.trim().trim_matches(|c: char| matches!(c, '.' | '-' | '–' | ':' | '/' | '*')).trim();
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let is_junk = name.len() < 3
            || name.len() > 60
            || words.len() > 6
            || name.contains(['@', '/', '_', '<', '>', '{', '=', '#', '?', '!'])
            || lower.contains("http")
            || lower.contains("www.")
            || [".com", ".org", ".net"].iter().any(|d| lower.ends_with(d))
            || name.chars().filter(char::is_ascii_digit).count() > 1
            || !name.contains(char::is_alphabetic)
            || words.iter().any(|w| NOBODY.contains(w))
            || words.iter().any(|w| {
                ["posted", "published", "updated", "read", "min", "views", "comments", "share"].contains(w)
            });
        if !is_junk {
            names.push(name.to_owned());
        } else if !names.is_empty() {
            break;
        }
    }
    names
}
