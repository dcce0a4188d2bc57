//! What a page says of its article in JSON-LD (schema.org), read tolerantly.

use serde_json::{Map, Value};

use super::tags::{Attribute, Tag};
use super::tree::Tree;

/// An article as JSON-LD describes it; what is not stated is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stated {
    pub(super) headline: String,
    pub(super) authors: Vec<String>,
    pub(super) publisher: String,
    pub(super) published: String,
    pub(super) modified: String,
    pub(super) url: String,
    pub(super) body: String,
    pub(super) description: String,
    /// How surely it is about the article of this page.
    pub(super) rank: u8,
}

/// Objects that are looked at, and how deep; pages that have more are broken or hostile.
const MOST: usize = 5_000;
const DEEPEST: usize = 24;

/// Everything that describes an article or a page, the best first.
pub(super) fn read(tree: &Tree<'_>) -> Vec<Stated> {
    let mut found = Vec::new();
    for node in 0..tree.nodes.len() as u32 {
        let is_linked_data = tree.tag(node) == Tag::Script
            && tree
                .attribute(node, Attribute::Type)
                .is_some_and(|t| t.get(..19).is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json")));
        if is_linked_data && let Some(value) = parse(&tree.text(node)) {
            collect(&value, &mut found);
        }
    }
    found.sort_by_key(|s| std::cmp::Reverse(s.rank));
    found
}

/// JSON as pages hold it: in comments, with a semicolon after it, with line ends inside of strings.
fn parse(text: &str) -> Option<Value> {
    let mut text = text.trim().trim_end_matches(';').trim();
    for (open, close) in
        [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>"), ("/*<![CDATA[*/", "/*]]>*/")]
    {
        if let Some(rest) = text.strip_prefix(open) {
            text = rest.trim_end().strip_suffix(close).unwrap_or(rest).trim();
        }
    }
    // The parser bounds its depth itself.
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let decoded;
    let text = if text.contains("&quot;") {
        decoded = text.replace("&quot;", "\"").replace("&amp;", "&");
        &decoded
    } else {
        text
    };
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut values = serde_json::Deserializer::from_str(&flat).into_iter::<Value>();
    values.next()?.ok()
}

/// Walks through arrays, graphs and nested objects.
fn collect(value: &Value, found: &mut Vec<Stated>) {
    // By id, because graphs name authors and publishers elsewhere.
    let mut objects: Vec<&Map<String, Value>> = Vec::new();
    let mut waiting = vec![(value, 0)];
    while let Some((value, depth)) = waiting.pop() {
        if objects.len() >= MOST || depth > DEEPEST {
            continue;
        }
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev().take(MOST).map(|v| (v, depth + 1))),
            Value::Object(object) => {
                objects.push(object);
                for (name, inner) in object {
                    // Other articles, and comments, hang below these.
                    let foreign = matches!(
                        name.as_str(),
                        "itemListElement"
                            | "comment"
                            | "review"
                            | "relatedLink"
                            | "citation"
                            | "hasPart"
                            | "mentions"
                            | "isPartOf"
                    );
                    if !foreign && (inner.is_object() || inner.is_array()) {
                        waiting.push((inner, depth + 1));
                    }
                }
            }
            _ => {}
        }
    }
    for object in &objects {
        let rank = rank(object);
        if rank == 0 {
            continue;
        }
        found.push(Stated {
            headline: text(object.get("headline").or(object.get("name"))),
            authors: names(object.get("author").or(object.get("creator")), &objects),
            publisher: names(object.get("publisher").or(object.get("sourceOrganization")), &objects)
                .into_iter()
                .next()
                .unwrap_or_default(),
            published: text(object.get("datePublished").or(object.get("dateCreated"))),
            modified: text(object.get("dateModified")),
            url: match object.get("mainEntityOfPage") {
                Some(Value::Object(page)) => text(page.get("@id").or(page.get("url"))),
                Some(Value::String(url)) => url.clone(),
                _ => text(object.get("url")),
            },
            body: text(object.get("articleBody")),
            description: text(object.get("description")),
            rank,
        });
    }
}

/// Types of things that are articles, the surer the higher; 0 for other things.
fn rank(object: &Map<String, Value>) -> u8 {
    let of = |kind: &str| match kind.rsplit(['/', ':', '#']).next().unwrap_or_default() {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AskPublicNewsArticle" => 5,
        "Article"
        | "BlogPosting"
        | "LiveBlogPosting"
        | "ScholarlyArticle"
        | "TechArticle"
        | "SocialMediaPosting"
        | "DiscussionForumPosting"
        | "AdvertiserContentArticle"
        | "SatiricalArticle"
        | "Report"
        | "MedicalScholarlyArticle" => 4,
        "Recipe" | "HowTo" | "CreativeWork" | "MedicalWebPage" => 3,
        "WebPage" | "ItemPage" | "AboutPage" | "FAQPage" => 2,
        _ => 0,
    };
    match object.get("@type") {
        Some(Value::String(kind)) => of(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(of).max().unwrap_or(0),
        _ => 0,
    }
}

/// A string, or the first of several.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Array(items)) => {
            items.iter().find_map(Value::as_str).unwrap_or_default().trim().to_owned()
        }
        Some(Value::Object(object)) => {
            object.get("@value").and_then(Value::as_str).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

/// Names of persons or organisations: strings, objects, or references to objects of the same graph.
fn names(value: Option<&Value>, objects: &[&Map<String, Value>]) -> Vec<String> {
    let items = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let mut out = Vec::new();
    for item in items.into_iter().take(50) {
        match item {
            Value::String(name) => out.push(name.trim().to_owned()),
            Value::Object(object) if object.contains_key("name") => match object.get("name") {
                Some(Value::Array(all)) => {
                    out.extend(all.iter().filter_map(Value::as_str).map(str::to_owned))
                }
                name => out.push(text(name)),
            },
            Value::Object(object) => {
                let id = object.get("@id").and_then(Value::as_str);
                let named = objects.iter().find(|o| {
                    id.is_some() && o.get("@id").and_then(Value::as_str) == id && o.contains_key("name")
                });
                out.extend(named.map(|o| text(o.get("name"))));
            }
            _ => {}
        }
    }
    out.retain(|n| !n.is_empty());
    out
}
