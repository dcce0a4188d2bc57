//! Whether what was restored can be looked into: every span lies in its text.

use crate::document::{Claim, Document};
use crate::span::Span;

/// Says what is wrong with a document or its claims, if anything is.
pub(super) fn check(document: &Document, claims: &[Claim]) -> Result<(), String> {
    let text = &document.text;
    let lies = |span: &Span| {
        let (start, end) = (span.start(), span.end());
        start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
    };
    let mut spans: Vec<Span> = document.blocks.iter().map(|b| b.span).collect();
    spans.extend(document.sentences.iter().map(|s| s.span));
    spans.extend(document.tokens.iter().map(|t| t.span));
    let metadata = &document.metadata;
    let stated = [&metadata.title, &metadata.outlet, &metadata.byline, &metadata.dateline];
    spans.extend(stated.into_iter().flatten().filter_map(|s| s.span));
    spans.extend([&metadata.published, &metadata.modified].into_iter().flatten().filter_map(|s| s.span));
    spans.extend(metadata.dates.iter().filter_map(|d| d.span));
    if !spans.iter().all(lies) {
        return Err("a part of the document lies outside of its text".to_owned());
    }
    let sentences = &document.sentences;
    let (blocks, tokens) = (document.blocks.len(), document.tokens.len());
    if sentences
        .iter()
        .any(|s| s.block as usize >= blocks || s.first_token > s.last_token || s.last_token as usize > tokens)
    {
        return Err("a sentence holds what is not there".to_owned());
    }
    let whole = document.decoded();
    let inside = |s: &Span| {
        s.start() <= s.end() && whole.is_char_boundary(s.start()) && whole.is_char_boundary(s.end())
    };
    if let Some(page) = &document.page
        && !page.runs().iter().all(|run| run.start <= run.end && inside(&run.text))
    {
        return Err("a piece of the page lies outside of the text".to_owned());
    }
    if let Some(original) = &document.original
        && !original.edits().iter().all(|e| inside(&e.original) && lies(&e.view))
    {
        return Err("a repair lies outside of the text".to_owned());
    }
    for claim in claims {
        if claim.sentence as usize >= sentences.len() || claim.content_spans.is_empty() {
            return Err("a claim is of a sentence that is not there, or has no content".to_owned());
        }
        if !spans_of(claim).iter().all(lies) {
            return Err("a part of a claim lies outside of the text".to_owned());
        }
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
