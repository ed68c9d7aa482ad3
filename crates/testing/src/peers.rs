//! Services that know each other: a key for each, one set a process.

use runtime::{grpc::Link, peers::ServiceKey, secrets::Secret, settings};
use secrecy::SecretString;
use std::{collections::BTreeMap, sync::LazyLock, time::Duration};

static KEYS: LazyLock<BTreeMap<&str, SecretString>> = LazyLock::new(|| {
    let names = ["gateway", "auth", "trades", "analytics", "notifications"];
    names.map(|name| (name, ServiceKey::generate(name).unwrap())).into()
});

/// The key of a service.
pub fn service_key(name: &str) -> SecretString {
    KEYS[name].clone()
}

/// The public keys of all services.
pub fn service_keys() -> String {
    let entries = KEYS.values().map(|key| ServiceKey::parse(key).unwrap().public_entry());
    entries.collect::<Vec<_>>().join(",")
}

/// How the service `name` calls others: as by default, but it notices sooner what became of them.
pub fn calls_of(name: &str) -> settings::Calls {
    settings::Calls {
        grpc_connections: 2,
        grpc_look_every: Duration::from_secs(1),
        service_key: service_key(name).into(),
    }
}

/// A link of the gateway to the service `peer` behind `url`.
pub fn link(peer: &'static str, url: &str) -> Link {
    Link::new(peer, url, &calls_of("gateway"), &Secret::fixed(service_key("gateway"))).unwrap()
}
