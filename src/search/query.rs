//! What is looked for: from what people type to steps that find it.
//!
//! | written | found |
//! |---|---|
//! | `storm corps` | both words |
//! | `"storm corps"` | the words one after the other; also `storm-corps` |
//! | `soldier*`, `"storm c*"` | words that begin so |
//! | `-drill`, `NOT drill` | without the word |
//! | `drill OR exercise`, `drill \| exercise` | either |
//! | `(drill OR exercise) Busan` | groups |
//! | `source:Moscow`, `act:deny,warn` … | a condition, as in the filter of claims |
//!
//! As in a search box, nothing that is typed is an error of form: a quotation mark or parenthesis that is not closed
//! ends with the query, and marks that mean nothing here part words. Reading takes one pass and no recursion.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::words::each_word;
use crate::document::Act;
use crate::error::{Error, ErrorKind, Result};
use crate::table::{Filter, KINDS, LABELS};

/// Words that a query can hold: more is a text, not a query.
const MOST_WORDS: usize = 1_000;

/// A query, read.
///
/// ```
/// use reportedly::search::Query;
/// assert!(Query::new("\"storm corps\" soldier* -drill act:deny").is_ok());
/// assert!(Query::new("-drill").is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Query {
    pub(super) leaves: Vec<Leaf>,
    /// The expression, operands before operators.
    pub(super) steps: Vec<Step>,
}

/// An operand.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) what: What,
    /// Whether it is looked for at all, or only what is left out.
    pub(super) sought: bool,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// Words that follow one another; mostly one.
    Words(Vec<Slot>),
    /// A condition on claims or documents.
    Field(Box<Filter>),
}

/// A place in a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    /// The word, folded.
    pub(super) word: String,
    /// Whether every word counts that begins so.
    pub(super) prefix: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Leaf(usize),
    And,
    Or,
    Not,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] if it holds nothing to look for, more than a thousand words, or a condition with a value
    /// that there is not.
    pub fn new(query: &str) -> Result<Self> {
        let mut reader = Reader::default();
        reader.read(query)?;
        reader.finish(query)
    }

    /// Whether it states a condition on claims, so that passages are not meant.
    pub(super) fn is_of_claims(&self) -> bool {
        self.leaves.iter().any(|leaf| matches!(&leaf.what, What::Field(filter) if filter.is_of_claims()))
    }
}

/// A parenthesis that is open.
#[derive(Default)]
struct Group {
    /// Whether alternatives stand before the current one.
    before: bool,
    /// Whether the current alternative holds something, and if so, whether all of that is negated.
    current: Option<bool>,
    /// As for the current one: whether one of the alternatives before is only negated.
    before_negated: bool,
    /// Whether the group as a whole is to be left out.
    negated: bool,
    /// Whether what stands here is looked for, counting every negation around it.
    sought: bool,
}

#[derive(Default)]
struct Reader {
    leaves: Vec<Leaf>,
    known: FxHashMap<Vec<Slot>, usize>,
    steps: Vec<Step>,
    outer: Vec<Group>,
    group: Group,
    /// Whether a minus or NOT stands before what comes next.
    negated: bool,
    words: usize,
}

impl Reader {
    fn read(&mut self, query: &str) -> Result<()> {
        self.group.sought = true;
        let mut rest = query;
        while let Some(c) = rest.chars().next() {
            let (one, after) = rest.split_at(c.len_utf8());
            rest = match c {
                '(' => {
                    self.open();
                    after
                }
                ')' => {
                    self.close();
                    after
                }
                '|' => {
                    self.alternative();
                    after
                }
                '-' => {
                    self.negated = !after.starts_with(char::is_whitespace);
                    after
                }
                _ if is_quote(c) => {
                    let (phrase, after) = quoted(after);
                    self.words(phrase)?;
                    after
                }
                _ if c.is_whitespace() || one == "+" => after,
                _ => self.token(rest)?,
            };
        }
        Ok(())
    }

