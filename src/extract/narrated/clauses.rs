//! The clauses of a sentence, read off its tree.
//!
//! A clause is what depends on a finite verb (or on a predicate with a finite copula or auxiliary). Cut off the clause
//! it depends on are:
//!
//! - the main clause and what is joined to it, with a subject of its own ("prices rise, wages fall") or shared ("the
//!   river burst its banks and flooded the old town");
//! - subordinate clauses that state a fact ("after the dam broke", "while wages fall"); conditions and purposes ("if",
//!   "unless", "until", "so that") stay with the clause that they restrict, as does everything joined to such a clause;
//! - relative clauses that add something at the end, behind a comma ("…, which killed nine"). Others say of whom or
//!   what the clause speaks and stay.
//!
//! Clauses are stretches of text: only what stands at the beginning or the end of a clause is cut off, what is in its
//! middle stays ("The mayor, who was ill, stayed at home"). Labels are those of Universal Dependencies.

use std::ops::Range;

use crate::document::{Deprel, Tag, Upos};
use crate::language::Annotated;

/// A clause, with its marks and conjunctions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// The predicate, on which the clause depends.
    pub head: usize,
    /// The finite verb: the head itself, its auxiliary or copula.
    pub finite: usize,
    /// The subject's head, if the clause has one of its own.
    pub subject: Option<usize>,
    /// The conjunction that says how it hangs on another clause ("after").
    pub mark: Option<usize>,
    /// Whether another clause lends it a subject.
    pub lent: bool,
    pub tokens: Range<usize>,
}

/// A second verb of one subject is a clause of its own if it has so many words; "and left" is none.
const MIN_SHARED: usize = 4;

/// How often clauses are cut; each time those inside of what was cut off before.
const PASSES: usize = 4;

/// The clauses of a sentence that have a finite verb, in the order of the text.
pub(super) fn clauses(article: &Annotated<'_>, sentence: Range<usize>) -> Vec<Clause> {
    if sentence.is_empty() {
        return Vec::new();
    }
    Sentence::new(article, sentence).clauses()
}

/// The tree of one sentence. Indices in it count from the sentence's first token.
struct Sentence<'a, 'd> {
    article: &'a Annotated<'d>,
    first: usize,
    heads: Vec<Option<usize>>,
    /// Tokens, heads before dependents.
    order: Vec<usize>,
    depth: Vec<usize>,
    /// First token under each token and the one after the last.
    extents: Vec<Range<usize>>,
    finite: Vec<Option<usize>>,
    subjects: Vec<Option<usize>>,
    /// Whether a condition or purpose hangs on the token.
    restricted: Vec<bool>,
    marks: Vec<Option<usize>>,
}

