//! Feeds `decode` of tests/it/hostile/ what the fuzzer makes up.
#![no_main]

libfuzzer_sys::fuzz_target!(init: callvet_fuzz::forgive_decoders(), |data: &[u8]| callvet_fuzz::decode(data));
