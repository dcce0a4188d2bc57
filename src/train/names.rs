//! Training of the recogniser of names.

mod article;
pub mod evaluate;
pub(crate) mod gold;
mod people;
mod silver;

use std::path::Path;

use super::Random;
use super::perceptron::Perceptron;
use super::treebank;
use crate::language::names::features::{self, COUNT, COUNT_SEEN, Cased, KEY_BITS, Sentence};
use crate::language::names::known::Known;
use crate::language::names::{LABELS, Lattice, Memory, Model, Recogniser, START, Scores, Steps};
use crate::language::normalise;
use crate::language::weights::Rows;
pub(crate) use article::Article;
use article::Labelled;

/// Passes over the data.
const EPOCHS: usize = 6;
/// Passes of the models that only make the labels that a document remembers.
const EPOCHS_FIRST: usize = 3;
/// Parts of the data for these models.
const FOLDS: usize = 4;
/// How often gold sentences come for each time that silver ones come.
const GOLD_TIMES: usize = 3;
/// One in so many silver articles is about other persons and countries.
const RENAMED: usize = 3;
/// By how much the true labels must win.
const MARGIN: f32 = 2.0;
/// Features seen less often are not learned.
const LEAST_COUNT: u8 = 3;
/// Averaged weights smaller than this are dropped.
const LEAST_WEIGHT: f32 = 0.35;
/// Averaged weight that becomes the largest byte; larger ones are cut to it.
const LARGEST_WEIGHT: f32 = 24.0;

/// What there is to train on.
#[derive(Debug)]
pub(crate) struct Data {
    /// GUM.
    pub(crate) gold: Vec<Article>,
    /// PolNeAR.
    pub(crate) silver: Vec<Article>,
    /// Parts of persons' names.
    pub(crate) known: Known,
}

/// The training data under `data`: gold (GUM) and silver (PolNeAR), with recased copies, some articles with other
/// people in them; parts of names (CAMEO).
pub(crate) fn data(data: &Path) -> std::io::Result<Data> {
    let mut random = Random::new(0x5eed_0003);
    let people = people::read(&data.join("cameo/Phoenix.Countries.actors.txt"))?;
    let gold: Vec<_> =
        treebank::gum(data, "train")?.iter().map(|tree| (tree.name.clone(), gold::read(tree))).collect();
    let mut silver = Vec::new();
    for (name, sentences) in silver::read(&data.join("polnear/train.corenlp.tsv.gz"))? {
        silver.push((name, silver::clean(sentences)));
    }
    let words = gold.iter().chain(&silver).flat_map(|(_, sentences)| sentences).flat_map(|s| &s.words);
    let common =
        words.filter(|w| w.form.starts_with(char::is_lowercase)).map(|w| normalise(&w.form)).collect();
    let known = people::known(&people, &common);
    let mut article = |(name, sentences): (String, Vec<Labelled>), renames: bool| {
        let other = renames && random.below(RENAMED) == 0;
        let sentences = if other { people::renamed(&sentences, &people, &mut random) } else { sentences };
        Article::with_copies(&name, sentences, &mut random)
    };
    let gold = gold.into_iter().map(|a| article(a, false)).collect();
    let silver = silver.into_iter().map(|a| article(a, true)).collect();
    Ok(Data { gold, silver, known })
}

/// Trains on the data and writes `names.bin`.
///
/// # Errors
/// If a file cannot be read or written.
pub fn run(folder: &Path, out: &Path) -> std::io::Result<()> {
    let Data { gold, silver, known } = data(folder)?;
    let model = train(&gold.iter().collect::<Vec<_>>(), &silver.iter().collect::<Vec<_>>(), known);
    let bytes = model.encode();
    eprintln!("{} features, {} weights, {} bytes", model.rows.keys.len(), model.rows.runs.len(), bytes.len());
    std::fs::write(out.join("names.bin"), bytes)?;
    evaluate::report(folder, &Recogniser::new(model))
}

