//! From texts to findings, the whole way: what the founding articles and small invented corpora must come to.

mod analysis;

use reportedly::document::{Claim, Document, Kind, Relation, SourceType};
use reportedly::read::RawArticle;
use reportedly::reconcile::{self, Entry, FindingKind, Options, Reconciliation};

fn analyse(articles: Vec<RawArticle>) -> (Vec<Document>, Vec<Claim>, Reconciliation) {
    let (documents, claims) = analysis::analyse(articles);
    let reconciliation = reconcile::reconcile(&documents, &claims, &Options::default());
    (documents, claims, reconciliation)
}

fn seeds() -> (Vec<Document>, Vec<Claim>, Reconciliation) {
    analyse(analysis::founding_articles())
}

fn texts(texts: &[(&str, &str)]) -> Reconciliation {
    let articles = texts.iter().map(|(id, text)| RawArticle {
        id: (*id).to_owned(),
        text: (*text).to_owned(),
        published: "2024-05-02".parse().ok(),
        ..RawArticle::default()
    });
    analyse(articles.collect()).2
}

/// The entry for a figure, by its own words.
fn entry<'r>(documents: &[Document], r: &'r Reconciliation, id: &str, words: &str) -> &'r Entry {
    r.ledger
        .iter()
        .find(|e| {
            let document = &documents[e.document as usize];
            document.id == id && e.span.of(&document.text) == words
        })
        .unwrap_or_else(|| panic!("no entry for {words:?} in {id}"))
}

fn kinds(r: &Reconciliation, kind: FindingKind) -> Vec<&str> {
    r.findings.iter().filter(|f| f.kind == kind).map(|f| f.message.as_str()).collect()
}

#[test]
fn the_founding_figures_stand_in_the_ledger() {
    let (documents, _, r) = seeds();
    type Row<'a> = (&'a str, &'a str, Relation, Option<f64>, Option<f64>, &'a str);
    let rows: &[Row<'_>] = &[
        (
            "000",
            "approximately 1,500",
            Relation::About,
            Some(1500.0),
            Some(1500.0),
            "National Intelligence Service",
        ),
        ("000", "as many as 12,000", Relation::AtMost, None, Some(12000.0), "South Korean media"),
        ("002", "at least 1,000", Relation::AtLeast, Some(1000.0), None, "National Intelligence Service"),
        ("002", "around 1,000", Relation::About, Some(1000.0), Some(1000.0), "Western officials"),
        ("002", "11,000", Relation::Equal, Some(11000.0), Some(11000.0), "Western officials"),
        (
            "003",
            "at least 3,000",
            Relation::AtLeast,
            Some(3000.0),
            None,
            "intelligence reports from the United States and South Korea",
        ),
        (
            "003",
            "as high as 12,000",
            Relation::AtMost,
            None,
            Some(12000.0),
            "intelligence reports from the United States and South Korea",
        ),
        ("004", "3,000", Relation::Equal, Some(3000.0), Some(3000.0), "recent reports"),
        ("004", "as many as 12,000", Relation::AtMost, None, Some(12000.0), "U.S. and Ukrainian officials"),
        ("004", "7,300 kilometers", Relation::Equal, Some(7300.0), Some(7300.0), "Korea Times"),
    ];
    for (id, words, relation, low, high, source) in rows {
        let e = entry(&documents, &r, id, words);
        assert_eq!((e.relation, e.low, e.high), (*relation, *low, *high), "{id} {words}");
        assert_eq!(e.source.as_deref(), Some(*source), "{id} {words}");
    }
    let killed = entry(&documents, &r, "002", "around 1,000");
    assert_eq!((killed.predicate.as_deref(), killed.whose.as_deref()), (Some("killed"), Some("North Korea")));
    assert!(entry(&documents, &r, "002", "at least 1,000").change.is_some());
    assert!(entry(&documents, &r, "000", "as many as 12,000").hypothetical);
    assert_eq!(r.ledger_for(Some("troops"), Some("North Korean"), None).len(), r.ledger.len() - 1);
}

#[test]
fn the_founding_articles_tell_a_moving_count_and_one_wrong_date() {
    let (documents, claims, r) = seeds();
    assert_eq!(r.stories.len(), 1, "one story");
    assert!(kinds(&r, FindingKind::Contradicted).is_empty(), "{:?}", r.findings);
    assert_eq!(kinds(&r, FindingKind::Updated).len(), 1);
    let anomalies: Vec<_> = r.findings.iter().filter(|f| f.kind == FindingKind::DateAnomaly).collect();
    let [anomaly] = anomalies.as_slice() else { panic!("{anomalies:?}") };
    let (document, span) = anomaly.evidence[0];
    let document = &documents[document as usize];
    assert_eq!((document.id.as_str(), span.of(&document.text)), ("001", "October 29, 2023"));
    // one man, two spellings
    let president = r.parties.iter().find(|p| p.name.starts_with("Volodymyr")).expect("he speaks");
    assert_eq!(president.spellings.len(), 2, "{president:?}");
    // capitals that stand for governments
    let pyongyang = r.parties.iter().find(|p| p.name == "North Korea").expect("it is asked for comment");
    assert_eq!(pyongyang.source_type, SourceType::Government);
    assert!(claims.iter().filter(|c| c.kind == Kind::Narrated).count() > 20);
}

#[test]
fn contents_that_differ_by_a_negation_do_not_agree() {
    let r = texts(&[
        (
            "post",
            "The Halden bridge reopened on Thursday. Mayor Ida Lund said the Halden bridge is safe for heavy freight trains.",
        ),
        (
            "wire",
            "The Halden bridge carried traffic again on Thursday. Engineer Tor Berg said the Halden bridge is not safe for heavy freight trains.",
        ),
    ]);
    assert!(kinds(&r, FindingKind::Corroborated).is_empty(), "{:?}", r.findings);
    assert_eq!(kinds(&r, FindingKind::Contradicted).len(), 1, "{:?}", r.findings);
}

#[test]
fn contents_with_other_figures_do_not_agree() {
    let r = texts(&[
        (
            "post",
            "A mine in Orsk flooded on Wednesday. Governor Ilya Petrov said 40 miners were killed in the flooded Orsk mine.",
        ),
        (
            "wire",
            "Water broke into a mine in Orsk on Wednesday. Union leader Anna Belova said 60 miners were killed in the flooded Orsk mine.",
        ),
    ]);
    assert!(kinds(&r, FindingKind::Corroborated).is_empty(), "{:?}", r.findings);
    assert_eq!(kinds(&r, FindingKind::Contradicted).len(), 1, "{:?}", r.findings);
}

#[test]
fn a_copied_text_corroborates_nothing() {
    let body = "The tanker Mira ran aground off Lagos on Tuesday and oil reached the beaches by noon. Crews laid booms \
                across the lagoon while fishermen hauled their boats ashore. Schools near the coast were closed.";
    let r = texts(&[
        (
            "first",
            &format!("{body} Minister Ada Obi said the tanker Mira lost half of its cargo of crude oil."),
        ),
        (
            "second",
            &format!("{body} Admiral Ken Bello said the tanker Mira lost half of its cargo of crude oil."),
        ),
    ]);
    assert!(kinds(&r, FindingKind::Corroborated).is_empty(), "{:?}", r.findings);
    assert_eq!(kinds(&r, FindingKind::Copied).len(), 1, "{:?}", r.findings);
}
