//! Trains and cross-validates the trees that tell which lines are of the article.
//!
//! Reads `messy_plain/dev.jsonl.gz`: pages as text, with a mark for each line. The same page is there in several
//! renderings, and several pages are of one site, so everything that is compared is split by site.

use std::collections::BTreeMap;
use std::io::Result;
use std::path::Path;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::boosting::{self, Rows, Settings};
use super::{Random, read_gz};
use crate::document::{Block, BlockKind};
use crate::forest::Forest;
use crate::parse::labels::{self, FIRST, Model, SECOND};
use crate::parse::publication;
use crate::parse::trial::{self, Lines};
use crate::parse::vocabulary::{self, Vocabulary};

#[derive(Deserialize)]
struct Page {
    tier: String,
    text: String,
    gold_body: String,
    url: Option<String>,
    date: Option<String>,
    title: Option<String>,
    lines: Vec<(usize, usize, u8)>,
}

/// A page with the share of each line that is of the article.
struct Example {
    /// Which part of the cross-validation holds it.
    fold: usize,
    tier: usize,
    text: String,
    gold: String,
    /// Day of publication.
    date: Option<Date>,
    title: Option<String>,
    lines: Lines,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

const FOLDS: usize = 5;
/// Folds inside a training part: what the second forest learns from was said by a first that had not seen it.
const INNER: usize = 3;
const SEED: u64 = 20_241_026;
/// News articles among the clean texts.
const CLEAN: usize = 84;

const FIRST_SETTINGS: Settings =
    Settings { trees: 130, rate: 0.1, ridge: 0.3, least: 0.15, rows: 0.35, columns: 0.3 };
const SECOND_SETTINGS: Settings =
    Settings { trees: 150, rate: 0.07, ridge: 0.3, least: 0.15, rows: 0.35, columns: 0.3 };

const DATE_SETTINGS: Settings =
    Settings { trees: 60, rate: 0.08, ridge: 2.0, least: 4.0, rows: 0.6, columns: 0.5 };

/// Measures by models that have not seen the site.
///
/// # Errors
/// If the data cannot be read.
pub fn cross(data: &Path) -> Result<()> {
    let examples = examples(data)?;
    let mut scores: Vec<Vec<Score>> = Vec::new();
    let folds: Vec<usize> = (0..FOLDS).collect();
    for pair in folds.chunks(2) {
        let done: Vec<Vec<Score>> = std::thread::scope(|scope| {
            let handles: Vec<_> = pair
                .iter()
                .map(|fold| {
                    let examples = &examples;
                    scope.spawn(move || {
                        let seen: Vec<&Example> =
                            examples.iter().filter(|e| e.fold % FOLDS != *fold).collect();
                        let model = learn(&seen);
                        examples
                            .iter()
                            .filter(|e| e.fold % FOLDS == *fold)
                            .map(|e| score(e, &model))
                            .collect()
                    })
                })
                .collect();
            handles.into_iter().map(|h| h.join().expect("no panic in training")).collect()
        });
        scores.extend(done);
    }
    report(scores.into_iter().flatten());
    Ok(())
}

/// Trains on everything and writes `lines.bin`.
///
/// # Errors
/// If the data cannot be read or the file cannot be written.
pub fn run(data: &Path, out: &Path) -> Result<()> {
    let examples = examples(data)?;
    let model = learn(&examples.iter().collect::<Vec<_>>());
    let file = model.seal();
    let path = out.join("lines.bin");
    std::fs::write(&path, file).map_err(|e| unreadable(&path, &e))
}

struct Score {
    tier: usize,
    shingles: f64,
    words: f64,
    words_lost: usize,
    words_all: usize,
    date: Option<Date>,
    states_date: bool,
    /// Whether the title was found, where the page has it on a line of its own, and was right.
    title: Option<(bool, bool)>,
    found: Option<(Date, f32)>,
    published: Option<Date>,
}

/// Whether a block counts as lost where nothing is to be lost.
fn is_taken_off(kind: BlockKind) -> bool {
    kind.is_furniture() || kind == BlockKind::Caption
}

/// The body as the blocks tell it.
fn body(text: &str, blocks: &[Block]) -> String {
    let of_body = |b: &&Block| b.kind.is_prose() || matches!(b.kind, BlockKind::Heading | BlockKind::Foreign);
    blocks.iter().filter(of_body).map(|b| b.span.of(text)).collect::<Vec<_>>().join("\n")
}

fn score(example: &Example, model: &Model) -> Score {
    let (metadata, blocks) = trial::read_by(&example.text, model);
    let kept = body(&example.text, &blocks);
    let mut score = Score {
        tier: example.tier,
        shingles: f1(&kept, &example.gold, 4),
        words: f1(&kept, &example.gold, 1),
        words_lost: 0,
        words_all: 0,
        date: example.date,
        title: example.title.as_ref().map(|gold| {
            let found = metadata.title.as_ref().map(|title| plain(&title.value));
            (found.is_some(), found.as_ref() == Some(gold))
        }),
        states_date: example.date.is_some_and(|date| states(&example.text, date)),
        found: metadata.dates.first().map(|best| (best.date, best.confidence)),
        published: metadata.published.map(|date| date.value),
    };
    for block in blocks {
        let words = block.span.of(&example.text).split_whitespace().count();
        score.words_all += words;
        score.words_lost += if is_taken_off(block.kind) { words } else { 0 };
    }
    score
}

fn report(scores: impl Iterator<Item = Score>) {
    let mut tiers: BTreeMap<usize, Vec<Score>> = BTreeMap::new();
    for score in scores {
        tiers.entry(score.tier).or_default().push(score);
    }
    for (tier, scores) in tiers {
        let mean = |of: &dyn Fn(&Score) -> f64| scores.iter().map(of).sum::<f64>() / scores.len() as f64;
        let lost: usize = scores.iter().map(|s| s.words_lost).sum();
        let all: usize = scores.iter().map(|s| s.words_all).sum();
        println!(
            "{:<14} {:4} pages: shingle F1 {:.4}, word F1 {:.4}, {:.2} % of words taken off",
            NAMES[tier],
            scores.len(),
            mean(&|s| s.shingles),
            mean(&|s| s.words),
            100.0 * lost as f64 / all.max(1) as f64,
        );
        if tier < 2 {
            report_dates(&scores);
        }
    }
}

/// Dates: of all pages, of those that state their date, and how sure an answer is against how often it is right.
fn report_dates(scores: &[Score]) {
    let count = |of: &dyn Fn(&Score) -> bool| scores.iter().filter(|s| of(s)).count();
    let right = |s: &Score| s.published.is_some() && s.published == s.date;
    println!(
        "    dates: {} pages state theirs: right {} of {} found; of all pages with a date: right {} of {}; without: found {}",
        count(&|s| s.states_date),
        count(&|s| s.states_date && right(s)),
        count(&|s| s.states_date && s.published.is_some()),
        count(&|s| right(s)),
        count(&|s| s.date.is_some() && s.published.is_some()),
        count(&|s| s.date.is_none() && s.published.is_some()),
    );
    println!(
        "    titles: {} pages have theirs on a line: right {} of {} found",
        count(&|s| s.title.is_some()),
        count(&|s| s.title.is_some_and(|(_, right)| right)),
        count(&|s| s.title.is_some_and(|(found, _)| found)),
    );
    for low in 0..10 {
        let low = low as f32 / 10.0;
        let with: Vec<&Score> = scores
            .iter()
            .filter(|s| s.date.is_some() && s.found.is_some_and(|(_, c)| (low..low + 0.1).contains(&c)))
            .collect();
        let right = with.iter().filter(|s| s.found.map(|f| f.0) == s.date).count();
        println!("      confidence from {low:.1}: right {right} of {}", with.len());
    }
}

/// Words alone, in small letters.
fn plain(line: &str) -> String {
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a text has a day in one of the usual forms.
#[must_use]
pub fn states(text: &str, day: Date) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (year, month, d) = (day.year(), day.month(), day.day());
    let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
    let pattern = format!(
        r"(?i)(?:{name}[a-z]*\.?\s+0?{d}(?:st|nd|rd|th)?,?\s+{year}|(?:^|[^0-9])0?{d}(?:st|nd|rd|th)?[\s.-]+(?:of\s+)?{name}[a-z]*[.,]?[\s-]+{year}|{year}[-/.]\s?0?{month}[-/.]\s?0?{d}(?:[^0-9]|$)|(?:^|[^0-9])0?{month}[/.]0?{d}[/.]{year}|(?:^|[^0-9])0?{d}[/.]0?{month}[/.]{year})",
    );
    regex::Regex::new(&pattern).is_ok_and(|p| p.is_match(text))
}

const NAMES: [&str; 5] = ["tier A", "tier B", "clean bodies", "clean news", "short"];
const SHORT: usize = 4;

/// What is learned from in stages, each from what the one before said of sites that it had not seen.
fn learn(examples: &[&Example]) -> Model {
    let part = |e: &Example| e.fold / FOLDS;
    let seen =
        |except: Option<usize>| examples.iter().filter(move |e| except.is_none_or(|f| part(e) != f)).copied();
    let words: Vec<Vocabulary> = (0..INNER).map(|f| vocabulary(seen(Some(f)))).collect();
    let first_rows: Vec<Vec<f32>> = examples.iter().map(|e| rows_of(e, &words[part(e)])).collect();
    let first = |except: Option<usize>| {
        let mut rows = Rows::new(FIRST);
        for (example, all) in examples.iter().zip(&first_rows) {
            if except.is_none_or(|f| part(example) != f) {
                push(&mut rows, example, all);
            }
        }
        boosting::learn(&rows, FIRST_SETTINGS, SEED)
    };
    let mut rows = Rows::new(SECOND);
    for f in 0..INNER {
        let forest = first(Some(f));
        for (example, all) in examples.iter().zip(&first_rows).filter(|(e, _)| part(e) == f) {
            let said: Vec<f32> = all.chunks_exact(FIRST).map(|row| forest.probability(row)).collect();
            push(&mut rows, example, &labels::second_rows(all, &example.lines.words, &said));
        }
    }
    let second = boosting::learn(&rows, SECOND_SETTINGS, SEED);
    let vocabulary = vocabulary(seen(None));
    let mut model = Model { vocabulary, first: first(None), second, dates: Forest::default() };
    let mut rows = Rows::new(publication::WIDTH);
    for example in examples {
        let Some(gold) = example.date else { continue };
        let dates = trial::dates_of(&example.text, &model);
        let weight = 1.0 / (dates.len() as f32).max(1.0).sqrt();
        for (date, row) in dates {
            rows.push(&row, f32::from(u8::from(date == gold)), weight);
        }
    }
    model.dates = boosting::learn(&rows, DATE_SETTINGS, SEED);
    model
}

/// The rows of the first forest, by what a vocabulary says.
fn rows_of(example: &Example, vocabulary: &Vocabulary) -> Vec<f32> {
    let lines = example.lines.spans.iter().map(|s| s.of(&example.text));
    let spoken: Vec<f32> = lines.map(|line| vocabulary.score(line)).collect();
    labels::first_rows(&example.lines.rows, &example.lines.words, &spoken)
}

/// Adds the lines of an example that are in question.
fn push(rows: &mut Rows, example: &Example, all: &[f32]) {
    let width = all.len() / example.labels.len().max(1);
    for (i, row) in all.chunks_exact(width.max(1)).enumerate() {
        if !example.lines.kept[i] {
            rows.push(row, example.labels[i], example.weights[i]);
        }
    }
}

/// Weights of words, by logistic regression (AdaGrad, Duchi, Hazan and Singer 2011).
fn vocabulary<'a>(examples: impl Iterator<Item = &'a Example>) -> Vocabulary {
    const ROUNDS: usize = 4;
    const RATE: f32 = 0.15;
    const PULL: f32 = 0.002;
    let mut lines: Vec<(Vec<u16>, f32, f32)> = Vec::new();
    for example in examples.filter(|e| e.tier < 3) {
        for (i, span) in example.lines.spans.iter().enumerate().filter(|(i, _)| !example.lines.kept[*i]) {
            let mut buckets = Vec::new();
            vocabulary::for_each(span.of(&example.text), |bucket| buckets.push(bucket as u16));
            if !buckets.is_empty() {
                // Long lines tell more than short ones, but not by as much as they are longer.
                let weight = (example.weights[i] * 3.0).sqrt().min(1.0);
                lines.push((buckets, example.labels[i], weight));
            }
        }
    }
    let mut random = Random::new(SEED);
    let mut weights = vec![0.0f32; vocabulary::BUCKETS];
    let mut squares = vec![1.0f32; vocabulary::BUCKETS];
    let mut bias = 0.0f32;
    for _ in 0..ROUNDS {
        random.shuffle(&mut lines);
        for (buckets, label, weight) in &lines {
            let scale = 1.0 / (buckets.len() as f32).sqrt();
            let score = bias + scale * buckets.iter().map(|b| weights[usize::from(*b)]).sum::<f32>();
            let slope = weight * (label - 1.0 / (1.0 + (-score).exp()));
            bias += 0.002 * slope;
            for bucket in buckets {
                let at = usize::from(*bucket);
                let slope = slope * scale - PULL * weight * weights[at];
                squares[at] += slope * slope;
                weights[at] += RATE * slope / squares[at].sqrt();
            }
        }
    }
    let whole = |w: f32| (w * vocabulary::PART).round().clamp(-127.0, 127.0) as i8;
    Vocabulary { bias, weights: weights.into_iter().map(whole).collect() }
}

