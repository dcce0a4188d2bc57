//! Copies: how many of the generated versions of PolNeAR's articles are found, and whether what is found is one.
//!
//! Every article of both splits is dated 1 March; seven versions of it are made, seeded, and dated 2 March; all are
//! looked at together, as one corpus of 7,392 texts:
//!
//! - `cut to 60 %`, `cut to 30 %`: the first words of it, as desks cut
//! - `thinned to 60 %`, `thinned to 30 %`: sentences picked at random, in order
//! - `merged`: put whole into another article of the corpus, between two paragraphs in its middle
//! - `edited`: a tenth of the words replaced by others of the corpus, left out, or followed by another, a third each
//! - `headline`: another headline, byline and closing line
//!
//! Recall counts pairs of an article and its version. Two texts are truly versions of one if they hold parts of the same
//! article; PolNeAR also holds reprints of its own, so a pair is true as well if the articles behind it, as they stand in
//! the corpus, share at least 36 shingles in a row (the 40 words that make a shared passage), which is computed anew here
//! from the words themselves, for all pairs. What is left counts against precision.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Random, polnear};
use crate::error::Result;
use crate::reconcile::{Copy, CopyIndex, CopyRelation, Options, Wording};

/// Sorts of versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// The first three fifths.
    Cut60,
    /// The first three tenths.
    Cut30,
    /// Three fifths of the sentences.
    Thinned60,
    /// Three tenths of the sentences.
    Thinned30,
    /// Inside another article.
    Merged,
    /// A tenth of the words changed.
    Edited,
    /// Another headline, byline and closing line.
    Headline,
}

/// All of them.
pub const EDITS: [Edit; 7] =
    [Edit::Cut60, Edit::Cut30, Edit::Thinned60, Edit::Thinned30, Edit::Merged, Edit::Edited, Edit::Headline];

impl Edit {
    /// As it is printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Edit::Cut60 => "cut to 60 %",
            Edit::Cut30 => "cut to 30 %",
            Edit::Thinned60 => "thinned to 60 %",
            Edit::Thinned30 => "thinned to 30 %",
            Edit::Merged => "merged",
            Edit::Edited => "edited",
            Edit::Headline => "headline",
        }
    }

    /// How the version relates to the article.
    fn relation(self) -> CopyRelation {
        match self {
            Edit::Merged => CopyRelation::Contains,
            Edit::Edited | Edit::Headline => CopyRelation::Copy,
            _ => CopyRelation::Cut,
        }
    }
}

/// A text and what it was made from.
#[derive(Clone, Debug)]
pub struct Version {
    /// The text.
    pub text: String,
    /// Which articles it holds: its own, and for `merged` the one around it.
    pub articles: Vec<usize>,
    /// How it was made; `None` for the article itself.
    pub edit: Option<Edit>,
}

/// The articles, then their versions, article by article.
#[must_use]
pub fn versions(articles: &[String], seed: u64) -> Vec<Version> {
    let mut random = Random::new(seed);
    let words: Vec<&str> = articles.iter().flat_map(|a| a.split_whitespace()).collect();
    let mut out: Vec<Version> = articles
        .iter()
        .enumerate()
        .map(|(i, text)| Version { text: text.clone(), articles: vec![i], edit: None })
        .collect();
    for (i, text) in articles.iter().enumerate() {
        for edit in EDITS {
            let mut of = vec![i];
            let text = match edit {
                Edit::Cut60 => cut(text, 60),
                Edit::Cut30 => cut(text, 30),
                Edit::Thinned60 => thinned(text, 60, &mut random),
                Edit::Thinned30 => thinned(text, 30, &mut random),
                Edit::Merged => {
                    let other = (i + 1 + random.below(articles.len() - 1)) % articles.len();
                    of.push(other);
                    merged(text, &articles[other])
                }
                Edit::Edited => edited(text, &words, &mut random),
                Edit::Headline => framed(text, &words, &mut random),
            };
            out.push(Version { text, articles: of, edit: Some(edit) });
        }
    }
    out
}

/// Words with the white space before them, so that paragraphs stay.
fn spaced(text: &str) -> Vec<&str> {
    // What follows the last word is no word.
    let text = text.trim_end();
    let mut starts = vec![0];
    let mut inside = false;
    for (i, c) in text.char_indices() {
        if c.is_whitespace() && inside {
            starts.push(i);
        }
        inside = !c.is_whitespace();
    }
    starts.push(text.len());
    starts.windows(2).map(|w| &text[w[0]..w[1]]).collect()
}

