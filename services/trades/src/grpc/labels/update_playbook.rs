//! Changes a playbook: a rule that is left out is not kept on any trade any more.

use super::asked;
use crate::{
    db,
    domain::playbook::{self, Playbook},
    error::{Error, Result},
    grpc::{App, parse},
    relabel::{self, Relabelling},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, UpdatePlaybookRequest};
use runtime::precondition::Precondition;

pub(super) async fn update_playbook(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &UpdatePlaybookRequest,
) -> Result<proto::Playbook> {
    let id = parse::id("playbook_id", &request.playbook_id)?;
    let name = request.name.as_deref().map(playbook::name).transpose()?;
    let description = request.description.as_deref().map(playbook::description).transpose()?;
    let mut tx = app.begin(user).await?;
    if request.replace_rules {
        relabel::begin(&mut tx, user).await?;
    }
    let stored = db::playbooks::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("playbook"))?;
    seen.check(stored.version)?;
    let rules = request.replace_rules.then(|| playbook::rules(asked(&request.rules), &stored.rules));
    let mut changed = Playbook {
        name: name.unwrap_or_else(|| stored.name.clone()),
        description: description.unwrap_or_else(|| stored.description.clone()),
        rules: rules.transpose()?.unwrap_or_else(|| stored.rules.clone()),
        ..stored.clone()
    };
    if changed != stored {
        changed.version += 1;
        db::playbooks::update(&mut *tx, user, &changed).await?;
        let gone = stored.without(&changed.rules);
        if !gone.is_empty() {
            let dropping = Relabelling::DropRules { playbook: id, rules: &gone };
            relabel::everywhere(&mut tx, user, dropping).await?;
        }
        tx.commit().await?;
    }
    Ok(wire::playbook(changed))
}
