//! What is on the page but not of the article: navigation, teasers, forms, notices.
//!
//! Two kinds of evidence. Phrases (`lexicon/boilerplate.tsv`) tell single lines. The article's place on the page is
//! the stretch of lines with the greatest sum of scores, where long lines that end like sentences count for it and
//! short ones against it: the body text extraction of Finn, Kushmerick and Smyth (2001), with lines for tokens.
//! Everything is labelled, nothing is deleted.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

use super::lines::{Mark, Unit};

const TABLE: &str = include_str!("../../lexicon/boilerplate.tsv");

/// What a phrase says about its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// The line is not of the article.
    Item,
    /// The same, unless it heads a paragraph.
    Section,
    /// Nor are the teasers right after it.
    More,
    /// Nor is anything after it, if the article came before.
    End,
    /// A sentence that is not of the article.
    Notice,
}

struct Phrases {
    lines: FxHashMap<&'static str, Phrase>,
    starts: FxHashMap<&'static str, Phrase>,
    start: Regex,
    part: Regex,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut lines, mut starts, mut parts) = (FxHashMap::default(), FxHashMap::default(), Vec::new());
    for row in crate::lexicon::rows(TABLE) {
        let mut cells = row.split('\t');
        let (Some(kind), Some(place), Some(phrase)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let kind = match kind {
            "item" => Phrase::Item,
            "section" => Phrase::Section,
            "more" => Phrase::More,
            "end" => Phrase::End,
            _ => Phrase::Notice,
        };
        match place {
            "line" => drop(lines.insert(phrase, kind)),
            "start" => drop(starts.insert(phrase, kind)),
            _ => parts.push(phrase),
        }
    }
    // The longest phrase that fits must win.
    let mut longest: Vec<&str> = starts.keys().copied().collect();
    longest.sort_unstable_by_key(|p| (std::cmp::Reverse(p.len()), *p));
    let any = |phrases: &[&str]| phrases.iter().map(|p| regex::escape(p)).collect::<Vec<_>>().join("|");
    let start = Regex::new(&format!("^(?:{})", any(&longest))).expect("escaped phrases");
    let part = Regex::new(&format!(r"\b(?:{})\b", any(&parts))).expect("escaped phrases");
    Phrases { lines, starts, start, part }
});

/// A line as the table has it: lower case, straight apostrophes, nothing but words at the edges.
pub(super) fn normal(line: &str) -> String {
    let mut lower = line.to_lowercase();
    if !lower.is_ascii() {
        lower = lower.replace(['’', '‘'], "'");
    }
    let start = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '(');
    start.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// A line that is nothing but an address or a Markdown image.
fn is_link(line: &str) -> bool {
    let one = !line.contains(char::is_whitespace);
    let address = line.contains('@') && line.contains('.') && !line.starts_with('@');
    one && (address
        || line.starts_with("http://")
        || line.starts_with("https://")
        || line.starts_with("www."))
        || line.starts_with("![") && line.ends_with(')')
}

/// A line of nothing but these is a row of buttons.
const BUTTONS: &[&str] = &[
    "share",
    "on",
    "to",
    "via",
    "by",
    "with",
    "and",
    "facebook",
    "twitter",
    "x",
    "linkedin",
    "whatsapp",
    "telegram",
    "reddit",
    "email",
    "mail",
    "e",
    "print",
    "copy",
    "link",
    "pinterest",
    "instagram",
    "youtube",
    "tiktok",
    "tweet",
    "pin",
    "it",
    "messenger",
    "flipboard",
    "bluesky",
    "threads",
    "line",
    "save",
    "comment",
    "comments",
    "like",
    "follow",
    "subscribe",
    "login",
    "log",
    "sign",
    "in",
    "up",
    "menu",
    "search",
    "home",
    "about",
    "contact",
    "us",
    "rss",
    "more",
    "next",
    "previous",
    "prev",
];

