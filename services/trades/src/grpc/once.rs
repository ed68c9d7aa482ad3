//! What is done once for an idempotency key.

use super::{Answer, App};
use identity::UserId;
use prost::Message;
use runtime::idempotency::{self, Key};
use sqlx::{Postgres, Transaction};
use tonic::{Request, Response, Status};

/// A transaction that does what a call asks for, unless it was done before.
pub(super) struct Once {
    /// Acts for the user.
    pub(super) tx: Transaction<'static, Postgres>,
    user: UserId,
    call: &'static str,
    key: Option<Key>,
    done: Option<Vec<u8>>,
}

impl Once {
    /// Begins `call`, and looks whether its key has come before.
    pub(super) async fn begin<T>(
        app: &App,
        user: UserId,
        call: &'static str,
        request: &Request<T>,
    ) -> Result<Self, Status> {
        Self::with_key(app, user, call, Key::of(request)).await
    }

    /// The same with a key that does not stand in the request as it is.
    pub(super) async fn with_key(
        app: &App,
        user: UserId,
        call: &'static str,
        key: Option<Key>,
    ) -> Result<Self, Status> {
        let begun = app.begin(user).await;
        let mut tx = begun.map_err(|error| runtime::status::from_sqlx(&error))?;
        let done = match &key {
            Some(key) => idempotency::claim(&mut tx, user.0, call, key).await?,
            None => None,
        };
        Ok(Self { tx, user, call, key, done })
    }

    /// The answer that was given before, if one was.
    pub(super) fn replay<T: Message + Default>(&self) -> Result<Option<Response<T>>, Status> {
        let Some(done) = &self.done else { return Ok(None) };
        let message = T::decode(done.as_slice()).map_err(|error| runtime::status::internal(&error))?;
        let mut response = Response::new(message);
        idempotency::mark_replayed(&mut response);
        Ok(Some(response))
    }

    /// Keeps the answer with the key, and commits.
    pub(super) async fn finish<T: Message>(mut self, answer: T) -> Answer<T> {
        let failed = |error: sqlx::Error| runtime::status::from_sqlx(&error);
        if let Some(key) = &self.key {
            let bytes = answer.encode_to_vec();
            idempotency::keep(&mut self.tx, self.user.0, self.call, key, &bytes).await.map_err(failed)?;
        }
        self.tx.commit().await.map_err(failed)?;
        Ok(Response::new(answer))
    }
}
