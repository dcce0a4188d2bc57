//! Trains the sequence model of attributions on PolNeAR.
//!
//! Everything that the second pass and the judgement learn from is made by models that have not seen the article: its
//! counts of words, the first pass's likelihoods, the second pass's attributions come from the other parts of the
//! training split.

mod clusters;
mod counts;
mod descent;
mod encoder;
mod gold;

use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;

use self::counts::Counts;
use self::descent::{Sequence, Settings, learn};
use self::gold::Gold;
use super::boosting;
use super::polnear::{self, Article, Attribution, Prediction};
use super::score;
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::extract::attribution::rules;
use crate::extract::attribution::sequence::context::Context;
use crate::extract::attribution::sequence::encoder::{Encoder, Stored};
use crate::extract::attribution::sequence::field::{Field, Trained};
use crate::extract::attribution::sequence::keys::Keys;
use crate::extract::attribution::sequence::linking::{self, LEAST_CANDIDATE, Link};
use crate::extract::attribution::sequence::reading::Reading;
use crate::extract::attribution::sequence::relations::{self, Relation, candidates};
use crate::extract::attribution::sequence::roles::{self, Groups};
use crate::extract::attribution::sequence::vocabulary::Vocabulary;
use crate::extract::attribution::sequence::{self, Model, judgement};
use crate::extract::quotation;
use crate::forest::Forest;
use crate::language::{self, storage};
use crate::span::Span;

/// Parts of the training split.
const FOLDS: usize = 4;
const SEED: u64 = 0x5eed_0005;

const ROLES: Settings = Settings {
    bits: roles::KEY_BITS,
    passes: 8,
    rate: 0.012,
    lasso: 1.0,
    ridge: 40.0,
    dropped: 0.5,
    averaged: 3,
};

const RELATIONS: Settings = Settings {
    bits: relations::KEY_BITS,
    passes: 8,
    rate: 0.012,
    lasso: 1.0,
    ridge: 15.0,
    dropped: 0.3,
    averaged: 3,
};

/// An article as the model reads it, with what people marked.
struct Example {
    article: Article,
    document: Document,
    reading: Reading,
    /// Span of each token.
    spans: Vec<Span>,
    gold: Vec<Gold>,
}

/// Words with the paths of their clusters.
type Clusters = Vec<(u32, u32)>;

/// What the first pass finds likely.
type Likelihoods = Vec<[f32; roles::LABELS]>;

const JUDGE: boosting::Settings =
    boosting::Settings { trees: 150, rate: 0.06, ridge: 4.0, least: 8.0, rows: 0.6, columns: 0.5 };

/// Trains on the training split, prints how it and the development split fare.
///
/// # Errors
/// If the corpus cannot be read or the model cannot be written.
pub fn run(data: &Path, out: &Path) -> Result<()> {
    let (train, clusters) = training(data)?;
    let fitted = fit(&train, clusters, encoders(&train), Groups::ALL);
    table("training split, out of fold", &train, &fitted.held_out);
    let file = fitted.encode();
    let path = out.join("attribution.bin");
    std::fs::write(&path, &file)
        .map_err(|e| Error::new(ErrorKind::Argument, format!("{}: {e}", path.display())))?;
    eprintln!("{}: {:.2} MB", path.display(), file.len() as f64 / 1e6);
    let model = fitted.model();
    let dev = development(data, &model)?;
    let links: Vec<_> = dev.par_iter().map(|example| model.links(&example.reading)).collect();
    table("development split", &dev, &links);
    Ok(())
}

/// What each group of features is worth: trains without it on every `stride`-th article, prints how the development
/// split fares.
///
/// # Errors
/// If the corpus cannot be read.
pub fn ablate(data: &Path, stride: usize) -> Result<()> {
    let (train, clusters) = training(data)?;
    let train: Vec<Example> = train.into_iter().step_by(stride).collect();
    let encoders = encoders(&train);
    let all = [(0, "nothing")].into_iter().chain(Groups::NAMED);
    for (group, name) in all {
        let groups = Groups(Groups::ALL.0 & !group);
        let model = fit(&train, clusters.clone(), encoders.clone(), groups).model();
        let dev = development(data, &model)?;
        let links: Vec<_> = dev.par_iter().map(|example| model.links(&example.reading)).collect();
        let report = score::score(&articles(&dev), &predictions(&dev, &links, sequence::LEAST));
        print(&format!("without {name}"), &report);
    }
    Ok(())
}

/// The articles of the training split, and the clusters of their words.
fn training(data: &Path) -> Result<(Vec<Example>, Clusters)> {
    let (mut train, words) = examples(polnear::load(data, "train")?);
    let clusters = clusters::induce(&words);
    eprintln!("{} articles, {} words in clusters", train.len(), clusters.len());
    cluster(&mut train, &Vocabulary::new(clusters.clone()));
    Ok((train, clusters))
}

