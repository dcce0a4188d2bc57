//! The ledger: every figure, in the row of what it is of.
//!
//! Figures are compared only within a row ([`Row`]): one story, one thing counted or measured, one owner, one predicate, one place.
//! "Soldiers", "troops" and "personnel" are one class (`lexicon/count_classes.tsv`), so are "sent", "deployed" and "arrived"
//! (`lexicon/predicates.tsv`); 12 tonnes and 12,000 kg are of one dimension. A figure that several nested claims contain is
//! entered once, for the innermost: whoever is nearest to the figure vouches for it.
//!
//! - [`entry`]: one figure, what it is of, when, and who vouches
//! - [`classes`]: words into classes of nouns, predicates and measures
//! - [`places`]: where, from the country down
//! - [`rows`]: entries into rows
//! - [`labels`]: a row in plain words
//! - [`series`]: what origins agree on, from day to day

mod classes;
mod entry;
mod labels;
mod places;
mod rows;
mod series;

use std::collections::BTreeMap;

pub use entry::Entry;
pub(super) use places::broad;
pub use rows::Row;
pub use series::{Agreement, series};

use super::{Options, Reconciliation};
use crate::document::{Claim, Document, Kind};
use crate::language::gazetteer;
use crate::span::Span;

/// The entries, in order of their rows and then of when they were said, and the rows.
pub(super) fn ledger(
    documents: &[Document],
    claims: &[Claim],
    origin_of: &[u32],
    story_of: &[usize],
    options: &Options,
) -> (Vec<Entry>, Vec<Row>) {
    // The innermost claim for each figure: the one whose content is smallest, or whose chain is longest.
    type Rank = ((usize, std::cmp::Reverse<usize>), usize, usize);
    let mut innermost: BTreeMap<(u32, Span), Rank> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let size: usize = claim.content_spans.iter().map(|s| s.len()).sum::<usize>() * 2
            + usize::from(claim.kind == Kind::Narrated);
        let size = (size, std::cmp::Reverse(claim.via.len()));
        for (q, quantity) in claim.quantities.iter().enumerate() {
            let best = innermost.entry((claim.document, quantity.span)).or_insert((size, i, q));
            if (size, i) < (best.0, best.1) {
                *best = (size, i, q);
            }
        }
    }
    let known = places::known(claims);
    let entries = innermost
        .into_values()
        .filter_map(|(_, i, q)| entry::entry(documents, claims, origin_of, &known, i, q));
    rows::rows(entries.collect(), story_of, options.date_distance)
}

impl Reconciliation {
    /// Positions of the ledger's entries for what is counted, whose, and where; each may be left open.
    ///
    /// `counted` may be any word of a class ("soldiers", "troops", "gusts"); `of` and `place` may be a name, an adjective, a
    /// capital or an ISO code. A place inside the country asked for is found too.
    #[must_use]
    pub fn ledger_for(&self, counted: Option<&str>, of: Option<&str>, place: Option<&str>) -> Vec<u32> {
        let class = counted.map(classes::counted_class);
        let measure = counted.and_then(|c| classes::measure_named(&c.to_lowercase()));
        let said = class.as_deref().and_then(classes::saying);
        let of = of.map(country_or_name);
        let place = place.map(country_or_name);
        let counts = |e: &Entry| {
            class.as_ref().is_none_or(|c| e.counted == *c)
                || measure.is_some_and(|m| e.counted == m)
                || said.is_some_and(|(of, what)| e.counted == of && e.predicate.as_deref() == Some(what))
        };
        let meant = |e: &Entry| {
            counts(e)
                && of.as_ref().is_none_or(|o| e.whose.as_deref().is_some_and(|w| same_party(w, o)))
                && place.as_ref().is_none_or(|p| e.place.as_deref().is_some_and(|at| same_party(at, p)))
        };
        (0..self.ledger.len() as u32).filter(|&i| meant(&self.ledger[i as usize])).collect()
    }
}

fn same_party(stated: &str, asked: &str) -> bool {
    stated.eq_ignore_ascii_case(asked) || broad(stated).eq_ignore_ascii_case(asked)
}

/// "KP", "North Korean", "Pyongyang" and "north korea" are all North Korea.
fn country_or_name(asked: &str) -> String {
    let asked = asked.trim();
    if let Some(country) = gazetteer::by_code(&asked.to_uppercase()) {
        return country.name.to_owned();
    }
    let titled: String = asked
        .split(' ')
        .map(|w| w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ");
    let found = gazetteer::lookup(asked).or_else(|| gazetteer::lookup(&titled));
    found.map_or_else(|| asked.to_owned(), |(country, _)| country.name.to_owned())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::Relation;

    /// A count of no document, to be filled in.
    pub(crate) fn entry(counted: &str) -> Entry {
        Entry {
            claim: 0,
            quantity: 0,
            row: 0,
            document: 0,
            span: Span::new(0, 0),
            counted: counted.to_owned(),
            whose: None,
            predicate: None,
            place: None,
            as_of: None,
            said_on: None,
            low: Some(1.0),
            high: Some(1.0),
            value: Some(1.0),
            relation: Relation::Equal,
            approximate: false,
            unit: "count".to_owned(),
            base: None,
            change: None,
            part: false,
            hypothetical: false,
            put_forward: true,
            source: None,
            chain: String::new(),
            origin: 0,
            certainty: 3.0,
        }
    }

    #[test]
    fn names_of_countries() {
        assert_eq!(broad("Kursk"), "Russia");
        assert_eq!(country_or_name("kp"), "North Korea");
        assert_eq!(country_or_name("north korean"), "North Korea");
        assert_eq!(country_or_name("Atlantis"), "Atlantis");
    }
}
