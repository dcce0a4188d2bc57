//! Whatever the text: every token has a tag, a lemma and a head in its sentence, every sentence is one tree, names lie
//! on tokens, and twice the text takes about twice the time.

use std::time::Instant;

use proptest::prelude::*;
use reportedly::document::{Deprel, Document};
use reportedly::language::{Analysis, analyse, annotate};
use reportedly::{parse, read};

/// The layer's view of `text`, checked.
fn checked(text: &str) -> (Document, Analysis) {
    let document = parse::parse(read::text("t", text));
    let annotated = annotate(&document);
    let analysis = analyse(&annotated);
    let count = document.tokens.len();
    assert_eq!(annotated.tags.len(), count);
    assert_eq!(annotated.lemmas.len(), count);
    assert_eq!(analysis.upos.len(), count);
    assert_eq!(analysis.heads.len(), count);
    assert_eq!(analysis.deprels.len(), count);
    assert!(annotated.lemmas.iter().all(|l| !l.is_empty()), "an empty lemma in {text:?}");
    drop(annotated);
    tiles(&document);
    trees(&document, &analysis);
    names(&document, &analysis);
    (document, analysis)
}

/// Between the tokens of a sentence, and between the sentences of a block, only what leaves no ink.
fn tiles(document: &Document) {
    let text = document.text.as_str();
    let blank = |from: usize, to: usize| {
        let between = &text[from..to];
        assert!(
            between.chars().all(|c| c.is_whitespace() || c.is_control() || is_format(c)),
            "lost: {between:?}"
        );
    };
    for sentence in &document.sentences {
        for pair in document.tokens[sentence.tokens()].windows(2) {
            blank(pair[0].span.end(), pair[1].span.start());
        }
    }
    let mut sentences = document.sentences.iter().peekable();
    for (index, block) in document.blocks.iter().enumerate() {
        let mut end = block.span.start();
        while let Some(sentence) = sentences.next_if(|s| s.block as usize == index) {
            blank(end, sentence.span.start());
            end = sentence.span.end();
        }
        blank(end, block.span.end());
    }
}

/// Invisible characters: joiners, marks of direction, soft hyphens.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn trees(document: &Document, analysis: &Analysis) {
    let text = &document.text;
    for sentence in &document.sentences {
        let tokens = sentence.tokens();
        let roots = tokens.clone().filter(|i| analysis.heads[*i].is_none()).count();
        assert_eq!(roots, 1, "roots in {:?} of {text:?}", sentence.span.of(text));
        // Every token reaches the root, in all in as many steps as there are tokens.
        let mut reaches = vec![false; tokens.len()];
        for i in tokens.clone() {
            assert_eq!(analysis.heads[i].is_none(), analysis.deprels[i] == Deprel::Root);
            let (mut at, mut way) = (i, Vec::new());
            while !reaches[at - tokens.start] {
                way.push(at - tokens.start);
                assert!(way.len() <= tokens.len(), "a cycle in {:?}", sentence.span.of(text));
                let Some(head) = analysis.heads[at] else { break };
                at = head as usize;
                assert!(tokens.contains(&at), "a head outside of {:?}", sentence.span.of(text));
            }
            for step in way {
                reaches[step] = true;
            }
        }
    }
}

fn names(document: &Document, analysis: &Analysis) {
    let mut end = 0;
    for name in &analysis.names {
        let (first, last) = (name.tokens.0 as usize, name.tokens.1 as usize);
        assert!(end <= first && first < last && last <= document.tokens.len(), "{name:?}");
        assert_eq!(document.tokens_span(first..last), name.span, "{name:?}");
        let inside = document.sentences.iter().any(|s| s.tokens().start <= first && last <= s.tokens().end);
        assert!(inside, "{name:?} is in no sentence");
        let title = name.title.map_or(name.span, |title| title);
        assert!(title == name.span || title.end() <= name.span.start(), "{name:?}");
        end = last;
    }
}

/// Pieces of sentences, so that chance meets tagger, parser and names with something to chew on.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "Vice Foreign Minister Kim Hong-kyun ",
        "said ",
        "that ",
        "the ",
        "soldiers ",
        "of North Korea ",
        "who had been sent ",
        "and ",
        ", ",
        ". ",
        "“",
        "” ",
        "(",
        ") ",
        "U.S. ",
        "Dr. ",
        "isn't ",
        "1,500 ",
        "$5bn ",
        "… ",
        "- ",
        "\n\n",
        "\0",
        "é",
        "\u{301}",
        "👩‍👩‍👧‍👦 ",
        "قال ",
        "東京",
        "'s ",
        "@x #y http://a.b/c?d ",
    ]);
    prop_oneof![6 => fixed.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[a-zA-Z ,.]{0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        checked(&text);
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(piece(), 0..80)) {
        checked(&pieces.concat());
    }
}

#[test]
fn the_same_text_gives_the_same() {
    let text = "The U.S. said on Friday that Kim Hong-kyun, who isn't a soldier, was sent. ".repeat(40);
    let (document, analysis) = checked(&text);
    assert!(!document.tokens.is_empty());
    assert_eq!(checked(&text).1, analysis);
}

#[test]
fn a_sentence_stands_for_itself() {
    let one = "The minister denied on Friday that soldiers were sent.";
    let alone = checked(one).1;
    let (document, both) = checked(&format!("{one}\n\n{one}"));
    let offset = document.sentences[1].first_token;
    assert_eq!(document.sentences[0].tokens().len(), alone.heads.len());
    for (i, head) in alone.heads.iter().enumerate() {
        assert_eq!(both.heads[i], *head);
        assert_eq!(both.heads[offset as usize + i], head.map(|h| h + offset));
    }
}

/// The least of several runs: noise only ever adds.
fn least(text: &str) -> f64 {
    let document = parse::parse(read::text("t", text));
    let run = || {
        let start = Instant::now();
        std::hint::black_box(analyse(&annotate(&document)));
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| run()).fold(f64::INFINITY, f64::min)
}

#[test]
fn twice_the_text_takes_twice_the_time() {
    checked("The soldiers said no.");
    let units = [
        "The minister said on Friday that soldiers of North Korea had been sent. ",
        // One sentence that never ends, of words, names, marks, quotations and brackets.
        "word ",
        "and Ann Lee ",
        "he said that ",
        ", ",
        "“",
        "(a ",
        "1,500 ",
        "x",
        "a-",
        "👩‍👩‍👧‍👦",
    ];
    for unit in units {
        let size = 5_000 / unit.len();
        let grows = || least(&unit.repeat(2 * size)) / least(&unit.repeat(size)).max(0.0005);
        // Quadratic time would be four times. A busy machine may disturb all runs of one size, but not again and again.
        assert!((0..3).any(|_| grows() < 3.0), "{unit:?}");
    }
}
