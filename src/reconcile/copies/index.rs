//! Texts that can be compared with further ones, without comparing them with each other again.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::alignment::{Alignment, Seen, Table};
use super::families::Families;
use super::holders::{HOLDERS, Holders};
use super::relation::{CopyRelation, Evidence, LONGER};
use super::shingles::{SHINGLE, sample, sampled, shingles};
use super::wording::Wording;
use super::{Copy, Options};
use crate::span::Span;

/// Sampled shingles that two texts share before they are compared.
const HITS: u32 = 3;
/// Share of the smaller sample that does where the sample is small.
const HIT_SHARE: u32 = 4;
/// Share of both samples from which two texts are versions of one, as far as samples tell.
const VERSION: f64 = 0.5;
/// Share of the smaller sample from which one text stands in the other.
const WITHIN: f64 = 0.8;
/// Share of both samples from which two texts are the same but for trifles.
const SAME: f64 = 0.8;

/// Texts, indexed by a sample of their shingles.
///
/// Each call of [`CopyIndex::add`] compares the new texts with each other and with all before, and with nothing else.
/// Whether texts come at once or one by one makes no difference, with these exceptions: a passage is known to be stock
/// once it was met in [`Options::stock`] unrelated texts, so that pairs may have been told before; and of a text with
/// more than sixteen versions further ones are tied to the likest among those that came first.
///
/// ```
/// use reportedly::reconcile::{CopyIndex, CopyRelation, Options, Wording};
/// let mut index = CopyIndex::new(&Options::default());
/// let text = "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded.";
/// assert!(index.add(vec![Wording::plain(text, None)]).is_empty());
/// let found = index.add(vec![Wording::plain(&text.to_uppercase(), None)]);
/// assert_eq!((found[0].earlier, found[0].later, found[0].relation), (0, 1, CopyRelation::Copy));
/// ```
#[derive(Clone, Debug)]
pub struct CopyIndex {
    containment: f64,
    passage: usize,
    stock: usize,
    wordings: Vec<Wording>,
    /// Size of each text's sample.
    samples: Vec<u32>,
    holders: Holders,
    families: Families,
    /// The first text of these words, and how many there are.
    twins: FxHashMap<u64, (u32, usize)>,
}

impl CopyIndex {
    /// An index without texts.
    #[must_use]
    pub fn new(options: &Options) -> CopyIndex {
        CopyIndex {
            containment: options.containment,
            passage: options.passage,
            stock: options.stock,
            wordings: Vec::new(),
            samples: Vec::new(),
            holders: Holders::default(),
            families: Families::default(),
            twins: FxHashMap::default(),
        }
    }

