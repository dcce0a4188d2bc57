//! Golden files: what is read from a file of each format.
//!
//! Beside each file of `tests/files/` lies `<name>.records` with what is read from it: each article with its row and
//! what the format says about it, then what was wrong. Binary files are made here and have their records in
//! `tests/files/made/`. The runner writes the records anew; if that changes them the test fails, so that every change
//! of behaviour is reviewed as a diff.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use reportedly::error::Problem;
use reportedly::read::{self, RawArticle, ReadOptions};

const ENDING: &str = "records";

#[test]
fn files() {
    let mut files: Vec<PathBuf> = fs::read_dir("tests/files")
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
    let path = Path::new("tests/files").join(golden);
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
