//! Scores of predicted attributions against gold ones.
//!
//! Fragments are trimmed, sorted, and merged where only white space lies between them; attributions without content are
//! dropped. Then:
//!
//! - `frag.<role>`: exact fragments of a role in the article, no linking involved;
//! - `what`: gold and predicted attributions aligned one to one, greedily by the intersection over union of their
//!   content's characters (0.5 at least): the claim was found;
//! - `wsw` ("who said what", the main figure): aligned, and the source right: the head word of each lies in the other;
//! - `wsw_cue`: and the cues overlap; `strict_all`: source, cue and content exactly equal;
//! - `wsw.core`: cues with a core speech word ("say", "according", "claim"), without attitudes and actions;
//! - `wsw.direct`, `.mixed`, `.indirect`: by how the content is quoted; recall by gold, precision by prediction.
//!
//! After PolNeAR's own evaluation and Pareti (2015); counts are summed over articles.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use super::polnear::{Article, Attribution, Fragment, Prediction};

/// Names of the figures, in the order they are shown.
pub const FIGURES: &[&str] = &[
    "frag.source",
    "frag.cue",
    "frag.content",
    "what",
    "wsw",
    "wsw_cue",
    "wsw.direct",
    "wsw.mixed",
    "wsw.indirect",
    "wsw.core",
    "what.core",
    "strict",
    "strict_all",
];

/// Marks that do not count at the edge of a fragment.
const EDGE: &str = " \t\r\n.,;:!?\"'“”‘’«»()[]{}-–—…`*•";

/// Words that end the head of a source.
static BREAK: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "of in for from at with on by to who whom which that whose and or as about near among within inside under over \
     between against during after before since into including than like"
        .split_whitespace()
        .collect()
});

/// Core speech words.
static CORE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "say says said saying tell tells told telling write writes wrote written writing add adds added adding ask asks \
     asked asking note notes noted noting report reports reported reporting announce announces announced announcing \
     argue argues argued arguing explain explains explained explaining acknowledge acknowledges acknowledged \
     acknowledging declare declares declared declaring conclude concludes concluded claim claims claimed claiming \
     respond responds responded insist insists insisted insisting warn warns warned warning tweet tweets tweeted \
     tweeting reply replies replied admit admits admitted admitting complain complains complained confirm confirms \
     confirmed deny denies denied state states stated stating testify testifies testified allege alleges alleged \
     alleging reveal reveals revealed according remark remarked comment commented contend contends contended \
     contending assert asserts asserted asserting maintain maintains maintained continue continued conceded concede \
     concedes reiterate reiterated reiterating repeat repeated quip quipped joke joked predict predicts predicted \
     predicting promise promised promises vow vowed vows pledge pledged pledges suggest suggests suggested \
     suggesting describe describes described describing recall recalls recalled"
        .split_whitespace()
        .collect()
});

static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[^\W_](?:[\w'’.&-]*[^\W_])?\.?|[,(\[—–:;]|--").expect("the pattern is a constant")
});

/// How many of the predicted are right, and how many of the gold are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right predictions.
    pub right: usize,
    /// Predictions.
    pub predicted: usize,
    /// Found gold.
    pub found: usize,
    /// Gold.
    pub gold: usize,
}

impl Tally {
    /// Share of predictions that are right.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.right, self.predicted)
    }

    /// Share of gold that is found.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.found, self.gold)
    }

    /// Harmonic mean of the two.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    fn add(&mut self, right: usize, predicted: usize, found: usize, gold: usize) {
        self.right += right;
        self.predicted += predicted;
        self.found += found;
        self.gold += gold;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What came of the predictions of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many it made.
    pub predicted: usize,
    /// How many of them are aligned with a gold attribution.
    pub what: usize,
    /// How many of those have the right source.
    pub wsw: usize,
}

/// The figures of a split.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By name, as in [`FIGURES`].
    pub tallies: BTreeMap<&'static str, Tally>,
    /// By rule.
    pub rules: BTreeMap<String, Outcome>,
}

