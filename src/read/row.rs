//! From the fields of a row to a record: what tables, JSON and columnar files have in common.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use encoding_rs::Encoding;
use jiff::civil::Date;
use regex::Regex;

use super::fields::{Choice, FieldMap, Part};
use super::record::{Content, Media, Out, Record};
use super::stamp;
use crate::error::Problem;

/// What stands in one field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    /// Text whose encoding is still to be found.
    Bytes(Cow<'a, [u8]>),
    Number(f64),
    Whole(i64),
    /// Of formats that have a type for it.
    #[cfg_attr(not(feature = "arrow"), allow(dead_code))]
    Date(Date),
    /// A list: of authors, of paragraphs.
    Texts(Vec<String>),
}

impl Cell<'_> {
    /// As one line: a title, a name.
    fn line(&self) -> Option<String> {
        let text = match self {
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Bytes(bytes) => String::from_utf8_lossy(bytes).trim().to_owned(),
            Cell::Texts(texts) => {
                texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ")
            }
            Cell::Number(n) => n.to_string(),
            Cell::Whole(n) => n.to_string(),
            Cell::Nothing | Cell::Date(_) => return None,
        };
        (!is_nothing(&text)).then_some(text)
    }

    /// As an article's text; `None` if there is nothing but white space or a word for nothing.
    fn content(self) -> Option<Content> {
        match self {
            Cell::Text(text) if !is_nothing(text.trim()) => Some(Content::Text(text.into_owned())),
            Cell::Bytes(bytes) if !bytes.trim_ascii().is_empty() => {
                Some(match String::from_utf8(bytes.into_owned()) {
                    Ok(text) if is_nothing(text.trim()) => return None,
                    Ok(text) => Content::Text(text),
                    Err(e) => Content::Bytes(e.into_bytes(), None),
                })
            }
            Cell::Texts(texts) if texts.iter().any(|t| !t.trim().is_empty()) => {
                Some(Content::Text(texts.join("\n\n")))
            }
            _ => None,
        }
    }

    /// As a day: `Ok(None)` if nothing is stated, the text if it is no date.
    fn day(&self) -> Result<Option<Date>, String> {
        match self {
            Cell::Nothing => Ok(None),
            Cell::Date(date) => Ok(Some(*date)),
            Cell::Number(n) if n.is_nan() => Ok(None),
            Cell::Number(n) => stamp::epoch(*n).map(Some).ok_or_else(|| n.to_string()),
            Cell::Whole(n) => stamp::epoch(*n as f64).map(Some).ok_or_else(|| n.to_string()),
            Cell::Text(_) | Cell::Bytes(_) | Cell::Texts(_) => match self.line() {
                None => Ok(None),
                Some(text) => stamp::day(&text).map(Some).ok_or(text),
            },
        }
    }
}

/// Words that programs write where there is no value.
fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "" | "NaN" | "nan" | "None" | "null" | "NULL" | "N/A" | "NA" | "<NA>" | "\\N" | "NaT" | "-"
    )
}

/// What is longer is no name.
const LONGEST_ID: usize = 200;

