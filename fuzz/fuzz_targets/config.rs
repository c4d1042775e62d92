//! Feeds `config` of tests/it/hostile/ what the fuzzer makes up.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| callvet_fuzz::config(data));
