//! A search that is too slow and too plain to be wrong: every unit is cut and looked at, word by word.

use std::fmt;

use proptest::prelude::*;

use super::super::Hit;
use crate::document::{Claim, Document};
use crate::resolve::tests::{claim, document};
use crate::span::Span;

/// What texts are made of, and as which words it counts.
pub(super) const WORDS: [(&str, &[&str]); 15] = [
    ("storm", &["storm"]),
    ("Storm", &["storm"]),
    ("stormy", &["stormy"]),
    ("corps", &["corps"]),
    ("Kim’s", &["kim"]),
    ("KIM", &["kim"]),
    ("Jong-un", &["jong", "un"]),
    ("Zürich", &["zurich"]),
    ("3,000", &["3000"]),
    ("😀", &[]),
    ("U.S.", &["u.s"]),
    ("—", &[]),
    ("don’t", &["don't"]),
    ("“corps,”", &["corps"]),
    ("storm.", &["storm"]),
];

/// A word of a text: where it stands, and as what it counts.
type Word = (Span, &'static str);

/// A text as it is drawn: its words, and for each claim its first word and how many more.
pub(super) type Drawn = (Vec<usize>, Vec<(usize, usize)>);

/// Documents and claims as they were drawn.
pub(super) fn corpus(texts: &[Drawn]) -> (Vec<Document>, Vec<Claim>) {
    let (mut documents, mut claims) = (Vec::new(), Vec::new());
    for (d, (words, drawn)) in texts.iter().enumerate() {
        let text: Vec<&str> = words.iter().map(|w| WORDS[*w].0).collect();
        let document = document(&format!("d{d}"), None, &text.join(" "));
        let all = words_in(&document, Span::new(0, document.text.len()));
        let mut spans: Vec<Span> = Vec::new();
        for (first, more) in drawn.iter().filter(|_| !all.is_empty()) {
            let first = first % all.len();
            let last = (first + more).min(all.len() - 1);
            spans.push(all[first].0.cover(all[last].0));
        }
        spans.sort_unstable();
        for span in spans {
            let mut one =
                claim(&document, "", &format!("- | - | {}", &document.text[span.start()..span.end()]));
            one.content_spans = vec![span];
            one.document = d as u32;
            claims.push(one);
        }
        documents.push(document);
    }
    (documents, claims)
}

/// The words in a part of a document, as far as they are in sentences.
fn words_in(document: &Document, part: Span) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut at = 0;
    for stretch in document.text.split_inclusive(' ') {
        let bare = stretch.trim_matches(|c: char| !c.is_alphanumeric());
        let entry = WORDS.iter().find(|w| w.0.trim_matches(|c: char| !c.is_alphanumeric()) == bare);
        let mut start = at + stretch.find(bare).unwrap();
        for (folded, written) in entry.map_or(&[][..], |w| w.1).iter().zip(bare.split('-')) {
            let span = Span::new(start, start + written.trim_end_matches("’s").len());
            let inside = |s: Span| s.contains(span);
            if inside(part) && document.sentences.iter().any(|s| inside(s.span)) {
                out.push((span, folded));
            }
            start += written.len() + 1;
        }
        at += stretch.len();
    }
    out
}

/// A query as an expression.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Words(Vec<(&'static str, bool)>),
    And(Vec<Asked>),
    Or(Vec<Asked>),
    Not(Box<Asked>),
}

