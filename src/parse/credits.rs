//! Who wrote it and who published it: bylines, datelines, names of outlets.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::span::Span;

const TABLE: &str = include_str!("../../lexicon/outlets.tsv");

static OUTLETS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut outlets = FxHashMap::default();
    for row in crate::lexicon::rows(TABLE) {
        let (name, others) = row.split_once('\t').unwrap_or((row, ""));
        for alias in std::iter::once(name).chain(others.split('|')).filter(|a| !a.is_empty()) {
            outlets.insert(alias.to_owned(), name);
            // Date lines and old wires are in capitals; single words in capitals are other things, too.
            if alias.contains(' ') {
                outlets.insert(alias.to_uppercase(), name);
            }
        }
    }
    outlets
});

/// Longest name in the table in bytes, so that long ones are not looked up at all.
const LONGEST_NAME: usize = 60;

/// The usual name of an outlet, if it is a known one ("AP" is "Associated Press").
pub(crate) fn outlet(name: &str) -> Option<&'static str> {
    let name = name.trim();
    if name.len() > LONGEST_NAME { None } else { OUTLETS.get(name).copied() }
}

/// A line that is an outlet's name, perhaps with a place: "BBC News, Seoul".
pub(super) fn outlet_line(text: &str, span: Span) -> Option<(&'static str, Span)> {
    let line = span.of(text);
    if line.len() > LONGEST {
        return None;
    }
    let name = line.split(", ").next().unwrap_or(line);
    let place = line.len() - name.len();
    (place < 30).then(|| outlet(name).map(|o| (o, Span::new(span.start(), span.start() + name.len()))))?
}

/// Whether a line is a person's name and nothing else.
pub(super) fn is_name(line: &str) -> bool {
    static WHOLE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("^{NAME}(?:(?:,| and| &) {NAME})*$")).expect("a fixed pattern"));
    line.len() <= 80 && line.contains(' ') && WHOLE.is_match(line)
}

/// An author line: the names, and the outlet if it says one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Byline {
    /// The names as written.
    pub(crate) names: Span,
    /// The outlet's usual name and where it stands.
    pub(crate) outlet: Option<(String, Span)>,
}

/// Bylines are short; nothing longer is looked at.
const LONGEST: usize = 240;

const NAME: &str = r"\p{Lu}[\p{L}\p{M}'’.-]*(?:\s+(?:(?:de|del|della|van|von|der|den|bin|al|el|la|le|da|di|du|dos|ter)\s+)*\p{Lu}[\p{L}\p{M}'’.-]*){0,4}";

static BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^\(?(?i:(?:(?:story|written|posted|words|text|article|published|report|analysis|opinion)\s+)?by:?|authors?\s*:|reporters?\s*:|writer\s*:)\s+(?<names>{NAME}(?:(?:\s*[,;&]\s*(?:and\s+)?|\s+(?:and|AND)\s+){NAME})*)(?<rest>.*)$"
    ))
    .expect("a fixed pattern")
});

static NAME_AND_OUTLET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^(?<names>{NAME}(?:(?:,\s+|\s+and\s+){NAME})*)(?:\s*,\s*|\s*[|/]\s*|\s+[-–—]\s+|\s+\()(?<outlet>[^()|]+?)\)?$"))
        .expect("a fixed pattern")
});

static CREDITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[(\[]?(?:(?:Additional |With )?[Rr]eporting|[Ee]diting|Writing|Compiled|Edited|Translated|Additional reporting) by \p{Lu}")
        .expect("a fixed pattern")
});

