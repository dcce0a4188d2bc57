//! What a content says happens: predicates, and who takes part.

use serde::{Deserialize, Serialize};

use super::Polarity;
use crate::span::Span;

/// A predicate with its arguments, in the sense of PropBank (Palmer, Gildea and Kingsbury, "The Proposition Bank",
/// Computational Linguistics 31(1), 2005): "North Korea sent troops to Russia" and "troops were sent to Russia by North
/// Korea" are one.
///
/// Verbs are predicates, and so are nouns that name what a verb says ("the deployment of troops"), and what stands with
/// a copula ("is dead"). A verb that only carries a noun ("carried out an attack") is none; the noun takes its subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Predicate {
    /// The word.
    pub span: Span,
    /// Its lemma, with its particle ("send", "shut down", "deployment").
    pub lemma: String,
    /// Whether it is said to be so or, by the words of its own clause, not to be so.
    pub polarity: Polarity,
    /// Who and what takes part, in the order of the text within each role.
    pub arguments: Vec<Argument>,
}

/// Somebody or something that takes part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// In which role.
    pub role: Role,
    /// The noun phrase up to its head, without what follows.
    pub span: Span,
    /// Lemma of its head ("troop").
    pub lemma: String,
    /// Who it is or belongs to, where a name says so: the country of "North Korean troops" or of "Pyongyang" where the
    /// government is meant, otherwise the name as it stands; of a pronoun, whom it stands for.
    pub name: Option<String>,
}

/// Roles of arguments. Passives are turned round: who does it is the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Who does it, or what it happens to if nothing else is said ("nine people died").
    Subject,
    /// To whom or what it is done.
    Object,
    /// Whatever else takes part: to, from, with, against.
    Oblique,
}

impl Role {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Subject => "subject",
            Role::Object => "object",
            Role::Oblique => "oblique",
        }
    }
}
