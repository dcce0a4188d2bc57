//! Searches of small corpora, and of random ones against a slow search that anybody can check.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::corpus::Progress;
use crate::document::{Act, Kind, Stated};
use crate::reconcile::tests::corpus;
use crate::resolve::tests::document;

mod oracle;

use oracle::{Asked, Drawn, WORDS};

/// What a query finds, as "document source: [highlights]"; passages have no source.
fn found(articles: &[(&str, &str, &[&str])], query: &str, selection: &Selection) -> Vec<String> {
    let (documents, claims) = corpus(articles);
    let index = Index::new(&documents, &claims).unwrap();
    let hits = index.search(&documents, &claims, &Query::new(query).unwrap(), selection);
    let show = |hit: &Hit| {
        let document = &documents[hit.document as usize];
        let source = |c: u32| claims[c as usize].source.as_ref().map_or("nobody", |s| s.name.as_str());
        let marks: Vec<&str> = hit.highlights.iter().map(|h| h.of(&document.text)).collect();
        format!("{} {}: {marks:?}", document.id, hit.claim.map_or("passage", source))
    };
    hits.iter().map(show).collect()
}

const TWO: [(&str, &str, &[&str]); 2] = [
    (
        "a",
        "Moscow denied that the Storm Corps had come. The storm was over. Kyiv said a storm corps was seen.",
        &["Moscow | denied | that the Storm Corps had come", "Kyiv | said | a storm corps was seen"],
    ),
    ("b", "Rain fell on Zürich’s storm-corps memorial. 😀 Nobody came.", &[]),
];

fn all(query: &str) -> Vec<String> {
    found(&TWO, query, &Selection::default())
}

#[test]
fn parts_of_words_other_orders_and_other_places_do_not_match() {
    for query in [
        "corp",
        "torm",
        "\"corps storm\"",
        "storm Busan",
        "\"storm had\"",
        "u.s",
        "\"come the storm\"",
        "\"seen rain\"",
    ] {
        assert!(all(query).is_empty(), "{query:?}");
    }
}

#[test]
fn words_phrases_and_prefixes_are_found_and_marked() {
    let mut found = all("\"storm corps\"");
    found.sort();
    let expected =
        ["a Russia: [\"Storm Corps\"]", "a Ukraine: [\"storm corps\"]", "b passage: [\"storm-corps\"]"];
    assert_eq!(found, expected);
    for (query, expected) in [
        ("ZURICH fell", "b passage: [\"fell\", \"Zürich\"]"),
        ("mem* -moscow", "b passage: [\"memorial\"]"),
        ("\"the sto*\" corps", "a Russia: [\"the Storm\", \"Corps\"]"),
        ("\"the sto*\" \"storm corps\" moscow", "a Russia: [\"Moscow\", \"the Storm Corps\"]"),
    ] {
        assert_eq!(all(query), [expected], "{query:?}");
    }
}

#[test]
fn a_passage_is_a_sentence_without_a_found_claim() {
    assert_eq!(all("over"), ["a passage: [\"over\"]"]);
    let passages = Selection { found: Some(Found::Passage), ..Selection::default() };
    assert_eq!(found(&TWO, "kyiv OR over", &passages), ["a passage: [\"over\"]"]);
    let claims = Selection { found: Some(Found::Claim), ..Selection::default() };
    assert_eq!(found(&TWO, "kyiv OR over", &claims), ["a Ukraine: [\"Kyiv\"]"]);
}

#[test]
fn conditions_on_claims_leave_no_passage() {
    let (documents, mut claims) = corpus(&TWO);
    claims[0].act = Act::Deny;
    claims[0].kind = Kind::Direct;
    let index = Index::new(&documents, &claims).unwrap();
    let count = |query: &str, filter: Filter| {
        let selection = Selection { filter, ..Selection::default() };
        index.search(&documents, &claims, &Query::new(query).unwrap(), &selection).len()
    };
    assert_eq!(count("storm", Filter::default()), 4);
    assert_eq!(count("storm", Filter { source: vec!["Moscow".to_owned()], ..Filter::default() }), 1);
    assert_eq!(count("storm", Filter { kind: vec![Kind::Mixed], ..Filter::default() }), 0);
    for (query, expected) in [
        ("storm act:deny", 1),
        ("act:deny", 1),
        ("-act:deny storm", 1),
        ("act:deny OR rain", 1),
        ("source:kyiv,x", 0),
    ] {
        assert_eq!(count(query, Filter::default()), expected, "{query:?}");
    }
}

#[test]
fn conditions_on_documents_hold_for_passages() {
    let (mut documents, claims) = corpus(&TWO);
    documents[1].metadata.published = Some(Stated { value: date(2024, 10, 26), span: None });
    let index = Index::new(&documents, &claims).unwrap();
    let count = |query: &str, filter: Filter| {
        let selection = Selection { filter, ..Selection::default() };
        index.search(&documents, &claims, &Query::new(query).unwrap(), &selection).len()
    };
    let since = |day| Filter { since: Some(date(2024, 10, day)), ..Filter::default() };
    assert_eq!((count("storm", since(26)), count("storm", since(27))), (1, 0));
    assert_eq!(
        (count("storm until:2024-10-26", since(1)), count("storm document:a", Filter::default())),
        (1, 3)
    );
    // Nothing but a condition: every claim and every sentence, without a score.
    assert_eq!(count("document:b", Filter::default()), documents[1].sentences.len());
}

