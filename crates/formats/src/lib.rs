//! Reads what brokers export: bytes in, fills and diagnostics out.
//!
//! [`detect`] recognises a file by its content; [`parse`] streams it into a [`Sink`]. Every data row is accounted for: it is read, or
//! skipped or rejected with a diagnostic that names its line. Pure: no clock, no network, no file names.
//!
//! Memory does not grow with the file, with two exceptions: formats without a native id keep 16 bytes and a counter for each row (the
//! ordinals of equal rows), and formats whose rows complete one another say in [`Doc::limits`] what they keep.

mod asset_class;
mod bars;
mod cells;
mod cfd;
mod decode;
mod detection;
mod diagnostic;
mod documentation;
mod error;
mod event;
pub mod export;
mod file;
mod fill;
mod format;
mod futures;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod head;
mod header;
mod identity;
mod instruments;
mod limits;
mod mapping;
mod moment;
mod numbers;
mod options;
mod paired;
mod reader;
mod readers;
mod report;
mod row;
mod run;
mod sides;
mod sink;
mod source;
mod symbols;
mod tally;
mod times;
mod xml;

pub use asset_class::AssetClass;
pub use bars::{ParsedBar, PriceBars, price_bars};
pub use detection::{DetectError, Detection, candidates, detect, head_bytes};
pub use diagnostic::{Diagnostic, Severity};
pub use documentation::markdown;
pub use error::ParseError;
pub use event::{
    CashKind, OptionEventKind, ParsedBust, ParsedCash, ParsedEvent, ParsedOptionEvent, ParsedRate,
    ParsedSplit,
};
pub use fill::{Cause, Charge, ChargeKind, Claims, MultiplierSource, ParsedFill};
pub use format::{Format, UnknownFormat};
pub use instruments::{OptionTerms, option as option_terms};
pub use limits::Limits;
pub use mapping::Mapping;
pub use moment::{Moment, TimeDoubt, TimeSource};
pub use options::{DateOrder, Options};
pub use reader::{Doc, RowKind};
pub use readers::generic_template;
pub use report::{Report, Rows, Stated, StatedPosition};
pub use sink::{Sink, SinkError};

pub(crate) use cells::Cells;
pub(crate) use file::File;
pub(crate) use head::Head;
pub(crate) use header::Header;
pub(crate) use run::Run;

use std::io::BufRead;

/// Reads a whole file of a known format into `sink`.
pub fn parse(
    format: Format,
    input: &mut dyn BufRead,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Report, ParseError> {
    let file = File::open(input, options.limits)?;
    let mut run = Run::new(format.doc(), options, sink);
    run.out.note_dates(file.head());
    format.reader().parse(file, &mut run)?;
    run.finish(format)
}
