//! One-line facts: the times of a sentence as `expression = value`, read in a text of Friday, 25 October 2024.

use super::*;
use crate::extract::specimen;
use crate::language::annotate;

fn read(text: &str, published: &str, context: Context) -> Vec<Time> {
    let document = specimen::document(text, published);
    times(&annotate(&document), context)
}

fn show(text: &str, times: &[Time]) -> String {
    let one = |t: &Time| format!("{} = {}", t.span.of(text), t.value.as_deref().unwrap_or("?"));
    times.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Expressions and values.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(show(text, &read(text, "2024-10-25", Context::default())), expected, "{text}");
}

/// The interval of the only expression.
#[track_caller]
fn check_interval(text: &str, expected: &str) {
    let times = read(text, "2024-10-25", Context::default());
    let found: Vec<String> = times.iter().map(|t| interval(t.start, t.end)).collect();
    assert_eq!(found.join("; "), expected, "{text}");
}

#[test]
fn seeds() {
    for entry in std::fs::read_dir("seeds").unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for t in read(&text, "", Context { corpus_date: "2024-10-26".parse().ok() }) {
            println!(
                "{:?} {:?} {:?} {:?} {:?}..{:?} {:?}",
                t.span.of(&text),
                t.kind,
                t.value,
                t.anchor,
                t.start,
                t.end,
                t.granularity
            );
        }
        println!();
    }
}
