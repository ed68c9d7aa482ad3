//! A running service, and events for it.

use analytics::{Config, migrators};
use events::{Event, outbox};
use identity::UserId;
use journal_proto::{
    Timestamp,
    analytics::v1::{
        Filter, GetSummaryRequest, StatisticsUpdated, Summary,
        analytics_service_client::AnalyticsServiceClient,
    },
    trades::v1::{Account, AccountChanged, Trade, TradesChanged},
};
use prost::Message as _;
use runtime::{grpc::Link, settings::Replica};
use testing::{Running, TestDatabase, eventually, start, token, with_bearer};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tonic::Request;
use uuid::Uuid;

pub struct Service {
    pub client: AnalyticsServiceClient<Link>,
    pub database: TestDatabase,
    _running: Running,
}

/// What the service is started with, and its URL.
pub fn config(database: &TestDatabase) -> (Config, String) {
    let (grpc, url) = testing::grpc();
    let config = Config {
        trades_url: "http://127.0.0.1:1".to_owned(),
        grpc,
        admin: testing::admin(),
        postgres: database.settings(),
        replica: Replica::default(),
        events: testing::events_settings(),
        identity: testing::identity_settings(),
        telemetry: testing::telemetry(),
    };
    (config, url)
}

pub async fn service() -> Service {
    service_on(testing::database("analytics", &migrators()).await, Replica::default()).await
}

/// The same on this database, which reads at its replica.
pub async fn service_on(database: TestDatabase, replica: Replica) -> Service {
    let (config, url) = config(&database);
    let config = Config { replica, ..config };
    let running = start(|shutdown| analytics::run(config, shutdown));
    let client = AnalyticsServiceClient::new(testing::link("analytics", &url));
    Service { client, database, _running: running }
}

/// A user with one account.
#[derive(Clone, Copy)]
pub struct Trader {
    pub user: UserId,
    pub account: Uuid,
}

impl Trader {
    pub fn new() -> Self {
        Self { user: UserId(Uuid::now_v7()), account: Uuid::now_v7() }
    }

    pub fn ask<T>(&self, message: T) -> Request<T> {
        with_bearer(message, &token(self.user))
    }

    /// A closed trade of one share, opened a minute before it closed.
    pub fn closed(&self, symbol: &str, closed_at: &str, net: &str, version: i64) -> Trade {
        let closed = OffsetDateTime::parse(closed_at, &Rfc3339).unwrap();
        let at = |t: OffsetDateTime| Some(Timestamp { seconds: t.unix_timestamp(), nanos: 0 });
        Trade {
            id: Uuid::now_v7().to_string(),
            account_id: self.account.to_string(),
            symbol: symbol.to_owned(),
            multiplier: "1".to_owned(),
            currency: "USD".to_owned(),
            side: "long".to_owned(),
            status: "closed".to_owned(),
            entry_quantity: "1".to_owned(),
            average_entry: "100".to_owned(),
            opened_at: at(closed - time::Duration::minutes(1)),
            closed_at: at(closed),
            gross_pnl: net.to_owned(),
            net_pnl: net.to_owned(),
            commissions: "0".to_owned(),
            fees: "0".to_owned(),
            version,
            ..Trade::default()
        }
    }

    pub fn account_changed(&self, time_zone: &str, opening_balance: &str) -> AccountChanged {
        let account = Account {
            id: self.account.to_string(),
            currency: "USD".to_owned(),
            time_zone: time_zone.to_owned(),
            opening_balance: opening_balance.to_owned(),
            version: 1,
            ..Account::default()
        };
        AccountChanged { user_id: self.user.to_string(), account: Some(account) }
    }

    pub fn trades_changed(&self, revision: i64, changed: Vec<Trade>, removed: Vec<String>) -> TradesChanged {
        TradesChanged {
            user_id: self.user.to_string(),
            account_id: self.account.to_string(),
            revision,
            changed_total: changed.len() as u64,
            changed,
            removed,
            last: true,
            ..TradesChanged::default()
        }
    }
}

/// Trades on consecutive days, each with this net amount.
pub fn daily(trader: Trader, symbol: &str, nets: &[&str]) -> Vec<Trade> {
    let trade =
        |(net, day): (&&str, u32)| trader.closed(symbol, &format!("2026-01-{day:02}T15:00:00Z"), net, 1);
    nets.iter().zip(1..).map(trade).collect()
}

/// The field that an answer names as wrong.
pub fn field_at_fault(status: &tonic::Status) -> String {
    use tonic_types::StatusExt as _;
    let violations = status.get_details_bad_request().map(|details| details.field_violations);
    violations.unwrap_or_default().first().map(|violation| violation.field.clone()).unwrap_or_default()
}

impl Service {
    /// Publishes as another service would: through an outbox and the broker.
    pub async fn publish(&self, event: &impl Event) {
        let mut connection = self.database.pool.acquire().await.unwrap();
        outbox::append(&mut connection, event).await.unwrap();
    }

    pub async fn summary(&self, trader: Trader, filter: Filter) -> Summary {
        let request = trader.ask(GetSummaryRequest { filter: Some(filter), measure: None });
        self.client.clone().get_summary(request).await.unwrap().into_inner()
    }

    /// Publishes trades and waits until they count.
    pub async fn with_trades(&self, of: Trader, trades: Vec<Trade>) {
        let count = trades.iter().filter(|each| each.status == "closed").count() as u64;
        let revision = trades.iter().map(|each| each.version).max().unwrap_or(1);
        self.publish(&of.trades_changed(revision, trades, Vec::new())).await;
        self.until_trades(of, count).await;
    }

    pub async fn until_trades(&self, trader: Trader, count: u64) {
        eventually("the trades to count", async || {
            (self.summary(trader, Filter::default()).await.trades == count).then_some(())
        })
        .await;
    }

    /// Waits until an account's zone is known.
    pub async fn with_account(&self, trader: Trader, time_zone: &str, opening_balance: &str) {
        self.with_calendar(trader, time_zone, opening_balance, "").await;
    }

    /// The same for an account with a session calendar.
    pub async fn with_calendar(
        &self,
        trader: Trader,
        time_zone: &str,
        opening_balance: &str,
        session_calendar: &str,
    ) {
        let mut event = trader.account_changed(time_zone, opening_balance);
        session_calendar.clone_into(&mut event.account.as_mut().unwrap().session_calendar);
        self.publish(&event).await;
        eventually("the account", async || {
            let known: Option<String> =
                sqlx::query_scalar("SELECT time_zone FROM accounts WHERE user_id = $1 AND id = $2")
                    .bind(trader.user.0)
                    .bind(trader.account)
                    .fetch_optional(&self.database.every_row)
                    .await
                    .unwrap();
            known.filter(|zone| zone == time_zone)
        })
        .await;
    }

    /// How often `StatisticsUpdated` was appended: nobody consumes it here, so it waits in the outbox.
    pub async fn told_updates(&self) -> Vec<StatisticsUpdated> {
        let payloads: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT payload FROM outbox WHERE routing_key = $1 ORDER BY id")
                .bind("journal.analytics.v1.StatisticsUpdated")
                .fetch_all(&self.database.pool)
                .await
                .unwrap();
        payloads.iter().map(|payload| StatisticsUpdated::decode(payload.as_slice()).unwrap()).collect()
    }
}
