//! `sbom.cdx.json` is the bill of materials of the program as it is built: packages with their hashes, the C code that they
//! bring, the models. CycloneDX 1.6. `CALLVET_WRITE=1 cargo test --test it bill` writes it anew.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::packages::{Package, tree};

/// C and C++ code inside of packages, which no tool sees: name, version, licence, the package.
const INSIDE: [[&str; 4]; 4] = [
    ["whisper.cpp", "1.8.3", "MIT", "whisper-rs-sys"],
    ["ggml", "0.9.5", "MIT", "whisper-rs-sys"],
    ["libopus", "1.6.1", "BSD-3-Clause", "opusic-sys"],
    ["sqlite", "3.54.1", "blessing", "libsqlite3-sys"],
];

fn purl(package: &Package) -> String {
    format!("pkg:cargo/{}@{}", package.name, package.version)
}

fn library(package: &Package) -> Value {
    let inside: Vec<Value> = INSIDE
        .iter()
        .filter(|[.., within]| *within == package.name)
        .map(|[name, version, licence, _]| {
            let purl = format!("pkg:generic/{name}@{version}");
            json!({
                "type": "library", "bom-ref": purl, "name": name, "version": version,
                "licenses": [{"license": {"id": licence}}], "purl": purl,
            })
        })
        .collect();
    let mut library = json!({
        "type": "library",
        "bom-ref": purl(package),
        "name": package.name,
        "version": package.version,
        "hashes": [{"alg": "SHA-256", "content": package.sha256.as_ref().expect("it comes from the registry")}],
        // A slash is the registry's older way to write it.
        "licenses": [{"expression": package.licence.replace('/', " OR ")}],
        "purl": purl(package),
    });
    if !inside.is_empty() {
        library["components"] = json!(inside);
    }
    library
}

/// The models that come with the program.
fn models(root: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(root.join("models/manifest.toml")).expect("it is committed");
    let manifest: toml::Table = text.parse().expect("TOML");
    let models = manifest["model"].as_array().expect("a list").iter();
    models
        .filter(|model| model.get("default").and_then(toml::Value::as_bool) == Some(true))
        .map(|model| {
            let text = |key: &str| model[key].as_str().expect("text");
            json!({
                "type": "machine-learning-model",
                "bom-ref": format!("model:{}", text("name")),
                "name": text("name"),
                "hashes": [{"alg": "SHA-256", "content": text("sha256")}],
                "licenses": [{"license": {"name": text("licence")}}],
            })
        })
        .collect()
}

fn bill() -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = tree(&[]);
    let built = tree.built();
    let callvet = &tree.packages[&tree.root];
    let sorted: BTreeMap<String, &Package> = built.values().map(|package| (purl(package), *package)).collect();
    let needs = |package: &Package| {
        let mut needs: Vec<String> = package.needs.iter().map(|id| purl(&tree.packages[id])).collect();
        needs.sort();
        needs
    };
    let with_root = std::iter::once(callvet).chain(sorted.values().copied());
    let dependencies: Vec<Value> =
        with_root.map(|package| json!({"ref": purl(package), "dependsOn": needs(package)})).collect();
    let components: Vec<Value> = sorted.values().map(|package| library(package)).chain(models(root)).collect();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": purl(callvet), "name": callvet.name, "version": callvet.version,
            "licenses": [{"expression": callvet.licence}],
        }},
        "components": components,
        "dependencies": dependencies,
    })
}

/// A line a component, so that a change shows what changed.
fn written(bill: &Value) -> String {
    let lines = |key: &str| {
        let lines: Vec<String> = bill[key].as_array().expect("a list").iter().map(Value::to_string).collect();
        format!("\"{key}\": [\n{}\n]", lines.join(",\n"))
    };
    let head =
        ["$schema", "bomFormat", "specVersion", "version", "metadata"].map(|key| format!("\"{key}\": {}", bill[key]));
    format!("{{\n{},\n{},\n{}\n}}\n", head.join(",\n"), lines("components"), lines("dependencies"))
}

#[test]
fn the_bill_of_materials_is_that_of_this_build() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sbom.cdx.json");
    let expected = written(&bill());
    if std::env::var_os("CALLVET_WRITE").is_some() {
        std::fs::write(&path, &expected).expect("writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    // Not assert_eq: two bills side by side are no message.
    assert!(found == expected, "sbom.cdx.json is old: CALLVET_WRITE=1 cargo test --test it bill");
}

#[test]
fn the_c_code_in_the_bill_is_what_its_packages_bring() {
    let built = tree(&[]);
    for [name, version, _, within] in INSIDE {
        let package = built.built().into_values().find(|package| package.name == within).cloned();
        let package = package.unwrap_or_else(|| panic!("{within}, which brings {name}, is not built in any more"));
        let sources = &package.sources;
        let file = match name {
            "whisper.cpp" => sources.join("whisper.cpp/CMakeLists.txt"),
            "ggml" => sources.join("whisper.cpp/ggml/CMakeLists.txt"),
            "libopus" => sources.join("README.md"),
            _ => sources.join("sqlite3/sqlite3.h"),
        };
        let text = std::fs::read_to_string(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
        let parts: Vec<&str> = version.split('.').collect();
        // ggml writes its version in three lines.
        let is_there = text.contains(version)
            || ["MAJOR", "MINOR", "PATCH"]
                .iter()
                .zip(&parts)
                .all(|(key, n)| text.contains(&format!("VERSION_{key} {n})")));
        assert!(is_there, "{} names another version of {name} than {version}", file.display());
    }
}

#[test]
fn without_fetch_no_crate_of_the_network_is_built_in() {
    let network = ["ureq", "rustls", "ring", "rustls-platform-verifier"];
    let names = |features: &[&str]| -> Vec<String> {
        tree(features).built().into_values().map(|package| package.name.clone()).collect()
    };
    let with = names(&[]);
    assert!(network.iter().all(|name| with.iter().any(|other| other == name)));
    let without = names(&["--no-default-features"]);
    assert!(network.iter().all(|name| without.iter().all(|other| other != name)), "{without:?}");
}
