//! One-line facts: the sentence, and its attributions as "source | cue | content".

use super::attributions;
use crate::extract::quotation::quotations;
use crate::extract::specimen;
use crate::language::annotate;

fn found(text: &str) -> Vec<String> {
    let document = specimen::document(text, "");
    let article = annotate(&document).compounded();
    let quotations = quotations(&article);
    let words = |ranges: &[std::ops::Range<usize>]| {
        ranges.iter().map(|r| article.cover(r.clone()).of(text)).collect::<Vec<_>>().join(" … ")
    };
    attributions(&article, &quotations)
        .iter()
        .map(|a| format!("{} | {} | {}", words(&a.source), words(&a.cue), words(&a.content)))
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn what_nobody_says_is_left_alone() {
    for text in [
        "The river burst its banks on Tuesday.",
        "The film \"The Long Way Home\" opens on Friday.",
        "The “blue line” runs through the old town.",
        "The so-called \"ghost ships\" have been seen off Malta.",
        "The council built a new bridge.",
        "The attacks that killed forty people shook the town.",
        "They added sugar to the tea.",
        "",
        "\"",
        "said said said",
    ] {
        check(text, &[]);
    }
}

#[test]
fn verbs_after_and_before_their_content() {
    check("The mayor said the dam would hold.", &["The mayor | said | the dam would hold"]);
    check("The mayor said that the dam would hold.", &["The mayor | said | that the dam would hold"]);
    check("The dam would hold, the mayor said.", &["the mayor | said | The dam would hold"]);
    check(
        "The dam would hold, said Eva Lind, a city engineer.",
        &["Eva Lind, a city engineer | said | The dam would hold"],
    );
    check("The dam, engineers said, could have failed.", &["engineers | said | The dam … could have failed"]);
    check(
        "Eva Lind, who built the dam, says it is safe.",
        &["Eva Lind, who built the dam | says | it is safe"],
    );
    check(
        "Officials say at least 3,000 soldiers have left.",
        &["Officials | say | at least 3,000 soldiers have left"],
    );
}

#[test]
fn several_verbs_of_one_source() {
    check(
        "Lind said the dam was safe, adding that repairs could wait.",
        &["Lind | said | the dam was safe", "Lind | adding | that repairs could wait"],
    );
    check(
        "Lind said the dam was safe and warned that the river would rise.",
        &["Lind | said | the dam was safe", "Lind | warned | that the river would rise"],
    );
}

#[test]
fn quotations_interrupted_and_continued() {
    check(
        "“It is dark,” Reyes said, “and nobody can see.”",
        &["Reyes | said | “It is dark,” … “and nobody can see.”"],
    );
    check("“Nobody came,” she said. “Nobody wrote.”", &["she | said | “Nobody came,” … “Nobody wrote.”"]);
    check("“We lost the bridge today,” he sighed.", &["he | sighed | “We lost the bridge today,”"]);
    check("The minister said: \"There is no plan.\"", &["The minister | said | \"There is no plan.\""]);
}

#[test]
fn cues_that_are_no_verbs() {
    check("According to Yonhap, the ship sank.", &["Yonhap | According to | the ship sank"]);
    check("The ship sank, according to Yonhap.", &["Yonhap | according to | The ship sank"]);
    check("The clerk allegedly burned the files.", &[" | allegedly | The clerk … burned the files"]);
    check("Rumors that the bank would close spread.", &[" | Rumors | that the bank would close spread"]);
    check(
        "There has been no official comment from Pyongyang.",
        &["Pyongyang | has been | no official comment"],
    );
}

#[test]
fn an_event_inside_a_claim_is_no_party() {
    check(
        "The paper wrote that the deployment indicates that the war has changed.",
        &["The paper | wrote | that the deployment indicates that the war has changed"],
    );
}
