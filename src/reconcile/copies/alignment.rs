//! Where two texts agree, word by word.
//!
//! The longer text is made a table of its shingles once, and each text that may share something with it is walked
//! along it. Runs of equal words grow from equal shingles; where a run ends, a few other words on either side are
//! bridged if it goes on behind them. So a text of which every tenth word was changed, and with it two in five
//! shingles, still aligns from end to end.

use super::shingles::{SHINGLE, shingles};
use super::wording::{Word, Wording};

/// Words that may be skipped on either side before a run goes on.
const BRIDGE: usize = 4;
/// Places of one shingle that are looked at.
const SAME_PLACE: usize = 8;

/// A text, ready to be compared with others.
pub(super) struct Table<'t> {
    words: &'t [Word],
    hashes: Vec<u64>,
    /// Open addressing: first position of a shingle, plus 1.
    slots: Vec<u32>,
    /// First position of the shingle at each position.
    first: Vec<u32>,
    /// Next position of the same shingle; 0 if there is none.
    next: Vec<u32>,
    /// How often the shingle that is first here stands in the text.
    count: Vec<u32>,
}

/// Equal words: from `long` on in the longer text, from `short` on in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) long: u32,
    pub(super) short: u32,
    pub(super) length: u32,
}

impl Run {
    fn long_end(self) -> usize {
        (self.long + self.length) as usize
    }

    fn short_end(self) -> usize {
        (self.short + self.length) as usize
    }
}

/// Where two texts agree.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// Runs of equal words, in order of the shorter text.
    pub(super) runs: Vec<Run>,
    /// Runs that make one passage, as ranges of `runs`.
    pub(super) passages: Vec<std::ops::Range<usize>>,
    /// Shingles of the shorter text that stand in the longer, and the other way round, by place.
    pub(super) short_in_long: usize,
    pub(super) long_in_short: usize,
}

impl<'t> Table<'t> {
    pub(super) fn new(wording: &'t Wording) -> Self {
        let words = &wording.words;
        let hashes: Vec<u64> = shingles(words).collect();
        let n = hashes.len();
        let mut table = Table {
            words,
            slots: vec![0; (2 * n).next_power_of_two().max(2)],
            first: vec![0; n],
            next: vec![0; n],
            count: vec![0; n],
            hashes,
        };
        // The last place of each shingle, to append to.
        let mut last: Vec<u32> = vec![0; n];
        for i in 0..n {
            let slot = table.slot(table.hashes[i]);
            let first = match table.slots[slot] {
                0 => {
                    table.slots[slot] = i as u32 + 1;
                    i
                }
                at => at as usize - 1,
            };
            if first != i {
                table.next[last[first] as usize] = i as u32;
            }
            last[first] = i as u32;
            table.first[i] = first as u32;
            table.count[first] += 1;
        }
        table
    }

