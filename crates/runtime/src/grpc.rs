//! gRPC between services: servers that trace, measure and bound each call, and links that do all that a call needs on its way.

mod breaker;
mod code;
mod deadline;
mod instances;
mod link;
mod message;
mod observe;
mod outcome;
mod resolve;
mod retries;

pub use link::Link;
use link::Reach;
pub use resolve::Resolve;

use crate::{
    Clock, Service,
    peers::{DoorLayer, Doorkeeper},
    settings,
};
use anyhow::Context as _;
use deadline::DeadlineLayer;
use observe::ObserveLayer;
use std::{sync::Arc, time::Duration};
use tonic::{
    service::Routes,
    transport::{Server, server::TcpIncoming},
};

const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(10);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(5);
/// Clients connect anew after this time, so that new instances get their share. Calls under way are finished first.
const CONNECTION_AGE: Duration = Duration::from_mins(5);
/// Calls at once on one connection.
const MOST_STREAMS: u32 = 1024;

/// Serves `routes` until the service stops, to services that are known; adds the gRPC health service and a span and metrics for each
/// call.
pub async fn serve(service: &mut Service, settings: &settings::Grpc, routes: Routes) -> anyhow::Result<()> {
    // On each accepted connection: the server's own setting does nothing for a listener that was bound before, and the end of every
    // answer would wait for the client's acknowledgement of its beginning, which comes up to 40 ms later.
    let incoming = TcpIncoming::from(settings.grpc_address.bind()?).with_nodelay(Some(true));
    let keys = settings.service_keys.open(service.secrets()).await?;
    let doorkeeper = Doorkeeper::new(service.name(), keys, Clock::system()).context("SERVICE_KEYS")?;
    let door = DoorLayer(Arc::new(doorkeeper));
    let stopping = service.stopping();
    let (_, health) = tonic_health::server::health_reporter();
    let routes = routes.add_service(health);
    service.spawn("grpc", async move {
        Server::builder()
            .http2_keepalive_interval(Some(KEEPALIVE_INTERVAL))
            .http2_keepalive_timeout(Some(KEEPALIVE_TIMEOUT))
            .max_connection_age(CONNECTION_AGE)
            .max_concurrent_streams(MOST_STREAMS)
            .layer(ObserveLayer)
            .layer(door)
            .layer(DeadlineLayer)
            .add_routes(routes)
            .serve_with_incoming_shutdown(incoming, stopping.cancelled_owned())
            .await
            .context("the gRPC server failed")
    });
    Ok(())
}