/// Scores predictions; articles without any count as empty.
#[must_use]
pub fn score(articles: &[Article], predictions: &[Prediction]) -> Report {
    let by_doc: BTreeMap<&str, &Prediction> = predictions.iter().map(|p| (p.doc.as_str(), p)).collect();
    let mut report = Report::default();
    for name in FIGURES {
        report.tallies.insert(name, Tally::default());
    }
    for article in articles {
        let text = Text::new(&article.text);
        let gold = text.normalize_all(&article.gold);
        let predicted = by_doc.get(article.doc.as_str()).map_or(&[][..], |p| &p.attributions);
        let predicted = text.normalize_all(predicted);
        score_article(&text, &gold, &predicted, &mut report);
    }
    report
}

/// Whether each prediction for an article, none without content, is right as `wsw` counts it.
#[must_use]
pub fn right(article: &Article, predicted: &[Attribution]) -> Vec<bool> {
    let text = Text::new(&article.text);
    let predicted = text.normalize_all(predicted);
    let mut right = vec![false; predicted.len()];
    for pair in align(&text, &text.normalize_all(&article.gold), &predicted) {
        right[pair.predicted] = pair.source;
    }
    right
}

/// Predictions of about the same confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many there are.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// Share of them that is right, as `wsw` counts it.
    pub right: f64,
}

/// A reliability diagram (DeGroot and Fienberg 1983): predictions in bins of a tenth of confidence each.
#[must_use]
pub fn reliability(articles: &[Article], predictions: &[Prediction]) -> [Bin; 10] {
    let by_doc: BTreeMap<&str, &Prediction> = predictions.iter().map(|p| (p.doc.as_str(), p)).collect();
    let mut bins = [Bin::default(); 10];
    for article in articles {
        let Some(prediction) = by_doc.get(article.doc.as_str()) else { continue };
        for (a, right) in prediction.attributions.iter().zip(right(article, &prediction.attributions)) {
            let bin = &mut bins[((a.confidence * 10.0) as usize).min(9)];
            bin.count += 1;
            bin.confidence += f64::from(a.confidence);
            bin.right += f64::from(u8::from(right));
        }
    }
    for bin in &mut bins {
        let count = bin.count.max(1) as f64;
        bin.confidence /= count;
        bin.right /= count;
    }
    bins
}

/// Expected calibration error (Naeini, Cooper and Hauskrecht 2015): how far confidence is from the share that is
/// right, on average over predictions.
#[must_use]
pub fn calibration_error(bins: &[Bin]) -> f64 {
    let all: usize = bins.iter().map(|bin| bin.count).sum();
    let off: f64 = bins.iter().map(|bin| bin.count as f64 * (bin.confidence - bin.right).abs()).sum();
    off / all.max(1) as f64
}

/// One role of an attribution.
type RoleOf = fn(&Attribution) -> &Vec<Fragment>;

