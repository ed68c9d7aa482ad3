//! The wish to stop: Ctrl-C, SIGTERM, or a terminal that was closed.

use anyhow::Context as _;
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// Becomes true once, for good.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

/// The error that a stop turns the current step into.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("interrupted: everything that was started is stopped")
    }
}

impl std::error::Error for Interrupted {}

impl Interrupt {
    /// Listens for signals. A second one ends this process at once; what it started then ends by itself.
    pub fn on_signals() -> anyhow::Result<Self> {
        let interrupt = Self::default();
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // The order matters: on the first signal the condition is not yet true.
            flag::register_conditional_shutdown(signal, 130, Arc::clone(&interrupt.0))
                .and_then(|_| flag::register(signal, Arc::clone(&interrupt.0)))
                .context("cannot listen for signals")?;
        }
        Ok(interrupt)
    }

    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Fails once a stop is requested.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.is_requested() { Err(Interrupted.into()) } else { Ok(()) }
    }

    /// Waits a little between two looks at something.
    pub fn pause(&self, time: Duration) -> anyhow::Result<()> {
        self.check()?;
        thread::sleep(time);
        self.check()
    }
}
