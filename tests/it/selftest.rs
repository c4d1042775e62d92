//! `callvet selftest` as a user runs it: on a folder of recordings, one of them broken.

use std::fs;
use std::path::Path;

use callvet::dsp::mix::{self, Random};
use callvet::units::SampleRate;
use callvet::wav;
use serde_json::Value;

use crate::program::{arg, callvet, check_schema, reference};

const RATE_HZ: usize = 8000;

/// A reference utterance at 8 kHz.
fn speech(name: &str) -> Vec<f32> {
    let mut reader = hound::WavReader::open(reference(&format!("speech/{name}.wav"))).expect("committed");
    assert_eq!(reader.spec().sample_rate as usize, RATE_HZ);
    reader.samples::<i16>().map(|s| f32::from(s.expect("whole")) / 32_768.0).collect()
}

/// A call of two utterances in turn on a line with a floor of -66 dBFS.
fn call(path: &Path, first: &str, second: &str, seed: u64) {
    let mut random = Random::new(seed);
    let mut floor = || {
        let mut noise = mix::white(&mut random, 20 * RATE_HZ);
        mix::set_rms(&mut noise, 0.0005);
        noise
    };
    let mut planes = [floor(), floor()];
    for (channel, (name, start_s)) in [(first, 1), (second, 10)].into_iter().enumerate() {
        mix::add_delayed(&mut planes[channel], &speech(name), 1.0, start_s * RATE_HZ);
    }
    let rate = SampleRate::new(RATE_HZ as u32).expect("in range");
    let bytes = wav::pcm16(&[&planes[0], &planes[1]], rate).expect("short");
    fs::write(path, bytes).expect("writable");
}

#[test]
fn known_damage_is_recovered_from_the_users_own_recordings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (calls, out) = (folder.path().join("calls"), folder.path().join("out"));
    fs::create_dir(&calls).expect("writable");
    call(&calls.join("a.wav"), "agent", "customer", 1);
    call(&calls.join("b.wav"), "card", "customer", 2);
    fs::write(calls.join("broken.wav"), b"RIFF").expect("writable");
    let run = || callvet(["selftest", "--on", arg(&calls), "--out", arg(&out), "--seed", "7"]);
    let ran = run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("left out: calls/broken.wav:"), "{}", ran.stdout);

    let text = fs::read_to_string(out.join("selftest.json")).expect("written");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    check_schema("callvet.selftest.1.json", &report);
    let row = |damage: &str, field: &str| {
        let rows = report["table"].as_array().expect("a table");
        let found = rows.iter().find(|r| r["damage"] == damage && r["field"] == field);
        found.unwrap_or_else(|| panic!("{damage}, {field}: {rows:?}")).clone()
    };
    let snr = row("hiss at 10 dB SNR", "noise.snr_db");
    assert_eq!((&snr["n"], &snr["n_found"]), (&Value::from(2), &Value::from(2)));
    // The accuracy that the contract asks for on steady noise; two short calls say no more than that it works.
    assert!(snr["mean_abs_error"].as_f64().expect("found") <= 1.5, "{snr}");
    let leak = row("leakage, 12 dB down", "crosstalk.leakage.attenuation_db");
    assert!(leak["n_found"] == 2 && leak["worst_error"].as_f64().expect("found") <= 1.5, "{leak}");
    let delay = row("leakage, 12 dB down", "crosstalk.leakage.delay_ms");
    assert!(delay["worst_error"].as_f64().expect("found") <= 1.0, "{delay}");

    // The same recordings and seed: the same bytes.
    assert_eq!(run().code, 0);
    assert_eq!(fs::read_to_string(out.join("selftest.json")).expect("written"), text);
    let page = fs::read_to_string(out.join("selftest.html")).expect("written");
    assert!(page.contains("hiss at 10 dB SNR") && page.contains("calls/broken.wav"));
    assert!(fs::read_to_string(out.join("selftest.csv")).expect("written").starts_with("damage,field,n,"));
}

#[test]
fn recordings_that_cannot_be_used_are_told_with_the_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (calls, out) = (folder.path().join("calls"), folder.path().join("out"));
    fs::create_dir(&calls).expect("writable");
    let rate = SampleRate::new(RATE_HZ as u32).expect("in range");
    fs::write(calls.join("silent.wav"), wav::pcm16(&[&vec![0.0; 20 * RATE_HZ]], rate).expect("short"))
        .expect("writable");
    let ran = callvet(["selftest", "--on", arg(&calls), "--out", arg(&out)]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("nothing could be tried"), "{}", ran.stderr);
    assert!(ran.stdout.contains("left out: calls/silent.wav: no channel has 5 s of speech"), "{}", ran.stdout);
}
