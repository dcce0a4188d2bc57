//! What is in a file, by its content first and its name second.

use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::stream;

/// The formats that are read; each has a module of its own name.
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
    // A stream begins with the mark of a message and its length, which is a multiple of eight.
    let is_stream = matches!(head, [0xFF, 0xFF, 0xFF, 0xFF, low, _, _, 0, ..] if low % 8 == 0);
    if head.starts_with(b"ARROW1") || is_stream {
        return Format::Arrow;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Format::Zip;
    }
    if head.starts_with(b"WARC/") {
        return Format::Warc;
    }
    let extension = extension(name);
    let extension = extension.as_deref().unwrap_or_default();
    let utf8;
    let head = match stream::encoding(&head[..head.len().min(1 << 12)], None) {
        // Marks that tell formats apart are two bytes each.
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            utf8 = encoding.decode(head).0;
            utf8.as_bytes()
        }
        _ => head,
    };
    if is_feed(head, extension) {
        return Format::Feed;
    }
    if let Some(format) = json(head, extension) {
        return format;
    }
    if let Some(format) = mail(head, extension) {
        return format;
    }
    if super::html::is_page(head, matches!(extension, "html" | "htm" | "xhtml")) {
        return Format::Html;
    }
    if super::nexis::is_export(head) {
        return Format::Nexis;
    }
    if is_csv(head, extension) {
        return Format::Csv;
    }
    match extension {
        "md" | "markdown" => Format::Markdown,
        _ => Format::Plain,
    }
}

/// JSON, as one value or as lines. What is called so must at least begin with a bracket; anything else must begin
/// like an object with members.
fn json(head: &[u8], extension: &str) -> Option<Format> {
    let text = start(head);
    let called_lines = matches!(extension, "jsonl" | "ndjson");
    let called = called_lines || extension == "json";
    let begins = match text.first() {
        Some(b'{') => called || is_object(text),
        Some(b'[') => called || is_object(text[1..].trim_ascii_start()),
        _ => called_lines || called && text.is_empty(),
    };
    if !begins {
        return None;
    }
    let first = text.split(|b| *b == b'\n').next().unwrap_or_default();
    let more = !text[first.len()..].trim_ascii().is_empty();
    let whole = first.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    // Arrays, and objects over many lines, are not read by lines, whatever the name says.
    let opened = first.starts_with(b"[") || matches!(first.trim_ascii(), b"{");
    Some(if whole && more || called_lines && !opened { Format::Jsonl } else { Format::Json })
}

/// `{"name": …`
fn is_object(text: &[u8]) -> bool {
    let Some(inner) = text.strip_prefix(b"{").map(<[u8]>::trim_ascii_start) else { return false };
    let mut pieces = inner.split(|b| *b == b'"');
    pieces.next().is_some_and(<[u8]>::is_empty)
        && pieces.next().is_some()
        && pieces.next().is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
}

/// RSS, Atom or RDF by the first element, and JSON Feed by its version; other XML by its extension, to be refused there.
fn is_feed(head: &[u8], extension: &str) -> bool {
    let text = start(head);
    if text.starts_with(b"{") {
        return find(&text[..text.len().min(1 << 10)], b"//jsonfeed.org/version/");
    }
    let is_xml = text.starts_with(b"<?xml");
    let mut rest = text;
    // Declarations, comments and the document type come before the first element.
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at + 1..];
        match rest.first() {
            Some(b'!') if rest.starts_with(b"!--") => {
                let end = rest.windows(3).position(|w| w == b"-->");
                rest = end.map_or(&[], |end| &rest[end..]);
            }
            Some(b'?' | b'!') => {}
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                let end =
                    rest.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b':').unwrap_or(rest.len());
                let is_root = matches!(&rest[..end], b"rss" | b"feed" | b"rdf:RDF" | b"RDF");
                let is_page = rest[..end].eq_ignore_ascii_case(b"html");
                return text.starts_with(b"<")
                    && (is_root
                        || (is_xml || extension == "xml")
                            && !is_page
                            && matches!(extension, "rss" | "atom" | "xml"));
            }
            _ => return false,
        }
    }
    false
}

