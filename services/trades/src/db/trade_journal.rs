//! The table `trade_journal`: notes, tags and labels, which outlive the trades they are about.

use super::labels::{self, Row as LabelsRow};
use crate::domain::{
    ids::{AccountId, PlaybookId, TradeId},
    journal::Journal,
};
use identity::UserId;
use sqlx::{PgExecutor, types::Json};
use uuid::Uuid;

/// Lets each of these trades have an entry: what comes next can lock it.
pub async fn begin(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[(TradeId, AccountId)],
) -> sqlx::Result<()> {
    let (ids, accounts): (Vec<Uuid>, Vec<Uuid>) =
        trades.iter().map(|(trade, account)| (trade.0, account.0)).unzip();
    sqlx::query(
        "INSERT INTO trade_journal (user_id, trade_id, account_id, notes, tags, version)
         SELECT $1, id, account, '', '{}', 0 FROM UNNEST($2::uuid[], $3::uuid[]) AS begun (id, account) ORDER BY id
         ON CONFLICT (user_id, trade_id) DO NOTHING",
    )
    .bind(user.0)
    .bind(ids)
    .bind(accounts)
    .execute(db)
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    trade_id: Uuid,
    notes: String,
    tags: Vec<String>,
    version: i64,
    #[sqlx(flatten)]
    labels: LabelsRow,
}

/// What is written about the given trades, whether they exist or not, locked until the transaction ends.
pub async fn lock(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[TradeId],
) -> sqlx::Result<Vec<(TradeId, Journal)>> {
    let trades: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT trade_id, notes, tags, version, mistakes, rating, playbook_id, followed_rules, custom FROM trade_journal
         WHERE user_id = $1 AND trade_id = ANY($2) ORDER BY trade_id FOR UPDATE",
    )
    .bind(user.0)
    .bind(trades)
    .fetch_all(db)
    .await?;
    let entries = rows.into_iter().map(|row| {
        let Row { trade_id, notes, tags, version, labels } = row;
        (TradeId(trade_id), Journal { notes, tags, labels: labels.into(), version })
    });
    Ok(entries.collect())
}

/// The playbook by which the first of these trades that has one was traded.
pub async fn playbook_of(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[TradeId],
) -> sqlx::Result<Option<PlaybookId>> {
    let trades: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let id: Option<Uuid> = sqlx::query_scalar(
        "SELECT playbook_id FROM trade_journal
         WHERE user_id = $1 AND trade_id = ANY($2) AND playbook_id IS NOT NULL ORDER BY trade_id LIMIT 1",
    )
    .bind(user.0)
    .bind(trades)
    .fetch_optional(db)
    .await?;
    Ok(id.map(PlaybookId))
}

/// States an entry that is there anew.
pub async fn update(
    db: impl PgExecutor<'_>,
    user: UserId,
    trade: TradeId,
    entry: &Journal,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE trade_journal
         SET notes = $3, tags = $4, version = $5, mistakes = $6, rating = $7, playbook_id = $8, followed_rules = $9,
             custom = $10
         WHERE user_id = $1 AND trade_id = $2",
    )
    .bind(user.0)
    .bind(trade.0)
    .bind(&entry.notes)
    .bind(&entry.tags)
    .bind(entry.version)
    .bind(&entry.labels.mistakes)
    .bind(entry.labels.rating)
    .bind(entry.labels.playbook.map(|playbook| playbook.0))
    .bind(labels::rules(&entry.labels))
    .bind(Json(&entry.labels.custom))
    .execute(db)
    .await?;
    Ok(())
}

/// Puts `entry` in the place of whatever is written about a trade.
pub async fn replace(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    trade: TradeId,
    entry: &Journal,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO trade_journal (user_id, trade_id, account_id, notes, tags, version, mistakes, rating, playbook_id,
                                    followed_rules, custom)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (user_id, trade_id) DO UPDATE
         SET notes = excluded.notes, tags = excluded.tags, version = excluded.version, mistakes = excluded.mistakes,
             rating = excluded.rating, playbook_id = excluded.playbook_id, followed_rules = excluded.followed_rules,
             custom = excluded.custom",
    )
    .bind(user.0)
    .bind(trade.0)
    .bind(account.0)
    .bind(&entry.notes)
    .bind(&entry.tags)
    .bind(entry.version)
    .bind(&entry.labels.mistakes)
    .bind(entry.labels.rating)
    .bind(entry.labels.playbook.map(|playbook| playbook.0))
    .bind(labels::rules(&entry.labels))
    .bind(Json(&entry.labels.custom))
    .execute(db)
    .await?;
    Ok(())
}

/// Removes what is written about a trade.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, trade: TradeId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM trade_journal WHERE user_id = $1 AND trade_id = $2")
        .bind(user.0)
        .bind(trade.0)
        .execute(db)
        .await?;
    Ok(())
}
