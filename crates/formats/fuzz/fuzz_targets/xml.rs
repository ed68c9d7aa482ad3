//! Any text in an XML document is read as the format of its first byte, or as what it looks like.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((number, file)) = bytes.split_first() else { return };
    if let Some(format) = formats_fuzz::format(*number, file) {
        formats_fuzz::read(format, file);
    }
    // A body between the tags that every such file has.
    let body = [
        b"<FlexQueryResponse><FlexStatements><FlexStatement>",
        file,
        b"</FlexStatement></FlexStatements></FlexQueryResponse>",
    ];
    if let Ok(format) = "ibkr-flex-xml".parse() {
        formats_fuzz::read(format, &body.concat());
    }
});
