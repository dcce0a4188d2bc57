//! GUM's documents as articles: plain text, attributions of the discourse analysis, entities.
//!
//! The `.rsd` file has one elementary discourse unit a line. A unit in relation `attribution-positive` or
//! `attribution-negative` holds source and cue; the unit that it hangs on is the content, and the signal
//! `attribution_source` lists the tokens of the source, counted through the document.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use rustc_hash::FxHashSet;

use crate::document::{Deprel, Upos};
use crate::resolve::fold_words;
use crate::span::Span;
use crate::train::names::gold::mentions;
use crate::train::treebank::{self, Tree};
use crate::train::{Gold, read_gz};

/// A document of GUM.
#[derive(Debug)]
pub(crate) struct Article {
    /// Its name, "GUM_news_clock".
    pub(crate) name: String,
    /// Plain text: paragraphs with an empty line between them; a turn of an interview opens with its speaker's name
    /// and a colon, as transcripts print it.
    pub(crate) text: String,
    /// Where each token stands in the text.
    pub(crate) spans: Vec<Span>,
    pub(crate) tokens: Vec<Gold>,
    /// Head of each token, counted through the document.
    pub(crate) heads: Vec<Option<usize>>,
    /// First token of each sentence.
    pub(crate) sentences: Vec<usize>,
    pub(crate) attributions: Vec<Attribution>,
    pub(crate) mentions: Vec<Mention>,
}

/// An attribution of the discourse analysis.
#[derive(Debug)]
pub(crate) struct Attribution {
    /// Tokens of the source.
    pub(crate) source: Vec<usize>,
    /// Tokens of the unit that attributes.
    pub(crate) unit: Vec<Range<usize>>,
    /// Tokens of the unit that is attributed.
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) negative: bool,
}

/// A mention of an entity.
#[derive(Debug)]
pub(crate) struct Mention {
    /// The entity: mentions of one share it.
    pub(crate) entity: String,
    pub(crate) tokens: Range<usize>,
    /// "person", "organization", …
    pub(crate) kind: String,
    /// The token that the others hang on.
    pub(crate) head: usize,
    /// Folded words of its name, if its head is a proper noun or has one as its apposition.
    pub(crate) name: Option<Vec<String>>,
    /// Folded words of the label under which it says "I".
    pub(crate) label: Option<Vec<String>>,
}

/// The documents of a part, `train` or `dev`.
pub(crate) fn read(data: &Path, part: &str) -> std::io::Result<Vec<Article>> {
    let mut out = Vec::new();
    for tree in treebank::gum(data, part)? {
        let units = read_gz(&data.join(format!("gum/{part}/{}.rsd.gz", tree.name)))?;
        out.push(article(&tree, &units));
    }
    Ok(out)
}

fn article(tree: &Tree, units: &str) -> Article {
    let (text, starts) = text(tree);
    let (mut spans, mut tokens, mut heads, mut sentences) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut found = Vec::new();
    for (sentence, start) in tree.sentences.iter().zip(starts) {
        let first = tokens.len();
        let mut at = start;
        for token in &sentence.tokens {
            at += text[at..].find(token.word.as_str()).unwrap_or(0);
            let end = (at + token.word.len()).min(text.len());
            spans.push(Span::new(at, end));
            at = end;
            heads.push(token.head.map(|h| first + h as usize));
        }
        found.extend(
            mentions(&sentence.tokens).into_iter().map(|m| (m.id, m.kind, first + m.from..first + m.to)),
        );
        sentences.push(first);
        tokens.extend(sentence.tokens.iter().cloned());
    }
    let mut mentions: Vec<Mention> = found
        .into_iter()
        .map(|(entity, kind, range)| {
            let all: Vec<usize> = range.clone().collect();
            let head = head_of(&heads, &all).unwrap_or(range.start);
            Mention {
                entity,
                kind,
                head,
                name: name(&tokens, &heads, &range, head),
                tokens: range,
                label: None,
            }
        })
        .collect();
    // "Co-founder Mark Zuckerberg", "Yonhap news agency": the name hangs on the noun.
    let nested: FxHashSet<(usize, String)> = mentions.iter().map(|m| (m.head, m.entity.clone())).collect();
    for mention in mentions.iter_mut().filter(|m| m.name.is_none() && tokens[m.head].upos == Some(Upos::NOUN))
    {
        let own = |i: &usize| {
            let joined = match tokens[*i].deprel {
                Some(Deprel::Appos | Deprel::Flat) => true,
                Some(Deprel::Compound) => mention.kind == "organization",
                _ => false,
            };
            let other = nested.iter().any(|n| n.0 == *i && n.1 != mention.entity);
            joined && !other && heads[*i] == Some(mention.head)
        };
        mention.name =
            mention.tokens.clone().find(own).and_then(|i| name(&tokens, &heads, &mention.tokens, i));
    }
    label(tree, &tokens, &sentences, &mut mentions);
    let name = tree.name.clone();
    let attributions = attributions(units, tokens.len());
    Article { name, text, spans, tokens, heads, sentences, attributions, mentions }
}

/// The label of a turn, which stands in the text, names whoever says "I" most in the turns so labelled.
fn label(tree: &Tree, tokens: &[Gold], sentences: &[usize], mentions: &mut [Mention]) {
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| tokens[m.head].lower == "i") {
        let sentence = sentences.partition_point(|first| *first <= mention.head) - 1;
        if let Some(speaker) = tree.speakers.get(sentence).and_then(Option::as_deref) {
            *counts.entry((speaker, mention.entity.clone())).or_default() += 1;
        }
    }
    let mut best: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for ((speaker, entity), count) in &counts {
        let known = best.entry(speaker).or_insert((0, entity));
        if *count > known.0 {
            *known = (*count, entity);
        }
    }
    for (speaker, (_, entity)) in best {
        let words = fold_words(&spaced(speaker));
        for mention in mentions.iter_mut().filter(|m| m.entity == entity && tokens[m.head].lower == "i") {
            mention.label = Some(words.clone());
        }
    }
}

