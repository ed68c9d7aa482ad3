//! One of each service, and how it is configured.

use super::{Plan, Site};
use gateway::{Browsers, Upstreams};
use runtime::{
    Listen,
    secrets::Given,
    settings::{self, DatabaseLogin, Grpc},
};
use testing::{Running, TestDatabase, start};

/// A port for each service.
pub struct Doors {
    pub gateway: Listen,
    auth: (Grpc, String),
    trades: (Grpc, String),
    analytics: (Grpc, String),
    notifications: (Grpc, String),
}

impl Doors {
    pub fn open() -> Self {
        Self {
            gateway: Listen::on_free_port().unwrap(),
            auth: testing::grpc(),
            trades: testing::grpc(),
            analytics: testing::grpc(),
            notifications: testing::grpc(),
        }
    }

    /// gRPC URLs of all services.
    pub fn services(&self) -> [String; 4] {
        [&self.auth, &self.trades, &self.analytics, &self.notifications].map(|(_, url)| url.clone())
    }

    fn identity(&self, of: &str, plan: &Plan) -> identity::Settings {
        let jwks_refresh = plan.jwks_refresh;
        let usual = identity::Settings::of(self.auth.1.clone(), testing::calls_of(of));
        identity::Settings { jwks_refresh, ..usual }
    }
}

impl Site {
    /// Starts one of each service.
    pub(super) fn start_instance(&self, plan: &Plan, doors: Doors) -> [Running; 5] {
        let (auth, trades) = (self.auth_service(plan, &doors), self.trades_service(plan, &doors));
        let analytics = self.analytics_service(plan, &doors);
        let notifications = self.notifications_service(plan, &doors);
        let gateway = gateway_service(plan, self.cursor_key.clone().into(), doors);
        [
            start(|shutdown| auth::run(auth, shutdown)),
            start(|shutdown| trades::run(trades, shutdown)),
            start(|shutdown| analytics::run(analytics, shutdown)),
            start(|shutdown| notifications::run(notifications, shutdown)),
            start(|shutdown| gateway::run(gateway, shutdown)),
        ]
    }

    fn auth_service(&self, plan: &Plan, doors: &Doors) -> auth::Config {
        auth::Config {
            grpc: doors.auth.0.clone(),
            admin: admin(plan),
            postgres: database(&self.auth, &plan.logins[0]),
            events: plan.events.clone(),
            signing_key: self.signing_key.clone().into(),
            key_rotation: plan.key_rotation.clone(),
            password_pepper: self.password_pepper.clone().into(),
            oidc_providers: plan.oidc_providers.clone().into(),
            public_url: doors.gateway.url().unwrap(),
            passkeys: auth::Passkeys {
                passkey_domain: "localhost".to_owned(),
                passkey_origins: vec!["http://localhost:8080".to_owned()],
            },
            vault_key: self.vault_key.clone().into(),
            require_verified_email: false,
            cleanup_every: plan.cleanup_every,
            telemetry: testing::telemetry(),
        }
    }

    fn trades_service(&self, plan: &Plan, doors: &Doors) -> trades::Config {
        trades::Config {
            grpc: doors.trades.0.clone(),
            admin: admin(plan),
            postgres: database(&self.trades, &plan.logins[1]),
            events: plan.events.clone(),
            identity: doors.identity("trades", plan),
            uploads: trades::config::Uploads {
                object_store_url: format!("file://{}", self.uploads.path().display()),
                max_upload_bytes: 10 << 20,
            },
            telemetry: testing::telemetry(),
        }
    }

    fn analytics_service(&self, plan: &Plan, doors: &Doors) -> analytics::Config {
        analytics::Config {
            trades_url: doors.trades.1.clone(),
            grpc: doors.analytics.0.clone(),
            admin: admin(plan),
            postgres: database(&self.analytics, &plan.logins[2]),
            replica: settings::Replica::default(),
            events: plan.events.clone(),
            identity: doors.identity("analytics", plan),
            telemetry: testing::telemetry(),
        }
    }

    fn notifications_service(&self, plan: &Plan, doors: &Doors) -> notifications::Config {
        notifications::Config {
            grpc: doors.notifications.0.clone(),
            admin: admin(plan),
            postgres: database(&self.notifications, &plan.logins[3]),
            redis: plan.redis.clone(),
            events: plan.events.clone(),
            identity: doors.identity("notifications", plan),
            mail: notifications::mail::Settings {
                smtp_url: plan.smtp_url.clone().into(),
                mail_from: plan.smtp_url.as_ref().map(|_| "journal@example.com".parse().unwrap()),
                public_url: "http://127.0.0.1".to_owned(),
            },
            telemetry: testing::telemetry(),
        }
    }
}

fn admin(plan: &Plan) -> settings::Admin {
    settings::Admin { secrets: plan.secrets.clone(), ..testing::admin() }
}

fn database(database: &TestDatabase, login: &Given<DatabaseLogin>) -> settings::Postgres {
    settings::Postgres { database_login: login.clone(), ..database.settings() }
}

fn gateway_service(plan: &Plan, cursor_keys: Given<gateway::CursorKeys>, doors: Doors) -> gateway::Config {
    let identity = doors.identity("gateway", plan);
    gateway::Config {
        http_address: doors.gateway,
        upstreams: Upstreams {
            trades_url: doors.trades.1,
            analytics_url: doors.analytics.1,
            notifications_url: doors.notifications.1,
        },
        browsers: Browsers {
            cors_origins: vec!["https://app.journal.example".to_owned()],
            cookie_secure: false,
        },
        max_upload_bytes: 10 << 20,
        budgets: plan.budgets.clone(),
        bulkheads: plan.bulkheads.clone(),
        admin: admin(plan),
        rate_limits: plan.rate_limits.clone(),
        connections: plan.connections.clone(),
        proxies: plan.proxies.clone(),
        redis: plan.redis.clone(),
        cursor_keys,
        web: plan.web.clone(),
        cache: plan.cache.clone(),
        identity,
        telemetry: testing::telemetry(),
    }
}
