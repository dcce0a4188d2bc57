//! Which documents share text: copies, cuts, extended versions, shared passages.
//!
//! Documents are compared as sets of word 5-shingles (Broder, "On the resemblance and containment of documents",
//! 1997) by containment, in both directions: a report cut to a third has a low resemblance to the whole but is
//! wholly contained in it. Candidates come from an inverted index over a sample of the shingles (those whose hash
//! is 0 modulo 8, and the smallest ones); each is then verified on the full sets, and the shared passages are
//! aligned word by word. Boilerplate is left out.
//!
//! Cost stays close to linear when one text was reprinted a thousand times: a document that an indexed one wholly
//! contains is itself not indexed, since whatever shares text with it shares it with the other too. What remains
//! is bounded by the length of an index entry.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Options;
use super::terms::{prose, words};
use crate::document::Document;
use crate::span::Span;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// One shingle in so many is indexed.
const SAMPLE: u64 = 8;
/// So many of the smallest shingles are indexed in any case, for short texts.
const BOTTOM: usize = 24;
/// Documents per index entry, and candidates per document.
const LIMIT: usize = 48;
/// From here on a document is taken as contained.
const CONTAINED: f64 = 0.95;

/// Two documents that share text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The likely earlier one: by date, then the longer.
    pub earlier: u32,
    /// The other.
    pub later: u32,
    /// How they relate.
    pub relation: CopyRelation,
    /// Share of the earlier one's 5-shingles that stand in the later one.
    pub earlier_in_later: f64,
    /// Share of the later one's 5-shingles that stand in the earlier one.
    pub later_in_earlier: f64,
    /// Shared passages: span in the earlier, span in the later.
    pub passages: Vec<(Span, Span)>,
}

/// How two documents share text, seen from the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CopyRelation {
    /// The same text.
    Copy,
    /// The later one is the earlier one, shortened.
    Cut,
    /// The later one is the earlier one with more.
    Extended,
    /// The later one holds the earlier one among other matter.
    Contains,
    /// They share a passage.
    SharesPassage,
}

impl CopyRelation {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            CopyRelation::Copy => "copy",
            CopyRelation::Cut => "cut",
            CopyRelation::Extended => "extended",
            CopyRelation::Contains => "contains",
            CopyRelation::SharesPassage => "shares_passage",
        }
    }
}

/// Pairs of documents that share text, in order of the earlier and then of the later one.
pub(super) fn copies(documents: &[Document], options: &Options) -> Vec<Copy> {
    let sets: Vec<Vec<u64>> = documents.par_iter().map(shingle_set).collect();
    let mut order: Vec<usize> = (0..documents.len()).filter(|&i| !sets[i].is_empty()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(sets[i].len()), i));

    let mut index: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for &i in &order {
        let sample = sample(&sets[i]);
        let mut hits: FxHashMap<u32, u32> = FxHashMap::default();
        for shingle in &sample {
            for &j in index.get(shingle).into_iter().flatten() {
                *hits.entry(j).or_default() += 1;
            }
        }
        let mut candidates: Vec<(u32, u32)> = hits.into_iter().collect();
        candidates.sort_unstable_by_key(|&(j, n)| (std::cmp::Reverse(n), j));
        let mut verified: Vec<(usize, usize)> = Vec::new();
        for &(j, _) in candidates.iter().take(LIMIT) {
            let shared = intersection(&sets[i], &sets[j as usize]);
            verified.push((j as usize, shared));
        }
        // Order of size: whoever is indexed is at least as long.
        let best = verified.iter().max_by_key(|&&(j, shared)| (shared, std::cmp::Reverse(j))).copied();
        if let Some((j, shared)) = best
            && shared as f64 >= CONTAINED * sets[i].len() as f64
        {
            pairs.push((j, i, shared));
            continue;
        }
        pairs.extend(verified.into_iter().filter(|v| v.1 >= 3).map(|(j, shared)| (j, i, shared)));
        for shingle in sample {
            let entry = index.entry(shingle).or_default();
            if entry.len() < LIMIT {
                entry.push(i as u32);
            }
        }
    }
    let mut out: Vec<Copy> = pairs
        .par_iter()
        .filter_map(|&(a, b, shared)| pair(documents, &sets, a, b, shared, options))
        .collect();
    out.sort_by_key(|c| (c.earlier, c.later));
    out
}