fn cut(text: &str, percent: usize) -> String {
    let words = spaced(text);
    words[..(words.len() * percent).div_ceil(100)].concat()
}

fn thinned(text: &str, percent: usize, random: &mut Random) -> String {
    let mut sentences: Vec<String> = vec![String::new()];
    for word in spaced(text) {
        if let Some(last) = sentences.last_mut() {
            last.push_str(word);
        }
        if word.ends_with(['.', '!', '?', '”', '"']) {
            sentences.push(String::new());
        }
    }
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    random.shuffle(&mut order);
    let all: usize = sentences.iter().map(String::len).sum();
    let mut kept = vec![false; sentences.len()];
    let mut length = 0;
    for i in order {
        if length * 100 < all * percent {
            kept[i] = true;
            length += sentences[i].len();
        }
    }
    sentences.iter().zip(kept).filter(|(_, kept)| *kept).map(|(s, _)| s.as_str()).collect()
}

fn merged(text: &str, around: &str) -> String {
    let paragraphs: Vec<&str> = around.split("\n\n").collect();
    let (head, tail) = paragraphs.split_at(paragraphs.len() / 2);
    format!("{}\n\n{text}\n\n{}", head.join("\n\n"), tail.join("\n\n"))
}

fn edited(text: &str, vocabulary: &[&str], random: &mut Random) -> String {
    let mut words: Vec<String> = spaced(text).into_iter().map(str::to_owned).collect();
    let mut order: Vec<usize> = (0..words.len()).collect();
    random.shuffle(&mut order);
    order.truncate(words.len().div_ceil(10));
    for i in order {
        let other = vocabulary[random.below(vocabulary.len())];
        let space = words[i].len() - words[i].trim_start().len();
        match random.below(3) {
            0 => words[i].truncate(space),
            1 => words[i] = format!("{}{other}", &words[i][..space]),
            _ => {
                words[i].push(' ');
                words[i].push_str(other);
            }
        }
    }
    words.concat()
}

fn framed(text: &str, vocabulary: &[&str], random: &mut Random) -> String {
    let body = text.split_once("\n\n").map_or(text, |(_, body)| body);
    let mut some = |n: usize| -> String {
        let words: Vec<&str> = (0..n).map(|_| vocabulary[random.below(vocabulary.len())]).collect();
        words.join(" ")
    };
    format!("{}\n\nBy {}\n\n{body}\n\n{}.", some(9), some(2), some(12))
}

/// What was found of one sort.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Pairs that there are.
    pub pairs: usize,
    /// Pairs found.
    pub found: usize,
    /// Pairs found of the right relation.
    pub related: usize,
    /// Pairs found, by relation.
    pub relations: BTreeMap<CopyRelation, usize>,
    /// Pairs of resemblance at least 0.5, and 0.8: what a verified MinHash can find at best.
    pub resembling: [usize; 2],
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Texts looked at.
    pub texts: usize,
    /// By sort.
    pub edits: Vec<(Edit, Tally)>,
    /// Pairs told in all.
    pub told: usize,
    /// Of these: an article, or part of it, on both sides.
    pub versions: usize,
    /// Of these: of two articles that share a passage in the corpus itself.
    pub natural: usize,
    /// The rest, as indices of texts.
    pub wrong: Vec<Copy>,
    /// Pairs of articles that share a passage of 40 words, found or not.
    pub passages: Vec<(usize, usize, bool)>,
    /// Versions that were not found.
    pub missed: Vec<(usize, Edit)>,
    /// Number of articles.
    pub articles: usize,
    /// The texts.
    pub corpus: Vec<Version>,
    /// Seconds from raw text to pairs.
    pub seconds: f64,
}

