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

/// Expressions with their modifiers.
#[track_caller]
fn check_modifier(text: &str, expected: &str) {
    let times = read(text, "2024-10-25", Context::default());
    let one = |t: &Time| format!("{} {}", t.span.of(text), t.modifier.map_or("-", |m| m.as_str()));
    assert_eq!(times.iter().map(one).collect::<Vec<_>>().join("; "), expected, "{text}");
}

/// Expressions and values in a text without a date.
#[track_caller]
fn check_history(text: &str, expected: &str) {
    assert_eq!(show(text, &read(text, "", Context::default())), expected, "{text}");
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
        "Theresa May said so.",
        "May said she would resign.",
        "He may come.",
        "The Sunday Times reported it.",
        "They joined the March on Washington.",
        "It runs Windows 2000.",
        "The Boeing 2020 weighs more.",
        "Resolution 1973 was adopted.",
        "It weighs 1984 pounds.",
        "Operation Ramadan failed.",
        "The Good Friday Agreement holds.",
        "Christmas Island is far away.",
        "He had a second chance.",
        "Three quarters of the troops fled.",
        "He sat on 26 chairs.",
        "They are the 24/7 channel.",
        "The score was 3-2 at half-time.",
        "He bought 1500 shares.",
        "They spring from the fall of Rome.",
        "Temperatures were in the 30s.",
        "An overnight success made him rich.",
        "He is in his sixties.",
        "A 42-year-old man was hurt.",
        "The Daily Telegraph has it.",
        "Flight 1549 landed.",
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
    check("The call came at 10:30 GMT.", "10:30 GMT = 2024-10-25T10:30Z");
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

#[test]
fn numeric_dates() {
    check("Posted 03/04/2024.", "03/04/2024 = 2024-03-04");
    check("Sent 26/10/2024, read 03/04/2024.", "26/10/2024 = 2024-10-26; 03/04/2024 = 2024-04-03");
    check("Sent 10/26/2024, read 03/04/2024.", "10/26/2024 = 2024-10-26; 03/04/2024 = 2024-03-04");
    check("Sent 26.10.2024.", "26.10.2024 = 2024-10-26");
    check("Sent 9-May-2006.", "9-May-2006 = 2006-05-09");
    check("Sent 2024-10-26T10:00:00Z.", "2024-10-26T10:00:00Z = 2024-10-26T10:00:00Z");
    check("They left on 10/21.", "10/21 = 2024-10-21");
    check("The attacks of 9/11 changed it.", "9/11 = 2001-09-11");
}

#[test]
fn ranges() {
    check("It ran September 14–20, 2020.", "September 14–20, 2020 = 2020-09-14/2020-09-20");
    check("It ran from May to July.", "May to July = 2024-05/2024-07");
    check("It grew between 2014 and 2018.", "2014 and 2018 = 2014/2018");
    check("The war of 1939–45 ended.", "1939–45 = 1939/1945");
    check("It is June 30/July 1.", "June 30/July 1 = 2024-06-30/2024-07-01");
    check("It ran from Nov. 23 to Jan. 5, 2021.", "Nov. 23 to Jan. 5, 2021 = 2020-11-23/2021-01-05");
    check("Open 8–10 a.m. on Monday.", "8–10 a.m. = 2024-10-25T08:00/2024-10-25T10:00; Monday = 2024-10-21");
    check_interval("It grew between 2014 and 2018.", "2014-01-01T00:00:00..2019-01-01T00:00:00");
    check_interval("It ran from May to July.", "2024-05-01T00:00:00..2024-08-01T00:00:00");
}

#[test]
fn large_stretches() {
    check("It closed in the 2010s.", "the 2010s = 201");
    check("It closed in the sixties.", "the sixties = 196");
    check("It was built in the 19th century.", "the 19th century = 18");
    check("It fell in 480 BC.", "480 BC = BC0480");
    check("It fell in the 4th century BC.", "the 4th century BC = BC03");
    check("It fell in the 460s BC.", "the 460s BC = BC046");
    check("Nero died in AD 68.", "AD 68 = 0068");
    check("Sales grew in Q3.", "Q3 = 2024-Q3");
    check("Sales grew in the third quarter of 2023.", "the third quarter of 2023 = 2023-Q3");
    check("Sales grew in the first half of 2023.", "the first half of 2023 = 2023-H1");
    check("Sales grew in fiscal 2023 and FY2024.", "fiscal 2023 = FY2023; FY2024 = FY2024");
    check("It began in the summer of 2022.", "the summer of 2022 = 2022-SU");
    check("In the 12 months to June it grew.", "the 12 months to June = P12M");
    check_interval("In the 12 months to June it grew.", "2023-07-01T00:00:00..2024-07-01T00:00:00");
    check("In the first ten months of 1915 it held.", "the first ten months of 1915 = P10M");
    check("It opens in the first week of May 2023.", "the first week of May 2023 = 2023-W18");
    check("They met on the last Monday of May 2024.", "the last Monday of May 2024 = 2024-05-27");
    check("They met on the last Monday of May.", "the last Monday of May = 2024-05-27");
    check("By year-end it is done.", "year-end = 2024");
}

#[test]
fn days_by_name() {
    check("They met on Christmas Eve.", "Christmas Eve = 2024-12-24");
    check("They met at Easter 2024.", "Easter 2024 = 2024-03-31");
    check("They met on Thanksgiving 2023.", "Thanksgiving 2023 = 2023-11-23");
    check("They met on New Year's Day 2020.", "New Year's Day 2020 = 2020-01-01");
    check("They met during Ramadan.", "Ramadan = ?");
    check("It happened the day before yesterday.", "the day before yesterday = 2024-10-23");
    check("It was Tuesday of last week.", "Tuesday of last week = 2024-10-15");
    check("It was March of last year.", "March of last year = 2023-03");
    check("He arrived overnight.", "overnight = 2024-10-24TNI");
    check("He arrived this morning.", "this morning = 2024-10-25TMO");
    check("He fled in the early hours of Monday.", "the early hours of Monday = 2024-10-21TMO");
    check("He fled on the night of October 18.", "the night of October 18 = 2024-10-18TNI");
}

#[test]
fn clocks() {
    check("They struck at 0300 GMT.", "0300 GMT = 2024-10-25T03:00Z");
    check("They struck at 3 a.m. local time.", "3 a.m. local time = 2024-10-25T03:00");
    check("They struck at 17:30 UTC+3.", "17:30 UTC+3 = 2024-10-25T17:30+03:00");
    check("They struck at noon.", "noon = 2024-10-25T12:00");
    check("They struck at half past five.", "half past five = 2024-10-25T05:30");
    check(
        "On October 18 they left. At 5 p.m. they returned.",
        "October 18 = 2024-10-18; 5 p.m. = 2024-10-18T17:00",
    );
}

#[test]
fn lengths() {
    check("It should not last two hours at all.", "two hours = PT2H");
    check("It took two and a half years.", "two and a half years = P2.5Y");
    check("It took two years and three months.", "two years and three months = P2Y3M");
    check("It took 10 to 15 years.", "10 to 15 years = P10Y/P15Y");
    check("It took half a century.", "half a century = P50Y");
    check("It happens every other Thursday.", "every other Thursday = XXXX-WXX-4");
    check("It happens every two weeks.", "every two weeks = P2W");
    check("They make 500 barrels a day.", "a day = P1D");
}

#[test]
fn modifiers() {
    check_modifier("It has lasted since February 2022.", "February 2022 ON_OR_AFTER");
    check_modifier("They could join as soon as this weekend.", "this weekend ON_OR_AFTER");
    check_modifier("It must end by the end of the year.", "the end of the year END");
    check_modifier("It must end by Friday.", "Friday ON_OR_BEFORE");
    check_modifier("It ended before June 6.", "June 6 BEFORE");
    check_modifier("It ended after June 6.", "June 6 AFTER");
    check_modifier("They died within just a few months.", "a few months EQUAL_OR_LESS");
    check_modifier("It lasted more than a decade.", "more than a decade MORE_THAN");
    check_modifier("It lasted nearly four years.", "nearly four years LESS_THAN");
    check_modifier("It lasted at least ten minutes.", "at least ten minutes EQUAL_OR_MORE");
    check_modifier("It lasted about three years.", "about three years APPROX");
    check_modifier("It began in late October.", "late October END");
    check_modifier("He said so earlier this week.", "earlier this week BEFORE");
    check_modifier("It ended more than two years ago.", "more than two years ago BEFORE");
    check_modifier("It ran from May to July.", "May to July -");
    check_modifier("It began on Monday.", "Monday -");
}

/// Parts of parts, brackets in brackets: nothing nests without end.
#[test]
fn deep_nesting() {
    for phrase in
        ["the first half of ", "the first week of ", "5 p.m. (", "two days after ", "late in the ", "May to "]
    {
        let _ = read(&phrase.repeat(4_000), "2024-10-25", Context::default());
    }
}

#[test]
fn histories() {
    check_history("In 1943 he left. On May 5 he died.", "1943 = 1943; May 5 = 1943-05-05");
    check_history(
        "It began in December 1943. In January it was over.",
        "December 1943 = 1943-12; January = 1944-01",
    );
    check_history(
        "In 1943 he left. A year earlier he had married; the following month he fell.",
        "1943 = 1943; A year earlier = 1942; the following month = 1942-02",
    );
    check_history("It fell in 480 BC. In 479 it rose.", "480 BC = BC0480; 479 = BC0479");
    check_history("In 479 cases it rose.", "");
    check_history(
        "On 18 September 1931 it began. The film of 1967 tells it. On 20 September it ended.",
        "18 September 1931 = 1931-09-18; 1967 = 1967; 20 September = 1931-09-20",
    );
}
