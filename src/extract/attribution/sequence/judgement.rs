//! How likely an attribution is right: boosted trees over how sure the passes were and what the attribution is like.
//!
//! Right is what the main figure of the evaluation counts: a careful reader marks the same content (half of it at
//! least) with the same source. The probabilities are checked for calibration in `docs/method.md` (DeGroot and
//! Fienberg 1983; Guo and others 2017).

use std::ops::Range;

use super::context::Context;
use super::linking::Link;
use super::reading::Reading;
use crate::document::Deprel;

/// Columns of a row.
pub(crate) const COLUMNS: usize = 36;

/// What the judge sees of an attribution.
pub(crate) fn row(reading: &Reading, context: &Context, link: &Link) -> [f32; COLUMNS] {
    let tokens = &reading.tokens;
    let heart = &tokens[link.heart];
    let s = &link.signs;
    let count = |ranges: &[Range<usize>]| ranges.iter().map(ExactSizeIterator::len).sum::<usize>() as f32;
    let share = |ranges: &[Range<usize>], is: &dyn Fn(usize) -> bool| {
        let all = count(ranges);
        let with = ranges.iter().flat_map(Clone::clone).filter(|t| is(*t)).count();
        if all > 0.0 { with as f32 / all } else { -1.0 }
    };
    let yes = |is: bool| f32::from(u8::from(is));
    let content = link.content.first().map_or(link.heart, |r| r.start);
    let source = link.source.first().map_or(link.heart, |r| r.start);
    let role = |t: usize| tokens[t].rule >> 1;
    let sentence = reading.sentence(link.heart);
    let relation = |deprel: Deprel| super::reading::relation(deprel);
    let clausal = [Deprel::Ccomp, Deprel::Parataxis, Deprel::Xcomp].map(relation);
    let signed = |to: usize| (to as f32 - link.heart as f32).clamp(-60.0, 60.0);
    [
        s.first,
        s.second,
        s.content,
        s.content_start,
        s.content_end,
        s.source,
        s.source_start,
        s.source_end,
        s.likeliest_source.map_or(0.0, |(_, p)| p),
        s.cue,
        s.lost,
        yes(s.shared),
        yes(link.source.is_empty()),
        count(&link.content),
        link.content.len() as f32,
        share(&link.content, &|t| tokens[t].opened >= 0),
        signed(source),
        signed(content),
        yes(tokens[content].sentence == heart.sentence),
        yes(tokens[source].sentence == heart.sentence),
        f32::from(context.cues[link.heart]),
        share(&link.source, &|t| (4..=6).contains(&context.sources[t])),
        yes(heart.is_verb),
        heart.tag as f32,
        (heart.entry >> 1) as f32,
        share(&link.cue, &|t| role(t) == 1),
        share(&link.content, &|t| role(t) >= 4),
        share(&link.source, &|t| matches!(role(t), 2 | 3)),
        share(&link.source, &|t| tokens[t].name > 0),
        count(&link.source),
        count(&link.cue),
        sentence.len() as f32,
        sentence.clone().filter(|t| context.is_strong(*t)).count() as f32,
        yes(reading.children(link.heart).iter().any(|c| clausal.contains(&tokens[*c as usize].relation))),
        heart.relation as f32,
        yes(heart.opened >= 0),
    ]
}
