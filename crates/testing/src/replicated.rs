//! A database on a server of its own, which another one follows.

use crate::{
    database::{TestDatabase, database_on, in_database, pool},
    shared_servers,
};
use servers::{Postgres, Settings};
use sqlx::{PgPool, migrate::Migrator};

/// A database and a read replica of it.
pub struct Replicated {
    /// The database.
    pub database: TestDatabase,
    /// URL of the application role at the replica.
    pub replica_url: String,
    /// Connects to the replica as a superuser.
    pub replica: PgPool,
    follower: Option<Postgres>,
    _primary: Postgres,
}

impl Replicated {
    /// From now on the replica stays as it is, until [`Replicated::follow`].
    pub async fn stand_still(&self) {
        sqlx::query("SELECT pg_wal_replay_pause()").execute(&self.replica).await.unwrap();
        crate::eventually("a replica that stands still", async || {
            let state = sqlx::query_scalar::<_, String>("SELECT pg_get_wal_replay_pause_state()");
            (state.fetch_one(&self.replica).await.unwrap() == "paused").then_some(())
        })
        .await;
    }

    /// The replica catches up.
    pub async fn follow(&self) {
        sqlx::query("SELECT pg_wal_replay_resume()").execute(&self.replica).await.unwrap();
    }

    /// The replica is gone.
    pub fn lose_replica(&mut self) {
        self.follower = None;
    }
}

/// Creates a database on a server of its own, and a replica of that.
pub async fn replicated(name: &str, migrators: &[&Migrator]) -> Replicated {
    let installation = shared_servers::installation();
    // Durable: what is committed is sent to the replica at once.
    let settings = || Settings { durable: true, ..Settings::scratch().unwrap() };
    let primary = Postgres::start(&installation.postgres, &settings()).expect("PostgreSQL does not start");
    let database = database_on(&primary.admin_url(), name, migrators).await;
    let follower = primary.replica(&settings()).expect("the replica does not start");
    let (_, name) = database.url.rsplit_once('/').expect("the URL names a database");
    let replica = pool(&in_database(&follower.admin_url(), name));
    let at = |port: u16| format!("@127.0.0.1:{port}/");
    let replica_url = database.url.replace(&at(primary.port()), &at(follower.port()));
    Replicated { database, replica_url, replica, follower: Some(follower), _primary: primary }
}
