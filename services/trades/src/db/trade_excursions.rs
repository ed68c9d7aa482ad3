//! The table `trade_excursions`: how far trades went, derived from what files say of their fills.

use crate::domain::ids::{AccountId, FillId, TradeId};
use identity::UserId;
use sqlx::PgExecutor;
use uuid::Uuid;

/// Whether files say anything about the trades of an account, or did.
pub async fn any(db: impl PgExecutor<'_>, user: UserId, account: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM fill_excursions AS told
                        JOIN fills AS fill ON fill.user_id = told.user_id AND fill.id = told.fill_id
                        WHERE told.user_id = $1 AND fill.account_id = $2)
             OR EXISTS (SELECT 1 FROM trade_excursions AS known
                        JOIN trades AS t ON t.user_id = known.user_id AND t.id = known.trade_id
                        WHERE known.user_id = $1 AND t.account_id = $2)",
    )
    .bind(user.0)
    .bind(account.0)
    .fetch_one(db)
    .await
}

/// The trades that hold these fills.
pub async fn holders(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    fills: &[FillId],
) -> sqlx::Result<Vec<TradeId>> {
    let fills: Vec<Uuid> = fills.iter().map(|fill| fill.0).collect();
    let trades: Vec<Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT t.id FROM fills AS f
         JOIN trades AS t ON t.user_id = f.user_id AND t.account_id = f.account_id AND t.symbol = f.symbol
              AND t.currency = f.currency AND t.multiplier = f.multiplier
              AND f.executed_at BETWEEN t.opened_at AND coalesce(t.closed_at, 'infinity')
         WHERE f.user_id = $1 AND f.account_id = $2 AND f.id = ANY($3)",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(fills)
    .fetch_all(db)
    .await?;
    Ok(trades.into_iter().map(TradeId).collect())
}

/// Derives how far these trades went, and gives those of which that is another figure now.
///
/// A file tells of one closing execution each how far what it closed went. Over a whole trade that adds up where all of it was
/// entered at one time and left at one time: then the extremes fell together. Else the sum would be wider than the truth, and
/// nothing is known. Nor is of the parts of a trade that its owner split: files know nothing of them.
pub async fn derive(db: impl PgExecutor<'_>, user: UserId, trades: &[TradeId]) -> sqlx::Result<Vec<TradeId>> {
    let ids: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let changed: Vec<Uuid> = sqlx::query_scalar(DERIVE).bind(user.0).bind(ids).fetch_all(db).await?;
    Ok(changed.into_iter().map(TradeId).collect())
}

const DERIVE: &str = "
WITH part AS (
    SELECT t.id, f.executed_at, f.quantity, (f.side = 'buy') = (t.side = 'long') AS enters, told.mae, told.mfe
    FROM trades AS t
    JOIN fills AS f ON f.user_id = t.user_id AND f.account_id = t.account_id AND f.symbol = t.symbol
         AND f.currency = t.currency AND f.multiplier = t.multiplier AND NOT f.voided
         AND (f.executed_at, f.sequence, f.execution_id) >= (t.opening_at, t.opening_sequence, t.opening_execution_id)
         AND (f.executed_at, f.sequence, f.execution_id) <= (t.closing_at, t.closing_sequence, t.closing_execution_id)
    LEFT JOIN LATERAL (
        SELECT min(mae) AS mae, max(mfe) AS mfe FROM fill_excursions WHERE user_id = f.user_id AND fill_id = f.id
    ) AS told ON true
    WHERE t.user_id = $1 AND t.id = ANY($2) AND t.part IS NULL
), whole AS (
    SELECT part.id,
           CASE WHEN bool_and(enters OR mae IS NOT NULL) THEN sum(mae) FILTER (WHERE NOT enters) END AS mae,
           CASE WHEN bool_and(enters OR mfe IS NOT NULL) THEN sum(mfe) FILTER (WHERE NOT enters) END AS mfe
    FROM part JOIN trades AS t ON t.user_id = $1 AND t.id = part.id
    GROUP BY part.id, t.entry_quantity, t.exit_quantity
    HAVING count(DISTINCT executed_at) FILTER (WHERE enters) = 1
       AND count(DISTINCT executed_at) FILTER (WHERE NOT enters) = 1
       AND sum(part.quantity) FILTER (WHERE enters) = t.entry_quantity
       AND sum(part.quantity) FILTER (WHERE NOT enters) = t.exit_quantity
), known AS (
    SELECT * FROM whole WHERE mae IS NOT NULL OR mfe IS NOT NULL
), gone AS (
    DELETE FROM trade_excursions AS stored
    WHERE stored.user_id = $1 AND stored.trade_id = ANY($2)
      AND NOT EXISTS (SELECT 1 FROM known WHERE known.id = stored.trade_id)
    RETURNING trade_id
), written AS (
    INSERT INTO trade_excursions AS stored (user_id, trade_id, mae, mfe)
    SELECT $1, id, mae, mfe FROM known
    ON CONFLICT (user_id, trade_id) DO UPDATE SET mae = excluded.mae, mfe = excluded.mfe
    WHERE (stored.mae, stored.mfe) IS DISTINCT FROM (excluded.mae, excluded.mfe)
    RETURNING trade_id
)
SELECT trade_id FROM gone UNION SELECT trade_id FROM written";
