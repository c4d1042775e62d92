//! The program as a user runs it: a process, its exit code, and what it says on which stream.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What came of a run.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Data.
    pub stdout: String,
    /// Talk.
    pub stderr: String,
}

/// The program with the models of the source tree and no settings of whoever runs the tests.
pub fn command() -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_callvet"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CALLVET_")) {
        command.env_remove(name);
    }
    command.current_dir(root).env("CALLVET_MODELS", root.join("models")).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn callvet<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Ran {
    finish(command().args(args))
}

/// Runs what was prepared to its end.
pub fn finish(command: &mut Command) -> Ran {
    let output = command.output().expect("the program is built with the tests");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    Ran {
        code: output.status.code().expect("it ends by itself"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// A file of `tests/reference`.
pub fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name)
}

/// A path as an argument; temporary folders have names that are text.
pub fn arg(path: &Path) -> &str {
    path.to_str().expect("a path of the test")
}

/// Panics unless the value is valid by the schema in `schemas/`.
pub fn check_schema(schema: &str, value: &serde_json::Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(schema);
    let text = std::fs::read_to_string(path).expect("the schemas are committed");
    let validator = jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    let wrong: Vec<String> = validator.iter_errors(value).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{schema}: {}", wrong.join("\n"));
}
