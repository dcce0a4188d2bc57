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
    use proptest::prelude::*;

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

    /// A text under so many headlines, each with a closing line of its own.
    fn carried(n: usize) -> Vec<Wording> {
        let text = prose_of(1, 200);
        let page = |i| format!("{} {text} {}", prose_of(1000 + i, 8), prose_of(5000 + i, 8));
        (0..n).map(|i| Wording::plain(&page(i), None)).collect()
    }

    #[test]
    fn versions_beyond_the_sixteenth_are_tied_to_one_of_those() {
        let pairs = |n: usize| CopyIndex::new(&Options::default()).add(carried(n)).len();
        assert_eq!(pairs(10), 45);
        assert_eq!(pairs(16), 120);
        // One pair for each further one, and so no square.
        assert_eq!(pairs(500), 120 + 484);
        assert_eq!(pairs(1000), 120 + 984);
    }

    #[test]
    fn one_by_one_is_as_at_once() {
        let (text, other) = (prose_of(1, 300), prose_of(2, 200));
        let words: Vec<&str> = text.split(' ').collect();
        let texts = [
            words[..100].join(" "),
            text.clone(),
            String::new(),
            format!("{other} {text}"),
            words[60..].join(" "),
            other.clone(),
            text.clone(),
        ];
        let wording = |i: usize| Wording::plain(&texts[i], Some(jiff::civil::date(2021, 3, 10 - i as i8)));
        let at_once = CopyIndex::new(&Options::default()).add((0..texts.len()).map(wording).collect());
        assert!(at_once.len() >= 9, "{at_once:?}");
        for order in [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 6, 0, 2, 5, 1, 4]] {
            let mut index = CopyIndex::new(&Options::default());
            let mut found: Vec<(usize, usize)> = Vec::new();
            for i in order {
                let pairs = index.add(vec![wording(i)]);
                found.extend(pairs.iter().map(|c| (order[c.earlier as usize], order[c.later as usize])));
            }
            assert_eq!(index.len(), texts.len());
            found.sort_unstable();
            let expected: Vec<(usize, usize)> =
                at_once.iter().map(|c| (c.earlier as usize, c.later as usize)).collect();
            // The two texts of the same words are tied to whichever of them came first, as are others to both.
            assert_eq!(found, expected, "{order:?}");
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
            pool.install(|| CopyIndex::new(&Options::default()).add(carried(40)))
        };
        assert_eq!(run(1), run(4));
    }

    #[test]
    fn a_speech_that_several_quote_makes_no_copy() {
        let speech = prose_of(9, 80);
        let paper = |i| format!("{}\n“{speech},” he said.\n{}", prose_of(i, 60), prose_of(100 + i, 30));
        assert!(relations(&(0..4).map(paper).collect::<Vec<_>>()).is_empty());
        // Straight marks, and a paper that is mostly speech.
        let short = format!("{}\n\"{speech},\" he said.", prose_of(7, 20));
        assert!(relations(&[paper(0), short.clone()]).is_empty());
        // Its copy is one all the same, as is a copy of the speech alone.
        assert_eq!(relations(&[short.clone(), format!("{short} {}", prose_of(8, 3))]).len(), 1);
        assert_eq!(relations(&[format!("“{speech}”"), format!("“{speech}” {}", prose_of(8, 3))]).len(), 1);
    }

    #[test]
    fn a_paragraph_that_many_carry_makes_no_copy() {
        let notice = prose_of(9, 60);
        let page = |i| format!("{}\n{notice}", prose_of(i, 150));
        let pages: Vec<String> = (1..40).map(page).collect();
        assert!(relations(&pages).is_empty());
        // Two pages that share it and nothing else might have it from one another.
        assert_eq!(relations(&pages[..2]), [(0, 1, "shares_passage")]);
        // A copy of one of the pages is a copy.
        let mut more = pages.clone();
        more.push(format!("{} {}", prose_of(77, 12), pages[5]));
        assert_eq!(relations(&more), [(39, 5, "copy")]);
    }

    #[test]
    fn a_page_of_many_articles_contains_them_all() {
        let articles: Vec<String> = (0..60).map(|i| prose_of(i, 90)).collect();
        let mut texts = articles.clone();
        texts.push(articles.join("\n"));
        let found = relations(&texts);
        assert_eq!(found.len(), 60);
        assert!(
            found.iter().all(|f| f.0 == 60 && f.2 == "cut"),
            "undated, the longer is taken for the earlier"
        );
        let day = |i: usize| Some(jiff::civil::date(2021, 3, if i == 60 { 2 } else { 1 }));
        let wordings = texts.iter().enumerate().map(|(i, t)| Wording::plain(t, day(i))).collect();
        let found = CopyIndex::new(&Options::default()).add(wordings);
        assert!(found.iter().all(|c| c.later == 60 && c.relation == CopyRelation::Contains));
    }

    proptest! {
        /// Texts made of a few passages in any order, some words changed.
        #[test]
        fn what_is_told_holds(
            plan in prop::collection::vec(prop::collection::vec((0..6usize, 0..40usize), 0..6), 0..8),
        ) {
            let texts: Vec<String> = plan
                .iter()
                .map(|parts| {
                    let part = |&(p, changed): &(usize, usize)| {
                        let text = prose_of(p, 40);
                        text.split(' ')
                            .enumerate()
                            .map(|(i, w)| if i == changed && changed % 2 == 0 { "Ünter" } else { w }.to_owned())
                            .collect::<Vec<_>>()
                            .join(if p % 2 == 0 { " — " } else { " " })
                    };
                    parts.iter().map(part).collect::<Vec<_>>().join("\n")
                })
                .collect();
            let wordings = || texts.iter().map(|t| Wording::plain(t, None)).collect::<Vec<_>>();
            let found = CopyIndex::new(&Options::default()).add(wordings());
            prop_assert_eq!(&found, &CopyIndex::new(&Options::default()).add(wordings()));
            let mut seen = std::collections::BTreeSet::new();
            for c in &found {
                prop_assert!(c.earlier != c.later && seen.insert((c.earlier.min(c.later), c.earlier.max(c.later))));
                prop_assert!((0.0..=1.0).contains(&c.earlier_in_later) && (0.0..=1.0).contains(&c.later_in_earlier));
                prop_assert!(!c.passages.is_empty());
                for (a, b) in &c.passages {
                    let words = |span: Span, of: u32| -> Vec<String> {
                        let text = span.of(&texts[of as usize]);
                        text.split_whitespace().filter(|w| *w != "—").map(str::to_lowercase).collect()
                    };
                    let (a, b) = (words(*a, c.earlier), words(*b, c.later));
                    prop_assert_eq!(a.first(), b.first());
                    prop_assert_eq!(a.last(), b.last());
                    let common = a.iter().filter(|w| b.contains(w)).count();
                    prop_assert!(common * 10 >= a.len() * 8, "{:?} {:?}", a, b);
                }
            }
        }
    }
}