/// What the table says about a line of so many words.
pub(super) fn phrase(line: &str, words: usize) -> Option<Phrase> {
    /// Longer lines are prose that happens to begin or go on like that.
    const LONGEST: usize = 25;
    if words > LONGEST || line.len() > 400 {
        return None;
    }
    if is_link(line) {
        return Some(Phrase::Item);
    }
    let normal = normal(line);
    if let Some(kind) = PHRASES.lines.get(normal.as_str()) {
        return Some(*kind);
    }
    if words >= 2
        && normal.split(|c: char| !c.is_alphanumeric()).all(|w| w.is_empty() || BUTTONS.contains(&w))
    {
        return Some(Phrase::Item);
    }
    if words <= 14
        && let Some(found) = PHRASES.start.find(&normal)
        && !normal[found.end()..]
            .starts_with(|c: char| c.is_alphanumeric() && found.as_str().ends_with(char::is_alphanumeric))
    {
        return PHRASES.starts.get(found.as_str()).copied();
    }
    PHRASES.part.is_match(&normal).then_some(Phrase::Notice)
}

/// How a unit reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text.
    Long,
    /// A short sentence.
    Sentence,
    /// Neither: a heading, a name, an item.
    Short,
}

/// A unit with what is known of it alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) shape: Shape,
    pub(super) phrase: Option<Phrase>,
    /// Ends in an ellipsis: cut off.
    pub(super) cut_off: bool,
    /// A date line or a byline.
    pub(super) furniture: bool,
}

/// Reads a unit by itself.
pub(super) fn read(text: &str, unit: &Unit, furniture: bool) -> Reading {
    let line = unit.span.of(text);
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_', ' ', '\u{a0}']);
    let ends =
        bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '։', '।', '؟']) || line.ends_with(['”', '"']);
    let shape = if unit.words >= 12 && (ends || line.contains(". ")) || unit.words >= 30 {
        Shape::Long
    } else if unit.words >= 3 && ends
        || unit.words >= 14
        || unit.words >= 2 && ends && line.ends_with(['”', '"'])
    {
        Shape::Sentence
    } else {
        Shape::Short
    };
    let shape = if matches!(unit.mark, Mark::Heading(_)) { Shape::Short } else { shape };
    let cut_off =
        line.ends_with('…') || line.ends_with("...") || line.ends_with("[…]") || line.ends_with("[...]");
    Reading { shape, phrase: phrase(line, unit.words), cut_off, furniture }
}

/// Whether the page shows its furniture: only then are lines judged by their length and place alone.
pub(super) fn is_furnished(readings: &[Reading]) -> bool {
    let strong = |r: &&Reading| r.phrase.is_some_and(|p| p != Phrase::Section);
    readings.iter().filter(strong).count() >= 3
}

/// The stretch of units that is the article's text.
pub(super) fn body(units: &[Unit], readings: &[Reading]) -> Range<usize> {
    let end = end_of_article(units, readings);
    let (mut best, mut best_sum) = (0..0, 0i64);
    let (mut start, mut sum) = (0, 0i64);
    for i in 0..end {
        if sum <= 0 {
            (start, sum) = (i, 0);
        }
        sum += score(&units[i], &readings[i]);
        if sum > best_sum {
            (best, best_sum) = (start..i + 1, sum);
        }
    }
    best
}

/// Where a section starts after which no article goes on.
fn end_of_article(units: &[Unit], readings: &[Reading]) -> usize {
    let prose = |i: usize| {
        if readings[i].shape == Shape::Long && readings[i].phrase.is_none() { units[i].words } else { 0 }
    };
    let total: usize = (0..units.len()).map(prose).sum();
    let mut before = 0;
    for (i, reading) in readings.iter().enumerate() {
        if reading.phrase == Some(Phrase::End) && before > 0 && before * 2 >= total {
            return i;
        }
        before += prose(i);
    }
    units.len()
}

