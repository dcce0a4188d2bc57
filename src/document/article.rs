//! A document: text, and what was found in it, as spans.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::original::Original;
use super::page::PageMap;
use crate::span::Span;

/// One article. Everything else points into `text`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Short name, unique in its corpus: the file's stem, or what the user gave.
    pub id: String,
    /// Where it was read from, if from a file.
    pub path: Option<String>,
    /// Row in that file, for formats that have rows.
    pub row: Option<u64>,
    /// Name of the encoding it was decoded from, as in the WHATWG standard ("UTF-8", "windows-1252").
    pub encoding: String,
    /// How sure that is, from 0 to 1.
    pub encoding_confidence: f32,
    /// The text that is analysed: the decoded text, or a view of it that is easier to read (see `original`).
    pub text: String,
    /// The decoded text, where `text` is a repaired view of it. All spans of a document are spans of `text`;
    /// [`Document::written`] says what stands under them in the original.
    pub original: Option<Original>,
    /// Title, date, outlet, byline: stated in the text or given by the user.
    pub metadata: Metadata,
    /// Blocks, in order, not overlapping; only white space and mark-up lies between them.
    pub blocks: Vec<Block>,
    /// Sentences, in order, each inside one block.
    pub sentences: Vec<Sentence>,
    /// Tokens, in order, each inside one sentence.
    pub tokens: Vec<Token>,
    /// Where the decoded text stands in the web page that it was taken from, if it was.
    pub page: Option<PageMap>,
}

impl Document {
    /// The outlet's name if known, otherwise the document's id: who vouches for what nobody else does.
    #[must_use]
    pub fn outlet_or_id(&self) -> &str {
        self.metadata.outlet.as_ref().map_or(&self.id, |o| &o.value)
    }

    /// Whether claims are sought in it: not if it is surely in another language than English as a whole.
    #[must_use]
    pub fn is_read(&self) -> bool {
        let english = self.metadata.language.as_deref().is_none_or(|language| language == "en");
        english || self.blocks.iter().any(|b| b.kind == BlockKind::Foreign)
    }

    /// The file it was read from, or its id: where to look for it.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.path.as_deref().unwrap_or(&self.id)
    }

    /// Publication date, if stated or given.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        self.metadata.published.as_ref().map(|p| p.value)
    }

    /// The text as it was decoded. Never modified.
    #[must_use]
    pub fn decoded(&self) -> &str {
        self.original.as_ref().map_or(&self.text, Original::text)
    }

    /// Where `span` of `text` stands in the text as it was decoded.
    #[must_use]
    pub fn in_decoded(&self, span: Span) -> Span {
        self.original.as_ref().map_or(span, |original| original.span(span))
    }

    /// What was written where `span` of `text` stands.
    #[must_use]
    pub fn written(&self, span: Span) -> &str {
        self.in_decoded(span).of(self.decoded())
    }

    /// Gives back the room that its lists took to grow.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.sentences.shrink_to_fit();
        self.tokens.shrink_to_fit();
    }

    /// Byte span of a range of tokens (must not be empty).
    #[must_use]
    pub fn tokens_span(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start(), self.tokens[tokens.end - 1].span.end())
    }
}

/// What is known of the document as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Headline.
    pub title: Option<Stated<String>>,
    /// Publication date.
    pub published: Option<Stated<Date>>,
    /// When it was last changed.
    pub modified: Option<Stated<Date>>,
    /// Every date that text or format state of the article as a whole, from the best to the worst.
    pub dates: Vec<DateCandidate>,
    /// Publisher: newspaper, agency, site.
    pub outlet: Option<Stated<String>>,
    /// Author or authors, as written, without "By".
    pub byline: Option<Stated<String>>,
    /// Place of the dateline ("SEOUL" in "SEOUL, Oct 25 (Yonhap) --").
    pub dateline: Option<Stated<String>>,
    /// Address of the article.
    pub url: Option<String>,
    /// Language, as an ISO 639-1 code.
    pub language: Option<String>,
}

