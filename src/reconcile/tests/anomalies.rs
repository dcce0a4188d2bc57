//! Dates that cannot be right, and dates that only look so.

use super::*;

/// Findings on dates for a story of three dated articles and a fourth that opens with `opening`.
fn with(opening: &str, published: Option<Date>) -> Vec<String> {
    let (mut documents, _) = corpus(&[
        (
            "herald",
            "The volcano Katmor erupted above the port of Lisk, and ash from Katmor closed the airport of Lisk.",
            &[],
        ),
        (
            "post",
            "Ash from the volcano Katmor closed the airport of Lisk as Katmor erupted above the port.",
            &[],
        ),
        (
            "wire",
            "Lisk airport stayed closed by volcano ash; Katmor erupted again over the port of Lisk.",
            &[],
        ),
        (
            "late",
            &format!(
                "{opening} The volcano Katmor erupted above the port of Lisk, where ash closed the airport."
            ),
            &[],
        ),
    ]);
    dated(
        &mut documents,
        &[Some(date(2011, 6, 14)), Some(date(2011, 6, 15)), Some(date(2011, 6, 17)), published],
    );
    let r = reconcile(&documents, &[], &Options::default());
    messages(&r, FindingKind::DateAnomaly).into_iter().map(str::to_owned).collect()
}

#[test]
fn undated_and_well_dated_articles_are_left_alone() {
    assert!(with("Ash rained on Lisk.", None).is_empty());
    assert!(with("On June 16, 2011, ash rained on Lisk.", None).is_empty());
    assert!(with("Ash rained on Lisk.", Some(date(2011, 6, 18))).is_empty());
    assert!(with("Ash rained on Lisk.", Some(date(2011, 8, 1))).is_empty());
}

#[test]
fn articles_that_look_back_are_left_alone() {
    // An anniversary, a history, an old date in passing, and a date that the text names again.
    assert!(
        with("On June 14, 2006, ash fell on Lisk; five years on, the town marks the anniversary.", None)
            .is_empty()
    );
    assert!(with("On June 14, 1912, the port had been buried; historians recall it.", None).is_empty());
    assert!(with("Ash fell. Nobody has forgotten May 3, 1974.", None).is_empty());
    assert!(with("On June 14, 2010, ash fell. The 2010 season was the worst.", None).is_empty());
    assert!(with("On June 14, 2010, ash fell on Lisk.", Some(date(2011, 6, 16))).is_empty());
    // Another day of another year: background, for all one can tell.
    assert!(with("On January 3, 1998, ash fell on Lisk.", None).is_empty());
}

#[test]
fn a_wrong_year_is_found() {
    assert_eq!(
        with("On June 16, 2010, ash rained on Lisk.", None),
        [
            "late opens with “June 16, 2010”, but the dated articles of the same story are about a year later (post: 15 June 2011 and wire: 17 June 2011); the same day in 2011 would fit."
        ]
    );
    assert_eq!(with("Ash rained on Lisk.", Some(date(2012, 6, 16))).len(), 1);
}

#[test]
fn a_year_slip_at_the_turn_of_the_year_is_found() {
    let (mut documents, _) = corpus(&[
        ("a", "The miners of Orrel went on strike over pay, and the Orrel pit closed.", &[]),
        ("b", "Striking miners closed the Orrel pit over pay, the union of Orrel said.", &[]),
        ("c", "On January 2, 2014, miners of the Orrel pit kept up their strike over pay.", &[]),
    ]);
    dated(&mut documents, &[Some(date(2014, 12, 29)), Some(date(2014, 12, 31)), None]);
    let r = reconcile(&documents, &[], &Options::default());
    let found = messages(&r, FindingKind::DateAnomaly);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("the same day in 2015 would fit"), "{found:?}");
}

#[test]
fn two_articles_cannot_outvote_each_other() {
    let (mut documents, _) = corpus(&[
        ("a", "The miners of Orrel went on strike over pay, and the Orrel pit closed.", &[]),
        ("b", "On March 2, 2013, striking miners closed the Orrel pit over pay.", &[]),
    ]);
    dated(&mut documents, &[Some(date(2014, 3, 1)), None]);
    assert!(reconcile(&documents, &[], &Options::default()).findings.is_empty());
}

#[test]
fn a_weekday_must_match_its_date() {
    let (documents, _) = corpus(&[
        ("a", "The vote on Tuesday, March 5, 2019, was close.", &[]),
        ("b", "The vote on Monday, March 5, 2019, was close.", &[]),
    ]);
    let r = reconcile(&documents, &[], &Options::default());
    assert_eq!(
        messages(&r, FindingKind::DateAnomaly),
        ["b writes “Monday, March 5, 2019”, but 5 March 2019 was a Tuesday, not a Monday."]
    );
}

/// Findings on dates for one article of 3 March 2024.
fn alone(text: &str) -> Vec<String> {
    let mut documents = vec![crate::parse::plain(crate::read::text("a", text))];
    dated(&mut documents, &[Some(date(2024, 3, 3))]);
    let r = reconcile(&documents, &[], &Options::default());
    messages(&r, FindingKind::DateAnomaly).into_iter().map(str::to_owned).collect()
}

#[test]
fn what_lies_ahead_is_no_anomaly() {
    for text in [
        "The ministers will meet in Oslo on 5 May 2031.",
        "The court set a hearing for 5 May 2031.",
        "The minister announced a summit on 5 May 2031.",
        "They agreed to meet on 5 May 2031.",
        "The vote was scheduled on May 5, 2031.",
        "The treaty expires on 5 May 2031, he said.",
        "The mine closed on 2 March 2024.",
        "The mine closed on 4 March 2024.",
        "If the mine closed on 5 May 2031, many would leave.",
        "The mine opened in 1990 and has until 5 May 2031 to close.",
    ] {
        assert_eq!(alone(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_told_as_past_must_have_come() {
    assert_eq!(
        alone("The mine collapsed on 5 May 2024, killing two men."),
        ["a, published 3 March 2024, tells of “5 May 2024” as past, about 2 months before that day."]
    );
    assert_eq!(alone("Two men died on Monday, March 25, 2024, in the mine.").len(), 1);
    assert_eq!(alone("On 25 March 2024, two men died in the mine.").len(), 1);
    assert_eq!(alone("The bridge was destroyed on 25 March 2024.").len(), 1);
}
