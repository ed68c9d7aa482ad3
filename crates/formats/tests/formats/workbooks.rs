//! Small Excel workbooks.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A workbook of one sheet. Cells that are plain numbers are stored as numbers, empty ones not at all, the others as text.
pub fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut sheet = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (row, cells) in (1..).zip(rows) {
        write!(sheet, "<row r=\"{row}\">").unwrap();
        for (column, cell) in ('A'..='Z').zip(cells) {
            if cell.is_empty() {
                continue;
            }
            if cell.parse::<f64>().is_ok() {
                write!(sheet, "<c r=\"{column}{row}\"><v>{cell}</v></c>").unwrap();
            } else {
                let text = cell.replace('&', "&amp;").replace('<', "&lt;");
                write!(sheet, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>").unwrap();
            }
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    workbook_around(&sheet)
}

/// A workbook around the XML of its only sheet.
pub fn workbook_around(sheet: &str) -> Vec<u8> {
    workbook_with(sheet, "visible")
}

/// The same, with the sheet in a state: `visible`, `hidden` or `veryHidden`.
pub fn workbook_with(sheet: &str, state: &str) -> Vec<u8> {
    let book = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Records\" \
         sheetId=\"1\" state=\"{state}\" r:id=\"r1\"/></sheets></workbook>"
    );
    packed(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        ("xl/workbook.xml", &book),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
             Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// The workbook of a text with commas and without quotes.
pub fn workbook_of(text: &str) -> Vec<u8> {
    let rows: Vec<Vec<String>> =
        text.lines().map(|row| row.split(',').map(str::to_owned).collect()).collect();
    workbook(&rows)
}

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
