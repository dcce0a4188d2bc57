//! Syntax and names: what the language layer finds beyond Penn tags.

use serde::{Deserialize, Serialize};

use crate::span::Span;

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident: $($variant:ident $label:literal),* $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        #[allow(missing_docs, clippy::upper_case_acronyms)]
        pub enum $name { $($variant),* }

        impl $name {
            /// All of them, in the order of the discriminants.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The label as corpora write it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $label),* }
            }

            /// The one with that label.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($label => Some($name::$variant),)* _ => None }
            }
        }
    };
}

labels! {
    /// Universal parts of speech (Universal Dependencies 2).
    Upos:
    ADJ "ADJ", ADP "ADP", ADV "ADV", AUX "AUX", CCONJ "CCONJ", DET "DET", INTJ "INTJ", NOUN "NOUN", NUM "NUM", PART "PART", PRON "PRON", PROPN "PROPN", PUNCT "PUNCT", SCONJ "SCONJ", SYM "SYM", VERB "VERB", X "X",
}

labels! {
    /// Relations of a word to its head (Universal Dependencies 2, with the subtypes of English).
    Deprel:
    Acl "acl", AclRelcl "acl:relcl", Advcl "advcl", AdvclRelcl "advcl:relcl", Advmod "advmod", Amod "amod", Appos "appos", Aux "aux", AuxPass "aux:pass", Case "case", Cc "cc", CcPreconj "cc:preconj", Ccomp "ccomp", Compound "compound", CompoundPrt "compound:prt", Conj "conj", Cop "cop", Csubj "csubj", CsubjOuter "csubj:outer", CsubjPass "csubj:pass", Dep "dep", Det "det", DetPredet "det:predet", Discourse "discourse", Dislocated "dislocated", Expl "expl", Fixed "fixed", Flat "flat", Goeswith "goeswith", Iobj "iobj", List "list", Mark "mark", Nmod "nmod", NmodDesc "nmod:desc", NmodPoss "nmod:poss", NmodUnmarked "nmod:unmarked", Nsubj "nsubj", NsubjOuter "nsubj:outer", NsubjPass "nsubj:pass", Nummod "nummod", Obj "obj", Obl "obl", OblAgent "obl:agent", OblUnmarked "obl:unmarked", Orphan "orphan", Parataxis "parataxis", Punct "punct", Reparandum "reparandum", Root "root", Vocative "vocative", Xcomp "xcomp",
}

labels! {
    /// What a name names, as in the shared task of CoNLL-2003.
    NameKind:
    Person "PER", Organization "ORG", Location "LOC", Other "MISC",
}

/// A name: "Kim Hong-kyun", "National Intelligence Service", "Kursk".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The characters of the name itself, without its title.
    pub span: Span,
    /// First token and the one after the last.
    pub tokens: (u32, u32),
    /// What it names.
    pub kind: NameKind,
    /// The title before a person's name: "Vice Foreign Minister".
    pub title: Option<Span>,
}
