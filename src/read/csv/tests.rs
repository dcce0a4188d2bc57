use super::*;
use crate::read::FieldMap;
use crate::read::record::Content;

/// `title | text` of each row and `kind@row` of each problem, in order.
fn read(table: &[u8], options: &ReadOptions) -> Vec<String> {
    let mut found = Vec::new();
    let _ = rows("a.csv", Input::bytes("a.csv", table), options, None, &mut |item| {
        found.push(match item {
            Ok(record) => match record.content {
                Content::Text(text) => format!("{} | {text}", record.title.unwrap_or_default()),
                Content::Bytes(bytes, _) => format!("{} | {bytes:?}", record.title.unwrap_or_default()),
            },
            Err(problem) => match problem.row {
                Some(row) => format!("{}@{row}", problem.kind),
                None => problem.kind,
            },
        });
        ControlFlow::Continue(())
    });
    found
}

fn check(table: &str, expected: &[&str]) {
    assert_eq!(read(table.as_bytes(), &ReadOptions::default()), expected, "{table}");
}

#[test]
fn quotation_marks_and_line_ends_stay_in_their_fields() {
    check("title,text\nA,\"one, \"\"two\"\"\r\nthree\"\r\n", &["A | one, \"two\"\r\nthree"]);
    check("title\ttext\nA\the said \"no\" twice\n", &["A | he said \"no\" twice"]);
}

#[test]
fn dialects() {
    check("title;text;date\nA;x, y;2024-10-26\n", &["A | x, y"]);
    check("title|text\nA|x, y; z\n", &["A | x, y; z"]);
    check("title,text\rA,x\rB,y\r", &["A | x", "B | y"]);
    check("sep=|\ntitle|text\nA|x\n", &["A | x"]);
}

#[test]
fn rows_without_a_text() {
    check("title,text\nA,\nB,NaN\nC,x\n,,\n", &["empty@0", "empty@1", "C | x"]);
    check("title,text\n", &["empty"]);
    check("name,age\nJane,30\n", &["field"]);
}

#[test]
fn the_user_names_columns() {
    let options = ReadOptions {
        fields: FieldMap::new([("text", "Notiz"), ("title", "nowhere")]).unwrap(),
        ..ReadOptions::default()
    };
    assert_eq!(read(b"Nummer,Notiz\n1,Seoul said no.\n", &options), [" | Seoul said no.", "field"]);
    let options = ReadOptions { fields: FieldMap::new([("text", "2")]).unwrap(), ..ReadOptions::default() };
    let table =
        b"1,Seoul said no.,and a much longer text that is not meant\n2,Moscow said no.,the same here\n";
    assert_eq!(read(table, &options), [" | Seoul said no.", " | Moscow said no."]);
}

#[test]
fn a_row_that_is_too_large_is_passed_over() {
    let options = ReadOptions { max_bytes: 1 << 10, ..ReadOptions::default() };
    let table = format!("title,text\nA,x\nB,\"{}\"\nC,y\n", "z ".repeat(1 << 13));
    assert_eq!(read(table.as_bytes(), &options), ["A | x", "too_large@1", "C | y"]);
}

#[test]
fn bytes_of_another_encoding_are_left_to_be_decoded() {
    let mut table = b"title,text\n".to_vec();
    for _ in 0..8000 {
        table.extend_from_slice(b"A,Seoul said no.\n");
    }
    table.extend_from_slice(b"B,caf\xE9\n");
    assert_eq!(read(&table, &ReadOptions::default()).last().unwrap(), "B | [99, 97, 102, 233]");
}
