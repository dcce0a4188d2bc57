//! Chunks: noun phrases and verb groups, read off tags.
//!
//! Shallow parsing after Abney (1991) and the CoNLL-2000 task: no tree is built; a chunk is grown from its head
//! to the left or right while the tags fit. It is linear in the length of the chunk.

use std::ops::Range;

use super::Annotated;
use crate::document::Tag;

/// Prepositions that may tie a following noun phrase to the noun before ("officials in Seoul").
const NOUN_PREPOSITIONS: &[&str] = &[
    "of",
    "in",
    "from",
    "for",
    "at",
    "with",
    "on",
    "to",
    "near",
    "like",
    "within",
    "inside",
    "between",
    "among",
    "against",
    "under",
    "over",
    "including",
    "about",
    "behind",
    "across",
    "outside",
    "by",
    "familiar",
    "close",
    "into",
    "toward",
    "towards",
];

/// Auxiliary verbs, by form: what may precede the main verb in its group.
#[must_use]
pub fn is_auxiliary(lower: &str) -> bool {
    matches!(
        lower,
        "be" | "is"
            | "are"
            | "am"
            | "was"
            | "were"
            | "been"
            | "being"
            | "'s"
            | "'re"
            | "'m"
            | "'ve"
            | "'d"
            | "'ll"
            | "has"
            | "have"
            | "had"
            | "having"
            | "do"
            | "does"
            | "did"
    )
}

/// A form of "be".
#[must_use]
pub fn is_be(lower: &str) -> bool {
    matches!(lower, "be" | "is" | "are" | "am" | "was" | "were" | "been" | "being" | "'s" | "'re" | "'m")
}

/// "not" and its clitic.
#[must_use]
pub fn is_not(lower: &str) -> bool {
    matches!(lower, "not" | "n't" | "never")
}

/// The main verb with its auxiliaries and the adverbs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbGroup {
    /// From the first auxiliary or adverb to the main verb.
    pub tokens: Range<usize>,
    /// The main verb.
    pub head: usize,
    /// Whether "not" or "never" stands in it.
    pub negated: bool,
    /// "was told", "has been reported".
    pub passive: bool,
    /// Whether a finite form or a modal stands in it.
    pub finite: bool,
    /// "to say".
    pub infinitive: bool,
}

/// The verb group whose main verb is token `head`, reaching left no further than `floor`.
#[must_use]
pub fn verb_group(article: &Annotated<'_>, head: usize, floor: usize) -> VerbGroup {
    let mut start = head;
    let mut group = VerbGroup {
        tokens: head..head + 1,
        head,
        negated: false,
        passive: false,
        finite: matches!(article.tag(head), Tag::VBD | Tag::VBP | Tag::VBZ),
        infinitive: false,
    };
    let participle = matches!(article.tag(head), Tag::VBN | Tag::VBD);
    let mut nearest_auxiliary = true;
    while start > floor {
        let i = start - 1;
        let lower = article.lower(i);
        let tag = article.tag(i);
        if is_not(lower) {
            group.negated = true;
        } else if is_auxiliary(lower) && tag != Tag::POS {
            if nearest_auxiliary && participle && is_be(lower) {
                group.passive = true;
            }
            nearest_auxiliary = false;
            group.finite |= tag.is_finite();
        } else if tag == Tag::MD {
            group.finite = true;
        } else if tag == Tag::TO && article.tag(head) == Tag::VB && i + 1 == start {
            group.infinitive = true;
        } else if !(matches!(lower, "neither" | "either" | "both")
            || tag.is_adverb() && !matches!(lower, "as" | "so"))
        {
            break;
        }
        start = i;
    }
    group.tokens = start..head + 1;
    group
}

/// Whether a token may stand inside a noun phrase, to the left of its head.
fn modifies(article: &Annotated<'_>, i: usize, right: usize) -> bool {
    let tag = article.tag(i);
    match tag {
        Tag::DT
        | Tag::PDT
        | Tag::PRPS
        | Tag::POS
        | Tag::JJ
        | Tag::JJR
        | Tag::JJS
        | Tag::NN
        | Tag::NNS
        | Tag::NNP
        | Tag::NNPS
        | Tag::CD
        | Tag::HYPH
        | Tag::AFX
        | Tag::Dollar
        | Tag::Hash
        | Tag::GW => true,
        // "leading candidates", "elected officials"; but not "say officials"
        Tag::VBG | Tag::VBN => {
            i > 0
                && matches!(
                    article.tag(i - 1),
                    Tag::DT | Tag::PRPS | Tag::POS | Tag::JJ | Tag::CD | Tag::NNP | Tag::RB
                )
                && article.tag(right).is_noun()
        }
        Tag::RB => matches!(article.tag(right), Tag::JJ | Tag::JJR | Tag::CD | Tag::VBN | Tag::RB),
        _ => false,
    }
}

