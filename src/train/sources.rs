//! Sources against GUM (Zeldes 2017): who an attribution is credited to, and which party that is.
//!
//! *Attribution*: the pipeline runs on a document's plain text, with its own tokens. A claim answers a unit of
//! attribution if its cue (or its source, where it has no cue) lies in that unit and its content overlaps the unit
//! attributed; of several the one with the largest overlap does. Of those found: is the head of the source right, in
//! GUM's tree? Heads joined by apposition or within one name count as one. Is the polarity?
//!
//! *Canonical speakers*: a gold source whose mention is headed by a pronoun or a common noun, in news and interviews.
//! Its entity has a name if some mention of it is headed by a proper noun. The resolved name is right if it shares
//! no word with the names of another entity only, and one of the entity's names holds all its words or the other way
//! round. This is asked of the whole pipeline, for sources that it finds, and of [`resolve`] alone, given the
//! gold mentions as sources. As there are few of them, also of all subjects of verbs that are pronouns of the third
//! person, or definite descriptions of persons and organisations.

pub(crate) mod gold;

use std::path::Path;

use crate::document::{Act, Certainty, CertaintyLabel, Claim, Deprel, Kind, Polarity, SourceType, Upos};
use crate::extract::{self, Context};
use crate::language::{self, Annotated};
use crate::read::RawArticle;
use crate::resolve::{self, fold_words};
use crate::span::Span;
use crate::{error, parse};
use gold::{Article, Attribution, Mention, head_of};

/// Right answers out of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are right.
    pub right: usize,
    /// How many there are.
    pub all: usize,
}

impl Share {
    pub(crate) fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    /// In per cent.
    #[must_use]
    pub fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }
}

/// Figures of one question about canonical speakers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Canonical {
    /// Mentions whose entity has a name: resolved to it, out of all of them.
    pub named: Share,
    /// Of these: resolved to a name, right out of all that were.
    pub answered: Share,
    /// Mentions whose entity is never named: left without a name, out of all of them.
    pub nameless: Share,
}

impl Canonical {
    fn add(&mut self, answer: Answer) {
        match answer {
            Answer::Right => {
                self.named.add(true);
                self.answered.add(true);
            }
            Answer::Wrong => {
                self.named.add(false);
                self.answered.add(false);
            }
            Answer::Open => self.named.add(false),
            Answer::RightlyOpen => self.nameless.add(true),
            Answer::WronglyNamed => self.nameless.add(false),
        }
    }
}

/// What the evaluation finds.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Gold attributions found.
    pub found: Share,
    /// Of those found: head of the source.
    pub head: Share,
    /// Of the found negative ones: polarity.
    pub negative: Share,
    /// Of the found positive ones: polarity.
    pub positive: Share,
    /// Whole pipeline, found sources.
    pub pipeline: Canonical,
    /// Resolution of gold sources.
    pub sources: Canonical,
    /// Of these, third person and descriptions only.
    pub third: Canonical,
    /// Resolution of all subjects.
    pub subjects: Canonical,
    /// What went wrong, in words.
    pub errors: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Right,
    Wrong,
    Open,
    RightlyOpen,
    WronglyNamed,
}

/// Runs over a part of GUM: `train` or `dev`.
///
/// # Errors
/// If the part is held out, or a file cannot be read.
pub fn evaluate(data: &Path, part: &str, genre: Option<&str>) -> error::Result<Report> {
    if !matches!(part, "train" | "dev") {
        let message = format!("split {part:?} is not for tuning");
        return Err(error::Error::new(error::ErrorKind::Argument, message));
    }
    let unreadable = |e| error::Error::new(error::ErrorKind::Format, format!("GUM {part}: {e}"));
    let mut report = Report::default();
    for article in gold::read(data, part).map_err(unreadable)? {
        if genre.is_none_or(|g| article.name.contains(&format!("_{g}_"))) {
            one(&article, &mut report);
        }
    }
    Ok(report)
}

