//! Events come with an import or by hand, and go when the import is undone.

use super::{flows::is_flow, row::numbers};
use crate::domain::{
    event::AccountEvent,
    ids::{AccountId, EventId, ImportId},
};
use identity::UserId;
use sqlx::PgExecutor;
use std::collections::HashSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// The columns of a batch of events.
#[derive(Default)]
struct Columns<'a> {
    ids: Vec<Uuid>,
    event_ids: Vec<&'a str>,
    lines: Vec<i64>,
    kinds: Vec<&'static str>,
    whats: Vec<&'a str>,
    symbols: Vec<Option<&'a str>>,
    currencies: Vec<Option<&'a str>>,
    /// Amount, quantity, quantity before, price.
    numbers: [Vec<Option<String>>; 4],
    notes: Vec<&'a str>,
    times: Vec<OffsetDateTime>,
    ranks: Vec<i16>,
    sequences: Vec<i64>,
    time_texts: Vec<&'a str>,
    time_sources: Vec<&'a str>,
}

impl<'a> Columns<'a> {
    fn of(events: &'a [AccountEvent]) -> Self {
        let mut columns = Self::default();
        for event in events {
            columns.ids.push(event.id.0);
            columns.event_ids.push(&event.event_id);
            columns.lines.push(event.line);
            columns.kinds.push(event.kind.name());
            columns.whats.push(&event.what);
            columns.symbols.push(event.symbol.as_deref());
            columns.currencies.push(event.currency.as_deref());
            for (column, number) in columns.numbers.iter_mut().zip(numbers(&event.kind)) {
                column.push(number.map(|number| number.to_string()));
            }
            columns.notes.push(&event.note);
            columns.times.push(event.occurred_at);
            columns.ranks.push(event.key().rank);
            columns.sequences.push(event.sequence);
            columns.time_texts.push(&event.time_text);
            columns.time_sources.push(&event.time_source);
        }
        columns
    }
}

/// Stores those of the events whose id the account does not have yet, and tells which these were. Of several with one
/// id the first one is stored.
pub async fn insert_new(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    import: Option<ImportId>,
    events: &[AccountEvent],
) -> sqlx::Result<HashSet<EventId>> {
    let columns = Columns::of(events);
    let [amounts, quantities, quantities_before, prices] = columns.numbers;
    let inserted: Vec<Uuid> = sqlx::query_scalar(
        "INSERT INTO account_events (user_id, account_id, import_id, id, event_id, line, kind, what, symbol, currency,
                                     amount, quantity, quantity_before, price, note, occurred_at, rank, sequence,
                                     time_text, time_source)
         SELECT $1, $2, $3, id, event_id, line, kind, what, symbol, currency, amount::numeric, quantity::numeric,
                quantity_before::numeric, price::numeric, note, occurred_at, rank, sequence, time_text, time_source
         FROM UNNEST($4::uuid[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[],
                     $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::timestamptz[],
                     $17::smallint[], $18::bigint[], $19::text[], $20::text[])
              AS batch (id, event_id, line, kind, what, symbol, currency, amount, quantity, quantity_before, price,
                        note, occurred_at, rank, sequence, time_text, time_source)
         ON CONFLICT (user_id, account_id, event_id) DO NOTHING
         RETURNING id",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(import.map(|import| import.0))
    .bind(columns.ids)
    .bind(columns.event_ids)
    .bind(columns.lines)
    .bind(columns.kinds)
    .bind(columns.whats)
    .bind(columns.symbols)
    .bind(columns.currencies)
    .bind(amounts)
    .bind(quantities)
    .bind(quantities_before)
    .bind(prices)
    .bind(columns.notes)
    .bind(columns.times)
    .bind(columns.ranks)
    .bind(columns.sequences)
    .bind(columns.time_texts)
    .bind(columns.time_sources)
    .fetch_all(db)
    .await?;
    Ok(inserted.into_iter().map(EventId).collect())
}

/// Removes the events that belong to an import; tells which deposits and withdrawals they were.
pub async fn delete_of_import(
    db: impl PgExecutor<'_>,
    user: UserId,
    import: ImportId,
) -> sqlx::Result<Vec<EventId>> {
    let flows: Vec<Uuid> = sqlx::query_scalar(concat!(
        "WITH gone AS (DELETE FROM account_events WHERE user_id = $1 AND import_id = $2 RETURNING *)
         SELECT id FROM gone WHERE ",
        is_flow!(),
        " ORDER BY id"
    ))
    .bind(user.0)
    .bind(import.0)
    .fetch_all(db)
    .await?;
    Ok(flows.into_iter().map(EventId).collect())
}
