//! Why the model took a word for a cue: which groups of features spoke for it, and how sure each pass was.

use super::MODEL;
use super::context::Context;
use super::keys::Keys;
use super::linking::Link;
use super::reading::{Quoted, Reading};
use super::roles::{self, Groups};
use crate::document::Deprel;
use crate::extract::attribution::rules;
use crate::extract::cues;
use crate::extract::quotation;
use crate::language::Annotated;
use crate::span::Span;

/// What speaks for an attribution.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// Entry of the cue lexicon for the cue, with its act and how often it is a cue; `None` if no entry fits.
    pub entry: Option<String>,
    /// Groups of features with what they saw and how much they spoke for a cue (logarithm of odds), the strongest
    /// first.
    pub weights: Vec<(String, f32)>,
    /// How sure the passes were, as percentages: what of, and how sure.
    pub certainty: Vec<(&'static str, f32)>,
    /// What was left out for want of certainty.
    pub abstained: Vec<String>,
}

/// Explains the attribution with this cue. What the rules made has an entry only.
#[must_use]
pub fn explain(article: &Annotated<'_>, cue: &[Span]) -> Explanation {
    let article = &article.compounded();
    let quotations = quotation::quotations(article);
    let ruled = rules::attributions(article, &quotations);
    let reading = Reading::new(article, &quotations, &ruled, &MODEL.vocabulary);
    let (context, links) = MODEL.passes(&reading);
    let of_cue = |i: usize| cue.iter().any(|span| span.contains(article.span(i)));
    let Some(link) = links.into_iter().find(|link| of_cue(link.heart)) else {
        let entry = (0..article.len()).filter(|i| of_cue(*i)).find_map(|i| entry(article, i));
        return Explanation { entry, ..Explanation::default() };
    };
    let heart = link.heart;
    let mut keys = Keys::new(roles::KEY_BITS);
    let mut weights: Vec<(String, f32)> = Vec::new();
    roles::keys(&reading, &context, heart, Groups(0), &mut keys);
    let bias = MODEL.roles.score(&keys.all);
    for (group, name) in Groups::NAMED {
        keys.all.clear();
        roles::keys(&reading, &context, heart, Groups(group), &mut keys);
        let scores = MODEL.roles.score(&keys.all);
        let saw = saw(group, article, &reading, &context, heart);
        let saw = if saw.is_empty() { name.to_owned() } else { format!("{name}: {saw}") };
        let spoke = |label: usize| scores[label] - bias[label];
        let cue = spoke(roles::CUE).max(spoke(roles::CUE + 1));
        weights.push((saw, cue - spoke(0)));
    }
    weights.sort_by(|a, b| b.1.total_cmp(&a.1));
    let signs = &link.signs;
    let mut certainty = vec![
        ("cue, seen alone", signs.first),
        ("cue, with its source and content", signs.second),
        ("content", signs.content),
    ];
    if !link.source.is_empty() && !signs.shared {
        certainty.push(("source", signs.source));
    }
    certainty.push(("all", MODEL.probability(&reading, &context, &link)));
    let abstained = abstained(article, &link);
    Explanation { entry: entry(article, heart), weights, certainty, abstained }
}

/// The entry of the lexicon that begins at a token.
fn entry(article: &Annotated<'_>, i: usize) -> Option<String> {
    let cue = cues::at(article, i)?.cue;
    let often = 100.0 * cue.reliability;
    Some(format!("{:?}, {}, a cue in {often:.0} of 100 places", cue.pattern, cue.act.as_str()))
}

/// What a group of features saw of the heart of a cue.
fn saw(group: u32, article: &Annotated<'_>, reading: &Reading, context: &Context, i: usize) -> String {
    let token = &reading.tokens[i];
    match group {
        Groups::WORDS => {
            let passage = reading.passage(i);
            let from = i.saturating_sub(2).max(passage.start);
            article.cover(from..(i + 3).min(passage.end)).of(article.text()).replace('\n', " ")
        }
        Groups::TAGS => article.tag(i).as_str().to_owned(),
        Groups::QUOTATIONS => match token.quoted {
            Quoted::Outside => "outside".to_owned(),
            _ => "inside a quotation".to_owned(),
        },
        Groups::TREES => {
            let told = |child: &u32| {
                let relation = reading.tokens[*child as usize].relation;
                let deprel = Deprel::ALL.get(relation.wrapping_sub(1) as usize)?;
                super::context::sort(relation)
                    .map(|_| format!("{} {}", deprel.as_str(), article.word(*child as usize)))
            };
            reading.children(i).iter().filter_map(told).collect::<Vec<_>>().join(", ")
        }
        Groups::RULES => match token.rule >> 1 {
            0 => "none".to_owned(),
            1 => "a cue".to_owned(),
            2 | 3 => "a source".to_owned(),
            _ => "a content".to_owned(),
        },
        Groups::ENCODER => {
            let row = &context.encoded[i];
            format!("{:.0} of 100", 100.0 * (row[roles::CUE] + row[roles::CUE + 1]))
        }
        _ => String::new(),
    }
}

fn abstained(article: &Annotated<'_>, link: &Link) -> Vec<String> {
    let mut out = Vec::new();
    if link.source.is_empty()
        && let Some((token, p)) = link.signs.likeliest_source.filter(|(_, p)| *p >= 0.01)
    {
        out.push(format!("source: {:?} is one in {:.0} of 100 only", article.word(token), 100.0 * p));
    }
    out
}
