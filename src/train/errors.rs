//! Errors of attribution, by class.
//!
//! What a reader would see on going through the errors by hand is told from the roles alone, so that the figures can
//! be had again for every model: which attributions are missed, by what sort of cue; which are made up; and where one
//! is found, what is wrong with its source, cue and content. Pairs are those of [`super::score`].

use std::collections::BTreeMap;

use super::polnear::{Article, Attribution, Fragment, Prediction};
use super::score::{Text, align};
use crate::document::Tag;
use crate::extract::cues;
use crate::language::{self, Annotated};
use crate::parse::tokens;
use crate::span::Span;

/// One error.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its class: "missed: nominal cue", "content: too long on the right".
    pub class: &'static str,
    /// The article.
    pub doc: String,
    /// Roles that the annotator marked; none if the system made it up.
    pub gold: Option<Roles>,
    /// Roles that the system gives; none if it missed it.
    pub predicted: Option<Roles>,
}

/// Source, cue and content, as text.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// Who.
    pub source: String,
    /// By which words.
    pub cue: String,
    /// What.
    pub content: String,
}

/// Every error of the predictions, in the order of the articles. A pair may have several.
#[must_use]
pub fn errors(articles: &[Article], predictions: &[Prediction]) -> Vec<Finding> {
    let by_doc: BTreeMap<&str, &Prediction> = predictions.iter().map(|p| (p.doc.as_str(), p)).collect();
    let mut found = Vec::new();
    for article in articles {
        let text = Text::new(&article.text);
        let gold = text.normalize_all(&article.gold);
        let predicted = text.normalize_all(by_doc.get(article.doc.as_str()).map_or(&[], |p| &p.attributions));
        let spans = tokens::tokenize(&article.text, Span::new(0, article.text.len()));
        let document = super::evaluate::document(&article.text, &spans);
        let page =
            Page { text: &text, tagged: language::tagged(&document), gold: &gold, predicted: &predicted };
        page.errors(&article.doc, &mut found);
    }
    found
}

/// How many there are of each class, the most frequent first.
#[must_use]
pub fn counts(findings: &[Finding]) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.class).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(class, n)| (std::cmp::Reverse(*n), *class));
    counts
}

/// So many of the errors, drawn without replacement; the same for the same seed, in their order.
#[must_use]
pub fn sample(findings: &[Finding], count: usize, seed: u64) -> Vec<Finding> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for i in 0..count.min(order.len()) {
        // xorshift64* (Vigna 2016)
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let draw = (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize;
        let j = i + draw % (order.len() - i);
        order.swap(i, j);
    }
    order.truncate(count);
    order.sort_unstable();
    order.into_iter().map(|i| findings[i].clone()).collect()
}

/// An article with what is marked in it by hand and by the system.
struct Page<'a> {
    text: &'a Text<'a>,
    tagged: Annotated<'a>,
    gold: &'a [Attribution],
    predicted: &'a [Attribution],
}

