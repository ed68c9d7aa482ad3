//! Passwords are replaced in Secrets Manager while requests run: none fails, and nothing is restarted.

use crate::{
    fleet::{Fleet, Plan, Site},
    user::User,
};
use deadpool_redis::redis;
use reqwest::Method;
use runtime::{
    secrets::Given,
    settings::{Redis, SecretsManager as Settings},
};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use testing::{SecretsManager, TestDatabase, eventually};
use tokio::task::JoinSet;

/// Looked for much sooner than once a minute.
fn hurried() -> Settings {
    Settings { secrets_refresh: Duration::from_millis(200), ..Settings::default() }
}

/// Clients that read and write without a pause until they are told to stop.
struct Load {
    running: Arc<AtomicBool>,
    requests: Arc<AtomicUsize>,
    clients: JoinSet<Vec<String>>,
}

impl Load {
    async fn start(gateway: &str) -> Self {
        let load = Self { running: Arc::new(true.into()), requests: Arc::default(), clients: JoinSet::new() };
        let mut clients = JoinSet::new();
        for _ in 0..4 {
            let (running, requests) = (Arc::clone(&load.running), Arc::clone(&load.requests));
            let user = User::new(gateway).await;
            let account = user.create_account("Main").await;
            clients.spawn(async move {
                let (mut failures, rename) = (Vec::new(), format!("/v1/accounts/{account}"));
                for n in 0.. {
                    let name = json!({"name": format!("n{n}")});
                    for (method, path, body) in [
                        (Method::PATCH, rename.as_str(), Some(name)),
                        (Method::GET, rename.as_str(), None),
                        (Method::GET, "/v1/trades", None),
                        (Method::GET, "/v1/analytics/summary", None),
                        (Method::GET, "/v1/notifications", None),
                        (Method::GET, "/v1/auth/sessions", None),
                    ] {
                        let answer = user.send(method, path, body).await;
                        requests.fetch_add(1, Ordering::Relaxed);
                        if !answer.status().is_success() {
                            failures.push(format!(
                                "{path}: {} {}",
                                answer.status(),
                                answer.text().await.unwrap()
                            ));
                        }
                    }
                    if !running.load(Ordering::Relaxed) {
                        break;
                    }
                }
                failures
            });
        }
        Self { clients, ..load }
    }

    /// Waits until many more requests were made.
    async fn go_on(&self) {
        let before = self.requests.load(Ordering::Relaxed);
        eventually("a hundred requests more", async || {
            (self.requests.load(Ordering::Relaxed) >= before + 100).then_some(())
        })
        .await;
    }

    /// How many requests there were, and what became of those that failed.
    async fn stop(self) -> (usize, Vec<String>) {
        self.running.store(false, Ordering::Relaxed);
        let failures = self.clients.join_all().await.concat();
        (self.requests.load(Ordering::Relaxed), failures)
    }
}

async fn sql(database: &TestDatabase, statement: String) {
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&database.every_row).await.unwrap();
}

/// The roles of one database that take turns.
struct Turns<'site> {
    database: &'site TestDatabase,
    arn: String,
    role: String,
}

impl<'site> Turns<'site> {
    async fn begin(aws: &SecretsManager, database: &'site TestDatabase) -> Self {
        let role = format!("{}_0", database.role());
        let login = database.another_role(&role, "canary-0").await;
        Self { database, arn: aws.keep(&login).await, role }
    }

