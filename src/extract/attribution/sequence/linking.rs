//! From likely cues to attributions: which cue takes which source and which contents.

use std::ops::Range;

use super::chain;
use super::context::Context;
use super::field::Field;
use super::keys::Keys;
use super::reading::Reading;
use super::relations::{self, Likely, OWN_CONTENT, OWN_CUE, OWN_SOURCE, Relation, candidates, is_cue};
use super::roles::{self, Groups};

/// A passage in which the network holds no token for more likely to be part of a cue is outside as a whole. A cascade:
/// what is plain is settled by the cheaper model. On the training split nothing that is found gets lost.
const LEAST_NOTED: f32 = 0.02;
/// A token that is less likely to be part of a cue is no candidate.
pub(crate) const LEAST_CANDIDATE: f32 = 0.12;
/// A candidate that the second pass holds for less likely is dropped.
pub(crate) const LEAST_CUE: f32 = 0.15;
/// How much is added for a source: one that is left out is worse than one too many.
const SOURCE_BONUS: f32 = 1.0;
/// What makes a label certain.
const CERTAIN: f32 = 1e3;

/// An attribution of the model, as ranges of tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Link {
    pub(crate) heart: usize,
    pub(crate) source: Vec<Range<usize>>,
    pub(crate) cue: Vec<Range<usize>>,
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) signs: Signs,
}

/// How sure the passes were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Signs {
    /// Of the heart as a cue, in the first pass and in the second.
    pub(crate) first: f32,
    pub(crate) second: f32,
    /// Of the content: mean, first and last token.
    pub(crate) content: f32,
    pub(crate) content_start: f32,
    pub(crate) content_end: f32,
    /// Of the source: the same; 0 without one.
    pub(crate) source: f32,
    pub(crate) source_start: f32,
    pub(crate) source_end: f32,
    /// The token that is most held for one, and how much.
    pub(crate) likeliest_source: Option<(usize, f32)>,
    /// Of the cue's own tokens.
    pub(crate) cue: f32,
    /// Share of the content that a likelier attribution took.
    pub(crate) lost: f32,
    /// Whether the source is another cue's.
    pub(crate) shared: bool,
}

impl Signs {
    /// By which of two attributions the likelier is kept.
    fn rank(&self) -> f32 {
        self.second * self.content
    }
}

/// How likely each role is at each token.
pub(crate) fn likely(
    reading: &Reading,
    context: &Context,
    field: &Field<{ roles::LABELS }>,
    groups: Groups,
) -> Vec<[f32; roles::LABELS]> {
    let mut likely = Vec::with_capacity(reading.len());
    let mut keys = Keys::new(roles::KEY_BITS);
    let mut outside = [0.0; roles::LABELS];
    outside[0] = 1.0;
    for passage in &reading.passages {
        likely.resize(passage.start, [0.0; roles::LABELS]);
        let noted = |i: usize| is_cue(&context.encoded[i]) >= LEAST_NOTED;
        if groups.has(Groups::ENCODER) && !passage.clone().any(noted) {
            likely.resize(passage.end, outside);
            continue;
        }
        let mut nodes = Vec::with_capacity(passage.len());
        let mut seen = Vec::with_capacity(passage.len());
        for i in passage.clone() {
            keys.all.clear();
            roles::keys(reading, context, i, groups, &mut keys);
            nodes.push(field.score(&keys.all));
            seen.push(roles::transition(reading, context, i));
        }
        likely.extend(field.transitions.likely(&nodes, &seen, None).0);
    }
    likely.resize(reading.len(), [0.0; roles::LABELS]);
    likely
}

/// The attributions of an article, in order of their cues.
pub(crate) fn links(
    reading: &Reading,
    context: &Context,
    likely: &Likely,
    field: &Field<{ relations::LABELS }>,
    groups: Groups,
) -> Vec<Link> {
    let cues = candidates(reading, likely, LEAST_CANDIDATE);
    let mut keys = Keys::new(relations::KEY_BITS);
    let mut found: Vec<Link> = Vec::new();
    for cue in &cues {
        let relation = Relation::new(reading, context, likely, *cue, &cues);
        let (mut nodes, mut seen) = (Vec::new(), Vec::new());
        for t in relation.window.clone() {
            keys.all.clear();
            relation.keys(t, groups, &mut keys);
            nodes.push(field.score(&keys.all));
            seen.push(relation.seen(t));
        }
        found.extend(link(*cue, &relation, nodes, &seen, field, is_cue(&likely[*cue])));
    }
    let mut kept = resolve(reading.len(), found);
    kept.sort_by_key(|link| link.heart);
    share(reading, &mut kept);
    kept
}

