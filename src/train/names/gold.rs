//! Names from GUM's entities.
//!
//! GUM marks every nominal mention, names and others, from its determiner to its last relative clause (column MISC,
//! `Entity=(12-person-new-...`). A mention whose head is tagged as a proper noun is a name; what is kept of it is
//! its proper core, by the definition of [`crate::language::names`]:
//!
//! * the head and what is joined to it without a gap by `flat`, `compound`, `amod`, `nummod` or a hyphen, as far as it
//!   is tagged as proper;
//! * in names of things and places also what follows "of", "for" or "and" if it hangs on the head and is proper
//!   ("Department of Health and Human Services"), and what the linked article of Wikipedia has in its title;
//! * without determiner, possessive ending, and in persons without roles and titles at the front.
//!
//! Kinds: person, organization and place as they are, other entities "other"; times and quantities are no names;
//! peoples ("Americans") are "other", and countries are places also where they act. Of overlapping names the
//! longest is kept.

use rustc_hash::FxHashSet;

use super::article::{Labelled, Word, labels};
use crate::document::{Deprel, NameKind, Tag};
use crate::language::gazetteer::{self, Sense};
use crate::language::names::lists::is_role;
use crate::train::treebank::Tree;
use crate::train::{Gold, Sentence};

/// A mention: its first token and the one after its last, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mention {
    /// The entity: mentions of one share it within a document.
    pub(crate) id: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: String,
    /// Title of the Wikipedia article.
    pub(crate) link: String,
}

/// The sentences of a document with their names.
pub(crate) fn read(tree: &Tree) -> Vec<Labelled> {
    let tokens = || tree.sentences.iter().flat_map(|s| &s.tokens);
    let singular: FxHashSet<&str> = tokens().filter(|t| t.tag == Tag::NNP).map(|t| t.word.as_str()).collect();
    tree.sentences.iter().map(|s| sentence(s, &singular)).collect()
}

/// `singular` holds the proper nouns of the document in the singular: "the Sams" are persons where somebody is named Sam.
fn sentence(sentence: &Sentence, singular: &FxHashSet<&str>) -> Labelled {
    let mentions = mentions(&sentence.tokens);
    let mut names: Vec<(usize, usize, NameKind)> =
        mentions.iter().filter_map(|mention| name(&sentence.tokens, mention, &mentions, singular)).collect();
    // The longest first, of equal ones the first that is opened.
    names.sort_by_key(|(from, to, _)| std::cmp::Reverse(to - from));
    let mut kept: Vec<(usize, usize, NameKind)> = Vec::new();
    for name in names {
        if kept.iter().all(|k| k.1 <= name.0 || name.1 <= k.0) {
            kept.push(name);
        }
    }
    let words = sentence.tokens.iter().map(|t| Word { form: t.word.clone(), glued: t.glued });
    Labelled { words: words.collect(), labels: labels(sentence.tokens.len(), &kept) }
}

