//! Receives a broker's file and queues its import.

mod header;
mod reception;

use super::{Answer, App};
use crate::{
    db::{self, imports::Upload},
    domain::{ids::ImportId, instant, mapping::Layout},
    error::{Error, Result},
    files::{self, Files},
    wire,
};
use header::Header;
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateImportRequest, ImportRequested};
use runtime::idempotency::{Key, Once};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use tonic::Streaming;
use tracing::Instrument as _;
use uuid::Uuid;

pub(super) async fn create_import(
    app: &App,
    user: UserId,
    key: Option<Key>,
    messages: Streaming<CreateImportRequest>,
) -> Answer<proto::Import> {
    let received = Received::of(app, user, messages).await?;
    // From here on nobody can break it off half-way.
    let stored = store(app.clone(), user, key, received).in_current_span();
    app.files.receiving().spawn(stored).await.map_err(Error::from)?
}

/// Receives a file that is not to be queued: whoever calls removes it.
pub(super) async fn receive(
    app: &App,
    user: UserId,
    messages: Streaming<CreateImportRequest>,
) -> Result<Upload> {
    Received::of(app, user, messages).await?.finish(app, user).await
}

/// A file of which all bytes are there.
struct Received {
    id: ImportId,
    header: Header,
    layout: Option<Layout>,
    file: files::Upload,
}

impl Received {
    async fn of(app: &App, user: UserId, mut messages: Streaming<CreateImportRequest>) -> Result<Self> {
        let header = Header::parse(&reception::header(&mut messages).await?)?;
        let mut tx = app.snapshot(user).await?;
        if db::accounts::find(&mut *tx, user, header.account_id).await?.is_none() {
            return Err(Error::NotFound("account"));
        }
        let layout = match header.mapping_id {
            Some(id) => {
                let mapping = db::mappings::find(&mut *tx, user, id).await?;
                Some(mapping.ok_or(Error::NotFound("mapping"))?.layout)
            }
            None => None,
        };
        // Before the file: that may take long to come.
        drop(tx);
        let id = ImportId(Uuid::now_v7());
        let mut file = app.files.begin(&Files::key(user, id), app.max_upload_bytes).await?;
        if let Err(error) = reception::chunks(&mut messages, &mut file).await {
            file.abort().await;
            return Err(error);
        }
        Ok(Self { id, header, layout, file })
    }

    async fn finish(self, app: &App, user: UserId) -> Result<Upload> {
        let Self { id, header, layout, file } = self;
        let stored = file.finish().await?;
        Ok(Upload {
            id,
            account_id: header.account_id,
            file_name: header.file_name,
            object_key: Files::key(user, id),
            bytes: stored.bytes,
            sha256: stored.sha256,
            format: header.format,
            time_zone: header.time_zone,
            source_account: header.source_account,
            layout,
            created_at: instant::stored(app.clock.now()),
        })
    }
}

async fn store(app: App, user: UserId, key: Option<Key>, received: Received) -> Answer<proto::Import> {
    let upload = received.finish(&app, user).await?;
    let key = key.map(|key| key.with_fingerprint(&fingerprint(&upload)));
    let answer = queue(&app, user, key, &upload).await;
    // A file that no import stands for: the import failed, or was asked for before.
    if !answer.as_ref().is_ok_and(|answer| answer.get_ref().id == upload.id.to_string()) {
        app.files.remove(&upload.object_key).await;
    }
    answer
}

/// Of everything that an import is asked for with.
fn fingerprint(upload: &Upload) -> Vec<u8> {
    let mut fingerprint = Sha256::new();
    fingerprint.update(upload.sha256);
    let texts = [&Some(upload.account_id.to_string()), &Some(upload.file_name.clone())];
    let choices = [&upload.format, &upload.time_zone, &upload.source_account];
    for text in texts.into_iter().chain(choices) {
        fingerprint.update(text.as_deref().unwrap_or_default());
        fingerprint.update([0]);
    }
    fingerprint.update(format!("{:?}", upload.layout));
    fingerprint.finalize().to_vec()
}

async fn queue(app: &App, user: UserId, key: Option<Key>, upload: &Upload) -> Answer<proto::Import> {
    let mut once = Once::with_key(&app.pool, user.0, "CreateImport", key).await?;
    if let Some(done) = once.replay()? {
        return Ok(done);
    }
    let import = insert(&mut once.tx, user, upload).await?;
    once.finish(import).await
}

async fn insert(tx: &mut PgConnection, user: UserId, upload: &Upload) -> Result<proto::Import> {
    db::imports::insert(&mut *tx, user, upload).await?;
    let event = ImportRequested { user_id: user.to_string(), import_id: upload.id.to_string() };
    events::outbox::append(&mut *tx, &event).await?;
    let import = db::imports::find(tx, user, upload.id).await?;
    import.map(wire::import).ok_or(Error::NotFound("import"))
}
