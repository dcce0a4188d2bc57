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
        path: None,
        row: None,
        encoding: "UTF-8".to_owned(),
        text: text.to_owned(),
        metadata: Metadata { published, ..Metadata::default() },
        blocks,
        sentences: all_sentences,
        tokens: all_tokens,
    }
}
