//! Who is who: mentions to sources, in the article and across the corpus.
//!
//! A source is mentioned in many ways: "South Korea's Vice Foreign Minister Kim Hong-kyun", then "Vice Minister
//! Kim", then "he". [`article`] follows such mentions back to the fullest one of the same article, and lines up
//! the chain through which a claim reached the reader: the outlet, whoever it quotes, whoever they quote.
//! [`corpus`] then settles on one name for one party over all articles. Each step is written down in
//! [`Source::path`](crate::document::Source::path); where a step would be a guess, none is taken and the mention
//! stands for itself.
//!
//! Pronouns are resolved by salience over trees and names ([`discourse`]); first and second persons by whose words
//! they stand in ([`voice`]).

mod bodies;
mod canon;
mod chain;
mod discourse;
mod fold;
mod gathered;
mod gender;
mod mention;
mod people;
mod reference;
mod renamed;
pub(crate) mod tables;
mod turns;
mod voice;
mod words;

use crate::document::{Claim, Document, Kind, Predicate, Source, SourceType};
use crate::language::Annotated;
use crate::span::cover;

pub use canon::Settled;
pub(crate) use fold::fold;
pub(crate) use fold::fold_words;
pub use gathered::Gathered;
use mention::Form;
pub use renamed::{Renamed, as_in_articles};

/// Resolves pronouns, roles and surnames of the sources of one document to the party they stand for.
///
/// Fills `source` and `via` of every claim. Narrated claims are the outlet's own; for the others `via` opens with
/// the outlet, then come the sources of the claims in whose content the claim lies.
///
/// A pronoun that could be two, or stands for nobody who can be told, leaves its claim without a source; why is
/// returned.
pub fn article(article: &Annotated<'_>, claims: &mut [Claim]) -> Vec<LeftOpen> {
    let document = article.document;
    let outlet = Source {
        name: document.outlet_or_id().to_owned(),
        source_type: SourceType::Outlet,
        role: None,
        country: None,
        spans: Vec::new(),
        path: Vec::new(),
    };
    let mut resolver = reference::Resolver::new(article, claims);
    let parents = chain::parents(claims);
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&i| (cover(&claims[i].source_spans).map_or(usize::MAX, |s| s.start()), i));

    let mut open = Vec::new();
    let mut speaks_of_itself = Vec::new();
    let mut by_sentence: rustc_hash::FxHashMap<u32, Vec<usize>> = rustc_hash::FxHashMap::default();
    for i in order {
        if claims[i].kind == Kind::Narrated {
            claims[i].source = Some(outlet.clone());
            claims[i].via = Vec::new();
            continue;
        }
        if let Some(person) = person_of(document, &claims[i]) {
            speaks_of_itself.push((i, person));
            continue;
        }
        claims[i].source = match resolver.source(&claims[i]) {
            Some(Ok(source)) => Some(source),
            Some(Err(why)) => {
                open.push(LeftOpen { claim: i, why });
                None
            }
            None => None,
        };
        let sentence = claims[i].sentence;
        let earlier = by_sentence.entry(sentence).or_default();
        if let Some(owner) = evidence_owner(document, claims, i, earlier) {
            claims[i].source = Some(owner);
        }
        earlier.push(i);
    }
    // "We estimate", inside what somebody says, is that somebody; outer claims first.
    speaks_of_itself.sort_by_key(|&(i, _)| {
        cover(&claims[i].content_spans)
            .map_or((0, std::cmp::Reverse(0), i), |s| (s.start(), std::cmp::Reverse(s.end()), i))
    });
    for (i, person) in speaks_of_itself {
        let at = cover(&claims[i].source_spans).map_or(0, |s| s.start());
        let word = reference::surface(document, &claims[i]).map_or_else(String::new, |s| s.0);
        let found = match person {
            Person::First => own_words(&resolver, document, claims, &parents, i, at, &word),
            Person::Second => spoken_to(&resolver, document, at, &word),
        };
        claims[i].source = match found {
            Some(mut speaker) => {
                speaker.spans.clone_from(&claims[i].source_spans);
                Some(speaker)
            }
            None => {
                open.push(LeftOpen {
                    claim: i,
                    why: format!("“{word}”: the text does not tell who speaks there"),
                });
                None
            }
        };
    }
    for i in 0..claims.len() {
        if claims[i].kind == Kind::Narrated {
            continue;
        }
        let mut via = Vec::new();
        let mut next = parents[i];
        while let Some(p) = next
            && via.len() < 8
        {
            via.extend(claims[p].source.clone());
            next = parents[p];
        }
        via.push(outlet.clone());
        via.reverse();
        via.dedup_by(|a, b| a.name == b.name && a.source_type == b.source_type);
        if let Some(source) = &claims[i].source {
            while via.len() > 1 && via.last().is_some_and(|v| v.name == source.name) {
                via.pop();
            }
        }
        claims[i].via = via;
    }
    for predicate in claims.iter_mut().flat_map(|c| &mut c.predicates) {
        participants(&resolver, predicate);
    }
    open.sort_by_key(|o| o.claim);
    open
}

