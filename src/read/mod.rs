//! Bytes to text: paths, encodings, formats. The only stage that does I/O.
//!
//! [`paths`] reads files, folders and globs; [`bytes`] decodes what the caller holds already; [`text`] takes a
//! string. What the user typed must exist ([`Error`]); whatever is merely met on the way, and cannot be read, is a
//! [`Problem`] and the rest goes on.
//!
//! ```
//! use reportedly::read;
//! let (articles, problems) = read::bytes("note", b"\xEF\xBB\xBFSeoul said no.\r\n", &read::ReadOptions::default()).unwrap();
//! assert_eq!(articles[0].text, "Seoul said no.\r\n");
//! assert!(problems.is_empty());
//! ```

mod archive;
mod article;
#[cfg(feature = "arrow")]
mod columnar;
mod csv;
mod encoding;
mod engine;
mod feed;
mod fields;
mod format;
pub(crate) mod html;
mod identity;
mod input;
mod json;
mod mail;
mod nexis;
mod record;
mod row;
mod scan;
mod stamp;
mod stream;
mod walk;
mod warc;

use std::fs::File;
use std::io;
use std::mem;
use std::ops::ControlFlow;

use jiff::civil::Date;
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::document::{Block, DateCandidate, PageMap};
use crate::error::{Error, ErrorKind, Problem, Result};

use article::{decode, too_large, unreadable};
use encoding::Forced;
use format::Format;
use input::Input;
use record::{Content, Media, Out, Record};

pub use engine::Engine;
pub use fields::FieldMap;
pub use format::EXTENSIONS;
pub use identity::make_unique;
pub use scan::{Batch, BatchSize, Next, Scan};

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
    /// How sure that is, from 0 to 1.
    pub encoding_confidence: f32,
    /// The decoded text, without byte order mark; line ends as in the file.
    pub text: String,
    /// How it is marked up.
    pub markup: Markup,
    /// Title given by the user or the format, not stated in the text.
    pub title: Option<String>,
    /// Publication date given by the user or the format.
    pub published: Option<Date>,
    /// When it was last changed, as the format says.
    pub modified: Option<Date>,
    /// Dates that the format states of the article, from the best to the worst; empty if it is text alone.
    pub dates: Vec<DateCandidate>,
    /// Outlet given by the user or the format.
    pub outlet: Option<String>,
    /// Byline given by the user or the format.
    pub byline: Option<String>,
    /// Address given by the user or the format.
    pub url: Option<String>,
    /// Blocks, if the format tells them; otherwise they are sought in the text.
    pub blocks: Vec<Block>,
    /// Where the text stands in the page it was taken from, if it was.
    pub page: Option<PageMap>,
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
    /// Articles larger than this are a problem, not a document. At most 4 GiB, whatever is said here.
    pub max_bytes: u64,
    /// Files whose format has to be held in memory as a whole (JSON in one piece, mail, archives inside of archives)
    /// may have so many bytes.
    pub max_file_bytes: u64,
    /// Compressed files may unpack to so many times their size.
    pub max_ratio: u64,
    /// So deep may elements of a web page, values of JSON and parts of a mail lie in each other. What is deeper in a
    /// page is flattened; JSON, of which more than 127 are never read, and mail are left out.
    pub max_depth: usize,
    /// Elements of a web page.
    pub max_nodes: usize,
    /// So many archives may lie in each other, and so many compressions.
    pub max_archives: usize,
    /// A WHATWG label ("utf-8", "windows-1251", "shift_jis") that overrules detection.
    pub encoding: Option<String>,
    /// Whether folders inside folders are read.
    pub recursive: bool,
    /// Who finds the article in a web page; `None` for this crate.
    pub engine: Option<Engine>,
    /// Which fields of tables and JSON hold which part of an article; what is not named is guessed.
    pub fields: FieldMap,
}

impl ReadOptions {
    /// Bytes that an article may have: spans count in 32 bits.
    fn article_limit(&self) -> u64 {
        self.max_bytes.min(u64::from(u32::MAX))
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            max_bytes: 16 << 20,
            max_file_bytes: 1 << 30,
            max_ratio: 1000,
            max_depth: 256,
            max_nodes: 500_000,
            max_archives: 2,
            encoding: None,
            recursive: true,
            engine: None,
            fields: FieldMap::default(),
        }
    }
}

