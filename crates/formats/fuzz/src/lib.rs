//! What must hold for any file, whatever it is read as.

use formats::{
    Diagnostic, Format, Options, ParsedEvent, ParsedFill, Report, Severity, Sink, SinkError, parse,
};

/// Checks what comes, and keeps none of it.
#[derive(Default)]
struct Checking {
    errors: u64,
}

impl Sink for Checking {
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError> {
        assert!(fill.quantity.is_positive() && fill.multiplier.is_positive(), "{fill:?}");
        assert!(fill.line > 0 && !fill.execution_id.is_empty() && !fill.symbol.is_empty(), "{fill:?}");
        assert!(
            !fill.currency.is_empty()
                && fill.foreign_charges.iter().all(|charge| !charge.currency.is_empty())
        );
        Ok(())
    }

    fn event(&mut self, event: ParsedEvent) -> Result<(), SinkError> {
        if let ParsedEvent::Cash(cash) = &event {
            assert!(cash.line > 0 && !cash.id.is_empty() && !cash.currency.is_empty(), "{cash:?}");
        }
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        assert!(!diagnostic.message.is_empty() && diagnostic.message.len() < 1_000, "{diagnostic:?}");
        self.errors += u64::from(diagnostic.severity == Severity::Error);
    }
}

/// The format of this number, or what the file looks like when there is none.
pub fn format(number: u8, bytes: &[u8]) -> Option<Format> {
    let all = Format::all();
    all.get(usize::from(number)).copied().or_else(|| Some(formats::detect(bytes).ok()?.format))
}

/// Reads a file: each row is read, skipped or rejected, and each fill is one. `None` when the file as a whole is refused.
pub fn read(format: Format, mut bytes: &[u8]) -> Option<Report> {
    let options = Options { currency: "USD".to_owned(), ..Options::default() };
    let mut sink = Checking::default();
    let report = parse(format, &mut bytes, &options, &mut sink).ok()?;
    let rows = report.rows;
    assert_eq!(rows.total, rows.read + rows.skipped + rows.rejected, "{format}");
    assert_eq!(sink.errors, rows.rejected, "{format}");
    Some(report)
}
