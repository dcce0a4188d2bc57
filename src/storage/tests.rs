use std::fs;
use std::path::Path;

use super::*;
use crate::corpus::{self, Progress};
use crate::document::Document;
use crate::error::{ErrorKind, Problem, Result};
use crate::table::{Collection, sound};
use crate::{parse, read};

fn collection(texts: &[&str]) -> Collection {
    let documents: Vec<Document> =
        texts.iter().enumerate().map(|(i, t)| parse::parse(read::text(format!("t{i}"), *t))).collect();
    let problems = vec![Problem::read("x.txt", "empty", "`x.txt` is empty", "").at(Some(3))];
    let collection = Collection::new(documents, problems);
    let extraction = corpus::extract(collection.documents(), &Progress::default()).expect("nobody stops it");
    collection.set_extraction(extraction);
    collection
}

fn saved(collection: &Collection, folder: &Path) -> Result<bool> {
    save(collection, &[], folder, &Progress::default())
}

fn loaded(folder: &Path) -> Result<Saved> {
    load(folder, &Progress::default()).map(|saved| saved.expect("nobody stops it"))
}

const RAIN: &str = "“It rains in Zürich,” Ann Lee said on Friday. She said 1,500 people had come to Bern.";
const BROKEN: &str = "Itâ€™s late, President Volodymyr Zelenskyy said. The of\u{fb01}ce was shut.";

#[test]
fn what_was_saved_returns_with_the_names_of_its_articles() {
    let folder = tempfile::tempdir().unwrap();
    let zelensky =
        "Ukrainian President Volodymyr Zelensky said so. President Volodymyr Zelensky of Ukraine left.";
    let corpus = collection(&[RAIN, "", BROKEN, zelensky]);
    assert!(corpus.documents()[2].original.is_some());
    assert!(!corpus.extraction().unwrap().renamed.is_empty());
    saved(&corpus, folder.path()).unwrap();
    let back = loaded(folder.path()).unwrap();
    assert_eq!(back.collection, corpus);
    assert_eq!(back.collection.extraction(), corpus.extraction());
    assert!(!back.collection.is_foreign());
}

#[test]
fn parts_of_others_return_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = collection(&[RAIN]);
    let batches = vec![crate::table::documents(&corpus); 2];
    let part = |name: &str| Part { name: name.to_owned(), batches: batches.clone() };
    let progress = Progress::default();
    save(&corpus, &[part("search_terms")], folder.path(), &progress).unwrap();
    let back = loaded(folder.path()).unwrap();
    let rows: usize = back.part("search_terms").unwrap().unwrap().iter().map(|b| b.num_rows()).sum();
    assert_eq!(rows, 2);
    assert!(back.part("search_units").unwrap().is_none() && back.part("claims").unwrap().is_none());
    for name in ["claims", "", "../x", "A"] {
        let error = save(&corpus, &[part(name)], folder.path(), &progress).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{name}");
    }
    // A corpus without them leaves none behind.
    saved(&corpus, folder.path()).unwrap();
    assert!(loaded(folder.path()).unwrap().part("search_terms").unwrap().is_none());
}

#[test]
fn a_save_that_is_stopped_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let old = collection(&[RAIN]);
    saved(&old, folder.path()).unwrap();
    let names = || fs::read_dir(folder.path()).unwrap().count();
    let before = names();
    let progress = Progress::default();
    progress.stop();
    assert!(!save(&collection(&[BROKEN]), &[], folder.path(), &progress).unwrap());
    assert_eq!(names(), before);
    assert_eq!(loaded(folder.path()).unwrap().collection, old);
    assert!(load(folder.path(), &progress).unwrap().is_none());
}

#[test]
fn one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = collection(&[RAIN]);
    let held = folder::Folder::open(folder.path()).unwrap();
    let error = saved(&corpus, folder.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Storage);
    assert!(error.to_string().contains("another save"), "{error}");
    drop(held);
    assert!(saved(&corpus, folder.path()).unwrap());
}

#[test]
fn what_another_version_made_is_marked_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = collection(&[RAIN]);
    saved(&corpus, folder.path()).unwrap();
    let path = folder.path().join("manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    let own = format!("\"program\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(&path, text.replace(&own, "\"program\": \"0.0.1\"")).unwrap();
    let back = loaded(folder.path()).unwrap().collection;
    assert!(back.is_foreign());
    assert_eq!(back, corpus);
    saved(&back, folder.path()).unwrap();
    let again = loaded(folder.path()).unwrap().collection;
    assert!(again.is_foreign());
    // Its claims are not mixed with those of this version.
    let mut extracted = 0;
    let more = collection(&[RAIN, BROKEN]);
    let sum = crate::addition::add(&again, &more, &Progress::default(), |n| extracted = n).unwrap();
    assert_eq!((extracted, sum.documents().len()), (1, 2));
    assert!(!sum.is_foreign());
}

#[test]
fn unsound_states_are_told() {
    let corpus = collection(&[RAIN]);
    let (document, claims) = (&corpus.documents()[0], corpus.claims().unwrap());
    assert_eq!(sound::check(document, claims), Ok(()));
    let shorter = Document { text: document.text[..20].to_owned(), ..document.clone() };
    assert!(sound::check(&shorter, claims).is_err());
    let other = parse::parse(read::text("u", "Nothing."));
    assert!(sound::check(&other, claims).is_err());
}
