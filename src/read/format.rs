//! What is in a file, by its content first and its name second.

use std::path::Path;

/// The formats that are read; each has a module of its own name.
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Markdown,
    Html,
    /// One JSON value a line, or one after the other.
    Jsonl,
    /// One JSON value: an array, or an object with an array in it.
    Json,
    /// Delimiter-separated values.
    Csv,
    Parquet,
    Arrow,
    Warc,
    /// One message.
    Eml,
    /// Many messages.
    Mbox,
    /// RSS or Atom.
    Feed,
    Nexis,
    Zip,
}

/// Extensions for which folders are read, without those of compression.
pub const EXTENSIONS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv",
    "parquet", "arrow", "feather", "ipc", "warc", "eml", "mbox", "rss", "atom", "xml", "zip",
];

/// Endings of compressed files.
pub(super) const PACKED: &[&str] = &["gz", "gzip", "zst", "zstd", "bz2"];

/// The format of a file that begins with `head`, is named `name`, and is not compressed.
pub(super) fn of(head: &[u8], name: &str) -> Format {
    if head.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    if head.starts_with(b"ARROW1") {
        return Format::Arrow;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Format::Zip;
    }
    if head.starts_with(b"WARC/") {
        return Format::Warc;
    }
    match extension(name).as_deref() {
        Some("md" | "markdown") => Format::Markdown,
        _ => Format::Plain,
    }
}

/// The last extension of a name, in small letters.
pub(super) fn extension(name: &str) -> Option<String> {
    Some(Path::new(name).extension()?.to_string_lossy().to_lowercase())
}

/// Whether folders are read for files of this name.
pub(super) fn is_known(name: &str) -> bool {
    let Some(last) = extension(name) else { return false };
    if PACKED.contains(&last.as_str()) {
        return is_known(&name[..name.len() - last.len() - 1]);
    }
    EXTENSIONS.contains(&last.as_str())
}

/// [`EXTENSIONS`] as a person writes them.
pub(super) fn extensions() -> String {
    EXTENSIONS.iter().map(|e| format!(".{e}")).collect::<Vec<_>>().join(", ")
}