/// Gives the participants of a predicate the names under which the article knows them: "she", "Ruiz".
fn participants(resolver: &reference::Resolver<'_, '_>, predicate: &mut Predicate) {
    for argument in &mut predicate.arguments {
        if let Some(name) = resolver.stands_for(argument.span, argument.name.as_deref()) {
            argument.name = Some(name);
        }
    }
}

/// The same for predicates that are in no claim.
#[cfg(feature = "train")]
pub(crate) fn name_participants(article: &Annotated<'_>, predicates: &mut [Predicate]) {
    let resolver = reference::Resolver::new(article, &[]);
    predicates.iter_mut().for_each(|p| participants(&resolver, p));
}

/// A claim whose source the text mentions, but does not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOpen {
    /// Index of the claim.
    pub claim: usize,
    /// Why, in words.
    pub why: String,
}

/// The name that a mention spells out, if it spells one: "Volodymyr Zelenskiy" in "Ukrainian President Volodymyr
/// Zelenskiy", nothing in "he" or "the ambassador".
pub(crate) fn spelling(surface: &str) -> Option<String> {
    let mention = mention::read(surface)?;
    match mention.form {
        Form::Pronoun | Form::Role => None,
        Form::State if mention.steps.iter().any(|s| s.contains("words of")) => Some(mention.name),
        // without what is said of it: "South Korea, which is wary"
        Form::State => Some(trim_article(surface.split(',').next().unwrap_or(surface)).to_owned()),
        Form::Body if mention.definite && !mention.name.contains(' ') && !mention.proper => None,
        Form::Body | Form::Person | Form::Group | Form::Paper => Some(mention.name),
    }
}

fn trim_article(surface: &str) -> &str {
    let surface = surface.trim().trim_end_matches([',', '.']);
    surface.strip_prefix("The ").or_else(|| surface.strip_prefix("the ")).unwrap_or(surface)
}

/// Grammatical persons that are told by who speaks.
#[derive(Clone, Copy)]
enum Person {
    First,
    Second,
}

fn person_of(document: &Document, claim: &Claim) -> Option<Person> {
    let (surface, _) = reference::surface(document, claim)?;
    match surface.trim().to_lowercase().as_str() {
        // "US" is a country
        "us" if surface.trim() == "US" => None,
        "i" | "we" | "me" | "us" | "i’" | "my" | "our" | "mine" | "ours" | "myself" | "ourselves" => {
            Some(Person::First)
        }
        "you" | "your" | "yours" | "yourself" => Some(Person::Second),
        _ => None,
    }
}

