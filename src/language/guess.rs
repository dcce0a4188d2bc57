//! A first guess at tags, from word lists and endings.

use crate::document::Tag;

/// Tag of a word on its own.
pub(super) fn guess(word: &str, lower: &str, first: bool) -> Tag {
    use Tag::{CC, CD, DT, IN, JJ, MD, NN, NNP, NNS, PRP, PRPS, RB, TO, VBD, VBG, VBP, VBZ, WDT, WP};
    match lower {
        "the" | "a" | "an" | "this" | "these" | "those" | "some" | "any" | "no" | "all" | "each"
        | "every" => DT,
        "of" | "in" | "on" | "at" | "by" | "for" | "with" | "from" | "as" | "that" | "if" | "after"
        | "before" | "about" | "into" | "between" | "against" | "while" | "because" | "during" | "under"
        | "over" => IN,
        "and" | "or" | "but" | "nor" => CC,
        "to" => TO,
        "he" | "she" | "it" | "they" | "we" | "i" | "you" | "him" | "them" | "us" | "me" => PRP,
        "his" | "her" | "its" | "their" | "our" | "my" | "your" => PRPS,
        "would" | "could" | "should" | "may" | "might" | "can" | "will" | "must" | "'ll" | "'d" => MD,
        "is" | "has" | "does" | "says" => VBZ,
        "are" | "have" | "do" | "say" | "'re" | "'ve" => VBP,
        "was" | "were" | "had" | "did" | "said" | "told" => VBD,
        "which" => WDT,
        "who" | "what" => WP,
        "not" | "n't" | "also" | "very" => RB,
        "'s" => Tag::POS,
        _ if word.bytes().any(|b| b.is_ascii_digit()) => CD,
        _ if !first && word.starts_with(char::is_uppercase) => NNP,
        _ if lower.ends_with("ly") => RB,
        _ if lower.ends_with("ing") => VBG,
        _ if lower.ends_with("ed") => VBD,
        _ if ["ous", "ful", "ive", "al", "ic", "able"].iter().any(|e| lower.ends_with(e)) => JJ,
        _ if lower.ends_with('s') && !lower.ends_with("ss") => NNS,
        _ => NN,
    }
}
