//! Feeds `text` of tests/it/hostile/ what the fuzzer makes up.
#![no_main]

libfuzzer_sys::fuzz_target!(init: callvet_fuzz::make_ready(), |data: &[u8]| callvet_fuzz::text(data));