/// Makes the versions of PolNeAR's articles and looks for copies.
///
/// # Errors
/// If the corpus cannot be read.
pub fn evaluate(data: &Path, seed: u64) -> Result<Report> {
    let mut articles: Vec<String> = Vec::new();
    for split in ["train", "dev"] {
        articles.extend(polnear::load(data, split)?.into_iter().map(|a| a.text));
    }
    let corpus = versions(&articles, seed);
    let options = Options::default();
    let day = |v: &Version| date(2020, 3, if v.edit.is_none() { 1 } else { 2 });
    let start = std::time::Instant::now();
    let wordings: Vec<Wording> = corpus.par_iter().map(|v| Wording::plain(&v.text, Some(day(v)))).collect();
    let copies = CopyIndex::new(&options).add(wordings);
    let seconds = start.elapsed().as_secs_f64();

    let passages = sharing_passages(&articles, options.passage);
    let natural: BTreeSet<(usize, usize)> = passages.iter().copied().collect();
    let told: BTreeMap<(usize, usize), CopyRelation> =
        copies.iter().map(|c| ((c.earlier as usize, c.later as usize), c.relation)).collect();
    let mut report = Report {
        texts: corpus.len(),
        told: copies.len(),
        articles: articles.len(),
        passages: passages
            .iter()
            .map(|&(a, b)| (a, b, told.contains_key(&(a, b)) || told.contains_key(&(b, a))))
            .collect(),
        seconds,
        ..Report::default()
    };
    let mut tallies: BTreeMap<Edit, Tally> = EDITS.iter().map(|e| (*e, Tally::default())).collect();
    for (i, version) in corpus.iter().enumerate() {
        let Some(edit) = version.edit else { continue };
        let article = version.articles[0];
        let tally = tallies.entry(edit).or_default();
        tally.pairs += 1;
        match told.get(&(article, i)) {
            Some(relation) => {
                tally.found += 1;
                *tally.relations.entry(*relation).or_default() += 1;
                tally.related += usize::from(*relation == edit.relation());
            }
            None => report.missed.push((i, edit)),
        }
        let resemblance = resemblance(&articles[article], &version.text);
        tally.resembling[0] += usize::from(resemblance >= 0.5);
        tally.resembling[1] += usize::from(resemblance >= 0.8);
    }
    for copy in copies {
        let (a, b) = (&corpus[copy.earlier as usize], &corpus[copy.later as usize]);
        let pairs = || a.articles.iter().flat_map(|x| b.articles.iter().map(move |y| (*x.min(y), *x.max(y))));
        if pairs().any(|(x, y)| x == y) {
            report.versions += 1;
        } else if pairs().any(|p| natural.contains(&p)) {
            report.natural += 1;
        } else {
            report.wrong.push(copy);
        }
    }
    report.edits = tallies.into_iter().collect();
    report.corpus = corpus;
    Ok(report)
}

fn lower_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect()
}

fn resemblance(a: &str, b: &str) -> f64 {
    let (a, b) = (lower_words(a), lower_words(b));
    let (a, b): (FxHashSet<&[String]>, FxHashSet<&[String]>) =
        (a.windows(5).collect(), b.windows(5).collect());
    let both = a.intersection(&b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

/// Pairs of texts that share so many words in a row, by comparing words and nothing else.
fn sharing_passages(texts: &[String], words: usize) -> Vec<(usize, usize)> {
    let words_of: Vec<Vec<String>> = texts.par_iter().map(|t| lower_words(t)).collect();
    let mut holders: FxHashMap<&[String], BTreeSet<usize>> = FxHashMap::default();
    for (i, list) in words_of.iter().enumerate() {
        for window in list.windows(words) {
            holders.entry(window).or_default().insert(i);
        }
    }
    let shared = holders.into_values().filter(|h| h.len() > 1);
    let pairs: BTreeSet<(usize, usize)> = shared
        .flat_map(|holders| {
            let all: Vec<usize> = holders.into_iter().collect();
            let pairs = all.iter().enumerate().flat_map(|(i, a)| all[i + 1..].iter().map(|b| (*a, *b)));
            pairs.collect::<Vec<_>>()
        })
        .collect();
    pairs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_what_they_say() {
        let articles: Vec<String> = (0..3)
            .map(|a| {
                (0..100).map(|i| format!("a{a}w{i}{}", if i % 10 == 9 { ".\n\n" } else { " " })).collect()
            })
            .collect();
        let made = versions(&articles, 7);
        assert_eq!(made.len(), 3 * 8);
        let words = |i: usize| made[i].text.split_whitespace().count();
        assert_eq!((words(3), words(4), words(7)), (60, 30, 200));
        // Sentences are picked until their share is reached: never less than it, never a whole sentence more.
        let longest = articles[0].split_inclusive('.').map(str::len).max().expect("sentences");
        for (i, percent) in [(5, 60), (6, 30)] {
            let least = articles[0].len() * percent / 100;
            let length = made[i].text.len();
            assert!((least..least + longest).contains(&length), "{length} of {least}");
            let mut sentences = articles[0].split_inclusive('.');
            assert!(
                made[i].text.split_inclusive('.').all(|s| sentences.any(|t| t.trim() == s.trim())),
                "in order"
            );
        }
        assert!(made[7].text.contains(articles[0].trim()));
        assert!((90..=110).contains(&words(8)));
        assert!(!made[9].text.contains("a0w0 "));
        assert_eq!(versions(&articles, 7)[8].text, made[8].text);
    }
}
