//! How fast files are read, one core, from memory into a sink that only counts.
//!
//! Time is that of the thread on a processor, so that whatever else the machine does matters little. Linux only.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at what it did not expect")]

#[path = "generated/files.rs"]
mod files;

use criterion::{
    Criterion, Throughput, criterion_group, criterion_main,
    measurement::{Measurement, ValueFormatter, WallTime},
};
use files::Generated;
use formats::{Diagnostic, Format, Options, ParsedEvent, ParsedFill, Sink, SinkError};
use std::{hint::black_box, io::Read as _, time::Duration};

/// Bytes of each generated file.
const BYTES: usize = 100_000_000;

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

/// What it is called, its format, and what writes it.
type File = (&'static str, &'static str, fn(usize) -> Generated);

fn benchmarks(criterion: &mut Criterion<ProcessorTime>) {
    let mut group = criterion.benchmark_group("parse");
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    let options = Options { currency: "USD".to_owned(), ..Options::default() };
    let files: [File; 3] = [
        ("generic CSV with ids", "generic-csv", Generated::csv),
        ("generic CSV without ids", "generic-csv", Generated::csv_without_ids),
        ("Flex XML", "ibkr-flex-xml", Generated::flex),
    ];
    for (name, id, write) in files {
        let format: Format = id.parse().unwrap();
        let mut text = String::new();
        write(BYTES).read_to_string(&mut text).unwrap();
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
