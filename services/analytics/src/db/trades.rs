//! The table `trades`: writing projections.

use crate::domain::Trade;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Trades as columns, for one statement however many there are.
#[derive(Default)]
struct Columns<'a> {
    ids: Vec<Uuid>,
    account_ids: Vec<Uuid>,
    versions: Vec<i64>,
    symbols: Vec<&'a str>,
    currencies: Vec<&'a str>,
    sides: Vec<&'a str>,
    statuses: Vec<&'a str>,
    opened: Vec<OffsetDateTime>,
    closed: Vec<Option<OffsetDateTime>>,
    gross: Vec<String>,
    net: Vec<String>,
    commissions: Vec<String>,
    fees: Vec<String>,
    volumes: Vec<String>,
}

impl<'a> Columns<'a> {
    /// In order of id, so that two transactions never wait for each other.
    fn of(trades: &'a [Trade]) -> Self {
        let mut sorted: Vec<&Trade> = trades.iter().collect();
        sorted.sort_unstable_by_key(|trade| trade.id);
        let mut columns = Self::default();
        for trade in sorted {
            columns.push(trade);
        }
        columns
    }

    fn push(&mut self, trade: &'a Trade) {
        self.ids.push(trade.id);
        self.account_ids.push(trade.account_id);
        self.versions.push(trade.version);
        self.symbols.push(&trade.symbol);
        self.currencies.push(&trade.currency);
        self.sides.push(&trade.side);
        self.statuses.push(&trade.status);
        self.opened.push(trade.opened_at);
        self.closed.push(trade.closed_at);
        self.gross.push(trade.gross_pnl.to_string());
        self.net.push(trade.net_pnl.to_string());
        self.commissions.push(trade.commissions.to_string());
        self.fees.push(trade.fees.to_string());
        self.volumes.push(trade.volume.to_string());
    }
}

/// Writes trades unless a newer version (or removal) of each is known.
pub(crate) async fn upsert(db: impl PgExecutor<'_>, user_id: Uuid, trades: &[Trade]) -> sqlx::Result<()> {
    let columns = Columns::of(trades);
    sqlx::query(
        "INSERT INTO trades (user_id, id, account_id, version, symbol, currency, side, status, opened_at, closed_at,
                             gross_pnl, net_pnl, commissions, fees, volume)
         SELECT $1, id, account_id, version, symbol, currency, side, status, opened_at, closed_at,
                gross::numeric, net::numeric, commissions::numeric, fees::numeric, volume::numeric
         FROM UNNEST($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
                     $9::timestamptz[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::text[],
                     $15::text[])
              AS new (id, account_id, version, symbol, currency, side, status, opened_at, closed_at, gross, net,
                      commissions, fees, volume)
         ON CONFLICT (user_id, id) DO UPDATE
         SET account_id = excluded.account_id, version = excluded.version, removed = false,
             symbol = excluded.symbol, currency = excluded.currency, side = excluded.side, status = excluded.status,
             opened_at = excluded.opened_at, closed_at = excluded.closed_at, gross_pnl = excluded.gross_pnl,
             net_pnl = excluded.net_pnl, commissions = excluded.commissions, fees = excluded.fees,
             volume = excluded.volume
         WHERE trades.version < excluded.version OR (trades.version = excluded.version AND NOT trades.removed)",
    )
    .bind(user_id)
    .bind(columns.ids)
    .bind(columns.account_ids)
    .bind(columns.versions)
    .bind(columns.symbols)
    .bind(columns.currencies)
    .bind(columns.sides)
    .bind(columns.statuses)
    .bind(columns.opened)
    .bind(columns.closed)
    .bind(columns.gross)
    .bind(columns.net)
    .bind(columns.commissions)
    .bind(columns.fees)
    .bind(columns.volumes)
    .execute(db)
    .await?;
    Ok(())
}

/// Leaves tombstones for trades that exist no more as of `revision`.
pub(crate) async fn bury(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    account_id: Uuid,
    ids: &[Uuid],
    revision: i64,
) -> sqlx::Result<()> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sqlx::query(
        "INSERT INTO trades (user_id, id, account_id, version, removed)
         SELECT $1, id, $2, $4, true FROM UNNEST($3::uuid[]) AS gone (id)
         ON CONFLICT (user_id, id) DO UPDATE SET version = excluded.version, removed = true
         WHERE trades.version <= excluded.version",
    )
    .bind(user_id)
    .bind(account_id)
    .bind(sorted)
    .bind(revision)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes every trade of an account (whose tombstone then keeps late ones away).
pub(crate) async fn delete_of_account(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    account_id: Uuid,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM trades WHERE user_id = $1 AND account_id = $2")
        .bind(user_id)
        .bind(account_id)
        .execute(db)
        .await?;
    Ok(())
}

/// Buries the trades of an account that are not in `kept` and not newer than `revision`. For a rebuild.
pub(crate) async fn bury_others(
    tx: &mut PgConnection,
    user_id: Uuid,
    account_id: Uuid,
    kept: &[Uuid],
    revision: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE trades SET removed = true, version = $4
         WHERE user_id = $1 AND account_id = $2 AND version <= $4 AND NOT removed AND NOT (id = ANY($3))",
    )
    .bind(user_id)
    .bind(account_id)
    .bind(kept)
    .bind(revision)
    .execute(tx)
    .await?;
    Ok(())
}
