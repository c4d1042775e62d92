//! The built-in phrase packs by their own lines.

use std::path::PathBuf;

use callvet::phrases::Phrases;

/// `CALLVET_PACK=pl` runs one pack, as it is on disk, and prints each line that fails.
#[test]
fn examples_of_all_packs_do_what_the_packs_say() {
    let phrases = match std::env::var("CALLVET_PACK") {
        Ok(code) => {
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("src/phrases/packs/{code}.toml"));
            Phrases::load(false, &[path])
        }
        Err(_) => Phrases::load(true, &[]),
    }
    .unwrap_or_else(|error| panic!("{error}"));
    for lint in phrases.check() {
        println!("{}:{}: {}: {}", lint.path.display(), lint.line, lint.rule, lint.what);
    }
    let failures = phrases.run_examples();
    for failure in &failures {
        println!(
            "{}:{}: {}: {}: {}",
            failure.path.display(),
            failure.line,
            failure.rule,
            failure.what,
            failure.example
        );
    }
    assert!(failures.is_empty(), "{} lines fail", failures.len());
}
