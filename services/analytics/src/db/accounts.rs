//! The table `accounts`.

use crate::{
    domain::{Account, Filter},
    error::Error,
};
use ledger::Decimal;
use sqlx::{PgConnection, PgExecutor};
use statistics::Calendar;
use uuid::Uuid;

/// Keeps an account unless a newer version, or its end, is known.
pub(crate) async fn keep(db: impl PgExecutor<'_>, user_id: Uuid, account: &Account) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO accounts (user_id, id, currency, time_zone, opening_balance, version, session_calendar, day_zone,
                               day_lead)
         VALUES ($1, $2, $3, $4, $5::text::numeric, $6, $7, $8, make_interval(secs => $9))
         ON CONFLICT (user_id, id) DO UPDATE
         SET currency = excluded.currency, time_zone = excluded.time_zone,
             opening_balance = excluded.opening_balance, version = excluded.version,
             session_calendar = excluded.session_calendar, day_zone = excluded.day_zone,
             day_lead = excluded.day_lead
         WHERE NOT accounts.deleted AND accounts.version <= excluded.version",
    )
    .bind(user_id)
    .bind(account.id)
    .bind(&account.currency)
    .bind(&account.time_zone)
    .bind(account.opening_balance.map(|balance| balance.to_string()))
    .bind(account.version)
    .bind(&account.session_calendar)
    .bind(&account.day_zone)
    .bind(account.day_lead)
    .execute(db)
    .await?;
    Ok(())
}

/// Leaves a tombstone, also for an account that was never heard of.
pub(crate) async fn delete(db: impl PgExecutor<'_>, user_id: Uuid, id: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO accounts (user_id, id, currency, time_zone, version, deleted)
         VALUES ($1, $2, '', 'UTC', 0, true)
         ON CONFLICT (user_id, id) DO UPDATE SET deleted = true",
    )
    .bind(user_id)
    .bind(id)
    .execute(db)
    .await?;
    Ok(())
}

/// Lets nobody delete the account until `tx` ends. A statement of its own: what others committed meanwhile is seen by the next one.
pub(crate) async fn hold(tx: &mut PgConnection, user_id: Uuid, id: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended('account ' || $1::text || $2::text, 0))",
    )
    .bind(user_id)
    .bind(id)
    .execute(tx)
    .await?;
    Ok(())
}

/// The same, once nobody else holds the account: for whoever deletes it.
pub(crate) async fn hold_alone(tx: &mut PgConnection, user_id: Uuid, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('account ' || $1::text || $2::text, 0))")
        .bind(user_id)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}

/// True when the account has ended.
pub(crate) async fn is_deleted(db: impl PgExecutor<'_>, user_id: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let deleted: Option<bool> =
        sqlx::query_scalar("SELECT deleted FROM accounts WHERE user_id = $1 AND id = $2")
            .bind(user_id)
            .bind(id)
            .fetch_optional(db)
            .await?;
    Ok(deleted.unwrap_or(false))
}

/// The user's accounts, those that have ended too.
pub(crate) async fn known(db: impl PgExecutor<'_>, user_id: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("SELECT id FROM accounts WHERE user_id = $1").bind(user_id).fetch_all(db).await
}

/// The currency of one of the filter's accounts, or of any account of the user: for when there are no trades yet.
pub(crate) async fn currency(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT currency FROM accounts
         WHERE user_id = $1 AND NOT deleted AND (cardinality($2::uuid[]) = 0 OR id = ANY($2)) ORDER BY id LIMIT 1",
    )
    .bind(user_id)
    .bind(&filter.account_ids)
    .fetch_optional(db)
    .await
}

/// The session calendars of the filter's accounts in `currency`; Mondays to Fridays for one without, and for none.
pub(crate) async fn calendars(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> sqlx::Result<Vec<&'static Calendar>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT session_calendar FROM accounts
         WHERE user_id = $1 AND currency = $2 AND NOT deleted AND (cardinality($3::uuid[]) = 0 OR id = ANY($3))",
    )
    .bind(user_id)
    .bind(currency)
    .bind(&filter.account_ids)
    .fetch_all(db)
    .await?;
    let weekdays = || Calendar::by_id("weekdays");
    let found = ids.iter().filter_map(|id| Calendar::by_id(id).or_else(weekdays));
    let mut calendars: Vec<&'static Calendar> = found.collect();
    if calendars.is_empty() {
        calendars.extend(weekdays());
    }
    Ok(calendars)
}

/// The opening balances of the filter's accounts in `currency` together; `None` when one of them has none.
pub(crate) async fn opening_balance(
    db: impl PgExecutor<'_>,
    user_id: Uuid,
    filter: &Filter,
    currency: &str,
) -> Result<Option<Decimal>, Error> {
    let (sum, missing): (Option<String>, i64) = sqlx::query_as(
        "SELECT sum(opening_balance)::text, count(*) FILTER (WHERE opening_balance IS NULL) FROM accounts
         WHERE user_id = $1 AND currency = $2 AND NOT deleted AND (cardinality($3::uuid[]) = 0 OR id = ANY($3))",
    )
    .bind(user_id)
    .bind(currency)
    .bind(&filter.account_ids)
    .fetch_one(db)
    .await?;
    match sum {
        Some(sum) if missing == 0 => super::exact(&sum).map(Some),
        _ => Ok(None),
    }
}