/// Reads an author line.
pub(crate) fn byline(text: &str, span: Span) -> Option<Byline> {
    let line = span.of(text);
    if line.len() > LONGEST {
        return None;
    }
    let at = |m: regex::Match<'_>| Span::new(span.start() + m.start(), span.start() + m.end());
    if may_be_by(line)
        && let Some(found) = BY.captures(line)
    {
        let (names, rest) = (found.name("names")?, found.name("rest")?);
        // "By Friday it was over": what follows a name is a separator, a place, a date, a job, but no clause.
        let rest_words = rest.as_str().split_whitespace().count();
        let goes_on = rest.as_str().trim_start().starts_with(char::is_lowercase);
        let allowed =
            matches!(rest.as_str().split_whitespace().next(), None | Some("on" | "in" | "for" | "at"));
        if rest_words > 14
            || goes_on && !allowed
            || is_day_or_month(names.as_str())
            || line.ends_with('.') && rest_words > 0
        {
            return None;
        }
        // "By Jane Doe, Reuters": the last of the names may be an outlet.
        let mut names = names;
        let mut named = rest.as_str().trim_matches(|c: char| !c.is_alphanumeric());
        if let Some(cut) = names.as_str().rfind(", ")
            && outlet(&names.as_str()[cut + 2..]).is_some()
        {
            named = &names.as_str()[cut + 2..];
            names = regex::Regex::find_at(&SHORTER, line, names.start())
                .filter(|m| m.start() == names.start() && m.end() <= names.start() + cut)
                .unwrap_or(names);
        }
        let outlet = outlet(named.strip_prefix("for ").unwrap_or(named))
            .map(|o| (o.to_owned(), locate(line, span, named)));
        let names = at(names);
        let trimmed = names.of(text).trim_end_matches([',', ' ', '-']);
        return Some(Byline { names: Span::new(names.start(), names.start() + trimmed.len()), outlet });
    }
    if !line.starts_with(char::is_uppercase) || !may_end_in_outlet(line) {
        return None;
    }
    let found = NAME_AND_OUTLET.captures(line)?;
    let (names, name) = (found.name("names")?, found.name("outlet")?);
    let known = outlet(name.as_str())?;
    (names.as_str().split_whitespace().count() >= 2)
        .then(|| Byline { names: at(names), outlet: Some((known.to_owned(), at(name))) })
}

/// Whether the first two letters are those of a word that leads in authors.
fn may_be_by(line: &str) -> bool {
    const STARTS: [&[u8; 2]; 12] =
        [b"by", b"st", b"wr", b"po", b"wo", b"te", b"ar", b"pu", b"re", b"an", b"op", b"au"];
    let line = line.strip_prefix('(').unwrap_or(line);
    line.as_bytes().first_chunk().is_some_and(|start: &[u8; 2]| {
        !start.is_ascii() || STARTS.contains(&&start.map(|b| b.to_ascii_lowercase()))
    })
}

/// Whether what follows one of the marks between name and outlet is a known outlet.
fn may_end_in_outlet(line: &str) -> bool {
    let line = line.strip_suffix(')').unwrap_or(line);
    line.rmatch_indices([',', '|', '/', '-', '–', '—', '('])
        .any(|(at, mark)| outlet(&line[at + mark.len()..]).is_some())
}

static SHORTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("{NAME}(?:\\s+(?:and|AND)\\s+{NAME})*")).expect("a fixed pattern"));

fn locate(line: &str, span: Span, part: &str) -> Span {
    let start = span.start() + line.rfind(part).unwrap_or(0);
    Span::new(start, start + part.len())
}

/// "Reporting by Jane Doe; Editing by John Roe": credits at the end of agency reports.
pub(super) fn is_credits(line: &str) -> bool {
    line.len() <= 400
        && line.starts_with(['(', '[', 'A', 'W', 'R', 'r', 'E', 'e', 'C', 'T'])
        && CREDITS.is_match(line)
}

fn is_day_or_month(name: &str) -> bool {
    let first = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    const TIMES: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "the",
        "a",
        "an",
        "then",
        "now",
        "all",
        "contrast",
        "comparison",
        "far",
        "law",
        "default",
        "end",
        "early",
        "late",
        "mid",
    ];
    TIMES.contains(&first.as_str())
}

/// The place and agency at the start of a report: "SEOUL, Oct. 25 (Yonhap) --".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prefix {
    /// All of it, up to and with the dash.
    pub(super) span: Span,
    pub(super) place: Option<Span>,
    pub(super) agency: Option<Span>,
    /// The date, if it stands there.
    pub(super) date: Option<Span>,
}

