//! Which field of a table, or of a JSON object, holds which part of an article.
//!
//! What the user says goes first ([`FieldMap`]); the rest is guessed from the names that news APIs and archives give
//! their fields (`lexicon/fields.tsv`). Names are compared without case, underscores, hyphens and blanks, so that
//! `articleBody`, `article_body` and "Article Body" are one name; a dot leads into a nested object (`source.name`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::error::{Error, ErrorKind, Result};
use crate::lexicon;

/// Names of fields that the user gives; what is `None` is guessed.
///
/// ```
/// use reportedly::read::FieldMap;
/// let map = FieldMap::new([("text", "Volltext"), ("outlet", "quelle.name")]).unwrap();
/// assert_eq!(map.text.as_deref(), Some("Volltext"));
/// assert!(FieldMap::new([("body", "Volltext")]).unwrap_err().to_string().contains("`text`"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// The article's text.
    pub text: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Newspaper, agency, site.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What it is called in its file.
    pub id: Option<String>,
}

impl FieldMap {
    /// A map from pairs of part and field.
    ///
    /// # Errors
    /// `Argument` for a part that articles do not have.
    pub fn new<P: AsRef<str>, F: Into<String>>(pairs: impl IntoIterator<Item = (P, F)>) -> Result<Self> {
        let mut map = FieldMap::default();
        for (part, field) in pairs {
            let Some(known) = Part::ALL.iter().find(|p| p.name() == part.as_ref()) else {
                let parts = Part::ALL.map(|p| format!("`{}`", p.name())).join(", ");
                let message = format!("unknown part of an article `{}`: use {parts}", part.as_ref());
                return Err(Error::new(ErrorKind::Argument, message));
            };
            *map.slot(*known) = Some(field.into());
        }
        Ok(map)
    }

    fn slot(&mut self, part: Part) -> &mut Option<String> {
        match part {
            Part::Text => &mut self.text,
            Part::Title => &mut self.title,
            Part::Published => &mut self.published,
            Part::Modified => &mut self.modified,
            Part::Outlet => &mut self.outlet,
            Part::Byline => &mut self.byline,
            Part::Url => &mut self.url,
            Part::Id => &mut self.id,
        }
    }

    /// The field that the user names for a part.
    pub(super) fn get(&self, part: Part) -> Option<&str> {
        match part {
            Part::Text => self.text.as_deref(),
            Part::Title => self.title.as_deref(),
            Part::Published => self.published.as_deref(),
            Part::Modified => self.modified.as_deref(),
            Part::Outlet => self.outlet.as_deref(),
            Part::Byline => self.byline.as_deref(),
            Part::Url => self.url.as_deref(),
            Part::Id => self.id.as_deref(),
        }
    }

    /// All fields that the user names, with their parts.
    pub(super) fn named(&self) -> impl Iterator<Item = (Part, &str)> {
        Part::ALL.into_iter().filter_map(|part| Some((part, self.get(part)?)))
    }
}

/// What an article has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text,
    Title,
    Published,
    Modified,
    Outlet,
    Byline,
    Url,
    Id,
}

impl Part {
    pub(super) const ALL: [Part; 8] = [
        Part::Text,
        Part::Title,
        Part::Published,
        Part::Modified,
        Part::Outlet,
        Part::Byline,
        Part::Url,
        Part::Id,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Text => "text",
            Part::Title => "title",
            Part::Published => "published",
            Part::Modified => "modified",
            Part::Outlet => "outlet",
            Part::Byline => "byline",
            Part::Url => "url",
            Part::Id => "id",
        }
    }
}

/// A summary is a text of lower rank than any text.
const SUMMARY: u8 = 100;

/// The table of names.
struct Names {
    parts: FxHashMap<&'static str, Vec<(Part, u8)>>,
    lists: FxHashMap<&'static str, u8>,
    wraps: FxHashMap<&'static str, u8>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names =
        Names { parts: FxHashMap::default(), lists: FxHashMap::default(), wraps: FxHashMap::default() };
    for row in lexicon::rows(include_str!("../../lexicon/fields.tsv")) {
        let mut cells = row.split('\t');
        let (Some(part), Some(name), Some(rank)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let rank = rank.trim().parse().unwrap_or(u8::MAX);
        match part {
            "list" => _ = names.lists.insert(name, rank),
            "wrap" => _ = names.wraps.insert(name, rank),
            "summary" => names.parts.entry(name).or_default().push((Part::Text, SUMMARY + rank)),
            part => {
                if let Some(part) = Part::ALL.into_iter().find(|p| p.name() == part) {
                    names.parts.entry(name).or_default().push((part, rank));
                }
            }
        }
    }
    names
});

