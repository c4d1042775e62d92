//! `docs/licences.md` lists every package that is built in, and nothing but licences we may use.
//! `CALLVET_WRITE=1 cargo test --test it licences` writes the table anew.

use std::collections::BTreeSet;
use std::path::Path;

use crate::packages::tree;

const BEGIN: &str = "<!-- packages: written by tests/it/licences.rs -->\n";
const END: &str = "<!-- end of packages -->\n";

/// Licences of which at least one must stand in each part of a package's expression: those of `deny.toml`.
fn allowed() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let rules: toml::Table = std::fs::read_to_string(path).expect("it is committed").parse().expect("TOML");
    let listed = rules["licenses"]["allow"].as_array().expect("a list");
    listed.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn is_allowed(expression: &str) -> bool {
    expression.replace('/', " OR ").split(" AND ").all(|part| {
        part.trim_matches(['(', ')', ' ']).split(" OR ").any(|alternative| {
            let name = alternative.trim_matches(['(', ')', ' ']);
            allowed().iter().any(|allowed| allowed == name.split(" WITH ").next().unwrap_or(name))
        })
    })
}

#[test]
fn every_package_is_listed_with_a_licence_we_may_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = tree(&[]);
    let rows: BTreeSet<String> = tree
        .packages
        .values()
        .filter(|package| package.name != "callvet")
        .map(|package| {
            assert!(is_allowed(&package.licence), "{package:?}");
            format!("| {} | {} | {} |\n", package.name, package.version, package.licence)
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
