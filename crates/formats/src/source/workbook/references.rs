//! Refuses sheets whose cells say that they stand where no cell can be.

use crate::ParseError;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::io::{BufRead, BufReader, Cursor};
use zip::ZipArchive;

/// Letters of the last column, `XFD`.
const LETTERS: usize = 3;
/// Digits of the last row, 1048576.
const DIGITS: usize = 7;

/// Looks at every part of the archive. The reader of sheets counts without a bound: a longer reference would wrap around there, and
/// name another cell.
pub(super) fn check(bytes: &[u8]) -> Result<(), ParseError> {
    let broken = |problem: String| ParseError::Malformed {
        line: 0,
        problem: format!("the spreadsheet cannot be read: {problem}"),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
        check_part(BufReader::new(part)).map_err(|element| {
            let element: String = element.chars().take(60).collect();
            broken(format!("<{element}> names no cells between A1 and XFD1048576"))
        })?;
    }
    Ok(())
}

/// The first element whose reference no cell has. What is no XML is left to the reader of sheets, which reads it by the same rules.
fn check_part(part: impl BufRead) -> Result<(), String> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) if !is_sound(&element) => {
                return Err(String::from(element.as_ref() as &str));
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// True of an element that names a cell or a row as a sheet may, or names none.
fn is_sound(element: &BytesStart<'_>) -> bool {
    let name = match element.local_name().as_ref() {
        "c" | "row" => "r",
        "dimension" => "ref",
        _ => return true,
    };
    let mut attributes = element.attributes();
    attributes.with_checks(false).all(|attribute| match attribute {
        Ok(attribute) => attribute.key.as_ref() != name || is_reference(&attribute.value),
        Err(_) => false,
    })
}

/// True of `B7`, `7` and `A1:B7`.
fn is_reference(text: &str) -> bool {
    let mut corners = text.split(':').map(corner);
    let (Some(Some(first)), last) = (corners.next(), corners.next()) else { return false };
    last.is_none_or(|last| last.is_some_and(|last| first.0 <= last.0 && first.1 <= last.1))
}

/// Row and column, in an order that compares as theirs does.
fn corner(text: &str) -> Option<(u32, (usize, String))> {
    let digits = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let letters = text.get(..text.len() - digits.len())?.to_ascii_uppercase();
    let is_row = !digits.is_empty() && digits.len() <= DIGITS && letters.len() <= LETTERS;
    Some((digits.parse().ok().filter(|_| is_row)?, (letters.len(), letters)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_beyond_the_last_cell_is_found_wherever_it_stands() {
        let is_refused = |xml: &str| check_part(xml.as_bytes()).is_err();

        for xml in [
            "<x:sheetData><x:row r='1'><x:c r='AAAAAAAB1'/>",
            "<sheetData><row r='1'><c s=\"1\" r=\"AAAAAAAB1\"></c>",
            "<sheetData><row r='1'><c r='A1' r='AAAAAAAB1'/>",
            "<sheetData><row r='99999999999'/>",
            "<worksheet><dimension ref='A1:AAAAAAAB1'/>",
            "<worksheet><dimension ref='B2:A9'/>",
            "<worksheet><dimension ref='A9:B2'/>",
            "<sheetData><row r='1'><c r=A1/>",
        ] {
            assert!(is_refused(xml), "{xml}");
        }
        for xml in [
            "<dimension ref='A1:XFD1048576'/><row r='1048576'><c r='XFD1048576'/><c/>",
            "<dimension ref='Z1:AA2'/>",
            "<si r='AAAAAAAB1'/>",
            "text & no XML <",
        ] {
            assert!(!is_refused(xml), "{xml}");
        }
    }
}
