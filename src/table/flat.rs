//! Tables without lists and records, for CSV, spreadsheets and SQL.
//!
//! | column | becomes |
//! |---|---|
//! | spans, a list of (`start`, `end`) named `…_spans` | `…_start`, `…_end`: the extent that covers them all |
//! | another list of records, as `quantities` | `quantities`: how many there are; `quantity_low`, …: the fields of the first |
//! | `chain` | its links joined by " → " |
//! | another list | its items joined by "; " |
//!
//! Fields keep their types. Where a list is empty, what is told of its first record is null.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, RecordBatchOptions, StringArray, UInt32Array};
use arrow_schema::{DataType, Field, Schema};
use arrow_select::take::take;

/// The table with nested columns taken apart; the others are shared, not copied.
#[must_use]
pub fn flat(batch: &RecordBatch) -> RecordBatch {
    let mut table = Table::default();
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        table.add(field.name(), column);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(table.fields)), table.columns, &options)
        .expect("every flat column has one value a row")
}

#[derive(Default)]
struct Table {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl Table {
    fn push(&mut self, name: impl Into<String>, column: ArrayRef) {
        self.fields.push(Field::new(name, column.data_type().clone(), true));
        self.columns.push(column);
    }

    fn add(&mut self, name: &str, column: &ArrayRef) {
        let Some(list) = column.as_list_opt::<i32>() else { return self.push(name, column.clone()) };
        match (list.values().data_type(), name.strip_suffix("_spans")) {
            (DataType::Struct(_), Some(role)) => self.extent(role, list),
            (DataType::Struct(_), None) => self.records(name, list),
            _ => self.push(name, joined(list, if name == "chain" { " → " } else { "; " })),
        }
    }

    /// From the first start to the last end.
    fn extent(&mut self, role: &str, list: &ListArray) {
        let spans = list.values().as_struct();
        let end = |field: &str, most: fn(&[u32]) -> Option<u32>| -> ArrayRef {
            let Some(column) = spans.column_by_name(field) else {
                return Arc::new(UInt32Array::new_null(list.len()));
            };
            let all = column.as_primitive::<UInt32Type>().values();
            let of = |row: usize| most(&all[range(list, row)]);
            Arc::new((0..list.len()).map(of).collect::<UInt32Array>())
        };
        self.push(format!("{role}_start"), end("start", |all| all.iter().min().copied()));
        self.push(format!("{role}_end"), end("end", |all| all.iter().max().copied()));
    }

