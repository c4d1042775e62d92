//! The shape of reports as JSON Schema (draft 2020-12), for programs that read them. The committed copies in
//! `schemas/` are what these functions give; a test holds them equal. Not a check of the meaning of values.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::call::vendors::VendorsReport;
use crate::call::worker::{ANSWER_SCHEMA, Answer, REQUEST_SCHEMA, Request};
use crate::call::{BatchReport, CallReport, SelftestReport};

/// The schema of a CallReport, as indented JSON text with a line feed at the end.
pub fn call_schema() -> String {
    schema_of::<CallReport>(CallReport::SCHEMA, "callvet: report of one call")
}

/// The schema of a BatchReport, as indented JSON text with a line feed at the end.
pub fn batch_schema() -> String {
    schema_of::<BatchReport>(BatchReport::SCHEMA, "callvet: report of a batch of calls")
}

/// The schema of a VendorsReport, as indented JSON text with a line feed at the end.
pub fn vendors_schema() -> String {
    schema_of::<VendorsReport>(VendorsReport::SCHEMA, "callvet: vendors compared by their calls")
}

/// The schema of a SelftestReport, as indented JSON text with a line feed at the end.
pub fn selftest_schema() -> String {
    schema_of::<SelftestReport>(SelftestReport::SCHEMA, "callvet: how well known damage was found")
}

/// The schema of a line that a worker process reads, as indented JSON text with a line feed at the end.
pub fn worker_request_schema() -> String {
    // The contract of reading: what may be left out is not required.
    let schema = SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<Request>();
    text_of(schema, REQUEST_SCHEMA, "callvet: a line that a worker process reads")
}

/// The schema of a line that a worker process writes, as indented JSON text with a line feed at the end.
pub fn worker_answer_schema() -> String {
    schema_of::<Answer>(ANSWER_SCHEMA, "callvet: a line that a worker process writes")
}

/// The schema of what is written as JSON with every key, as indented JSON text with a line feed at the end; `id` is its name
/// and version.
pub fn schema_of<T: JsonSchema>(id: &str, title: &str) -> String {
    // The contract of serialisation, not of reading: our reports write every key, `null` where nothing is known,
    // so a key that is missing is an error.
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    text_of(schema, id, title)
}

fn text_of(mut schema: Schema, id: &str, title: &str) -> String {
    schema.insert("$id".into(), json!(id));
    schema.insert("title".into(), json!(title));
    if let Some(name) = schema.get_mut("properties").and_then(|p| p.get_mut("schema")) {
        *name = json!({ "description": "Name of this shape of report.", "const": id });
    }
    let mut text = serde_json::to_string_pretty(&Value::from(schema)).expect("a schema is plain JSON");
    text.push('\n');
    text
}
