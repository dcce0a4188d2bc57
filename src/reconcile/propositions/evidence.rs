//! What two claims share, and what clashes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use rustc_hash::FxHashMap;

use super::matcher::{Mentions, Spread, agreement};
use super::mention::{Context, Figure, Mention, Spot};
use super::{Clash, Related, words};
use crate::document::{Claim, Document, Role};
use crate::reconcile::Options;
use crate::reconcile::similarity::Contents;

/// Predicates of a claim that are compared: the first say what it says.
const MOST: usize = 8;
/// Of what two claims share, predicates weigh so many times what terms weigh.
const PREDICATES: f64 = 3.0;

/// The claims of a story as they are compared. Claims go by their place in the story here.
pub(super) struct Evidence<'c> {
    documents: &'c [Document],
    claims: &'c [Claim],
    /// Which claims of the corpus these are, in order.
    pub(super) story: &'c [u32],
    pub(super) contents: &'c Contents,
    pub(super) options: &'c Options,
    pub(super) mentions: Mentions,
    /// First mention of each claim, and one past the last.
    of: Vec<(u32, u32)>,
}

/// What the claims of a proposition tell together.
pub(super) struct Told {
    pub(super) predicate: Option<String>,
    pub(super) participants: Vec<String>,
    pub(super) figures: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) time: Option<(DateTime, DateTime)>,
}

impl<'c> Evidence<'c> {
    pub(super) fn new(
        documents: &'c [Document],
        claims: &'c [Claim],
        story: &'c [u32],
        contents: &'c Contents,
        spread: &Spread,
        options: &'c Options,
    ) -> Self {
        let (mut list, mut contexts, mut of) = (Vec::new(), Vec::new(), Vec::new());
        for (i, &claim) in story.iter().enumerate() {
            let (terms, claim) = (contents.terms(claim as usize).to_vec(), &claims[claim as usize]);
            let first = list.len() as u32;
            let predicates = claim.predicates.iter().take(MOST);
            list.extend(predicates.map(|p| Mention::new(claim.document, 0, i as u32, p)));
            of.push((first, list.len() as u32));
            let context = Context::new(
                &claim.quantities.iter().collect::<Vec<_>>(),
                &claim.times.iter().collect::<Vec<_>>(),
                &claim.places.iter().collect::<Vec<_>>(),
            );
            contexts.push(Context { terms, ..context });
        }
        let mentions = Mentions::new(list, contexts, &contents.vocabulary, spread);
        Evidence { documents, claims, story, contents, options, mentions, of }
    }

