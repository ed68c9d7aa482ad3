//! [`App`]: what the calls of this service need, and the transactions that act for their callers.

use crate::{db::plans::NEXT_IN_ORDER, files::Files};
use identity::UserId;
use runtime::{Clock, postgres};
use sqlx::{PgPool, Postgres, Transaction};

/// What the calls need.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub pool: PgPool,
    /// The uploaded files.
    pub files: Files,
    /// The time of day.
    pub clock: Clock,
    /// The largest file that is taken, in bytes.
    pub max_upload_bytes: u64,
}

impl App {
    /// A transaction that acts for a user.
    pub(super) async fn begin(&self, user: UserId) -> sqlx::Result<Transaction<'static, Postgres>> {
        postgres::begin_for(&self.pool, user.0).await
    }

    /// The same, to read as of one moment.
    pub(super) async fn snapshot(&self, user: UserId) -> sqlx::Result<Transaction<'static, Postgres>> {
        postgres::snapshot_for(&self.pool, user.0).await
    }

    /// The same, for the next rows of a list in its order; with a filter, another way to them may be shorter.
    pub(super) async fn snapshot_in_order(
        &self,
        user: UserId,
        is_whole: bool,
    ) -> sqlx::Result<Transaction<'static, Postgres>> {
        let settings: &[_] = if is_whole { &NEXT_IN_ORDER } else { &[] };
        postgres::snapshot_with(&self.pool, user.0, settings).await
    }
}
