//! Migrations that stop nobody: whoever waits for a lock makes everybody wait who comes after, so it is not waited for long.

use sqlx::{
    AssertSqlSafe, Executor as _,
    migrate::{Migrate as _, MigrateError, Migration, Migrator},
    postgres::{PgConnection, PgDatabaseError},
};
use std::time::Duration;

/// How long a migration waits for what others hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// One wait for one lock. Statements that come to the table meanwhile wait as well.
    pub lock_timeout: Duration,
    /// One wait for a lock of a migration without a transaction, such as CREATE INDEX CONCURRENTLY: it waits for the transactions that
    /// are open, and nobody waits for it.
    pub concurrent_lock_timeout: Duration,
    /// How often it is tried in all.
    pub tries: u32,
    /// Between the first two tries; twice as long between the next two, up to [`Patience::LONGEST_PAUSE`].
    pub pause: Duration,
}

impl Patience {
    /// No pause is longer.
    pub const LONGEST_PAUSE: Duration = Duration::from_secs(8);
}

impl Default for Patience {
    /// About two minutes in all, and no more than two seconds at once.
    fn default() -> Self {
        Self {
            lock_timeout: Duration::from_secs(2),
            concurrent_lock_timeout: Duration::from_mins(5),
            tries: 15,
            pause: Duration::from_millis(500),
        }
    }
}

/// What was tried and did not come to its end.
enum Halt {
    /// Others held a lock for too long.
    Locked(MigrateError),
    Failed(MigrateError),
}

impl From<MigrateError> for Halt {
    fn from(error: MigrateError) -> Self {
        if is_lock_timeout(&error) { Self::Locked(error) } else { Self::Failed(error) }
    }
}

impl From<sqlx::Error> for Halt {
    fn from(error: sqlx::Error) -> Self {
        MigrateError::from(error).into()
    }
}

/// Brings a database up to date with `migrators`, in order. What was applied stays applied, whatever becomes of the rest: the next
/// run goes on after it.
pub(super) async fn apply(
    mut connection: PgConnection,
    migrators: &[&Migrator],
    patience: Patience,
) -> anyhow::Result<()> {
    let mut pause = patience.pause;
    for tries in 1.. {
        let locked = match run(&mut connection, migrators, patience).await {
            Ok(()) => break,
            Err(Halt::Failed(error)) => return Err(error.into()),
            Err(Halt::Locked(error)) => error,
        };
        if tries >= patience.tries {
            let others = holders(&mut connection).await.unwrap_or_default();
            return Err(anyhow::Error::new(locked).context(format!(
                "others hold a lock that the migration needs, after {tries} tries of {:?}: nothing is lost, migrate again \
                 when it is free{others}",
                patience.lock_timeout
            )));
        }
        tracing::warn!(tries, ?pause, error = %locked, "others hold a lock that the migration needs: trying again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Patience::LONGEST_PAUSE);
    }
    Ok(())
}

async fn run(connection: &mut PgConnection, migrators: &[&Migrator], patience: Patience) -> Result<(), Halt> {
    set_lock_timeout(connection, patience.lock_timeout).await?;
    // Two that migrate at once: the second finds nothing left to do.
    connection.lock().await?;
    for migrator in migrators {
        let migrator = accept_newer(connection, migrator).await?;
        let migrations: Vec<&Migration> = migrator.iter().collect();
        for alike in migrations.chunk_by(|one, next| one.no_tx == next.no_tx) {
            let Some(last) = alike.last() else { continue };
            if last.no_tx {
                set_lock_timeout(connection, patience.concurrent_lock_timeout).await?;
                drop_halves(connection).await?;
            } else {
                set_lock_timeout(connection, patience.lock_timeout).await?;
            }
            migrator.run_to(last.version, &mut *connection).await?;
        }
    }
    Ok(())
}

/// The same migrator, which takes no offence at what a newer version of the program has applied: its schema serves this one too, and
/// a roll back has to get past this. A gap among the versions that this one should know is still refused, as is another checksum.
async fn accept_newer(connection: &mut PgConnection, migrator: &Migrator) -> Result<Migrator, MigrateError> {
    let table = &migrator.table_name;
    connection.ensure_migrations_table(table).await?;
    let newest = migrator.iter().map(|migration| migration.version).max().unwrap_or_default();
    let mut newer = Vec::new();
    for applied in connection.list_applied_migrations(table).await? {
        if applied.version > newest {
            newer.push(applied.version);
        } else if !migrator.version_exists(applied.version) {
            return Err(MigrateError::VersionMissing(applied.version));
        }
    }
    if !newer.is_empty() {
        tracing::info!(table = %table, newest, ?newer, "the database is newer than this program, and is left as it is");
    }
    Ok(Migrator {
        migrations: migrator.migrations.clone(),
        ignore_missing: true,
        locking: migrator.locking,
        no_tx: migrator.no_tx,
        table_name: table.clone(),
        create_schemas: migrator.create_schemas.clone(),
    })
}

async fn set_lock_timeout(connection: &mut PgConnection, timeout: Duration) -> sqlx::Result<()> {
    connection.execute(AssertSqlSafe(format!("SET lock_timeout = {}", timeout.as_millis()))).await?;
    Ok(())
}

/// Drops indexes that somebody began to build concurrently and did not finish: IF NOT EXISTS would take them for whole.
async fn drop_halves(connection: &mut PgConnection) -> sqlx::Result<()> {
    let halves: Vec<String> = sqlx::query_scalar(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_index AS i
         JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE NOT i.indisvalid AND n.nspname = 'public'",
    )
    .fetch_all(&mut *connection)
    .await?;
    for half in halves {
        tracing::warn!(index = half, "an index was not built to its end: dropping it");
        connection.execute(AssertSqlSafe(format!("DROP INDEX CONCURRENTLY IF EXISTS {half}"))).await?;
    }
    Ok(())
}

/// Who has had a transaction open for longest, so that an operator knows whom to look at.
async fn holders(connection: &mut PgConnection) -> sqlx::Result<String> {
    let oldest: Option<String> = sqlx::query_scalar(
        "SELECT format('; the oldest open transaction is of %s (process %s), %s, for %s s', usename, pid, state,
                       extract(epoch FROM now() - xact_start)::int)
         FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
         ORDER BY xact_start LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    Ok(oldest.unwrap_or_default())
}

/// SQLSTATE 55P03 (`lock_not_available`).
fn is_lock_timeout(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else {
        return false;
    };
    let code = error.as_database_error().and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
    code.is_some_and(|error| error.code() == "55P03")
}
