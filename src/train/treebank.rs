//! CoNLL-U treebanks, brought to our tokens.

use std::path::{Path, PathBuf};

use super::{Gold, Sentence, read_gz};
use crate::document::Tag;
use crate::language::marks;

/// A treebank document: tagged sentences, and its text with the true sentence boundaries.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Name of the document.
    pub name: String,
    /// Sentences with merged tokens.
    pub sentences: Vec<Sentence>,
    /// Paragraphs, each the texts of its sentences.
    pub paragraphs: Vec<Vec<String>>,
}

/// The documents of a gzipped CoNLL-U file.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> std::io::Result<Vec<Tree>> {
    Ok(parse(&read_gz(path)?))
}

/// The CoNLL-U files of a folder, in order of their names.
///
/// # Errors
/// If the folder cannot be read.
pub fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries: std::io::Result<Vec<_>> = std::fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|e| e.path()).collect();
    paths.retain(|p| p.to_string_lossy().ends_with(".conllu.gz"));
    paths.sort();
    Ok(paths)
}

fn parse(text: &str) -> Vec<Tree> {
    let mut trees: Vec<Tree> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut glue = Glue::default();
    for line in text.lines().chain([""]) {
        if let Some(name) = line.strip_prefix("# newdoc") {
            let name = name.rsplit(' ').next().unwrap_or_default().to_owned();
            trees.push(Tree { name, ..Tree::default() });
        } else if line.starts_with("# newpar") {
            if let Some(tree) = trees.last_mut() {
                tree.paragraphs.push(Vec::new());
            }
        } else if let Some(text) = line.strip_prefix("# text = ") {
            if let Some(paragraph) = trees.last_mut().and_then(|t| t.paragraphs.last_mut()) {
                paragraph.push(text.to_owned());
            }
        } else if line.is_empty() {
            if !rows.is_empty()
                && let Some(tree) = trees.last_mut()
            {
                tree.sentences.push(merge(&rows));
            }
            rows.clear();
            glue = Glue::default();
        } else if !line.starts_with('#') {
            rows.extend(Row::parse(line, &mut glue));
        }
    }
    trees
}

/// Which tokens are written together, multiword tokens included.
#[derive(Default)]
struct Glue {
    /// Whether the next token is glued to the last one.
    next: bool,
    /// Last id of the multiword token that is being read, and whether a space follows it.
    range: Option<(u32, bool)>,
}

#[derive(Clone)]
struct Row {
    word: String,
    lemma: String,
    tag: Tag,
    relation: String,
    glued: bool,
}

impl Row {
    fn parse(line: &str, glue: &mut Glue) -> Option<Row> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, word, lemma, _, tag, _, _, relation, _, misc] = columns[..] else { return None };
        let spaced = !misc.contains("SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            glue.range = Some((last.parse().ok()?, spaced));
            return None;
        }
        let id: u32 = id.parse().ok()?;
        let glued = glue.next;
        glue.next = match glue.range {
            Some((last, spaced)) if id == last => {
                glue.range = None;
                !spaced
            }
            Some(_) => true,
            None => !spaced,
        };
        Some(Row {
            word: word.to_owned(),
            lemma: lemma.to_owned(),
            tag: Tag::from_name(tag)?,
            relation: relation.to_owned(),
            glued,
        })
    }
}

/// Joins what the treebank splits at hyphens and we do not.
fn merge(rows: &[Row]) -> Sentence {
    let mut tokens = Vec::with_capacity(rows.len());
    let mut at = 0;
    while at < rows.len() {
        let mut end = at + 1;
        while end + 1 < rows.len() && is_hyphen(&rows[end]) && rows[end].glued && rows[end + 1].glued {
            end += 2;
        }
        let parts = &rows[at..end];
        let word: String = parts.iter().map(|r| r.word.as_str()).collect();
        let lemma = (parts.len() == 1).then(|| parts[0].lemma.clone());
        let tag = penn_mark(&word, merged_tag(parts));
        tokens.push(Gold::new(word, rows[at].glued, tag, lemma));
        at = end;
    }
    Sentence { tokens }
}

/// Undoes a convention that only EWT has: dashes and ellipses as commas or full stops, where the Penn Treebank and
/// GUM have the colon's tag; slashes and signs as marks.
fn penn_mark(word: &str, tag: Tag) -> Tag {
    let mark =
        matches!(tag, Tag::Comma | Tag::Colon | Tag::Period | Tag::NFP | Tag::SYM | Tag::HYPH | Tag::NN);
    let rule = if mark && !word.chars().any(char::is_alphanumeric) { marks::tag(word) } else { None };
    rule.unwrap_or(tag)
}

fn is_hyphen(row: &Row) -> bool {
    row.tag == Tag::HYPH && matches!(row.word.as_str(), "-" | "\u{2010}" | "\u{2011}")
}

/// The tag that the Penn Treebank, which keeps hyphenated words whole, would give.
fn merged_tag(parts: &[Row]) -> Tag {
    let (first, last) = (&parts[0], &parts[parts.len() - 1]);
    if parts.len() == 1 {
        return first.tag;
    }
    let mut words = parts.iter().step_by(2);
    if words.clone().all(|r| r.tag == Tag::CD) {
        return Tag::CD;
    }
    if words.all(|r| r.tag.is_proper()) {
        return last.tag;
    }
    let attributive = matches!(last.relation.as_str(), "amod" | "compound" | "nmod:unmarked" | "nmod:npmod");
    match last.tag {
        Tag::VBN | Tag::VBD | Tag::JJ => Tag::JJ,
        Tag::VBG if attributive => Tag::JJ,
        Tag::NN | Tag::NNS | Tag::IN | Tag::RP | Tag::RB | Tag::CD if attributive && !first.tag.is_noun() => {
            Tag::JJ
        }
        Tag::RP | Tag::IN => Tag::NN,
        Tag::AFX | Tag::HYPH => Tag::JJ,
        tag => tag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_are_merged_and_clitics_are_glued() {
        let text = "# newdoc id = x\n# newpar\n# text = don't U.S.-led.\n\
            1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\tVB\t_\t0\tx\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t0\tx\t_\t_\n\
            3\tU.S.\tU.S.\tPROPN\tNNP\t_\t0\tx\t_\tSpaceAfter=No\n4\t-\t-\tPUNCT\tHYPH\t_\t0\tx\t_\tSpaceAfter=No\n\
            5\tled\tlead\tVERB\tVBN\t_\t0\tamod\t_\tSpaceAfter=No\n6\t.\t.\tPUNCT\t.\t_\t0\tx\t_\t_\n\n";
        let trees = parse(text);
        assert_eq!(trees[0].paragraphs, [["don't U.S.-led."]]);
        let tokens = &trees[0].sentences[0].tokens;
        let words: Vec<_> = tokens.iter().map(|t| (t.word.as_str(), t.glued, t.tag)).collect();
        let expected = [
            ("do", false, Tag::VB),
            ("n't", true, Tag::RB),
            ("U.S.-led", false, Tag::JJ),
            (".", true, Tag::Period),
        ];
        assert_eq!(words, expected);
    }
}
