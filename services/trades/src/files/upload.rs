//! One file on its way into the store.

use crate::error::{Error, Result};
use bytes::Bytes;
use object_store::{MultipartUpload, WriteMultipart};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

/// Parts written at once: the memory of an upload is that of a few parts.
const PARTS_AT_ONCE: usize = 1;

/// A file that is being received. It does not exist for anybody else before [`Upload::finish`], and is removed when it is
/// dropped before that.
pub struct Upload {
    parts: Option<WriteMultipart>,
    hash: Sha256,
    bytes: u64,
    limit: u64,
    removals: TaskTracker,
}

/// A file that was received whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its size.
    pub bytes: u64,
    /// The hash of its bytes.
    pub sha256: [u8; 32],
}

impl Upload {
    pub(super) fn new(multipart: Box<dyn MultipartUpload>, limit: u64, removals: TaskTracker) -> Self {
        let parts = Some(WriteMultipart::new(multipart));
        Self { parts, hash: Sha256::new(), bytes: 0, limit, removals }
    }

    /// Takes the next bytes; [`Error::FileTooLarge`] when there are more than the limit.
    pub async fn write(&mut self, chunk: Bytes) -> Result<()> {
        self.bytes += chunk.len() as u64;
        if self.bytes > self.limit {
            return Err(Error::FileTooLarge { limit: self.limit });
        }
        self.hash.update(&chunk);
        if let Some(parts) = &mut self.parts {
            parts.wait_for_capacity(PARTS_AT_ONCE).await?;
            parts.put(chunk);
        }
        Ok(())
    }

    /// What was taken so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Makes the file appear.
    pub async fn finish(mut self) -> Result<Stored> {
        if let Some(parts) = self.parts.take() {
            parts.finish().await?;
        }
        Ok(Stored { bytes: self.bytes, sha256: std::mem::take(&mut self.hash).finalize().into() })
    }

    /// Removes what was written so far.
    pub async fn abort(mut self) {
        if let Some(parts) = self.parts.take() {
            remove(parts).await;
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let (Some(parts), Ok(runtime)) = (self.parts.take(), Handle::try_current()) {
            self.removals.spawn_on(remove(parts), &runtime);
        }
    }
}

async fn remove(parts: WriteMultipart) {
    if let Err(error) = parts.abort().await {
        tracing::warn!(error = runtime::report::chain(&error), "parts of an upload were left behind");
    }
}