    /// How many there are, and the fields of the first.
    fn records(&mut self, name: &str, list: &ListArray) {
        let count = |row: usize| Some(range(list, row).len() as u32).filter(|_| list.is_valid(row));
        self.push(name, Arc::new((0..list.len()).map(count).collect::<UInt32Array>()));
        let first = |row: usize| Some(range(list, row)).filter(|r| !r.is_empty()).map(|r| r.start as u32);
        let firsts: UInt32Array = (0..list.len()).map(first).collect();
        let records = list.values().as_struct();
        let one = singular(name);
        for (field, column) in records.fields().iter().zip(records.columns()) {
            let name = if field.name() == &one { one.clone() } else { format!("{one}_{}", field.name()) };
            let picked =
                take(column.as_ref(), &firsts, None).expect("the first record is one of the records");
            self.add(&name, &picked);
        }
    }
}

/// Which values are of a row: none where the list is missing.
fn range(list: &ListArray, row: usize) -> std::ops::Range<usize> {
    let offsets = list.value_offsets();
    let (start, end) = (offsets[row] as usize, offsets[row + 1] as usize);
    if list.is_null(row) { start..start } else { start..end }
}

/// Items of lists of strings or whole numbers in a string; null where there are none.
fn joined(list: &ListArray, mark: &str) -> ArrayRef {
    let values = list.values();
    let (texts, numbers) = (values.as_string_opt::<i32>(), values.as_primitive_opt::<UInt32Type>());
    let item = |i: usize| match (texts, numbers) {
        (Some(texts), _) => texts.value(i).to_owned(),
        (_, Some(numbers)) => numbers.value(i).to_string(),
        _ => unreachable!("no table here has a list of {}", values.data_type()),
    };
    let of = |row: usize| {
        let items: Vec<String> = range(list, row).filter(|i| values.is_valid(*i)).map(item).collect();
        (!items.is_empty()).then(|| items.join(mark))
    };
    Arc::new((0..list.len()).map(of).collect::<StringArray>())
}

/// `quantities`: `quantity`.
fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) = name.strip_suffix("ches") {
        return format!("{stem}ch");
    }
    name.strip_suffix('s').unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::columns::Columns;
    use super::*;

    fn names(batch: &RecordBatch) -> Vec<&str> {
        batch.schema_ref().fields().iter().map(|f| f.name().as_str()).collect()
    }

    fn texts(batch: &RecordBatch, name: &str) -> Vec<Option<String>> {
        let column = batch.column_by_name(name).expect("there is such a column");
        column.as_string::<i32>().iter().map(|v| v.map(str::to_owned)).collect()
    }

    fn counts(batch: &RecordBatch, name: &str) -> Vec<Option<u32>> {
        batch
            .column_by_name(name)
            .expect("there is such a column")
            .as_primitive::<UInt32Type>()
            .iter()
            .collect()
    }

    #[test]
    fn plain_columns_are_shared() {
        let batch = Columns::default().word("a", ["x", "y"].iter()).count("b", [1, 2].into_iter()).finish();
        assert_eq!(flat(&batch), batch);
        assert!(Arc::ptr_eq(flat(&batch).column(0), batch.column(0)));
    }

    #[test]
    fn spans_become_the_extent_that_covers_them() {
        let inner = Columns::default().count("start", [9, 2].into_iter()).count("end", [12, 5].into_iter());
        let batch = flat(&Columns::default().records("cue_spans", vec![0, 2], inner).finish());
        assert_eq!(names(&batch), ["cue_start", "cue_end"]);
        assert_eq!(counts(&batch, "cue_start"), [None, Some(2)]);
        assert_eq!(counts(&batch, "cue_end"), [None, Some(12)]);
    }

    #[test]
    fn records_become_their_number_and_the_first() {
        let inner = Columns::default()
            .word("text", ["a", "b", "c"].iter())
            .words("places", [vec!["P", "Q"], vec![], vec!["R"]].into_iter());
        let batch = flat(&Columns::default().records("quantities", vec![2, 0, 1], inner).finish());
        assert_eq!(names(&batch), ["quantities", "quantity_text", "quantity_places"]);
        assert_eq!(counts(&batch, "quantities"), [Some(2), Some(0), Some(1)]);
        assert_eq!(texts(&batch, "quantity_text"), [Some("a".into()), None, Some("c".into())]);
        assert_eq!(texts(&batch, "quantity_places"), [Some("P; Q".into()), None, Some("R".into())]);
    }

    #[test]
    fn lists_are_joined() {
        let batch = Columns::default()
            .words("chain", [vec!["A", "B"], vec![]].into_iter())
            .indices("claims", [vec![3, 7], vec![4]].into_iter())
            .finish();
        let batch = flat(&batch);
        assert_eq!(texts(&batch, "chain"), [Some("A → B".into()), None]);
        assert_eq!(texts(&batch, "claims"), [Some("3; 7".into()), Some("4".into())]);
    }

    #[test]
    fn slices_keep_their_rows() {
        let inner = Columns::default().word("text", ["a", "b", "c"].iter());
        let batch = Columns::default().records("matches", vec![1, 1, 1], inner).finish().slice(1, 2);
        assert_eq!(texts(&flat(&batch), "match_text"), [Some("b".into()), Some("c".into())]);
    }

    #[test]
    fn one_of_many() {
        for (many, one) in [
            ("quantities", "quantity"),
            ("times", "time"),
            ("places", "place"),
            ("matches", "match"),
            ("passages", "passage"),
            ("evidence", "evidence"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
