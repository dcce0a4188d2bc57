//! How far our own tokens, and the tags on them, agree with the treebanks'.
//!
//! After the evaluation of the CoNLL 2018 shared task: whole paragraphs go in, and a token counts as found if its
//! characters are exactly those of a token of the treebank; a tag counts only on a token that was found. The true
//! tokens and sentences are not shown to the tagger.

use std::path::Path;

use super::evaluate::{development, document};
use super::treebank::{self, Tree};
use super::{Gold, Sentence};
use crate::language;
use crate::parse::tokens;
use crate::span::Span;

/// Counts over one set.
#[derive(Debug, Default)]
struct Counts {
    gold: usize,
    found: usize,
    same: usize,
    same_upos: usize,
    same_tag: usize,
}

/// Prints the agreement on every development set, or on the training sets if `training`.
///
/// # Errors
/// If a file cannot be read.
pub fn run(data: &Path, training: bool) -> std::io::Result<()> {
    println!(
        "{:<20} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "own tokens (F1, %)", "gold", "found", "tokens", "UPOS", "XPOS"
    );
    let sets = if training { training_sets(data)? } else { development(data)? };
    for (name, trees) in sets {
        let mut counts = Counts::default();
        for (text, gold) in trees.iter().flat_map(paragraphs) {
            count(&text, &gold, &mut counts);
        }
        let f1 = |same: usize| 200.0 * same as f64 / (counts.gold + counts.found).max(1) as f64;
        println!(
            "{name:<20} {:>7} {:>7} {:>7.2} {:>7.2} {:>7.2}",
            counts.gold,
            counts.found,
            f1(counts.same),
            f1(counts.same_upos),
            f1(counts.same_tag)
        );
    }
    Ok(())
}

fn training_sets(data: &Path) -> std::io::Result<Vec<(&'static str, Vec<Tree>)>> {
    Ok(vec![("EWT train", treebank::ewt(data, "train")?), ("GUM train", treebank::gum(data, "train")?)])
}

/// The paragraphs of a tree: text, and the tokens in it with their spans.
fn paragraphs(tree: &Tree) -> Vec<(String, Vec<(Span, &Gold)>)> {
    let mut sentences = tree.sentences.iter();
    let mut paragraphs = Vec::new();
    for texts in &tree.paragraphs {
        let (mut text, mut gold) = (String::new(), Vec::new());
        for (words, sentence) in texts.iter().zip(sentences.by_ref()) {
            if !text.is_empty() {
                text.push(' ');
            }
            let at = text.len();
            text.push_str(words);
            place(&text, at, sentence, &mut gold);
        }
        paragraphs.push((text, gold));
    }
    paragraphs
}

/// Finds the tokens of a sentence one after the other in its text.
fn place<'s>(text: &str, mut at: usize, sentence: &'s Sentence, gold: &mut Vec<(Span, &'s Gold)>) {
    for token in &sentence.tokens {
        at += text[at..].len() - text[at..].trim_start().len();
        if text[at..].starts_with(&token.word) {
            let span = Span::new(at, at + token.word.len());
            gold.push((span, token));
            at = span.end();
        }
    }
}

fn count(text: &str, gold: &[(Span, &Gold)], counts: &mut Counts) {
    let spans = tokens::tokenize(text, Span::new(0, text.len()));
    counts.gold += gold.len();
    counts.found += spans.len();
    if std::env::var_os("CONFUSIONS").is_some() {
        show(text, gold, &spans);
    }
    let document = document(text, &spans);
    let annotated = language::annotate(&document);
    let mut ours = spans.iter().enumerate().peekable();
    for (span, token) in gold {
        while ours.peek().is_some_and(|(_, s)| s.start() < span.start()) {
            ours.next();
        }
        let Some((i, _)) = ours.peek().filter(|(_, s)| *s == span) else { continue };
        counts.same += 1;
        counts.same_upos += usize::from(token.upos == Some(annotated.upos(*i)));
        counts.same_tag += usize::from(token.tag == annotated.tag(*i));
    }
}

/// Prints where the tokens differ: theirs, ours.
fn show(text: &str, gold: &[(Span, &Gold)], ours: &[Span]) {
    let theirs: Vec<Span> = gold.iter().map(|(span, _)| *span).collect();
    let (mut i, mut j) = (0, 0);
    while i < theirs.len() && j < ours.len() {
        if theirs[i] == ours[j] {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (first, second) = (i, j);
        let mut end = 0;
        while i < theirs.len()
            && j < ours.len()
            && (i == first || theirs[i].start() < end || ours[j].start() < end)
        {
            end = end.max(if theirs[i].end() <= ours[j].end() { theirs[i].end() } else { ours[j].end() });
            if theirs[i].end() < ours[j].end() {
                i += 1;
            } else if theirs[i].end() > ours[j].end() {
                j += 1;
            } else {
                (i, j) = (i + 1, j + 1);
                break;
            }
        }
        let join = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join("|");
        println!("  {}   ours {}", join(&theirs[first..i]), join(&ours[second..j]));
    }
}
