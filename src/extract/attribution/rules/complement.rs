//! The content of a cue: what follows it, or what stands before it.

use std::ops::Range;

use super::Scene;
use super::subject::is_time_noun;
use crate::document::Tag;
use crate::extract::cues::{CueClass, Frames};
use crate::language::chunk::{self, base_noun_phrase_starting, noun_phrase_starting, prepositional_phrase};

/// The shape of a complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Quote,
    That,
    /// A clause without "that".
    Bare,
    To,
    Wh,
    As,
    Noun,
}

/// A complement: its shape and tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Complement {
    pub shape: Shape,
    pub tokens: Range<usize>,
}

/// Verbs that name whom they address before what they say.
const ADDRESSING: &[&str] = &[
    "tell", "warn", "remind", "inform", "assure", "advise", "ask", "notify", "convince", "persuade",
    "promise", "brief", "teach", "show", "email", "text",
];

/// The complement to the right of a cue that ends before token `start`. `limit` is the end of the clause.
pub(super) fn after(
    scene: &Scene<'_, '_>,
    verb: &str,
    frames: Frames,
    start: usize,
    limit: usize,
) -> Option<Complement> {
    let article = scene.article;
    let mut p = start;
    let mut addressed = false;
    // Between the cue and its content: adverbs, times, "in a statement", the addressee.
    for _ in 0..8 {
        if p >= limit {
            return None;
        }
        if let Some(found) = opening(scene, frames, p, limit) {
            return Some(found);
        }
        let tag = article.tag(p);
        let comma = tag == Tag::Comma || (tag == Tag::Colon && article.word(p) != ";");
        if comma && p + 1 < limit && scene.quotation_at(p + 1).is_some_and(|q| q.tokens.start == p + 1) {
            p += 1;
        } else if article.word(p) == ":" && p + 1 < limit {
            return Some(Complement { shape: Shape::Bare, tokens: p + 1..clause_end(scene, p + 1, limit) });
        } else if comma && aside(scene, p, limit).is_some_and(|end| interesting(scene, end, limit)) {
            p = aside(scene, p, limit).unwrap_or(p + 1);
        } else if tag.is_adverb() && (frames.that || !frames.np) {
            p += 1;
        } else if !addressed
            && ADDRESSING.contains(&verb)
            && let Some(np) = base_noun_phrase_starting(article, p, limit)
            && !clause_from(scene, p, limit)
        {
            addressed = true;
            p = np.end;
        } else if let Some(end) = time_phrase(scene, p, limit) {
            p = end;
        } else if frames.np && !frames.that && !frames.quote {
            break;
        } else if let Some(pp) = prepositional_phrase(article, p, limit)
            && interesting(scene, pp.end, limit)
        {
            p = pp.end;
        } else {
            break;
        }
    }
    noun(scene, frames, start, limit)
}

/// What opens a complement at exactly token `p`.
fn opening(scene: &Scene<'_, '_>, frames: Frames, p: usize, limit: usize) -> Option<Complement> {
    let article = scene.article;
    let lower = article.lower(p);
    let quoted = scene.quotation_at(p).filter(|q| q.tokens.start == p);
    if frames.quote
        && let Some(quotation) = quoted
        && (quotation.words(article) >= 3 || quotation.tokens.end >= limit)
    {
        let end = if quotation.tokens.end >= limit {
            quotation.tokens.end
        } else {
            quote_end(scene, quotation.tokens.end, limit)
        };
        return Some(Complement { shape: Shape::Quote, tokens: p..end });
    }
    if lower == "that" && frames.that && p + 1 < limit && that_clause(scene, p, limit) {
        return Some(Complement { shape: Shape::That, tokens: p..clause_end(scene, p + 1, limit) });
    }
    if frames.wh
        && matches!(lower, "whether" | "if" | "what" | "how" | "why" | "who" | "where" | "when" | "which")
        && p + 1 < limit
    {
        return Some(Complement { shape: Shape::Wh, tokens: p..clause_end(scene, p + 1, limit) });
    }
    if frames.to && (article.tag(p) == Tag::TO || lower == "to") && p + 1 < limit {
        let verb = p + 1 + usize::from(article.tag(p + 1).is_adverb());
        if verb < limit && article.tag(verb) == Tag::VB {
            return Some(Complement { shape: Shape::To, tokens: p..clause_end(scene, p + 1, limit) });
        }
    }
    if frames.that && clause_from(scene, p, limit) {
        return Some(Complement { shape: Shape::Bare, tokens: p..clause_end(scene, p, limit) });
    }
    None
}

/// Whether "that" at `p` opens a clause, rather than pointing ("that plan").
fn that_clause(scene: &Scene<'_, '_>, p: usize, limit: usize) -> bool {
    scene.has_finite(p + 1..limit) || scene.quotation_of[p + 1..limit].iter().any(Option::is_some)
}

