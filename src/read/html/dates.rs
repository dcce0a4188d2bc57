//! When an article was published: everything on the page that may say so, each with how often such a thing is right.
//!
//! The sources are those that htmldate looks at (Barbaresi, "htmldate: a Python package to extract publication dates
//! from web pages", JOSS 2020). What differs is the choice: none is guessed from the rest of the page, because no date
//! is better than a wrong one.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::content::Chosen;
use super::metadata::Head;
use super::tags::{Attribute, Tag};
use super::text::Flow;
use super::tree::Tree;
use crate::document::DateKind;
use crate::parse::{self, Label};
use crate::span::Span;

/// A date that may be the article's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) date: Date,
    pub(super) sort: Sort,
    pub(super) modified: bool,
    /// Where the text states it.
    pub(super) span: Option<Span>,
}

/// Where a date stands, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    LabelledLine,
    Url,
    Line,
    MetaPublished,
    LinkedNews,
    LinkedArticle,
    MetaDate,
    MarkedTime,
    NearTime,
    Microdata,
    FarLine,
    OnlyTime,
    LinkedPage,
}

impl Sort {
    pub(super) fn kind(self) -> DateKind {
        match self {
            Sort::LinkedNews | Sort::LinkedArticle | Sort::LinkedPage => DateKind::JsonLd,
            Sort::MetaPublished | Sort::MetaDate => DateKind::Meta,
            Sort::Microdata | Sort::MarkedTime | Sort::NearTime | Sort::OnlyTime => DateKind::Time,
            Sort::Url => DateKind::Url,
            Sort::LabelledLine | Sort::Line | Sort::FarLine => DateKind::Line,
        }
    }

    /// How often such a date is the day of publication, where it is the best there is.
    pub(super) fn confidence(self) -> f32 {
        match self {
            Sort::LabelledLine => 0.97,
            Sort::Url => 0.94,
            Sort::Line => 0.92,
            Sort::MetaPublished => 0.9,
            Sort::LinkedNews => 0.88,
            Sort::LinkedArticle => 0.86,
            Sort::MetaDate => 0.85,
            Sort::MarkedTime => 0.84,
            Sort::NearTime => 0.83,
            Sort::Microdata => 0.82,
            Sort::FarLine => 0.8,
            Sort::OnlyTime => 0.6,
            Sort::LinkedPage => 0.2,
        }
    }
}

/// `meta` elements that give the publication.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "published_time",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.issued",
    "pubdate",
    "cxenseparse:recs:publishtime",
    "rbpubdate",
    "shareaholic:article_published_time",
    "bt:pubdate",
    "article_date_original",
    "originalpublicationdate",
    "originaldate",
    "pub_date",
    "w-published-date",
    "article_publish_date",
    "article:publish_date",
    "publish_time",
    "pagedate",
    "dc.date.published",
    "datepub",
    "dcterms.created",
    "dc.date.created",
    "ptime",
    "display_date",
    "cxenseparse:publishtime",
];
/// `meta` elements that give some date.
const SOME: &[&str] = &[
    "date",
    "dc.date",
    "datecreated",
    "og:date",
    "citation_date",
    "article:created_time",
    "last-published",
    "timestamp",
    "created",
];
/// `meta` elements that give the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "article:updated_time",
    "lastmod",
    "last-modified",
    "dc.date.modified",
    "dcterms.modified",
    "modified_time",
    "updated_time",
    "lastmodified",
    "article:modified",
    "last_modified",
];

