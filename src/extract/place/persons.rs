//! Persons: names of places that are parts of persons' names here.
//!
//! "Lloyd Austin", "Sen. Chad Brown", "Michael Jordan", "Finn Thormeier": a title, a given name or a surname beside it.
//! Only names that people bear are asked: those of `lexicon/namesakes.tsv`, and all that only the tables of the world know.

use super::candidates::{Candidate, Group};
use super::names::{Sort, is_personal};
use super::standing::{Named, Surroundings};
use super::words::{Class, is};
use crate::document::{NameKind, Tag};
use crate::language::gazetteer;

impl Surroundings<'_> {
    /// Whether the words beside it make it part of a person's name.
    pub(super) fn is_person(&self, candidate: &Candidate, group: &Group) -> bool {
        let article = self.article;
        let top = group.top();
        let word = article.word(candidate.first);
        if candidate.first != candidate.last || !candidate.whole || top.demonym && !is_personal(word) {
            return false;
        }
        // countries and capitals that are nobody's name
        if top.sort != Sort::Gazetteer && !is_personal(word) {
            return false;
        }
        let sentence = article.sentences[candidate.sentence].tokens();
        let first = candidate.first;
        if first > sentence.start {
            let before = article.word(first - 1);
            let titled = is(article.lower(first - 1).trim_end_matches('.'), Class::Title);
            if titled && before.starts_with(char::is_uppercase)
                || self.is_name_like(first - 1, first - 1 == sentence.start)
                || is_initial(before)
            {
                return true;
            }
        }
        let next = candidate.last + 1;
        if top.demonym {
            // "Finn Thormeier", not "French President"
            let noun = !["ish", "an", "ese", "ch", "i"].iter().any(|end| word.ends_with(end));
            let named =
                matches!(self.named_as(candidate), Named::Around { kind: NameKind::Person, first: true, .. });
            return named || noun && next < sentence.end && self.is_name_like(next, false);
        }
        next < sentence.end
            && self.is_name_like(next, false)
            && article.tag(next) != Tag::NNPS
            && self.local(candidate) < 1.0
            && !is(article.lower(next).trim_end_matches('.'), Class::Head)
    }

    /// Whether token `i` looks like part of a person's name.
    fn is_name_like(&self, i: usize, opens_sentence: bool) -> bool {
        let article = self.article;
        let word = article.word(i);
        let lower = article.lower(i);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        word.starts_with(char::is_uppercase)
            && letters > 1
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
            && word.chars().any(char::is_lowercase)
            && article.tag(i) == Tag::NNP
            && (!opens_sentence || article.lemma(i) != lower)
            && !is(lower, Class::Beside)
            && !is(lower, Class::Calendar)
            && !is(lower, Class::Local)
            && !is(lower, Class::NamePart)
            && gazetteer::lookup(word).is_none()
    }
}

fn is_initial(word: &str) -> bool {
    word.len() == 2 && word.ends_with('.') && word.starts_with(|c: char| c.is_ascii_uppercase())
}
