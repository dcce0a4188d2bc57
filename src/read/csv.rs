//! Tables of delimiter-separated values: CSV, TSV and their relatives.
//!
//! Delimiter, quotation mark and header are found on the first 64 KiB (`dialect`). Rows are streamed through the
//! automaton of `csv-core`; a row that is larger than any article may be is passed over as it is read, so that a field
//! of 100 MB costs its time but not its memory.

mod dialect;

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use csv_core::{ReadRecordResult, ReaderBuilder};

use dialect::Dialect;
pub(super) use dialect::is_table;

use super::ReadOptions;
use super::article::unreadable;
use super::encoding::Forced;
use super::fields::{Choice, Part};
use super::input::Input;
use super::record::Out;
use super::row::{Cell, Rows};
use super::stream;
use crate::error::Problem;

/// A row may be so many times larger than an article: it has other fields.
const SLACK: u64 = 4;

/// No table has more columns.
const MOST_FIELDS: usize = 1 << 14;

/// The rows of a table.
pub(super) fn rows(
    name: &str,
    input: Input,
    options: &ReadOptions,
    forced: Forced,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let encoding = stream::encoding(input.head(), forced);
    let sample = dialect::sample(input.head(), encoding.map(|(encoding, _)| encoding));
    let dialect = Dialect::of(&sample, name, &options.fields);
    let source = match stream::utf8(input, encoding) {
        Ok(source) => source,
        Err(e) => return out(Err(unreadable(name, &e))),
    };
    let mut table = Table::new(source, &dialect, options.max_bytes.saturating_mul(SLACK));
    let (mut names, mut choice) = (Vec::new(), Choice::default());
    if !dialect.header {
        names = (1..=dialect.columns).map(|n| n.to_string()).collect();
        choice = Choice::of(&names, &options.fields);
        if options.fields.text.is_none() {
            choice = choice.with_text(dialect.longest);
        }
    }
    let mut rows = Rows::new(name, &options.fields).decoded(encoding);
    let (mut skipped, mut row) = (0, 0u64);
    loop {
        let read = match table.next() {
            Ok(read) => read,
            Err(e) => return out(Err(unreadable(name, &e).at(Some(row)))),
        };
        match read {
            Read::End => break,
            Read::Row if skipped < dialect.preamble => skipped += 1,
            Read::Row if names.is_empty() => {
                names = table.fields().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect();
                choice = Choice::of(&names, &options.fields);
                if choice.fields(Part::Text).is_empty() {
                    // It is so in every row, and says nothing about any of them.
                    return rows.no_text(None, &names, out);
                }
            }
            Read::Row if table.fields().all(|f| f.trim_ascii().is_empty()) => {}
            Read::Row => {
                let fields = table.count;
                if fields != names.len() {
                    rows.ragged(row, fields, names.len(), out)?;
                }
                rows.record(Some(row), &names, &choice, |i| cell(table.field(i)), out)?;
                row += 1;
            }
            Read::TooLong => {
                let message = format!(
                    "row {row} of `{name}` (line {}) was skipped: it has more than {} bytes",
                    table.line, table.limit
                );
                let advice = "raise max_bytes to read it; perhaps a quotation mark is not closed";
                out(Err(Problem::read(name, "too_large", message, advice).at(Some(row))))?;
                row += 1;
            }
            Read::TooWide => {
                let message = format!(
                    "row {row} of `{name}` (line {}) was skipped: it has more than {MOST_FIELDS} fields",
                    table.line
                );
                out(Err(Problem::read(name, "too_large", message, "no wider table is read").at(Some(row))))?;
                row += 1;
            }
        }
    }
    if row == 0 {
        let message = format!("`{name}` was skipped: the table has no rows");
        out(Err(Problem::read(name, "empty", message, "")))?;
    }
    rows.finish(out)
}

fn cell(field: Option<&[u8]>) -> Cell<'_> {
    match field.map(|bytes| (bytes, std::str::from_utf8(bytes))) {
        None => Cell::Nothing,
        Some((_, Ok(text))) => Cell::Text(Cow::Borrowed(text)),
        Some((bytes, Err(_))) => Cell::Bytes(Cow::Borrowed(bytes)),
    }
}

/// Rows, one after the other.
struct Table {
    source: Box<dyn BufRead>,
    automaton: csv_core::Reader,
    /// Room for a row, which its fields take up in part.
    data: Vec<u8>,
    /// Where each field of the row ends in `data`; the first `count` are of this row.
    ends: Vec<usize>,
    count: usize,
    /// The line on which the row begins.
    line: u64,
    limit: u64,
}

enum Read {
    /// It can be asked for its fields.
    Row,
    /// It was passed over, for its bytes or its fields.
    TooLong,
    TooWide,
    End,
}

impl Table {
    fn new(source: Box<dyn BufRead>, dialect: &Dialect, limit: u64) -> Self {
        let automaton = dialect.automaton();
        Table {
            source,
            automaton,
            data: vec![0; (limit.saturating_add(1) as usize).min(1 << 12)],
            ends: vec![0; 32],
            count: 0,
            line: 1,
            limit,
        }
    }

    fn next(&mut self) -> io::Result<Read> {
        let (mut length, mut fields, mut too_large) = (0, 0, None);
        self.line = self.automaton.line();
        loop {
            let input = match self.source.fill_buf() {
                Ok(input) => input,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            let (result, read, written, ended) =
                self.automaton.read_record(input, &mut self.data[length..], &mut self.ends[fields..]);
            self.source.consume(read);
            length += written;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.data.len() as u64 > self.limit => {
                    (length, too_large) = (0, Some(Read::TooLong));
                }
                ReadRecordResult::OutputFull => {
                    // One byte more than is allowed tells a row that just fits from one that does not.
                    let most = usize::try_from(self.limit).unwrap_or(usize::MAX).saturating_add(1);
                    self.data.resize((self.data.len() * 2).min(most), 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() >= MOST_FIELDS => {
                    fields = 0;
                    too_large.get_or_insert(Read::TooWide);
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    if let Some(too_large) = too_large {
                        return Ok(too_large);
                    }
                    self.count = fields;
                    return Ok(Read::Row);
                }
                ReadRecordResult::End => return Ok(Read::End),
            }
        }
    }

    fn field(&self, i: usize) -> Option<&[u8]> {
        let end = *self.ends[..self.count].get(i)?;
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        self.data.get(start..end)
    }

    fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.count).filter_map(|i| self.field(i))
    }
}

#[cfg(test)]
mod tests;
