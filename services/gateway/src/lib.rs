//! The public door: REST and JSON over HTTP, live messages over WebSocket.
//!
//! A request walks: `layers` (id, span, time-out, limits, headers) -> `routes/<area>.rs` (JSON to protobuf) -> one gRPC
//! call to a service, in the caller's name -> `wire/<area>.rs` (protobuf to JSON), or `problem` when it failed.
//! It checks the access token itself (`signed_in`, `key_exchange` for API keys, `journal_owner` for mentors), and the service checks it again.
//!
//! - `limits`, `bulkheads`, `serving`: how often, how many at once, how slowly;
//! - `web`: the web client's files;
//! - `once`, `conditional`: writes that are done once, or only to what their caller has seen;
//! - `cursors`: places in lists, under a signature; `cache`: answers that may be given again. Nothing is lost with what is kept here.

mod app;
mod bulkheads;
mod cache;
mod client_address;
mod conditional;
mod config;
mod cookies;
mod cursors;
mod device_name;
mod documentation;
mod extract;
mod journal_owner;
mod key_exchange;
mod layers;
mod limits;
mod once;
mod origin;
mod problem;
mod routes;
mod serving;
mod shares;
mod signed_in;
mod web;
mod wire;

use app::App;
use axum::{Router, extract::ConnectInfo};
use runtime::{Clock, Service, Shutdown, health};
use std::net::SocketAddr;

pub use bulkheads::{Bulkheads, Room};
pub use cache::CacheSettings;
pub use client_address::Proxies;
pub use config::{Browsers, Budgets, Config, Upstreams};
pub use cursors::{CursorKeys, generate_cursor_key};
pub use documentation::openapi_json;
pub use limits::{Quota, RateLimits};
pub use serving::Connections;
pub use web::WebClient;

/// The peer's address, known to handlers.
pub(crate) type Peer = ConnectInfo<SocketAddr>;

/// Serves until `shutdown` is requested.
pub async fn run(config: Config, shutdown: Shutdown) -> anyhow::Result<()> {
    let mut service = Service::new("gateway", shutdown, &config.admin);
    runtime::telemetry::install_metrics()?;
    health::serve_admin(&mut service, &config.admin.admin_address)?;
    let app = Box::pin(App::connect(&mut service, &config, Clock::system())).await?;
    let router = router(&app, &config)?;
    let (listener, stopping) = (config.http_address.bind()?, service.stopping());
    let limits = (config.connections.clone(), app.proxies.clone());
    service.spawn("http", serving::serve(listener, router, limits, stopping));
    let (sockets, stopping) = (app.sockets.clone(), service.stopping());
    service.spawn("sockets", async move {
        stopping.cancelled().await;
        sockets.close();
        sockets.wait().await;
        Ok(())
    });
    service.run().await
}

fn router(app: &App, config: &Config) -> anyhow::Result<Router> {
    let routes = routes::all(config).with_state(app.clone()).merge(documentation::routes());
    layers::around(routes, app, config)
}
