//! The table `cash_flows`: deposits, withdrawals and transfers.

use super::{exact, selection::day_of};
use crate::{
    domain::{CashFlow, Filter},
    error::Error,
};
use ledger::Decimal;
use sqlx::{PgExecutor, Postgres, QueryBuilder};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A deposit (above 0) or a withdrawal.
pub(crate) struct Flow {
    /// The day on its account's clock.
    pub day: Date,
    pub booked_at: OffsetDateTime,
    pub amount: Decimal,
}

/// Writes flows unless a newer version (or removal) of each is known.
pub(crate) async fn upsert(db: impl PgExecutor<'_>, user_id: Uuid, flows: &[CashFlow]) -> sqlx::Result<()> {
    // In order of id, so that two transactions never wait for each other.
    let mut sorted: Vec<&CashFlow> = flows.iter().collect();
    sorted.sort_unstable_by_key(|flow| flow.id);
    sqlx::query(
        "INSERT INTO cash_flows (user_id, id, account_id, version, amount, currency, booked_at)
         SELECT $1, id, account_id, version, amount::numeric, currency, booked_at
         FROM UNNEST($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[])
              AS new (id, account_id, version, amount, currency, booked_at)
         ON CONFLICT (user_id, id) DO UPDATE
         SET account_id = excluded.account_id, version = excluded.version, removed = false,
             amount = excluded.amount, currency = excluded.currency, booked_at = excluded.booked_at
         WHERE cash_flows.version < excluded.version
            OR (cash_flows.version = excluded.version AND NOT cash_flows.removed)",
    )
    .bind(user_id)
    .bind(sorted.iter().map(|flow| flow.id).collect::<Vec<_>>())
    .bind(sorted.iter().map(|flow| flow.account_id).collect::<Vec<_>>())
    .bind(sorted.iter().map(|flow| flow.version).collect::<Vec<_>>())
    .bind(sorted.iter().map(|flow| flow.amount.to_string()).collect::<Vec<_>>())
    .bind(sorted.iter().map(|flow| flow.currency.clone()).collect::<Vec<_>>())
    .bind(sorted.iter().map(|flow| flow.booked_at).collect::<Vec<_>>())
    .execute(db)
    .await?;
    Ok(())
}

super::tombstones::tombstones!("cash_flows");

/// The flows of the filter's accounts in `currency`, up to the filter's end: what opening balances are completed by.
pub(crate) async fn read(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> Result<Vec<Flow>, Error> {
    let mut query = QueryBuilder::<Postgres>::new("SELECT ");
    query.push(day_of("f.booked_at")).push(
        ", f.booked_at, f.amount::text
         FROM cash_flows f JOIN accounts a ON a.user_id = f.user_id AND a.id = f.account_id
         WHERE NOT f.removed AND NOT a.deleted AND a.currency = f.currency AND f.user_id = ",
    );
    query.push_bind(user_id).push(" AND f.currency = ").push_bind(currency);
    if !filter.account_ids.is_empty() {
        query.push(" AND f.account_id = ANY(").push_bind(&filter.account_ids).push(")");
    }
    if let Some(to) = filter.to {
        query.push(" AND f.booked_at < ").push_bind(to);
    }
    query.push(" ORDER BY f.booked_at, f.id");
    let rows: Vec<(Date, OffsetDateTime, String)> = query.build_query_as().fetch_all(db).await?;
    let flows = rows.into_iter();
    flows.map(|(day, booked_at, amount)| Ok(Flow { day, booked_at, amount: exact(&amount)? })).collect()
}
