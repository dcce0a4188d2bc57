//! Title, deck, byline, date and outlet, as the head of the text states them.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::boilerplate::{Reading, Shape, is_furnished};
use super::credits::{self, Byline};
use super::dates::{DateLine, Label};
use super::lines::{Mark, Unit};
use super::phrases::normal;
use super::words;
use crate::document::{Metadata, Stated};
use crate::read::RawArticle;
use crate::span::Span;

/// What each unit of the head is, as indices of units.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<usize>,
    pub(super) deck: Option<usize>,
    pub(super) dates: Vec<usize>,
    pub(super) bylines: Vec<usize>,
    pub(super) outlets: Vec<usize>,
}

impl Head {
    /// Which of so many units are of the head: nothing else is made of them.
    pub(super) fn kept(&self, units: usize) -> Vec<bool> {
        let mut kept = vec![false; units];
        let head = self.title.iter().chain(&self.deck).chain(&self.dates).chain(&self.bylines);
        for i in head.chain(&self.outlets) {
            kept[*i] = true;
        }
        kept
    }
}

/// Everything about the units that the head is found from.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) units: &'a [Unit],
    pub(super) readings: &'a [Reading],
    pub(super) dates: &'a [Option<DateLine>],
    pub(super) bylines: &'a [Option<Byline>],
    pub(super) body: Range<usize>,
}

/// Finds the head and fills in what it states; what the user gave stays.
pub(super) fn find(page: &Page<'_>, article: &RawArticle) -> (Head, Metadata) {
    let mut head = Head { title: title(page), ..Head::default() };
    let mut metadata = given(article);
    if let Some(i) = head.title {
        head.deck = deck(page, i);
        let (span, outlet) = without_outlet(page.text, page.units[i].span);
        if let Some(outlet) = outlet {
            metadata.outlet.get_or_insert(outlet);
        }
        metadata
            .title
            .get_or_insert_with(|| Stated { value: one_line(span.of(page.text)), span: Some(span) });
    }
    let near = |i: usize| is_near(page, head.title, i);
    let chronicle = is_chronicle(page);
    head.dates = (0..page.units.len())
        .filter(|i| page.dates[*i].is_some_and(|d| near(*i) && (d.label != Label::None || !chronicle)))
        .collect();
    head.bylines = (0..page.units.len()).filter(|i| page.bylines[*i].is_some() && near(*i)).collect();
    // A known outlet on a line of its own, next to title, date or author.
    let anchors: Vec<usize> = head.title.iter().chain(&head.dates).chain(&head.bylines).copied().collect();
    let alone = (0..page.body.start).filter(|i| anchors.iter().any(|a| a != i && a.abs_diff(*i) <= 5));
    head.outlets = alone.filter(|i| credits::outlet_line(page.text, page.units[*i].span).is_some()).collect();
    if let Some(i) = head.outlets.first().copied()
        && let Some((name, span)) = credits::outlet_line(page.text, page.units[i].span)
    {
        metadata.outlet.get_or_insert(Stated { value: name.to_owned(), span: Some(span) });
        // "Jane Doe", and under it "BBC News, Seoul".
        if let Some(above) =
            i.checked_sub(1).filter(|a| head.title != Some(*a) && page.readings[*a].phrase.is_none())
        {
            let span = page.units[above].span;
            if head.bylines.is_empty() && credits::is_name(span.of(page.text)) {
                head.outlets.push(above);
                metadata
                    .byline
                    .get_or_insert(Stated { value: one_line(span.of(page.text)), span: Some(span) });
            }
        }
    }
    if let Some(byline) = head.bylines.iter().find_map(|i| page.bylines[*i].as_ref()) {
        let names = one_line(byline.names.of(page.text));
        metadata.byline.get_or_insert(Stated { value: names, span: Some(byline.names) });
        if let Some((name, span)) = &byline.outlet {
            metadata.outlet.get_or_insert(Stated { value: name.clone(), span: Some(*span) });
        }
    }
    (head, metadata)
}

/// What the user or the format says of an article.
pub(super) fn given(article: &RawArticle) -> Metadata {
    fn stated<T: Clone>(value: Option<&T>) -> Option<Stated<T>> {
        value.map(|v| Stated { value: v.clone(), span: None })
    }
    Metadata {
        title: stated(article.title.as_ref()),
        published: stated(article.published.as_ref()),
        modified: stated(article.modified.as_ref()),
        dates: article.dates.clone(),
        outlet: stated(article.outlet.as_ref()),
        byline: stated(article.byline.as_ref()),
        url: article.url.clone(),
        ..Metadata::default()
    }
}

