//! Universal part-of-speech tags from Penn tags.
//!
//! [`upos`] looks at the word alone, [`universal`] at its sentence.

mod context;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::{Tag, Upos};
use crate::parse::tokens::is_face;
pub use context::universal;

/// Words that inside names keep their own part of speech: "Supreme Court".
static NAME_PARTS: LazyLock<FxHashMap<&'static str, Upos>> = LazyLock::new(|| {
    let rows = crate::lexicon::rows(include_str!("../../lexicon/name_parts.tsv"));
    rows.map(|row| {
        let (form, upos) = row.split_once('\t').expect("every row has two columns");
        (form, Upos::from_name(upos).expect("the second column is a universal tag"))
    })
    .collect()
});

/// The universal tag of a word, given its Penn tag and its normalised form.
///
/// Follows the conversion of UD English. Where the universal tag depends on syntax (`have` and `be` as auxiliaries,
/// `that` as subordinator) the more frequent reading is given: forms of *be* are `AUX`, of *have* and *do* `VERB`.
#[must_use]
pub fn upos(tag: Tag, lower: &str) -> Upos {
    use Tag::{
        ADD, AFX, CC, CD, CloseBracket, CloseQuote, Colon, Comma, DT, Dollar, EX, FW, GW, HYPH, Hash, IN, JJ,
        JJR, JJS, LS, MD, NFP, NN, NNP, NNPS, NNS, OpenBracket, OpenQuote, PDT, POS, PRP, PRPS, Period, RB,
        RBR, RBS, RP, SYM, TO, UH, VB, VBD, VBG, VBN, VBP, VBZ, WDT, WP, WPS, WRB, XX,
    };
    match tag {
        NN if matches!(lower, "%" | "#") => Upos::SYM,
        NN if is_indefinite(lower) => Upos::PRON,
        NN | NNS => Upos::NOUN,
        NNP | NNPS => NAME_PARTS.get(lower).copied().unwrap_or(Upos::PROPN),
        JJ | JJR | JJS | AFX => Upos::ADJ,
        VB | VBD | VBG | VBN | VBP | VBZ if is_be(lower) => Upos::AUX,
        VB | VBD | VBG | VBN | VBP | VBZ => Upos::VERB,
        MD => Upos::AUX,
        RB if matches!(lower, "not" | "n't" | "nt") => Upos::PART,
        RB | RBR | RBS | WRB => Upos::ADV,
        IN if is_subordinator(lower) => Upos::SCONJ,
        IN | RP => Upos::ADP,
        TO | POS => Upos::PART,
        CC => Upos::CCONJ,
        CD | LS => Upos::NUM,
        DT | PDT => Upos::DET,
        PRP | PRPS | EX | WP | WPS => Upos::PRON,
        WDT if matches!(lower, "that" | "which") => Upos::PRON,
        WDT => Upos::DET,
        UH => Upos::INTJ,
        Dollar | SYM | Hash => Upos::SYM,
        NFP if is_face(lower) => Upos::SYM,
        FW if matches!(lower, "etc" | "etc.") => Upos::NOUN,
        FW if matches!(lower, "e.g." | "i.e.") => Upos::ADV,
        Period | Comma | Colon | OpenQuote | CloseQuote | OpenBracket | CloseBracket | HYPH | NFP => {
            Upos::PUNCT
        }
        ADD | FW | GW | XX => Upos::X,
    }
}

fn is_be(lower: &str) -> bool {
    matches!(
        lower,
        "be" | "is" | "are" | "was" | "were" | "been" | "being" | "am" | "'s" | "'re" | "'m" | "ai"
    )
}

fn is_subordinator(lower: &str) -> bool {
    matches!(
        lower,
        "that" | "if" | "because" | "while" | "whether" | "although" | "though" | "unless" | "whereas"
    )
}

fn is_indefinite(lower: &str) -> bool {
    matches!(
        lower,
        "something"
            | "anything"
            | "nothing"
            | "everything"
            | "someone"
            | "anyone"
            | "everyone"
            | "somebody"
            | "anybody"
            | "nobody"
            | "everybody"
            | "none"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_matter() {
        assert_eq!(upos(Tag::VBD, "was"), Upos::AUX);
        assert_eq!(upos(Tag::VBD, "said"), Upos::VERB);
        assert_eq!(upos(Tag::IN, "that"), Upos::SCONJ);
        assert_eq!(upos(Tag::IN, "in"), Upos::ADP);
        assert_eq!(upos(Tag::RB, "n't"), Upos::PART);
        assert_eq!(upos(Tag::NN, "%"), Upos::SYM);
        assert_eq!(upos(Tag::NNP, "supreme"), Upos::ADJ);
        assert_eq!(upos(Tag::NNP, "seoul"), Upos::PROPN);
        assert_eq!(upos(Tag::NFP, ":d"), Upos::SYM);
    }

    #[test]
    fn the_table_is_well_formed() {
        assert!(NAME_PARTS.len() > 50);
        assert!(NAME_PARTS.keys().all(|form| *form == form.to_lowercase()));
    }
}