    /// Reads what `rest` begins with, up to white space or a mark that means something; returns what comes after.
    fn token<'q>(&mut self, rest: &'q str) -> Result<&'q str> {
        let ends = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '|');
        let (token, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
        match token {
            "AND" => {}
            "OR" => self.alternative(),
            "NOT" => self.negated = true,
            _ => {
                if let Some((name, value)) = token.split_once(':') {
                    let opened = after.chars().next().filter(|c| value.is_empty() && is_quote(*c));
                    let (value, after) = match opened {
                        Some(c) => quoted(&after[c.len_utf8()..]),
                        None => (value, after),
                    };
                    if let Some(filter) = field(name, value)? {
                        self.leaf(What::Field(Box::new(filter)));
                        return Ok(after);
                    }
                }
                self.words(token)?;
            }
        }
        Ok(after)
    }

    /// Words that must follow one another.
    fn words(&mut self, text: &str) -> Result<()> {
        let mut slots: Vec<Slot> = Vec::new();
        let mut pieces = text.split('*').peekable();
        while let Some(piece) = pieces.next() {
            let mut end = None;
            each_word(piece, |span, word| {
                end = Some(span.end);
                slots.push(Slot { word: word.to_owned(), prefix: false });
            });
            if let (Some(_), Some(last)) = (pieces.peek(), slots.last_mut()) {
                last.prefix = last.prefix || end == Some(piece.len());
            }
        }
        self.words += slots.len();
        if self.words > MOST_WORDS {
            let message =
                format!("a search can hold {MOST_WORDS} words; look for a passage, or for fewer of them");
            return Err(Error::new(ErrorKind::Argument, message));
        }
        if !slots.is_empty() {
            self.leaf(What::Words(slots));
        }
        Ok(())
    }

    fn leaf(&mut self, what: What) {
        let sought = self.group.sought != self.negated;
        let next = self.leaves.len();
        let index = match &what {
            What::Words(slots) => *self.known.entry(slots.clone()).or_insert(next),
            What::Field(_) => next,
        };
        if index == next {
            self.leaves.push(Leaf { what, sought: false });
        }
        self.leaves[index].sought |= sought;
        self.steps.push(Step::Leaf(index));
        let negated = std::mem::take(&mut self.negated);
        self.operand(negated, false);
    }

    /// Joins the operand that the last step ends, which is itself the complement of something if `complement`.
    fn operand(&mut self, negated: bool, complement: bool) {
        if negated {
            self.steps.push(Step::Not);
        }
        let complement = complement != negated;
        if let Some(all_negated) = &mut self.group.current {
            self.steps.push(Step::And);
            *all_negated &= complement;
        } else {
            self.group.current = Some(complement);
        }
    }

    /// What comes next is an alternative to what came before.
    fn alternative(&mut self) {
        self.negated = false;
        if let Some(negated) = self.group.current.take() {
            if self.group.before {
                self.steps.push(Step::Or);
            }
            self.group.before = true;
            self.group.before_negated |= negated;
        }
    }

    fn open(&mut self) {
        let negated = std::mem::take(&mut self.negated);
        let sought = self.group.sought != negated;
        let outer = std::mem::replace(&mut self.group, Group { negated, sought, ..Group::default() });
        self.outer.push(outer);
    }

    /// Closes the group, unless nothing is open.
    fn close(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        self.alternative();
        let group = std::mem::replace(&mut self.group, outer);
        if group.before {
            self.operand(group.negated, group.before_negated);
        }
    }

    fn finish(mut self, query: &str) -> Result<Query> {
        while !self.outer.is_empty() {
            self.close();
        }
        self.alternative();
        let shown: String = query.chars().take(60).collect();
        let wrong = |message: String| Err(Error::new(ErrorKind::Argument, message));
        if !self.group.before {
            return wrong(format!("search needs a word to look for, and {shown:?} holds none"));
        }
        if self.group.before_negated {
            return wrong(format!(
                "search needs something to look for, and {shown:?} only says what to leave out"
            ));
        }
        Ok(Query { leaves: self.leaves, steps: self.steps })
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Up to the next quotation mark, or all of it; and what comes after.
fn quoted(rest: &str) -> (&str, &str) {
    let Some(end) = rest.find(is_quote) else { return (rest, "") };
    let mark = rest[end..].chars().next().map_or(0, char::len_utf8);
    (&rest[..end], &rest[end + mark..])
}

/// The condition that `name:value` states, if it is one: an unknown name, or no value, makes it words.
fn field(name: &str, value: &str) -> Result<Option<Filter>> {
    let mut filter = Filter::default();
    let names = || vec![value.to_owned()];
    if value.trim().is_empty() {
        return Ok(None);
    }
    match name {
        "source" => filter.source = names(),
        "outlet" => filter.outlet = names(),
        "document" => filter.document = names(),
        "place" => filter.place = names(),
        "act" => filter.act = members(name, value, Act::ALL, Act::as_str)?,
        "kind" => filter.kind = members(name, value, &KINDS, |k| k.as_str())?,
        "certainty" => filter.certainty = members(name, value, &LABELS, |l| l.as_str())?,
        "since" => filter.since = Some(day(name, value)?),
        "until" => filter.until = Some(day(name, value)?),
        _ => return Ok(None),
    }
    Ok(Some(filter))
}

fn members<T: Copy>(field: &str, value: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<Vec<T>> {
    let find = |wanted: &str| {
        all.iter().copied().find(|t| name(*t) == wanted.trim().to_lowercase()).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|t| name(*t)).collect();
            let message = format!("{field} is {wanted:?}; it can be {}", known.join(", "));
            Error::new(ErrorKind::Argument, message)
        })
    };
    value.split(',').map(find).collect()
}

