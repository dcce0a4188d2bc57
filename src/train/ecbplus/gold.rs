//! Reads ECB+: one XML file a document, with tokens, markables over them, and relations between markables.
//!
//! The files are flat and regular (CAT, the annotation tool, writes them), so tags are read one by one and no tree is
//! built. The tokens are joined to a text as a newspaper would print it, one paragraph a sentence; the first sentence of
//! the `ecbplus` files is the address the article was found at, and goes to the metadata.

use std::collections::BTreeMap;
use std::path::Path;

use crate::document::Document;
use crate::span::Span;
use crate::train::read_gz;
use crate::{parse, read};

/// A document with its events.
#[derive(Debug)]
pub(crate) struct Article {
    /// Number of its topic; topics are two kinds of one event ("4.9-magnitude quake in Sonoma", "6.1-magnitude in Aceh").
    pub(crate) topic: u32,
    /// Whether it is of the second part, whose events differ from those of the first.
    pub(crate) plus: bool,
    pub(crate) document: Document,
    pub(crate) events: Vec<Event>,
}

/// An event mention.
#[derive(Debug)]
pub(crate) struct Event {
    /// The words, which may be discontinuous, in order.
    pub(crate) words: Vec<Span>,
    /// The event: mentions of one share it. `None` where no relation names it.
    pub(crate) event: Option<String>,
    /// Index of its sentence, in the annotators' count.
    pub(crate) sentence: u32,
}

/// All documents, by topic and number.
pub(crate) fn read(data: &Path) -> std::io::Result<Vec<Article>> {
    let mut files: BTreeMap<(u32, bool, u32), std::path::PathBuf> = BTreeMap::new();
    for topic in std::fs::read_dir(data)? {
        let topic = topic?.path();
        if !topic.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(topic)? {
            let file = file?.path();
            let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if let Some(key) = key(name) {
                files.insert(key, file);
            }
        }
    }
    files.into_iter().map(|(key, file)| Ok(article(key, &read_gz(&file)?))).collect()
}

/// Topic, part and number out of "12_7ecbplus.xml.gz".
fn key(name: &str) -> Option<(u32, bool, u32)> {
    let (topic, rest) = name.strip_suffix(".xml.gz")?.split_once('_')?;
    let (number, plus) = match rest.strip_suffix("ecbplus") {
        Some(number) => (number, true),
        None => (rest.strip_suffix("ecb")?, false),
    };
    Some((topic.parse().ok()?, plus, number.parse().ok()?))
}

fn article((topic, plus, number): (u32, bool, u32), xml: &str) -> Article {
    let file = File::read(xml);
    let part = if plus { "ecbplus" } else { "ecb" };
    let (text, places, address) = joined(&file.tokens, plus);
    let raw = read::RawArticle { url: address, ..read::text(format!("{topic}_{number}{part}"), text) };
    // Dates are read as in any text; but all of it counts, for the annotators took all of it.
    let published = parse::parse(raw.clone()).metadata.published;
    let mut document = parse::plain(raw);
    document.metadata.published = published.map(|p| crate::document::Stated { span: None, ..p });
    let view = |span: Span| document.original.as_ref().map_or(span, |original| original.view(span));
    let events = file
        .markables
        .iter()
        .filter(|m| m.kind.contains("ACTION_"))
        .filter_map(|m| {
            let mut words: Vec<(u32, Span)> =
                m.tokens.iter().filter_map(|t| places.get(t)).map(|&(s, span)| (s, view(span))).collect();
            words.sort_unstable();
            let sentence = words.first()?.0;
            let relation = file.relations.get(&m.id);
            let event = relation.map(|r| match &r.across {
                Some(name) => name.clone(),
                None => format!("{}:{}", document.id, r.id),
            });
            Some(Event { words: words.into_iter().map(|w| w.1).collect(), event, sentence })
        })
        .collect();
    Article { topic, plus, document, events }
}

struct Word {
    id: u32,
    sentence: u32,
    text: String,
}

type Places = BTreeMap<u32, (u32, Span)>;

/// The text, where each token stands in it, and the address.
fn joined(tokens: &[Word], plus: bool) -> (String, Places, Option<String>) {
    let address: String = match plus {
        true => tokens.iter().filter(|t| t.sentence == 0).map(|t| t.text.as_str()).collect(),
        false => String::new(),
    };
    let is_address = address.starts_with("http");
    let mut text = String::new();
    let mut places = BTreeMap::new();
    let mut last: Option<&Word> = None;
    let mut open = false;
    for token in tokens.iter().filter(|t| !is_address || t.sentence != 0) {
        let word = match token.text.as_str() {
            "``" | "''" => "\"",
            word => word,
        };
        match last {
            Some(before) if before.sentence == token.sentence => {
                let quotes = word == "\"";
                let tight = is_closing(word) || (quotes && open) || before.text.ends_with(['(', '[', '$']);
                let tight = tight || (is_quote(&before.text) && open && !quotes);
                if !tight {
                    text.push(' ');
                }
            }
            Some(_) => {
                text.push_str("\n\n");
                open = false;
            }
            None => {}
        }
        if word == "\"" {
            open = !open;
        }
        let start = text.len();
        text.push_str(word);
        places.insert(token.id, (token.sentence, Span::new(start, text.len())));
        last = Some(token);
    }
    (text, places, is_address.then_some(address))
}

