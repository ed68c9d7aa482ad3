//! Serves connections: how many, how long each may be silent or slow, and how they end when the process does.
//!
//! ```text
//! accept -> crowd (is there room?) -> stream (bytes, at a decent pace) -> hyper -> layers and routes
//!                                  \-> watch  (stage: no request for too long ends the connection)
//! ```

mod answer;
mod crowd;
mod given;
mod heads;
mod pace;
mod raw;
mod settings;
mod stage;
mod stream;

pub use settings::Connections;

pub(crate) use crowd::Place;
pub(crate) use pace::Pace;
pub(crate) use stage::TwoLengths;

use crate::{Proxies, shares::Refused};
use axum::{Router, body::Body, extract::ConnectInfo};
use crowd::Crowd;
use http::{HeaderValue, Version, header};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use stage::Stage;
use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use stream::PacedStream;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt as _;

/// Everything that a request line and its headers may take. Cookies and tokens are a tenth of that.
pub(crate) const MAX_HEAD_BYTES: usize = 32 * 1024;
/// Pings find out within this time that the other end of an HTTP/2 connection is gone.
const PING_EVERY: Duration = Duration::from_secs(20);
/// How long a farewell to a refused connection may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// When files run out, one waits for connections to end.
const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// Serves until `stopping`, then until every connection has ended.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    (connections, proxies): (Connections, Arc<Proxies>),
    stopping: CancellationToken,
) -> anyhow::Result<()> {
    let server = Arc::new(Server {
        crowd: Crowd::new(&connections),
        http: builder(&connections),
        connections,
        router,
    });
    let tasks = TaskTracker::new();
    loop {
        let (stream, peer) = tokio::select! {
            () = stopping.cancelled() => break,
            accepted = accept(&listener) => accepted,
        };
        let told_apart = !proxies.trusts(peer.ip().to_canonical());
        match server.crowd.enter(peer.ip(), told_apart) {
            Ok(place) => {
                let (server, stopping) = (server.clone(), stopping.clone());
                tasks.spawn(async move { server.converse(stream, (peer, place), stopping).await });
            }
            Err(refused) => {
                metrics::counter!("http.connections.refused").increment(1);
                if let Some(place) = server.crowd.to_be_told() {
                    tasks.spawn(async move {
                        let _ = tokio::time::timeout(FAREWELL, farewell(stream, refused)).await;
                        drop(place);
                    });
                }
            }
        }
    }
    drop(listener);
    tasks.close();
    tasks.wait().await;
    Ok(())
}

fn builder(connections: &Connections) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(None).max_buf_size(MAX_HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(connections.max_streams)
        .max_send_buf_size(answer::PIECE)
        // What is beyond this is refused without a word of ours; what is beyond that, by `layers`.
        .max_header_list_size(u32::try_from(2 * MAX_HEAD_BYTES).unwrap_or(u32::MAX))
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(connections.header_time);
    builder
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(error = runtime::report::chain(&error), "cannot accept connections");
                tokio::time::sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    [ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind())
}

/// Says why there is no room, and reads what the client had sent: a reset would swallow the answer.
async fn farewell(mut stream: TcpStream, refused: Refused) -> io::Result<()> {
    use tokio::io::{AsyncWriteExt as _, copy, sink};
    stream.write_all(&raw::response(&crowd::problem(refused))).await?;
    stream.shutdown().await?;
    copy(&mut stream, &mut sink()).await.map(drop)
}

struct Server {
    crowd: Crowd,
    http: Builder<TokioExecutor>,
    connections: Connections,
    router: Router,
}

impl Server {
    /// Everything that is asked and answered on one connection.
    async fn converse(
        &self,
        stream: TcpStream,
        (peer, place): (SocketAddr, Place),
        stopping: CancellationToken,
    ) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot set TCP_NODELAY");
        }
        let stage = Stage::new(&self.connections);
        let io = TokioIo::new(PacedStream::new(stream, stage.clone(), self.connections.pace()));
        let (answering, router) = (stage.clone(), self.router.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let (mut request, busy) = answering.begin(request.map(Body::new));
            name_host(&mut request);
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(place.clone());
            let answer = router.clone().oneshot(request);
            async move { answer.await.map(|response| busy.until_sent(response)) }
        });
        let mut connection = pin!(self.http.serve_connection_with_upgrades(io, service));
        tokio::select! {
            // What has arrived is read before the clock is asked: after a time without a processor, both are due at once.
            biased;
            ended = connection.as_mut() => return said(ended),
            () = stopping.cancelled() => {}
            () = stage.is_over(&self.connections) => {
                if !stage.is_between_requests() {
                    return;
                }
            }
        }
        // What is under way is finished, nothing new begins.
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            biased;
            ended = connection => said(ended),
            () = stage.is_over(&self.connections) => {}
        }
    }
}

/// HTTP/2 names the host in another place: whoever looks for it finds it in one.
fn name_host(request: &mut Request<Body>) {
    let is_named_elsewhere =
        request.version() == Version::HTTP_2 && !request.headers().contains_key(header::HOST);
    let host = request.uri().authority().filter(|_| is_named_elsewhere);
    let host = host.and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    if let Some(host) = host {
        request.headers_mut().insert(header::HOST, host);
    }
}

fn said(ended: Result<(), Box<dyn std::error::Error + Send + Sync>>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(version: Version, lines: &[(&'static str, &'static str)]) -> Option<String> {
        let mut request = Request::get("http://journal.example:8443/v1/me").version(version);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        name_host(&mut request);
        request.headers().get(header::HOST).map(|host| host.to_str().unwrap().to_owned())
    }

    #[test]
    fn the_authority_of_http_2_is_the_host() {
        assert_eq!(host(Version::HTTP_2, &[]).as_deref(), Some("journal.example:8443"));
        assert_eq!(host(Version::HTTP_2, &[("host", "other.example")]).as_deref(), Some("other.example"));
        assert_eq!(host(Version::HTTP_11, &[]), None);
    }
}
