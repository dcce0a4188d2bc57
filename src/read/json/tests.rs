use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::*;
use crate::read::FieldMap;

/// `id | title | text` of each article and `kind@row` of each problem, in order.
fn read(json: &str, fields: &[(&str, &str)]) -> Vec<String> {
    let options =
        ReadOptions { fields: FieldMap::new(fields.iter().copied()).unwrap(), ..ReadOptions::default() };
    let mut found = Vec::new();
    let input = Input::bytes("a.json", json.as_bytes());
    let _ = values("a.json", input, &options, None, &mut |item| {
        found.push(match item {
            Ok(record) => {
                let Content::Text(text) = record.content else { panic!("JSON is text") };
                let part = |part: Option<String>| part.unwrap_or_default();
                format!("{} | {} | {text}", part(record.id), part(record.title))
            }
            Err(problem) => match problem.row {
                Some(row) => format!("{}@{row}", problem.kind),
                None => problem.kind,
            },
        });
        ControlFlow::Continue(())
    });
    found
}

#[test]
fn what_is_not_an_article_stays() {
    assert_eq!(read("{}", &[]), ["field"]);
    assert_eq!(read("[]", &[]), ["empty"]);
    assert_eq!(read("[1, null, true]", &[]), ["field@0", "field"]);
    assert_eq!(read(r#"{"articles": []}"#, &[]), ["field"]);
}

#[test]
fn related_articles_do_not_replace_the_article() {
    let json = r#"{"title": "A", "text": "Seoul said no.", "items": [{"id": 1}], "tags": [{"name": "x"}]}"#;
    assert_eq!(read(json, &[]), [" | A | Seoul said no."]);
}

#[test]
fn lists_where_they_may_be() {
    for json in [
        r#"[{"title": "A", "text": "x"}]"#,
        r#"{"articles": [{"title": "A", "text": "x"}], "status": "ok"}"#,
        r#"{"status": "ok", "data": {"stories": [{"title": "A", "text": "x"}]}}"#,
        r#"{"response": {"docs": [{"title": "A", "text": "x"}], "meta": {"hits": 1}}}"#,
        r#"{"my_export": [{"title": "A", "text": "x"}]}"#,
        r#"{"k1": {"title": "A", "text": "x"}}"#,
        r#"{"title": ["A"], "text": ["x"]}"#,
        r#"{"feed": {"title": "F", "description": "D", "entries": [{"title": "A", "text": "x"}]}}"#,
    ] {
        assert_eq!(read(json, &[]), [" | A | x"], "{json}");
    }
}

#[test]
fn the_user_names_fields_at_any_depth() {
    let json = r#"[{"a": {"b": {"c": {"d": "x"}}}, "t": ["A", "B"], "text": "no"}]"#;
    assert_eq!(read(json, &[("text", "a.b.c.d"), ("title", "t.0")]), [" | A | x"]);
    assert_eq!(read(json, &[("text", "a.b.x")]), ["field@0"]);
}

#[test]
fn good_elements_stay_before_what_is_broken() {
    assert_eq!(read(r#"[{"text": "x"}, {"text": "y""#, &[]), [" |  | x", "format@1"]);
    assert_eq!(read(r#"[{"text": "x"}, nonsense]"#, &[]), [" |  | x", "format@1"]);
    assert_eq!(read(r#"{"text": "x"} {"text": "y"} }"#, &[]), [" |  | x", " |  | y", "format@2"]);
    let deep = format!(r#"[{{"text": "x"}}, {}"#, "[".repeat(100_000));
    assert_eq!(read(&deep, &[]), [" |  | x", "too_deep@1"]);
    assert_eq!(read(&"[".repeat(100_000), &[]), ["too_deep@0"]);
    assert_eq!(read(&"{\"data\":".repeat(100_000), &[]), ["too_deep@0"]);
}

/// Lines that come into being as they are read.
struct Endless {
    left: u64,
    line: Vec<u8>,
    at: usize,
    made: Arc<AtomicU64>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.line.len() {
            if self.left == 0 {
                return Ok(0);
            }
            (self.left, self.at) = (self.left - 1, 0);
        }
        let n = buffer.len().min(self.line.len() - self.at);
        buffer[..n].copy_from_slice(&self.line[self.at..self.at + n]);
        self.at += n;
        self.made.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// 300 MB of lines are never held: what was read is never far ahead of what was handed out.
#[test]
fn lines_are_streamed() {
    let line =
        format!("{{\"title\": \"A\", \"text\": \"{}\"}}\n", "Seoul said no. ".repeat(2000)).into_bytes();
    let (size, count) = (line.len() as u64, 10_000);
    assert!(size * count > 300_000_000);
    let made: Arc<AtomicU64> = Arc::default();
    let endless = Endless { left: count, at: line.len(), line, made: made.clone() };
    let (mut seen, mut furthest) = (0, 0);
    let input = Input::stream("a.jsonl", Box::new(endless)).unwrap();
    let _ = lines("a.jsonl", input, &ReadOptions::default(), None, &mut |item| {
        assert!(item.is_ok());
        seen += 1;
        furthest = furthest.max(made.load(Ordering::Relaxed).saturating_sub(seen * size));
        ControlFlow::Continue(())
    });
    assert_eq!(seen, count);
    assert!(furthest < 1 << 18, "{furthest} bytes were read ahead");
}
