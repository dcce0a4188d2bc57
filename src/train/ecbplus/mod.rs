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

mod fit;
pub(crate) mod gold;
pub mod scores;

use std::path::Path;

use rayon::prelude::*;

use crate::document::{Document, Predicate, Tag};
use crate::error::{Error, ErrorKind, Result};
use crate::extract::{self, place, predicates, quantity, time};
use crate::language::{self, Annotated};
use crate::reconcile::trial::{self, Context, Mentions, SIGNS, Signs};
use crate::resolve;
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
    /// Weights learnt from all topics, if they were to be learnt.
    pub weights: Vec<(&'static str, f64)>,
}

/// A gold mention as it is clustered.
struct Mention {
    document: usize,
    topic: u32,
    lemma: String,
    event: String,
    linked: bool,
    predicate: Predicate,
    /// Index of its context.
    context: usize,
}

/// A sentence with mentions, and its terms.
type Told = (Context, Vec<String>);

/// Topics are dealt out over so many parts for cross-validation.
const FOLDS: u32 = 5;

/// Measures stories and the matcher; with `learn`, also learns the weights anew, by parts of the topics and from all.
///
/// # Errors
/// If the corpus cannot be read.
pub fn evaluate(data: &Path, learn: bool) -> Result<Report> {
    let folder = data.join("ecbplus");
    let articles = gold::read(&folder)
        .map_err(|e| Error::new(ErrorKind::NotFound, format!("{}: {e}", folder.display())))?;
    let documents: Vec<Document> = articles.iter().map(|a| a.document.clone()).collect();
    let told = told(&articles);
    let ours = trial::stories(&documents);
    let (mentions, contexts) = mentions(&articles);
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
    let least = trial::LIKELY;
    let ways = [("their stories", &told), ("our stories", &ours)];
    for (name, stories) in ways {
        let ready = ready(&mentions, &contexts, stories);
        let labels = trial::events(&ready, least);
        let row = (part(&gold, &labels, &linked), scores(&gold, &labels));
        report.rows.push((
            if name == "their stories" { "matcher, their stories" } else { "matcher, our stories" },
            row.0,
            row.1,
        ));
        if learn {
            let labels = validated(&mentions, &trial::pairs(&ready), least);
            let row = (part(&gold, &labels, &linked), scores(&gold, &labels));
            report.rows.push((
                if name == "their stories" {
                    "other topics', their stories"
                } else {
                    "other topics', our stories"
                },
                row.0,
                row.1,
            ));
        }
    }
    if learn {
        let pairs = trial::pairs(&ready(&mentions, &contexts, &told));
        let weights = learnt(&mentions, &pairs, |_| true);
        report.weights = SIGNS.iter().copied().zip(weights).collect();
    }
    Ok(report)
}

/// The mentions as the matcher takes them.
fn ready(mentions: &[Mention], contexts: &[Told], stories: &[usize]) -> Mentions {
    let list = mentions
        .iter()
        .map(|m| {
            trial::Mention::new(m.document as u32, stories[m.document] as u32, m.context as u32, &m.predicate)
        })
        .collect();
    Mentions::all(list, contexts)
}

/// Weights from the pairs of linked sentences whose topics `takes` takes.
fn learnt(mentions: &[Mention], pairs: &[(u32, u32, Signs)], takes: impl Fn(u32) -> bool) -> Signs {
    let of = |i: u32| &mentions[i as usize];
    let taken = |p: &&(u32, u32, Signs)| of(p.0).linked && of(p.1).linked && takes(of(p.0).topic);
    let signs: Vec<&Signs> = pairs.iter().filter(taken).map(|p| &p.2).collect();
    let same: Vec<bool> = pairs.iter().filter(taken).map(|p| of(p.0).event == of(p.1).event).collect();
    fit::fit(&signs, &same)
}

/// Events by weights that were learnt from other topics than those they judge.
fn validated(mentions: &[Mention], pairs: &[(u32, u32, Signs)], least: f64) -> Vec<u32> {
    let weights: Vec<Signs> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| learnt(mentions, pairs, |topic| topic % FOLDS != fold))
        .collect();
    let judged: Vec<(u32, u32, f64)> = pairs
        .iter()
        .map(|(a, b, signs)| {
            let fold = mentions[*a as usize].topic % FOLDS;
            (*a, *b, trial::likelihood(signs, &weights[fold as usize]))
        })
        .collect();
    trial::groups(mentions.len(), &judged, least)
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

fn mentions(articles: &[Article]) -> (Vec<Mention>, Vec<Told>) {
    let of_each: Vec<(Vec<Mention>, Vec<Told>)> =
        articles.par_iter().enumerate().map(|(d, article)| mentions_of(d, article)).collect();
    let (mut mentions, mut contexts) = (Vec::new(), Vec::new());
    for (mut of_article, told) in of_each {
        of_article.iter_mut().for_each(|m| m.context += contexts.len());
        mentions.extend(of_article);
        contexts.extend(told);
    }
    (mentions, contexts)
}

/// The mentions of an article, with their sentences.
fn mentions_of(d: usize, article: &Article) -> (Vec<Mention>, Vec<Told>) {
    let text = &article.document.text;
    let plain = language::annotate(&article.document);
    let annotated = plain.compounded();
    let mut places = place::places(&annotated);
    let mut times = time::times(&annotated, extract::Context::default());
    let quantities = quantity::quantities(&annotated, &places, &times);
    places.sort_by_key(|p| p.span);
    times.sort_by_key(|t| t.span);
    let linked: std::collections::BTreeSet<u32> =
        article.events.iter().filter(|e| e.event.is_some()).map(|e| e.sentence).collect();
    let mut contexts: Vec<Told> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    let (mut out, mut found) = (Vec::new(), Vec::new());
    for (k, event) in article.events.iter().enumerate() {
        let Some(i) = head(&annotated, event) else { continue };
        let context = *known.entry(annotated.sentence_of(i)).or_insert_with_key(|&s| {
            let span = annotated.sentences[s].span;
            let told = Context::new(
                &quantities.iter().filter(|q| span.contains(q.span)).collect::<Vec<_>>(),
                &times.iter().filter(|t| span.contains(t.span)).collect::<Vec<_>>(),
                &places.iter().filter(|p| span.contains(p.span)).collect::<Vec<_>>(),
            );
            contexts.push((told, trial::terms_of(text, span)));
            contexts.len() - 1
        });
        found.push(predicates::at(&annotated, &places, &times, i));
        out.push(Mention {
            document: d,
            topic: article.topic,
            lemma: annotated.lemma(i).to_lowercase(),
            event: event.event.clone().unwrap_or_else(|| format!("{}#{k}", article.document.id)),
            linked: linked.contains(&event.sentence),
            predicate: found[found.len() - 1].clone(),
            context,
        });
    }
    resolve::name_participants(&plain, &mut found);
    out.iter_mut().zip(found).for_each(|(m, p)| m.predicate = p);
    (out, contexts)
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
