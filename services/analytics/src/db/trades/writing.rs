//! Trades and journal entries into their rows: a newer state over an older one, never the other way round.

use super::row::Row;
use crate::domain::{Journal, Trade};
use sqlx::{PgExecutor, types::Json};
use uuid::Uuid;

/// Writes trades unless a newer version (or removal) of each is known; their journal entries likewise.
pub(crate) async fn upsert(db: impl PgExecutor<'_>, user_id: Uuid, trades: &[Trade]) -> sqlx::Result<()> {
    // In order of id, so that two transactions never wait for each other.
    let mut sorted: Vec<&Trade> = trades.iter().collect();
    sorted.sort_unstable_by_key(|trade| trade.id);
    let rows: Vec<Row<'_>> = sorted.into_iter().map(Row::from).collect();
    sqlx::query(
        "INSERT INTO trades (user_id, id, account_id, version, symbol, asset_class, currency, side, status, opened_at,
                             closed_at, gross_pnl, net_pnl, commissions, fees, volume, size, entry_price, exit_price,
                             risk, mae, mfe, low_price, high_price, excursion_source, journal_version, tags, notes,
                             labels_version, mistakes, rating, playbook_id)
         SELECT $1, id, account_id, version, symbol, asset_class, currency, side, status, opened_at,
                closed_at, gross_pnl, net_pnl, commissions, fees, volume, size, entry_price, exit_price,
                risk, mae, mfe, low_price, high_price, excursion_source, journal_version, tags, notes,
                labels_version, mistakes, rating, playbook_id
         FROM jsonb_to_recordset($2) AS new (
                  id uuid, account_id uuid, version bigint, symbol text, asset_class text, currency text, side text,
                  status text, opened_at timestamptz, closed_at timestamptz, gross_pnl numeric, net_pnl numeric,
                  commissions numeric, fees numeric, volume numeric, size numeric, entry_price numeric,
                  exit_price numeric, risk numeric, mae numeric, mfe numeric, low_price numeric, high_price numeric,
                  excursion_source text, journal_version bigint, tags text[], notes text,
                  labels_version bigint, mistakes text[], rating smallint, playbook_id uuid)
         ON CONFLICT (user_id, id) DO UPDATE
         SET account_id = excluded.account_id, version = excluded.version, removed = false,
             symbol = excluded.symbol, asset_class = excluded.asset_class, currency = excluded.currency,
             side = excluded.side, status = excluded.status, opened_at = excluded.opened_at,
             closed_at = excluded.closed_at, gross_pnl = excluded.gross_pnl, net_pnl = excluded.net_pnl,
             commissions = excluded.commissions, fees = excluded.fees, volume = excluded.volume,
             size = excluded.size, entry_price = excluded.entry_price, exit_price = excluded.exit_price,
             risk = excluded.risk, mae = excluded.mae, mfe = excluded.mfe, low_price = excluded.low_price,
             high_price = excluded.high_price, excursion_source = excluded.excursion_source,
             (journal_version, tags, notes) = (
                 SELECT w.journal_version, w.tags, w.notes
                 FROM (VALUES (excluded.journal_version, excluded.tags, excluded.notes, 1),
                              (trades.journal_version, trades.tags, trades.notes, 2))
                      AS w (journal_version, tags, notes, place)
                 ORDER BY w.journal_version DESC, w.place LIMIT 1),
             (labels_version, mistakes, rating, playbook_id) = (
                 SELECT w.labels_version, w.mistakes, w.rating, w.playbook_id
                 FROM (VALUES (excluded.labels_version, excluded.mistakes, excluded.rating, excluded.playbook_id, 1),
                              (trades.labels_version, trades.mistakes, trades.rating, trades.playbook_id, 2))
                      AS w (labels_version, mistakes, rating, playbook_id, place)
                 ORDER BY w.labels_version DESC, w.place LIMIT 1)
         WHERE trades.version < excluded.version OR (trades.version = excluded.version AND NOT trades.removed)",
    )
    .bind(user_id)
    .bind(Json(rows))
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a journal entry unless a newer one is known. Of a trade that was never heard of it leaves a row that does not
/// count until the trade's own event comes.
pub(crate) async fn keep_journal(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    account_id: Uuid,
    trade_id: Uuid,
    entry: &Journal,
) -> sqlx::Result<()> {
    let labels = entry.labels.clone().unwrap_or_default();
    sqlx::query(
        "INSERT INTO trades (user_id, id, account_id, version, removed, journal_version, tags, notes,
                             labels_version, mistakes, rating, playbook_id)
         VALUES ($1, $2, $3, -1, true, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (user_id, id) DO UPDATE
         SET (journal_version, tags, notes) = (
                 SELECT w.journal_version, w.tags, w.notes
                 FROM (VALUES (excluded.journal_version, excluded.tags, excluded.notes),
                              (trades.journal_version, trades.tags, trades.notes)) AS w (journal_version, tags, notes)
                 ORDER BY w.journal_version DESC LIMIT 1),
             (labels_version, mistakes, rating, playbook_id) = (
                 SELECT w.labels_version, w.mistakes, w.rating, w.playbook_id
                 FROM (VALUES (excluded.labels_version, excluded.mistakes, excluded.rating, excluded.playbook_id),
                              (trades.labels_version, trades.mistakes, trades.rating, trades.playbook_id))
                      AS w (labels_version, mistakes, rating, playbook_id)
                 ORDER BY w.labels_version DESC LIMIT 1)
         WHERE trades.journal_version < excluded.journal_version OR trades.labels_version < excluded.labels_version",
    )
    .bind(user_id)
    .bind(trade_id)
    .bind(account_id)
    .bind(entry.version)
    .bind(&entry.tags)
    .bind(&entry.notes)
    .bind(entry.labels_version())
    .bind(labels.mistakes)
    .bind(labels.rating)
    .bind(labels.playbook_id)
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there is a trade whose labels are older than the rest of its entry.
pub(crate) async fn lack_labels(db: impl PgExecutor<'_>, user_id: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM trades WHERE user_id = $1 AND labels_version < journal_version AND NOT removed)",
    )
    .bind(user_id)
    .fetch_one(db)
    .await
}