/// All dates that may be the article's, the surest first.
pub(super) fn candidates(tree: &Tree<'_>, flow: &Flow, head: &Head, chosen: &Chosen) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |date: Option<Date>, sort: Sort, modified: bool, span: Option<Span>| {
        if let Some(date) = date.filter(|d| is_plausible(*d)) {
            let one = Candidate { date, sort, modified, span };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    };
    for stated in &head.stated {
        let sort = match stated.rank {
            5 => Sort::LinkedNews,
            3.. => Sort::LinkedArticle,
            _ => Sort::LinkedPage,
        };
        add(parsed(&stated.published), sort, false, None);
        add(parsed(&stated.modified), sort, true, None);
    }
    for (names, sort, modified) in [
        (PUBLISHED, Sort::MetaPublished, false),
        (SOME, Sort::MetaDate, false),
        (MODIFIED, Sort::MetaPublished, true),
    ] {
        for (_, content) in head.meta.iter().filter(|(n, _)| names.contains(&n.as_str())) {
            add(parsed(content), sort, modified, None);
        }
    }
    for (date, sort, modified) in elements(tree, flow, chosen) {
        add(Some(date), sort, modified, None);
    }
    for segment in &flow.segments {
        add(originally(segment.span.of(&flow.text)), Sort::LabelledLine, false, None);
    }
    add(head.address.as_deref().and_then(of_url), Sort::Url, false, None);
    add(head.canonical.as_deref().and_then(of_url), Sort::Url, false, None);
    for (_, line, near) in &chosen.dates {
        match line.label {
            Label::Published if *near => add(Some(line.date), Sort::LabelledLine, false, Some(line.span)),
            Label::Published => add(Some(line.date), Sort::FarLine, false, Some(line.span)),
            Label::None => add(Some(line.date), Sort::Line, false, Some(line.span)),
            Label::Updated => add(Some(line.date), Sort::LabelledLine, true, Some(line.span)),
            Label::Today => {}
        }
    }
    mark_changes(&mut found);
    // Lines far from the headline that do not agree are of other articles.
    let far: Vec<Date> = found.iter().filter(|c| c.sort == Sort::FarLine).map(|c| c.date).collect();
    if far.iter().any(|d| *d != far[0]) {
        found.retain(|c| c.sort != Sort::FarLine);
    }
    found.sort_by_key(|c| (c.modified, c.sort));
    found
}

/// Dates without a label are of changes if that is what the page says of them elsewhere.
fn mark_changes(found: &mut [Candidate]) {
    let is_bare = |c: &Candidate| matches!(c.sort, Sort::Line | Sort::NearTime | Sort::OnlyTime);
    let stated = |modified: bool, date: Date| {
        found.iter().any(|c| c.modified == modified && c.date == date && (modified || !is_bare(c)))
    };
    let other = found.iter().any(|c| !c.modified && !is_bare(c));
    let changes: Vec<usize> = (0..found.len())
        .filter(|i| !found[*i].modified && is_bare(&found[*i]))
        .filter(|i| stated(true, found[*i].date) && !stated(false, found[*i].date))
        .filter(|i| other || found[*i].sort != Sort::Line)
        .collect();
    for i in changes {
        found[i].modified = true;
    }
}

/// The best of the candidates, if it is good enough.
pub(super) fn published(candidates: &[Candidate]) -> Option<Date> {
    let best = candidates.iter().find(|c| !c.modified).filter(|c| c.sort.confidence() >= ENOUGH)?;
    if best.sort == Sort::LinkedArticle {
        // Nothing else on the page says so: guides that are kept up carry the date of their first draft.
        let rewritten = candidates.iter().any(|c| c.modified && (c.date - best.date).get_days() > REWRITTEN);
        return (!rewritten).then_some(best.date);
    }
    Some(best.date)
}

/// Days after which an article is not what was published.
const REWRITTEN: i32 = 180;

/// A date is taken for that of publication if it is right more often than not.
const ENOUGH: f32 = 0.5;

/// Dates of `time` elements and microdata.
fn elements(tree: &Tree<'_>, flow: &Flow, chosen: &Chosen) -> Vec<(Date, Sort, bool)> {
    let mut out = Vec::new();
    let mut far = Vec::new();
    for node in 0..tree.nodes.len() as u32 {
        let property = tree.attribute(node, Attribute::Itemprop).unwrap_or_default();
        let is_published = property.split_whitespace().any(|p| p.eq_ignore_ascii_case("datePublished"));
        let is_modified = property.split_whitespace().any(|p| p.eq_ignore_ascii_case("dateModified"));
        let is_time = tree.tag(node) == Tag::Time;
        if !(is_published || is_modified || is_time) || tree.tag(node) == Tag::Meta && property.is_empty() {
            continue;
        }
        let value = [Attribute::Datetime, Attribute::Content].iter().find_map(|a| tree.attribute(node, *a));
        let date = value.and_then(parsed).or_else(|| {
            let text: String = tree.text(node).chars().take(100).collect();
            parsed(&text)
        });
        let Some(date) = date else { continue };
        if is_published || is_modified {
            out.push((date, Sort::Microdata, is_modified && !is_published));
            continue;
        }
        let classes = tree.attribute(node, Attribute::Class).unwrap_or_default().to_ascii_lowercase();
        let near = node >= chosen.first_node && node <= chosen.last_node;
        let before = flow.segments.partition_point(|s| s.first <= node).saturating_sub(1);
        let says_change = flow.segments.get(before).is_some_and(|s| {
            let text = s.span.of(&flow.text);
            text.len() < 200
                && parse::date_line(text, Span::new(0, text.len())).is_some_and(|l| l.label == Label::Updated)
        });
        if says_change
            || classes.contains("updated") && !classes.contains("published")
            || classes.contains("modified")
        {
            out.push((date, Sort::MarkedTime, true));
        } else if near
            && ["publish", "entry-date", "post-date", "posted", "pubdate", "dt-published"]
                .iter()
                .any(|c| classes.contains(c))
        {
            out.push((date, Sort::MarkedTime, false));
        } else if near {
            out.push((date, Sort::NearTime, false));
        } else {
            far.push(date);
        }
    }
    far.dedup();
    if let [only] = far.as_slice()
        && out.is_empty()
    {
        out.push((*only, Sort::OnlyTime, false));
    }
    out
}

