//! Universal part-of-speech tags from Penn tags.

use crate::document::{Tag, Upos};

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
        NN if lower == "%" => Upos::SYM,
        NN if is_indefinite(lower) => Upos::PRON,
        NN | NNS => Upos::NOUN,
        NNP | NNPS => Upos::PROPN,
        JJ | JJR | JJS | AFX => Upos::ADJ,
        VB | VBD | VBG | VBN | VBP | VBZ if is_be(lower) => Upos::AUX,
        VB | VBD | VBG | VBN | VBP | VBZ => Upos::VERB,
        MD => Upos::AUX,
        RB if matches!(lower, "not" | "n't") => Upos::PART,
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
    }
}
