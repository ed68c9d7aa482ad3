//! Whole files in, every row accounted for.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounting;
mod broken_files;
mod demo_files;
mod generic;
mod ibkr_flex;
mod tradovate;

use formats::{Diagnostic, Format, Options, ParseError, ParsedFill, Report, Sink, SinkError, detect, parse};
use std::path::Path;

/// What came out of a file.
#[derive(Default)]
struct Collected {
    fills: Vec<ParsedFill>,
    diagnostics: Vec<Diagnostic>,
}

impl Sink for Collected {
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError> {
        self.fills.push(fill);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

impl Collected {
    fn codes(&self) -> Vec<(u64, &'static str)> {
        self.diagnostics.iter().map(|d| (d.line, d.code)).collect()
    }
}

fn options() -> Options {
    Options { currency: "USD".to_owned(), ..Options::default() }
}

fn read_as(format: Format, bytes: &[u8], options: &Options) -> Result<(Report, Collected), ParseError> {
    let mut collected = Collected::default();
    let report = parse(format, &mut &bytes[..], options, &mut collected)?;
    Ok((report, collected))
}

/// Recognises and reads.
fn read(text: &str) -> (Report, Collected) {
    let format = detect(text.as_bytes()).unwrap().format;
    read_as(format, text.as_bytes(), &options()).unwrap()
}

/// A real file, where `../shared` stands beside the project.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn real_file(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/brokers").join(name);
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: ../shared/data/brokers/{name} is not there");
    }
    text
}

/// A fill in one line, for tables.
fn line(fill: &ParsedFill) -> String {
    let side = if fill.side == ledger::Side::Buy { "buy" } else { "sell" };
    format!(
        "{}: {} {} {} @ {} x{} commission {} fees {} {} at {}",
        fill.line,
        fill.symbol,
        side,
        fill.quantity,
        fill.price,
        fill.multiplier,
        fill.commission,
        fill.fees,
        fill.currency,
        fill.executed_at.0 / 1_000_000_000
    )
}
