use proptest::prelude::*;

use super::*;
use crate::extract::{attribution, quotation, specimen};
use crate::language::annotate;

fn narrated(text: &str) -> Vec<String> {
    let document = specimen::document(text, "");
    let article = annotate(&document).compounded();
    let quotations = quotation::quotations(&article);
    let attributions = attribution::attributions(&article, &quotations);
    let found = assertions(&article, &quotations, &attributions);
    found.into_iter().map(|r| article.cover(r).of(text).to_owned()).collect()
}

#[test]
fn the_table_is_in_order() {
    let mut last = ("start", "");
    for row in crate::lexicon::rows(include_str!("../../../lexicon/framing.tsv")) {
        let (place, phrase) = row.split_once('\t').unwrap();
        assert!(matches!(place, "start" | "part"), "{row}");
        assert_eq!(phrase, normalise(phrase).trim(), "{row}");
        assert!((last.0, last.1) < (place, phrase) || last.0 != place, "{row} is not in order");
        last = (place, phrase);
    }
}

#[test]
fn framing_is_told_by_whole_words() {
    assert!(is_framing("Here’s what we know about the storm."));
    assert!(is_framing("This story has been updated."));
    assert!(!is_framing("Here the river bends."));
    assert!(!is_framing("Clicking noises were heard."));
}

/// A past tense that the tagger takes for a noun or a participle, but the parser for a verb.
#[test]
fn verbs_are_seen_by_the_tree() {
    assert_eq!(narrated("The river burst its banks on Tuesday."), ["The river burst its banks on Tuesday"]);
    assert_eq!(
        narrated("The ship sank because its hatches were open."),
        ["The ship sank", "its hatches were open"]
    );
}

/// Who says something may also do something; what is left of a clause must be one.
#[test]
fn sources_may_be_subjects() {
    assert_eq!(narrated("Ruiz said he was innocent and left the court by a side door."), [""; 0]);
    assert_eq!(
        narrated("The army closed the road, saying that the bridge was mined."),
        ["The army closed the road"]
    );
    assert_eq!(narrated("The police would neither confirm nor deny that a suspect had been held."), [""; 0]);
}

#[test]
fn attributions_leave_what_is_not_theirs() {
    assert_eq!(narrated("The mayor said on Monday the bridge was safe."), [""; 0]);
    assert_eq!(narrated("Prices rose and wages fell sharply."), ["Prices rose", "wages fell sharply"]);
    assert_eq!(
        narrated("If the river rises again, the town will be lost."),
        ["If the river rises again, the town will be lost"]
    );
}

proptest! {
    /// Whatever the text: in order, not overlapping, nothing of an attribution's content.
    #[test]
    fn assertions_keep_apart(text in "([A-Za-z“”\",.;:—?!() \n]|said |that |and |which |after |was |the dam |broke ){0,60}") {
        let document = specimen::document(&text, "");
        let article = annotate(&document).compounded();
        let quotations = quotation::quotations(&article);
        let attributions = attribution::attributions(&article, &quotations);
        let found = assertions(&article, &quotations, &attributions);
        for pair in found.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
        for range in &found {
            prop_assert!(!range.is_empty());
            for content in attributions.iter().flat_map(|a| &a.content) {
                prop_assert!(content.end <= range.start || range.end <= content.start);
            }
        }
    }
}
