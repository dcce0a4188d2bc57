//! What must not be compared, and what must: figures from raw text to findings.

use jiff::civil::date;

use super::*;
use crate::corpus::{Progress, claims as claims_of, parse_all};
use crate::read::RawArticle;

/// Articles on one day, from text to findings.
fn read(articles: &[(&str, &str)]) -> (Vec<Document>, Reconciliation) {
    read_on(&articles.iter().map(|(id, text)| (*id, "2024-05-02", *text)).collect::<Vec<_>>())
}

fn read_on(articles: &[(&str, &str, &str)]) -> (Vec<Document>, Reconciliation) {
    let raw = articles.iter().map(|(id, day, text)| RawArticle {
        id: (*id).to_owned(),
        text: (*text).to_owned(),
        published: day.parse().ok(),
        ..RawArticle::default()
    });
    let progress = Progress::default();
    let documents = parse_all(raw.collect(), &progress).expect("nobody stops it");
    let claims = claims_of(&documents, &progress).expect("nobody stops it");
    let r = reconcile(&documents, &claims, &Options::default());
    (documents, r)
}

/// Each figure with its row: "12,000: soldiers sent to Russia".
fn ledger(documents: &[Document], r: &Reconciliation) -> Vec<String> {
    let written = |e: &Entry| e.span.of(&documents[e.document as usize].text).to_owned();
    r.ledger.iter().map(|e| format!("{}: {}", written(e), r.rows[e.row as usize].label)).collect()
}

fn of_figures(r: &Reconciliation) -> Vec<&str> {
    r.findings.iter().filter(|f| f.kind != FindingKind::Copied).map(|f| f.kind.as_str()).collect()
}

#[test]
fn troops_are_no_shells() {
    let (documents, r) = read(&[
        ("post", "Seoul said North Korea had sent 12,000 troops to Russia."),
        ("wire", "Kyiv said North Korea had sent 12,000 shells to Russia."),
    ]);
    assert_eq!(
        ledger(&documents, &r),
        ["12,000: North Korean shells sent to Russia", "12,000: North Korean soldiers sent to Russia"]
    );
    assert!(of_figures(&r).is_empty(), "{:?}", r.findings);
}

#[test]
fn tonnes_and_kilograms_meet() {
    let text = |said| {
        format!(
            "A convoy reached Goma on Thursday. The mayor of Goma said trucks carried {said} of rice to Goma."
        )
    };
    let other = |said| {
        format!(
            "Food came to Goma with a convoy on Thursday. Aid agency Vesta said trucks carried {said} of rice to Goma."
        )
    };
    let (documents, r) = read(&[("post", &text("12 tonnes")), ("wire", &other("12,000 kg"))]);
    assert_eq!(ledger(&documents, &r).len(), 2);
    assert_eq!(r.rows.len(), 1, "{:?}", ledger(&documents, &r));
    assert_eq!(r.rows[0].unit, "kg");
    assert!(is_quiet(&r), "{:?}", r.findings);
    let (_, r) = read(&[("post", &text("12 tonnes")), ("wire", &other("30,000 kg"))]);
    assert_eq!(messages(&r, FindingKind::Contradicted).len(), 1, "{:?}", r.findings);
}

#[test]
fn the_killed_are_a_part_of_the_sent() {
    let (documents, r) = read(&[
        (
            "post",
            "Western officials said around 1,000 of North Korea's 11,000 soldiers had been killed in Kursk, Russia.",
        ),
        ("wire", "Kyiv said North Korea had sent 11,000 soldiers to Kursk, Russia."),
    ]);
    let rows = ledger(&documents, &r);
    assert!(rows.contains(&"around 1,000: North Korean soldiers killed in Kursk".to_owned()), "{rows:?}");
    assert_eq!(
        rows.iter().filter(|r| r.starts_with("11,000: North Korean soldiers sent")).count(),
        2,
        "{rows:?}"
    );
    assert!(is_quiet(&r), "{:?}", r.findings);
    assert_eq!(
        messages(&r, FindingKind::Uncorroborated),
        [
            "Western officials (post) put the number of North Korean soldiers killed in Kursk at around 1,000 of 11,000; no other \
             origin gives a figure for that."
        ]
    );
}

#[test]
fn a_part_is_not_held_against_the_whole() {
    let (_, r) = read(&[
        (
            "post",
            "The Ridge Fire burned in Vista. Mayor Ada Holm said 65 of the 85 homes destroyed were mobile homes.",
        ),
        ("wire", "In Vista the Ridge Fire burned. Fire chief Olof Berg said 85 homes were destroyed."),
    ]);
    assert!(is_quiet(&r), "{:?}", r.findings);
    let part = r.ledger.iter().find(|e| e.value == Some(65.0)).expect("it is entered");
    assert!(part.part && r.ledger.iter().filter(|e| e.row == part.row).count() == 1, "{:?}", r.rows);
}

