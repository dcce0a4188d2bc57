//! Other names: those of newspapers, clubs, schools, rivers and offices, which bear a place's name and are none.
//!
//! What heads the capitals after the name tells ("Boston Public *Library*"), or what stands before it ("*Lake* Victoria",
//! "*University* of Oxford"). Of public bodies a country is named all the same: "U.S. Senate" speaks of the United
//! States, "Chicago Police Department" of a department.

use super::candidates::Candidate;
use super::reading::Reading;
use super::standing::Surroundings;
use super::words::{Class, is};
use crate::document::{PlaceKind, Tag};
use crate::language::gazetteer;

impl Surroundings<'_> {
    /// Names of newspapers, clubs, schools, rivers, offices that bear the place's name.
    pub(super) fn is_part_of_name(&self, candidate: &Candidate, reading: &Reading) -> bool {
        if !candidate.whole {
            return false;
        }
        let article = self.article;
        let sentence = article.sentences[candidate.sentence].tokens();
        let capital = |k: usize| article.word(k).starts_with(char::is_uppercase);
        let state = reading.kind == PlaceKind::Country || reading.demonym;
        if candidate.first > sentence.start {
            let one = article.lower(candidate.first - 1);
            if capital(candidate.first - 1)
                && is(one, Class::NamePart)
                && !(is(one, Class::Title) && reading.kind == PlaceKind::Country)
            {
                return true;
            }
            // "Conservatoire de Paris"
            if matches!(one, "de" | "di" | "du" | "des" | "der" | "von" | "del") {
                return true;
            }
            if one == "of" && candidate.first > sentence.start + 1 && capital(candidate.first - 2) {
                let bearer = article.lower(candidate.first - 2);
                if is(bearer, Class::Bearer) && !(matches!(bearer, "king" | "queen") && state) {
                    return true;
                }
            }
        }
        // "Boston Public Library", "U.S. Senate": what heads the capitals that follow
        let mut k = candidate.last + 1;
        let mut head = None;
        while k < sentence.end
            && k < candidate.last + 6
            && capital(k)
            && article.tag(k).is_noun() | article.tag(k).is_adjective()
        {
            if gazetteer::lookup(article.word(k)).is_some() && k == candidate.last + 1 {
                return false;
            }
            head = Some(k);
            k += 1;
        }
        let Some(head) = head else { return false };
        // "Ontario Premier Doug Ford"
        if is(article.lower(candidate.last + 1).trim_end_matches('.'), Class::Title) {
            return false;
        }
        let any = |class: Class| (candidate.last + 1..=head).any(|k| is(article.lower(k), class));
        if any(Class::Body) && !any(Class::Media) {
            // "US Army", "Russian Foreign Ministry" hold their country, "Chicago Police Department" no city
            return !state && head > candidate.last + 1 && !any(Class::StateCue);
        }
        let newspaper = any(Class::Media) && !reading.demonym;
        newspaper || any(Class::Head) && (!reading.demonym || is(article.lower(head), Class::Head))
    }

    /// Highways ("US-75"), currencies ("US$"), the pronoun in a shout ("PROTECT US FROM").
    pub(super) fn is_no_name(&self, candidate: &Candidate, reading: &Reading) -> bool {
        let article = self.article;
        let text = article.text();
        let rest = &text[candidate.span.end()..];
        if reading.kind == PlaceKind::Country && candidate.last == candidate.first {
            let digits = rest.trim_start_matches(['-', '‑', ' ']).starts_with(|c: char| c.is_ascii_digit());
            if rest.starts_with('$') || rest.starts_with(['-', '‑']) && digits {
                return true;
            }
        }
        if candidate.span.of(text) != "US" {
            return false;
        }
        let sentence = article.sentences[candidate.sentence].tokens();
        let shouted = |k: usize| {
            sentence.contains(&k)
                && article.word(k).len() > 1
                && article.word(k).chars().all(|c| c.is_ascii_uppercase())
                && !matches!(article.word(k), "THE" | "IN" | "AND")
        };
        candidate.first > 0
            && shouted(candidate.first - 1)
            && (shouted(candidate.last + 1) || article.tag(candidate.first) == Tag::PRP)
    }
}
