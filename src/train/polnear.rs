//! PolNeAR, the Political News Attribution Relations corpus (Newell, Margolin and Ruths 2018): reading its gold
//! attributions, and running the whole pipeline over its articles.
//!
//! One line of `<split>.jsonl.gz` is one article: `{"doc", "text", "annotators": {id: [{"source", "cue", "content"}]}}`,
//! with offsets in code points. Where several people annotated an article, the first by name is the gold.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use flate2::read::GzDecoder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::document::{Claim, Document, Kind};
use crate::error::{Error, ErrorKind, Result};
use crate::extract::attribution::rules;
use crate::extract::{self, Context, quotation};
use crate::language;
use crate::parse;
use crate::read::RawArticle;
use crate::span::Span;

/// Offsets of one fragment, in code points, end exclusive.
pub type Fragment = (usize, usize);

/// Source, cue and content of one attribution; each a list of fragments in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who.
    #[serde(default)]
    pub source: Vec<Fragment>,
    /// By which words.
    #[serde(default)]
    pub cue: Vec<Fragment>,
    /// What.
    #[serde(default)]
    pub content: Vec<Fragment>,
    /// Name of the rule that made it; empty for gold.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// How likely it is right; 0 for gold.
    #[serde(default)]
    pub confidence: f32,
}

/// An article and its gold attributions.
#[derive(Clone, Debug)]
pub struct Article {
    /// Name.
    pub doc: String,
    /// Text.
    pub text: String,
    /// What the first annotator marked.
    pub gold: Vec<Attribution>,
}

impl Article {
    /// The article as the pipeline reads it.
    #[must_use]
    pub fn document(&self) -> Document {
        let raw = RawArticle { id: self.doc.clone(), text: self.text.clone(), ..RawArticle::default() };
        parse::parse(raw)
    }
}

/// Predictions for one article: a line of a predictions file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Prediction {
    /// Name of the article.
    pub doc: String,
    /// Attributions.
    pub attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Line {
    doc: String,
    text: String,
    annotators: BTreeMap<String, Vec<Attribution>>,
}

/// The articles of a split, by name. Refuses any split but `train` and `dev`: others are for the last measurement only.
///
/// # Errors
/// If the split is refused, or its file cannot be read.
pub fn load(data: &Path, split: &str) -> Result<Vec<Article>> {
    if !matches!(split, "train" | "dev") {
        let message = format!("split {split:?} is not for tuning: use \"train\" or \"dev\"");
        return Err(Error::new(ErrorKind::Argument, message));
    }
    let file = format!("{split}.jsonl.gz");
    let path = [data.join("polnear").join(&file), data.join(&file)].into_iter().find(|p| p.is_file());
    let path = path.ok_or_else(|| {
        Error::new(ErrorKind::NotFound, format!("{} holds neither polnear/{file} nor {file}", data.display()))
    })?;
    let unreadable =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Format, format!("{}: {e}", path.display()));
    let reader = BufReader::new(GzDecoder::new(File::open(&path).map_err(|e| unreadable(&e))?));
    let mut articles = Vec::new();
    for line in reader.lines() {
        let line: Line =
            serde_json::from_str(&line.map_err(|e| unreadable(&e))?).map_err(|e| unreadable(&e))?;
        let gold = line.annotators.into_values().next().unwrap_or_default();
        articles.push(Article { doc: line.doc, text: line.text, gold });
    }
    articles.sort_by(|a, b| a.doc.cmp(&b.doc));
    Ok(articles)
}

/// What the pipeline finds in each article, in parallel, in order. The outlet's own assertions and what is attributed
/// inside the content of another claim are left out, since the corpus marks neither.
#[must_use]
pub fn predict(articles: &[Article]) -> Vec<Prediction> {
    articles
        .par_iter()
        .map(|article| {
            let document = article.document();
            let annotated = language::annotate(&document);
            let claims = extract::claims(&annotated, Context::default());
            let positions = CodePoints::new(document.decoded());
            let attributions = claims
                .iter()
                .filter(|c| c.kind != Kind::Narrated && !is_nested(c, &claims))
                .map(|c| attribution(c, &document, &positions))
                .collect();
            Prediction { doc: article.doc.clone(), attributions }
        })
        .collect()
}