#[test]
fn another_thousand_stands_apart() {
    let (documents, r) = read(&[
        ("post", "Seoul said North Korea had sent another 1,000 soldiers to Russia."),
        ("wire", "Kyiv said North Korea had sent 3,000 soldiers to Russia."),
    ]);
    assert_eq!(r.rows.len(), 2, "{:?}", ledger(&documents, &r));
    assert!(of_figures(&r).is_empty(), "{:?}", r.findings);
}

#[test]
fn a_forecast_is_shown_beside_counts_and_not_against_them() {
    let (documents, r) = read(&[
        ("post", "Seoul said North Korea could send 12,000 soldiers to Russia by December."),
        ("wire", "Kyiv said North Korea had sent 3,000 soldiers to Russia."),
    ]);
    assert_eq!(r.rows.len(), 1, "{:?}", ledger(&documents, &r));
    assert!(is_quiet(&r) && r.ledger.iter().any(|e| e.hypothetical), "{:?}", r.ledger);
    assert!(!of_figures(&r).contains(&"updated"), "{:?}", r.findings);
}

#[test]
fn a_figure_quoted_to_be_denied_is_nobodys_count() {
    let (_, r) = read(&[
        ("post", "A fire burned in Vista. The sheriff denied that six people had been killed in Vista."),
        ("wire", "In Vista a fire burned. Mayor Ada Holm said two people had been killed in Vista."),
    ]);
    let six = r.ledger.iter().find(|e| e.value == Some(6.0)).expect("it is entered");
    assert!(!six.put_forward && !six.is_level());
    assert!(is_quiet(&r), "{:?}", r.findings);
    assert!(!of_figures(&r).contains(&"updated"), "{:?}", r.findings);
}

#[test]
fn last_years_flood_is_another_flood() {
    let (documents, r) = read_on(&[
        (
            "old",
            "2023-05-02",
            "A flood swept through Goma on Tuesday. Mayor Ada Holm said 30 people were killed.",
        ),
        (
            "new",
            "2024-05-02",
            "A flood swept through Goma on Thursday. Mayor Ada Holm said 52 people were killed.",
        ),
        (
            "wire",
            "2024-05-02",
            "Goma was flooded on Thursday. The flood of May 2023 killed 30 people in Goma.",
        ),
    ]);
    let rows = ledger(&documents, &r);
    let row = |value| r.ledger.iter().filter(|e| e.value == Some(value)).map(|e| e.row).collect::<Vec<_>>();
    assert!(row(30.0).iter().all(|old| !row(52.0).contains(old)), "{rows:?}");
    assert!(!of_figures(&r).contains(&"updated") && is_quiet(&r), "{:?}", r.findings);
}

#[test]
fn parties_in_one_article_may_clash() {
    let (_, r) = read(&[(
        "post",
        "Moscow said 5 soldiers were killed in Avdiivka. Kyiv said 90 soldiers were killed in Avdiivka.",
    )]);
    assert_eq!(
        messages(&r, FindingKind::Contradicted),
        [
            "On 2 May 2024, Russia (post) put the number of soldiers killed in Avdiivka at 5, Ukraine (post) at 90: both cannot hold."
        ]
    );
}

#[test]
fn a_thousand_copies_give_one_series() {
    let text = "Mayor Ada Holm said on Tuesday that 30 people had died when the ferry Aurelia sank off the island of Sarno in a \
                storm, and that boats still searched.";
    let marked: &[&str] = &["Mayor Ada Holm | said | that 30 people had died when the ferry Aurelia sank"];
    let ids: Vec<String> = (0..1000).map(|i| format!("d{i}")).collect();
    let articles: Vec<(&str, &str, &[&str])> = ids.iter().map(|i| (i.as_str(), text, marked)).collect();
    let (mut documents, mut claims) = corpus(&articles);
    dated(&mut documents, &vec![Some(date(2019, 4, 2)); 1000]);
    for claim in &mut claims {
        Figure::exact("30", 30.0, "person", "die").give(&documents, claim);
    }
    let r = reconcile(&documents, &claims, &Options::default());
    assert_eq!((r.rows.len(), r.ledger.len()), (1, 1000));
    let entries: Vec<&Entry> = r.ledger.iter().collect();
    let series = series(&entries, 0.1);
    assert_eq!((series.len(), series[0].low, series[0].origins, series[0].of), (1, Some(30.0), 1, 1));
    assert_eq!(kinds(&r), ["copied"]);
}
