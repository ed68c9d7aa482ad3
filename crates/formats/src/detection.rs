//! Recognises a format by the content of a file's head.

use crate::{Format, decode, generic, tradovate};
use std::io::Read as _;

/// A recognised format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// Which.
    pub format: Format,
    /// 0..1: 1 when the head can be nothing else.
    pub confidence: f32,
}

/// Nothing that is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DetectError {
    /// No bytes.
    #[error("the file is empty: export it again")]
    Empty,
    /// Bytes that are not text.
    #[error("the file is not text: export it as CSV or XML, not as a spreadsheet, PDF or archive")]
    NotText,
    /// Text of another kind.
    #[error(
        "the format was not recognised: looked for <FlexQueryResponse> (Interactive Brokers Flex Query XML), the columns \"Pair \
         ID, Buy Fill ID, Sell Fill ID, Paired Qty\" (Tradovate Position History), and the columns symbol, side, quantity, price \
         and timestamp or date (generic CSV)"
    )]
    Unknown,
}

/// Recognises a file by its first bytes (64 KiB are plenty).
pub fn detect(head: &[u8]) -> Result<Detection, DetectError> {
    let mut bytes = head;
    let mut text = Vec::new();
    let mut decoded = decode::utf8(&mut bytes).map_err(|_| DetectError::Empty)?;
    decoded.read_to_end(&mut text).map_err(|_| DetectError::NotText)?;
    let text = as_text(&text)?;
    if text.trim().is_empty() {
        return Err(DetectError::Empty);
    }
    let certain = |format| Ok(Detection { format, confidence: 1.0 });
    let start = text.trim_start();
    if start.starts_with('<') {
        return if text.contains("<FlexQueryResponse") {
            certain(Format::IbkrFlexXml)
        } else {
            Err(DetectError::Unknown)
        };
    }
    if text.lines().take(50).any(tradovate::is_header) {
        return certain(Format::TradovatePositionHistory);
    }
    if text.lines().take(50).any(generic::is_header) {
        return Ok(Detection { format: Format::GenericCsv, confidence: 0.8 });
    }
    Err(DetectError::Unknown)
}

/// The head as text, but for a character that its end cuts in two.
fn as_text(bytes: &[u8]) -> Result<&str, DetectError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).map_err(|_| DetectError::NotText)?
        }
        Err(_) => return Err(DetectError::NotText),
    };
    if text.contains('\0') { Err(DetectError::NotText) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        for (head, expected) in [
            ("<?xml version=\"1.0\"?>\n<FlexQueryResponse queryName=\"x\" type=\"AF\">", Format::IbkrFlexXml),
            (
                "Contract,Pair ID,Buy Fill ID,Sell Fill ID,Paired Qty,Buy Price,Sell Price,Bought Timestamp,Sold Timestamp",
                Format::TradovatePositionHistory,
            ),
            ("timestamp,symbol,side,quantity,price\n", Format::GenericCsv),
            ("\u{feff}Date;Time;Symbol;Side;Quantity;Price\r\n", Format::GenericCsv),
        ] {
            assert_eq!(detect(head.as_bytes()).map(|d| d.format), Ok(expected), "{head}");
        }
    }

    #[test]
    fn what_is_unknown_says_what_was_looked_for() {
        assert_eq!(detect(b""), Err(DetectError::Empty));
        assert_eq!(detect(b"  \n"), Err(DetectError::Empty));
        assert_eq!(detect(b"PK\x03\x04\xff\xfe\xfd"), Err(DetectError::NotText));
        let error = detect(b"<html><body>hello").unwrap_err().to_string();
        assert!(error.contains("FlexQueryResponse") && error.contains("generic CSV"), "{error}");
    }
}
