//! Evidence of who is the agent in transcripts of roles.py, one JSON object a line: `cargo run --release --example roles
//! -- roles.jsonl`. What score_roles.py scores and fit_roles.py fits to.

use std::io::BufRead;

use anyhow::{Context, Result};
use callvet::call::Transcript;
use callvet::speakers::{by_channel, weigh};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("usage: roles FILE")?;
    let file = std::fs::File::open(&path).with_context(|| path.clone())?;
    for (i, line) in std::io::BufReader::new(file).lines().enumerate() {
        let mut call: Value = serde_json::from_str(&line?)?;
        let transcript: Transcript = serde_json::from_value(call["transcript"].take())?;
        let evidence = weigh(&transcript, by_channel(0, 1));
        if i == 0 {
            let names: Vec<&str> = evidence.values.iter().map(|(name, _)| *name).collect();
            println!("{}", json!({"names": names}));
        }
        let features: Vec<f64> = evidence.values.iter().map(|(_, value)| *value).collect();
        let log_odds = evidence.log_odds;
        println!(
            "{}",
            json!({"id": call["id"], "features": features, "log_odds": log_odds, "groups": evidence.groups})
        );
    }
    Ok(())
}
