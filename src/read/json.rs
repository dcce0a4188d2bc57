//! JSON: a value a line, an array, objects with an array of articles in them, one article.
//!
//! Arrays and lines are streamed: one element is held at a time. What holds the array may lie a few objects deep
//! (`{"response": {"docs": […]}}`); names of such arrays stand in `lexicon/fields.tsv`. Values inside of values are
//! counted before they are parsed; `serde_json` stops at 128 levels, which is left on.

use std::borrow::Cow;
use std::fmt;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer, Map, Value};

use super::article::{kind, unreadable};
use super::encoding::Forced;
use super::fields::{self, Choice, FieldMap, Part};
use super::input::Input;
use super::record::{Content, Out, Record};
use super::row::{self, Cell, Rows};
use super::stream::{self, Budget, Line, Nesting, Shallow, Transcoded};
use super::{ReadOptions, encoding};
use crate::error::Problem;

/// Objects inside of objects whose fields are looked at, and how many fields.
const DEEPEST: usize = 3;
const MOST_FIELDS: usize = 400;

/// `serde_json` reads no deeper, so that its stack holds.
const DEEPEST_VALUE: usize = 127;

/// A piece of a file may be so many times larger than an article: it has other fields, and escapes.
const SLACK: u64 = 4;

/// One value a line.
pub(super) fn lines(
    name: &str,
    input: Input,
    options: &ReadOptions,
    forced: Forced,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let encoding = stream::encoding(input.head(), forced);
    let mut source = match stream::utf8(input, encoding) {
        Ok(source) => source,
        Err(e) => return out(Err(unreadable(name, &e))),
    };
    let mut articles = Articles::new(name, &options.fields, out);
    articles.rows = articles.rows.decoded(encoding);
    let (mut buffer, mut number) = (Vec::new(), 0u64);
    let limit = options.max_bytes.saturating_mul(SLACK);
    let deepest = options.max_depth.min(DEEPEST_VALUE);
    loop {
        number += 1;
        match stream::line(&mut *source, limit, &mut buffer) {
            Ok(Line::End) => break,
            Ok(Line::Whole) if buffer.trim_ascii().is_empty() => {}
            Ok(Line::Whole) => {
                let line = buffer.strip_prefix(b"\xEF\xBB\xBF").filter(|_| number == 1).unwrap_or(&buffer);
                if Nesting::default().exceeds(line, deepest).is_some() {
                    articles.deep_line(number, deepest)?;
                    continue;
                }
                match value(line, forced) {
                    Ok(value) => articles.value(value)?,
                    Err(e) => articles.bad_line(number, &e)?,
                }
            }
            Ok(Line::TooLong(length)) => {
                let message = format!(
                    "line {number} of `{name}` was skipped: it has {length} bytes, more than {limit}"
                );
                articles.problem("too_large", message, "raise max_bytes to read it")?;
            }
            Err(e) => {
                let message = format!("`{name}` could not be read beyond line {number}: {e}");
                articles.problem(kind(&e), message, "")?;
                break;
            }
        }
    }
    articles.finish()
}

/// The value of a line; one that is not UTF-8 is decoded by itself.
fn value(line: &[u8], forced: Forced) -> serde_json::Result<Value> {
    match serde_json::from_slice(line) {
        Err(_) if std::str::from_utf8(line).is_err() => match encoding::decode(line, forced, None) {
            Ok(decoded) => serde_json::from_str(&decoded.text),
            Err(what) => Err(serde_json::Error::custom(format!("it is {what}"))),
        },
        parsed => parsed,
    }
}

/// One value, or several, each over as many lines as it likes.
pub(super) fn values(
    name: &str,
    input: Input,
    options: &ReadOptions,
    forced: Forced,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    let found = stream::encoding(input.head(), forced);
    let encoding = found.map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    let reader = match input.reader() {
        Ok(reader) => Transcoded::new(reader, encoding),
        Err(e) => return out(Err(unreadable(name, &e))),
    };
    let replaced = reader.replaced();
    let budget = Budget::new(options.max_bytes.saturating_mul(SLACK * 2));
    let shallow = Shallow::new(budget.on(reader), options.max_depth.min(DEEPEST_VALUE));
    let mut source = Deserializer::from_reader(BufReader::with_capacity(1 << 16, shallow));
    let mut articles = Articles::new(name, &options.fields, out);
    articles.rows = articles.rows.decoded(found);
    articles.budget = Some(budget.clone());
    let mut first = true;
    while source.end().is_err() {
        let read = Walk { articles: &mut articles, depth: 0 }.deserialize(&mut source);
        articles.flow?;
        match read {
            Ok(Walked::Done) => {}
            Ok(Walked::Value(value)) => {
                if first && source.end().is_ok() {
                    articles.only(value)?;
                } else {
                    articles.value(value)?;
                }
            }
            Err(e) => {
                articles.broken(&e)?;
                break;
            }
        }
        budget.renew();
        first = false;
    }
    if replaced.load(Ordering::Relaxed) {
        let message = format!("`{name}` is not valid {}: bytes were replaced by U+FFFD", encoding.name());
        let advice = "if this is the wrong encoding, name the right one";
        (articles.out)(Err(Problem::read(name, "encoding", message, advice).warning()))?;
    }
    articles.finish()
}