impl Asked {
    pub(super) fn any() -> impl Strategy<Value = Asked> {
        let terms = prop_oneof![
            5 => (0..WORDS.len(), Just(false)).prop_filter_map("no word", |(w, p)| Some((*WORDS[w].1.first()?, p))),
            1 => prop_oneof![Just(("sto", true)), Just(("u", true)), Just(("storm", true)), Just(("k", true))],
        ];
        let leaf = proptest::collection::vec(terms, 1..4).prop_map(Asked::Words);
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                3 => proptest::collection::vec(inner.clone(), 1..4).prop_map(Asked::And),
                2 => proptest::collection::vec(inner.clone(), 1..4).prop_map(Asked::Or),
                1 => inner.prop_map(|a| Asked::Not(Box::new(a))),
            ]
        })
    }

    pub(super) fn holds(&self, words: &[Word]) -> bool {
        match self {
            Asked::Words(phrase) => !occurrences(phrase, words).is_empty(),
            Asked::And(all) => all.iter().all(|a| a.holds(words)),
            Asked::Or(any) => any.iter().any(|a| a.holds(words)),
            Asked::Not(asked) => !asked.holds(words),
        }
    }

    /// Phrases that are looked for, in order, each once.
    fn sought(&self, wanted: bool, out: &mut Vec<(Vec<(&'static str, bool)>, bool)>) {
        match self {
            Asked::Words(phrase) => match out.iter_mut().find(|(p, _)| p == phrase) {
                Some(known) => known.1 |= wanted,
                None => out.push((phrase.clone(), wanted)),
            },
            Asked::And(all) | Asked::Or(all) => all.iter().for_each(|a| a.sought(wanted, out)),
            Asked::Not(asked) => asked.sought(!wanted, out),
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |all: &[Asked], between: &str| -> String {
            all.iter().map(|a| format!("({a})")).collect::<Vec<_>>().join(between)
        };
        match self {
            Asked::Words(phrase) => {
                let words =
                    phrase.iter().map(|(word, prefix)| format!("{word}{}", if *prefix { "*" } else { "" }));
                write!(f, "\"{}\"", words.collect::<Vec<_>>().join(" "))
            }
            Asked::And(all) => f.write_str(&list(all, " ")),
            Asked::Or(all) => f.write_str(&list(all, " OR ")),
            Asked::Not(asked) => write!(f, "-({asked})"),
        }
    }
}

/// Where a phrase begins, as indices of `words`.
fn occurrences(phrase: &[(&str, bool)], words: &[Word]) -> Vec<usize> {
    let is = |(word, prefix): &(&str, bool), found: &Word| {
        found.1 == *word || *prefix && found.1.starts_with(word)
    };
    let here = |at: &usize| phrase.iter().zip(&words[*at..]).all(|(p, w)| is(p, w));
    (0..words.len()).filter(|at| at + phrase.len() <= words.len()).filter(here).collect()
}

/// Every claim and sentence that the query holds for, scored, ordered and marked.
pub(super) fn search(documents: &[Document], claims: &[Claim], asked: &Asked) -> Vec<Hit> {
    let mut units: Vec<(u32, Option<u32>, Span, Vec<Word>)> = Vec::new();
    for (d, document) in documents.iter().enumerate() {
        let own = claims.iter().enumerate().filter(|(_, c)| c.document as usize == d);
        let of_claims = own.map(|(i, claim)| (Some(i as u32), claim.span()));
        let of_sentences = document.sentences.iter().map(|s| (None, s.span));
        units.extend(
            of_sentences.chain(of_claims).map(|(c, span)| (d as u32, c, span, words_in(document, span))),
        );
    }
    let mut phrases = Vec::new();
    asked.sought(true, &mut phrases);
    let phrases: Vec<_> = phrases.into_iter().filter(|p| p.1).map(|p| p.0).collect();
    let mean = units.iter().map(|u| u.3.len() as f64).sum::<f64>() / units.len() as f64;
    let score = |words: &[Word]| -> f64 {
        let of = |phrase: &Vec<(&'static str, bool)>| {
            let holding = units.iter().filter(|u| !occurrences(phrase, &u.3).is_empty()).count() as f64;
            let rarity = (1.0 + (units.len() as f64 - holding + 0.5) / (holding + 0.5)).ln();
            let times = occurrences(phrase, words).len() as f64;
            rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * words.len() as f64 / mean))
        };
        (phrases.iter().map(of).sum::<f64>() * 1e6).round() / 1e6
    };
    let found: Vec<_> = units.iter().filter(|u| asked.holds(&u.3)).collect();
    let covered = |d: u32, words: &[Word]| {
        found.iter().any(|u| u.0 == d && u.1.is_some() && u.3.iter().any(|w| words.contains(w)))
    };
    let reported = found.iter().filter(|u| u.1.is_some() || !covered(u.0, &u.3));
    let mut hits: Vec<Hit> = reported
        .map(|(document, claim, span, words)| Hit {
            document: *document,
            claim: *claim,
            span: *span,
            score: score(words),
            highlights: marks(&phrases, words),
        })
        .collect();
    hits.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then((a.document, a.span, a.claim).cmp(&(b.document, b.span, b.claim)))
    });
    hits
}

/// The phrases in a unit; those that share a word as one.
fn marks(phrases: &[Vec<(&'static str, bool)>], words: &[Word]) -> Vec<Span> {
    let mut joins = vec![false; words.len()];
    let mut marked = vec![false; words.len()];
    for phrase in phrases {
        for at in occurrences(phrase, words) {
            marked[at..at + phrase.len()].fill(true);
            joins[at + 1..at + phrase.len()].fill(true);
        }
    }
    let mut out: Vec<Span> = Vec::new();
    for (i, (span, _)) in words.iter().enumerate().filter(|(i, _)| marked[*i]) {
        match out.last_mut().filter(|_| joins[i]) {
            Some(last) => *last = last.cover(*span),
            None => out.push(*span),
        }
    }
    out
}
