//! Evaluation of tagger, lemmas and sentence boundaries on development data.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use super::treebank::Tree;
use super::{Sentence, silver, treebank};
use crate::document::{self, Document, Tag};
use crate::language::lemma::lemma;
use crate::language::names::RECOGNISER;
use crate::language::parser::PARSER;
use crate::language::tagger::{Scratch, TAGGER, Tagger};
use crate::parse::{sentences, tokens};
use crate::span::Span;

/// The development sets, named.
///
/// # Errors
/// If a file cannot be read.
pub fn development(data: &Path) -> std::io::Result<Vec<(&'static str, Vec<Tree>)>> {
    let (ewt, gum) = (treebank::ewt(data, "dev")?, treebank::gum(data, "dev")?);
    let news = |trees: &[Tree], word: &str| -> Vec<Tree> {
        trees.iter().filter(|t| t.name.contains(word)).cloned().collect()
    };
    let (ewt_news, gum_news) = (news(&ewt, "newsgroup"), news(&gum, "GUM_news"));
    Ok(vec![("EWT dev", ewt), ("EWT dev newsgroups", ewt_news), ("GUM dev", gum), ("GUM dev news", gum_news)])
}

/// Prints the accuracy of the embedded tagger.
///
/// # Errors
/// If a file cannot be read.
pub fn embedded_tagger(data: &Path) -> std::io::Result<()> {
    tagger(data, &TAGGER)
}

/// Prints the accuracy of `tagger` on every development set.
///
/// # Errors
/// If a file cannot be read.
pub(crate) fn tagger(data: &Path, tagger: &Tagger) -> std::io::Result<()> {
    println!("{:<20} {:>7} {:>7} {:>7}", "accuracy (%)", "tokens", "all", "words");
    for (name, trees) in development(data)? {
        let sentences: Vec<Sentence> = trees.into_iter().flat_map(|t| t.sentences).collect();
        report(name, tagger, &sentences);
    }
    report("PolNeAR dev (silver)", tagger, &silver::read(&data.join("polnear/dev.corenlp.tsv.gz"))?);
    Ok(())
}

fn report(name: &str, tagger: &Tagger, gold: &[Sentence]) {
    let mut scratch = Scratch::default();
    let mut tags = Vec::new();
    let (mut all, mut right, mut words, mut right_words) = (0, 0, 0, 0);
    let mut confusions: Vec<(Tag, Tag, String)> = Vec::new();
    for sentence in gold {
        tagger.tag(&super::tagger::inputs(sentence), &mut scratch, &mut tags);
        for (token, tag) in
            sentence.tokens.iter().zip(&tags).filter(|(t, _)| t.upos.is_some() || t.tag != silver::UNKNOWN)
        {
            let hit = usize::from(token.tag == *tag);
            let word = usize::from(token.word.chars().any(char::is_alphanumeric));
            all += 1;
            right += hit;
            words += word;
            right_words += hit * word;
            if hit == 0 {
                confusions.push((token.tag, *tag, token.word.clone()));
            }
        }
    }
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!("{name:<20} {all:>7} {:>7.2} {:>7.2}", percent(right, all), percent(right_words, words));
    if std::env::var_os("CONFUSIONS").is_some() {
        confusions.sort();
        let mut groups: Vec<(usize, Tag, Tag, String)> = confusions
            .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
            .map(|g| {
                let step = g.len().div_ceil(12);
                let some: Vec<&str> = g.iter().step_by(step).map(|c| c.2.as_str()).collect();
                (g.len(), g[0].0, g[0].1, some.join(" "))
            })
            .collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.0));
        for (count, gold, found, some) in groups.iter().take(25) {
            println!("  {count:>4} {} as {}: {some}", gold.as_str(), found.as_str());
        }
    }
}

