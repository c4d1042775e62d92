//! `docs/licences.md` lists every package that is built in, and nothing but licences we may use.
//! `CALLVET_WRITE=1 cargo test --test it licences` writes the table anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const BEGIN: &str = "<!-- packages: written by tests/it/licences.rs -->\n";
const END: &str = "<!-- end of packages -->\n";

/// Licences of which at least one must stand in each alternative of a package's expression.
const ALLOWED: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "0BSD",
    "MIT-0",
    "BSL-1.0",
    "Unicode-3.0",
    // File-level copyleft: used unchanged, so nothing of ours falls under it. Symphonia.
    "MPL-2.0",
    "CC0-1.0",
];

fn is_allowed(expression: &str) -> bool {
    expression.replace('/', " OR ").split(" AND ").all(|part| {
        part.trim_matches(['(', ')', ' ']).split(" OR ").any(|alternative| {
            let name = alternative.trim_matches(['(', ')', ' ']);
            ALLOWED.contains(&name.split(" WITH ").next().unwrap_or(name))
        })
    })
}

#[test]
fn every_package_is_listed_with_a_licence_we_may_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let rows: BTreeSet<String> = metadata["packages"]
        .as_array()
        .expect("a list of packages")
        .iter()
        .filter(|p| p["name"] != "callvet")
        .map(|p| {
            let text = |key: &str| p[key].as_str().unwrap_or("not stated").to_owned();
            assert!(is_allowed(&text("license")), "{} {}: {}", text("name"), text("version"), text("license"));
            format!("| {} | {} | {} |\n", text("name"), text("version"), text("license"))
        })
        .collect();
    assert!(rows.len() > 50, "only {} packages", rows.len());
    let table: String =
        ["| package | version | licence |\n", "|---|---|---|\n"].into_iter().map(str::to_owned).chain(rows).collect();

    let path = root.join("docs/licences.md");
    let page = std::fs::read_to_string(&path).expect("docs/licences.md is there");
    let (before, rest) = page.split_once(BEGIN).expect("the begin mark");
    let (listed, after) = rest.split_once(END).expect("the end mark");
    if std::env::var_os("CALLVET_WRITE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).expect("docs/licences.md can be written");
    } else {
        assert_eq!(listed, table, "docs/licences.md is old: CALLVET_WRITE=1 cargo test --test it licences");
    }
}

#[test]
fn a_licence_we_may_not_use_is_refused() {
    for (expression, expected) in [
        ("MIT OR GPL-3.0", true),
        ("GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND LGPL-3.0", false),
        ("Unlicense/MIT", true),
        ("not stated", false),
        ("CC-BY-NC-4.0", false),
    ] {
        assert_eq!(is_allowed(expression), expected, "{expression}");
    }
}
