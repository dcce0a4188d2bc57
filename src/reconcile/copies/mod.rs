//! Which documents share text: copies, cuts, extended versions, shared passages.
//!
//! Documents are compared as sequences of words by containment, in both directions: a report cut to a third has a low
//! resemblance to the whole but is wholly contained in it (Broder, "On the resemblance and containment of documents",
//! 1997). An index over a sample of their 5-shingles says which pairs to look at; each of those is aligned word by word.
//!
//! - `wording`: the words of a text, hashed; which of them are quoted
//! - `shingles`: runs of five words, and the sample of them
//! - `holders`: who holds a sampled shingle, within bounds
//! - `families`: versions of one text
//! - `alignment`: where two texts agree, small changes bridged
//! - `relation`: whether that makes a copy, and of which sort; quotations and stock passages do not
//! - `index`: all of these together, for texts that come one by one

mod alignment;
mod families;
mod holders;
mod index;
mod relation;
mod shingles;
mod wording;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use index::CopyIndex;
pub use relation::CopyRelation;
pub use wording::Wording;

use super::Options;
use crate::document::Document;
use crate::span::Span;

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
    /// Shared passages: span in the earlier, span in the later. Words agree but for case and for a few here and there
    /// that were changed.
    pub passages: Vec<(Span, Span)>,
}

/// Pairs of documents that share text, in order of the earlier and then of the later one.
///
/// All pairs of versions of one text are told, up to sixteen versions; each further one is tied to its likest. Texts
/// that are the same word for word are each tied to the first of them.
pub(super) fn copies(documents: &[Document], options: &Options) -> Vec<Copy> {
    CopyIndex::new(options).add(documents.par_iter().map(Wording::of).collect())
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
