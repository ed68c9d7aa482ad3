//! One user's rows at a time: transactions in a user's name, and the refusal to serve without row level security.
//!
//! Every table with a column `user_id` has a policy that compares it with `acting_user()`, which is what a transaction sets for
//! itself; so has auth's table `users`, by its `id`. A query that forgets its `user_id = $1` still sees the rows of one user, and outside of such a transaction none.

use super::{bounds::statement_bound, login::begin_with};
use crate::Service;
use anyhow::bail;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;

const AGAIN: Duration = Duration::from_millis(500);
const LOOK_DEADLINE: Duration = Duration::from_secs(10);
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A transaction in the name of a user.
pub async fn begin_for(pool: &PgPool, user: Uuid) -> sqlx::Result<Transaction<'static, Postgres>> {
    begin_as(pool, "BEGIN", user, &[]).await
}

/// A transaction in the name of a user that only reads, and sees the database as it is now to its end: several reads of one
/// moment.
pub async fn snapshot_for(pool: &PgPool, user: Uuid) -> sqlx::Result<Transaction<'static, Postgres>> {
    begin_as(pool, SNAPSHOT, user, &[]).await
}

/// The same, with settings of PostgreSQL for its statements: names and values, words of ours.
pub async fn snapshot_with(
    pool: &PgPool,
    user: Uuid,
    settings: &[(&'static str, &'static str)],
) -> sqlx::Result<Transaction<'static, Postgres>> {
    begin_as(pool, SNAPSHOT, user, settings).await
}

async fn begin_as(
    pool: &PgPool,
    begin: &str,
    user: Uuid,
    settings: &[(&'static str, &'static str)],
) -> sqlx::Result<Transaction<'static, Postgres>> {
    let bound = statement_bound();
    let more: Vec<String> =
        settings.iter().map(|(name, value)| format!("; SET LOCAL {name} = {value}")).collect();
    // One round trip; a UUID, a number and words of ours have nothing that SQL could mistake.
    begin_with(pool, format!("{begin}; SET LOCAL app.user_id = '{user}'{bound}{}", more.concat())).await
}

/// Puts a transaction that has begun in the name of a user, to its end.
pub async fn act_for(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query("SELECT set_config('app.user_id', $1, true)").bind(user.to_string()).execute(tx).await?;
    Ok(())
}

/// Stops the service when its role or a table would let one user see another's rows; until that is known, it is not ready.
pub fn insist_on_isolation(service: &mut Service, pool: &PgPool) {
    let known = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&known);
    service.readiness().require("isolation", move || {
        let known = seen.load(Ordering::Relaxed);
        async move { if known { Ok(()) } else { bail!("row level security is not verified yet") } }
    });
    let (pool, stopping) = (pool.clone(), service.stopping());
    service.spawn("isolation", async move {
        while !stopping.is_cancelled() {
            match tokio::time::timeout(LOOK_DEADLINE, holes(&pool)).await {
                Ok(Ok(holes)) if holes.is_empty() => {
                    known.store(true, Ordering::Relaxed);
                    stopping.cancelled().await;
                }
                Ok(Ok(holes)) => bail!("users are not isolated in the database: {}", holes.join("; ")),
                Ok(Err(error)) => tracing::debug!(%error, "cannot look at row level security yet"),
                Err(_) => tracing::debug!("the database does not answer yet"),
            }
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(AGAIN) => {}
            }
        }
        Ok(())
    });
}

/// Whatever would let this role see rows of a user in whose name it does not act; empty: nothing.
pub async fn holes(pool: &PgPool) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(HOLES).fetch_all(pool).await
}

const HOLES: &str = "
SELECT format('the role %s is a superuser', rolname) FROM pg_roles WHERE rolname = current_user AND rolsuper
UNION ALL
SELECT format('the role %s has BYPASSRLS', rolname) FROM pg_roles WHERE rolname = current_user AND rolbypassrls
UNION ALL
SELECT format('the table %s belongs to the role that serves', relname) FROM pg_class
WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')
UNION ALL
SELECT format('the table %s has row level security neither ENABLEd nor FORCEd, or has no policy', relname)
FROM pg_class AS t
WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
  AND (relname = 'users' OR EXISTS (
      SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'user_id' AND NOT attisdropped))
  AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid))
UNION ALL
SELECT format('the policy %s of %s asks nobody in whose name one acts', polname, relname)
FROM pg_policy AS p JOIN pg_class AS t ON t.oid = polrelid
WHERE polpermissive AND relnamespace = 'public'::regnamespace
  AND coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid), '')
      !~ '(acting_user|shown_[a-z]+|current_setting)[(]'
UNION ALL
SELECT format('the table %s refers to %s without the user_id', t.relname, other.relname)
FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_class AS other ON other.oid = c.confrelid
WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'user_id' AND NOT attisdropped)
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = other.oid AND attname = 'user_id' AND NOT attisdropped)
  AND NOT EXISTS (
      SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'user_id' AND attnum = ANY (c.conkey))";
