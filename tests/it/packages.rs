//! The tree of packages as cargo resolves it: what docs/licences.md and the bill of materials are made from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A package of the tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// SPDX expression, or "not stated".
    pub licence: String,
    /// SHA-256 of the archive, lower-case hex; `None` for callvet itself.
    pub sha256: Option<String>,
    /// The folder with its sources.
    pub sources: PathBuf,
    /// Packages that it is built with or from, by cargo's ids; those of tests alone are not among them.
    pub needs: BTreeSet<String>,
}

/// All packages by cargo's ids, and the id of callvet.
pub struct Tree {
    pub packages: BTreeMap<String, Package>,
    pub root: String,
}

/// Asks cargo, for Linux on x86-64.
pub fn tree(features: &[&str]) -> Tree {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .args(features)
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let lock: toml::Table =
        std::fs::read_to_string(root.join("Cargo.lock")).expect("it is committed").parse().expect("TOML");
    let locked = lock["package"].as_array().expect("a list of packages");
    let sha256 = |name: &str, version: &str| {
        let is_it = |p: &&toml::Value| p["name"].as_str() == Some(name) && p["version"].as_str() == Some(version);
        locked.iter().find(is_it)?.get("checksum")?.as_str().map(str::to_owned)
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let stated = |id: &Value| {
        let listed = metadata["packages"].as_array().expect("a list of packages");
        let package = listed.iter().find(|p| p["id"] == *id).expect("what is needed is listed");
        let name = text(&package["name"]).expect("a name");
        let version = text(&package["version"]).expect("a version");
        let licence = text(&package["license"]).unwrap_or_else(|| "not stated".into());
        let manifest = package["manifest_path"].as_str().map(Path::new).and_then(Path::parent).expect("a folder");
        (sha256(&name, &version), name, version, licence, manifest.to_path_buf())
    };
    let is_built_in = |need: &&Value| {
        need["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"] != "dev"))
    };
    let packages = metadata["resolve"]["nodes"].as_array().expect("a tree").iter().map(|node| {
        let (sha256, name, version, licence, sources) = stated(&node["id"]);
        let needs = node["deps"].as_array().expect("a list").iter().filter(is_built_in);
        let needs = needs.filter_map(|need| text(&need["pkg"])).collect();
        (text(&node["id"]).expect("an id"), Package { name, version, licence, sha256, sources, needs })
    });
    Tree { packages: packages.collect(), root: text(&metadata["resolve"]["root"]).expect("callvet is the root") }
}

impl Tree {
    /// What is built for the program, without what tests need; callvet itself is not among it.
    pub fn built(&self) -> BTreeMap<&str, &Package> {
        let mut found = BTreeMap::new();
        let mut waiting: Vec<&String> = self.packages[&self.root].needs.iter().collect();
        while let Some(id) = waiting.pop() {
            let package = &self.packages[id];
            if found.insert(id.as_str(), package).is_none() {
                waiting.extend(&package.needs);
            }
        }
        found
    }
}
