//! Columns, added one after another, to a record batch.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, ListArray, RecordBatch, RecordBatchOptions,
    StringArray, StructArray, TimestampMicrosecondArray, UInt32Array,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{Field, Fields, Schema};
use jiff::civil::{Date, DateTime};

/// A batch ends at this many rows, or
const BATCH_ROWS: usize = 32_768;
/// when it holds about this many bytes of text: Arrow's string offsets are 32-bit, and nested claims repeat text.
const BATCH_BYTES: usize = 256 << 20;

/// How many of the next rows one batch takes, given about how many bytes of text each of them has; at least one if
/// there is one.
pub(super) fn batch_rows(bytes: impl Iterator<Item = usize>) -> usize {
    let mut sum = 0;
    let fits = |bytes: &usize| {
        let fits = sum < BATCH_BYTES;
        sum = bytes.saturating_add(sum);
        fits
    };
    bytes.take(BATCH_ROWS).take_while(fits).count()
}

/// A table in the making. Every column may hold nulls; every column must have as many rows as the others.
#[derive(Default)]
pub(super) struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    fn push(mut self, name: &str, array: ArrayRef) -> Self {
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
        self
    }

    /// These columns, then those of `other`.
    pub(super) fn and(mut self, other: Columns) -> Self {
        self.fields.extend(other.fields);
        self.arrays.extend(other.arrays);
        self
    }

    /// Strings.
    pub(super) fn text<S: AsRef<str>>(self, name: &str, values: impl Iterator<Item = Option<S>>) -> Self {
        self.push(name, Arc::new(values.collect::<StringArray>()))
    }

    /// Strings that are always there.
    pub(super) fn word<S: AsRef<str>>(self, name: &str, values: impl Iterator<Item = S>) -> Self {
        self.text(name, values.map(Some))
    }

    /// 64-bit floats.
    pub(super) fn number(self, name: &str, values: impl Iterator<Item = Option<f64>>) -> Self {
        self.push(name, Arc::new(values.collect::<Float64Array>()))
    }

    /// Certainties and shares: stored as 32-bit floats, shown as the decimal that was meant (0.9, not 0.89999997).
    pub(super) fn decimal(self, name: &str, values: impl Iterator<Item = f32>) -> Self {
        self.number(name, values.map(|v| Some(widen(v))))
    }

    /// Unsigned 32-bit integers: indices, positions, counts.
    pub(super) fn count(self, name: &str, values: impl Iterator<Item = usize>) -> Self {
        self.counts(name, values.map(Some))
    }

    /// The same, some of them absent.
    pub(super) fn counts(self, name: &str, values: impl Iterator<Item = Option<usize>>) -> Self {
        self.push(name, Arc::new(values.map(|v| v.map(|v| v as u32)).collect::<UInt32Array>()))
    }

    /// Truth values.
    pub(super) fn flag(self, name: &str, values: impl Iterator<Item = bool>) -> Self {
        self.push(name, Arc::new(values.map(Some).collect::<BooleanArray>()))
    }

    /// Days.
    pub(super) fn date(self, name: &str, values: impl Iterator<Item = Option<Date>>) -> Self {
        self.push(name, Arc::new(values.map(|d| d.map(days)).collect::<Date32Array>()))
    }

    /// Moments without a zone, in microseconds.
    pub(super) fn moment(self, name: &str, values: impl Iterator<Item = Option<DateTime>>) -> Self {
        self.push(name, Arc::new(values.map(|t| t.map(micros)).collect::<TimestampMicrosecondArray>()))
    }

    /// Lists of strings.
    pub(super) fn words<S: AsRef<str>>(self, name: &str, rows: impl Iterator<Item = Vec<S>>) -> Self {
        let (mut lengths, mut all) = (Vec::new(), Vec::new());
        for row in rows {
            lengths.push(row.len());
            all.extend(row);
        }
        let values: StringArray = all.iter().map(|s| Some(s.as_ref())).collect();
        self.list(name, lengths, Arc::new(values))
    }

    /// Lists of integers.
    pub(super) fn indices(self, name: &str, rows: impl Iterator<Item = Vec<u32>>) -> Self {
        let (mut lengths, mut all) = (Vec::new(), Vec::new());
        for row in rows {
            lengths.push(row.len());
            all.extend(row);
        }
        self.list(name, lengths, Arc::new(UInt32Array::from(all)))
    }

    /// Lists of records: `lengths` says how many of the records of `inner` each row takes.
    pub(super) fn records(self, name: &str, lengths: Vec<usize>, inner: Columns) -> Self {
        let rows = lengths.iter().sum();
        let fields = Fields::from(inner.fields);
        let records = StructArray::try_new_with_length(fields, inner.arrays, None, rows)
            .expect("every inner column has one value a record");
        self.list(name, lengths, Arc::new(records))
    }

    fn list(self, name: &str, lengths: Vec<usize>, values: ArrayRef) -> Self {
        let item = Arc::new(Field::new("item", values.data_type().clone(), true));
        let list = ListArray::try_new(item, OffsetBuffer::from_lengths(lengths), values, None)
            .expect("the lengths add up to the values");
        self.push(name, Arc::new(list))
    }

    /// The table.
    pub(super) fn finish(self) -> RecordBatch {
        let rows = self.arrays.first().map_or(0, |a| a.len());
        let schema = Arc::new(Schema::new(self.fields));
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(schema, self.arrays, &options)
            .expect("every column has one value a row")
    }
}

/// The double that prints as the float does.
pub(crate) fn widen(value: f32) -> f64 {
    if value.is_finite() { (f64::from(value) * 1e6).round() / 1e6 } else { f64::from(value) }
}

/// Days since 1970-01-01.
fn days(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    date.duration_since(epoch).as_hours() as i32 / 24
}

/// Microseconds since 1970-01-01.
fn micros(moment: DateTime) -> i64 {
    let epoch = Date::constant(1970, 1, 1).to_datetime(jiff::civil::Time::midnight());
    moment.duration_since(epoch).as_micros() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_the_epoch() {
        assert_eq!(days(Date::constant(1970, 1, 1)), 0);
        assert_eq!(days(Date::constant(1969, 12, 31)), -1);
        assert_eq!(days(Date::constant(2024, 10, 26)), 20022);
        assert_eq!(days(Date::MAX), 2_932_896);
        assert!(days(Date::MIN) < -4_000_000);
    }

    #[test]
    fn batches_are_bounded_by_rows_and_by_bytes() {
        assert_eq!(batch_rows(std::iter::empty()), 0);
        assert_eq!(batch_rows(std::iter::repeat_n(1, 100_000)), BATCH_ROWS);
        assert_eq!(batch_rows([usize::MAX, 1].into_iter()), 1);
        assert_eq!(batch_rows([BATCH_BYTES - 1, 1, 1].into_iter()), 2);
    }

    #[test]
    fn extreme_moments_fit() {
        assert!(micros(DateTime::MAX) > 0 && micros(DateTime::MIN) < 0);
    }

    #[test]
    fn decimals_stay_what_was_meant() {
        assert_eq!(widen(0.9), 0.9);
        assert_eq!(widen(-2.2), -2.2);
        assert!(widen(f32::NAN).is_nan());
    }
}