/// Makes records of rows, and reports what is lacking: once a file what is so in every row.
pub(super) struct Rows<'a> {
    name: &'a str,
    map: &'a FieldMap,
    /// What the file was decoded from, if not from UTF-8.
    encoding: Option<(&'static str, f32)>,
    /// Rows in which no field holds a text, and the first of them.
    lacking: u64,
    truncated: bool,
    ragged: u64,
    /// For each part whose field the user named: the fields of the first row, as long as none had it.
    missing: Vec<(Part, String)>,
    any: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(name: &'a str, map: &'a FieldMap) -> Self {
        Rows {
            name,
            map,
            encoding: None,
            lacking: 0,
            truncated: false,
            ragged: 0,
            missing: Vec::new(),
            any: false,
        }
    }

    /// The same for a file that was decoded on the way.
    pub(super) fn decoded(self, from: Option<(&'static Encoding, f32)>) -> Self {
        Rows { encoding: from.map(|(encoding, confidence)| (encoding.name(), confidence)), ..self }
    }

    /// The record of a row.
    pub(super) fn record<'c, S: AsRef<str>>(
        &mut self,
        row: Option<u64>,
        names: &[S],
        choice: &Choice,
        mut cell: impl FnMut(usize) -> Cell<'c>,
        out: &mut Out<'_>,
    ) -> ControlFlow<()> {
        if choice.fields(Part::Text).is_empty() {
            return self.no_text(row, names, out);
        }
        if !self.any {
            self.any = true;
            self.missing = self.map.named().map(|(part, _)| (part, listed(names))).collect();
        }
        self.missing.retain(|(part, _)| choice.fields(*part).is_empty());
        let place = place(row, self.name);
        let Some(content) = choice.fields(Part::Text).iter().find_map(|field| cell(*field).content()) else {
            let message = format!("{place} was skipped: its text is empty");
            return out(Err(Problem::read(self.name, "empty", message, "").at(row)));
        };
        let mut line = |part| choice.fields(part).iter().find_map(|field| cell(*field).line());
        let mut record = Record {
            media: media(&content),
            row,
            encoding: self.encoding,
            id: line(Part::Id).filter(|id| id.len() <= LONGEST_ID && !id.contains(['\r', '\n'])),
            title: line(Part::Title),
            outlet: line(Part::Outlet),
            byline: line(Part::Byline),
            url: line(Part::Url),
            content,
            ..Record::default()
        };
        for part in [Part::Published, Part::Modified] {
            let mut unread = None;
            for field in choice.fields(part) {
                match cell(*field).day() {
                    Ok(None) => {}
                    Ok(date) => {
                        if part == Part::Published {
                            record.published = date
                        } else {
                            record.modified = date
                        }
                        unread = None;
                        break;
                    }
                    Err(text) => unread = unread.or(Some((names.get(*field), text))),
                }
            }
            if let Some((field, text)) = unread {
                let field = field.map_or("", |f| f.as_ref());
                let message = format!("{place}: `{}` in field `{field}` is no date", shortened(&text));
                let advice = "write it as 2024-10-26";
                out(Err(Problem::read(self.name, "date", message, advice).at(row).warning()))?;
            }
        }
        if !self.truncated && is_truncated(&record.content) {
            self.truncated = true;
            let message =
                format!("{place} and perhaps others are cut off (`[+… chars]`): the rest is not in the file");
            let advice = "fetch the whole articles by their addresses";
            out(Err(Problem::read(self.name, "truncated", message, advice).at(row).warning()))?;
        }
        out(Ok(record))
    }

    /// A row whose number of fields is not that of the header; it was used as far as it goes.
    pub(super) fn ragged(
        &mut self,
        row: u64,
        fields: usize,
        expected: usize,
        out: &mut Out<'_>,
    ) -> ControlFlow<()> {
        self.ragged += 1;
        if self.ragged > 1 {
            return ControlFlow::Continue(());
        }
        let message = format!("{} has {fields} fields, not {expected}", place(Some(row), self.name));
        let advice = "fields that contain the delimiter or a line end must be quoted";
        out(Err(Problem::read(self.name, "format", message, advice).at(Some(row)).warning()))
    }

    /// A row without a field for its text.
    pub(super) fn no_text<S: AsRef<str>>(
        &mut self,
        row: Option<u64>,
        names: &[S],
        out: &mut Out<'_>,
    ) -> ControlFlow<()> {
        self.lacking += 1;
        if self.lacking > 1 {
            return ControlFlow::Continue(());
        }
        let place = place(row, self.name);
        let (what, field) = match &self.map.text {
            Some(field) => (format!("{place} has no field `{field}`"), "another"),
            None => (format!("{place} has no field that is known to hold a text"), "it"),
        };
        let message = format!("{what}; there are: {}", listed(names));
        let advice = format!("name {field}: fields={{\"text\": \"…\"}}");
        out(Err(Problem::read(self.name, "field", message, advice).at(row)))
    }

    /// To be called after the last row: how often what was said once was so.
    pub(super) fn finish(&self, out: &mut Out<'_>) -> ControlFlow<()> {
        for (part, names) in &self.missing {
            let (field, part) = (self.map.get(*part).unwrap_or_default(), part.name());
            let message =
                format!("`{}` has no field `{field}` for the {part}; there are: {names}", self.name);
            out(Err(Problem::read(self.name, "field", message, "name one of these").warning()))?;
        }
        if self.lacking > 1 {
            let rows = more(self.lacking);
            let message = format!("{rows} of `{}` without a field for the text", self.name);
            out(Err(Problem::read(self.name, "field", message, "name one: fields={\"text\": \"…\"}")))?;
        }
        if self.ragged > 1 {
            let rows = more(self.ragged);
            let message = format!("{rows} of `{}` with too few or too many fields", self.name);
            out(Err(Problem::read(self.name, "format", message, "").warning()))?;
        }
        ControlFlow::Continue(())
    }
}

