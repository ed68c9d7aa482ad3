//! The table of the monolith, filled with what the product has.

use sqlx::{Connection as _, PgConnection};

/// Everything about a trade in one row, as who writes no second service keeps it.
const STATEMENTS: [&str; 7] = [
    "DROP SCHEMA IF EXISTS peer CASCADE",
    "CREATE SCHEMA peer",
    "CREATE TABLE peer.trades AS
     SELECT t.user_id, t.id, t.account_id, t.symbol, t.currency, t.multiplier, t.asset_class, t.side, t.quantity, t.peak_quantity,
            t.entry_quantity, t.exit_quantity, t.average_entry, t.average_exit, t.opened_at, t.closed_at, t.gross_pnl, t.net_pnl,
            t.commissions, t.fees, t.other, p.stop AS planned_stop, p.target AS planned_target, p.risk,
            t.fill_count, coalesce(j.tags, '{}') AS tags, coalesce(j.mistakes, '{}') AS mistakes, j.rating, j.playbook_id,
            coalesce(j.notes, '') AS notes, t.version, coalesce(j.version, 0) AS journal_version
     FROM public.trades AS t
          LEFT JOIN public.trade_journal AS j ON j.user_id = t.user_id AND j.trade_id = t.id
          LEFT JOIN public.trade_plans AS p ON p.user_id = t.user_id AND p.trade_id = t.id
     WHERE t.closed_at IS NOT NULL",
    "ALTER TABLE peer.trades ADD PRIMARY KEY (id)",
    "CREATE INDEX ON peer.trades (user_id, closed_at DESC, id DESC)",
    "VACUUM ANALYZE peer.trades",
    "CHECKPOINT",
];

/// Copies them all. `url` is a superuser's, whom row level security does not concern.
pub(crate) async fn trades(url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    for statement in STATEMENTS {
        sqlx::query(statement).execute(&mut connection).await?;
    }
    Ok(connection.close().await?)
}
