#![no_main]

libfuzzer_sys::fuzz_target!(init: reportedly_fuzz::prepare(), |data: &[u8]| reportedly_fuzz::search(data));