    /// The slot where a shingle is, or would be.
    fn slot(&self, shingle: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = shingle as usize & mask;
        loop {
            match self.slots[slot] {
                0 => return slot,
                at if self.hashes[at as usize - 1] == shingle => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// Compares a text with this one.
    pub(super) fn align(&self, short: &Wording, seen: &mut Seen) -> Alignment {
        seen.start(self.hashes.len());
        let mut out = Alignment::default();
        // What lies before is aligned.
        let mut done = 0;
        for (j, shingle) in shingles(&short.words).enumerate() {
            let inside = out.runs.last().filter(|r| j >= r.short as usize && j + SHINGLE <= r.short_end());
            let first = match inside {
                Some(run) => Some(self.first[run.long as usize + j - run.short as usize] as usize),
                None => match self.slots[self.slot(shingle)] {
                    0 => None,
                    at => Some(at as usize - 1),
                },
            };
            let Some(first) = first else { continue };
            out.short_in_long += 1;
            if seen.mark(first) {
                out.long_in_short += self.count[first] as usize;
            }
            if j >= done && inside.is_none() {
                self.follow(first, j, &short.words, &mut out);
                done = out.runs.last().map_or(done, |r| r.short_end());
            }
        }
        out
    }

    /// Runs from a shared shingle on.
    fn follow(&self, first: usize, j: usize, short: &[Word], out: &mut Alignment) {
        let run_at = |i: usize, j: usize| {
            self.words[i..].iter().zip(&short[j..]).take_while(|(a, b)| a.same(**b)).count()
        };
        let last = out.runs.last().copied();
        let near = |i: usize| {
            last.is_some_and(|r| {
                i >= r.long_end() && i <= r.long_end() + BRIDGE && j <= r.short_end() + BRIDGE
            })
        };
        // Rather go on where the last run ended; otherwise the longest.
        let mut best = (false, 0, 0);
        let mut at = first;
        for _ in 0..SAME_PLACE {
            let length = run_at(at, j);
            if (near(at), length) > (best.0, best.2) {
                best = (near(at), at, length);
            }
            match self.next[at] {
                0 => break,
                next => at = next as usize,
            }
        }
        let (joins, mut i, mut length) = best;
        let mut j = j;
        if length < SHINGLE {
            return;
        }
        if !joins {
            out.passages.push(out.runs.len()..out.runs.len());
        }
        loop {
            out.runs.push(Run { long: i as u32, short: j as u32, length: length as u32 });
            (i, j) = (i + length, j + length);
            let Some((over, under)) = bridge(&self.words[i..], &short[j..]) else { break };
            (i, j) = (i + over, j + under);
            length = run_at(i, j);
        }
        if let Some(passage) = out.passages.last_mut() {
            passage.end = out.runs.len();
        }
    }
}

/// How many words to skip on either side so that the texts agree again: one for one if two agree behind it, otherwise
/// the fewest behind which three agree.
fn bridge(long: &[Word], short: &[Word]) -> Option<(usize, usize)> {
    let agree = |over: usize, under: usize, least: usize| {
        let pair = long.get(over..over + least).zip(short.get(under..under + least));
        pair.is_some_and(|(a, b)| a.iter().zip(b).all(|(a, b)| a.same(*b)))
    };
    if agree(1, 1, 2) {
        return Some((1, 1));
    }
    let mut steps = (1..=2 * BRIDGE).flat_map(|sum| (0..=sum).map(move |over| (over, sum - over)));
    steps.find(|&(over, under)| over <= BRIDGE && under <= BRIDGE && agree(over, under, 3))
}

/// Which shingles of the table were met in this comparison; kept from one to the next.
#[derive(Default)]
pub(super) struct Seen {
    round: u32,
    stamps: Vec<u32>,
}

impl Seen {
    fn start(&mut self, shingles: usize) {
        if self.round == u32::MAX {
            *self = Seen::default();
        }
        self.round += 1;
        if self.stamps.len() < shingles {
            self.stamps.resize(shingles, 0);
        }
    }

    /// Whether it is met for the first time.
    fn mark(&mut self, shingle: usize) -> bool {
        let new = self.stamps[shingle] != self.round;
        self.stamps[shingle] = self.round;
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn align(long: &str, short: &str) -> Alignment {
        let (long, short) = (Wording::plain(long, None), Wording::plain(short, None));
        Table::new(&long).align(&short, &mut Seen::default())
    }

    fn numbered(of: std::ops::Range<usize>) -> Vec<String> {
        of.map(|i| format!("w{i}")).collect()
    }

    #[test]
    fn strangers_do_not_align() {
        assert!(align("", "").runs.is_empty());
        assert!(align("a b c d", "a b c d").runs.is_empty());
        let (a, b) = (numbered(0..50).join(" "), numbered(50..100).join(" "));
        assert!(align(&a, &b).runs.is_empty());
    }

    #[test]
    fn edits_are_bridged() {
        let words = numbered(0..40);
        let mut edited = words.clone();
        edited[10] = "other".into();
        edited.remove(20);
        edited.insert(30, "more words here".into());
        let found = align(&words.join(" "), &edited.join(" "));
        assert_eq!(found.passages, [0..4]);
        assert_eq!(found.runs.iter().map(|r| r.length).sum::<u32>(), 38);
        assert_eq!((found.short_in_long, found.long_in_short), (6 + 5 + 6 + 5, 6 + 5 + 6 + 5));
    }

    #[test]
    fn repetitions_cost_no_square() {
        let text = "again ".repeat(50_000);
        let found = align(&text, &text);
        assert_eq!(found.runs.len(), 1);
        assert_eq!((found.short_in_long, found.long_in_short), (49_996, 49_996));
    }

    proptest! {
        #[test]
        fn runs_are_equal_words_in_order(long in "([abc]{1,2} ){0,60}", short in "([abc]{1,2} ){0,60}") {
            let (a, b) = (Wording::plain(&long, None), Wording::plain(&short, None));
            let found = Table::new(&a).align(&b, &mut Seen::default());
            let mut end = 0;
            for run in &found.runs {
                prop_assert!(run.short as usize >= end);
                end = run.short_end();
                for k in 0..run.length as usize {
                    prop_assert!(a.words[run.long as usize + k].same(b.words[run.short as usize + k]));
                }
            }
            for passage in &found.passages {
                for pair in found.runs[passage.clone()].windows(2) {
                    prop_assert!(pair[1].long as usize >= pair[0].long_end());
                    prop_assert!(pair[1].long as usize <= pair[0].long_end() + BRIDGE);
                    prop_assert!(pair[1].short as usize <= pair[0].short_end() + BRIDGE);
                }
            }
            prop_assert!(found.short_in_long <= shingles(&b.words).count());
            prop_assert!(found.long_in_short <= shingles(&a.words).count());
            // The same shingles are shared, whichever way one looks.
            let back = Table::new(&b).align(&a, &mut Seen::default());
            prop_assert_eq!((back.short_in_long, back.long_in_short), (found.long_in_short, found.short_in_long));
        }
    }
}
