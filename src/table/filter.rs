//! Which claims to keep.

use jiff::civil::Date;

use crate::document::{Act, CertaintyLabel, Claim, Document, Kind, Place, Polarity, Source};

/// Every kind of claim.
pub const KINDS: [Kind; 4] = [Kind::Direct, Kind::Mixed, Kind::Indirect, Kind::Narrated];

/// Every certainty label.
pub const LABELS: [CertaintyLabel; 4] =
    [CertaintyLabel::Certain, CertaintyLabel::Probable, CertaintyLabel::Possible, CertaintyLabel::Unknown];

/// Conditions on claims; all that are set must hold, and of several values for one any may.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words of the source's name or of its mention, in any letter case ("intelligence service").
    pub source: Vec<String>,
    /// Speech acts.
    pub act: Vec<Act>,
    /// Kinds.
    pub kind: Vec<Kind>,
    /// Polarity.
    pub polarity: Option<Polarity>,
    /// Certainty labels.
    pub certainty: Vec<CertaintyLabel>,
    /// Lowest certainty, in [-3, 3].
    pub min_certainty: Option<f32>,
    /// First publication date; undated documents fall out.
    pub since: Option<Date>,
    /// Last publication date; undated documents fall out.
    pub until: Option<Date>,
    /// Ids of documents.
    pub document: Vec<String>,
    /// Outlets, in any letter case.
    pub outlet: Vec<String>,
    /// Whether there must be a figure, or must be none.
    pub has_quantity: Option<bool>,
    /// Places in the content: name in any letter case, or ISO 3166-1 alpha-2 code of the country.
    pub place: Vec<String>,
    /// Lowest confidence, in [0, 1].
    pub min_confidence: Option<f32>,
}

impl Filter {
    /// Whether `claim` of `document` is kept.
    #[must_use]
    pub fn keeps(&self, document: &Document, claim: &Claim) -> bool {
        self.keeps_document(document) && self.keeps_claim(document, claim)
    }

    /// Whether `document` meets the conditions on documents.
    #[must_use]
    pub fn keeps_document(&self, document: &Document) -> bool {
        let published = document.published();
        self.since.is_none_or(|d| published.is_some_and(|p| p >= d))
            && self.until.is_none_or(|d| published.is_some_and(|p| p <= d))
            && any(&self.document, |id| document.id == *id)
            && any(&self.outlet, |o| same(document.outlet_or_id(), o))
    }

    /// Whether `claim` of `document` meets the conditions on claims.
    #[must_use]
    pub fn keeps_claim(&self, document: &Document, claim: &Claim) -> bool {
        any(&self.act, |a| claim.act == *a)
            && any(&self.kind, |k| claim.kind == *k)
            && any(&self.certainty, |l| claim.certainty.label == *l)
            && self.polarity.is_none_or(|p| claim.polarity == p)
            && self.min_certainty.is_none_or(|m| claim.certainty.value >= m)
            && self.min_confidence.is_none_or(|m| claim.confidence >= m)
            && self.has_quantity.is_none_or(|h| claim.quantities.is_empty() != h)
            && any(&self.place, |p| claim.places.iter().any(|place| is_place(place, p)))
            && any(&self.source, |s| is_source(document, claim, s))
    }

    /// Whether there is a condition on claims, which no mere passage can meet.
    #[must_use]
    pub fn is_of_claims(&self) -> bool {
        let of_documents = Filter {
            since: self.since,
            until: self.until,
            document: self.document.clone(),
            outlet: self.outlet.clone(),
            ..Filter::default()
        };
        *self != of_documents
    }
}

/// No condition, or one that holds.
fn any<T>(wanted: &[T], holds: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(holds)
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || a.to_lowercase() == b.trim().to_lowercase()
}

fn is_place(place: &Place, wanted: &str) -> bool {
    same(&place.name, wanted) || place.country.as_deref().is_some_and(|c| c.eq_ignore_ascii_case(wanted))
}

fn is_source(document: &Document, claim: &Claim, wanted: &str) -> bool {
    let in_name = |s: &Source| has_words(&s.name, wanted);
    claim.source.as_ref().is_some_and(in_name)
        || claim.source_spans.iter().any(|s| has_words(s.of(&document.text), wanted))
}

/// Whether `text` holds `wanted` as whole words, in any letter case.
fn has_words(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), wanted.trim().to_lowercase());
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !wanted.is_empty()
        && text.match_indices(&wanted).any(|(at, found)| {
            !inside(text[..at].chars().next_back()) && !inside(text[at + found.len()..].chars().next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_words_do_not_match() {
        for (text, wanted) in
            [("Reuters", "Reuter"), ("Niger", "Nigeria"), ("Oman", "man"), ("x", ""), ("", " ")]
        {
            assert!(!has_words(text, wanted), "{wanted:?} in {text:?}");
        }
    }

    #[test]
    fn words_match_in_any_case() {
        for (text, wanted) in [
            ("National Intelligence Service", "intelligence service"),
            ("Seoul’s spy agency", "Seoul"),
            ("İstanbul", "i\u{307}stanbul"),
            ("U.S. officials", "u.s."),
        ] {
            assert!(has_words(text, wanted), "{wanted:?} in {text:?}");
        }
    }
}