fn pair(
    documents: &[Document],
    sets: &[Vec<u64>],
    a: usize,
    b: usize,
    shared: usize,
    options: &Options,
) -> Option<Copy> {
    let (earlier, later) = if comes_first(documents, sets, a, b) { (a, b) } else { (b, a) };
    let earlier_in_later = shared as f64 / sets[earlier].len() as f64;
    let later_in_earlier = shared as f64 / sets[later].len() as f64;
    let enough = earlier_in_later.max(later_in_earlier) >= options.containment
        && (shared >= 3 || earlier_in_later == later_in_earlier);
    if !enough && shared + SHINGLE < options.passage {
        return None;
    }
    let (passages, longest) = passages(&documents[earlier], &documents[later]);
    if passages.is_empty() || (!enough && longest < options.passage) {
        return None;
    }
    let relation = match (earlier_in_later, later_in_earlier) {
        (e, l) if e >= 0.9 && l >= 0.9 => CopyRelation::Copy,
        (_, l) if l >= 0.8 && sets[later].len() <= sets[earlier].len() => CopyRelation::Cut,
        (e, l) if e >= 0.8 && l >= 0.5 => CopyRelation::Extended,
        (e, _) if e >= 0.8 => CopyRelation::Contains,
        _ => CopyRelation::SharesPassage,
    };
    Some(Copy {
        earlier: earlier as u32,
        later: later as u32,
        relation,
        earlier_in_later,
        later_in_earlier,
        passages,
    })
}

/// Whether `a` is the likely earlier one: by date where both have one, then the longer, then the first in order.
fn comes_first(documents: &[Document], sets: &[Vec<u64>], a: usize, b: usize) -> bool {
    if let (Some(x), Some(y)) = (documents[a].published(), documents[b].published())
        && x != y
    {
        return x < y;
    }
    (std::cmp::Reverse(sets[a].len()), a) < (std::cmp::Reverse(sets[b].len()), b)
}

fn word_hashes(document: &Document) -> Vec<(Span, u64)> {
    prose(document)
        .flat_map(|block| words(&document.text, block))
        .map(|span| (span, word_hash(span.of(&document.text))))
        .collect()
}

/// FNV-1a over the word in lower case: stable across platforms and versions.
fn word_hash(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        word.bytes().for_each(|b| eat(b.to_ascii_lowercase()));
    } else {
        let mut buffer = [0; 4];
        for c in word.chars().flat_map(char::to_lowercase) {
            c.encode_utf8(&mut buffer).bytes().for_each(&mut eat);
        }
    }
    hash
}

