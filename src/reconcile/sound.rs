//! Whether what was restored speaks of the corpus that it was restored with: bytes may have been changed.

use super::Reconciliation;
use crate::document::{Claim, Document};
use crate::span::Span;

impl Reconciliation {
    /// Says what does not fit to `documents` and `claims`, if anything does not.
    pub(crate) fn check(&self, documents: &[Document], claims: &[Claim]) -> Result<(), String> {
        let part = |name: &str, fits: bool| {
            if fits { Ok(()) } else { Err(format!("{name} name what is not there")) }
        };
        let document = |d: &u32| (*d as usize) < documents.len();
        let claim = |c: &u32| (*c as usize) < claims.len();
        let lies = |d: u32, span: Span| {
            let text = documents.get(d as usize).map(|d| d.text.as_str());
            text.is_some_and(|t| t.is_char_boundary(span.start()) && t.is_char_boundary(span.end()))
        };
        part(
            "copies",
            self.copies.iter().all(|c| c.passages.iter().all(|p| lies(c.earlier, p.0) && lies(c.later, p.1))),
        )?;
        part("copies", self.copies.iter().all(|c| document(&c.earlier) && document(&c.later)))?;
        part("stories", self.stories.iter().all(|s| s.documents.iter().all(document)))?;
        let origins = || self.origins.iter();
        part("origins", origins().all(|o| o.documents.iter().all(document) && o.claims.iter().all(claim)))?;
        let (stories, count) = (self.stories.len(), self.origins.len());
        let (origin, story) = (|o: &u32| (*o as usize) < count, |s: u32| (s as usize) < stories);
        let propositions = self.propositions.len();
        part(
            "propositions",
            self.propositions.iter().all(|p| {
                story(p.story)
                    && !p.claims.is_empty()
                    && p.claims.iter().all(claim)
                    && p.origins.iter().all(origin)
                    && p.matches.iter().all(|m| claim(&m.a) && claim(&m.b))
                    && p.opposite.is_none_or(|o| (o as usize) < propositions)
            }),
        )?;
        let (entries, rows) = (self.ledger.len(), self.rows.len());
        part(
            "rows of the ledger",
            self.rows.iter().all(|r| story(r.story) && r.entries.iter().all(|&e| (e as usize) < entries)),
        )?;
        part(
            "figures of the ledger",
            self.ledger.iter().all(|e| {
                let of = claims.get(e.claim as usize);
                let held = of
                    .is_some_and(|c| c.document == e.document && (e.quantity as usize) < c.quantities.len());
                held && (e.row as usize) < rows && origin(&e.origin) && lies(e.document, e.span)
            }),
        )?;
        let good = |f: &super::Finding| {
            f.documents.iter().all(document)
                && f.claims.iter().all(claim)
                && f.evidence.iter().all(|&(d, s)| lies(d, s))
        };
        part("findings", self.findings.iter().all(good))?;
        let spelt =
            |p: &super::Party| p.spellings.iter().all(|(_, documents)| documents.iter().all(document));
        part("parties", self.parties.iter().all(|p| p.claims.iter().all(claim) && spelt(p)))
    }
}
