//! What evaluation sees of reconciliation (feature `train`): stories by themselves, and the matcher of propositions on
//! mentions that others marked.

use rayon::prelude::*;

use super::propositions::grouping;
pub(crate) use super::propositions::matcher::{Mentions, SIGNS, Signs, likelihood};
pub(crate) use super::propositions::mention::{Context, Mention};
use super::{Options, copies, stories, terms};
use crate::document::Document;
use crate::span::Span;

/// Likelihood from which two mentions of a story tell one event.
pub(crate) const LIKELY: f64 = 0.35;
/// Pairs per word that are compared.
const MOST: usize = 256;

/// The story of each document.
pub(crate) fn stories(documents: &[Document]) -> Vec<usize> {
    let options = Options::default();
    stories::stories(documents, &copies::copies(documents, &options), &options).of
}

/// The terms of a stretch of text.
pub(crate) fn terms_of(text: &str, span: Span) -> Vec<String> {
    terms::terms_in(text, &[span])
}

/// The pairs that the matcher looks at, with what it sees of each.
pub(crate) fn pairs(mentions: &Mentions) -> Vec<(u32, u32, Signs)> {
    let pairs = mentions.pairs(MOST);
    pairs.into_par_iter().map(|(a, b)| (a, b, mentions.signs(a as usize, b as usize))).collect()
}

/// The event of each mention, by the matcher as it stands.
pub(crate) fn events(mentions: &Mentions, least: f64) -> Vec<u32> {
    let pairs: Vec<(u32, u32, f64)> = mentions
        .pairs(MOST)
        .into_par_iter()
        .map(|(a, b)| (a, b, mentions.likelihood(a as usize, b as usize)))
        .collect();
    grouping::groups(mentions.list.len(), &pairs, least)
}

/// The groups of things over scored pairs.
pub(crate) fn groups(n: usize, pairs: &[(u32, u32, f64)], least: f64) -> Vec<u32> {
    grouping::groups(n, pairs, least)
}
