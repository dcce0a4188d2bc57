//! Whether what was restored can be looked into: every span lies in its text, everything stands in its order, every
//! number that names something names what is there. Bytes that were stored elsewhere, or changed, may say anything.

use std::mem;

use crate::corpus::Extraction;
use crate::document::{Claim, Document};
use crate::span::Span;

/// Says what is wrong with documents and the claims of all of them, if anything is.
pub(crate) fn check_all(documents: &[Document], extraction: Option<&Extraction>) -> Result<(), String> {
    let claims = extraction.map_or(&[][..], |e| &e.claims);
    if !claims.is_sorted_by_key(|c| c.document)
        || claims.last().is_some_and(|c| c.document as usize >= documents.len())
    {
        return Err("a claim belongs to no document, or stands behind those of a later one".to_owned());
    }
    let renamed = extraction.map_or(&[][..], |e| &e.renamed);
    if !renamed.is_sorted_by_key(|r| r.claim)
        || renamed.last().is_some_and(|r| r.claim as usize >= claims.len())
    {
        return Err("a name belongs to no claim, or stands behind those of a later one".to_owned());
    }
    let mut rest = claims;
    for (index, document) in documents.iter().enumerate() {
        let (own, others) = rest.split_at(rest.partition_point(|c| c.document as usize <= index));
        check(document, own).map_err(|why| format!("document {index}: {why}"))?;
        rest = others;
    }
    Ok(())
}

/// Says what is wrong with a document or its claims, if anything is.
pub(crate) fn check(document: &Document, claims: &[Claim]) -> Result<(), String> {
    let text = &document.text;
    if !in_order(text, document.blocks.iter().map(|b| b.span)) {
        return Err("a block lies outside of the text, or in another".to_owned());
    }
    if !in_order(text, document.sentences.iter().map(|s| s.span))
        || !in_order(text, document.tokens.iter().map(|t| t.span))
    {
        return Err("a sentence or token lies outside of the text, or in another".to_owned());
    }
    let mut token = 0;
    for sentence in &document.sentences {
        let inside =
            document.blocks.get(sentence.block as usize).is_some_and(|b| b.span.contains(sentence.span));
        let tokens = document.tokens.get(sentence.first_token as usize..sentence.last_token as usize);
        let holds =
            tokens.is_some_and(|all| !all.is_empty() && all.iter().all(|t| sentence.span.contains(t.span)));
        if !inside || !holds || mem::replace(&mut token, sentence.last_token) != sentence.first_token {
            return Err("a sentence stands in no block, or holds what is not there".to_owned());
        }
    }
    if token as usize != document.tokens.len() {
        return Err("a token stands in no sentence".to_owned());
    }
    let metadata = &document.metadata;
    let stated = [&metadata.title, &metadata.outlet, &metadata.byline, &metadata.dateline];
    let mut spans: Vec<Span> = stated.into_iter().flatten().filter_map(|s| s.span).collect();
    spans.extend([&metadata.published, &metadata.modified].into_iter().flatten().filter_map(|s| s.span));
    spans.extend(metadata.dates.iter().filter_map(|d| d.span));
    if !spans.iter().all(|s| lies(text, *s)) {
        return Err("a part of the document lies outside of its text".to_owned());
    }
    check_views(document)?;
    for claim in claims {
        if claim.sentence as usize >= document.sentences.len() || claim.content_spans.is_empty() {
            return Err("a claim is of a sentence that is not there, or has no content".to_owned());
        }
        if !spans_of(claim).iter().all(|s| lies(text, *s)) {
            return Err("a part of a claim lies outside of the text".to_owned());
        }
    }
    Ok(())
}

fn lies(text: &str, span: Span) -> bool {
    text.is_char_boundary(span.start()) && text.is_char_boundary(span.end())
}

/// Whether the spans lie in the text, one behind the other.
fn in_order(text: &str, mut spans: impl Iterator<Item = Span>) -> bool {
    let mut end = 0;
    spans.all(|span| lies(text, span) && mem::replace(&mut end, span.end()) <= span.start())
}

/// The ways back to the text as it was read, and to its page.
fn check_views(document: &Document) -> Result<(), String> {
    let whole = document.decoded();
    if let Some(page) = &document.page {
        let runs = page.runs();
        let good =
            runs.iter().all(|run| run.start <= run.end) && in_order(whole, runs.iter().map(|run| run.text));
        if !good {
            return Err("a piece of the page lies outside of the text, or in another".to_owned());
        }
    }
    let Some(original) = &document.original else { return Ok(()) };
    let (view, mut ends) = (&document.text, (0, 0));
    for edit in original.edits() {
        let before = whole.get(ends.0..edit.original.start());
        let same = before.is_some() && before == view.get(ends.1..edit.view.start());
        if !lies(whole, edit.original) || !lies(view, edit.view) || !same {
            return Err("a repair lies outside of the text, or does not lead back to it".to_owned());
        }
        ends = (edit.original.end(), edit.view.end());
    }
    if whole.get(ends.0..) != view.get(ends.1..) {
        return Err("the repairs do not lead back to the text".to_owned());
    }
    Ok(())
}

fn spans_of(claim: &Claim) -> Vec<Span> {
    let mut spans = [&claim.source_spans[..], &claim.cue_spans, &claim.content_spans].concat();
    spans.extend(claim.source.iter().chain(&claim.via).flat_map(|s| s.spans.iter().copied()));
    for quantity in &claim.quantities {
        spans.push(quantity.span);
        spans.extend(quantity.counted.as_ref().map(|c| c.span));
        spans.extend(quantity.partitive.as_ref().map(|p| p.span));
        spans.extend(quantity.frame.as_of.as_ref().map(|t| t.span));
        spans.extend(quantity.frame.predicate_span);
    }
    spans.extend(claim.times.iter().map(|t| t.span));
    spans.extend(claim.places.iter().map(|p| p.span));
    for predicate in &claim.predicates {
        spans.push(predicate.span);
        spans.extend(predicate.arguments.iter().map(|a| a.span));
    }
    spans
}
