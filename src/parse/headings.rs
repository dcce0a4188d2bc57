//! Section headings without mark-up.

use super::boilerplate::{Reading, Shape};
use super::lines::{Mark, Unit};

/// Whether a unit heads the unit that follows it (`next`: prose, or itself a heading).
pub(super) fn is_heading(text: &str, unit: &Unit, reading: &Reading, next_is_text: bool) -> bool {
    const LONGEST: usize = 16;
    if matches!(unit.mark, Mark::Heading(_)) {
        return true;
    }
    let line = unit.span.of(text);
    if matches!(unit.mark, Mark::Bullet | Mark::Quote) || unit.words > LONGEST || unit.words == 0 {
        return false;
    }
    // A longer question is as likely to be the writer's as a heading.
    let question = line.ends_with('?') && unit.words <= 10;
    let short = reading.shape == Shape::Short || question;
    let ends_open = line.ends_with([',', ';', '.', '…', '"', '”', '’', '\'', ')']);
    // Quotations and their attributions stand on lines of their own, too.
    let spoken = line.starts_with(['"', '“', '‘', '—', '(', '@']);
    let starts_well = line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii());
    // "The minister said:" leads in a quotation.
    let lead_in = line.ends_with(':') && !unit.emphasis;
    short && starts_well && !ends_open && !spoken && !lead_in && next_is_text
}

#[cfg(test)]
mod tests {
    use super::super::boilerplate::read;
    use super::super::lines::units;
    use super::*;

    fn check(line: &str, expected: bool) {
        let units = units(line);
        let reading = read(line, &units[0], false);
        assert_eq!(is_heading(line, &units[0], &reading, true), expected, "{line}");
    }

    #[test]
    fn headings() {
        check("It was over.", false);
        check("“No comment”", false);
        check("— Jane Doe, foreign minister", false);
        check("- A list item", false);
        check("The minister said:", false);
        check("The ministry listed three reasons for its decision:", false);
        check("and then", false);
        check("Background of the Situation", true);
        check("The Role of China", true);
        check("What happens next?", true);
        check("1. The first step", true);
        check("**Reactions:**", true);
        check("### Any heading at all, however long it may be, is one if it is marked", true);
    }
}
