//! What every handler can reach.

use crate::{
    Config, Proxies,
    bulkheads::Rooms,
    cache::Cache,
    config::{Browsers, Budgets},
    cursors::{self, Keys},
    journal_owner::JournalOwners,
    key_exchange::KeyExchange,
    layers,
    limits::{Asker, Limits},
    shares::Shares,
};
use identity::{Caller, Revocations, Verifier, authorized};
use journal_proto::{
    analytics::v1::analytics_service_client::AnalyticsServiceClient,
    auth::v1::{
        account_service_client::AccountServiceClient, admin_service_client::AdminServiceClient,
        api_key_service_client::ApiKeyServiceClient, auth_service_client::AuthServiceClient,
        factor_service_client::FactorServiceClient, mentor_service_client::MentorServiceClient,
        oidc_service_client::OidcServiceClient, passkey_service_client::PasskeyServiceClient,
    },
    notifications::v1::notifications_service_client::NotificationsServiceClient,
    trades::v1::{
        attachment_service_client::AttachmentServiceClient, bar_service_client::BarServiceClient,
        export_service_client::ExportServiceClient, journal_service_client::JournalServiceClient,
        label_service_client::LabelServiceClient, rate_service_client::RateServiceClient,
        regrouping_service_client::RegroupingServiceClient, strategy_service_client::StrategyServiceClient,
        tax_service_client::TaxServiceClient, trades_service_client::TradesServiceClient,
        view_service_client::ViewServiceClient,
    },
};
use runtime::{
    Clock, Service,
    grpc::Link,
    health::Readiness,
    secrets::{Parsed, Secret},
    settings::Calls,
};
use std::{ops::Deref, sync::Arc, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::Request;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

/// A trade with 100,000 fills does not fit tonic's default of 4 MiB.
const MAX_MESSAGE: usize = 64 * 1024 * 1024;

/// Clients, keys and settings. Clones share them, and cost next to nothing: every layer makes some for every request.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What an [`App`] is made of. Who calls a service clones its client.
pub(crate) struct Parts {
    pub auth: AuthServiceClient<Link>,
    pub factors: FactorServiceClient<Link>,
    pub account: AccountServiceClient<Link>,
    pub admin: AdminServiceClient<Link>,
    pub api_keys: ApiKeyServiceClient<Link>,
    pub mentors: MentorServiceClient<Link>,
    pub passkeys: PasskeyServiceClient<Link>,
    pub oidc: OidcServiceClient<Link>,
    pub trades: TradesServiceClient<Link>,
    pub rates: RateServiceClient<Link>,
    pub regroupings: RegroupingServiceClient<Link>,
    pub strategies: StrategyServiceClient<Link>,
    pub tax: TaxServiceClient<Link>,
    pub bars: BarServiceClient<Link>,
    pub exports: ExportServiceClient<Link>,
    pub journal: JournalServiceClient<Link>,
    pub attachments: AttachmentServiceClient<Link>,
    pub views: ViewServiceClient<Link>,
    pub labels: LabelServiceClient<Link>,
    pub analytics: AnalyticsServiceClient<Link>,
    pub notifications: NotificationsServiceClient<Link>,
    pub verifier: Verifier,
    pub revocations: Revocations,
    pub key_exchange: KeyExchange,
    pub journal_owners: JournalOwners,
    pub browsers: Browsers,
    pub proxies: Arc<Proxies>,
    pub limits: Limits,
    pub rooms: Rooms,
    /// Bodies that are here, until they are answered.
    pub bodies: Shares<Asker>,
    /// How long a body may take to be here.
    pub body_time: Duration,
    pub cursor_keys: Arc<Parsed<Keys>>,
    pub cache: Cache,
    pub writes: Writes,
    pub max_upload_bytes: usize,
    pub clock: Clock,
    pub readiness: Readiness,
    /// Open WebSockets, which outlive the requests that opened them.
    pub sockets: TaskTracker,
    pub stopping: CancellationToken,
}

/// How long a write may go on after its request has begun.
#[derive(Clone, Copy)]
pub(crate) struct Writes {
    /// Most.
    pub longest: Duration,
    /// Those that take files, or make everything anew.
    pub longest_of_files: Duration,
}

impl Writes {
    /// What is cut off at its deadline is over a little later.
    fn of(config: &Config) -> Self {
        const LITTLE: Duration = Duration::from_secs(5);
        let Budgets { request_time, statistics_time, file_time } = config.budgets;
        Self {
            longest: request_time.max(statistics_time) + LITTLE,
            longest_of_files: request_time.max(statistics_time).max(file_time) + LITTLE,
        }
    }
}

impl App {
    pub async fn connect(service: &mut Service, config: &Config, clock: Clock) -> anyhow::Result<Self> {
        let (upstreams, calls) = (&config.upstreams, &config.identity.calls);
        let key = calls.service_key.open(service.secrets()).await?;
        let auth = upstream(service, "auth", &config.identity.auth_url, calls, &key)?;
        let trades = upstream(service, "trades", &upstreams.trades_url, calls, &key)?;
        let analytics = upstream(service, "analytics", &upstreams.analytics_url, calls, &key)?;
        let notifications = upstream(service, "notifications", &upstreams.notifications_url, calls, &key)?;
        let factors = FactorServiceClient::new(auth.clone());
        let (account, api_keys) =
            (AccountServiceClient::new(auth.clone()), ApiKeyServiceClient::new(auth.clone()));
        let admin = AdminServiceClient::new(auth.clone());
        let mentors = MentorServiceClient::new(auth.clone());
        let passkeys = PasskeyServiceClient::new(auth.clone());
        let oidc = OidcServiceClient::new(auth.clone());
        let auth = AuthServiceClient::new(auth);
        let verifier = Verifier::connect(service, &config.identity, clock.clone()).await?;
        Ok(Self(Arc::new(Parts {
            revocations: verifier.revocations().clone(),
            key_exchange: KeyExchange::new(),
            journal_owners: JournalOwners::new(),
            auth,
            factors,
            account,
            admin,
            api_keys,
            mentors,
            passkeys,
            oidc,
            rates: RateServiceClient::new(trades.clone()),
            regroupings: RegroupingServiceClient::new(trades.clone()),
            strategies: StrategyServiceClient::new(trades.clone()).max_decoding_message_size(MAX_MESSAGE),
            tax: TaxServiceClient::new(trades.clone()).max_decoding_message_size(MAX_MESSAGE),
            bars: BarServiceClient::new(trades.clone()),
            exports: ExportServiceClient::new(trades.clone()),
            labels: LabelServiceClient::new(trades.clone()).max_decoding_message_size(MAX_MESSAGE),
            views: ViewServiceClient::new(trades.clone()),
            attachments: AttachmentServiceClient::new(trades.clone()),
            journal: JournalServiceClient::new(trades.clone()).max_decoding_message_size(MAX_MESSAGE),
            trades: TradesServiceClient::new(trades).max_decoding_message_size(MAX_MESSAGE),
            analytics: AnalyticsServiceClient::new(analytics).max_decoding_message_size(MAX_MESSAGE),
            notifications: NotificationsServiceClient::new(notifications),
            verifier,
            browsers: config.browsers.clone(),
            proxies: Arc::new(config.proxies.clone()),
            cursor_keys: Arc::new(cursors::keys(&config.cursor_keys, service.secrets()).await?),
            cache: Cache::connect(service, &config.redis, &config.cache, clock.clone()).await?,
            writes: Writes::of(config),
            limits: Limits::connect(service, &config.redis, &config.rate_limits).await?,
            rooms: Rooms::new(&config.bulkheads),
            bodies: layers::memory(),
            body_time: config.budgets.request_time,
            max_upload_bytes: config.max_upload_bytes,
            clock,
            readiness: service.readiness().clone(),
            sockets: TaskTracker::new(),
            stopping: service.stopping(),
        })))
    }

    /// A request in the caller's name.
    #[expect(clippy::unused_self, reason = "every request is made by the app")]
    pub fn request<T>(&self, message: T, caller: &Caller) -> Request<T> {
        authorized(message, caller)
    }

    /// A request in nobody's name.
    #[expect(clippy::unused_self, reason = "every request is made by the app")]
    pub fn anonymous<T>(&self, message: T) -> Request<T> {
        Request::new(message)
    }
}

fn upstream(
    service: &Service,
    name: &'static str,
    urls: &str,
    calls: &Calls,
    key: &Secret,
) -> anyhow::Result<Link> {
    let link = Link::new(name, urls, calls, key)?;
    let health = HealthClient::new(link.clone());
    service.readiness().require_at_start(name, move || {
        let mut health = health.clone();
        async move {
            health.check(HealthCheckRequest { service: String::new() }).await?;
            Ok(())
        }
    });
    Ok(link)
}
