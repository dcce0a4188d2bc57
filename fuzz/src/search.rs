//! Queries, in a corpus that stays the same.

use std::sync::OnceLock;

use reportedly::corpus::{self, Progress};
use reportedly::document::Document;
use reportedly::search::{Hit, Index, Query, Selection};
use reportedly::table::Collection;
use reportedly::{parse, read};

use crate::invariants::lies;

const TEXTS: [&str; 3] = [
    "Seoul, Oct 25 (Yonhap) -- At least 1,000 additional soldiers have been sent, South Korea's spy agency said on \
     Friday. \"The storm corps has arrived,\" it said.\n\nMoscow denied the report.",
    "Storm Corps Sent\n\nThe mayor of Busan said that the drill would go on. \u{201C}Nobody is hurt,\u{201D} she added. \
     Pyongyang-based officials declined to comment on the exercise.",
    "Gda\u{144}sk\u{2019}s port is closed, said \u{141}ucja Kr\u{F3}l. \u{6771}\u{4EAC} \u{1F6A2} na\u{EF}ve \u{FB03}ce.",
];

struct Corpus {
    documents: Collection,
    index: Index,
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let texts = TEXTS.iter().enumerate();
        let documents: Vec<Document> =
            texts.map(|(i, text)| parse::parse(read::text(i.to_string(), *text))).collect();
        let extraction = corpus::extract(&documents, &Progress::default()).expect("nobody stops it");
        let index = Index::new(&documents, &extraction.claims).expect("so few words can be counted");
        let documents = Collection::new(documents, Vec::new());
        documents.set_extraction(extraction);
        Corpus { documents, index }
    })
}

fn find(query: &Query, limit: Option<usize>) -> Vec<Hit> {
    let Corpus { documents, index } = corpus();
    let claims = documents.claims().expect("claims are known");
    index.search(documents.documents(), claims, query, &Selection { limit, ..Selection::default() })
}

/// A query: what it finds can be shown, the best are those of all, and it finds the same again.
pub fn search(data: &[u8]) {
    let Ok(query) = Query::new(&String::from_utf8_lossy(data)) else { return };
    let all = find(&query, None);
    for hit in &all {
        let text = &corpus().documents.documents()[hit.document as usize].text;
        lies(hit.span, text);
        assert!(hit.score.is_finite() && hit.score >= 0.0);
        let mut end = hit.span.start();
        for mark in &hit.highlights {
            lies(*mark, text);
            assert!(end <= mark.start() && mark.end() <= hit.span.end(), "{mark:?} in {:?}", hit.span);
            end = mark.end();
        }
    }
    assert!(all.is_sorted_by(|a, b| a.score >= b.score));
    assert_eq!(find(&query, Some(2)), all[..all.len().min(2)]);
}
