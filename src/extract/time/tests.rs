//! One-line facts: the times of a sentence as `expression = value`, read in a text of Friday, 25 October 2024.

use super::*;
use crate::extract::specimen;
use crate::language::annotate;

fn read(text: &str, published: &str, context: Context) -> Vec<Time> {
    let document = specimen::document(text, published);
    times(&annotate(&document).compounded(), context)
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
    let found: Vec<String> = times.iter().map(interval).collect();
    assert_eq!(found.join("; "), expected, "{text}");
}

#[test]
fn no_times() {
    for text in [
        "",
        "It may march on.",
        "April Ryan asked the question.",
        "The spring broke and the fall hurt.",
        "USA Today reported it.",
        "Some 2024 soldiers were counted.",
        "The second man ran.",
        "He won the first half of the game.",
        "They sat in the sun.",
        "The Daily Mail asked.",
        "It is a matter of time.",
        "She was 42 years old.",
        "The March of Dimes gave money.",
    ] {
        check(text, "");
    }
}

#[test]
fn complete_dates() {
    check("It began on October 29, 2023.", "October 29, 2023 = 2023-10-29");
    check("It began on 29 October 2023.", "29 October 2023 = 2023-10-29");
    check("It began on Friday, Oct. 25, 2024, he said.", "Friday, Oct. 25, 2024 = 2024-10-25");
    check("It began on the 29th of October, 2023.", "the 29th of October, 2023 = 2023-10-29");
    check("Posted 2024-10-26.", "2024-10-26 = 2024-10-26");
    check("Posted 10/26/2024.", "10/26/2024 = 2024-10-26");
    check("Posted 26/10/2024.", "26/10/2024 = 2024-10-26");
    check("On October 25-27, 2024 they met.", "October 25-27, 2024 = 2024-10-25/2024-10-27");
    check("The war since February 2022 goes on.", "February 2022 = 2022-02");
    check("In 2023 it was over.", "2023 = 2023");
    check("The 2024 election is near.", "2024 = 2024");
    check("From 1914 to 1918 there was war.", "1914 to 1918 = 1914/1918");
    check("In the 2010s it grew.", "the 2010s = 201");
    check("In the 19th century it grew.", "the 19th century = 18");
    check("In Q3 2024 it fell.", "Q3 2024 = 2024-Q3");
    check("In the third quarter of 2024 it fell.", "the third quarter of 2024 = 2024-Q3");
    check("In the summer of 2022 it fell.", "the summer of 2022 = 2022-SU");
    check("By mid-2023 it was over.", "mid-2023 = 2023");
}

#[test]
fn partial_dates() {
    check("It began on October 18.", "October 18 = 2024-10-18");
    check("It began in March.", "March = 2024-03");
    check("It began in late September.", "late September = 2024-09");
    check("It began last December.", "last December = 2023-12");
    check("It will begin on January 5.", "January 5 = 2025-01-05");
    check("He said on Monday that it had begun.", "Monday = 2024-10-21");
    check("It happened on Friday.", "Friday = 2024-10-25");
    check("They will meet on Monday.", "Monday = 2024-10-28");
    check("They meet next Tuesday.", "next Tuesday = 2024-10-29");
    check("They met last Friday.", "last Friday = 2024-10-18");
    check("On Monday morning they left.", "Monday morning = 2024-10-21TMO");
}

#[test]
fn relative_times() {
    check("He left yesterday and returns tomorrow.", "yesterday = 2024-10-24; tomorrow = 2024-10-26");
    check("It surfaced this past week.", "this past week = P1W");
    check("He said so earlier this week.", "earlier this week = 2024-W43");
    check("They could join as soon as this weekend.", "this weekend = 2024-W43-WE");
    check("Over the weekend, they met.", "the weekend = 2024-W42-WE");
    check("The treaty was signed last year.", "last year = 2023");
    check("Next month it ends.", "Next month = 2024-11");
    check("It ended two weeks ago.", "two weeks ago = 2024-W41");
    check("It ended three years ago.", "three years ago = 2021");
    check(
        "On October 18, 2024 he left. Two days later he was back.",
        "October 18, 2024 = 2024-10-18; Two days later = 2024-10-20",
    );
    check(
        "On October 18, 2024 he left, as on the previous day.",
        "October 18, 2024 = 2024-10-18; the previous day = 2024-10-17",
    );
    check(
        "It grew in recent years, and will for years to come.",
        "recent years = PAST_REF; years to come = FUTURE_REF",
    );
    check("He is currently in Seoul.", "currently = PRESENT_REF");
    check("By the end of the year it is over.", "the end of the year = 2024");
}

#[test]
fn lengths_sets_and_clocks() {
    check("They died within just a few months.", "a few months = PXM");
    check("He served for 15 years.", "15 years = P15Y");
    check("A three-day visit ended.", "three-day = P3D");
    check("For a decade it was calm.", "a decade = P10Y");
    check("In the past two years it grew.", "the past two years = P2Y");
    check("It happens every day.", "every day = P1D");
    check("They meet twice a week.", "twice a week = P1W");
    check("They meet every Monday.", "every Monday = XXXX-WXX-1");
    check("He spoke at 5 p.m. on Monday.", "5 p.m. on Monday = 2024-10-21T17:00");
    check("The call came at 10:30 GMT.", "10:30 GMT = 2024-10-25T10:30");
    check("He called last night.", "last night = 2024-10-24TNI");
}

#[test]
fn intervals() {
    check_interval("In late October 2024 it rained.", "2024-10-21T00:00:00..2024-11-01T00:00:00");
    check_interval("He said so earlier this week.", "2024-10-21T00:00:00..2024-10-25T00:00:00");
    check_interval("This weekend it rains.", "2024-10-26T00:00:00..2024-10-28T00:00:00");
    check_interval("In the past two years it grew.", "2022-10-25T00:00:00..2024-10-26T00:00:00");
    check_interval("It ended in 2023.", "2023-01-01T00:00:00..2024-01-01T00:00:00");
}

/// The anchor of the last expression.
#[track_caller]
fn check_anchor(text: &str, published: &str, corpus: &str, expected: &str) {
    let context = Context { corpus_date: corpus.parse().ok() };
    let times = read(text, published, context);
    let last = times.last().expect("an expression");
    assert_eq!(
        format!("{} {}", last.value.as_deref().unwrap_or("?"), last.anchor.as_str()),
        expected,
        "{text}"
    );
}

#[test]
fn anchors() {
    check_anchor("It ended last year.", "2024-10-25", "2020-01-01", "2023 published");
    check_anchor("Posted October 25, 2024. It ended last year.", "", "2020-01-01", "2023 stated");
    check_anchor("It ended last year.", "", "2020-01-01", "2019 corpus");
    check_anchor("It ended last year.", "", "", "PAST_REF unanchored");
    check_anchor("It ended on Monday.", "", "", "XXXX-WXX-1 unanchored");
    check_anchor("It ended in 2023.", "", "", "2023 explicit");
}
