//! Text to units: lines without their mark-up, with hard-wrapped lines joined to paragraphs.

use std::sync::LazyLock;

use regex::Regex;

use super::words;
use crate::span::Span;

/// What mark-up says about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    None,
    /// Heading of this level.
    Heading(u8),
    /// List item with a bullet.
    Bullet,
    /// List item with a number.
    Number,
    /// Block quotation.
    Quote,
}

/// A line, or the lines of one paragraph: what will be a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The text without mark-up and edge white space; never empty.
    pub(super) span: Span,
    pub(super) mark: Mark,
    /// Whether the whole line is in bold or italics.
    pub(super) emphasis: bool,
    /// Whether a blank line (or the start of the text) comes before.
    pub(super) gap_before: bool,
    /// Number of words.
    pub(super) words: usize,
}

/// A line as it stands.
struct Line {
    span: Span,
    mark: Mark,
    emphasis: bool,
    blank: bool,
    /// Underline of a heading (setext): its level.
    underline: Option<u8>,
}

/// Widths between which a text can be hard-wrapped, in characters.
const WRAP: std::ops::RangeInclusive<usize> = 40..=120;

/// Cuts a text into units.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut units: Vec<Unit> = Vec::with_capacity(lines.len());
    let mut gap = true;
    for (i, line) in lines.iter().enumerate() {
        if let (Some(level), Some(last), false) = (line.underline, units.last_mut(), gap)
            && last.mark == Mark::None
            && last.words <= 20
            && !last.span.of(text).ends_with('.')
        {
            last.mark = Mark::Heading(level);
        }
        if line.blank {
            gap = true;
            continue;
        }
        let joins = !gap && i > 0 && width.is_some_and(|w| continues(text, &lines[i - 1], line, w));
        match units.last_mut() {
            Some(last) if joins => {
                last.span = last.span.cover(line.span);
                last.words += words::count(line.span.of(text));
                last.emphasis &= line.emphasis;
            }
            _ => units.push(Unit {
                span: line.span,
                mark: line.mark,
                emphasis: line.emphasis,
                gap_before: gap,
                words: words::count(line.span.of(text)),
            }),
        }
        gap = false;
    }
    units
}

fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    let mut cut = |start: usize, end: usize| lines.push(line(text, Span::new(start, end)));
    for (at, byte) in bytes.iter().enumerate() {
        let length = match byte {
            b'\n'..=b'\r' => 1,
            // U+0085, U+2028, U+2029
            0xc2 if bytes[at..].starts_with(b"\xc2\x85") => 2,
            0xe2 if matches!(bytes[at..], [_, 0x80, 0xa8 | 0xa9, ..]) => 3,
            _ => continue,
        };
        // "\r\n" is one line end.
        if !(*byte == b'\n' && at == start && at > 0 && bytes[at - 1] == b'\r') {
            cut(start, at);
        }
        start = at + length;
    }
    cut(start, text.len());
    lines
}

static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?<heading>#{1,6})[ \t\u{a0}]+|(?<bullet>[-*+•‣◦▪●○·–][ \t\u{a0}]+)|(?<number>\(?(?:[0-9]{1,3}|[a-z])[.)][ \t\u{a0}]+)|(?<quote>>[ \t]*))")
        .expect("a fixed pattern")
});

/// One line: white space, then mark-up, is taken off its edges.
fn line(text: &str, whole: Span) -> Line {
    let mut span = trim(text, whole);
    let mut mark = Mark::None;
    // Mark-up may be nested ("> - item"), but only so deep.
    for _ in 0..4 {
        // Most lines start with a capital or a quotation mark.
        if span.of(text).starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '"' | '“')) {
            break;
        }
        let Some(found) = MARKS.captures(span.of(text)) else { break };
        let of = |name| found.name(name);
        mark = if let Some(signs) = of("heading") {
            Mark::Heading(signs.as_str().trim().len() as u8)
        } else if of("bullet").is_some() {
            Mark::Bullet
        } else if of("number").is_some() {
            if matches!(mark, Mark::Heading(_)) {
                break;
            }
            Mark::Number
        } else {
            Mark::Quote
        };
        let length = found.get(0).map_or(0, |m| m.len());
        let rest = trim(text, Span::new(span.start() + length, span.end()));
        if rest.is_empty() || !rest.of(text).contains(char::is_alphanumeric) {
            break;
        }
        span = rest;
    }
    if matches!(mark, Mark::Heading(_)) {
        let closed = span.of(text).trim_end_matches('#').trim_end();
        if !closed.is_empty() {
            span = Span::new(span.start(), span.start() + closed.len());
        }
    }
    let (inner, emphasis) = without_emphasis(text, span);
    let shown = inner.of(text);
    let blank = !shown.contains(|c: char| !is_rule(c));
    Line { span: inner, mark, emphasis, blank, underline: underline(shown) }
}