fn examples(data: &Path) -> Result<Vec<Example>> {
    let path = data.join("messy_plain/dev.jsonl.gz");
    let mut folds = Folds::default();
    let mut random = Random::new(SEED);
    let mut out = Vec::new();
    let mut bodies: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for line in read_gz(&path).map_err(|e| unreadable(&path, &e))?.lines() {
        let page: Page = serde_json::from_str(line).map_err(|e| unreadable(&path, &e))?;
        let fold = folds.of(page.url.as_deref().unwrap_or_default());
        bodies.insert(page.url.clone().unwrap_or_default(), (fold, page.gold_body.clone()));
        let tier = usize::from(page.tier == "B");
        let lines = trial::lines_of(&page.text);
        let labels = gold_labels(&page, &lines);
        if let Some(short) = shortened(&page, &lines, &labels, &mut random) {
            out.push(short.into_example(fold));
        }
        let date = page.date.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let title = page.title.as_deref().map(plain).filter(|t| page.text.lines().any(|l| plain(l) == *t));
        out.push(Example {
            date,
            title,
            ..example(fold, tier, page.text, page.gold_body, lines, labels, 1.0)
        });
    }
    for (fold, text) in bodies.into_values() {
        let short: Vec<&str> = text.lines().take(2 + random.below(8)).collect();
        out.push(clean(fold, short.join("\n"), SHORT));
        out.push(clean(fold, text, 2));
    }
    let path = data.join("polnear/train.jsonl.gz");
    #[derive(Deserialize)]
    struct Article {
        text: String,
    }
    for (i, line) in read_gz(&path).map_err(|e| unreadable(&path, &e))?.lines().take(CLEAN).enumerate() {
        let article: Article = serde_json::from_str(line).map_err(|e| unreadable(&path, &e))?;
        out.push(clean(i % (FOLDS * INNER), article.text, 3));
    }
    Ok(out)
}

