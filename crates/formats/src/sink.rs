//! Where fills go while a file is read.

use crate::{Diagnostic, ParsedFill};

/// Whoever receives the fills wants no more: reading stops.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("reading was stopped: {0}")]
pub struct SinkError(pub String);

/// Receives fills and diagnostics, in the order they are found.
pub trait Sink {
    /// Takes one execution; an error stops the reading.
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError>;

    /// Takes one remark.
    fn diagnostic(&mut self, diagnostic: Diagnostic);
}
