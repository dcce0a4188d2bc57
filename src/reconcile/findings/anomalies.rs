//! Dates that cannot be right, given the rest of the corpus.
//!
//! A wrong year is the commonest slip in a date, and no look at the one article shows it. The corpus does: articles
//! that tell the same story, and whose dates lie together, vouch for the time. A date far from theirs is suspect
//! when it opens an article or is its own date; it is reported when the same day in their year would fit, or when
//! the article's own date stands alone. Articles that look back (an anniversary, a history) say so, or name the
//! year again, and are left in peace.
//!
//! Two slips show in the article alone: a weekday that does not match, and a thing told as past on a day that had not
//! come when the article was published. What will be, is planned or announced may lie ahead, so the verb that the day
//! belongs to must tell of the past, and nothing in the sentence may look forward.

use std::sync::LazyLock;

use jiff::civil::Date;
use rayon::prelude::*;
use regex::Regex;

use super::super::dates::{StatedDate, called, dates_in, days_between, in_words, weekday_name, years_in};
use super::super::origins::listed;
use super::super::terms::prose;
use super::super::{Finding, FindingKind};
use super::Evidence;
use crate::document::{Document, Tag};
use crate::language::{self, Annotated};
use crate::span::Span;

/// Dates of one story lie within so many days of their middle.
const TOGETHER: i32 = 60;
/// Documents of a story that are asked for their dates: a story of thousands would be asked thousands of times.
const MOST: usize = 256;
/// A corrected date must come so near.
const NEAR: i32 = 30;

static LOOKS_BACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(anniversary|commemorat\w+|years? (?:ago|on|later|after|before|earlier|since)|decades? (?:ago|on|later|after|since)|a year (?:ago|on|later|after|since)|on this day|look(?:s|ing)? back|in memory of|marks? (?:\w+ )?(?:year|decade)s?|historians?|history of|years? to the day)\b",
    )
    .expect("the pattern is fixed and tested")
});

/// A date that speaks for when an article was written.
#[derive(Clone, Copy)]
struct Own {
    date: Date,
    span: Option<Span>,
    published: bool,
}

/// The anomalies.
pub(super) fn dates(evidence: &Evidence<'_>) -> Vec<Finding> {
    let documents = evidence.documents;
    let own: Vec<Vec<Own>> = documents.par_iter().map(own_dates).collect();
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); documents.len()];
    for &(a, b, _) in &evidence.stories.alike {
        neighbours[a].push(b);
        neighbours[b].push(a);
    }
    let of_one = |d: usize| {
        let mut out: Vec<Finding> = Vec::new();
        out.extend(weekday_slip(evidence, d));
        out.extend(yet_to_come(evidence, d));
        out.extend(own[d].iter().find_map(|one| outlier(evidence, d, *one, &neighbours[d])));
        out
    };
    (0..documents.len()).into_par_iter().flat_map_iter(of_one).collect()
}

/// The publication date, or else the complete date that opens the text.
fn own_dates(document: &Document) -> Vec<Own> {
    if let Some(published) = &document.metadata.published {
        return vec![Own { date: published.value, span: published.span, published: true }];
    }
    let Some(first) = prose(document).next() else { return Vec::new() };
    let end = document
        .sentences
        .iter()
        .find(|s| s.span.start() >= first.start())
        .map_or(first.end(), |s| s.span.end().min(first.end()));
    dates_in(&document.text, Span::new(first.start(), end.max(first.start())))
        .into_iter()
        .take(1)
        .map(|s: StatedDate| Own { date: s.date, span: Some(s.span), published: false })
        .collect()
}

