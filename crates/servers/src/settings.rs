//! How private servers are run.

use crate::secret;
use std::path::PathBuf;

/// Where private servers write, and how long that has to last.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Holds everything the servers write, one folder each. Created when missing.
    ///
    /// PostgreSQL refuses to run as root, so root's servers run as an unprivileged account. Where that account cannot reach
    /// this folder (a checkout below `/root`), a folder below `/var/tmp`, named after this one, takes its place.
    pub folder: PathBuf,
    /// True: what was committed survives a power cut. False: much faster, for tests.
    pub durable: bool,
    /// True: a server is stopped at once and its folder deleted, also when the owner is killed.
    pub discard: bool,
}

impl Settings {
    /// Data that stays: a developer's own servers.
    pub fn lasting(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), durable: true, discard: false }
    }

    /// A new folder below the system's temporary one, fast and deleted at the end: servers for tests.
    pub fn scratch() -> Result<Self, crate::Error> {
        let name = format!("trading-journal-{}-{}", std::process::id(), secret::generate(4)?);
        Ok(Self { folder: std::env::temp_dir().join(name), durable: false, discard: true })
    }
}
