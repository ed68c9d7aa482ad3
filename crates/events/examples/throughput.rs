//! How fast events leave the outbox and take effect: prints a few figures. Needs `TEST_DATABASE_URL` and `TEST_AMQP_URL`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool for people"
)]

use events::{Broker, Consumer, Failure, outbox, spawn_consumer, spawn_relay};
use futures_util::FutureExt as _;
use runtime::{Service, Shutdown, postgres, secrets::Secrets};
use sqlx::{PgConnection, PgPool};
use std::time::{Duration, Instant};
use testing::TestDatabase;

const EVENTS: u32 = 20_000;

/// An event of about 500 bytes.
#[derive(Clone, PartialEq, prost::Message)]
struct Measured {
    #[prost(bytes = "vec", tag = "1")]
    ballast: Vec<u8>,
}

impl prost::Name for Measured {
    const NAME: &'static str = "Measured";
    const PACKAGE: &'static str = "journal.test.v1";
}

struct Count<const CONCURRENCY: usize>;

impl<const CONCURRENCY: usize> Consumer for Count<CONCURRENCY> {
    const QUEUE: &'static str = "test.count-measured";
    const CONCURRENCY: usize = CONCURRENCY;
    type Event = Measured;

    async fn handle(&self, event: Measured, tx: &mut PgConnection) -> Result<(), Failure> {
        sqlx::query("SELECT $1::int").bind(i32::try_from(event.ballast.len()).unwrap()).execute(tx).await?;
        Ok(())
    }
}

#[tokio::main]
async fn main() {
    let db = testing::database("throughput", &[&*postgres::MIGRATOR, &*events::MIGRATOR]).await;
    let settings = testing::events_settings();
    // Declares and binds the queue.
    let declaring = start(&db, &settings, |service, pool, broker| {
        spawn_consumer(service, pool, broker, Count::<1>);
    });
    tokio::time::sleep(Duration::from_secs(2)).await;
    declaring.request();

    let appending = Instant::now();
    let events = vec![Measured { ballast: vec![7; 500] }; 100];
    for _ in 0..EVENTS / 100 {
        let mut tx = db.pool.begin().await.unwrap();
        outbox::append_all(&mut tx, &events).await.unwrap();
        tx.commit().await.unwrap();
    }
    tell("appended, 100 a transaction", EVENTS, appending);

    let relaying = Instant::now();
    let _relay = start(&db, &settings, spawn_relay);
    wait_for(&db.pool, "SELECT count(*) = 0 FROM outbox").await;
    tell("relayed", EVENTS, relaying);

    let consuming = Instant::now();
    let _consumer = start(&db, &settings, |service, pool, broker| {
        spawn_consumer(service, pool, broker, Count::<4>);
    });
    wait_for(&db.pool, "SELECT count(*) = 20000 FROM inbox").await;
    tell("handled, 4 at once", EVENTS, consuming);

    let mut waits = Vec::new();
    for number in 1..=200 {
        let appended = Instant::now();
        let mut tx = db.pool.begin().await.unwrap();
        outbox::append_all(&mut tx, &events[..1]).await.unwrap();
        tx.commit().await.unwrap();
        while count(&db.pool).await < i64::from(EVENTS) + number {}
        waits.push(appended.elapsed());
    }
    waits.sort();
    println!("append to effect, idle: median {:?}, p99 {:?}", waits[100], waits[198]);
}

fn start(
    db: &TestDatabase,
    settings: &events::Settings,
    compose: impl FnOnce(&mut Service, &PgPool, &Broker),
) -> Shutdown {
    let shutdown = Shutdown::manual();
    let mut service = Service::new("test", shutdown.clone(), &testing::admin());
    let pool = postgres::connect(&mut service, "test", &db.settings(), postgres::Planning::ByValues)
        .now_or_never()
        .unwrap()
        .unwrap();
    compose(
        &mut service,
        &pool,
        &Broker::new(&Secrets::default(), settings).now_or_never().unwrap().unwrap(),
    );
    tokio::spawn(service.run());
    shutdown
}

async fn count(pool: &PgPool) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM inbox").fetch_one(pool).await.unwrap()
}

async fn wait_for(pool: &PgPool, condition: &'static str) {
    while !sqlx::query_scalar::<_, bool>(condition).fetch_one(pool).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn tell(what: &str, events: u32, since: Instant) {
    let elapsed = since.elapsed();
    println!(
        "{events} events {what}: {elapsed:.2?}, {:.0} a second",
        f64::from(events) / elapsed.as_secs_f64()
    );
}
