//! The parts of a reconciliation, the overview of a corpus, and what a search found, as tables.

use arrow_array::RecordBatch;

use super::Collection;
use super::columns::Columns;
use crate::document::{DateCandidate, Document};
use crate::reconcile::{Copy, Finding, Origin, Party, Reconciliation, Story};
use crate::search::Hit;
use crate::span::{Span, cover};

fn document(collection: &Collection, index: u32) -> &Document {
    &collection.documents()[index as usize]
}

fn ids(collection: &Collection, documents: &[u32]) -> Vec<String> {
    documents.iter().map(|d| document(collection, *d).id.clone()).collect()
}

/// The documents: `document` (id), `published`, `outlet`, `title`, `byline`, `dateline`, `url`, `language`,
/// `origin_path`, `origin_row`, `encoding`, `encoding_confidence`, `characters`, `sentences`, `claims` (how many; null before they are extracted).
#[must_use]
pub fn documents(collection: &Collection) -> RecordBatch {
    let each = || collection.documents().iter();
    let claims = |i: usize| collection.claims().map(|_| collection.claims_of(i).len());
    Columns::default()
        .word("document", each().map(|d| &d.id))
        .date("published", each().map(Document::published))
        .text("outlet", each().map(|d| d.metadata.outlet.as_ref().map(|s| &s.value)))
        .text("title", each().map(|d| d.metadata.title.as_ref().map(|s| &s.value)))
        .text("byline", each().map(|d| d.metadata.byline.as_ref().map(|s| &s.value)))
        .text("dateline", each().map(|d| d.metadata.dateline.as_ref().map(|s| &s.value)))
        .text("url", each().map(|d| d.metadata.url.as_ref()))
        .text("language", each().map(|d| d.metadata.language.as_ref()))
        .text("origin_path", each().map(|d| d.path.as_ref()))
        .counts("origin_row", each().map(|d| d.row.map(|r| r as usize)))
        .word("encoding", each().map(|d| &d.encoding))
        .decimal("encoding_confidence", each().map(|d| d.encoding_confidence))
        .count("characters", (0..collection.documents().len()).map(|i| collection.characters(i)))
        .count("sentences", each().map(|d| d.sentences.len()))
        .counts("claims", (0..collection.documents().len()).map(claims))
        .finish()
}

/// What could not be read, or was read with a reservation: `path`, `row`, `stage`, `severity` (`error`: left out;
/// `warning`: used with a reservation; `information`), `kind`, `message`, `advice` (what to do; null if nothing).
#[must_use]
pub fn problems(collection: &Collection) -> RecordBatch {
    let each = || collection.problems().iter();
    Columns::default()
        .word("path", each().map(|p| &p.path))
        .counts("row", each().map(|p| p.row.map(|r| r as usize)))
        .word("stage", each().map(|p| &p.stage))
        .word("severity", each().map(|p| p.severity.as_str()))
        .word("kind", each().map(|p| &p.kind))
        .word("message", each().map(|p| &p.message))
        .text("advice", each().map(|p| Some(&p.advice).filter(|a| !a.is_empty())))
        .finish()
}

/// The dates that document `index` states of itself, from the best to the worst: `date`, `kind`, `modified`,
/// `confidence`, `start`, `end`, `text` (null where it is not the text that states it).
#[must_use]
pub fn dates(collection: &Collection, index: usize) -> RecordBatch {
    let dates = &document(collection, index as u32).metadata.dates;
    let each = || dates.iter();
    let place = |d: &DateCandidate| d.span.map(|s| collection.code_points(index, s));
    Columns::default()
        .date("date", each().map(|d| Some(d.date)))
        .word("kind", each().map(|d| d.kind.as_str()))
        .flag("modified", each().map(|d| d.modified))
        .decimal("confidence", each().map(|d| d.confidence))
        .counts("start", each().map(|d| place(d).map(|p| p.0)))
        .counts("end", each().map(|d| place(d).map(|p| p.1)))
        .text("text", each().map(|d| d.span.map(|s| collection.slice(index, s))))
        .finish()
}