/// Prints how often the lemma of a token with its true tag is right.
///
/// # Errors
/// If a file cannot be read.
pub fn lemmas(data: &Path) -> std::io::Result<()> {
    for (name, trees) in development(data)? {
        let (mut right, mut all) = (0usize, 0usize);
        for token in trees.iter().flat_map(|t| &t.sentences).flat_map(|s| &s.tokens) {
            let Some(gold) = &token.lemma else { continue };
            if !token.word.chars().any(char::is_alphabetic) {
                continue;
            }
            all += 1;
            let found = lemma(&token.word, &token.lower, token.tag);
            let hit = found.to_lowercase() == gold.to_lowercase();
            right += usize::from(hit);
            if !hit && std::env::var_os("CONFUSIONS").is_some() {
                println!("  {} {}: {found}, not {gold}", token.word, token.tag.as_str());
            }
        }
        println!("{name:<20} lemmas {:.2} % of {all}", 100.0 * right as f64 / all.max(1) as f64);
    }
    Ok(())
}

/// Prints precision, recall and F1 of the boundaries inside paragraphs.
///
/// # Errors
/// If a file cannot be read.
pub fn boundaries(data: &Path) -> std::io::Result<()> {
    println!("{:<20} {:>6} {:>6} {:>6} {:>6}", "boundaries", "gold", "P", "R", "F1");
    for (name, trees) in development(data)? {
        let (mut gold, mut found, mut both) = (0, 0, 0);
        for paragraph in trees.iter().flat_map(|t| &t.paragraphs) {
            let text = paragraph.join(" ");
            let mut at = 0;
            let mut starts = Vec::new();
            for sentence in paragraph {
                starts.push(at);
                at += sentence.len() + 1;
            }
            let spans = tokens::tokenize(&text, Span::new(0, text.len()));
            let ours: Vec<usize> =
                sentences::split(&text, &spans).iter().map(|r| spans[r.start].start()).skip(1).collect();
            let starts = &starts[1.min(starts.len())..];
            gold += starts.len();
            found += ours.len();
            both += ours.iter().filter(|s| starts.contains(s)).count();
            if std::env::var_os("CONFUSIONS").is_some() {
                let show = |sign: &str, at: usize| {
                    let before: String = text[..at].chars().rev().take(50).collect();
                    let before: String = before.chars().rev().collect();
                    let after: String = text[at..].chars().take(40).collect();
                    println!("  {sign} {before}|{after}");
                };
                ours.iter().filter(|s| !starts.contains(s)).for_each(|s| show("+", *s));
                starts.iter().filter(|s| !ours.contains(s)).for_each(|s| show("-", *s));
            }
        }
        let precision = 100.0 * both as f64 / found.max(1) as f64;
        let recall = 100.0 * both as f64 / gold.max(1) as f64;
        let f1 = 200.0 * both as f64 / (found + gold).max(1) as f64;
        println!("{name:<20} {gold:>6} {precision:>6.1} {recall:>6.1} {f1:>6.1}");
    }
    Ok(())
}

/// Prints how long the models take to load. Each is loaded when it is first used.
pub fn loading() {
    let start = Instant::now();
    let mut last = start;
    let mut step = |name: &str| {
        let now = Instant::now();
        println!("{name:<8} {:>6.1} ms", (now - last).as_secs_f64() * 1000.0);
        last = now;
    };
    LazyLock::force(&TAGGER);
    step("tagger");
    LazyLock::force(&PARSER);
    step("parser");
    LazyLock::force(&RECOGNISER);
    step("names");
    println!("{:<8} {:>6.1} ms", "all", start.elapsed().as_secs_f64() * 1000.0);
}

/// A document of one block.
pub(super) fn document(text: &str, spans: &[Span]) -> Document {
    let sentences = sentences::split(text, spans).into_iter().map(|range| document::Sentence {
        span: spans[range.start].cover(spans[range.end - 1]),
        block: 0,
        first_token: range.start as u32,
        last_token: range.end as u32,
    });
    Document {
        text: text.to_owned(),
        blocks: vec![document::Block {
            kind: document::BlockKind::Paragraph,
            span: Span::new(0, text.len()),
        }],
        sentences: sentences.collect(),
        tokens: spans.iter().map(|span| document::Token { span: *span }).collect(),
        ..Document::default()
    }
}
