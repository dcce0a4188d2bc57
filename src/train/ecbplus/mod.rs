//! ECB+: news of 33 topics with the events they tell (Cybulska and Vossen, "Using a sledgehammer to crack a nut?
//! Lexical diversity and event coreference resolution", LREC 2014).
//!
//! Each topic holds articles about two events of one kind: two quakes, two acquittals. Two things are measured. Which
//! articles tell one event: the clusters of [`crate::reconcile`]'s stories against topic and part, by B³. And which
//! mentions of events mean one event: gold mentions, clustered within stories, by MUC, B³, CEAFe and their mean, over
//! all topics as one corpus, mentions that stand alone included.
//!
//! The annotators took some sentences of each article and linked the events in them; mentions elsewhere bear no
//! relation because nobody looked, not because they stand alone. The list of sentences that they checked is not part of
//! the files. So those sentences count in which at least one event is linked, with every mention in them; figures over
//! all mentions are given beside.

pub(crate) mod gold;
pub mod scores;

use std::path::Path;

use rayon::prelude::*;

use crate::document::{Document, Tag};
use crate::error::{Error, ErrorKind, Result};
use crate::language::{self, Annotated};
use crate::reconcile::trial;
use gold::{Article, Event};
pub use scores::{Score, Scores, scores};

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Documents.
    pub documents: usize,
    /// Stories of the annotators, and of ours.
    pub stories: (usize, usize),
    /// Stories against topic and part.
    pub clustering: Score,
    /// Mentions in linked sentences, and of all.
    pub mentions: (usize, usize),
    /// Gold events of those.
    pub events: (usize, usize),
    /// Ways to cluster mentions, with their scores: in linked sentences, and of all.
    pub rows: Vec<(&'static str, Scores, Scores)>,
}

/// A gold mention as it is clustered.
struct Mention {
    document: usize,
    lemma: String,
    event: String,
    linked: bool,
}

/// Measures stories and the matcher.
///
/// # Errors
/// If the corpus cannot be read.
pub fn evaluate(data: &Path) -> Result<Report> {
    let folder = data.join("ecbplus");
    let articles = gold::read(&folder)
        .map_err(|e| Error::new(ErrorKind::NotFound, format!("{}: {e}", folder.display())))?;
    let documents: Vec<Document> = articles.iter().map(|a| a.document.clone()).collect();
    let told = told(&articles);
    let ours = trial::stories(&documents);
    let mentions = mentions(&articles);
    let mut report = Report {
        documents: documents.len(),
        stories: (count(&told), count(&ours)),
        clustering: scores(&told, &ours).b3,
        ..Report::default()
    };
    let gold: Vec<&str> = mentions.iter().map(|m| m.event.as_str()).collect();
    let linked: Vec<usize> = (0..mentions.len()).filter(|&i| mentions[i].linked).collect();
    report.mentions = (linked.len(), mentions.len());
    report.events = (count(&linked.iter().map(|&i| gold[i]).collect::<Vec<_>>()), count(&gold));
    let lemma_in = |story: Option<&[usize]>| -> Vec<(usize, &str)> {
        mentions.iter().map(|m| (story.map_or(0, |s| s[m.document]), m.lemma.as_str())).collect()
    };
    let all = [
        ("head lemma", lemma_in(None)),
        ("head lemma, their stories", lemma_in(Some(&told))),
        ("head lemma, our stories", lemma_in(Some(&ours))),
    ];
    for (name, labels) in all {
        report.rows.push((name, part(&gold, &labels, &linked), scores(&gold, &labels)));
    }
    Ok(report)
}

fn part<G: Ord + Copy, F: Ord + Copy>(gold: &[G], labels: &[F], which: &[usize]) -> Scores {
    let gold: Vec<G> = which.iter().map(|&i| gold[i]).collect();
    let labels: Vec<F> = which.iter().map(|&i| labels[i]).collect();
    scores(&gold, &labels)
}

fn count<T: Ord>(labels: &[T]) -> usize {
    labels.iter().collect::<std::collections::BTreeSet<_>>().len()
}

/// The event that each article tells, as the corpus is laid out.
fn told(articles: &[Article]) -> Vec<usize> {
    articles.iter().map(|a| a.topic as usize * 2 + usize::from(a.plus)).collect()
}

fn mentions(articles: &[Article]) -> Vec<Mention> {
    let of_each: Vec<Vec<Mention>> = articles
        .par_iter()
        .enumerate()
        .map(|(d, article)| {
            let annotated = language::annotate(&article.document);
            let linked: std::collections::BTreeSet<u32> =
                article.events.iter().filter(|e| e.event.is_some()).map(|e| e.sentence).collect();
            let mention = |(k, event): (usize, &Event)| Mention {
                document: d,
                lemma: head(&annotated, event)
                    .map_or_else(String::new, |i| annotated.lemma(i).to_lowercase()),
                event: event.event.clone().unwrap_or_else(|| format!("{}#{k}", article.document.id)),
                linked: linked.contains(&event.sentence),
            };
            article.events.iter().enumerate().map(mention).collect()
        })
        .collect();
    of_each.into_iter().flatten().collect()
}

/// The token that a mention's others hang on: the first whose own head lies outside, verbs and nouns before others.
pub(crate) fn head(article: &Annotated<'_>, event: &Event) -> Option<usize> {
    let mut tokens: Vec<usize> = Vec::new();
    for &span in &event.words {
        let first = article.tokens.partition_point(|t| t.span.end() <= span.start());
        tokens.extend((first..article.len()).take_while(|&i| article.span(i).start() < span.end()));
    }
    tokens.dedup();
    let of_others = |&&i: &&usize| article.head(i).is_none_or(|h| !tokens.contains(&h));
    let tops: Vec<usize> = tokens.iter().filter(of_others).copied().collect();
    let tells = |&&i: &&usize| {
        let tag = article.tag(i);
        tag.is_verb() || matches!(tag, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS)
    };
    tops.iter().find(tells).or(tops.first()).or(tokens.first()).copied()
}