/// A sentence ready for training.
struct Example {
    sentence: Sentence,
    gold: Vec<u8>,
    /// Keys of each candidate.
    keys: Vec<[u32; COUNT]>,
    /// Keys of what the document remembers of each candidate.
    seen: Vec<[u32; COUNT_SEEN]>,
}

/// The examples of an article, without its memory.
fn examples(article: &Article, known: &Known) -> Vec<Example> {
    let sentences = article.sentences(known);
    let mut cased = Cased::default();
    sentences[..article.originals].iter().for_each(|s| cased.note(s));
    let prepare = |(sentence, labels): (Sentence, &Vec<u8>)| {
        let candidates = candidates(&sentence);
        let keys = candidates.iter().map(|i| {
            let mut keys = [0; COUNT];
            features::keys(&sentence, &cased, *i, &mut keys);
            keys
        });
        let keys = keys.collect();
        let mut gold = labels.clone();
        article::confine(&mut gold, &sentence);
        Example { sentence, gold, keys, seen: Vec::new() }
    };
    sentences.into_iter().zip(&article.labels).map(prepare).collect()
}

fn candidates(sentence: &Sentence) -> Vec<usize> {
    (0..sentence.tokens.len()).filter(|i| sentence.tokens[*i].candidate).collect()
}

/// Trains on the articles. The same articles give the same weights.
pub(crate) fn train(gold: &[&Article], silver: &[&Article], known: Known) -> Model {
    let articles: Vec<&Article> = gold.iter().chain(silver).copied().collect();
    let mut documents: Vec<Vec<Example>> = articles.iter().map(|article| examples(article, &known)).collect();
    let frequent = frequent_keys(&documents);
    let times = |d: usize| if d < gold.len() { GOLD_TIMES } else { 1 };
    // What a document remembers must be as wrong in training as it will be in use: the labels come from models that
    // have not seen the document.
    for fold in 0..FOLDS {
        let order = order(&documents, |d| if d % FOLDS == fold { 0 } else { times(d) });
        let learner = learn_all(&documents, order, &frequent, EPOCHS_FIRST, false);
        for d in (fold..documents.len()).step_by(FOLDS) {
            remember(&mut documents[d], articles[d].originals, &learner);
        }
    }
    for example in documents.iter().flatten() {
        debug_assert_eq!(example.seen.len(), example.keys.len());
    }
    let learner = learn_all(&documents, order(&documents, times), &frequent, EPOCHS, true);
    let rows = Rows::quantised(learner.perceptron.averaged(LEAST_WEIGHT), LARGEST_WEIGHT);
    Model { rows, known }
}

fn order(documents: &[Vec<Example>], times: impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
    let all = documents.iter().enumerate();
    let each = all.flat_map(|(d, examples)| (0..examples.len()).map(move |e| (d, e)));
    each.flat_map(|at| std::iter::repeat_n(at, times(at.0))).collect()
}

/// Fills in what a document remembers, from the labels that a model gives.
fn remember(examples: &mut [Example], originals: usize, learner: &Learner) {
    let mut lattice = Lattice::default();
    let mut memory = Memory::default();
    let found: Vec<Vec<u8>> = examples
        .iter()
        .map(|example| {
            let scores: Vec<Scores> = example.keys.iter().map(|keys| learner.score(keys, &[])).collect();
            let mut labels = Vec::new();
            lattice.best(&example.sentence, &scores, &learner.steps, &mut labels);
            labels
        })
        .collect();
    for (example, labels) in examples[..originals].iter().zip(&found) {
        memory.note(&example.sentence, labels);
    }
    let mut seen = Vec::new();
    for (example, labels) in examples.iter_mut().zip(&found) {
        memory.elsewhere(&example.sentence, labels, &mut seen);
        let keys = candidates(&example.sentence).into_iter().map(|i| {
            let mut keys = [0; COUNT_SEEN];
            features::keys_seen(&example.sentence, &seen, i, &mut keys);
            keys
        });
        example.seen = keys.collect();
    }
}

/// The perceptron, and the transitions as the lattice takes them.
struct Learner {
    perceptron: Perceptron,
    steps: Steps,
}

