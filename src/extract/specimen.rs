//! Documents for tests, from a text with one block a line.

use jiff::civil::Date;

use crate::document::{Block, BlockKind, Document, Metadata, Sentence, Stated, Token};
use crate::parse::{sentences, tokens};
use crate::span::Span;

/// A document of paragraphs, published on `published` ("2024-10-25") if that is not empty.
pub(crate) fn document(text: &str, published: &str) -> Document {
    let (mut blocks, mut all_sentences, mut all_tokens) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if span.is_empty() {
            continue;
        }
        let block = blocks.len() as u32;
        blocks.push(Block { kind: BlockKind::Paragraph, span });
        let spans = tokens::tokenize(text, span);
        let first = all_tokens.len();
        for range in sentences::split(text, &spans) {
            let cover = spans[range.start].cover(spans[range.end - 1]);
            let (from, to) = ((first + range.start) as u32, (first + range.end) as u32);
            all_sentences.push(Sentence { span: cover, block, first_token: from, last_token: to });
        }
        all_tokens.extend(spans.into_iter().map(|span| Token { span }));
    }
    let published = published.parse::<Date>().ok().map(|value| Stated { value, span: None });
    Document {
        id: "specimen".to_owned(),
        text: text.to_owned(),
        metadata: Metadata { published, ..Metadata::default() },
        blocks,
        sentences: all_sentences,
        tokens: all_tokens,
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::{Context, place, quantity, time};
    use crate::language::annotate;

    /// Whatever the text, figures, times and places lie on character boundaries, in order.
    fn read(text: &str) {
        let document = document(text, "2024-10-25");
        let article = annotate(&document).compounded();
        let places = place::places(&article);
        let times = time::times(&article, Context::default());
        let quantities = quantity::quantities(&article, &places, &times);
        let ordered = |spans: Vec<Span>| {
            for span in &spans {
                assert!(!span.of(text).is_empty(), "{span:?}");
            }
            assert!(spans.windows(2).all(|w| w[0].end() <= w[1].start()), "{spans:?}");
        };
        ordered(places.iter().map(|p| p.span).collect());
        ordered(times.iter().map(|t| t.span).collect());
        ordered(quantities.iter().map(|q| q.span).collect());
        // what is read of some sentences alone is what is read of all
        let alone: Vec<Span> = super::super::values(&document).iter().map(|q| q.span).collect();
        assert_eq!(alone, quantities.iter().map(|q| q.span).collect::<Vec<_>>());
        assert_eq!(super::super::times(&document), times);
        for q in &quantities {
            assert!(q.low.is_none_or(f64::is_finite) && q.high.is_none_or(f64::is_finite), "{q:?}");
            assert!(q.low.zip(q.high).is_none_or(|(low, high)| low <= high), "{q:?}");
        }
        for t in &times {
            assert!(t.start.zip(t.end).is_none_or(|(start, end)| start < end), "{t:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text(text in any::<String>()) {
            read(&text);
        }

        #[test]
        fn newslike_text(words in proptest::collection::vec(prop_oneof![
            Just("1,500"), Just("2024"), Just("to"), Just("of"), Just("the"), Just("a"), Just("few"), Just("thousand"),
            Just("dozens"), Just("at"), Just("least"), Just("$"), Just("%"), Just("10-15"), Just("soldiers"), Just("'s"),
            Just("North"), Just("Korea"), Just("Korean"), Just("last"), Just("next"), Just("year"), Just("October"),
            Just("25"), Just("31"), Just("Monday"), Just("morning"), Just(","), Just("."), Just("9999"), Just("years"),
            Just("ago"), Just("later"), Just("half"), Just("and"), Just("million"), Just("-"), Just("per"), Just("cent"),
            Just("could"), Just("be"), Just("sent"), Just("every"), Just("5"), Just("p.m."), Just("1-1-1"), Just("0000-00-00"),
            Just("one"), Just("in"), Just("five"), Just("three-day"), Just("155mm"), Just("more"), Just("than"), Just("’90s"),
        ], 0..40)) {
            read(&words.join(" "));
        }
    }

    /// A second suffices for each, ten times over, unless the time grows with the square of the length.
    #[test]
    fn long_text_in_linear_time() {
        for unit in [
            "a",
            "1",
            "1,",
            "1 ",
            "a-",
            "North ",
            "1,500 soldiers ",
            "the ",
            "last ",
            "1 of ",
            "at least ",
            "-1",
            "$",
            "October ",
            "A-B-",
            "its 5 troops , ",
        ] {
            read(&unit.repeat(200_000 / unit.len()));
        }
    }
}
