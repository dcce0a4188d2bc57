//! Whole reconciliations of small corpora, most of them adversarial.

use jiff::civil::{Date, date};

use super::*;
use crate::document::{
    Act, CertaintyLabel, Change, Counted, Frame, Granularity, Partitive, Polarity, Quantity, Relation,
    SourceType, Stated, Time, TimeKind,
};
use crate::resolve::tests::{claim, document, find};
use crate::span::Span;

/// Documents and their claims, resolved: (id, text, "source | cue | content" ...).
pub(crate) fn corpus(articles: &[(&str, &str, &[&str])]) -> (Vec<Document>, Vec<Claim>) {
    let documents: Vec<Document> = articles.iter().map(|(id, text, _)| document(id, None, text)).collect();
    let mut claims = Vec::new();
    for (d, (_, _, marked)) in articles.iter().enumerate() {
        let mut own: Vec<Claim> = marked.iter().map(|m| claim(&documents[d], "", m)).collect();
        crate::resolve::tests::resolve_all(&documents[d], &mut own);
        own.iter_mut().for_each(|c| c.document = d as u32);
        claims.append(&mut own);
    }
    crate::resolve::corpus(&documents, &mut claims);
    (documents, claims)
}

pub(crate) fn names_of(origins: &[Origin]) -> Vec<String> {
    origins.iter().map(|o| format!("{} {:?}", o.name, o.documents)).collect()
}

fn dated(documents: &mut [Document], days: &[Option<Date>]) {
    for (d, day) in documents.iter_mut().zip(days) {
        d.metadata.published = day.map(|value| Stated { value, span: None });
    }
}

/// Gives claim `c` a figure: its words, interval, counted noun, whose, predicate, place.
struct Figure {
    words: &'static str,
    low: Option<f64>,
    high: Option<f64>,
    relation: Relation,
    counted: &'static str,
    whose: Option<&'static str>,
    predicate: &'static str,
    place: Option<&'static str>,
}

impl Figure {
    fn exact(words: &'static str, value: f64, counted: &'static str, predicate: &'static str) -> Self {
        Figure {
            words,
            low: Some(value),
            high: Some(value),
            relation: Relation::Equal,
            counted,
            whose: None,
            predicate,
            place: None,
        }
    }

    fn of(self, whose: &'static str, place: &'static str) -> Self {
        Figure { whose: Some(whose), place: Some(place), ..self }
    }

    fn at_least(self) -> Self {
        Figure { high: None, relation: Relation::AtLeast, ..self }
    }

    fn at_most(self) -> Self {
        Figure { low: None, relation: Relation::AtMost, ..self }
    }

    fn give(self, documents: &[Document], claim: &mut Claim) {
        let text = &documents[claim.document as usize].text;
        let span = find(text, self.words, claim.content_spans[0].start());
        claim.quantities.push(Quantity {
            span,
            low: self.low,
            high: self.high,
            value: self.low.or(self.high),
            relation: self.relation,
            approximate: false,
            unit: "count".to_owned(),
            base: None,
            counted: Some(Counted {
                span,
                lemma: self.counted.to_owned(),
                whose: self.whose.map(str::to_owned),
            }),
            partitive: None,
            change: None,
            frame: Frame {
                predicate: Some(self.predicate.to_owned()),
                place: self.place.map(str::to_owned),
                ..Frame::default()
            },
        });
    }
}

fn kinds(r: &Reconciliation) -> Vec<&'static str> {
    r.findings.iter().map(|f| f.kind.as_str()).collect()
}

fn messages(r: &Reconciliation, kind: FindingKind) -> Vec<&str> {
    r.findings.iter().filter(|f| f.kind == kind).map(|f| f.message.as_str()).collect()
}

const MORNING: &str = "The ferry Aurelia sank off the island of Sarno in a storm, and coastguard boats searched the \
                       strait for passengers of the Aurelia.";
const EVENING: &str = "Coastguard boats searched a stormy strait near Sarno island all day after the Aurelia, a ferry with \
                       hundreds of passengers, sank.";

