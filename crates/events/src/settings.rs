//! Which RabbitMQ, and under which names.

use clap::Args;
use secrecy::SecretString;

/// RabbitMQ, which carries events between services. While it is away, events wait in the outbox.
#[derive(Args, Clone, Debug)]
#[group(id = "events")]
#[command(next_help_heading = "RabbitMQ")]
pub struct Settings {
    /// URL of RabbitMQ.
    #[arg(long, env = "AMQP_URL", hide_env_values = true, default_value = "amqp://127.0.0.1:5672/%2f")]
    pub amqp_url: SecretString,
    /// Prefix of the exchange's and every queue's name.
    #[arg(long, env = "AMQP_PREFIX", default_value = "")]
    pub amqp_prefix: String,
}