    /// The next role counts; the one before is dropped as soon as nobody is signed in with it.
    async fn next(&mut self, aws: &SecretsManager, turn: usize) {
        let next = format!("{}_{turn}", self.database.role());
        let login = self.database.another_role(&next, &format!("canary-{turn}")).await;
        aws.replace(&self.arn, &login).await;
        let old = std::mem::replace(&mut self.role, next);
        eventually("nobody to be signed in as before", async || {
            (self.database.connections_of(&old).await == 0).then_some(())
        })
        .await;
        sql(self.database, format!("ALTER ROLE {old} NOLOGIN")).await;
        sql(self.database, format!("DROP ROLE {old}")).await;
        eventually("somebody to be signed in with the new role", async || {
            (self.database.connections_of(&self.role).await > 0).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn database_roles_take_turns_and_no_request_fails() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let told = testing::collect("info");
    let site = Site::prepare().await;
    let databases =
        [site.auth.clone(), site.trades.clone(), site.analytics.clone(), site.notifications.clone()];
    let mut turns = Vec::new();
    for database in &databases {
        turns.push(Turns::begin(&aws, database).await);
    }
    let logins = std::array::from_fn(|index| Given::in_secrets_manager(turns[index].arn.clone()));
    let fleet = Fleet::start_on(site, Plan { logins, secrets: hurried(), ..Plan::default() }).await;
    let load = Load::start(fleet.gateway()).await;

    for turn in 1..=3 {
        load.go_on().await;
        for of in &mut turns {
            of.next(&aws, turn).await;
        }
    }
    load.go_on().await;

    let (requests, failures) = load.stop().await;
    eprintln!("{requests} requests in 12 rotations of 4 databases, {} failed", failures.len());
    let lines = told.log_lines();
    let faults = ["WARN", "ERROR"];
    let causes: Vec<_> =
        lines.iter().filter(|line| faults.iter().any(|level| line.contains(level))).collect();
    assert!(failures.is_empty(), "{failures:#?}\n{causes:#?}");
    assert_eq!(lines.iter().filter(|line| line.contains("a secret was replaced")).count(), 12);
    assert!(lines.iter().all(|line| !line.contains("canary-")));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_of_redis_is_used_as_soon_as_the_old_one_is_refused() {
    let Some(aws) = SecretsManager::of_tests().await else { return };
    let programs = servers::Installation::find(&servers::SearchPath::of_system()).unwrap().redis;
    let server = servers::Redis::start(&programs, &servers::Settings::scratch().unwrap()).unwrap();
    let mut operator =
        redis::Client::open(server.url()).unwrap().get_multiplexed_async_connection().await.unwrap();
    let arn = aws.keep(&json!({"url": server.url()}).to_string()).await;
    let redis =
        Redis { redis_url: Given::in_secrets_manager(format!("{arn}#url")), redis_prefix: "t:".to_owned() };
    // An hour: only who is refused looks sooner.
    let secrets = Settings { secrets_refresh: Duration::from_hours(1), ..Settings::default() };
    let fleet = Fleet::start(Plan { redis, secrets, ..Plan::default() }).await;
    let load = Load::start(fleet.gateway()).await;
    load.go_on().await;
    let before = until_in_use(&mut operator, 0).await;

    let url = format!("redis://:another@127.0.0.1:{}", server.port());
    redis::cmd("CONFIG")
        .arg(&["SET", "requirepass", "another"])
        .query_async::<()>(&mut operator)
        .await
        .unwrap();
    load.go_on().await;
    aws.replace(&arn, &json!({"url": url}).to_string()).await;
    for kind in ["normal", "pubsub"] {
        let kill = ["KILL", "TYPE", kind, "SKIPME", "yes"];
        redis::cmd("CLIENT").arg(&kill).query_async::<()>(&mut operator).await.unwrap();
    }
    load.go_on().await;

    until_in_use(&mut operator, before).await;
    let (requests, failures) = load.stop().await;
    eprintln!("{requests} requests while Redis got another password, {} failed", failures.len());
    assert_eq!(failures, Vec::<String>::new());
}

/// Waits until Redis has clients that ask and one that listens, all of them newer than `id`; returns the newest one's id.
async fn until_in_use(operator: &mut redis::aio::MultiplexedConnection, id: u64) -> u64 {
    let mut list = operator.clone();
    eventually("Redis to be in use", async move || {
        let clients: String = redis::cmd("CLIENT").arg("LIST").query_async(&mut list).await.unwrap();
        let id_of = |line: &str| line.strip_prefix("id=")?.split_once(' ')?.0.parse::<u64>().ok();
        let new: Vec<&str> = clients.lines().filter(|line| id_of(line).is_some_and(|new| new > id)).collect();
        let listens = new.iter().any(|line| line.contains(" sub=1 "));
        let asks = new.iter().any(|line| line.contains("cmd=evalsha") || line.contains("cmd=get"));
        (listens && asks).then(|| new.iter().filter_map(|line| id_of(line)).max()).flatten()
    })
    .await
}
