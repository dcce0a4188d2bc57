//! Golden files: what is read from a file of each format.
//!
//! Beside each file of `tests/formats/` lies `<name>.records` with what is read from it: each article with its row and
//! what the format says about it, then what was wrong. Binary files are made here and have their records in
//! `tests/formats/made/`. The runner writes the records anew; if that changes them the test fails, so that every change
//! of behaviour is reviewed as a diff.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use reportedly::error::Problem;
use reportedly::read::{self, RawArticle, ReadOptions};

const ENDING: &str = "records";

#[test]
fn files() {
    let mut files: Vec<PathBuf> = fs::read_dir("tests/formats")
        .expect("folder exists")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.is_file() && p.extension().is_none_or(|e| e != ENDING))
        .collect();
    files.sort();
    let mut stale = Vec::new();
    for path in files {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("file can be read");
        check(&format!("{name}.{ENDING}"), &name, &bytes, &mut stale);
    }
    assert!(stale.is_empty(), "rewritten, review the diff: {stale:?}");
}

fn check(golden: &str, name: &str, bytes: &[u8], stale: &mut Vec<String>) {
    let (articles, problems) = read::bytes(name, bytes, &ReadOptions::default()).expect("options are good");
    let new = listing(&articles, &problems);
    let path = Path::new("tests/formats").join(golden);
    if fs::read_to_string(&path).unwrap_or_default() != new {
        fs::write(&path, new).expect("golden file can be written");
        stale.push(golden.to_owned());
    }
}

fn listing(articles: &[RawArticle], problems: &[Problem]) -> String {
    let mut out = String::new();
    for article in articles {
        let row = article.row.map_or_else(|| "whole file".to_owned(), |row| format!("row {row}"));
        let _ = writeln!(
            out,
            "{} ({row}, {}, {})",
            article.id,
            article.path.as_deref().unwrap_or("?"),
            article.encoding
        );
        let fields = [
            ("title", article.title.clone()),
            ("published", article.published.map(|d| d.to_string())),
            ("modified", article.modified.map(|d| d.to_string())),
            ("outlet", article.outlet.clone()),
            ("byline", article.byline.clone()),
            ("url", article.url.clone()),
            ("text", Some(excerpt(&article.text))),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                let _ = writeln!(out, "  {name}: {value}");
            }
        }
    }
    for problem in problems {
        let row = problem.row.map_or_else(String::new, |row| format!(" row {row}"));
        let _ = writeln!(out, "{} {}{row}: {problem}", problem.severity.as_str(), problem.kind);
    }
    out
}

/// Start and end of a text, on one line.
fn excerpt(text: &str) -> String {
    let flat: Vec<char> = text.replace('\r', "\\r").replace('\n', "\\n").chars().collect();
    if flat.len() <= 120 {
        return flat.into_iter().collect();
    }
    let (start, end) = (&flat[..70], &flat[flat.len() - 40..]);
    format!(
        "{} … {} ({} bytes)",
        start.iter().collect::<String>(),
        end.iter().collect::<String>(),
        text.len()
    )
}

/// Files that are made rather than kept.
#[test]
fn made() {
    let mut stale = Vec::new();
    let lines = fs::read("tests/formats/lines.txt").expect("file can be read");
    check("made/packed.jsonl.gz.records", "packed.jsonl.gz", &gzip(&lines), &mut stale);
    let members = fs::read("tests/formats/crawl.warc").expect("file can be read");
    let (first, second) = members.split_at(members.len() / 2);
    check(
        "made/members.warc.gz.records",
        "members.warc.gz",
        &[gzip(first), gzip(second)].concat(),
        &mut stale,
    );
    let packed = gzip(&fs::read("tests/formats/comma.csv").expect("file can be read"));
    check("made/cut.csv.gz.records", "cut.csv.gz", &packed[..packed.len() - 40], &mut stale);
    check("made/mixed.zip.records", "mixed.zip", &mixed_zip(), &mut stale);
    check("made/office.zip.records", "office.zip", &zip(&[("[Content_Types].xml", b"<x/>")]), &mut stale);
    #[cfg(feature = "arrow")]
    for (name, bytes) in [
        ("table.parquet", columnar::parquet()),
        ("table.feather", columnar::arrow_file()),
        ("stream.arrow", columnar::arrow_stream()),
    ] {
        check(&format!("made/{name}.records"), name, &bytes, &mut stale);
    }
    assert!(stale.is_empty(), "rewritten, review the diff: {stale:?}");
}

