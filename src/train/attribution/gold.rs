//! Articles with their gold attributions as tokens, and the labels that both passes learn.

use std::ops::Range;

use crate::extract::attribution::sequence::chain::allowed;
use crate::extract::attribution::sequence::reading::Reading;
use crate::extract::attribution::sequence::relations::{OWN_CONTENT, OWN_CUE, OWN_SOURCE};
use crate::extract::attribution::sequence::roles::{
    CONTENT_LEFT, CONTENT_RIGHT, CUE, SOURCE_LEFT, SOURCE_RIGHT,
};

/// A gold attribution, as ranges of tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Gold {
    pub(super) source: Vec<Range<usize>>,
    pub(super) cue: Vec<Range<usize>>,
    pub(super) content: Vec<Range<usize>>,
}

/// Labels of the first pass: cues before sources before contents.
pub(super) fn roles(reading: &Reading, gold: &[Gold]) -> Vec<u8> {
    let mut labels = vec![0u8; reading.len()];
    let mut mark = |range: &Range<usize>, begin: usize, over: bool| {
        let mut begins = true;
        for t in range.clone() {
            let new = t > range.start && reading.tokens[t].passage != reading.tokens[t - 1].passage;
            if over || labels[t] == 0 {
                labels[t] = if begins || new { begin as u8 } else { begin as u8 + 1 };
                begins = false;
            } else {
                begins = true;
            }
        }
    };
    let side = |attribution: &Gold, range: &Range<usize>, right: usize, left: usize| {
        let before = attribution.cue.first().is_none_or(|cue| range.start < cue.start);
        if before { right } else { left }
    };
    for attribution in gold {
        for range in &attribution.content {
            mark(range, side(attribution, range, CONTENT_RIGHT, CONTENT_LEFT), false);
        }
    }
    for attribution in gold {
        for range in &attribution.source {
            mark(range, side(attribution, range, SOURCE_RIGHT, SOURCE_LEFT), true);
        }
    }
    for attribution in gold {
        for range in &attribution.cue {
            mark(range, CUE, true);
        }
    }
    for passage in &reading.passages {
        mend(&mut labels[passage.clone()]);
    }
    labels
}

/// Labels of the second pass for a likely cue, in its window.
pub(super) fn relations(gold: &[Gold], cue: usize, window: &Range<usize>) -> Vec<u8> {
    let mut labels = vec![0u8; window.len()];
    let Some(attribution) = gold.iter().find(|a| a.cue.iter().any(|range| range.contains(&cue))) else {
        return labels;
    };
    let roles =
        [(&attribution.content, OWN_CONTENT), (&attribution.source, OWN_SOURCE), (&attribution.cue, OWN_CUE)];
    for (ranges, begin) in roles {
        for range in ranges {
            let mut label = begin as u8;
            for t in range.start.max(window.start)..range.end.min(window.end) {
                labels[t - window.start] = label;
                label = begin as u8 + 1;
            }
        }
    }
    mend(&mut labels);
    labels
}

/// A label that goes on with nothing begins.
fn mend(labels: &mut [u8]) {
    let mut before = None;
    for label in labels {
        if !allowed(before, usize::from(*label)) {
            *label -= 1;
        }
        before = Some(usize::from(*label));
    }
}
