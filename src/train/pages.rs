//! The model that finds the article in a web page: its examples, training, and cross-validation by site.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Random;
use super::boosting::{self, Rows, Settings};
use crate::document::BlockKind;
use crate::forest::Forest;
use crate::language::storage;
use crate::read::ReadOptions;
use crate::read::html::content::{FOREST, MODEL, Pieces, THRESHOLD};
use crate::read::html::features;
use crate::read::html::tags::Tag;
use crate::read::html::{self, Html};
use crate::span::Span;

/// Errors of training.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A page with its article.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its name.
    pub id: String,
    /// The page.
    pub html: String,
    /// The article.
    pub gold: Gold,
}

/// What is to be found.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Gold {
    /// The text of the article.
    #[serde(rename = "articleBody", default)]
    pub body: String,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
    /// Its author or authors.
    #[serde(default)]
    pub author: Option<String>,
    /// The day of publication.
    #[serde(default)]
    pub date: Option<String>,
    /// Its address.
    #[serde(default)]
    pub url: String,
}

impl Page {
    /// The host of its address, without `www.`.
    #[must_use]
    pub fn site(&self) -> &str {
        let rest = self.gold.url.split_once("://").map_or(self.gold.url.as_str(), |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
}

/// The pages of `DIR/messy_html/dev.jsonl.gz`.
///
/// # Errors
/// If the file cannot be read.
pub fn load(data: &Path) -> Result<Vec<Page>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        html_base64: String,
        gold: Gold,
    }
    let file = File::open(data.join("messy_html/dev.jsonl.gz"))?;
    BufReader::new(MultiGzDecoder::new(file))
        .lines()
        .map(|line| {
            let row: Row = serde_json::from_str(&line?)?;
            let html = String::from_utf8_lossy(&base64(&row.html_base64)).into_owned();
            Ok(Page { id: row.id, html, gold: row.gold })
        })
        .collect()
}

fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// Words in small letters.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// F1 of two bags of words.
#[must_use]
pub fn overlap(found: &[String], gold: &[String]) -> f64 {
    let mut bag: FxHashMap<&str, i32> = FxHashMap::default();
    for word in gold {
        *bag.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in found {
        if let Some(count) = bag.get_mut(word.as_str())
            && *count > 0
        {
            *count -= 1;
            shared += 1;
        }
    }
    if shared == 0 {
        return 0.0;
    }
    2.0 * f64::from(shared) / (found.len() + gold.len()) as f64
}

/// Which pieces are of the article: those whose words stand in it in the same order.
fn label(texts: &[Vec<String>], gold: &str) -> Vec<bool> {
    const SHORT: usize = 6;
    let all = words(gold);
    let grams: FxHashSet<&[String]> = all.windows(4).collect();
    let lines: FxHashSet<String> = gold.lines().map(|l| words(l).join(" ")).collect();
    let joined = format!(" {} ", all.join(" "));
    let mut labels: Vec<bool> = texts
        .iter()
        .map(|words| match words.len() {
            0 => false,
            n if n < SHORT => lines.contains(&words.join(" ")),
            n => words.windows(4).filter(|w| grams.contains(w)).count() * 2 > n - 3,
        })
        .collect();
    // A short piece is known by what stands beside it.
    for _ in 0..3 {
        for i in 0..texts.len() {
            let own = &texts[i];
            if labels[i] || own.is_empty() || own.len() >= SHORT {
                continue;
            }
            let before = i.checked_sub(1).filter(|k| labels[*k] && !texts[*k].is_empty()).map(|k| {
                let other = &texts[k];
                format!(" {} {} ", other[other.len().saturating_sub(4)..].join(" "), own.join(" "))
            });
            let after = texts
                .get(i + 1)
                .filter(|t| labels[i + 1] && !t.is_empty())
                .map(|other| format!(" {} {} ", own.join(" "), other[..other.len().min(4)].join(" ")));
            labels[i] = before.into_iter().chain(after).any(|s| joined.contains(&s));
        }
    }
    labels
}

/// A page as the model sees it.
struct Example {
    rows: Vec<Vec<f32>>,
    texts: Vec<Vec<String>>,
    labels: Vec<bool>,
    gold: Vec<String>,
    site: String,
}

fn example(page: &Page) -> Example {
    let pieces = Pieces::of(&page.html);
    let texts: Vec<Vec<String>> = pieces.texts().map(words).collect();
    let labels = label(&texts, &page.gold.body);
    Example { rows: pieces.rows, texts, labels, gold: words(&page.gold.body), site: page.site().to_owned() }
}

/// Plain pages made of a page: some of its paragraphs, with or without a menu and a footer. Real pages are large, and
/// a model that has seen no others does not trust a page of three paragraphs.
fn plain_pages(page: &Page) -> Vec<Page> {
    let seed = page.id.bytes().fold(17, |h: u64, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
    let mut random = Random::new(seed);
    let lines: Vec<&str> = page.gold.body.lines().map(str::trim).filter(|l| l.len() > 30).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;");
    let title = escape(page.gold.title.as_deref().unwrap_or("Untitled"));
    let menu =
        ["Home", "World", "Politics", "Business", "Sport", "About us", "Contact", "Sign in", "Subscribe"];
    (0..3)
        .map(|_| {
            let count = 1 + random.below(lines.len().min(12));
            let from = random.below(lines.len() - count + 1);
            let chosen = &lines[from..from + count];
            let (open, close) = [("<p>", "</p>"), ("<p>", ""), ("<div>", "</div>"), ("<p class=x>", "</p>\n")][random.below(4)];
            let (outer, end) = [("", ""), ("<article>", "</article>"), ("<div>", "</div>"), ("<main>", "</main>")][random.below(4)];
            let mut html = format!("<!DOCTYPE html><html><head><title>{title}</title></head><body>");
            let items: Vec<String> = menu.iter().filter(|_| random.unit() < 0.6).map(|m| format!("<li><a href=/x>{m}</a></li>")).collect();
            if random.unit() < 0.5 {
                let tag = ["nav", "div", "header"][random.below(3)];
                html.push_str(&format!("<{tag}><ul>{}</ul></{tag}>", items.concat()));
            }
            html.push_str(outer);
            if random.unit() < 0.7 {
                html.push_str(&format!("<h1>{title}</h1>"));
            }
            // What stands in or after an article without being of it: other lines, in elements that say so.
            let rest: Vec<&str> = lines.iter().filter(|l| !chosen.contains(l)).copied().take(40).collect();
            let mut extra: Vec<String> = Vec::new();
            let mut traps: Vec<String> = Vec::new();
            if !rest.is_empty() {
                let other = |random: &mut Random| escape(rest[random.below(rest.len())]);
                let short = |text: String| text.split_whitespace().take(9).collect::<Vec<_>>().join(" ");
                let related = ["related", "related-articles", "related-posts", "recommended", "more-stories", "read-next"][random.below(6)];
                let links: Vec<String> = (0..1 + random.below(4)).map(|_| format!("<li><a href=/y>{}</a></li>", short(other(&mut random)))).collect();
                traps.push(format!("<div class='{related}'><h3>Related</h3><ul>{}</ul></div>", links.concat()));
                traps.push(format!("<p><a href=/z>{}: {}</a></p>", ["Read more", "Also read", "See also", "More"][random.below(4)], short(other(&mut random))));
                traps.push(format!("<div class={}><p>Sign up for our newsletter and get the news in your inbox.</p><button>Subscribe</button></div>", ["newsletter", "newsletter-signup", "subscribe-box"][random.below(3)]));
                traps.push(format!("<{0} hidden>{1}</{0}>", ["p", "div"][random.below(2)], other(&mut random)));
                traps.push(format!("<div style='display:none'>{}</div>", other(&mut random)));
                traps.retain(|_| random.unit() < 0.25);
            }
            for line in chosen {
                if random.unit() < 0.3
                    && let Some(trap) = traps.pop()
                {
                    html.push_str(&trap);
                }
                html.push_str(&format!("{open}{}{close}", escape(line)));
                if rest.len() > 3 && random.unit() < 0.2 {
                    // Short lines that are of the article: a list, a table.
                    let (list, cell) = [("ul", "li"), ("ol", "li"), ("table", "td"), ("dl", "dd")][random.below(4)];
                    html.push_str(&format!("<{list}>"));
                    for _ in 0..2 + random.below(4) {
                        let cells = if list == "table" { 2 + random.below(2) } else { 1 };
                        html.push_str(if list == "table" { "<tr>" } else { "" });
                        for _ in 0..cells {
                            let from = rest[random.below(rest.len())];
                            let most = if list == "table" { 3 } else { 10 };
                            let text: Vec<&str> = from.split_whitespace().take(1 + random.below(most)).collect();
                            html.push_str(&format!("<{cell}>{}</{cell}>", escape(&text.join(" "))));
                            extra.push(text.join(" "));
                        }
                        html.push_str(if list == "table" { "</tr>" } else { "" });
                    }
                    html.push_str(&format!("</{list}>"));
                }
            }
            html.push_str(&traps.concat());
            html.push_str(end);
            if !rest.is_empty() && random.unit() < 0.4 {
                let (outer, inner) = [("id=comments", "comment"), ("class='comments-area'", "comment-body"), ("class='comment-list'", "comment"), ("id=disqus_thread", "post-message")][random.below(4)];
                let comments: Vec<String> = (0..1 + random.below(4))
                    .map(|_| format!("<li class='{inner}'><p>Reader says:</p><p>{}</p><a href=#r>Reply</a></li>", escape(rest[random.below(rest.len())])))
                    .collect();
                html.push_str(&format!("<div {outer}><h2>{} comments</h2><ol>{}</ol></div>", comments.len(), comments.concat()));
            }
            if random.unit() < 0.5 {
                html.push_str("<footer><p>© 2024 The Example Times. All rights reserved.</p><a href=/privacy>Privacy policy</a></footer>");
            }
            html.push_str("</body></html>");
            let gold = Gold { body: format!("{}\n{}", chosen.join("\n"), extra.join("\n")), ..page.gold.clone() };
            Page { id: format!("{} plain", page.id), html, gold }
        })
        .collect()
}

fn examples(pages: &[Page]) -> (Vec<Example>, Vec<Example>) {
    let plain: Vec<Page> = pages.iter().flat_map(plain_pages).collect();
    (pages.par_iter().map(example).collect(), plain.par_iter().map(example).collect())
}

/// How the forest grows.
const SETTINGS: Settings =
    Settings { trees: 300, rate: 0.06, ridge: 5.0, least: 3.0, rows: 0.8, columns: 0.5 };
const SEED: u64 = 20_241_026;

fn fit(examples: &[&Example]) -> Forest {
    let mut rows = Rows::new(features::WIDTH);
    for example in examples {
        for (i, row) in example.rows.iter().enumerate() {
            // Each page counts alike, and in it each word a little less than that.
            let share = (example.texts[i].len() + 2) as f32 / (example.gold.len() + 50) as f32;
            rows.push(row, f32::from(u8::from(example.labels[i])), (share * 300.0).powf(0.7));
        }
    }
    boosting::learn(&rows, SETTINGS, SEED)
}

/// Trains on all pages and writes `DIR/pages.bin`.
///
/// # Errors
/// If a file cannot be read or written.
pub fn run(data: &Path, out: &Path) -> Result<()> {
    let pages = load(data)?;
    let (examples, plain) = examples(&pages);
    let forest = fit(&examples.iter().chain(&plain).collect::<Vec<_>>());
    let mut body = Vec::new();
    forest.write(&mut body);
    let bytes = storage::seal(&body, MODEL);
    println!("{} trees, {} bytes", forest.trees.len(), bytes.len());
    std::fs::write(out.join("pages.bin"), bytes)?;
    Ok(())
}

/// Measures the reading of pages whose sites the model has not seen: ten parts, by site.
///
/// # Errors
/// If a file cannot be read.
pub fn cross(data: &Path, show: &str) -> Result<()> {
    let pages = load(data)?;
    let (examples, plain) = examples(&pages);
    let fold: Vec<usize> = examples.iter().map(|e| fold_of(&e.site)).collect();
    let forests: Vec<Forest> = (0..FOLDS)
        .into_par_iter()
        .map(|k| {
            let seen: Vec<&Example> =
                examples.iter().chain(&plain).filter(|e| fold_of(&e.site) != k).collect();
            fit(&seen)
        })
        .collect();
    let whole = plain.iter().filter(|e| {
        let forest = &forests[fold_of(&e.site)];
        // The title may be of the body or not.
        e.rows.iter().zip(&e.labels).all(|(r, l)| (forest.probability(r) > THRESHOLD) == *l)
    });
    println!("plain pages read without a fault: {} of {}", whole.count(), plain.len());
    for threshold in [0.3, 0.4, THRESHOLD, 0.5, 0.6] {
        let scores = examples.iter().zip(&fold).map(|(example, k)| {
            let likely = example.rows.iter().map(|r| forests[*k].probability(r) > threshold);
            let found: Vec<String> =
                likely.zip(&example.texts).filter(|(l, _)| *l).flat_map(|(_, t)| t.iter().cloned()).collect();
            overlap(&found, &example.gold)
        });
        println!("segments above {threshold:.2}: word F1 {:.4}", scores.sum::<f64>() / examples.len() as f64);
    }
    measure(&pages, |i| &forests[fold[i]], show);
    Ok(())
}

/// Measures with the embedded model, which was trained on these pages.
///
/// # Errors
/// If a file cannot be read.
pub fn embedded(data: &Path, show: &str) -> Result<()> {
    measure(&load(data)?, |_| &FOREST, show);
    Ok(())
}

/// Reads all pages so many times, on one thread, and does nothing else: for `benches/pages.py`.
///
/// # Errors
/// If a file cannot be read.
pub fn repeat(data: &Path, times: usize) -> Result<()> {
    let pages = load(data)?;
    let options = ReadOptions::default();
    let blocks: usize = (0..times)
        .flat_map(|_| &pages)
        .map(|page| html::page_by(&FOREST, &page.html, Some(&page.gold.url), &options).blocks.len())
        .sum();
    println!("{} pages, {blocks} blocks", pages.len() * times);
    Ok(())
}

/// Right, found and wanted.
#[derive(Default)]
struct Count {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Count {
    fn add(&mut self, right: bool, found: bool, wanted: bool) {
        self.right += usize::from(right);
        self.found += usize::from(found);
        self.wanted += usize::from(wanted);
    }

    fn print(&self, name: &str) {
        let share = |n: usize| self.right as f64 / n.max(1) as f64;
        println!(
            "{name}: precision {:.3} of {}, recall {:.3} of {}",
            share(self.found),
            self.found,
            share(self.wanted),
            self.wanted
        );
    }
}

fn measure<'f>(pages: &[Page], forest: impl Fn(usize) -> &'f Forest, show: &str) {
    let options = ReadOptions::default();
    let (mut f1, mut precision, mut recall) = (0.0, 0.0, 0.0);
    let (mut dates, mut titles, mut bylines) = (Count::default(), Count::default(), Count::default());
    let mut best: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut sorts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let (mut paragraphs, mut anchored) = (0, 0);
    let started = std::time::Instant::now();
    let read: Vec<Html> = pages
        .iter()
        .enumerate()
        .map(|(i, page)| html::page_by(forest(i), &page.html, Some(&page.gold.url), &options))
        .collect();
    let seconds = started.elapsed().as_secs_f64();
    for (page, html) in pages.iter().zip(&read) {
        let found: Vec<String> = html
            .blocks
            .iter()
            .filter(|b| !matches!(b.kind, BlockKind::Title | BlockKind::Byline | BlockKind::Dateline))
            .flat_map(|b| words(b.span.of(&html.text)))
            .collect();
        let gold = words(&page.gold.body);
        let score = overlap(&found, &gold);
        f1 += score;
        let shared = score * (found.len() + gold.len()) as f64 / 2.0;
        precision += shared / found.len().max(1) as f64;
        recall += shared / gold.len().max(1) as f64;
        if show == "body" {
            println!("{}\t{score:.3}\t{}\t{}\t{}", page.id, found.len(), gold.len(), page.gold.url);
        }

        let gold_date: Option<Date> = page.gold.date.as_deref().and_then(|d| d.get(..10)?.parse().ok());
        let is_right = html.published.is_some() && html.published == gold_date;
        dates.add(is_right, html.published.is_some(), gold_date.is_some());
        if let Some(first) = html.dates.iter().find(|d| !d.modified) {
            let name = format!("{} {:.2}", first.kind.as_str(), first.confidence);
            let of_sort = best.entry(name).or_default();
            of_sort.1 += 1;
            of_sort.0 += usize::from(is_right);
        }
        let mut seen: Vec<String> = Vec::new();
        for date in html.dates.iter().filter(|d| !d.modified) {
            let name = format!("{} {:.2}", date.kind.as_str(), date.confidence);
            if !seen.contains(&name) {
                let of_sort = sorts.entry(name.clone()).or_default();
                of_sort.1 += 1;
                of_sort.0 += usize::from(Some(date.date) == gold_date);
                of_sort.2 += usize::from(gold_date.is_none());
                seen.push(name);
            }
        }
        if show == "dates" && html.published != gold_date {
            let all: Vec<String> = html
                .dates
                .iter()
                .map(|d| format!("{}{} {}", d.kind.as_str(), if d.modified { "*" } else { "" }, d.date))
                .collect();
            println!("{}\tgold {gold_date:?}\t{}\t{all:?}", page.id, page.gold.url);
        }
        let gold_title = page.gold.title.as_deref().map(|t| words(t).join(" ")).filter(|t| !t.is_empty());
        let title = html.title.as_deref().map(|t| words(t).join(" "));
        titles.add(title.is_some() && title == gold_title, title.is_some(), gold_title.is_some());
        if show == "titles" && title != gold_title {
            println!("{}\t{:?}\t{:?}", page.id, page.gold.title, html.title);
        }
        let gold_author = page.gold.author.as_deref().map(words).filter(|t| !t.is_empty());
        let byline = html.byline.as_deref().map(words);
        // Right if the names that were found are in those that the page gives, or the other way round.
        let is_right = matches!((&gold_author, &byline), (Some(g), Some(b)) if b.iter().all(|w| g.contains(w)) || g.iter().all(|w| b.contains(w)));
        bylines.add(is_right, byline.is_some(), gold_author.is_some());
        if show == "bylines" && !is_right && (byline.is_some() || gold_author.is_some()) {
            println!("{}\t{:?}\t{:?}", page.id, page.gold.author, html.byline);
        }
        for block in &html.blocks {
            paragraphs += 1;
            anchored += usize::from(is_anchored(&page.html, html, block.span));
        }
    }
    let count = pages.len() as f64;
    println!(
        "body: word F1 {:.4}, precision {:.4}, recall {:.4} on {} pages",
        f1 / count,
        precision / count,
        recall / count,
        pages.len()
    );
    dates.print("publication day");
    for (name, (right, all, none)) in sorts {
        println!("  stated as {name}: {right} of {all}, {none} of which on pages without date");
    }
    for (name, (right, all)) in best {
        println!("  chosen from {name}: {right} of {all}");
    }
    titles.print("title");
    bylines.print("byline");
    println!(
        "blocks found in the bytes of their page: {anchored} of {paragraphs} = {:.5}",
        anchored as f64 / paragraphs.max(1) as f64
    );
    println!(
        "{:.0} pages a second on one thread, {:.1} MB/s",
        count / seconds,
        pages.iter().map(|p| p.html.len()).sum::<usize>() as f64 / seconds / 1e6
    );
}

/// Whether the bytes of the page that a span is said to come from, read by the tokenizer alone, are its text.
fn is_anchored(page: &str, html: &Html, span: Span) -> bool {
    let Some(range) = html.map.range(span) else { return false };
    let Some(source) = page.get(range.start as usize..range.end as usize) else { return false };
    let mut plain = String::new();
    let mut silent = 0;
    for token in html5gum::Tokenizer::new(source).flatten() {
        match token {
            html5gum::Token::String(text) if silent == 0 => {
                plain.push_str(&String::from_utf8_lossy(&text.value))
            }
            html5gum::Token::StartTag(tag) if Tag::of(&tag.name).is_silent() && !tag.self_closing => {
                silent += 1
            }
            html5gum::Token::EndTag(tag) if Tag::of(&tag.name).is_silent() && silent > 0 => silent -= 1,
            _ => {}
        }
    }
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    squeeze(&plain) == squeeze(span.of(&html.text))
}

/// Parts of a cross-validation.
const FOLDS: usize = 10;

/// The part that a site belongs to; its pages stay together.
fn fold_of(site: &str) -> usize {
    let hash = site
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32) as usize % FOLDS
}
