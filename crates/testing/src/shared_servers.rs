//! Which servers the tests of this process use.

use std::env::VarError;

#[expect(clippy::disallowed_methods, reason = "the one place where tests read their environment")]
fn variable(name: &str) -> Result<String, VarError> {
    std::env::var(name)
}

/// URL of a PostgreSQL login that may create databases and roles.
pub(crate) fn database_url() -> String {
    variable("TEST_DATABASE_URL").expect("TEST_DATABASE_URL is not set")
}

/// URL of Redis.
pub(crate) fn redis_url() -> String {
    variable("TEST_REDIS_URL").expect("TEST_REDIS_URL is not set")
}

/// URL of RabbitMQ.
pub(crate) fn amqp_url() -> String {
    variable("TEST_AMQP_URL").expect("TEST_AMQP_URL is not set")
}