/// Two articles on the ferry, each with one claim and its figure.
fn two(
    a: (&str, Figure),
    b: (&str, Figure),
    days: [Option<Date>; 2],
    change: impl Fn(&mut Vec<Claim>),
) -> Reconciliation {
    let texts = [
        format!(
            "{MORNING}
{}",
            a.0
        ),
        format!(
            "{EVENING}
{}",
            b.0
        ),
    ];
    let marked = [split(a.0), split(b.0)];
    let articles = [
        ("morning", texts[0].as_str(), std::slice::from_ref(&marked[0])),
        ("evening", texts[1].as_str(), std::slice::from_ref(&marked[1])),
    ];
    let owned: Vec<(&str, &str, Vec<&str>)> =
        articles.iter().map(|(i, t, m)| (*i, *t, m.iter().map(String::as_str).collect())).collect();
    let borrowed: Vec<(&str, &str, &[&str])> = owned.iter().map(|(i, t, m)| (*i, *t, m.as_slice())).collect();
    let (mut documents, mut claims) = corpus(&borrowed);
    dated(&mut documents, &days);
    a.1.give(&documents, &mut claims[0]);
    b.1.give(&documents, &mut claims[1]);
    change(&mut claims);
    reconcile(&documents, &claims, &Options::default())
}

/// "Police said 9 died" as "Police | said | 9 died".
fn split(sentence: &str) -> String {
    let (source, content) = sentence.split_once(" said ").expect("the sentence says something");
    format!("{source} | said | {}", content.trim_end_matches('.'))
}

const DAY: Option<Date> = Some(date(2019, 4, 2));
const NEXT: Option<Date> = Some(date(2019, 4, 4));

fn is_quiet(r: &Reconciliation) -> bool {
    !r.findings.iter().any(|f| matches!(f.kind, FindingKind::Contradicted))
}

#[test]
fn an_empty_corpus_has_nothing_to_say() {
    assert_eq!(reconcile(&[], &[], &Options::default()), Reconciliation::default());
}

#[test]
fn one_document_contradicts_nobody() {
    let (documents, mut claims) =
        corpus(&[("1", "Police said 9 people died.", &["Police | said | 9 people died"])]);
    Figure::exact("9", 9.0, "person", "die").give(&documents, &mut claims[0]);
    let r = reconcile(&documents, &claims, &Options::default());
    assert_eq!((r.ledger.len(), r.origins.len(), r.stories.len()), (1, 1, 1));
    assert!(r.findings.is_empty(), "{:?}", r.findings);
}

#[test]
fn one_number_for_different_things_is_no_agreement() {
    let r = two(
        ("Mayor Ada Holm said 30 people died.", Figure::exact("30", 30.0, "person", "die")),
        ("Mayor Olof Berg said 30 boats searched.", Figure::exact("30", 30.0, "boat", "search")),
        [DAY, DAY],
        |_| {},
    );
    assert!(r.findings.is_empty(), "{:?}", r.findings);
    assert_eq!(r.ledger.len(), 2);
}

#[test]
fn killed_is_not_sent() {
    let r = two(
        ("Mayor Ada Holm said 30 soldiers came.", Figure::exact("30", 30.0, "soldier", "arrive")),
        ("Mayor Olof Berg said 4 soldiers died.", Figure::exact("4", 4.0, "soldier", "die")),
        [DAY, DAY],
        |_| {},
    );
    assert_eq!(kinds(&r), ["uncorroborated"; 2], "{:?}", r.findings);
}

#[test]
fn a_part_is_not_the_whole() {
    let r = two(
        ("Mayor Ada Holm said 4 of 30 soldiers died.", Figure::exact("4", 4.0, "soldier", "die")),
        ("Mayor Olof Berg said 30 soldiers came.", Figure::exact("30", 30.0, "soldier", "come")),
        [DAY, DAY],
        |claims| {
            let part = claims[0].quantities[0].span;
            let span = Span::new(part.start() + 5, part.start() + 7);
            claims[0].quantities[0].partitive = Some(Partitive { span, value: Some(30.0) });
        },
    );
    assert_eq!(kinds(&r), ["uncorroborated"; 2], "{:?}", r.findings);
}

