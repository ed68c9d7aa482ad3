//! Any archive, and any sheet in a sound one, is read as the format of its first byte, or as what it looks like.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write as _};
use zip::{ZipWriter, write::SimpleFileOptions};

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
                     ContentType=\"application/xml\"/><Default Extension=\"rels\" \
                     ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>";
const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
                    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
                    Target=\"xl/workbook.xml\"/></Relationships>";
const BOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"s\" \
                    sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
const SHEETS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
                      Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
                      Target=\"worksheets/sheet1.xml\"/></Relationships>";

fuzz_target!(|bytes: &[u8]| {
    let Some((number, content)) = bytes.split_first() else { return };
    let file = if content.starts_with(b"PK") { Some(content.to_vec()) } else { workbook(content) };
    let Some(file) = file else { return };
    if let Some(format) = formats_fuzz::format(*number, &file) {
        formats_fuzz::read(format, &file);
    }
});

/// A workbook whose only sheet has this data.
fn workbook(data: &[u8]) -> Option<Vec<u8>> {
    let start = b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
    let sheet = [&start[..], data, b"</sheetData></worksheet>"].concat();
    let parts = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).ok()?;
        archive.write_all(content).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}
