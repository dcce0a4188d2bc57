//! Everybody who says something, under one name, with every spelling and who uses it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::document::{Claim, Document, Source, SourceType};
use crate::resolve::{fold, spelling};

/// A party that says something somewhere in the corpus, with every way it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Canonical name.
    pub name: String,
    /// What sort of party.
    pub source_type: SourceType,
    /// Function or title.
    pub role: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Its claims.
    pub claims: Vec<u32>,
    /// Each spelling of its name, and the documents that use it.
    pub spellings: Vec<(String, Vec<u32>)>,
}

/// The parties, those with the most claims first.
pub(super) fn parties(documents: &[Document], claims: &[Claim]) -> Vec<Party> {
    #[derive(Default)]
    struct Known {
        name: String,
        sort: Option<SourceType>,
        role: Option<String>,
        country: Option<String>,
        claims: Vec<u32>,
        spellings: BTreeMap<String, BTreeSet<u32>>,
    }
    let mut known: BTreeMap<(String, &'static str), Known> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let text = &documents[claim.document as usize].text;
        for (source, speaks) in
            claim.source.iter().map(|s| (s, true)).chain(claim.via.iter().map(|v| (v, false)))
        {
            let party = known.entry((fold(&source.name), source.source_type.as_str())).or_default();
            if party.sort.is_none() {
                party.name.clone_from(&source.name);
                party.sort = Some(source.source_type);
            }
            if party.role.is_none() {
                party.role.clone_from(&source.role);
            }
            if party.country.is_none() {
                party.country.clone_from(&source.country);
            }
            if speaks {
                party.claims.push(i as u32);
            }
            if let Some(written) = written(text, source) {
                party.spellings.entry(written).or_default().insert(claim.document);
            }
        }
    }
    let mut out: Vec<Party> = known
        .into_values()
        .filter_map(|k| {
            Some(Party {
                source_type: k.sort?,
                name: k.name,
                role: k.role,
                country: k.country,
                claims: k.claims,
                spellings: k.spellings.into_iter().map(|(s, d)| (s, d.into_iter().collect())).collect(),
            })
        })
        .collect();
    out.sort_by(|a, b| {
        (std::cmp::Reverse(a.claims.len()), &a.name, a.source_type).cmp(&(
            std::cmp::Reverse(b.claims.len()),
            &b.name,
            b.source_type,
        ))
    });
    out
}

/// The name as the article spells it where the source is mentioned; nothing for "he" and "the ambassador".
fn written(text: &str, source: &Source) -> Option<String> {
    let joined: Vec<&str> = source.spans.iter().filter_map(|s| text.get(s.start()..s.end())).collect();
    if joined.is_empty() {
        return None;
    }
    // "Estimates" that were taken as somebody's are no spelling of that somebody.
    let spelled = spelling(&joined.join(" "))?;
    let is_name =
        !matches!(source.source_type, SourceType::Person | SourceType::Government | SourceType::Organization)
            || spelled.chars().next().is_some_and(char::is_uppercase);
    is_name.then_some(spelled)
}
