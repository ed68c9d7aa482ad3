//! Any cell is a number or refused; a number survives its own text.
#![no_main]

use formats::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for number in fuzzing::numbers(text) {
        assert_eq!(fuzzing::plain(&number.to_string()), Some(number));
        // No cell that can be read has more digits than a number holds.
        assert!(number.to_string().len() <= 102);
    }
});
