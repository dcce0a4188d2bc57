//! Delimiter, quotation mark and header of a table, from its first rows.
//!
//! A header that names parts of an article settles the matter. Where there is none, the dialect under which the table
//! is most uniform is taken: García (2024), "Detecting CSV File Dialects by Table Uniformity Measurement and Data Type
//! Inference", as implemented by `csv-nose`.

use std::borrow::Cow;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use csv_nose::{SampleSize, Sniffer};
use encoding_rs::Encoding;

use super::{Read, ReaderBuilder, Table};
use crate::read::fields::{self, Choice, FieldMap, Part};
use crate::read::format;
use crate::read::stream::Transcoded;

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Exports may say something before the header, in so many rows.
const MOST_PREAMBLE: usize = 6;

/// How a table is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    quote: Option<u8>,
    escape: Option<u8>,
    /// Rows before the header, or before the first row.
    pub(super) preamble: usize,
    pub(super) header: bool,
    /// Columns, and the one with the longest texts.
    pub(super) columns: usize,
    pub(super) longest: usize,
}

impl Dialect {
    fn new(delimiter: u8, sample: &[u8]) -> Self {
        // Excel and pandas double a quotation mark inside of quotation marks; databases put a backslash before it.
        let count = |pair: &[u8]| sample.windows(2).filter(|w| *w == pair).count();
        let escape = (count(b"\\\"") > count(b"\"\"")).then_some(b'\\');
        Dialect { delimiter, quote: Some(b'"'), escape, preamble: 0, header: true, columns: 0, longest: 0 }
    }

    /// The dialect of a table that begins with `sample`.
    pub(super) fn of(sample: &[u8], name: &str, map: &FieldMap) -> Self {
        // What Excel reads as an instruction.
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, b'\r' | b'\n', ..] = *sample {
            return Dialect { preamble: 1, ..Dialect::new(delimiter, sample) };
        }
        let by_names = by_names(sample, map);
        let mut dialect = by_names.unwrap_or_else(|| by_uniformity(sample, name));
        dialect.measure(sample);
        dialect
    }

    pub(super) fn automaton(&self) -> csv_core::Reader {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.delimiter).escape(self.escape).double_quote(true);
        match self.quote {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        builder.build()
    }

    /// The first rows of a sample.
    fn rows(&self, sample: &[u8], most: usize) -> Vec<Vec<String>> {
        let mut table = Table::new(Box::new(std::io::Cursor::new(sample.to_vec())), self, u64::MAX);
        let mut rows = Vec::new();
        while rows.len() < most
            && let Ok(Read::Row) = table.next()
        {
            rows.push(table.fields().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect());
        }
        rows
    }

    /// Counts the columns and finds the one with the longest texts.
    fn measure(&mut self, sample: &[u8]) {
        let rows = self.rows(sample, 200);
        let rows = rows.get(self.preamble..).unwrap_or_default();
        self.columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let length =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).sum::<usize>();
        // Of equals the first.
        self.longest = (0..self.columns).max_by_key(|c| (length(*c), usize::MAX - c)).unwrap_or(0);
    }
}

/// The start of a table in UTF-8, as far as whole lines go.
pub(super) fn sample<'a>(head: &'a [u8], encoding: Option<&'static Encoding>) -> Cow<'a, [u8]> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let mut sample = Cow::Borrowed(head);
    if let Some(encoding) = encoding {
        let mut text = Vec::new();
        // Reading from memory does not fail; what was read until then would do.
        let _ = Transcoded::new(head, encoding).read_to_end(&mut text);
        sample = Cow::Owned(text);
    }
    if head.len() >= (1 << 16) - 3
        && let Some(end) = sample.iter().rposition(|b| *b == b'\n')
    {
        match &mut sample {
            Cow::Borrowed(bytes) => *bytes = &bytes[..=end],
            Cow::Owned(bytes) => bytes.truncate(end + 1),
        }
    }
    sample
}

/// Whether bytes of any name begin with a header that cannot be anything else, and a row.
pub(in crate::read) fn is_table(head: &[u8]) -> bool {
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    // Prose has no such lines: at least three parts of an article, the text among them, and nothing long.
    first.len() < 1000
        && head.len() > first.len() + 1
        && DELIMITERS.iter().any(|delimiter| {
            let rows = Dialect::new(*delimiter, &[]).rows(first, 1);
            let Some(row) = rows.first() else { return false };
            let (parts, has_text) = fields::recognised(row);
            parts >= 3 && has_text && row.iter().all(|field| field.len() < 40)
        })
}

/// The delimiter under which a row names most parts of an article.
fn by_names(sample: &[u8], map: &FieldMap) -> Option<Dialect> {
    let mut best: Option<(usize, Dialect)> = None;
    for delimiter in DELIMITERS {
        let dialect = Dialect::new(delimiter, sample);
        for (preamble, row) in dialect.rows(sample, MOST_PREAMBLE).iter().enumerate() {
            let choice = Choice::of(row, map);
            let parts = Part::ALL.iter().filter(|p| !choice.fields(**p).is_empty()).count();
            let has_text = !choice.fields(Part::Text).is_empty();
            // A single word may stand anywhere; in the first row, alone or with others, it is a name.
            let enough = if preamble == 0 { has_text || parts >= 2 } else { has_text && parts >= 2 };
            let short = row.iter().all(|field| field.len() < 80);
            if enough && short && best.as_ref().is_none_or(|(most, _)| parts > *most) {
                best = Some((parts, Dialect { preamble, ..dialect.clone() }));
            }
        }
    }
    best.map(|(_, dialect)| dialect)
}

fn by_uniformity(sample: &[u8], name: &str) -> Dialect {
    let usual = if format::extension(name).as_deref() == Some("tsv") { b'\t' } else { b',' };
    // Its scoring is young and has regular expressions and arithmetic of its own; whatever happens in it must not
    // cost the file.
    let sniffed = catch_unwind(AssertUnwindSafe(|| {
        Sniffer::new().sample_size(SampleSize::Bytes(sample.len())).sniff_bytes(sample).ok()
    }));
    let Ok(Some(found)) = sniffed else { return Dialect::new(usual, sample) };
    let mut dialect = Dialect::new(found.dialect.delimiter, sample);
    dialect.quote = found.dialect.quote.char();
    dialect.preamble = found.dialect.header.num_preamble_rows;
    // Names are short; a first row with a sentence in it is a row.
    let rows = dialect.rows(sample, dialect.preamble + 1);
    let short =
        rows.get(dialect.preamble).is_some_and(|row| row.iter().all(|f| f.len() < 80 && !f.is_empty()));
    dialect.header = found.dialect.header.has_header_row && short;
    dialect
}
