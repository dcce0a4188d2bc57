//! Measures how well messy plain text is read: `evaluate_reading --data DIR [--show KIND] [--tier A]`.
//!
//! `DIR/messy_plain/dev.jsonl.gz` holds pages as naively rendered text (tier A) and as an imperfect extractor left
//! them (tier B), with the gold article body, title and date. Reported: F1 of the text kept (running text and headings)
//! against the gold body, of four words in a row and of single words (multisets, small letters; mean over pages); the
//! share of the gold body's words that is marked as not of the article, or a caption, when it is read by itself (harm);
//! title and publication date.
//!
//! The trees that tell the lines, and the dates, are trained on these very pages: for figures of sites that they have
//! not seen, run `train cross-lines`. What needs no training is measured here: titles; news that is clean, of which
//! nothing is to be taken; and English that must not pass for another language.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use flate2::read::MultiGzDecoder;
use reportedly::document::{BlockKind, Document};
use reportedly::train::lines::{f1 as shared, states};
use reportedly::{parse, read};
use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    id: String,
    tier: String,
    text: String,
    gold_body: String,
    title: Option<String>,
    date: Option<String>,
    lines: Vec<(usize, usize, u8)>,
}

#[derive(Default)]
struct Sums {
    pages: usize,
    f1: f64,
    shingles: f64,
    precision: f64,
    recall: f64,
    lost: usize,
    gold: usize,
    harmed: usize,
    titles: usize,
    titles_right: usize,
    titles_found: usize,
    dates: usize,
    dates_found: usize,
    dates_stated_found: usize,
    dates_stated_right: usize,
    dates_right: usize,
    dates_spurious: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1));
    let data = value("--data").ok_or("usage: evaluate_reading --data DIR [--show KIND] [--tier A|B]")?;
    let show = value("--show").map_or("", String::as_str);
    let file = std::fs::File::open(format!("{data}/messy_plain/dev.jsonl.gz"))?;
    let mut tiers: BTreeMap<String, Sums> = BTreeMap::new();
    for row in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let page: Page = serde_json::from_str(&row?)?;
        if value("--tier").is_some_and(|t| *t != page.tier) {
            continue;
        }
        let document = parse::parse(read::text("page", page.text.as_str()));
        measure(&page, &document, tiers.entry(page.tier.clone()).or_default(), show);
    }
    clean_news(data, show)?;
    for (tier, s) in &tiers {
        let n = s.pages as f64;
        println!(
            "tier {tier}: {} pages, shingle F1 {:.3}, word F1 {:.3} (P {:.3} R {:.3}); harm {:.2} % of words, {} pages over 5 %",
            s.pages,
            s.shingles / n,
            s.f1 / n,
            s.precision / n,
            s.recall / n,
            100.0 * s.lost as f64 / s.gold as f64,
            s.harmed,
        );
        println!("  titles right {} of {} found, {} in the text", s.titles_right, s.titles_found, s.titles);
        println!(
            "  dates: where stated, right {} of {} found, {} in all; anywhere, right {} of {} found; found without gold {}",
            s.dates_stated_right,
            s.dates_stated_found,
            s.dates,
            s.dates_right,
            s.dates_found,
            s.dates_spurious,
        );
    }
    Ok(())
}

/// News without furniture: nothing should be taken off.
fn clean_news(data: &str, show: &str) -> Result<(), Box<dyn std::error::Error>> {
    #[derive(Deserialize)]
    struct Article {
        doc: String,
        text: String,
    }
    let file = std::fs::File::open(format!("{data}/polnear/dev.jsonl.gz"))?;
    let (mut all, mut lost, mut foreign, mut documents) = (0, 0, 0, 0);
    let mut heads = BTreeMap::<&str, usize>::new();
    for row in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let article: Article = serde_json::from_str(&row?)?;
        let document = parse::parse(read::text("news", article.text));
        documents += usize::from(!document.is_read());
        for block in &document.blocks {
            let line = block.span.of(&document.text);
            let words = line.split_whitespace().count();
            all += words;
            lost += if is_taken_off(block.kind) { words } else { 0 };
            foreign += usize::from(block.kind == BlockKind::Foreign);
            *heads.entry(block.kind.as_str()).or_default() += 1;
            if show == "news" && !block.kind.is_prose() {
                println!(
                    "{}\t{}\t{}",
                    article.doc,
                    block.kind.as_str(),
                    line.chars().take(140).collect::<String>()
                );
            }
        }
    }
    println!(
        "clean news: {:.2} % of words are taken off; not English: {documents} documents, {foreign} blocks; blocks {heads:?}",
        100.0 * lost as f64 / all as f64
    );
    Ok(())
}

