//! Test vocabulary: a document written as `word/TAG` or `word/TAG/lemma`, so that a rule can be tested without the
//! tagger. A full stop, question mark or exclamation mark with the tag `.` ends a sentence.

use crate::document::{Block, BlockKind, Document, Metadata, Sentence, Tag, Token};
use crate::language::Annotated;
use crate::span::Span;

/// A document with the tags and lemmas that the test gave.
pub(crate) struct Tagged {
    document: Document,
    tags: Vec<Tag>,
    lemmas: Vec<String>,
}

impl Tagged {
    /// Builds the document. Words are separated by single spaces.
    pub(crate) fn new(source: &str) -> Tagged {
        let (mut text, mut tokens, mut tags, mut lemmas) =
            (String::new(), Vec::new(), Vec::new(), Vec::new());
        let mut ends = Vec::new();
        for item in source.split_whitespace() {
            let mut parts = item.split('/');
            let word = parts.next().expect("split yields at least one part");
            let tag = parts.next().and_then(Tag::from_name).unwrap_or_else(|| panic!("no tag in {item}"));
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            tokens.push(Token { span: Span::new(start, text.len()) });
            tags.push(tag);
            lemmas.push(parts.next().map_or_else(|| word.to_lowercase(), str::to_owned));
            if tag == Tag::Period {
                ends.push(tokens.len());
            }
        }
        if ends.last() != Some(&tokens.len()) {
            ends.push(tokens.len());
        }
        let mut first = 0;
        let mut sentences = Vec::new();
        for end in ends.into_iter().filter(|&end| end > 0) {
            let span = tokens[first].span.cover(tokens[end - 1].span);
            sentences.push(Sentence { span, block: 0, first_token: first as u32, last_token: end as u32 });
            first = end;
        }
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
        let metadata = Metadata::default();
        let document = Document {
            id: "test".into(),
            path: None,
            row: None,
            encoding: "UTF-8".into(),
            text,
            metadata,
            blocks,
            sentences,
            tokens,
        };
        Tagged { document, tags, lemmas }
    }

    /// The annotated document.
    pub(crate) fn annotated(&self) -> Annotated<'_> {
        let text = &self.document.text;
        let lower =
            self.document.tokens.iter().map(|t| t.span.of(text).to_lowercase().replace('’', "'")).collect();
        Annotated { document: &self.document, tags: self.tags.clone(), lower, lemmas: self.lemmas.clone() }
    }
}