fn outlier(evidence: &Evidence<'_>, d: usize, own: Own, neighbours: &[usize]) -> Option<Finding> {
    let documents = evidence.documents;
    let document = &documents[d];
    // Documents of the story, or as like as if they were: the date itself may have kept this one out of it.
    let mut around: Vec<usize> = neighbours.to_vec();
    let story = &evidence.stories.stories[evidence.stories.of[d]];
    around.extend(story.documents.iter().map(|&o| o as usize));
    around.sort_unstable();
    around.dedup();
    around.truncate(MOST);
    let dated: Vec<(Date, usize)> = around
        .into_iter()
        .filter(|&o| o != d && !is_copy(evidence, d, o))
        .filter_map(|o| Some((documents[o].published()?, o)))
        .collect();
    if dated.len() < 2 {
        return None;
    }
    let mut days: Vec<Date> = dated.iter().map(|x| x.0).collect();
    days.sort_unstable();
    let middle = days[days.len() / 2];
    let near: Vec<(Date, usize)> =
        dated.iter().copied().filter(|x| days_between(x.0, middle) <= TOGETHER).collect();
    if near.len() < 2 || near.len() * 3 < dated.len() * 2 {
        return None;
    }
    let nearest = near.iter().map(|x| days_between(x.0, own.date)).min()?;
    if nearest < evidence.options.date_distance {
        return None;
    }
    let corrected = same_day_near(own.date, &near);
    if !own.published && (corrected.is_none() || looks_back(document, own)) {
        return None;
    }
    if names_its_year(document, own) || (own.published && own.span.is_none() && corrected.is_none()) {
        return None;
    }
    let stated = match own.span {
        Some(span) => format!("“{}”", span.of(&document.text).trim()),
        None => in_words(own.date),
    };
    let others: Vec<String> =
        near.iter().map(|(date, o)| format!("{}: {}", called(&documents[*o]), in_words(*date))).collect();
    let side = if own.date < middle { "later" } else { "earlier" };
    let mut message = format!(
        "{} {} {stated}, but the dated articles of the same story are {} {side} ({})",
        called(document),
        if own.published { "is dated" } else { "opens with" },
        span_in_words(nearest),
        listed(&others)
    );
    match corrected {
        Some(date) => message.push_str(&format!("; the same day in {} would fit.", date.year())),
        None => message.push('.'),
    }
    let mut shown: Vec<(u32, Span)> = own.span.map(|s| (d as u32, s)).into_iter().collect();
    shown.extend(near.iter().take(8).filter_map(|(_, o)| {
        let span = documents[*o].metadata.published.as_ref()?.span?;
        Some((*o as u32, span))
    }));
    let mut concerned: Vec<u32> = near.iter().map(|x| x.1 as u32).collect();
    concerned.insert(0, d as u32);
    let claims = own.span.map(|s| claims_at(evidence, d, s)).unwrap_or_default();
    Some(Finding {
        kind: FindingKind::DateAnomaly,
        severity: if corrected.is_some() { 3 } else { 2 },
        message,
        documents: concerned,
        claims,
        evidence: shown,
    })
}

fn claims_at(evidence: &Evidence<'_>, d: usize, span: Span) -> Vec<u32> {
    // Claims stand in order of their documents.
    let from = evidence.claims.partition_point(|c| (c.document as usize) < d);
    let own = evidence.claims[from..].iter().take_while(|c| c.document as usize == d);
    own.zip(from as u32..)
        .filter(|(c, _)| c.content_spans.iter().any(|s| s.contains(span)))
        .map(|(_, i)| i)
        .collect()
}

fn is_copy(evidence: &Evidence<'_>, a: usize, b: usize) -> bool {
    evidence.sharing.get(&(a.min(b) as u32, a.max(b) as u32)) == Some(&true)
}

/// The same day and month in the year of the others, if that comes near one of them.
fn same_day_near(date: Date, others: &[(Date, usize)]) -> Option<Date> {
    let candidates = others.iter().flat_map(|(o, _)| (-1..=1).map(move |step| o.year() + step));
    candidates
        .filter(|&year| year != date.year())
        .filter_map(|year| Date::new(year, date.month(), date.day()).ok())
        .filter_map(|c| Some((others.iter().map(|(o, _)| days_between(*o, c)).min()?, c)))
        .filter(|(distance, _)| *distance <= NEAR)
        .min()
        .map(|(_, c)| c)
}

/// Whether the opening says that it tells of the past.
fn looks_back(document: &Document, own: Own) -> bool {
    let opening = prose(document).next();
    let title = document.metadata.title.as_ref().map(|t| t.value.as_str());
    let blocks: Vec<Span> = prose(document).take(2).collect();
    let text = &document.text;
    let has_been = own.span.is_some() && opening.is_some_and(|o| past_perfect(o.of(text)));
    has_been
        || title.is_some_and(|t| LOOKS_BACK.is_match(t))
        || blocks.iter().any(|b| LOOKS_BACK.is_match(b.of(text)))
}

/// "had begun": told from later on.
fn past_perfect(text: &str) -> bool {
    let first = text.split(['.', '!', '?']).next().unwrap_or("");
    first.split_whitespace().any(|w| w.eq_ignore_ascii_case("had"))
}

/// Whether the rest of the text names the year of the date again: then it is no slip.
fn names_its_year(document: &Document, own: Own) -> bool {
    let text = &document.text;
    let dates: Vec<StatedDate> = prose(document).flat_map(|b| dates_in(text, b)).collect();
    let in_own_date = |span: Span| dates.iter().any(|d| d.date == own.date && d.span.contains(span));
    let own_day = |span: Span| own.span.is_some_and(|s| s.overlaps(span));
    prose(document)
        .flat_map(|b| years_in(text, b))
        .any(|(year, span)| year == own.date.year() && !in_own_date(span) && !own_day(span))
}

fn span_in_words(days: i32) -> String {
    let months = (f64::from(days) / 30.44).round() as i32;
    match months {
        ..=10 => format!("about {months} months"),
        11..=13 => "about a year".to_owned(),
        14..=22 => format!("about {months} months"),
        _ => format!("about {} years", (f64::from(days) / 365.25).round()),
    }
}

