//! The table `trade_plans`: what traders planned, which outlives the trades it is about.

use crate::db::exact::Exact;
use crate::domain::{
    ids::{AccountId, TradeId},
    plan::Plan,
};
use identity::UserId;
use sqlx::PgExecutor;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    trade_id: Uuid,
    stop: Option<Exact>,
    target: Option<Exact>,
    risk: Option<Exact>,
}

/// The plans of the given trades, whether these exist or not.
pub async fn of(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[TradeId],
) -> sqlx::Result<Vec<(TradeId, Plan)>> {
    let trades: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT trade_id, stop::text, target::text, risk::text FROM trade_plans
         WHERE user_id = $1 AND trade_id = ANY($2)",
    )
    .bind(user.0)
    .bind(trades)
    .fetch_all(db)
    .await?;
    let exact = |number: Option<Exact>| number.map(|exact| exact.0);
    let plans = rows.into_iter().map(|row| {
        let plan = Plan { stop: exact(row.stop), target: exact(row.target), risk: exact(row.risk) };
        (TradeId(row.trade_id), plan)
    });
    Ok(plans.collect())
}

/// Puts a plan in the place of whatever was planned for a trade.
pub async fn replace(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    trade: TradeId,
    plan: &Plan,
) -> sqlx::Result<()> {
    let text = |number: Option<ledger::Decimal>| number.map(|number| number.to_string());
    sqlx::query(
        "INSERT INTO trade_plans (user_id, trade_id, account_id, stop, target, risk)
         VALUES ($1, $2, $3, $4::text::numeric, $5::text::numeric, $6::text::numeric)
         ON CONFLICT (user_id, trade_id) DO UPDATE
         SET stop = excluded.stop, target = excluded.target, risk = excluded.risk",
    )
    .bind(user.0)
    .bind(trade.0)
    .bind(account.0)
    .bind(text(plan.stop))
    .bind(text(plan.target))
    .bind(text(plan.risk))
    .execute(db)
    .await?;
    Ok(())
}

/// Removes what was planned for a trade.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, trade: TradeId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM trade_plans WHERE user_id = $1 AND trade_id = $2")
        .bind(user.0)
        .bind(trade.0)
        .execute(db)
        .await?;
    Ok(())
}
