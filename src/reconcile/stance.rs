//! How a claim stands to what others state: it denies, it declines to say, or it does neither.
//!
//! Stance detection sorts replies to a rumour into support, deny, query and comment (Zubiaga et al., "Analysing how
//! people orient to and spread rumours in social media", PLoS ONE 2016). Two of these concern a reconciliation.
//! A claim denies by its act ("denied that"), by a verb beside a noun for what was said ("contested the report that"),
//! or by what it says of a statement: that it is false, or not true, or without basis, or to be held against
//! ("contrary to reports"). What is denied twice is not denied: "did not deny", "it is not untrue that", "denied that
//! they had not".
//!
//! What a reply is about is its content without the frame: of "the claim that the dam had burst was false" it is "the
//! dam had burst". A reply that is about nothing but "it" or "the claim" is anaphoric: it is about what was said
//! before.

use std::sync::LazyLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::terms::words;
use crate::document::{Act, Claim, Document};
use crate::language::gazetteer::rows;
use crate::span::Span;

/// How a claim stands to a statement of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// It is not so.
    Denies,
    /// It is left open whether it is so.
    Declines,
}

/// A claim that denies or declines, and what it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) stance: Stance,
    /// What is denied or left open, where the claim itself says so; empty if it only points back ("the claim", "it").
    pub(super) about: Vec<Span>,
    /// Whether it points at no statement, but at all that was told ("these developments").
    pub(super) general: bool,
    /// Whose statement it is, as the reply has it ("the ministry's" of "the ministry's report").
    pub(super) held_by: Option<Span>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    False,
    True,
    Basis,
    Contrary,
    Claim,
    Pronoun,
    Reject,
    Silent,
    Affirm,
    Copula,
    Adverb,
    Negation,
    Opener,
    Object,
    General,
}

/// A phrase, word by word.
type Phrase = (Vec<&'static str>, Sort);

/// Phrases by their first word, the longest first.
static TABLE: LazyLock<FxHashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Vec<Phrase>> = FxHashMap::default();
    for row in rows(include_str!("../../lexicon/refutations.tsv")) {
        let phrase: Vec<&'static str> = row[0].split(' ').collect();
        let sort = sort(row[1]).expect("a test checks the table");
        table.entry(phrase[0]).or_default().push((phrase, sort));
    }
    table.values_mut().for_each(|list| list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len())));
    table
});

fn sort(name: &str) -> Option<Sort> {
    Some(match name {
        "false" => Sort::False,
        "true" => Sort::True,
        "basis" => Sort::Basis,
        "contrary" => Sort::Contrary,
        "claim" => Sort::Claim,
        "pronoun" => Sort::Pronoun,
        "reject" => Sort::Reject,
        "silent" => Sort::Silent,
        "affirm" => Sort::Affirm,
        "copula" => Sort::Copula,
        "adverb" => Sort::Adverb,
        "negation" => Sort::Negation,
        "opener" => Sort::Opener,
        "object" => Sort::Object,
        "general" => Sort::General,
        _ => return None,
    })
}

/// Words in lower case, where they stand.
struct Words<'t> {
    list: Vec<(Span, String)>,
    text: &'t str,
}

impl<'t> Words<'t> {
    fn of(text: &'t str, spans: &[Span]) -> Self {
        const MOST: usize = 200;
        let list = spans
            .iter()
            .flat_map(|span| words(text, *span))
            .take(MOST)
            .map(|span| (span, span.of(text).to_lowercase()))
            .collect();
        Words { list, text }
    }

    fn len(&self) -> usize {
        self.list.len()
    }