/// The articles of the development split, as the model reads them.
fn development(data: &Path, model: &Model) -> Result<Vec<Example>> {
    let (mut dev, _) = examples(polnear::load(data, "dev")?);
    cluster(&mut dev, &model.vocabulary);
    Ok(dev)
}

fn cluster(examples: &mut [Example], vocabulary: &Vocabulary) {
    for token in examples.iter_mut().flat_map(|example| &mut example.reading.tokens) {
        token.cluster = vocabulary.cluster(token.word.form);
    }
}

/// What training gives.
struct Fitted {
    vocabulary: Vocabulary,
    encoder: Stored,
    first: Trained<{ roles::LABELS }>,
    second: Trained<{ relations::LABELS }>,
    judge: Forest,
    groups: Groups,
    /// The attributions of each article of the training split by models that have not seen it.
    held_out: Vec<Vec<(Link, f32)>>,
}

impl Fitted {
    fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        self.vocabulary.encode(&mut body);
        let network = postcard::to_allocvec(&self.encoder).expect("numbers can be written");
        storage::push_number(&mut body, network.len() as u32);
        body.extend(network);
        self.first.encode(&mut body);
        self.second.encode(&mut body);
        self.judge.write(&mut body);
        storage::seal(&body, sequence::MAGIC)
    }

    fn model(self) -> Model {
        Model {
            vocabulary: self.vocabulary,
            encoder: Encoder::new(&self.encoder).expect("what is trained fits together"),
            roles: self.first.field(),
            relations: self.second.field(),
            judge: self.judge,
            groups: self.groups,
        }
    }
}

/// What lies outside a part of the articles, with its number; everything if there is no such part.
fn outside<T>(all: &[T], fold: usize) -> impl Iterator<Item = (usize, &T)> {
    all.iter().enumerate().filter(move |(i, _)| i % FOLDS != fold)
}

/// An encoder without each part of the articles, and one with all.
fn encoders(train: &[Example]) -> Vec<Stored> {
    (0..=FOLDS).into_par_iter().map(|fold| encode(train, fold)).collect()
}

/// Trains both passes and the judge, with these groups of features.
fn fit(train: &[Example], clusters: Clusters, mut encoders: Vec<Stored>, groups: Groups) -> Fitted {
    let vocabulary = Counts::new(train.iter()).vocabulary(clusters);
    let encoded = encodings(train, &encoders);
    let mut likely: Vec<Likelihoods> = vec![Vec::new(); train.len()];
    let firsts: Vec<_> =
        (0..=FOLDS).into_par_iter().map(|fold| first_pass(train, &encoded, fold, groups)).collect();
    let mut first = None;
    for (trained, held) in firsts {
        held.into_iter().for_each(|(i, likelihoods)| likely[i] = likelihoods);
        first = Some(trained);
    }
    let mut seconds: Vec<_> =
        (0..=FOLDS).into_par_iter().map(|fold| second_pass(train, &encoded, &likely, fold, groups)).collect();
    let (first, second) = (first.expect("the last is of all"), seconds.pop().expect("the last is of all"));
    let judged = held_out(train, &encoded, &likely, &seconds, groups);
    let judges: Vec<Forest> =
        (0..FOLDS).into_par_iter().map(|fold| judge(outside(&judged, fold).map(|(_, j)| j))).collect();
    let judge = judge(judged.iter());
    let probable = |(i, judged): (usize, Vec<Judged>)| {
        let probability = |j: &Judged| judges[i % FOLDS].probability(&j.row);
        judged.into_iter().map(|j| (probability(&j), j.link)).map(|(p, link)| (link, p)).collect()
    };
    let held_out = judged.into_iter().enumerate().map(probable).collect();
    let encoder = encoders.pop().expect("the last is of all");
    Fitted { vocabulary, encoder, first, second, judge, groups, held_out }
}

/// An attribution made by models that have not seen the article, and whether it is right.
struct Judged {
    link: Link,
    row: [f32; judgement::COLUMNS],
    right: bool,
}

/// The attributions of each article, by models that have not seen it.
fn held_out(
    train: &[Example],
    encoded: &[Likelihoods],
    likely: &[Likelihoods],
    seconds: &[Trained<{ relations::LABELS }>],
    groups: Groups,
) -> Vec<Vec<Judged>> {
    let fields: Vec<(Counts, Field<{ relations::LABELS }>)> = seconds
        .iter()
        .enumerate()
        .map(|(fold, trained)| (Counts::new(outside(train, fold).map(|(_, e)| e)), trained.field()))
        .collect();
    train
        .par_iter()
        .enumerate()
        .map(|(i, example)| {
            let (counts, field) = &fields[i % FOLDS];
            let context = with(&encoded[i], Context::new(&example.reading, counts.steps(example)));
            let links = linking::links(&example.reading, &context, &likely[i], field, groups);
            let right = score::right(&example.article, &prediction(example, links.iter()).attributions);
            let judged = links.into_iter().zip(right).map(|(link, right)| {
                let row = judgement::row(&example.reading, &context, &link);
                Judged { link, row, right }
            });
            judged.collect()
        })
        .collect()
}

