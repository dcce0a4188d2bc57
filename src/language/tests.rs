//! Annotation of small documents, built by hand.

use proptest::prelude::*;

use super::*;
use crate::document::{Block, BlockKind, Sentence, Token};
use crate::parse::{sentences, tokens};

fn document(text: &str) -> Document {
    let block = Span::new(0, text.len());
    let spans = tokens::tokenize(text, block);
    let sentences = sentences::split(text, &spans).into_iter().map(|range| Sentence {
        span: spans[range.start].cover(spans[range.end - 1]),
        block: 0,
        first_token: range.start as u32,
        last_token: range.end as u32,
    });
    Document {
        id: "test".to_owned(),
        text: text.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: block }],
        sentences: sentences.collect(),
        tokens: spans.iter().map(|span| Token { span: *span }).collect(),
        ..Document::default()
    }
}

/// `expected` has `word/tag` or `word/tag/lemma` for each token.
fn check(text: &str, expected: &str) {
    let document = document(text);
    let article = annotate(&document);
    let found: Vec<String> = expected
        .split(' ')
        .enumerate()
        .map(|(i, e)| match e.split('/').count() {
            3 => format!("{}/{}/{}", article.word(i), article.tag(i).as_str(), article.lemma(i)),
            _ => format!("{}/{}", article.word(i), article.tag(i).as_str()),
        })
        .collect();
    assert_eq!(found.join(" "), expected);
    assert_eq!(article.len(), expected.split(' ').count());
}

#[test]
fn news_is_tagged() {
    check(
        "South Korea’s spy agency said at least 1,000 additional soldiers have been sent.",
        "South/NNP Korea/NNP/Korea ’s/POS spy/NN agency/NN said/VBD/say at/IN least/JJS 1,000/CD additional/JJ \
         soldiers/NNS/soldier have/VBP been/VBN/be sent/VBN/send ./.",
    );
    check(
        "“We don't know,” he told the Yonhap news agency.",
        "“/`` We/PRP do/VBP n't/RB/not know/VB ,/, ”/'' he/PRP told/VBD/tell the/DT Yonhap/NNP news/NN agency/NN ./.",
    );
    check(
        "U.S.-led forces denied killing 12 men.",
        "U.S./NNP -/HYPH led/VBN/lead forces/NNS/force denied/VBD/deny killing/VBG/kill 12/CD men/NNS/man ./.",
    );
    check(
        "\"It's over,\" she says, \"isn't it?\"",
        "\"/`` It/PRP 's/VBZ/be over/RB ,/, \"/'' she/PRP says/VBZ/say ,/, \"/`` is/VBZ/be n't/RB it/PRP ?/. \"/''",
    );
}

#[test]
fn case_hardly_matters() {
    check(
        "the president said on monday he would go",
        "the/DT president/NN said/VBD on/IN monday/NNP he/PRP would/MD go/VB",
    );
    check(
        "THE TROOPS WERE SENT TO RUSSIA, THEY SAID",
        "THE/DT TROOPS/NNS/troop WERE/VBD/be SENT/VBN/send TO/IN RUSSIA/NNP ,/, THEY/PRP SAID/VBD/say",
    );
}

#[test]
fn words_are_normalised() {
    assert_eq!(normalise("Korea’S"), "korea's");
    assert_eq!(normalise("”"), "\"");
    assert_eq!(normalise("``"), "\"");
    assert_eq!(normalise("Hong‑Kyun"), "hong-kyun");
    assert_eq!(normalise("İ"), "i\u{307}");
}

fn annotates(text: &str) {
    let document = document(text);
    let article = annotate(&document);
    assert_eq!(article.tags.len(), document.tokens.len());
    assert_eq!(article.lower.len(), document.tokens.len());
    assert_eq!(article.lemmas.len(), document.tokens.len());
    assert!(article.lemmas.iter().all(|lemma| !lemma.is_empty()));
}

proptest! {
    #[test]
    fn any_text_is_annotated(text in any::<String>()) {
        annotates(&text);
    }

    #[test]
    fn words_in_any_case_are_annotated(text in "([A-Za-zßİé’'-]{0,9}(s|ed|ing|ies|er|est|n't|'s)? ?){0,20}") {
        annotates(&text);
    }
}

#[test]
fn strings_that_break_things() {
    for text in [
        "",
        "\0",
        "\u{feff}",
        "\u{202e}evil\u{202c}",
        "Z\u{351}\u{36b}\u{343}a\u{32a}l\u{305}g\u{344}o",
        "👨‍👩‍👧‍👦🇰🇷🇰🇷🇰",
        "ﬁancé ǅ ß ſ İ ı",
        "田中さんにあげて下さい",
        "الكل في المجمو عة",
        "'''''\"\"\"\"``````",
        "….…?!?!..",
        "$HOME %s %n {0} <script>alert('x')</script>",
        "1e400 0x1F -∞ ½ ² Ⅷ ٣",
        "\u{200b}\u{200b}\u{2060}",
        "a\u{300}\u{300}\u{300}'s",
        "’s ’ ‘ “ ”",
        "http:// www. @ # . , a@ .com",
    ] {
        annotates(text);
        annotates(&text.repeat(500));
    }
}
