//! The folder `.dev`: everything that the development stack writes.

use anyhow::Context as _;
use std::{
    fs::{DirBuilder, File, TryLockError},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

/// Where the development stack keeps what it writes.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

/// Held by the one process that runs the stack; given back when it ends in whatever way.
#[must_use]
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Folder {
    /// The given folder, or `.dev` in the checkout. Created when missing.
    pub fn new(asked: Option<PathBuf>) -> anyhow::Result<Self> {
        let folder = asked.unwrap_or_else(|| workspace().join(".dev"));
        let folder = std::path::absolute(&folder).with_context(|| format!("resolve {}", folder.display()))?;
        let this = Self(folder);
        for (folder, mode) in [(this.logs(), 0o755), (this.secrets(), 0o700), (this.objects(), 0o755)] {
            let made = DirBuilder::new().recursive(true).mode(mode).create(&folder);
            made.with_context(|| format!("cannot create {}", folder.display()))?;
        }
        Ok(this)
    }

    /// `None` when another process runs the stack.
    pub fn lock(&self) -> anyhow::Result<Option<Lock>> {
        let path = self.0.join("lock");
        let file = File::create(&path).with_context(|| format!("cannot create {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).context(format!("cannot lock {}", path.display())),
        }
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What runs, for other commands to read.
    pub fn state(&self) -> PathBuf {
        self.0.join("state.json")
    }

    /// Ports of the services, kept across restarts.
    pub fn ports(&self) -> PathBuf {
        self.0.join("ports")
    }

    pub fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }

    /// The log of a service, or of another part of the stack.
    pub fn log(&self, name: &str) -> PathBuf {
        self.logs().join(format!("{name}.log"))
    }

    pub fn secrets(&self) -> PathBuf {
        self.0.join("secrets")
    }

    /// One generated secret.
    pub fn secret(&self, name: &str) -> PathBuf {
        self.secrets().join(name)
    }

    /// Data of PostgreSQL, RabbitMQ and Redis.
    pub fn servers(&self) -> PathBuf {
        self.0.join("servers")
    }

    /// Uploaded files.
    pub fn objects(&self) -> PathBuf {
        self.0.join("objects")
    }

    /// Mails that the stack sent.
    pub fn mail(&self) -> PathBuf {
        self.0.join("mail")
    }

    /// Tools that checks need, installed here only.
    pub fn tools(&self) -> PathBuf {
        self.0.join("tools")
    }
}

/// The checkout.
pub(crate) fn workspace() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_process_may_run_the_stack_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(Some(root.path().to_owned())).unwrap();

        let held = folder.lock().unwrap();

        assert!(held.is_some());
        assert!(folder.lock().unwrap().is_none());
        drop(held);
        assert!(folder.lock().unwrap().is_some());
    }
}
