//! Any text is read as the format of its first byte, or as what it looks like: every line is accounted for.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((number, file)) = bytes.split_first() else { return };
    let Some(format) = formats_fuzz::format(*number, file) else { return };
    let Some(report) = formats_fuzz::read(format, file) else { return };
    let Ok(text) = std::str::from_utf8(file) else { return };
    // A quoted cell may span lines, a page or an element is no line, and UTF-16 has other ones.
    let is_lines =
        !text.contains(['"', '\0']) && !text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    if is_lines && !text.starts_with("PK") {
        assert_eq!(report.rows.total + report.rows.structure, text.lines().count() as u64, "{format}");
    }
});
