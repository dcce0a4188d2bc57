//! Words in passages and claims.

use regex::{Regex, RegexBuilder};

use crate::document::{Claim, Document};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// A passage or claim that holds every term of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the document.
    pub document: u32,
    /// Index of the claim, or `None` for a sentence that no found claim covers.
    pub claim: Option<u32>,
    /// The claim's extent, or the sentence.
    pub span: Span,
}

/// Words, and phrases in quotation marks, all of which must occur as whole words in any letter case.
///
/// ```
/// use reportedly::search::Query;
/// let query = Query::new("\"storm corps\" soldiers").unwrap();
/// assert!(query.matches("Soldiers of the Storm  Corps arrived"));
/// assert!(!query.matches("A storm hit the corps of soldiers"));
/// ```
#[derive(Clone, Debug)]
pub struct Query {
    terms: Vec<Regex>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] if it holds no word.
    pub fn new(query: &str) -> Result<Self> {
        let mut terms = Vec::new();
        for (i, part) in query.split(['"', '“', '”']).enumerate() {
            if i % 2 == 1 {
                terms.extend(term(part));
            } else {
                terms.extend(part.split_whitespace().filter_map(term));
            }
        }
        if terms.is_empty() {
            let message = format!("search needs a word to look for, and {query:?} holds none");
            return Err(Error::new(ErrorKind::Argument, message));
        }
        Ok(Query { terms })
    }

    /// Whether `text` holds every term.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.terms.iter().all(|t| t.is_match(text))
    }

    /// Claims and other sentences that hold every term, by document and position.
    #[must_use]
    pub fn search(&self, documents: &[Document], claims: &[Claim]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut next = 0;
        for (index, document) in documents.iter().enumerate() {
            let first = hits.len();
            while let Some(claim) = claims.get(next).filter(|c| c.document as usize == index) {
                let span = claim.span();
                if self.matches(span.of(&document.text)) {
                    hits.push(Hit { document: index as u32, claim: Some(next as u32), span });
                }
                next += 1;
            }
            // Claims overlap, so "covered" is asked of their furthest end so far, in order of start.
            let mut found: Vec<Span> = hits[first..].iter().map(|h| h.span).collect();
            found.sort_unstable();
            let (mut at, mut reach) = (0, 0);
            for sentence in &document.sentences {
                while at < found.len() && found[at].start() < sentence.span.end() {
                    reach = reach.max(found[at].end());
                    at += 1;
                }
                if reach <= sentence.span.start() && self.matches(sentence.span.of(&document.text)) {
                    hits.push(Hit { document: index as u32, claim: None, span: sentence.span });
                }
            }
            hits[first..].sort_by_key(|h| (h.span, h.claim));
        }
        hits
    }
}

/// The pattern for one word or phrase.
fn term(text: &str) -> Option<Regex> {
    let words: Vec<String> = text.split_whitespace().map(regex::escape).collect();
    let phrase = words.join(r"\s+");
    // \b needs a word character on one side; a term that begins or ends with a mark has none there.
    let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
    let (open, close) = (edge(text.trim().chars().next()), edge(text.trim().chars().next_back()));
    text.chars().any(char::is_alphanumeric).then_some(())?;
    RegexBuilder::new(&format!("{open}{phrase}{close}")).case_insensitive(true).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_without_words_is_refused() {
        for query in ["", "  ", "\"\"", "“ ”", "..."] {
            assert_eq!(Query::new(query).expect_err(query).kind(), ErrorKind::Argument);
        }
    }

    #[test]
    fn terms_are_words_not_patterns() {
        for (query, text) in [("corp", "the corps"), ("a.c", "abc"), ("(", "x"), ("kim jong", "Kim said")] {
            assert!(!Query::new(query).is_ok_and(|q| q.matches(text)), "{query:?} in {text:?}");
        }
        for (query, text) in [("U.S.", "the u.s. said"), ("kim", "“Kim”"), ("\"no comment\"", "No\ncomment.")]
        {
            assert!(Query::new(query).unwrap().matches(text), "{query:?} in {text:?}");
        }
    }
}