/// What becomes of the values.
struct Articles<'a, 'o> {
    name: &'a str,
    map: &'a FieldMap,
    rows: Rows<'a>,
    /// The next row.
    row: u64,
    /// Elements of arrays that are only by their name lists of articles, and hold no text: a problem unless the object
    /// around the array turns out to be the article.
    doubtful: Option<(u64, Vec<String>)>,
    /// Whether nothing was found up to now, good or bad.
    is_empty: bool,
    budget: Option<Budget>,
    flow: ControlFlow<()>,
    out: &'a mut Out<'o>,
}

impl<'a, 'o> Articles<'a, 'o> {
    fn new(name: &'a str, map: &'a FieldMap, out: &'a mut Out<'o>) -> Self {
        let flow = ControlFlow::Continue(());
        Articles {
            name,
            map,
            rows: Rows::new(name, map),
            row: 0,
            doubtful: None,
            is_empty: true,
            budget: None,
            flow,
            out,
        }
    }

    fn next_row(&mut self) -> u64 {
        self.is_empty = false;
        self.row += 1;
        self.row - 1
    }

    /// A problem that takes the place of a row.
    fn problem(&mut self, kind: &str, message: String, advice: &str) -> ControlFlow<()> {
        let row = self.next_row();
        (self.out)(Err(Problem::read(self.name, kind, message, advice).at(Some(row))))
    }

    fn deep_line(&mut self, number: u64, deepest: usize) -> ControlFlow<()> {
        let message = format!(
            "line {number} of `{}` was skipped: its values lie more than {deepest} deep in each other",
            self.name
        );
        let advice =
            if deepest < DEEPEST_VALUE { "raise max_depth to read it" } else { "no deeper JSON is read" };
        self.problem("too_deep", message, advice)
    }

    fn bad_line(&mut self, number: u64, error: &serde_json::Error) -> ControlFlow<()> {
        let message = format!(
            "line {number} of `{}` is no JSON: {}, column {}",
            self.name,
            cause(error),
            error.column()
        );
        self.problem("format", message, "")
    }

    /// The rest of a file that is no longer JSON.
    fn broken(&mut self, error: &serde_json::Error) -> ControlFlow<()> {
        let row = self.next_row();
        let place = format!("line {}, column {}", error.line(), error.column());
        let (kind, message, advice) = if let Some(io) = error.io_error_kind() {
            let message = format!("`{}` was not read beyond {place}: {}", self.name, cause(error));
            (kind(&io.into()), message, "")
        } else if error.is_eof() {
            let message =
                format!("`{}` ends in the middle of a value ({place}); what came before was read", self.name);
            ("format", message, "the file is cut off: get it again")
        } else {
            let message = format!("`{}` is no JSON from {place} on: {}", self.name, cause(error));
            ("format", message, "")
        };
        (self.out)(Err(Problem::read(self.name, kind, message, advice).at(Some(row))))
    }

    /// A value that is the only one of its file.
    fn only(&mut self, value: Value) -> ControlFlow<()> {
        self.read(value, 0, true)
    }

    /// A value among others.
    fn value(&mut self, value: Value) -> ControlFlow<()> {
        self.read(value, 0, false)
    }

    /// Finds the articles in a value that is held as a whole.
    fn read(&mut self, value: Value, depth: usize, only: bool) -> ControlFlow<()> {
        self.is_empty &= !only;
        match value {
            Value::Object(object) => self.object(object, depth, only),
            Value::Array(list) if depth < DEEPEST => {
                list.into_iter().try_for_each(|element| self.read(element, depth + 1, false))
            }
            Value::String(text) if !text.trim().is_empty() => {
                let content = Content::Text(text);
                let row = (!only).then(|| self.next_row());
                (self.out)(Ok(Record { media: row::media(&content), content, row, ..Record::default() }))
            }
            _ => {
                let row = self.next_row();
                self.rows.no_text::<&str>(Some(row), &[], self.out)
            }
        }
    }