/// Whether a noun phrase may end with token `i`.
fn heads(article: &Annotated<'_>, i: usize) -> bool {
    let tag = article.tag(i);
    tag.is_noun()
        || matches!(tag, Tag::PRP | Tag::CD | Tag::WP | Tag::WDT | Tag::EX)
        || matches!(
            article.lower(i),
            "others"
                | "some"
                | "many"
                | "most"
                | "all"
                | "both"
                | "few"
                | "several"
                | "this"
                | "that"
                | "these"
                | "those"
                | "one"
                | "another"
                | "each"
                | "none"
        )
        || (matches!(tag, Tag::VBG | Tag::JJ | Tag::FW) && i > 0 && {
            // "the accused", "the White House-elect"
            matches!(article.tag(i - 1), Tag::DT | Tag::NNP | Tag::PRPS)
        })
}

/// The base noun phrase that ends with token `last`, without what follows prepositions to its left.
#[must_use]
pub fn base_noun_phrase_ending(article: &Annotated<'_>, last: usize, floor: usize) -> Option<Range<usize>> {
    let mut head = last;
    // "(CSIS)", "(R-Texas)" belong to the phrase before them
    if article.tag(last) == Tag::CloseBracket || article.word(last) == ")" {
        let mut open = last;
        while open > floor && article.word(open) != "(" && last - open < 12 {
            open -= 1;
        }
        if article.word(open) != "(" || open == floor {
            return None;
        }
        head = open - 1;
    }
    if !heads(article, head) {
        return None;
    }
    let mut start = head;
    if matches!(article.tag(head), Tag::PRP | Tag::WP | Tag::WDT | Tag::EX) {
        return Some(head..last + 1);
    }
    while start > floor {
        let i = start - 1;
        if modifies(article, i, start) {
            start = i;
        } else if i > floor
            && matches!(article.lower(i), "and" | "&" | "or")
            && let Some(left) = left_conjunct(article, i, start, floor)
        {
            start = left;
        } else {
            break;
        }
    }
    // a possessive mark cannot open a phrase
    while start < head && matches!(article.tag(start), Tag::POS | Tag::HYPH | Tag::RB) {
        start += 1;
    }
    Some(start..last + 1)
}

/// Start of the noun phrase before "and" at token `i`, if the two are one phrase and not the ends of two clauses
/// ("asked for a photo and Clinton said").
fn left_conjunct(article: &Annotated<'_>, i: usize, right: usize, floor: usize) -> Option<usize> {
    if !joins(article, i - 1, right) {
        return None;
    }
    if article.tag(i - 1).is_adjective() {
        return Some(i - 1);
    }
    let left = base_noun_phrase_ending(article, i - 1, floor)?.start;
    let Some(before) = left.checked_sub(1).filter(|b| *b >= floor) else { return Some(left) };
    let object = article.tag(before).is_verb()
        || (matches!(article.tag(before), Tag::IN | Tag::TO)
            && before > floor
            && article.tag(before - 1).is_verb());
    (!object).then_some(left)
}

/// Whether "and" joins two parts of one noun phrase: "U.S. and Ukrainian officials", "Biden and Harris".
fn joins(article: &Annotated<'_>, left: usize, right: usize) -> bool {
    let (a, b) = (article.tag(left), article.tag(right));
    let nominal = |t: Tag| t.is_noun() || t.is_adjective() || t == Tag::CD;
    nominal(a) && (nominal(b) || (a.is_noun() && matches!(b, Tag::DT | Tag::PRPS)))
}

/// The noun phrase that ends with token `last`, with prepositional and relative parts to its left.
#[must_use]
pub fn noun_phrase_ending(article: &Annotated<'_>, last: usize, floor: usize) -> Option<Range<usize>> {
    let mut phrase = base_noun_phrase_ending(article, last, floor)?;
    while let Some(before) = phrase.start.checked_sub(1).filter(|b| *b >= floor) {
        let tag = article.tag(before);
        let grown = if matches!(tag, Tag::IN | Tag::TO)
            && NOUN_PREPOSITIONS.contains(&article.lower(before))
            && before > floor
            && !opens_clause(article, before, floor)
        {
            base_noun_phrase_ending(article, before - 1, floor)
                .or_else(|| participial_head(article, before - 1, floor))
        } else if matches!(tag, Tag::VBN | Tag::VBG) && before > floor && article.tag(before - 1).is_noun() {
            // "people briefed on the matter", "troops sent to Russia"
            base_noun_phrase_ending(article, before - 1, floor)
        } else {
            relative_head(article, before, floor)
        };
        match grown {
            Some(g) if g.start < phrase.start => phrase = g.start..phrase.end,
            _ => break,
        }
    }
    Some(phrase)
}

/// "a video released by NK News", "officials briefed on the matter": the noun phrase before a participle.
fn participial_head(article: &Annotated<'_>, participle: usize, floor: usize) -> Option<Range<usize>> {
    let fits = matches!(article.tag(participle), Tag::VBN | Tag::VBG | Tag::VBD | Tag::JJ)
        && participle > floor
        && article.tag(participle - 1).is_noun();
    if fits { base_noun_phrase_ending(article, participle - 1, floor) } else { None }
}