/// Mail by its first headers: any for what is called mail, those that only mail has for everything else.
fn mail(head: &[u8], extension: &str) -> Option<Format> {
    if let Some(from) = head.strip_prefix(b"From ") {
        let line = from.split(|b| *b == b'\n').next().unwrap_or_default();
        let next = head.get(5 + line.len() + 1..).unwrap_or_default();
        let dated = line.windows(4).any(|w| w.iter().all(u8::is_ascii_digit)) && line.contains(&b':');
        if extension == "mbox" || dated && header(next).is_some() {
            return Some(Format::Mbox);
        }
    }
    let (mut sure, mut known, mut any) = (0, 0, 0);
    for line in start(head).split(|b| *b == b'\n').take(60) {
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let name = header(line)?.to_ascii_lowercase();
        any += 1;
        known += usize::from(matches!(
            name.as_slice(),
            b"from" | b"to" | b"subject" | b"date" | b"sender" | b"reply-to"
        ));
        sure += usize::from(matches!(
            name.as_slice(),
            b"message-id"
                | b"mime-version"
                | b"received"
                | b"return-path"
                | b"delivered-to"
                | b"content-transfer-encoding"
        ));
    }
    (known >= 2 && sure >= 1 || extension == "eml" && any >= 1).then_some(Format::Eml)
}

/// The name of a header.
fn header(line: &[u8]) -> Option<&[u8]> {
    let name = line.split(|b| *b == b':').next()?;
    let is_name = !name.is_empty() && name.len() < line.len() && name.len() < 60;
    (is_name && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))).then_some(name)
}

fn find(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|w| w == word)
}

/// A table, by its name, or by a header that cannot be anything else.
fn is_csv(head: &[u8], extension: &str) -> bool {
    matches!(extension, "csv" | "tsv") && !start(head).starts_with(b"<") || super::csv::is_table(head)
}

/// The first bytes without byte order mark and white space.
fn start(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, head: &str, expected: Format) {
        assert_eq!(of(head.as_bytes(), name), expected, "{name}: {head}");
    }

    #[test]
    fn text_stays_text() {
        for head in [
            "",
            "{ said the minister }",
            "[Updated] Seoul said no.",
            "[1] Seoul said no.",
            "\"Title, text, date\", he wrote.",
            "title, text\n\nSeoul said no.",
            "From Seoul, on Friday 2024 at 10:15\nSeoul said no.",
            "Subject: Troops\nFrom: Seoul\nDate: today\n\nSeoul said no.",
            "<quote> is a word",
            "WARCRAFT/1.0",
        ] {
            check("a.txt", head, Format::Plain);
        }
        check("a.md", "# Title, text, date\n", Format::Markdown);
    }

    #[test]
    fn contents_go_before_names() {
        for name in ["a.txt", "a.csv", "a", "a.json", "a.html"] {
            check(name, "{\"text\": \"x\"}\n{\"text\": \"y\"}\n", Format::Jsonl);
            check(name, " [\n {\n  \"text\": \"x\"}]", Format::Json);
            check(
                name,
                "<?xml version=\"1.0\"?><!-- <p> --><!DOCTYPE rss [<!ENTITY a \"b\">]>\n<rss version=\"2.0\">",
                Format::Feed,
            );
            check(name, "{\"version\": \"https://jsonfeed.org/version/1\"}", Format::Feed);
            check(name, "From a@b Sat Oct 26 10:15:00 2024\nFrom: a\n\nx", Format::Mbox);
            check(name, "Received: x\r\n\tby y\r\nFrom: a\r\nSubject: b\r\n\r\nx", Format::Eml);
            check(name, "WARC/1.1\r\nWARC-Type: warcinfo\r\n", Format::Warc);
            check(name, "title,author,text\nA,B,C\n", Format::Csv);
        }
    }

    #[test]
    fn names_decide_where_contents_do_not() {
        check("a.csv", "a;b\n1;2\n", Format::Csv);
        check("a.json", "{\"text\"", Format::Json);
        check("a.jsonl", "{\"text\": \"x\"}", Format::Jsonl);
        check("a.jsonl", "not json\n{\"text\": \"x\"}\n", Format::Jsonl);
        check("a.jsonl", "[{\"text\": \"x\"}]", Format::Json);
        check("a.eml", "Subject: b\r\n\r\nx", Format::Eml);
        check("a.xml", "<?xml version=\"1.0\"?><nitf>", Format::Feed);
    }
}
