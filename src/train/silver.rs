//! News with tags given by another tagger: useful in bulk, not to be trusted in detail.

use std::path::Path;

use super::{Gold, Sentence, read_gz};
use crate::document::Tag;

/// The sentences of a gzipped table with the columns `T start end sentence paragraph form POS …`.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> std::io::Result<Vec<Sentence>> {
    Ok(parse(&read_gz(path)?))
}

fn parse(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut tokens: Vec<Gold> = Vec::new();
    let mut last = ("", "");
    for line in text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, start, end, sentence, _, form, tag, ..] = columns[..] else {
            flush(&mut tokens, &mut sentences);
            continue;
        };
        if sentence != last.0 {
            flush(&mut tokens, &mut sentences);
        }
        let glued = start == last.1 && !tokens.is_empty();
        last = (sentence, end);
        // A token without a tag of ours, or with a space in it, makes the whole sentence suspect; keep the rest.
        if let Some(tag) = Tag::from_name(tag)
            && !form.contains(char::is_whitespace)
        {
            tokens.push(Gold::new(form.to_owned(), glued, tag, None));
        }
    }
    flush(&mut tokens, &mut sentences);
    sentences
}

fn flush(tokens: &mut Vec<Gold>, sentences: &mut Vec<Sentence>) {
    let mut tokens = std::mem::take(tokens);
    if tokens.is_empty() {
        return;
    }
    for i in 0..tokens.len() {
        // The Penn Treebank has one tag for every "to"; UD tells the preposition apart.
        if tokens[i].tag == Tag::TO && tokens[i].lower == "to" {
            let mut rest = tokens[i + 1..].iter().filter(|t| !matches!(t.tag, Tag::RB | Tag::RBR));
            let infinitive = rest.next().is_some_and(|t| t.tag == Tag::VB);
            tokens[i].tag = if infinitive { Tag::TO } else { Tag::IN };
        }
    }
    sentences.push(Sentence { tokens });
}
