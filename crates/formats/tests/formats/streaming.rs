//! What a row tells is handed out when it was read, not at the end of the file: memory does not grow with the file.

use crate::{accounting::parts, options};
use formats::{Diagnostic, Format, Options, ParsedEvent, ParsedFill, Sink, SinkError, parse};
use std::{
    cell::Cell,
    io::{BufReader, Read},
    rc::Rc,
};

/// Bytes that may be read ahead: the head of a file, and a chunk of lines behind it.
const WINDOW: usize = 192 * 1024;

/// Formats that keep rows until the end, as their documentation says: rows of theirs tell something only together.
const KEEPING: [&str; 6] = [
    "kraken-ledgers",
    "metatrader5-report",
    "thinkorswim-statement",
    "tradingview-strategy",
    "tradovate-performance",
    "tradovate-position-history",
];

/// A text that counts what was read of it.
struct Metered<'t> {
    rest: &'t [u8],
    read: Rc<Cell<usize>>,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.rest.read(buffer)?;
        self.read.set(self.read.get() + length);
        Ok(length)
    }
}

/// How many bytes were read at most before the row that began so many bytes ago was handed out.
struct Lag {
    starts: Vec<usize>,
    read: Rc<Cell<usize>>,
    most: usize,
    handed_out: usize,
}

impl Lag {
    fn of(&mut self, line: u64) {
        self.handed_out += 1;
        let start = usize::try_from(line).ok().and_then(|line| self.starts.get(line.checked_sub(1)?));
        self.most = self.most.max(start.map_or(0, |start| self.read.get().saturating_sub(*start)));
    }
}

impl Sink for Lag {
    fn fill(&mut self, fill: ParsedFill) -> Result<(), SinkError> {
        self.of(fill.line);
        Ok(())
    }

    fn event(&mut self, event: ParsedEvent) -> Result<(), SinkError> {
        if let ParsedEvent::Cash(cash) = event {
            self.of(cash.line);
        }
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.of(diagnostic.line);
    }
}

/// The lag of a format's sample whose rows are repeated until they have so many bytes.
fn lag(format: Format, bytes: usize) -> Lag {
    let (before, rows, after) = parts(format);
    let times = bytes / rows.iter().map(|row| row.len() + 1).sum::<usize>();
    let text = [before, vec![rows; times].concat(), after].concat().join("\n");
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let read = Rc::new(Cell::new(0));
    let input = Metered { rest: text.as_bytes(), read: Rc::clone(&read) };
    let mut sink = Lag { starts, read, most: 0, handed_out: 0 };
    let options = Options { file_name: Some("trades_2026-01-05.csv".to_owned()), ..options() };
    parse(format, &mut BufReader::new(input), &options, &mut sink).unwrap();
    sink
}

#[test]
fn rows_are_handed_out_while_the_file_is_read() {
    let mut keeping = Vec::new();
    for format in Format::all() {
        let lag = lag(format, 300_000);

        if lag.most > WINDOW {
            keeping.push(format.id());
        } else {
            assert!(lag.handed_out > 100, "{format}: {}", lag.handed_out);
        }
    }
    let expected: Vec<&str> =
        Format::all().iter().map(|format| format.id()).filter(|id| KEEPING.contains(id)).collect();
    assert_eq!(keeping, expected);
}
