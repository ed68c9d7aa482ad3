//! Where fills go while a file is read.

use crate::{Diagnostic, ParsedEvent, ParsedFill};

/// Whoever receives the fills wants no more: reading stops.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("reading was stopped: {0}")]
pub struct SinkError(pub String);

/// Receives fills and diagnostics, in the order they are found.
pub trait Sink {
    /// Takes one execution; an error stops the reading.
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError>;

    /// Takes what is no execution; an error stops the reading. A sink that only wants executions lets it go.
    fn event(&mut self, event: ParsedEvent) -> Result<(), SinkError> {
        drop(event);
        Ok(())
    }

    /// Takes one remark. Bounding how many are kept is the sink's part.
    fn diagnostic(&mut self, diagnostic: Diagnostic);
}
