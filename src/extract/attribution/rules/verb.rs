//! Verbs as cues, in each position: "Kirby said that …", "…, said Kirby", "…, Kirby said, …", "…, adding that …",
//! "was accused of …", "went on to say …".

use std::ops::Range;

use super::complement::{self, Complement, Shape};
use super::{Attribution, Scene, precision, subject};
use crate::document::Tag;
use crate::extract::cues::{CueClass, Match};
use crate::language::chunk::{self, VerbGroup, noun_phrase_ending, noun_phrase_starting};

/// A cue whose share of reporting uses with a complement is lower is not believed with that complement. Set on the
/// training split of PolNeAR, where they weigh precision and recall about equally.
const CLAUSE_RELIABILITY: f32 = 0.5;
const QUOTE_RELIABILITY: f32 = 0.75;
const BARE_RELIABILITY: f32 = 0.8;
pub(super) const NOUN_RELIABILITY: f32 = 0.65;
/// The same where the subject is a piece of evidence ("reports confirm the deployment").
const EVIDENCE_NOUN_RELIABILITY: f32 = 0.5;
const TO_RELIABILITY: f32 = 0.75;
/// Where nothing but its position ties the content to the cue ("the dam will hold, officials said").
const LOOSE_RELIABILITY: f32 = 0.85;
/// Words that are cues this seldom need more than a clause without "that" to be believed.
const RARE_RELIABILITY: f32 = 0.12;
/// "was told", "is believed to": the word itself, wherever it stands.
const PASSIVE_RELIABILITY: f32 = 0.3;

/// Verbs that pass their subject on to an infinitive cue: "went on to say", "appeared to suggest".
const RAISING: &[&str] = &[
    "go", "continue", "appear", "seem", "proceed", "begin", "start", "try", "want", "like", "use", "come",
    "tend", "be", "have", "need", "happen", "move", "rush",
];

pub(super) fn attributions(scene: &Scene<'_, '_>) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for cue in scene.cues.iter().filter(|m| m.cue.class == CueClass::Verb) {
        if let Some(attribution) = attribution(scene, cue, &found) {
            found.push(attribution);
        }
    }
    found
}

fn attribution(scene: &Scene<'_, '_>, cue: &Match, earlier: &[Attribution]) -> Option<Attribution> {
    let article = scene.article;
    let head = cue.tokens.start;
    let sentence = scene.sentence(head);
    let floor = subject_floor(scene, head, sentence.start);
    let group = chunk::verb_group(article, head, floor);
    let clause = Clause { scene, cue, group: &group, sentence: &sentence, floor };
    match article.tag(head) {
        _ if group.passive => clause.passive(),
        Tag::VBG if !group.finite => clause.participle(earlier),
        Tag::VB if group.infinitive => clause.infinitive(),
        Tag::VB if !group.finite => clause.second_infinitive(earlier),
        _ => clause.finite(earlier),
    }
}

/// Subjects do not reach back over a quotation: `"No," he said`.
fn subject_floor(scene: &Scene<'_, '_>, head: usize, start: usize) -> usize {
    (start..head).rev().find(|i| scene.quotation_of[*i].is_some()).map_or(start, |i| {
        // a short quoted phrase may be part of the subject's sentence; the floor is right behind it all the same
        i + 1
    })
}

struct Clause<'s, 'a, 'd> {
    scene: &'s Scene<'a, 'd>,
    cue: &'s Match,
    group: &'s VerbGroup,
    sentence: &'s Range<usize>,
    floor: usize,
}

