//! The independent roots of claims.
//!
//! Two accounts are one origin when the same party vouches for both, through however many links, or when one is a
//! copy of the other. People without names, crowds and papers are known by their description only, so they stay
//! apart by the outlet that describes them: "Western officials" of two newspapers may be other officials.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Copy, CopyRelation};
use crate::document::{Claim, Document, Source, SourceType};
use crate::resolve::fold;
use crate::span::Span;

/// The independent root of claims: copies fold together, chains fold to their last link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Name of the party that vouches.
    pub name: String,
    /// What sort of party.
    pub source_type: SourceType,
    /// Its claims.
    pub claims: Vec<u32>,
    /// Documents in which it is heard.
    pub documents: Vec<u32>,
    /// Why other accounts were folded into it, one sentence each.
    pub folded: Vec<String>,
}

/// The origins and, for each claim, the index of its own.
pub(super) fn origins(documents: &[Document], claims: &[Claim], copies: &[Copy]) -> (Vec<Origin>, Vec<u32>) {
    among(documents, claims, copies, 0..claims.len())
}

/// The independent origins of some claims of a corpus, in the order in which they are first heard.
///
/// `copies` are those of the whole corpus: an article that was taken from another counts with it though the other has
/// no claim among `some`.
#[must_use]
pub fn independent(documents: &[Document], claims: &[Claim], copies: &[Copy], some: &[u32]) -> Vec<Origin> {
    among(documents, claims, copies, some.iter().map(|&c| c as usize)).0
}

fn among(
    documents: &[Document],
    claims: &[Claim],
    copies: &[Copy],
    some: impl ExactSizeIterator<Item = usize>,
) -> (Vec<Origin>, Vec<u32>) {
    let taken = Taken::new(documents.len(), copies);
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut origins: Vec<Origin> = Vec::new();
    let mut reasons: Vec<Reasons> = Vec::new();
    let mut of = Vec::with_capacity(some.len());
    for i in some {
        // who says that another says so vouches for nothing else
        let claim = &claims[last_link(claims, i)];
        let document = claim.document as usize;
        let root = taken.root(document, claim.span());
        let (key, name, sort) = identity(documents, claim, root);
        let o = *index.entry(key).or_insert_with(|| {
            origins.push(Origin {
                name,
                source_type: sort,
                claims: Vec::new(),
                documents: Vec::new(),
                folded: Vec::new(),
            });
            reasons.push(Reasons::default());
            origins.len() - 1
        });
        origins[o].claims.push(i as u32);
        if origins[o].documents.last() != Some(&claim.document) {
            origins[o].documents.push(claim.document);
        }
        let why = &mut reasons[o];
        if root != document {
            *why.copied.entry((document, root)).or_default() += 1;
        }
        for link in claim.via.iter().skip(1) {
            why.through.entry(link.name.clone()).or_default().insert(document);
        }
        if let Some(step) = claim.source.as_ref().and_then(|s| s.path.last()) {
            let surface = step.starts_with('“')
                && (step.contains("that the corpus names") || step.contains("stands for"));
            if surface {
                why.steps.insert(step.clone());
            }
        }
        of.push(o as u32);
    }
    for (origin, why) in origins.iter_mut().zip(reasons) {
        origin.documents.sort_unstable();
        origin.documents.dedup();
        origin.folded = why.sentences(documents, origin);
    }
    (origins, of)
}