/// A preposition that opens its sentence or clause starts an adverbial, not a modifier.
fn opens_clause(article: &Annotated<'_>, i: usize, floor: usize) -> bool {
    i == floor || matches!(article.tag(i - 1), Tag::Comma | Tag::Colon | Tag::Period | Tag::OpenQuote)
}

/// "people who attended the rally": from the verb of a relative clause to the noun phrase it modifies.
fn relative_head(article: &Annotated<'_>, verb: usize, floor: usize) -> Option<Range<usize>> {
    if !(article.tag(verb).is_verb() || article.tag(verb) == Tag::IN || article.tag(verb) == Tag::TO) {
        return None;
    }
    let mut i = verb;
    while i > floor && verb - i < 15 {
        i -= 1;
        if matches!(article.tag(i), Tag::Comma | Tag::Period | Tag::Colon) {
            return None;
        }
        if matches!(article.lower(i), "who" | "which" | "that" | "whose")
            && matches!(article.tag(i), Tag::WP | Tag::WDT | Tag::WPS)
            && i > floor
        {
            return base_noun_phrase_ending(article, i - 1, floor);
        }
    }
    None
}

/// The base noun phrase that starts at token `first`, reaching right no further than `ceiling`.
#[must_use]
pub fn base_noun_phrase_starting(
    article: &Annotated<'_>,
    first: usize,
    ceiling: usize,
) -> Option<Range<usize>> {
    if first >= ceiling {
        return None;
    }
    if matches!(article.tag(first), Tag::PRP | Tag::EX) {
        return Some(first..first + 1);
    }
    let mut end = first;
    let mut head = None;
    while end < ceiling {
        let tag = article.tag(end);
        if tag.is_noun() || matches!(tag, Tag::CD) {
            head = Some(end);
        } else if matches!(article.lower(end), "and" | "&") {
            if !(head == Some(end.wrapping_sub(1))
                && end + 1 < ceiling
                && joins(article, end - 1, end + 1)
                && !followed_by_finite(article, end + 1, ceiling))
            {
                break;
            }
        } else if !(matches!(
            tag,
            Tag::DT
                | Tag::PDT
                | Tag::PRPS
                | Tag::POS
                | Tag::JJ
                | Tag::JJR
                | Tag::JJS
                | Tag::HYPH
                | Tag::AFX
                | Tag::Dollar
                | Tag::Hash
                | Tag::RB
                | Tag::GW
        ) || (matches!(tag, Tag::VBN | Tag::VBG)
            && end + 1 < ceiling
            && article.tag(end + 1).is_noun()
            && head.is_none()))
        {
            break;
        } else if head.is_some() && matches!(tag, Tag::DT | Tag::PRPS | Tag::PDT | Tag::RB) {
            // a new phrase starts: "told Reuters the troops"
            break;
        }
        end += 1;
    }
    let head = head.or_else(|| (end > first && heads(article, end - 1)).then(|| end - 1))?;
    // brackets that follow belong to it
    let mut stop = head + 1;
    if stop < ceiling && article.word(stop) == "(" {
        let close = (stop..ceiling.min(stop + 12)).find(|i| article.word(*i) == ")");
        if let Some(close) = close {
            stop = close + 1;
        }
    }
    Some(first..stop)
}

/// Whether the noun phrase at `first` is followed by a finite verb: then it starts a clause of its own.
fn followed_by_finite(article: &Annotated<'_>, first: usize, ceiling: usize) -> bool {
    let mut i = first;
    while i < ceiling
        && (article.tag(i).is_noun()
            || matches!(article.tag(i), Tag::DT | Tag::JJ | Tag::PRPS | Tag::RB | Tag::POS))
    {
        i += 1;
    }
    i < ceiling && article.tag(i).is_finite()
}

/// The noun phrase that starts at token `first`, with the prepositional phrases that follow.
#[must_use]
pub fn noun_phrase_starting(article: &Annotated<'_>, first: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut phrase = base_noun_phrase_starting(article, first, ceiling)?;
    while phrase.end + 1 < ceiling
        && matches!(article.tag(phrase.end), Tag::IN | Tag::TO)
        && NOUN_PREPOSITIONS.contains(&article.lower(phrase.end))
    {
        match base_noun_phrase_starting(article, phrase.end + 1, ceiling) {
            Some(next) => phrase.end = next.end,
            None => break,
        }
    }
    Some(phrase)
}

/// The prepositional phrase that starts at token `first` ("in a statement on Monday" is two).
#[must_use]
pub fn prepositional_phrase(article: &Annotated<'_>, first: usize, ceiling: usize) -> Option<Range<usize>> {
    if first >= ceiling || !matches!(article.tag(first), Tag::IN | Tag::TO) {
        return None;
    }
    base_noun_phrase_starting(article, first + 1, ceiling).map(|np| first..np.end)
}
