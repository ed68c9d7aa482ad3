//! Events that leave with the change that caused them.

use crate::Event;
use runtime::propagation;
use sqlx::PgConnection;
use uuid::Uuid;

/// Rows of one INSERT: a bound on the size of a statement.
const CHUNK: usize = 500;
/// Bytes of the largest event. RabbitMQ would close the channel over one that it finds too large (16 MiB from 4.0 on), again
/// and again: better that the change fails which would have caused it.
const LARGEST: usize = 8 * 1024 * 1024;

/// Appends an event to the transaction of `tx`, with the current trace. It is published once that transaction commits, and
/// never if it does not. Returns the event's id. An event of more than 8 MiB is an error.
pub async fn append<E: Event>(tx: &mut PgConnection, event: &E) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query("INSERT INTO outbox (id, routing_key, payload, traceparent) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(E::full_name())
        .bind(encoded(event)?)
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
        let payloads = chunk.iter().map(encoded).collect::<sqlx::Result<Vec<Vec<u8>>>>()?;
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

fn encoded<E: Event>(event: &E) -> sqlx::Result<Vec<u8>> {
    let size = event.encoded_len();
    if size > LARGEST {
        let complaint = format!("a {} of {size} bytes is too large to be published", E::full_name());
        return Err(sqlx::Error::Encode(complaint.into()));
    }
    Ok(event.encode_to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_that_rabbitmq_would_refuse_for_its_size_is_not_appended() {
        let large = prost_types::Any { type_url: String::new(), value: vec![0; LARGEST] };

        let error = encoded(&large).unwrap_err();

        assert!(error.to_string().contains("google.protobuf.Any of 8388613 bytes is too large"), "{error}");
    }
}
