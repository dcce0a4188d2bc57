//! Words as names need them: "U.S.", "Hong-kyun" and "Secretary-General" whole, possessive endings set apart.
//!
//! Names are read from the text itself rather than from tokens and tags, because a mention must be read the same
//! way wherever it comes from: a span of the article, or the surface form kept in a table.

use crate::span::Span;

/// What lies between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// White space within a line.
    Space,
    /// A comma.
    Comma,
    /// An opening bracket.
    Bracket,
    /// Anything else: another mark, a new line, the start.
    Break,
}

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'t> {
    /// Where it stands, without a possessive ending.
    pub(crate) span: Span,
    /// Its text, without a possessive ending.
    pub(crate) text: &'t str,
    /// Whether it ends in a possessive.
    pub(crate) possessive: bool,
    /// What lies before it.
    pub(crate) gap: Gap,
}

impl Word<'_> {
    /// Whether it begins with a capital.
    pub(crate) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Its text in lower case.
    pub(crate) fn lower(&self) -> String {
        self.text.to_lowercase()
    }
}

const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Adm", "Sen", "Rep", "Gov",
    "Rev", "St", "Jr", "Sr",
];

/// The words of `text[within]`, in order.
pub(crate) fn words(text: &str, within: Span) -> Vec<Word<'_>> {
    let part = within.of(text);
    let base = within.start();
    let mut out = Vec::with_capacity(part.len() / 6 + 1);
    let mut last_end = 0;
    let mut chars = part.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            let inside = c.is_alphanumeric()
                || is_combining(c)
                || (matches!(c, '-' | '‑' | '\'' | '’' | '.' | '&')
                    && letter_follows(part, at + c.len_utf8()));
            if !inside {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let mut word = &part[start..end];
        let mut possessive = false;
        for ending in ["'s", "’s", "'S", "’S"] {
            if let Some(bare) = word.strip_suffix(ending) {
                (word, possessive) = (bare, true);
                break;
            }
        }
        let rest = &part[end..];
        if !possessive
            && word.ends_with('s')
            && rest.starts_with(['\'', '’'])
            && rest.chars().nth(1) == Some(' ')
        {
            possessive = true;
        }
        if rest.starts_with('.') && !possessive && takes_period(word) {
            end += 1;
            word = &part[start..end];
            chars.next();
        }
        out.push(Word {
            span: Span::new(base + start, base + start + word.len()),
            text: word,
            possessive,
            gap: if out.is_empty() { Gap::Break } else { gap(&part[last_end..start]) },
        });
        last_end = end;
    }
    out
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn letter_follows(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_alphanumeric)
}

fn takes_period(word: &str) -> bool {
    word.len() <= 12
        && (word.contains('.')
            || (word.chars().count() == 1 && word.chars().all(char::is_uppercase))
            || ABBREVIATIONS.contains(&word))
}

fn gap(between: &str) -> Gap {
    let mut out = Gap::Space;
    for c in between.chars() {
        match c {
            ',' => out = if out == Gap::Space { Gap::Comma } else { Gap::Break },
            '(' | '[' => out = if out == Gap::Space { Gap::Bracket } else { Gap::Break },
            '\'' | '’' | ')' | ']' => {}
            '\n' | '\r' => return Gap::Break,
            c if c.is_whitespace() => {}
            _ => return Gap::Break,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        words(text, Span::new(0, text.len())).iter().map(|w| w.text).collect()
    }

    #[test]
    fn names_stay_whole() {
        assert_eq!(
            list("The U.S. envoy Kim Hong-kyun’s aide"),
            ["The", "U.S.", "envoy", "Kim", "Hong-kyun", "aide"]
        );
        assert_eq!(list("Mr. Ó Briain (J. R. Smith)"), ["Mr.", "Ó", "Briain", "J.", "R.", "Smith"]);
        assert_eq!(list("He left. Dogs"), ["He", "left", "Dogs"]);
    }

    #[test]
    fn gaps_and_possessives() {
        let text = "the ambassador, Zinoviev’s aide (NIS). The\nend";
        let all = words(text, Span::new(0, text.len()));
        assert!(all[2].possessive && all[2].gap == Gap::Comma);
        assert_eq!(all[4].gap, Gap::Bracket);
        assert_eq!(all[5].gap, Gap::Break);
        assert_eq!(all[6].gap, Gap::Break);
    }

    #[test]
    fn nothing_panics() {
        for text in ["", "’s", "\0\u{301}", "🙂’🙂.", "a'", "'s's's", "...", "é’"] {
            let _ = list(text);
        }
    }
}