fn judge<'j>(judged: impl Iterator<Item = &'j Vec<Judged>>) -> Forest {
    let mut rows = boosting::Rows::new(judgement::COLUMNS);
    for judged in judged.flatten() {
        rows.push(&judged.row, f32::from(u8::from(judged.right)), 1.0);
    }
    boosting::learn(&rows, JUDGE, SEED)
}

fn articles(examples: &[Example]) -> Vec<Article> {
    examples.iter().map(|e| e.article.clone()).collect()
}

/// Links that are likely enough, as they are scored.
fn predictions(examples: &[Example], links: &[Vec<(Link, f32)>], least: f32) -> Vec<Prediction> {
    let of = |(example, links): (&Example, &Vec<(Link, f32)>)| {
        prediction(example, links.iter().filter(|(_, p)| *p >= least).map(|(link, _)| link))
    };
    examples.iter().zip(links).map(of).collect()
}

/// Figures at several limits of probability.
fn table(what: &str, examples: &[Example], links: &[Vec<(Link, f32)>]) {
    let articles = articles(examples);
    for least in [0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5] {
        let report = score::score(&articles, &predictions(examples, links, least));
        print(&format!("{what}, at least {least:.2}"), &report);
    }
}

fn print(what: &str, report: &score::Report) {
    const SHOWN: [&str; 8] = [
        "frag.source",
        "frag.cue",
        "frag.content",
        "wsw",
        "wsw.core",
        "wsw.direct",
        "wsw.indirect",
        "strict_all",
    ];
    let figures: Vec<String> =
        SHOWN.iter().map(|name| format!("{name} {:.1}", 100.0 * report.tallies[name].f1())).collect();
    println!("{what}: {}", figures.join(" "));
}

/// The articles as examples, and their sentences as hashes of words.
fn examples(articles: Vec<Article>) -> (Vec<Example>, Vec<Vec<u32>>) {
    let read: Vec<(Example, Vec<Vec<u32>>)> = articles.into_par_iter().map(example).collect();
    let mut examples = Vec::with_capacity(read.len());
    let mut sentences = Vec::new();
    for (example, words) in read {
        examples.push(example);
        sentences.extend(words);
    }
    (examples, sentences)
}

fn example(article: Article) -> (Example, Vec<Vec<u32>>) {
    let document = article.document();
    let annotated = language::annotate(&document);
    let compounded = annotated.compounded();
    let quotations = quotation::quotations(&compounded);
    let ruled = rules::attributions(&compounded, &quotations);
    let reading = Reading::new(&compounded, &quotations, &ruled, &Vocabulary::default());
    let spans: Vec<Span> = (0..compounded.len()).map(|i| compounded.span(i)).collect();
    let positions = polnear::CodePoints::new(document.decoded());
    let tokens: Vec<polnear::Fragment> =
        spans.iter().map(|span| positions.of(document.in_decoded(*span))).collect();
    let ranges = |fragments: &[polnear::Fragment]| -> Vec<Range<usize>> {
        let range = |fragment: &polnear::Fragment| {
            let first = tokens.partition_point(|t| t.1 <= fragment.0);
            first..tokens.partition_point(|t| t.0 < fragment.1).max(first)
        };
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for range in fragments.iter().map(range).filter(|r| !r.is_empty()) {
            match ranges.last_mut() {
                Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
                _ => ranges.push(range),
            }
        }
        ranges
    };
    let gold = |a: &Attribution| Gold {
        source: ranges(&a.source),
        cue: ranges(&a.cue),
        content: ranges(&a.content),
    };
    let gold = article.gold.iter().map(gold).filter(|g| !g.content.is_empty()).collect();
    let words = reading
        .sentences
        .iter()
        .map(|range| reading.tokens[range.clone()].iter().map(|t| t.word.form).collect())
        .collect();
    drop(compounded);
    drop(annotated);
    (Example { article, document, reading, spans, gold }, words)
}

/// Trains the encoder without a part of the articles; with all of them if there is no such part.
fn encode(train: &[Example], fold: usize) -> Stored {
    let mut counts = Counts::new(outside(train, fold).map(|(_, e)| e));
    let mut articles = Vec::new();
    for (_, example) in outside(train, fold) {
        let context = Context::new(&example.reading, counts.without(example));
        articles.push((&example.reading, context, gold::roles(&example.reading, &example.gold)));
    }
    let states = train.first().map_or(0, |e| e.reading.state(0).len());
    encoder::learn(&articles, states, SEED + 200 + fold as u64)
}

