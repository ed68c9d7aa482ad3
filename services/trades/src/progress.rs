//! How far an import is, counted by those who do the work and read by whoever reports it.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The share of the work that is reading and storing; matching is the rest.
const READING_PERCENT: u64 = 80;
/// What is shown at most before everything is committed.
const MOST_PERCENT: u64 = 99;

/// Counts what is done. Cheap enough to be called for each row.
#[derive(Debug, Default)]
pub struct Progress {
    bytes_total: u64,
    bytes_read: AtomicU64,
    rows_read: AtomicU64,
    books_total: AtomicU64,
    books_done: AtomicU64,
}

impl Progress {
    /// Of a file of so many bytes.
    pub fn of_file(bytes: u64) -> Self {
        Self { bytes_total: bytes, ..Self::default() }
    }

    /// More of the file was read.
    pub fn read_bytes(&self, bytes: usize) {
        self.bytes_read.fetch_add(bytes as u64, Relaxed);
    }

    /// More fills were stored.
    pub fn read_rows(&self, rows: usize) {
        self.rows_read.fetch_add(rows as u64, Relaxed);
    }

    /// So many of the books touched are matched again.
    pub fn matched_books(&self, done: usize, total: usize) {
        self.books_total.store(total as u64, Relaxed);
        self.books_done.store(done as u64, Relaxed);
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.rows_read.load(Relaxed)
    }

    /// 0 to 99.
    pub fn percent(&self) -> u32 {
        let reading = share(self.bytes_read.load(Relaxed), self.bytes_total, READING_PERCENT);
        let books = (self.books_done.load(Relaxed), self.books_total.load(Relaxed));
        let percent = match books {
            (_, 0) => reading,
            (done, total) => READING_PERCENT + share(done, total, 100 - READING_PERCENT),
        };
        u32::try_from(percent.min(MOST_PERCENT)).unwrap_or_default()
    }
}

fn share(part: u64, whole: u64, of: u64) -> u64 {
    part.min(whole).saturating_mul(of).checked_div(whole).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_runs_from_reading_over_matching_to_99() {
        let progress = Progress::of_file(1_000);
        let mut seen = vec![progress.percent()];

        progress.read_bytes(500);
        seen.push(progress.percent());
        progress.read_bytes(500);
        seen.push(progress.percent());
        progress.matched_books(1, 2);
        seen.push(progress.percent());
        progress.matched_books(2, 2);
        seen.push(progress.percent());

        assert_eq!(seen, [0, 40, 80, 90, 99]);
    }

    #[test]
    fn an_empty_file_divides_by_nothing() {
        assert_eq!(Progress::default().percent(), 0);
    }
}
