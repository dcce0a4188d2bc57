//! Universal tags that Penn tags do not tell: auxiliaries, pronouns and subordinators, by the words around.
//!
//! The rules look at most [`REACH`] tokens ahead, so the cost is linear. On the training parts of EWT and GUM, with
//! true Penn tags, 99.2 % of all tags come out right; tags alone give 96.7 %.

use super::{is_be, upos};
use crate::document::{Tag, Upos};

/// How far a clause is looked for its verb.
const REACH: usize = 14;

/// The universal tags of a sentence, given its Penn tags and normalised forms.
#[must_use]
pub fn universal<S: AsRef<str>>(tags: &[Tag], lower: &[S]) -> Vec<Upos> {
    let sentence = Sentence { tags, lower };
    (0..tags.len().min(lower.len())).map(|i| sentence.upos(i)).collect()
}

struct Sentence<'s, S> {
    tags: &'s [Tag],
    lower: &'s [S],
}

impl<S: AsRef<str>> Sentence<'_, S> {
    fn tag(&self, i: usize) -> Option<Tag> {
        self.tags.get(i).copied()
    }

    fn word(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", AsRef::as_ref)
    }

    fn before(&self, i: usize) -> Option<Tag> {
        i.checked_sub(1).and_then(|i| self.tag(i))
    }

    fn upos(&self, i: usize) -> Upos {
        let (tag, word) = (self.tags[i], self.word(i));
        match tag {
            _ if tag.is_verb() => self.verb(i),
            Tag::DT if matches!(word, "this" | "that" | "these" | "those") => self.demonstrative(i),
            Tag::WDT => {
                let after = self.tag(i + 1).is_some_and(|t| t.is_noun() || matches!(t, Tag::JJ | Tag::CD));
                let object =
                    word == "which" && self.before(i).is_some_and(|t| matches!(t, Tag::IN | Tag::TO));
                if after && !object && word != "that" { Upos::DET } else { Upos::PRON }
            }
            Tag::IN if self.subordinates(i) => Upos::SCONJ,
            Tag::IN => Upos::ADP,
            _ => upos(tag, word),
        }
    }

    /// The first token from `i` on that is no adverb or negation.
    fn past_adverbs(&self, mut i: usize) -> usize {
        while self.tag(i).is_some_and(Tag::is_adverb) {
            i += 1;
        }
        i
    }

    fn verb(&self, i: usize) -> Upos {
        let word = self.word(i);
        let auxiliary = if is_be(word) || matches!(word, "s" | "m" | "r" | "re" | "`s" | "`re" | "`m") {
            !self.is_existential(i)
        } else {
            match word {
                "'ve" | "'d" | "ve" | "`ve" => true,
                "have" | "has" | "had" | "having" => {
                    self.tag(self.past_adverbs(i + 1)) == Some(Tag::VBN)
                        || self.asks(i) && self.verb_follows(i, Tag::VBN)
                }
                "do" | "does" | "did" => self.is_auxiliary_do(i),
                "get" | "gets" | "got" | "getting" | "gotten" => self.tag(i + 1) == Some(Tag::VBN),
                _ => false,
            }
        };
        if auxiliary { Upos::AUX } else { Upos::VERB }
    }

    /// "there is", "there may be", "is there": the verb of existence.
    fn is_existential(&self, i: usize) -> bool {
        if self.tag(i + 1) == Some(Tag::EX) {
            return true;
        }
        let from = i.saturating_sub(4);
        let Some(there) = (from..i).rev().find(|j| self.tags[*j] == Tag::EX) else { return false };
        (there + 1..i).all(|j| {
            !matches!(self.tags[j], Tag::VBD | Tag::VBP | Tag::VBZ)
                || matches!(self.word(j), "seem" | "seems" | "seemed" | "has" | "have" | "had")
        })
    }

    fn is_auxiliary_do(&self, i: usize) -> bool {
        let next = self.past_adverbs(i + 1);
        let negated = matches!(self.word(i + 1), "not" | "n't" | "nt");
        let finite = self.tags[i] != Tag::VB;
        negated
            || self.tag(next) == Some(Tag::VB)
            || finite && matches!(self.tag(i + 1), None | Some(Tag::Period | Tag::Comma)) && i > 0
            || finite
                && matches!(self.tag(i + 1), Some(Tag::PRP | Tag::EX))
                && !matches!(self.word(i + 1), "it" | "them" | "me")
            || self.asks(i) && self.verb_follows(i, Tag::VB)
    }

    /// Whether a verb stands where the verb of a question does.
    fn asks(&self, i: usize) -> bool {
        self.before(i).is_none_or(|t| is_boundary(t) || matches!(t, Tag::WRB | Tag::WP | Tag::WDT | Tag::CC))
    }

    /// Whether, behind adverbs and a subject, a verb with that tag follows.
    fn verb_follows(&self, i: usize, goal: Tag) -> bool {
        for j in i + 1..(i + 8).min(self.tags.len()) {
            let tag = self.tags[j];
            if tag == goal {
                return true;
            }
            let subject = tag.is_adverb()
                || tag.is_noun()
                || matches!(
                    tag,
                    Tag::PRP | Tag::DT | Tag::PRPS | Tag::JJ | Tag::EX | Tag::CD | Tag::POS | Tag::CC
                );
            if !subject {
                return false;
            }
        }
        false
    }

    /// "this man" has a determiner, "this is" a pronoun.
    fn demonstrative(&self, i: usize) -> Upos {
        let mut j = i + 1;
        while j < i + REACH
            && self.tag(j).is_some_and(|t| {
                t.is_adverb()
                    || t.is_adjective()
                    || matches!(t, Tag::HYPH | Tag::VBN | Tag::VBG | Tag::AFX | Tag::OpenQuote)
            })
        {
            j += 1;
        }
        let noun = self.tag(j).is_some_and(|t| t.is_noun() || t == Tag::CD);
        if noun { Upos::DET } else { Upos::PRON }
    }

    fn subordinates(&self, i: usize) -> bool {
        let next = self.tag(i + 1);
        let question = matches!(next, Some(Tag::WRB | Tag::WP)) || self.word(i + 1) == "whether";
        match self.word(i) {
            "that" | "if" | "while" | "whether" | "although" | "though" | "unless" | "whereas" | "so"
            | "once" | "cause" | "'cause" | "cuz" | "coz" | "cos" | "lest" => true,
            "because" => self.word(i + 1) != "of",
            _ if question => true,
            "of" => next == Some(Tag::VBG),
            "as" if next == Some(Tag::VBN) || matches!(self.word(i + 1), "if" | "though") => true,
            "as" if matches!(next, Some(Tag::TO | Tag::IN)) => false,
            "than" if matches!(next, Some(Tag::VB | Tag::TO)) => true,
            "as" | "before" | "after" | "since" | "like" | "until" | "till" | "than" => {
                self.clause_follows(i)
            }
            "for" => next == Some(Tag::VBG) || self.purpose_follows(i),
            "in" | "on" | "about" | "from" | "by" | "without" | "upon" | "to" | "into" | "at" | "despite"
            | "through" | "except" | "given" => next == Some(Tag::VBG),
            _ => false,
        }
    }

    /// "for the army to leave"
    fn purpose_follows(&self, i: usize) -> bool {
        let end = (i + 1..(i + 9).min(self.tags.len())).find(|j| !is_nominal(self.tags[*j]));
        end.is_some_and(|j| {
            j > i + 1 && self.tags[j] == Tag::TO && matches!(self.tag(j + 1), Some(Tag::VB | Tag::RB))
        })
    }

    /// Whether a subject and a finite verb follow, or a participle.
    fn clause_follows(&self, i: usize) -> bool {
        if self.tag(i + 1) == Some(Tag::VBG) {
            return true;
        }
        let mut subject = false;
        for j in i + 1..(i + REACH).min(self.tags.len()) {
            let tag = self.tags[j];
            if tag.is_finite() {
                return subject;
            }
            let inner = tag == Tag::IN
                && subject
                && matches!(self.word(j), "of" | "in" | "for" | "on" | "at" | "from" | "with" | "to");
            if tag.is_noun() || matches!(tag, Tag::PRP | Tag::EX | Tag::DT | Tag::CD | Tag::WP) {
                subject = true;
            } else if !is_nominal(tag) && !matches!(tag, Tag::OpenQuote | Tag::CloseQuote) && !inner {
                return false;
            }
        }
        false
    }
}