/// A page whose article is cut to its first lines: news is shorter than most of what the benchmark holds.
struct Shortened {
    text: String,
    gold: String,
    labels: Vec<f32>,
}

impl Shortened {
    fn into_example(self, fold: usize) -> Example {
        let lines = trial::lines_of(&self.text);
        let weight = 0.3;
        if lines.words.len() != self.labels.len() {
            // A line that is joined to another, or lost, when others are gone.
            return example(fold, SHORT, String::new(), String::new(), Lines::default(), Vec::new(), 0.0);
        }
        example(fold, SHORT, self.text, self.gold, lines, self.labels, weight)
    }
}

fn shortened(page: &Page, lines: &Lines, labels: &[f32], random: &mut Random) -> Option<Shortened> {
    let keep = 2 + random.below(7);
    let of_article = labels.iter().filter(|l| **l >= 0.5).count();
    if of_article < keep + 4 {
        return None;
    }
    let (mut text, mut gold, mut kept_labels, mut seen, mut from) =
        (String::new(), String::new(), Vec::new(), 0, 0);
    for (i, span) in lines.spans.iter().enumerate() {
        let inside = labels[i] >= 0.5;
        seen += usize::from(inside);
        if !inside || seen <= keep {
            text.push_str(&page.text[from..span.end()]);
            kept_labels.push(labels[i]);
            if inside {
                gold.push_str(span.of(&page.text));
                gold.push('\n');
            }
        }
        from = span.end();
    }
    Some(Shortened { text, gold, labels: kept_labels })
}

