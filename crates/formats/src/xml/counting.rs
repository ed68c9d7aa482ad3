//! Counts lines while they are read.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// Counts the lines that were consumed.
pub(super) struct Counting<R> {
    inner: R,
    lines: Rc<Cell<u64>>,
}

impl<R> Counting<R> {
    pub const fn new(inner: R, lines: Rc<Cell<u64>>) -> Self {
        Self { inner, lines }
    }
}

impl<R: BufRead> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), available.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Counting<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            let consumed = buffer.get(..amount).unwrap_or_default();
            let breaks = consumed.split(|byte| *byte == b'\n').count() - 1;
            self.lines.set(self.lines.get() + u64::try_from(breaks).unwrap_or_default());
        }
        self.inner.consume(amount);
    }
}