/// Marks that part clauses.
fn is_boundary(tag: Tag) -> bool {
    tag.is_mark() && !matches!(tag, Tag::HYPH | Tag::SYM)
}

/// What a noun phrase is made of.
fn is_nominal(tag: Tag) -> bool {
    tag.is_noun()
        || tag.is_adjective()
        || tag.is_adverb() && tag != Tag::RBS
        || matches!(
            tag,
            Tag::PRP | Tag::DT | Tag::PRPS | Tag::CD | Tag::POS | Tag::EX | Tag::PDT | Tag::HYPH | Tag::AFX
        )
        || matches!(tag, Tag::Dollar | Tag::CC | Tag::WP | Tag::VBG | Tag::VBN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tagged` has `word/Penn/UD` for each token.
    fn check(tagged: &str) {
        let parts: Vec<Vec<&str>> = tagged.split(' ').map(|t| t.split('/').collect()).collect();
        let gold: Vec<Upos> = parts.iter().map(|p| Upos::from_name(p[2]).expect("a universal tag")).collect();
        let tags: Vec<Tag> = parts.iter().map(|p| Tag::from_name(p[1]).expect("a Penn tag")).collect();
        let lower: Vec<&str> = parts.iter().map(|p| p[0]).collect();
        assert_eq!(universal(&tags, &lower), gold, "{tagged}");
    }

    #[test]
    fn main_verbs_are_no_auxiliaries() {
        check("they/PRP/PRON have/VBP/VERB troops/NNS/NOUN");
        check("he/PRP/PRON did/VBD/VERB it/PRP/PRON");
        check("there/EX/PRON are/VBP/VERB men/NNS/NOUN");
        check("there/EX/PRON may/MD/AUX be/VB/VERB more/JJR/ADJ");
        check("i/PRP/PRON got/VBD/VERB it/PRP/PRON");
    }

    #[test]
    fn auxiliaries() {
        check("they/PRP/PRON have/VBP/AUX already/RB/ADV left/VBN/VERB");
        check("do/VBP/AUX the/DT/DET men/NNS/NOUN know/VB/VERB");
        check("they/PRP/PRON do/VBP/AUX n't/RB/PART");
        check("has/VBZ/AUX he/PRP/PRON left/VBN/VERB");
        check("he/PRP/PRON got/VBD/AUX killed/VBN/VERB");
    }

    #[test]
    fn demonstratives() {
        check("this/DT/PRON is/VBZ/AUX true/JJ/ADJ");
        check("these/DT/DET two/CD/NUM men/NNS/NOUN");
        check("those/DT/PRON who/WP/PRON left/VBD/VERB");
    }

    #[test]
    fn prepositions_and_subordinators() {
        check("after/IN/ADP the/DT/DET war/NN/NOUN");
        check("as/IN/ADP a/DT/DET man/NN/NOUN");
        check("after/IN/SCONJ the/DT/DET army/NN/NOUN left/VBD/VERB");
        check("by/IN/SCONJ leaving/VBG/VERB");
        check("about/IN/SCONJ how/WRB/ADV they/PRP/PRON left/VBD/VERB");
        check("for/IN/SCONJ them/PRP/PRON to/TO/PART leave/VB/VERB");
        check("because/IN/ADP of/IN/ADP it/PRP/PRON");
        check("in/IN/ADP which/WDT/PRON men/NNS/NOUN died/VBD/VERB");
    }
}
