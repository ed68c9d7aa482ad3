//! A database and names of a test's own, and instances of a service that relays and consumes.

use crate::recorder::Noted;
use events::{Broker, Consumer, outbox, spawn_consumer, spawn_relay};
use runtime::{Service, Shutdown, postgres, secrets::Secrets};
use sqlx::PgPool;
use testing::{TestDatabase, eventually};
use tokio::{
    runtime::Handle,
    task::{JoinHandle, block_in_place},
};
use uuid::Uuid;

/// One test's database, exchange and queues.
pub struct World {
    pub db: TestDatabase,
    pub settings: events::Settings,
}

impl World {
    pub async fn new() -> Self {
        let db = testing::database("events", &[&*postgres::MIGRATOR, &*events::MIGRATOR]).await;
        for table in ["effects (note text)", "given_up (note text, cause text)"] {
            let statement = sqlx::AssertSqlSafe(format!("CREATE TABLE {table}"));
            sqlx::query(statement).execute(&db.owner_pool).await.unwrap();
        }
        Self { db, settings: testing::events_settings() }
    }

    /// Appends one event in a transaction of its own.
    pub async fn append(&self, note: &str) -> Uuid {
        let mut tx = self.db.pool.begin().await.unwrap();
        let id = outbox::append(&mut tx, &Noted::new(note)).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The notes that took effect, in order of their text.
    pub async fn effects(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT note FROM effects ORDER BY note").fetch_all(&self.db.pool).await.unwrap()
    }

    pub async fn given_up(&self) -> Vec<(String, String)> {
        sqlx::query_as("SELECT note, cause FROM given_up ORDER BY note")
            .fetch_all(&self.db.pool)
            .await
            .unwrap()
    }

    /// Rows of the outbox, the inbox or `inbox_attempts`.
    pub async fn count(&self, table: &str) -> i64 {
        let statement = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        sqlx::query_scalar(statement).fetch_one(&self.db.pool).await.unwrap()
    }

    pub async fn effects_reach(&self, count: usize) -> Vec<String> {
        eventually(&format!("{count} effects"), async || {
            let effects = self.effects().await;
            (effects.len() >= count).then_some(effects)
        })
        .await
    }

    pub async fn outbox_is_empty(&self) {
        eventually("an empty outbox", async || (self.count("outbox").await == 0).then_some(())).await;
    }

    /// An instance that only consumes.
    pub fn consumer<C: Consumer>(&self, consumer: C) -> Instance {
        self.instance(|service, pool, broker| spawn_consumer(service, pool, broker, consumer))
    }

    /// An instance that does both.
    pub fn relay_and_consumer<C: Consumer>(&self, consumer: C) -> Instance {
        self.instance(|service, pool, broker| {
            spawn_relay(service, pool, broker);
            spawn_consumer(service, pool, broker, consumer);
        })
    }

    pub fn instance(&self, compose: impl FnOnce(&mut Service, &PgPool, &Broker)) -> Instance {
        Instance::start(&self.db, &self.settings, compose)
    }
}

/// One process of a service, as far as events go.
fn now<T>(opening: impl Future<Output = T>) -> T {
    block_in_place(|| Handle::current().block_on(opening))
}

pub struct Instance {
    shutdown: Shutdown,
    readiness: runtime::health::Readiness,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Instance {
    pub fn start(
        db: &TestDatabase,
        settings: &events::Settings,
        compose: impl FnOnce(&mut Service, &PgPool, &Broker),
    ) -> Self {
        let shutdown = Shutdown::manual();
        let mut service = Service::new("test", shutdown.clone(), &testing::admin());
        let pool = now(postgres::connect(&mut service, "test", &db.settings(), postgres::Planning::ByValues))
            .unwrap();
        let broker = now(Broker::new(&Secrets::default(), settings)).unwrap();
        compose(&mut service, &pool, &broker);
        let readiness = service.readiness().clone();
        Self { shutdown, readiness, task: tokio::spawn(service.run()) }
    }

    /// What `/ready` says of RabbitMQ.
    pub async fn rabbitmq(&self) -> String {
        let (_, body) = self.readiness.ready().await;
        body["dependencies"]["rabbitmq"].as_str().unwrap().to_owned()
    }

    pub async fn rabbitmq_becomes(&self, state: &str) {
        eventually(&format!("RabbitMQ is {state}"), async || (self.rabbitmq().await == state).then_some(()))
            .await;
    }

    /// As SIGTERM does.
    pub fn request_stop(&self) {
        self.shutdown.request();
    }

    /// Waits until the instance ended well.
    pub async fn stopped(self) {
        self.shutdown.request();
        self.task.await.unwrap().unwrap();
    }

    /// As SIGKILL does: whatever it was at is left as it is.
    pub async fn kill(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}
