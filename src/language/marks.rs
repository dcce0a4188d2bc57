//! Tags of marks, by rule: what a mark is does not depend on the words around it, except for apostrophes and
//! straight quotation marks, which depend on the spaces.

use crate::document::Tag;
use crate::parse::tokens::is_face;

/// The tag of a token without letters and digits, or `None` for words and for marks that [`quotes`] decides.
pub(crate) fn tag(word: &str) -> Option<Tag> {
    let first = word.chars().next()?;
    if is_face(word) {
        return Some(Tag::NFP);
    }
    if first.is_alphanumeric() || word.len() > 1 && word.chars().any(char::is_alphanumeric) {
        return None;
    }
    let tag = match first {
        '.' if word.len() > 1 => Tag::Colon,
        '.' | '!' | '?' | '。' | '！' | '？' => Tag::Period,
        ',' | '、' | '，' => Tag::Comma,
        ':' | ';' | '-' | '—' | '–' | '―' | '…' => Tag::Colon,
        '(' | '[' | '{' | '<' => Tag::OpenBracket,
        ')' | ']' | '}' | '>' => Tag::CloseBracket,
        '“' | '«' | '„' | '‘' | '‚' | '‹' | '`' => Tag::OpenQuote,
        '”' | '»' | '›' => Tag::CloseQuote,
        '$' | '€' | '£' | '¥' | '₩' | '₽' | '₴' | '₹' | '₺' | '¢' | '₿' => Tag::Dollar,
        '#' => Tag::Hash,
        '%' | '‰' => Tag::NN,
        '°' => Tag::NNS,
        '&' => Tag::CC,
        '@' => Tag::IN,
        '☎' | '☏' | '✉' => Tag::SYM,
        '/' | '+' | '=' | '~' | '±' | '×' | '÷' | '^' | '§' | '©' | '®' | '™' | '\\' => Tag::SYM,
        '"' | '\'' | '’' => return None,
        _ => Tag::NFP,
    };
    Some(tag)
}

/// Whether a token is one dash or hyphen, whose tag depends on its neighbours.
pub(crate) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "\u{2010}" | "\u{2011}")
}

/// The tag of a dash: between numbers a sign ("10-15", "2019 – 2020"), between two words without a space a hyphen
/// ("U.S.-led"), else a dash.
pub(super) fn dash(mark: &str, before: &str, after: &str, glued: bool) -> Tag {
    let digit = |c: char| c.is_ascii_digit();
    if before.ends_with(digit) && after.starts_with(digit) {
        Tag::SYM
    } else if glued && mark != "–" && [before, after].iter().all(|w| w.contains(char::is_alphanumeric)) {
        Tag::HYPH
    } else {
        Tag::Colon
    }
}

/// Tells quotation marks from apostrophes, and opening marks from closing ones, through one sentence.
#[derive(Default)]
pub(crate) struct Quotes {
    double: bool,
    single: bool,
}

impl Quotes {
    /// The tag of `"`, `'` or `’`: `before` is the word to which it is glued, if any; `glued` tells whether the
    /// next word is glued to it; `another` whether a like mark follows in the sentence.
    pub(super) fn tag(&mut self, mark: &str, before: Option<&str>, glued: bool, another: bool) -> Tag {
        let spaces = match (before, glued) {
            (None, true) => Some(true),
            (Some(_), false) => Some(false),
            _ => None,
        };
        if mark == "\"" {
            self.double = spaces.unwrap_or(!self.double);
            return if self.double { Tag::OpenQuote } else { Tag::CloseQuote };
        }
        let plural = before.is_some_and(|word| word.ends_with(['s', 'S', 'x', 'z']));
        if plural && !glued && (!self.single || another) {
            return Tag::POS;
        }
        let opens = mark == "'" && spaces.unwrap_or(!self.single && mark == "'");
        self.single = opens || mark == "’" && self.single && spaces == Some(true);
        if opens { Tag::OpenQuote } else { Tag::CloseQuote }
    }

    /// Takes note of a curly single quotation mark that opens.
    pub(super) fn open_single(&mut self) {
        self.single = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_left_alone() {
        for word in ["said", "'s", "n't", "U.S.", "-5", "#Kursk", "'90s", ""] {
            assert_eq!(tag(word), None, "{word}");
        }
    }

    #[test]
    fn marks_are_tagged() {
        assert_eq!(tag("..."), Some(Tag::Colon));
        assert_eq!(tag("?!"), Some(Tag::Period));
        assert_eq!(tag("€"), Some(Tag::Dollar));
        assert_eq!(tag("👍"), Some(Tag::NFP));
        assert_eq!(tag(":-)"), Some(Tag::NFP));
        assert_eq!(tag(":D"), Some(Tag::NFP));
    }

    #[test]
    fn neighbours_tell_dashes() {
        assert_eq!(dash("-", "said", "the", false), Tag::Colon);
        assert_eq!(dash("–", "war", "which", true), Tag::Colon);
        assert_eq!(dash("-", "”", "the", true), Tag::Colon);
        assert_eq!(dash("-", "U.S.", "led", true), Tag::HYPH);
        assert_eq!(dash("-", "10", "15", true), Tag::SYM);
        assert_eq!(dash("–", "2019", "2020", false), Tag::SYM);
    }

    #[test]
    fn spaces_tell_quotation_marks() {
        let mut quotes = Quotes::default();
        assert_eq!(quotes.tag("'", Some("countries"), false, false), Tag::POS);
        assert_eq!(quotes.tag("\"", None, true, true), Tag::OpenQuote);
        assert_eq!(quotes.tag("\"", Some("."), false, false), Tag::CloseQuote);
        assert_eq!(quotes.tag("'", None, true, true), Tag::OpenQuote);
        assert_eq!(quotes.tag("'", Some("yes"), false, false), Tag::CloseQuote);
        assert_eq!(quotes.tag("’", Some("."), false, false), Tag::CloseQuote);
    }
}
