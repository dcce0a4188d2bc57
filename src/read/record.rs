//! One article as its file holds it, before it is decoded.
//!
//! A reader of a format goes through its file in order and hands out records: what must be done in order is done
//! there, and no more. Decoding, and turning pages into text, is done for many records at once.

use std::ops::ControlFlow;

use jiff::civil::Date;

use crate::error::Problem;

/// One article of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Record {
    pub(super) content: Content,
    pub(super) media: Media,
    /// What its file was decoded from and how sure that is, if the reader decoded it.
    pub(super) encoding: Option<(&'static str, f32)>,
    /// The file inside of an archive that it was read from, with the archive's name before it.
    pub(super) member: Option<String>,
    /// Its place among the articles of the file, from 0, for formats that hold several.
    pub(super) row: Option<u64>,
    /// What the format says about it.
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) modified: Option<Date>,
    pub(super) outlet: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) url: Option<String>,
}

/// Bytes, or text if the format says how its bytes are to be decoded (JSON, Parquet).
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Text(String),
    /// With the character set that the format states, if it does (the charset of a mail or of an HTTP header).
    Bytes(Vec<u8>, Option<String>),
}

impl Content {
    pub(super) fn len(&self) -> usize {
        match self {
            Content::Text(text) => text.len(),
            Content::Bytes(bytes, _) => bytes.len(),
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Content::Text(String::new())
    }
}

/// What the content is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Media {
    #[default]
    Plain,
    Markdown,
    /// A web page: the article is looked for in it.
    Page,
    /// A piece of HTML that is the article: the body of a feed's entry, a mail's HTML part.
    Fragment,
}

/// Where a reader puts what it finds, in order. It stops when it is told to.
pub(super) type Out<'a> = dyn FnMut(Result<Record, Problem>) -> ControlFlow<()> + 'a;