#[test]
fn another_thousand_is_no_total() {
    let r = two(
        (
            "Mayor Ada Holm said another 1,000 soldiers came.",
            Figure::exact("1,000", 1000.0, "soldier", "come"),
        ),
        ("Mayor Olof Berg said 3,000 soldiers came.", Figure::exact("3,000", 3000.0, "soldier", "come")),
        [DAY, DAY],
        |claims| claims[0].quantities[0].change = Some(Change::Additional),
    );
    assert!(is_quiet(&r) && kinds(&r).is_empty(), "{:?}", r.findings);
}

#[test]
fn a_forecast_is_no_count() {
    let r = two(
        (
            "Mayor Ada Holm said 12,000 soldiers could come.",
            Figure::exact("12,000", 12000.0, "soldier", "come"),
        ),
        ("Mayor Olof Berg said 3,000 soldiers came.", Figure::exact("3,000", 3000.0, "soldier", "come")),
        [DAY, DAY],
        |claims| claims[0].quantities[0].frame.hypothetical = true,
    );
    assert!(r.findings.is_empty(), "{:?}", r.findings);
}

#[test]
fn bounds_do_not_contradict_what_they_allow() {
    let r = two(
        (
            "Mayor Ada Holm said at least 3,000 soldiers came.",
            Figure::exact("at least 3,000", 3000.0, "soldier", "come").at_least(),
        ),
        ("Mayor Olof Berg said 11,000 soldiers came.", Figure::exact("11,000", 11000.0, "soldier", "come")),
        [DAY, DAY],
        |_| {},
    );
    assert!(is_quiet(&r), "{:?}", r.findings);
    let r = two(
        (
            "Mayor Ada Holm said as many as 12,000 soldiers came.",
            Figure::exact("as many as 12,000", 12000.0, "soldier", "come").at_most(),
        ),
        ("Mayor Olof Berg said 3,000 soldiers came.", Figure::exact("3,000", 3000.0, "soldier", "come")),
        [DAY, DAY],
        |_| {},
    );
    assert!(is_quiet(&r), "{:?}", r.findings);
}

#[test]
fn a_later_figure_updates() {
    let r = two(
        (
            "Mayor Ada Holm said 30 people died.",
            Figure::exact("30", 30.0, "person", "die").of("Norway", "Sarno"),
        ),
        (
            "Mayor Olof Berg said 52 people died.",
            Figure::exact("52", 52.0, "person", "die").of("Norway", "Sarno"),
        ),
        [DAY, NEXT],
        |_| {},
    );
    assert_eq!(
        messages(&r, FindingKind::Updated),
        [
            "The number of Norwegian people killed in Sarno rises: 30 on 2 April 2019 (Ada Holm, morning); 52 on 4 April \
             2019 (Olof Berg, evening)."
        ]
    );
    assert!(is_quiet(&r));
}

#[test]
fn two_figures_for_one_day_clash() {
    let r = two(
        ("Mayor Ada Holm said 30 people died.", Figure::exact("30", 30.0, "person", "die")),
        ("Mayor Olof Berg said 52 people died.", Figure::exact("52", 52.0, "person", "die")),
        [DAY, DAY],
        |_| {},
    );
    assert_eq!(
        messages(&r, FindingKind::Contradicted),
        [
            "On 2 April 2019, Ada Holm (morning) put the number of people killed at 30, Olof Berg (evening) at 52: both cannot hold."
        ]
    );
    assert_eq!(r.findings[0].severity, 3);
    assert_eq!(r.findings[0].evidence.len(), 2);
}

#[test]
fn a_hedged_figure_has_some_play() {
    let r = two(
        ("Mayor Ada Holm said about 95 people died.", Figure::exact("about 95", 95.0, "person", "die")),
        ("Mayor Olof Berg said 102 people died.", Figure::exact("102", 102.0, "person", "die")),
        [DAY, DAY],
        |claims| claims[0].quantities[0].approximate = true,
    );
    assert!(is_quiet(&r), "{:?}", r.findings);
    assert_eq!(kinds(&r), ["corroborated"]);
}

