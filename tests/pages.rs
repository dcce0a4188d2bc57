//! Golden pages: `tests/golden/html/*.html`, and beside each what is read out of it.
//!
//! The runner writes the `.golden` files anew. If that changes one the test fails, so that every change of behaviour
//! is reviewed as a diff. A block stands as its kind, the bytes of the page that it comes from, and its text.
#![cfg(feature = "html")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use reportedly::document::Document;
use reportedly::{parse, read};

#[test]
fn pages() {
    let mut sources: Vec<PathBuf> = fs::read_dir("tests/golden/html")
        .expect("folder exists")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "html"))
        .collect();
    sources.sort();
    assert!(!sources.is_empty());
    let mut stale = Vec::new();
    for source in sources {
        let page = fs::read(&source).expect("page can be read");
        let new = render(&source, &page);
        let path = source.with_extension("golden");
        if fs::read_to_string(&path).unwrap_or_default() != new {
            fs::write(&path, new).expect("golden file can be written");
            stale.push(path);
        }
    }
    assert!(stale.is_empty(), "rewritten, review the diff: {stale:?}");
}

fn render(path: &Path, page: &[u8]) -> String {
    let name = path.file_name().expect("a file").to_string_lossy();
    let (articles, problems) = read::bytes(&name, page, &read::ReadOptions::default()).expect("good options");
    let mut out = String::new();
    for problem in &problems {
        let _ = writeln!(out, "problem: {problem}");
    }
    for article in articles {
        let document = parse::parse(article);
        describe(&document, &mut out);
        for block in &document.blocks {
            let range = document.page.as_ref().and_then(|map| map.range(block.span));
            let place = range.map_or_else(String::new, |r| format!("{}..{}", r.start, r.end));
            let text = block.span.of(&document.text).replace('\n', "⏎").replace('\t', "⇥");
            let _ = writeln!(out, "[{} {place}] {text}", block.kind.as_str());
        }
    }
    out
}

fn describe(document: &Document, out: &mut String) {
    let metadata = &document.metadata;
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    line("title", metadata.title.as_ref().map(|s| s.value.clone()));
    line("byline", metadata.byline.as_ref().map(|s| s.value.clone()));
    line("outlet", metadata.outlet.as_ref().map(|s| s.value.clone()));
    line("url", metadata.url.clone());
    line("published", metadata.published.as_ref().map(|s| s.value.to_string()));
    line("modified", metadata.modified.as_ref().map(|s| s.value.to_string()));
    for date in &metadata.dates {
        let changed = if date.modified { ", of a change" } else { "" };
        let _ =
            writeln!(out, "date: {} from {}{changed}, {:.2}", date.date, date.kind.as_str(), date.confidence);
    }
}