fn shingle_hash(words: &[(Span, u64)]) -> u64 {
    let mut hash =
        words.iter().fold(0u64, |h, w| (h.rotate_left(23) ^ w.1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    // The sample takes the low bits, so they must depend on all of the input (finaliser of MurmurHash3).
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

fn shingle_set(document: &Document) -> Vec<u64> {
    let words = word_hashes(document);
    let mut set: Vec<u64> = words.windows(SHINGLE).map(shingle_hash).collect();
    set.sort_unstable();
    set.dedup();
    set
}

fn sample(set: &[u64]) -> Vec<u64> {
    let bottom = &set[..BOTTOM.min(set.len())];
    let mut out: Vec<u64> = bottom.to_vec();
    out.extend(set[bottom.len()..].iter().filter(|h| **h % SAMPLE == 0));
    out
}

fn intersection(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// The passages that two documents share, in order of the later one, and the longest unbroken run in words.
///
/// Runs of equal words grow greedily from equal shingles; runs that follow one another with a few other words in
/// between make one passage.
fn passages(earlier: &Document, later: &Document) -> (Vec<(Span, Span)>, usize) {
    const SAME_PLACE: usize = 8;
    const BRIDGE: usize = 4;
    let (a, b) = (word_hashes(earlier), word_hashes(later));
    let mut places: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (i, window) in a.windows(SHINGLE).enumerate() {
        let entry = places.entry(shingle_hash(window)).or_default();
        if entry.len() < SAME_PLACE {
            entry.push(i as u32);
        }
    }
    let run_at = |i: usize, j: usize| a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x.1 == y.1).count();
    let mut runs: Vec<(usize, usize, usize, usize)> = Vec::new();
    let mut longest = 0;
    let mut j = 0;
    while j + SHINGLE <= b.len() {
        let next = runs.last().map(|r| r.1);
        let Some(starts) = places.get(&shingle_hash(&b[j..j + SHINGLE])) else {
            j += 1;
            continue;
        };
        // Prefer to go on where the last run ended; otherwise the longest run.
        let expected =
            next.filter(|&n| starts.iter().any(|&s| (s as usize) >= n && s as usize <= n + BRIDGE));
        let (i, length) = match expected {
            Some(n) => {
                let i = starts.iter().map(|&s| s as usize).find(|&s| s >= n && s <= n + BRIDGE).unwrap_or(n);
                (i, run_at(i, j))
            }
            None => {
                let best = starts.iter().map(|&s| (s as usize, run_at(s as usize, j)));
                best.max_by_key(|&(s, n)| (n, std::cmp::Reverse(s))).unwrap_or((0, 0))
            }
        };
        if length < SHINGLE {
            j += 1;
            continue;
        }
        longest = longest.max(length);
        match runs.last_mut() {
            Some(last) if i >= last.1 && i <= last.1 + BRIDGE && j <= last.3 + BRIDGE => {
                (last.1, last.3) = (i + length, j + length);
            }
            _ => runs.push((i, i + length, j, j + length)),
        }
        j += length;
    }
    let least = if a.len().min(b.len()) < 40 { SHINGLE } else { 2 * SHINGLE };
    let span = |words: &[(Span, u64)], from: usize, to: usize| words[from].0.cover(words[to - 1].0);
    let out = runs
        .into_iter()
        .filter(|r| r.3 - r.2 >= least)
        .map(|(a0, a1, b0, b1)| (span(&a, a0, a1), span(&b, b0, b1)))
        .collect();
    (out, longest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Stated};
    use crate::resolve::tests::document;

    /// A text of `n` words that repeats no shingle.
    fn prose_of(seed: usize, n: usize) -> String {
        (0..n).map(|i| format!("w{}x{}", seed, (i * 7919 + seed) % 100_003)).collect::<Vec<_>>().join(" ")
    }

    fn relations(texts: &[String]) -> Vec<(u32, u32, &'static str)> {
        let documents: Vec<_> =
            texts.iter().enumerate().map(|(i, t)| document(&i.to_string(), None, t)).collect();
        copies(&documents, &Options::default())
            .iter()
            .map(|c| (c.earlier, c.later, c.relation.as_str()))
            .collect()
    }

    #[test]
    fn different_texts_share_nothing() {
        assert!(relations(&[]).is_empty());
        assert!(relations(&[prose_of(1, 50)]).is_empty());
        assert!(relations(&[prose_of(1, 200), prose_of(2, 200)]).is_empty());
        assert!(
            relations(&[String::new(), String::new(), "Too short".into(), "Too short".into()]).is_empty()
        );
    }

    #[test]
    fn shared_boilerplate_is_no_copy() {
        let notice = prose_of(9, 60);
        let mut documents: Vec<_> = [1, 2]
            .iter()
            .map(|&i| document(&i.to_string(), None, &format!("{}\n{notice}", prose_of(i, 80))))
            .collect();
        for d in &mut documents {
            d.blocks[1].kind = BlockKind::Notice;
        }
        assert!(copies(&documents, &Options::default()).is_empty());
    }

    #[test]
    fn relations_are_told_apart() {
        let text = prose_of(1, 300);
        let words: Vec<&str> = text.split(' ').collect();
        let third = words[..100].join(" ");
        let extended = format!("{text} {}", prose_of(2, 100));
        let framed = format!("{} {text} {}", prose_of(3, 300), prose_of(4, 300));
        let mut changed: Vec<String> = words.iter().map(ToString::to_string).collect();
        changed[150] = "other".into();
        assert_eq!(relations(&[text.clone(), text.clone()]), [(0, 1, "copy")]);
        assert_eq!(relations(&[text.clone(), changed.join(" ")]), [(0, 1, "copy")]);
        assert_eq!(relations(&[text.clone(), third]), [(0, 1, "cut")]);
        let dated = |texts: [&String; 2]| {
            let mut documents: Vec<_> =
                texts.iter().enumerate().map(|(i, t)| document(&i.to_string(), None, t)).collect();
            for (i, d) in documents.iter_mut().enumerate() {
                d.metadata.published =
                    Some(Stated { value: jiff::civil::date(2021, 3, 1 + i as i8), span: None });
            }
            copies(&documents, &Options::default())[0].relation
        };
        assert_eq!(dated([&text, &extended]), CopyRelation::Extended);
        assert_eq!(dated([&text, &framed]), CopyRelation::Contains);
        let quoted = format!("{} {} {}", prose_of(5, 200), words[50..100].join(" "), prose_of(6, 200));
        // The longer of two undated texts is taken for the earlier.
        assert_eq!(relations(&[text, quoted]), [(1, 0, "shares_passage")]);
    }

    #[test]
    fn passages_point_at_equal_words() {
        let text = prose_of(1, 60);
        let other = format!("{} {text}", prose_of(2, 30));
        let documents = [document("a", None, &text), document("b", None, &other)];
        let found = copies(&documents, &Options::default());
        assert_eq!(found.len(), 1);
        let (x, y) = found[0].passages[0];
        let (e, l) = (found[0].earlier as usize, found[0].later as usize);
        assert_eq!(x.of(&documents[e].text), y.of(&documents[l].text));
        assert_eq!(x.of(&documents[e].text), text);
    }

    #[test]
    fn a_thousand_copies_make_a_thousand_pairs() {
        let text = prose_of(1, 120);
        let documents: Vec<_> = (0..1000).map(|i| document(&i.to_string(), None, &text)).collect();
        let found = copies(&documents, &Options::default());
        assert_eq!(found.len(), 999);
        assert!(found.iter().all(|c| c.earlier == 0 && c.relation == CopyRelation::Copy));
    }
}
