//! Tells what an import would do, and stores nothing.

use super::{App, create_import};
use crate::{
    consumers::{RunImport, run_import},
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateImportRequest};
use tonic::Streaming;

pub(super) async fn preview_import(
    app: &App,
    user: UserId,
    messages: Streaming<CreateImportRequest>,
) -> Result<proto::Import> {
    let upload = create_import::receive(app, user, messages).await?;
    let (pool, files, clock) = (app.pool.clone(), app.files.clone(), app.clock.clone());
    let previewed = run_import::preview(&RunImport { pool, files, clock }, user, &upload).await;
    app.files.remove(&upload.object_key).await;
    let import = wire::import(previewed?);
    Ok(proto::Import { id: String::new(), ..import })
}
