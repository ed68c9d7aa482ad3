//! The instances of a service: all that its name stands for, and which of them gets the next call.

use super::{Reach, resolve::Resolve};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout},
};
use tonic::transport::{Channel, Endpoint};

/// How long an instance that failed gets no calls, while others are there.
const PENALTY: Duration = Duration::from_secs(1);
const LOOK_DEADLINE: Duration = Duration::from_secs(2);
/// Failures do not make names be looked up more often than this.
const SOONEST: Duration = Duration::from_secs(1);

/// One instance, and the connections to it.
#[derive(Debug)]
pub(super) struct Instance {
    address: SocketAddr,
    channels: Vec<Channel>,
    turn: AtomicUsize,
    pending: AtomicUsize,
    failed: Mutex<Option<Instant>>,
}

/// All instances that are known. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Instances {
    known: watch::Receiver<Arc<[Arc<Instance>]>>,
    failure: Arc<Notify>,
    turn: Arc<AtomicUsize>,
}

/// A call under way.
#[derive(Debug)]
pub(super) struct Pending(Arc<Instance>);

impl Instances {
    /// Looks the instances up now, every [`Reach::look_every`], and soon after a failure, for as long as anybody holds this.
    pub fn follow(endpoint: Endpoint, resolve: impl Resolve, reach: &Reach) -> Self {
        let (sender, known) = watch::channel(Arc::from([]));
        let failure = Arc::new(Notify::new());
        let lookout =
            Lookout { endpoint, resolve, reach: reach.clone(), sender, failure: Arc::clone(&failure) };
        #[expect(
            clippy::disallowed_methods,
            reason = "it ends with its last link, and has nothing to finish"
        )]
        tokio::spawn(lookout.run());
        Self { known, failure, turn: Arc::default() }
    }

    /// The instance for the next call: the least busy one that is sound and not among `tried`, if there is one. Waits until any is
    /// known.
    pub async fn pick(&self, tried: &[SocketAddr]) -> Option<Pending> {
        let mut known = self.known.clone();
        let known = Arc::clone(&*known.wait_for(|known| !known.is_empty()).await.ok()?);
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        // Who was used least lately comes first of those who are equally busy.
        let in_turn = (0..known.len()).filter_map(|nth| known.get((turn + nth) % known.len()));
        let best = in_turn.min_by_key(|instance| {
            let is_tried = tried.contains(&instance.address);
            (is_tried, instance.is_in_disgrace(now), instance.pending.load(Ordering::Relaxed))
        })?;
        best.pending.fetch_add(1, Ordering::Relaxed);
        Some(Pending(Arc::clone(best)))
    }

    /// An instance did not answer.
    pub fn note_failure(&self, pending: &Pending) {
        *pending.0.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        self.failure.notify_one();
    }
}

impl Instance {
    fn new(endpoint: &Endpoint, address: SocketAddr, connections: usize) -> Option<Self> {
        let origin = endpoint.uri().clone();
        let at = Endpoint::from_shared(format!("http://{address}")).ok()?;
        let at = super::link::tuned(at).origin(origin);
        let channels = (0..connections.max(1)).map(|_| at.connect_lazy()).collect();
        Some(Self {
            address,
            channels,
            turn: AtomicUsize::new(0),
            pending: AtomicUsize::new(0),
            failed: Mutex::default(),
        })
    }

    fn is_in_disgrace(&self, now: Instant) -> bool {
        let failed = *self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.is_some_and(|at| now.duration_since(at) < PENALTY)
    }
}

impl Pending {
    /// A connection to the instance.
    pub fn channel(&self) -> Option<Channel> {
        let turn = self.0.turn.fetch_add(1, Ordering::Relaxed);
        self.0.channels.get(turn % self.0.channels.len().max(1)).cloned()
    }

    pub fn address(&self) -> SocketAddr {
        self.0.address
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.0.pending.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Lookout<R> {
    endpoint: Endpoint,
    resolve: R,
    reach: Reach,
    sender: watch::Sender<Arc<[Arc<Instance>]>>,
    failure: Arc<Notify>,
}

impl<R: Resolve> Lookout<R> {
    async fn run(self) {
        loop {
            match timeout(LOOK_DEADLINE, self.resolve.resolve()).await {
                Ok(Ok(addresses)) if !addresses.is_empty() => self.know(addresses),
                // Who is known stays known: a name server that is away takes nobody down.
                Ok(Ok(_)) => tracing::warn!(peer = self.reach.peer, "the name stands for nobody"),
                Ok(Err(error)) => {
                    tracing::warn!(
                        peer = self.reach.peer,
                        error = crate::report::chain(&error),
                        "the name cannot be looked up"
                    );
                }
                Err(_) => tracing::warn!(peer = self.reach.peer, "nobody tells what the name stands for"),
            }
            let is_known = !self.sender.borrow().is_empty();
            let due = if is_known { self.reach.look_every } else { SOONEST };
            let failed = async {
                tokio::time::sleep(SOONEST).await;
                self.failure.notified().await;
            };
            tokio::select! {
                () = tokio::time::sleep(due) => {}
                () = failed => {}
                () = self.sender.closed() => return,
            }
        }
    }

    /// Keeps the connections of whoever is known already.
    fn know(&self, mut addresses: Vec<SocketAddr>) {
        addresses.sort_unstable();
        addresses.dedup();
        self.sender.send_if_modified(|known| {
            if known.iter().map(|instance| instance.address).eq(addresses.iter().copied()) {
                return false;
            }
            let keep =
                |address: &SocketAddr| known.iter().find(|instance| instance.address == *address).cloned();
            let new = |address: &SocketAddr| {
                Instance::new(&self.endpoint, *address, self.reach.connections).map(Arc::new)
            };
            *known = addresses.iter().filter_map(|address| keep(address).or_else(|| new(address))).collect();
            metrics::gauge!("rpc.instances", "peer" => self.reach.peer)
                .set(u32::try_from(known.len()).unwrap_or(u32::MAX));
            true
        });
    }
}