/// Megabytes a second of each row format: `cargo test --release --test reading speed -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn speed() {
    let body = "Seoul said on Friday that at least 3,000 soldiers had arrived in the east of the country. "
        .repeat(30);
    let json = format!("{{\"title\": \"Troops\", \"date\": \"2024-10-26\", \"text\": \"{body}\"}}");
    let rows = 40_000;
    let files = [
        ("a.jsonl", format!("{json}\n").repeat(rows)),
        ("a.json", format!("[{json}{}]", format!(",{json}").repeat(rows - 1))),
        ("a.csv", format!("title,date,text\n{}", format!("Troops,2024-10-26,\"{body}\"\n").repeat(rows))),
        (
            "a.mbox",
            format!("From a Sat Oct 26 10:15:00 2024\nFrom: a@b\nDate: Sat, 26 Oct 2024 10:15:00 +0000\n\n{body}\n\n")
                .repeat(rows),
        ),
        (
            "a.warc",
            format!(
                "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
                body.len()
            )
            .repeat(rows),
        ),
    ];
    for (name, content) in files {
        let start = std::time::Instant::now();
        let (articles, problems) =
            read::bytes(name, content.as_bytes(), &ReadOptions::default()).expect("options are good");
        let took = start.elapsed();
        assert_eq!((articles.len(), problems.len()), (rows, 0), "{name}: {:?}", problems.first());
        println!("{name}: {:.0} MB/s", content.len() as f64 / 1e6 / took.as_secs_f64());
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        if name.ends_with('/') {
            archive.add_directory(*name, options).expect("memory can be written");
            continue;
        }
        archive.start_file(*name, options).expect("memory can be written");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}

fn mixed_zip() -> Vec<u8> {
    let table = b"title,text\nTroops,Seoul said no.\nDenial,Moscow said no.\n";
    let inner = zip(&[("deep.txt", b"Kyiv said maybe.")]);
    let deeper = zip(&[("more.zip", &zip(&[("most.zip", &inner)]))]);
    zip(&[
        ("folder/", b""),
        ("folder/a.txt", b"Seoul said no."),
        ("folder/table.csv", table),
        ("folder/a.jsonl.gz", &gzip(b"{\"text\": \"Moscow said no.\"}\n{\"text\": \"Kyiv said no.\"}\n")),
        ("__MACOSX/folder/._a.txt", b"junk"),
        (".hidden.txt", b"junk"),
        ("picture.png", b"\x89PNG"),
        ("../../etc/escape.txt", b"A path that leads out is only a name."),
        ("blanks.txt", &vec![b' '; 20 << 20]),
        ("inner.zip", &inner),
        ("deeper.zip", &deeper),
    ])
}

#[cfg(feature = "arrow")]
mod columnar {
    use std::sync::Arc;

    use arrow_array::builder::{ListBuilder, StringBuilder, StringDictionaryBuilder};
    use arrow_array::types::Int32Type;
    use arrow_array::{
        ArrayRef, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray, StructArray,
        TimestampMicrosecondArray,
    };

    fn batch() -> RecordBatch {
        let mut authors = ListBuilder::new(StringBuilder::new());
        authors.append_value([Some("Jane Doe"), Some("John Roe")]);
        authors.append_null();
        authors.append_value([Some("Max Moe")]);
        let mut language = StringDictionaryBuilder::<Int32Type>::new();
        for site in ["example.org", "example.com", "example.org"] {
            language.append_value(site);
        }
        let name: ArrayRef =
            Arc::new(StringArray::from(vec![Some("Example Times"), None, Some("Example Wire")]));
        let field = Arc::new(arrow_schema::Field::new("name", arrow_schema::DataType::Utf8, true));
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("article_id", Arc::new(Int64Array::from(vec![7, 8, 9]))),
            ("unused", Arc::new(StringViewArray::from(vec!["x"; 3]))),
            ("title", Arc::new(StringViewArray::from(vec![Some("Troops"), None, Some("Empty")]))),
            (
                "text",
                Arc::new(LargeStringArray::from(vec![
                    Some("Seoul said no."),
                    Some("<p>Moscow said no.</p>"),
                    None,
                ])),
            ),
            (
                "published_at",
                Arc::new(TimestampMicrosecondArray::from(vec![Some(1_729_937_700_000_000), None, None])),
            ),
            ("authors", Arc::new(authors.finish())),
            ("domain", Arc::new(language.finish())),
            ("source", Arc::new(StructArray::from(vec![(field, name)]))),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
            .expect("columns fit")
    }

    pub fn parquet() -> Vec<u8> {
        let batch = batch();
        let mut bytes = Vec::new();
        let mut writer =
            parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("schema fits");
        writer.write(&batch).expect("memory can be written");
        writer.close().expect("memory can be written");
        bytes
    }

    pub fn arrow_file() -> Vec<u8> {
        let batch = batch();
        let mut bytes = Vec::new();
        let mut writer =
            arrow_ipc::writer::FileWriter::try_new(&mut bytes, &batch.schema()).expect("schema fits");
        writer.write(&batch).expect("memory can be written");
        writer.finish().expect("memory can be written");
        drop(writer);
        bytes
    }

    pub fn arrow_stream() -> Vec<u8> {
        let batch = batch();
        let mut bytes = Vec::new();
        let mut writer =
            arrow_ipc::writer::StreamWriter::try_new(&mut bytes, &batch.schema()).expect("schema fits");
        writer.write(&batch).expect("memory can be written");
        writer.finish().expect("memory can be written");
        drop(writer);
        bytes
    }
}
