//! What says the same, and what does not though it nearly does.

use super::matcher::SIGNS;
use super::*;
use crate::corpus::{Progress, claims, parse_all};
use crate::language::gazetteer::rows;
use crate::read;

/// Articles as users bring them, all of one story, with what is made of their claims.
struct Read {
    claims: Vec<Claim>,
    documents: Vec<Document>,
    found: Propositions,
}

fn read_all(texts: &[&str]) -> Read {
    let raw = texts.iter().enumerate().map(|(i, t)| read::text(format!("{i}"), *t)).collect();
    let progress = Progress::default();
    let documents = parse_all(raw, &progress).unwrap();
    let claims = claims(&documents, &progress).unwrap();
    let (stories, origins) = (vec![0; documents.len()], (0..claims.len() as u32).collect::<Vec<_>>());
    let found = propositions(&documents, &claims, &stories, &origins, &Options::default());
    Read { claims, documents, found }
}

impl Read {
    fn content(&self, claim: u32) -> &str {
        let claim = &self.claims[claim as usize];
        claim.content_spans[0].of(&self.documents[claim.document as usize].text)
    }

    /// The claim of each document that holds a word.
    fn with(&self, document: u32, word: &str) -> u32 {
        (0..self.claims.len() as u32)
            .find(|&c| self.claims[c as usize].document == document && self.content(c).contains(word))
            .unwrap_or_else(|| panic!("no claim with {word:?}"))
    }

    /// Whether the claims of the first two documents with a word stand in one proposition.
    fn joined(&self, word: &str, other: &str) -> bool {
        let (a, b) = (self.with(0, word), self.with(1, other));
        self.found.list.iter().any(|p| p.claims.contains(&a) && p.claims.contains(&b))
    }
}

fn same(a: &str, b: &str) -> bool {
    let read = read_all(&[a, b]);
    let (a, b) = (read.claims[0].document, read.claims.last().unwrap().document);
    assert_ne!(a, b, "a claim each");
    read.found.list.iter().any(|p| {
        let of: BTreeSet<u32> = p.claims.iter().map(|&c| read.claims[c as usize].document).collect();
        of.len() == 2
    })
}

#[test]
fn weights_are_those_of_the_signs() {
    let known: Vec<&str> = rows(include_str!("../../../lexicon/agreement.tsv")).map(|row| row[0]).collect();
    assert_eq!(known, SIGNS);
    for row in rows(include_str!("../../../lexicon/agreement.tsv")) {
        assert!(row[1].parse::<f64>().is_ok(), "{row:?}");
    }
}

#[test]
fn nothing_says_nothing() {
    assert!(read_all(&[]).found.list.is_empty());
    let one = read_all(&["Officials said North Korea sent 3,000 troops to Russia."]);
    assert!(one.found.list.is_empty());
    assert!(one.found.related(0).is_empty());
    assert!(one.found.related(99).is_empty());
}

#[test]
fn paraphrases_say_the_same() {
    assert!(same(
        "Seoul said North Korea had sent 3,000 troops to Russia.",
        "Washington said North Korea dispatched 3,000 soldiers to Russia."
    ));
    assert!(same(
        "Police said the gunman killed four people in the attack.",
        "Officials said four people were killed by the gunman in the attack."
    ));
}

#[test]
fn an_edge_says_what_matched() {
    let read = read_all(&[
        "Seoul said North Korea had sent 3,000 troops to Russia.",
        "Washington said North Korea dispatched 3,000 soldiers to Russia.",
    ]);
    let proposition = &read.found.list[0];
    let matched = &proposition.matches[0].matched;
    for phrase in ["predicate: send ~ dispatch", "participant: North Korea", "figure: 3,000", "place: Russia"]
    {
        assert!(matched.iter().any(|m| m == phrase), "{phrase} in {matched:?}");
    }
    assert_eq!(proposition.predicate.as_deref(), Some("sent"));
    assert_eq!(proposition.figures, ["3,000"]);
    assert_eq!(proposition.places, ["Russia"]);
    assert!(proposition.participants.contains(&"North Korea".to_owned()), "{:?}", proposition.participants);
}

#[test]
fn participants_swapped_are_another_event() {
    assert!(!same("Officials said Iran attacked Israel.", "Officials said Israel attacked Iran."));
    assert!(same("Officials said Iran attacked Israel.", "Witnesses said Israel was attacked by Iran."));
}

#[test]
fn other_figures_say_something_else() {
    assert!(!same(
        "Seoul said North Korea had sent 3,000 troops to Russia.",
        "Washington said North Korea had sent 12,000 troops to Russia."
    ));
}

#[test]
fn other_places_say_something_else() {
    assert!(!same(
        "Police said a bomb exploded at a market in Lagos.",
        "Police said a bomb exploded at a market in Lima."
    ));
}

#[test]
fn a_year_apart_is_another_event() {
    assert!(!same(
        "Officials said the rebels attacked the town on March 3, 2021.",
        "Officials said the rebels attacked the town on March 3, 2022."
    ));
}

#[test]
fn what_is_denied_is_the_opposite() {
    let read = read_all(&[
        "Seoul said North Korea sent troops to Russia.",
        "Moscow said North Korea did not send troops to Russia.",
    ]);
    assert!(!read.joined("troops", "troops"));
    let a = read.found.list.iter().position(|p| p.polarity == Polarity::Positive).unwrap();
    let b = read.found.list[a].opposite.unwrap();
    assert_eq!(read.found.list[b as usize].polarity, Polarity::Negative);
    assert_eq!(read.found.list[b as usize].opposite, Some(a as u32));
    let related = read.found.related(read.with(1, "troops") as usize);
    assert_eq!(related[0].claim, read.with(0, "troops"));
}

#[test]
fn a_thousand_copies_are_one_wording() {
    let text =
        "Seoul said North Korea had sent 3,000 troops to Russia. It said 12 shells were fired at the port.";
    let texts = vec![text; 1000];
    let start = std::time::Instant::now();
    let read = read_all(&texts);
    assert!(read.found.list.iter().all(|p| p.claims.len() == 1000), "{}", read.found.list.len());
    assert!(read.found.list.iter().all(|p| p.matches.len() == 999));
    // A square of the claims would take minutes.
    assert!(start.elapsed().as_secs() < 60);
}
