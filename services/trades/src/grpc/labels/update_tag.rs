//! Changes the name or the color of a tag: another name stands on all trades that have it.

use crate::{
    db,
    domain::tag::{self, Tag},
    error::{Error, Result},
    grpc::{App, parse},
    relabel::{self, Relabelling},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, UpdateTagRequest};
use runtime::precondition::Precondition;

pub(super) async fn update_tag(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &UpdateTagRequest,
) -> Result<proto::Tag> {
    let id = parse::id("tag_id", &request.tag_id)?;
    let name = request.name.as_deref().map(tag::name).transpose()?;
    let color = request.color.as_deref().map(tag::color).transpose()?;
    let missing = || Error::NotFound("tag");
    let mut tx = app.begin(user).await?;
    if name.is_some() {
        relabel::begin(&mut tx, user).await?;
    }
    if !db::tags::lock(&mut *tx, user, id).await? {
        return Err(missing());
    }
    let stored = db::tags::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    seen.check(stored.version)?;
    let mut changed = Tag {
        name: name.unwrap_or_else(|| stored.name.clone()),
        color: color.unwrap_or_else(|| stored.color.clone()),
        ..stored.clone()
    };
    if changed != stored {
        changed.version += 1;
        db::tags::update(&mut *tx, user, &changed).await?;
        if changed.name != stored.name {
            let rename = Relabelling::RenameTag { from: &stored.name, to: &changed.name };
            relabel::everywhere(&mut tx, user, rename).await?;
        }
        tx.commit().await?;
    }
    Ok(wire::tag(changed))
}