impl Page<'_> {
    fn errors(&self, doc: &str, found: &mut Vec<Finding>) {
        let pairs = align(self.text, self.gold, self.predicted);
        let mut add = |class, gold: Option<usize>, predicted: Option<usize>| {
            found.push(Finding {
                class,
                doc: doc.to_owned(),
                gold: gold.map(|g| self.roles(&self.gold[g])),
                predicted: predicted.map(|p| self.roles(&self.predicted[p])),
            });
        };
        for g in (0..self.gold.len()).filter(|g| pairs.iter().all(|p| p.gold != *g)) {
            add(self.missed(&self.gold[g]), Some(g), None);
        }
        for p in (0..self.predicted.len()).filter(|p| pairs.iter().all(|x| x.predicted != *p)) {
            add(self.made_up(&self.predicted[p]), None, Some(p));
        }
        for pair in &pairs {
            let (gold, predicted) = (&self.gold[pair.gold], &self.predicted[pair.predicted]);
            let classes = [self.source(gold, predicted), cue(gold, predicted), content(gold, predicted)];
            for class in classes.into_iter().flatten() {
                add(class, Some(pair.gold), Some(pair.predicted));
            }
        }
    }

    fn missed(&self, gold: &Attribution) -> &'static str {
        let same_cue = self.predicted.iter().find(|p| meet(&p.cue, &gold.cue));
        if let Some(predicted) = same_cue {
            return if meet(&predicted.content, &gold.content) {
                "missed: cue found, content by less than half"
            } else {
                "missed: cue found, other content"
            };
        }
        if self.predicted.iter().any(|p| meet(&p.content, &gold.cue)) {
            return "missed: cue inside another content";
        }
        match self.sort(&gold.cue) {
            Sort::None => "missed: no cue",
            Sort::Noun => "missed: nominal cue",
            Sort::Other => "missed: other cue (preposition, adjective, adverb)",
            Sort::Speech => "missed: verb of speech",
            Sort::Attitude => "missed: verb of attitude",
            Sort::Unknown => "missed: verb that is no cue by the lexicon",
        }
    }

    fn made_up(&self, predicted: &Attribution) -> &'static str {
        if self.gold.iter().any(|g| meet(&g.cue, &predicted.cue)) {
            return "made up: cue right, content by less than half";
        }
        if self.gold.iter().any(|g| contains(&g.content, &predicted.content)) {
            return "made up: inside a gold content (nested)";
        }
        match self.sort(&predicted.cue) {
            Sort::None => "made up: no cue",
            Sort::Noun => "made up: nominal cue",
            Sort::Other => "made up: other cue (preposition, adjective, adverb)",
            Sort::Speech => "made up: verb of speech",
            Sort::Attitude => "made up: verb of attitude",
            Sort::Unknown => "made up: verb that is no cue by the lexicon",
        }
    }

    fn source(&self, gold: &Attribution, predicted: &Attribution) -> Option<&'static str> {
        let same = self.text.same_source(&gold.source, &predicted.source);
        match (gold.source.is_empty(), predicted.source.is_empty()) {
            (true, true) => None,
            (false, true) => Some("source: missing"),
            (true, false) => Some("source: there is none"),
            _ if gold.source == predicted.source => None,
            _ if same => Some("source: boundary"),
            _ if meet(&gold.source, &predicted.source) => Some("source: other head"),
            _ => Some("source: another party"),
        }
    }

    /// What sort of cue the fragments are.
    fn sort(&self, cue: &[Fragment]) -> Sort {
        let Some(&first) = cue.first() else { return Sort::None };
        let words: Vec<usize> = cue.iter().flat_map(|f| self.tokens(*f)).collect();
        if self.text.is_core(cue) {
            return Sort::Speech;
        }
        let verbs: Vec<usize> = words.iter().copied().filter(|i| self.tagged.tag(*i).is_verb()).collect();
        if verbs.iter().any(|i| cues::verb(self.tagged.lemma(*i)).is_some()) {
            return Sort::Attitude;
        }
        if words.iter().any(|i| matches!(self.tagged.tag(*i), Tag::NN | Tag::NNS)) {
            return Sort::Noun;
        }
        if verbs.is_empty() || first.0 >= first.1 { Sort::Other } else { Sort::Unknown }
    }

    fn tokens(&self, fragment: Fragment) -> std::ops::Range<usize> {
        self.tagged.tokens_in(Span::new(self.text.byte(fragment.0), self.text.byte(fragment.1)))
    }

    fn roles(&self, attribution: &Attribution) -> Roles {
        let text = |fragments: &[Fragment]| {
            let parts: Vec<String> = fragments
                .iter()
                .map(|f| self.text.slice(*f).split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            parts.join(" ... ")
        };
        Roles {
            source: text(&attribution.source),
            cue: text(&attribution.cue),
            content: text(&attribution.content),
        }
    }
}

enum Sort {
    None,
    Noun,
    Other,
    Speech,
    Attitude,
    Unknown,
}