fn measure(page: &Page, document: &Document, sums: &mut Sums, show: &str) {
    sums.pages += 1;
    let gold = words(&page.gold_body);
    let kept = words(&body(document));
    let same: usize = kept.iter().map(|(w, n)| (*n).min(gold.get(w).copied().unwrap_or(0))).sum();
    let (kept_total, gold_total) = (kept.values().sum::<usize>().max(1), gold.values().sum::<usize>().max(1));
    let (p, r) = (same as f64 / kept_total as f64, same as f64 / gold_total as f64);
    let f1 = if same == 0 { 0.0 } else { 2.0 * p * r / (p + r) };
    sums.precision += p;
    sums.recall += r;
    sums.f1 += f1;
    sums.shingles += shared(&body(document), &page.gold_body, 4);
    if show == "bad" && f1 < 0.7 || show == page.id {
        println!("===== {} {} F1 {f1:.2} P {p:.2} R {r:.2}", page.id, page.tier);
        show_blocks(page, document);
    }

    let clean = parse::parse(read::text("clean", page.gold_body.as_str()));
    let mut lost = 0;
    for block in clean.blocks.iter().filter(|b| is_taken_off(b.kind)) {
        let line = block.span.of(&clean.text);
        lost += line.split_whitespace().count();
        if show == "harm" {
            println!("{}\t{}", page.id, line.chars().take(160).collect::<String>());
        }
    }
    sums.lost += lost;
    sums.gold += page.gold_body.split_whitespace().count();
    sums.harmed += usize::from(lost * 20 > page.gold_body.split_whitespace().count());

    measure_head(page, document, sums, show);
}

fn measure_head(page: &Page, document: &Document, sums: &mut Sums, show: &str) {
    let found = document.metadata.title.as_ref().map(|t| plain(&t.value));
    sums.titles_found += usize::from(found.is_some());
    if let Some(title) = page.title.as_deref().map(plain)
        && page.text.lines().any(|l| plain(l) == title)
    {
        sums.titles += 1;
        sums.titles_right += usize::from(found.as_deref() == Some(&title));
        if show == "title" && found.as_deref() != Some(&title) {
            println!("{} {}\n  gold  {title}\n  found {found:?}", page.id, page.tier);
        }
    }
    let found = document.published().map(|d| d.to_string());
    sums.dates_found += usize::from(found.is_some() && page.date.is_some());
    match &page.date {
        Some(gold) => {
            let day = gold.get(..10).and_then(|d| d.parse().ok());
            let stated = day.is_some_and(|day| states(&page.text, day));
            sums.dates += usize::from(stated);
            sums.dates_stated_found += usize::from(stated && found.is_some());
            let right = found.as_deref() == Some(&gold[..10.min(gold.len())]);
            sums.dates_right += usize::from(right);
            sums.dates_stated_right += usize::from(right && stated);
            if show == "date" && !right && (found.is_some() || stated) {
                let line =
                    document.metadata.published.as_ref().and_then(|p| p.span).map(|s| s.of(&document.text));
                println!(
                    "{} {} gold {gold} (stated: {stated}) found {found:?} in {line:?}",
                    page.id, page.tier
                );
            }
        }
        None => {
            sums.dates_spurious += usize::from(found.is_some());
            if show == "date" && found.is_some() {
                println!("{} {} no gold, found {found:?}", page.id, page.tier);
            }
        }
    }
}

fn show_blocks(page: &Page, document: &Document) {
    for block in &document.blocks {
        let at = document.text[..block.span.start()].chars().count();
        let gold = page.lines.iter().find(|(s, e, _)| *s <= at && at < *e).map_or(9, |l| l.2);
        let kept = u8::from(is_body(block.kind));
        let sign = if gold == kept { ' ' } else { '!' };
        let line: String = block.span.of(&document.text).chars().take(110).collect();
        println!("{sign} {gold} {:<11} {line}", block.kind.as_str());
    }
}

fn is_body(kind: BlockKind) -> bool {
    kind.is_prose() || matches!(kind, BlockKind::Heading | BlockKind::Foreign)
}

/// Whether a block counts as lost where nothing is to be lost.
fn is_taken_off(kind: BlockKind) -> bool {
    kind.is_furniture() || kind == BlockKind::Caption
}

fn body(document: &Document) -> String {
    let blocks = document.blocks.iter().filter(|b| is_body(b.kind));
    blocks.map(|b| b.span.of(&document.text)).collect::<Vec<_>>().join("\n")
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

fn plain(line: &str) -> String {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