fn day(field: &str, value: &str) -> Result<Date> {
    value.trim().parse().map_err(|_| {
        let message = format!("{field} is {value:?}; give a date as 2024-10-26");
        Error::new(ErrorKind::Argument, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The query as an expression in Polish notation read backwards, as `storm corps AND`.
    fn read(query: &str) -> String {
        let query = Query::new(query).unwrap_or_else(|e| panic!("{query:?}: {e}"));
        let slot = |s: &Slot| format!("{}{}", s.word, if s.prefix { "*" } else { "" });
        let word = |leaf: &Leaf| match &leaf.what {
            What::Words(slots) => slots.iter().map(slot).collect::<Vec<_>>().join("_"),
            What::Field(_) => "field".to_owned(),
        };
        let step = |s: &Step| match s {
            Step::Leaf(i) => word(&query.leaves[*i]),
            Step::And => "&".to_owned(),
            Step::Or => "|".to_owned(),
            Step::Not => "!".to_owned(),
        };
        query.steps.iter().map(step).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_query_without_anything_to_look_for_is_refused() {
        for query in
            ["", "  ", "\"\"", "“ ”", "...", "()", "-", "* OR |", "-rain", "NOT (rain OR snow)", "- \"\""]
        {
            assert_eq!(Query::new(query).expect_err(query).kind(), ErrorKind::Argument);
        }
        for query in ["rain OR -snow", "-(rain snow) OR fog"] {
            assert!(Query::new(query).expect_err(query).to_string().contains("leave out"));
        }
        assert!(Query::new("-(-rain)").is_ok());
    }

    #[test]
    fn values_that_there_are_not_are_refused() {
        for query in ["act:denies", "kind:x storm", "certainty:sure", "since:yesterday", "until:2024-13-01"] {
            assert_eq!(Query::new(query).expect_err(query).kind(), ErrorKind::Argument);
        }
        assert!(Query::new("act:denies").unwrap_err().to_string().contains("it can be state, report"));
    }

    #[test]
    fn queries_read() {
        for (query, expected) in [
            ("Storm Corps", "storm corps &"),
            ("“storm corps” soldiers", "storm_corps soldiers &"),
            ("Jong-un's U.S. 3,000", "jong_un u.s & 3000 &"),
            ("a OR b c", "a b c & |"),
            ("a | b | -c d", "a b | c ! d & |"),
            ("(a OR b) c", "a b | c &"),
            ("a -(b OR c)", "a b c | ! &"),
            ("a NOT b AND +c", "a b ! & c &"),
            ("soldier* \"storm c*\" *x a*b", "soldier* storm_c* & x & a*_b &"),
            ("a - b", "a b &"),
            ("to-and-fro well- -known", "to_and_fro well & known ! &"),
            ("source:Moscow act:deny,warn x", "field field & x &"),
            ("source:\"intelligence service\" x -act:deny", "field x & field ! &"),
            ("10:30 note:x source: OR", "10_30 note_x & source &"),
            ("a a", "a a &"),
        ] {
            assert_eq!(read(query), expected, "{query:?}");
        }
    }

    #[test]
    fn forms_are_not_minded() {
        for (query, expected) in [
            ("\"storm corps", "storm_corps"),
            ("((a", "a"),
            ("a))) b", "a b &"),
            ("OR a OR OR b OR", "a b |"),
            ("a ( ) b", "a b &"),
            ("NOT NOT a b", "a ! b &"),
            (".*[a-z]+\\b^$", "a_z_b"),
            ("a~2 b^3 [x TO y]", "a_2 b_3 & x & to & y &"),
        ] {
            assert_eq!(read(query), expected, "{query:?}");
        }
    }

    #[test]
    fn words_left_out_are_not_sought() {
        let sought = |query: &str| -> Vec<bool> {
            Query::new(query).unwrap().leaves.iter().map(|leaf| leaf.sought).collect()
        };
        assert_eq!(sought("a -b -(c OR -d) -(-e)"), [true, false, false, true, true]);
        assert_eq!(sought("a -a"), [true]);
    }

    #[test]
    fn hostile_queries_are_linear() {
        let long = 1_000_000;
        for query in ["(", ")", "-", "\"", "a\"", "(a OR ", "-(", "x:", "*", "source:", "\u{301}", "NOT "] {
            let _ = Query::new(&query.repeat(long / query.len()));
        }
        let deep = format!("{}a{}", "-(".repeat(long), ")".repeat(long));
        assert!(Query::new(&deep).is_ok());
        assert!(Query::new(&"word ".repeat(1_001)).unwrap_err().to_string().contains("1000 words"));
    }
}
