//! Bytes to text: paths, encodings, formats. The only stage that does I/O.

use jiff::civil::Date;

/// What `read` hands to `parse`: decoded text and what the format or the user says about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawArticle {
    /// Short name, unique in its corpus.
    pub id: String,
    /// Where it was read from, if from a file.
    pub path: Option<String>,
    /// Row in that file, for formats that have rows (0-based).
    pub row: Option<u64>,
    /// Name of the encoding it was decoded from.
    pub encoding: String,
    /// The decoded text, without byte order mark; line ends as in the file.
    pub text: String,
    /// How it is marked up.
    pub markup: Markup,
    /// Title given by the user or the format, not stated in the text.
    pub title: Option<String>,
    /// Publication date given by the user or the format.
    pub published: Option<Date>,
    /// Outlet given by the user or the format.
    pub outlet: Option<String>,
    /// Byline given by the user or the format.
    pub byline: Option<String>,
    /// Address given by the user or the format.
    pub url: Option<String>,
}

/// Mark-up of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    /// Plain text; Markdown headings and lists in it are still understood.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
}
