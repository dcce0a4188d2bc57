//! Bytes to text: paths, encodings, formats. The only stage that does I/O.
//!
//! [`paths`] reads files, folders and globs; [`bytes`] decodes what the caller holds already; [`text`] takes a
//! string. What the user typed must exist ([`Error`]); whatever is merely met on the way, and cannot be read, is a
//! [`Problem`] and the rest goes on.
//!
//! ```
//! use reportedly::read;
//! let (article, problems) = read::bytes("note", b"\xEF\xBB\xBFSeoul said no.\r\n", &read::ReadOptions::default()).unwrap();
//! assert_eq!(article.unwrap().text, "Seoul said no.\r\n");
//! assert!(problems.is_empty());
//! ```

mod encoding;
mod identity;
mod walk;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Problem, Result};

pub use identity::make_unique;
pub use walk::EXTENSIONS;

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

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Files larger than this are a problem, not a document. At most 4 GiB, whatever is said here.
    pub max_bytes: u64,
    /// A WHATWG label ("utf-8", "windows-1251", "shift_jis") that overrules detection.
    pub encoding: Option<String>,
    /// Whether folders inside folders are read.
    pub recursive: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions { max_bytes: 100_000_000, encoding: None, recursive: true }
    }
}

/// Reads files, folders and globs: inputs in the order given, the files of a folder or glob in path order.
///
/// A file reached twice is read once. Folders are read for [`EXTENSIONS`]; a file that is named, or that a glob
/// matches, is read whatever its extension, if it is text.
///
/// # Errors
/// `NotFound` for an input that does not exist or matches nothing, `NoDocuments` if nothing at all could be read,
/// `Argument` for an unknown encoding, a malformed glob, or no input.
pub fn paths(inputs: &[String], options: &ReadOptions) -> Result<(Vec<RawArticle>, Vec<Problem>)> {
    let forced = encoding::forced(options)?;
    if inputs.is_empty() {
        return Err(Error::new(ErrorKind::Argument, "no input was given: name a file, a folder, or a glob"));
    }
    let found = walk::find(inputs, options)?;
    let read: Vec<(Option<RawArticle>, Option<Problem>)> = found
        .into_par_iter()
        .map(|item| match item {
            walk::Found::Problem(problem) => (None, Some(problem)),
            walk::Found::File(path) => file(&path, options, forced),
        })
        .collect();
    let mut articles = Vec::with_capacity(read.len());
    let mut problems = Vec::new();
    for (article, problem) in read {
        articles.extend(article);
        problems.extend(problem);
    }
    if articles.is_empty() {
        return Err(Error::new(ErrorKind::NoDocuments, nothing_read(inputs, &problems)));
    }
    make_unique(&mut articles);
    Ok((articles, problems))
}

/// An article from bytes: `None` with a problem if they are no text; a problem beside the article if they could
/// not be decoded cleanly.
///
/// # Errors
/// `Argument` for an unknown encoding.
pub fn bytes(id: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Option<RawArticle>, Vec<Problem>)> {
    let forced = encoding::forced(options)?;
    let (article, problem) = decode(id, bytes, options, forced);
    Ok((article.map(|a| RawArticle { id: id.to_owned(), ..a }), problem.into_iter().collect()))
}

/// An article from a string; title, date and the other fields are the caller's to fill in.
#[must_use]
pub fn text(id: impl Into<String>, text: impl Into<String>) -> RawArticle {
    let mut text: String = text.into();
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    RawArticle { id: id.into(), encoding: "UTF-8".to_owned(), text, ..RawArticle::default() }
}

/// Reads one file that is known to be there.
fn file(
    path: &Path,
    options: &ReadOptions,
    forced: Option<&'static encoding_rs::Encoding>,
) -> (Option<RawArticle>, Option<Problem>) {
    let name = path.to_string_lossy().into_owned();
    let io = |e: std::io::Error| problem(&name, "io", format!("`{name}` could not be read: {e}"));
    let limit = options.max_bytes.min(u64::from(u32::MAX));
    let mut content = Vec::new();
    let opened = File::open(path).and_then(|file| file.metadata().map(|m| (file, m.len())));
    match opened {
        Err(e) => return (None, Some(io(e))),
        Ok((_, size)) if size > limit => return (None, Some(too_large(&name, size, limit))),
        Ok((file, size)) => {
            content.reserve_exact(size as usize + 1);
            // A file that grows while it is read must not escape the limit.
            if let Err(e) = file.take(limit + 1).read_to_end(&mut content) {
                return (None, Some(io(e)));
            }
        }
    }
    let (article, problem) = decode(&name, &content, options, forced);
    let article = article.map(|mut article| {
        article.id = identity::stem(path);
        article.markup = walk::markup(path);
        article.path = Some(name);
        article
    });
    (article, problem)
}

fn decode(
    name: &str,
    content: &[u8],
    options: &ReadOptions,
    forced: Option<&'static encoding_rs::Encoding>,
) -> (Option<RawArticle>, Option<Problem>) {
    let limit = options.max_bytes.min(u64::from(u32::MAX));
    if content.len() as u64 > limit {
        return (None, Some(too_large(name, content.len() as u64, limit)));
    }
    let decoded = match encoding::decode(content, forced) {
        Ok(decoded) => decoded,
        Err(what) => {
            let message = format!("`{name}` was skipped: it is {what}, not text");
            return (None, Some(problem(name, "binary", message)));
        }
    };
    if decoded.text.len() > u32::MAX as usize {
        return (None, Some(too_large(name, decoded.text.len() as u64, limit)));
    }
    if decoded.text.trim().is_empty() {
        let message = format!("`{name}` was skipped: it holds nothing but white space");
        return (None, Some(problem(name, "empty", message)));
    }
    let problem = decoded.first_bad.map(|at| {
        let message = format!(
            "`{name}` is not valid {}: byte {at} and perhaps others were replaced by U+FFFD; if this is the wrong \
             encoding, name the right one",
            decoded.encoding
        );
        problem(name, "encoding", message)
    });
    let article = RawArticle { encoding: decoded.encoding, text: decoded.text, ..RawArticle::default() };
    (Some(article), problem)
}

fn too_large(name: &str, size: u64, limit: u64) -> Problem {
    let message = format!(
        "`{name}` was skipped: it has {size} bytes, more than the {limit} allowed; raise max_bytes to read it"
    );
    problem(name, "too_large", message)
}

fn problem(path: &str, kind: &str, message: String) -> Problem {
    Problem { path: path.to_owned(), row: None, stage: "read".to_owned(), kind: kind.to_owned(), message }
}

fn nothing_read(inputs: &[String], problems: &[Problem]) -> String {
    let named = inputs.iter().map(|i| format!("`{i}`")).collect::<Vec<_>>().join(", ");
    // A file that was tried says more about what went wrong than one that was passed over.
    let telling = problems.iter().find(|p| p.kind != "format").or(problems.first());
    match telling {
        None => format!("no documents in {named}: folders are read for {}", walk::extensions()),
        Some(first) => {
            let more = match problems.len() - 1 {
                0 => String::new(),
                n => format!(" (and {n} more problems)"),
            };
            format!(
                "no documents in {named} (folders are read for {}): {}{more}",
                walk::extensions(),
                first.message
            )
        }
    }
}

#[cfg(test)]
mod tests;