fn score(unit: &Unit, reading: &Reading) -> i64 {
    let words = unit.words.min(80) as i64;
    if reading.phrase.is_some_and(|p| p != Phrase::Section) {
        return -12;
    }
    match reading.shape {
        Shape::Long if reading.cut_off => -5,
        Shape::Long => words,
        Shape::Sentence if reading.cut_off => -5,
        Shape::Sentence => words / 2 + 1,
        Shape::Short if matches!(unit.mark, Mark::Heading(_)) => -2,
        Shape::Short if words >= 6 => -3,
        Shape::Short => -5,
    }
}

/// Which units are not of the article; those in `kept` (title, date, byline) are out of question.
pub(super) fn label(
    text: &str,
    units: &[Unit],
    readings: &[Reading],
    body: &Range<usize>,
    kept: &[bool],
) -> Vec<bool> {
    let mut out = vec![false; units.len()];
    let end = end_of_article(units, readings);
    out[end..].fill(true);
    label_edges(text, units, readings, body, kept, &mut out);
    label_inside(readings, units, body, &mut out);
    if is_furnished(readings) {
        label_runs(readings, units, body, &mut out);
    }
    label_repeats(text, units, readings, body, kept, &mut out);
    for (label, kept) in out.iter_mut().zip(kept) {
        *label &= !kept;
    }
    out
}

/// Before and after the article's text: short lines are furniture only if something shows that there is any.
fn label_edges(
    text: &str,
    units: &[Unit],
    readings: &[Reading],
    body: &Range<usize>,
    kept: &[bool],
    out: &mut [bool],
) {
    if body.is_empty() {
        for (out, reading) in out.iter_mut().zip(readings) {
            *out = reading.phrase.is_some_and(|p| p != Phrase::Section);
        }
        return;
    }
    let furnished = is_furnished(readings);
    let telling = |i: usize| readings[i].phrase.is_some() || readings[i].cut_off || readings[i].furniture;

    let head: Vec<usize> = (0..body.start).filter(|i| !kept[*i]).collect();
    let items =
        head.iter().filter(|i| units[**i].mark == Mark::None && readings[**i].shape == Shape::Short).count();
    let names = head.iter().filter(|i| units[**i].words <= 4).count();
    let menu = items >= 6 && names * 4 >= head.len() * 3;
    let all = furnished && (items >= 4 || head.iter().any(|i| telling(*i))) || menu;
    for i in head {
        out[i] |= all || readings[i].phrase.is_some() || readings[i].cut_off;
    }

    let tail = body.end..units.len();
    let items =
        tail.clone().filter(|i| units[*i].mark == Mark::None && readings[*i].shape == Shape::Short).count();
    let all = furnished && (items >= 4 || tail.clone().any(telling));
    let mut signs = 0;
    for i in tail {
        signs += match readings[i].phrase {
            Some(Phrase::More | Phrase::End) => SIGNS,
            Some(Phrase::Section) | None => usize::from(readings[i].cut_off),
            Some(_) => 1,
        };
        // Until there are signs enough, sentences and lists still belong to the text before them.
        let goes_on = signs < SIGNS
            && !telling(i)
            && (readings[i].shape != Shape::Short
                || LISTED.contains(&units[i].mark)
                || is_lead_in(text, &units[i]));
        let after = signs >= SIGNS && (readings[i].shape == Shape::Short || readings[i].cut_off);
        out[i] |= all && !goes_on || after || readings[i].phrase.is_some() || readings[i].cut_off;
    }
}

/// So many lines of furniture after the article's text, and it has ended.
const SIGNS: usize = 2;

const LISTED: [Mark; 3] = [Mark::Bullet, Mark::Number, Mark::Quote];

/// "The envoy said the next steps would be:"
fn is_lead_in(text: &str, unit: &Unit) -> bool {
    unit.words >= 4 && unit.span.of(text).ends_with(':')
}

