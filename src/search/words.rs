//! Words as a search compares them.
//!
//! The words are those of Unicode's [text segmentation](https://www.unicode.org/reports/tr29/), in each stretch between
//! white space: what Lucene's and Elasticsearch's standard tokenizers take. A hyphen parts words; a point or apostrophe
//! inside of one does not ("U.S.", "don't"). Other than there, a colon parts words too ("Lee:We").
//!
//! A word is compared without letter case, diacritics and compatibility forms (NFKD), without a possessive "'s", with
//! one apostrophe for all, and with numbers free of thousands separators. Endings stay: in reported speech "soldier"
//! and "soldiers" are two words, and `soldier*` finds both.

use std::ops::Range;

use icu_normalizer::{DecomposingNormalizer, DecomposingNormalizerBorrowed};
use unicode_segmentation::UnicodeSegmentation;

const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizer::new_nfkd();

/// Calls `take` for each word of `text`, in order, with where it stands (without possessive ending) and as it is
/// compared.
pub(super) fn each_word(text: &str, mut take: impl FnMut(Range<usize>, &str)) {
    let bytes = text.as_bytes();
    let mut folded = String::new();
    let mut take_word = |at: usize, word: &str| {
        let word = without_possessive(word);
        folded.clear();
        fold(word, &mut folded);
        // A lone combining mark counts as a letter, and nothing of it is left.
        if !folded.is_empty() {
            take(at..at + word.len(), &folded);
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let len = bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len() - at);
        let stretch = &text[at..at + len];
        if stretch.bytes().all(|b| b.is_ascii_alphanumeric()) {
            if !stretch.is_empty() {
                take_word(at, stretch);
            }
        } else {
            for (i, word) in stretch.unicode_word_indices() {
                let mut start = at + i;
                for part in word.split(':') {
                    if !part.is_empty() {
                        take_word(start, part);
                    }
                    start += part.len() + 1;
                }
            }
        }
        at += len + 1;
    }
}

fn without_possessive(word: &str) -> &str {
    let endings = ["'s", "’s", "'S", "’S"];
    let rest = endings.iter().find_map(|ending| word.strip_suffix(ending));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(word)
}

fn fold(word: &str, out: &mut String) {
    if word.is_ascii() {
        let bytes = word.as_bytes();
        let separates = |i: usize| {
            let digits = bytes[i + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            bytes[i] == b',' && digits == 3
        };
        let kept = (0..bytes.len()).filter(|&i| bytes[i] != b',' || !separates(i));
        out.extend(kept.map(|i| char::from(bytes[i].to_ascii_lowercase())));
        return;
    }
    for c in NFKD.normalize(word).chars().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => {}
            '’' | '‘' | 'ʼ' | '＇' => out.push('\''),
            'ς' => out.push('σ'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'þ' => out.push_str("th"),
            'ħ' => out.push('h'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        each_word(text, |_, word| out.push(word.to_owned()));
        out
    }

    #[test]
    fn marks_and_white_space_are_no_words() {
        for text in ["", " \n\t", "… — “”", "😀 👍🏽", "\u{345}", "***"] {
            assert!(words(text).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn endings_stay() {
        assert_eq!(words("soldier soldiers corps said"), ["soldier", "soldiers", "corps", "said"]);
    }

    #[test]
    fn words_fold() {
        for (text, expected) in [
            ("Seoul’s spy\u{a0}agency", &["seoul", "spy", "agency"][..]),
            ("Kim Jong-un", &["kim", "jong", "un"]),
            ("the U.S. didn’t", &["the", "u.s", "didn't"]),
            ("3,000 or 1,234,567 or 1,2 or 1.5", &["3000", "or", "1234567", "or", "1,2", "or", "1.5"]),
            ("Zürich ZU\u{308}RICH İstanbul Straße", &["zurich", "zurich", "istanbul", "strasse"]),
            ("ΟΔΟΣ οδός Ёлка", &["οδοσ", "οδοσ", "елка"]),
            ("ｆｕｌｌ ﬁve", &["full", "five"]),
            ("Lee:We", &["lee", "we"]),
            ("said.\n\n\"We", &["said", "we"]),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn spans_are_of_the_words() {
        let text = "“Seoul’s” 3,000 é!";
        let mut found = Vec::new();
        each_word(text, |span, _| found.push(&text[span]));
        assert_eq!(found, ["Seoul", "3,000", "é"]);
    }

    #[test]
    fn a_megabyte_without_a_space_is_linear() {
        for piece in ["a", "é", "a’", "a\u{301}", "\u{301}", "🇰🇷", "1,", "क\u{94d}", "a:\u{200d}"]
        {
            let text = piece.repeat(1_000_000 / piece.len());
            let mut count = 0;
            each_word(&text, |_, _| count += 1);
            assert!(count <= text.len());
        }
    }
}
