//! From articles to what they come to, for tests of the whole way.

use std::fs;

use reportedly::corpus::{self, Progress};
use reportedly::document::{Claim, Document};
use reportedly::read::RawArticle;

/// Documents and claims of articles.
pub fn analyse(articles: Vec<RawArticle>) -> (Vec<Document>, Vec<Claim>) {
    let progress = Progress::default();
    let documents = corpus::parse_all(articles, &progress).expect("nobody stops it");
    let claims = corpus::claims(&documents, &progress).expect("nobody stops it");
    (documents, claims)
}

/// The founding articles, called by the first three letters of their files.
#[allow(dead_code, reason = "each test program compiles this module, and not all read the founding articles")]
pub fn founding_articles() -> Vec<RawArticle> {
    let mut paths: Vec<_> =
        fs::read_dir("seeds").expect("seeds exist").filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    let article = |path: &std::path::PathBuf| RawArticle {
        id: path.file_stem().map(|s| s.to_string_lossy()[..3].to_owned()).unwrap_or_default(),
        text: fs::read_to_string(path).expect("seeds are UTF-8"),
        ..RawArticle::default()
    };
    paths.iter().map(article).collect()
}
