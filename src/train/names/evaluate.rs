//! Evaluation of the recogniser: exact spans and kinds.

use std::path::Path;

use super::article::{Article, Case, recase};
use super::{gold, silver};
use crate::document::NameKind;
use crate::language::annotate;
use crate::language::names::{self, RECOGNISER, Recogniser};
use crate::train::evaluate::development;
use crate::train::treebank::Tree;

/// Names found, true, and both, for each kind.
#[derive(Clone, Copy, Debug, Default)]
struct Counts([[usize; 3]; 4]);

impl Counts {
    fn print(&self, set: &str) {
        let mut all = [0; 3];
        let line = |name: &str, [found, gold, both]: [usize; 3]| {
            let percent = |of: usize| 100.0 * both as f64 / of.max(1) as f64;
            let f1 = 200.0 * both as f64 / (found + gold).max(1) as f64;
            println!(
                "{set:<24} {name:<6} {gold:>6} {:>6.1} {:>6.1} {f1:>6.1}",
                percent(found),
                percent(gold)
            );
        };
        for (kind, counts) in NameKind::ALL.iter().zip(self.0) {
            line(kind.as_str(), counts);
            if *kind != NameKind::Other {
                all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
            }
        }
        line("3 kinds", all);
    }
}

/// Prints precision, recall and F1 of the embedded recogniser.
///
/// # Errors
/// If a file cannot be read.
pub fn embedded(data: &Path) -> std::io::Result<()> {
    report(data, &RECOGNISER)
}

/// Prints precision, recall and F1 of a recogniser on every development set.
pub(crate) fn report(data: &Path, recogniser: &Recogniser) -> std::io::Result<()> {
    println!("{:<24} {:<6} {:>6} {:>6} {:>6} {:>6}", "names, exact spans", "kind", "gold", "P", "R", "F1");
    for (name, trees) in development(data)? {
        if name.starts_with("GUM") {
            let articles: Vec<Article> = trees.iter().map(|t| Article::new(&t.name, gold::read(t))).collect();
            count(&articles, recogniser, name == "GUM dev news").print(name);
            for (title, case) in [("GUM dev, Title Case", Case::Title), ("GUM dev, CAPITALS", Case::Capitals)]
            {
                if name == "GUM dev" {
                    let recased = |t: &Tree| gold::read(t).iter().map(|s| recase(s, case)).collect();
                    let articles: Vec<Article> =
                        trees.iter().map(|t| Article::new(&t.name, recased(t))).collect();
                    count(&articles, recogniser, false).print(title);
                }
            }
        }
    }
    let silver: Vec<Article> = silver::read(&data.join("polnear/dev.corenlp.tsv.gz"))?
        .into_iter()
        .map(|(name, rows)| Article::new(&name, silver::clean(rows)))
        .collect();
    count(&silver, recogniser, false).print("PolNeAR dev (silver)");
    Ok(())
}

/// Prints how well the news of GUM's training part are read by models that have not seen them.
///
/// # Errors
/// If a file cannot be read.
pub fn cross(data: &Path) -> std::io::Result<()> {
    const FOLDS: usize = 3;
    let super::Data { gold, silver, known } = super::data(data)?;
    let silver: Vec<&Article> = silver.iter().collect();
    let (news, rest): (Vec<&Article>, Vec<&Article>) = gold.iter().partition(|a| a.name.contains("GUM_news"));
    let mut total = Counts::default();
    for fold in 0..FOLDS {
        let part = |held: bool| {
            news.iter().enumerate().filter(move |(i, _)| (i % FOLDS == fold) == held).map(|(_, a)| *a)
        };
        let seen: Vec<&Article> = rest.iter().copied().chain(part(false)).collect();
        let recogniser = Recogniser::new(super::train(&seen, &silver, known.clone()));
        let counts = count(part(true), &recogniser, true);
        total.0.iter_mut().flatten().zip(counts.0.iter().flatten()).for_each(|(a, b)| *a += b);
    }
    total.print("GUM train news (3-fold)");
    Ok(())
}

/// Compares what is found in each article with its labels; recased copies are left out.
fn count<'a>(articles: impl IntoIterator<Item = &'a Article>, recogniser: &Recogniser, show: bool) -> Counts {
    let mut counts = Counts::default();
    for article in articles {
        let annotated = annotate(&article.document);
        let found = names::with(recogniser, &annotated);
        let end = article.document.sentences[..article.originals].last().map_or(0, |s| s.last_token);
        let found: Vec<(u32, u32, NameKind)> =
            found.iter().map(|n| (n.tokens.0, n.tokens.1, n.kind)).filter(|n| n.1 <= end).collect();
        let mut gold = Vec::new();
        for (sentence, labels) in article.document.sentences.iter().zip(&article.labels[..article.originals])
        {
            let first = sentence.first_token;
            gold.extend(
                names::spans(labels).into_iter().map(|(a, b, k)| (first + a as u32, first + b as u32, k)),
            );
        }
        for kind in NameKind::ALL {
            let [all_found, all_gold, both] = &mut counts.0[*kind as usize];
            *all_found += found.iter().filter(|n| n.2 == *kind).count();
            *all_gold += gold.iter().filter(|n| n.2 == *kind).count();
            *both += found.iter().filter(|n| n.2 == *kind && gold.contains(n)).count();
        }
        if show && std::env::var_os("CONFUSIONS").is_some() {
            let print = |sign: &str, (from, to, kind): (u32, u32, NameKind)| {
                let words =
                    article.document.tokens_span(from as usize..to as usize).of(&article.document.text);
                let context = annotated.sentence_of(from as usize);
                let context = article.document.sentences[context].span.of(&article.document.text);
                println!(
                    "  {sign} {} {words}   | {}",
                    kind.as_str(),
                    context.chars().take(90).collect::<String>()
                );
            };
            found.iter().filter(|n| !gold.contains(n)).for_each(|n| print("+", *n));
            gold.iter().filter(|n| !found.contains(n)).for_each(|n| print("-", *n));
        }
    }
    counts
}