static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    const MONTHS: &str = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";
    Regex::new(&format!(
        r"^(?:(?<place>\p{{Lu}}[\p{{L}}\p{{M}}'’.-]+(?:[ /]\p{{Lu}}[\p{{L}}\p{{M}}'’.-]*){{0,3}}(?:,\s+\p{{Lu}}[\p{{L}}\p{{M}}'’.]+(?:\s\p{{Lu}}[\p{{L}}\p{{M}}'’.]+){{0,2}})??)(?:[,;]?\s+(?<date>(?:{MONTHS}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTHS})(?:,?\s+\d{{4}})?))?[,:]?\s*)?(?:\((?<agency>[^()]{{2,40}})\)\s*)?(?<dash>--+|[-–—]|:|\.\s/(?<slashed>[^/]{{2,30}})/\.?)\s+"
    ))
    .expect("a fixed pattern")
});

/// The dateline prefix of a paragraph.
pub(super) fn prefix(text: &str, paragraph: Span) -> Option<Prefix> {
    let line = paragraph.of(text);
    let mut cut = line.len().min(120);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    let start = &line[..cut];
    let mut dashes = start.match_indices(['-', '–', '—', ':', '/', '.']);
    if !start.starts_with(|c: char| matches!(c, '(' | '.') || c.is_uppercase())
        || !dashes.any(|(at, dash)| start[at + dash.len()..].starts_with(char::is_whitespace))
    {
        return None;
    }
    let found = PREFIX.captures(start)?;
    let at = |name| {
        found.name(name).map(|m| Span::new(paragraph.start() + m.start(), paragraph.start() + m.end()))
    };
    let (mut place, mut agency, date) = (at("place"), at("agency").or_else(|| at("slashed")), at("date"));
    // "CNN —": the agency alone.
    if agency.is_none() && date.is_none() && place.is_some_and(|p| outlet(p.of(text)).is_some()) {
        (place, agency) = (None, place);
    }
    let dash = found.name("dash")?;
    // With nothing but a name and a dash, only capitals tell a dateline from a sentence.
    let in_capitals = place.is_some_and(|p| {
        let city = p.of(text).split(',').next().unwrap_or_default();
        city.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && !city.contains(char::is_lowercase)
            && !is_notice(city)
    });
    let certain = match (place, agency, date) {
        (_, Some(agency), _) => {
            agency.of(text).starts_with(char::is_uppercase)
                && (place.is_none() || in_capitals || outlet(agency.of(text)).is_some())
        }
        (Some(_), None, Some(_)) => true,
        (Some(_), None, None) if in_capitals => dash.as_str() != ":",
        (Some(place), None, None) => {
            // "Washington — The president": a sentence starts after the dash, and no second dash closes an aside.
            let rest = &line[dash.end()..];
            let starts = rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"');
            let aside = rest.chars().take(300).any(|c| matches!(c, '—' | '–')) || rest.contains(" - ");
            let words = place.of(text).split_whitespace().count();
            matches!(dash.as_str(), "—" | "–" | "--")
                && starts
                && !aside
                && words <= 3
                && !is_notice(&place.of(text).to_uppercase())
        }
        (None, None, _) => false,
    };
    if !certain || dash.as_str() == ":" && agency.is_none() && date.is_none() {
        return None;
    }
    let end = paragraph.start() + found.get(0)?.end();
    let span = Span::new(paragraph.start(), paragraph.start() + dash.end());
    (end < paragraph.end()).then_some(Prefix { span, place, agency, date })
}

