//! Words, numbers and marks of one block.
//!
//! The ground is UAX #29 (Unicode text segmentation, word boundaries); on it lie the conventions of the Penn
//! Treebank and of Universal Dependencies for English, so that tags trained on treebanks fit:
//!
//! - clitics are tokens: `Korea|’s`, `do|n't`, `they|'re`, `can|not`
//! - abbreviations keep their full stops: `U.S.`, `Mr.`, `a.m.`; also when they end a sentence
//! - numbers keep their points and commas: `1,500`, `3.5`, `10:30`, `9/11`; currency and per cent signs are
//!   tokens of their own: `$|2.5`, `10-15|%`
//! - addresses are whole: URLs, e-mail, `@handles`, `#tags`
//!
//! Unlike in UD, hyphenated words stay whole (`U.S.-led`, `Hong-kyun`, `10-15`), because sources and figures
//! are easier to find and to show that way; dashes and `--` are tokens. A number written together with its unit
//! stays whole as well (`155mm`, `1.2m`, `5pm`), so that a reader of figures sees all of it at once.
//!
//! Every quotation mark is a token. Between tokens lies nothing but white space and characters that show nothing
//! (controls, zero-width marks, byte order marks).

use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations;
use super::sentences::is_starter;
use crate::span::Span;

/// The tokens of one block, in order.
#[must_use]
pub fn tokenize(text: &str, block: Span) -> Vec<Span> {
    let pieces = pieces(text, block);
    let tokens = Vec::with_capacity(pieces.len());
    let mut scanner = Scanner { text, pieces, tokens };
    scanner.run();
    scanner.tokens
}

/// Whether a character shows nothing and so belongs to no token when it stands alone.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Non-ASCII marks that end a word wherever they stand, though UAX #29 lets some of them join letters.
fn is_typographic(c: char) -> bool {
    is_apostrophe(c)
        || is_hyphen(c)
        || matches!(c, '“' | '”' | '„' | '‚' | '«' | '»' | '‹' | '›' | '–' | '—' | '―' | '…' | '·' | '•')
}

/// A run of letters and digits, or one mark: what tokens are put together from.
#[derive(Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    word: bool,
}

/// Cuts a block into pieces. Runs that hold anything beyond ASCII are cut as UAX #29 says.
fn pieces(text: &str, block: Span) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let end = block.end();
    let mut at = block.start();
    let mut pieces = Vec::with_capacity(block.len() / 4);
    while at < end {
        let start = at;
        let mut ascii = true;
        while at < end {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                at += 1;
            } else if byte.is_ascii() {
                break;
            } else {
                let c = char_at(text, at);
                if c.is_whitespace() || is_typographic(c) {
                    break;
                }
                ascii = false;
                at += c.len_utf8();
            }
        }
        if at > start {
            if ascii {
                pieces.push(Piece { start, end: at, word: true });
            } else {
                segment(text, start, at, &mut pieces);
            }
            continue;
        }
        let c = char_at(text, at);
        at += c.len_utf8();
        if !is_blank(c) {
            pieces.push(Piece { start, end: at, word: false });
        }
    }
    pieces
}

fn segment(text: &str, start: usize, end: usize, pieces: &mut Vec<Piece>) {
    for (offset, segment) in text[start..end].split_word_bound_indices() {
        if segment.chars().all(is_blank) {
            continue;
        }
        let word = segment.chars().any(|c| c.is_alphanumeric() || c == '_');
        let start = start + offset;
        pieces.push(Piece { start, end: start + segment.len(), word });
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("positions lie on character boundaries before the end")
}

/// Puts pieces together to tokens, from left to right; each piece is looked at a bounded number of times.
struct Scanner<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    tokens: Vec<Span>,
}

