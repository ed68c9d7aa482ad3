//! Receives a broker's file and queues its import.

mod header;
mod reception;

use super::{
    Answer, App,
    leftover::{self, Row},
};
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
    let received = Received::of(app, user, messages, key.is_some()).await?;
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
    let received = Received::of(app, user, messages, false).await?;
    Ok(received.finish(app, user).await?.upload)
}

/// A file of which all bytes are there.
struct Received {
    id: ImportId,
    header: Header,
    /// How the file is laid out, if a mapping tells; or that what the header names is not there.
    layout: Result<Option<Layout>>,
    file: files::Upload,
}

/// A file that is stored.
struct Stored {
    upload: Upload,
    /// What the header names, and is not there.
    missing: Option<Error>,
    /// Of everything that its import is asked for with.
    fingerprint: Vec<u8>,
}

impl Received {
    /// `has_key`: the same may have been asked for before, when there was still what it names. Then the whole file tells.
    async fn of(
        app: &App,
        user: UserId,
        mut messages: Streaming<CreateImportRequest>,
        has_key: bool,
    ) -> Result<Self> {
        let header = Header::parse(&reception::header(&mut messages).await?)?;
        let layout = match layout(app, user, &header).await {
            Err(Error::NotFound(noun)) if has_key => Err(Error::NotFound(noun)),
            found => Ok(found?),
        };
        let id = ImportId(Uuid::now_v7());
        let mut file = app.files.begin(&Files::key(user, id), app.max_upload_bytes).await?;
        if let Err(error) = reception::chunks(&mut messages, &mut file).await {
            file.abort().await;
            return Err(error);
        }
        Ok(Self { id, header, layout, file })
    }

    async fn finish(self, app: &App, user: UserId) -> Result<Stored> {
        let Self { id, header, layout, file } = self;
        let stored = file.finish().await?;
        let fingerprint = fingerprint(&header, &stored.sha256);
        let (layout, missing) = match layout {
            Ok(layout) => (layout, None),
            Err(missing) => (None, Some(missing)),
        };
        let upload = Upload {
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
        };
        Ok(Stored { upload, missing, fingerprint })
    }
}

/// How the file is laid out. Looked for before the file, which may take long to come.
async fn layout(app: &App, user: UserId, header: &Header) -> Result<Option<Layout>> {
    let mut tx = app.snapshot(user).await?;
    if db::accounts::find(&mut *tx, user, header.account_id).await?.is_none() {
        return Err(Error::NotFound("account"));
    }
    let Some(id) = header.mapping_id else { return Ok(None) };
    let mapping = db::mappings::find(&mut *tx, user, id).await?;
    Ok(Some(mapping.ok_or(Error::NotFound("mapping"))?.layout))
}

async fn store(app: App, user: UserId, key: Option<Key>, received: Received) -> Answer<proto::Import> {
    let stored = received.finish(&app, user).await?;
    let (id, object_key) = (stored.upload.id, stored.upload.object_key.clone());
    let answer = queue(&app, user, key, stored).await;
    match &answer {
        Ok(answer) if answer.get_ref().id == id.to_string() => {}
        // It was asked for before.
        Ok(_) => app.files.remove(&object_key).await,
        Err(error) => leftover::remove(&app, user, Row::Import(id), error).await,
    }
    answer
}

fn fingerprint(header: &Header, file: &[u8]) -> Vec<u8> {
    let mut fingerprint = Sha256::new();
    fingerprint.update(file);
    let (account, mapping) = (header.account_id.to_string(), header.mapping_id.map(|id| id.to_string()));
    let texts = [&Some(account), &Some(header.file_name.clone())];
    let choices = [&header.format, &header.time_zone, &header.source_account, &mapping];
    for text in texts.into_iter().chain(choices) {
        fingerprint.update(text.as_deref().unwrap_or_default());
        fingerprint.update([0]);
    }
    fingerprint.finalize().to_vec()
}

async fn queue(app: &App, user: UserId, key: Option<Key>, stored: Stored) -> Answer<proto::Import> {
    let key = key.map(|key| key.with_fingerprint(&stored.fingerprint));
    let mut once = Once::with_key(&app.pool, user.0, "CreateImport", key).await?;
    if let Some(done) = once.replay()? {
        return Ok(done);
    }
    if let Some(missing) = stored.missing {
        return Err(missing.into());
    }
    let import = insert(&mut once.tx, user, &stored.upload).await?;
    once.finish(import).await
}

async fn insert(tx: &mut PgConnection, user: UserId, upload: &Upload) -> Result<proto::Import> {
    db::imports::insert(&mut *tx, user, upload).await?;
    let event = ImportRequested { user_id: user.to_string(), import_id: upload.id.to_string() };
    events::outbox::append(&mut *tx, &event).await?;
    let import = db::imports::find(tx, user, upload.id).await?;
    import.map(wire::import).ok_or(Error::NotFound("import"))
}
