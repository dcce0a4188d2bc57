//! Short names that are unique in a corpus.

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
}
