//! Which RabbitMQ, and under which names.

use clap::Args;
use runtime::secrets::{Given, Named};

/// RabbitMQ, which carries events between services. While it is away, events wait in the outbox.
#[derive(Args, Clone, Debug)]
#[group(id = "events")]
#[command(next_help_heading = "RabbitMQ")]
pub struct Settings {
    /// Where RabbitMQ is.
    #[command(flatten)]
    pub amqp_url: Given<AmqpUrl>,
    /// Prefix of the exchange's and every queue's name.
    #[arg(long, env = "AMQP_PREFIX", default_value = "")]
    pub amqp_prefix: String,
    /// True for a service that a test runs by itself: queues of services that never come are not declared, and what nobody else
    /// wants stays in the outbox.
    #[arg(skip)]
    pub amqp_alone: bool,
}

/// Where RabbitMQ is.
#[derive(Debug)]
pub enum AmqpUrl {}

impl Named for AmqpUrl {
    const NAME: &'static str = "AMQP_URL";
    const MEANING: &'static str = "URL of RabbitMQ";
    const ADVICE: &'static str = "amqp://user:password@host:port/virtual-host";
    const DEFAULT: Option<&'static str> = Some("amqp://127.0.0.1:5672/%2f");
}
