//! Training of the tagger.

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::perceptron::Perceptron;
use super::{Gold, Random, Sentence, evaluate, silver, treebank};
use crate::document::Tag;
use crate::language::features::{self, COUNT, KEY_BITS, MARK, START, Word};
use crate::language::marks::Quotes;
use crate::language::normalise;
use crate::language::tagger::{Input, Model, Scratch, Tagger, mark};
use crate::language::weights::Rows;

/// Passes over the data.
const EPOCHS: usize = 8;
/// Features seen less often are not learned.
const LEAST_COUNT: u8 = 2;
/// Averaged weights smaller than this are dropped.
const LEAST_WEIGHT: f32 = 0.9;
/// Averaged weight that becomes the largest byte; larger ones are cut to it.
const LARGEST_WEIGHT: f32 = 20.0;
/// A form counts as known from so many occurrences on.
const KNOWN: u32 = 4;
/// A form has only one tag if it was seen so often ...
const CERTAIN_COUNT: u32 = 40;
/// ... and had another tag in fewer than one in so many.
const CERTAIN_RATIO: u32 = 400;

/// The training data under `data`: gold (treebanks) and silver (news), each with recased copies.
///
/// # Errors
/// If a file cannot be read.
pub fn data(data: &Path) -> std::io::Result<[Vec<Sentence>; 2]> {
    let gold = treebank::training(data)?;
    let silver = silver::read(&data.join("polnear/train.corenlp.tsv.gz"))?;
    let mut random = Random::new(0x5eed_0001);
    Ok([gold, silver].map(|mut sentences| {
        let recased: Vec<Sentence> = sentences.iter().filter_map(|s| recased(s, &mut random)).collect();
        sentences.extend(recased);
        sentences
    }))
}

/// One sentence in seven comes again in small letters, in Title Case or in CAPITALS, so that headlines and careless
/// texts are tagged well.
pub(super) fn recased(sentence: &Sentence, random: &mut Random) -> Option<Sentence> {
    let recase: fn(&str) -> String = match random.below(21) {
        0 => str::to_lowercase,
        1 => |word| {
            let mut chars = word.chars();
            chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
        },
        2 => str::to_uppercase,
        _ => return None,
    };
    let tokens = sentence.tokens.iter().map(|token| {
        let word = recase(&token.word);
        Gold { lower: normalise(&word), word, ..token.clone() }
    });
    Some(Sentence { tokens: tokens.collect() })
}

/// Trains on the data and writes `tagger.bin`.
///
/// # Errors
/// If a file cannot be read or written.
pub fn run(folder: &Path, out: &Path) -> std::io::Result<()> {
    let [gold, silver] = data(folder)?;
    let tokens = |sentences: &[Sentence]| -> usize { sentences.iter().map(|s| s.tokens.len()).sum() };
    eprintln!("{} gold tokens, {} silver tokens", tokens(&gold), tokens(&silver));
    let model = train(&gold, &silver);
    let bytes = model.encode();
    let Model { lexicon, rows: Rows { keys, runs, .. }, .. } = &model;
    eprintln!(
        "{} forms, {} features, {} weights, {} bytes",
        lexicon.len(),
        keys.len(),
        runs.len(),
        bytes.len()
    );
    std::fs::write(out.join("tagger.bin"), bytes)?;
    evaluate::tagger(folder, &Tagger::new(model))
}

/// Trains on `sentences`. The same sentences give the same model.
pub(crate) fn train(gold: &[Sentence], silver: &[Sentence]) -> Model {
    let lexicon = Lexicon::count(gold.iter().chain(silver));
    let mut examples: Vec<Example> = gold.iter().chain(silver).map(|s| lexicon.example(s)).collect();
    let frequent = frequent_keys(&examples);
    let teacher = Tagger::new(model(&lexicon, &learn_all(&examples[..gold.len()], &frequent)));
    let known: FxHashSet<u32> =
        gold.iter().flat_map(|s| &s.tokens).map(|t| features::form(&t.lower)).collect();
    let (mut scratch, mut tags) = (Scratch::default(), Vec::new());
    let (mut doubted, mut total) = (0, 0);
    for (sentence, example) in silver.iter().zip(&mut examples[gold.len()..]) {
        teacher.tag(&inputs(sentence), &mut scratch, &mut tags);
        for (i, tag) in tags.iter().enumerate() {
            if example.gold[i] == silver::UNKNOWN {
                // Not learned, but what follows is to see a likely history.
                example.gold[i] = *tag;
                example.trusted[i] = false;
                continue;
            }
            example.trusted[i] = example.gold[i] == *tag || !known.contains(&example.words[i].form);
            doubted += usize::from(!example.trusted[i]);
            total += 1;
        }
    }
    eprintln!("{doubted} of {total} silver tags doubted");
    model(&lexicon, &learn_all(&examples, &frequent))
}

/// Passes over all examples until the last epoch.
fn learn_all(examples: &[Example], frequent: &[bool]) -> Perceptron {
    let mut perceptron = Perceptron::new(KEY_BITS);
    let mut random = Random::new(0x5eed_0002);
    for epoch in 1..=EPOCHS {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for i in &order {
            right += learn(&examples[*i], frequent, &mut perceptron);
            total += examples[*i].words.len();
        }
        eprintln!("epoch {epoch}: {:.2} % right", 100.0 * right as f64 / total as f64);
    }
    perceptron
}

/// Averages, prunes and quantises.
fn model(lexicon: &Lexicon, perceptron: &Perceptron) -> Model {
    let rows = Rows::quantised(perceptron.averaged(LEAST_WEIGHT), LARGEST_WEIGHT);
    Model { rows, ..lexicon.stored() }
}

