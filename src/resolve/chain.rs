//! Source chains: a claim inside the content of another is passed on by the other's source.

use crate::document::{Claim, Kind};
use crate::extract::attribution::relays::RELAY;
use crate::span::{Span, cover};

/// For each claim, the innermost attributed claim in whose content it lies.
///
/// One sweep over the contents in order of start: those still open form a stack, the innermost on top. Claims of
/// news nest a few deep; a deeper stack is looked at from the top only, which keeps the sweep linear.
pub(crate) fn parents(claims: &[Claim]) -> Vec<Option<usize>> {
    const DEPTH: usize = 12;
    let mut order: Vec<(Span, usize)> =
        claims.iter().enumerate().filter_map(|(i, c)| Some((cover(&c.content_spans)?, i))).collect();
    order.sort_by_key(|&(span, i)| (span.start(), std::cmp::Reverse(span.end()), claims[i].rule == RELAY, i));
    let mut out = vec![None; claims.len()];
    let mut open: Vec<(Span, usize)> = Vec::new();
    for &(span, i) in &order {
        open.retain(|(outer, _)| outer.end() > span.start());
        out[i] = open.iter().rev().take(DEPTH).find(|(_, j)| holds(&claims[*j], &claims[i])).map(|(_, j)| *j);
        if claims[i].kind != Kind::Narrated {
            open.push((span, i));
        }
    }
    out
}

/// Whether every part of `inner` lies in the content of `outer`, and the two differ.
fn holds(outer: &Claim, inner: &Claim) -> bool {
    if inner.kind == Kind::Narrated {
        return false;
    }
    if outer.content_spans == inner.content_spans {
        // whoever is cited has the content of the report around it; of several, the later one is further in
        return inner.rule == RELAY && (outer.rule != RELAY || outer.cue_spans < inner.cue_spans);
    }
    inner
        .content_spans
        .iter()
        .chain(&inner.cue_spans)
        .chain(&inner.source_spans)
        .all(|part| outer.content_spans.iter().any(|c| c.contains(*part)))
}
