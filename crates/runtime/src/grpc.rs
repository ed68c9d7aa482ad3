//! gRPC between services: servers that trace, measure and bound each call, and channels that carry the trace and the deadline on.

mod deadline;
mod link;
mod observe;

pub use link::Link;

use crate::{Listen, Service};
use anyhow::Context as _;
use deadline::DeadlineLayer;
use observe::ObserveLayer;
use std::time::Duration;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{service::Routes, transport::Server};

const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(5);

/// A channel that connects when it is first used, and again when it broke.
pub fn link(url: &str) -> anyhow::Result<Link> {
    Link::new(url)
}

/// Serves `routes` until the service stops; adds the gRPC health service and a span and metrics for each call.
pub fn serve(service: &mut Service, listen: &Listen, routes: Routes) -> anyhow::Result<()> {
    let incoming = TcpListenerStream::new(listen.bind()?);
    let stopping = service.stopping();
    let (_, health) = tonic_health::server::health_reporter();
    let routes = routes.add_service(health);
    service.spawn("grpc", async move {
        Server::builder()
            .tcp_nodelay(true)
            .http2_keepalive_interval(Some(KEEPALIVE_INTERVAL))
            .http2_keepalive_timeout(Some(KEEPALIVE_TIMEOUT))
            .layer(ObserveLayer)
            .layer(DeadlineLayer)
            .add_routes(routes)
            .serve_with_incoming_shutdown(incoming, stopping.cancelled_owned())
            .await
            .context("the gRPC server failed")
    });
    Ok(())
}