/// The claim at the end of the chain that claim `i` opens: what it says is, all but for who is cited, that another says
/// so.
fn last_link(claims: &[Claim], i: usize) -> usize {
    /// Share of a content that the words of the next link must be.
    const MOST: f64 = 0.7;
    const DEEP: usize = 6;
    const NEAR: usize = 8;
    let mut at = i;
    for _ in 0..DEEP {
        let claim = &claims[at];
        let length: usize = claim.content_spans.iter().map(|s| s.len()).sum();
        let next = (at.saturating_sub(NEAR)..(at + NEAR + 1).min(claims.len())).find(|&j| {
            let inner = &claims[j];
            let spans = || inner.content_spans.iter().chain(&inner.cue_spans).chain(&inner.source_spans);
            let inside =
                inner.content_spans.iter().all(|s| claim.content_spans.iter().any(|c| c.contains(*s)));
            let told: usize = spans().map(|s| s.len()).sum();
            inner.document == claim.document
                && inner.via.len() == claim.via.len() + 1
                && inner.source.is_some()
                && !inner.cue_spans.is_empty()
                && inside
                && told as f64 >= MOST * length as f64
                && inner.via.last().map(|v| &v.name) == claim.source.as_ref().map(|s| &s.name)
        });
        match next {
            Some(j) => at = j,
            None => break,
        }
    }
    at
}

#[derive(Default)]
struct Reasons {
    /// (copy, root) and how many claims.
    copied: BTreeMap<(usize, usize), usize>,
    through: BTreeMap<String, BTreeSet<usize>>,
    steps: BTreeSet<String>,
}

impl Reasons {
    fn sentences(self, documents: &[Document], origin: &Origin) -> Vec<String> {
        const SHOWN: usize = 8;
        let mut out = Vec::new();
        let named = !matches!(origin.source_type, SourceType::Outlet);
        if named && origin.documents.len() > 1 {
            let ids: Vec<&str> =
                origin.documents.iter().map(|&d| documents[d as usize].id.as_str()).collect();
            out.push(format!("{} documents cite {}: {}.", ids.len(), origin.name, listed(&ids)));
        }
        for (link, heard) in self.through {
            let ids: Vec<&str> = heard.iter().map(|&d| documents[d].id.as_str()).collect();
            out.push(format!("In {}, the words of {} come through {link}.", listed(&ids), origin.name));
        }
        let more = self.copied.len().saturating_sub(SHOWN);
        for ((copy, root), n) in self.copied.into_iter().take(SHOWN) {
            let claims = if n == 1 { "1 claim stands".to_owned() } else { format!("{n} claims stand") };
            out.push(format!(
                "{claims} in text that {} shares with {}, and {} counted once.",
                documents[copy].id,
                documents[root].id,
                if n == 1 { "is" } else { "are" }
            ));
        }
        if more > 0 {
            out.push(format!("The same holds of {more} more copies."));
        }
        out.extend(self.steps.into_iter().map(|s| format!("{s}.")));
        out
    }
}