/// Whether a clause with a subject and a finite verb starts at `p`.
pub(super) fn clause_from(scene: &Scene<'_, '_>, p: usize, limit: usize) -> bool {
    let article = scene.article;
    if p >= limit {
        return false;
    }
    // "if elected, he would": a clause may open with a subordinate one
    if matches!(
        article.lower(p),
        "if" | "when" | "while" | "although" | "because" | "there" | "once" | "unless"
    ) {
        return scene.has_finite(p + 1..limit);
    }
    let mut i = bounded_figure(scene, p, limit);
    if article.tag(i).is_adverb() {
        i += 1;
    }
    // a leading prepositional phrase: "in 2016 the company lost"
    if let Some(pp) = prepositional_phrase(article, i, limit)
        && !matches!(article.lower(i), "to" | "of" | "by" | "with" | "about")
    {
        i = pp.end;
        if i < limit && article.tag(i) == Tag::Comma {
            i += 1;
        }
    }
    // gerund subjects: "sending troops would be"
    if i < limit && article.tag(i) == Tag::VBG {
        return (i + 1..limit.min(i + 12)).any(|j| matches!(article.tag(j), Tag::MD | Tag::VBZ | Tag::VBD));
    }
    let Some(np) = noun_phrase_starting(article, i, limit) else { return false };
    let mut verb = np.end;
    // ", a former admiral," or "who …" between subject and verb
    if verb < limit
        && (article.tag(verb) == Tag::Comma || matches!(article.lower(verb), "who" | "that" | "which"))
    {
        return scene.has_finite(verb + 1..limit) && article.lower(verb) != ",";
    }
    while verb < limit && article.tag(verb).is_adverb() {
        verb += 1;
    }
    if verb < limit && scene.quotation_of[verb].is_some() && scene.quotation_of[p].is_none() {
        return true;
    }
    if verb < limit && matches!(article.tag(verb), Tag::VBN | Tag::VBG) {
        // a participle after the noun: look on for the verb of the clause
        return scene.has_finite(verb + 1..limit.min(verb + 12));
    }
    verb < limit && article.tag(verb).is_finite()
}

/// "at least 3,000 soldiers", "as many as 12,000": the figure, past the words that bound it.
fn bounded_figure(scene: &Scene<'_, '_>, p: usize, limit: usize) -> usize {
    let article = scene.article;
    let bound = |i: usize| {
        matches!(
            article.lower(i),
            "at" | "least"
                | "most"
                | "as"
                | "many"
                | "much"
                | "more"
                | "fewer"
                | "less"
                | "than"
                | "up"
                | "to"
                | "around"
                | "about"
                | "nearly"
                | "some"
                | "over"
                | "almost"
                | "approximately"
                | "roughly"
                | "only"
        )
    };
    let figure = (p..limit.min(p + 5)).find(|i| !bound(*i)).unwrap_or(p);
    if figure < limit && (article.tag(figure) == Tag::CD || article.tag(figure) == Tag::Dollar) {
        figure
    } else {
        p
    }
}

/// A noun phrase as content: "denied the allegations", "described it as a threat".
fn noun(scene: &Scene<'_, '_>, frames: Frames, start: usize, limit: usize) -> Option<Complement> {
    let article = scene.article;
    let mut p = start;
    while p < limit && article.tag(p).is_adverb() {
        p += 1;
    }
    if p >= limit {
        return None;
    }
    let quoted = scene.quotation_at(p).is_some_and(|q| q.tokens.start == p);
    if frames.r#as {
        let as_word = (p..limit).take(14).find(|i| article.lower(*i) == "as");
        if let Some(word) = as_word
            && word > p
        {
            return Some(Complement { shape: Shape::As, tokens: p..clause_end(scene, word + 1, limit) });
        }
    }
    let phrase = base_noun_phrase_starting(article, p, limit).is_some()
        || (article.tag(p) == Tag::VBG && p + 1 < limit)
        || quoted;
    if frames.np && phrase {
        return Some(Complement { shape: Shape::Noun, tokens: p..phrase_end(scene, p, limit) });
    }
    None
}

/// The end of a content that is no clause: also before a coordinated clause (", and there has been no comment").
pub(super) fn phrase_end(scene: &Scene<'_, '_>, start: usize, limit: usize) -> usize {
    let article = scene.article;
    let end = clause_end(scene, start, limit);
    (start + 1..end.saturating_sub(2))
        .find(|i| {
            article.tag(*i) == Tag::Comma
                && matches!(article.lower(i + 1), "and" | "but" | "while" | "though" | "although" | "as")
                && scene.quotation_of[*i].is_none()
                && clause_from(scene, i + 2, end)
        })
        .unwrap_or(end)
}

