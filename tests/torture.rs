//! Hostile and broken files: each is read within two seconds, or becomes a problem; nothing panics.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use reportedly::error::Problem;
use reportedly::read::{self, EXTENSIONS, RawArticle, ReadOptions};

fn read(name: &str, bytes: &[u8]) -> (Vec<RawArticle>, Vec<Problem>) {
    let start = Instant::now();
    let read = read::bytes(name, bytes, &ReadOptions::default()).expect("options are good");
    let took = start.elapsed();
    if took > Duration::from_millis(50) {
        println!("{name}: {} MB, {took:.2?}", bytes.len() >> 20);
    }
    assert!(
        took < Duration::from_secs(2),
        "{name} took {took:?}: {} articles, {} problems, {:?}",
        read.0.len(),
        read.1.len(),
        read.1.first()
    );
    read
}

/// Reads, and gives the number of articles and the kinds of problems.
fn check(name: &str, bytes: &[u8], articles: usize, problems: &[&str]) {
    let (found, wrong) = read(name, bytes);
    let kinds: Vec<&str> = wrong.iter().map(|p| p.kind.as_str()).collect();
    assert_eq!((found.len(), kinds.as_slice()), (articles, problems), "{name}: {wrong:?}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory can be written");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}

#[test]
fn a_field_of_100_mb() {
    let mut table = b"title,text\nA,Seoul said no.\nB,\"".to_vec();
    table.resize(table.len() + 100_000_000, b'x');
    table.extend_from_slice(b"\"\nC,Moscow said no.\n");
    check("a.csv", &table, 2, &["too_large"]);
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    let mut table = b"title,text\nA,Seoul said no.\nB,\"".to_vec();
    table.resize(table.len() + 70_000_000, b'\n');
    check("a.csv", &table, 1, &["too_large"]);
}

#[test]
fn a_line_of_50_mb() {
    let mut lines = b"{\"text\": \"Seoul said no.\"}\n{\"text\": \"".to_vec();
    lines.resize(lines.len() + 50_000_000, b'x');
    lines.extend_from_slice(b"\"}\n{\"text\": \"Moscow said no.\"}\n");
    check("a.jsonl", &lines, 2, &["too_large"]);
}

#[test]
fn an_element_of_20_mb() {
    let long = "x".repeat(20_000_000);
    let array = format!(
        "[{{\"text\": \"Seoul said no.\"}},\n {{\"text\": \"{long}\"}}, {{\"text\": \"Moscow said no.\"}}]"
    );
    check("a.json", array.as_bytes(), 2, &["too_large"]);
}

#[test]
fn json_100_000_deep() {
    for text in ["[", "{\"a\":", "[{\"a\":", "{\"articles\":[", "{\"text\":\"x\",\"data\":"] {
        check("a.json", text.repeat(100_000).as_bytes(), 0, &["too_deep"]);
        check("a.jsonl", text.repeat(100_000).as_bytes(), 0, &["too_deep"]);
    }
}

