//! What figures count, and whose it is: every passage of `tests/counted.tsv`, read from raw text.

use std::collections::BTreeMap;

use reportedly::document::Counted;
use reportedly::extract::{Context, place, quantity, time};
use reportedly::span::Span;
use reportedly::{language, parse, read};

static SUITE: &str = include_str!("counted.tsv");

/// The counted noun and the owner of the figure in brackets; "?" if no figure is found there.
fn found(passage: &str) -> (String, String) {
    let (open, close) = (passage.find('[').expect("a figure"), passage.find(']').expect("its end"));
    let text = passage.replace(['[', ']'], "");
    let marked = Span::new(open, close - 1);
    let document = parse::plain(read::text("passage", text));
    let article = language::annotate(&document).compounded();
    let (places, times) = (place::places(&article), time::times(&article, Context::default()));
    let quantities = quantity::quantities(&article, &places, &times);
    let Some(figure) = quantities.iter().find(|q| q.span.overlaps(marked)) else {
        return ("?".to_owned(), "?".to_owned());
    };
    let counted = figure.counted.as_ref();
    let lemma = counted.map_or("-".to_owned(), |c: &Counted| c.lemma.to_lowercase());
    (lemma, counted.and_then(|c| c.whose.clone()).unwrap_or("-".to_owned()))
}

#[test]
fn figures_count_something_of_somebody() {
    let rows: Vec<Vec<&str>> =
        SUITE.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
    let mut passages: Vec<String> = rows.iter().map(|r| r[3].replace(['[', ']'], "")).collect();
    passages.sort();
    passages.dedup();
    assert!(passages.len() >= 150, "{}", passages.len());
    let (mut right, mut nouns, mut owners) = (0, 0, 0);
    let mut by_origin: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in &rows {
        let &[origin, counted, whose, passage] = row.as_slice() else { panic!("{row:?}") };
        let (noun, owner) = found(passage);
        nouns += usize::from(noun == counted);
        owners += usize::from(owner == whose);
        let tally = by_origin.entry(origin).or_default();
        tally.1 += 1;
        if noun == counted && owner == whose {
            right += 1;
            tally.0 += 1;
        } else {
            println!("{passage}\n    {noun} of {owner} instead of {counted} of {whose}");
        }
    }
    for (origin, (right, all)) in &by_origin {
        println!("{origin}: {right} of {all}");
    }
    println!("of {} figures: noun {nouns}, owner {owners}, both {right}", rows.len());
    assert!(right * 100 >= rows.len() * 90, "{right} of {}", rows.len());
}