/// Reads the brackets of the column.
pub(crate) fn mentions(tokens: &[Gold]) -> Vec<Mention> {
    let mut open: Vec<(String, Mention)> = Vec::new();
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let mut rest = token.entity.as_str();
        while !rest.is_empty() {
            if let Some(inside) = rest.strip_prefix('(') {
                let end = inside.find(['(', ')']).unwrap_or(inside.len());
                let fields: Vec<&str> = inside[..end].splitn(8, '-').collect();
                let field = |n: usize| fields.get(n).copied().unwrap_or_default().to_owned();
                // A link is the eighth field; "Bridge" and other columns never stand here.
                open.push((
                    field(0),
                    Mention { id: field(0), from: i, to: 0, kind: field(1), link: field(7) },
                ));
                rest = &inside[end..];
                if let Some(after) = rest.strip_prefix(')') {
                    out.extend(open.pop().map(|(_, mention)| Mention { to: i + 1, ..mention }));
                    rest = after;
                }
            } else {
                let end = rest.find(')').unwrap_or(rest.len());
                if let Some(at) = open.iter().rposition(|(id, _)| *id == rest[..end]) {
                    out.push(Mention { to: i + 1, ..open.remove(at).1 });
                }
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }
    out.sort_by_key(|m| (m.from, std::cmp::Reverse(m.to)));
    out
}

fn is_proper(token: &Gold) -> bool {
    token.tag.is_proper()
}

fn name(
    tokens: &[Gold],
    mention: &Mention,
    all: &[Mention],
    singular: &FxHashSet<&str>,
) -> Option<(usize, usize, NameKind)> {
    let kind = match mention.kind.as_str() {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Location,
        "time" | "quantity" => return None,
        _ => NameKind::Other,
    };
    let within = |head: Option<u32>| head.is_some_and(|h| (mention.from..mention.to).contains(&(h as usize)));
    let head = (mention.from..mention.to).find(|i| !within(tokens[*i].head))?;
    if !is_proper(&tokens[head]) {
        return if kind == NameKind::Person { after_role(tokens, mention, head) } else { None };
    }
    let core = Core { tokens, mention, all, head, person: kind == NameKind::Person };
    let (mut from, mut to) = core.grown();
    if kind != NameKind::Person
        && let Some((a, b)) = core.linked()
    {
        (from, to) = (from.min(a), to.max(b));
    }
    while from < to && (tokens[from].tag == Tag::DT || !tokens[from].word.chars().any(char::is_alphanumeric))
    {
        from += 1;
    }
    while to > from
        && (tokens[to - 1].tag == Tag::POS || !tokens[to - 1].word.chars().any(char::is_alphanumeric))
    {
        to -= 1;
    }
    if kind == NameKind::Person {
        from = (from..to).rev().find(|i| is_title(tokens, *i, to)).map_or(from, |i| i + 1);
    }
    if from == to {
        return None;
    }
    let family = |word: &str| word.strip_suffix('s').is_some_and(|one| singular.contains(one));
    let kind = if kind == NameKind::Person && to - from == 1 && family(&tokens[from].word) {
        kind
    } else {
        settled(tokens, from, to, kind)
    };
    Some((from, to, kind))
}

/// The name in "researcher Mu Li", where the role is the head and the name is `flat`.
fn after_role(tokens: &[Gold], mention: &Mention, head: usize) -> Option<(usize, usize, NameKind)> {
    let flat = |i: &usize| {
        let token = &tokens[*i];
        token.deprel == Some(Deprel::Flat) && is_proper(token) || token.tag == Tag::HYPH
    };
    let to = head + 1 + (head + 1..mention.to).take_while(flat).count();
    (to > head + 1).then_some((head + 1, to, NameKind::Person))
}

/// Whether token `i` of a person's name is a title: the last word is one only if it stands alone.
fn is_title(tokens: &[Gold], i: usize, to: usize) -> bool {
    const KIN: &[&str] =
        &["son", "father", "mother", "brother", "sister", "king", "judge", "player", "fellow", "deputy"];
    const MORE: &[&str] = &[
        "mum", "mom", "dad", "aunt", "uncle", "grandma", "grandpa", "st.", "saint", "sir", "master", "madam",
    ];
    let lower = tokens[i].lower.as_str();
    let role = is_role(lower) || MORE.contains(&lower);
    role && !(KIN.contains(&lower) && i + 1 == to) && (i + 1 < to || tokens[i].deprel != Some(Deprel::Flat))
}

/// Countries are places, peoples are other.
fn settled(tokens: &[Gold], from: usize, to: usize, kind: NameKind) -> NameKind {
    let phrase = tokens[from..to].iter().map(|t| t.word.as_str()).collect::<Vec<_>>().join(" ");
    match gazetteer::lookup(&phrase) {
        Some((_, Sense::Name | Sense::Capital)) if kind == NameKind::Organization => NameKind::Location,
        Some((_, Sense::Adjective)) => NameKind::Other,
        _ if kind == NameKind::Person && tokens[to - 1].tag == Tag::NNPS && to - from == 1 => NameKind::Other,
        _ => kind,
    }
}

/// Grows the proper core of a mention around its head.
struct Core<'t> {
    tokens: &'t [Gold],
    mention: &'t Mention,
    all: &'t [Mention],
    head: usize,
    person: bool,
}