/// "a", "a and b", "a, b and c"; long lists are cut.
pub(super) fn listed<S: AsRef<str>>(items: &[S]) -> String {
    const SHOWN: usize = 6;
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        many if many.len() > SHOWN + 1 => {
            format!("{} and {} more", many[..SHOWN].join(", "), many.len() - SHOWN)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn identity(documents: &[Document], claim: &Claim, root: usize) -> (String, String, SourceType) {
    let outlet = documents[root].outlet_or_id();
    let Some(source) = &claim.source else {
        return (format!("u:{}:", fold(outlet)), format!("unnamed ({outlet})"), SourceType::Unnamed);
    };
    let name = source.name.clone();
    let folded = fold(&source.name);
    match source.source_type {
        SourceType::Outlet => (format!("m:{}", fold(outlet)), outlet.to_owned(), SourceType::Outlet),
        SourceType::Person => (format!("p:{folded}"), name, SourceType::Person),
        // An outlet of the corpus may be another's source.
        SourceType::Media if is_named(source) => (format!("m:{folded}"), name, SourceType::Media),
        SourceType::Organization | SourceType::Government if is_named(source) => {
            (format!("b:{folded}"), name, source.source_type)
        }
        sort => {
            // Whoever passed them on tells them apart: two papers that quote one agency's "officials" quote the same.
            let through =
                claim.via.iter().skip(1).rev().find(|v| is_named(v) && v.source_type != SourceType::Unnamed);
            let through = through.map_or_else(|| fold(outlet), |v| fold(&v.name));
            (format!("d:{through}:{folded}"), name, sort)
        }
    }
}

/// Whether the name is a name, and not a description that fits many.
fn is_named(source: &Source) -> bool {
    source.name.chars().any(char::is_uppercase)
        && !matches!(source.source_type, SourceType::Unnamed | SourceType::Collective | SourceType::Document)
}

/// Where the text of a document was taken from.
struct Taken {
    /// For each later document: the earlier ones and the passages in the later.
    from: FxHashMap<usize, Vec<(usize, Vec<Span>)>>,
    /// For whole copies, the document at the end of the line.
    whole: Vec<usize>,
}

impl Taken {
    fn new(documents: usize, copies: &[Copy]) -> Self {
        let mut from: FxHashMap<usize, Vec<(usize, Vec<Span>)>> = FxHashMap::default();
        let mut whole: Vec<usize> = (0..documents).collect();
        for copy in copies {
            let (earlier, later) = (copy.earlier as usize, copy.later as usize);
            let mut spans: Vec<Span> = copy.passages.iter().map(|p| p.1).collect();
            spans.sort_unstable();
            from.entry(later).or_default().push((earlier, spans));
            if copy.relation != CopyRelation::SharesPassage && whole[later] == later {
                whole[later] = earlier;
            }
        }
        Taken { from, whole }
    }

    /// The document that a passage of `document` first stood in.
    fn root(&self, document: usize, passage: Span) -> usize {
        let mut at = match self.from.get(&document) {
            None => return document,
            Some(list) => {
                let covered = list.iter().find(|(_, spans)| covers(spans, passage));
                match covered {
                    Some((earlier, _)) => *earlier,
                    None => return document,
                }
            }
        };
        for _ in 0..16 {
            if self.whole[at] == at {
                break;
            }
            at = self.whole[at];
        }
        at
    }
}

/// Whether shared passages hold at least four fifths of a span.
fn covers(spans: &[Span], passage: Span) -> bool {
    let shared: usize =
        spans.iter().map(|s| s.end().min(passage.end()).saturating_sub(s.start().max(passage.start()))).sum();
    shared * 5 >= passage.len() * 4 && shared > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::tests::{corpus, names_of};

    #[test]
    fn the_nameless_stay_apart_by_outlet() {
        let (documents, claims) = corpus(&[
            ("1", "Officials said 9 died.", &["Officials | said | 9 died"]),
            ("2", "Officials said 9 died.", &["Officials | said | 9 died"]),
        ]);
        assert_eq!(names_of(&origins(&documents, &claims, &[]).0), ["officials [0]", "officials [1]"]);
    }

    #[test]
    fn one_party_is_one_origin() {
        let (documents, claims) = corpus(&[
            ("1", "Reuters said police told it 9 died.", &["Reuters | said | police told it 9 died"]),
            ("2", "Lima said 9 died.", &["Lima | said | 9 died"]),
            ("3", "The Peruvian government said 9 died.", &["The Peruvian government | said | 9 died"]),
        ]);
        let (found, of) = origins(&documents, &claims, &[]);
        assert_eq!(of[1], of[2]);
        assert!(
            found[of[1] as usize].folded[0].contains("2 documents cite Peru"),
            "{:?}",
            found[of[1] as usize].folded
        );
    }

    #[test]
    fn copies_are_counted_once() {
        let text = "Officials said that nine people had died in the flood that struck the town of Tolm on Monday night.";
        let marked: &[&str] = &["Officials | said | that nine people had died in the flood"];
        let (documents, claims) = corpus(&[("1", text, marked), ("2", text, marked)]);
        let copies = super::super::copies::copies(&documents, &crate::reconcile::Options::default());
        let (found, of) = origins(&documents, &claims, &copies);
        assert_eq!(of, [0, 0]);
        assert!(found[0].folded.iter().any(|f| f.contains("2 shares with 1")), "{:?}", found[0].folded);
    }
}
