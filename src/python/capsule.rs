//! The [Arrow PyCapsule interface](https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html):
//! how polars, pyarrow, duckdb and others take a table without a copy.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::SchemaRef;
use arrow_schema::ffi::FFI_ArrowSchema;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::errors::InternalError;

/// A stream of batches, made as the reader asks for them.
pub(super) fn stream<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: impl Iterator<Item = RecordBatch> + Send + 'static,
) -> PyResult<Bound<'py, PyCapsule>> {
    let reader = Box::new(RecordBatchIterator::new(batches.map(Ok), schema));
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
}

/// The columns alone.
pub(super) fn schema<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref())
        .map_err(|e| InternalError::new_err(format!("the schema cannot be exported: {e}")))?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}