/// What the rules alone find in each article, nested or not: for the precision of each.
#[must_use]
pub fn predict_by_rules(articles: &[Article]) -> Vec<Prediction> {
    let predict = |article: &Article| {
        let document = article.document();
        let annotated = language::annotate(&document).compounded();
        let found = rules::attributions(&annotated, &quotation::quotations(&annotated));
        let positions = CodePoints::new(document.decoded());
        let fragments = |ranges: &[std::ops::Range<usize>]| -> Vec<Fragment> {
            let ranges = ranges.iter().filter(|r| !r.is_empty());
            ranges.map(|r| positions.of(document.in_decoded(annotated.cover(r.clone())))).collect()
        };
        let attributions = found.iter().map(|a| Attribution {
            source: fragments(&a.source),
            cue: fragments(&a.cue),
            content: fragments(&a.content),
            rule: a.rule.to_owned(),
            confidence: a.confidence,
        });
        Prediction { doc: article.doc.clone(), attributions: attributions.collect() }
    };
    articles.par_iter().map(predict).collect()
}

/// Whether the cue of a claim lies in the content of another.
fn is_nested(claim: &Claim, claims: &[Claim]) -> bool {
    let Some(cue) = claim.cue_spans.first() else { return false };
    let mut others = claims.iter().filter(|c| *c != claim && c.kind != Kind::Narrated);
    others.any(|other| other.content_spans.iter().any(|content| content.contains(*cue)))
}

fn attribution(claim: &Claim, document: &Document, positions: &CodePoints) -> Attribution {
    let fragments = |spans: &[Span]| spans.iter().map(|s| positions.of(document.in_decoded(*s))).collect();
    Attribution {
        source: fragments(&claim.source_spans),
        cue: fragments(&claim.cue_spans),
        content: fragments(&claim.content_spans),
        rule: claim.rule.clone(),
        confidence: claim.confidence,
    }
}

/// Converts byte offsets of one text to code points.
pub(crate) struct CodePoints {
    /// Byte offset of each code point, and the length.
    starts: Vec<usize>,
}

impl CodePoints {
    pub(crate) fn new(text: &str) -> Self {
        CodePoints { starts: text.char_indices().map(|(i, _)| i).chain([text.len()]).collect() }
    }

    pub(crate) fn of(&self, span: Span) -> Fragment {
        let at = |byte: usize| self.starts.partition_point(|&s| s < byte);
        (at(span.start()), at(span.end()))
    }
}

/// Reads predictions, one JSON object a line.
///
/// # Errors
/// If the file cannot be read or a line is not a prediction.
pub fn read_predictions(path: &Path) -> Result<Vec<Prediction>> {
    let unreadable =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Format, format!("{}: {e}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| unreadable(&e))?;
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    lines.map(|l| serde_json::from_str(l).map_err(|e| unreadable(&e))).collect()
}

/// Writes predictions, one JSON object a line.
///
/// # Errors
/// If the file cannot be written.
pub fn write_predictions(path: &Path, predictions: &[Prediction]) -> Result<()> {
    let failed =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Argument, format!("{}: {e}", path.display()));
    let mut file = std::io::BufWriter::new(File::create(path).map_err(|e| failed(&e))?);
    for prediction in predictions {
        serde_json::to_writer(&mut file, prediction).map_err(|e| failed(&e))?;
        file.write_all(b"\n").map_err(|e| failed(&e))?;
    }
    file.flush().map_err(|e| failed(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_out_splits_are_refused() {
        for split in ["test", "TEST", "../test", ""] {
            let error = load(Path::new("/nowhere"), split).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Argument, "{split}");
        }
        assert_eq!(load(Path::new("/nowhere"), "dev").unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn offsets_are_code_points() {
        let text = "“Ja”, sagte Müller.";
        let start = text.find("Müller").unwrap();
        assert_eq!(CodePoints::new(text).of(Span::new(start, start + "Müller".len())), (12, 18));
    }
}
