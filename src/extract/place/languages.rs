//! Tongues: adjectives of countries that name a language here, or no country at all.

use super::candidates::Candidate;
use super::standing::Surroundings;
use super::words::{Class, is};
use crate::document::Tag;
use crate::language::gazetteer;

impl Surroundings<'_> {
    /// Whether an adjective names a language: "speaks Russian", "in English", "the Welsh language", "English is the dominant language".
    ///
    /// An adjective that nothing follows, in the singular and without an article, is a language.
    pub(super) fn is_language(&self, candidate: &Candidate) -> bool {
        let article = self.article;
        let sentence = article.sentences[candidate.sentence].tokens();
        let next = candidate.last + 1;
        if !candidate.whole {
            let rest = &article.text()[candidate.span.end()..article.span(candidate.last).end()];
            return rest.trim_start_matches(['-', '‐', '‑', '–']).eq_ignore_ascii_case("speaking")
                || rest.trim_start_matches(['-', '‐', '‑', '–']).eq_ignore_ascii_case("language");
        }
        if next < sentence.end && is(article.lower(next), Class::Tongue) {
            return true;
        }
        let word = article.word(candidate.last);
        let person = ["man", "men", "woman", "women", "s"].iter().any(|end| word.ends_with(end));
        if person && word != "German" && !["ish", "ese", "ch"].iter().any(|end| word.ends_with(end)) {
            return false;
        }
        // "Russian and Ukrainian forces", "German-Polish"
        let mut k = next;
        while k < sentence.end && k < next + 5 && matches!(article.lower(k), "and" | "or" | "," | "-") {
            k += 1;
            if k < sentence.end && gazetteer::lookup(article.word(k)).is_some() {
                k += 1;
            }
        }
        let joined = k > next;
        let modifies = |k: usize| {
            k < sentence.end
                && (article.tag(k).is_noun() || article.tag(k).is_adjective() || article.tag(k) == Tag::CD)
        };
        if modifies(k) && !(joined && self.speaks(candidate.first, sentence.start)) || modifies(next) {
            return false;
        }
        if self.speaks(candidate.first, sentence.start) {
            return true;
        }
        if candidate.first == sentence.start {
            // "French: Île"; a headline of one word is left alone
            return next < sentence.end && (article.word(next) == ":" || article.tag(next).is_finite());
        }
        if next < sentence.end && article.word(next) == ":" {
            return true;
        }
        let before = candidate.first - 1;
        let some = matches!(
            article.lower(before),
            "some" | "any" | "good" | "ancient" | "modern" | "old" | "fluent" | "broken"
        );
        if some && article.tag(candidate.last).is_noun() {
            return true;
        }
        let determined = matches!(
            article.tag(before),
            Tag::DT
                | Tag::CD
                | Tag::POS
                | Tag::PRPS
                | Tag::JJ
                | Tag::JJS
                | Tag::PDT
                | Tag::NN
                | Tag::NNP
                | Tag::NNS
        );
        let predicate = matches!(
            article.lemma(before),
            "be" | "become" | "remain" | "not" | "feel" | "all" | "both" | "as"
        );
        let bare = matches!(
            article.tag(before),
            Tag::IN
                | Tag::CC
                | Tag::Comma
                | Tag::VB
                | Tag::VBD
                | Tag::VBG
                | Tag::VBZ
                | Tag::VBP
                | Tag::OpenBracket
        );
        bare && !determined && !predicate && article.tag(candidate.last).is_noun()
    }

    /// Whether the words before a name, over other languages of a list, are of speaking.
    fn speaks(&self, first: usize, start: usize) -> bool {
        let article = self.article;
        let mut k = first;
        for _ in 0..6 {
            if k == start {
                return false;
            }
            k -= 1;
            let word = article.lower(k);
            let skipped = matches!(
                word,
                "and"
                    | "or"
                    | ","
                    | "some"
                    | "a"
                    | "little"
                    | "bit"
                    | "of"
                    | "ancient"
                    | "fluent"
                    | "himself"
                    | "herself"
            ) || gazetteer::lookup(article.word(k))
                .is_some_and(|(_, sense)| sense == gazetteer::Sense::Adjective);
            if is(word, Class::Speak) || matches!(word, "in" | "into") && k + 1 == first {
                return true;
            }
            if !skipped {
                return false;
            }
        }
        false
    }
}
