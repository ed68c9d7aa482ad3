//! Reads at a replica, which sees all that its primary had when it was asked.
//!
//! ```text
//! how far has the primary written? -> has the replica replayed that, or does it within 100 ms? -> read there
//!                                     no, or it does not answer -> read at the primary, and leave the replica alone for 5 s
//! ```
//!
//! So nobody reads at the replica what was true before his own write, or before the event that had him ask.

use super::{Login, Planning, isolation, open};
use crate::{Service, settings};
use sqlx::{PgPool, Postgres, Transaction};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::OnceCell,
    time::{Instant, sleep, timeout},
};
use uuid::Uuid;

/// How long a read waits for the replica to catch up. Within a region it takes some milliseconds.
const CATCHES_UP: Duration = Duration::from_millis(100);
const LOOK: Duration = Duration::from_millis(5);
/// All that a read gives to a replica before it goes to the primary.
const ANSWERS: Duration = Duration::from_millis(500);
/// For so long a replica that is away or behind is not asked.
const REST: Duration = Duration::from_secs(5);

/// What is committed at the primary is in its log up to here: a commit is seen by others once it is written there.
const WRITTEN: &str = "SELECT pg_current_wal_flush_lsn()::text";
/// Never true of a server that is no replica (any more): its log has a history of its own.
const REPLAYED: &str = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= $1::text::pg_lsn";

/// Where a service reads that need not lock what it reads. Clones share what they know of the replica.
#[derive(Clone, Debug)]
pub struct Reads {
    primary: PgPool,
    replica: Option<Replica>,
}

#[derive(Clone, Debug)]
struct Replica {
    pool: PgPool,
    /// Whether its login sees rows of one user alone, as that of the primary must.
    isolated: Arc<OnceCell<()>>,
    /// Not asked before.
    rests_until: Arc<Mutex<Option<Instant>>>,
}

impl Reads {
    /// Reads of the database at `primary`, and of its replica where one is given. A replica that cannot be reached is no reason not to
    /// serve.
    ///
    /// # Errors
    /// The URL is none, or a secret cannot be had.
    pub async fn open(
        service: &mut Service,
        name: &'static str,
        settings: (&settings::Postgres, &settings::Replica),
        planning: Planning,
        primary: &PgPool,
    ) -> anyhow::Result<Self> {
        let (settings, replica) = settings;
        let replica = match Login::of_replica(settings, replica, service.secrets()).await? {
            None => None,
            Some(login) => {
                let pool = open(service, name, login, settings.database_max_connections, planning)?;
                Some(Replica { pool, isolated: Arc::default(), rests_until: Arc::default() })
            }
        };
        Ok(Self { primary: primary.clone(), replica })
    }

    /// A transaction in the name of a user that only reads, and sees the database as it is now to its end.
    pub async fn snapshot_for(&self, user: Uuid) -> sqlx::Result<Transaction<'static, Postgres>> {
        if let Some(replica) = &self.replica
            && let Some(snapshot) = replica.snapshot_for(&self.primary, user).await
        {
            return Ok(snapshot);
        }
        isolation::snapshot_for(&self.primary, user).await
    }
}

impl Replica {
    /// `None`: it does not have everything, or does not answer.
    async fn snapshot_for(&self, primary: &PgPool, user: Uuid) -> Option<Transaction<'static, Postgres>> {
        if self.rests() {
            count("resting");
            return None;
        }
        match timeout(ANSWERS, self.caught_up(primary, user)).await {
            Ok(Ok(Some(snapshot))) => {
                count("replica");
                return Some(snapshot);
            }
            Ok(Ok(None)) => self.rest("late", "it is behind, or no replica"),
            Ok(Err(error)) => self.rest("away", &error.to_string()),
            Err(_) => self.rest("away", "it does not answer"),
        }
        None
    }

    async fn caught_up(
        &self,
        primary: &PgPool,
        user: Uuid,
    ) -> sqlx::Result<Option<Transaction<'static, Postgres>>> {
        self.insist_on_isolation().await?;
        let written: String = sqlx::query_scalar(WRITTEN).fetch_one(primary).await?;
        let last_look = Instant::now() + CATCHES_UP;
        loop {
            let has: Option<bool> = sqlx::query_scalar(REPLAYED).bind(&written).fetch_one(&self.pool).await?;
            if has == Some(true) {
                return isolation::snapshot_for(&self.pool, user).await.map(Some);
            }
            if Instant::now() >= last_look {
                return Ok(None);
            }
            sleep(LOOK).await;
        }
    }

    /// Looks before anything is read there, until users are kept apart: a replica that is behind may not know of it yet.
    async fn insist_on_isolation(&self) -> sqlx::Result<()> {
        let look = async || {
            let holes = isolation::holes(&self.pool).await?;
            if holes.is_empty() {
                return Ok(());
            }
            tracing::error!(
                holes = holes.join("; "),
                "users are not isolated at the replica: it is not read"
            );
            Err(sqlx::Error::Configuration("its login sees rows of every user".into()))
        };
        self.isolated.get_or_try_init(look).await.copied()
    }

    fn rests(&self) -> bool {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn rest(&self, outcome: &'static str, reason: &str) {
        count(outcome);
        tracing::warn!(reason, "the replica is not read for a while: the database itself is");
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + REST);
    }
}

/// Where a read went, and why.
fn count(outcome: &'static str) {
    metrics::counter!("postgres.replica.reads", "outcome" => outcome).increment(1);
}
