//! Words, numbers and marks of one block.
//!
//! The ground is UAX #29 (Unicode text segmentation, word boundaries); on it lie the conventions of Universal
//! Dependencies for English, so that tags and trees learned from treebanks fit:
//!
//! - words are cut at hyphens: `U.S.|-|led`, `42|-|year|-|old`, `10|-|15`; but prefixes stay (`non-profit`,
//!   `e-mail`), and so do telephone numbers and dates (`555-0123`, `2024-10-26`)
//! - a number is cut from its unit: `155|mm`, `2.5|m`, `5|pm`; not from an ordinal's or decade's ending (`1980s`)
//! - clitics are tokens: `Korea|’s`, `do|n't`, `they|'re`, `can|not`, `do|nt`
//! - abbreviations keep their full stops: `U.S.`, `Mr.`, `a.m.`; also when they end a sentence
//! - numbers keep their points and commas: `1,500`, `3.5`, `10:30`, `9/11`; currency and per cent signs are
//!   tokens of their own: `$|2.5`, `15|%`
//! - addresses are whole: URLs, e-mail, `@handles`, `#tags`; so are emoticons
//!
//! Which words are cut, or stay whole, against the rule is in `lexicon/tokens.tsv`. Readers of sources and figures
//! see compounds whole again: [`Annotated::compounded`](crate::language::Annotated::compounded).
//!
//! Every quotation mark is a token. Between tokens lies nothing but white space and characters that show nothing
//! (controls, zero-width marks, byte order marks).

mod address;
mod forms;
mod pieces;

use address::{is_domain, is_extension};
pub(crate) use forms::is_face;
pub(super) use pieces::is_apostrophe;
use pieces::{Piece, is_hyphen, pieces};

use super::abbreviations;
use super::sentences::is_starter;
use crate::span::Span;

/// The tokens of one block, in order.
#[must_use]
pub fn tokenize(text: &str, block: Span) -> Vec<Span> {
    let pieces = pieces(text, block);
    let emails = if block.of(text).contains('@') { address::emails(text, &pieces) } else { Vec::new() };
    let tokens = Vec::with_capacity(pieces.len());
    let mut scanner = Scanner { text, pieces, tokens };
    scanner.run(&emails);
    scanner.tokens
}

/// Puts pieces together to tokens, from left to right; each piece is looked at a bounded number of times.
struct Scanner<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    tokens: Vec<Span>,
}

impl<'t> Scanner<'t> {
    fn run(&mut self, emails: &[(usize, usize)]) {
        let mut emails = emails.iter().copied().peekable();
        let mut at = 0;
        while at < self.pieces.len() {
            while emails.next_if(|(first, _)| *first < at).is_some() {}
            at = match emails.next_if(|(first, _)| *first == at) {
                Some((first, last)) => self.push(first, last),
                None if self.pieces[at].is_word() => self.word(at, at),
                None => self.mark(at),
            };
        }
    }

