//! Hostile bytes: every file that the fuzzer found and that once broke something, and some seeds with bytes changed, through
//! the functions that the fuzzer feeds (`hostile/bodies.rs`, which say what must hold). How to run the fuzzer itself:
//! docs/security.md.

mod bodies;

use std::fs;
use std::path::{Path, PathBuf};

use callvet::call::json;
use callvet::pipeline::{Scanner, Settings};

type Body = fn(&[u8]);

/// A way in, and how many changed versions of each of its files are tried: about a second for all of them.
const TARGETS: [(&str, Body, usize); 10] = [
    ("decode", bodies::decode, 20),
    ("channels", bodies::channels, 1),
    ("packs", bodies::packs, 20),
    ("imports", bodies::imports, 20),
    ("transcripts", bodies::transcripts, 20),
    ("facts", bodies::facts, 20),
    ("metadata", bodies::metadata, 20),
    ("config", bodies::config, 20),
    ("worker", bodies::worker, 20),
    ("text", bodies::text, 2),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a way in, by name.
fn files(target: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/data/hostile").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
}

/// xorshift64, Marsaglia 2003.
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state as usize
}

/// Some bytes replaced, cut out or doubled.
fn spoil(bytes: &mut Vec<u8>, random: &mut u64) {
    for _ in 0..=next(random) % 4 {
        if bytes.is_empty() {
            return;
        }
        let at = next(random) % bytes.len();
        let end = (at + next(random) % 16).min(bytes.len());
        match next(random) % 4 {
            0 => bytes[at] = next(random) as u8,
            1 => bytes[at] ^= 1 << (next(random) % 8),
            2 => drop(bytes.drain(at..end)),
            _ => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(end..end, piece);
            }
        }
    }
}

#[test]
fn what_the_fuzzer_found_breaks_nothing_any_more_nor_does_anything_like_it() {
    let mut random = 0x5eed_2026;
    for (target, body, n_spoilt) in TARGETS {
        for path in files(target) {
            let bytes = fs::read(&path).expect("readable");
            // The name of the file is what a failure should show.
            println!("{}", path.display());
            body(&bytes);
            for _ in 0..n_spoilt {
                let mut bytes = bytes.clone();
                spoil(&mut bytes, &mut random);
                println!("{}", bytes.escape_ascii());
                body(&bytes);
            }
        }
    }
}

#[test]
fn every_way_in_has_a_fuzz_target_and_files() {
    let names: Vec<&str> = TARGETS.iter().map(|(name, ..)| *name).collect();
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("the manifest of the fuzz targets");
    let listed: Vec<&str> = manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")).collect();
    assert_eq!(listed, names.iter().map(|name| format!("{name}.rs\"")).collect::<Vec<_>>());
    for name in names {
        let source = fs::read_to_string(root().join(format!("fuzz/fuzz_targets/{name}.rs"))).expect("a target");
        assert!(source.contains(&format!("callvet_fuzz::{name}(data)")), "{name}");
    }
}

/// A quarter of an hour when each name looks at all others or at the whole line; some seconds else.
#[test]
fn thousands_of_names_in_one_line_are_all_masked() {
    let letters =
        |n: usize| [n / 676, n / 26 % 26, n % 26].map(|at| char::from(b'a' + at as u8)).iter().collect::<String>();
    let names: Vec<String> = (0..4000).map(|n| format!("Kowal{}", letters(n))).collect();
    let line: String = names.iter().map(|name| format!("my name is Anna {name}, ")).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("line.txt");
    fs::write(&path, format!("customer: {line}\ncustomer: {line}\n")).expect("written");
    let settings = Settings { language: Some("en".into()), ..Settings::default() };
    let scanned = Scanner::new(&settings).expect("the built-in lists load").scan(&path, "line.txt").expect("a text");
    let n_found = scanned.raw.findings.iter().filter(|finding| finding.rule == "pii.person_name").count();
    assert_eq!(n_found, 2 * names.len());
    let shown = json::to_text(&scanned.masked).expect("plain data");
    assert!(!shown.contains("Kowal"), "all names are masked, in the words and in the findings");
}
