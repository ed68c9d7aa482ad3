//! Whole files in, every row accounted for.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

mod accounting;
mod bad_input;
mod binance;
mod broken_files;
mod bybit;
mod coinbase;
mod ctrader;
mod das_trader;
mod demo_files;
mod documentation;
mod export;
mod fidelity;
mod firstrade;
mod generic;
mod ibkr_csv;
mod ibkr_flex;
mod kraken;
mod lightspeed;
mod metatrader4;
mod metatrader5;
mod ninjatrader;
mod price_bars;
mod rithmic;
mod robinhood;
mod schwab;
mod sierrachart;
mod spoiled;
mod streaming;
mod tastytrade;
mod thinkorswim;
mod topstepx;
mod tradervue;
mod tradestation;
mod tradezero;
mod trading212;
mod tradingview;
mod tradovate;
mod variants;
mod webull;
mod workbooks;
mod zerodha;

use formats::{
    CashKind, Diagnostic, Format, Options, ParseError, ParsedEvent, ParsedFill, Report, Sink, SinkError,
    detect, parse,
};
use std::path::Path;

/// What came out of a file.
#[derive(Default)]
struct Collected {
    fills: Vec<ParsedFill>,
    events: Vec<ParsedEvent>,
    diagnostics: Vec<Diagnostic>,
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

impl Collected {
    fn codes(&self) -> Vec<(u64, &'static str)> {
        self.diagnostics.iter().map(|d| (d.line, d.code)).collect()
    }
}

fn options() -> Options {
    Options { currency: "USD".to_owned(), ..Options::default() }
}

fn format(id: &str) -> Format {
    id.parse().unwrap()
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
fn real_bytes(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/brokers").join(name);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: ../shared/data/brokers/{name} is not there");
    }
    bytes
}

fn real_file(name: &str) -> Option<String> {
    real_bytes(name).map(|bytes| String::from_utf8(bytes).unwrap())
}

/// An event in one line, for tables.
fn told(event: &ParsedEvent) -> String {
    match event {
        ParsedEvent::Cash(cash) => format!("{} {} {}", cash.kind.as_text(), cash.amount, cash.currency),
        ParsedEvent::Split(split) => format!("split {} {}", split.symbol, split.ratio),
        ParsedEvent::Option(end) => format!("{:?} {} {}", end.kind, end.quantity, end.symbol),
        ParsedEvent::Bust(bust) => format!("bust {}", bust.refers_to),
        ParsedEvent::Rate(rate) => format!("rate {} {}", rate.from, rate.rate),
    }
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
        fill.fees.checked_add(fill.taxes).unwrap(),
        fill.currency,
        fill.executed_at.at.0 / 1_000_000_000
    )
}

/// Kind, amount and id of each movement of cash.
fn cash(events: &[ParsedEvent]) -> Vec<(CashKind, String, String)> {
    let of = |event: &ParsedEvent| {
        let ParsedEvent::Cash(cash) = event else { return None };
        Some((cash.kind, cash.amount.to_string(), cash.id.clone()))
    };
    events.iter().filter_map(of).collect()
}

/// What is no execution in one line, for tables.
fn event(event: &ParsedEvent) -> String {
    match event {
        ParsedEvent::Cash(cash) => format!(
            "{}: cash {} {} {} {} {}",
            cash.line,
            cash.id,
            cash.kind.as_text(),
            cash.amount,
            cash.currency,
            cash.symbol.as_deref().unwrap_or("-")
        ),
        ParsedEvent::Split(split) => {
            format!("{}: split {} {} {}", split.line, split.id, split.symbol, split.ratio)
        }
        ParsedEvent::Option(option) => {
            format!("{}: {:?} {} {} {}", option.line, option.kind, option.id, option.symbol, option.quantity)
        }
        ParsedEvent::Bust(bust) => format!("{}: bust {} of {}", bust.line, bust.id, bust.refers_to),
        ParsedEvent::Rate(rate) => {
            format!("{}: rate {} {} at {}", rate.line, rate.from, rate.rate, rate.at.at.0 / 1_000_000_000)
        }
    }
}
