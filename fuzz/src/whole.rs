//! From bytes to findings.

use reportedly::corpus::{self, Progress};
use reportedly::document::Document;
use reportedly::parse;
use reportedly::read::{self, RawArticle, ReadOptions};
use reportedly::reconcile::{self, Reconciliation};
use reportedly::search::Index;
use reportedly::table::{self, Collection};

use crate::invariants;

/// Articles of one corpus.
const MOST: usize = 6;

/// The whole way, twice: files parted at form feeds, the first byte of each chooses its name.
pub fn whole(data: &[u8]) {
    let mut articles: Vec<RawArticle> = Vec::new();
    for part in data.split(|b| *b == 0x0C).take(MOST) {
        let Some((first, bytes)) = part.split_first() else { continue };
        let name = ["a.txt", "a.html", "a.md", "a.jsonl", "a.csv"][*first as usize % 5];
        let (more, problems) = read::bytes(name, bytes, &ReadOptions::default()).expect("options are good");
        invariants::read(&more, &problems);
        articles.extend(more);
    }
    articles.truncate(MOST);
    read::make_unique(&mut articles);
    let (collection, reconciliation) = run(articles.clone());
    let (again, same) = run(articles);
    assert_eq!(collection, again, "another run gives other claims");
    assert_eq!(reconciliation, same, "another run gives other findings");
    let stored = collection.to_bytes().expect("every collection can be stored");
    assert_eq!(Collection::from_bytes(&stored).expect("what was stored is read"), collection);
}

fn run(articles: Vec<RawArticle>) -> (Collection, Reconciliation) {
    let documents: Vec<Document> = articles.into_iter().map(parse::parse).collect();
    documents.iter().for_each(invariants::document);
    let extraction = corpus::extract(&documents, &Progress::default()).expect("nobody stops it");
    let collection = Collection::new(documents, Vec::new());
    collection.set_extraction(extraction);
    invariants::claims(&collection);
    let reconciliation = look(&collection);
    (collection, reconciliation)
}

/// Looks at everything that a collection with claims can show.
pub fn look(collection: &Collection) -> Reconciliation {
    let (documents, claims) = (collection.documents(), collection.claims().expect("claims are known"));
    let options = reconcile::Options::default();
    let found = reconcile::reconcile(documents, claims, &options);
    let rows: Vec<u32> = (0..claims.len() as u32).collect();
    let told: usize = table::all_claims(collection, &rows).iter().map(|batch| table::flat(batch).num_rows()).sum();
    assert_eq!(told, claims.len());
    let _ = table::claim_quantities(collection, &rows);
    let _ = table::claim_times(collection, &rows);
    let _ = table::claim_places(collection, &rows);
    table::articles(collection).for_each(drop);
    let _ = table::documents(collection);
    let _ = table::problems(collection);
    let _ = table::copies(collection, &found.copies);
    let _ = table::stories(collection, &found.stories);
    let _ = table::origins(collection, &found.origins);
    let _ = table::propositions(collection, &found);
    let _ = table::ledger(collection, &found, &found.ledger.iter().collect::<Vec<_>>());
    let _ = table::findings(collection, &found.findings);
    let _ = table::parties(collection, &found.parties);
    for index in 0..documents.len() {
        let _ = table::dates(collection, index);
    }
    Index::new(documents, claims).expect("so few words can be counted");
    found
}
