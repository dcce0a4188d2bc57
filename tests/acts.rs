//! Speech acts in context: every sentence of `tests/acts.tsv`, read from raw text, with the cue's tokens given.

use std::ops::Range;

use reportedly::extract::act;
use reportedly::language;
use reportedly::parse;
use reportedly::read::RawArticle;
use reportedly::span::Span;

static SUITE: &str = include_str!("acts.tsv");

/// The act and the sign of the cue in brackets.
fn found(sentence: &str) -> String {
    let (mut text, mut cue, mut open) = (String::new(), Vec::new(), 0);
    for c in sentence.chars() {
        match c {
            '[' => open = text.len(),
            ']' => cue.push(Span::new(open, text.len())),
            _ => text.push(c),
        }
    }
    let document = parse::parse(RawArticle { id: "sentence".into(), text, ..RawArticle::default() });
    let article = language::annotate(&document).compounded();
    let cue: Vec<Range<usize>> = cue.into_iter().map(|span| article.tokens_in(span)).collect();
    let spoken = act::spoken(&article, &cue, None);
    format!("{}\t{}", spoken.act.as_str(), spoken.polarity.as_str())
}

#[test]
fn acts_are_read_in_context() {
    let rows: Vec<&str> = SUITE.lines().filter(|l| !l.starts_with('#')).collect();
    assert!(rows.len() >= 300);
    let mut right = 0;
    for row in &rows {
        let (expected, sentence) = row.rsplit_once('\t').expect("act, polarity, sentence");
        let found = found(sentence);
        right += usize::from(found == expected);
        if found != expected {
            println!(
                "{sentence}\n    {} instead of {}",
                found.replace('\t', " "),
                expected.replace('\t', " ")
            );
        }
    }
    println!("{right} of {}", rows.len());
    assert!(right * 100 >= rows.len() * 95, "{right} of {}", rows.len());
}
