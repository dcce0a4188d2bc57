//! Whether two texts are versions of one, and which: what is left of what they share once quotations and stock passages
//! are taken out, and how much of each text it covers.
//!
//! Two papers that quote one speech share its words, and neither has them from the other; so do all pages that carry one
//! notice. Neither speaks for a copy. A text that is hardly anything but quotation is the exception: there the whole is
//! compared.

use serde::{Deserialize, Serialize};

use super::alignment::Alignment;
use super::wording::Wording;

/// How two documents share text, seen from the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

    /// The relation by the share of each text that the aligned passages cover.
    pub(super) fn by_cover(earlier: f64, later: f64) -> CopyRelation {
        match (earlier >= WHOLE, later >= WHOLE) {
            (true, true) => CopyRelation::Copy,
            (false, true) => CopyRelation::Cut,
            (true, false) if later >= MAIN => CopyRelation::Extended,
            (true, false) => CopyRelation::Contains,
            (false, false) => CopyRelation::SharesPassage,
        }
    }
}

/// Covered so far, a text stands in the other as a whole.
const WHOLE: f64 = 0.8;
/// Covered so far, the other text is what a text mainly is.
const MAIN: f64 = 0.5;
/// A text so many times as long as another is no version of it, even if it holds it.
pub(super) const LONGER: usize = 4;
/// Fewer words than these outside quotation marks, or so small a share, and the whole text is compared.
const OWN_WORDS: usize = 12;
const OWN_SHARE: f64 = 0.1;
/// Words that two texts must share, unless one stands in the other as a whole.
const LEAST: f64 = 10.0;
/// Words of a passage; of texts shorter than `BRIEF` words one shingle will do.
const PASSAGE: u32 = 8;
const BRIEF: usize = 40;

/// What two texts share that is evidence of a copy.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// Words of the shorter text that could be.
    own: f64,
    /// Words that are shared.
    shared: f64,
    /// Words of the richest passage that neither has in quotation marks.
    longest: f64,
    /// Share of the shorter text that is shared, quotations and all.
    whole: f64,
}

impl Evidence {
    /// Weighs an alignment, from which short passages are dropped; `stock` tells, for each passage, which share of it
    /// is carried by many others.
    pub(super) fn weigh(
        long: &Wording,
        short: &Wording,
        alignment: &mut Alignment,
        stock: impl Fn(&Alignment, &std::ops::Range<usize>) -> f64,
    ) -> Evidence {
        let least = if short.len() < BRIEF { super::shingles::SHINGLE as u32 } else { PASSAGE };
        let mut passages = std::mem::take(&mut alignment.passages);
        passages.retain(|p| alignment.runs[p.clone()].iter().map(|r| r.length).sum::<u32>() >= least);
        let unquoted = short.words.iter().filter(|w| !w.quoted()).count();
        let mixed = unquoted >= OWN_WORDS && unquoted as f64 >= OWN_SHARE * short.len() as f64;
        let mut evidence =
            Evidence { own: if mixed { unquoted } else { short.len() } as f64, ..Evidence::default() };
        let runs = passages.iter().flat_map(|p| &alignment.runs[p.clone()]);
        let matched: u32 = runs.map(|r| r.length).sum();
        evidence.whole = f64::from(matched) / short.len().max(1) as f64;
        // What stands in the other as a whole is a text, and no stock passage of one.
        let version = evidence.whole >= WHOLE && long.len() <= LONGER * short.len();
        for passage in &passages {
            // Words that one of the two, and that neither has in quotation marks.
            let (mut words, mut plain) = (0, 0);
            for run in &alignment.runs[passage.clone()] {
                let (a, b) = (&long.words[run.long as usize..], &short.words[run.short as usize..]);
                for (a, b) in a.iter().zip(b).take(run.length as usize) {
                    let (one, none) = (!a.quoted() || !b.quoted(), !a.quoted() && !b.quoted());
                    words += u32::from(!mixed || one);
                    plain += u32::from(!mixed || none);
                    evidence.own += f64::from(u8::from(mixed && one && b.quoted()));
                }
            }
            let of_stock = if words == 0 || version { 0.0 } else { stock(alignment, passage) };
            let words = f64::from(words);
            evidence.own -= words * of_stock;
            evidence.shared += words * (1.0 - of_stock);
            evidence.longest = evidence.longest.max(f64::from(plain) * (1.0 - of_stock));
        }
        alignment.passages = passages;
        evidence
    }

    /// Whether it suffices.
    pub(super) fn suffices(&self, containment: f64, passage: usize) -> bool {
        let contained = self.own > 0.0 && self.shared >= containment * self.own;
        let enough = self.shared >= LEAST || (self.whole >= 1.0 && self.shared > 0.0);
        (contained && enough) || self.longest >= passage as f64
    }
}
