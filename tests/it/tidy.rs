//! The layers of `docs/architecture.md`: an import may only point down. And what else a reader of the source relies on:
//! files of readable size, and every problem code in the documents.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of `src/` by layer. Modules of one layer do not import each other, but where noted.
const LAYERS: [(&str, u8); 27] = [
    ("units", 0),
    ("text", 0),
    ("timeline", 1),
    ("dsp", 1),
    ("models", 1),
    ("onnx", 1),
    ("wav", 1),
    ("call", 2),
    ("audio", 3),
    ("vad", 3),
    ("metrics", 3),
    ("perceived", 3),
    ("transcribe", 3),
    ("speakers", 3),
    ("conversation", 3),
    ("phases", 3),
    ("phrases", 3),
    ("privacy", 3),
    ("facts", 3),
    ("rules", 3),
    ("vetting", 3),
    ("accuracy", 3),
    ("report", 3),
    ("pipeline", 4),
    ("batch", 5),
    ("serve", 6),
    ("cli", 7),
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

/// Text in plain quotes, one after the other.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').skip(1).step_by(2)
}

/// Codes of problems in a source file, found by the ways in which problems are made.
fn problem_codes(source: &str) -> Vec<String> {
    // What stands before the literals, and which of them is the code.
    const MAKERS: [(&str, usize); 6] = [
        ("Problem::new(", 1),
        (".not_measurable(", 0),
        ("lost(\"", 0),
        ("Occasion::Unknown(\"", 0),
        ("Some((\"", 0),
        ("(Reason::", 0),
    ];
    let mut codes = Vec::new();
    for (maker, nth) in MAKERS {
        for (at, _) in source.match_indices(maker) {
            let rest = &source[at + maker.trim_end_matches('"').len()..];
            // A code that comes in a variable is the literal of another maker.
            let end = if nth == 1 { rest.find("ProblemSeverity") } else { rest.find(')') };
            let arguments = &rest[..end.unwrap_or(rest.len())];
            let code = literals(arguments).nth(nth);
            let is_code = |c: &&str| !c.is_empty() && c.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            codes.extend(code.filter(is_code).map(str::to_owned));
        }
    }
    codes
}

#[test]
fn problem_codes_are_found_however_they_are_made() {
    let made = r#"Problem::new("a", "code_a", ProblemSeverity::Lost, "x"); input.not_measurable(
        "code_b", &["/c"], ""); Problem::new("a", code, ProblemSeverity::Note, "not this"); lost("code_c", "no");
        Some(("code_d", "words")); (Reason::Tag, "code_e", "words"), Occasion::Unknown("code_f", "words")"#;
    let mut codes = problem_codes(made);
    codes.sort();
    assert_eq!(codes, ["code_a", "code_b", "code_c", "code_d", "code_e", "code_f"]);
}

#[test]
fn every_problem_code_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a document");
    let table = read("docs/metrics.md").split("## Problem codes").nth(1).expect("the table").to_owned();
    let damage = read("docs/formats.md").split("## Damage").nth(1).expect("the table").to_owned();
    // Cells of the first column: "| `code` |".
    let documented: Vec<&str> = [&table, &damage]
        .into_iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    // Tests make problems of their own.
    let sources: Vec<String> = rust_files(&root.join("src"))
        .iter()
        .map(|file| fs::read_to_string(file).expect("a source file"))
        .map(|source| source.split("#[cfg(test)]").next().unwrap_or_default().to_owned())
        .collect();
    let codes: Vec<String> = sources.iter().flat_map(|source| problem_codes(source)).collect();
    assert!(codes.len() > 40, "the scan found only {} codes", codes.len());
    let missing: Vec<&String> = codes.iter().filter(|code| !documented.contains(&code.as_str())).collect();
    assert!(missing.is_empty(), "not in docs/metrics.md or docs/formats.md: {missing:?}");
    let is_used = |code: &str| sources.iter().any(|source| source.contains(&format!("\"{code}\"")));
    let stale: Vec<&&str> = documented.iter().filter(|code| !is_used(code)).collect();
    assert!(stale.is_empty(), "documented, and no longer made: {stale:?}");
}

/// What opens a connection, or the name of a package that does.
const SOCKETS: [&str; 13] = [
    "std::net",
    "tokio::net",
    "TcpStream",
    "TcpListener",
    "TcpSocket",
    "UdpSocket",
    "UnixStream",
    "ureq",
    "rustls",
    "os::unix::net",
    "hyper::client",
    "axum::serve",
    "io_uring",
];

/// Lines of code, without comments, that could open a connection.
fn sockets(source: &str) -> Vec<&str> {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    source.lines().filter(is_code).filter(|line| SOCKETS.iter().any(|socket| line.contains(socket))).collect()
}

#[test]
fn only_the_fetching_of_models_can_open_a_connection_and_only_the_server_listens() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // One connects and does not listen, the other listens and does not connect.
    let (fetching, listening) = (src.join("models/fetch/http.rs"), src.join("serve/listen.rs"));
    let mut elsewhere = Vec::new();
    for file in rust_files(&src).into_iter().filter(|file| *file != fetching && *file != listening) {
        let source = fs::read_to_string(&file).expect("a source file");
        elsewhere.extend(sockets(&source).into_iter().map(|line| format!("{}: {}", file.display(), line.trim())));
    }
    assert!(elsewhere.is_empty(), "{}", elsewhere.join("\n"));
    let read = |file: &Path| fs::read_to_string(file).expect("it is there");
    let (fetches, listens) = (read(&fetching), read(&listening));
    assert!(!sockets(&fetches).is_empty() && !fetches.contains("Listener"));
    assert!(!sockets(&listens).is_empty() && !listens.contains("connect("));
    // To this machine alone: an address is named once, and it is that of the loopback interface.
    let bound: Vec<&str> = listens.lines().filter(|line| line.contains("bind(")).map(str::trim).collect();
    let signature = "pub(super) fn bind(port: u16) -> io::Result<Self> {";
    assert_eq!(bound, [signature, "let socket = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;"]);
    // And only the commands that are asked to do it call them.
    let callers = |module: &str, name: &str| -> Vec<PathBuf> {
        let files = rust_files(&src).into_iter().filter(|file| !file.starts_with(src.join(module)));
        files.filter(|file| read(file).contains(name)).collect()
    };
    assert_eq!(callers("models", "models::fetch"), [src.join("cli/models/fetch.rs")]);
    assert_eq!(callers("serve", "crate::serve"), [src.join("cli/serve.rs")]);
}

#[test]
fn a_socket_is_found_in_code_and_not_in_comments() {
    assert_eq!(sockets("use std::net::TcpStream;\n// ureq does it\n    let a = ureq::get(x);").len(), 2);
}