/// "Thursday, October 25, 2024" was a Friday.
fn weekday_slip(evidence: &Evidence<'_>, d: usize) -> Vec<Finding> {
    let document = &evidence.documents[d];
    let head = document.metadata.published.as_ref().and_then(|p| p.span);
    let lines = head.map(|s| line_around(&document.text, s));
    prose(document)
        .chain(lines)
        .flat_map(|block| dates_in(&document.text, block))
        .filter_map(|stated| {
            let named = stated.weekday?;
            let right = stated.date.weekday();
            (named != right).then(|| Finding {
                kind: FindingKind::DateAnomaly,
                severity: 2,
                message: format!(
                    "{} writes “{}”, but {} was a {}, not a {}.",
                    called(document),
                    stated.span.of(&document.text),
                    in_words(stated.date),
                    weekday_name(right),
                    weekday_name(named)
                ),
                documents: vec![d as u32],
                claims: claims_at(evidence, d, stated.span),
                evidence: vec![(d as u32, stated.span)],
            })
        })
        .collect()
}

/// Days by which a date may follow that of publication: time zones, and stories dated the day before.
const AHEAD: i32 = 2;

/// What is arranged in the past may lie in the future.
const ARRANGING: &str = "agree aim allow announce appoint approve arrange ask authorize book call cancel decide declare delay \
    demand expect extend file fix forecast grant hope intend invite issue know launch let make move name need offer open \
    order plan pledge postpone predict prepare promise propose push put reschedule reserve say schedule see seek sentence set \
    sign slate tell time urge vow want warn";

/// Days after publication on which the article says that something happened.
fn yet_to_come(evidence: &Evidence<'_>, d: usize) -> Vec<Finding> {
    let document = &evidence.documents[d];
    let metadata = &document.metadata;
    let modified = metadata.modified.as_ref().map(|m| m.value);
    let Some(written) = document.published().map(|p| modified.map_or(p, |m| p.max(m))) else {
        return Vec::new();
    };
    let ahead: Vec<StatedDate> = prose(document)
        .flat_map(|block| dates_in(&document.text, block))
        .filter(|s| s.date > written && days_between(s.date, written) > AHEAD)
        .collect();
    if ahead.is_empty() {
        return Vec::new();
    }
    let article = language::tagged(document);
    ahead
        .into_iter()
        .filter(|stated| is_told_as_past(&article, stated.span))
        .map(|stated| Finding {
            kind: FindingKind::DateAnomaly,
            severity: 2,
            message: format!(
                "{}, published {}, tells of “{}” as past, {} before that day.",
                called(document),
                in_words(written),
                stated.span.of(&document.text),
                ahead_in_words(days_between(stated.date, written))
            ),
            documents: vec![d as u32],
            claims: claims_at(evidence, d, stated.span),
            evidence: vec![(d as u32, stated.span)],
        })
        .collect()
}

/// Whether the day in `span` is that of a verb in the past tense, in a sentence that looks nowhere forward.
fn is_told_as_past(article: &Annotated<'_>, span: Span) -> bool {
    let day = article.tokens_in(span);
    let Some(sentence) = article.sentences.get(article.sentence_of(day.start)) else { return false };
    let tokens = sentence.first_token as usize..sentence.last_token as usize;
    if day.is_empty() || day.start < tokens.start {
        return false;
    }
    let forward = |i: usize| {
        article.tag(i) == Tag::MD
            || matches!(
                article.lower(i),
                "if" | "until" | "till" | "by" | "due" | "deadline" | "expires" | "effective"
            )
    };
    if tokens.clone().any(forward) {
        return false;
    }
    // "On May 5", "on Monday, May 5"; a day without a preposition may hang on anything.
    let mut before = day.start;
    while before > tokens.start
        && (article.tag(before - 1).is_mark() || article.lower(before - 1).ends_with("day"))
    {
        before -= 1;
    }
    let Some(on) = before.checked_sub(1).filter(|&i| i >= tokens.start && article.lower(i) == "on") else {
        return false;
    };
    let is_verb = |&i: &usize| article.tag(i).is_verb();
    let verb = match (tokens.start..on).rev().find(is_verb) {
        Some(verb) => Some(verb),
        None => (day.end..tokens.end).find(is_verb),
    };
    let Some(mut verb) = verb else { return false };
    // "was held on": what was done.
    if verb > on && verb + 1 < tokens.end && article.tag(verb + 1) == Tag::VBN {
        verb += 1;
    }
    let past = match article.tag(verb) {
        Tag::VBD => true,
        Tag::VBN => (tokens.start.max(verb.saturating_sub(3))..verb)
            .any(|i| matches!(article.lower(i), "was" | "were")),
        _ => false,
    };
    past && !ARRANGING.split_whitespace().any(|lemma| lemma == article.lemma(verb))
}

fn ahead_in_words(days: i32) -> String {
    if days < 60 { format!("{days} days") } else { span_in_words(days) }
}

fn line_around(text: &str, span: Span) -> Span {
    let start = text[..span.start()].rfind('\n').map_or(0, |i| i + 1);
    let end = text[span.end()..].find('\n').map_or(text.len(), |i| span.end() + i);
    Span::new(start, end)
}
