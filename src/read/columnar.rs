//! Parquet, and Arrow as file (Feather 2) or stream: tables by columns.
//!
//! Batch by batch, and of the columns only those that hold a part of an article.

mod buffers;

use std::borrow::Cow;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_ipc::reader::{FileReader, StreamReader, read_footer_length};
use arrow_ipc::root_as_footer;
use arrow_schema::{ArrowError, DataType, Fields, SchemaRef, TimeUnit};
use bytes::Bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use super::ReadOptions;
use super::article::guarded;
use super::fields::{Choice, Part};
use super::format::Format;
use super::input::{Input, Random};
use super::record::Out;
use super::row::{Cell, Rows};
use crate::error::Problem;
use buffers::{Budget, Messages};

/// Rows of a batch, where the file leaves it to the reader.
const BATCH: usize = 256;

/// Structures inside of structures whose fields are looked at.
const DEEPEST: usize = 3;

/// The rows of a table.
pub(super) fn rows(
    name: &str,
    input: Input,
    format: Format,
    options: &ReadOptions,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let bad = |e: String| {
        let message = format!("`{name}` could not be read: {e}");
        Problem::read(name, "format", message, "the file is damaged or cut off: get it again")
    };
    let opened = guarded(|| match format {
        Format::Parquet => open_parquet(input, options),
        _ => open_arrow(input, options),
    });
    let table = match opened {
        Ok(Some(table)) => table,
        Ok(None) => {
            let message = format!("`{name}` was skipped: it has more than {} bytes", options.max_file_bytes);
            return out(Err(Problem::read(
                name,
                "too_large",
                message,
                "raise max_file_bytes, or unpack it first",
            )));
        }
        Err(e) => return out(Err(bad(e))),
    };
    let columns = columns(&table.schema);
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    let choice = Choice::of(&names, &options.fields);
    let mut rows = Rows::new(name, &options.fields);
    if choice.fields(Part::Text).is_empty() {
        return rows.no_text(None, &names, out);
    }
    let mut roots: Vec<usize> = choice.used().iter().map(|i| columns[*i].path[0]).collect();
    roots.dedup();
    let mut batches = match guarded(|| (table.project)(&roots)) {
        Ok(batches) => batches,
        Err(e) => return out(Err(bad(e))),
    };
    let mut row = 0u64;
    loop {
        let batch = match guarded(|| batches.next().transpose().map_err(|e| e.to_string())) {
            Ok(Some(batch)) => batch,
            Ok(None) => break,
            Err(e) => {
                let message = format!("`{name}` was not read beyond row {row}: {e}");
                let advice = "the file is damaged or cut off: get it again";
                return out(Err(Problem::read(name, "format", message, advice).at(Some(row))));
            }
        };
        for i in 0..batch.num_rows() {
            rows.record(Some(row), &names, &choice, |c| columns[c].cell(&batch, &roots, i), out)?;
            row += 1;
        }
    }
    if row == 0 {
        let message = format!("`{name}` was skipped: the table has no rows");
        out(Err(Problem::read(name, "empty", message, "")))?;
    }
    rows.finish(out)
}

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>>>;

/// From the columns that are wanted to their batches.
type Project = dyn FnOnce(&[usize]) -> Result<Batches, String>;

/// A file whose schema is known, and what reads some of its columns.
struct Table {
    schema: SchemaRef,
    project: Box<Project>,
}

fn open_parquet(input: Input, options: &ReadOptions) -> Result<Option<Table>, String> {
    let Some(random) = input.random(options.max_file_bytes).map_err(|e| e.to_string())? else {
        return Ok(None);
    };
    let chunks = Chunks::new(random).map_err(|e| e.to_string())?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(chunks).map_err(|e| e.to_string())?;
    let schema = builder.schema().clone();
    let project = Box::new(move |roots: &[usize]| {
        let mask = ProjectionMask::roots(builder.parquet_schema(), roots.iter().copied());
        let reader =
            builder.with_projection(mask).with_batch_size(BATCH).build().map_err(|e| e.to_string())?;
        Ok(Box::new(reader) as Batches)
    });
    Ok(Some(Table { schema, project }))
}