/// Documents that share text: `earlier`, `later` (ids), `relation`, `earlier_in_later`, `later_in_earlier` (shares),
/// `passages` (list of `earlier_start`, `earlier_end`, `later_start`, `later_end`, `text`).
#[must_use]
pub fn copies(collection: &Collection, copies: &[Copy]) -> RecordBatch {
    let each = || copies.iter();
    let passages = || each().flat_map(|c| c.passages.iter().map(move |(a, b)| (c, *a, *b)));
    let earlier: Vec<(usize, usize)> =
        passages().map(|(c, a, _)| collection.code_points(c.earlier as usize, a)).collect();
    let later: Vec<(usize, usize)> =
        passages().map(|(c, _, b)| collection.code_points(c.later as usize, b)).collect();
    let inner = Columns::default()
        .count("earlier_start", earlier.iter().map(|s| s.0))
        .count("earlier_end", earlier.iter().map(|s| s.1))
        .count("later_start", later.iter().map(|s| s.0))
        .count("later_end", later.iter().map(|s| s.1))
        .word("text", passages().map(|(c, a, _)| collection.slice(c.earlier as usize, a)));
    Columns::default()
        .word("earlier", each().map(|c| &document(collection, c.earlier).id))
        .word("later", each().map(|c| &document(collection, c.later).id))
        .word("relation", each().map(|c| c.relation.as_str()))
        .number("earlier_in_later", each().map(|c| Some(c.earlier_in_later)))
        .number("later_in_earlier", each().map(|c| Some(c.later_in_earlier)))
        .records("passages", each().map(|c| c.passages.len()).collect(), inner)
        .finish()
}

/// Documents about one event: `story` (number), `label` (telling terms), `first`, `last` (dates), `documents` (ids).
#[must_use]
pub fn stories(collection: &Collection, stories: &[Story]) -> RecordBatch {
    let each = || stories.iter();
    Columns::default()
        .count("story", 0..stories.len())
        .words("label", each().map(|s| s.label.clone()))
        .date("first", each().map(|s| s.dates.map(|d| d.0)))
        .date("last", each().map(|s| s.dates.map(|d| d.1)))
        .words("documents", each().map(|s| ids(collection, &s.documents)))
        .finish()
}

/// Independent roots: `origin` (name), `source_type`, `claims` (positions), `documents` (ids), `folded` (why other
/// accounts count as this one).
#[must_use]
pub fn origins(collection: &Collection, origins: &[Origin]) -> RecordBatch {
    let each = || origins.iter();
    Columns::default()
        .word("origin", each().map(|o| &o.name))
        .word("source_type", each().map(|o| o.source_type.as_str()))
        .indices("claims", each().map(|o| o.claims.clone()))
        .words("documents", each().map(|o| ids(collection, &o.documents)))
        .words("folded", each().map(|o| o.folded.clone()))
        .finish()
}

/// Claims that say the same: `proposition` (number), `story`, `polarity`, `text` (the content of the first claim),
/// `predicate`, `participants`, `figures`, `places`, `start`, `end` (when), `claims` (positions), `documents` (ids),
/// `origins` (names of those who vouch), `independent` (how many), `opposite` (number of the proposition that says the
/// opposite; null if none), `matches` (list of `a`, `b`, `similarity`, `matched`: two claims and what shows that they say
/// the same).
#[must_use]
pub fn propositions(collection: &Collection, reconciliation: &Reconciliation) -> RecordBatch {
    let each = || reconciliation.propositions.iter();
    let claims = collection.claims().unwrap_or_default();
    let text = |first: u32| {
        let claim = claims.get(first as usize)?;
        let content = cover(&claim.content_spans)?;
        Some(collection.slice(claim.document as usize, content))
    };
    let documents = |of: &[u32]| {
        let mut out: Vec<u32> = of.iter().filter_map(|&c| Some(claims.get(c as usize)?.document)).collect();
        out.dedup();
        ids(collection, &out)
    };
    let origins = |of: &[u32]| -> Vec<String> {
        of.iter().filter_map(|&o| Some(reconciliation.origins.get(o as usize)?.name.clone())).collect()
    };
    let matches = || each().flat_map(|p| p.matches.iter());
    let inner = Columns::default()
        .count("a", matches().map(|m| m.a as usize))
        .count("b", matches().map(|m| m.b as usize))
        .number("similarity", matches().map(|m| Some(m.similarity)))
        .words("matched", matches().map(|m| m.matched.clone()));
    Columns::default()
        .count("proposition", 0..reconciliation.propositions.len())
        .count("story", each().map(|p| p.story as usize))
        .word("polarity", each().map(|p| p.polarity.as_str()))
        .text("text", each().map(|p| p.claims.first().and_then(|&c| text(c))))
        .text("predicate", each().map(|p| p.predicate.as_ref()))
        .words("participants", each().map(|p| p.participants.clone()))
        .words("figures", each().map(|p| p.figures.clone()))
        .words("places", each().map(|p| p.places.clone()))
        .moment("start", each().map(|p| p.time.map(|t| t.0)))
        .moment("end", each().map(|p| p.time.map(|t| t.1)))
        .indices("claims", each().map(|p| p.claims.clone()))
        .words("documents", each().map(|p| documents(&p.claims)))
        .words("origins", each().map(|p| origins(&p.origins)))
        .count("independent", each().map(|p| p.origins.len()))
        .counts("opposite", each().map(|p| p.opposite.map(|o| o as usize)))
        .records("matches", each().map(|p| p.matches.len()).collect(), inner)
        .finish()
}

