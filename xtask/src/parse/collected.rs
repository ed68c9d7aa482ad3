//! Everything that is read from a file.

use formats::{Diagnostic, ParsedEvent, ParsedFill, Sink, SinkError};

/// Everything that is read from a file, in its order.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) fills: Vec<ParsedFill>,
    pub(super) events: Vec<ParsedEvent>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Sink for Collected {
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError> {
        self.fills.push(fill);
        Ok(())
    }

    fn event(&mut self, event: ParsedEvent) -> Result<(), SinkError> {
        self.events.push(event);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
