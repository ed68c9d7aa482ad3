//! What a run of the tests would leave to the disk.

use servers::Postgres;
use std::{sync::mpsc, thread, time::Duration};

const EVERY: Duration = Duration::from_secs(5);

/// Does `work`, and drops the databases of tests that have ended meanwhile: all of a run's together would take many gigabytes.
pub(super) fn beside<T>(postgres: &Postgres, work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let (working, over) = mpsc::channel::<()>();
        scope.spawn(move || {
            while over.recv_timeout(EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
                if let Err(error) = postgres.drop_databases_of_ended_tests() {
                    eprintln!("Databases of tests that have ended stay: {error}");
                }
            }
        });
        let result = work();
        drop(working);
        result
    })
}
