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

/// A sentence with the relation of each token, as an index into the names that are found.
pub type SilverTree = (Sentence, Vec<u8>);

/// The trees of the articles: sentences with heads, and the names of the relations.
///
/// # Errors
/// If the file cannot be read.
pub fn trees(path: &Path) -> std::io::Result<(Vec<SilverTree>, Vec<String>)> {
    let text = read_gz(path)?;
    let mut names: Vec<String> =
        text.lines().filter_map(|line| Some(line.split('\t').nth(9)?.to_owned())).collect();
    names.sort();
    names.dedup();
    let mut out = Vec::new();
    for article in text.split("#doc") {
        let rows: Vec<Vec<&str>> =
            article.lines().map(|l| l.split('\t').collect()).filter(|r: &Vec<&str>| r.len() > 9).collect();
        let mut start = 0;
        for sentence in rows.chunk_by(|a, b| a[3] == b[3]) {
            let whole = sentence
                .iter()
                .all(|r| Tag::from_name(r[6]).is_some() && !r[5].contains(char::is_whitespace));
            let mut tokens = Vec::new();
            let mut labels = Vec::new();
            let mut roots = 0;
            let mut last = "";
            for row in sentence {
                let mut gold = Gold::new(
                    row[5].to_owned(),
                    row[1] == last,
                    Tag::from_name(row[6]).unwrap_or(Tag::XX),
                    None,
                );
                last = row[2];
                let head = row[8].parse::<usize>().ok().and_then(|h| h.checked_sub(start));
                gold.head = head.filter(|h| *h < sentence.len()).map(|h| h as u32);
                roots += usize::from(gold.head.is_none());
                tokens.push(gold);
                labels.push(names.binary_search_by(|n| n.as_str().cmp(row[9])).unwrap_or(0) as u8);
            }
            if whole && roots == 1 {
                out.push((Sentence { tokens }, labels));
            }
            start += sentence.len();
        }
    }
    Ok((out, names))
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
