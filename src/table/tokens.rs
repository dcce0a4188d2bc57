//! The table of tokens of one document.
//!
//! | column | what |
//! |---|---|
//! | `token` | position in the document's tokens |
//! | `sentence` | position of its sentence in the document's sentences |
//! | `text`, `lemma` | as written; dictionary form |
//! | `upos`, `xpos` | part of speech: universal, and of the Penn Treebank |
//! | `head`, `deprel` | `token` of the word that it depends on (null for the root of a sentence), and how |
//! | `entity` | IOB2: `B-PER` begins a name, `I-PER` goes on with it, `O` is outside of names |
//! | `start`, `end` | where it stands |
//!
//! Parts of speech and relations are those of [Universal Dependencies](https://universaldependencies.org/en/), version
//! 2; sorts of names those of CoNLL-2003 (Tjong Kim Sang and De Meulder 2003), in the IOB2 encoding (Tjong Kim Sang
//! and Veenstra 1999).

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use super::Collection;
use super::columns::{Columns, batch_rows};
use crate::document::{Deprel, Document, Name, NameKind, Tag, Upos};
use crate::language::{Analysis, annotate};

/// What the language layer says of one document, token by token, without borrowing the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    tags: Vec<Tag>,
    lemmas: Vec<String>,
    /// First token of each sentence.
    sentences: Vec<u32>,
    analysis: Analysis,
}

impl Words {
    /// Tags, lemmas, trees and names of `document`.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let mut annotated = annotate(document);
        annotated.analysis.states = Vec::new();
        let sentences = document.sentences.iter().map(|s| s.first_token).collect();
        Words { tags: annotated.tags, lemmas: annotated.lemmas, sentences, analysis: annotated.analysis }
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// Names, in order.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.analysis.names
    }

    /// Lemma of token `i`.
    #[must_use]
    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    /// Universal part of speech of token `i`.
    #[must_use]
    pub fn upos(&self, i: usize) -> Upos {
        self.analysis.upos[i]
    }

    /// Penn tag of token `i`.
    #[must_use]
    pub fn xpos(&self, i: usize) -> Tag {
        self.tags[i]
    }

    /// Head of token `i`; `None` for the root of a sentence.
    #[must_use]
    pub fn head(&self, i: usize) -> Option<usize> {
        self.analysis.heads[i].map(|h| h as usize)
    }

    /// Relation of token `i` to its head.
    #[must_use]
    pub fn deprel(&self, i: usize) -> Deprel {
        self.analysis.deprels[i]
    }

    /// Index of the sentence of token `i`.
    #[must_use]
    pub fn sentence(&self, i: usize) -> usize {
        self.sentences.partition_point(|first| *first as usize <= i).saturating_sub(1)
    }

    /// Whether token `i` begins a name, goes on with one, or is outside of names, in the IOB2 encoding.
    #[must_use]
    pub fn entity(&self, i: usize) -> &'static str {
        let names = &self.analysis.names;
        let begun = names.partition_point(|name| name.tokens.0 as usize <= i);
        match begun.checked_sub(1).map(|last| &names[last]) {
            Some(name) if i < name.tokens.1 as usize => iob(name.kind, i == name.tokens.0 as usize),
            _ => "O",
        }
    }
}

fn iob(kind: NameKind, begins: bool) -> &'static str {
    match (kind, begins) {
        (NameKind::Person, true) => "B-PER",
        (NameKind::Person, false) => "I-PER",
        (NameKind::Organization, true) => "B-ORG",
        (NameKind::Organization, false) => "I-ORG",
        (NameKind::Location, true) => "B-LOC",
        (NameKind::Location, false) => "I-LOC",
        (NameKind::Other, true) => "B-MISC",
        (NameKind::Other, false) => "I-MISC",
    }
}

/// The columns of the table.
#[must_use]
pub fn schema() -> SchemaRef {
    batch(&Collection::default(), 0, &Words::default(), &[]).schema()
}

/// The tokens at `rows` of document `index`, made batch by batch as they are asked for.
///
/// # Panics
/// If a row is past the last token, or `words` are of another document.
pub fn batches<C, W, R>(collection: C, index: usize, words: W, rows: R) -> impl Iterator<Item = RecordBatch>
where
    C: AsRef<Collection>,
    W: AsRef<Words>,
    R: AsRef<[u32]>,
{
    let mut next = 0;
    std::iter::from_fn(move || {
        let (collection, words) = (collection.as_ref(), words.as_ref());
        let rest = rows.as_ref().get(next..).filter(|rest| !rest.is_empty())?;
        let tokens = &collection.documents()[index].tokens;
        let count = batch_rows(rest.iter().map(|row| tokens[*row as usize].span.len()));
        next += count;
        Some(batch(collection, index, words, &rest[..count]))
    })
}

fn batch(collection: &Collection, index: usize, words: &Words, rows: &[u32]) -> RecordBatch {
    let each = || rows.iter().map(|row| *row as usize);
    let spans = || each().map(|i| collection.documents()[index].tokens[i].span);
    let places: Vec<(usize, usize)> = spans().map(|s| collection.code_points(index, s)).collect();
    Columns::default()
        .count("token", each())
        .count("sentence", each().map(|i| words.sentence(i)))
        .word("text", spans().map(|s| collection.slice(index, s)))
        .word("lemma", each().map(|i| words.lemma(i)))
        .word("upos", each().map(|i| words.upos(i).as_str()))
        .word("xpos", each().map(|i| words.xpos(i).as_str()))
        .counts("head", each().map(|i| words.head(i)))
        .word("deprel", each().map(|i| words.deprel(i).as_str()))
        .word("entity", each().map(|i| words.entity(i)))
        .count("start", places.iter().map(|p| p.0))
        .count("end", places.iter().map(|p| p.1))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, read, span::Span};

    fn words(names: &[(u32, u32, NameKind)], tokens: usize, sentences: &[u32]) -> Words {
        let name = |&(first, last, kind): &(u32, u32, NameKind)| Name {
            span: Span::new(0, 0),
            tokens: (first, last),
            kind,
            title: None,
        };
        let analysis = Analysis { names: names.iter().map(name).collect(), ..Analysis::default() };
        let tags = vec![Tag::NN; tokens];
        Words { tags, lemmas: Vec::new(), sentences: sentences.to_vec(), analysis }
    }

    #[test]
    fn names_side_by_side_begin_anew() {
        let words =
            words(&[(1, 3, NameKind::Person), (3, 4, NameKind::Person), (5, 6, NameKind::Other)], 7, &[0]);
        let entities: Vec<&str> = (0..words.len()).map(|i| words.entity(i)).collect();
        assert_eq!(entities, ["O", "B-PER", "I-PER", "B-PER", "O", "B-MISC", "O"]);
    }

    #[test]
    fn tokens_know_their_sentence() {
        let words = words(&[], 5, &[0, 1, 4]);
        let sentences: Vec<usize> = (0..words.len()).map(|i| words.sentence(i)).collect();
        assert_eq!(sentences, [0, 1, 1, 1, 2]);
    }

    #[test]
    fn a_document_without_tokens_has_all_columns() {
        let document = parse::parse(read::text("t", "\n"));
        let words = Words::new(&document);
        assert!(words.is_empty() && words.names().is_empty());
        let names: Vec<String> = schema().fields().iter().map(|f| f.name().clone()).collect();
        let columns = "token sentence text lemma upos xpos head deprel entity start end";
        assert_eq!(names.join(" "), columns);
    }
}
