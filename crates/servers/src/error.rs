//! What can go wrong with a private server, in words for the person at the terminal.

use std::{io, path::PathBuf};

/// Why a server could not be installed, started, used or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Servers that are not on this machine.
    #[error("not installed: {}", packages.join(", "))]
    Missing {
        /// Debian packages that bring them.
        packages: Vec<&'static str>,
    },
    /// The packages could not be installed.
    #[error("cannot install {packages}: {cause}")]
    Install {
        /// What should have been installed.
        packages: String,
        /// The last thing the installer said, or what is missing to run it.
        cause: String,
    },
    /// A file or a process of ours could not be handled.
    #[error("cannot {action}: {source}")]
    Io {
        /// What was attempted, as a verb phrase.
        action: String,
        /// Why it failed.
        source: io::Error,
    },
    /// Root has no unprivileged account to run the servers as.
    #[error("PostgreSQL refuses to run as root, and there is neither a user `postgres` nor a user `nobody`")]
    NoAccount,
    /// The folder holds data of another PostgreSQL version.
    #[error("the data in {} belongs to PostgreSQL {data}, the server here is PostgreSQL {server}", folder.display())]
    OtherVersion {
        /// The data folder.
        folder: PathBuf,
        /// Major version that wrote it.
        data: String,
        /// Major version found on this machine.
        server: String,
    },
    /// The server ended before it was ready.
    #[error("{server} ended ({status}) before it was ready: {last_words} (log: {})", log.display())]
    Ended {
        /// Which server.
        server: &'static str,
        /// How it ended.
        status: String,
        /// Last line of its log.
        last_words: String,
        /// Its log.
        log: PathBuf,
    },
    /// The server runs but does not answer.
    #[error("{server} did not answer within {seconds} s (log: {})", log.display())]
    Silent {
        /// Which server.
        server: &'static str,
        /// How long we waited.
        seconds: u64,
        /// Its log.
        log: PathBuf,
    },
    /// A tool that came with the server failed.
    #[error("{tool} failed: {cause}")]
    Tool {
        /// Its name.
        tool: &'static str,
        /// What it printed.
        cause: String,
    },
    /// A name or password that must not stand in SQL.
    #[error("`{name}` is not a plain lower-case name")]
    Name {
        /// What was given.
        name: String,
    },
    /// The process is still there although it was killed.
    #[error("{server} (process {pid}) does not end")]
    Unstoppable {
        /// Which server.
        server: String,
        /// Its process.
        pid: u32,
    },
}

impl Error {
    pub(crate) fn io(action: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let action = action.into();
        move |source| Self::Io { action, source }
    }
}