impl<'t> Scanner<'t> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.pieces.len() {
            at = if self.pieces[at].word { self.word(at, at) } else { self.mark(at) };
        }
    }

    fn of(&self, first: usize, last: usize) -> &'t str {
        &self.text[self.pieces[first].start..self.pieces[last].end]
    }

    /// The mark that piece `at` is.
    fn mark_at(&self, at: usize) -> Option<char> {
        let piece = self.pieces.get(at)?;
        if piece.word { None } else { self.text[piece.start..piece.end].chars().next() }
    }

    fn follows_closely(&self, at: usize) -> bool {
        at > 0 && at < self.pieces.len() && self.pieces[at - 1].end == self.pieces[at].start
    }

    /// The mark that follows piece `at` without a gap.
    fn mark_after(&self, at: usize) -> Option<char> {
        if self.follows_closely(at + 1) { self.mark_at(at + 1) } else { None }
    }

    /// The word that follows piece `at` without a gap.
    fn word_after(&self, at: usize) -> Option<&'t str> {
        let piece = self.pieces.get(at + 1)?;
        (piece.word && self.follows_closely(at + 1)).then(|| &self.text[piece.start..piece.end])
    }

    /// Reads the word that begins with piece `first` and holds at least the pieces up to `last`; returns the
    /// piece after it.
    fn word(&mut self, first: usize, mut last: usize) -> usize {
        if self.starts_address(first) {
            return self.address(first, last);
        }
        while let Some(mark) = self.mark_after(last) {
            let next = self.word_after(last + 1);
            let joined = match (mark, next) {
                ('.', Some(next)) if self.stop_joins(first, last, next) => true,
                ('.', _) if self.stop_belongs(first, last, next) => {
                    last += 1;
                    let hyphen = self.mark_after(last).is_some_and(is_hyphen);
                    if hyphen && self.word_after(last + 1).is_some() {
                        last += 2;
                        continue;
                    }
                    break;
                }
                (_, None) => break,
                ('/', Some(_)) if is_domain(self.of(first, last)) => return self.address(first, last),
                (c, Some(_)) if is_hyphen(c) => true,
                (c, Some(next)) if is_apostrophe(c) && c != '`' => {
                    ends_with(self.of(last, last), char::is_alphanumeric)
                        && next.starts_with(char::is_alphabetic)
                }
                (',', Some(next)) => self.comma_joins(last, next),
                (':' | '/', Some(next)) => {
                    ends_with(self.of(last, last), |c| c.is_ascii_digit()) && starts_with_digit(next)
                }
                ('&', Some(next)) => {
                    is_capitals(self.of(last, last)) && is_capitals(next) && self.of(first, last).len() <= 4
                }
                ('@', Some(_)) => true,
                ('$', Some(next)) => {
                    let country = self.of(first, last);
                    if country.len() <= 3 && is_capitals(country) && starts_with_digit(next) {
                        last += 1;
                        break;
                    }
                    false
                }
                _ => false,
            };
            if !joined {
                break;
            }
            last += 2;
        }
        self.push_word(self.pieces[first].start, self.pieces[last].end);
        last + 1
    }

    /// Whether a full stop between two pieces is part of one token: `3.5`, `U.S`, `Ph.D`, `example.com`.
    fn stop_joins(&self, first: usize, last: usize, next: &str) -> bool {
        let before = self.of(last, last);
        if ends_with(before, |c| c.is_ascii_digit()) && starts_with_digit(next) {
            return true;
        }
        if is_letter(before) && is_letter(next) {
            return true;
        }
        let stem = self.of(first, last + 2);
        if self.mark_after(last + 2) == Some('.') && abbreviations::class(stem).is_some() {
            return true;
        }
        // A capital after the stop is a new sentence whose space was lost; a small letter is an address.
        next.starts_with(|c: char| c.is_ascii_lowercase())
            && before.len() > 1
            && abbreviations::class(self.of(first, last)).is_none()
    }

    /// Whether the full stop after piece `last` belongs to an abbreviation.
    fn stop_belongs(&self, first: usize, last: usize, close: Option<&str>) -> bool {
        let stop = last + 1;
        if self.mark_after(stop) == Some('.') {
            return false;
        }
        let word = self.of(first, last);
        if is_acronym(word) {
            return true;
        }
        if self.mark_after(stop) == Some(',') && word.len() <= 6 && word.starts_with(char::is_alphabetic) {
            return true;
        }
        let following = self.pieces.get(stop + 1).filter(|p| p.word).map(|p| &self.text[p.start..p.end]);
        if is_letter(word) && word.starts_with(char::is_uppercase) {
            return self.is_initial(word, first, following);
        }
        match abbreviations::class(word) {
            Some(abbreviations::Class::Number) => following.is_some_and(starts_with_digit),
            Some(_) => close.is_none_or(|next| !next.starts_with(char::is_lowercase)),
            None => false,
        }
    }

    /// Whether a single capital with a full stop abbreviates a name: `J. Smith` does, `Plan B.` does not.
    fn is_initial(&self, letter: &str, first: usize, following: Option<&str>) -> bool {
        let Some(following) = following else { return false };
        if following.starts_with(char::is_lowercase) {
            return letter != "I";
        }
        if !following.starts_with(char::is_uppercase) || is_starter(following) {
            return false;
        }
        // "you and I. Kim left" against "Albert I. Jones".
        let named = first > 0 && self.pieces[first - 1].word && {
            let before = self.of(first - 1, first - 1);
            before.starts_with(char::is_uppercase)
        };
        letter != "I" || named
    }

    fn comma_joins(&self, last: usize, next: &str) -> bool {
        let before = self.of(last, last);
        if !before.bytes().all(|b| b.is_ascii_digit()) || before.len() > 3 {
            return false;
        }
        let digits = next.bytes().take_while(u8::is_ascii_digit).count();
        // Two digits: Indian grouping, "12,00,000".
        digits == 3 || digits == 2 && next.len() == 2 && self.mark_after(last + 2) == Some(',')
    }

    fn starts_address(&self, at: usize) -> bool {
        let word = self.of(at, at);
        if word.eq_ignore_ascii_case("www") {
            return self.mark_after(at) == Some('.') && self.word_after(at + 1).is_some();
        }
        ["http", "https", "ftp"].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
            && self.text[self.pieces[at].end..].starts_with("://")
    }

    /// Reads an address up to white space or a mark that cannot be part of it.
    fn address(&mut self, first: usize, mut last: usize) -> usize {
        let mut depth = 0i32;
        while self.follows_closely(last + 1) {
            match self.mark_at(last + 1) {
                Some('"' | '“' | '”' | '«' | '»' | '<' | '>' | '’' | '‘' | '…') => break,
                Some('(') => depth += 1,
                Some(')') if depth == 0 => break,
                Some(')') => depth -= 1,
                _ => {}
            }
            last += 1;
        }
        while last > first
            && self.mark_at(last).is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']'))
        {
            last -= 1;
        }
        self.push(first, last)
    }

    fn mark(&mut self, at: usize) -> usize {
        let mark = self.mark_at(at).expect("called on marks only");
        let touches = self.follows_closely(at);
        let next = self.word_after(at);
        match mark {
            '.' if self.mark_after(at) != Some('.') => {
                if !touches && next.is_some_and(starts_with_digit) {
                    return self.word(at, at + 1);
                }
                self.push(at, at)
            }
            '.' | '-' | '*' | '=' | '~' | '+' | '_' | '`' => self.push_run(at, |c| c == mark),
            '!' | '?' => self.push_run(at, |c| matches!(c, '!' | '?')),
            '\'' if self.mark_after(at) == Some('\'') => self.push(at, at + 1),
            c if is_apostrophe(c) => match next {
                Some(next) if touches && is_clitic(next) => self.push(at, at + 1),
                Some(next) if !touches && is_clipped(next) => self.push(at, at + 1),
                _ => self.push(at, at),
            },
            '@' | '#' if next.is_some_and(|n| mark == '@' || !n.bytes().all(|b| b.is_ascii_digit())) => {
                let after_word = touches && self.pieces[at - 1].word;
                if after_word { self.push(at, at) } else { self.push(at, at + 1) }
            }
            _ => self.push(at, at),
        }
    }

    fn push_run(&mut self, first: usize, same: impl Fn(char) -> bool) -> usize {
        let mut last = first;
        while self.mark_after(last).is_some_and(&same) {
            last += 1;
        }
        self.push(first, last)
    }

    fn push(&mut self, first: usize, last: usize) -> usize {
        self.tokens.push(Span::new(self.pieces[first].start, self.pieces[last].end));
        last + 1
    }

    /// Pushes a word, its clitics apart.
    fn push_word(&mut self, start: usize, mut end: usize) {
        let word = &self.text[start..end];
        if let Some(cut) = contraction(word) {
            self.tokens.push(Span::new(start, start + cut));
            self.tokens.push(Span::new(start + cut, end));
            return;
        }
        let first_tail = self.tokens.len();
        while let Some(cut) = clitic(&self.text[start..end]) {
            self.tokens.push(Span::new(start + cut, end));
            end = start + cut;
        }
        self.tokens.push(Span::new(start, end));
        self.tokens[first_tail..].reverse();
    }
}

