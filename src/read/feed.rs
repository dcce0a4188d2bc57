//! Feeds: RSS 0.9 to 2.0, Atom and JSON Feed, as saved by a feed reader.
//!
//! Each entry is an article: its content, or else its summary. `feed-rs` reads them; the XML reader under it expands
//! no entities but those of HTML, so that a bomb of entities stays as small as it is written.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use feed_rs::model::{Entry, Person};
use feed_rs::parser;
use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;

use super::ReadOptions;
use super::article::{guarded, unreadable};
use super::input::Input;
use super::record::{Content, Out, Record};
use super::{row, stamp};
use crate::error::Problem;

/// The entries of a feed.
pub(super) fn entries(name: &str, input: Input, options: &ReadOptions, out: &mut Out<'_>) -> ControlFlow<()> {
    let limit = options.max_file_bytes;
    let bytes = match input.whole(limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let message = format!("`{name}` was skipped: it has more than {limit} bytes");
            return out(Err(Problem::read(name, "too_large", message, "raise max_file_bytes to read it")));
        }
        Err(e) => return out(Err(unreadable(name, &e))),
    };
    let unread: Arc<Mutex<Option<String>>> = Arc::default();
    let noted = unread.clone();
    let parser = parser::Builder::new()
        // Of its own it would draw a random id where there is none.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| {
            let noon = stamp::day(text).and_then(noon);
            if noon.is_none()
                && let Ok(mut unread) = noted.lock()
            {
                unread.get_or_insert_with(|| text.to_owned());
            }
            noon.map(|n| (UNIX_EPOCH + Duration::from_secs(n)).into())
        })
        .build();
    let feed = match guarded(|| parser.parse(bytes.as_slice())) {
        Ok(feed) => feed,
        Err(e) => {
            let message = format!("`{name}` was skipped: {e}");
            let advice = "RSS, Atom and JSON Feed are read; convert other XML first";
            return out(Err(Problem::read(name, "format", message, advice)));
        }
    };
    if let Some(text) = unread.lock().ok().and_then(|mut unread| unread.take()) {
        let message = format!("`{name}` has dates that cannot be read: `{}`", row::shortened(&text));
        out(Err(Problem::read(name, "date", message, "").warning()))?;
    }
    let outlet = feed.title.map(|t| t.content.trim().to_owned()).filter(|t| !t.is_empty());
    let authors = people(&feed.authors);
    for (row, entry) in (0u64..).zip(feed.entries) {
        match record(entry, row, outlet.as_ref(), authors.as_ref()) {
            Some(record) => out(Ok(record))?,
            None => {
                let message =
                    format!("entry {row} of `{name}` was skipped: it has neither content nor summary");
                out(Err(Problem::read(name, "empty", message, "").at(Some(row))))?;
            }
        }
    }
    ControlFlow::Continue(())
}

fn record(entry: Entry, row: u64, outlet: Option<&String>, authors: Option<&String>) -> Option<Record> {
    let content = entry.content.and_then(|c| c.body).filter(|body| !body.trim().is_empty());
    let summary = entry.summary.map(|s| s.content).filter(|s| !s.trim().is_empty());
    let content = Content::Text(content.or(summary)?);
    let link = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let published = entry.published.and_then(|t| day(t.timestamp()));
    Some(Record {
        media: row::media(&content),
        content,
        row: Some(row),
        // Most ids are addresses, which stand elsewhere.
        id: Some(entry.id).filter(|id| !id.is_empty() && !id.contains("://")),
        title: entry.title.map(|t| t.content.trim().to_owned()).filter(|t| !t.is_empty()),
        published,
        // `feed-rs` takes the one for the other where there is only one.
        modified: entry.updated.and_then(|t| day(t.timestamp())).filter(|day| Some(*day) != published),
        outlet: outlet.cloned(),
        byline: people(&entry.authors).or_else(|| authors.cloned()),
        url: link.or(entry.links.first()).map(|l| l.href.clone()),
        ..Record::default()
    })
}

fn people(people: &[Person]) -> Option<String> {
    let names: Vec<&str> = people.iter().filter_map(|p| p.name.as_deref().or(p.email.as_deref())).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The day as it is written passes through `feed-rs` as its noon in UTC.
fn noon(date: Date) -> Option<u64> {
    let second = date.to_datetime(time(12, 0, 0, 0)).to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
    u64::try_from(second).ok()
}

fn day(second: i64) -> Option<Date> {
    Timestamp::from_second(second).ok().map(|t| t.to_zoned(TimeZone::UTC).date())
}