impl Core<'_> {
    fn grown(&self) -> (usize, usize) {
        let mut from = self.head;
        let mut at = self.head;
        while at > self.mention.from {
            at -= 1;
            match self.joins(at) {
                Join::Proper => from = at,
                Join::Link => {}
                Join::Not => break,
            }
        }
        let mut to = self.head + 1;
        for at in self.head + 1..self.mention.to {
            match self.joins(at) {
                Join::Proper => to = at + 1,
                Join::Link => {}
                Join::Not => break,
            }
        }
        (from, to)
    }

    /// Whether a token belongs to the core, or links what may belong to it.
    fn joins(&self, i: usize) -> Join {
        use Deprel::{Amod, Appos, Compound, Conj, Flat, List, Nmod, NmodDesc, NmodPoss, Nummod, Parataxis};
        let token = &self.tokens[i];
        // The relation of the branch that hangs on the head, and the one of the token itself.
        let Some(branch) = self.branch(i) else { return Join::Not };
        if matches!(branch, NmodDesc | Appos | Parataxis | List) || token.deprel == Some(NmodDesc) {
            return Join::Not;
        }
        let lower = token.lower.as_str();
        if is_proper(token)
            || token.tag == Tag::CD && matches!(branch, Flat | Nummod | Compound | Amod) && !self.person
        {
            let other = self.owner(i);
            let allowed = match branch {
                Flat => true,
                // "Labour MP Michael Foot": the party is a name by itself.
                Compound | Amod | Nummod => !(self.person && other && i < self.head),
                Nmod => !self.person && i > self.head,
                Conj => !self.person && !other,
                NmodPoss => !other && !self.person,
                _ => false,
            };
            return if allowed { Join::Proper } else { Join::Not };
        }
        let hyphen = matches!(lower, "-" | "–" | "&" | "'" | "’" | "\"" | "“" | "”" | "." | "/");
        let word = matches!(
            lower,
            "of" | "for"
                | "and"
                | "the"
                | "'s"
                | "’s"
                | "de"
                | "del"
                | "la"
                | "al"
                | "van"
                | "von"
                | "bin"
                | "der"
        );
        if hyphen
            || word && !self.person
            || matches!(lower, "de" | "del" | "la" | "al" | "van" | "von" | "bin" | "der" | "ibn")
        {
            Join::Link
        } else {
            Join::Not
        }
    }

    /// The relation by which the branch that token `i` is in hangs on the head; `None` if it does not.
    fn branch(&self, i: usize) -> Option<Deprel> {
        let mut at = i;
        for _ in 0..16 {
            let token = &self.tokens[at];
            let up = token.head? as usize;
            if up == self.head {
                return token.deprel;
            }
            at = up;
        }
        None
    }

    /// Whether a mention inside this one begins or ends at token `i`, other than one of the whole core.
    fn owner(&self, i: usize) -> bool {
        self.all.iter().any(|m| {
            (m.from..m.to).contains(&i)
                && m.from >= self.mention.from
                && m.to <= self.mention.to
                && !(m.from..m.to).contains(&self.head)
        })
    }

    /// Where the title of the linked article stands in the mention, the head inside.
    fn linked(&self) -> Option<(usize, usize)> {
        let title =
            self.mention.link.split("_(").next()?.split(",_").next()?.replace('_', " ").to_lowercase();
        if title.is_empty() {
            return None;
        }
        let tokens = &self.tokens[self.mention.from..self.mention.to];
        for from in 0..tokens.len() {
            let mut text = String::new();
            for (n, token) in tokens[from..].iter().enumerate() {
                if n > 0 && !token.glued {
                    text.push(' ');
                }
                text.push_str(&token.lower);
                if text.len() >= title.len() {
                    break;
                }
            }
            if text == title {
                let mut text_len = 0;
                let count = tokens[from..]
                    .iter()
                    .enumerate()
                    .take_while(|(n, t)| {
                        text_len += t.lower.len() + usize::from(*n > 0 && !t.glued);
                        text_len <= title.len()
                    })
                    .count();
                let (a, b) = (self.mention.from + from, self.mention.from + from + count);
                return (a..b).contains(&self.head).then_some((a, b));
            }
        }
        None
    }
}

enum Join {
    Proper,
    Link,
    Not,
}