/// An article by itself: all of it is to stay.
fn clean(fold: usize, text: String, tier: usize) -> Example {
    let lines = trial::lines_of(&text);
    let labels = vec![1.0; lines.words.len()];
    let weight = [1.0, 1.0, 2.0, 1.0, 1.0][tier];
    example(fold, tier, text.clone(), text, lines, labels, weight)
}

fn example(
    fold: usize,
    tier: usize,
    text: String,
    gold: String,
    lines: Lines,
    labels: Vec<f32>,
    weight: f32,
) -> Example {
    // Pages count alike, words on a page count alike; short lines a little more than their words.
    let all: f32 = lines.words.iter().map(|w| *w as f32 + 3.0).sum();
    let weights = lines.words.iter().map(|w| weight * 10.0 * (*w as f32 + 3.0) / all).collect();
    Example { fold, tier, text, gold, date: None, title: None, lines, labels, weights }
}

/// The share of each line's bytes that is in gold lines of the article.
fn gold_labels(page: &Page, lines: &Lines) -> Vec<f32> {
    let mut of_article = vec![false; page.text.len() + 1];
    let starts: Vec<usize> = page.text.char_indices().map(|(at, _)| at).chain([page.text.len()]).collect();
    for (start, end, label) in &page.lines {
        if *label == 1 {
            let (start, end) = (starts[(*start).min(starts.len() - 1)], starts[(*end).min(starts.len() - 1)]);
            of_article[start..end].fill(true);
        }
    }
    let share = |span: &crate::span::Span| {
        let inside = of_article[span.start()..span.end()].iter().filter(|b| **b).count();
        inside as f32 / (span.end() - span.start()).max(1) as f32
    };
    lines.spans.iter().map(share).collect()
}

