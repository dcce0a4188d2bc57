//! Test vocabulary: a document written as `word`, `word/TAG` or `word/TAG/lemma`, so that a rule can be tested
//! without the tagger. Function words, marks, names and adverbs in "-ly" need no tag, other words without one are
//! singular nouns. A full stop, question mark or exclamation mark ends a sentence.

use std::borrow::Cow;

use crate::document::{Block, BlockKind, Document, Sentence, Tag, Token};
use crate::language::{Analysis, Annotated, analyse};
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
            let tag = match parts.next() {
                Some(name) => Tag::from_name(name).unwrap_or_else(|| panic!("no such tag: {item}")),
                None => guess(word),
            };
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            tokens.push(Token { span: Span::new(start, text.len()) });
            tags.push(tag);
            lemmas.push(parts.next().map_or_else(|| lemma(&word.to_lowercase(), tag), str::to_owned));
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
        let document = Document { id: "test".into(), text, blocks, sentences, tokens, ..Document::default() };
        Tagged { document, tags, lemmas }
    }

    /// The annotated document.
    pub(crate) fn annotated(&self) -> Annotated<'_> {
        let text = &self.document.text;
        let lower =
            self.document.tokens.iter().map(|t| t.span.of(text).to_lowercase().replace('’', "'")).collect();
        let mut annotated = Annotated {
            document: &self.document,
            tokens: Cow::Borrowed(&self.document.tokens),
            sentences: Cow::Borrowed(&self.document.sentences),
            tags: self.tags.clone(),
            lower,
            lemmas: self.lemmas.clone(),
            analysis: Analysis::default(),
        };
        annotated.analysis = analyse(&annotated);
        annotated
    }
}

/// The tag of a word whose tag the test leaves out.
fn guess(word: &str) -> Tag {
    let lower = word.to_lowercase();
    let listed = match lower.as_str() {
        "the" | "a" | "an" | "no" | "any" | "this" | "these" | "some" | "neither" => Tag::DT,
        "to" => Tag::TO,
        "not" | "n't" | "never" | "also" | "again" | "perhaps" | "yet" | "still" | "longer" | "hardly"
        | "only" => Tag::RB,
        "is" | "'s" | "has" | "does" => Tag::VBZ,
        "are" | "have" | "do" => Tag::VBP,
        "was" | "were" | "had" | "did" => Tag::VBD,
        "be" => Tag::VB,
        "been" => Tag::VBN,
        "being" | "having" => Tag::VBG,
        "will" | "would" | "can" | "could" | "may" | "might" | "must" | "should" | "shall" => Tag::MD,
        "he" | "she" | "it" | "they" | "we" | "i" | "you" | "them" | "him" => Tag::PRP,
        "its" | "his" | "their" | "our" | "her" => Tag::PRPS,
        "that" | "if" | "whether" | "of" | "in" | "on" | "for" | "from" | "with" | "by" | "without"
        | "unless" | "as" | "than" | "while" | "because" | "after" | "before" | "at" => Tag::IN,
        "and" | "or" | "nor" | "but" => Tag::CC,
        "who" => Tag::WP,
        "which" => Tag::WDT,
        "what" => Tag::WP,
        "why" | "how" | "when" | "where" => Tag::WRB,
        "there" => Tag::EX,
        "nobody" | "none" | "nothing" => Tag::NN,
        "," => Tag::Comma,
        "." | "?" | "!" => Tag::Period,
        "\"" | "“" => Tag::OpenQuote,
        "”" => Tag::CloseQuote,
        _ => Tag::XX,
    };
    if listed != Tag::XX {
        listed
    } else if word.starts_with(char::is_uppercase) {
        Tag::NNP
    } else if word.starts_with(|c: char| c.is_ascii_digit()) {
        Tag::CD
    } else if lower.ends_with("ly") {
        Tag::RB
    } else {
        Tag::NN
    }
}

/// The lemma of a regular form; irregular ones are written out in the test.
fn lemma(lower: &str, tag: Tag) -> String {
    let stem = match lower {
        "is" | "'s" | "are" | "was" | "were" | "been" | "being" => "be",
        "has" | "had" | "having" => "have",
        "does" | "did" => "do",
        "said" | "says" | "saying" => "say",
        _ => "",
    };
    if !stem.is_empty() {
        return stem.to_owned();
    }
    let strip = |suffix: &str| lower.strip_suffix(suffix);
    let known = |stem: String| crate::extract::cues::verb(&stem).map(|_| stem);
    match tag {
        Tag::VBD | Tag::VBN | Tag::VBG => {
            let Some(stem) = strip("ied")
                .map(|s| format!("{s}y"))
                .or_else(|| strip("ed").or_else(|| strip("ing")).map(str::to_owned))
            else {
                return lower.to_owned();
            };
            let single = stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)].to_owned();
            known(format!("{stem}e"))
                .or_else(|| known(stem.clone()))
                .or_else(|| known(single))
                .unwrap_or(stem)
        }
        Tag::VBZ | Tag::NNS => {
            strip("ies").map_or_else(|| strip("s").unwrap_or(lower).to_owned(), |s| format!("{s}y"))
        }
        _ => lower.to_owned(),
    }
}
