//! How much memory reading takes: the same file once, ten times and a hundred times as long, generated while it is read and forgotten
//! when it is counted. The peak is the process's resident memory (`VmHWM`, reset before each file) beyond what it had before. Linux only.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at what it did not expect")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "generated/files.rs"]
mod files;

use files::Generated;
use formats::{Diagnostic, Options, ParsedEvent, ParsedFill, Sink, SinkError};
use std::{
    fs,
    io::{BufReader, Read},
};

/// Bytes of the shortest file.
const BYTES: usize = 5_000_000;

/// A sink that counts.
struct Counting(u64);

impl Sink for Counting {
    fn fill(&mut self, _: ParsedFill) -> Result<(), SinkError> {
        self.0 += 1;
        Ok(())
    }

    fn event(&mut self, _: ParsedEvent) -> Result<(), SinkError> {
        Ok(())
    }

    fn diagnostic(&mut self, _: Diagnostic) {}
}

/// KiB of a line of the process's status.
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().unwrap()
}

/// KiB that reading takes at its peak, and the fills that were read.
fn peak(format: &str, input: impl Read) -> (u64, u64) {
    // 5: forget the highest so far.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS");
    let options = Options { currency: "USD".to_owned(), ..Options::default() };
    let mut sink = Counting(0);
    formats::parse(format.parse().unwrap(), &mut BufReader::new(input), &options, &mut sink).unwrap();
    (status("VmHWM").saturating_sub(before), sink.0)
}

/// What it is called, its format, and what writes it.
type File = (&'static str, &'static str, fn(usize) -> Generated);

fn main() {
    let files: [File; 3] = [
        ("generic CSV with ids", "generic-csv", Generated::csv),
        ("generic CSV without ids", "generic-csv", Generated::csv_without_ids),
        ("Flex XML", "ibkr-flex-xml", Generated::flex),
    ];
    for (name, format, generated) in files {
        for times in [1, 10, 100] {
            let (kib, count) = peak(format, generated(BYTES * times));
            println!("{name:24} {:4} MB {count:9} fills {kib:7} KiB", BYTES * times / 1_000_000);
        }
    }
}
