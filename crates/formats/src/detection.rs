//! Recognises a format by the content of a file's head.

use crate::{Format, Head, Limits, ParseError, file, readers::READERS};

/// A recognised format.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Which.
    pub format: Format,
    /// 0..1: 1 when the head can be nothing else.
    pub confidence: f32,
    /// What it was recognised by.
    pub why: String,
}

/// Nothing that is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DetectError {
    /// No bytes.
    #[error("the file is empty: export it again")]
    Empty,
    /// Bytes that are not text.
    #[error(
        "the file is neither text nor an Excel workbook: export it as CSV, XML, HTML or XLSX, not as PDF or archive"
    )]
    NotText,
    /// Content of another kind.
    #[error(
        "the format was not recognised: no row has the columns of a known export. Name the format, export the file as the list of \
         formats describes, or describe your own columns with a mapping"
    )]
    Unknown,
}

/// The bytes that [`detect`] wants of a file that starts like this: 64 KiB, or of a workbook all (up to the limit).
pub fn head_bytes(start: &[u8], limits: &Limits) -> u64 {
    if start.starts_with(b"PK") { limits.workbook_bytes } else { file::HEAD }
}

/// Recognises a file by its first bytes; [`head_bytes`] says how many.
pub fn detect(head: &[u8]) -> Result<Detection, DetectError> {
    candidates(head)?.into_iter().next().ok_or(DetectError::Unknown)
}

/// Everything that the file may be, the most likely first.
pub fn candidates(head: &[u8]) -> Result<Vec<Detection>, DetectError> {
    if head.trim_ascii().is_empty() {
        return Err(DetectError::Empty);
    }
    let head = Head::read(head, Limits::default()).map_err(|error| {
        if matches!(error, ParseError::Empty) { DetectError::Empty } else { DetectError::NotText }
    })?;
    if head.text.contains('\0') {
        return Err(DetectError::NotText);
    }
    let mut found: Vec<Detection> = READERS
        .iter()
        .filter_map(|reader| {
            let matched = reader.detect(&head)?;
            Some(Detection { format: Format::new(*reader), confidence: matched.confidence, why: matched.why })
        })
        .collect();
    found.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        for (head, expected) in [
            ("<?xml version=\"1.0\"?>\n<FlexQueryResponse queryName=\"x\" type=\"AF\">", "ibkr-flex-xml"),
            (
                "Contract,Pair ID,Buy Fill ID,Sell Fill ID,Paired Qty,Buy Price,Sell Price,Bought Timestamp,Sold Timestamp",
                "tradovate-position-history",
            ),
            ("timestamp,symbol,side,quantity,price\n", "generic-csv"),
            ("\u{feff}Date;Time;Symbol;Side;Quantity;Price\r\n", "generic-csv"),
        ] {
            assert_eq!(detect(head.as_bytes()).map(|d| d.format.id()), Ok(expected), "{head}");
        }
    }

    #[test]
    fn every_format_recognises_its_own_sample() {
        for format in Format::all() {
            let detected = detect(format.sample().as_bytes());
            assert_eq!(detected.map(|d| d.format), Ok(format), "{format}");
        }
    }

    #[test]
    fn what_is_unknown_says_what_was_looked_for() {
        assert_eq!(detect(b""), Err(DetectError::Empty));
        assert_eq!(detect(b"  \n"), Err(DetectError::Empty));
        assert_eq!(detect(b"PK\x03\x04\xff\xfe\xfd"), Err(DetectError::NotText));
        assert_eq!(detect(b"%PDF-1.7\0\xff"), Err(DetectError::NotText));
        let error = detect(b"<html><body>hello").unwrap_err().to_string();
        assert!(error.contains("not recognised"), "{error}");
    }
}