/// What a reader should know: `kind`, `severity` (3 gravest), `message`, `documents` (ids), `claims` (positions),
/// `evidence` (list of `document`, `start`, `end`, `text`).
#[must_use]
pub fn findings(collection: &Collection, findings: &[Finding]) -> RecordBatch {
    let each = || findings.iter();
    let evidence = || each().flat_map(|f| f.evidence.iter().copied());
    let positions: Vec<(usize, usize)> =
        evidence().map(|(d, span)| collection.code_points(d as usize, span)).collect();
    let inner = Columns::default()
        .word("document", evidence().map(|(d, _)| &document(collection, d).id))
        .count("start", positions.iter().map(|p| p.0))
        .count("end", positions.iter().map(|p| p.1))
        .word("text", evidence().map(|(d, span)| collection.slice(d as usize, span)));
    Columns::default()
        .word("kind", each().map(|f| f.kind.as_str()))
        .count("severity", each().map(|f| usize::from(f.severity)))
        .word("message", each().map(|f| &f.message))
        .words("documents", each().map(|f| ids(collection, &f.documents)))
        .indices("claims", each().map(|f| f.claims.clone()))
        .records("evidence", each().map(|f| f.evidence.len()).collect(), inner)
        .finish()
}

/// Everybody who says something: `party` (name), `source_type`, `role`, `country`, `claims` (positions), `spellings`
/// (list of `spelling`, `documents`).
#[must_use]
pub fn parties(collection: &Collection, parties: &[Party]) -> RecordBatch {
    let each = || parties.iter();
    let spellings = || each().flat_map(|p| p.spellings.iter());
    let inner = Columns::default()
        .word("spelling", spellings().map(|s| &s.0))
        .words("documents", spellings().map(|s| ids(collection, &s.1)));
    Columns::default()
        .word("party", each().map(|p| &p.name))
        .word("source_type", each().map(|p| p.source_type.as_str()))
        .text("role", each().map(|p| p.role.as_ref()))
        .text("country", each().map(|p| p.country.as_ref()))
        .indices("claims", each().map(|p| p.claims.clone()))
        .records("spellings", each().map(|p| p.spellings.len()).collect(), inner)
        .finish()
}

/// What a search found, the best first: `document` (id), `published`, `outlet`, `found` ("claim" or "passage"),
/// `source`, `act`, `kind` (null for passages), `text`, `start`, `end`, `claim` (position, null for passages), `score`
/// (BM25), `highlights` (list of `start`, `end`: what was meant, in the text of the document).
#[must_use]
pub fn hits(collection: &Collection, hits: &[Hit]) -> RecordBatch {
    let each = || hits.iter();
    let claims = collection.claims().unwrap_or_default();
    let claim = |h: &Hit| claims.get(h.claim? as usize);
    let place = |h: &Hit, span: Span| collection.code_points(h.document as usize, span);
    let positions: Vec<(usize, usize)> = each().map(|h| place(h, h.span)).collect();
    let marks: Vec<(usize, usize)> =
        each().flat_map(|h| h.highlights.iter().map(move |s| place(h, *s))).collect();
    let inner =
        Columns::default().count("start", marks.iter().map(|p| p.0)).count("end", marks.iter().map(|p| p.1));
    Columns::default()
        .word("document", each().map(|h| &document(collection, h.document).id))
        .date("published", each().map(|h| document(collection, h.document).published()))
        .text(
            "outlet",
            each().map(|h| document(collection, h.document).metadata.outlet.as_ref().map(|o| &o.value)),
        )
        .word("found", each().map(|h| h.found().as_str()))
        .text("source", each().map(|h| claim(h)?.source.as_ref().map(|s| &s.name)))
        .text("act", each().map(|h| claim(h).map(|c| c.act.as_str())))
        .text("kind", each().map(|h| claim(h).map(|c| c.kind.as_str())))
        .word("text", each().map(|h| collection.slice(h.document as usize, h.span)))
        .count("start", positions.iter().map(|p| p.0))
        .count("end", positions.iter().map(|p| p.1))
        .counts("claim", each().map(|h| h.claim.map(|c| c as usize)))
        .number("score", each().map(|h| Some(h.score)))
        .records("highlights", each().map(|h| h.highlights.len()).collect(), inner)
        .finish()
}