fn open_arrow(input: Input, options: &ReadOptions) -> Result<Option<Table>, String> {
    if !input.head().starts_with(b"ARROW1") {
        // The schema comes first, so that the stream has to be opened with all of its columns.
        let reader = input.reader().map_err(|e| e.to_string())?;
        let reader = Messages::new(reader, Budget::new(options));
        let reader = StreamReader::try_new(reader, None).map_err(|e| e.to_string())?;
        let schema = reader.schema();
        let project = Box::new(|roots: &[usize]| {
            let roots = roots.to_vec();
            Ok(Box::new(reader.map(move |batch| batch.and_then(|b| b.project(&roots)))) as Batches)
        });
        return Ok(Some(Table { schema, project }));
    }
    let Some(random) = input.random(options.max_file_bytes).map_err(|e| e.to_string())? else {
        return Ok(None);
    };
    let mut random = random;
    check_blocks(&mut random, Budget::new(options))?;
    // Opened twice, because the columns can only be chosen when the schema is known.
    let shared = Shared(Arc::new(Mutex::new(random)));
    let first = FileReader::try_new(BufReader::new(shared.clone()), None).map_err(|e| e.to_string())?;
    let schema = first.schema();
    let project = Box::new(move |roots: &[usize]| {
        let reader = FileReader::try_new(BufReader::new(shared), Some(roots.to_vec()));
        let reader = reader.map_err(|e| e.to_string())?;
        Ok(Box::new(reader) as Batches)
    });
    Ok(Some(Table { schema, project }))
}

/// Whether all blocks of an Arrow file lie in it, and unpack to what is believable: its reader makes room for a block
/// before it looks for it, and room is not there for the exabytes that a damaged file asks for.
fn check_blocks(random: &mut Random, budget: Budget) -> Result<(), String> {
    /// The length of the footer, and the mark of the format.
    const TRAILER: usize = 10;
    let broken = "its directory is broken";
    let mut trailer = [0; TRAILER];
    let io = |e: io::Error| e.to_string();
    let length = random.seek(SeekFrom::End(0)).map_err(io)?;
    let before = length.checked_sub(TRAILER as u64).ok_or(broken)?;
    random.seek(SeekFrom::Start(before)).map_err(io)?;
    random.read_exact(&mut trailer).map_err(io)?;
    let size = read_footer_length(trailer).map_err(|e| e.to_string())?;
    let start = before.checked_sub(size as u64).ok_or(broken)?;
    let mut footer = vec![0; size];
    random.seek(SeekFrom::Start(start)).map_err(io)?;
    random.read_exact(&mut footer).map_err(io)?;
    let footer = root_as_footer(&footer).map_err(|e| e.to_string())?;
    let blocks = || [footer.recordBatches(), footer.dictionaries()].into_iter().flatten().flatten();
    // No two blocks share bytes, so that together they are no longer than the file.
    let mut sum = 0u64;
    for block in blocks() {
        let parts = [i64::from(block.metaDataLength()), block.bodyLength(), block.offset()];
        let [header, body, offset] = parts.map(|n| u64::try_from(n).unwrap_or(u64::MAX));
        let length = header.saturating_add(body);
        sum = sum.saturating_add(length);
        if length.saturating_add(offset) > start || sum > start {
            return Err(broken.to_owned());
        }
    }
    budget.check_file(random, blocks())?;
    random.rewind().map_err(io)
}

/// A file that is opened twice, one time after the other.
#[derive(Clone)]
struct Shared(Arc<Mutex<Random>>);

impl Shared {
    fn with<T>(&self, act: impl FnOnce(&mut Random) -> io::Result<T>) -> io::Result<T> {
        act(&mut *self.0.lock().map_err(|_| io::Error::other("it could not be read"))?)
    }
}

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.with(|random| random.read(buffer))
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.with(|random| random.seek(to))
    }
}

/// A file for `parquet`. Its own reader of files takes as much memory as a damaged file asks for.
struct Chunks {
    source: Mutex<Random>,
    length: u64,
}

impl Chunks {
    fn new(mut random: Random) -> io::Result<Self> {
        let length = random.seek(SeekFrom::End(0))?;
        Ok(Chunks { source: Mutex::new(random), length })
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = io::Cursor<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        /// Headers of pages are read so, which are small.
        const AHEAD: u64 = 1 << 16;
        let length = self.length.saturating_sub(start).min(AHEAD);
        self.get_bytes(start, length as usize).map(io::Cursor::new)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!(
                "it has {} bytes, {length} were sought at {start}",
                self.length
            )));
        }
        let Ok(mut source) = self.source.lock() else {
            return Err(ParquetError::General("it could not be read".to_owned()));
        };
        let mut chunk = vec![0; length];
        source.seek(SeekFrom::Start(start))?;
        source.read_exact(&mut chunk)?;
        Ok(chunk.into())
    }
}

/// A column, or a field of a column that is a structure.
struct Column {
    /// With dots for fields inside of fields.
    name: String,
    /// The column's place, and that of the field in each structure on the way.
    path: Vec<usize>,
}

fn columns(schema: &SchemaRef) -> Vec<Column> {
    let mut columns = Vec::new();
    collect(schema.fields(), "", &[], &mut columns);
    columns
}

fn collect(fields: &Fields, prefix: &str, path: &[usize], columns: &mut Vec<Column>) {
    for (i, field) in fields.iter().enumerate() {
        let name = format!("{prefix}{}", field.name());
        let path = [path, &[i]].concat();
        match field.data_type() {
            DataType::Struct(inner) if path.len() < DEEPEST => {
                collect(inner, &format!("{name}."), &path, columns);
            }
            _ => columns.push(Column { name, path }),
        }
    }
}