/// A value without the line ends and double spaces of its place in the text.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headline: the best of the short lines before the article's text, or among its first few.
fn title(page: &Page<'_>) -> Option<usize> {
    /// Menus above it may be long; further up nothing is looked at.
    const REACH: usize = 60;
    /// More running text than this, and the headline is past.
    const PROSE: usize = 45;
    let words = first_words(page);
    let furnished = is_furnished(page.readings);
    let mut best: Option<(f32, usize)> = None;
    let mut prose = 0;
    for i in page.body.start.saturating_sub(REACH)..page.units.len() {
        if i >= page.body.start && page.readings[i].shape != Shape::Short {
            prose += page.units[i].words;
        }
        if prose > PROSE {
            break;
        }
        let Some(mut score) = title_score(page, i, &words) else { continue };
        score -= prose as f32 * 0.05;
        score += if i == 0 && !furnished && prose == 0 { 1.5 } else { 0.0 };
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, i));
        }
    }
    best.filter(|(score, _)| *score >= 2.5).map(|(_, i)| i)
}

/// The stems of the first words of the article's text: a headline shares some of them.
fn first_words(page: &Page<'_>) -> FxHashSet<Stem> {
    const ENOUGH: usize = 400;
    let body = page.body.clone().filter(|i| page.readings[*i].shape != Shape::Short);
    let lines = body.map(|i| page.units[i].span.of(page.text));
    let mut stems = FxHashSet::with_capacity_and_hasher(ENOUGH, FxBuildHasher);
    stems.extend(lines.flat_map(words::split).filter_map(stem).take(ENOUGH));
    stems
}

/// A crude stem of a word that means something: five letters tell enough.
#[derive(PartialEq, Eq, Hash)]
enum Stem {
    /// In small letters, a byte each.
    Ascii(u64),
    Other(String),
}

fn stem(word: &str) -> Option<Stem> {
    let bare = words::bare(word);
    let bytes = bare.as_bytes();
    let start = &bytes[..bytes.len().min(5)];
    if start.is_ascii() {
        return (start.len() > 3).then(|| packed(start));
    }
    let small =
        (bare.chars().count() > 3).then(|| bare.chars().take(5).collect::<String>().to_lowercase())?;
    // The small letter of the Kelvin sign is a "k".
    Some(if small.is_ascii() { packed(small.as_bytes()) } else { Stem::Other(small) })
}

fn packed(start: &[u8]) -> Stem {
    Stem::Ascii(start.iter().fold(0, |all, byte| all << 8 | u64::from(byte.to_ascii_lowercase())))
}

fn title_score(page: &Page<'_>, i: usize, words_of_text: &FxHashSet<Stem>) -> Option<f32> {
    let (unit, reading) = (&page.units[i], &page.readings[i]);
    let line = unit.span.of(page.text);
    if reading.phrase.is_some()
        || reading.furniture
        || reading.cut_off
        || line.len() > 300
        || credits::prefix(page.text, unit.span).is_some()
        || !line.starts_with(|c: char| !c.is_lowercase())
    {
        return None;
    }
    let mut score = match unit.mark {
        Mark::Heading(1) => 6.0,
        Mark::Heading(_) => 1.5,
        Mark::None => 0.0,
        _ => -4.0,
    };
    score += match unit.words {
        0..=1 => -6.0,
        2 => -2.0,
        3 => 0.5,
        4..=20 => 2.0,
        21..=30 => 0.0,
        _ => -4.0,
    };
    let words: Vec<&str> = words::split(line).filter(|w| w.chars().count() > 3).collect();
    let is_capital =
        |w: &&&str| w.trim_start_matches(['"', '“', '‘', '\'', '(', '[']).starts_with(char::is_uppercase);
    let title_case = !words.is_empty() && words.iter().filter(is_capital).count() * 10 >= words.len() * 7;
    score += if title_case { 0.5 } else { 0.0 };
    let stems: Vec<Stem> = words.iter().filter_map(|w| stem(w)).collect();
    if !stems.is_empty() {
        score +=
            3.0 * stems.iter().filter(|s| words_of_text.contains(*s)).count() as f32 / stems.len() as f32;
    }
    // Some archives end headlines with a full stop; then only their capitals tell them from sentences.
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')']);
    score -= match bare.chars().next_back() {
        Some('.' | '!') if title_case && unit.words >= 4 => 0.5,
        Some('.' | '!') if unit.mark != Mark::Heading(1) => return None,
        Some('.' | '!' | ':' | ';' | ',') => 3.0,
        Some('?') if !title_case && page.body.contains(&i) => 3.0,
        _ => 0.0,
    };
    if line.contains('»') || line.contains(" > ") || line.contains(" › ") || line.matches(" | ").count() > 1
    {
        score -= 4.0;
    }
    // Date and author stand below the headline, or right above it.
    let furniture =
        |mut range: Range<usize>| range.any(|j| page.readings.get(j).is_some_and(|r| r.furniture));
    score += match (furniture(i + 1..i + 4), furniture(i.saturating_sub(3)..i)) {
        (true, _) => 2.0,
        (false, true) => 1.0,
        (false, false) => 0.0,
    };
    let distance = page.body.start.saturating_sub(i);
    score -= distance.saturating_sub(4) as f32 * 0.15;
    Some(score)
}

