//! Short names that are unique in a corpus.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::RawArticle;
use super::format::PACKED;

/// The file's name without its extensions: `rain.txt.gz` is `rain`.
pub(super) fn stem(path: &Path) -> String {
    let packed = path.extension().is_some_and(|e| PACKED.iter().any(|p| e.eq_ignore_ascii_case(p)));
    let inner = if packed { path.with_extension("") } else { path.to_owned() };
    inner.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Makes every id unique: ids that occur more than once get their folder in front (`2024/index`), and what is then
/// still the same is numbered (`index-2`). Depends on the order of `articles` only; unique ids stay as they are.
pub fn make_unique(articles: &mut [RawArticle]) {
    let mut count: FxHashMap<String, usize> = FxHashMap::default();
    for article in articles.iter() {
        *count.entry(article.id.clone()).or_default() += 1;
    }
    if count.len() == articles.len() && !count.contains_key("") {
        return;
    }
    let mut taken: FxHashSet<String> =
        count.iter().filter(|(id, n)| **n == 1 && !id.is_empty()).map(|(id, _)| id.clone()).collect();
    let mut next: FxHashMap<String, usize> = FxHashMap::default();
    for article in articles.iter_mut() {
        if article.id.is_empty() {
            article.id = "document".to_owned();
        } else if count.get(&article.id) == Some(&1) {
            continue;
        } else if let Some(folder) = folder(article) {
            article.id = format!("{folder}/{}", article.id);
        }
        if taken.insert(article.id.clone()) {
            continue;
        }
        let number = next.entry(article.id.clone()).or_insert(2);
        loop {
            let numbered = format!("{}-{number}", article.id);
            *number += 1;
            if taken.insert(numbered.clone()) {
                article.id = numbered;
                break;
            }
        }
    }
}

/// Makes ids unique as articles come, one after the other, so that no article is looked at twice.
///
/// As [`make_unique`], but the first that has an id keeps it. Ids that are made of a file's name and a row take no
/// memory of their own: of those it is enough to know how far their file has come. Of others a hash is kept.
#[derive(Default)]
pub(super) struct Ids {
    taken: FxHashSet<u64>,
    /// By what stands before the number: up to which number all are taken.
    rows: FxHashMap<String, u64>,
    /// For ids that come again and again, the number to try next.
    next: FxHashMap<u64, u64>,
    /// The file that is being read, and what stands before the numbers of its rows.
    file: Option<(String, String)>,
}

impl Ids {
    /// Gives the article an id that none before it has.
    pub(super) fn settle(&mut self, article: &mut RawArticle) {
        if article.id.is_empty() {
            article.id = "document".to_owned();
        }
        if let Some(number) = self.number_of_row(article) {
            let base = self.base(article);
            let id = format!("{base}-{number}");
            if !self.taken.contains(&hash(&id)) {
                self.rows.insert(base, number);
                article.id = id;
                return;
            }
        }
        if self.take(&article.id) {
            return;
        }
        if let Some(folder) = folder(article) {
            article.id = format!("{folder}/{}", article.id);
            if self.take(&article.id) {
                return;
            }
        }
        let mut number = self.next.get(&hash(&article.id)).copied().unwrap_or(2);
        let numbered = loop {
            let numbered = format!("{}-{number}", article.id);
            number += 1;
            if self.take(&numbered) {
                break numbered;
            }
        };
        self.next.insert(hash(&article.id), number);
        article.id = numbered;
    }

    /// The number in an id that is a file's name and a row's number.
    fn number_of_row(&self, article: &RawArticle) -> Option<u64> {
        let (row, path) = (article.row?, article.path.as_deref()?);
        let base = article.id.strip_suffix(&(row + 1).to_string())?.strip_suffix('-')?;
        (base == stem(Path::new(path))).then_some(row + 1)
    }

    /// What stands before the numbers of the rows of this article's file; not the same for two files.
    fn base(&mut self, article: &RawArticle) -> String {
        let path = article.path.as_deref().unwrap_or_default();
        if let Some((file, base)) = &self.file
            && file == path
        {
            return base.clone();
        }
        let mut base = stem(Path::new(path));
        if self.rows.contains_key(&base)
            && let Some(folder) = folder(article)
        {
            base = format!("{folder}/{base}");
        }
        if self.rows.contains_key(&base) {
            let free = (2u64..).map(|n| format!("{base}-{n}")).find(|base| !self.rows.contains_key(base));
            base = free.unwrap_or(base);
        }
        self.file = Some((path.to_owned(), base.clone()));
        base
    }

    /// Whether the id was free; it is not any more.
    fn take(&mut self, id: &str) -> bool {
        let in_rows = id.rsplit_once('-').is_some_and(|(base, number)| {
            let number = number.parse().ok().filter(|n: &u64| n.to_string() == number);
            number.is_some_and(|number| self.rows.get(base).is_some_and(|last| number <= *last))
        });
        !in_rows && self.taken.insert(hash(id))
    }
}

fn hash(id: &str) -> u64 {
    let mut state = DefaultHasher::new();
    id.hash(&mut state);
    state.finish()
}

fn folder(article: &RawArticle) -> Option<String> {
    let name = Path::new(article.path.as_deref()?).parent()?.file_name()?;
    Some(name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(paths: &[&str]) -> Vec<String> {
        let mut articles: Vec<RawArticle> = paths
            .iter()
            .map(|p| RawArticle {
                id: stem(Path::new(p)),
                path: Some((*p).to_owned()),
                ..RawArticle::default()
            })
            .collect();
        make_unique(&mut articles);
        articles.into_iter().map(|a| a.id).collect()
    }

    #[test]
    fn unique_stems_stay() {
        assert_eq!(ids(&["n/a.txt", "n/b.txt", "m/c.md"]), ["a", "b", "c"]);
    }

    #[test]
    fn folders_tell_apart() {
        assert_eq!(ids(&["n/a.txt", "m/a.txt", "m/b.txt"]), ["n/a", "m/a", "b"]);
    }

    #[test]
    fn numbers_tell_apart_what_folders_do_not() {
        assert_eq!(ids(&["a.txt", "a.md", "a-2.txt"]), ["a", "a-3", "a-2"]);
        assert_eq!(ids(&["n/a.txt", "n/a.md"]), ["n/a", "n/a-2"]);
    }

    fn settled(articles: &[(&str, &str, Option<u64>)]) -> Vec<String> {
        let mut ids = Ids::default();
        let settle = |(path, id, row): &(&str, &str, Option<u64>)| {
            let path = Some((*path).to_owned());
            let mut article = RawArticle { id: (*id).to_owned(), path, row: *row, ..RawArticle::default() };
            ids.settle(&mut article);
            article.id
        };
        articles.iter().map(settle).collect()
    }

    #[test]
    fn ids_as_they_come() {
        let rows = [("n/x.csv", "x-1", Some(0)), ("n/x.csv", "x-3", Some(2)), ("n/y.txt", "y", None)];
        assert_eq!(settled(&rows), ["x-1", "x-3", "y"]);
        let two = [("n/x.csv", "x-1", Some(0)), ("m/x.csv", "x-1", Some(0)), ("m/x.csv", "x-2", Some(1))];
        assert_eq!(settled(&two), ["x-1", "m/x-1", "m/x-2"]);
        let same = [("x.csv", "x-1", Some(0)), ("x.jsonl", "x-1", Some(0)), ("x.tsv", "x-1", Some(0))];
        assert_eq!(settled(&same), ["x-1", "x-2-1", "x-3-1"]);
    }

    #[test]
    fn stated_ids_do_not_meet_those_that_are_made() {
        let before = [("a.json", "x-2", Some(0)), ("x.csv", "x-1", Some(0)), ("x.csv", "x-2", Some(1))];
        assert_eq!(settled(&before), ["x-2", "x-1", "x-2-2"]);
        let after = [("x.csv", "x-1", Some(0)), ("x.csv", "x-2", Some(1)), ("a.json", "x-1", Some(7))];
        assert_eq!(settled(&after), ["x-1", "x-2", "x-1-2"]);
        let stated = [("a.json", "q", Some(0)), ("a.json", "q", Some(1)), ("a.json", "", Some(2))];
        assert_eq!(settled(&stated), ["q", "q-2", "document"]);
    }

    #[test]
    fn many_of_one_id_take_no_longer_each() {
        let all = vec![("a.json", "q", Some(0)); 50_000];
        let mut ids = settled(&all);
        assert_eq!(ids[49_999], "q-50000");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 50_000);
    }
}
