//! The layers of `docs/architecture.md`: an import may only point down.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of `src/` by layer. Modules of one layer do not import each other, but where noted.
const LAYERS: [(&str, u8); 23] = [
    ("units", 0),
    ("text", 0),
    ("timeline", 1),
    ("dsp", 1),
    ("models", 1),
    ("wav", 1),
    ("call", 2),
    ("audio", 3),
    ("vad", 3),
    ("metrics", 3),
    ("transcribe", 3),
    ("speakers", 3),
    ("conversation", 3),
    ("phrases", 3),
    ("privacy", 3),
    ("facts", 3),
    ("rules", 3),
    ("vetting", 3),
    ("accuracy", 3),
    ("report", 3),
    ("pipeline", 4),
    ("batch", 5),
    ("cli", 6),
];

fn layer_of(module: &str) -> u8 {
    LAYERS
        .iter()
        .find(|(name, _)| *name == module)
        .unwrap_or_else(|| panic!("{module} has no layer: add it to LAYERS"))
        .1
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("src can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Modules named after `crate::` in a line, groups such as `crate::{a, b::C}` included.
fn imports(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        let names: Vec<&str> = if let Some(group) = rest.strip_prefix('{') {
            // Depth 1 of the group holds the module names.
            let mut depth = 0;
            let end = group
                .char_indices()
                .find(|(_, c)| match c {
                    '{' => {
                        depth += 1;
                        false
                    }
                    '}' if depth == 0 => true,
                    '}' => {
                        depth -= 1;
                        false
                    }
                    _ => false,
                })
                .map_or(group.len(), |(i, _)| i);
            let mut depth = 0;
            group[..end]
                .split(|c| {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    c == ',' && depth == 0
                })
                .collect()
        } else {
            vec![rest]
        };
        found.extend(names.iter().map(|n| n.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()));
    }
    found
}

fn check(module: &str, imported: &str) -> Result<(), String> {
    let (from, to) = (layer_of(module), layer_of(imported));
    if to < from || module == imported {
        Ok(())
    } else {
        Err(format!("{module} (layer {from}) imports {imported} (layer {to})"))
    }
}

#[test]
fn imports_point_down_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut broken, mut n_imports) = (Vec::new(), 0);
    for file in rust_files(&src) {
        let relative = file.strip_prefix(&src).expect("below src");
        let first = relative.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let module = first.trim_end_matches(".rs").to_owned();
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let source = fs::read_to_string(&file).expect("a source file");
        for imported in imports(&source).into_iter().filter(|name| !name.is_empty()) {
            n_imports += 1;
            if let Err(why) = check(&module, &imported) {
                broken.push(format!("{}: {why}", relative.display()));
            }
        }
    }
    assert!(n_imports > 20, "the scan found only {n_imports} imports");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn an_upward_or_sideways_import_is_found() {
    assert_eq!(imports("use crate::{call::{A, B}, dsp::x};\nuse crate::units::Y;"), ["call", "dsp", "units"]);
    assert!(check("dsp", "call").is_err());
    assert!(check("phrases", "privacy").is_err());
    assert!(check("rules", "call").is_ok());
}

#[test]
fn source_files_stay_readable() {
    // 100-400 lines of logic is the aim; with tests in place a file may grow to this before it has two kinds of reader.
    const MOST_LINES: usize = 700;
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let long: Vec<String> = rust_files(&src)
        .into_iter()
        .filter_map(|file| {
            let n_lines = fs::read_to_string(&file).expect("a source file").lines().count();
            (n_lines > MOST_LINES).then(|| format!("{}: {n_lines} lines", file.display()))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