    /// Number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.wordings.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wordings.is_empty()
    }

    /// Adds texts; returns the pairs that share text of which at least one is new, in order of the earlier and then of
    /// the later one. Texts are numbered in the order in which they were given, from the first call on.
    pub fn add(&mut self, wordings: Vec<Wording>) -> Vec<Copy> {
        let first = self.wordings.len();
        let samples: Vec<Vec<u32>> = wordings.par_iter().map(|w| sample(&w.words)).collect();
        self.wordings.extend(wordings);
        self.samples.extend(samples.iter().map(|s| s.len() as u32));
        samples.iter().for_each(|_| self.families.push());
        self.holders.reserve(samples.iter().map(Vec::len).sum());
        // Of many versions the first that are placed stand for the rest, so the earliest come first.
        let mut order: Vec<usize> = (first..self.wordings.len()).collect();
        order.sort_by_key(|&i| self.rank(i));
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for i in order {
            self.place(i as u32, &samples[i - first], &mut pairs);
        }
        self.verify(pairs)
    }

    /// Dated texts by date, then the longer, then as they were given.
    fn rank(&self, i: usize) -> (bool, Option<jiff::civil::Date>, std::cmp::Reverse<usize>, usize) {
        let wording = &self.wordings[i];
        (wording.published.is_none(), wording.published, std::cmp::Reverse(wording.len()), i)
    }

    /// Finds what a text may share words with, and indexes it.
    fn place(&mut self, i: u32, sample: &[u32], pairs: &mut Vec<(u32, u32)>) {
        let wording = &self.wordings[i as usize];
        if wording.len() < SHINGLE {
            return;
        }
        let mut twin = None;
        let entry = self.twins.entry(wording.digest()).or_insert((i, 0));
        if entry.0 != i && wording.is_same(&self.wordings[entry.0 as usize]) {
            entry.1 += 1;
            twin = Some(entry.0);
            pairs.push((entry.0, i));
            self.families.join(entry.0, i);
            if entry.1 > HOLDERS {
                return;
            }
        }
        let candidates: Vec<(u32, u32)> = self
            .candidates(i, sample)
            .into_iter()
            .filter(|&(_, j)| twin.is_none_or(|t| j != t && !wording.is_same(&self.wordings[j as usize])))
            .collect();
        let (own, samples) = (sample.len() as f64, &self.samples);
        let share = |hits: u32, j: u32| f64::from(hits) / own.max(f64::from(samples[j as usize]));
        let same: Vec<(u32, u32)> =
            candidates.iter().copied().filter(|&(n, j)| share(n, j) >= SAME).collect();
        if same.len() >= HOLDERS {
            // Whatever else there is to say of it is said of its likes.
            pairs.push((same[0].1, i));
            self.families.join(same[0].1, i);
            return;
        }
        for (hits, j) in candidates {
            let (a, b) = (wording.len(), self.wordings[j as usize].len());
            let within = f64::from(hits) / own.min(f64::from(self.samples[j as usize])) >= WITHIN;
            let version = f64::from(hits) / own.max(f64::from(self.samples[j as usize])) >= VERSION;
            if version || within && a.max(b) <= LONGER * a.min(b) {
                self.families.join(i, j);
            }
            pairs.push((j, i));
        }
        for &shingle in sample {
            self.holders.push(shingle, i, &self.families);
        }
    }

    /// The texts that share enough of a sample, with how much, the likest first.
    fn candidates(&self, i: u32, sample: &[u32]) -> Vec<(u32, u32)> {
        let mut met: Vec<u32> = Vec::new();
        for &shingle in sample {
            met.extend_from_slice(self.holders.of(shingle));
        }
        met.sort_unstable();
        let hits = met.chunk_by(|a, b| a == b).map(|same| (same.len() as u32, same[0]));
        let mut out: Vec<(u32, u32)> = hits
            .filter(|&(n, j)| {
                let smaller = self.samples[i as usize].min(self.samples[j as usize]);
                n >= HITS || n * HIT_SHARE >= smaller
            })
            .collect();
        out.sort_unstable_by_key(|&(n, j)| (std::cmp::Reverse(n), j));
        out
    }

    /// Compares pairs on the whole texts; the longer one of each becomes a table once.
    fn verify(&self, pairs: Vec<(u32, u32)>) -> Vec<Copy> {
        let size = |i: u32| (self.wordings[i as usize].len(), std::cmp::Reverse(i));
        let mut pairs: Vec<(u32, u32)> =
            pairs.into_iter().map(|(a, b)| if size(a) >= size(b) { (a, b) } else { (b, a) }).collect();
        pairs.sort_unstable();
        let groups: Vec<&[(u32, u32)]> = pairs.chunk_by(|x, y| x.0 == y.0).collect();
        let mut out: Vec<Copy> = groups
            .par_iter()
            .map_init(Seen::default, |seen, group| {
                let table = Table::new(&self.wordings[group[0].0 as usize]);
                group.iter().filter_map(|&(a, b)| self.compare(&table, a, b, seen)).collect::<Vec<_>>()
            })
            .flatten_iter()
            .collect();
        held_among_others(&mut out, &self.wordings);
        out.sort_unstable_by_key(|c| (c.earlier, c.later));
        out
    }

    fn compare(&self, table: &Table<'_>, a: u32, b: u32, seen: &mut Seen) -> Option<Copy> {
        let (long, short) = (&self.wordings[a as usize], &self.wordings[b as usize]);
        let mut alignment = table.align(short, seen);
        let evidence = Evidence::weigh(long, short, &mut alignment, |alignment, passage| {
            let runs = &alignment.runs[passage.clone()];
            self.stock_share(a, b, runs.iter().map(|r| (r.short as usize, r.length as usize)))
        });
        if !evidence.suffices(self.containment, self.passage) {
            return None;
        }
        Some(self.copy(a, b, &alignment))
    }

    /// Which share of some words of `b`, given as positions and lengths, is carried by so many other families that it
    /// is stock.
    fn stock_share(&self, a: u32, b: u32, runs: impl Iterator<Item = (usize, usize)>) -> f64 {
        let own = [self.families.of(a), self.families.of(b)];
        let words = &self.wordings[b as usize].words;
        let (mut all, mut stock) = (0, 0);
        let mut others: Vec<u32> = Vec::new();
        for (at, length) in runs {
            for shingle in shingles(&words[at..at + length]).filter_map(sampled) {
                let holders = self.holders.of(shingle);
                all += 1;
                if holders.len() < self.stock {
                    continue;
                }
                others.clear();
                others.extend(holders.iter().map(|d| self.families.of(*d)).filter(|f| !own.contains(f)));
                others.sort_unstable();
                others.dedup();
                let families = others.len() + if own[0] == own[1] { 1 } else { 2 };
                stock += usize::from(families >= self.stock);
            }
        }
        if all == 0 { 0.0 } else { f64::from(stock as u32) / f64::from(all) }
    }

    fn copy(&self, a: u32, b: u32, alignment: &Alignment) -> Copy {
        let (long, short) = (&self.wordings[a as usize], &self.wordings[b as usize]);
        let long_is_earlier = match (long.published, short.published) {
            (Some(x), Some(y)) if x != y => x < y,
            _ => long.len() > short.len() || a < b,
        };
        let share = |shared: usize, of: &Wording| {
            let all = of.len().saturating_sub(SHINGLE - 1);
            if all == 0 { 0.0 } else { shared as f64 / all as f64 }
        };
        let in_short = share(alignment.long_in_short, long);
        let in_long = share(alignment.short_in_long, short);
        let mut passages: Vec<(Span, Span)> = Vec::with_capacity(alignment.passages.len());
        let (mut covered_long, mut covered_short) = (0, 0);
        for passage in &alignment.passages {
            let runs = &alignment.runs[passage.clone()];
            let (Some(head), Some(tail)) = (runs.first(), runs.last()) else { continue };
            let (x, y) = (head.long as usize, (tail.long + tail.length) as usize);
            let (v, w) = (head.short as usize, (tail.short + tail.length) as usize);
            covered_long += y - x;
            covered_short += w - v;
            let of = |wording: &Wording, from: usize, to: usize| {
                wording.words[from].span().cover(wording.words[to - 1].span())
            };
            let (l, s) = (of(long, x, y), of(short, v, w));
            passages.push(if long_is_earlier { (l, s) } else { (s, l) });
        }
        passages.sort_unstable_by_key(|p| (p.1, p.0));
        let cover_long = covered_long as f64 / long.len() as f64;
        let cover_short = covered_short as f64 / short.len() as f64;
        let (earlier, later) = if long_is_earlier { (a, b) } else { (b, a) };
        let ordered = |long: f64, short: f64| if long_is_earlier { (long, short) } else { (short, long) };
        let (earlier_in_later, later_in_earlier) = ordered(in_short, in_long);
        let cover = ordered(cover_long, cover_short);
        Copy {
            earlier,
            later,
            relation: CopyRelation::by_cover(cover.0, cover.1),
            earlier_in_later,
            later_in_earlier,
            passages,
        }
    }
}