/// Whether a complement may open at `p`: used to decide whether what stands before it can be skipped.
fn interesting(scene: &Scene<'_, '_>, p: usize, limit: usize) -> bool {
    if p >= limit {
        return false;
    }
    let article = scene.article;
    let q = p + usize::from(article.tag(p) == Tag::Comma);
    q < limit
        && (matches!(
            article.lower(q),
            "that" | "whether" | "if" | "in" | "on" | "at" | "to" | "after" | "during"
        ) || article.word(q) == ":"
            || scene.quotation_at(q).is_some_and(|x| x.tokens.start == q)
            || (q == p && (clause_from(scene, q, limit) || time_phrase(scene, q, limit).is_some())))
}

/// ", in a statement," after a cue: the end of the aside, if one opens at the comma `p`.
fn aside(scene: &Scene<'_, '_>, p: usize, limit: usize) -> Option<usize> {
    let article = scene.article;
    let close = (p + 1..limit.min(p + 14)).find(|i| article.tag(*i) == Tag::Comma)?;
    let inside = p + 1..close;
    let opens = matches!(article.tag(p + 1), Tag::IN | Tag::VBG | Tag::RB);
    (opens && !scene.has_finite(inside)).then_some(close + 1)
}

/// "Monday", "on Tuesday", "last week", "earlier this week": the end of the phrase.
fn time_phrase(scene: &Scene<'_, '_>, p: usize, limit: usize) -> Option<usize> {
    let article = scene.article;
    let mut i = p;
    let mut steps = 0;
    while i < limit && steps < 5 {
        if is_time_noun(scene, i) {
            return Some(i + 1);
        }
        let light = matches!(article.tag(i), Tag::DT | Tag::JJ | Tag::CD | Tag::RB | Tag::RBR | Tag::NNP)
            || matches!(
                article.lower(i),
                "on" | "in" | "late" | "early" | "last" | "next" | "earlier" | "at"
            );
        if !light {
            return None;
        }
        i += 1;
        steps += 1;
    }
    None
}

/// Where a quotation that ends inside the sentence is followed by more of the same content
/// (`"reckless" and "illegal"`, `"a threat" to peace`), the end of that.
fn quote_end(scene: &Scene<'_, '_>, end: usize, limit: usize) -> usize {
    let article = scene.article;
    let last_inside = article.word(end - 2);
    // a comma or stop inside the marks closes the quotation as a clause
    if matches!(last_inside, "," | "." | "!" | "?") || end >= limit {
        return end;
    }
    match article.tag(end) {
        Tag::Comma | Tag::Period | Tag::Colon => end,
        _ => clause_end(scene, end, limit),
    }
}

/// The end of the clause that starts at `start`: before a second attribution of the same sentence
/// (", adding that", "and he said", ", according to"), otherwise `limit`.
pub(super) fn clause_end(scene: &Scene<'_, '_>, start: usize, limit: usize) -> usize {
    let article = scene.article;
    let mut depth = 0i32;
    let mut i = start;
    while i < limit {
        if let Some(quotation) = scene.quotation_at(i) {
            i = quotation.tokens.end;
            continue;
        }
        match article.word(i) {
            "(" => depth += 1,
            ")" => depth -= 1,
            ";" if depth <= 0 => return i,
            _ => {}
        }
        if depth <= 0 && i > start && breaks_off(scene, i, limit) {
            return i;
        }
        i += 1;
    }
    i.max(limit).min(quote_tail(scene, limit))
}

/// Where the clause ends inside a quotation that goes on past the sentence, the end of that quotation.
fn quote_tail(scene: &Scene<'_, '_>, limit: usize) -> usize {
    if limit == 0 {
        return limit;
    }
    scene.quotation_at(limit - 1).map_or(limit, |q| q.tokens.end.max(limit))
}

/// Whether another attribution starts at token `i`, so that the content before it ends there.
fn breaks_off(scene: &Scene<'_, '_>, i: usize, limit: usize) -> bool {
    let article = scene.article;
    let tag = article.tag(i);
    if tag != Tag::Comma && tag != Tag::CC {
        return false;
    }
    let mut p = i + 1;
    if tag == Tag::Comma && p < limit && article.tag(p) == Tag::CC {
        p += 1;
    }
    while p < limit && (article.tag(p).is_adverb() || matches!(article.lower(p), "while" | "with")) {
        p += 1;
    }
    if p >= limit {
        return false;
    }
    if scene.cue_at(p, CueClass::Preposition).is_some() {
        return tag == Tag::Comma;
    }
    // ", adding that", "and warned that"
    if is_strong_cue(scene, p, limit) && (tag == Tag::CC || article.tag(p) != Tag::VBN) {
        return tag == Tag::Comma && article.tag(p) == Tag::VBG
            || article.tag(p - 1) == Tag::CC
            || article.tag(p).is_finite();
    }
    // ", and officials said"
    let Some(np) = noun_phrase_starting(article, p, limit) else { return false };
    let mut verb = np.end;
    while verb < limit
        && (article.tag(verb).is_adverb()
            || chunk::is_auxiliary(article.lower(verb))
            || article.tag(verb) == Tag::MD)
    {
        verb += 1;
    }
    verb < limit && is_strong_cue(scene, verb, limit) && article.tag(verb) != Tag::VBN
}

