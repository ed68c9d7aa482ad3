//! Writes about trades: their notes, tags and labels.

use crate::{
    db,
    domain::{
        custom_field::CustomValue,
        ids::{CustomFieldId, TradeId},
        invalid::Invalid,
        journal_change::JournalChange,
        named::Named,
        playbook::Playbook,
    },
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::TradeJournaled;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// Trades of which events are told at once: each tells whole notes.
const AT_ONCE: usize = 500;

/// Changes what is written about some trades; those of which it made a difference. All of them must be there.
///
/// Everybody locks in one order: accounts, trades, what labels name, entries.
pub async fn write(
    tx: &mut PgConnection,
    user: UserId,
    trades: &[TradeId],
    change: JournalChange,
    now: OffsetDateTime,
) -> Result<Vec<TradeId>> {
    let held = db::trades::hold(&mut *tx, user, trades).await?;
    if held.len() != trades.len() {
        return Err(Error::NotFound("trade"));
    }
    let playbook = playbook(&mut *tx, user, trades, &change).await?;
    let custom = values(&mut *tx, user, &change.custom).await?;
    let known = db::tags::settle(&mut *tx, user, &change.tags_given(), now).await?;
    let change = JournalChange { custom, ..change }.spelled(&known.ok_or(Error::TooMany(Named::Tag))?);
    db::trade_journal::begin(&mut *tx, user, &held).await?;
    let mut changed = Vec::new();
    for (trade, entry) in db::trade_journal::lock(&mut *tx, user, trades).await? {
        let written = change.apply(&entry, playbook.as_ref())?;
        if written != entry {
            db::trade_journal::update(&mut *tx, user, trade, &written).await?;
            changed.push(trade);
        }
    }
    Ok(changed)
}

/// Tells others what is written about trades now.
pub async fn tell(tx: &mut PgConnection, user: UserId, trades: &[TradeId]) -> Result<()> {
    for some in trades.chunks(AT_ONCE) {
        let there = db::trades::by_ids(&mut *tx, user, some).await?;
        let events: Vec<TradeJournaled> = there
            .into_iter()
            .map(|trade| TradeJournaled {
                user_id: user.to_string(),
                account_id: trade.account_id.to_string(),
                trade_id: trade.round_trip.id.to_string(),
                journal_version: trade.journal.version,
                tags: trade.journal.tags,
                notes: trade.journal.notes,
                labels: Some(wire::labels(&trade.journal.labels)),
            })
            .collect();
        events::outbox::append_all(&mut *tx, &events).await?;
    }
    Ok(())
}

/// The playbook that the change gives, or in which rules are kept.
async fn playbook(
    tx: &mut PgConnection,
    user: UserId,
    trades: &[TradeId],
    change: &JournalChange,
) -> Result<Option<Playbook>> {
    let given = match change.playbook {
        Some(given) => given,
        None if change.followed_rules.is_none() => None,
        None => db::trade_journal::playbook_of(&mut *tx, user, trades).await?,
    };
    let Some(id) = given else { return Ok(None) };
    let held = db::playbooks::hold(tx, user, id).await?;
    let missing = || Invalid::new("playbook_id", "must be one of your playbooks");
    Ok(Some(held.ok_or_else(missing)?))
}

/// The values as their fields keep them.
async fn values(
    tx: &mut PgConnection,
    user: UserId,
    asked: &BTreeMap<CustomFieldId, Option<CustomValue>>,
) -> Result<BTreeMap<CustomFieldId, Option<CustomValue>>> {
    if asked.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<CustomFieldId> = asked.keys().copied().collect();
    let fields = db::custom_fields::hold(tx, user, &ids).await?;
    let mut values = BTreeMap::new();
    for (id, value) in asked {
        let field = fields.iter().find(|field| field.id == *id);
        let field =
            field.ok_or_else(|| Invalid::new("custom", format!("{id} must be one of your custom fields")))?;
        values.insert(*id, value.as_ref().map(|value| field.checked(value)).transpose()?);
    }
    Ok(values)
}
