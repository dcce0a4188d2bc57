//! The clause around a predicate, as the tree has it: its auxiliaries, what negates it, what opens it, its subject.
//!
//! Trees are those of the parser (Universal Dependencies 2): the predicate is the head, auxiliaries, copula, "to" and
//! conjunctions hang on it. A predicate that is coordinated with another, without subject or auxiliary of its own,
//! shares the other's: "could not confirm or deny", "has met and praised".

use std::ops::Range;

use super::negation;
use crate::document::{Deprel, Tag};
use crate::language::Annotated;

/// How far from a predicate, in tokens, its dependents are looked for; keeps the cost of a predicate constant.
const WINDOW: usize = 40;

/// When, and in which mood, a predicate is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tense {
    /// "left", "was leaving".
    Past,
    /// "leaves", "is leaving".
    Present,
    /// "has left", "had left".
    Perfect,
    /// "will leave".
    Future,
    /// "could leave".
    Modal,
    /// "to leave".
    Infinitive,
    /// "leaving", without auxiliary.
    Gerund,
    /// "left" of "the men left behind".
    Participle,
    /// "leave!", "let them leave".
    Bare,
    /// No verb: "the departure".
    #[default]
    None,
}

impl Tense {
    /// A name for features.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Tense::Past => "past",
            Tense::Present => "present",
            Tense::Perfect => "perfect",
            Tense::Future => "future",
            Tense::Modal => "modal",
            Tense::Infinitive => "to",
            Tense::Gerund => "ing",
            Tense::Participle => "en",
            Tense::Bare => "bare",
            Tense::None => "none",
        }
    }
}

/// A predicate with what hangs on it. All are tokens of the article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clause {
    /// The head.
    pub(crate) predicate: usize,
    /// "could", "will".
    pub(crate) modal: Option<usize>,
    /// Auxiliaries and the copula, modals excepted.
    pub(crate) auxiliaries: Vec<usize>,
    /// "is" of "is unable".
    pub(crate) copula: Option<usize>,
    /// Particles and determiners that negate it, and "nor".
    pub(crate) negations: Vec<usize>,
    /// "that", "if", "whether", "because"; never "to".
    pub(crate) mark: Option<usize>,
    /// "to" before an infinitive.
    pub(crate) to: bool,
    /// Its subject.
    pub(crate) subject: Option<usize>,
    /// "nobody", "no official".
    pub(crate) negated_subject: bool,
    /// "sent no troops", "said nothing".
    pub(crate) negated_object: bool,
    /// Its object.
    pub(crate) object: Option<usize>,
    /// Adverbs that do not negate.
    pub(crate) adverbs: Vec<usize>,
    /// "was sent".
    pub(crate) passive: bool,
    /// Preposition, of a noun.
    pub(crate) case: Option<usize>,
    /// "up" of "give up".
    pub(crate) particle: Option<usize>,
    /// Article or other determiner, of a noun.
    pub(crate) determiner: Option<usize>,
    /// The "and" or "or" before it.
    pub(crate) conjunction: Option<usize>,
    /// Tense and mood.
    pub(crate) tense: Tense,
}

/// The tokens in which dependents of token `i` are looked for.
pub(crate) fn window(article: &Annotated<'_>, i: usize) -> Range<usize> {
    let Some(sentence) = article.sentences.get(article.sentence_of(i)) else { return i..i };
    let tokens = sentence.tokens();
    let from = tokens.start.max(i.saturating_sub(WINDOW));
    from..tokens.end.min(i + WINDOW).min(article.len()).max(from)
}

/// The dependents of token `i`, in order.
pub(crate) fn dependents<'a>(article: &'a Annotated<'_>, i: usize) -> impl Iterator<Item = usize> + 'a {
    window(article, i).filter(move |&j| j != i && article.head(j) == Some(i))
}

impl Clause {
    /// The clause whose head is token `predicate`.
    pub(crate) fn of(article: &Annotated<'_>, predicate: usize) -> Clause {
        let mut clause = Clause::alone(article, predicate);
        // "could not confirm or deny": what is coordinated shares what it does not have itself.
        let mut first = predicate;
        for _ in 0..3 {
            let own = clause.modal.is_some()
                || clause.to
                || clause.subject.is_some()
                || !clause.auxiliaries.is_empty();
            if own || article.deprel(first) != Deprel::Conj {
                break;
            }
            let Some(head) = article.head(first) else { break };
            let shared = Clause::alone(article, head);
            if !same_form(article.tag(predicate), article.tag(head)) {
                break;
            }
            let or = clause.conjunction.is_none_or(|c| matches!(article.lower(c), "or" | "nor"));
            let verb = matches!(article.tag(predicate), Tag::VB | Tag::VBN | Tag::VBG);
            clause.subject = shared.subject;
            clause.negated_subject |= shared.negated_subject;
            if verb {
                clause.modal = shared.modal;
                clause.auxiliaries = shared.auxiliaries;
                clause.to = shared.to;
                clause.tense = shared.tense;
                clause.mark = clause.mark.or(shared.mark);
                clause.negations.extend(shared.negations);
            } else if or {
                clause.negations.extend(shared.negations);
            }
            first = head;
        }
        clause
    }