impl<'a, 'd> Sentence<'a, 'd> {
    fn new(article: &'a Annotated<'d>, tokens: Range<usize>) -> Self {
        let (first, n) = (tokens.start, tokens.len());
        let heads: Vec<Option<usize>> = tokens
            .clone()
            .map(|i| article.head(i).filter(|h| tokens.contains(h)).map(|h| h - first))
            .collect();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); n];
        for (i, head) in heads.iter().enumerate() {
            if let Some(h) = head {
                children[*h].push(i);
            }
        }
        let mut depth = vec![0; n];
        let mut order: Vec<usize> = (0..n).filter(|i| heads[*i].is_none()).collect();
        let mut at = 0;
        while at < order.len() {
            let i = order[at];
            for c in &children[i] {
                depth[*c] = depth[i] + 1;
                order.push(*c);
            }
            at += 1;
        }
        let mut extents: Vec<Range<usize>> = (0..n).map(|i| i..i + 1).collect();
        for i in order.iter().rev() {
            if let Some(h) = heads[*i] {
                let (start, end) = (extents[*i].start, extents[*i].end);
                extents[h] = extents[h].start.min(start)..extents[h].end.max(end);
            }
        }
        let mut sentence = Sentence {
            article,
            first,
            heads,
            order,
            depth,
            extents,
            finite: vec![None; n],
            subjects: vec![None; n],
            restricted: vec![false; n],
            marks: vec![None; n],
        };
        for i in 0..n {
            sentence.look_at(i);
        }
        for i in 0..n {
            sentence.settle(i);
        }
        sentence
    }

    fn tag(&self, i: usize) -> Tag {
        self.article.tag(self.first + i)
    }

    fn deprel(&self, i: usize) -> Deprel {
        self.article.deprel(self.first + i)
    }

    fn lower(&self, i: usize) -> &str {
        self.article.lower(self.first + i)
    }

    /// What token `i` is to its head.
    fn look_at(&mut self, i: usize) {
        let Some(head) = self.heads[i] else { return };
        match self.deprel(i) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop if self.tag(i).is_finite() => {
                self.finite[head].get_or_insert(i);
            }
            Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::NsubjOuter
            | Deprel::Csubj
            | Deprel::CsubjPass
            | Deprel::CsubjOuter => {
                self.subjects[head].get_or_insert(i);
            }
            Deprel::Expl => self.subjects[head] = Some(i),
            Deprel::Mark => {
                self.marks[head].get_or_insert(i);
            }
            Deprel::Advmod if matches!(self.lower(i), "when" | "where" | "whenever" | "wherever") => {
                self.marks[head].get_or_insert(i);
            }
            _ => {}
        }
    }

    /// Whether token `i` is a predicate with a finite verb, once its dependents are known.
    fn settle(&mut self, i: usize) {
        let tag = self.tag(i);
        if self.finite[i].is_none() && tag.is_finite() && tag != Tag::MD {
            self.finite[i] = Some(i);
        }
        // "the river burst its banks": a past tense that the tagger takes for something else, but the parser does not
        let main = self.marks[i].is_none_or(|m| !matches!(self.lower(m), "to" | "for"));
        if self.finite[i].is_none()
            && main
            && self.article.upos(self.first + i) == Upos::VERB
            && tag != Tag::VBG
            && self.subjects[i].is_some_and(|s| s < i)
            && matches!(self.deprel(i), Deprel::Root | Deprel::Conj | Deprel::Parataxis | Deprel::Advcl)
        {
            self.finite[i] = Some(i);
        }
        if self.deprel(i) == Deprel::Advcl
            && let Some(head) = self.heads[i]
            && self.marks[i].is_some_and(|m| restricts(self.lower(m)))
        {
            self.restricted[head] = true;
        }
    }

    fn clauses(&self) -> Vec<Clause> {
        let n = self.heads.len();
        let mut candidates: Vec<usize> = (0..n).filter(|i| self.may_stand_alone(*i)).collect();
        candidates.sort_by_key(|i| (self.depth[*i], std::cmp::Reverse(self.extents[*i].start)));
        // the clause that each token belongs to, by its head; what several roots hold stays apart
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for root in (0..n).filter(|i| self.heads[*i].is_none()) {
            found.push((root, self.extents[root].clone()));
        }
        let mut own: Vec<Option<usize>> = vec![None; n];
        for (index, (head, _)) in found.iter().enumerate() {
            own[*head] = Some(index);
        }
        let mut holder: Vec<Option<usize>> = vec![None; n];
        for _ in 0..PASSES {
            for i in &self.order {
                holder[*i] = own[*i].or_else(|| self.heads[*i].and_then(|h| holder[h]));
            }
            let before = found.len();
            for &c in &candidates {
                if own[c].is_none()
                    && let Some(outer) = self.heads[c].and_then(|h| holder[h])
                    && let Some((rest, cut)) = self.cut(&found[outer].1, c)
                    && rest.contains(&found[outer].0)
                {
                    found[outer].1 = rest;
                    own[c] = Some(found.len());
                    found.push((c, cut));
                }
            }
            if found.len() == before {
                break;
            }
        }
        let mut clauses: Vec<Clause> = found
            .into_iter()
            .filter_map(|(head, tokens)| {
                Some(Clause {
                    head: self.first + head,
                    finite: self.first + self.finite[head]?,
                    subject: self.subjects[head].map(|s| self.first + s),
                    mark: self.marks[head].map(|m| self.first + m),
                    lent: self.lent(head),
                    tokens: self.first + tokens.start..self.first + tokens.end,
                })
            })
            .collect();
        clauses.sort_by_key(|c| c.tokens.start);
        clauses
    }

    /// Whether what hangs on token `i` is a clause that asserts something by itself.
    fn may_stand_alone(&self, i: usize) -> bool {
        let Some(head) = self.heads[i] else { return false };
        let Some(finite) = self.finite[i] else { return false };
        let outer_is_clause = self.finite[head].is_some() || self.heads[head].is_none();
        match self.deprel(i) {
            // what a condition restricts is restricted in each of its parts
            Deprel::Conj => {
                let words =
                    self.extents[i].clone().filter(|j| !self.tag(*j).is_mark() && self.tag(*j) != Tag::CC);
                self.is_clause(head)
                    && !self.restricted[head]
                    && (self.subjects[i].is_some() || words.count() >= MIN_SHARED)
            }
            Deprel::Parataxis => self.is_clause(head) || self.heads[head].is_none(),
            Deprel::Advcl => outer_is_clause && self.marks[i].is_some_and(|m| self.states_fact(m, i, finite)),
            Deprel::AclRelcl | Deprel::AdvclRelcl => self.adds(i),
            _ => false,
        }
    }

    /// Whether token `i` heads a clause that is not itself part of another one's meaning ("that …", "to …").
    fn is_clause(&self, i: usize) -> bool {
        self.finite[i].is_some()
            && matches!(
                self.deprel(i),
                Deprel::Root
                    | Deprel::Conj
                    | Deprel::Parataxis
                    | Deprel::Advcl
                    | Deprel::AclRelcl
                    | Deprel::AdvclRelcl
            )
    }

    fn states_fact(&self, mark: usize, clause: usize, finite: usize) -> bool {
        let past = !matches!(self.tag(finite), Tag::VBZ | Tag::VBP | Tag::MD);
        let perfect = matches!(self.lower(finite), "has" | "have" | "'ve") && finite != clause;
        // "as if", "as though", "even if"
        let next = self.lower((mark + 1).min(self.heads.len() - 1));
        match self.lower(mark) {
            "as" => !matches!(next, "if" | "though"),
            "while" | "because" | "since" | "although" | "though" | "whereas" => true,
            "after" => past || perfect,
            "when" | "where" | "before" | "once" => past,
            _ => false,
        }
    }

    /// ", which killed nine": a relative clause behind a comma.
    fn adds(&self, i: usize) -> bool {
        let start = self.extents[i].start;
        let comma = |j: usize| self.tag(j) == Tag::Comma;
        let opens = start + usize::from(comma(start));
        let behind = opens > start || start.checked_sub(1).is_some_and(comma);
        behind
            && (opens..(opens + 2).min(self.heads.len()))
                .any(|j| matches!(self.lower(j), "which" | "who" | "whom" | "whose" | "where"))
    }

    /// "and flooded the old town": the clause it is joined to, or the noun it hangs on, is its subject.
    fn lent(&self, i: usize) -> bool {
        self.heads[i].is_some_and(|h| match self.deprel(i) {
            Deprel::Conj => self.subjects[h].is_some() || self.deprel(h) == Deprel::Conj || self.is_clause(h),
            _ => false,
        })
    }

    /// What is left of a clause without the clause `c` at its beginning or end, and that.
    fn cut(&self, outer: &Range<usize>, c: usize) -> Option<(Range<usize>, Range<usize>)> {
        let inner = self.extents[c].clone();
        if inner.start < outer.start || inner.end > outer.end || inner.len() >= outer.len() {
            return None;
        }
        let loose = |j: usize| self.tag(j).is_mark() || self.tag(j) == Tag::CC;
        if (inner.end..outer.end).all(loose) {
            Some((outer.start..inner.start, inner.start..outer.end))
        } else if (outer.start..inner.start).all(loose) {
            Some((inner.end..outer.end, outer.start..inner.end))
        } else {
            None
        }
    }
}

/// Conjunctions of clauses that do not state a fact but under which condition, or for what, the main clause holds.
fn restricts(mark: &str) -> bool {
    matches!(mark, "if" | "unless" | "until" | "till" | "lest" | "provided" | "whether" | "in" | "so")
}
