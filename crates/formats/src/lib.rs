//! Reads what brokers export: bytes in, fills and diagnostics out.
//!
//! [`detect`] recognises a file by its content; [`parse`] streams it into a [`Sink`]. Every data row is accounted for: it is read, or
//! skipped or rejected with a diagnostic that names its line. Pure: no clock, no network, no file names.

mod contracts;
mod decode;
mod detection;
mod diagnostic;
mod error;
mod fill;
mod format;
mod generic;
mod ibkr_flex;
mod identity;
mod numbers;
mod report;
mod rows;
mod sink;
mod symbols;
mod table;
mod times;
mod tradovate;

pub use detection::{DetectError, Detection, detect};
pub use diagnostic::{Diagnostic, Severity};
pub use error::ParseError;
pub use fill::{AssetClass, ParsedFill, TimeSource};
pub use format::Format;
pub use generic::template as generic_template;
pub use report::{Report, Rows, Stated, StatedPosition};
pub use sink::{Sink, SinkError};

use std::io::BufRead;

/// What the file does not say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// IANA zone of times that carry none; the format's default when absent.
    pub time_zone: Option<String>,
    /// The account's currency, for files that name none.
    pub currency: String,
    /// Read only this account of a file that holds several.
    pub source_account: Option<String>,
}

/// More data rows than this are refused: an import is one transaction.
pub const MAX_ROWS: u64 = 200_000;

/// Reads a whole file of a known format into `sink`.
pub fn parse(
    format: Format,
    input: &mut dyn BufRead,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Report, ParseError> {
    let input = decode::utf8(input)?;
    match format {
        Format::IbkrFlexXml => ibkr_flex::parse(input, options, sink),
        Format::TradovatePositionHistory => tradovate::parse(input, options, sink),
        Format::GenericCsv => generic::parse(input, options, sink),
    }
}
