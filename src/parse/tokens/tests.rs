//! Tokens: cases that stay whole before cases that are cut.

use proptest::prelude::*;

use super::*;

fn spans(text: &str) -> Vec<Span> {
    tokenize(text, Span::new(0, text.len()))
}

/// `expected` has the tokens separated by single spaces.
fn check(text: &str, expected: &str) {
    let tokens: Vec<&str> = spans(text).iter().map(|s| s.of(text)).collect();
    assert_eq!(tokens.join(" "), expected, "{text}");
}

/// Cases that must stay one token.
#[test]
fn whole() {
    for word in [
        "soldiers",
        "U.S.-led",
        "Hong-kyun",
        "co-operational",
        "Asia-Pacific",
        "U.S.",
        "a.m.",
        "e.g.",
        "1,500",
        "1,500,000",
        "3.5",
        "10-15",
        "155mm",
        "1.2m",
        "10:30",
        "9/11",
        "10/29/2024",
        "O'Brien",
        "Xi'an",
        "o’clock",
        "AT&T",
        "www.example.org/a?b=c",
        "https://example.com/x_(y)",
        "jane.doe@example.co.uk",
        "@KimHS",
        "#Kursk",
        "...",
        "…",
        "--",
        "—",
        "Beyoncé",
        "naïve",
        "H.W.",
        "’90s",
        "'em",
        "?!",
        "!!!",
        "Ph.D.",
        "12,00,000",
        "example.com/news",
        "MiG-29",
        "F-16s",
    ] {
        let text = format!("x {word} 5");
        let tokens = spans(&text);
        assert_eq!(tokens.len(), 3, "{word}");
        assert_eq!(tokens[1].of(&text), word);
    }
}

#[test]
fn clitics() {
    check("South Korea’s army", "South Korea ’s army");
    check("They don't say they're sure", "They do n't say they 're sure");
    check("We CAN'T and cannot, I'd've", "We CA N'T and can not , I 'd 've");
    check("both countries' leverage", "both countries ' leverage");
    check("the “Times”’s man", "the “ Times ” ’s man");
    check("the U.S.'s role", "the U.S. 's role");
    check("let's, he’ll, I'm", "let 's , he ’ll , I 'm");
    check("gonna", "gon na");
}

#[test]
fn stops() {
    check("He met Gen. Kim.", "He met Gen. Kim .");
    check("They left the U.S.", "They left the U.S.");
    check("at 5 p.m. on Oct. 25.", "at 5 p.m. on Oct. 25 .");
    check("J. K. Smith and George H.W. Bush", "J. K. Smith and George H.W. Bush");
    check("It is Plan B.", "It is Plan B .");
    check("you and I. Did you", "you and I . Did you");
    check("Albert I. Jones", "Albert I. Jones");
    check("No. 10 said no. He left", "No. 10 said no . He left");
    check("more forces.The army", "more forces . The army");
    check("Inc., Co., etc.", "Inc. , Co. , etc.");
    check("Well... no…", "Well ... no …");
    check("see example.com.", "see example.com .");
    check("a mass. Then in Boston, Mass., he", "a mass . Then in Boston , Mass. , he");
}

#[test]
fn numbers() {
    check("$2.5m, 10-15% and 5.5%", "$ 2.5m , 10-15 % and 5.5 %");
    check("US$300 or €1,500", "US$ 300 or € 1,500");
    check("10–15 years", "10 – 15 years");
    check("in 2020,500 men; 1,2,3", "in 2020 , 500 men ; 1 , 2 , 3");
    check("a .45 gun", "a .45 gun");
    check("#2 at 12.", "# 2 at 12 .");
}

#[test]
fn marks() {
    check("“reckless and illegal,” he", "“ reckless and illegal , ” he");
    check("\"'No,' he said.\"", "\" ' No , ' he said . \"");
    check("war—which is—over", "war — which is — over");
    check("war--over", "war -- over");
    check("(see https://example.com/a).", "( see https://example.com/a ) .");
    check("and/or [sic]", "and / or [ sic ]");
    check("``quoted'' text", "`` quoted '' text");
    check("mail me@example.com, @kim", "mail me@example.com , @kim");
}

#[test]
fn beyond_ascii() {
    check("Café Zürich’s “été”", "Café Zürich ’s “ été ”");
    check("北韓 said", "北 韓 said");
    check("👩‍👩‍👧 ok\u{200b}ay \u{feff}", "👩‍👩‍👧 ok ay");
    check("", "");
    check(" \n\t\0", "");
}

fn well_formed(text: &str, block: Span) {
    let mut at = block.start();
    for token in tokenize(text, block) {
        assert!(!token.is_empty() && token.start() >= at);
        assert!(text[at..token.start()].chars().all(is_blank));
        assert!(!token.of(text).contains(char::is_whitespace));
        at = token.end();
    }
    assert!(text[at..block.end()].chars().all(is_blank));
}

proptest! {
    #[test]
    fn any_text_is_tiled(text in any::<String>()) {
        well_formed(&text, Span::new(0, text.len()));
    }

    #[test]
    fn newslike_text_is_tiled(text in "[a-zA-Z0-9 .,'’“”\"$%@#:/&é\u{301}\u{200d}\n-]{0,80}") {
        well_formed(&text, Span::new(0, text.len()));
    }

    #[test]
    fn a_block_is_tiled_and_nothing_else(before in any::<String>(), text in any::<String>()) {
        let whole = format!("{before}{text}{before}");
        well_formed(&whole, Span::new(before.len(), before.len() + text.len()));
    }
}

#[test]
fn long_text_without_space() {
    for unit in ["a", "é.", "1,", "-", "'", "漢", "a@", "http://", "(", "A.", "\u{301}"] {
        let text = unit.repeat(100_000);
        well_formed(&text, Span::new(0, text.len()));
    }
}