    fn of(&self, first: usize, last: usize) -> &'t str {
        &self.text[self.pieces[first].start()..self.pieces[last].end()]
    }

    /// The mark that piece `at` is.
    fn mark_at(&self, at: usize) -> Option<char> {
        self.pieces.get(at)?.mark
    }

    fn follows_closely(&self, at: usize) -> bool {
        at > 0 && at < self.pieces.len() && self.pieces[at - 1].end() == self.pieces[at].start()
    }

    /// The mark that follows piece `at` without a gap.
    fn mark_after(&self, at: usize) -> Option<char> {
        if self.follows_closely(at + 1) { self.mark_at(at + 1) } else { None }
    }

    /// The word that follows piece `at` without a gap.
    fn word_after(&self, at: usize) -> Option<&'t str> {
        let piece = self.pieces.get(at + 1)?;
        (piece.is_word() && self.follows_closely(at + 1)).then(|| piece.span.of(self.text))
    }

    /// Reads the word that begins with piece `first` and holds at least the pieces up to `last`; returns the
    /// piece after it.
    fn word(&mut self, first: usize, mut last: usize) -> usize {
        match self.mark_after(last) {
            // Most words end here.
            None if first == last => return self.push_piece(first),
            Some('.' | ':') if self.starts_address(first) => return self.address(first, last),
            Some(c) if is_hyphen(c) => {
                if let Some(end) = self.code_end(first) {
                    return self.push(first, end);
                }
            }
            _ => {}
        }
        while let Some(mark) = self.mark_after(last) {
            let next = self.word_after(last + 1);
            let joined = match (mark, next) {
                ('.', Some(next)) if self.stop_joins(first, last, next) => true,
                ('.', _) if self.stop_belongs(first, last, next) => {
                    last += 1;
                    break;
                }
                (c, None) if is_hyphen(c) && self.is_fragment(first, last) => {
                    last += 1;
                    break;
                }
                (_, None) => break,
                ('/', Some(_)) if is_domain(self.of(first, last)) => return self.address(first, last),
                (c, Some(next)) if is_hyphen(c) => self.hyphen_joins(first, last, next),
                (c, Some(next)) if is_apostrophe(c) && (c != '`' || is_clitic(next)) => {
                    ends_with(self.of(last, last), char::is_alphanumeric)
                        && next.starts_with(char::is_alphabetic)
                }
                (',', Some(next)) => self.comma_joins(last, next),
                ('/', Some(_)) if forms::is_whole(self.of(first, last + 2)) => true,
                (':' | '/', Some(next)) => {
                    ends_with(self.of(last, last), |c| c.is_ascii_digit()) && starts_with_digit(next)
                }
                ('&', Some(next)) => {
                    let before = self.of(last, last);
                    is_capitals(before) && is_capitals(next) && self.of(first, last).len() <= 4
                        || is_letter(before) && is_letter(next)
                }
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
        if first == last {
            return self.push_piece(first);
        }
        self.push_word(self.pieces[first].start(), self.pieces[last].end());
        last + 1
    }

    /// The last piece of a telephone number, date or code in digits and hyphens that begins with piece `first`:
    /// "555-0123", "2024-10-26". What only looks like two numbers is an interval, "600-700".
    fn code_end(&self, first: usize) -> Option<usize> {
        // Longer runs are no codes. A run is looked at only from its start, so that long ones cost no more.
        const LONGEST: usize = 8;
        let digits = |i: usize| self.of(i, i).bytes().all(|b| b.is_ascii_digit());
        if !digits(first) || self.is_after_hyphen(first) {
            return None;
        }
        let (mut last, mut groups) = (first, 1);
        while self.mark_after(last).is_some_and(is_hyphen) && self.word_after(last + 1).is_some() {
            last += 2;
            groups += 1;
            if groups > LONGEST || !digits(last) {
                return None;
            }
        }
        let telephone = groups == 2 && self.of(first, first).len() == 3 && self.of(last, last).len() == 4;
        (groups > 2 || telephone).then_some(last)
    }

    fn is_after_hyphen(&self, first: usize) -> bool {
        self.follows_closely(first) && self.mark_at(first - 1).is_some_and(is_hyphen)
    }

    /// Whether the hyphen after piece `last` is part of the word: "non-profit", "clock-wise", "uh-oh".
    fn hyphen_joins(&self, first: usize, last: usize, next: &str) -> bool {
        if self.is_after_hyphen(first) {
            return false;
        }
        forms::is_prefix(self.of(first, last), next)
            || forms::is_suffix(next) && !self.mark_after(last + 2).is_some_and(is_hyphen)
            || forms::is_whole(self.of(first, last + 2))
    }

    /// Whether a word that breaks off ends with piece `last`: "th- the troops", "s- he said".
    fn is_fragment(&self, first: usize, last: usize) -> bool {
        let word = self.of(first, last);
        if word.len() > 6
            || !word.bytes().all(|b| b.is_ascii_alphabetic())
            || self.follows_closely(last + 2)
            || self.is_after_hyphen(first)
        {
            return false;
        }
        let following = self.pieces.get(last + 2).map_or("", |p| p.span.of(self.text));
        let repeated = following.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        word.len() <= 2 || repeated && following.len() > word.len()
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
        if is_extension(next) && before.len() > 1 && self.mark_after(last + 2).is_none() {
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
        let following = self.pieces.get(stop + 1).filter(|p| p.is_word()).map(|p| p.span.of(self.text));
        if is_letter(word) && word.starts_with(char::is_uppercase) {
            return self.is_initial(word, first, following);
        }
        match abbreviations::class(word) {
            Some(abbreviations::Class::Number) => following.is_some_and(starts_with_digit),
            // "guns, tanks, etc. The army": here the treebanks give the stop to the sentence.
            Some(_) if word.eq_ignore_ascii_case("etc") => self
                .pieces
                .get(stop + 1)
                .is_some_and(|p| !p.span.of(self.text).starts_with(char::is_uppercase)),
            Some(_) => close.is_none_or(|next| !next.starts_with(char::is_lowercase)),
            None => false,
        }
    }

    /// Whether a single capital with a full stop abbreviates a name: `J. Smith` does, `Plan B.` does not.
    fn is_initial(&self, letter: &str, first: usize, following: Option<&str>) -> bool {
        let Some(following) = following else { return false };
        // "5.9°W. Divers"
        if self.follows_closely(first) && self.mark_at(first - 1) == Some('°') {
            return false;
        }
        if following.starts_with(char::is_lowercase) {
            return letter != "I";
        }
        if !following.starts_with(char::is_uppercase) || is_starter(following) {
            return false;
        }
        // "you and I. Kim left" against "Albert I. Jones".
        let named = first > 0 && self.pieces[first - 1].is_word() && {
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
            && self.text[self.pieces[at].end()..].starts_with("://")
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
        if let Some(last) = self.face_end(at) {
            return self.push(at, last);
        }
        match mark {
            '.' if self.mark_after(at) != Some('.') => {
                if self.mark_after(at).is_some_and(|c| matches!(c, '?' | '!')) {
                    return self.push_run(at, |c| matches!(c, '?' | '!'));
                }
                if !touches && next.is_some_and(is_extension) {
                    return self.push(at, at + 1);
                }
                if !touches && next.is_some_and(starts_with_digit) {
                    return self.word(at, at + 1);
                }
                self.push(at, at)
            }
            '+' if !touches && next.is_some_and(starts_with_digit) => self.word(at, at + 1),
            '.' | '-' | '*' | '=' | '~' | '+' | '_' | '`' | '<' | '>' | '–' | '—' => {
                self.push_run(at, |c| c == mark)
            }
            '!' | '?' => self.push_run(at, |c| matches!(c, '!' | '?')),
            '\'' if self.mark_after(at) == Some('\'') => self.push(at, at + 1),
            // two single marks serve as a double one
            '‘' | '’' if self.mark_after(at) == Some('’') || self.mark_after(at) == Some(mark) => {
                self.push(at, at + 1)
            }
            c if is_apostrophe(c) => match next {
                Some(next) if touches && is_clitic(next) => self.push(at, at + 1),
                // a clitic that a space has come before: "Seoul 's"
                Some(next) if c != '‘' && is_clitic(next) && !self.follows_closely(at + 2) => {
                    self.push(at, at + 1)
                }
                Some(next) if !touches && is_clipped(next) => self.push(at, at + 1),
                _ => self.push(at, at),
            },
            '@' | '#' if next.is_some_and(|n| mark == '@' || !n.bytes().all(|b| b.is_ascii_digit())) => {
                let after_word = touches && self.pieces[at - 1].is_word();
                if after_word { self.push(at, at) } else { self.push(at, at + 1) }
            }
            _ => self.push(at, at),
        }
    }

    /// The last piece of an emoticon that begins with the mark `at`.
    fn face_end(&self, at: usize) -> Option<usize> {
        if !matches!(self.mark_at(at), Some(':' | ';' | '=' | '(' | '<'))
            || self.follows_closely(at) && self.pieces[at - 1].is_word()
        {
            return None;
        }
        let mut last = at;
        while last < at + 4 && self.follows_closely(last + 1) {
            last += 1;
        }
        (last > at && forms::is_face(self.of(at, last))).then_some(last)
    }

    fn push_run(&mut self, first: usize, same: impl Fn(char) -> bool) -> usize {
        let mut last = first;
        while self.mark_after(last).is_some_and(&same) {
            last += 1;
        }
        self.push(first, last)
    }

    fn push(&mut self, first: usize, last: usize) -> usize {
        self.tokens.push(Span::new(self.pieces[first].start(), self.pieces[last].end()));
        last + 1
    }

    /// Pushes a word that is one piece, and so holds no clitic.
    fn push_piece(&mut self, at: usize) -> usize {
        let piece = self.pieces[at].span;
        let word = piece.of(self.text);
        if let Some(cut) = forms::cut(word).or_else(|| unit(word)) {
            self.tokens.push(Span::new(piece.start(), piece.start() + cut));
            self.tokens.push(Span::new(piece.start() + cut, piece.end()));
        } else {
            self.tokens.push(piece);
        }
        at + 1
    }

    /// Pushes a word, its clitics apart.
    fn push_word(&mut self, start: usize, mut end: usize) {
        let word = &self.text[start..end];
        if let Some(cut) = forms::cut(word).or_else(|| unit(word)) {
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

/// Where the unit begins that is written together with its number.
fn unit(word: &str) -> Option<usize> {
    if !word.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
        return None;
    }
    let at = word.rfind(|c: char| c.is_ascii_digit())? + 1;
    forms::is_unit(&word[at..]).then_some(at)
}

/// Where the last clitic of a word starts.
fn clitic(word: &str) -> Option<usize> {
    let (at, apostrophe) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let tail = &word[at + apostrophe.len_utf8()..];
    if tail.eq_ignore_ascii_case("t") && at > 1 && word.is_char_boundary(at - 1) {
        return word[at - 1..].starts_with(['n', 'N']).then_some(at - 1);
    }
    (at > 0 && is_clitic(tail) && !(tail == "s" && is_decade(&word[..at]))).then_some(at)
}

/// Whether an apostrophe before the "s" of a decade is part of it: "the 80's", "the 1590's".
fn is_decade(number: &str) -> bool {
    let round = number.len() == 2 || number.len() == 4 && number.starts_with('1');
    round && number.ends_with('0') && number.bytes().all(|b| b.is_ascii_digit())
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
