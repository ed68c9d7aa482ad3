//! Lines of a stream: some may be looked at before they are consumed.

use std::{
    io::{self, BufRead, Read},
    ops::Range,
};

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// Where a line is.
#[derive(Debug)]
pub(super) enum Line {
    /// In these bytes, without its end.
    At(Range<usize>),
    /// Longer than a row may be.
    TooLong,
}

/// A window on the stream that holds the lines that are looked at.
pub(super) struct Lines<'a> {
    input: Box<dyn BufRead + 'a>,
    window: Vec<u8>,
    /// What of the window is consumed.
    start: usize,
    /// Where each line that was looked at begins (behind `start`), and where the last one ends.
    peeked: Vec<usize>,
    ended: bool,
    most: usize,
    number: u64,
    offset: u64,
}

impl<'a> Lines<'a> {
    pub fn new(head: Vec<u8>, input: Box<dyn BufRead + 'a>, most: usize) -> Self {
        Self { input, window: head, start: 0, peeked: Vec::new(), ended: false, most, number: 1, offset: 0 }
    }

    /// The number of the next line, from 1.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Where the next line begins in the stream.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes of a line.
    pub fn bytes(&self, range: Range<usize>) -> &[u8] {
        self.window.get(range).unwrap_or_default()
    }

    /// The n-th line (from 0) that is not consumed; all before it must have been looked at. `None` at the end.
    pub fn peek(&mut self, n: usize) -> io::Result<Option<Line>> {
        if n == 0 {
            self.peeked.clear();
        }
        let mut from = if n == 0 { self.start } else { self.peeked.last().copied().unwrap_or(self.start) };
        let mut searched = from;
        loop {
            let unsearched = self.window.get(searched..).unwrap_or_default();
            if let Some(at) = find_break(unsearched) {
                let end = searched + at;
                if end - from > self.most {
                    return Ok(Some(Line::TooLong));
                }
                self.peeked.push(end + 1);
                return Ok(Some(Line::At(from..self.without_return(from, end))));
            }
            searched = self.window.len();
            if searched - from > self.most {
                return Ok(Some(Line::TooLong));
            }
            if n == 0 && !self.ended {
                self.make_room();
                (searched, from) = (searched - from, 0);
            }
            if self.ended || !self.refill()? {
                if searched == from {
                    return Ok(None);
                }
                self.peeked.push(searched);
                return Ok(Some(Line::At(from..self.without_return(from, searched))));
            }
        }
    }

    /// Consumes the first `count` lines that were looked at.
    pub fn consume(&mut self, count: usize) {
        let end = count.checked_sub(1).and_then(|last| self.peeked.get(last)).copied();
        self.advance(end.unwrap_or(self.start));
        self.number += u64::try_from(count).unwrap_or_default();
    }

    /// Consumes a line of any length.
    pub fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let rest = self.window.get(self.start..).unwrap_or_default();
            if let Some(at) = find_break(rest) {
                self.advance(self.start + at + 1);
                break;
            }
            self.advance(self.window.len());
            self.make_room();
            if !self.refill()? {
                break;
            }
        }
        self.number += 1;
        Ok(())
    }

    fn advance(&mut self, end: usize) {
        self.offset += u64::try_from(end - self.start).unwrap_or_default();
        self.start = end;
    }

    fn without_return(&self, from: usize, end: usize) -> usize {
        let before = end.checked_sub(1).filter(|before| *before >= from);
        before.filter(|before| self.window.get(*before) == Some(&b'\r')).unwrap_or(end)
    }

    /// Forgets what is consumed.
    fn make_room(&mut self) {
        self.window.drain(..self.start);
        self.start = 0;
    }

    fn refill(&mut self) -> io::Result<bool> {
        let chunk = u64::try_from(CHUNK).unwrap_or(u64::MAX);
        let read = self.input.by_ref().take(chunk).read_to_end(&mut self.window)?;
        self.ended = read == 0;
        Ok(read > 0)
    }
}

/// Looks at 32 bytes at once, which the compiler makes one comparison.
fn find_break(bytes: &[u8]) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<32>();
    let has_break =
        |chunk: &[u8; 32]| chunk.iter().fold(0, |found, byte| found | u8::from(*byte == b'\n')) != 0;
    let before = chunks.iter().position(has_break).unwrap_or(chunks.len()) * 32;
    let within = bytes.get(before..).unwrap_or(rest);
    within.iter().position(|byte| *byte == b'\n').map(|at| before + at)
}
