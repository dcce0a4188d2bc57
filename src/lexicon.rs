//! The tables under `lexicon/`: lines of tab-separated cells, with comments that start with `#`.

/// The rows of a table; comments and empty lines are left out.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
