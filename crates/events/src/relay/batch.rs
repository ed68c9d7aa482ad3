//! One transaction of the relay: take what is due, publish it, delete what was confirmed.

use super::{RelayError, outlet::Outlet};
use crate::broker::{Outgoing, PERSISTENT, Receipt, text};
use lapin::{
    BasicProperties,
    types::{FieldTable, ShortString},
};
use runtime::{postgres, propagation::TRACEPARENT};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Rows of one batch. Confirms make the broker wait for its disks: the more of them share a wait, the faster.
const ROWS: i64 = 256;
/// Bytes of payload on their way at once: a bound on memory when events are large.
const WINDOW_BYTES: usize = 4 * 1024 * 1024;
/// Longest wait before an event that RabbitMQ refused is tried again, in seconds.
const LONGEST_WAIT: i32 = 60;

#[derive(sqlx::FromRow)]
struct Due {
    id: Uuid,
    size: i32,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    routing_key: String,
    payload: Vec<u8>,
    traceparent: Option<String>,
    created_at: OffsetDateTime,
}

#[derive(Default)]
struct Outcome {
    confirmed: Vec<Uuid>,
    refused: Vec<Uuid>,
}

/// Relays what is due, oldest first, and leaves alone what another instance is at. True when the batch was full.
pub(super) async fn relay_batch(pool: &PgPool, outlet: &mut Outlet) -> Result<bool, RelayError> {
    let mut tx = postgres::begin(pool).await?;
    let due = lock_due(&mut tx).await?;
    let mut outcome = Outcome::default();
    let mut trouble = Ok(());
    for window in windows(&due, WINDOW_BYTES) {
        trouble = relay_window(&mut tx, outlet, &window, &mut outcome).await;
        if trouble.is_err() {
            break;
        }
    }
    // What was confirmed before the trouble began is done all the same.
    settle(&mut tx, &outcome).await?;
    tx.commit().await?;
    trouble?;
    Ok(i64::try_from(due.len()).is_ok_and(|rows| rows == ROWS))
}

async fn lock_due(tx: &mut PgConnection) -> sqlx::Result<Vec<Due>> {
    // Never by `id > last`: a row whose transaction commits late would be skipped.
    sqlx::query_as(
        "SELECT id, octet_length(payload) AS size FROM outbox WHERE retry_at <= now()
         ORDER BY retry_at, id LIMIT $1 FOR UPDATE SKIP LOCKED",
    )
    .bind(ROWS)
    .fetch_all(tx)
    .await
}

/// Cuts a batch into runs that hold at most `bytes`, or one row.
fn windows(due: &[Due], bytes: usize) -> Vec<Vec<Uuid>> {
    let mut windows: Vec<Vec<Uuid>> = Vec::new();
    let mut held = 0;
    for Due { id, size } in due {
        let size = usize::try_from(*size).unwrap_or(0);
        match windows.last_mut() {
            Some(window) if held + size <= bytes => {
                window.push(*id);
                held += size;
            }
            Some(_) | None => {
                windows.push(vec![*id]);
                held = size;
            }
        }
    }
    windows
}

async fn relay_window(
    tx: &mut PgConnection,
    outlet: &mut Outlet,
    ids: &[Uuid],
    outcome: &mut Outcome,
) -> Result<(), RelayError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, routing_key, payload, traceparent, created_at FROM outbox WHERE id = ANY($1) ORDER BY id",
    )
    .bind(ids)
    .fetch_all(tx)
    .await?;
    let sent: Vec<(Uuid, String)> = rows.iter().map(|row| (row.id, row.routing_key.clone())).collect();
    let exchange = outlet.exchange();
    let window: Vec<Outgoing> = rows.into_iter().map(|row| outgoing(row, &exchange)).collect();
    let receipts = outlet.publish(&window).await?;
    for ((id, event), receipt) in sent.into_iter().zip(receipts) {
        match receipt {
            Receipt::Stored => {
                metrics::counter!("messaging.client.sent.messages", "event" => event).increment(1);
                outcome.confirmed.push(id);
            }
            Receipt::Refused(cause) => {
                tracing::warn!(event, cause, "RabbitMQ refused an event; it is tried again");
                outcome.refused.push(id);
            }
        }
    }
    Ok(())
}

fn outgoing(row: Row, exchange: &ShortString) -> Outgoing {
    let mut headers = FieldTable::default();
    if let Some(traceparent) = row.traceparent {
        headers.insert(TRACEPARENT.into(), text(&traceparent));
    }
    let routing_key = ShortString::from(row.routing_key);
    let properties = BasicProperties::default()
        .with_message_id(row.id.to_string().into())
        .with_type(routing_key.clone())
        .with_content_type("application/protobuf".into())
        .with_delivery_mode(PERSISTENT)
        .with_timestamp(u64::try_from(row.created_at.unix_timestamp()).unwrap_or(0))
        .with_headers(headers);
    Outgoing { exchange: exchange.clone(), routing_key, payload: row.payload, properties }
}

async fn settle(tx: &mut PgConnection, outcome: &Outcome) -> sqlx::Result<()> {
    if !outcome.confirmed.is_empty() {
        sqlx::query("DELETE FROM outbox WHERE id = ANY($1)")
            .bind(&outcome.confirmed)
            .execute(&mut *tx)
            .await?;
    }
    if !outcome.refused.is_empty() {
        sqlx::query(
            "UPDATE outbox SET attempts = attempts + 1,
                 retry_at = now() + make_interval(secs => least($2, 2 ^ least(attempts, 10)))
             WHERE id = ANY($1)",
        )
        .bind(&outcome.refused)
        .bind(LONGEST_WAIT)
        .execute(tx)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_few_large_events_or_many_small_ones() {
        let due: Vec<Due> =
            [10, 20, 70, 1, 500, 3].map(|size| Due { id: Uuid::now_v7(), size }).into_iter().collect();

        let sizes: Vec<usize> = windows(&due, 100).iter().map(Vec::len).collect();

        assert_eq!(sizes, [3, 1, 1, 1]);
    }
}