#[test]
fn scores_are_those_of_the_formula() {
    let texts = ["storm storm rain.", "storm.", "rain came late today."];
    let documents: Vec<Document> = texts.iter().map(|text| document("d", None, text)).collect();
    let index = Index::new(&documents, &[]).unwrap();
    let hits = index.search(&documents, &[], &Query::new("storm").unwrap(), &Selection::default());
    // Three units of 3, 1 and 4 words; two hold the word.
    let rarity = (1.0f64 + 1.5 / 2.5).ln();
    let score =
        |times: f64, words: f64| rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * words / (8.0 / 3.0)));
    let expected = [(0, score(2.0, 3.0)), (1, score(1.0, 1.0))];
    let mut expected = expected.map(|(d, s)| (d, (s * 1e6).round() / 1e6));
    expected.sort_by(|a, b| b.1.total_cmp(&a.1));
    assert_eq!(hits.iter().map(|h| (h.document, h.score)).collect::<Vec<_>>(), expected);
}

#[test]
fn nothing_can_be_searched() {
    let index = Index::new(&[], &[]).unwrap();
    for query in ["a", "a* OR \"b c\"", "act:deny", "a -b"] {
        assert!(index.search(&[], &[], &Query::new(query).unwrap(), &Selection::default()).is_empty());
    }
    let empty = [document("a", None, ""), document("b", None, "…")];
    let index = Index::new(&empty, &[]).unwrap();
    assert!(index.search(&empty, &[], &Query::new("a").unwrap(), &Selection::default()).is_empty());
}

#[test]
fn a_build_can_be_stopped() {
    let progress = Progress::default();
    progress.stop();
    assert!(Index::build(&[document("a", None, "Rain.")], &[], &progress).unwrap().is_none());
}

/// Texts of few words, so that there is much to find, and what is claimed in them as ranges of words.
fn random() -> impl Strategy<Value = Vec<Drawn>> {
    let words = proptest::collection::vec(0..WORDS.len(), 0..50);
    let claims = proptest::collection::vec((0..50usize, 0..12usize), 0..8);
    proptest::collection::vec((words, claims), 1..5)
}

proptest! {
    #[test]
    fn a_slow_search_finds_the_same(texts in random(), asked in Asked::any(), limit in 0..40usize) {
        let (documents, claims) = oracle::corpus(&texts);
        let index = Index::new(&documents, &claims).unwrap();
        let text = asked.to_string();
        let Ok(query) = Query::new(&text) else {
            prop_assert!(asked.holds(&[]), "{text:?} was refused");
            return Ok(());
        };
        let expected = oracle::search(&documents, &claims, &asked);
        let hits = index.search(&documents, &claims, &query, &Selection::default());
        prop_assert_eq!(&hits, &expected, "{}", &text);
        let selection = Selection { limit: Some(limit), ..Selection::default() };
        let first = index.search(&documents, &claims, &query, &selection);
        prop_assert_eq!(&first[..], &hits[..limit.min(hits.len())]);
    }

    #[test]
    fn the_pieces_of_work_leave_no_trace(texts in random(), size in 1..400usize) {
        let (documents, claims) = oracle::corpus(&texts);
        let whole = Index::new(&documents, &claims).unwrap();
        let pieces = Index::in_chunks(&documents, &claims, &Progress::default(), size).unwrap().unwrap();
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn any_query_of_any_text_is_answered(text in "\\PC{0,200}", query in "\\PC{0,60}") {
        let documents = [document("d", None, &text)];
        let claims = crate::corpus::claims(&documents, &Progress::default()).unwrap();
        let index = Index::new(&documents, &claims).unwrap();
        if let Ok(query) = Query::new(&query) {
            for hit in index.search(&documents, &claims, &query, &Selection::default()) {
                for mark in &hit.highlights {
                    prop_assert!(hit.span.contains(*mark) && !mark.of(&documents[0].text).is_empty());
                }
            }
        }
    }

    #[test]
    fn every_word_of_a_sentence_finds_it(text in "[a-zA-Zé’'.,:“”\\- 0-9]{1,120}") {
        let documents = [document("d", None, &text)];
        let index = Index::new(&documents, &[]).unwrap();
        for sentence in &documents[0].sentences {
            let written = sentence.span.of(&documents[0].text);
            let Ok(query) = Query::new(&format!("\"{}\"", written.replace(['“', '”'], " "))) else { continue };
            let hits = index.search(&documents, &[], &query, &Selection::default());
            prop_assert!(hits.iter().any(|h| h.span == sentence.span), "{:?}", written);
        }
    }
}