/// No article is of the first day of the epoch, or from before newspapers.
fn is_plausible(date: Date) -> bool {
    (1700..=2100).contains(&date.year()) && date != jiff::civil::date(1970, 1, 1)
}

/// A date as machines and people write it.
pub(super) fn parsed(text: &str) -> Option<Date> {
    static ISO: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]|$|[+Z])").expect("a fixed pattern"));
    let text = text.trim();
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    if let Some(found) = ISO.captures(text) {
        let number = |i: usize| found[i].parse::<i16>().ok();
        return Date::new(number(1)?, number(2)? as i8, number(3)? as i8).ok();
    }
    if text.bytes().all(|b| b.is_ascii_digit()) && matches!(text.len(), 10 | 13) {
        let seconds = text[..10].parse::<i64>().ok()?;
        let at = jiff::Timestamp::from_second(seconds).ok()?;
        return Some(at.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    parse::date_line(text, Span::new(0, text.len())).map(|l| l.date)
}

/// "This article was originally published on 26 Sep 2019 but has been updated."
fn originally(text: &str) -> Option<Date> {
    static PHRASE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:originally|first) (?:published|posted|appeared)(?: (?:on|in))?:? ")
            .expect("a fixed pattern")
    });
    let phrase = PHRASE.find(text.get(..text.floor_char_boundary(400))?)?;
    let rest = &text[phrase.end()..];
    let rest: String = rest.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    parsed(rest.trim_end_matches(['.', ',']))
}

/// The day in an address.
fn of_url(url: &str) -> Option<Date> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"[/_-]((?:19|20)\d\d)([/_-]?)(0?[1-9]|1[0-2])([/_-]?)(0?[1-9]|[12]\d|3[01])(?:[/_.-]|$|[?#])",
        )
        .expect("a fixed pattern")
    });
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.get(path.find('/')?..)?;
    let found = DAY.captures(path)?;
    let same = found[2] == found[4] && (!found[2].is_empty() || found[3].len() == 2 && found[5].len() == 2);
    let number = |i: usize| found[i].parse::<i16>().ok();
    same.then(|| Date::new(number(1)?, number(3)? as i8, number(5)? as i8).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_dates() {
        for text in ["", "2024", "2024-10", "0000-00-00", "yesterday", "03/04/2024", "12345"] {
            assert_eq!(parsed(text), None, "{text}");
        }
        for url in [
            "https://a.example/2024/10/",
            "https://a.example/p/1234-56-78",
            "https://a.example/20241345",
            "https://2024-10-26.example/",
        ] {
            assert_eq!(of_url(url), None, "{url}");
        }
    }

    #[test]
    fn dates() {
        for text in [
            "2024-10-26",
            "2024-10-26T23:59:59+09:00",
            "20241026",
            "2024-10-26 10:00",
            "October 26, 2024",
            "Sat, 26 Oct 2024 10:00:00 GMT",
            "1729930000",
            "1729930000000",
        ] {
            assert_eq!(parsed(text).map(|d| d.to_string()).as_deref(), Some("2024-10-26"), "{text}");
        }
        for url in [
            "https://a.example/2024/10/26/troops",
            "https://a.example/news/2024-10-26-troops",
            "https://a.example/20241026/troops",
            "https://a.example/world/20241026",
        ] {
            assert_eq!(of_url(url).map(|d| d.to_string()).as_deref(), Some("2024-10-26"), "{url}");
        }
    }
}
