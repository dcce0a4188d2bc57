//! What the recogniser of names looks at, each as a hashed key.
//!
//! Training and recognition share this file, so that they cannot drift apart. To change anything here is to retrain.

use rustc_hash::FxHashMap;

use super::known::Known;
use super::lists;
use crate::document::Tag;
use crate::language::Annotated;
use crate::language::features::{MARK, Word, key};

/// Bits of a feature's key.
pub(crate) const KEY_BITS: u32 = 21;

/// Number of features of a token that do not depend on other names of the document.
pub(crate) const COUNT: usize = 64;

/// Number of features of a token that tell what the same word is elsewhere in the document.
pub(crate) const COUNT_SEEN: usize = 8;

/// Classes of tokens that have transitions of their own.
pub(crate) const CLASSES: usize = 12;

/// How the capitals of a sentence are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As in running text.
    Running,
    /// A Capital On Every Word That Matters.
    Title,
    /// ALL CAPITALS.
    Capitals,
    /// no capital at all.
    Small,
}

/// A token as features see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) word: Word,
    tag: u32,
    /// What the gazetteers say: 0, or what and whether it is the phrase's first, last word.
    listed: u32,
    /// What is known of the word as part of persons' names.
    known: u32,
    /// Role, body word.
    kind: u32,
    /// Class for transitions.
    pub(crate) class: u8,
    capital: bool,
    /// Whether it may be part of a name. The others are skipped: it is what makes recognition fast.
    pub(crate) candidate: bool,
    /// Run of capitalised words around it: first and the one after the last.
    run: (u32, u32),
}

/// A sentence as features see it.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) tokens: Vec<Token>,
    pub(crate) style: Style,
}

/// How often a form is written small and with a capital where a capital means something.
#[derive(Clone, Copy, Debug, Default)]
struct Cases {
    small: u16,
    capital: u16,
}

/// How the words of a document are written in its running text.
#[derive(Debug, Default)]
pub(crate) struct Cased(FxHashMap<u32, Cases>);

impl Cased {
    /// Takes note of a sentence.
    pub(crate) fn note(&mut self, sentence: &Sentence) {
        if sentence.style != Style::Running {
            return;
        }
        for (i, token) in sentence.tokens.iter().enumerate() {
            if token.word.class == MARK {
                continue;
            }
            if !token.capital {
                let cases = self.0.entry(token.word.form).or_default();
                cases.small = cases.small.saturating_add(1);
            } else if i > 0 && sentence.tokens[i - 1].class != MARKS {
                let cases = self.0.entry(token.word.form).or_default();
                cases.capital = cases.capital.saturating_add(1);
            }
        }
    }

    /// 0 to 8: how often small, how often with a capital; never, once, more.
    fn level(&self, form: u32) -> u32 {
        let cases = self.0.get(&form).copied().unwrap_or_default();
        u32::from(cases.small.min(2)) * 3 + u32::from(cases.capital.min(2))
    }
}

/// What a form is taken for where it stands in names of the document: the key of the strongest finding, or 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen(pub(crate) u32);

/// Words that Title Case leaves small.
const SMALL: &[&str] = &[
    "a", "an", "the", "and", "but", "or", "nor", "for", "of", "in", "on", "at", "to", "by", "as", "with",
    "from", "into", "over", "after", "about", "vs", "vs.", "via", "per", "up", "off", "out", "amid", "than",
    "is", "be", "'s", "n't", "de", "al", "el", "la", "le", "van", "von", "bin", "if", "it", "its", "not",
    "no",
];

const HYPHENS: u8 = 4;
const MARKS: u8 = 10;

fn class(word: &Word, lower: &str, tag: Tag, capital: bool) -> u8 {
    match lower {
        "-" | "‐" | "‑" | "–" => HYPHENS,
        "of" => 5,
        "and" | "&" => 6,
        "the" => 7,
        "," => 9,
        "for" | "in" | "on" | "at" | "de" | "al" | "van" | "von" | "bin" | "el" | "la" | "del" | "der"
        | "du" => 11,
        _ if tag == Tag::POS => 8,
        _ if word.class == MARK => MARKS,
        _ if capital && word.flags & 2 != 0 => 2,
        _ if capital => 1,
        _ if word.flags & 4 != 0 => 3,
        _ => 0,
    }
}

fn style(tokens: &[Token], lower: &[String]) -> Style {
    let (mut words, mut capital, mut capitals, mut small) = (0, 0, 0, 0);
    for (token, lower) in tokens.iter().zip(lower) {
        if token.word.class == MARK || token.word.flags & 4 != 0 {
            continue;
        }
        words += 1;
        capital += usize::from(token.capital);
        capitals += usize::from(token.capital && (token.word.flags & 2 != 0 || lower.len() == 1));
        small += usize::from(!token.capital && !SMALL.contains(&lower.as_str()));
    }
    // A name by itself is no headline.
    if capital == 0 {
        Style::Small
    } else if words < 4 {
        Style::Running
    } else if capitals * 8 >= words * 7 {
        Style::Capitals
    } else if small * 8 <= words {
        Style::Title
    } else {
        Style::Running
    }
}

