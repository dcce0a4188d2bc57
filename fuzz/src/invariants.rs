//! What holds of whatever was read and extracted.

use reportedly::document::{Block, Claim, Document, Quantity, Source};
use reportedly::error::Problem;
use reportedly::read::RawArticle;
use reportedly::span::Span;
use reportedly::table::Collection;

/// Asserts that `span` can be cut out of `text`.
pub fn lies(span: Span, text: &str) {
    let good = span.end() <= text.len() && text.is_char_boundary(span.start()) && text.is_char_boundary(span.end());
    assert!(good && span.start() <= span.end(), "{span:?} is no part of a text of {} bytes", text.len());
}

fn blocks(blocks: &[Block], text: &str) {
    let mut end = 0;
    for block in blocks {
        lies(block.span, text);
        assert!(end <= block.span.start(), "{:?} begins before the block before it ends", block.span);
        end = block.span.end();
    }
}

/// What is read of a file: something, and all of it in order.
pub fn read(articles: &[RawArticle], problems: &[Problem]) {
    for article in articles {
        blocks(&article.blocks, &article.text);
        assert!((0.0..=1.0).contains(&article.encoding_confidence));
        if let Some(page) = &article.page {
            let mut before = 0;
            for run in page.runs() {
                lies(run.text, &article.text);
                assert!(before <= run.text.start() && run.start <= run.end, "{run:?}");
                before = run.text.end();
            }
        }
        for date in &article.dates {
            date.span.into_iter().for_each(|span| lies(span, &article.text));
            assert!((0.0..=1.0).contains(&date.confidence));
        }
    }
    assert!(articles.windows(2).all(|pair| pair[0].id != pair[1].id), "two articles of one name");
    for problem in problems {
        assert!(!problem.kind.is_empty() && !problem.message.is_empty(), "{problem:?}");
    }
}

/// A document as `parse` leaves it.
pub fn document(document: &Document) {
    let text = document.text.as_str();
    blocks(&document.blocks, text);
    let (mut token, mut end) = (0, 0);
    for sentence in &document.sentences {
        lies(sentence.span, text);
        let block = document.blocks[sentence.block as usize].span;
        assert!(block.contains(sentence.span) && end <= sentence.span.start(), "{sentence:?}");
        end = sentence.span.end();
        assert!(sentence.first_token == token && token < sentence.last_token, "{sentence:?}");
        token = sentence.last_token;
        let mut end = sentence.span.start();
        for one in &document.tokens[sentence.tokens()] {
            lies(one.span, text);
            assert!(end <= one.span.start() && !one.span.is_empty(), "{one:?} in {sentence:?}");
            assert!(!document.written(one.span).is_empty(), "{one:?} stands nowhere");
            end = one.span.end();
        }
        assert!(end <= sentence.span.end(), "{sentence:?}");
    }
    assert_eq!(token as usize, document.tokens.len(), "tokens outside of sentences");
    let metadata = &document.metadata;
    let stated = [&metadata.title, &metadata.outlet, &metadata.byline, &metadata.dateline];
    let words = stated.into_iter().flatten().filter_map(|s| s.span);
    let dates = [&metadata.published, &metadata.modified].into_iter().flatten().filter_map(|s| s.span);
    words.chain(dates).for_each(|span| lies(span, text));
}

/// A figure.
pub fn quantity(quantity: &Quantity, text: &str) {
    lies(quantity.span, text);
    let ends = [quantity.low, quantity.high, quantity.value];
    assert!(ends.iter().flatten().all(|n| n.is_finite()), "{quantity:?}");
    assert!(quantity.low.zip(quantity.high).is_none_or(|(low, high)| low <= high), "{quantity:?}");
    quantity.counted.iter().for_each(|c| lies(c.span, text));
    quantity.partitive.iter().for_each(|p| lies(p.span, text));
    quantity.frame.as_of.iter().for_each(|t| lies(t.span, text));
    quantity.frame.predicate_span.into_iter().for_each(|span| lies(span, text));
}

/// A claim of a document.
pub fn claim(claim: &Claim, document: &Document) {
    let text = document.text.as_str();
    assert!((claim.sentence as usize) < document.sentences.len() && !claim.content_spans.is_empty());
    for spans in [&claim.source_spans, &claim.cue_spans, &claim.content_spans] {
        spans.iter().for_each(|span| lies(*span, text));
        assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{spans:?} overlap");
    }
    let sources: Vec<&Source> = claim.source.iter().chain(&claim.via).collect();
    sources.iter().flat_map(|s| &s.spans).for_each(|span| lies(*span, text));
    assert!(sources.iter().all(|s| !s.name.is_empty()), "a source without a name");
    claim.quantities.iter().for_each(|q| quantity(q, text));
    claim.times.iter().for_each(|t| lies(t.span, text));
    claim.places.iter().for_each(|p| lies(p.span, text));
    for predicate in &claim.predicates {
        lies(predicate.span, text);
        predicate.arguments.iter().for_each(|a| lies(a.span, text));
    }
    assert!((0.0..=1.0).contains(&claim.confidence), "{}", claim.confidence);
    let certainty = claim.certainty;
    assert!([certainty.value, certainty.cue, certainty.content].iter().all(|c| (-3.0..=3.0).contains(c)));
}

/// The claims of a collection, each as it stands in its text, counted in bytes and in code points.
pub fn claims(collection: &Collection) {
    let claims = collection.claims().expect("claims are known");
    assert!(claims.is_sorted_by_key(|c| c.document));
    for one in claims {
        let index = one.document as usize;
        let document = &collection.documents()[index];
        claim(one, document);
        let written = collection.slice(index, one.span());
        let (start, end) = collection.code_points(index, one.span());
        assert_eq!(end - start, written.chars().count(), "code points of {written:?}");
        assert!(document.decoded().chars().skip(start).take(end - start).eq(written.chars()));
    }
}