#[test]
fn many_small_things() {
    let (found, problems) = read("a.json", format!("[{}]", vec!["{}"; 200_000].join(",")).as_bytes());
    assert_eq!((found.len(), problems.len()), (0, 2));
    let (found, _) = read("a.csv", format!("text\n{}", "x\n".repeat(100_000)).as_bytes());
    assert_eq!(found.len(), 100_000);
    read("a.csv", format!("title,text\n{}", ",".repeat(5_000_000)).as_bytes());
    read("a.csv", ",".repeat(60_000).as_bytes());
    read("a.eml", "A: b\r\n".repeat(100_000).as_bytes());
    read("a.mbox", "From a b 2024\n\nx\n".repeat(50_000).as_bytes());
    read("a.txt", "1 of 2 DOCUMENTS\n\nLENGTH: 3 words\n\n".repeat(50_000).as_bytes());
    read("a.warc", b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n".repeat(50_000).as_slice());
}

#[test]
fn mail_100_000_deep() {
    let mut mail = String::from("From: a\r\nMIME-Version: 1.0\r\n");
    for i in 0..100_000 {
        mail.push_str(&format!("Content-Type: multipart/mixed; boundary=\"b{i}\"\r\n\r\n--b{i}\r\n"));
    }
    read("a.eml", mail.as_bytes());
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    read("a.eml", format!("From: a\r\nMIME-Version: 1.0\r\n{nested}").as_bytes());
}

#[test]
fn xml_100_000_deep() {
    let head = "<rss version=\"2.0\"><channel><title>x</title><item><title>A</title><description>";
    read("a.rss", format!("{head}{}", "<b>".repeat(100_000)).as_bytes());
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">";
    read("a.atom", format!("{atom}{}", "<div>".repeat(100_000)).as_bytes());
    read("a.rss", format!("{head}{}", "&amp;".repeat(1_000_000)).as_bytes());
}

#[test]
fn compressed_files_that_lie() {
    let blank = vec![b' '; 300 << 20];
    let bomb = gzip(&blank);
    check("a.txt.gz", &bomb, 0, &["too_large"]);
    let (found, problems) = read("a.jsonl.gz", &bomb);
    assert_eq!((found.len(), problems.is_empty()), (0, false));
    check("a.zip", &zip(&[("a.txt", &blank), ("b.txt", b"Seoul said no.")]), 1, &["too_large"]);
    let good = gzip(b"{\"text\": \"Seoul said no.\"}\n{\"text\": \"Moscow said no.\"}\n");
    for cut in 0..good.len() {
        read("a.jsonl.gz", &good[..cut]);
        let mut changed = good.clone();
        changed[cut] ^= 0xFF;
        read("a.jsonl.gz", &changed);
    }
    let good = zip(&[("a.txt", b"Seoul said no."), ("b.csv", b"title,text\nA,Moscow said no.\n")]);
    for cut in 0..good.len() {
        read("a.zip", &good[..cut]);
        let mut changed = good.clone();
        changed[cut] ^= 0xFF;
        read("a.zip", &changed);
    }
}

#[test]
fn empty_and_nul_files_of_each_extension() {
    for extension in EXTENSIONS {
        let name = format!("a.{extension}");
        for content in
            [&b""[..], b"\0", &[0; 5000], b"\n", b"\xEF\xBB\xBF", b"\xFF\xFE", b"{", b"[", b"<", b"\""]
        {
            let (found, problems) = read(&name, content);
            assert!(!found.is_empty() || !problems.is_empty(), "nothing is said of {name} with {content:?}");
        }
    }
}

#[test]
fn a_file_that_is_named_as_another() {
    let text = "Seoul said on Friday that soldiers had arrived.";
    let contents = [
        format!("{{\"title\": \"A\", \"text\": \"{text}\"}}"),
        format!("{{\"text\": \"{text}\"}}\n{{\"text\": \"{text}\"}}\n"),
        format!("title,text,date\nA,\"{text}\",2024-10-26\n"),
        format!("<html><body><p>{text}</p></body></html>"),
        format!("From: a\r\nSubject: b\r\nMIME-Version: 1.0\r\n\r\n{text}\r\n"),
        format!(
            "<rss version=\"2.0\"><channel><item><description>{text}</description></item></channel></rss>"
        ),
        format!("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {}\r\n\r\n{text}\r\n\r\n", text.len()),
    ];
    for content in &contents {
        for extension in [
            "txt", "md", "html", "json", "jsonl", "csv", "eml", "mbox", "rss", "xml", "warc", "zip",
            "parquet",
        ] {
            let (found, problems) = read(&format!("a.{extension}"), content.as_bytes());
            let whole = found.iter().any(|a| a.text.contains(text));
            assert!(whole || !problems.is_empty(), "{extension}: {content}");
        }
    }
}

#[cfg(feature = "arrow")]
#[test]
fn damaged_tables() {
    use std::sync::Arc;
    let column: arrow_array::ArrayRef =
        Arc::new(arrow_array::StringArray::from(vec!["Seoul said no.", "Moscow said no."]));
    let batch = arrow_array::RecordBatch::try_from_iter([("text", column)]).expect("columns fit");
    let mut parquet = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut parquet, batch.schema(), None).expect("schema fits");
    writer.write(&batch).expect("memory can be written");
    writer.close().expect("memory can be written");
    let mut arrow = Vec::new();
    let mut writer =
        arrow_ipc::writer::FileWriter::try_new(&mut arrow, &batch.schema()).expect("schema fits");
    writer.write(&batch).expect("memory can be written");
    writer.finish().expect("memory can be written");
    drop(writer);
    for good in [parquet, arrow] {
        for at in 0..good.len() {
            read(&format!("cut at {at}.parquet"), &good[..at]);
            let mut changed = good.clone();
            changed[at] ^= 0xFF;
            read(&format!("changed at {at}.parquet"), &changed);
        }
    }
}

/// First bytes of each format, to get past its detection.
const STARTS: &[&[u8]] = &[
    b"",
    b"PAR1",
    b"ARROW1\0\0",
    b"\xFF\xFF\xFF\xFF\x10\0\0\0",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"WARC/1.0\r\n",
    b"\x1F\x8B\x08",
    b"\x28\xB5\x2F\xFD",
    b"BZh91AY&SY",
    b"From a@b Sat Oct 26 10:15:00 2024\nA: b\n",
    b"MIME-Version: 1.0\r\nFrom: a\r\nTo: b\r\n",
    b"<?xml version=\"1.0\"?><rss version=\"2.0\">",
    b"<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    b"{\"text\": \"",
    b"[{\"text\": \"",
    b"{\"text\": \"x\"}\n{",
    b"title,text,date\n",
    b"sep=;\n",
    b"1 of 2 DOCUMENTS\n\nLENGTH: 12 words\n",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_behind_each_mark(start in 0..STARTS.len(), bytes in prop::collection::vec(any::<u8>(), 0..2000), extension in 0..EXTENSIONS.len()) {
        let content = [STARTS[start], &bytes].concat();
        read(&format!("a.{}", EXTENSIONS[extension]), &content);
    }

    #[test]
    fn random_text_behind_each_mark(start in 0..STARTS.len(), text in "[\\PC\n\r\t,;:\"{}\\[\\]<>&/-]{0,400}", extension in 0..EXTENSIONS.len()) {
        let content = [STARTS[start], text.as_bytes()].concat();
        for article in read(&format!("a.{}", EXTENSIONS[extension]), &content).0 {
            prop_assert!(!article.text.trim().is_empty());
        }
    }
}