/// Sites, dealt out in an order that the seed decides.
#[derive(Default)]
struct Folds {
    sites: FxHashMap<String, usize>,
}

impl Folds {
    fn of(&mut self, url: &str) -> usize {
        let host = url.split("://").nth(1).unwrap_or(url).split('/').next().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        let next = self.sites.len();
        *self.sites.entry(host.to_owned()).or_insert(next % (FOLDS * INNER))
    }
}

/// F1 of two texts' multisets of so many words in a row.
#[must_use]
pub fn f1(kept: &str, gold: &str, length: usize) -> f64 {
    let shingles = |text: &str| {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let mut shingles: FxHashMap<String, usize> = FxHashMap::default();
        for some in words.windows(length.min(words.len().max(1))) {
            *shingles.entry(some.join(" ")).or_default() += 1;
        }
        shingles
    };
    let (kept, gold) = (shingles(kept), shingles(gold));
    let same: usize = kept.iter().map(|(s, n)| (*n).min(gold.get(s).copied().unwrap_or(0))).sum();
    let all = kept.values().sum::<usize>() + gold.values().sum::<usize>();
    if all == 0 { 1.0 } else { 2.0 * same as f64 / all as f64 }
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> std::io::Error {
    std::io::Error::other(format!("{}: {error}", path.display()))
}
