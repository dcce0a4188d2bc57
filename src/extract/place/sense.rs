//! Senses: whether a capital stands for the government that sits in it.
//!
//! "Pyongyang denied it", "talks with Moscow", "Beijing's claims", "pressure on Tehran" speak of governments; "in
//! Moscow", "Moscow, Russia" and "Paris is a city" of cities. Only capitals are so used here, and only where the
//! words about them say it: as subjects of what governments do, as partners, targets and owners.

use super::candidates::Candidate;
use super::words::{Class, is};
use crate::document::{Deprel, Tag};
use crate::language::Annotated;

/// Whether a mention of a capital means the government.
pub(super) fn is_government(
    article: &Annotated<'_>,
    candidate: &Candidate,
    coordinated: Option<&Candidate>,
) -> bool {
    if !candidate.whole {
        return false;
    }
    let sentence = article.sentences[candidate.sentence].tokens();
    let (first, last) = (candidate.first, candidate.last);
    let before = |n: usize| if first >= sentence.start + n { article.lower(first - n) } else { "" };
    if is(before(1), Class::Local) {
        return false;
    }
    if owns(article, last, sentence.end) || acts(article, first, last, sentence.end) {
        return true;
    }
    let governor = |n: usize| if first >= sentence.start + n { article.lemma(first - n) } else { "" };
    let noun = |class: Class| (2..=4).any(|n| is(before(n), class));
    match before(1) {
        "with" | "between" => noun(Class::Relation) || is(governor(2), Class::Act),
        "on" | "against" | "to" | "for" | "from" => is(before(2), Class::Directed),
        "by" => {
            first >= sentence.start + 2 && article.tag(first - 2) == Tag::VBN && is(governor(2), Class::Act)
        }
        // "between Moscow and Kyiv", "Moscow and Pyongyang signed"
        "and" | "or" => coordinated.is_some_and(|c| c.last + 2 == first && is_government(article, c, None)),
        _ => is(governor(1), Class::Address) && article.tag(first - 1).is_verb(),
    }
}

/// "Moscow's invasion": what follows the possessive is what governments have.
fn owns(article: &Annotated<'_>, last: usize, end: usize) -> bool {
    if last + 1 >= end || article.tag(last + 1) != Tag::POS {
        return false;
    }
    (last + 2..end.min(last + 5))
        .take_while(|k| article.tag(*k).is_noun() || article.tag(*k).is_adjective())
        .any(|k| is(article.lower(k), Class::Held))
}

/// Whether it is the subject of what governments do.
fn acts(article: &Annotated<'_>, first: usize, last: usize, end: usize) -> bool {
    let analysed = article.is_parsed();
    if analysed {
        // the token of the name that hangs on a word outside
        let mut head = (first..=last)
            .find(|&k| article.head(k).is_none_or(|h| !(first..=last).contains(&h)))
            .unwrap_or(last);
        if article.deprel(head) == Deprel::Conj
            && let Some(h) = article.head(head)
        {
            head = h;
        }
        if !matches!(article.deprel(head), Deprel::Nsubj | Deprel::NsubjOuter) {
            return false;
        }
        let Some(verb) = article.head(head) else { return false };
        return is(article.lemma(verb), Class::Act) && !is(article.lemma(verb), Class::Inert);
    }
    let mut k = last + 1;
    while k < end && k < last + 5 && (article.tag(k).is_adverb() || is_auxiliary(article.lower(k))) {
        k += 1;
    }
    k < end
        && article.tag(k).is_verb()
        && is(article.lemma(k), Class::Act)
        && !(article.tag(k) == Tag::VBN && matches!(article.lower(k - 1), "was" | "is" | "been" | "were"))
}

fn is_auxiliary(lower: &str) -> bool {
    matches!(
        lower,
        "has" | "have" | "had" | "will" | "would" | "may" | "might" | "could" | "is" | "was" | "did" | "does"
    )
}
