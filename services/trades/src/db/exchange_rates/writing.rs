//! Rates come from their user and with files.

use crate::domain::rate::{Pair, Rate};
use identity::UserId;
use sqlx::{PgExecutor, Postgres, postgres::PgArguments, query::Query};
use time::OffsetDateTime;

/// Into the table, from a batch of rates.
macro_rules! insert {
    () => {
        "INSERT INTO exchange_rates (user_id, from_currency, to_currency, valid_from, rate, source)
         SELECT $1, batch.from_currency, batch.to_currency, batch.valid_from, batch.rate::numeric, batch.source
         FROM UNNEST($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
              AS batch (from_currency, to_currency, valid_from, rate, source)"
    };
}

/// Whoever writes rates of a user takes turns, to the end of the transaction: so nobody counts what another is about to add.
pub async fn lock(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('exchange_rates ' || $1::text, 0))")
        .bind(user.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Stores rates, each of another key, and replaces those that are there.
pub async fn put(db: impl PgExecutor<'_>, user: UserId, rates: &[Rate]) -> sqlx::Result<()> {
    let replacing = concat!(
        insert!(),
        " ON CONFLICT (user_id, from_currency, to_currency, valid_from)
          DO UPDATE SET rate = excluded.rate, source = excluded.source
          WHERE (exchange_rates.rate, exchange_rates.source) IS DISTINCT FROM (excluded.rate, excluded.source)"
    );
    of_batch(replacing, user, rates).execute(db).await?;
    Ok(())
}

/// Stores those of the rates, each of another key, that are not there yet, and of these at most so many; tells how many it
/// stored. The caller has the [`lock()`].
pub async fn add(db: impl PgExecutor<'_>, user: UserId, rates: &[Rate], most: i64) -> sqlx::Result<u64> {
    let new = concat!(
        insert!(),
        " LEFT JOIN exchange_rates AS known
               ON known.user_id = $1 AND known.from_currency = batch.from_currency
                  AND known.to_currency = batch.to_currency AND known.valid_from = batch.valid_from
          WHERE known.user_id IS NULL ORDER BY batch.valid_from LIMIT $7"
    );
    Ok(of_batch(new, user, rates).bind(most).execute(db).await?.rows_affected())
}

fn of_batch<'a>(sql: &'static str, user: UserId, rates: &'a [Rate]) -> Query<'a, Postgres, PgArguments> {
    let from: Vec<&str> = rates.iter().map(|rate| rate.key.pair.from.as_str()).collect();
    let to: Vec<&str> = rates.iter().map(|rate| rate.key.pair.to.as_str()).collect();
    let times: Vec<OffsetDateTime> = rates.iter().map(|rate| rate.key.valid_from).collect();
    let numbers: Vec<String> = rates.iter().map(|rate| rate.rate.to_string()).collect();
    let sources: Vec<&str> = rates.iter().map(|rate| rate.source.name()).collect();
    sqlx::query(sql).bind(user.0).bind(from).bind(to).bind(times).bind(numbers).bind(sources)
}

/// Deletes the rates of a pair, in this direction, that are valid from `since` or later and from before `until`.
pub async fn delete(
    db: impl PgExecutor<'_>,
    user: UserId,
    pair: &Pair,
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM exchange_rates
         WHERE user_id = $1 AND from_currency = $2 AND to_currency = $3
           AND ($4::timestamptz IS NULL OR valid_from >= $4) AND ($5::timestamptz IS NULL OR valid_from < $5)",
    )
    .bind(user.0)
    .bind(&pair.from)
    .bind(&pair.to)
    .bind(since)
    .bind(until)
    .execute(db)
    .await?;
    Ok(())
}