/// Reads files, folders and globs: inputs in the order given, the files of a folder or glob in path order.
///
/// A file reached twice is read once. Folders are read for [`EXTENSIONS`]; a file that is named, or that a glob
/// matches, is read whatever its extension. What a file holds is found by its content.
///
/// # Errors
/// `NotFound` for an input that does not exist or matches nothing, `NoDocuments` if nothing at all could be read,
/// `Argument` for an unknown encoding, a malformed glob, or no input.
pub fn paths(inputs: &[String], options: &ReadOptions) -> Result<(Vec<RawArticle>, Vec<Problem>)> {
    sources(inputs.iter().cloned().map(Source::Path).collect(), options)
}

/// Where articles are read from.
pub enum Source {
    /// A file, a folder, or a glob.
    Path(String),
    /// Bytes under a name.
    Bytes(String, Vec<u8>),
    /// Anything that can be read, under a name.
    Stream(String, Box<dyn io::Read + Send>),
}

impl Source {
    fn name(&self) -> &str {
        match self {
            Source::Path(name) | Source::Bytes(name, _) | Source::Stream(name, _) => name,
        }
    }
}

/// Reads paths, bytes and streams, as [`paths`] does.
///
/// # Errors
/// As for [`paths`].
pub fn sources(sources: Vec<Source>, options: &ReadOptions) -> Result<(Vec<RawArticle>, Vec<Problem>)> {
    let forced = encoding::forced(options)?;
    if sources.is_empty() {
        return Err(Error::new(ErrorKind::Argument, "no input was given: name a file, a folder, or a glob"));
    }
    let names: Vec<String> = sources.iter().map(|s| s.name().to_owned()).collect();
    let found = walk::find(sources, options)?;
    let read: Vec<(Vec<RawArticle>, Vec<Problem>)> = found
        .into_par_iter()
        .map(|item| match item {
            walk::Found::Problem(problem) => (Vec::new(), vec![problem]),
            walk::Found::Bytes(name, bytes) => {
                gather(&name, Ok(Input::bytes(name.as_str(), bytes)), options, forced)
            }
            walk::Found::Stream(name, stream) => {
                gather(&name, Input::stream(name.as_str(), stream), options, forced)
            }
            walk::Found::File(path) => {
                let name = path.to_string_lossy().into_owned();
                let input = File::open(&path).and_then(|file| Input::file(name.as_str(), file));
                gather(&name, input, options, forced)
            }
        })
        .collect();
    let mut articles = Vec::with_capacity(read.len());
    let mut problems = Vec::new();
    for (more, wrong) in read {
        articles.extend(more);
        problems.extend(wrong);
    }
    if articles.is_empty() {
        return Err(Error::new(ErrorKind::NoDocuments, nothing_read(&names, &problems)));
    }
    make_unique(&mut articles);
    Ok((articles, problems))
}

/// The articles of a file whose bytes the caller holds, in any format.
///
/// # Errors
/// `Argument` for an unknown encoding.
pub fn bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Vec<RawArticle>, Vec<Problem>)> {
    let forced = encoding::forced(options)?;
    let (mut articles, problems) = gather(name, Ok(Input::bytes(name, bytes)), options, forced);
    make_unique(&mut articles);
    Ok((articles, problems))
}

/// An article from a string; title, date and the other fields are the caller's to fill in.
#[must_use]
pub fn text(id: impl Into<String>, text: impl Into<String>) -> RawArticle {
    let mut text: String = text.into();
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    let encoding = "UTF-8".to_owned();
    RawArticle { id: id.into(), encoding, encoding_confidence: 1.0, text, ..RawArticle::default() }
}

