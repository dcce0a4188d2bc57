//! Certainty against crowd judgements of event factuality: UW (Lee, Artzi, Choi and Zettlemoyer 2015), on TempEval-3
//! news, and the other sets in the same form.
//!
//! One line is a sentence: `{"text", "targets": [{"span1": [i, i + 1], "label"}]}`, tokens separated by blanks, labels
//! in [-3, 3]. Each target is a predicate; what is measured is [`certainty::of_event`] of it. [`regression`] trains.

pub mod regression;

use std::path::Path;

use serde::Deserialize;

use super::read_gz;
use crate::error::{Error, ErrorKind, Result};
use crate::extract::certainty;
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

/// The judged predicates of a set (`UW`, `UDS_IH2`, `MEANTIME`, `MV2/mv2`, `RP/rp`, `CB/CB`) and split (`train` or `dev`).
///
/// # Errors
/// If the split is held out, or the file cannot be read.
pub fn judge(data: &Path, set: &str, split: &str) -> Result<Vec<Judgement>> {
    let mut out = Vec::new();
    each(data, set, split, |_, article, event, gold, context| {
        let found = event.map_or(3.0, |event| f64::from(certainty::of_event(article, event).value));
        out.push(Judgement { context, gold, found });
    })?;
    Ok(out)
}

/// Calls `see` with every judged predicate of a file: number of its sentence, article, predicate if there is one in our
/// tokens, the judgement, the words around.
fn each(
    data: &Path,
    set: &str,
    split: &str,
    mut see: impl FnMut(usize, &Annotated<'_>, Option<usize>, f64, String),
) -> Result<()> {
    if !matches!(split, "train" | "dev") {
        return Err(Error::new(ErrorKind::Argument, format!("split {split:?} is not for tuning")));
    }
    let path = data.join("factuality").join(set).join(format!("{split}.jsonl.gz"));
    let unreadable =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Format, format!("{}: {e}", path.display()));
    for (number, line) in read_gz(&path).map_err(|e| unreadable(&e))?.lines().enumerate() {
        let line: Line = serde_json::from_str(line).map_err(|e| unreadable(&e))?;
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
            let (i, end) = target.span1;
            let Some(start) = starts.get(i) else { continue };
            let end = end.clamp(i + 1, words.len());
            let span = Span::new(*start, starts[end - 1] + words[end - 1].len());
            let span = document.original.as_ref().map_or(span, |original| original.view(span));
            let mut tokens = article.tokens_in(span);
            let top = tokens.clone().find(|&t| article.head(t).is_none_or(|h| !tokens.contains(&h)));
            let event = top.or_else(|| tokens.next()).map(|t| certainty::predicate_of(&article, t));
            let context = words[i.saturating_sub(8)..(i + 4).min(words.len())].join(" ");
            see(number, &article, event, target.label, format!("{context} [{}]", words[i..end].join(" ")));
        }
    }
    Ok(())
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