    fn word(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |w| w.1.as_str())
    }

    fn is(&self, i: usize, any: &[&str]) -> bool {
        any.contains(&self.word(i))
    }

    /// The longest phrase of a sort at word `i`: how many words.
    fn at(&self, i: usize, sort: Sort) -> Option<usize> {
        let phrases = TABLE.get(self.word(i))?;
        let fits = |phrase: &&(Vec<&str>, Sort)| {
            phrase.1 == sort && phrase.0.iter().enumerate().all(|(k, word)| self.word(i + k) == *word)
        };
        phrases.iter().find(fits).map(|(phrase, _)| phrase.len())
    }

    /// The first word of a sort in a range.
    fn find(&self, mut within: std::ops::Range<usize>, sort: Sort) -> Option<usize> {
        within.find(|&i| self.at(i, sort).is_some())
    }

    /// Whether word `i` negates; "n't" leaves a "t" behind.
    fn negates(&self, i: usize) -> bool {
        let split = self.word(i) == "t" && i > 0 && self.word(i - 1).ends_with('n');
        split || self.at(i, Sort::Negation).is_some()
    }

    fn negated(&self, mut within: std::ops::Range<usize>) -> bool {
        within.any(|i| self.negates(i))
    }

    fn span(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let (first, last) = (self.list.get(range.start)?, self.list.get(range.end.checked_sub(1)?)?);
        (range.start < range.end).then(|| first.0.cover(last.0))
    }

    /// Whether a comma stands right after word `i`.
    fn comma_after(&self, i: usize) -> bool {
        let (Some(word), Some(next)) = (self.list.get(i), self.list.get(i + 1)) else { return false };
        self.text.get(word.0.end()..next.0.start()).is_some_and(|gap| gap.contains(','))
    }
}

/// Which claims are replies.
pub(super) fn replies(documents: &[Document], claims: &[Claim]) -> Vec<Option<Reply>> {
    claims.par_iter().map(|claim| reply(&documents[claim.document as usize].text, claim)).collect()
}

/// Whether a claim is a reply of the kind that matters here, and what it is about.
fn reply(text: &str, claim: &Claim) -> Option<Reply> {
    let content = Words::of(text, &claim.content_spans);
    let cue = Words::of(text, &claim.cue_spans);
    let negated = cue.negated(0..cue.len());
    let whole = |stance| Some(told(&content, 0..content.len(), stance));
    match claim.act {
        // "denied that they had not": what is denied is a denial
        Act::Deny | Act::Disagree if claim.certainty.value > 0.0 => None,
        // "denied them entry" refuses a thing, "rejected the offer" declines one
        Act::Deny if content.len() > 1 && content.at(0, Sort::Object).is_some() => None,
        Act::Disagree if !is_statement(&content) => None,
        Act::Deny | Act::Disagree => whole(Stance::Denies),
        // "did not deny" lets stand; "would neither confirm nor deny" leaves open
        Act::Decline if takes_for_granted(&content) => None,
        Act::Decline => {
            let affirms = cue.find(0..cue.len(), Sort::Affirm).is_some();
            let both = (0..cue.len()).any(|i| cue.word(i).starts_with("confirm"));
            if affirms && !both { None } else { whole(Stance::Declines) }
        }
        _ if negated => {
            let silent = cue.find(0..cue.len(), Sort::Silent).is_some();
            if silent { whole(Stance::Declines) } else { None }
        }
        Act::Ask | Act::Hope | Act::Demand | Act::Propose | Act::Fear | Act::Agree => None,
        _ => {
            let rejects = cue.find(0..cue.len(), Sort::Reject);
            let of_claim = rejects.and_then(|i| cue.find(i + 1..cue.len(), Sort::Claim));
            if of_claim.is_some() {
                return whole(Stance::Denies);
            }
            framed(&content, said_before(text, claim))
        }
    }
}

/// "Did not say how many soldiers were sent": that they were sent is taken for granted.
fn takes_for_granted(content: &Words<'_>) -> bool {
    content.is(0, &["how", "when", "where", "who", "why", "which", "what"])
}

/// Whether a content is what can be true or false: a clause, or a noun for what somebody said.
fn is_statement(content: &Words<'_>) -> bool {
    const NEAR: usize = 9;
    content.is(0, &["that", "whether"])
        || content.find(0..NEAR.min(content.len()), Sort::Claim).is_some()
        || (content.len() == 1 && content.at(0, Sort::Pronoun).is_some())
}