/// A sentence ready for training.
struct Example {
    words: Vec<Word>,
    gold: Vec<Tag>,
    fixed: Vec<Option<Tag>>,
    /// Whether the tag is to be learned.
    trusted: Vec<bool>,
}

/// One greedy pass with an update at every mistake; returns how many tokens were right.
fn learn(example: &Example, frequent: &[bool], perceptron: &mut Perceptron) -> usize {
    let style = features::style(&example.words);
    let mut previous = [START; 2];
    let mut scores = [0f32; Tag::ALL.len()];
    let mut right = 0;
    let mut keys = [0; COUNT];
    for (i, fixed) in example.fixed.iter().enumerate() {
        let gold = example.gold[i];
        let tag = fixed.unwrap_or_else(|| {
            features::keys(&example.words, i, style, previous, &mut keys);
            let used: Vec<u32> = keys.iter().copied().filter(|k| frequent[*k as usize]).collect();
            perceptron.score(&used, &mut scores);
            let mut best = Tag::NN as usize;
            for (tag, score) in scores.iter().enumerate() {
                if *score > scores[best] {
                    best = tag;
                }
            }
            perceptron.tick();
            if best != gold as usize && example.trusted[i] {
                perceptron.update(&used, gold as usize, 1.0);
                perceptron.update(&used, best, -1.0);
            }
            Tag::ALL[best]
        });
        right += usize::from(tag == gold);
        previous = [features::code(tag), previous[0]];
    }
    right
}

/// Which keys occur often enough, counted with gold history.
fn frequent_keys(examples: &[Example]) -> Vec<bool> {
    let mut counts = vec![0u8; 1 << KEY_BITS];
    let mut keys = [0; COUNT];
    for example in examples {
        let style = features::style(&example.words);
        let mut previous = [START; 2];
        for (i, gold) in example.gold.iter().enumerate() {
            if example.fixed[i].is_none() {
                features::keys(&example.words, i, style, previous, &mut keys);
                for key in keys {
                    counts[key as usize] = counts[key as usize].saturating_add(1);
                }
            }
            previous = [features::code(*gold), previous[0]];
        }
    }
    counts.into_iter().map(|count| count >= LEAST_COUNT).collect()
}

/// The tags of known forms.
struct Lexicon {
    classes: Vec<Vec<Tag>>,
    forms: FxHashMap<u32, (u16, bool)>,
}

impl Lexicon {
    fn count<'s>(sentences: impl Iterator<Item = &'s Sentence>) -> Lexicon {
        let mut counts: FxHashMap<u32, FxHashMap<Tag, u32>> = FxHashMap::default();
        for token in sentences.flat_map(|s| &s.tokens).filter(|t| t.tag != silver::UNKNOWN) {
            *counts.entry(features::form(&token.lower)).or_default().entry(token.tag).or_default() += 1;
        }
        let mut sorted: Vec<(u32, Vec<(u32, Tag)>)> = counts
            .into_iter()
            .map(|(form, tags)| {
                let mut tags: Vec<(u32, Tag)> = tags.into_iter().map(|(tag, count)| (count, tag)).collect();
                tags.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
                (form, tags)
            })
            .collect();
        sorted.sort_unstable();
        let mut classes: Vec<Vec<Tag>> = Vec::new();
        let mut ids: FxHashMap<Vec<Tag>, u16> = FxHashMap::default();
        let mut forms = FxHashMap::default();
        for (form, tags) in sorted {
            let total: u32 = tags.iter().map(|(count, _)| count).sum();
            if total < KNOWN {
                continue;
            }
            let common = tags.iter().filter(|(count, _)| count * 25 >= total).take(3);
            let class: Vec<Tag> = common.map(|(_, tag)| *tag).collect();
            let certain = total >= CERTAIN_COUNT && (total - tags[0].0) * CERTAIN_RATIO <= total;
            let id = *ids.entry(class.clone()).or_insert_with(|| {
                classes.push(class);
                (classes.len() - 1) as u16
            });
            forms.insert(form, (id, certain));
        }
        Lexicon { classes, forms }
    }

    fn example(&self, sentence: &Sentence) -> Example {
        let inputs = inputs(sentence);
        let mut quotes = Quotes::default();
        let mut example =
            Example { words: Vec::new(), gold: Vec::new(), fixed: Vec::new(), trusted: Vec::new() };
        for (i, token) in sentence.tokens.iter().enumerate() {
            let mut word = Word::new(&token.word, &token.lower);
            let mut fixed = mark(&inputs, i, &mut quotes);
            if fixed.is_some() {
                word.class = MARK;
            } else if let Some((class, certain)) = self.forms.get(&word.form) {
                word.class = u32::from(*class) + 2;
                fixed = certain.then(|| self.classes[usize::from(*class)][0]);
            }
            example.words.push(word);
            example.gold.push(token.tag);
            example.trusted.push(true);
            example.fixed.push(fixed);
        }
        example
    }

    fn stored(&self) -> Model {
        let mut lexicon: Vec<(u32, u16, bool)> = self.forms.iter().map(|(f, (c, s))| (*f, *c, *s)).collect();
        lexicon.sort_unstable();
        Model { classes: self.classes.clone(), lexicon, ..Model::default() }
    }
}

/// The tokens as the tagger takes them.
pub(crate) fn inputs(sentence: &Sentence) -> Vec<Input<'_>> {
    sentence.tokens.iter().map(|t| Input { word: &t.word, lower: &t.lower, glued: t.glued }).collect()
}