/// Whoever says "I" or "we" there: the source of the quotation, the speaker of the turn, the author.
fn own_words(
    resolver: &reference::Resolver<'_, '_>,
    document: &Document,
    claims: &[Claim],
    parents: &[Option<usize>],
    i: usize,
    at: usize,
    word: &str,
) -> Option<Source> {
    let inside = |mut source: Source| {
        source.path.push(format!("“{word}” inside the words of {} is {}", source.name, source.name));
        source
    };
    let may_say = |s: &Source| match s.source_type {
        SourceType::Document => false,
        SourceType::Unnamed => s.name.split(' ').any(|w| gender::of_noun(&tables::singular(w)).is_some()),
        _ => true,
    };
    if let Some(takers) = resolver.voices.takers(at) {
        let taker =
            takers.iter().filter(|&&j| j != i).find_map(|&j| claims[j].source.clone().filter(may_say));
        if let Some(source) = taker {
            return Some(inside(source));
        }
    }
    let mut parent = parents[i];
    for _ in 0..12 {
        let Some(p) = parent else { break };
        // "He said I was late": the words are not his own.
        if matches!(claims[p].kind, Kind::Direct | Kind::Mixed)
            && let Some(source) = claims[p].source.clone().filter(may_say)
        {
            return Some(inside(source));
        }
        parent = parents[p];
    }
    if resolver.voices.quotation_at(at).is_some() {
        return None;
    }
    let turns = &resolver.voices.turns;
    if let Some(turn) = turns.at(at) {
        let label = &turns.speakers[turns.turns[turn].speaker?];
        let mut source = resolver.speaker(label, at)?;
        source.path.push(format!("“{word}” is {}, whose turn it is", source.name));
        return Some(source);
    }
    // A quotation that is never closed: whoever speaks in its sentence, before the mark.
    let marked = document.text[..at].trim_end().ends_with(['"', '“', '‘', '\'']);
    if marked {
        let mut said = claims.iter().enumerate().filter(|(j, c)| {
            *j != i
                && c.sentence == claims[i].sentence
                && c.source_spans.first().is_some_and(|s| s.end() < at)
        });
        let giver = said.find_map(|(_, c)| c.source.clone().filter(|s| s.source_type == SourceType::Person));
        return giver.map(inside);
    }
    let byline = document.metadata.byline.as_ref()?.value.trim();
    let alone = !byline.contains([',', '&', ';', '/']) && !byline.contains(" and ");
    let singular =
        matches!(word.trim().to_lowercase().as_str(), "i" | "me" | "my" | "mine" | "myself" | "i’");
    let mention = mention::read(byline).filter(|m| m.form == Form::Person && alone && singular)?;
    let mut source = reference::plain(mention);
    source.path.push(format!("“{word}” outside quotations is the author, {}", source.name));
    Some(source)
}

/// Whoever is "you" in a turn.
fn spoken_to(
    resolver: &reference::Resolver<'_, '_>,
    document: &Document,
    at: usize,
    word: &str,
) -> Option<Source> {
    let turns = &resolver.voices.turns;
    if resolver.voices.quotation_at(at).is_some() {
        return None;
    }
    let sentence = document.sentences.get(people::sentence_at(document, at))?;
    let general = !sentence.span.of(&document.text).contains('?');
    let label = &turns.speakers[turns.addressee(turns.at(at)?, general)?];
    let mut source = resolver.speaker(label, at)?;
    source.path.push(format!("“{word}” is {}, who is spoken to", source.name));
    Some(source)
}

/// "X reported a redeployment, with estimates suggesting ...": the estimates are X's, nobody else being named.
///
/// Only for evidence nouns without an owner, in a `with`-phrase or with a participle for a cue, after a claim of
/// the same sentence that has a source of its own.
fn evidence_owner(document: &Document, claims: &[Claim], i: usize, earlier: &[usize]) -> Option<Source> {
    let claim = &claims[i];
    let (surface, at) = reference::surface(document, claim)?;
    let mention = mention::read(&surface).filter(|m| m.ownerless && m.form == Form::Paper)?;
    let sentence = document.sentences.get(claim.sentence as usize)?;
    let before = document.text.get(sentence.span.start().min(at)..at)?;
    let in_with_phrase =
        before.split_whitespace().rev().take(2).any(|w| w == "with") && !before.trim().is_empty();
    let participle = claim.cue_spans.first().is_some_and(|c| c.of(&document.text).trim().ends_with("ing"));
    if !in_with_phrase && !participle {
        return None;
    }
    let giver = earlier.iter().rev().map(|&j| &claims[j]).find(|c| {
        let owned =
            c.source.as_ref().is_some_and(|s| s.source_type != SourceType::Document && !s.spans.is_empty());
        owned && c.cue_spans.first().is_some_and(|cue| cue.start() < at)
    })?;
    let mut source = giver.source.clone()?;
    source.path.push(format!(
        "“{}” names no owner and stands in a clause that hangs on what {} says: taken as theirs",
        mention.name, source.name
    ));
    source.spans.clone_from(&claim.source_spans);
    Some(source)
}

/// Gives one name to one party across the corpus. `claims` are those of all documents.
///
/// Returns the sources that were changed as their articles have them, so that [`as_in_articles`] can take it back.
pub fn corpus(documents: &[Document], claims: &mut [Claim]) -> Vec<Renamed> {
    canon::unify(documents, claims)
}

#[cfg(test)]
pub(crate) mod tests;
