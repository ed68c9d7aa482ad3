//! All five services in this process, once or twice, on one set of servers.

mod documented;
mod instance;
mod site;

use gateway::{Budgets, Bulkheads, CacheSettings, Connections, Proxies, RateLimits, WebClient};
use instance::Doors;
use runtime::{
    secrets::Given,
    settings::{self, DatabaseLogin},
};
pub use site::Site;
use std::{num::NonZeroU32, ops::Deref, time::Duration};
use testing::{Running, eventually};

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
    /// Where people may sign in instead.
    pub oidc_providers: Option<String>,
    pub connections: Connections,
    pub key_rotation: auth::KeyRotation,
    /// How often whoever verifies tokens asks for the keys.
    pub jwks_refresh: Duration,
    pub cache: CacheSettings,
    pub web: WebClient,
    pub budgets: Budgets,
    pub bulkheads: Bulkheads,
    pub proxies: Proxies,
    /// Who signs in to the databases of auth, trades, analytics and notifications, if not their usual roles.
    pub logins: [Given<DatabaseLogin>; 4],
    pub secrets: settings::SecretsManager,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            instances: 1,
            redis: testing::redis_settings(),
            events: events::Settings { amqp_alone: false, ..testing::events_settings() },
            cleanup_every: Duration::from_mins(10),
            rate_limits: rate_limits("100000/60"),
            smtp_url: None,
            oidc_providers: None,
            connections: connections(),
            key_rotation: auth::KeyRotation::default(),
            jwks_refresh: Duration::from_secs(30),
            cache: CacheSettings { cache_bytes: 64 << 20, cache_time: Duration::from_secs(30) },
            web: WebClient::default(),
            budgets: budgets(Duration::from_secs(30)),
            bulkheads: bulkheads(),
            proxies: Proxies { trusted_proxies: Vec::new() },
            logins: Default::default(),
            secrets: settings::SecretsManager::default(),
        }
    }
}

/// The same budget for most requests; files have a hundred seconds.
pub fn budgets(time: Duration) -> Budgets {
    Budgets { request_time: time, statistics_time: time, file_time: Duration::from_secs(100) }
}

/// Rooms that nobody fills by accident.
pub fn bulkheads() -> Bulkheads {
    let room = "1000/1000/30000".parse().unwrap();
    Bulkheads {
        bulkhead_sign_in: room,
        bulkhead_files: room,
        bulkhead_statistics: room,
        bulkhead_records: room,
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

/// A running product.
pub struct Fleet {
    /// URLs of the gateways.
    pub gateways: Vec<String>,
    /// gRPC URLs of every service, for calls that pass the gateway by.
    pub services: Vec<String>,
    site: Site,
    _running: Vec<Running>,
}

impl Deref for Fleet {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Fleet {
    pub async fn start(plan: Plan) -> Self {
        Self::start_on(Site::prepare().await, plan).await
    }

    /// On a site that was prepared.
    pub async fn start_on(site: Site, plan: Plan) -> Self {
        let (mut gateways, mut services, mut running) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..plan.instances {
            let doors = Doors::open();
            gateways.push(doors.gateway.url().unwrap());
            services.extend(doors.services());
            running.extend(site.start_instance(&plan, doors));
        }
        let fleet = Self { gateways, services, site, _running: running };
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
        count(self.site.uploads.path())
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

impl Drop for Fleet {
    /// Whatever a test was about: no answer is given that the document does not tell of.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let undocumented = documented::undocumented();
            assert!(
                undocumented.is_empty(),
                "the OpenAPI document does not tell of these answers: {undocumented:#?}"
            );
        }
    }
}
