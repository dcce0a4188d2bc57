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
        "co-operational",
        "non-profit",
        "Anti-Fraud",
        "e-mail",
        "mid-1980s",
        "clock-wise",
        "uh-oh",
        "555-0123",
        "1-800-555-0123",
        "2024-10-26",
        "202.555.0123",
        "1980s",
        "80's",
        "21st",
        "w/o",
        "s/he",
        "jane.doe+news@mail.example.org",
        "mailto:jane@example.org",
        "report.PDF",
        ".com",
        ":-)",
        ":D",
        "<<",
        "’’",
        "+44",
        "北韓",
        "U.S.",
        "a.m.",
        "e.g.",
        "1,500",
        "1,500,000",
        "3.5",
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
    check("Inc., Co., etc., Ltd.", "Inc. , Co. , etc. , Ltd.");
    check("guns, tanks, etc. The army", "guns , tanks , etc . The army");
    check("It was what.? Yes", "It was what .? Yes");
    check("Well... no…", "Well ... no …");
    check("see example.com.", "see example.com .");
    check("a mass. Then in Boston, Mass., he", "a mass . Then in Boston , Mass. , he");
}

#[test]
fn hyphens() {
    check("the U.S.-led force", "the U.S. - led force");
    check("a 42-year-old man", "a 42 - year - old man");
    check("Kim Hong-kyun's", "Kim Hong - kyun 's");
    check("Kim Jong Un-led, un-led", "Kim Jong Un - led , un-led");
    check("Kim Jong-un-led", "Kim Jong - un - led");
    check("vice-president, X-ray, MiG-29", "vice - president , X - ray , MiG - 29");
    check("non-life-threatening", "non-life - threatening");
    check("UN-backed and CO-based", "UN - backed and CO - based");
    check("North Korea-Russia; Asia‑Pacific", "North Korea - Russia ; Asia ‑ Pacific");
    check("th- the men, w- we", "th- the men , w- we");
    check("the war- and then -so", "the war - and then - so");
    check("two- or three-year", "two - or three - year");
}

#[test]
fn words_written_together() {
    check("It DONT and wont, im sure", "It DO NT and wo nt , i m sure");
    check("its ill-fated lets IM", "its ill - fated lets IM");
    check("y’all, it`s, Seoul 's", "y’ all , it `s , Seoul 's");
    check("wanna lotta", "wan na lot ta");
}

#[test]
fn numbers() {
    check("$2.5m, 10-15% and 5.5%", "$ 2.5 m , 10 - 15 % and 5.5 %");
    check("155mm shells, 5pm, 7:30PM, 200,000kg", "155 mm shells , 5 pm , 7:30 PM , 200,000 kg");
    check("a 4G net, the 83N, a 3d map, 21st", "a 4G net , the 83N , a 3d map , 21st");
    check("600-700 men, 1969-1970, 4-5cm", "600 - 700 men , 1969 - 1970 , 4 - 5 cm");
    check("2020's end, the '80s", "2020 's end , the '80s");
    check("+5 and a+5, x+y", "+5 and a + 5 , x + y");
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
    check("(a.b@c.org). <x@y.net>", "( a.b@c.org ) . < x@y.net >");
    check("well :) he: (a) said :( no", "well :) he : ( a ) said :( no");
    check("(picture left:) he", "( picture left : ) he");
    check("‘‘No,’’ he", "‘‘ No , ’’ he");
}

#[test]
fn beyond_ascii() {
    check("Café Zürich’s “été”", "Café Zürich ’s “ été ”");
    check("金正恩は said", "金正恩 は said");
    check("👩‍👩‍👧 ok\u{200b}ay \u{feff}", "👩‍👩‍👧 ok ay");
    check("", "");
    check(" \n\t\0", "");
}

fn well_formed(text: &str, block: Span) {
    let mut at = block.start();
    for token in tokenize(text, block) {
        assert!(!token.is_empty() && token.start() >= at);
        assert!(text[at..token.start()].chars().all(pieces::is_blank));
        assert!(!token.of(text).contains(char::is_whitespace));
        at = token.end();
    }
    assert!(text[at..block.end()].chars().all(pieces::is_blank));
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
    for unit in [
        "a", "é.", "1,", "-", "'", "漢", "a@", "http://", "(", "A.", "\u{301}", ".", "a-", "1-", "5mm",
        "a@b.", ":)", "\"", "’", "👍", "<", "non-", "'s",
    ] {
        let text = unit.repeat(100_000);
        well_formed(&text, Span::new(0, text.len()));
    }
}
