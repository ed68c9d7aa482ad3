//! Requests that are done once, however often they arrive.
//!
//! The caller's `Idempotency-Key` travels as metadata, with a fingerprint of the request that it came with. The service looks for
//! it in the transaction that does the work, and keeps its answer there: what is committed is answered again, what is not is as if
//! it had never been asked.

mod once;

use crate::status;
pub use once::Once;
use sqlx::PgConnection;
use tonic::{
    Code, Request, Response, Status,
    metadata::{Ascii, MetadataKey, MetadataMap, MetadataValue},
};
use uuid::Uuid;

const KEY: &str = "idempotency-key";
const FINGERPRINT: &str = "idempotency-fingerprint-bin";
const REPLAYED: &str = "idempotent-replayed";

/// Characters of a key at most.
pub const LONGEST_KEY: usize = 255;

/// A caller's key, and what it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    key: String,
    fingerprint: Vec<u8>,
}

impl Key {
    /// A key of 1 to [`LONGEST_KEY`] visible ASCII characters, and the SHA-256 of the request; `None`: it is none.
    pub fn new(key: &str, fingerprint: Vec<u8>) -> Option<Self> {
        let sane = (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        sane.then(|| Self { key: key.to_owned(), fingerprint })
    }

    /// The key that a call carries.
    pub fn of<T>(request: &Request<T>) -> Option<Self> {
        let metadata = request.metadata();
        let fingerprint = metadata.get_bin(FINGERPRINT)?.to_bytes().ok()?;
        Self::new(metadata.get(KEY)?.to_str().ok()?, fingerprint.to_vec())
    }

    /// Lets a call carry it.
    pub fn carry<T>(&self, request: &mut Request<T>) {
        if let Ok(key) = MetadataValue::try_from(self.key.as_str()) {
            request.metadata_mut().insert(KEY, key);
        }
        let fingerprint = MetadataValue::from_bytes(&self.fingerprint);
        request.metadata_mut().insert_bin(FINGERPRINT, fingerprint);
    }

    /// The same key for a request whose fingerprint is only known now, such as a file's.
    #[must_use]
    pub fn with_fingerprint(self, fingerprint: &[u8]) -> Self {
        Self { fingerprint: fingerprint.to_vec(), ..self }
    }
}

/// Why a request with a key is not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The same request is being done at this moment.
    #[error("a request with this Idempotency-Key is being done: ask again in a second")]
    InFlight,
    /// The key was used for another request.
    #[error("was used for another request: choose a new one")]
    OtherRequest,
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        match &refusal {
            Refusal::InFlight => status::with_reason(Code::Aborted, "request-in-flight", refusal.to_string()),
            Refusal::OtherRequest => status::invalid_field("Idempotency-Key", refusal.to_string()),
            Refusal::Database(error) => status::from_sqlx(error),
        }
    }
}

/// What was answered to the request that came with this key first; `None`: it has not come before, and nobody else does it until
/// `tx` ends. `tx` acts for the user.
pub async fn claim(
    tx: &mut PgConnection,
    user: Uuid,
    call: &str,
    key: &Key,
) -> Result<Option<Vec<u8>>, Refusal> {
    let name = format!("idempotency {user} {call} {}", key.key);
    let alone: bool = sqlx::query_scalar("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(name)
        .fetch_one(&mut *tx)
        .await?;
    if !alone {
        return Err(Refusal::InFlight);
    }
    // Who comes back clears away what he left a week ago.
    sqlx::query("DELETE FROM idempotency_keys WHERE user_id = $1 AND created_at < now() - interval '7 days'")
        .bind(user)
        .execute(&mut *tx)
        .await?;
    let known: Option<(Vec<u8>, Vec<u8>)> = sqlx::query_as(
        "SELECT fingerprint, answer FROM idempotency_keys WHERE user_id = $1 AND call = $2 AND key = $3",
    )
    .bind(user)
    .bind(call)
    .bind(&key.key)
    .fetch_optional(tx)
    .await?;
    match known {
        Some((fingerprint, answer)) if fingerprint == key.fingerprint => Ok(Some(answer)),
        Some(_) => Err(Refusal::OtherRequest),
        None => Ok(None),
    }
}

/// Keeps the answer to a request that [`claim`] has found to be new.
pub async fn keep(
    tx: &mut PgConnection,
    user: Uuid,
    call: &str,
    key: &Key,
    answer: &[u8],
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO idempotency_keys (user_id, call, key, fingerprint, answer) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(user)
    .bind(call)
    .bind(&key.key)
    .bind(&key.fingerprint)
    .bind(answer)
    .execute(tx)
    .await?;
    Ok(())
}

/// Says of an answer that it was given before.
pub fn mark_replayed<T>(response: &mut Response<T>) {
    let name = MetadataKey::<Ascii>::from_static(REPLAYED);
    response.metadata_mut().insert(name, MetadataValue::from_static("true"));
}

/// Whether an answer was given before.
pub fn is_replayed(metadata: &MetadataMap) -> bool {
    metadata.contains_key(REPLAYED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_and_not_too_long() {
        for (text, fine) in [("a", true), (&"k".repeat(255), true), ("", false), ("a b", false), ("ü", false)]
        {
            assert_eq!(Key::new(text, Vec::new()).is_some(), fine, "{text}");
        }
        assert!(Key::new(&"k".repeat(256), Vec::new()).is_none());
    }

    #[test]
    fn a_call_carries_its_key() {
        let key = Key::new("order-7", vec![0, 1, 255]).unwrap();
        let mut request = Request::new(());

        key.carry(&mut request);

        assert_eq!(Key::of(&request), Some(key));
        assert_eq!(Key::of(&Request::new(())), None);
    }
}
