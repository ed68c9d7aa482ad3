//! All five services in this process, once or twice, on one set of servers.

use gateway::{Browsers, Connections, Proxies, RateLimits, Upstreams};
use runtime::{Listen, settings};
use secrecy::SecretString;
use std::{num::NonZeroU32, time::Duration};
use tempfile::TempDir;
use testing::{Running, TestDatabase, eventually, start};

/// How a fleet differs from the usual one.
pub struct Plan {
    /// How many of each service.
    pub instances: usize,
    pub redis: settings::Redis,
    pub events: events::Settings,
    pub cleanup_every: Duration,
    pub rate_limits: RateLimits,
    /// Where mail goes; `None`: nowhere.
    pub smtp_url: Option<String>,
    pub connections: Connections,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            instances: 1,
            redis: testing::redis_settings(),
            events: testing::events_settings(),
            cleanup_every: Duration::from_mins(10),
            rate_limits: rate_limits("100000/60"),
            smtp_url: None,
            connections: connections(),
        }
    }
}

/// The same quota for everything, of one gateway.
pub fn rate_limits(quota: &str) -> RateLimits {
    let quota = quota.parse().unwrap();
    RateLimits {
        rate_limit_sign_in: quota,
        rate_limit_anonymous: quota,
        rate_limit_read: quota,
        rate_limit_write: quota,
        rate_limit_file: quota,
        rate_limit_statistics: quota,
        gateway_instances: NonZeroU32::MIN,
    }
}

/// As by default.
pub fn connections() -> Connections {
    Connections {
        max_connections: NonZeroU32::new(1_000).unwrap(),
        max_connections_per_address: NonZeroU32::new(1_000).unwrap(),
        max_streams: 100,
        header_time: Duration::from_secs(10),
        idle_time: Duration::from_secs(75),
        min_bytes_per_second: NonZeroU32::new(1024).unwrap(),
        patience: Duration::from_secs(15),
    }
}

fn browsers() -> Browsers {
    Browsers { cors_origins: vec!["https://app.journal.example".to_owned()], cookie_secure: false }
}

/// A running product.
pub struct Fleet {
    /// URLs of the gateways.
    pub gateways: Vec<String>,
    /// gRPC URLs of every service, for calls that pass the gateway by.
    pub services: Vec<String>,
    /// What access tokens are signed with.
    pub signing_key: SecretString,
    pub auth: TestDatabase,
    pub trades: TestDatabase,
    pub analytics: TestDatabase,
    pub notifications: TestDatabase,
    uploads: TempDir,
    _running: Vec<Running>,
}

impl Plan {
    fn mail(&self) -> notifications::mail::Settings {
        notifications::mail::Settings {
            smtp_url: self.smtp_url.clone().map(Into::into),
            mail_from: self.smtp_url.as_ref().map(|_| "journal@example.com".parse().unwrap()),
            public_url: "http://127.0.0.1".to_owned(),
        }
    }
}

impl Fleet {
    pub async fn start(plan: Plan) -> Self {
        let auth = testing::database("auth", &auth::migrators()).await;
        let trades = testing::database("trades", &trades::migrators()).await;
        let analytics = testing::database("analytics", &analytics::migrators()).await;
        let notifications = testing::database("notifications", &notifications::migrators()).await;
        let uploads = tempfile::tempdir().unwrap();
        let store = format!("file://{}", uploads.path().display());
        let pem = identity::Issuer::generate_pem().unwrap();
        let password_pepper = Some(auth::generate_pepper());
        let pepper = auth::PasswordPepper { password_pepper, password_pepper_file: None };
        let (mut gateways, mut services, mut running) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..plan.instances {
            let (auth_grpc, auth_url) = testing::grpc();
            let (trades_grpc, trades_url) = testing::grpc();
            let (analytics_grpc, analytics_url) = testing::grpc();
            let (notifications_grpc, notifications_url) = testing::grpc();
            let identity = identity::Settings { auth_url: auth_url.clone(), jwks: None };
            let config = auth::Config {
                grpc: auth_grpc,
                admin: testing::admin(),
                postgres: auth.settings(),
                events: plan.events.clone(),
                signing_key: auth::SigningKey { signing_key: Some(pem.clone()), signing_key_file: None },
                password_pepper: pepper.clone(),
                require_verified_email: false,
                cleanup_every: plan.cleanup_every,
                telemetry: testing::telemetry(),
            };
            running.push(start(|shutdown| auth::run(config, shutdown)));
            let config = trades::Config {
                grpc: trades_grpc,
                admin: testing::admin(),
                postgres: trades.settings(),
                events: plan.events.clone(),
                identity: identity.clone(),
                uploads: trades::config::Uploads {
                    object_store_url: store.clone(),
                    max_upload_bytes: 10 * 1024 * 1024,
                },
                telemetry: testing::telemetry(),
            };
            running.push(start(|shutdown| trades::run(config, shutdown)));
            let config = analytics::Config {
                trades_url: trades_url.clone(),
                grpc: analytics_grpc,
                admin: testing::admin(),
                postgres: analytics.settings(),
                events: plan.events.clone(),
                identity: identity.clone(),
                telemetry: testing::telemetry(),
            };
            running.push(start(|shutdown| analytics::run(config, shutdown)));
            let config = notifications::Config {
                grpc: notifications_grpc,
                admin: testing::admin(),
                postgres: notifications.settings(),
                redis: plan.redis.clone(),
                events: plan.events.clone(),
                identity: identity.clone(),
                mail: plan.mail(),
                telemetry: testing::telemetry(),
            };
            running.push(start(|shutdown| notifications::run(config, shutdown)));
            let http_address = Listen::on_free_port().unwrap();
            gateways.push(http_address.url().unwrap());
            services.extend([auth_url, trades_url.clone(), analytics_url.clone(), notifications_url.clone()]);
            let config = gateway::Config {
                http_address,
                upstreams: Upstreams { trades_url, analytics_url, notifications_url },
                browsers: browsers(),
                max_upload_bytes: 10 * 1024 * 1024,
                request_time: Duration::from_secs(30),
                admin: testing::admin(),
                rate_limits: plan.rate_limits.clone(),
                connections: plan.connections.clone(),
                proxies: Proxies { trusted_proxies: Vec::new() },
                redis: plan.redis.clone(),
                identity,
                telemetry: testing::telemetry(),
            };
            running.push(start(|shutdown| gateway::run(config, shutdown)));
        }
        let fleet = Self {
            gateways,
            services,
            signing_key: pem,
            auth,
            trades,
            analytics,
            notifications,
            uploads,
            _running: running,
        };
        fleet.until_ready().await;
        fleet
    }

    /// The first gateway's URL.
    pub fn gateway(&self) -> &str {
        &self.gateways[0]
    }

    /// How many files are stored.
    pub fn stored_files(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
        }
        count(self.uploads.path())
    }

    async fn until_ready(&self) {
        for gateway in &self.gateways {
            eventually("every gateway to be ready", async || {
                let answer = reqwest::get(format!("{gateway}/ready")).await.ok()?;
                answer.status().is_success().then_some(())
            })
            .await;
        }
    }
}
