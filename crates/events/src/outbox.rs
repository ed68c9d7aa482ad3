//! Events that leave with the change that caused them.

use crate::Event;
use runtime::propagation;
use sqlx::PgConnection;
use uuid::Uuid;

/// Rows of one INSERT: a bound on the size of a statement.
const CHUNK: usize = 500;

/// Appends an event to the transaction of `tx`, with the current trace. It is published once that transaction commits, and
/// never if it does not. Returns the event's id.
pub async fn append<E: Event>(tx: &mut PgConnection, event: &E) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query("INSERT INTO outbox (id, routing_key, payload, traceparent) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(E::full_name())
        .bind(event.encode_to_vec())
        .bind(propagation::traceparent())
        .execute(tx)
        .await?;
    Ok(id)
}

/// Appends several events of one kind, as [`append`] does, in few statements.
pub async fn append_all<E: Event>(tx: &mut PgConnection, events: &[E]) -> sqlx::Result<()> {
    let traceparent = propagation::traceparent();
    for chunk in events.chunks(CHUNK) {
        let ids: Vec<Uuid> = chunk.iter().map(|_| Uuid::now_v7()).collect();
        let payloads: Vec<Vec<u8>> = chunk.iter().map(E::encode_to_vec).collect();
        sqlx::query(
            "INSERT INTO outbox (id, routing_key, payload, traceparent)
             SELECT id, $1, payload, $2 FROM UNNEST($3::uuid[], $4::bytea[]) AS appended (id, payload)",
        )
        .bind(E::full_name())
        .bind(&traceparent)
        .bind(ids)
        .bind(payloads)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