/// What one candidate takes, if it is a cue.
fn link(
    cue: usize,
    relation: &Relation<'_>,
    mut nodes: Vec<[f32; relations::LABELS]>,
    seen: &[u32],
    field: &Field<{ relations::LABELS }>,
    first: f32,
) -> Option<Link> {
    let start = relation.window.start;
    let (likely, _) = field.transitions.likely(&nodes, seen, None);
    let is = |t: usize, label: usize| likely[t - start][label] + likely[t - start][label + 1];
    let second = is(cue, OWN_CUE);
    if second < LEAST_CUE {
        return None;
    }
    nodes[cue - start][OWN_CUE] += CERTAIN;
    nodes[cue - start][OWN_CUE + 1] += CERTAIN;
    for node in &mut nodes {
        node[OWN_SOURCE] += SOURCE_BONUS;
    }
    let labels = field.transitions.best(&nodes, seen);
    let mut link = Link { heart: cue, ..Link::default() };
    for (label, range) in chain::spans(&labels, start) {
        match label {
            OWN_CUE => link.cue.push(range),
            OWN_SOURCE => link.source.push(range),
            _ => link.content.push(range),
        }
    }
    if link.content.is_empty() {
        return None;
    }
    link.cue.retain(|range| range.contains(&cue));
    // of several sources the nearest
    link.source.sort_by_key(|range| range.start.abs_diff(cue));
    link.source.truncate(1);
    let mean = |ranges: &[Range<usize>], label: usize| {
        let all = ranges.iter().flat_map(Clone::clone);
        let (sum, count) = all.fold((0.0, 0), |(sum, n), t| (sum + is(t, label), n + 1));
        if count > 0 { sum / count as f32 } else { 0.0 }
    };
    let begins = |ranges: &[Range<usize>], label: usize| {
        ranges.first().map_or(0.0, |range| likely[range.start - start][label])
    };
    // that the span does not go on behind its last token
    let ends = |ranges: &[Range<usize>], label: usize| {
        ranges.last().map_or(0.0, |range| {
            let behind = likely.get(range.end - start).map_or(0.0, |row| row[label + 1]);
            is(range.end - 1, label).min(1.0) * (1.0 - behind)
        })
    };
    let sources = relation.window.clone().map(|t| (t, is(t, OWN_SOURCE)));
    let likeliest_source = sources.reduce(|best, other| if other.1 > best.1 { other } else { best });
    link.signs = Signs {
        first,
        second,
        content: mean(&link.content, OWN_CONTENT),
        content_start: begins(&link.content, OWN_CONTENT),
        content_end: ends(&link.content, OWN_CONTENT),
        source: mean(&link.source, OWN_SOURCE),
        source_start: begins(&link.source, OWN_SOURCE),
        source_end: ends(&link.source, OWN_SOURCE),
        likeliest_source,
        cue: mean(&link.cue, OWN_CUE),
        lost: 0.0,
        shared: false,
    };
    Some(link)
}

/// Lets no token be the content of two attributions: the likelier one keeps it.
fn resolve(tokens: usize, mut found: Vec<Link>) -> Vec<Link> {
    #[derive(Clone, Copy, PartialEq)]
    enum Owner {
        Nobody,
        Content,
        Cue,
        Source,
    }
    found.sort_by(|a, b| b.signs.rank().total_cmp(&a.signs.rank()).then(a.heart.cmp(&b.heart)));
    let mut owners = vec![Owner::Nobody; tokens];
    let mut kept = Vec::new();
    for mut link in found {
        if owners[link.heart] != Owner::Nobody {
            continue;
        }
        let count = |ranges: &[Range<usize>]| ranges.iter().map(ExactSizeIterator::len).sum::<usize>();
        let before = count(&link.content);
        let mut free: Vec<Range<usize>> = Vec::new();
        for t in link.content.iter().flat_map(Clone::clone).filter(|t| owners[*t] == Owner::Nobody) {
            match free.last_mut() {
                Some(range) if range.end == t => range.end += 1,
                _ => free.push(t..t + 1),
            }
        }
        let after = count(&free);
        if after * 2 < before || after == 0 {
            continue;
        }
        link.signs.lost = 1.0 - after as f32 / before as f32;
        link.content = free;
        link.source.retain(|range| range.clone().all(|t| owners[t] != Owner::Content));
        let roles = [(&link.content, Owner::Content), (&link.cue, Owner::Cue), (&link.source, Owner::Source)];
        for (ranges, owner) in roles {
            for range in ranges {
                owners[range.clone()].fill(owner);
            }
        }
        kept.push(link);
    }
    kept
}

/// A cue without a source of its own that is joined to the one before it has that one's: "said …, adding …".
fn share(reading: &Reading, links: &mut [Link]) {
    for k in 1..links.len() {
        let (before, link) = (&links[k - 1], &links[k]);
        let (a, b) = (&reading.tokens[before.heart], &reading.tokens[link.heart]);
        if link.source.is_empty() && !before.source.is_empty() && a.sentence == b.sentence && joined(b) {
            links[k].source = links[k - 1].source.clone();
            links[k].signs.shared = true;
        }
    }
}

fn joined(token: &super::reading::Seen) -> bool {
    use crate::document::{Deprel, Tag};
    let tags = [Tag::VBG, Tag::VBD, Tag::RB];
    token.relation == super::reading::relation(Deprel::Conj) || tags.iter().any(|t| *t as u32 == token.tag)
}
