//! CoNLL-U treebanks, with our tags of marks.

use std::path::{Path, PathBuf};

use super::{Gold, Sentence, read_gz};
use crate::document::{Deprel, Tag, Upos};
use crate::language::marks;

/// A treebank document: tagged sentences, and its text with the true sentence boundaries.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Name of the document.
    pub name: String,
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// Paragraphs, each the texts of its sentences.
    pub paragraphs: Vec<Vec<String>>,
    /// Who speaks each sentence, where the corpus says so.
    pub speakers: Vec<Option<String>>,
}

/// The documents of a gzipped CoNLL-U file.
///
/// # Errors
/// If it cannot be read.
fn read(path: &Path) -> std::io::Result<Vec<Tree>> {
    Ok(parse(&read_gz(path)?))
}

/// The CoNLL-U files of a folder, in order of their names.
///
/// # Errors
/// If the folder cannot be read.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries: std::io::Result<Vec<_>> = std::fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|e| e.path()).collect();
    paths.retain(|p| p.to_string_lossy().ends_with(".conllu.gz"));
    paths.sort();
    Ok(paths)
}

/// UD EWT, `part` being `train` or `dev`.
///
/// # Errors
/// If it cannot be read.
pub fn ewt(data: &Path, part: &str) -> std::io::Result<Vec<Tree>> {
    read(&data.join(format!("ud_ewt/en_ewt-ud-{part}.conllu.gz")))
}

/// GUM, `part` being `train` or `dev`, in order of its files.
///
/// # Errors
/// If it cannot be read.
pub fn gum(data: &Path, part: &str) -> std::io::Result<Vec<Tree>> {
    let mut trees = Vec::new();
    for path in files(&data.join("gum").join(part))? {
        trees.extend(read(&path)?);
    }
    Ok(trees)
}

/// The sentences of both training parts.
///
/// # Errors
/// If a file cannot be read.
pub fn training(data: &Path) -> std::io::Result<Vec<Sentence>> {
    let trees = ewt(data, "train")?.into_iter().chain(gum(data, "train")?);
    Ok(trees.flat_map(|tree| tree.sentences).collect())
}

fn parse(text: &str) -> Vec<Tree> {
    let mut trees: Vec<Tree> = Vec::new();
    let mut rows: Vec<Gold> = Vec::new();
    let mut glue = Glue::default();
    let mut speaker = None;
    for line in text.lines().chain([""]) {
        if let Some(name) = line.strip_prefix("# newdoc") {
            let name = name.rsplit(' ').next().unwrap_or_default().to_owned();
            trees.push(Tree { name, ..Tree::default() });
        } else if line.starts_with("# newpar") {
            if let Some(tree) = trees.last_mut() {
                tree.paragraphs.push(Vec::new());
            }
        } else if let Some(name) = line.strip_prefix("# speaker = ") {
            speaker = Some(name.to_owned());
        } else if let Some(text) = line.strip_prefix("# text = ") {
            if let Some(tree) = trees.last_mut() {
                // In some documents the first paragraph has no line of its own.
                if tree.paragraphs.is_empty() {
                    tree.paragraphs.push(Vec::new());
                }
                tree.paragraphs.last_mut().expect("one was just added").push(text.to_owned());
            }
        } else if line.is_empty() {
            if !rows.is_empty()
                && let Some(tree) = trees.last_mut()
            {
                tree.sentences.push(Sentence { tokens: std::mem::take(&mut rows) });
                tree.speakers.push(speaker.take());
            }
            rows.clear();
            glue = Glue::default();
        } else if !line.starts_with('#') {
            rows.extend(row(line, &mut glue));
        }
    }
    trees.retain(|tree| !is_withheld(tree));
    trees
}

/// Whether the words of a document are not given, only their lengths, as underscores: GUM withholds texts from Reddit.
fn is_withheld(tree: &Tree) -> bool {
    let words = || tree.sentences.iter().flat_map(|s| &s.tokens).map(|t| t.word.as_str());
    let withheld = words().filter(|w| w.bytes().all(|b| b == b'_')).count();
    withheld * 2 > words().count()
}

/// Which tokens are written together, multiword tokens included.
#[derive(Default)]
struct Glue {
    /// Whether the next token is glued to the last one.
    next: bool,
    /// Last id of the multiword token that is being read, and whether a space follows it.
    range: Option<(u32, bool)>,
}

/// A line of the treebank; `None` for multiword tokens and empty nodes.
fn row(line: &str, glue: &mut Glue) -> Option<Gold> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, word, lemma, upos, tag, _, head, deprel, _, misc] = columns[..] else { return None };
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
    let tag = penn_mark(word, Tag::from_name(tag).unwrap_or(Tag::XX));
    let mut gold = Gold::new(word.to_owned(), glued, tag, Some(lemma.to_owned()));
    gold.upos = Upos::from_name(upos);
    gold.head = head.parse::<u32>().ok().and_then(|head| head.checked_sub(1));
    gold.deprel = Deprel::from_name(deprel);
    let entity = misc.split('|').find_map(|field| field.strip_prefix("Entity="));
    gold.entity = entity.unwrap_or_default().to_owned();
    Some(gold)
}

/// Undoes a convention that only EWT has: dashes and ellipses as commas or full stops, where the Penn Treebank and
/// GUM have the colon's tag; slashes and signs as marks. The sign between two numbers keeps its tag.
fn penn_mark(word: &str, tag: Tag) -> Tag {
    if tag == Tag::SYM && marks::is_dash(word) {
        return tag;
    }
    let mark = matches!(tag, Tag::Comma | Tag::Colon | Tag::Period | Tag::NFP | Tag::SYM | Tag::NN);
    let rule = if mark && !word.chars().any(char::is_alphanumeric) { marks::tag(word) } else { None };
    rule.unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics_and_hyphens_are_glued() {
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
            ("U.S.", false, Tag::NNP),
            ("-", true, Tag::HYPH),
            ("led", true, Tag::VBN),
            (".", true, Tag::Period),
        ];
        assert_eq!(words, expected);
    }
}
