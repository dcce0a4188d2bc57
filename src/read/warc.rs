//! Web archives: WARC as Common Crawl, wget and Heritrix write it, and WET, its plain text.
//!
//! Records are streamed through `fastwarc`. Articles are responses with a web page or plain text, resources, and
//! conversions; requests, metadata and redirects are passed over. The row is the record's place among all records of
//! the file. When a page was fetched says nothing of when it was published, so that no date is taken from the archive.

use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use fastwarc::stream_io::brotli::BrotliReader;
use fastwarc::stream_io::bufread::RawReaderAdapter;
use fastwarc::stream_io::chunked::ChunkedReader;
use fastwarc::stream_io::gzip::GzipReader;
use fastwarc::stream_io::traits::{IntoWarcReader, WarcRead};
use fastwarc::stream_io::zstd::ZstdReader;
use fastwarc::warc::iter::{ArchiveIterator, ArchiveIteratorOptions};
use fastwarc::warc::record::{AutoDecode, WarcRecord, WarcRecordType};

use super::ReadOptions;
use super::article::unreadable;
use super::input::Input;
use super::record::{Content, Media, Out, Record};
use super::row;
use crate::error::Problem;

/// Headers are no longer than this.
const LONGEST_HEADER: usize = 64 << 10;

/// The pages and texts of an archive.
pub(super) fn records(name: &str, input: Input, options: &ReadOptions, out: &mut Out<'_>) -> ControlFlow<()> {
    let reader = match input.reader() {
        Ok(inner) => Forward { inner, at: 0 },
        Err(e) => return out(Err(unreadable(name, &e))),
    };
    let settings = ArchiveIteratorOptions {
        // What is compressed was unpacked before, within limits.
        stream_detect: false,
        // One record with bad headers must not cost the others.
        parse_http: false,
        // Skips what stands between records, and takes bare line feeds.
        quirks_mode: true,
        max_header_len: LONGEST_HEADER,
        inplace: true,
        ..ArchiveIteratorOptions::default()
    };
    let limit = options.max_bytes;
    for (row, record) in (0u64..).zip(ArchiveIterator::with_options(RawReaderAdapter::new(reader), settings))
    {
        let read = match record {
            Ok(record) => article(&mut record.borrow_mut(), limit),
            Err(e) => {
                let message = format!("`{name}` was not read beyond record {row}: {e}");
                let kind = if e.kind() == io::ErrorKind::FileTooLarge { "too_large" } else { "format" };
                return out(Err(Problem::read(name, kind, message, "").at(Some(row))));
            }
        };
        match read {
            Ok(None) => {}
            Ok(Some((record, missing))) => {
                out(Ok(Record { row: Some(row), ..record }))?;
                if missing > 0 {
                    let message = format!("record {row} of `{name}` is cut off: {missing} bytes are missing");
                    let advice = "the file is cut off: get it again";
                    out(Err(Problem::read(name, "format", message, advice).at(Some(row)).warning()))?;
                }
            }
            Err(e) => {
                let kind = if e.kind() == io::ErrorKind::FileTooLarge { "too_large" } else { "format" };
                let message = format!("record {row} of `{name}` was skipped: {e}");
                let advice = if kind == "too_large" { "raise max_bytes to read it" } else { "" };
                out(Err(Problem::read(name, kind, message, advice).at(Some(row))))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// The article of a record, if it has one, and how many of its bytes are missing.
fn article(record: &mut WarcRecord, limit: u64) -> io::Result<Option<(Record, u64)>> {
    let kind = record.record_type();
    let wanted = [WarcRecordType::Response, WarcRecordType::Resource, WarcRecordType::Conversion];
    if !wanted.contains(&kind) {
        return Ok(None);
    }
    let mut charset = None;
    let mut content_type = record.headers().get("Content-Type").map(|t| t.into_owned());
    let mut codings = Vec::new();
    if record.is_http() {
        record.parse_http_with_opts(AutoDecode::None, LONGEST_HEADER, true)?;
        let Some(headers) = record.http_headers() else { return Ok(None) };
        if !headers.status_code().is_some_and(|code| (200..300).contains(&code)) {
            return Ok(None);
        }
        // In the order in which they are to be undone.
        for header in ["Transfer-Encoding", "Content-Encoding"] {
            let values = headers.get(header).unwrap_or_default().to_ascii_lowercase();
            codings.extend(values.rsplit(',').map(|v| v.trim().to_owned()));
        }
        content_type = record.http_content_type();
        charset = record.http_charset().map(|c| c.trim_matches(['"', '\'', ' ']).to_owned());
    } else if kind == WarcRecordType::Response {
        // Of DNS, FTP and the like.
        return Ok(None);
    }
    let mime =
        content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let media = match mime.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Media::Page),
        "text/plain" => Some(Media::Plain),
        "" => None,
        _ => return Ok(None),
    };
    let url = record.headers().get("WARC-Target-URI").map(|u| u.trim_matches(['<', '>']).to_owned());
    let length = record.content_length();
    if length > limit {
        return Err(too_large(limit));
    }
    let Some(reader) = record.reader_mut() else { return Ok(None) };
    let mut body = Vec::new();
    reader.take(limit).read_to_end(&mut body)?;
    let missing = length.saturating_sub(body.len() as u64);
    for coding in codings {
        body = undone(body, &coding, limit)?;
    }
    if body.trim_ascii().is_empty() {
        return Ok(None);
    }
    let content = Content::Bytes(body, charset);
    let media = media.unwrap_or_else(|| row::media(&content));
    Ok(Some((Record { media, content, url, ..Record::default() }, missing)))
}

/// A body without a transfer or content coding. Archives state codings that they have undone already: what is not
/// coded stays as it is.
fn undone(body: Vec<u8>, coding: &str, limit: u64) -> io::Result<Vec<u8>> {
    let source = Cursor::new(body.clone()).into_warc_reader();
    let reader: Box<dyn WarcRead> = match coding {
        "chunked" => Box::new(ChunkedReader::new(source)),
        "gzip" | "x-gzip" => Box::new(GzipReader::new(source)),
        "br" => Box::new(BrotliReader::new(source)),
        "zstd" => Box::new(ZstdReader::new(source)),
        _ => return Ok(body),
    };
    let mut decoded = Vec::new();
    match reader.take(limit + 1).read_to_end(&mut decoded) {
        Ok(n) if n as u64 > limit => Err(too_large(limit)),
        Ok(n) if n > 0 => Ok(decoded),
        _ => Ok(body),
    }
}

fn too_large(limit: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than the {limit} bytes allowed"))
}

/// A stream that knows where it is and can go on from there, as reading in order needs it.
struct Forward {
    inner: Box<dyn BufRead + Send>,
    at: u64,
}

impl Read for Forward {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl BufRead for Forward {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.at += n as u64;
        self.inner.consume(n);
    }
}

impl Seek for Forward {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let ahead = match to {
            SeekFrom::Current(n) => u64::try_from(n).ok(),
            SeekFrom::Start(n) => n.checked_sub(self.at),
            SeekFrom::End(_) => None,
        };
        let Some(ahead) = ahead else { return Err(io::Error::from(io::ErrorKind::Unsupported)) };
        io::copy(&mut self.take(ahead), &mut io::sink())?;
        Ok(self.at)
    }
}