    /// A claim of the story.
    pub(super) fn claim(&self, i: u32) -> &'c Claim {
        &self.claims[self.story[i as usize] as usize]
    }

    /// The claim that a mention stands in.
    pub(super) fn claim_of(&self, mention: u32) -> u32 {
        self.mentions.list[mention as usize].context
    }

    /// For each claim the first of the story that has the same words, side and figures.
    pub(super) fn first_of_wording(&self) -> Vec<u32> {
        let mut known: FxHashMap<(i8, String), u32> = FxHashMap::default();
        let of = |i: u32| {
            let claim = self.claim(i);
            let text = &self.documents[claim.document as usize].text;
            let mut words = String::new();
            for word in claim.content_spans.iter().flat_map(|s| s.of(text).split_whitespace()) {
                words.push_str(word);
                words.push(' ');
            }
            let side = claim.certainty.value.partial_cmp(&0.0).map_or(0, |o| o as i8);
            (side, words)
        };
        (0..self.story.len() as u32).map(|i| *known.entry(of(i)).or_insert(i)).collect()
    }

    /// What two claims share, and the phrases that say so.
    pub(super) fn compare(&self, a: u32, b: u32) -> (Related, Vec<String>) {
        let (a, b) = (a as usize, b as usize);
        let (own, other, terms) = self.contents.shared(self.story[a] as usize, self.story[b] as usize);
        let words = own.min(other);
        let (x, y) = (self.of[a], self.of[b]);
        let mut best: BTreeMap<(bool, u32), f64> = BTreeMap::new();
        let mut pairs: Vec<(f64, u32, u32)> = Vec::new();
        let mut swapped = false;
        for i in x.0..x.1 {
            for j in y.0..y.1 {
                let (m, n) = (i as usize, j as usize);
                if !self.mentions.is_related(m, n) {
                    continue;
                }
                swapped |= self.mentions.is_swapped(m, n);
                let likely = self.mentions.affinity(m, n);
                for key in [(false, i), (true, j)] {
                    let entry = best.entry(key).or_default();
                    *entry = entry.max(likely);
                }
                pairs.push((likely, i, j));
            }
        }
        let mean = |second: bool, (from, to): (u32, u32)| {
            let sum: f64 = (from..to).filter_map(|i| best.get(&(second, i))).sum();
            sum / f64::from((to - from).max(1))
        };
        let similarity = if x.0 < x.1 && y.0 < y.1 {
            let predicates = mean(false, x).min(mean(true, y));
            (words + PREDICATES * predicates) / (1.0 + PREDICATES)
        } else if terms >= 3 {
            words
        } else {
            0.0
        };
        let clash = if swapped { Some(Clash::Participants) } else { self.clash(a, b) };
        let matched =
            if similarity >= super::RELATED { self.matched(a, b, terms, pairs) } else { Vec::new() };
        // "the situation unfolds" and "the response unfolds": one word in common is no proposition
        let told = matched.iter().filter(|m| m.contains(": ")).count();
        let similarity = if told < 2 && terms < 3 { similarity.min(super::RELATED) } else { similarity };
        (Related { claim: self.story[b], similarity, clash }, matched)
    }

    /// What cannot be both: figures of one thing, places, times.
    fn clash(&self, a: usize, b: usize) -> Option<Clash> {
        let (x, y) = (&self.mentions.contexts[a], &self.mentions.contexts[b]);
        let counted = |f: &Figure, g: &Figure| f.is_comparable(g) && !f.noun.is_empty() && f.noun == g.noun;
        if agreement(&x.figures, &y.figures, counted, Figure::agrees) == Some(false) {
            return Some(Clash::Figure);
        }
        // "12,000 troops" and "12,000 shells"
        let things = |f: &Figure, g: &Figure| {
            f.unit == g.unit && f.agrees(g) && !f.noun.is_empty() && !g.noun.is_empty()
        };
        if agreement(&x.figures, &y.figures, things, |f, g| f.noun == g.noun) == Some(false) {
            return Some(Clash::Counted);
        }
        if agreement(&x.places, &y.places, |_, _| true, Spot::agrees) == Some(false) {
            return Some(Clash::Place);
        }
        let play = i64::from(self.options.same_time);
        let near = |p: &(DateTime, DateTime), q: &(DateTime, DateTime)| {
            let days = |from: DateTime, to: DateTime| {
                from.date().until(to.date()).map_or(i64::MAX, |span| i64::from(span.get_days()))
            };
            days(p.1, q.0) <= play && days(q.1, p.0) <= play
        };
        (agreement(&x.times, &y.times, |_, _| true, near) == Some(false)).then_some(Clash::Time)
    }

    fn matched(&self, a: usize, b: usize, terms: usize, mut pairs: Vec<(f64, u32, u32)>) -> Vec<String> {
        const LIKELY: f64 = 0.5;
        const SHOWN: usize = 3;
        let mut out = Vec::new();
        pairs.retain(|p| p.0 >= LIKELY);
        pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
        let mut participants = BTreeSet::new();
        let mut taken = BTreeSet::new();
        for &(_, i, j) in &pairs {
            if taken.len() >= 2 * SHOWN || taken.contains(&(0, i)) || taken.contains(&(1, j)) {
                continue;
            }
            taken.extend([(0, i), (1, j)]);
            let (m, n) = (&self.mentions.list[i as usize], &self.mentions.list[j as usize]);
            out.push(match m.lemma == n.lemma {
                true => format!("predicate: {}", m.lemma),
                false => format!("predicate: {} ~ {}", m.lemma, n.lemma),
            });
            for p in &m.participants {
                for q in &n.participants {
                    if p.shares_name(q) {
                        participants.extend(p.name.clone());
                    } else if !p.noun.is_empty() && p.noun == q.noun {
                        participants.insert(p.noun.clone());
                    }
                }
            }
        }
        out.extend(participants.into_iter().take(4).map(|p| format!("participant: {p}")));
        let (x, y) = (&self.mentions.contexts[a], &self.mentions.contexts[b]);
        let claim = self.claim(a as u32);
        let text = &self.documents[claim.document as usize].text;
        for (figure, quantity) in x.figures.iter().zip(&claim.quantities).take(4) {
            if y.figures.iter().any(|f| f.is_comparable(figure) && f.agrees(figure)) {
                out.push(format!("figure: {}", quantity.span.of(text)));
            }
        }
        let places: BTreeSet<&str> = x
            .places
            .iter()
            .filter(|p| y.places.iter().any(|q| p.agrees(q)))
            .map(|p| p.name.as_str())
            .collect();
        out.extend(places.into_iter().take(4).map(|p| format!("place: {p}")));
        if agreement(&x.times, &y.times, |_, _| true, |p, q| p.0 < q.1 && q.0 < p.1) == Some(true) {
            let time = x.times.iter().find(|p| y.times.iter().any(|q| p.0 < q.1 && q.0 < p.1));
            out.extend(time.map(|t| format!("time: {}", t.0.date())));
        }
        if out.is_empty() || terms > 0 {
            out.push(if terms == 1 { "1 term".to_owned() } else { format!("{terms} terms") });
        }
        out
    }

    /// What claims tell together: what half of them tell, figures and time as the first tells them.
    pub(super) fn told(&self, claims: &[u32]) -> Told {
        let mut predicates: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
        let mut participants: BTreeMap<String, usize> = BTreeMap::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for &c in claims {
            let (from, to) = self.of[c as usize];
            let mentions = &self.mentions.list[from as usize..to as usize];
            let mut own = BTreeSet::new();
            let mut who = BTreeSet::new();
            for (i, m) in mentions.iter().enumerate() {
                let class = words::class(&m.lemma, &m.family);
                if own.insert(class) {
                    let entry = predicates.entry(class).or_insert((0, u32::MAX));
                    *entry = (entry.0 + 1, entry.1.min(i as u32));
                }
                who.extend(m.participants.iter().filter_map(|p| p.name.clone()));
            }
            // A country that acts is named as a place, too; it is not where anything happens.
            let acts = |name: &str| {
                let all = mentions.iter().flat_map(|m| &m.participants);
                all.filter(|p| p.role == Role::Subject).any(|p| p.name.as_deref() == Some(name))
            };
            who.into_iter().for_each(|name| *participants.entry(name).or_default() += 1);
            let names: BTreeSet<&str> =
                self.mentions.contexts[c as usize].places.iter().map(|p| p.name.as_str()).collect();
            names
                .into_iter()
                .filter(|name| !acts(name))
                .for_each(|name| *places.entry(name).or_default() += 1);
        }
        let half = claims.len().div_ceil(2);
        // The predicate of most claims; of several, the one that stands first.
        let predicate = predicates
            .into_iter()
            .max_by_key(|(name, (n, at))| (*n, std::cmp::Reverse((*at, *name))))
            .map(|(name, _)| name.to_owned());
        let first = self.claim(claims[0]);
        let text = &self.documents[first.document as usize].text;
        let context = &self.mentions.contexts[claims[0] as usize];
        let shared = |f: &Figure| {
            claims[1..].iter().any(|&c| {
                let figures = &self.mentions.contexts[c as usize].figures;
                figures.iter().any(|g| f.is_comparable(g) && f.agrees(g))
            })
        };
        let figures = context.figures.iter().zip(&first.quantities);
        let figures = figures.filter(|(f, _)| claims.len() == 1 || shared(f));
        let times = claims.iter().filter_map(|&c| self.mentions.contexts[c as usize].times.first().copied());
        let time = times.reduce(|t, u| {
            let both = (t.0.max(u.0), t.1.min(u.1));
            if both.0 < both.1 { both } else { t }
        });
        Told {
            predicate,
            participants: participants
                .into_iter()
                .filter(|(_, n)| *n >= half)
                .map(|(name, _)| name)
                .collect(),
            figures: figures.map(|(_, q)| q.span.of(text).to_owned()).collect(),
            places: places.into_iter().filter(|(_, n)| *n >= half).map(|(name, _)| name.to_owned()).collect(),
            time,
        }
    }
}
