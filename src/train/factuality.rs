//! Certainty against crowd judgements of event factuality: UW (Lee, Artzi, Choi and Zettlemoyer 2015), on TempEval-3
//! news, and the other sets in the same form.
//!
//! One line is a sentence: `{"text", "targets": [{"span1": [i, i + 1], "label"}]}`, tokens separated by blanks, labels
//! in [-3, 3]. Each target is a predicate; its certainty is that of the innermost claim around it.

use std::path::Path;

use serde::Deserialize;

use super::read_gz;
use crate::error::{Error, ErrorKind, Result};
use crate::extract::cues::{self, CueClass};
use crate::extract::{act, certainty};
use crate::language::{self, Annotated};
use crate::parse;
use crate::read::RawArticle;
use crate::span::Span;

#[derive(Deserialize)]
struct Line {
    text: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    span1: (usize, usize),
    label: f64,
}

/// One judged predicate.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The predicate and the words around it.
    pub context: String,
    /// Mean of the judgements.
    pub gold: f64,
    /// What the pipeline says.
    pub found: f64,
}

/// Mean absolute error and correlation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// How many predicates.
    pub n: usize,
    /// Mean absolute error.
    pub mae: f64,
    /// Pearson's correlation.
    pub r: f64,
    /// Mean absolute error of calling everything certain.
    pub baseline: f64,
}

/// The judged predicates of a set (`UW`, `UDS_IH2`, `MEANTIME`) and split (`train` or `dev`).
///
/// # Errors
/// If the split is held out, or the file cannot be read.
pub fn judge(data: &Path, set: &str, split: &str) -> Result<Vec<Judgement>> {
    if !matches!(split, "train" | "dev") {
        return Err(Error::new(ErrorKind::Argument, format!("split {split:?} is not for tuning")));
    }
    let path = data.join("factuality").join(set).join(format!("{split}.jsonl.gz"));
    let unreadable =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Format, format!("{}: {e}", path.display()));
    let mut out = Vec::new();
    for line in read_gz(&path).map_err(|e| unreadable(&e))?.lines() {
        let line: Line = serde_json::from_str(line).map_err(|e| unreadable(&e))?;
        judge_sentence(&line, &mut out);
    }
    Ok(out)
}

fn judge_sentence(line: &Line, out: &mut Vec<Judgement>) {
    let words: Vec<&str> = line.text.split(' ').collect();
    let mut starts = Vec::with_capacity(words.len());
    let mut byte = 0;
    for word in &words {
        starts.push(byte);
        byte += word.len() + 1;
    }
    let raw = RawArticle { id: "sentence".into(), text: line.text.clone(), ..RawArticle::default() };
    let document = parse::parse(raw);
    let article = language::annotate(&document).compounded();
    for target in &line.targets {
        let (i, _) = target.span1;
        let Some(start) = starts.get(i) else { continue };
        let word = Span::new(*start, start + words[i].len());
        let word = document.original.as_ref().map_or(word, |original| original.view(word));
        let tokens = article.tokens_in(word);
        let found = if tokens.is_empty() { 3.0 } else { f64::from(value(&article, tokens.start)) };
        let context = words[i.saturating_sub(8)..(i + 4).min(words.len())].join(" ");
        out.push(Judgement { context: format!("{context} [{}]", words[i]), gold: target.label, found });
    }
}

/// Certainty of the predicate at a token, under the nearest verb cue before it in its clause.
fn value(article: &Annotated<'_>, token: usize) -> f32 {
    let Some(sentence) = article.document.sentences.get(article.sentence_of(token)) else { return 3.0 };
    let all = sentence.tokens();
    if !all.contains(&token) {
        return 3.0;
    }
    let mut governor = None;
    // Nouns in a content are mostly presupposed: "denied the report of the attack".
    let mut i = if article.tag(token).is_noun() { token } else { all.start };
    while i < token {
        let found = cues::at(article, i).filter(|m| m.tokens.end <= token);
        i = found.as_ref().map_or(i + 1, |m| m.tokens.end);
        if let Some(m) = found
            && m.cue.class == CueClass::Verb
            && m.cue.frames.that
            && m.cue.that_reliability >= 0.5
            && takes_clause(article, m.tokens.end, token)
        {
            governor = Some(m);
        }
    }
    let content = governor.as_ref().map_or(all.clone(), |m| m.tokens.end..all.end);
    let negated = governor.as_ref().is_some_and(|m| act::act(article, m).2);
    certainty::at_predicate(article, governor.as_ref(), negated, &[content], token).value
}

/// Whether a clause that holds `token` starts at `from`: "that", or no break on the way.
fn takes_clause(article: &Annotated<'_>, from: usize, token: usize) -> bool {
    article.lower(from) == "that"
        || !(from..token).any(|i| matches!(article.lower(i), "," | ";" | "to" | "in" | "for"))
}

/// How well judgements and pipeline agree.
#[must_use]
pub fn agreement(judgements: &[Judgement]) -> Agreement {
    let n = judgements.len();
    if n == 0 {
        return Agreement::default();
    }
    let mean = |f: &dyn Fn(&Judgement) -> f64| judgements.iter().map(f).sum::<f64>() / n as f64;
    let (mg, mf) = (mean(&|j| j.gold), mean(&|j| j.found));
    let covariance = mean(&|j| (j.gold - mg) * (j.found - mf));
    let spread = (mean(&|j| (j.gold - mg).powi(2)) * mean(&|j| (j.found - mf).powi(2))).sqrt();
    Agreement {
        n,
        mae: mean(&|j| (j.gold - j.found).abs()),
        r: if spread == 0.0 { 0.0 } else { covariance / spread },
        baseline: mean(&|j| (j.gold - 3.0).abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(gold: f64, found: f64) -> Judgement {
        Judgement { context: String::new(), gold, found }
    }

    #[test]
    fn agreement_of_nothing_is_nothing() {
        assert_eq!(agreement(&[]), Agreement::default());
        assert_eq!(agreement(&[judgement(1.0, 1.0)]).r, 0.0);
    }

    #[test]
    fn agreement_is_full_where_values_are_equal() {
        let a = agreement(&[judgement(3.0, 3.0), judgement(-3.0, -3.0), judgement(0.0, 0.0)]);
        assert!((a.r - 1.0).abs() < 1e-9 && a.mae == 0.0 && (a.baseline - 3.0).abs() < 1e-9);
    }
}
