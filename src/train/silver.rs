//! News with tags given by another tagger: useful in bulk, not to be trusted in detail.
//!
//! That tagger leaves hyphenated words whole. Each sentence is cut again into our tokens; what comes out as it was
//! keeps its tag, what is cut otherwise (`U.S.|-|led`, `5|pm`) has none, [`UNKNOWN`], until a teacher gives one.

use std::path::Path;

use super::{Gold, Sentence, read_gz};
use crate::document::Tag;
use crate::parse::tokens::tokenize;
use crate::span::Span;

/// The tag of a token that the corpus does not have.
pub const UNKNOWN: Tag = Tag::XX;

/// The sentences of a gzipped table with the columns `T start end sentence paragraph form POS …`.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> std::io::Result<Vec<Sentence>> {
    Ok(parse(&read_gz(path)?))
}

/// A sentence with the relation of each token, as an index into the sorted names of all.
pub type SilverTree = (Sentence, Vec<u8>);

/// The trees of the articles: sentences with heads, and relations.
///
/// # Errors
/// If the file cannot be read.
pub fn trees(path: &Path) -> std::io::Result<Vec<SilverTree>> {
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
    Ok(out)
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
    sentences.push(Sentence { tokens: recut(tokens) });
}

/// The same text in our tokens.
fn recut(tokens: Vec<Gold>) -> Vec<Gold> {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(tokens.len());
    for token in &tokens {
        if !token.glued && !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&token.word);
        spans.push(Span::new(start, text.len()));
    }
    let mut end = 0;
    let mut theirs = spans.into_iter().zip(tokens).peekable();
    let ours = tokenize(&text, Span::new(0, text.len())).into_iter().map(|span| {
        while theirs.next_if(|(other, _)| other.start() < span.start()).is_some() {}
        let same = theirs.next_if(|(other, _)| *other == span);
        let tag = same.map_or(UNKNOWN, |(_, token)| token.tag);
        let glued = end > 0 && end == span.start();
        end = span.end();
        Gold::new(span.of(&text).to_owned(), glued, tag, None)
    });
    ours.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_otherwise_has_no_tag() {
        let text = "#doc\tx\nT\t0\t3\t0\t0\tThe\tDT\tO\nT\t4\t12\t0\t0\tU.S.-led\tJJ\tO\n\
            T\t13\t18\t0\t0\tforce\tNN\tO\nT\t18\t19\t0\t0\t.\t.\tO\n";
        let sentences = parse(text);
        let words: Vec<_> = sentences[0].tokens.iter().map(|t| (t.word.as_str(), t.glued, t.tag)).collect();
        let expected = [
            ("The", false, Tag::DT),
            ("U.S.", false, UNKNOWN),
            ("-", true, UNKNOWN),
            ("led", true, UNKNOWN),
            ("force", false, Tag::NN),
            (".", true, Tag::Period),
        ];
        assert_eq!(words, expected);
    }
}
