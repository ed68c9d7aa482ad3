//! Any text in a web page is read as the format of its first byte, or as what it looks like.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((number, page)) = bytes.split_first() else { return };
    let whole = [b"<html><table>", page].concat();
    for file in [page, &whole] {
        if let Some(format) = formats_fuzz::format(*number, file) {
            formats_fuzz::read(format, file);
        }
    }
});