/// A value and where the text states it (`None` if the user gave it).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Where it stands in the text.
    pub span: Option<Span>,
}

/// A date that could be the article's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateCandidate {
    /// The day.
    pub date: Date,
    /// What states it.
    pub kind: DateKind,
    /// Whether it says when the article was changed, and not when it was published.
    pub modified: bool,
    /// Where the text states it.
    pub span: Option<Span>,
    /// How likely it is the day of publication, from 0 to 1: what the model of lines says; for what a page states
    /// otherwise, about how often that kind was right on the pages that the kinds were ordered by.
    pub confidence: f32,
}

/// What states a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DateKind {
    /// The user, a table's column, a mail's or a feed's header.
    Given,
    /// A `NewsArticle` of schema.org in JSON-LD.
    JsonLd,
    /// A meta element of a page (Open Graph, Dublin Core, …).
    Meta,
    /// A `time` element, or microdata.
    Time,
    /// The address of the page.
    Url,
    /// A line of the text.
    Line,
}

impl DateKind {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            DateKind::Given => "given",
            DateKind::JsonLd => "json_ld",
            DateKind::Meta => "meta",
            DateKind::Time => "time",
            DateKind::Url => "url",
            DateKind::Line => "line",
        }
    }
}

/// A line or paragraph with its function in the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its function.
    pub kind: BlockKind,
    /// Its text, without mark-up such as `### ` or `- `.
    pub span: Span,
}

/// Functions of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// Headline of the article.
    Title,
    /// Line under the headline that sums the article up.
    Deck,
    /// Author line.
    Byline,
    /// Line that gives date or place of the article.
    Dateline,
    /// Section heading.
    Heading,
    /// Running text.
    Paragraph,
    /// Item of a list.
    ListItem,
    /// Block quotation (Markdown `>`).
    Quote,
    /// Text under a picture.
    Caption,
    /// Pointer to another article: its headline, its first lines, "Read more".
    Teaser,
    /// Menus, buttons, breadcrumbs, lists of links.
    Navigation,
    /// What readers wrote, and the form to write it in.
    Comment,
    /// Legal and technical notices, advertisements, requests to subscribe, notes about the author.
    Notice,
    /// Running text in another language than English: nothing is sought in it.
    Foreign,
}

impl BlockKind {
    /// Whether attributions are sought in it: running text, headlines, captions.
    #[must_use]
    pub fn may_attribute(self) -> bool {
        use BlockKind::{Caption, Deck, Heading, Title};
        self.is_prose() || matches!(self, Title | Deck | Heading | Caption)
    }

    /// Whether it is running text.
    #[must_use]
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote)
    }

    /// Whether it is on the page but not of the article.
    #[must_use]
    pub fn is_furniture(self) -> bool {
        use BlockKind::{Comment, Navigation, Notice, Teaser};
        matches!(self, Teaser | Navigation | Comment | Notice)
    }

    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Deck => "deck",
            BlockKind::Byline => "byline",
            BlockKind::Dateline => "dateline",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list_item",
            BlockKind::Quote => "quote",
            BlockKind::Caption => "caption",
            BlockKind::Teaser => "teaser",
            BlockKind::Navigation => "navigation",
            BlockKind::Comment => "comment",
            BlockKind::Notice => "notice",
            BlockKind::Foreign => "foreign",
        }
    }
}

/// A sentence of one block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its text, without white space at the edges.
    pub span: Span,
    /// Index of its block.
    pub block: u32,
    /// First token.
    pub first_token: u32,
    /// One past its last token.
    pub last_token: u32,
}

impl Sentence {
    /// Its tokens, as indices into `Document::tokens`.
    #[must_use]
    pub fn tokens(&self) -> Range<usize> {
        self.first_token as usize..self.last_token as usize
    }
}

/// A word, number, or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its text.
    pub span: Span,
}
