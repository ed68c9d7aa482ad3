//! Fills come with an import, and go when it is undone.

use crate::domain::{
    fill::{self, Fill},
    ids::{AccountId, FillId, ImportId},
};
use identity::UserId;
use sqlx::PgExecutor;
use std::collections::HashSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// The columns of a batch of fills.
#[derive(Default)]
struct Columns<'a> {
    ids: Vec<Uuid>,
    execution_ids: Vec<&'a str>,
    references: Vec<Option<&'a str>>,
    lines: Vec<i64>,
    symbols: Vec<&'a str>,
    asset_classes: Vec<&'a str>,
    sides: Vec<&'static str>,
    quantities: Vec<String>,
    prices: Vec<String>,
    commissions: Vec<String>,
    fees: Vec<String>,
    currencies: Vec<&'a str>,
    multipliers: Vec<String>,
    times: Vec<OffsetDateTime>,
    sequences: Vec<i64>,
    time_texts: Vec<&'a str>,
    time_sources: Vec<&'a str>,
}

impl<'a> Columns<'a> {
    fn of(fills: &'a [Fill]) -> Self {
        let mut columns = Self::default();
        for fill in fills {
            columns.ids.push(fill.id.0);
            columns.execution_ids.push(&fill.execution_id);
            columns.references.push(fill.reference.as_deref());
            columns.lines.push(fill.line);
            columns.symbols.push(&fill.book.symbol);
            columns.asset_classes.push(&fill.asset_class);
            columns.sides.push(fill::side_name(fill.side));
            columns.quantities.push(fill.quantity.to_string());
            columns.prices.push(fill.price.to_string());
            columns.commissions.push(fill.commission.to_string());
            columns.fees.push(fill.fees.to_string());
            columns.currencies.push(&fill.book.currency);
            columns.multipliers.push(fill.book.multiplier.to_string());
            columns.times.push(fill.executed_at);
            columns.sequences.push(fill.sequence);
            columns.time_texts.push(&fill.time_text);
            columns.time_sources.push(&fill.time_source);
        }
        columns
    }
}

/// Stores those of the fills whose execution the account does not have yet, and tells which these were. Of several
/// with one execution id the first one is stored.
pub async fn insert_new(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    import: Option<ImportId>,
    fills: &[Fill],
) -> sqlx::Result<HashSet<FillId>> {
    let columns = Columns::of(fills);
    let inserted: Vec<Uuid> = sqlx::query_scalar(
        "INSERT INTO fills (user_id, account_id, import_id, id, execution_id, reference, line, symbol, asset_class, side,
                            quantity, price, commission, fees, currency, multiplier, executed_at, sequence,
                            own_sequence, time_text, time_source)
         SELECT $1, $2, $3, id, execution_id, reference, line, symbol, asset_class, side, quantity::numeric,
                price::numeric, commission::numeric, fees::numeric, currency, multiplier::numeric, executed_at,
                sequence, sequence, time_text, time_source
         FROM UNNEST($4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[],
                     $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
                     $17::timestamptz[], $18::bigint[], $19::text[], $20::text[])
              AS batch (id, execution_id, reference, line, symbol, asset_class, side, quantity, price, commission,
                        fees, currency, multiplier, executed_at, sequence, time_text, time_source)
         ON CONFLICT (user_id, account_id, execution_id) DO NOTHING
         RETURNING id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(import.map(|import| import.0))
    .bind(columns.ids)
    .bind(columns.execution_ids)
    .bind(columns.references)
    .bind(columns.lines)
    .bind(columns.symbols)
    .bind(columns.asset_classes)
    .bind(columns.sides)
    .bind(columns.quantities)
    .bind(columns.prices)
    .bind(columns.commissions)
    .bind(columns.fees)
    .bind(columns.currencies)
    .bind(columns.multipliers)
    .bind(columns.times)
    .bind(columns.sequences)
    .bind(columns.time_texts)
    .bind(columns.time_sources)
    .fetch_all(db)
    .await?;
    Ok(inserted.into_iter().map(FillId).collect())
}

/// Writes what a fill is after all that was said about it.
pub async fn settle(db: impl PgExecutor<'_>, user: UserId, fill: &Fill) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE fills
         SET symbol = $3, currency = $4, multiplier = $5::text::numeric, side = $6, quantity = $7::text::numeric,
             price = $8::text::numeric, commission = $9::text::numeric, fees = $10::text::numeric,
             executed_at = $11, voided = $12
         WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(fill.id.0)
    .bind(&fill.book.symbol)
    .bind(&fill.book.currency)
    .bind(fill.book.multiplier.to_string())
    .bind(fill::side_name(fill.side))
    .bind(fill.quantity.to_string())
    .bind(fill.price.to_string())
    .bind(fill.commission.to_string())
    .bind(fill.fees.to_string())
    .bind(fill.executed_at)
    .bind(fill.voided)
    .execute(db)
    .await?;
    Ok(())
}

/// Gives the fills of an import that further completed imports brought to the earliest of these; tells how many.
pub async fn hand_over(db: impl PgExecutor<'_>, user: UserId, import: ImportId) -> sqlx::Result<u64> {
    let moved = sqlx::query(
        "WITH heirs AS (
             SELECT DISTINCT ON (sighting.fill_id) sighting.fill_id, sighting.import_id, sighting.line, sighting.sequence
             FROM fill_sightings AS sighting
             JOIN fills ON fills.user_id = sighting.user_id AND fills.id = sighting.fill_id
             JOIN imports ON imports.user_id = sighting.user_id AND imports.id = sighting.import_id
             WHERE sighting.user_id = $1 AND fills.import_id = $2 AND imports.status = 'completed'
             ORDER BY sighting.fill_id, sighting.import_id
         ), spent AS (
             DELETE FROM fill_sightings AS sighting USING heirs
             WHERE sighting.user_id = $1 AND sighting.fill_id = heirs.fill_id
               AND sighting.import_id = heirs.import_id
         )
         UPDATE fills SET import_id = heirs.import_id, line = heirs.line,
                          own_sequence = coalesce(heirs.sequence, fills.own_sequence, fills.sequence)
         FROM heirs WHERE fills.user_id = $1 AND fills.id = heirs.fill_id",
    )
    .bind(user.0)
    .bind(import.0)
    .execute(db)
    .await?;
    Ok(moved.rows_affected())
}

/// Removes the fills that belong to an import; tells how many.
pub async fn delete_of_import(db: impl PgExecutor<'_>, user: UserId, import: ImportId) -> sqlx::Result<u64> {
    let deleted = sqlx::query("DELETE FROM fills WHERE user_id = $1 AND import_id = $2")
        .bind(user.0)
        .bind(import.0)
        .execute(db)
        .await?;
    Ok(deleted.rows_affected())
}
