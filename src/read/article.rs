//! From a record to an article: decoded, and taken out of its page.

use std::fmt::Display;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use encoding_rs::UTF_8;

use super::encoding::{self, Decoded, Forced};
use super::record::{Content, Media, Record};
use super::{Markup, RawArticle, ReadOptions, html, identity};
use crate::document::PageMap;
use crate::error::Problem;

/// Decodes a record; a problem beside the article if that could not be done cleanly.
pub(super) fn decode(
    name: &str,
    record: Record,
    options: &ReadOptions,
    forced: Forced,
) -> (Option<RawArticle>, Vec<Problem>) {
    let limit = options.article_limit();
    let row = record.row;
    let name = record.member.as_deref().unwrap_or(name);
    let lost = |problem: Problem| (None, vec![problem.at(row)]);
    let place = match row {
        Some(row) => format!("row {row} of `{name}`"),
        None => format!("`{name}`"),
    };
    if record.content.len() as u64 > limit {
        return lost(too_large(name, Some(record.content.len() as u64), limit));
    }
    let (decoded, bytes) = match record.content {
        Content::Text(text) => {
            let (encoding, confidence) = record.encoding.unwrap_or(("UTF-8", 1.0));
            (Decoded { encoding: encoding.to_owned(), confidence, ..Decoded::stated(text) }, None)
        }
        Content::Bytes(bytes, charset) => {
            let is_page = record.media == Media::Page;
            let charset = charset.or_else(|| is_page.then(|| html::declared_charset(&bytes)).flatten());
            match encoding::decode(&bytes, forced, charset.as_deref()) {
                Ok(decoded) => (decoded, Some(bytes)),
                Err(what) => {
                    let message = format!("{place} was skipped: it is {what}, not text");
                    return lost(Problem::read(name, "binary", message, "convert it to text first"));
                }
            }
        }
    };
    if decoded.text.len() > u32::MAX as usize {
        return lost(too_large(name, Some(decoded.text.len() as u64), limit));
    }
    if decoded.text.trim().is_empty() {
        let message = format!("{place} was skipped: it holds nothing but white space");
        return lost(Problem::read(name, "empty", message, ""));
    }
    let mut problems = Vec::new();
    if let Some(at) = decoded.first_bad {
        let message = format!(
            "{place} is not valid {}: byte {at} and perhaps others were replaced by U+FFFD",
            decoded.encoding
        );
        let advice = "if this is the wrong encoding, name the right one";
        problems.push(Problem::read(name, "encoding", message, advice).at(row).warning());
    }
    let mut article = RawArticle {
        id: record.id.unwrap_or_else(|| match row {
            Some(row) => format!("{}-{}", identity::stem(Path::new(name)), row + 1),
            None => identity::stem(Path::new(name)),
        }),
        path: Some(name.to_owned()),
        row,
        encoding: decoded.encoding,
        encoding_confidence: decoded.confidence,
        text: decoded.text,
        markup: if record.media == Media::Markdown { Markup::Markdown } else { Markup::Plain },
        title: record.title,
        published: record.published,
        modified: record.modified,
        outlet: record.outlet,
        byline: record.byline,
        url: record.url,
        ..RawArticle::default()
    };
    if matches!(record.media, Media::Page | Media::Fragment) {
        match html::fill(&mut article, record.media, options) {
            Ok(more) => problems.extend(more.into_iter().map(|p| p.at(row))),
            Err(problem) => return lost(*problem),
        }
        if let (Some(map), Some(bytes)) = (article.page.take(), bytes) {
            article.page = in_file(map, &article.text, &bytes, &article.encoding);
        }
    }
    (Some(article), problems)
}

/// A map to the decoded page as one to the bytes of its file; `None` if their encoding cannot be followed.
fn in_file(map: PageMap, text: &str, bytes: &[u8], encoding: &str) -> Option<PageMap> {
    if encoding == UTF_8.name() && !bytes.starts_with(b"\xEF\xBB\xBF") && std::str::from_utf8(bytes).is_ok() {
        return Some(map);
    }
    let map = map.split(text, !encoding.starts_with("UTF-16"));
    let mut offsets: Vec<usize> =
        map.runs().iter().flat_map(|run| [run.start as usize, run.end as usize]).collect();
    offsets.sort_unstable();
    offsets.dedup();
    let places = encoding::origins(bytes, encoding, &offsets)?;
    Some(map.moved(|offset| {
        let at = offsets.binary_search(&(offset as usize)).expect("every offset was asked for");
        places[at]
    }))
}

/// What another's reader says or, on a hostile file, panics with: those of tables and feeds check much, but fuzzing still
/// finds what they do not, and a file must not take the whole run with it.
pub(super) fn guarded<T, E: Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|e| e.to_string()),
        Err(_) => Err("its structure is broken".to_owned()),
    }
}

/// An input that could not be read from its start.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Problem {
    Problem::read(name, kind(error), format!("`{name}` could not be read: {error}"), "")
}

/// Why a stream ended early: a limit, damage, or the machine.
pub(super) fn kind(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::FileTooLarge => "too_large",
        io::ErrorKind::QuotaExceeded => "too_deep",
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => "format",
        _ => "io",
    }
}

/// What lies in itself more often than is allowed.
pub(super) fn too_deep(message: String) -> io::Error {
    // There is no kind for it; no reader of files says that a quota is exceeded.
    io::Error::new(io::ErrorKind::QuotaExceeded, message)
}

pub(super) fn too_large(name: &str, size: Option<u64>, limit: u64) -> Problem {
    let size = size.map_or_else(String::new, |size| format!("it has {size} bytes, "));
    let message = format!("`{name}` was skipped: {size}more than the {limit} allowed");
    Problem::read(name, "too_large", message, "raise max_bytes to read it")
}
