//! The uploaded files, in a folder or in S3.

mod archive;
mod upload;

use anyhow::{Context as _, bail};
pub use archive::Archive;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream::BoxStream};
use object_store::{
    ObjectStore, ObjectStoreExt as _, aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
    prefix::PrefixStore,
};
use runtime::Service;
use std::{io, sync::Arc};
use tokio_util::task::TaskTracker;
pub use upload::{Stored, Upload};

use crate::domain::ids::{AttachmentId, ExportId, ImportId};
use identity::UserId;

/// Where uploaded files are kept. Clones share the store.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    receiving: TaskTracker,
}

impl Files {
    /// `file:///absolute/folder` (created if missing) or `s3://bucket[/prefix]` (region and credentials from the usual
    /// AWS environment).
    pub fn open(url: &str) -> anyhow::Result<Self> {
        let store: Arc<dyn ObjectStore> = if let Some(folder) = url.strip_prefix("file://") {
            Arc::new(open_folder(folder)?)
        } else if let Some(bucket) = url.strip_prefix("s3://") {
            let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
            let s3 = AmazonS3Builder::from_env().with_bucket_name(bucket).build();
            let s3 = s3.context("OBJECT_STORE_URL names a bucket that cannot be used")?;
            Arc::new(PrefixStore::new(s3, prefix))
        } else {
            bail!("OBJECT_STORE_URL is neither file:///folder nor s3://bucket/prefix");
        };
        Ok(Self { store, receiving: TaskTracker::new() })
    }

    /// The key of an import's file. Nothing of it comes from the client.
    pub fn key(user: UserId, import: ImportId) -> String {
        format!("imports/{user}/{import}")
    }

    /// The key of an export's file.
    pub fn export_key(user: UserId, export: ExportId) -> String {
        format!("exports/{user}/{export}")
    }

    /// The key of an attachment's file.
    pub fn attachment_key(user: UserId, attachment: AttachmentId) -> String {
        format!("attachments/{user}/{attachment}")
    }

    /// Begins a file that appears under `key` when it is finished, and takes at most `limit` bytes.
    pub async fn begin(&self, key: &str, limit: u64) -> object_store::Result<Upload> {
        let multipart = self.store.put_multipart(&Path::from(key)).await?;
        Ok(Upload::new(multipart, limit, self.receiving.clone()))
    }

    /// The bytes of a file; `None` when there is none.
    pub async fn read(
        &self,
        key: &str,
    ) -> object_store::Result<Option<BoxStream<'static, io::Result<Bytes>>>> {
        match self.store.get(&Path::from(key)).await {
            Ok(found) => Ok(Some(Box::pin(as_io(found.into_stream())))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a file as well as it can be done: what stays is of no harm and is logged.
    pub async fn remove(&self, key: &str) {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => {
                tracing::warn!(key, error = runtime::report::chain(&error), "a file was left behind");
            }
        }
    }

    /// Removes every file of a user.
    pub async fn remove_all(&self, user: UserId) -> object_store::Result<()> {
        for kind in ["imports", "exports", "attachments"] {
            let folder = Path::from(format!("{kind}/{user}"));
            let keys = self.store.list(Some(&folder)).map_ok(|file| file.location).boxed();
            self.store.delete_stream(keys).try_for_each(|_| async { Ok(()) }).await?;
        }
        Ok(())
    }

    /// Tasks that store or remove received files: they come to their end also when their caller is gone.
    pub fn receiving(&self) -> &TaskTracker {
        &self.receiving
    }

    /// Keeps the service up until every file that is being received is stored or given up.
    pub fn finish_before_stop(&self, service: &mut Service) {
        let (receiving, stopping) = (self.receiving.clone(), service.stopping());
        service.spawn("uploads", async move {
            stopping.cancelled().await;
            receiving.close();
            receiving.wait().await;
            Ok(())
        });
    }
}

fn open_folder(folder: &str) -> anyhow::Result<LocalFileSystem> {
    if !folder.starts_with('/') {
        bail!("OBJECT_STORE_URL names a folder that is not absolute");
    }
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {folder}"))?;
    LocalFileSystem::new_with_prefix(folder).with_context(|| format!("cannot use the folder {folder}"))
}

fn as_io(
    bytes: impl Stream<Item = object_store::Result<Bytes>> + Send + 'static,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    bytes.map_err(io::Error::from)
}
