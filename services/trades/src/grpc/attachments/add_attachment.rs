//! Receives an image and keeps it beside a trade.

use super::{super::parse, reception};
use crate::{
    db,
    domain::{
        attachment::{Attachment, Image, LARGEST},
        ids::{AttachmentId, TradeId},
        instant, text,
    },
    error::{Error, Result},
    files::{self, Files},
    grpc::{
        Answer, App,
        leftover::{self, Row},
    },
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, AddAttachmentRequest};
use runtime::idempotency::{Key, Once};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use tonic::Streaming;
use tracing::Instrument as _;
use uuid::Uuid;

const LONGEST_NAME: usize = 255;

pub(super) async fn add_attachment(
    app: &App,
    user: UserId,
    key: Option<Key>,
    messages: Streaming<AddAttachmentRequest>,
) -> Answer<proto::Attachment> {
    let received = Received::of(app, user, messages, key.is_some()).await?;
    // From here on nobody can break it off half-way.
    let stored = store(app.clone(), user, key, received).in_current_span();
    app.files.receiving().spawn(stored).await.map_err(Error::from)?
}

/// An image of which all bytes are there.
struct Received {
    id: AttachmentId,
    trade_id: TradeId,
    file_name: String,
    image: Image,
    file: files::Upload,
}

impl Received {
    /// `has_key`: the same may have been asked for before, when there was still its trade. Then the whole image tells.
    async fn of(
        app: &App,
        user: UserId,
        mut messages: Streaming<AddAttachmentRequest>,
        has_key: bool,
    ) -> Result<Self> {
        let header = reception::header(&mut messages).await?;
        let trade_id = parse::id("trade_id", &header.trade_id)?;
        let file_name = text::line("file_name", &header.file_name, LONGEST_NAME)?;
        // Before the file: that may take long to come.
        let found = db::trades::find(&mut *app.snapshot(user).await?, user, trade_id).await?;
        if found.is_none() && !has_key {
            return Err(Error::NotFound("trade"));
        }
        let id = AttachmentId(Uuid::now_v7());
        let mut file = app.files.begin(&Files::attachment_key(user, id), LARGEST).await?;
        match reception::image(&mut messages, &mut file).await {
            Ok(image) => Ok(Self { id, trade_id, file_name, image, file }),
            Err(error) => {
                file.abort().await;
                Err(error)
            }
        }
    }
}

async fn store(app: App, user: UserId, key: Option<Key>, received: Received) -> Answer<proto::Attachment> {
    let Received { id, trade_id, file_name, image, file } = received;
    let stored = file.finish().await?;
    let mut fingerprint = Sha256::new();
    fingerprint.update(stored.sha256);
    fingerprint.update(trade_id.0);
    fingerprint.update(&file_name);
    let key = key.map(|key| key.with_fingerprint(&fingerprint.finalize()));
    let told = Told { id, trade_id, file_name, image, bytes: stored.bytes };
    let answer = keep(&app, user, key, told).await;
    match &answer {
        Ok(answer) if answer.get_ref().id == id.to_string() => {}
        // It was there before.
        Ok(_) => app.files.remove(&Files::attachment_key(user, id)).await,
        Err(error) => leftover::remove(&app, user, Row::Attachment(id), error).await,
    }
    answer
}

/// What is known of a stored image.
struct Told {
    id: AttachmentId,
    trade_id: TradeId,
    file_name: String,
    image: Image,
    bytes: u64,
}

async fn keep(app: &App, user: UserId, key: Option<Key>, told: Told) -> Answer<proto::Attachment> {
    let mut once = Once::with_key(&app.pool, user.0, "AddAttachment", key).await?;
    if let Some(done) = once.replay()? {
        return Ok(done);
    }
    let attachment = insert(app, &mut once.tx, user, told).await?;
    once.finish(attachment).await
}

async fn insert(app: &App, tx: &mut PgConnection, user: UserId, told: Told) -> Result<proto::Attachment> {
    let held = db::trades::hold(&mut *tx, user, &[told.trade_id]).await?;
    let (_, account_id) = held.first().copied().ok_or(Error::NotFound("trade"))?;
    // Holds the entry: of two who add the last one that may be, one is refused. And where there is an entry, attachments go with it.
    db::trade_journal::begin(&mut *tx, user, &held).await?;
    db::trade_journal::lock(&mut *tx, user, &[told.trade_id]).await?;
    let attachment = Attachment {
        id: told.id,
        trade_id: told.trade_id,
        account_id,
        file_name: told.file_name,
        image: told.image,
        bytes: told.bytes,
        created_at: instant::stored(app.clock.now()),
    };
    if db::trade_attachments::insert(tx, user, &attachment).await? {
        Ok(wire::attachment(attachment))
    } else {
        Err(Error::TooManyAttachments)
    }
}