fn cue(gold: &Attribution, predicted: &Attribution) -> Option<&'static str> {
    match (gold.cue.is_empty(), predicted.cue.is_empty()) {
        _ if gold.cue == predicted.cue => None,
        (false, true) => Some("cue: missing"),
        _ if !meet(&gold.cue, &predicted.cue) => Some("cue: another one"),
        _ if length(&gold.cue) > length(&predicted.cue) => Some("cue: too short"),
        _ => Some("cue: too long"),
    }
}

fn content(gold: &Attribution, predicted: &Attribution) -> Option<&'static str> {
    let (g, p) = (&gold.content, &predicted.content);
    let edges = |fragments: &[Fragment]| Some((fragments.first()?.0, fragments.last()?.1));
    let ((gold_start, gold_end), (start, end)) = (edges(g)?, edges(p)?);
    if g == p {
        return None;
    }
    Some(match (gold_start.cmp(&start), gold_end.cmp(&end)) {
        (std::cmp::Ordering::Equal, std::cmp::Ordering::Equal) => "content: in the middle (parts)",
        (std::cmp::Ordering::Equal, std::cmp::Ordering::Less) => "content: too long on the right",
        (std::cmp::Ordering::Equal, std::cmp::Ordering::Greater) => "content: too short on the right",
        (std::cmp::Ordering::Less, std::cmp::Ordering::Equal) => "content: too short on the left",
        (std::cmp::Ordering::Greater, std::cmp::Ordering::Equal) => "content: too long on the left",
        _ => "content: both ends",
    })
}

fn length(fragments: &[Fragment]) -> usize {
    fragments.iter().map(|f| f.1 - f.0).sum()
}

fn meet(a: &[Fragment], b: &[Fragment]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.0 < y.1 && y.0 < x.1))
}

fn contains(outer: &[Fragment], inner: &[Fragment]) -> bool {
    inner.iter().all(|x| outer.iter().any(|y| y.0 <= x.0 && x.1 <= y.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribution(text: &str, source: &str, cue: &str, content: &str) -> Attribution {
        let place = |words: &str| match text.find(words) {
            Some(at) if !words.is_empty() => vec![(at, at + words.len())],
            _ => Vec::new(),
        };
        Attribution {
            source: place(source),
            cue: place(cue),
            content: place(content),
            ..Attribution::default()
        }
    }

    fn classes(text: &str, gold: [&str; 3], predicted: Option<[&str; 3]>) -> Vec<&'static str> {
        let made = |[source, cue, content]: [&str; 3]| attribution(text, source, cue, content);
        let article = Article { doc: "a".to_owned(), text: text.to_owned(), gold: vec![made(gold)] };
        let attributions = predicted.map(made).into_iter().collect();
        let found = errors(&[article], &[Prediction { doc: "a".to_owned(), attributions }]);
        found.into_iter().map(|f| f.class).collect()
    }

    #[test]
    fn errors_have_classes() {
        let text = "The mayor of Holm said on Monday that the bridge was safe for now.";
        let gold = ["The mayor of Holm", "said", "that the bridge was safe for now"];
        assert_eq!(classes(text, gold, Some(gold)), [""; 0]);
        assert_eq!(classes(text, gold, None), ["missed: verb of speech"]);
        assert_eq!(
            classes(text, gold, Some(["The mayor", "said", "that the bridge was safe"])),
            ["source: boundary", "content: too short on the right"]
        );
        assert_eq!(
            classes(text, gold, Some(["", "said", "on Monday that the bridge was safe for now"])),
            ["source: missing", "content: too long on the left"]
        );
        let text = "Rumors that the bank would close spread.";
        assert_eq!(classes(text, ["", "Rumors", "that the bank would close"], None), ["missed: nominal cue"]);
    }

    #[test]
    fn samples_are_drawn_without_replacement() {
        let finding = |class| Finding { class, doc: String::new(), gold: None, predicted: None };
        let all: Vec<Finding> = ["a", "b", "c", "d", "e"].into_iter().map(finding).collect();
        assert_eq!(counts(&sample(&all, 5, 1)).len(), 5);
        assert_eq!(sample(&all, 2, 7).len(), 2);
        assert_eq!(sample(&all, 9, 7).len(), 5);
    }
}
