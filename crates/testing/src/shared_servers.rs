//! Which servers the tests of this process use.

use servers::{Installation, SearchPath, Servers, Settings};
use std::sync::LazyLock;

/// Started when the first test asks, stopped (and their folder deleted) when this process ends.
static OWN: LazyLock<Servers> = LazyLock::new(|| {
    Servers::start(&installation(), &Settings::scratch().unwrap()).expect("the test servers do not start")
});

/// What this machine's servers are started from.
pub(crate) fn installation() -> Installation {
    Installation::find(&SearchPath::of_system()).expect("`cargo dev test` installs what is missing")
}

#[expect(clippy::disallowed_methods, reason = "the one place where tests read their environment")]
fn given(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// URL of a PostgreSQL login that may create databases and roles.
pub(crate) fn database_url() -> String {
    given("TEST_DATABASE_URL").unwrap_or_else(|| OWN.postgres.admin_url())
}

/// URL of Redis.
pub(crate) fn redis_url() -> String {
    given("TEST_REDIS_URL").unwrap_or_else(|| OWN.redis.url())
}

/// URL of RabbitMQ.
pub(crate) fn amqp_url() -> String {
    given("TEST_AMQP_URL").unwrap_or_else(|| OWN.rabbitmq.url())
}

/// True where the SDK's own variables lead to a stand-in for AWS.
pub(crate) fn has_aws() -> bool {
    given("TEST_AWS_URL").is_some()
}
