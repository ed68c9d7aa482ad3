//! What is done once for an idempotency key.

use super::{Key, claim, keep, mark_replayed};
use crate::{postgres, status};
use prost::Message;
use sqlx::{PgPool, Postgres, Transaction};
use tonic::{Request, Response, Status};
use uuid::Uuid;

/// A transaction that does what a call asks for, unless it was done before.
pub struct Once {
    /// Acts for the user.
    pub tx: Transaction<'static, Postgres>,
    user: Uuid,
    call: &'static str,
    key: Option<Key>,
    done: Option<Vec<u8>>,
}

impl Once {
    /// Begins `call`, and looks whether its key has come before.
    pub async fn begin<T>(
        pool: &PgPool,
        user: Uuid,
        call: &'static str,
        request: &Request<T>,
    ) -> Result<Self, Status> {
        Self::with_key(pool, user, call, Key::of(request)).await
    }

    /// The same with a key that does not stand in the request as it is.
    pub async fn with_key(
        pool: &PgPool,
        user: Uuid,
        call: &'static str,
        key: Option<Key>,
    ) -> Result<Self, Status> {
        let begun = postgres::begin_for(pool, user).await;
        let mut tx = begun.map_err(|error| status::from_sqlx(&error))?;
        let done = match &key {
            Some(key) => claim(&mut tx, user, call, key).await?,
            None => None,
        };
        Ok(Self { tx, user, call, key, done })
    }

    /// The answer that was given before, if one was.
    pub fn replay<T: Message + Default>(&self) -> Result<Option<Response<T>>, Status> {
        let Some(done) = &self.done else { return Ok(None) };
        let message = T::decode(done.as_slice()).map_err(|error| status::internal(&error))?;
        let mut response = Response::new(message);
        mark_replayed(&mut response);
        Ok(Some(response))
    }

    /// Keeps the answer with the key, and commits.
    pub async fn finish<T: Message>(mut self, answer: T) -> Result<Response<T>, Status> {
        let failed = |error: sqlx::Error| status::from_sqlx(&error);
        if let Some(key) = &self.key {
            let bytes = answer.encode_to_vec();
            keep(&mut self.tx, self.user, self.call, key, &bytes).await.map_err(failed)?;
        }
        self.tx.commit().await.map_err(failed)?;
        Ok(Response::new(answer))
    }
}
