//! The way to another service: each call carries who makes it, the trace and what is left of its time, goes to the least busy instance, is made
//! again where that does no harm, and is not even made while the service is down.

use super::{
    breaker::{Breaker, Leave},
    code,
    deadline::{self, LONGEST},
    instances::{Instances, Pending},
    message::Message,
    outcome::{Outcome, is_healthy},
    resolve::{Names, Resolve},
    retries::{self, Budget, MOST_TRIES},
};
use crate::{
    peers::{Badge, SERVICE_TOKEN},
    propagation,
    secrets::Secret,
    settings::Calls,
    status,
};
use anyhow::Context as _;
use http::{HeaderMap, HeaderValue, Request, Response, Uri, request::Parts};
use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::Instant;
use tonic::{Code, Status, body::Body, transport::Endpoint};
use tower::{Service, ServiceExt as _};

const CONNECT_DEADLINE: Duration = Duration::from_secs(2);
/// Who does not answer within less time may be sound all the same.
const FAIR_TIME: Duration = Duration::from_millis(500);

/// A channel to another service. It connects when it is first used, and again when it broke. Clones share connections, breaker and
/// retry budget, which are of this service alone.
#[derive(Clone, Debug)]
pub struct Link {
    peer: &'static str,
    instances: Instances,
    breaker: Arc<Breaker>,
    budget: Arc<Budget>,
    badge: Badge,
}

/// What a link is told about its peer.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    pub peer: &'static str,
    pub connections: usize,
    pub look_every: Duration,
}

impl Link {
    /// The service `peer` behind `urls` (separated by commas), each of which may stand for several instances. `key` shows it who
    /// calls. Needs a tokio runtime.
    pub fn new(peer: &'static str, urls: &str, calls: &Calls, key: &Secret) -> anyhow::Result<Self> {
        // As each service's setting is called.
        let setting = || format!("{}_URL is malformed (http://host:port)", peer.to_uppercase());
        let parse = |url: &str| url.trim().parse::<Uri>().with_context(|| format!("{url} is not a URL"));
        let urls = urls.split(',').map(parse).collect::<anyhow::Result<Vec<_>>>().with_context(setting)?;
        let origin = urls.first().with_context(setting)?;
        Self::with_resolver(peer, origin, calls, key, Names::of(&urls).with_context(setting)?)
    }

    /// The service `peer` whose instances `resolve` tells; `origin` is what they are called in requests.
    pub fn with_resolver(
        peer: &'static str,
        origin: &Uri,
        calls: &Calls,
        key: &Secret,
        resolve: impl Resolve,
    ) -> anyhow::Result<Self> {
        let endpoint = Endpoint::from_shared(origin.to_string())?;
        let reach =
            Reach { peer, connections: calls.grpc_connections.into(), look_every: calls.grpc_look_every };
        Ok(Self {
            peer,
            instances: Instances::follow(endpoint, resolve, &reach),
            breaker: Arc::new(Breaker::new(peer)),
            budget: Arc::default(),
            badge: Badge::new(key, peer)?,
        })
    }

    /// True while calls fail at once, because most failed of late.
    pub fn is_broken(&self) -> bool {
        self.breaker.is_open()
    }

    async fn call_within(self, time: Duration, request: Request<Body>) -> Result<Response<Body>, Status> {
        let Some(leave) = self.breaker.admit(Instant::now()) else { return Err(self.refusal()) };
        let mut under_way = None;
        let answer = crate::deadline::within(time, self.attempts(request, &mut under_way)).await;
        if let Ok(answer) = answer {
            self.breaker.record(&leave, is_healthy(&answer), Instant::now());
            return answer;
        }
        if time >= FAIR_TIME || leave == Leave::Probe {
            self.breaker.record(&leave, false, Instant::now());
            if let Some(pending) = &under_way {
                self.instances.note_failure(pending);
            }
        }
        Err(deadline::expired())
    }

