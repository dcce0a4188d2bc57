//! Golden rules: a bar marks each boundary.

use proptest::prelude::*;

use super::super::tokens::tokenize;
use super::*;

/// `marked` is the text with `|` between sentences (after the space).
fn check(marked: &str) {
    assert_eq!(found(marked), marked);
}

/// The same text with bars where sentences are found.
fn found(marked: &str) -> String {
    let text = marked.replace('|', "");
    let tokens = tokenize(&text, Span::new(0, text.len()));
    let starts: Vec<usize> = split(&text, &tokens).iter().skip(1).map(|r| tokens[r.start].start()).collect();
    let mut found = String::new();
    let mut at = 0;
    for start in starts {
        found.push_str(&text[at..start]);
        found.push('|');
        at = start;
    }
    found.push_str(&text[at..]);
    found
}

#[test]
fn starters_are_sorted() {
    assert!(REPORTING.is_sorted() && STARTERS.is_sorted());
    for word in ["A", "The", "You", "However", "Police"] {
        assert!(is_starter(word), "{word}");
    }
    assert!(!is_starter("Kim"));
}

#[test]
fn one_sentence() {
    for text in [
        "",
        "Kim arrived",
        "My name is Jonas E. Smith.",
        "Please turn to p. 55.",
        "Were Jane and co. at the party?",
        "I can see Mt. Fuji from here.",
        "St. Michael's Church is on 5th St. near the light.",
        "That is JFK Jr.'s book.",
        "I work for the U.S. Government in Virginia.",
        "I have lived in the U.S. for 20 years.",
        "She has $100.00 in her bag.",
        "She works at Yahoo! in the accounting department.",
        "It was a cold \nnight in the city.",
        "This is a sentence\ncut off in the middle.",
        "He met Lt. Gen. Kim Yong Bok and Vice Adm. J. K. Smith on Oct. 25.",
        "The move, Gov. George H.W. Bush said, was wise.",
        "Rep. Adam B. Schiff, D-Calif., was there.",
        "“Go!” he said.",
        "\"Go!\" he said.",
        "\"Who knows?\" Mr. Kim said.",
        "“Who knows?” Kim Yo Jong asked.",
        "'Why?' she asked.",
        "About 3.5 million people, or 2.5 percent, fled.",
        "The vote was 51.2 vs. 48.8 percent.",
        "He said that … they would leave.",
        "He said ... they would leave.",
        "Read it at https://www.example.com/a.b?c=d. ",
        "Dr. A. B. Lee, Ph.D., of Samsung Co. Ltd., agreed.",
        "1. The army left the town.",
        "The Nov. 5 election and the Jan. 6 riot",
        "SEOUL, Oct. 25 (Yonhap) -- North Korea sent troops.",
        "He lives in Fairfax, Va., near Washington, D.C., with his dog.",
        "The company, Smith & Sons Inc., closed at 5 p.m. Monday.",
        "It was (he said so!) a mistake.",
        "Is it war? or peace?",
        "He approx. doubled it.",
        "The No. 2 official arrived at 10 a.m. Thursday.",
        "The group, e.g. Kim and Lee, i.e. the leaders, left.",
        "He arrived on Sept. 11, 2001.",
        "Justice Antonin Scalia wrote Heller v. District of Columbia.",
    ] {
        check(text);
    }
}

#[test]
fn two_sentences() {
    for text in [
        "Hello World. |My name is Jonas.",
        "What is your name? |My name is Jonas.",
        "There it is! |I found it.",
        "They closed the deal with Pitt, Briggs & Co. |It closed yesterday.",
        "I live in the U.S. |How about you?",
        "We left at 6 p.m. |The road was empty.",
        "She turned to him, “This is great.” |She held the book out.",
        "She turned to him, \"This is great.\" |She held the book out.",
        "Hello!! |Long time no see.",
        "Hello?? |Who is there?",
        "You can find it at N°. 1026.253.553. |That is where it is.",
        "We make a good team, you and I. |Did you see Albert I. Jones yesterday?",
        "I never meant that.... |She left the store.",
        "It is true. |“We saw it,” he said.",
        "“It is true. |We saw it,” he said.",
        "He said it was over. |(He was wrong.)",
        "He said it was over (it was not). |Then he left.",
        "It ended in 2020. |15 people died.",
        "That is Plan B. |The army has no Plan C.",
        "The troops left.” |“They are gone,” he said.",
        "It bolsters their forces.|The army denied it.",
        "He left the E.U. |It was late.",
        "It is over.[12] |The army left.",
        "They came from Tokyo, Seoul, etc. |The army left.",
        "“Is it over?” |The army did not answer.",
        "It is ‘over.’ |He left.",
        "He said: “No.” |Then he left.",
        "Is it over?! |Yes.",
        "It grew by 5%. |Exports fell.",
        "The war is over…. |The army left.",
        "First line.\n|Second line.",
        "No stop here\n\n|Second paragraph",
        "He likes \"Jeopardy!\" |She does not.",
        "戦争は終わった。|軍は去った。",
        "Mr. Smith met Ms. Lee. |Mrs. Kim did not.",
        "It cost $2.5m. |$3m was lost.",
        "It was said by @kim. |#Kursk was trending.",
        "It is over. [12] |The army left.",
        "It is over. [...] |The army left.",
        "is it over? |nobody knows.",
        "they left. |nobody knows.",
        "It is the end. |— Kim Yo Jong",
    ] {
        check(text);
    }
}

#[test]
fn more_sentences() {
    check("At 5 a.m. Mr. Smith went to the bank. |He left the bank at 6 P.M. |The clerk stayed.");
    check("“One. |Two! |Three?” |He stopped. |“Four.”");
    check("He said \"no.\" |She said \"yes.\" |They left.");
}

/// Every rule of the table holds; all that do not are shown at once.
#[test]
fn golden_rules() {
    let rules: Vec<(&str, String)> = crate::lexicon::rows(include_str!("golden_rules.tsv"))
        .map(|row| row.split_once('\t').expect("every row has two columns"))
        .map(|(category, marked)| (category, marked.replace("\\n", "\n")))
        .collect();
    assert!(rules.len() >= 120, "{}", rules.len());
    let broken: Vec<String> = rules
        .iter()
        .map(|(category, marked)| (category, marked, found(marked)))
        .filter(|(_, marked, found)| *marked != found)
        .map(|(category, marked, found)| format!("{category}\n  rule  {marked}\n  found {found}"))
        .collect();
    assert!(broken.is_empty(), "{} of {} rules broken:\n{}", broken.len(), rules.len(), broken.join("\n"));
}

fn tiles(text: &str) {
    let tokens = tokenize(text, Span::new(0, text.len()));
    let mut at = 0;
    for sentence in split(text, &tokens) {
        assert!(sentence.start == at && sentence.end > at);
        at = sentence.end;
    }
    assert_eq!(at, tokens.len());
}

proptest! {
    #[test]
    fn any_text_is_tiled(text in any::<String>()) {
        tiles(&text);
    }

    #[test]
    fn newslike_text_is_tiled(text in "([A-Za-z]{1,4}|[ .!?…“”\"'’()\\[\\]\n0-9,-]){0,40}") {
        tiles(&text);
    }
}

#[test]
fn long_texts_are_tiled() {
    for unit in ["A. ", "a. B ", "! ", ". ", "… ", "\" ", "(", "\n\n", ".\"", ".", "👍", "-", "\"", "’"]
    {
        tiles(&unit.repeat(50_000));
    }
}
