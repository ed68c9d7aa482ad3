//! gRPC between services: servers that trace and measure each call, and channels that carry the trace on.

mod observe;

use crate::{Listen, Service, propagation};
use anyhow::Context as _;
use observe::ObserveLayer;
use std::time::Duration;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Request, Status,
    metadata::AsciiMetadataValue,
    service::{Interceptor, Routes, interceptor::InterceptedService},
    transport::{Channel, Endpoint, Server},
};

const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(5);

/// A channel to another service that carries the current trace.
pub type Link = InterceptedService<Channel, CarryTrace>;

/// Adds the current span's `traceparent` to each call.
#[derive(Clone, Copy, Debug, Default)]
pub struct CarryTrace;

impl Interceptor for CarryTrace {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(traceparent) = propagation::traceparent()
            && let Ok(value) = AsciiMetadataValue::try_from(traceparent)
        {
            request.metadata_mut().insert(propagation::TRACEPARENT, value);
        }
        Ok(request)
    }
}

/// A channel that connects when it is first used, and again when it broke.
pub fn link(url: &str) -> anyhow::Result<Link> {
    let endpoint = Endpoint::from_shared(url.to_owned())
        .with_context(|| format!("{url} is not a URL"))?
        .connect_timeout(Duration::from_secs(2))
        .tcp_nodelay(true)
        .http2_keep_alive_interval(KEEPALIVE_INTERVAL)
        .keep_alive_timeout(KEEPALIVE_TIMEOUT)
        .keep_alive_while_idle(true);
    Ok(InterceptedService::new(endpoint.connect_lazy(), CarryTrace))
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
            .add_routes(routes)
            .serve_with_incoming_shutdown(incoming, stopping.cancelled_owned())
            .await
            .context("the gRPC server failed")
    });
    Ok(())
}