/// Words in capitals before a dash that name no place.
fn is_notice(word: &str) -> bool {
    const NOTICES: &[&str] = &[
        "UPDATE",
        "UPDATED",
        "BREAKING",
        "BREAKING NEWS",
        "EXCLUSIVE",
        "OPINION",
        "WATCH",
        "ANALYSIS",
        "NOTE",
        "VIDEO",
        "CORRECTION",
        "CLARIFICATION",
        "EDITOR'S NOTE",
        "EDITOR’S NOTE",
        "LIVE",
        "COMMENT",
        "FACT CHECK",
        "EXPLAINER",
        "INTERVIEW",
        "REVIEW",
        "COVID",
        "NEW",
        "WARNING",
        "RELATED",
        "READ MORE",
        "MORE",
        "PHOTOS",
        "LISTEN",
    ];
    NOTICES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = FxHashMap::default();
        for row in crate::lexicon::rows(TABLE) {
            let (name, others) = row.split_once('\t').expect("two columns");
            for alias in std::iter::once(name).chain(others.split('|')).filter(|a| !a.is_empty()) {
                assert_eq!(alias.trim(), alias);
                assert_eq!(seen.insert(alias, name), None, "twice: {alias}");
            }
        }
    }

    fn check_byline(line: &str, expected: Option<(&str, Option<&str>)>) {
        let found = byline(line, Span::new(0, line.len()));
        let found = found.map(|b| (b.names.of(line), b.outlet.map(|o| o.0)));
        assert_eq!(found.as_ref().map(|(n, o)| (*n, o.as_deref())), expected, "{line}");
    }

    #[test]
    fn bylines() {
        check_byline("By Friday it was over.", None);
        check_byline("By the numbers", None);
        check_byline("By Monday", None);
        check_byline("By Russia's own account, the losses were heavy.", None);
        check_byline("Kim Jong Un, Vladimir Putin", None);
        check_byline("By Jane Doe", Some(("Jane Doe", None)));
        check_byline("By JANE DOE and JOHN ROE", Some(("JANE DOE and JOHN ROE", None)));
        check_byline("by Jane van der Doe · Dec 20, 2025", Some(("Jane van der Doe", None)));
        check_byline("Written by: Kim Min-seo", Some(("Kim Min-seo", None)));
        check_byline("By Jane Doe, Reuters", Some(("Jane Doe", Some("Reuters"))));
        check_byline("Jane Doe, Reuters", Some(("Jane Doe", Some("Reuters"))));
        check_byline("Jane Doe and John Roe (AP)", Some(("Jane Doe and John Roe", Some("Associated Press"))));
    }

    fn check_prefix(line: &str, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let found = prefix(line, Span::new(0, line.len()));
        let of = |s: Option<Span>| s.map(|s| s.of(line));
        assert_eq!(found.map(|p| (p.span.of(line), of(p.place), of(p.agency))), expected, "{line}");
    }

    #[test]
    fn prefixes() {
        check_prefix("The South – rich and populous – voted no.", None);
        check_prefix("UPDATE — The minister has resigned.", None);
        check_prefix("NATO: what it can do now", None);
        check_prefix("COVID-19 is back.", None);
        check_prefix("Kursk — Ukraine's only foothold — fell on Friday.", None);
        check_prefix("Kursk — a foothold of Ukraine.", None);
        check_prefix("Washington — The president", Some(("Washington —", Some("Washington"), None)));
        check_prefix("Pyongyang (the capital) - a city of three million - was quiet.", None);
        check_prefix(
            "SEOUL, Oct. 25 (Yonhap) -- The spy",
            Some(("SEOUL, Oct. 25 (Yonhap) --", Some("SEOUL"), Some("Yonhap"))),
        );
        check_prefix(
            "WASHINGTON (AP) — The president",
            Some(("WASHINGTON (AP) —", Some("WASHINGTON"), Some("AP"))),
        );
        check_prefix(
            "KYIV, Ukraine (AP) — The army",
            Some(("KYIV, Ukraine (AP) —", Some("KYIV, Ukraine"), Some("AP"))),
        );
        check_prefix(
            "Seoul (Reuters) - The army",
            Some(("Seoul (Reuters) -", Some("Seoul"), Some("Reuters"))),
        );
        check_prefix("(CNN) — The army", Some(("(CNN) —", None, Some("CNN"))));
        check_prefix("NEW DELHI — The army", Some(("NEW DELHI —", Some("NEW DELHI"), None)));
        check_prefix(
            "MOSCOW, October 25. /TASS/. The army",
            Some(("MOSCOW, October 25. /TASS/.", Some("MOSCOW"), Some("TASS"))),
        );
        check_prefix("CNN — The army", Some(("CNN —", None, Some("CNN"))));
        check_prefix("PARIS, 5 May 2024 - The army", Some(("PARIS, 5 May 2024 -", Some("PARIS"), None)));
    }
}
