//! Mail: a message (EML), or a mailbox of them (MBOX), as newsletters, alerts and press releases arrive.
//!
//! The text part is the article; where there is none, or one that only points to the other, the HTML part is.
//! Attachments are left out. Headers, charsets and encodings are decoded by `mail-parser`.

use std::ops::ControlFlow;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::ReadOptions;
use super::article::{kind, unreadable};
use super::input::Input;
use super::record::{Content, Media, Out, Record};
use super::stamp;
use super::stream::Budget;
use crate::error::Problem;

/// A message may be so many times larger than the article in it: it has attachments.
const SLACK: u64 = 8;

/// A text part shorter than this, beside an HTML part many times longer, says "read this in your browser".
const STUB: usize = 200;

/// A message.
pub(super) fn message(name: &str, input: Input, options: &ReadOptions, out: &mut Out<'_>) -> ControlFlow<()> {
    let limit = options.max_file_bytes.min(u64::from(u32::MAX));
    match input.whole(limit) {
        Ok(Some(bytes)) => read(name, &bytes, None, options, out),
        Ok(None) => {
            let message = format!("`{name}` was skipped: the message has more than {limit} bytes");
            out(Err(Problem::read(name, "too_large", message, "raise max_file_bytes to read it")))
        }
        Err(e) => out(Err(unreadable(name, &e))),
    }
}

/// The messages of a mailbox.
pub(super) fn mailbox(name: &str, input: Input, options: &ReadOptions, out: &mut Out<'_>) -> ControlFlow<()> {
    let unreadable = |e: std::io::Error, row: u64| {
        let message = format!("`{name}` was not read beyond message {row}: {e}");
        Problem::read(name, kind(&e), message, "").at(Some(row))
    };
    let reader = match input.reader() {
        Ok(reader) => reader,
        Err(e) => return out(Err(unreadable(e, 0))),
    };
    let budget = Budget::new(options.max_bytes.saturating_mul(SLACK));
    for (row, message) in (0u64..).zip(MessageIterator::new(budget.on(reader))) {
        match message {
            Ok(message) => read(name, message.contents(), Some(row), options, out)?,
            Err(e) => return out(Err(unreadable(e, row))),
        }
        budget.renew();
    }
    ControlFlow::Continue(())
}

fn read(
    name: &str,
    bytes: &[u8],
    row: Option<u64>,
    options: &ReadOptions,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let place = row.map_or_else(|| format!("`{name}`"), |row| format!("message {row} of `{name}`"));
    let Some(message) = MessageParser::default().parse(bytes) else {
        let message = format!("{place} was skipped: it is no mail");
        return out(Err(Problem::read(name, "format", message, "").at(row)));
    };
    if depth(&message) > options.max_depth {
        dismantle(message);
        let limit = options.max_depth;
        let message = format!("{place} was skipped: its parts lie more than {limit} deep in each other");
        return out(Err(Problem::read(name, "too_deep", message, "raise max_depth to read it").at(row)));
    }
    let record = record(&message);
    let dated = message.header_raw("Date").is_some();
    dismantle(message);
    let Some(record) = record else {
        let message = format!("{place} was skipped: it has no text, apart from attachments");
        return out(Err(Problem::read(name, "empty", message, "").at(row)));
    };
    if dated && record.published.is_none() {
        let message = format!("{place}: its date cannot be read");
        out(Err(Problem::read(name, "date", message, "").at(row).warning()))?;
    }
    out(Ok(Record { row, ..record }))
}

fn record(message: &Message<'_>) -> Option<Record> {
    let (text, media) = body(message)?;
    let sender = message.from().and_then(|from| from.first()).and_then(|from| {
        let name = from.name.as_deref().map(str::trim).filter(|n| !n.is_empty());
        name.or(from.address.as_deref()).map(str::to_owned)
    });
    // A list's sender is a paper, not a person.
    let is_list = !message.list_id().is_empty() || !message.list_unsubscribe().is_empty();
    let (outlet, byline) = if is_list { (sender, None) } else { (None, sender) };
    Some(Record {
        content: Content::Text(text),
        media,
        id: message.message_id().map(str::to_owned),
        title: message.subject().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()),
        published: message.date().and_then(|d| {
            let (month, day) = (i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?);
            stamp::date(i16::try_from(d.year).ok()?, month, day)
        }),
        outlet,
        byline,
        ..Record::default()
    })
}

/// How deep the parts of a message lie in each other; 1 for a message of one part.
fn depth(message: &Message<'_>) -> usize {
    let mut deepest = 0;
    let mut todo = vec![(message, 0u32, 1usize)];
    while let Some((message, part, depth)) = todo.pop() {
        deepest = deepest.max(depth);
        match message.parts.get(part as usize).map(|part| &part.body) {
            Some(PartType::Multipart(parts)) => {
                // Parts come after what they are part of: there is no way back.
                todo.extend(parts.iter().filter(|p| **p > part).map(|p| (message, *p, depth + 1)));
            }
            Some(PartType::Message(inner)) => todo.push((inner, 0, depth + 1)),
            _ => {}
        }
    }
    deepest
}

/// Drops messages inside of messages one after the other: a hundred thousand of them, dropped one inside the other as
/// the compiler has it, overflow the stack.
fn dismantle(message: Message<'_>) {
    let mut parts = message.parts;
    while let Some(part) = parts.pop() {
        if let PartType::Message(inner) = part.body {
            parts.extend(inner.parts);
        }
    }
}

/// The text of a message and what it is written in.
fn body(message: &Message<'_>) -> Option<(String, Media)> {
    let inline = |part: &&MessagePart<'_>| part.content_disposition().is_none_or(|d| !d.is_attachment());
    let plain = joined(message.text_bodies().filter(inline).filter_map(|part| match &part.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    }));
    let html = joined(message.html_bodies().filter(inline).filter_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    }));
    let is_stub = plain.trim().len() < STUB && html.len() > STUB * 10;
    if plain.trim().is_empty() || is_stub {
        return (!html.trim().is_empty()).then_some((html, Media::Fragment));
    }
    Some((plain, Media::Plain))
}

fn joined<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}
