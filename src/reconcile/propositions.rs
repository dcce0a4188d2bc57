//! Claims that say the same.
//!
//! Two claims of one story state one proposition when each content holds most of what the other says, and both hold
//! it to be so, or both not to be so: what is denied is another proposition than what is asserted. Every edge is
//! verified on the two claims themselves and says what matched; groups never grow over an edge that was not seen.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Options;
use super::similarity::Contents;
use crate::document::{Claim, Document, Polarity};

/// Claims that say the same within one story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposition {
    /// Index into the stories.
    pub story: u32,
    /// Whether they say that it is so or that it is not.
    pub polarity: Polarity,
    /// Class of the head predicate ("send" for send, deploy and dispatch), if one was found.
    pub predicate: Option<String>,
    /// Who and what takes part, under canonical names, sorted.
    pub participants: Vec<String>,
    /// The figures they share, as written in the first claim.
    pub figures: Vec<String>,
    /// Places, under their names, sorted.
    pub places: Vec<String>,
    /// When, if they say.
    pub time: Option<(DateTime, DateTime)>,
    /// The claims, in order.
    pub claims: Vec<u32>,
    /// The independent origins that vouch, sorted: indices into the origins.
    pub origins: Vec<u32>,
    /// The verified edges between the claims.
    pub matches: Vec<Match>,
    /// The proposition that says the opposite, if there is one.
    pub opposite: Option<u32>,
}

/// Two claims that say the same, and what shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// The one claim.
    pub a: u32,
    /// The other, later in order.
    pub b: u32,
    /// How much of the two contents is shared, in [0, 1].
    pub similarity: f64,
    /// What matched, one phrase each ("predicate: send ~ deploy").
    pub matched: Vec<String>,
}

/// The propositions, and what is asked of them later.
pub(super) struct Propositions {
    pub(super) list: Vec<Proposition>,
    /// How alike contents are, whatever they hold of it.
    pub(super) contents: Contents,
}

/// Groups the claims.
pub(super) fn propositions(
    documents: &[Document],
    claims: &[Claim],
    story_of: &[usize],
    origin_of: &[u32],
    options: &Options,
) -> Propositions {
    let contents = Contents::new(documents, claims, story_of);
    let mut of: Vec<Option<u32>> = vec![None; claims.len()];
    let mut list: Vec<Proposition> = Vec::new();
    for i in 0..claims.len() {
        let Some(polarity) = side(&claims[i]) else { continue };
        if of[i].is_some() {
            continue;
        }
        let matches: Vec<Match> = contents
            .like(i)
            .into_iter()
            .filter(|alike| {
                let j = alike.claim;
                j > i
                    && of[j].is_none()
                    && alike.own.min(alike.other) >= options.proposition_similarity
                    && alike.shared >= 3
                    && side(&claims[j]) == Some(polarity)
            })
            .map(|alike| Match {
                a: i as u32,
                b: alike.claim as u32,
                similarity: alike.own.min(alike.other),
                matched: vec![format!("{} terms", alike.shared)],
            })
            .collect();
        if matches.is_empty() {
            continue;
        }
        let members: BTreeSet<u32> = matches.iter().flat_map(|m| [m.a, m.b]).collect();
        let origins: BTreeSet<u32> = members.iter().map(|&c| origin_of[c as usize]).collect();
        members.iter().for_each(|&c| of[c as usize] = Some(list.len() as u32));
        list.push(Proposition {
            story: story_of[claims[i].document as usize] as u32,
            polarity,
            predicate: None,
            participants: Vec::new(),
            figures: Vec::new(),
            places: Vec::new(),
            time: None,
            claims: members.into_iter().collect(),
            origins: origins.into_iter().collect(),
            matches,
            opposite: None,
        });
    }
    Propositions { list, contents }
}

/// Whether a claim says that its content is so or is not so, whichever word says it: "denies that it fell", "says it
/// did not fall". `None` if it leaves that open.
pub(super) fn side(claim: &Claim) -> Option<Polarity> {
    let value = claim.certainty.value;
    (value != 0.0).then_some(if value > 0.0 { Polarity::Positive } else { Polarity::Negative })
}