/// White space and invisible characters at the edges of a line.
fn trim(text: &str, span: Span) -> Span {
    let invisible = |c: char| c.is_whitespace() || is_invisible(c);
    let inner = span.of(text);
    let start = span.start() + (inner.len() - inner.trim_start_matches(invisible).len());
    Span::new(start, start + inner.trim_matches(invisible).len())
}

fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// What rules, empty bullets and table borders are made of.
fn is_rule(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || "*-_=~#>+|•‣◦▪●○·–—:.`".contains(c)
}

fn underline(line: &str) -> Option<u8> {
    let all = |mark: char| line.len() >= 3 && line.chars().all(|c| c == mark);
    if all('=') {
        Some(1)
    } else if all('-') {
        Some(2)
    } else {
        None
    }
}

/// `**Heading**`, `__Heading__`, `*Deck*`: the marks are taken off if they hold the whole line.
fn without_emphasis(text: &str, span: Span) -> (Span, bool) {
    let line = span.of(text);
    for mark in ["***", "**", "__", "*", "_"] {
        let inner = line.strip_prefix(mark).and_then(|l| l.strip_suffix(mark));
        if let Some(inner) = inner
            && !inner.contains(&mark[..1])
            && !inner.trim().is_empty()
        {
            let start = span.start() + mark.len();
            return (trim(text, Span::new(start, start + inner.len())), true);
        }
    }
    (span, false)
}

/// The width to which a text is hard-wrapped, if it is.
///
/// Wrapped lines show in line breaks inside sentences: the next line starts in lower case. If a text has some,
/// and none of the lines before them is long, it is wrapped.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let (mut breaks, mut inside, mut width) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        if line.blank || next.blank || next.mark != Mark::None {
            continue;
        }
        breaks += 1;
        if next.span.of(text).starts_with(char::is_lowercase) {
            inside += 1;
            width = width.max(characters(text, line));
            if width > *WRAP.end() {
                return None;
            }
        }
    }
    (inside >= 2 && inside * 4 >= breaks && WRAP.contains(&width)).then_some(width)
}

/// Characters of a line, counted no further than it matters.
fn characters(text: &str, line: &Line) -> usize {
    line.span.of(text).chars().take(WRAP.end() + 1).count()
}

/// Whether `next` continues the paragraph of `line`: its first word would not have fitted on `line`.
fn continues(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    /// Wrapped by hand, lines are ragged.
    const SLACK: usize = 8;
    if next.mark != Mark::None || matches!(line.mark, Mark::Heading(_)) || line.blank {
        return false;
    }
    let length = characters(text, line);
    let first = next.span.of(text).split_whitespace().next().unwrap_or_default();
    length <= *WRAP.end()
        && (length + 1 + first.chars().count() + SLACK > width
            || (next.span.of(text).starts_with(char::is_lowercase) && length * 2 > width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Mark, &str)]) {
        let found: Vec<(Mark, &str)> = units(text).iter().map(|u| (u.mark, u.span.of(text))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn nothing_in_nothing() {
        check("", &[]);
        check(" \r\n\u{a0}\n* * *\n-----\n```\n", &[]);
    }

    #[test]
    fn paragraphs_on_one_line_each_stay_apart() {
        let text = "The minister said no.\nThe president said yes.\r\nNobody else said anything.";
        check(
            text,
            &[
                (Mark::None, "The minister said no."),
                (Mark::None, "The president said yes."),
                (Mark::None, "Nobody else said anything."),
            ],
        );
    }

    #[test]
    fn hashtags_and_figures_are_not_mark_up() {
        check(
            "#Ukraine is trending.\n1.5 million fled.\n-5 degrees",
            &[
                (Mark::None, "#Ukraine is trending."),
                (Mark::None, "1.5 million fled."),
                (Mark::None, "-5 degrees"),
            ],
        );
    }

    #[test]
    fn mark_up_is_taken_off() {
        check(
            "# One #\r\n**Two**\r\n- three\n12) four\n> five\nSix\n===\n\n*Seven*\n### 3. Eight",
            &[
                (Mark::Heading(1), "One"),
                (Mark::None, "Two"),
                (Mark::Bullet, "three"),
                (Mark::Number, "four"),
                (Mark::Quote, "five"),
                (Mark::Heading(1), "Six"),
                (Mark::None, "Seven"),
                (Mark::Heading(3), "3. Eight"),
            ],
        );
    }

    #[test]
    fn hard_wrapped_lines_are_joined() {
        let text = "Wrapped Heading\n\nThe foreign ministry said on Thursday that it had seen no sign of any\n\
                    soldiers near the border, and that it would look into the reports with\nits partners.\n\
                    The army said nothing.\n\nA spokesman added that the inquiry could take weeks, because records\n\
                    were kept by hand.";
        let found: Vec<usize> = units(text).iter().map(|u| u.span.of(text).lines().count()).collect();
        assert_eq!(found, [1, 3, 1, 2]);
    }
}