/// All rows of a sort but the first, which was told of.
fn more(rows: u64) -> String {
    match rows - 1 {
        1 => "1 more row".to_owned(),
        n => format!("{n} more rows"),
    }
}

/// Where something is, for a message.
pub(super) fn place(row: Option<u64>, name: &str) -> String {
    match row {
        Some(row) => format!("row {row} of `{name}`"),
        None => format!("`{name}`"),
    }
}

fn listed<S: AsRef<str>>(names: &[S]) -> String {
    /// More names than these say no more.
    const MOST: usize = 30;
    let mut list: Vec<String> =
        names.iter().take(MOST).map(|name| format!("`{}`", shortened(name.as_ref()))).collect();
    if names.len() > MOST {
        list.push(format!("and {} more", names.len() - MOST));
    }
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}

/// A piece of a text that is short enough for a message.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|article|section|figure|table|tr|td)(?:\s[^<>]*)?/?>|<a\s[^<>]*href[^<>]*>")
        .expect("a fixed pattern")
});
static PAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)<(?:html|body|head)[\s>]").expect("a fixed pattern"));

/// Whether a text is plain, a piece of HTML, or a whole page.
pub(super) fn media(content: &Content) -> Media {
    /// Mark-up shows early.
    const SAMPLE: usize = 1 << 14;
    let bytes = match content {
        Content::Text(text) => text.as_bytes(),
        Content::Bytes(bytes, _) => bytes,
    };
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SAMPLE)]);
    if !head.contains('<') {
        Media::Plain
    } else if head.trim_start().starts_with('<') && PAGE.is_match(&head) {
        Media::Page
    } else if TAG.is_match(&head) {
        Media::Fragment
    } else {
        Media::Plain
    }
}

/// NewsAPI hands out the first 200 characters and says how many are missing.
fn is_truncated(content: &Content) -> bool {
    let Content::Text(text) = content else { return false };
    let end = text.trim_end();
    let Some(end) = end.strip_suffix(" chars]") else { return false };
    let digits = end.trim_end_matches(|c: char| c.is_ascii_digit());
    digits.len() < end.len() && digits.ends_with("[+")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Media {
        media(&Content::Text(text.to_owned()))
    }

    #[test]
    fn plain_text_stays_plain() {
        for text in
            ["Troops < 3,000, he said.", "a <b and c> d", "<quote>", "he wrote <kim@example.org>", "x <- y"]
        {
            assert_eq!(of(text), Media::Plain, "{text}");
        }
    }

    #[test]
    fn markup() {
        assert_eq!(of("<p>Seoul said no.</p>"), Media::Fragment);
        assert_eq!(of("Seoul said no.<br/>Then yes."), Media::Fragment);
        assert_eq!(of("See <a href=\"x\">this</a>"), Media::Fragment);
        assert_eq!(of("<!DOCTYPE html>\n<html lang=en><p>x"), Media::Page);
    }

    #[test]
    fn truncation() {
        let is = |text: &str| is_truncated(&Content::Text(text.to_owned()));
        assert!(!is("He counted 12 chars]"));
        assert!(!is("and so on…"));
        assert!(is("Seoul said on Friday that… [+1234 chars]"));
    }
}
