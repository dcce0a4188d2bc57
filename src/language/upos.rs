//! Universal part-of-speech tags from Penn tags.

use crate::document::Tag;

/// The universal tag of a word, given its Penn tag and its normalised form.
///
/// Follows the conversion of UD English. Where the universal tag depends on syntax (`have` and `be` as auxiliaries,
/// `that` as subordinator) the more frequent reading is given: forms of *be* are `AUX`, of *have* and *do* `VERB`.
#[must_use]
pub fn upos(tag: Tag, lower: &str) -> &'static str {
    use Tag::{
        ADD, AFX, CC, CD, CloseBracket, CloseQuote, Colon, Comma, DT, Dollar, EX, FW, GW, HYPH, Hash, IN, JJ,
        JJR, JJS, LS, MD, NFP, NN, NNP, NNPS, NNS, OpenBracket, OpenQuote, PDT, POS, PRP, PRPS, Period, RB,
        RBR, RBS, RP, SYM, TO, UH, VB, VBD, VBG, VBN, VBP, VBZ, WDT, WP, WPS, WRB, XX,
    };
    match tag {
        NN if lower == "%" => "SYM",
        NN if is_indefinite(lower) => "PRON",
        NN | NNS => "NOUN",
        NNP | NNPS => "PROPN",
        JJ | JJR | JJS | AFX => "ADJ",
        VB | VBD | VBG | VBN | VBP | VBZ if is_be(lower) => "AUX",
        VB | VBD | VBG | VBN | VBP | VBZ => "VERB",
        MD => "AUX",
        RB if matches!(lower, "not" | "n't") => "PART",
        RB | RBR | RBS | WRB => "ADV",
        IN if is_subordinator(lower) => "SCONJ",
        IN | RP => "ADP",
        TO | POS => "PART",
        CC => "CCONJ",
        CD | LS => "NUM",
        DT | PDT => "DET",
        PRP | PRPS | EX | WP | WPS => "PRON",
        WDT if matches!(lower, "that" | "which") => "PRON",
        WDT => "DET",
        UH => "INTJ",
        Dollar | SYM | Hash => "SYM",
        Period | Comma | Colon | OpenQuote | CloseQuote | OpenBracket | CloseBracket | HYPH | NFP => "PUNCT",
        ADD | FW | GW | XX => "X",
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
    fn every_tag_has_one() {
        for tag in Tag::ALL {
            assert!(!upos(*tag, "x").is_empty());
        }
    }

    #[test]
    fn forms_matter() {
        assert_eq!(upos(Tag::VBD, "was"), "AUX");
        assert_eq!(upos(Tag::VBD, "said"), "VERB");
        assert_eq!(upos(Tag::IN, "that"), "SCONJ");
        assert_eq!(upos(Tag::IN, "in"), "ADP");
        assert_eq!(upos(Tag::RB, "n't"), "PART");
        assert_eq!(upos(Tag::NN, "%"), "SYM");
    }
}