    fn object(&mut self, object: Map<String, Value>, depth: usize, only: bool) -> ControlFlow<()> {
        if depth < DEEPEST
            && let Some(rows) = columns(&object)
        {
            return rows.into_iter().try_for_each(|row| self.object(row, DEEPEST, false));
        }
        let (names, cells) = flat(&object, self.map);
        let choice = Choice::of(&names, self.map);
        let is_summary = !choice.fields(Part::Text).is_empty() && !choice.has_body();
        if !choice.has_body()
            && depth < DEEPEST
            && let Some(list) = inner_list(&object, is_summary, depth)
        {
            return list.into_iter().try_for_each(|element| self.read(element.clone(), depth + 1, false));
        }
        let row = (!only).then(|| self.next_row());
        self.rows.record(row, &names, &choice, |i| cell(cells[i]), self.out)
    }

    /// An element of an array that is being streamed.
    fn element(&mut self, value: Value, depth: usize) -> ControlFlow<()> {
        if let Some(budget) = &self.budget {
            budget.renew();
        }
        if depth == 0 {
            return self.read(value, 0, false);
        }
        let Value::Object(object) = value else { return ControlFlow::Continue(()) };
        let (names, cells) = flat(&object, self.map);
        let choice = Choice::of(&names, self.map);
        let row = self.next_row();
        if choice.fields(Part::Text).is_empty() {
            self.doubtful.get_or_insert((row, names));
            return ControlFlow::Continue(());
        }
        self.rows.record(Some(row), &names, &choice, |i| cell(cells[i]), self.out)
    }

    /// After an object in which arrays were streamed: whether it is an article itself.
    fn is_article(&mut self, object: &Map<String, Value>) -> bool {
        let (names, _) = flat(object, self.map);
        let is = Choice::of(&names, self.map).has_body();
        if is {
            self.doubtful = None;
        }
        is
    }

    fn finish(&mut self) -> ControlFlow<()> {
        if self.is_empty {
            let message = format!("`{}` was skipped: it holds no articles", self.name);
            (self.out)(Err(Problem::read(self.name, "empty", message, "")))?;
        }
        if let Some((row, names)) = self.doubtful.take() {
            self.rows.no_text(Some(row), &names, self.out)?;
        }
        self.rows.finish(self.out)
    }
}

/// Reads a value; the elements of arrays of articles go out as they come.
struct Walk<'w, 'a, 'o> {
    articles: &'w mut Articles<'a, 'o>,
    depth: usize,
}

