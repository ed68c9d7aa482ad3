//! What can be set about connections.

use super::Pace;
use clap::Args;
use runtime::settings;
use std::{num::NonZeroU32, time::Duration};

/// How many connections there may be, and how slow.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Connections")]
pub struct Connections {
    /// Most open connections; one more is answered with 503.
    #[arg(long, env = "MAX_CONNECTIONS", default_value = "10000")]
    pub max_connections: NonZeroU32,
    /// Most open connections of one address (an IPv6 network of 64 bits) that is no trusted proxy; one more is answered with 429.
    #[arg(long, env = "MAX_CONNECTIONS_PER_ADDRESS", default_value = "500")]
    pub max_connections_per_address: NonZeroU32,
    /// Most requests at once on one HTTP/2 connection.
    #[arg(long, env = "MAX_STREAMS", default_value = "100")]
    pub max_streams: u32,
    /// Seconds within which a request's head must be there, from its first byte (the first one: from the connection) on.
    #[arg(long = "header-seconds", env = "HEADER_SECONDS", default_value = "10", value_parser = settings::seconds)]
    pub header_time: Duration,
    /// Seconds that a connection may stay open without a request: longer than the load balancer keeps it.
    #[arg(long = "idle-seconds", env = "IDLE_SECONDS", default_value = "75", value_parser = settings::seconds)]
    pub idle_time: Duration,
    /// Bytes a second that bodies must arrive with, and answers be taken with, at least.
    #[arg(long, env = "MIN_BYTES_PER_SECOND", default_value = "1024")]
    pub min_bytes_per_second: NonZeroU32,
    /// Seconds of silence within a body that are forgiven before that.
    #[arg(long = "patience-seconds", env = "PATIENCE_SECONDS", default_value = "15", value_parser = settings::seconds)]
    pub patience: Duration,
}

impl Connections {
    pub(crate) fn pace(&self) -> Pace {
        Pace::new(self.min_bytes_per_second, self.patience)
    }
}