/// Prepares sentence `index` of an article.
pub(crate) fn sentence(article: &Annotated<'_>, index: usize, known: &Known) -> Sentence {
    let range = article.document.sentences[index].tokens();
    let mut tokens: Vec<Token> = range
        .clone()
        .map(|i| {
            let (lower, tag) = (article.lower(i), article.tag(i));
            let mut word = Word::new(article.word(i), lower);
            let mark = tag.is_mark() || matches!(tag, Tag::Dollar | Tag::Hash);
            word.class = if mark && !lower.contains(char::is_alphanumeric) { MARK } else { 0 };
            let capital = word.flags & 1 == 1;
            let kind = u32::from(lists::is_role(lower)) | u32::from(lists::is_body(lower)) << 1;
            let class = class(&word, lower, tag, capital);
            Token {
                word,
                tag: tag as u32,
                listed: 0,
                known: 0,
                kind,
                class,
                capital,
                candidate: false,
                run: (0, 0),
            }
        })
        .collect();
    let style = style(&tokens, &article.lower[range.clone()]);
    list(article, range.start, &mut tokens);
    if style == Style::Running {
        runs(&mut tokens);
        for i in 0..tokens.len() {
            if tokens[i].capital {
                tokens[i].known = known.of(tokens[i].word.form);
                let last = (i + 3).min(tokens.len());
                tokens[i.saturating_sub(2)..last].iter_mut().for_each(|t| t.candidate = true);
            }
        }
    } else {
        for (i, token) in tokens.iter_mut().enumerate() {
            token.run = (i as u32, i as u32 + 1);
            token.candidate = token.word.class != MARK || token.class == HYPHENS;
            token.known = known.of(token.word.form);
            // Where capitals say nothing, all words look alike: small.
            let lower = article.lower(range.start + i);
            token.word = Word { class: token.word.class, ..Word::new(lower, lower) };
            token.capital = false;
            token.class = if matches!(token.class, 1 | 2) { 0 } else { token.class };
        }
    }
    Sentence { tokens, style }
}

/// Looks phrases up in the gazetteers.
fn list(article: &Annotated<'_>, first: usize, tokens: &mut [Token]) {
    let count = tokens.len();
    let mut at = 0;
    while at < count {
        let found = if tokens[at].capital { lists::at(article, first + at) } else { None };
        let Some((end, listed)) = found else {
            at += 1;
            continue;
        };
        let end = (end - first).clamp(at + 1, count);
        for (j, token) in tokens[at..end].iter_mut().enumerate() {
            let edges = u32::from(j == 0) | u32::from(at + j + 1 == end) << 1;
            token.listed = (listed as u32) << 2 | edges;
        }
        at = end;
    }
}

/// Marks the runs of words with capitals; a word without is a run by itself.
fn runs(tokens: &mut [Token]) {
    let count = tokens.len();
    let mut at = 0;
    while at < count {
        let start = at;
        while at < count && (tokens[at].capital || tokens[at].class == HYPHENS && at > start) {
            at += 1;
        }
        at = at.max(start + 1);
        tokens[start..at].iter_mut().for_each(|t| t.run = (start as u32, at as u32));
    }
}

/// The key of a transition into a token of `class` from label `from`; labels are the weights.
pub(crate) fn transition(class: usize, from: usize) -> u32 {
    key(200, class as u32, from as u32, KEY_BITS)
}