/// Where a word written together with the next is cut, as the treebanks do.
fn contraction(word: &str) -> Option<usize> {
    const JOINED: [&str; 6] = ["cannot", "gonna", "gotta", "wanna", "gimme", "lemme"];
    if !matches!(word.len(), 5 | 6) {
        return None;
    }
    JOINED.iter().any(|joined| word.eq_ignore_ascii_case(joined)).then_some(3)
}

/// Where the last clitic of a word starts.
fn clitic(word: &str) -> Option<usize> {
    let (at, apostrophe) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let tail = &word[at + apostrophe.len_utf8()..];
    if tail.eq_ignore_ascii_case("t") && at > 1 && word.is_char_boundary(at - 1) {
        return word[at - 1..].starts_with(['n', 'N']).then_some(at - 1);
    }
    (at > 0 && is_clitic(tail)).then_some(at)
}

fn is_clitic(tail: &str) -> bool {
    tail.len() <= 2 && ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| tail.eq_ignore_ascii_case(c))
}

/// What may follow an apostrophe that stands for lost letters: `'90s`, `'em`.
fn is_clipped(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 2 && matches!(&word[2..], "" | "s") {
        return true;
    }
    ["em", "til", "tis", "twas", "cause", "bout", "n"].iter().any(|c| word.eq_ignore_ascii_case(c))
}

fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Single letters with stops between them: `U.S`, `a.m`, `H.W`; at least two.
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_letter)
}

/// A host name with a common top-level domain.
fn is_domain(word: &str) -> bool {
    const TOP: [&str; 14] =
        ["com", "org", "net", "gov", "edu", "mil", "int", "info", "io", "co", "uk", "ru", "ua", "kr"];
    // The longest host name has 253 characters (RFC 1035).
    word.len() <= 253 && word.rsplit_once('.').is_some_and(|(_, last)| TOP.contains(&last))
}

fn is_capitals(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_uppercase())
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn ends_with(word: &str, test: impl Fn(char) -> bool) -> bool {
    word.chars().next_back().is_some_and(test)
}

#[cfg(test)]
mod tests;