fn one(gold: &Article, report: &mut Report) {
    let raw = RawArticle { id: gold.name.clone(), text: gold.text.clone(), ..RawArticle::default() };
    let document = parse::parse(raw);
    let annotated = language::annotate(&document);
    let mut claims = extract::claims(&annotated, Context::default());
    resolve::article(&annotated, &mut claims);
    let spans: Vec<Span> =
        gold.spans.iter().map(|s| document.original.as_ref().map_or(*s, |o| o.view(*s))).collect();
    let reported = gold.name.contains("_news_") || gold.name.contains("_interview_");
    for attribution in &gold.attributions {
        let found = answering(&claims, attribution, &spans);
        report.found.add(found.is_some());
        let source = mention_of(gold, attribution);
        if let Some(claim) = found {
            attributed(gold, attribution, claim, &spans, report);
            if reported && let Some(mention) = source.filter(|m| refers_back(gold, m)) {
                let answer = judge(gold, mention, claim);
                report.pipeline.add(answer);
                note(report, gold, "pipeline", answer, mention, claim, "");
            }
        }
    }
    if !reported {
        return;
    }
    let sources = gold.attributions.iter().filter_map(|a| Some((mention_of(gold, a)?, a)));
    let sources: Vec<(&Mention, Claim)> = sources
        .map(|(m, a)| {
            let content = a.content.iter().filter(|r| !r.is_empty());
            let content = content.map(|r| spans[r.start].cover(spans[r.end - 1])).collect();
            (m, sourced(&annotated, &spans, m, content))
        })
        .collect();
    for (mention, claim, why) in resolved(&annotated, &sources, &claims) {
        if refers_back(gold, mention) {
            let answer = judge(gold, mention, &claim);
            report.sources.add(answer);
            if !matches!(
                gold.tokens[mention.head].lower.as_str(),
                "i" | "we" | "you" | "me" | "us" | "my" | "our" | "your"
            ) {
                report.third.add(answer);
            }
            note(report, gold, "source", answer, mention, &claim, &why);
        }
    }
    let subjects: Vec<(&Mention, Claim)> = gold
        .mentions
        .iter()
        .filter(|m| is_subject(gold, m))
        .map(|m| {
            let next = gold.sentences.iter().copied().find(|s| *s > m.head).unwrap_or(gold.tokens.len());
            let rest = m.tokens.end..next;
            let content =
                if rest.is_empty() { spans[m.head] } else { spans[rest.start].cover(spans[rest.end - 1]) };
            (m, sourced(&annotated, &spans, m, vec![content]))
        })
        .collect();
    // Each alone: a text in which every subject speaks would not be news.
    for subject in &subjects {
        for (mention, claim, why) in resolved(&annotated, std::slice::from_ref(subject), &claims) {
            let answer = judge(gold, mention, &claim);
            report.subjects.add(answer);
            note(report, gold, "subject", answer, mention, &claim, &why);
        }
    }
}

fn attributed(gold: &Article, attribution: &Attribution, claim: &Claim, spans: &[Span], report: &mut Report) {
    let ours: Vec<usize> =
        (0..spans.len()).filter(|&i| claim.source_spans.iter().any(|s| s.overlaps(spans[i]))).collect();
    let wanted = head_of(&gold.heads, &attribution.source).map(|h| anchor(gold, h));
    let got = head_of(&gold.heads, &ours).map(|h| anchor(gold, h));
    report.head.add(got == wanted);
    if got != wanted {
        let words = |tokens: &[usize]| {
            tokens.iter().map(|&i| gold.tokens[i].word.as_str()).collect::<Vec<_>>().join(" ")
        };
        report.errors.push(format!(
            "head      {}: want {:?}, got {:?} ({}): {}",
            gold.name,
            words(&attribution.source),
            words(&ours),
            claim.rule,
            context(gold, attribution.source[0])
        ));
    }
    let rejected = claim.polarity == Polarity::Negative || matches!(claim.act, Act::Deny | Act::Decline);
    if attribution.negative {
        report.negative.add(rejected);
    } else {
        report.positive.add(!rejected);
    }
    if rejected != attribution.negative {
        report.errors.push(format!(
            "polarity  {}: negative is {}, got {:?} {:?}: {}",
            gold.name,
            attribution.negative,
            claim.act,
            claim.polarity,
            context(gold, attribution.source[0])
        ));
    }
}