/// What encoders that have not seen them make of the articles.
fn encodings(train: &[Example], encoders: &[Stored]) -> Vec<Likelihoods> {
    let parts: Vec<(Counts, Encoder)> = encoders[..FOLDS]
        .iter()
        .enumerate()
        .map(|(fold, stored)| {
            let counts = Counts::new(outside(train, fold).map(|(_, e)| e));
            (counts, Encoder::new(stored).expect("what is trained fits together"))
        })
        .collect();
    let encode = |(i, example): (usize, &Example)| {
        let (counts, encoder) = &parts[i % FOLDS];
        encoder.likely(&example.reading, &Context::new(&example.reading, counts.steps(example)))
    };
    train.par_iter().enumerate().map(encode).collect()
}

/// A context with what the encoder makes of the tokens.
fn with(encoded: &Likelihoods, context: Context) -> Context {
    Context { encoded: encoded.clone(), ..context }
}

/// Trains the first pass without a part of the articles, and applies it to that part; with all of them if there is no
/// such part.
fn first_pass(
    train: &[Example],
    encoded: &[Likelihoods],
    fold: usize,
    groups: Groups,
) -> (Trained<{ roles::LABELS }>, Vec<(usize, Likelihoods)>) {
    let mut counts = Counts::new(outside(train, fold).map(|(_, e)| e));
    let mut keys = Keys::new(roles::KEY_BITS);
    let mut sequences = Vec::new();
    for (i, example) in outside(train, fold) {
        let reading = &example.reading;
        let context = with(&encoded[i], Context::new(reading, counts.without(example)));
        let labels = gold::roles(reading, &example.gold);
        for passage in &reading.passages {
            let mut sequence = Sequence::default();
            for i in passage.clone() {
                keys.all.clear();
                roles::keys(reading, &context, i, groups, &mut keys);
                sequence.push(&keys.all, roles::transition(reading, &context, i), labels[i]);
            }
            sequences.push(sequence);
        }
    }
    let trained = learn(&sequences, roles::TRANSITIONS, &ROLES, SEED + fold as u64);
    drop(sequences);
    let field: Field<{ roles::LABELS }> = trained.field();
    let likelihoods = train
        .iter()
        .enumerate()
        .filter(|(i, _)| i % FOLDS == fold)
        .map(|(i, example)| {
            let context = with(&encoded[i], Context::new(&example.reading, counts.steps(example)));
            (i, linking::likely(&example.reading, &context, &field, groups))
        })
        .collect();
    (trained, likelihoods)
}

/// Trains the second pass without a part of the articles.
fn second_pass(
    train: &[Example],
    encoded: &[Likelihoods],
    likely: &[Likelihoods],
    fold: usize,
    groups: Groups,
) -> Trained<{ relations::LABELS }> {
    let mut counts = Counts::new(outside(train, fold).map(|(_, e)| e));
    let mut keys = Keys::new(relations::KEY_BITS);
    let mut sequences = Vec::new();
    for (i, example) in outside(train, fold) {
        let reading = &example.reading;
        let context = with(&encoded[i], Context::new(reading, counts.without(example)));
        let cues = candidates(reading, &likely[i], LEAST_CANDIDATE);
        for cue in &cues {
            let relation = Relation::new(reading, &context, &likely[i], *cue, &cues);
            let labels = gold::relations(&example.gold, *cue, &relation.window);
            let mut sequence = Sequence::default();
            for (t, label) in relation.window.clone().zip(labels) {
                keys.all.clear();
                relation.keys(t, groups, &mut keys);
                sequence.push(&keys.all, relation.seen(t), label);
            }
            sequences.push(sequence);
        }
    }
    learn(&sequences, relations::TRANSITIONS, &RELATIONS, SEED + 100 + fold as u64)
}

/// Links as they are scored.
fn prediction<'l>(example: &Example, links: impl Iterator<Item = &'l Link>) -> Prediction {
    let positions = polnear::CodePoints::new(example.document.decoded());
    let fragments = |ranges: &[Range<usize>]| {
        let span = |range: &Range<usize>| example.spans[range.start].cover(example.spans[range.end - 1]);
        ranges.iter().map(|range| positions.of(example.document.in_decoded(span(range)))).collect()
    };
    let attributions = links
        .map(|link| Attribution {
            source: fragments(&link.source),
            cue: fragments(&link.cue),
            content: fragments(&link.content),
            ..Attribution::default()
        })
        .collect();
    Prediction { doc: example.article.doc.clone(), attributions }
}