impl Column {
    /// What stands in a row of a batch that has only the columns `roots`.
    fn cell<'b>(&self, batch: &'b RecordBatch, roots: &[usize], row: usize) -> Cell<'b> {
        let Some(at) = roots.iter().position(|root| *root == self.path[0]) else { return Cell::Nothing };
        let Some(mut array) = batch.columns().get(at).map(|a| a.as_ref()) else { return Cell::Nothing };
        for field in &self.path[1..] {
            let Some(structure) = array.as_struct_opt() else { return Cell::Nothing };
            if structure.is_null(row) {
                return Cell::Nothing;
            }
            let Some(inner) = structure.columns().get(*field) else { return Cell::Nothing };
            array = inner.as_ref();
        }
        cell(array, row)
    }
}

fn cell(array: &dyn Array, row: usize) -> Cell<'_> {
    if row >= array.len() || array.is_null(row) {
        return Cell::Nothing;
    }
    let text = |text| Cell::Text(Cow::Borrowed(text));
    let bytes = |bytes| Cell::Bytes(Cow::Borrowed(bytes));
    macro_rules! whole {
        ($type:ty) => {
            Cell::Whole(i64::from(array.as_primitive::<$type>().value(row)))
        };
    }
    match array.data_type() {
        DataType::Utf8 => text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => text(array.as_string_view().value(row)),
        DataType::Binary => bytes(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => bytes(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => bytes(array.as_binary_view().value(row)),
        DataType::Int8 => whole!(Int8Type),
        DataType::Int16 => whole!(Int16Type),
        DataType::Int32 => whole!(Int32Type),
        DataType::Int64 => whole!(Int64Type),
        DataType::UInt8 => whole!(UInt8Type),
        DataType::UInt16 => whole!(UInt16Type),
        DataType::UInt32 => whole!(UInt32Type),
        DataType::UInt64 => {
            i64::try_from(array.as_primitive::<UInt64Type>().value(row)).map_or(Cell::Nothing, Cell::Whole)
        }
        DataType::Float32 => Cell::Number(f64::from(array.as_primitive::<Float32Type>().value(row))),
        DataType::Float64 => Cell::Number(array.as_primitive::<Float64Type>().value(row)),
        DataType::Date32 => day(i64::from(array.as_primitive::<Date32Type>().value(row)).checked_mul(86_400)),
        DataType::Date64 => day(Some(array.as_primitive::<Date64Type>().value(row).div_euclid(1000))),
        DataType::Timestamp(unit, _) => day(Some(match unit {
            TimeUnit::Second => array.as_primitive::<TimestampSecondType>().value(row),
            TimeUnit::Millisecond => {
                array.as_primitive::<TimestampMillisecondType>().value(row).div_euclid(1000)
            }
            TimeUnit::Microsecond => {
                array.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(1_000_000)
            }
            TimeUnit::Nanosecond => {
                array.as_primitive::<TimestampNanosecondType>().value(row).div_euclid(1_000_000_000)
            }
        })),
        DataType::Dictionary(..) => {
            let Some(dictionary) = array.as_any_dictionary_opt() else { return Cell::Nothing };
            match cell(dictionary.keys(), row) {
                Cell::Whole(key) => {
                    usize::try_from(key).map_or(Cell::Nothing, |key| match cell(dictionary.values(), key) {
                        // A dictionary of dictionaries is of no use to anybody, and bounds the way.
                        Cell::Texts(_) => Cell::Nothing,
                        value => value,
                    })
                }
                _ => Cell::Nothing,
            }
        }
        DataType::List(_) => texts(array.as_list::<i32>().value(row).as_ref()),
        DataType::LargeList(_) => texts(array.as_list::<i64>().value(row).as_ref()),
        _ => Cell::Nothing,
    }
}

/// A list of texts, or of structures of which the first text counts.
fn texts(list: &dyn Array) -> Cell<'static> {
    let text = |array: &dyn Array, row: usize| match cell(array, row) {
        Cell::Text(text) => Some(text.into_owned()),
        _ => None,
    };
    Cell::Texts(match list.as_struct_opt() {
        Some(structure) => (0..list.len())
            .filter_map(|row| structure.columns().iter().find_map(|column| text(column.as_ref(), row)))
            .collect(),
        None => (0..list.len()).filter_map(|row| text(list, row)).collect(),
    })
}

fn day(second: Option<i64>) -> Cell<'static> {
    second
        .and_then(|second| Timestamp::from_second(second).ok())
        .map_or(Cell::Nothing, |t| Cell::Date(t.to_zoned(TimeZone::UTC).date()))
}