/// A name as the table writes it.
fn plain(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    // Elasticsearch wraps every document in it.
    let name = name.strip_prefix("_source.").unwrap_or(name);
    // MongoDB writes types as names: `{"date": {"$date": "…"}}`.
    let name = name.split_once(".$").map_or(name, |(name, _)| name);
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Whether arrays of articles are kept under this name.
pub(super) fn is_list(name: &str) -> bool {
    NAMES.lists.contains_key(plain(name).as_str())
}

/// How many parts of an article the names stand for, and whether a text is among them.
pub(super) fn recognised<S: AsRef<str>>(names: &[S]) -> (usize, bool) {
    let choice = Choice::of(names, &FieldMap::default());
    (choice.of.iter().filter(|fields| !fields.is_empty()).count(), !choice.of[0].is_empty())
}

/// For each part the fields that may hold it, the best first.
#[derive(Debug, Default)]
pub(super) struct Choice {
    of: [Vec<usize>; 8],
    /// Whether a field holds the text itself, and not only a summary.
    body: bool,
}

impl Choice {
    /// Chooses among fields by their names.
    pub(super) fn of<S: AsRef<str>>(names: &[S], map: &FieldMap) -> Self {
        let mut ranked: [Vec<(u8, usize)>; 8] = Default::default();
        let plain: Vec<String> = names.iter().map(|name| plain(name.as_ref())).collect();
        for (i, name) in plain.iter().enumerate() {
            for (part, rank) in roles(name) {
                ranked[part as usize].push((rank, i));
            }
        }
        let mut choice = Choice::default();
        let named = map.text.is_some();
        choice.body = named || ranked[Part::Text as usize].iter().any(|(rank, _)| *rank < SUMMARY);
        for part in Part::ALL {
            let ranked = &mut ranked[part as usize];
            ranked.sort_unstable();
            choice.of[part as usize] = match map.get(part) {
                Some(field) => find(names, &plain, field).into_iter().collect(),
                None => ranked.iter().map(|(_, i)| *i).collect(),
            };
        }
        choice.body &= !choice.of[Part::Text as usize].is_empty();
        choice
    }

    /// Whether there is a field for the text itself, and not only for a summary.
    pub(super) fn has_body(&self) -> bool {
        self.body
    }

    /// The same with one field for the text.
    #[must_use]
    pub(super) fn with_text(mut self, field: usize) -> Self {
        self.of[Part::Text as usize] = vec![field];
        self.body = true;
        self
    }

    /// The fields that may hold a part, the best first.
    pub(super) fn fields(&self, part: Part) -> &[usize] {
        &self.of[part as usize]
    }

    /// All fields that are of use, in order.
    #[cfg_attr(not(feature = "arrow"), allow(dead_code))]
    pub(super) fn used(&self) -> Vec<usize> {
        let mut used: Vec<usize> = self.of.iter().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        used
    }
}

/// What a field of this name may hold; names inside a wrapping object count like those outside, but after them.
fn roles(name: &str) -> Vec<(Part, u8)> {
    /// Ranks of the table are smaller, apart from those of summaries.
    const INSIDE: u8 = 20;
    /// Wraps inside of wraps, only so deep.
    const DEEPEST: u8 = 3;
    let mut name = name;
    for depth in 0..=DEEPEST {
        if let Some(roles) = NAMES.parts.get(name) {
            return roles.iter().map(|(part, rank)| (*part, rank.saturating_add(depth * INSIDE))).collect();
        }
        match name.split_once('.') {
            Some((outer, inner)) if NAMES.wraps.contains_key(outer) => name = inner,
            _ => break,
        }
    }
    Vec::new()
}

/// The field that the user means.
fn find<S: AsRef<str>>(names: &[S], plain_names: &[String], field: &str) -> Option<usize> {
    let exact = names.iter().position(|name| name.as_ref() == field);
    let alike = || plain_names.iter().position(|name| *name == plain(field));
    exact.or_else(alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &str) {
        let choice = Choice::of(names, &FieldMap::default());
        let found: Vec<String> = Part::ALL
            .iter()
            .filter(|p| !choice.fields(**p).is_empty())
            .map(|p| {
                let fields: Vec<&str> = choice.fields(*p).iter().map(|i| names[*i]).collect();
                format!("{}={}", p.name(), fields.join("/"))
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{names:?}");
    }

    #[test]
    fn table_is_well_formed() {
        let mut seen = FxHashMap::default();
        for row in lexicon::rows(include_str!("../../lexicon/fields.tsv")) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            assert_eq!(cells[1], plain(cells[1]), "{row}");
            assert!(cells[2].parse::<u8>().is_ok_and(|rank| (1..20).contains(&rank)), "{row}");
            let other = matches!(cells[0], "summary" | "list" | "wrap");
            assert!(other || Part::ALL.iter().any(|p| p.name() == cells[0]), "{row}");
            assert_eq!(seen.insert((cells[0], cells[1]), ()), None, "{row}");
        }
    }

    #[test]
    fn other_fields_stay() {
        check(&["a", "b", "context", "word count", "sentiment"], "");
    }

    #[test]
    fn guesses() {
        check(
            &["source.name", "author", "title", "description", "url", "publishedAt", "content"],
            "text=content/description title=title published=publishedAt outlet=source.name byline=author url=url",
        );
        check(
            &["Article Body", "Head_Line", "Pub-Date"],
            "text=Article Body title=Head_Line published=Pub-Date",
        );
        check(&["_id", "_source.text", "_source.title"], "text=_source.text title=_source.title id=_id");
        check(&["_id.$oid", "date.$date", "text"], "text=text published=date.$date id=_id.$oid");
        check(&["fields.body", "webTitle"], "text=fields.body title=webTitle");
        check(
            &["headline.main", "abstract", "pub_date"],
            "text=abstract title=headline.main published=pub_date",
        );
    }

    #[test]
    fn the_user_goes_first() {
        let map = FieldMap::new([("text", "notes"), ("title", "NAME")]).unwrap();
        let choice = Choice::of(&["text", "notes", "name", "title"], &map);
        assert_eq!((choice.fields(Part::Text), choice.fields(Part::Title)), (&[1][..], &[2][..]));
        let map = FieldMap::new([("text", "nowhere")]).unwrap();
        assert!(Choice::of(&["text"], &map).fields(Part::Text).is_empty());
        let error = FieldMap::new([("author", "x")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains("`byline`"), "{error}");
    }
}
