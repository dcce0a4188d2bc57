//! Where addresses lie: e-mail and URLs, which no rule for words may cut.

use super::pieces::Piece;

/// Pieces on each side of an `@` that are looked at: no address is longer.
const REACH: usize = 24;

/// The e-mail addresses among the pieces: first and last piece of each, in order, not overlapping.
pub(super) fn emails(text: &str, pieces: &[Piece]) -> Vec<(usize, usize)> {
    let of = |i: usize| pieces[i].span.of(text);
    let glued = |i: usize| i > 0 && i < pieces.len() && pieces[i - 1].end() == pieces[i].start();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in 0..pieces.len() {
        if pieces[at].mark != Some('@') || !glued(at) || !glued(at + 1) || !pieces[at + 1].is_word() {
            continue;
        }
        let floor = found.last().map_or(0, |(_, last)| last + 1).max(at.saturating_sub(REACH));
        let mut first = at;
        while first > floor
            && glued(first)
            && (pieces[first - 1].is_word() || matches!(of(first - 1), "." | "-" | "+" | "_" | "…"))
        {
            first -= 1;
        }
        while first < at && !pieces[first].is_word() {
            first += 1;
        }
        if first == at || !pieces[at - 1].is_word() && of(at - 1) != "." && of(at - 1) != "…" {
            continue;
        }
        // "mailto:jane@example.org"
        if first >= floor + 2
            && glued(first)
            && of(first - 1) == ":"
            && of(first - 2).eq_ignore_ascii_case("mailto")
        {
            first -= 2;
        }
        let mut last = at + 1;
        while last + 2 < pieces.len().min(at + REACH)
            && glued(last + 1)
            && glued(last + 2)
            && matches!(of(last + 1), "." | "-")
            && pieces[last + 2].is_word()
        {
            last += 2;
        }
        found.push((first, last));
    }
    found
}

/// A host name with a common top-level domain.
pub(super) fn is_domain(word: &str) -> bool {
    const TOP: [&str; 14] =
        ["com", "org", "net", "gov", "edu", "mil", "int", "info", "io", "co", "uk", "ru", "ua", "kr"];
    // The longest host name has 253 characters (RFC 1035).
    word.len() <= 253 && word.rsplit_once('.').is_some_and(|(_, last)| TOP.contains(&last))
}

/// What files are called behind the last stop, and hosts.
pub(super) fn is_extension(word: &str) -> bool {
    const EXTENSIONS: [&str; 16] = [
        "com", "csv", "doc", "docx", "exe", "gif", "htm", "html", "jpg", "mp3", "net", "org", "pdf", "txt",
        "xls", "zip",
    ];
    word.len() <= 4 && EXTENSIONS.iter().any(|e| word.eq_ignore_ascii_case(e))
}