enum Walked {
    /// Its articles went out.
    Done,
    Value(Value),
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_, '_> {
    type Value = Walked;

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<Walked, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_, '_> {
    type Value = Walked;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Walked, A::Error> {
        while let Some(element) = list.next_element()? {
            self.articles.flow = self.articles.element(element, self.depth);
            if self.articles.flow.is_break() {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(Walked::Done)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Walked, A::Error> {
        let before = self.articles.row;
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if self.depth < DEEPEST && fields::is_list(&key) {
                let inside = Walk { articles: &mut *self.articles, depth: self.depth + 1 };
                match members.next_value_seed(inside)? {
                    Walked::Done => {}
                    Walked::Value(value) => _ = object.insert(key, value),
                }
            } else {
                object.insert(key, members.next_value()?);
            }
        }
        let streamed = self.articles.row > before;
        Ok(if streamed && !self.articles.is_article(&object) {
            Walked::Done
        } else {
            Walked::Value(object.into())
        })
    }

    fn visit_bool<E>(self, value: bool) -> Result<Walked, E> {
        Ok(Walked::Value(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Walked, E> {
        Ok(Walked::Value(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Walked, E> {
        Ok(Walked::Value(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Walked, E> {
        Ok(Walked::Value(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Walked, E> {
        Ok(Walked::Value(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Walked, E> {
        Ok(Walked::Value(Value::Null))
    }
}

/// An error without its place, which is told elsewhere.
fn cause(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The fields of an object and of those in it, with dotted names; and what the user names deeper down.
fn flat<'v>(object: &'v Map<String, Value>, map: &FieldMap) -> (Vec<String>, Vec<&'v Value>) {
    let (mut names, mut cells) = (Vec::new(), Vec::new());
    flatten(object, "", 1, &mut names, &mut cells);
    for (_, field) in map.named() {
        if !names.iter().any(|name| name == field)
            && let Some(value) = lookup(object, field)
        {
            names.push(field.to_owned());
            cells.push(value);
        }
    }
    (names, cells)
}

fn flatten<'v>(
    object: &'v Map<String, Value>,
    prefix: &str,
    depth: usize,
    names: &mut Vec<String>,
    cells: &mut Vec<&'v Value>,
) {
    for (key, value) in object {
        if names.len() >= MOST_FIELDS {
            return;
        }
        let name = format!("{prefix}{key}");
        match value {
            Value::Object(inner) if depth < DEEPEST => {
                flatten(inner, &format!("{name}."), depth + 1, names, cells);
            }
            _ => {
                names.push(name);
                cells.push(value);
            }
        }
    }
}

/// The value at a dotted path; numbers count the elements of arrays.
fn lookup<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    if let Some(value) = object.get(path) {
        return Some(value);
    }
    let mut keys = path.split('.');
    let mut value = object.get(keys.next()?)?;
    for key in keys {
        value = match value {
            Value::Object(object) => object.get(key)?,
            Value::Array(list) => list.get(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::String(text) => Cell::Text(Cow::Borrowed(text)),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Cell::Whole(whole),
            None => number.as_f64().map_or(Cell::Nothing, Cell::Number),
        },
        Value::Array(list) => Cell::Texts(list.iter().filter_map(element_text).collect()),
        Value::Null | Value::Bool(_) | Value::Object(_) => Cell::Nothing,
    }
}

/// An author or a paragraph of a list, as a text or as an object that has one.
fn element_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => {
            let names = ["name", "text", "content", "value"];
            names.iter().find_map(|name| object.get(*name)?.as_str()).map(str::to_owned)
        }
        _ => None,
    }
}

/// The elements of an array of articles in an object: one that is called so, or else one whose elements have texts;
/// or an object whose members are articles.
fn inner_list(object: &Map<String, Value>, is_summary: bool, depth: usize) -> Option<Vec<&Value>> {
    let is_articles = |list: &[&Value]| {
        list.first().and_then(|first| first.as_object()).is_some_and(|first| {
            let (names, _) = flat(first, &FieldMap::default());
            !Choice::of(&names, &FieldMap::default()).fields(Part::Text).is_empty()
        })
    };
    let called = object.iter().filter(|(key, _)| fields::is_list(key));
    let others = object.iter().filter(|(key, _)| !fields::is_list(key) && !is_summary);
    for (_, value) in called.chain(others) {
        match value {
            Value::Array(list) => {
                let list: Vec<&Value> = list.iter().collect();
                if is_articles(&list) {
                    return Some(list);
                }
            }
            Value::Object(inner) if depth + 1 < DEEPEST => {
                if let Some(list) = inner_list(inner, is_summary, depth + 1) {
                    return Some(list);
                }
            }
            _ => {}
        }
    }
    let members: Vec<&Value> = object.values().collect();
    (!is_summary && members.iter().all(|m| m.is_object()) && is_articles(&members)).then_some(members)
}

/// The rows of a table that is kept by columns, as pandas writes it: `{"title": {"0": …, "1": …}, "text": {…}}`.
fn columns(object: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let names: Vec<&String> = object.keys().collect();
    let choice = Choice::of(&names, &FieldMap::default());
    let text = object.get(names.get(*choice.fields(Part::Text).first()?)?.as_str())?;
    let size = |value: &Value| match value {
        Value::Object(column) => Some(column.len()),
        Value::Array(column) => Some(column.len()),
        _ => None,
    };
    let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
    let rows = match text {
        Value::Object(column) if column.values().all(is_scalar) => column.len(),
        // A list of paragraphs looks the same; it is a column if the titles are as many.
        Value::Array(column) if !choice.fields(Part::Title).is_empty() && column.iter().all(is_scalar) => {
            column.len()
        }
        _ => return None,
    };
    if rows == 0 || object.values().any(|column| size(column) != Some(rows)) {
        return None;
    }
    let mut table = vec![Map::new(); rows];
    for (name, column) in object {
        let cells: Vec<&Value> = match column {
            Value::Object(column) => {
                let mut cells: Vec<(&String, &Value)> = column.iter().collect();
                // Row numbers in their order, which is not that of the alphabet.
                cells.sort_by_key(|(index, _)| (index.len(), *index));
                cells.into_iter().map(|(_, cell)| cell).collect()
            }
            Value::Array(column) => column.iter().collect(),
            _ => return None,
        };
        for (row, cell) in table.iter_mut().zip(cells) {
            row.insert(name.clone(), cell.clone());
        }
    }
    Some(table)
}

#[cfg(test)]
mod tests;