#[test]
fn doubtful_or_undated_figures_do_not_clash() {
    let unsure = |claims: &mut Vec<Claim>| {
        claims[0].certainty.value = 0.4;
        claims[0].certainty.label = CertaintyLabel::Possible;
    };
    let figure = |n: f64, words| Figure::exact(words, n, "person", "die");
    let texts = ("Mayor Ada Holm said 30 people died.", "Mayor Olof Berg said 52 people died.");
    let r = two((texts.0, figure(30.0, "30")), (texts.1, figure(52.0, "52")), [DAY, DAY], unsure);
    assert!(is_quiet(&r), "{:?}", r.findings);
    let r = two((texts.0, figure(30.0, "30")), (texts.1, figure(52.0, "52")), [None, None], |_| {});
    assert!(is_quiet(&r), "{:?}", r.findings);
}

#[test]
fn one_party_with_two_figures_restates() {
    let r = two(
        ("Mayor Ada Holm said 30 people died.", Figure::exact("30", 30.0, "person", "die")),
        ("Mayor Ada Holm said 52 people died.", Figure::exact("52", 52.0, "person", "die")),
        [DAY, NEXT],
        |_| {},
    );
    assert_eq!(
        messages(&r, FindingKind::Restated),
        [
            "Ada Holm put the number of people killed at 30 on 2 April 2019 (morning), and at 52 on 4 April 2019 (evening)."
        ]
    );
}

#[test]
fn agreement_needs_two_origins() {
    let figure = |words| Figure::exact(words, 30.0, "person", "die");
    let r = two(
        ("Mayor Ada Holm said 30 people died.", figure("30")),
        ("Mayor Ada Holm said 30 people died.", figure("30")),
        [DAY, DAY],
        |_| {},
    );
    assert!(!kinds(&r).contains(&"corroborated"), "{:?}", r.findings);
    let r = two(
        ("Mayor Ada Holm said 30 people died.", figure("30")),
        ("Mayor Olof Berg said 30 people died.", figure("30")),
        [DAY, DAY],
        |_| {},
    );
    assert_eq!(
        kinds(&r).iter().filter(|k| **k == "corroborated").count(),
        r.findings.len(),
        "{:?}",
        r.findings
    );
    assert!(!r.findings.is_empty());
}

#[test]
fn a_figure_quoted_to_be_denied_is_denied() {
    let r = two(
        (
            "Mayor Ada Holm said 30 crew members of the Aurelia were drunk.",
            Figure::exact("30", 30.0, "member", "be"),
        ),
        (
            "Shipping Minister Olof Berg said 30 crew members of the Aurelia were drunk.",
            Figure::exact("30", 30.0, "member", "be"),
        ),
        [DAY, DAY],
        |claims| {
            claims[1].act = Act::Deny;
            claims[1].polarity = Polarity::Negative;
            claims[1].certainty.value = -2.0;
        },
    );
    assert_eq!(kinds(&r), ["denied"], "{:?}", r.findings);
    assert_eq!(
        messages(&r, FindingKind::Denied),
        [
            "Olof Berg (evening) denies “30 crew members of the Aurelia were drunk”; Ada Holm (morning) says so."
        ]
    );
}

#[test]
fn a_figure_in_nested_claims_is_entered_once_for_the_innermost() {
    let text = "Reuters said police told it 9 people died.";
    let (documents, mut claims) = corpus(&[(
        "1",
        text,
        &["Reuters | said | police told it 9 people died", "police | told | 9 people died"],
    )]);
    for claim in &mut claims {
        Figure::exact("9", 9.0, "person", "die").give(&documents, claim);
    }
    let r = reconcile(&documents, &claims, &Options::default());
    assert_eq!(r.ledger.len(), 1);
    assert_eq!(r.ledger[0].chain, "1 > Reuters > police");
}