    fn alone(article: &Annotated<'_>, predicate: usize) -> Clause {
        let mut clause = Clause { predicate, ..Clause::default() };
        for i in dependents(article, predicate) {
            let word = article.lower(i);
            match article.deprel(i) {
                Deprel::Aux if article.tag(i) == Tag::MD => clause.modal = clause.modal.or(Some(i)),
                Deprel::Aux => clause.auxiliaries.push(i),
                Deprel::AuxPass => {
                    clause.auxiliaries.push(i);
                    clause.passive = true;
                }
                Deprel::Cop => {
                    clause.auxiliaries.push(i);
                    clause.copula = Some(i);
                }
                Deprel::Mark if word == "to" => clause.to = true,
                Deprel::Mark => clause.mark = clause.mark.or(Some(i)),
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj | Deprel::NsubjOuter => {
                    clause.subject = Some(i);
                    clause.negated_subject = negates_phrase(article, i);
                    clause.passive |= article.deprel(i) == Deprel::NsubjPass;
                }
                Deprel::Obj => {
                    clause.object = Some(i);
                    clause.negated_object = i > predicate && negates_phrase(article, i);
                }
                Deprel::Compound | Deprel::CompoundPrt if i > predicate => clause.particle = Some(i),
                Deprel::Case => clause.case = clause.case.or(Some(i)),
                Deprel::Det if negation::is_determiner(article, i) => clause.negations.push(i),
                Deprel::Det => clause.determiner = Some(i),
                Deprel::Cc | Deprel::CcPreconj => {
                    if i < predicate {
                        clause.conjunction = Some(i);
                        if matches!(word, "nor" | "neither") {
                            clause.negations.push(i);
                        }
                    }
                }
                // the negation of a verb stands before it; behind it, it is of what follows
                Deprel::Advmod if negation::is_particle(article, i) => {
                    if i < predicate || article.tag(predicate).is_verb() && i == predicate + 1 {
                        clause.negations.push(i);
                    }
                }
                Deprel::Advmod => clause.adverbs.push(i),
                _ => {}
            }
        }
        clause.tense = clause.tense_of(article);
        clause
    }

    fn tense_of(&self, article: &Annotated<'_>) -> Tense {
        if let Some(modal) = self.modal {
            return match article.lower(modal) {
                "will" | "'ll" | "wo" | "shall" => Tense::Future,
                _ => Tense::Modal,
            };
        }
        if self.to {
            return Tense::Infinitive;
        }
        if self.auxiliaries.iter().any(|&i| article.lemma(i) == "have") && self.copula.is_none()
            || self.auxiliaries.first().is_some_and(|&i| article.lemma(i) == "have")
        {
            return Tense::Perfect;
        }
        let first = self.auxiliaries.first().copied().unwrap_or(self.predicate);
        match article.tag(first) {
            Tag::VBD => Tense::Past,
            Tag::VBZ | Tag::VBP => Tense::Present,
            Tag::VBG => Tense::Gerund,
            Tag::VBN => Tense::Participle,
            Tag::VB => Tense::Bare,
            _ => Tense::None,
        }
    }

    /// Whether an odd number of things negates the predicate itself or its subject.
    pub(crate) fn is_negated(&self) -> bool {
        (self.negations.len() + usize::from(self.negated_subject)) % 2 == 1
    }
}

/// Whether two tags can share auxiliaries.
fn same_form(a: Tag, b: Tag) -> bool {
    a == b || matches!((a, b), (Tag::VBD, Tag::VBN) | (Tag::VBN, Tag::VBD)) || !a.is_verb() && !b.is_verb()
}

/// Whether a noun phrase with this head is negated: "nobody", "no official", "none of them", "neither side".
fn negates_phrase(article: &Annotated<'_>, head: usize) -> bool {
    if negation::is_subject(article, head) || negation::is_determiner(article, head) {
        return true;
    }
    dependents(article, head).take_while(|&i| i < head).any(|i| {
        matches!(article.deprel(i), Deprel::Det | Deprel::CcPreconj | Deprel::Amod | Deprel::Advmod)
            && (negation::is_determiner(article, i) || matches!(article.lower(i), "neither" | "hardly"))
    })
}