/// All articles of an input.
fn gather(
    name: &str,
    input: io::Result<Input>,
    options: &ReadOptions,
    forced: Forced,
) -> (Vec<RawArticle>, Vec<Problem>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let _ = each(name, input, options, forced, None, &mut |item| {
        match item {
            Ok(article) => articles.push(article),
            Err(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

/// Hands out the articles of an input, and what is wrong with them, in order.
///
/// Records are read one after the other and decoded in parallel, a batch at a time, so that no more than a batch is
/// held here. `pool` is where, if the caller is not on one.
fn each(
    name: &str,
    input: io::Result<Input>,
    options: &ReadOptions,
    forced: Forced,
    pool: Option<&ThreadPool>,
    out: &mut dyn FnMut(std::result::Result<RawArticle, Problem>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    /// Records of a batch, and bytes from which on it is full.
    const BATCH: usize = 256;
    const FULL: usize = 32 << 20;
    let mut batch: Vec<std::result::Result<Record, Problem>> = Vec::new();
    let mut size = 0;
    let mut flush = |batch: &mut Vec<_>| -> ControlFlow<()> {
        let items: Vec<std::result::Result<Record, Problem>> = mem::take(batch);
        let work = || {
            let decode_one = |item| match item {
                Ok(record) => decode(name, record, options, forced),
                Err(problem) => (None, vec![problem]),
            };
            items.into_par_iter().map(decode_one).collect()
        };
        let decoded: Vec<(Option<RawArticle>, Vec<Problem>)> = match pool {
            Some(pool) => pool.install(work),
            None => work(),
        };
        for (article, problems) in decoded {
            for problem in problems {
                out(Err(problem))?;
            }
            if let Some(article) = article {
                out(Ok(article))?;
            }
        }
        ControlFlow::Continue(())
    };
    let flow = records(name, input, options, forced, 0, &mut |item| {
        size += item.as_ref().map_or(0, |record| record.content.len());
        batch.push(item);
        if batch.len() < BATCH && size < FULL {
            return ControlFlow::Continue(());
        }
        size = 0;
        flush(&mut batch)
    });
    if flow.is_break() {
        return flow;
    }
    flush(&mut batch)
}

/// The records of an input, in order; `depth` archives lie around it.
fn records(
    name: &str,
    input: io::Result<Input>,
    options: &ReadOptions,
    forced: Forced,
    depth: usize,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let input = match input.and_then(|input| input.unpacked(options)) {
        Ok(input) => input,
        Err(e) => return out(Err(unreadable(name, &e))),
    };
    let format = format::of(input.head(), &input.name);
    match format {
        Format::Plain | Format::Markdown | Format::Html => one(name, input, format, options, out),
        Format::Jsonl => json::lines(name, input, options, forced, out),
        Format::Json => json::values(name, input, options, forced, out),
        Format::Csv => csv::rows(name, input, options, forced, out),
        #[cfg(feature = "arrow")]
        Format::Parquet | Format::Arrow => columnar::rows(name, input, format, options, out),
        #[cfg(not(feature = "arrow"))]
        Format::Parquet | Format::Arrow => {
            let message = format!("`{name}` was skipped: this build reads no Parquet and no Arrow");
            out(Err(Problem::read(
                name,
                "format",
                message,
                "build with the feature `arrow`, or write it as JSON lines",
            )))
        }
        Format::Warc => warc::records(name, input, options, out),
        Format::Eml => mail::message(name, input, options, out),
        Format::Mbox => mail::mailbox(name, input, options, out),
        Format::Feed => feed::entries(name, input, options, out),
        Format::Nexis => nexis::documents(name, input, options, forced, out),
        Format::Zip => archive::members(name, input, options, forced, depth, out),
    }
}

/// A file that is one article.
fn one(
    name: &str,
    input: Input,
    format: Format,
    options: &ReadOptions,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let limit = options.article_limit();
    let size = input.size().ok().flatten();
    let media = match format {
        Format::Html => Media::Page,
        Format::Markdown => Media::Markdown,
        _ => Media::Plain,
    };
    out(match input.whole(limit) {
        Ok(Some(bytes)) => Ok(Record { content: Content::Bytes(bytes, None), media, ..Record::default() }),
        Ok(None) => Err(too_large(name, size, limit)),
        Err(e) => Err(unreadable(name, &e)),
    })
}

fn nothing_read(inputs: &[String], problems: &[Problem]) -> String {
    let named = inputs.iter().map(|i| format!("`{i}`")).collect::<Vec<_>>().join(", ");
    // A file that was tried says more about what went wrong than one that was passed over.
    let telling = problems.iter().find(|p| p.kind != "format").or(problems.first());
    match telling {
        None => format!("no documents in {named}: folders are read for {}", format::extensions()),
        Some(first) => {
            let more = match problems.len() - 1 {
                0 => String::new(),
                n => format!(" (and {n} more problems)"),
            };
            format!(
                "no documents in {named} (folders are read for {}): {}{more}",
                format::extensions(),
                first
            )
        }
    }
}

#[cfg(test)]
mod tests;