/// The plain text, and where each sentence begins in it.
fn text(tree: &Tree) -> (String, Vec<usize>) {
    let (mut text, mut starts) = (String::new(), Vec::new());
    let mut last: Option<&str> = None;
    for paragraph in &tree.paragraphs {
        if paragraph.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let speaker = tree.speakers.get(starts.len()).and_then(Option::as_deref);
        if let Some(name) = speaker.filter(|s| last != Some(s)) {
            text.push_str(&spaced(name));
            text.push_str(": ");
        }
        last = speaker;
        for (i, sentence) in paragraph.iter().enumerate() {
            if i > 0 {
                text.push(' ');
            }
            starts.push(text.len());
            text.push_str(sentence);
        }
    }
    (text, starts)
}

/// "Noam Chomsky" for "NoamChomsky".
fn spaced(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && out.ends_with(char::is_lowercase) && !out.ends_with("Mc") {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// The first of some tokens whose head is not among them.
pub(crate) fn head_of(heads: &[Option<usize>], tokens: &[usize]) -> Option<usize> {
    tokens.iter().copied().find(|&i| heads[i].is_none_or(|h| !tokens.contains(&h)))
}

/// The proper nouns that hang together with a proper head; of a list, all its names.
fn name(tokens: &[Gold], heads: &[Option<usize>], range: &Range<usize>, head: usize) -> Option<Vec<String>> {
    if tokens[head].upos != Some(Upos::PROPN) {
        return None;
    }
    let belongs = |mut i: usize| {
        for _ in 0..4 {
            if i == head {
                return true;
            }
            let joined = matches!(
                tokens[i].deprel,
                Some(Deprel::Flat | Deprel::Compound | Deprel::Amod | Deprel::Conj)
            );
            match heads[i].filter(|_| joined) {
                Some(h) => i = h,
                None => return false,
            }
        }
        false
    };
    let words = range.clone().filter(|&i| tokens[i].upos == Some(Upos::PROPN) && belongs(i));
    Some(words.flat_map(|i| fold_words(&tokens[i].word)).collect())
}

struct Unit {
    id: usize,
    head: usize,
    relation: String,
    tokens: Range<usize>,
    sources: Vec<usize>,
}

fn attributions(rsd: &str, tokens: usize) -> Vec<Attribution> {
    let mut units: Vec<Unit> = Vec::new();
    let mut at = 0;
    for line in rsd.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, text, _, _, _, _, head, relation, _, signals] = columns[..] else { continue };
        let end = at + text.split(' ').count();
        let (Ok(id), Ok(head)) = (id.parse(), head.parse()) else { continue };
        let sources = sources(signals).into_iter().filter(|&i| i < tokens).collect();
        units.push(Unit { id, head, relation: relation.to_owned(), tokens: at..end.min(tokens), sources });
        at = end;
    }
    // A unit that is interrupted goes on in others, which hang on its first part.
    let whole = |id: usize| -> Vec<Range<usize>> {
        let parts =
            units.iter().filter(|u| u.id == id || (u.head == id && u.relation.starts_with("same-unit")));
        parts.map(|u| u.tokens.clone()).collect()
    };
    let attributes = |u: &&Unit| u.relation.starts_with("attribution-") && !u.sources.is_empty();
    units
        .iter()
        .filter(attributes)
        .map(|u| Attribution {
            source: u.sources.clone(),
            unit: whole(u.id),
            content: whole(u.head),
            negative: u.relation.starts_with("attribution-negative"),
        })
        .collect()
}

/// Tokens, from 0, of "semantic-attribution_source-225-232,240-gold".
fn sources(signals: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for signal in signals.split(';') {
        let Some((_, rest)) = signal.split_once("attribution_source-") else { continue };
        let listed = rest.rsplit_once('-').map_or(rest, |(listed, _)| listed);
        for part in listed.split(',') {
            let mut ends = part.split('-').filter_map(|n| n.parse::<usize>().ok());
            let Some(first) = ends.next().filter(|n| *n > 0) else { continue };
            out.extend(first - 1..ends.next().unwrap_or(first));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_list_tokens() {
        assert!(sources("dm-and-3-gold").is_empty());
        assert_eq!(sources("semantic-attribution_source-2-4,7-gold;dm-but-9-gold"), [1, 2, 3, 6]);
    }

    #[test]
    fn units_hold_source_and_content() {
        let rsd = "1\tShe said\t0\t_\t_\t_\t2\tattribution-positive_r\t_\tsemantic-attribution_source-1-gold\n\
                   2\tit fell\t0\t_\t_\t_\t0\tROOT\t_\t_\n3\tyesterday .\t0\t_\t_\t_\t2\tsame-unit_m\t_\t_\n";
        let found = attributions(rsd, 6);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].source.as_slice(), found[0].negative), (&[0][..], false));
        assert_eq!(found[0].content, [2..4, 4..6]);
    }

    #[test]
    fn speakers_are_spelled_out() {
        assert_eq!(spaced("NoamChomsky"), "Noam Chomsky");
        assert_eq!(spaced("Wikinews"), "Wikinews");
        assert_eq!(spaced("HughMcGuire"), "Hugh McGuire");
    }
}
