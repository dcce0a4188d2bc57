//! The score: what is given against what is expected.

use std::fmt;

use reportedly::span::Span;

use crate::case::Claim;

/// Counts over cases.
///
/// Expected and given claims are paired one to one, those first that share most; a pair shares at least half of its
/// content (intersection over union of characters). Marks and white space at the edges of a fragment, and the `'s` of
/// a source, do not count.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub cases: usize,
    expected: usize,
    given: usize,
    /// Pairs.
    found: usize,
    /// Pairs whose sources meet, or both are missing: who said what.
    who: usize,
    source: usize,
    cue: usize,
    content: usize,
    kind: usize,
    acts: (usize, usize),
    polarity: usize,
    chains: (usize, usize),
    /// Right in every respect.
    exact: usize,
    /// Cases in which nobody is credited, and none of them was.
    silent: (usize, usize),
}

/// Which of the claims are right in every respect.
pub struct Verdict {
    pub expected: Vec<bool>,
    pub given: Vec<bool>,
}

impl Score {
    pub const HEADER: &'static str = "cases claims | found  who-said-what F1 | exact: source cue content | kind  act  +/- chain | all | silent";

    pub fn judge(&mut self, text: &str, expected: &[Claim], given: &[Claim]) -> Verdict {
        let normal = |claims: &[Claim]| claims.iter().map(|c| normalised(c, text)).collect::<Vec<_>>();
        let (expected, given) = (normal(expected), normal(given));
        let mut verdict = Verdict { expected: vec![false; expected.len()], given: vec![false; given.len()] };
        self.cases += 1;
        self.expected += expected.len();
        self.given += given.len();
        if expected.is_empty() {
            self.silent.0 += usize::from(given.is_empty());
            self.silent.1 += 1;
        }
        for (e, g) in pairs(&expected, &given) {
            let right = self.compare(&expected[e], &given[g]);
            verdict.expected[e] = right;
            verdict.given[g] = right;
        }
        verdict
    }

    fn compare(&mut self, expected: &Claim, given: &Claim) -> bool {
        let who =
            expected.source.is_empty() && given.source.is_empty() || meet(&expected.source, &given.source);
        let source = expected.source == given.source;
        let cue = expected.cue == given.cue;
        let content = expected.content == given.content;
        let kind = expected.kind == given.kind;
        let act = expected.act.is_empty() || expected.act == given.act;
        let polarity = expected.negative == given.negative;
        let chain = expected.via == given.via;
        self.found += 1;
        self.who += usize::from(who);
        self.source += usize::from(source);
        self.cue += usize::from(cue);
        self.content += usize::from(content);
        self.kind += usize::from(kind);
        self.acts.0 += usize::from(act && !expected.act.is_empty());
        self.acts.1 += usize::from(!expected.act.is_empty());
        self.polarity += usize::from(polarity);
        self.chains.0 += usize::from(chain && !expected.via.is_empty());
        self.chains.1 += usize::from(!expected.via.is_empty());
        let right = who && source && cue && content && kind && act && polarity && chain;
        self.exact += usize::from(right);
        right
    }

    pub fn add(&mut self, other: &Score) {
        self.cases += other.cases;
        self.expected += other.expected;
        self.given += other.given;
        self.found += other.found;
        self.who += other.who;
        self.source += other.source;
        self.cue += other.cue;
        self.content += other.content;
        self.kind += other.kind;
        self.acts = (self.acts.0 + other.acts.0, self.acts.1 + other.acts.1);
        self.polarity += other.polarity;
        self.chains = (self.chains.0 + other.chains.0, self.chains.1 + other.chains.1);
        self.exact += other.exact;
        self.silent = (self.silent.0 + other.silent.0, self.silent.1 + other.silent.1);
    }

    /// A figure in percent.
    pub fn figure(&self, name: &str) -> f64 {
        let f1 = |n: usize| 200.0 * n as f64 / (self.expected + self.given).max(1) as f64;
        match name {
            "who said what" => f1(self.who),
            "found" => percent(self.found, self.expected),
            "source" => f1(self.source),
            "cue" => f1(self.cue),
            "content" => f1(self.content),
            "exact" => f1(self.exact),
            "silent" => percent(self.silent.0, self.silent.1),
            _ => panic!("no figure {name:?}"),
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // of the claims that were found
        let share = |(part, whole): (usize, usize)| {
            if whole == 0 { "-".to_owned() } else { format!("{:.0}", percent(part, whole)) }
        };
        write!(
            f,
            "{:>5} {:>6} | {:>5.1} {:>17.1} | {:>13.1} {:>5.1} {:>5.1} | {:>4} {:>4} {:>4} {:>4} | {:>4.1} | {}/{}",
            self.cases,
            self.expected,
            self.figure("found"),
            self.figure("who said what"),
            self.figure("source"),
            self.figure("cue"),
            self.figure("content"),
            share((self.kind, self.found)),
            share(self.acts),
            share((self.polarity, self.found)),
            share(self.chains),
            self.figure("exact"),
            self.silent.0,
            self.silent.1
        )
    }
}

/// Without what does not count: marks and white space at the edges, also between fragments, and the `'s` of a source.
fn normalised(claim: &Claim, text: &str) -> Claim {
    let mut claim = claim.clone();
    for role in [&mut claim.source, &mut claim.cue, &mut claim.content] {
        let mut whole: Vec<Span> = Vec::new();
        for span in role.iter().map(|s| core(*s, text)).filter(|s| !s.is_empty()) {
            match whole.last_mut() {
                Some(last)
                    if span.start() >= last.end() && text[last.end()..span.start()].chars().all(is_edge) =>
                {
                    *last = last.cover(span);
                }
                _ => whole.push(span),
            }
        }
        *role = whole;
    }
    claim
}

fn core(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let words = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words);
    let kept = words.trim_end_matches(is_edge);
    let start = span.start() + kept.len() - kept.trim_start_matches(is_edge).len();
    Span::new(start, span.start() + kept.len())
}

fn is_edge(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '%')
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Greedy one-to-one alignment.
fn pairs(expected: &[Claim], given: &[Claim]) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (e, claim) in expected.iter().enumerate() {
        for (g, other) in given.iter().enumerate() {
            let iou = overlap(&claim.content, &other.content);
            if iou >= 0.5 {
                let roles = f64::from(meet(&claim.cue, &other.cue))
                    + 0.5 * f64::from(meet(&claim.source, &other.source));
                all.push((iou + roles, e, g));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut used) = (vec![false; expected.len()], vec![false; given.len()]);
    all.retain(|&(_, e, g)| {
        let free = !taken[e] && !used[g];
        if free {
            taken[e] = true;
            used[g] = true;
        }
        free
    });
    all.into_iter().map(|(_, e, g)| (e, g)).collect()
}

fn meet(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

/// Intersection over union of bytes.
fn overlap(a: &[Span], b: &[Span]) -> f64 {
    let length = |s: &[Span]| s.iter().map(|x| x.end() - x.start()).sum::<usize>();
    let both: usize = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| x.end().min(y.end()).saturating_sub(x.start().max(y.start()))))
        .sum();
    both as f64 / (length(a) + length(b) - both).max(1) as f64
}