/// Share of reporting uses with a clause from which a verb opens an attribution of its own.
pub(super) const STRONG_RELIABILITY: f32 = 0.8;

/// A verb of the lexicon that is a cue more often than not and takes a clause here.
fn is_strong_cue(scene: &Scene<'_, '_>, i: usize, limit: usize) -> bool {
    let article = scene.article;
    scene.cue_at(i, CueClass::Verb).is_some_and(|m| {
        m.cue.that_reliability >= STRONG_RELIABILITY
            && m.tokens.end < limit
            && (m.cue.frames.that || m.cue.frames.quote)
            && (matches!(article.lower(m.tokens.end), "that" | "whether" | "how" | ":")
                || scene.quotation_of[m.tokens.end].is_some()
                || (article.tag(m.tokens.end) == Tag::Comma
                    && m.tokens.end + 1 < limit
                    && scene.quotation_of[m.tokens.end + 1].is_some())
                || clause_from(scene, m.tokens.end, limit))
    })
}

/// The content before an attribution clause that starts at token `clause` (`"…," Kirby said`): its tokens.
pub(super) fn before(scene: &Scene<'_, '_>, clause: usize, floor: usize) -> Option<Complement> {
    let article = scene.article;
    let mut last = clause.checked_sub(1)?;
    // a quotation that ended with the sentence before belongs to that sentence
    if last < floor {
        return None;
    }
    // without a mark at its end, a quoted phrase is part of what follows: `the "blue line" runs through town`
    let ends = |end: usize| {
        end >= 2 && matches!(article.word(end - 2), "," | "." | "!" | "?" | "…" | "..." | "—" | "-" | "--")
    };
    if let Some(quotation) = scene.quotation_at(last).filter(|q| q.tokens.end == clause && ends(clause)) {
        return Some(Complement {
            shape: Shape::Quote,
            tokens: quote_start(scene, &quotation.tokens, floor)..clause,
        });
    }
    if !matches!(article.tag(last), Tag::Comma) && !matches!(article.word(last), "—" | "–" | "--") {
        return None;
    }
    if let Some(quotation) = last.checked_sub(1).and_then(|l| scene.quotation_at(l))
        && quotation.tokens.end == last
    {
        return Some(Complement {
            shape: Shape::Quote,
            tokens: quote_start(scene, &quotation.tokens, floor)..last,
        });
    }
    while last > floor && article.tag(last - 1).is_mark() {
        last -= 1;
    }
    let mut start = floor;
    if start < last && matches!(article.tag(start), Tag::CC) {
        start += 1;
    }
    if start >= last || last - start < 2 || is_fronted_adverbial(scene, start..last) {
        return None;
    }
    Some(Complement { shape: Shape::Bare, tokens: start..last })
}

/// Where a quotation ends a clause in the writer's words (`Trump has "several ways" to win, he said`), the clause.
fn quote_start(scene: &Scene<'_, '_>, quotation: &Range<usize>, floor: usize) -> usize {
    let article = scene.article;
    if quotation.start <= floor {
        return quotation.start;
    }
    let lead = floor..quotation.start;
    let closes = matches!(article.tag(quotation.start - 1), Tag::Comma | Tag::Colon);
    if closes || !scene.has_finite(lead) || article.word(floor) == "." { quotation.start } else { floor }
}

/// "In Washington", "On Monday", "If elected", "As the war drags on": what may stand before the subject of a cue
/// without being its content.
fn is_fronted_adverbial(scene: &Scene<'_, '_>, tokens: Range<usize>) -> bool {
    let article = scene.article;
    let first = tokens.start;
    if !scene.has_finite(tokens.clone()) {
        return true;
    }
    let subordinate = matches!(
        article.lower(first),
        "if" | "as"
            | "when"
            | "while"
            | "although"
            | "though"
            | "after"
            | "before"
            | "since"
            | "because"
            | "once"
            | "until"
            | "unless"
            | "whereas"
            | "given"
            | "despite"
    ) || matches!(article.tag(first), Tag::VBG | Tag::VBN);
    let has_second_part = tokens
        .clone()
        .skip(1)
        .any(|i| article.tag(i) == Tag::Comma && i + 1 < tokens.end && clause_from(scene, i + 1, tokens.end));
    subordinate && !has_second_part
}
