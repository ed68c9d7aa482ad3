//! Writes down a way of trading.

use super::asked;
use crate::{
    db,
    domain::{
        ids::PlaybookId,
        instant,
        named::Named,
        playbook::{self, Playbook},
    },
    error::{Error, Result},
    grpc::App,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreatePlaybookRequest};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_playbook(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: &CreatePlaybookRequest,
) -> Result<proto::Playbook> {
    let playbook = Playbook {
        id: PlaybookId(Uuid::now_v7()),
        name: playbook::name(&request.name)?,
        description: playbook::description(&request.description)?,
        rules: playbook::rules(asked(&request.rules), &[])?,
        created_at: instant::stored(app.clock.now()),
        version: 1,
    };
    if db::playbooks::insert(&mut *tx, user, &playbook).await? {
        Ok(wire::playbook(playbook))
    } else {
        Err(Error::TooMany(Named::Playbook))
    }
}
