//! Whatever the text: spans lie on character boundaries, blocks are in order, sentences inside blocks, tokens inside
//! sentences, and nothing but white space and mark-up lies between blocks.

use proptest::prelude::*;
use reportedly::document::Document;
use reportedly::{parse, read};

fn parsed(text: &str) -> Document {
    let document = parse::parse(read::text("t", text));
    assert_eq!(document.decoded(), text.strip_prefix('\u{feff}').unwrap_or(text));
    check(&document);
    document
}

fn check(document: &Document) {
    let text = document.text.as_str();
    let boundary = |at: usize| assert!(text.is_char_boundary(at), "{at} in {text:?}");
    let mut end = 0;
    for block in &document.blocks {
        boundary(block.span.start());
        boundary(block.span.end());
        assert!(!block.span.is_empty(), "empty block in {text:?}");
        assert!(end <= block.span.start(), "blocks overlap in {text:?}");
        let between = &text[end..block.span.start()];
        assert!(is_furniture(between), "lost: {between:?}");
        end = block.span.end();
    }
    assert!(is_furniture(&text[end..]), "lost at the end: {:?}", &text[end..]);

    let (mut token, mut end) = (0, 0);
    for sentence in &document.sentences {
        let block = document.blocks[sentence.block as usize].span;
        assert!(block.contains(sentence.span), "sentence outside its block in {text:?}");
        assert!(end <= sentence.span.start(), "sentences overlap in {text:?}");
        end = sentence.span.end();
        assert_eq!(sentence.first_token as usize, token, "tokens outside sentences in {text:?}");
        assert!(sentence.first_token < sentence.last_token, "no token in {text:?}");
        let tokens = &document.tokens[sentence.tokens()];
        assert_eq!(tokens[0].span.start(), sentence.span.start());
        assert_eq!(tokens[tokens.len() - 1].span.end(), sentence.span.end());
        for pair in tokens.windows(2) {
            assert!(pair[0].span.end() <= pair[1].span.start(), "tokens overlap in {text:?}");
            let between = &text[pair[0].span.end()..pair[1].span.start()];
            assert!(between.chars().all(is_blank), "lost between tokens: {between:?}");
        }
        for t in tokens {
            boundary(t.span.start());
            boundary(t.span.end());
            assert!(!t.span.is_empty());
            assert!(
                !document.written(t.span).is_empty(),
                "a token stands nowhere in {:?}",
                document.decoded()
            );
        }
        token = sentence.last_token as usize;
    }
    assert_eq!(token, document.tokens.len(), "tokens after the last sentence of {text:?}");

    let metadata = &document.metadata;
    let stated = [
        metadata.title.as_ref().and_then(|s| s.span),
        metadata.published.as_ref().and_then(|s| s.span),
        metadata.outlet.as_ref().and_then(|s| s.span),
        metadata.byline.as_ref().and_then(|s| s.span),
        metadata.dateline.as_ref().and_then(|s| s.span),
    ];
    for span in stated.into_iter().flatten() {
        assert!(document.blocks.iter().any(|b| b.span.contains(span)), "{span:?} is in no block of {text:?}");
    }
}

/// White space and characters that show nothing.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// White space, invisible characters and mark-up; the numbers of lists are mark-up, too.
fn is_furniture(between: &str) -> bool {
    let words = between.split(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}*-_=~#>+|•‣◦▪●○·–—:.`("
                .contains(c)
    });
    words.filter(|w| w.contains(char::is_alphanumeric)).all(|w| {
        let number = w.trim_end_matches([')', '.']);
        number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit()) || number.len() == 1
    })
}

