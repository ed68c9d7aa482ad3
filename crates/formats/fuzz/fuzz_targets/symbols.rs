//! Any symbol is an instrument of some kind or refused; what it is made of stands in it.
#![no_main]

use formats::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = fuzzing::instruments(text);
    for terms in &found.options {
        assert!(!terms.underlying.is_empty() && !terms.strike.is_negative(), "{terms:?}");
    }
    for (base, quote) in &found.pairs {
        assert!(!base.is_empty() && !quote.is_empty(), "{base} {quote}");
    }
    for symbol in &found.symbols {
        assert!(!symbol.is_empty() && symbol.len() <= 128, "{symbol}");
    }
});