fn label_inside(readings: &[Reading], units: &[Unit], body: &Range<usize>, out: &mut [bool]) {
    let is_short = |i: usize| body.contains(&i) && readings[i].shape == Shape::Short;
    let mut i = body.start;
    while i < body.end {
        match readings[i].phrase {
            Some(Phrase::Item | Phrase::Notice | Phrase::End) => out[i] = true,
            Some(Phrase::Section) => {
                let heads = !is_short(i + 1) || matches!(units[i].mark, Mark::Heading(_));
                out[i] = !heads;
            }
            Some(Phrase::More) => {
                out[i] = true;
                let mut next = i + 1;
                // The last short line before running text may be a heading of the article.
                while next < i + 8 && is_short(next) && is_short(next + 1) {
                    out[next] = true;
                    next += 1;
                }
            }
            None => {}
        }
        i += 1;
    }
}

/// Menus and link lists in the middle of the text.
fn label_runs(readings: &[Reading], units: &[Unit], body: &Range<usize>, out: &mut [bool]) {
    let is_short = |i: usize| body.contains(&i) && readings[i].shape == Shape::Short;
    const RUN: usize = 6;
    let mut start = body.start;
    for i in body.start..=body.end {
        let item = is_short(i) && i < body.end && units[i].mark == Mark::None && units[i].words <= 5;
        if !item {
            if i - start >= RUN {
                out[start..i].fill(true);
            }
            start = i + 1;
        }
    }
}

/// Lines that say again what another line said: the title in a breadcrumb, a button after each item.
fn label_repeats(
    text: &str,
    units: &[Unit],
    readings: &[Reading],
    body: &Range<usize>,
    kept: &[bool],
    out: &mut [bool],
) {
    let short = |i: &usize| readings[*i].shape == Shape::Short && units[*i].words <= 30;
    let furnished = is_furnished(readings);
    let title: FxHashSet<String> = (0..units.len())
        .filter(|i| kept[*i] && units[*i].words >= 3)
        .map(|i| normal(units[i].span.of(text)))
        .collect();
    let mut count: FxHashMap<String, usize> = FxHashMap::default();
    for i in body.clone().filter(short) {
        *count.entry(normal(units[i].span.of(text))).or_default() += 1;
    }
    for i in body.clone().filter(|i| units[*i].words <= 30) {
        out[i] |= title.contains(&normal(units[i].span.of(text)));
    }
    for i in body.clone().filter(short) {
        let line = normal(units[i].span.of(text));
        out[i] |= furnished && count.get(&line).is_some_and(|n| *n >= 4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = FxHashSet::default();
        for row in crate::lexicon::rows(TABLE) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            assert!(["item", "section", "more", "end", "notice"].contains(&cells[0]), "{row}");
            assert!(["line", "start", "part"].contains(&cells[1]), "{row}");
            assert!((cells[0] == "notice") == (cells[1] == "part"), "{row}");
            assert!(!cells[2].is_empty() && cells[2] == cells[2].to_lowercase(), "{row}");
            assert!(cells[1] != "line" || normal(cells[2]) == cells[2], "{row}");
            assert!(seen.insert((cells[1], cells[2])), "twice: {row}");
        }
    }

    fn check(line: &str, expected: Option<Phrase>) {
        assert_eq!(phrase(line, line.split_whitespace().count()), expected, "{line}");
    }

    #[test]
    fn phrases() {
        check("The ministry declined to share this information.", None);
        check("Related to this is the question of who pays for the war in the long run.", None);
        check("Commenters were divided.", None);
        check("More sanctions on banks that help", None);
        check("Related deaths rose last year", None);
        check("Post a Comment", Some(Phrase::End));
        check("jane.doe@example.org", Some(Phrase::Item));
        check("Latest Contents", Some(Phrase::End));
        check("• Share this article", Some(Phrase::Item));
        check("READ MORE: Minister resigns", Some(Phrase::More));
        check("World News", Some(Phrase::Section));
        check("Don’t miss", Some(Phrase::More));
        check("Sign up for our daily newsletter and never miss a story", Some(Phrase::Item));
        check("We and our partners process personal information to provide:", Some(Phrase::Notice));
    }
}
