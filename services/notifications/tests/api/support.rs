//! Servers, instances and users of one test.

use crate::proxy::Proxy;
use events::{Broker, Event, outbox, spawn_relay};
use identity::UserId;
use journal_proto::notifications::v1::{
    ListNotificationsRequest, LiveMessage, MarkAllReadRequest, Notification, SubscribeRequest,
    notifications_service_client::NotificationsServiceClient,
};
use lettre::message::Mailbox;
use notifications::{Config, mail};
use runtime::{Service, Shutdown, grpc::Link, secrets::Secrets, settings};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use sqlx::PgPool;
use std::time::Duration;
use testing::{Running, TestDatabase, eventually, with_bearer};
use tokio::time::timeout;
use tonic::{Code, Status, Streaming};
use tonic_types::StatusExt as _;
use uuid::Uuid;

pub type Client = NotificationsServiceClient<Link>;

/// What the instances of one test share.
pub struct Ground {
    pub database: TestDatabase,
    pub redis: settings::Redis,
    events: events::Settings,
    outbox: TestDatabase,
    relay: Option<Running>,
}

/// One instance of the service.
pub struct Instance {
    pub client: Client,
    pub running: Running,
}

/// Somebody with a token.
pub struct User {
    pub id: UserId,
    token: String,
}

impl Ground {
    pub async fn new(name: &str) -> Self {
        let database = testing::database(name, &notifications::migrators()).await;
        let outbox = testing::database(&format!("{name}_from"), &[&events::MIGRATOR]).await;
        let (redis, events) = (testing::redis_settings(), testing::events_settings());
        Self { database, redis, events, outbox, relay: None }
    }

    pub fn without_redis(mut self) -> Self {
        self.redis = testing::unreachable_redis();
        self
    }

    /// A door between the instances that start from now on and Redis.
    pub async fn put_proxy_before_redis(&mut self) -> Proxy {
        let url =
            self.redis.redis_url.value().unwrap().expose_secret().trim_start_matches("redis://").to_owned();
        let (login, place) = url.rsplit_once('@').unwrap_or(("", &url));
        let proxy = Proxy::to(place.trim_end_matches('/').to_owned()).await;
        self.redis.redis_url = format!("redis://{login}@{}", proxy.address).into();
        proxy
    }

    /// Sees the rows of all users.
    pub fn every_row(&self) -> &PgPool {
        &self.database.every_row
    }

    /// An instance that sends no mail.
    pub async fn instance(&self) -> Instance {
        self.instance_with(None).await
    }

    /// An instance that sends mail to the server at `smtp_url`.
    pub async fn instance_with(&self, smtp_url: Option<&str>) -> Instance {
        let (grpc, url) = testing::grpc();
        let mail = mail::Settings {
            smtp_url: smtp_url.map(str::to_owned).into(),
            mail_from: smtp_url.map(|_| "Trading Journal <journal@example.com>".parse::<Mailbox>().unwrap()),
            public_url: "https://journal.example.com".to_owned(),
        };
        let config = Config {
            grpc,
            admin: testing::admin(),
            postgres: self.database.settings(),
            redis: self.redis.clone(),
            events: self.events.clone(),
            identity: testing::identity_settings(),
            mail,
            telemetry: testing::telemetry(),
        };
        let running = testing::start(|shutdown| notifications::run(config, shutdown));
        let client = Client::new(testing::link("notifications", &url));
        let nobody = User::new();
        eventually("the service answers", async || {
            client.clone().mark_all_read(nobody.asks(MarkAllReadRequest {})).await.ok()
        })
        .await;
        Instance { client, running }
    }

    /// Tells the service what happened elsewhere. Each call makes an event of its own, also with the same content.
    pub async fn publish<E: Event>(&mut self, event: &E) {
        self.publish_all(std::slice::from_ref(event)).await;
    }

    pub async fn publish_all<E: Event>(&mut self, events: &[E]) {
        if self.relay.is_none() {
            let (pool, broker) =
                (self.outbox.pool.clone(), Broker::new(&Secrets::default(), &self.events).await.unwrap());
            self.relay = Some(testing::start(|shutdown| relay(pool, broker, shutdown)));
        }
        append(&self.outbox.pool, events).await;
    }

    /// The pool behind [`Ground::publish`], for those who append from several tasks (after a first `publish`).
    pub fn outbox(&self) -> &PgPool {
        &self.outbox.pool
    }

    /// What stands in a user's inbox, once it holds `count` notifications.
    pub async fn inbox(&self, instance: &Instance, user: &User, count: usize) -> Vec<Notification> {
        eventually("the inbox fills", async || {
            let answer = instance
                .client
                .clone()
                .list_notifications(user.asks(ListNotificationsRequest::default()))
                .await
                .unwrap();
            Some(answer.into_inner().notifications).filter(|found| found.len() >= count)
        })
        .await
    }
}

pub async fn append<E: Event>(pool: &PgPool, events: &[E]) {
    let mut tx = pool.begin().await.unwrap();
    outbox::append_all(&mut tx, events).await.unwrap();
    tx.commit().await.unwrap();
}

async fn relay(pool: PgPool, broker: Broker, shutdown: Shutdown) -> anyhow::Result<()> {
    let mut service = Service::new("elsewhere", shutdown, &testing::admin());
    spawn_relay(&mut service, &pool, &broker);
    service.run().await
}

impl Instance {
    /// Subscribes, and checks the greeting.
    pub async fn subscribe(&self, user: &User, since: Option<u64>) -> (Streaming<LiveMessage>, Value) {
        let request = user.asks(SubscribeRequest { since });
        let mut messages = self.client.clone().subscribe(request).await.unwrap().into_inner();
        let hello = next(&mut messages).await;
        assert_eq!((hello.seq, hello.r#type.as_str()), (0, "hello"));
        (messages, data(&hello))
    }
}

impl User {
    pub fn new() -> Self {
        let id = UserId(Uuid::now_v7());
        Self { id, token: testing::token(id) }
    }

    pub fn asks<T>(&self, message: T) -> tonic::Request<T> {
        with_bearer(message, &self.token)
    }
}

/// The next message of a stream that has one to come.
pub async fn next(messages: &mut Streaming<LiveMessage>) -> LiveMessage {
    let message = timeout(Duration::from_mins(1), messages.message()).await.expect("no message came");
    message.expect("the stream failed").expect("the stream ended")
}

/// The next messages up to the first of type `name`, that one last.
pub async fn until(messages: &mut Streaming<LiveMessage>, name: &str) -> Vec<LiveMessage> {
    let mut found = Vec::new();
    loop {
        found.push(next(messages).await);
        if found.last().is_some_and(|message| message.r#type == name) {
            return found;
        }
    }
}

/// A message's data.
pub fn data(message: &LiveMessage) -> Value {
    serde_json::from_str(&message.data_json).unwrap()
}

/// Code and reason of a failed call.
pub fn code_and_reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_details_error_info().map(|info| info.reason).unwrap_or_default())
}

/// Code and the field at fault of a refused request.
pub fn code_and_field(status: &Status) -> (Code, String) {
    let violations = status.get_details_bad_request().map(|bad| bad.field_violations).unwrap_or_default();
    (status.code(), violations.first().map(|violation| violation.field.clone()).unwrap_or_default())
}