fn is_quote(word: &str) -> bool {
    matches!(word, "``" | "''" | "\"")
}

/// Whether a token is written to the one before it: marks, "n't", "'s".
fn is_closing(word: &str) -> bool {
    let plain = word.replace('’', "'");
    matches!(
        plain.as_str(),
        "." | ","
            | ";"
            | ":"
            | "?"
            | "!"
            | ")"
            | "]"
            | "%"
            | "..."
            | "n't"
            | "'s"
            | "'re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
            | "'S"
    )
}

struct Markable {
    id: String,
    kind: String,
    tokens: Vec<u32>,
}

struct Relation {
    id: String,
    /// Name of the event across documents.
    across: Option<String>,
}

#[derive(Default)]
struct File {
    tokens: Vec<Word>,
    markables: Vec<Markable>,
    /// By markable.
    relations: BTreeMap<String, Relation>,
}

impl File {
    fn read(xml: &str) -> File {
        let mut file = File::default();
        let mut relation: Option<(String, Option<String>)> = None;
        for piece in xml.split('<').skip(1) {
            let Some((tag, text)) = piece.split_once('>') else { continue };
            let name = tag.split([' ', '/']).find(|n| !n.is_empty()).unwrap_or_default();
            match name {
                "token" if !tag.starts_with('/') => {
                    let number = |key| attribute(tag, key).and_then(|v| v.parse().ok());
                    if let (Some(id), Some(sentence)) = (number("t_id"), number("sentence")) {
                        file.tokens.push(Word { id, sentence, text: unescaped(text) });
                    }
                }
                "token_anchor" => {
                    let token = attribute(tag, "t_id").and_then(|v| v.parse().ok());
                    if let (Some(token), Some(markable)) = (token, file.markables.last_mut()) {
                        markable.tokens.push(token);
                    }
                }
                "CROSS_DOC_COREF" | "INTRA_DOC_COREF" if !tag.starts_with('/') => {
                    let across = (name == "CROSS_DOC_COREF").then(|| attribute(tag, "note")).flatten();
                    relation = attribute(tag, "r_id").map(|id| (id.to_owned(), across.map(str::to_owned)));
                }
                "source" => {
                    if let (Some((id, across)), Some(m)) = (&relation, attribute(tag, "m_id")) {
                        let relation = Relation { id: id.clone(), across: across.clone() };
                        file.relations.insert(m.to_owned(), relation);
                    }
                }
                _ if !tag.starts_with('/') => {
                    if let Some(id) = attribute(tag, "m_id") {
                        let kind = name.to_owned();
                        file.markables.push(Markable { id: id.to_owned(), kind, tokens: Vec::new() });
                    }
                }
                _ => {}
            }
        }
        file
    }
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.match_indices(name).find(|(i, _)| {
        tag[..*i].ends_with(char::is_whitespace) && tag[i + name.len()..].starts_with("=\"")
    })?;
    let value = &tag[at.0 + name.len() + 2..];
    value.find('"').map(|end| &value[..end])
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"<?xml version="1.0"?>
<Document doc_name="7_3ecbplus.xml" doc_id="D">
<token t_id="1" sentence="0" number="0">http</token><token t_id="2" sentence="0" number="1">://tolm.example/flood</token>
<token t_id="3" sentence="1" number="0">The</token><token t_id="4" sentence="1" number="1">river</token>
<token t_id="5" sentence="1" number="2">burst</token><token t_id="6" sentence="1" number="3">&amp;</token>
<token t_id="7" sentence="1" number="4">did</token><token t_id="8" sentence="1" number="5">n't</token>
<token t_id="9" sentence="1" number="6">stop</token><token t_id="10" sentence="1" number="7">.</token>
<Markables>
<ACTION_OCCURRENCE m_id="20"  ><token_anchor t_id="5"/></ACTION_OCCURRENCE>
<NEG_ACTION_OCCURRENCE m_id="21"><token_anchor t_id="7"/><token_anchor t_id="9"/></NEG_ACTION_OCCURRENCE>
<LOC_GEO m_id="22"><token_anchor t_id="4"/></LOC_GEO>
<ACTION_OCCURRENCE m_id="30" RELATED_TO="" TAG_DESCRIPTOR="burst" instance_id="ACT1" />
</Markables>
<Relations><CROSS_DOC_COREF r_id="5" note="ACT1" ><source m_id="20" /><target m_id="30" /></CROSS_DOC_COREF></Relations>
</Document>"#;

    #[test]
    fn a_file_is_an_article_with_events() {
        let article = article(key("7_3ecbplus.xml.gz").unwrap(), FILE);
        assert_eq!((article.topic, article.plus), (7, true));
        let text = &article.document.text;
        assert_eq!(text, "The river burst & didn't stop.");
        assert_eq!(article.document.metadata.url.as_deref(), Some("http://tolm.example/flood"));
        let words = |e: &Event| e.words.iter().map(|w| w.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(article.events.len(), 2);
        assert_eq!(words(&article.events[0]), ["burst"]);
        assert_eq!(article.events[0].event.as_deref(), Some("ACT1"));
        assert_eq!(words(&article.events[1]), ["did", "stop"]);
        assert_eq!(article.events[1].event, None);
    }
}