impl Clause<'_, '_, '_> {
    fn lemma(&self) -> &str {
        self.scene.article.lemma(self.cue.tokens.start)
    }

    fn cue_tokens(&self) -> Range<usize> {
        self.group.tokens.start..self.cue.tokens.end
    }

    fn build(
        &self,
        source: Option<Range<usize>>,
        content: Vec<Range<usize>>,
        rule: &'static str,
    ) -> Attribution {
        Attribution {
            source: source.into_iter().collect(),
            cue: vec![self.cue_tokens()],
            content,
            matched: Some(self.cue.clone()),
            rule,
            confidence: precision(rule),
        }
    }

    fn body_end(&self) -> usize {
        self.scene.sentence_body_end(self.sentence)
    }

    fn after(&self, limit: usize, source: Option<&Range<usize>>) -> Option<Complement> {
        let found =
            complement::after(self.scene, self.lemma(), self.cue.cue.frames, self.cue.tokens.end, limit)?;
        let cue = self.cue.cue;
        let believed = match found.shape {
            Shape::Quote => cue.that_reliability >= QUOTE_RELIABILITY && self.is_utterance(&found.tokens),
            Shape::That => cue.that_reliability >= CLAUSE_RELIABILITY,
            Shape::Bare => cue.that_reliability >= BARE_RELIABILITY && cue.reliability >= RARE_RELIABILITY,
            Shape::Wh => cue.wh_reliability >= CLAUSE_RELIABILITY,
            Shape::To => cue.to_reliability >= TO_RELIABILITY,
            Shape::As | Shape::Noun if source.is_some_and(|s| self.is_evidence(s)) => {
                cue.np_reliability >= EVIDENCE_NOUN_RELIABILITY
            }
            Shape::As | Shape::Noun => cue.np_reliability >= NOUN_RELIABILITY,
        };
        believed.then_some(found)
    }

    /// Whether a noun of the lexicon stands in the phrase: "reports", "intelligence estimates".
    fn is_evidence(&self, phrase: &Range<usize>) -> bool {
        phrase.clone().any(|i| self.scene.cue_at(i, CueClass::Noun).is_some())
    }

    /// Whether a quotation after the cue is something said, and not a title or a borrowed phrase ("called the \"HP Way\"").
    fn is_utterance(&self, tokens: &Range<usize>) -> bool {
        let article = self.scene.article;
        let introduced = matches!(article.tag(tokens.start - 1), Tag::Comma | Tag::Colon);
        introduced || tokens.clone().any(|i| article.tag(i).is_finite())
    }

    /// "Kirby said that …"; "…," Kirby said; "…," said Kirby; "…, Kirby said, …".
    fn finite(&self, earlier: &[Attribution]) -> Option<Attribution> {
        let scene = self.scene;
        let article = scene.article;
        if let Some(inverted) = self.inverted() {
            return Some(inverted);
        }
        let start = self.group.tokens.start;
        let coordinated = start > self.floor && matches!(article.lower(start - 1), "and" | "but" | "or");
        let source = if coordinated {
            self.coordinated_subject(earlier)
        } else {
            subject::before(scene, start, self.floor)
        };
        // a past participle that modifies ("the troops said to be there") has no subject of its own
        if article.tag(self.group.head) == Tag::VBN && !self.group.finite && source.is_none() {
            return None;
        }
        // "has not said who ordered it": a question, not a party
        if source.as_ref().is_some_and(|s| self.asks(s)) {
            return None;
        }
        let limit = self.limit(source.as_ref());
        let clause_start = if coordinated { start } else { source.as_ref().map_or(start, |s| s.start) };
        let clause_start = self.without_lead(clause_start);
        let before =
            if coordinated { None } else { complement::before(scene, clause_start, self.sentence.start) };
        let parenthetical = self.parenthetical(clause_start, limit);
        if let Some(content) = parenthetical {
            return Some(self.build(source, content, "verb.parenthetical"));
        }
        let after = self.after(limit, source.as_ref());
        match (before, after) {
            (Some(b), Some(a)) if b.shape == Shape::Quote && a.shape == Shape::Quote => {
                Some(self.build(source, vec![b.tokens, a.tokens], "verb.quote_split"))
            }
            // `"…," he told reporters`: what follows is the addressee
            (Some(b), Some(a)) if b.shape == Shape::Quote && a.shape == Shape::Noun => {
                Some(self.build(source, vec![b.tokens], "verb.quote_before"))
            }
            // "appears to have": the subject is what it is about, not who says it
            (_, Some(a)) if self.impersonal() && a.shape != Shape::Quote => {
                let about = source.filter(|s| article.lower(s.start) != "it");
                Some(self.build(None, about.into_iter().chain([a.tokens]).collect(), "verb.impersonal"))
            }
            (_, Some(a)) if source.is_some() || a.shape == Shape::Quote => {
                Some(self.build(source, vec![a.tokens], after_rule(a.shape)))
            }
            (None, None) if source.is_some() && self.act_in_cue().is_some() => {
                let content = self.act_in_cue().into_iter().collect();
                let mut attribution = self.build(source, content, "verb.to");
                attribution.cue = vec![start..self.cue.tokens.start + 1];
                Some(attribution)
            }
            (Some(b), None) if self.takes_clause_before(&b, source.as_ref()) => {
                let rule = if b.shape == Shape::Quote { "verb.quote_before" } else { "verb.clause_before" };
                Some(self.build(source, vec![b.tokens], rule))
            }
            _ => None,
        }
    }

    fn takes_clause(&self) -> bool {
        let cue = self.cue.cue;
        (cue.frames.that || cue.frames.quote) && cue.that_reliability >= CLAUSE_RELIABILITY
    }

    /// "declined to comment": the entry of the lexicon holds the content.
    fn act_in_cue(&self) -> Option<Range<usize>> {
        let to = self.cue.tokens.start + 1;
        let infinitive = self.cue.tokens.len() >= 3 && self.scene.article.lower(to) == "to";
        infinitive.then_some(to..self.cue.tokens.end)
    }

    /// An interrogative that modifies no noun before it.
    fn asks(&self, source: &Range<usize>) -> bool {
        let article = self.scene.article;
        let first = source.start;
        source.len() == 1
            && matches!(article.lower(first), "who" | "what" | "which")
            && !(first > self.floor && (article.tag(first - 1).is_noun() || article.tag(first - 1).is_mark()))
    }

    /// "seem", "appear", "turn out": verbs that report how things look to nobody in particular.
    fn impersonal(&self) -> bool {
        matches!(self.lemma(), "seem" | "appear" | "turn" | "happen" | "tend")
    }

    /// `"…," Kirby said`: a clause in the writer's words needs a surer verb than a quotation.
    fn takes_clause_before(&self, before: &Complement, source: Option<&Range<usize>>) -> bool {
        let Some(source) = source else { return false };
        let relative = matches!(self.scene.article.lower(source.end - 1), "who" | "which" | "that");
        self.takes_clause()
            && (before.shape == Shape::Quote
                || (!relative && self.cue.cue.that_reliability >= LOOSE_RELIABILITY))
    }

    /// `"…," said Kirby, a spokesman.`
    fn inverted(&self) -> Option<Attribution> {
        let scene = self.scene;
        let article = scene.article;
        let start = self.group.tokens.start;
        if !self.takes_clause()
            || self.cue.cue.that_reliability < LOOSE_RELIABILITY
            || !matches!(article.tag(self.group.head), Tag::VBD | Tag::VBZ | Tag::VBP | Tag::VBN)
        {
            return None;
        }
        let before = complement::before(scene, start, self.sentence.start)?;
        let source = subject::after(scene, self.cue.tokens.end, self.body_end().max(self.cue.tokens.end))?;
        // "The report, released Monday, said the troops …" is no inversion: a clause follows
        if before.shape != Shape::Quote
            && (subject::before(scene, start, self.floor).is_some()
                || complement::clause_from(scene, self.cue.tokens.end, self.body_end()))
        {
            return None;
        }
        let mut content = vec![before.tokens];
        // `"…," said Kirby, "…"`
        let mut next = source.end;
        if next < self.sentence.end && matches!(article.tag(next), Tag::Comma | Tag::Colon) {
            next += 1;
        }
        if let Some(quotation) = scene.quotation_at(next)
            && quotation.tokens.start == next
            && next > source.end
            && before.shape == Shape::Quote
        {
            content.push(quotation.tokens.clone());
        }
        Some(self.build(Some(source), content, "verb.inverted"))
    }

    /// "The plan, officials said, would …": both sides of the aside are content.
    fn parenthetical(&self, clause_start: usize, limit: usize) -> Option<Vec<Range<usize>>> {
        let scene = self.scene;
        let article = scene.article;
        let floor = self.sentence.start;
        let close = self.cue.tokens.end;
        if !self.takes_clause()
            || clause_start <= floor + 1
            || article.tag(clause_start - 1) != Tag::Comma
            || close + 2 >= limit
            || article.tag(close) != Tag::Comma
            || scene.quotation_of[clause_start - 2].is_some()
            || scene.quotation_of[close + 1].is_some()
        {
            return None;
        }
        let left = floor..clause_start - 1;
        let right = close + 1..limit;
        let goes_on = article.tag(right.start).is_finite()
            || article.lower(right.start) == "that"
            || (!matches!(article.tag(right.start), Tag::VBG | Tag::CC | Tag::WDT | Tag::WP)
                && (scene.has_finite(left.clone()) != scene.has_finite(right.clone())));
        (goes_on && left.len() >= 2).then(|| vec![left, right])
    }

    /// ", adding that …", "by saying …".
    fn participle(&self, earlier: &[Attribution]) -> Option<Attribution> {
        let scene = self.scene;
        let article = scene.article;
        let start = self.group.tokens.start;
        if let Some(fronted) = self.fronted_participle() {
            return Some(fronted);
        }
        let found = self.after(self.limit(None), None)?;
        let previous = start.checked_sub(1).filter(|p| *p >= self.sentence.start);
        // "reports indicating that": the noun before is the source
        let direct = previous.filter(|p| article.tag(*p).is_noun() && scene.quotation_of[*p].is_none());
        let source = match direct {
            Some(_) => subject::before(scene, start, self.floor).map(|np| self.issuer(&np).unwrap_or(np)),
            None => self
                .evidence()
                .or_else(|| self.inherited(earlier))
                .or_else(|| subject::of_main_clause(scene, start, self.floor))
                .or_else(|| self.interrupted_subject()),
        };
        Some(self.build(source, vec![found.tokens], "verb.participle"))
    }

    /// "…, in line with intelligence reports, indicating that": what shows something is the evidence named last.
    fn evidence(&self) -> Option<Range<usize>> {
        if !matches!(self.lemma(), "indicate" | "suggest" | "show" | "reveal" | "prove" | "imply") {
            return None;
        }
        self.interrupted_subject().filter(|phrase| self.is_evidence(phrase))
    }

    /// "Reuters, citing two diplomats, reported": the noun phrase that the participle interrupts.
    fn interrupted_subject(&self) -> Option<Range<usize>> {
        let comma = self.group.tokens.start.checked_sub(1).filter(|c| *c > self.floor)?;
        (self.scene.article.tag(comma) == Tag::Comma)
            .then(|| noun_phrase_ending(self.scene.article, comma - 1, self.floor))?
    }

    /// "would neither confirm nor deny that": an infinitive joined to one that a modal governs.
    fn second_infinitive(&self, earlier: &[Attribution]) -> Option<Attribution> {
        let article = self.scene.article;
        let start = self.group.tokens.start;
        let joined = start > self.floor && matches!(article.lower(start - 1), "and" | "or" | "nor" | "but");
        let governed =
            (self.floor..start).rev().take(6).any(|i| article.tag(i) == Tag::MD || article.lemma(i) == "do");
        if !joined || !governed {
            return None;
        }
        let source = self.coordinated_subject(earlier)?;
        let found = self.after(self.limit(Some(&source)), Some(&source))?;
        Some(self.build(Some(source), vec![found.tokens], after_rule(found.shape)))
    }

    /// "issued a statement saying": who issued it, where the noun phrase is the object of a verb.
    fn issuer(&self, object: &Range<usize>) -> Option<Range<usize>> {
        let article = self.scene.article;
        let verb = object.start.checked_sub(1).filter(|v| *v > self.floor && article.tag(*v).is_verb())?;
        let group = chunk::verb_group(article, verb, self.floor);
        if group.passive || article.lemma(verb) == "be" {
            return None;
        }
        if group.finite {
            subject::before(self.scene, group.tokens.start, self.floor)
        } else {
            subject::of_main_clause(self.scene, group.tokens.start, self.floor)
        }
    }

    /// "Noting that sanctions had failed, Kirby …", "After announcing that …, Biden …": the subject follows.
    fn fronted_participle(&self) -> Option<Attribution> {
        let scene = self.scene;
        let article = scene.article;
        let start = self.group.tokens.start;
        let opens = start == self.sentence.start
            || (start == self.sentence.start + 1
                && matches!(
                    article.tag(self.sentence.start),
                    Tag::IN | Tag::WRB | Tag::TO | Tag::CC | Tag::RB
                ));
        if !opens {
            return None;
        }
        let end = self.body_end();
        let comma = self.comma_before_clause(end).or_else(|| self.comma_before_noun(end))?;
        let found = self.after(comma, None)?;
        let source = noun_phrase_starting(article, comma + 1, end)?;
        Some(self.build(Some(source), vec![found.tokens], "verb.participle"))
    }

    /// "went on to say that …".
    fn infinitive(&self) -> Option<Attribution> {
        let scene = self.scene;
        let article = scene.article;
        let to = self.group.tokens.start;
        let matrix = (self.floor..to).rev().take(4).find(|i| article.tag(*i).is_verb())?;
        if !RAISING.contains(&article.lemma(matrix)) {
            return None;
        }
        let matrix_group = chunk::verb_group(article, matrix, self.floor);
        let source = subject::before(scene, matrix_group.tokens.start, self.floor)?;
        let found = self.after(self.limit(Some(&source)), Some(&source))?;
        if found.shape == Shape::Noun {
            return None;
        }
        let mut attribution = self.build(Some(source), vec![found.tokens], "verb.infinitive");
        attribution.cue = vec![matrix_group.tokens.start..self.cue.tokens.end];
        Some(attribution)
    }

    /// "was told that", "is believed to", "was accused by prosecutors of".
    fn passive(&self) -> Option<Attribution> {
        let scene = self.scene;
        let article = scene.article;
        let limit = self.limit(None);
        let about = subject::before(scene, self.group.tokens.start, self.floor);
        let mut start = self.cue.tokens.end;
        let mut source = None;
        if start < limit && article.lower(start) == "by" {
            source = subject::after(scene, start + 1, limit);
            if let Some(s) = &source {
                start = s.end;
            }
        }
        let mut frames = self.cue.cue.frames;
        frames.to = true;
        frames.np = false;
        let found = complement::after(scene, "", frames, start, limit);
        // "it is thought that" needs a clause; "was called" needs a word that reports wherever it stands
        let clause = found.as_ref().is_some_and(|c| matches!(c.shape, Shape::That | Shape::To | Shape::Bare));
        if self.cue.cue.reliability < PASSIVE_RELIABILITY
            && !(clause && self.cue.cue.that_reliability >= BARE_RELIABILITY)
        {
            return None;
        }
        let by = source.as_ref().map(|s| s.start - 1..s.end);
        let mut content: Vec<Range<usize>> = Vec::new();
        match found {
            Some(c) if matches!(c.shape, Shape::That | Shape::Wh | Shape::Quote | Shape::Bare) => {
                content.push(c.tokens);
            }
            Some(c) => content.extend(about.into_iter().chain([c.tokens])),
            None => {
                let about = about?;
                let rest = start..complement::clause_end(scene, start, limit).max(start);
                content.push(about);
                let preposition = !rest.is_empty()
                    && matches!(article.lower(rest.start), "of" | "as" | "for" | "about" | "over" | "with");
                if preposition && by.is_none() {
                    content.push(rest);
                } else if source.is_none() {
                    return None;
                }
            }
        }
        Some(self.build(source, content, "verb.passive"))
    }

    /// The source of a second verb: that of the attribution before it in the sentence, or the clause's subject.
    fn coordinated_subject(&self, earlier: &[Attribution]) -> Option<Range<usize>> {
        self.inherited(earlier)
            .or_else(|| subject::of_main_clause(self.scene, self.group.tokens.start - 1, self.floor))
    }

    fn inherited(&self, earlier: &[Attribution]) -> Option<Range<usize>> {
        earlier
            .iter()
            .rev()
            .take_while(|a| a.cue[0].start >= self.sentence.start)
            .find(|a| {
                !a.source.is_empty() && a.rule != "verb.passive" && a.cue[0].end <= self.group.tokens.start
            })
            .and_then(|a| a.source.first().cloned())
    }

    /// Where the clause of the cue ends at the latest.
    fn limit(&self, source: Option<&Range<usize>>) -> usize {
        let article = self.scene.article;
        let end = self.body_end().max(self.cue.tokens.end);
        let Some(source) = source else { return end };
        // ", who said he would run, lost"
        let relative = matches!(article.lower(source.end - 1), "who" | "which")
            && source.start > self.sentence.start
            && article.tag(source.start - 1) == Tag::Comma;
        if relative {
            return self.comma_before_verb(end).unwrap_or(end);
        }
        // "While Trump says he won, Clinton leads"
        let fronted = subject::opens_subordinate(self.scene, source, self.sentence.start)
            && source.start == self.sentence.start + 1;
        if fronted { self.comma_before_clause(end).unwrap_or(end) } else { end }
    }

    fn comma_before_verb(&self, end: usize) -> Option<usize> {
        let article = self.scene.article;
        (self.cue.tokens.end + 2..end.saturating_sub(1)).find(|i| {
            article.tag(*i) == Tag::Comma && self.scene.quotation_of[*i].is_none() && {
                let next = i + 1 + usize::from(article.tag(i + 1).is_adverb());
                // a past tense may pass for a participle
                next < end && (article.tag(next).is_finite() || article.tag(next) == Tag::VBN)
            }
        })
    }

    /// The first comma that a noun phrase follows: for clauses whose verb passes for a participle.
    fn comma_before_noun(&self, end: usize) -> Option<usize> {
        let article = self.scene.article;
        (self.cue.tokens.end + 1..end.saturating_sub(2)).find(|i| {
            article.tag(*i) == Tag::Comma
                && self.scene.quotation_of[*i].is_none()
                && matches!(article.tag(i + 1), Tag::DT | Tag::PRP | Tag::PRPS | Tag::NNP)
        })
    }

    fn comma_before_clause(&self, end: usize) -> Option<usize> {
        let article = self.scene.article;
        (self.cue.tokens.end + 2..end.saturating_sub(1)).find(|i| {
            article.tag(*i) == Tag::Comma
                && self.scene.quotation_of[*i].is_none()
                && complement::clause_from(self.scene, i + 1, end)
        })
    }

    /// The clause may open with "as" or a conjunction: "…, as Kirby said".
    fn without_lead(&self, start: usize) -> usize {
        let article = self.scene.article;
        let lead = start > self.sentence.start && matches!(article.lower(start - 1), "as" | "and" | "but");
        if lead { start - 1 } else { start }
    }
}

fn after_rule(shape: Shape) -> &'static str {
    match shape {
        Shape::Quote => "verb.quote_after",
        Shape::That => "verb.that",
        Shape::Bare => "verb.bare",
        Shape::To => "verb.to",
        Shape::Wh => "verb.wh",
        Shape::As => "verb.as",
        Shape::Noun => "verb.noun",
    }
}