/// The token that stands for a head: up through appositions and names.
fn anchor(gold: &Article, mut head: usize) -> usize {
    for _ in 0..6 {
        let joined =
            matches!(gold.tokens[head].deprel, Some(Deprel::Appos | Deprel::Flat | Deprel::Compound));
        match gold.heads[head].filter(|_| joined) {
            Some(up) => head = up,
            None => break,
        }
    }
    head
}

fn overlap(a: &[Span], b: &[Span]) -> usize {
    a.iter()
        .flat_map(|x| b.iter().map(|y| x.end().min(y.end()).saturating_sub(x.start().max(y.start()))))
        .sum()
}

/// The claim that answers a gold attribution.
fn answering<'c>(claims: &'c [Claim], gold: &Attribution, spans: &[Span]) -> Option<&'c Claim> {
    let cover = |ranges: &[std::ops::Range<usize>]| -> Vec<Span> {
        ranges.iter().filter(|r| !r.is_empty()).map(|r| spans[r.start].cover(spans[r.end - 1])).collect()
    };
    let (unit, content) = (cover(&gold.unit), cover(&gold.content));
    claims
        .iter()
        .filter(|c| c.kind != Kind::Narrated)
        .filter_map(|c| {
            let cue = if c.cue_spans.is_empty() { &c.source_spans } else { &c.cue_spans };
            let shared = overlap(&c.content_spans, &content);
            (overlap(cue, &unit) > 0 && shared > 0).then_some((shared, c))
        })
        .max_by_key(|(shared, c)| (*shared, std::cmp::Reverse(c.span().len())))
        .map(|(_, c)| c)
}

/// The mention that is the source: the longest one with the source's head.
fn mention_of<'a>(gold: &'a Article, attribution: &Attribution) -> Option<&'a Mention> {
    let head = head_of(&gold.heads, &attribution.source)?;
    gold.mentions.iter().filter(|m| m.head == head).max_by_key(|m| m.tokens.len())
}

/// Whether a mention is a pronoun or a description, without a name in it.
fn refers_back(gold: &Article, mention: &Mention) -> bool {
    mention.name.is_none()
        && matches!(gold.tokens[mention.head].upos, Some(Upos::PRON | Upos::NOUN | Upos::DET | Upos::ADJ))
}

fn is_subject(gold: &Article, mention: &Mention) -> bool {
    let head = &gold.tokens[mention.head];
    let pronoun = matches!(head.lower.as_str(), "he" | "she" | "they" | "it");
    let first = &gold.tokens[mention.tokens.start];
    let description = head.upos == Some(Upos::NOUN) && first.lower == "the";
    matches!(head.deprel, Some(Deprel::Nsubj | Deprel::NsubjPass))
        && matches!(mention.kind.as_str(), "person" | "organization")
        && (pronoun || description)
}

/// A claim whose source is a gold mention.
fn sourced(article: &Annotated<'_>, spans: &[Span], mention: &Mention, content: Vec<Span>) -> Claim {
    let source = spans[mention.tokens.start].cover(spans[mention.tokens.end - 1]);
    let sentence = article.document.sentences.partition_point(|s| s.span.end() <= source.start());
    let content_spans = if content.is_empty() { vec![source] } else { content };
    Claim {
        document: 0,
        sentence: sentence as u32,
        kind: Kind::Indirect,
        source_spans: vec![source],
        cue_spans: Vec::new(),
        content_spans,
        source: None,
        via: Vec::new(),
        act: Act::State,
        polarity: Polarity::Positive,
        certainty: Certainty { value: 2.0, cue: 2.0, content: 3.0, label: CertaintyLabel::Certain },
        quantities: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
        predicates: Vec::new(),
        confidence: 1.0,
        rule: "gold".to_owned(),
    }
}