/// "Troops arrive - BBC News": the headline, and the outlet if it is a known one.
fn without_outlet(text: &str, line: Span) -> (Span, Option<Stated<String>>) {
    for separator in [" | ", " - ", " – ", " — "] {
        let Some((title, name)) = line.of(text).rsplit_once(separator) else { continue };
        let Some(outlet) = credits::outlet(name) else { continue };
        let title = Span::new(line.start(), line.start() + title.len()).trim(text);
        if !title.is_empty() {
            let stated = Span::new(line.end() - name.len(), line.end()).trim(text);
            return (title, Some(Stated { value: outlet.to_owned(), span: Some(stated) }));
        }
    }
    (line, None)
}

/// The line right under the title that sums the article up.
fn deck(page: &Page<'_>, title: usize) -> Option<usize> {
    (title + 1..page.units.len().min(title + 4)).find(|i| {
        let (unit, reading) = (&page.units[*i], &page.readings[*i]);
        let line = unit.span.of(page.text);
        !reading.furniture
            && reading.phrase.is_none()
            && reading.shape != Shape::Long
            && page.readings.get(i + 1).is_some_and(|next| next.shape != Shape::Short || next.furniture)
            && *i <= page.body.start
            && (8..=45).contains(&unit.words)
            && !line.ends_with(['.', '!', '?', '”', '"', ':', '…'])
            && matches!(unit.mark, Mark::None | Mark::Heading(2..))
            && normal(line) != normal(page.units[title].span.of(page.text))
    })
}

/// Whether a line stands where the article's own date and author stand: around the title, at the start of the text.
fn is_near(page: &Page<'_>, title: Option<usize>, i: usize) -> bool {
    let start = page.body.start;
    let title = title.unwrap_or(start);
    let around = |at: usize, above: usize, below: usize| (at.saturating_sub(above)..at + below).contains(&i);
    // A teaser's date stands under a line that is cut off.
    let teaser = i > 0 && page.readings[i - 1].cut_off;
    (around(title, 6, 6) || around(start, 8, 4))
        && i < page.body.end
        && !teaser
        && (i < start || is_alone(page, i))
}

/// Whether dates head the parts of the text: then none of them is the article's.
fn is_chronicle(page: &Page<'_>) -> bool {
    let range = page.body.start.saturating_sub(2)..page.body.end;
    let dates = page.dates[range].iter().flatten().filter(|d| d.label == Label::None);
    dates.map(|d| d.date).collect::<FxHashSet<_>>().len() >= 3
}

/// Inside the text, only a line of its own after little running text counts.
fn is_alone(page: &Page<'_>, i: usize) -> bool {
    const PROSE: usize = 60;
    let before = (page.body.start..i).filter(|j| page.readings[*j].shape != Shape::Short);
    page.readings[i].shape == Shape::Short && before.map(|j| page.units[j].words).sum::<usize>() <= PROSE
}

/// How good a date of the head is, the least being the best: a label is worth most, then being close to the title.
pub(super) fn date_rank(page: &Page<'_>, head: &Head, unit: usize, label: Label) -> (u8, usize, usize) {
    let anchor = head.title.unwrap_or(page.body.start);
    let label = match label {
        Label::Published => 0,
        Label::None | Label::Today => 1,
        Label::Updated => 2,
    };
    (label, unit.abs_diff(anchor), unit)
}

/// The agency and place of a dateline prefix.
pub(super) fn from_prefix(text: &str, prefix: &credits::Prefix, metadata: &mut Metadata) {
    let state = |span| Stated { value: one_line(Span::of(span, text)), span: Some(span) };
    if let Some(place) = prefix.place {
        metadata.dateline.get_or_insert_with(|| state(place));
    }
    if let Some(agency) = prefix.agency
        && agency.of(text).chars().filter(char::is_ascii_digit).count() == 0
    {
        let name = credits::outlet(agency.of(text)).map_or_else(|| one_line(agency.of(text)), str::to_owned);
        metadata.outlet.get_or_insert(Stated { value: name, span: Some(agency) });
    }
}