/// Keys of the features of token `i`.
pub(crate) fn keys(sentence: &Sentence, cased: &Cased, i: usize, out: &mut [u32; COUNT]) {
    let tokens = &sentence.tokens;
    let edges = [edge(BEFORE), edge(AFTER)];
    let token = |offset: isize| -> &Token {
        let at = i as isize + offset;
        if at < 0 { &edges[0] } else { tokens.get(at as usize).unwrap_or(&edges[1]) }
    };
    let (here, b1, b2, a1, a2) = (token(0), token(-1), token(-2), token(1), token(2));
    let style = sentence.style as u32;
    let opens = i == 0 || tokens[i - 1].class == MARKS;
    let place = u32::from(opens) << 2 | style;
    let capitals = b1.flags() << 8 | here.flags() << 4 | a1.flags();
    let level = cased.level(here.word.form);
    let (from, to) = (here.run.0 as usize, here.run.1 as usize);
    let before = if from == 0 { &edges[0] } else { &tokens[from - 1] };
    let after = tokens.get(to).unwrap_or(&edges[1]);
    let (first, last) = (tokens.get(from).unwrap_or(here), tokens.get(to.wrapping_sub(1)).unwrap_or(here));
    let position = (i - from.min(i)).min(3) as u32 | ((to.max(i + 1) - i - 1).min(3) as u32) << 2;
    let cased_form = here.word.form ^ here.flags().wrapping_mul(0x9e37_79b9);

    let mut template = 0u32;
    let mut add = |a: u32, b: u32| {
        out[template as usize] = key(template + 100, a, b, KEY_BITS);
        template += 1;
    };
    add(place, here.flags());
    add(here.word.form, 0);
    add(cased_form, place);
    add(b1.word.form, 0);
    add(a1.word.form, 0);
    add(b2.word.form, u32::from(here.capital));
    add(a2.word.form, u32::from(here.capital));
    add(b1.word.form, here.word.form);
    add(here.word.form, a1.word.form);
    add(b1.word.form, here.word.shape);
    add(a1.word.form, here.word.shape);
    add(here.word.suffix[1], here.flags());
    add(here.word.suffix[2], here.flags());
    add(here.word.suffix[3], here.flags());
    add(here.word.suffix[4], here.flags());
    add(here.word.prefix[1], here.flags());
    add(here.word.prefix[2], here.flags());
    add(here.word.shape, place);
    add(here.word.shape, b1.word.shape);
    add(here.word.shape, a1.word.shape);
    add(capitals, place);
    add(capitals, here.tag);
    add(here.tag, place);
    add(here.tag, b1.tag);
    add(here.tag, a1.tag);
    add(b1.tag << 6 | here.tag, a1.tag);
    add(here.tag << 12 | b1.tag << 6 | b2.tag, here.flags());
    add(here.tag << 12 | a1.tag << 6 | a2.tag, here.flags());
    add(here.tag, here.word.form);
    add(here.tag, here.word.suffix[2]);
    add(a1.word.suffix[2], here.flags());
    add(b1.word.suffix[2], here.flags());
    add(here.listed, place);
    add(here.listed, here.tag);
    add(here.listed << 8 | b1.listed, a1.listed);
    add(here.listed, a1.word.form);
    add(here.listed, b1.word.form);
    add(here.listed << 4 | here.flags(), a1.tag);
    add(b1.kind << 4 | here.flags(), here.tag);
    add(b1.kind << 4 | here.kind, a1.kind << 4 | here.flags());
    add(b2.kind << 4 | b1.kind, here.flags() << 8 | b1.flags());
    add(here.kind, position);
    add(level, place << 4 | here.flags());
    add(level, here.tag);
    add(level << 4 | cased.level(b1.word.form), here.flags());
    add(level << 4 | cased.level(a1.word.form), here.flags());
    add(position, place);
    add(position, before.word.form);
    add(position, after.word.form);
    add(position, before.tag << 6 | after.tag);
    add(position, last.word.form);
    add(position, last.word.suffix[2]);
    add(position, first.word.form);
    add(position, last.kind << 4 | first.kind);
    add(position, before.kind << 2 | after.kind);
    add(position, last.listed << 8 | first.listed);
    add(before.word.form, here.flags());
    add(after.word.form, here.flags());
    add(before.word.form, after.word.form);
    add(last.word.form, first.word.form);
    add(here.known, place << 4 | here.flags());
    add(here.known << 4 | b1.known << 2 | a1.known, capitals);
    add(here.known << 4 | b1.known << 2 | a1.known, position);
    add(here.known << 8 | here.listed, here.tag);
}

/// Keys of what the words around token `i` are elsewhere in the document. `seen` has an entry for each token.
pub(crate) fn keys_seen(sentence: &Sentence, seen: &[Seen], i: usize, out: &mut [u32; COUNT_SEEN]) {
    let here = &sentence.tokens[i];
    let at = |i: usize| seen.get(i).map_or(0, |s| s.0);
    let (here_seen, after) = (at(i), at(i + 1));
    let before = i.checked_sub(1).map_or(0, at);
    let style = sentence.style as u32;
    let position = (i as u32 - here.run.0.min(i as u32)).min(2)
        | (here.run.1.max(i as u32 + 1) - i as u32 - 1).min(2) << 2;
    let mut template = 0u32;
    let mut add = |a: u32, b: u32| {
        out[template as usize] = key(template + 180, a, b, KEY_BITS);
        template += 1;
    };
    add(here_seen, here.flags() << 2 | style);
    add(here_seen, position);
    add(here_seen, here.tag);
    add(here_seen << 8 | before, here.flags());
    add(here_seen << 8 | after, here.flags());
    add(here_seen >> 3 << 16 | before >> 3 << 8 | after >> 3, here.flags());
    add(here_seen >> 3, here.word.suffix[2]);
    add(here_seen >> 3, u32::from(here.class) << 2 | style);
}

const BEFORE: u32 = 0x9e37_79b9;
const AFTER: u32 = 0x85eb_ca6b;

const fn edge(code: u32) -> Token {
    Token {
        word: Word { form: code, suffix: [code; 5], prefix: [code; 3], shape: code, flags: 0, class: MARK },
        tag: code & 1 | 62,
        listed: 0,
        known: 0,
        kind: 0,
        class: MARKS,
        capital: false,
        candidate: false,
        run: (0, 0),
    }
}

impl Token {
    fn flags(&self) -> u32 {
        self.word.flags
    }

    /// Whether the gazetteers know a phrase that it is part of.
    pub(crate) fn is_listed(&self) -> bool {
        self.listed != 0
    }

    /// Whether the word is worth remembering: what is it elsewhere in the document?
    pub(crate) fn is_memorable(&self) -> bool {
        self.word.class != MARK && !matches!(self.class, 5..=11)
    }
}