fn score_article(text: &Text<'_>, gold: &[Attribution], predicted: &[Attribution], report: &mut Report) {
    let tallies = &mut report.tallies;
    let mut add = |name: &'static str, right, found, p: usize, g: usize| {
        tallies.entry(name).or_default().add(right, p, found, g);
    };
    let role_sets: [(&'static str, RoleOf); 3] =
        [("frag.source", |a| &a.source), ("frag.cue", |a| &a.cue), ("frag.content", |a| &a.content)];
    for (name, role) in role_sets {
        let g: BTreeSet<&Fragment> = gold.iter().flat_map(role).collect();
        let p: BTreeSet<&Fragment> = predicted.iter().flat_map(role).collect();
        let both = g.intersection(&p).count();
        add(name, both, both, p.len(), g.len());
    }

    let pairs = align(text, gold, predicted);
    let quoted = text.quoted();
    let gold_types: Vec<_> = gold.iter().map(|a| text.quotation(&a.content, &quoted)).collect();
    let predicted_types: Vec<_> = predicted.iter().map(|a| text.quotation(&a.content, &quoted)).collect();
    let gold_core: Vec<bool> = gold.iter().map(|a| text.is_core(&a.cue)).collect();
    let predicted_core: Vec<bool> = predicted.iter().map(|a| text.is_core(&a.cue)).collect();

    let right: Vec<&Pair> = pairs.iter().filter(|p| p.source).collect();
    let count = |test: &dyn Fn(&Pair) -> bool| pairs.iter().filter(|p| test(p)).count();
    let whole = [
        ("what", pairs.len()),
        ("wsw", right.len()),
        ("wsw_cue", count(&|p| p.source && cues_meet(&gold[p.gold].cue, &predicted[p.predicted].cue))),
        ("strict", count(&|p| strict(&gold[p.gold], &predicted[p.predicted]))),
        (
            "strict_all",
            count(&|p| {
                let (g, p) = (&gold[p.gold], &predicted[p.predicted]);
                strict(g, p) && g.cue == p.cue
            }),
        ),
    ];
    for (name, n) in whole {
        add(name, n, n, predicted.len(), gold.len());
    }
    let cores = (predicted_core.iter().filter(|c| **c).count(), gold_core.iter().filter(|c| **c).count());
    for (name, wanted) in [("wsw.core", true), ("what.core", false)] {
        let eligible = || pairs.iter().filter(|p| p.source || !wanted);
        let right = eligible().filter(|p| predicted_core[p.predicted]).count();
        let found = eligible().filter(|p| gold_core[p.gold]).count();
        add(name, right, found, cores.0, cores.1);
    }
    for (name, kind) in [
        ("wsw.direct", Quotation::Direct),
        ("wsw.mixed", Quotation::Mixed),
        ("wsw.indirect", Quotation::Indirect),
    ] {
        add(
            name,
            right.iter().filter(|p| predicted_types[p.predicted] == kind).count(),
            right.iter().filter(|p| gold_types[p.gold] == kind).count(),
            predicted_types.iter().filter(|t| **t == kind).count(),
            gold_types.iter().filter(|t| **t == kind).count(),
        );
    }

    for attribution in predicted {
        report.rules.entry(attribution.rule.clone()).or_default().predicted += 1;
    }
    for pair in &pairs {
        let outcome = report.rules.entry(predicted[pair.predicted].rule.clone()).or_default();
        outcome.what += 1;
        outcome.wsw += usize::from(pair.source);
    }
}

fn strict(a: &Attribution, b: &Attribution) -> bool {
    a.content == b.content && a.source == b.source
}

fn cues_meet(a: &[Fragment], b: &[Fragment]) -> bool {
    (a.is_empty() && b.is_empty()) || a.iter().any(|x| b.iter().any(|y| x.0 < y.1 && y.0 < x.1))
}

/// A gold attribution and its prediction, and whether their sources agree.
pub(super) struct Pair {
    pub gold: usize,
    pub predicted: usize,
    pub source: bool,
}

/// One-to-one alignment, the best overlap first; ties go to the right source, then to text order.
pub(super) fn align(text: &Text<'_>, gold: &[Attribution], predicted: &[Attribution]) -> Vec<Pair> {
    let gold_chars: Vec<Vec<usize>> = gold.iter().map(|a| text.characters(&a.content)).collect();
    let predicted_chars: Vec<Vec<usize>> = predicted.iter().map(|a| text.characters(&a.content)).collect();
    let mut candidates = Vec::new();
    for (i, g) in gold_chars.iter().enumerate() {
        for (j, p) in predicted_chars.iter().enumerate() {
            let both = shared(g, p);
            let iou = ratio(both, g.len() + p.len() - both);
            if both > 0 && iou >= 0.5 {
                candidates.push((iou, !text.same_source(&gold[i].source, &predicted[j].source), i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2, a.3).cmp(&(b.1, b.2, b.3))));
    let (mut used_gold, mut used_predicted) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut pairs = Vec::new();
    for (_, wrong, i, j) in candidates {
        if !used_gold[i] && !used_predicted[j] {
            used_gold[i] = true;
            used_predicted[j] = true;
            pairs.push(Pair { gold: i, predicted: j, source: !wrong });
        }
    }
    pairs
}

/// How many elements two sorted lists share.
fn shared(a: &[usize], b: &[usize]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotation {
    Direct,
    Mixed,
    Indirect,
}

/// A text by code points.
pub(super) struct Text<'t> {
    text: &'t str,
    chars: Vec<char>,
    bytes: Vec<usize>,
}

impl<'t> Text<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        Text { text, chars: text.chars().collect(), bytes }
    }

    pub(super) fn slice(&self, (start, end): Fragment) -> &'t str {
        &self.text[self.bytes[start]..self.bytes[end]]
    }

    pub(super) fn normalize_all(&self, attributions: &[Attribution]) -> Vec<Attribution> {
        let normalize = |a: &Attribution| Attribution {
            source: self.normalize(&a.source),
            cue: self.normalize(&a.cue),
            content: self.normalize(&a.content),
            rule: a.rule.clone(),
            confidence: a.confidence,
        };
        attributions.iter().map(normalize).filter(|a| !a.content.is_empty()).collect()
    }

    /// The byte at which a code point starts.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.bytes[at.min(self.bytes.len() - 1)]
    }

    fn normalize(&self, fragments: &[Fragment]) -> Vec<Fragment> {
        let mut trimmed: Vec<Fragment> = fragments.iter().filter_map(|f| self.trim(*f, is_space)).collect();
        trimmed.sort_unstable();
        let mut merged: Vec<Fragment> = Vec::new();
        for (start, end) in trimmed {
            match merged.last_mut() {
                Some(last) if start <= last.1 || self.chars[last.1..start].iter().all(|c| is_space(*c)) => {
                    last.1 = last.1.max(end);
                }
                _ => merged.push((start, end)),
            }
        }
        merged
    }

    /// The fragment without `edge` characters around it; `None` if nothing is left.
    fn trim(&self, (start, end): Fragment, edge: impl Fn(char) -> bool) -> Option<Fragment> {
        let end = end.min(self.chars.len());
        let start = (start..end).find(|&i| !edge(self.chars[i]))?;
        let end = (start..end).rev().find(|&i| !edge(self.chars[i]))? + 1;
        Some((start, end))
    }

    /// Positions that are not white space, sorted.
    fn characters(&self, fragments: &[Fragment]) -> Vec<usize> {
        fragments.iter().flat_map(|f| f.0..f.1).filter(|&i| !is_space(self.chars[i])).collect()
    }

    /// Both name nobody, or the head word of each lies in the other.
    pub(super) fn same_source(&self, a: &[Fragment], b: &[Fragment]) -> bool {
        let (Some(head_a), Some(head_b)) = (self.head(a), self.head(b)) else {
            return a.is_empty() && b.is_empty();
        };
        let inside = |at: usize, fragments: &[Fragment]| fragments.iter().any(|f| f.0 <= at && at < f.1);
        inside(head_a, b) && inside(head_b, a)
    }

    /// Where the head word of a source starts: the last word of its first fragment before a comma, dash, preposition,
    /// relative pronoun or "and".
    fn head(&self, fragments: &[Fragment]) -> Option<usize> {
        let &(start, end) = fragments.first()?;
        let base = self.bytes[start];
        let mut last = None;
        for word in WORD.find_iter(self.slice((start, end))) {
            let lower = word.as_str().to_lowercase();
            if !lower.chars().any(char::is_alphanumeric) {
                if last.is_some() {
                    break;
                }
                continue;
            }
            if last.is_some() && BREAK.contains(lower.as_str()) {
                break;
            }
            if lower == "'s" || lower == "’s" {
                continue;
            }
            last = Some(self.bytes.partition_point(|&b| b < base + word.start()));
        }
        Some(last.unwrap_or(start))
    }

    /// Which code points stand in double quotation marks. An open quotation ends with its line.
    fn quoted(&self) -> Vec<bool> {
        let mut inside = false;
        let mut state = vec![false; self.chars.len()];
        for (i, &c) in self.chars.iter().enumerate() {
            match c {
                '“' => {
                    inside = true;
                    state[i] = true;
                }
                '”' => {
                    state[i] = true;
                    inside = false;
                }
                '"' => {
                    state[i] = true;
                    let next = self.chars.get(i + 1).copied().unwrap_or(' ');
                    let previous = if i > 0 { self.chars[i - 1] } else { ' ' };
                    inside = !inside || (is_space(previous) && !is_space(next));
                }
                _ => {
                    inside &= c != '\n';
                    state[i] = inside;
                }
            }
        }
        state
    }

    fn quotation(&self, fragments: &[Fragment], quoted: &[bool]) -> Quotation {
        let bare: Vec<Fragment> =
            fragments.iter().filter_map(|f| self.trim(*f, |c| EDGE.contains(c))).collect();
        let characters = self.characters(if bare.is_empty() { fragments } else { &bare });
        let inside = characters.iter().filter(|&&i| quoted[i]).count();
        if inside == 0 {
            Quotation::Indirect
        } else if inside as f64 >= 0.98 * characters.len() as f64 {
            Quotation::Direct
        } else {
            Quotation::Mixed
        }
    }

    pub(super) fn is_core(&self, cue: &[Fragment]) -> bool {
        cue.iter().any(|f| {
            let words = self.slice(*f).split(|c: char| !c.is_ascii_alphabetic());
            words.filter(|w| !w.is_empty()).any(|w| CORE.contains(w.to_ascii_lowercase().as_str()))
        })
    }
}