/// Whether a noun for what is said stands right before the content: "rumours | that the dam had burst were unfounded".
fn said_before(text: &str, claim: &Claim) -> bool {
    const NEAR: usize = 24;
    let Some(start) = claim.content_spans.first().map(|s| s.start()) else { return false };
    let from = (start.saturating_sub(NEAR)..start).find(|&i| text.is_char_boundary(i)).unwrap_or(start);
    let before = Words::of(text, &[Span::new(from, start)]);
    before.len() > 0 && before.at(before.len() - 1, Sort::Claim).is_some()
}

/// Whether a content denies a denial: "nobody denies that …".
pub(super) fn is_doubly_negated(text: &str, claim: &Claim) -> bool {
    const NEAR: usize = 4;
    let content = Words::of(text, &claim.content_spans);
    (0..content.len().min(12))
        .any(|i| content.at(i, Sort::Affirm).is_some() && content.negated(i.saturating_sub(NEAR)..i))
}

/// A reply about words `range` of a content, without what frames them.
fn told(content: &Words<'_>, range: std::ops::Range<usize>, stance: Stance) -> Reply {
    const NEAR: usize = 9;
    let mut range = range.start..range.end.min(content.len());
    // "declined | to comment on whether …": what is declined is not what is commented on
    while range.start < range.end
        && (content.at(range.start, Sort::Silent).is_some()
            || stance == Stance::Declines && content.at(range.start, Sort::Opener).is_some())
    {
        range.start += 1;
    }
    let near = range.start..range.end.min(range.start + NEAR);
    let Some(noun) = content.find(near, Sort::Claim) else {
        // "these developments"
        let general = range.len() <= 3 && range.end > 0 && content.at(range.end - 1, Sort::General).is_some();
        let pointing = range
            .clone()
            .all(|i| content.at(i, Sort::Pronoun).is_some() || content.at(i, Sort::False).is_some());
        let about = if pointing || range.len() < 2 { None } else { content.span(range) };
        return Reply { stance, about: about.into_iter().collect(), held_by: None, general };
    };
    let held_by = content.span(range.start..noun);
    let next = noun + 1;
    if next < range.end && content.at(next, Sort::Opener).is_some() {
        let silent = content.at(next + 1, Sort::Silent).is_some();
        let next = if silent { range.end } else { next };
        return Reply {
            stance,
            about: content.span(next + 1..range.end).into_iter().collect(),
            held_by,
            general: false,
        };
    }
    // "the Baltic claims", "the report false": nothing tells what is claimed
    let rest = (next..range.end).filter(|&i| content.at(i, Sort::False).is_none()).count();
    let about = if rest >= 3 { content.span(next..range.end) } else { None };
    Reply { stance, about: about.into_iter().collect(), held_by, general: false }
}

/// A content that calls a statement false, or is held against one.
fn framed(content: &Words<'_>, said_before: bool) -> Option<Reply> {
    held_against(content).or_else(|| without_basis(content)).or_else(|| called_false(content, said_before))
}

/// "Contrary to media reports, the bank …".
fn held_against(content: &Words<'_>) -> Option<Reply> {
    const EARLY: usize = 3;
    const NEAR: usize = 8;
    let start = content.find(0..EARLY.min(content.len()), Sort::Contrary)?;
    let after = start + content.at(start, Sort::Contrary)?;
    let end = (after..content.len().min(after + NEAR)).find(|&i| content.comma_after(i))?;
    let says = content.find(after..end + 1, Sort::Claim).is_some() || content.word(after) == "what";
    let about = content.span(end + 1..content.len());
    let held_by = content.span(after..end + 1);
    says.then(|| Reply {
        stance: Stance::Denies,
        about: about.into_iter().collect(),
        held_by,
        general: false,
    })
}

/// "There was no truth to reports that …".
fn without_basis(content: &Words<'_>) -> Option<Reply> {
    const EARLY: usize = 6;
    let noun = content.find(0..EARLY.min(content.len()), Sort::Basis)?;
    let after = noun + content.at(noun, Sort::Basis)?;
    let negated = content.negated(noun.saturating_sub(3)..noun);
    let opens = content.is(after, &["to", "in", "for", "that", "behind"]);
    (negated && opens).then(|| told(content, after + 1..content.len(), Stance::Denies))
}

