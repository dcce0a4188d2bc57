use proptest::prelude::*;

use super::*;
use crate::extract::specimen::document;
use crate::language::annotate;

/// "PER Kim Hong-kyun (Vice Foreign Minister) | LOC Seoul"
fn found(text: &str) -> String {
    let document = document(text, "");
    let names = names(&annotate(&document)).into_iter().map(|name| {
        let title = name.title.map(|t| format!(" ({})", t.of(text))).unwrap_or_default();
        format!("{} {}{title}", name.kind.as_str(), name.span.of(text))
    });
    names.collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn the_embedded_model_is_sound() {
    let Model { rows, .. } = Model::decode(EMBEDDED).expect("models/names.bin is intact");
    assert!(rows.keys.is_sorted() && rows.keys.len() == rows.ends.len());
    assert!(EMBEDDED.len() <= 1_300_000);
}

#[test]
fn a_model_survives_storage_and_damage_is_seen() {
    let rows = Rows { keys: vec![0, 900_000], ends: vec![2, 3], runs: vec![(0, 5), (16, -7), (4, 127)] };
    let model = Model { rows, known: Known::new(vec![(7, 1), (9_000_000, 3)]) };
    let mut file = model.encode();
    assert_eq!(Model::decode(&file), Some(model));
    assert_eq!(Model::decode(&file[..20]), None);
    *file.last_mut().expect("not empty") ^= 1;
    assert_eq!(Model::decode(&file), None);
}

#[test]
fn what_is_no_name() {
    for text in [
        "",
        "The minister said on Monday that troops had left.",
        "They met in October. Nothing came of it.",
        "American soldiers crossed the river at dawn.",
        "Officials Say Talks Will Go On Next Week",
        "TROOPS LEAVE AFTER LONG TALKS",
        "“We will see,” he said. “Nobody knows.”",
    ] {
        check(text, "");
    }
}

#[test]
fn names_in_running_text() {
    check(
        "The talks between Barack Obama and Angela Merkel were held in Berlin.",
        "PER Barack Obama | PER Angela Merkel | LOC Berlin",
    );
    check("The University of Texas has denied it.", "ORG University of Texas");
    check("Police in Sydney, Australia, said so.", "LOC Sydney | LOC Australia");
    check(
        "Russia's troops are in Ukraine, the United Nations said.",
        "LOC Russia | LOC Ukraine | ORG United Nations",
    );
}

#[test]
fn a_name_given_in_full_helps_later() {
    check(
        "Maria Gonzalez leads the union. Nobody asked Gonzalez. Gonzalez left early.",
        "PER Maria Gonzalez | PER Gonzalez | PER Gonzalez",
    );
}

#[test]
fn titles_are_kept_apart() {
    check("President Barack Obama spoke.", "PER Barack Obama (President)");
    check("Mr. Smith and Lt. Gen. Walker agreed.", "PER Smith (Mr.) | PER Walker (Lt. Gen.)");
    check(
        "Secretary of State John Kerry arrived in Geneva.",
        "PER John Kerry (Secretary of State) | LOC Geneva",
    );
    check(
        "Prime Minister David Cameron met former President Bill Clinton.",
        "PER David Cameron (Prime Minister) | PER Bill Clinton (President)",
    );
    check("Spokesman Peter Miller declined to comment.", "PER Peter Miller (Spokesman)");
    check("We saw John Kerry, secretary of state.", "PER John Kerry");
}

#[test]
fn headlines() {
    check("Obama Says Troops Will Leave Afghanistan by the End of the Year", "PER Obama | LOC Afghanistan");
    check("OBAMA SAYS TROOPS WILL LEAVE AFGHANISTAN", "PER OBAMA | LOC AFGHANISTAN");
}

fn holds(text: &str) {
    let document = document(text, "");
    let annotated = annotate(&document);
    let names = names(&annotated);
    for pair in names.windows(2) {
        assert!(pair[0].tokens.1 <= pair[1].tokens.0 && pair[0].span.end() <= pair[1].span.start());
    }
    for name in &names {
        assert!(name.tokens.0 < name.tokens.1 && (name.tokens.1 as usize) <= annotated.len());
        assert_eq!(name.span, annotated.cover(name.tokens.0 as usize..name.tokens.1 as usize));
        assert!(
            name.title.is_none_or(|title| title.end() <= name.span.start() && !title.of(text).is_empty())
        );
    }
}

proptest! {
    #[test]
    fn any_text_has_names_in_order(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn words_in_any_case(text in "((President|of|Kim|the|Mr\\.|General|[A-Z][a-z]{0,5}|[a-z]{1,5}|NATO|-|,|'s|\\.) ?){0,30}") {
        holds(&text);
    }
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    for text in ["Kim ", "President of ", "a", "A", "North Korea-", "U.S. ", "Mr. ", "- "] {
        holds(&text.repeat(20_000));
    }
}