/// White space, with the separators that Unicode calls controls.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Donald Trump, the nominee, said “I will win” on Monday. A spokesman for Clinton denied it.";

    fn find(part: &str) -> Vec<Fragment> {
        let start = TEXT[..TEXT.find(part).unwrap()].chars().count();
        vec![(start, start + part.chars().count())]
    }

    fn attribution(source: &str, cue: &str, content: &str) -> Attribution {
        Attribution {
            source: find(source),
            cue: find(cue),
            content: find(content),
            rule: "r".into(),
            confidence: 1.0,
        }
    }

    fn article() -> Article {
        let gold = vec![
            attribution("Donald Trump, the nominee", "said", "“I will win”"),
            attribution("A spokesman for Clinton", "denied", "it"),
        ];
        Article { doc: "a".into(), text: TEXT.into(), gold }
    }

    fn report(attributions: Vec<Attribution>) -> Report {
        score(&[article()], &[Prediction { doc: "a".into(), attributions }])
    }

    #[test]
    fn nothing_predicted_scores_nothing() {
        for tally in report(Vec::new()).tallies.values() {
            assert_eq!((tally.right, tally.predicted, tally.found), (0, 0, 0));
        }
        assert_eq!(score(&[article()], &[]).tallies["wsw"].gold, 2);
    }

    #[test]
    fn gold_scores_full() {
        let report = report(article().gold);
        for name in FIGURES {
            let tally = report.tallies[name];
            assert!(tally.gold == 0 || tally.f1() > 0.999, "{name} {tally:?}");
        }
        assert_eq!(report.rules["r"], Outcome { predicted: 2, what: 2, wsw: 2 });
        assert_eq!(report.tallies["wsw.direct"].gold, 1);
        assert_eq!(report.tallies["wsw.core"].gold, 2);
    }

    #[test]
    fn calibration_is_the_distance_of_confidence_and_right() {
        let mut wrong = attribution("A spokesman for Clinton", "said", "“I will win”");
        wrong.confidence = 0.4;
        let mut right = attribution("A spokesman for Clinton", "denied", "it");
        right.confidence = 0.8;
        let predictions = [Prediction { doc: "a".into(), attributions: vec![wrong, right] }];
        let bins = reliability(&[article()], &predictions);
        assert_eq!((bins[4].count, bins[4].right, bins[8].count, bins[8].right), (1, 0.0, 1, 1.0));
        assert!((calibration_error(&bins) - 0.3).abs() < 1e-6);
    }

    #[test]
    fn sources_are_compared_by_head() {
        let text = Text::new(TEXT);
        assert!(text.same_source(&find("Trump"), &find("Donald Trump, the nominee")));
        assert!(text.same_source(&find("spokesman"), &find("A spokesman for Clinton")));
        assert!(!text.same_source(&find("Clinton"), &find("A spokesman for Clinton")));
        assert!(!text.same_source(&find("Clinton"), &[]));
        assert!(text.same_source(&[], &[]));
    }

    #[test]
    fn a_wrong_source_is_what_but_not_who() {
        let report = report(vec![attribution("Clinton", "said", "I will win")]);
        assert_eq!(report.tallies["what"].found, 1);
        assert_eq!(report.tallies["wsw"].found, 0);
        assert_eq!(report.tallies["strict_all"].found, 0);
    }

    #[test]
    fn fragments_merge_over_white_space() {
        let text = Text::new("a  b c");
        assert_eq!(text.normalize(&[(3, 4), (0, 2), (5, 6)]), [(0, 6)]);
        assert_eq!(text.normalize(&[(1, 3)]), []);
        assert_eq!(text.normalize(&[(0, 99)]), [(0, 6)]);
    }
}