/// "The claim that … was false", "it is not true that …", "reports that … fake news".
fn called_false(content: &Words<'_>, said_before: bool) -> Option<Reply> {
    for k in 0..content.len() {
        let (phrase, is_false) = match (content.at(k, Sort::False), content.at(k, Sort::True)) {
            (Some(n), _) => (n, true),
            (None, Some(n)) => (n, false),
            _ => continue,
        };
        let links = |i: usize| content.at(i, Sort::Copula).is_some();
        let mut subject = k;
        while subject > 0
            && (links(subject - 1)
                || content.at(subject - 1, Sort::Adverb).is_some()
                || content.negates(subject - 1))
        {
            subject -= 1;
        }
        let linked = (subject..k).any(links);
        let negations = (subject..k).filter(|&i| content.negates(i)).count();
        let calls_true = (negations % 2 == 1) == is_false;
        if !is_false && negations == 0 {
            continue;
        }
        let rest = k + phrase;
        let ends = rest >= content.len();
        let opened = usize::from(content.word(0) == "that");
        let alone = |at: usize| subject == at + 1 && content.at(at, Sort::Pronoun).is_some();
        let pronoun = alone(opened) || alone(0);
        let reply = if pronoun && content.is(rest, &["that", "to"]) {
            let mut from = rest + 1;
            // "wrong to say that"
            if content.word(rest) == "to" {
                from += 1;
            }
            from += usize::from(content.word(from) == "that");
            Some(told(content, from..content.len(), Stance::Denies))
        } else if pronoun && (ends || content.len() - rest <= 3) {
            Some(Reply { stance: Stance::Denies, about: Vec::new(), held_by: None, general: false })
        } else if said_before && linked && ends {
            Some(told(content, opened..subject, Stance::Denies))
        } else if content.find(0..subject.min(6), Sort::Claim).is_some() && (linked || ends) {
            Some(told(content, 0..subject, Stance::Denies))
        } else {
            None
        };
        let Some(reply) = reply else { continue };
        let about = Words::of(content.text, &reply.about);
        if calls_true || about.negated(0..about.len()) {
            return None;
        }
        return Some(reply);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::{claim, document};

    #[test]
    fn the_table_is_well_formed() {
        for row in rows(include_str!("../../lexicon/refutations.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(sort(row[1]).is_some(), "{row:?}");
            assert_eq!(row[0], row[0].to_lowercase());
        }
    }

    /// "denies: about", "declines: about", "-": what a statement "source | said | content" is as a reply.
    fn check(content: &str, expected: &str) {
        let text = format!("Ann said {content}.");
        let document = document("1", None, &text);
        let claim = claim(&document, "", &format!("Ann | said | {content}"));
        let told = reply(&document.text, &claim).map_or("-".to_owned(), |reply| {
            let about: Vec<&str> = reply.about.iter().map(|s| s.of(&document.text)).collect();
            let stance = if reply.stance == Stance::Denies { "denies" } else { "declines" };
            format!("{stance}: {}", about.join(" "))
        });
        assert_eq!(told, expected, "{content}");
    }

    #[test]
    fn statements_deny_nothing() {
        for content in [
            "the dam had burst",
            "a false passport was found in the car",
            "the passport was false",
            "that the wrong man was arrested",
            "it is true that the dam had burst",
            "it was not false that the dam had burst",
            "it is not untrue that the dam had burst",
            "it is wrong to say that no dam had burst",
            "he would report the false alarm",
            "despite the rain, the match went on",
            "it was not so that day",
        ] {
            check(content, "-");
        }
    }

    #[test]
    fn falsehood_is_told_of_a_statement() {
        for content in [
            "the claim that the dam had burst was false",
            "reports that the dam had burst were entirely unfounded",
            "it is not true that the dam had burst",
            "it isn't true that the dam had burst",
            "it was a lie that the dam had burst",
            "it would be wrong to say that the dam had burst",
            "there was no truth to reports that the dam had burst",
            "Tehran's claim that the dam had burst was a hoax",
        ] {
            check(content, "denies: the dam had burst");
        }
        check("contrary to media reports, the dam had not burst", "denies: the dam had not burst");
        check("that is not true", "denies: ");
        check("the report was false", "denies: ");
    }
}
