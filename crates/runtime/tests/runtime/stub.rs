//! A service that does as it is told, and counts what reaches it.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, transport::Server};
use tonic_health::pb::{
    HealthCheckRequest, HealthCheckResponse,
    health_server::{Health, HealthServer},
};

/// What a stub does with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Answers,
    Fails,
    /// Every third call.
    SometimesFails,
    Hangs,
    RefusesWhatIsTooMuch,
    IsStarting,
}

/// One instance.
pub struct Stub {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    mood: Mutex<Mood>,
    calls: AtomicUsize,
    under_way: AtomicUsize,
}

impl Stub {
    pub async fn start(ip: &str, mood: Mood) -> Self {
        let listener = TcpListener::bind((ip, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            mood: Mutex::new(mood),
            calls: AtomicUsize::new(0),
            under_way: AtomicUsize::new(0),
        });
        let server = Server::builder().add_service(HealthServer::from_arc(Arc::clone(&shared)));
        let serving = server.serve_with_incoming(TcpListenerStream::new(listener));
        let task = tokio::spawn(async move { serving.await.unwrap() });
        Self { address, shared, task }
    }

    pub fn set(&self, mood: Mood) {
        *self.shared.mood.lock().unwrap() = mood;
    }

    /// How many calls came.
    pub fn calls(&self) -> usize {
        self.shared.calls.load(Ordering::SeqCst)
    }

    /// How many of them are being worked on.
    pub fn under_way(&self) -> usize {
        self.shared.under_way.load(Ordering::SeqCst)
    }

    /// Breaks every connection.
    pub async fn die(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

struct UnderWay<'a>(&'a AtomicUsize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tonic::async_trait]
impl Health for Shared {
    type WatchStream = futures_util::stream::Empty<Result<HealthCheckResponse, Status>>;

    async fn check(&self, _: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        let nth = self.calls.fetch_add(1, Ordering::SeqCst);
        self.under_way.fetch_add(1, Ordering::SeqCst);
        let _under_way = UnderWay(&self.under_way);
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Hangs => std::future::pending().await,
            Mood::Fails => Err(Status::unavailable("down")),
            Mood::SometimesFails if nth.is_multiple_of(3) => Err(Status::unavailable("down")),
            Mood::RefusesWhatIsTooMuch => {
                Err(runtime::status::with_reason(tonic::Code::Unavailable, "overloaded", "too much"))
            }
            Mood::IsStarting => Err(runtime::status::starting()),
            Mood::Answers | Mood::SometimesFails => Ok(Response::new(HealthCheckResponse { status: 1 })),
        }
    }

    /// Stands for a write: not a call that may be made again.
    async fn watch(&self, _: Request<HealthCheckRequest>) -> Result<Response<Self::WatchStream>, Status> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::IsStarting => Err(runtime::status::starting()),
            Mood::Answers => Ok(Response::new(futures_util::stream::empty())),
            Mood::Fails | Mood::SometimesFails | Mood::Hangs | Mood::RefusesWhatIsTooMuch => {
                Err(Status::unavailable("down"))
            }
        }
    }
}