#[test]
fn odd_texts() {
    let odd = [
        "",
        " ",
        "\n",
        "\r",
        "\r\n\r\n",
        "\0",
        "\u{feff}",
        "\u{feff}\u{feff}a",
        "a",
        "#",
        "# ",
        "#\n#",
        "**",
        "****",
        "* * *",
        "---",
        "===\n===",
        "a\n===",
        "a\n---\nb\n---",
        ">",
        "> > > >",
        "- - - a",
        "1.",
        "1. ",
        "1. 2. 3. a",
        "_a_",
        "__a__",
        "*a",
        "|a|b|\n|-|-|",
        "\u{301}\u{301}",
        "a\u{301}\nb\u{200d}",
        "👩‍👩‍👧‍👦",
        "👩‍👩‍👧‍👦\n\n🏳️‍🌈 said “no”.",
        "東京 2024年10月26日\n日本政府は金曜日に発表した。",
        "النص العربي\nقال المتحدث إنه لا يعلم.",
        "\u{202e}reversed\u{202c}",
        "By\nBy \nBy: \nBY A",
        "(AP) -",
        "(AP) - ",
        "SEOUL (AP) — ",
        "SEOUL, Oct. 25 (Yonhap) --",
        "Oct 26, 2024",
        "9999-99-99",
        "Published: 2024-10-26T",
        "\u{b}\u{c}\u{85}\u{2028}\u{2029}",
        "No comments:",
        "Share\nShare\nShare\nTweet\nMenu\nHome",
        "\u{fffd}\u{fffe}\u{ffff}",
        "a\u{0}b\u{7}c",
        "...\n…\n[…]",
        "İstanbul’da\nİİİİ SHARE",
        "ﬀ ß ŉ",
        "“”\n\"\"",
        "© 2024",
    ];
    for text in odd {
        parsed(text);
        parsed(&format!("{text}\r\n{text}"));
        parsed(&format!(
            "A Title of Some Length\n\n{text}\n\nThe minister said on Friday that he knew nothing of it.\n{text}"
        ));
    }
}

#[test]
fn long_texts_take_linear_time() {
    let sizes = [200_000, 2_000_000];
    for unit in [
        "x",
        "word ",
        "He said no. ",
        "a\n",
        "\n",
        "- item\n",
        "Share\n",
        "\u{301}",
        "Oct 26, 2024\n",
        "“",
        "SEOUL (",
        "*",
        "# a\n",
        "...",
        "By A, ",
        "1. ",
        "👍",
        "\"",
        "’",
        "-",
        ".",
        "a-",
        "1-",
        "a@b.",
    ] {
        let mut times = Vec::new();
        for size in sizes {
            let text = unit.repeat(size / unit.len());
            let start = std::time::Instant::now();
            parsed(&text);
            times.push(start.elapsed().as_secs_f64());
        }
        // Ten times the text; quadratic time would be a hundred times.
        assert!(times[1] < 40.0 * times[0].max(0.01), "{unit:?}: {times:?}");
    }
}

/// Pieces that texts are made of, so that chance meets the rules.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "**",
        "_",
        "===\n",
        "---\n",
        "â€œNo,â€\u{9d} he said. Itâ€™s over.",
        "of\u{ad}ficials\u{200b} in o\u{fb03}ce said &quot;no&amp;quot;",
        "\u{202e}cafÃ© Ã©tÃ©",
        "By Jane Doe",
        "Oct 26, 2024",
        "Published: ",
        "Updated ",
        "SEOUL, Oct. 25 (Yonhap) -- ",
        "WASHINGTON (AP) — ",
        "Latest Contents",
        "No comments:",
        "Read more",
        "Share",
        "…",
        "“No,” he said. ",
        "The minister said on Friday that at least 3,000 soldiers had come. ",
        "Background of the Situation",
        "Reuters",
        "© 2024",
        "Jane Doe, Reuters",
        "\u{a0}",
        "\u{feff}",
        "\u{200b}",
        "é",
        "🚀",
    ]);
    prop_oneof![4 => fixed.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[a-zA-Z ,.]{0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        parsed(&text);
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(piece(), 0..60)) {
        parsed(&pieces.concat());
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (articles, problems) = read::bytes("b", &bytes, &read::ReadOptions::default()).unwrap();
        prop_assert!(!articles.is_empty() || !problems.is_empty());
        for article in articles {
            check(&parse::parse(article));
        }
    }

    #[test]
    fn line_ends_do_not_matter(pieces in prop::collection::vec(piece(), 0..30)) {
        let unix = pieces.concat().replace('\r', "");
        let dos = unix.replace('\n', "\r\n");
        let of = |d: &Document| d.blocks.iter().map(|b| (b.kind, b.span.of(&d.text).replace('\r', ""))).collect::<Vec<_>>();
        let (unix, dos) = (parsed(&unix), parsed(&dos));
        prop_assert_eq!(of(&unix), of(&dos));
    }
}

#[test]
fn digits_of_other_scripts_number_no_list() {
    // U+11BF0 SUNUWAR DIGIT ZERO: a decimal digit for Unicode, but no mark-up
    parsed("\u{11bf0}. x\n\n\u{11bf9}. y");
    // and dates in such digits are left unread rather than misread
    parsed("Published: ٣ March ٢٠٢٤\n\nText follows here and goes on for a while.");
}
