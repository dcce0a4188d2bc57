//! A target a format. What a file holds is found by its content, so another one may answer: that is part of it.

use reportedly::document::Document;
use reportedly::read::{self, ReadOptions};
use reportedly::{extract, parse};

use crate::{invariants, made};

/// Labels that overrule detection; the first stands for none.
const ENCODINGS: [&str; 10] = [
    "", "utf-8", "utf-16le", "utf-16be", "windows-1252", "shift_jis", "gb18030", "iso-2022-jp", "euc-kr", "big5",
];

/// Reads, within small limits, so that limits are met.
fn read(name: &str, bytes: &[u8], encoding: &str) -> Vec<read::RawArticle> {
    let encoding = Some(encoding).filter(|e| !e.is_empty()).map(str::to_owned);
    let options = ReadOptions { max_bytes: 1 << 20, max_file_bytes: 4 << 20, encoding, ..ReadOptions::default() };
    let (articles, problems) = read::bytes(name, bytes, &options).expect("the encoding is known");
    invariants::read(&articles, &problems);
    articles
}

/// The first byte chooses one of `names`, the others are the file.
fn named(names: &[&str], data: &[u8]) -> Vec<read::RawArticle> {
    let Some((first, bytes)) = data.split_first() else { return Vec::new() };
    read(names[*first as usize % names.len()], bytes, "")
}

/// Web pages, and what is parsed of them.
pub fn html(data: &[u8]) {
    for article in read("a.html", data, "") {
        invariants::document(&parse::parse(article));
    }
}

/// JSON in one piece, and lines of it.
pub fn json(data: &[u8]) {
    named(&["a.json", "a.jsonl"], data);
}

/// Delimited tables.
pub fn csv(data: &[u8]) {
    named(&["a.csv", "a.tsv", "a.txt"], data);
}

/// Web archives.
pub fn warc(data: &[u8]) {
    read("a.warc", data, "");
    read("a.warc", &[b"WARC/1.0\r\n", data].concat(), "");
}

/// Messages and mailboxes.
pub fn mail(data: &[u8]) {
    named(&["a.eml", "a.mbox"], data);
}

/// RSS, Atom, RDF and JSON Feed.
pub fn feed(data: &[u8]) {
    named(&["a.rss", "a.atom", "a.xml"], data);
}

/// Exports of news archives.
pub fn nexis(data: &[u8]) {
    read("a.txt", data, "");
    read("a.txt", &[b"1 of 2 DOCUMENTS\n\nLENGTH: 12 words\n", data].concat(), "");
}

/// Archives and compressed files: as they are, around the bytes, or damaged.
pub fn archive(data: &[u8]) {
    let Some(([how, at], bytes)) = data.split_first_chunk() else { return };
    let (name, mut packed) = match how % 8 {
        0 => ("a.zip", bytes.to_vec()),
        1 => ("a.jsonl.gz", bytes.to_vec()),
        2 => ("a.csv.zst", bytes.to_vec()),
        3 => ("a.txt.bz2", bytes.to_vec()),
        4 => ("a.zip", made::zip(&made::members(bytes))),
        5 => ("a.jsonl.gz", made::gzip(bytes)),
        6 => ("a.csv.zst", made::zstd(bytes)),
        _ => ("a.txt.bz2", made::bzip2(bytes)),
    };
    // One byte of what was packed well is turned round; of 256 places, so that the place hardly moves with the length.
    if how & 0x80 != 0 && !packed.is_empty() {
        let place = packed.len() * usize::from(*at) / 256;
        packed[place] ^= 1 << (how >> 4 & 7);
    }
    read(name, &packed, "");
}

/// Parquet and Arrow.
pub fn columnar(data: &[u8]) {
    named(&["a.parquet", "a.arrow", "a.feather"], data);
}

/// Plain text in any encoding, parsed, with the figures, times and places in it.
pub fn text(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let markup = if first & 0x80 == 0 { "a.txt" } else { "a.md" };
    for article in read(markup, bytes, ENCODINGS[(*first & 0x7F) as usize % ENCODINGS.len()]) {
        let decoded = article.text.clone();
        let document = parse::parse(article.clone());
        assert_eq!(document.decoded(), decoded, "the text was changed");
        invariants::document(&document);
        figures(&parse::plain(article));
    }
}

/// Figures, times and places of a text, and the short way to figures.
fn figures(document: &Document) {
    invariants::document(document);
    let text = document.text.as_str();
    let (values, quantities) = (extract::values(document), extract::quantities(document));
    quantities.iter().chain(&values).for_each(|q| invariants::quantity(q, text));
    extract::times(document).iter().for_each(|t| invariants::lies(t.span, text));
    extract::places(document).iter().for_each(|p| invariants::lies(p.span, text));
}
