//! Parts of speech.

use serde::{Deserialize, Serialize};

macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// Penn Treebank part-of-speech tags, with the additions of UD English (`HYPH`, `ADD`, `NFP`, `XX`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        #[allow(missing_docs, clippy::upper_case_acronyms)]
        pub enum Tag { $($variant),* }

        impl Tag {
            /// Every tag, in the order of the discriminants.
            pub const ALL: &'static [Tag] = &[$(Tag::$variant),*];

            /// The treebank's name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Tag::$variant => $name),* }
            }

            /// The tag of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Tag> {
                match name { $($name => Some(Tag::$variant),)* _ => None }
            }
        }
    };
}

tags! {
    CC "CC", CD "CD", DT "DT", EX "EX", FW "FW", IN "IN", JJ "JJ", JJR "JJR", JJS "JJS", LS "LS", MD "MD",
    NN "NN", NNP "NNP", NNPS "NNPS", NNS "NNS", PDT "PDT", POS "POS", PRP "PRP", PRPS "PRP$", RB "RB", RBR "RBR",
    RBS "RBS", RP "RP", SYM "SYM", TO "TO", UH "UH", VB "VB", VBD "VBD", VBG "VBG", VBN "VBN", VBP "VBP",
    VBZ "VBZ", WDT "WDT", WP "WP", WPS "WP$", WRB "WRB", Period ".", Comma ",", Colon ":", OpenQuote "``",
    CloseQuote "''", OpenBracket "-LRB-", CloseBracket "-RRB-", Dollar "$", Hash "#", HYPH "HYPH", ADD "ADD",
    AFX "AFX", GW "GW", NFP "NFP", XX "XX",
}

impl Tag {
    /// A noun, common or proper.
    #[must_use]
    pub fn is_noun(self) -> bool {
        matches!(self, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS)
    }

    /// A proper noun.
    #[must_use]
    pub fn is_proper(self) -> bool {
        matches!(self, Tag::NNP | Tag::NNPS)
    }

    /// Any form of a verb, modals excepted.
    #[must_use]
    pub fn is_verb(self) -> bool {
        matches!(self, Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ)
    }

    /// A finite form: past, present, or a modal.
    #[must_use]
    pub fn is_finite(self) -> bool {
        matches!(self, Tag::VBD | Tag::VBP | Tag::VBZ | Tag::MD)
    }

    /// An adjective.
    #[must_use]
    pub fn is_adjective(self) -> bool {
        matches!(self, Tag::JJ | Tag::JJR | Tag::JJS)
    }

    /// An adverb.
    #[must_use]
    pub fn is_adverb(self) -> bool {
        matches!(self, Tag::RB | Tag::RBR | Tag::RBS)
    }

    /// Punctuation or a symbol.
    #[must_use]
    pub fn is_mark(self) -> bool {
        matches!(
            self,
            Tag::Period
                | Tag::Comma
                | Tag::Colon
                | Tag::OpenQuote
                | Tag::CloseQuote
                | Tag::OpenBracket
                | Tag::CloseBracket
                | Tag::HYPH
                | Tag::NFP
                | Tag::SYM
        )
    }
}
