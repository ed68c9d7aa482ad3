//! How fast files are read, one core, from memory into a sink that only counts.
//!
//! Time is that of the thread on a processor, so that whatever else the machine does matters little. Linux only.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at what it did not expect")]

use criterion::{
    Criterion, Throughput, criterion_group, criterion_main,
    measurement::{Measurement, ValueFormatter, WallTime},
};
use formats::{Diagnostic, Format, Options, ParsedEvent, ParsedFill, Sink, SinkError};
use std::{fmt::Write as _, hint::black_box, time::Duration};

/// Bytes of each generated file.
const BYTES: usize = 20 << 20;

/// The time that this thread had a processor.
struct ProcessorTime;

impl Measurement for ProcessorTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        let figures = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        Duration::from_nanos(figures.split(' ').next().unwrap().parse().unwrap())
    }

    fn end(&self, start: Duration) -> Duration {
        self.start().saturating_sub(start)
    }

    fn add(&self, left: &Duration, right: &Duration) -> Duration {
        *left + *right
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// A sink that counts.
#[derive(Default)]
struct Counting {
    fills: u64,
}

impl Sink for Counting {
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError> {
        black_box(&fill);
        self.fills += 1;
        Ok(())
    }

    fn event(&mut self, event: ParsedEvent) -> Result<(), SinkError> {
        black_box(&event);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        black_box(&diagnostic);
    }
}

/// 400 symbols, a fill each 7 seconds.
fn generic(with_ids: bool) -> String {
    let mut text =
        "timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id,account\n"
            .to_owned();
    let mut n: u64 = 0;
    while text.len() < BYTES {
        let (day, second) = (1 + n / 12_000 % 28, n % 12_000 * 7);
        let side = if n.is_multiple_of(2) { "buy" } else { "sell" };
        let id = if with_ids { format!("EX-{n}") } else { String::new() };
        writeln!(
            text,
            "2026-{:02}-{day:02}T{:02}:{:02}:{:02}Z,SYM{},{side},{},{}.{:02},1.00,0.02,USD,1,{id},U1",
            1 + n / 336_000 % 12,
            second / 3600,
            second / 60 % 60,
            second % 60,
            n % 400,
            100 + n % 900,
            50 + n % 400,
            n % 100,
        )
        .unwrap();
        n += 1;
    }
    text
}

fn flex() -> String {
    let mut text = "<FlexQueryResponse queryName=\"q\" type=\"AF\">\n<FlexStatements count=\"1\">\n<FlexStatement accountId=\"U1\">\n<Trades>\n".to_owned();
    let mut n: u64 = 0;
    while text.len() < BYTES {
        let (day, second) = (1 + n / 12_000 % 28, n % 12_000 * 7);
        let (sign, side) = if n.is_multiple_of(2) { ("", "BUY") } else { ("-", "SELL") };
        writeln!(
            text,
            "<Trade accountId=\"U1\" currency=\"USD\" fxRateToBase=\"1\" assetCategory=\"STK\" symbol=\"SYM{}\" description=\"SYM INC\" \
             conid=\"265598\" securityID=\"US0378331005\" securityIDType=\"ISIN\" underlyingSymbol=\"SYM\" multiplier=\"1\" strike=\"\" \
             expiry=\"\" putCall=\"\" tradeID=\"{n}\" reportDate=\"202601{day:02}\" dateTime=\"202601{day:02};{:02}{:02}{:02}\" \
             tradeDate=\"202601{day:02}\" quantity=\"{sign}{}\" tradePrice=\"{}.{:02}\" proceeds=\"0\" taxes=\"0\" \
             ibCommission=\"-1.000309\" ibCommissionCurrency=\"USD\" netCash=\"0\" openCloseIndicator=\"O\" notes=\"P\" \
             fifoPnlRealized=\"0\" buySell=\"{side}\" ibOrderID=\"{n}\" transactionID=\"T{n}\" ibExecID=\"0000e0d5.{n}.01.01\" \
             exchange=\"NASDAQ\" orderTime=\"202601{day:02};093000\" levelOfDetail=\"EXECUTION\" />",
            n % 400,
            second / 3600,
            second / 60 % 60,
            second % 60,
            100 + n % 900,
            50 + n % 400,
            n % 100,
        )
        .unwrap();
        n += 1;
    }
    text.push_str("</Trades>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n");
    text
}

fn benchmarks(criterion: &mut Criterion<ProcessorTime>) {
    let mut group = criterion.benchmark_group("parse");
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    let options = Options { currency: "USD".to_owned(), ..Options::default() };
    for (name, id, text) in [
        ("generic CSV with ids", "generic-csv", generic(true)),
        ("generic CSV without ids", "generic-csv", generic(false)),
        ("Flex XML", "ibkr-flex-xml", flex()),
    ] {
        let format: Format = id.parse().unwrap();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut sink = Counting::default();
                let report = formats::parse(format, &mut text.as_bytes(), &options, &mut sink).unwrap();
                assert_eq!(sink.fills, report.rows.read);
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = parse;
    config = Criterion::default().with_measurement(ProcessorTime);
    targets = benchmarks
}
criterion_main!(parse);