#[test]
fn the_ledger_answers_to_any_name() {
    let (documents, mut claims) = corpus(&[(
        "1",
        "Police said 90 Peruvian soldiers were sent to Cusco.",
        &["Police | said | 90 Peruvian soldiers were sent to Cusco"],
    )]);
    Figure::exact("90", 90.0, "soldier", "send").of("Peru", "Chile").give(&documents, &mut claims[0]);
    let r = reconcile(&documents, &claims, &Options::default());
    for (counted, of, place) in [
        ("soldiers", "Peru", "Chile"),
        ("troops", "Peruvian", "CL"),
        ("troop", "PE", "Santiago"),
        ("soldier", "Lima", "Chilean"),
    ] {
        assert_eq!(r.ledger_for(Some(counted), Some(of), Some(place)).len(), 1, "{counted} {of} {place}");
    }
    assert_eq!(r.ledger_for(None, None, None).len(), 1);
    assert!(r.ledger_for(Some("tanks"), None, None).is_empty());
    assert!(r.ledger_for(None, Some("Chile"), None).is_empty());
}

#[test]
fn a_time_in_the_sentence_says_as_of_when() {
    let text = "Police said 9 people died on Monday.";
    let (mut documents, mut claims) = corpus(&[("1", text, &["Police | said | 9 people died on Monday"])]);
    dated(&mut documents, &[DAY]);
    Figure::exact("9", 9.0, "person", "die").give(&documents, &mut claims[0]);
    claims[0].times.push(Time {
        span: find(text, "Monday", 0),
        kind: TimeKind::Date,
        value: Some("2019-04-01".to_owned()),
        start: Some(date(2019, 4, 1).at(0, 0, 0, 0)),
        end: Some(date(2019, 4, 2).at(0, 0, 0, 0)),
        granularity: Granularity::Day,
        anchor: crate::document::Anchor::Published,
        modifier: None,
    });
    let r = reconcile(&documents, &claims, &Options::default());
    assert_eq!(r.ledger[0].as_of.map(|t| t.0.date()), Some(date(2019, 4, 1)));
    assert_eq!(r.ledger[0].said_on, DAY);
}

#[test]
fn parties_keep_every_spelling() {
    let (documents, claims) = corpus(&[
        ("a", "President Vasyl Horbatiy said yes.", &["President Vasyl Horbatiy | said | yes"]),
        ("b", "President Vasyl Horbatyy said no.", &["President Vasyl Horbatyy | said | no"]),
    ]);
    let r = reconcile(&documents, &claims, &Options::default());
    let party = r.parties.iter().find(|p| p.source_type == SourceType::Person).expect("one person");
    assert_eq!(party.claims, [0, 1]);
    assert_eq!(
        party.spellings,
        [("Vasyl Horbatiy".to_owned(), vec![0]), ("Vasyl Horbatyy".to_owned(), vec![1])]
    );
}

#[test]
fn a_thousand_copies_are_one_account() {
    let text = "Mayor Ada Holm said on Tuesday that 30 people had died when the ferry Aurelia sank off the island of Sarno in a \
                storm, and that boats still searched.";
    let marked: &[&str] = &["Mayor Ada Holm | said | that 30 people had died when the ferry Aurelia sank"];
    let ids: Vec<String> = (0..1000).map(|i| format!("d{i}")).collect();
    let articles: Vec<(&str, &str, &[&str])> = ids.iter().map(|i| (i.as_str(), text, marked)).collect();
    let (documents, mut claims) = corpus(&articles);
    for claim in &mut claims {
        Figure::exact("30", 30.0, "person", "die").give(&documents, claim);
    }
    let r = reconcile(&documents, &claims, &Options::default());
    assert_eq!((r.copies.len(), r.stories.len(), r.origins.len()), (999, 1, 1));
    assert_eq!(kinds(&r), ["copied"]);
}

#[test]
fn copies_of_copies_are_told_with_the_first() {
    let words = |n: usize| (0..n).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ");
    let texts: Vec<String> = [100, 90, 80].map(|n| format!("{}.", words(n))).to_vec();
    let none: &[&str] = &[];
    let articles: Vec<(&str, &str, &[&str])> =
        ["a", "b", "c"].into_iter().zip(&texts).map(|(id, text)| (id, text.as_str(), none)).collect();
    let (documents, claims) = corpus(&articles);
    let r = reconcile(&documents, &claims, &Options::default());
    assert_eq!(r.copies.len(), 3, "each pair is a copy");
    assert_eq!(kinds(&r), ["copied"]);
    assert_eq!(r.findings[0].documents, [0, 1, 2]);
}

mod anomalies;
mod figures;
