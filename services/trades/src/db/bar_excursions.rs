//! The table `bar_excursions`: how far trades went, derived from their fills and the bars of their symbol.

use super::{exact::Exact, trades::closed_quantity, unreadable::unreadable};
use crate::domain::{
    excursion::{Measured, Passed, Step},
    fill,
    ids::TradeId,
    instant, trade,
};
use identity::UserId;
use ledger::Execution;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    direction: String,
    multiplier: Exact,
    opening_closed_quantity: Exact,
    opening_closed_exact: Option<String>,
    execution_id: String,
    side: String,
    quantity: Exact,
    price: Exact,
    executed_at: OffsetDateTime,
    next_at: Option<OffsetDateTime>,
    low: Option<Exact>,
    high: Option<Exact>,
}

/// The fills of those of these trades that bars can measure, trade by trade and in order, each with what the market did until the
/// next one.
///
/// Bars can measure a closed trade that runs from flat to flat and only through fills, where there is a bar at its opening and one
/// at its end, and no hole of more than four days between them: that is a long weekend. A split changes what a price means, and an expiry has
/// no price of the market.
pub async fn steps(db: impl PgExecutor<'_>, user: UserId, trades: &[TradeId]) -> sqlx::Result<Vec<Step>> {
    let ids: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let rows: Vec<Row> = sqlx::query_as(STEPS).bind(user.0).bind(ids).fetch_all(db).await?;
    rows.into_iter().map(Step::try_from).collect()
}

const STEPS: &str = "
SELECT t.id, t.side AS direction, t.multiplier::text, t.opening_closed_quantity::text, t.opening_closed_exact,
       f.execution_id, f.side, f.quantity::text, f.price::text, f.executed_at, f.next_at, passed.low::text, passed.high::text
FROM trades AS t
CROSS JOIN LATERAL (
    SELECT starts_at, ends_at FROM price_bars
    WHERE user_id = t.user_id AND symbol = t.symbol AND starts_at <= t.opened_at ORDER BY starts_at DESC LIMIT 1
) AS first
CROSS JOIN LATERAL (
    SELECT starts_at, ends_at FROM price_bars
    WHERE user_id = t.user_id AND symbol = t.symbol AND starts_at <= t.closed_at ORDER BY starts_at DESC LIMIT 1
) AS last
CROSS JOIN LATERAL (
    SELECT max(starts_at - ended_before) AS longest FROM (
        SELECT starts_at, lag(ends_at) OVER (ORDER BY starts_at) AS ended_before FROM price_bars
        WHERE user_id = t.user_id AND symbol = t.symbol AND starts_at BETWEEN first.starts_at AND last.starts_at
    ) AS bar
) AS hole
CROSS JOIN LATERAL (
    SELECT execution_id, side, quantity, price, executed_at, sequence,
           lead(executed_at) OVER (ORDER BY executed_at, sequence, execution_id) AS next_at
    FROM fills
    WHERE user_id = t.user_id AND account_id = t.account_id AND symbol = t.symbol AND currency = t.currency
      AND multiplier = t.multiplier AND NOT voided
      AND (executed_at, sequence, execution_id) >= (t.opening_at, t.opening_sequence, t.opening_execution_id)
      AND (executed_at, sequence, execution_id) <= (t.closing_at, t.closing_sequence, t.closing_execution_id)
) AS f
CROSS JOIN LATERAL (
    SELECT min(low) AS low, max(high) AS high FROM price_bars
    WHERE user_id = t.user_id AND symbol = t.symbol AND starts_at >= f.executed_at AND starts_at < f.next_at
      AND ends_at <= f.next_at
) AS passed
WHERE t.user_id = $1 AND t.id = ANY($2) AND t.closed_at IS NOT NULL AND t.regrouping_id IS NULL
  AND t.opening_rank = 1 AND t.closing_rank = 1
  AND first.ends_at >= t.opened_at AND last.ends_at >= t.closed_at AND coalesce(hole.longest, interval '0') <= interval '4 days'
  AND NOT EXISTS (
      SELECT FROM account_events AS e
      WHERE e.user_id = t.user_id AND e.account_id = t.account_id AND e.symbol = t.symbol AND e.kind <> 'cash'
        AND (e.occurred_at, e.rank, e.sequence, e.event_id)
            BETWEEN (t.opening_at, t.opening_rank, t.opening_sequence, t.opening_execution_id)
                AND (t.closing_at, t.closing_rank, t.closing_sequence, t.closing_execution_id))
ORDER BY t.id, f.executed_at, f.sequence, f.execution_id";

impl TryFrom<Row> for Step {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let direction = trade::direction_of(&row.direction);
        Ok(Self {
            trade: TradeId(row.id),
            direction: direction.ok_or_else(|| unreadable("side", &row.direction))?,
            multiplier: row.multiplier.0,
            opening_closed_quantity: closed_quantity(row.opening_closed_quantity, row.opening_closed_exact)?,
            execution: Execution {
                id: row.execution_id,
                time: instant::to_ledger(row.executed_at),
                side: fill::side_of(&row.side).ok_or_else(|| unreadable("side", &row.side))?,
                quantity: row.quantity.0.into(),
                price: row.price.0.into(),
            },
            passed: passed(row.next_at, row.low, row.high),
        })
    }
}

fn passed(next_at: Option<OffsetDateTime>, low: Option<Exact>, high: Option<Exact>) -> Option<Passed> {
    Some(Passed { until: instant::to_ledger(next_at?), low: low?.0, high: high?.0 })
}

/// Stores how far those of these trades went that are measured, forgets the others, and gives those of which that is another
/// figure now.
pub async fn write(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[TradeId],
    measured: &[Measured],
) -> sqlx::Result<Vec<TradeId>> {
    let figures = |figure: fn(&Measured) -> ledger::Decimal| -> Vec<String> {
        measured.iter().map(|one| figure(one).to_string()).collect()
    };
    let changed: Vec<Uuid> = sqlx::query_scalar(WRITE)
        .bind(user.0)
        .bind(trades.iter().map(|trade| trade.0).collect::<Vec<Uuid>>())
        .bind(measured.iter().map(|one| one.trade.0).collect::<Vec<Uuid>>())
        .bind(figures(|one| one.low))
        .bind(figures(|one| one.high))
        .bind(figures(|one| one.mae))
        .bind(figures(|one| one.mfe))
        .fetch_all(db)
        .await?;
    Ok(changed.into_iter().map(TradeId).collect())
}

const WRITE: &str = "
WITH gone AS (
    DELETE FROM bar_excursions
    WHERE user_id = $1 AND trade_id = ANY($2) AND trade_id <> ALL($3)
    RETURNING trade_id
), written AS (
    INSERT INTO bar_excursions AS stored (user_id, trade_id, low, high, mae, mfe)
    SELECT $1, id, low::numeric, high::numeric, mae::numeric, mfe::numeric
    FROM UNNEST($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) AS measured (id, low, high, mae, mfe)
    ON CONFLICT (user_id, trade_id) DO UPDATE
    SET low = excluded.low, high = excluded.high, mae = excluded.mae, mfe = excluded.mfe
    WHERE (stored.low, stored.high, stored.mae, stored.mfe)
          IS DISTINCT FROM (excluded.low, excluded.high, excluded.mae, excluded.mfe)
    RETURNING trade_id
)
SELECT trade_id FROM gone UNION SELECT trade_id FROM written";