/// A text that took over two others, each in a place of its own, neither repeats nor extends one of them: it contains
/// both.
fn held_among_others(copies: &mut [Copy], wordings: &[Wording]) {
    /// Share of a text that another part must cover to count, and share of that part that may not stand apart.
    const PART: f64 = 0.1;
    copies.sort_unstable_by_key(|c| (c.later, c.earlier));
    for of_one in copies.chunk_by_mut(|a, b| a.later == b.later) {
        let Some(words) = wordings.get(of_one[0].later as usize).map(|w| &w.words) else { continue };
        let bytes: usize = words.iter().map(|w| w.span().len() + 1).sum();
        let spans: Vec<Vec<Span>> = of_one.iter().map(|c| c.passages.iter().map(|p| p.1).collect()).collect();
        let length = |i: usize| spans[i].iter().map(|s| s.len()).sum::<usize>() as f64;
        let apart = |i: usize, j: usize| {
            let both: usize = spans[j].iter().map(|s| shared_bytes(&spans[i], *s)).sum();
            length(j) >= PART * bytes as f64 && both as f64 <= PART * length(j)
        };
        let may = |i: usize| match of_one[i].relation {
            CopyRelation::Extended => true,
            CopyRelation::Copy => length(i) <= (1.0 - PART) * bytes as f64,
            _ => false,
        };
        let contains: Vec<usize> =
            (0..of_one.len()).filter(|&i| may(i) && (0..of_one.len()).any(|j| apart(i, j))).collect();
        contains.into_iter().for_each(|i| of_one[i].relation = CopyRelation::Contains);
    }
}

fn shared_bytes(spans: &[Span], with: Span) -> usize {
    let from = spans.partition_point(|s| s.end() <= with.start());
    let near = spans[from..].iter().take_while(|s| s.start() < with.end());
    near.map(|s| s.end().min(with.end()).saturating_sub(s.start().max(with.start()))).sum()
}
