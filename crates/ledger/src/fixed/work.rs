//! Many books at once: fills dealt out to them, and threads that match them.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{FixedBook, FixedError, FixedFill};

/// Deals the fills of many books, mixed in one order, out to their books: each fill with the position of its book.
/// A fill of a book that is not there is left out. Stops at the first fill that its book refuses, and tells the
/// position of that book.
pub fn distribute(
    books: &mut [FixedBook],
    fills: &[(u32, FixedFill<i64>)],
) -> Result<(), (usize, FixedError)> {
    let position = |book: u32| usize::try_from(book).unwrap_or(usize::MAX);
    let mut counts = vec![0_usize; books.len()];
    for (book, _) in fills {
        if let Some(count) = counts.get_mut(position(*book)) {
            *count += 1;
        }
    }
    for (book, count) in books.iter_mut().zip(counts) {
        book.reserve(count);
    }
    for (book, fill) in fills {
        if let Some(found) = books.get_mut(position(*book)) {
            found.push(*fill).map_err(|error| (position(*book), error))?;
        }
    }
    Ok(())
}

/// Runs all books on so many threads, and answers the positions of those that failed, in order, each with its error.
///
/// Each book is matched by one thread from beginning to end: results do not depend on the number of threads.
pub fn run_all(books: &mut [FixedBook], threads: NonZeroUsize) -> Vec<(usize, FixedError)> {
    if threads.get() == 1 {
        return books.iter_mut().enumerate().filter_map(run).collect();
    }
    let queue = Mutex::new(books.iter_mut().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || std::iter::from_fn(next).filter_map(run).collect::<Vec<_>>();
    let mut failures = thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads.get()).map(|_| scope.spawn(work)).collect();
        let mut failures = work();
        failures.extend(helpers.into_iter().filter_map(|helper| helper.join().ok()).flatten());
        failures
    });
    failures.sort_unstable_by_key(|(position, _)| *position);
    failures
}

fn run((position, book): (usize, &mut FixedBook)) -> Option<(usize, FixedError)> {
    book.run().err().map(|error| (position, error))
}
