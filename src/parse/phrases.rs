//! Phrases that tell what is on the page but not of the article.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::document::BlockKind;

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

/// What the table knows of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) effect: Phrase,
    /// Navigation, teaser, comment, notice or caption.
    pub(super) sort: BlockKind,
}

struct Phrases {
    lines: FxHashMap<&'static str, Told>,
    starts: FxHashMap<&'static str, Told>,
    parts: FxHashMap<&'static str, Told>,
    start: Regex,
    part: Regex,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut lines, mut starts) = (FxHashMap::default(), FxHashMap::default());
    let mut parts = FxHashMap::default();
    for row in crate::lexicon::rows(TABLE) {
        let mut cells = row.split('\t');
        let (Some(effect), Some(place), Some(sort), Some(phrase)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let effect = match effect {
            "item" => Phrase::Item,
            "section" => Phrase::Section,
            "more" => Phrase::More,
            "end" => Phrase::End,
            _ => Phrase::Notice,
        };
        let sort = match sort {
            "teaser" => BlockKind::Teaser,
            "comment" => BlockKind::Comment,
            "notice" => BlockKind::Notice,
            "caption" => BlockKind::Caption,
            _ => BlockKind::Navigation,
        };
        let table = match place {
            "line" => &mut lines,
            "start" => &mut starts,
            _ => &mut parts,
        };
        table.insert(phrase, Told { effect, sort });
    }
    // The longest phrase that fits must win.
    let any = |phrases: &FxHashMap<&'static str, Told>| {
        let mut longest: Vec<&str> = phrases.keys().copied().collect();
        longest.sort_unstable_by_key(|p| (std::cmp::Reverse(p.len()), *p));
        longest.iter().map(|p| regex::escape(p)).collect::<Vec<_>>().join("|")
    };
    let start = Regex::new(&format!("^(?:{})", any(&starts))).expect("escaped phrases");
    let part = Regex::new(&format!(r"\b(?:{})\b", any(&parts))).expect("escaped phrases");
    Phrases { lines, starts, parts, start, part }
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
pub(super) fn phrase(line: &str, words: usize) -> Option<Told> {
    /// Longer lines are prose that happens to begin or go on like that.
    const LONGEST: usize = 25;
    const BUTTON: Told = Told { effect: Phrase::Item, sort: BlockKind::Navigation };
    if words > LONGEST || line.len() > 400 {
        return None;
    }
    if is_link(line) {
        return Some(BUTTON);
    }
    let normal = normal(line);
    if let Some(told) = PHRASES.lines.get(normal.as_str()) {
        return Some(*told);
    }
    if words >= 2
        && normal.split(|c: char| !c.is_alphanumeric()).all(|w| w.is_empty() || BUTTONS.contains(&w))
    {
        return Some(BUTTON);
    }
    if words <= 14
        && let Some(found) = PHRASES.start.find(&normal)
        && !normal[found.end()..]
            .starts_with(|c: char| c.is_alphanumeric() && found.as_str().ends_with(char::is_alphanumeric))
    {
        return PHRASES.starts.get(found.as_str()).copied();
    }
    PHRASES.part.find(&normal).and_then(|found| PHRASES.parts.get(found.as_str()).copied())
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = FxHashSet::default();
        for row in crate::lexicon::rows(TABLE) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 4, "{row}");
            assert!(["item", "section", "more", "end", "notice"].contains(&cells[0]), "{row}");
            assert!(["line", "start", "part"].contains(&cells[1]), "{row}");
            assert!((cells[0] == "notice") == (cells[1] == "part"), "{row}");
            let sorts = ["navigation", "teaser", "comment", "notice", "caption"];
            assert!(sorts.contains(&cells[2]), "{row}");
            assert!(!cells[3].is_empty() && cells[3] == cells[3].to_lowercase(), "{row}");
            assert!(cells[1] != "line" || normal(cells[3]) == cells[3], "{row}");
            assert!(seen.insert((cells[1], cells[3])), "twice: {row}");
        }
    }

    fn check(line: &str, expected: Option<Phrase>) {
        let found = phrase(line, line.split_whitespace().count()).map(|told| told.effect);
        assert_eq!(found, expected, "{line}");
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
