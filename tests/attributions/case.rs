//! A case: the passage, and what a careful reader would mark in it.

use reportedly::document;
use reportedly::span::Span;

/// Passage and expectation, as written.
#[derive(Default)]
pub struct Case {
    /// Comments and passage, as they stand in the file.
    pub head: String,
    pub paragraphs: Vec<String>,
    /// Lines of the expectation without their sign.
    pub expected: Vec<String>,
}

/// A claim as this suite compares it.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    pub kind: String,
    /// Empty if no act is expected.
    pub act: String,
    pub negative: bool,
    /// Those who pass it on, as they are mentioned.
    pub via: Vec<String>,
}

impl Case {
    pub fn read(lines: &str) -> Result<Case, String> {
        let mut case = Case::default();
        let mut judged = false;
        for line in lines.lines() {
            match line.split_at_checked(2) {
                Some(("> ", text)) => {
                    case.paragraphs.push(text.to_owned());
                    case.head += &format!("{line}\n");
                }
                Some(("# ", _)) => case.head += &format!("{line}\n"),
                Some(("= " | "! ", "none")) => judged = true,
                Some(("= " | "! ", expected)) => {
                    judged = true;
                    case.expected.push(expected.to_owned());
                }
                Some(("? ", _)) => {}
                _ => return Err(format!("what is {line:?}")),
            }
        }
        if !case.paragraphs.is_empty() && !judged {
            return Err("nothing is expected, not even none".to_owned());
        }
        Ok(case)
    }

    /// Finds the words of the expectation in the text.
    pub fn resolve(&self, text: &str) -> Result<Vec<Claim>, String> {
        self.expected.iter().map(|line| Claim::expected(line, text)).collect()
    }
}

impl Claim {
    fn expected(line: &str, text: &str) -> Result<Claim, String> {
        let roles: Vec<&str> = line.split(" | ").collect();
        let [source, cue, content, rest] = roles[..] else {
            return Err(format!("{line:?} has {} parts, not 4", roles.len()));
        };
        let content = fragments(content, text, &[])?;
        let cue = fragments(cue, text, &content)?;
        let source = fragments(source, text, if cue.is_empty() { &content } else { &cue })?;
        let (words, via) = rest.split_once("via ").unwrap_or((rest, ""));
        let mut claim = Claim { source, cue, content, ..Claim::default() };
        for word in words.split_whitespace() {
            match word {
                "negative" => claim.negative = true,
                "direct" | "mixed" | "indirect" => claim.kind = word.to_owned(),
                _ if document::Act::ALL.iter().any(|a| a.as_str() == word) => claim.act = word.to_owned(),
                _ => return Err(format!("{word:?} is no kind and no act")),
            }
        }
        if claim.kind.is_empty() {
            return Err(format!("{line:?} has no kind"));
        }
        claim.via = via.split(" > ").filter(|v| !v.is_empty()).map(|v| v.trim().to_owned()).collect();
        Ok(claim)
    }

    pub fn given(claim: &document::Claim, text: &str) -> Claim {
        let mention = |link: &document::Source| {
            link.spans.first().map_or_else(|| link.name.clone(), |s| flat(s.of(text)))
        };
        Claim {
            source: claim.source_spans.clone(),
            cue: claim.cue_spans.clone(),
            content: claim.content_spans.clone(),
            kind: claim.kind.as_str().to_owned(),
            act: claim.act.as_str().to_owned(),
            negative: claim.polarity == document::Polarity::Negative,
            // the first link is the outlet
            via: claim.via.iter().skip(1).map(mention).collect(),
        }
    }

    /// As an expectation would be written.
    pub fn line(&self, text: &str) -> String {
        let role = |spans: &[Span]| match spans {
            [] => "-".to_owned(),
            _ => spans.iter().map(|s| flat(s.of(text))).collect::<Vec<_>>().join(" ... "),
        };
        let mut line = format!(
            "{} | {} | {} | {} {}",
            role(&self.source),
            role(&self.cue),
            role(&self.content),
            self.kind,
            self.act
        );
        if self.negative {
            line += " negative";
        }
        if !self.via.is_empty() {
            line += &format!(" via {}", self.via.join(" > "));
        }
        line
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The fragments of a role: each the occurrence nearest to what stands in `near`, outside of it; in the text's order.
fn fragments(role: &str, text: &str, near: &[Span]) -> Result<Vec<Span>, String> {
    if role == "-" {
        return Ok(Vec::new());
    }
    let mut found: Vec<Span> = Vec::new();
    for words in role.split(" ... ") {
        let after = found.last().map_or(0, |f| f.end());
        let gap = |s: &Span| {
            let apart = |n: &Span| n.start().saturating_sub(s.end()).max(s.start().saturating_sub(n.end()));
            near.iter().map(apart).min().unwrap_or(0)
        };
        let nearest = occurrences(words, text)
            .filter(|s| s.start() >= after && !near.iter().any(|n| n.overlaps(*s)))
            .min_by_key(|s| (gap(s), s.start()));
        found.push(nearest.ok_or_else(|| format!("{words:?} is not in the text"))?);
    }
    Ok(found)
}

/// Where the words stand, not as part of a longer word.
fn occurrences<'t>(words: &'t str, text: &'t str) -> impl Iterator<Item = Span> + 't {
    let inside = |a: Option<char>, b: Option<char>| {
        a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(words).map(|(at, found)| Span::new(at, at + found.len())).filter(move |s| {
        let (before, after) = (text[..s.start()].chars().next_back(), text[s.end()..].chars().next());
        !inside(before, words.chars().next()) && !inside(words.chars().next_back(), after)
    })
}