    async fn attempts(
        &self,
        request: Request<Body>,
        under_way: &mut Option<Pending>,
    ) -> Result<Response<Body>, Status> {
        self.budget.earn();
        let (head, body) = request.into_parts();
        let may_repeat = retries::is_idempotent(head.uri.path(), &head.headers);
        let (mut message, mut tried) = (Message::of(body).await, Vec::new());
        for tries in 1.. {
            let (body, kept) = message.split();
            let pending = under_way.insert(self.pick(&tried).await?);
            tried.push(pending.address());
            let outcome = attempt(pending, head.clone(), body).await;
            if outcome.is_failure() {
                self.instances.note_failure(pending);
            }
            let Some(kept) = kept.filter(|_| tries < MOST_TRIES) else { return outcome.into_answer() };
            let again = match &outcome {
                Outcome::Answered(_) => false,
                // Nobody has looked at it: it is no load for anybody.
                Outcome::NeverSent(_) | Outcome::Starting(_) => true,
                Outcome::Unavailable(_) | Outcome::Broken(_) => may_repeat && self.budget.spend(),
            };
            if !again {
                return outcome.into_answer();
            }
            metrics::counter!("rpc.retries", "peer" => self.peer).increment(1);
            if !matches!(outcome, Outcome::NeverSent(_)) {
                tokio::time::sleep(retries::wait(tries)).await;
            }
            message = kept;
        }
        Err(self.refusal())
    }

    async fn pick(&self, tried: &[std::net::SocketAddr]) -> Result<Pending, Status> {
        let picked = tokio::time::timeout(CONNECT_DEADLINE, self.instances.pick(tried)).await;
        picked
            .ok()
            .flatten()
            .ok_or_else(|| Status::unavailable(format!("no instance of {} is known", self.peer)))
    }

    fn refusal(&self) -> Status {
        status::later(Code::Unavailable, "unavailable", format!("{} is not available", self.peer), FAIL_FAST)
    }
}

/// When a call that was not made is worth another try.
const FAIL_FAST: Duration = Duration::from_secs(1);

async fn attempt(pending: &Pending, head: Parts, body: Body) -> Outcome {
    match pending.channel() {
        Some(channel) => Outcome::of(channel.oneshot(Request::from_parts(head, body)).await),
        None => Outcome::NeverSent(Status::unavailable("there is no connection")),
    }
}

/// Settings of every connection.
pub(super) fn tuned(endpoint: Endpoint) -> Endpoint {
    endpoint
        .connect_timeout(CONNECT_DEADLINE)
        .tcp_nodelay(true)
        .http2_keep_alive_interval(super::KEEPALIVE_INTERVAL)
        .keep_alive_timeout(super::KEEPALIVE_TIMEOUT)
        .keep_alive_while_idle(true)
}

impl Service<Request<Body>> for Link {
    type Response = Response<Body>;
    type Error = Status;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Status>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let time = time_of(request.headers());
        carry_trace(request.headers_mut());
        deadline::carry(request.headers_mut(), time);
        if let Some(token) = self.badge.token() {
            request.headers_mut().insert(SERVICE_TOKEN, token);
        }
        let (link, started) = (self.clone(), Instant::now());
        Box::pin(async move {
            let (peer, method) = (link.peer, request.uri().path().trim_start_matches('/').to_owned());
            let answer = link.call_within(time, request).await;
            let code = answer.as_ref().map_or_else(Status::code, |answer| code::told_by(answer.headers()));
            metrics::histogram!("rpc.client.call.duration",
                "peer" => peer, "rpc.method" => method, "rpc.response.status_code" => code::name(code))
            .record(started.elapsed().as_secs_f64());
            answer
        })
    }
}

/// What is left to the request that a call is made for, or less if the call asks for less.
fn time_of(headers: &HeaderMap) -> Duration {
    let asked = deadline::asked_for(headers).unwrap_or(LONGEST);
    crate::deadline::left().map_or(asked, |left| asked.min(left))
}

fn carry_trace(headers: &mut HeaderMap) {
    if let Some(Ok(value)) = propagation::traceparent().map(HeaderValue::try_from) {
        headers.insert(propagation::TRACEPARENT, value);
    }
}
