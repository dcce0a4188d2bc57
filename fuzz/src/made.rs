//! Archives, compressed files and tables of given bytes.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};

const WRITTEN: &str = "memory can be written";

/// A member of an archive: its name, and what it holds.
pub type Member<'b> = (String, &'b [u8]);

/// Bytes as members of an archive: parted at form feeds, each with its name in the first line.
#[must_use]
pub fn members(bytes: &[u8]) -> Vec<Member<'_>> {
    let parts = bytes.split(|b| *b == 0x0C).take(20);
    parts
        .map(|part| {
            let end = part.iter().position(|b| *b == b'\n').unwrap_or(part.len());
            let content = part.get(end + 1..).unwrap_or_default();
            (String::from_utf8_lossy(&part[..end.min(200)]).into_owned(), content)
        })
        .collect()
}

/// A ZIP archive; members that it cannot hold are left out.
#[must_use]
pub fn zip(members: &[Member<'_>]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let options = zip::write::SimpleFileOptions::default();
        if archive.start_file(name.as_str(), options).is_ok() {
            archive.write_all(content).expect(WRITTEN);
        }
    }
    archive.finish().expect(WRITTEN).into_inner()
}

/// A gzip file.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect(WRITTEN);
    packed.finish().expect(WRITTEN)
}

/// A Zstandard file.
#[must_use]
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect(WRITTEN)
}

/// A bzip2 file.
#[must_use]
pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packed.write_all(bytes).expect(WRITTEN);
    packed.finish().expect(WRITTEN)
}

/// A table of two articles.
#[must_use]
pub fn table() -> RecordBatch {
    let column = |values: [&str; 2]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    RecordBatch::try_from_iter([
        ("title", column(["Troops", "Denial"])),
        ("date", column(["2024-10-26", "2024-10-27"])),
        ("text", column(["Seoul said no.", "<p>Moscow said no.</p>"])),
    ])
    .expect("columns fit")
}

/// A table as Parquet.
#[must_use]
pub fn parquet(batch: &RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("schema fits");
    writer.write(batch).expect(WRITTEN);
    writer.close().expect(WRITTEN);
    bytes
}

/// A table as an Arrow file.
#[must_use]
pub fn arrow_file(batch: &RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = arrow_ipc::writer::FileWriter::try_new(&mut bytes, &batch.schema()).expect("schema fits");
    writer.write(batch).expect(WRITTEN);
    writer.finish().expect(WRITTEN);
    drop(writer);
    bytes
}

/// A table as an Arrow stream.
#[must_use]
pub fn arrow_stream(batch: &RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = arrow_ipc::writer::StreamWriter::try_new(&mut bytes, &batch.schema()).expect("schema fits");
    writer.write(batch).expect(WRITTEN);
    writer.finish().expect(WRITTEN);
    drop(writer);
    bytes
}