/// The gold mentions as sources, resolved among other claims.
fn resolved<'m>(
    article: &Annotated<'_>,
    sources: &[(&'m Mention, Claim)],
    others: &[Claim],
) -> Vec<(&'m Mention, Claim, String)> {
    let mut all: Vec<Claim> = sources.iter().map(|(_, c)| c.clone()).chain(others.iter().cloned()).collect();
    let open = resolve::article(article, &mut all);
    let why = |i: usize| open.iter().find(|o| o.claim == i).map(|o| o.why.clone()).unwrap_or_default();
    sources.iter().zip(all).enumerate().map(|(i, ((m, _), claim))| (*m, claim, why(i))).collect()
}

fn judge(gold: &Article, mention: &Mention, claim: &Claim) -> Answer {
    let names = |entity: &str| -> Vec<&Vec<String>> {
        let own = gold.mentions.iter().filter(|m| m.entity == entity);
        own.flat_map(|m| m.name.iter().chain(&m.label)).collect()
    };
    let own = names(&mention.entity);
    let source = claim.source.as_ref().filter(|s| {
        let named =
            s.name.chars().next().is_some_and(char::is_uppercase) && s.source_type != SourceType::Outlet;
        named && s.name != "I"
    });
    let words = source.map(|s| fold_words(&s.name));
    let fits = |name: &Vec<String>, words: &[String]| {
        let initials: String = words.iter().filter_map(|w| w.chars().next()).collect();
        let acronym = name.len() == 1 && name[0].len() > 1 && name[0] == initials;
        acronym
            || !name.is_empty()
                && (words.iter().all(|w| name.contains(w)) || name.iter().all(|w| words.contains(w)))
    };
    match words {
        None if own.is_empty() => Answer::RightlyOpen,
        None => Answer::Open,
        Some(_) if own.is_empty() => Answer::WronglyNamed,
        Some(words) => {
            // Of all names in the text the nearest to ours must be this entity's.
            let common = |n: &Vec<String>| n.iter().filter(|w| words.contains(w)).count();
            let mine = own.iter().filter(|n| fits(n, &words)).map(|n| common(n)).max();
            let others =
                gold.mentions.iter().filter(|m| m.entity != mention.entity && m.kind == mention.kind);
            let other = others.filter_map(|m| m.name.as_ref()).filter(|n| fits(n, &words)).map(common).max();
            if mine.is_some_and(|m| m >= other.unwrap_or(0)) { Answer::Right } else { Answer::Wrong }
        }
    }
}

fn note(
    report: &mut Report,
    gold: &Article,
    what: &str,
    answer: Answer,
    mention: &Mention,
    claim: &Claim,
    why: &str,
) {
    if matches!(answer, Answer::Right | Answer::RightlyOpen) {
        return;
    }
    let names = gold
        .mentions
        .iter()
        .filter(|m| m.entity == mention.entity)
        .flat_map(|m| m.name.iter().chain(&m.label));
    let name = names.max_by_key(|n| n.len()).map(|n| n.join(" ")).unwrap_or_default();
    let got = claim.source.as_ref().map_or("-", |s| s.name.as_str());
    let path = claim.source.as_ref().map_or_else(|| why.to_owned(), |s| s.path.join("; "));
    report.errors.push(format!(
        "{what:9} {answer:?} {}: want {name:?}, got {got:?} ({path}): {}",
        gold.name,
        context(gold, mention.head)
    ));
}

/// The words around a token, which is marked.
fn context(gold: &Article, at: usize) -> String {
    let words = (at.saturating_sub(14)..(at + 8).min(gold.tokens.len()))
        .map(|i| if i == at { format!("[{}]", gold.tokens[i].word) } else { gold.tokens[i].word.clone() });
    words.collect::<Vec<_>>().join(" ")
}
