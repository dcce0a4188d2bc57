//! What the articles of a corpus say about names: all that it takes to settle them, and no more.
//!
//! A corpus in one process gathers it from its claims at once. On a cluster each task gathers it from its own articles,
//! and [`Gathered::merge`] brings the parts together in any order: whatever depends on the order of the articles carries
//! its place in the corpus along.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bodies;
use super::fold::fold;
use crate::document::{Claim, Document, SourceType};

/// Where something stands in the corpus: document, and which one there.
pub(super) type Place = (u32, u32);

/// Everything the corpus says about one name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Named {
    /// Spellings and the documents that use each.
    pub(super) spellings: BTreeMap<String, BTreeSet<u32>>,
    pub(super) roles: BTreeMap<String, BTreeSet<u32>>,
    pub(super) countries: BTreeMap<String, BTreeSet<u32>>,
}

/// A public body that the running text names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) name: String,
    pub(super) class: Option<String>,
    pub(super) country: Option<String>,
}

/// A person with a title: name, country, title.
pub(super) type Holder = (String, String, String);

/// What articles say about names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gathered {
    /// By folded name.
    pub(super) people: BTreeMap<String, Named>,
    /// The same of organisations, governments and media.
    pub(super) bodies: BTreeMap<String, Named>,
    /// Where each was last met.
    pub(super) holders: BTreeMap<Holder, Place>,
    /// An acronym in brackets and the name before it, and where they were last met.
    pub(super) acronyms: BTreeMap<(String, String), Place>,
    /// Bodies of the running text, and where each was first met.
    pub(super) mentioned: BTreeMap<Body, Place>,
}

impl Gathered {
    /// What claims say, and which acronyms documents spell out; not yet what bodies their running text names, which
    /// costs more and is seldom needed. `place` tells the position in the corpus of a document that has it here.
    pub(super) fn of(documents: &[Document], claims: &[Claim], place: impl Fn(u32) -> u32) -> Gathered {
        let mut out = Gathered::default();
        let mut seq = 0;
        for claim in claims {
            let document = place(claim.document);
            for source in claim.source.iter().chain(&claim.via) {
                seq += 1;
                let table = match source.source_type {
                    SourceType::Person => &mut out.people,
                    SourceType::Organization | SourceType::Government | SourceType::Media => &mut out.bodies,
                    _ => continue,
                };
                let named = table.entry(fold(&source.name)).or_default();
                named.spellings.entry(source.name.clone()).or_default().insert(document);
                if let Some(role) = &source.role {
                    named.roles.entry(role.clone()).or_default().insert(document);
                }
                if let Some(country) = &source.country {
                    named.countries.entry(country.clone()).or_default().insert(document);
                }
                if let (SourceType::Person, Some(role), Some(country)) =
                    (source.source_type, &source.role, &source.country)
                {
                    let holder = (source.name.clone(), country.clone(), role.clone());
                    out.holders.insert(holder, (document, seq));
                }
            }
        }
        for (i, document) in documents.iter().enumerate() {
            out.spell_out(document, place(i as u32));
        }
        out
    }

    /// Acronyms in brackets after the name they stand for.
    fn spell_out(&mut self, document: &Document, place: u32) {
        let mut seen = BTreeSet::new();
        for (at, _) in document.text.match_indices('(') {
            let rest = &document.text[at + 1..];
            let Some(end) = rest.bytes().take(14).position(|b| b == b')') else { continue };
            let Some(acronym) = rest.get(..end) else { continue };
            if acronym.len() >= 2 && acronym.chars().all(|c| c.is_ascii_uppercase()) && seen.insert(acronym) {
                // Only a known source can need it; checked by the caller through the table of names.
                if let Some(long) = bodies::spelled_out_at(document, acronym, at) {
                    self.acronyms.insert((acronym.to_owned(), long), (place, at as u32));
                }
            }
        }
    }

    /// Adds the bodies that running texts name.
    pub(super) fn mention(&mut self, documents: &[Document], place: impl Fn(u32) -> u32) {
        for (i, document) in documents.iter().enumerate() {
            for (at, m) in bodies::named(document).into_iter().filter(|(_, m)| m.proper) {
                let body = Body {
                    name: m.name,
                    class: m.class.map(str::to_owned),
                    country: m.country.map(|c| c.code.to_owned()),
                };
                let first = (place(i as u32), at as u32);
                let entry = self.mentioned.entry(body).or_insert(first);
                *entry = first.min(*entry);
            }
        }
    }

    /// What the articles of some documents say, all of it. `places` are their positions in the corpus.
    #[must_use]
    pub fn whole(documents: &[Document], claims: &[Claim], places: &[u32]) -> Gathered {
        let place = |i: u32| places.get(i as usize).copied().unwrap_or(i);
        let mut out = Gathered::of(documents, claims, place);
        out.mention(documents, place);
        out
    }

    /// Adds what other articles say.
    pub fn merge(&mut self, other: Gathered) {
        for (to, from) in [(&mut self.people, other.people), (&mut self.bodies, other.bodies)] {
            for (name, named) in from {
                let known = to.entry(name).or_default();
                for (to, from) in [
                    (&mut known.spellings, named.spellings),
                    (&mut known.roles, named.roles),
                    (&mut known.countries, named.countries),
                ] {
                    from.into_iter()
                        .for_each(|(key, documents)| to.entry(key).or_default().extend(documents));
                }
            }
        }
        for (holder, last) in other.holders {
            let entry = self.holders.entry(holder).or_insert(last);
            *entry = last.max(*entry);
        }
        for (acronym, last) in other.acronyms {
            let entry = self.acronyms.entry(acronym).or_insert(last);
            *entry = last.max(*entry);
        }
        for (body, first) in other.mentioned {
            let entry = self.mentioned.entry(body).or_insert(first);
            *entry = first.min(*entry);
        }
    }
}

/// The keys in order of their places.
pub(super) fn in_order<K>(placed: &BTreeMap<K, Place>) -> Vec<&K> {
    let mut order: Vec<(&Place, &K)> = placed.iter().map(|(key, place)| (place, key)).collect();
    order.sort_by_key(|(place, _)| **place);
    order.into_iter().map(|(_, key)| key).collect()
}