impl Learner {
    fn score(&self, keys: &[u32], seen: &[u32]) -> Scores {
        let mut scores = [0.0; LABELS];
        self.perceptron.add(keys, &mut scores);
        self.perceptron.add(seen, &mut scores);
        scores
    }

    fn step(&mut self, class: u8, from: usize, to: u8, by: f32) {
        self.perceptron.update(&[features::transition(usize::from(class), from)], usize::from(to), by);
        self.steps.0[usize::from(class)][usize::from(to)][from] += by;
    }
}

/// Passes over the examples in seeded order. Every other time the memory of the document is left out, so that one set
/// of weights does for both passes.
fn learn_all(
    documents: &[Vec<Example>],
    mut order: Vec<(usize, usize)>,
    frequent: &[bool],
    epochs: usize,
    memory: bool,
) -> Learner {
    let mut learner = Learner { perceptron: Perceptron::new(KEY_BITS), steps: Steps::default() };
    let mut random = Random::new(0x5eed_0004);
    let mut lattice = Lattice::default();
    for epoch in 1..=epochs {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for (n, (d, e)) in order.iter().enumerate() {
            let example = &documents[*d][*e];
            right += learn(example, frequent, memory && n % 2 == 1, &mut lattice, &mut learner);
            total += example.gold.len();
        }
        eprintln!("epoch {epoch}: {:.2} % right", 100.0 * right as f64 / total as f64);
    }
    learner
}

/// One decoding, with an update where it is wrong; returns how many labels were right.
fn learn(
    example: &Example,
    frequent: &[bool],
    memory: bool,
    lattice: &mut Lattice,
    learner: &mut Learner,
) -> usize {
    let Example { sentence, gold, keys, seen } = example;
    if keys.is_empty() {
        return gold.len();
    }
    let candidates = candidates(sentence);
    let used =
        |keys: &[u32]| -> Vec<u32> { keys.iter().copied().filter(|k| frequent[*k as usize]).collect() };
    let mut all: Vec<Vec<u32>> = keys.iter().map(|keys| used(keys)).collect();
    if memory {
        all.iter_mut().zip(seen).for_each(|(keys, seen)| keys.extend(seen));
    }
    let mut scores: Vec<Scores> = all.iter().map(|keys| learner.score(keys, &[])).collect();
    for (i, scores) in candidates.iter().zip(&mut scores) {
        for (label, score) in scores.iter_mut().enumerate() {
            *score += if label == usize::from(gold[*i]) { 0.0 } else { MARGIN };
        }
    }
    let mut found = Vec::new();
    lattice.best(sentence, &scores, &learner.steps, &mut found);
    learner.perceptron.tick();
    for (i, keys) in candidates.iter().zip(&all) {
        if found[*i] != gold[*i] {
            learner.perceptron.update(keys, usize::from(gold[*i]), 1.0);
            learner.perceptron.update(keys, usize::from(found[*i]), -1.0);
        }
    }
    let from = |labels: &[u8], i: usize| i.checked_sub(1).map_or(START, |before| usize::from(labels[before]));
    for (i, token) in sentence.tokens.iter().enumerate() {
        let (right, wrong) = ((from(gold, i), gold[i]), (from(&found, i), found[i]));
        if right != wrong {
            learner.step(token.class, right.0, right.1, 1.0);
            learner.step(token.class, wrong.0, wrong.1, -1.0);
        }
    }
    gold.iter().zip(&found).filter(|(gold, found)| gold == found).count()
}

/// Which keys occur often enough; those of memory and transitions always do.
fn frequent_keys(documents: &[Vec<Example>]) -> Vec<bool> {
    let mut counts = vec![0u8; 1 << KEY_BITS];
    for key in documents.iter().flatten().flat_map(|example| example.keys.iter().flatten()) {
        counts[*key as usize] = counts[*key as usize].saturating_add(1);
    }
    counts.into_iter().map(|count| count >= LEAST_COUNT).collect()
}
