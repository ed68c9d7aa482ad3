//! Settings that point a service at the test servers, under names of its own.

use crate::{peers::service_keys, shared_servers};
use runtime::{Listen, settings};
use std::time::Duration;
use uuid::Uuid;

/// Redis, with a key prefix that no other test uses.
pub fn redis_settings() -> settings::Redis {
    settings::Redis {
        redis_url: shared_servers::redis_url().into(),
        redis_prefix: format!("test-{}:", Uuid::now_v7().simple()),
    }
}

/// A Redis that refuses every connection.
pub fn unreachable_redis() -> settings::Redis {
    settings::Redis { redis_url: "redis://127.0.0.1:1".into(), redis_prefix: "nowhere:".to_owned() }
}

/// RabbitMQ, with a prefix of exchange and queue names that no other test uses, for a service by itself.
pub fn events_settings() -> events::Settings {
    events::Settings {
        amqp_url: shared_servers::amqp_url().into(),
        amqp_prefix: format!("test-{}.", Uuid::now_v7().simple()),
        amqp_alone: true,
    }
}

/// The admin port on a free port, without a drain.
pub fn admin() -> settings::Admin {
    settings::Admin {
        admin_address: Listen::on_free_port().unwrap(),
        drain: Duration::ZERO,
        secrets: settings::SecretsManager::default(),
    }
}

/// The gRPC port on a free port, and its URL.
pub fn grpc() -> (settings::Grpc, String) {
    let listen = Listen::on_free_port().unwrap();
    let url = listen.url().unwrap();
    (settings::Grpc { grpc_address: listen, service_keys: service_keys().into() }, url)
}

/// Telemetry settings, which `run(config, ..)` does not read: only `main` starts telemetry.
pub fn telemetry() -> settings::Telemetry {
    settings::Telemetry {
        log_format: settings::LogFormat::Text,
        log: "info".to_owned(),
        otlp_endpoint: None,
        environment: "test".to_owned(),
    }
}
