//! Turns offsets of a stream into lines.

use std::{
    cell::RefCell,
    collections::VecDeque,
    io::{self, Read},
    rc::Rc,
};

/// Knows where the lines of what was read so far begin. Offsets must be asked for in ascending order.
#[derive(Clone, Default)]
pub(super) struct Positions(Rc<RefCell<Breaks>>);

#[derive(Default)]
struct Breaks {
    /// Offsets of line breaks that were read and not yet passed.
    ahead: VecDeque<usize>,
    passed: u64,
    read: usize,
}

impl Positions {
    /// The line of an offset, from 1.
    pub fn line_at(&self, offset: usize) -> u64 {
        let mut breaks = self.0.borrow_mut();
        while breaks.ahead.front().is_some_and(|at| *at < offset) {
            breaks.ahead.pop_front();
            breaks.passed += 1;
        }
        breaks.passed + 1
    }

    fn read(&self, bytes: &[u8]) {
        let mut breaks = self.0.borrow_mut();
        let start = breaks.read;
        let found = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        breaks.ahead.extend(found.map(|(at, _)| start + at));
        breaks.read += bytes.len();
    }
}

/// Notes the line breaks of what passes.
pub(super) struct Counting<R> {
    inner: R,
    positions: Positions,
}

impl<R> Counting<R> {
    pub const fn new(inner: R, positions: Positions) -> Self {
        Self { inner, positions }
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.positions.read(buffer.get(..length).unwrap_or_default());
        Ok(length)
    }
}
