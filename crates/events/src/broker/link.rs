//! One supervised connection: opened when needed, bounded in time, replaced when it broke or hangs.

use super::{
    BrokerError,
    socket::{CutUnlessConnected, Socket},
    uri_of,
};
use lapin::{
    Channel, Connection, ConnectionProperties,
    tcp::{AsyncTcpStream, OwnedTLSConfig},
    uri::{AMQPScheme, AMQPUri},
};
use runtime::secrets::Secret;
use secrecy::SecretString;
use std::{
    env,
    future::Future,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;

/// Longest wait for any answer of the broker.
const DEADLINE: Duration = Duration::from_secs(5);
/// Seconds between heartbeats; a peer that misses two is gone.
const HEARTBEAT: u16 = 10;
/// Bytes of one frame. lapin holds room for 64 of them per connection: at the broker's own 128 KiB that is 8 MiB.
const LARGEST_FRAME: u32 = 16 * 1024;

/// A place for one connection.
pub(crate) struct Link {
    url: Secret,
    name: String,
    current: Mutex<Option<Arc<Live>>>,
    connecting: tokio::sync::Mutex<()>,
    in_use: AtomicBool,
}

struct Live {
    connection: Connection,
    socket: Socket,
}

/// A channel, and the connection below it.
pub(crate) struct OpenChannel {
    pub channel: Channel,
    live: Arc<Live>,
}

impl Link {
    /// `purpose` ends the name that operators see.
    pub fn new(url: &Secret, purpose: &str) -> Self {
        let process = env::current_exe()
            .ok()
            .as_ref()
            .and_then(|path: &PathBuf| path.file_stem())
            .map_or_else(|| "journal".to_owned(), |name| name.to_string_lossy().into_owned());
        Self {
            url: url.clone(),
            name: format!("{process} {purpose}"),
            current: Mutex::default(),
            connecting: tokio::sync::Mutex::default(),
            in_use: AtomicBool::new(false),
        }
    }

    /// Opens a channel, on a new connection if need be.
    pub async fn open(&self) -> Result<OpenChannel, BrokerError> {
        self.in_use.store(true, Ordering::Relaxed);
        let live = self.live().await?;
        if live.connection.status().blocked() {
            return Err(BrokerError::Blocked);
        }
        let channel = live.within("open a channel", live.connection.create_channel()).await?;
        Ok(OpenChannel { channel, live })
    }

    /// Fails when this connection is in use and down or blocked.
    pub fn check(&self) -> Result<(), BrokerError> {
        match self.current() {
            Some(live) if live.connection.status().blocked() => Err(BrokerError::Blocked),
            None if self.in_use.load(Ordering::Relaxed) => Err(BrokerError::Disconnected),
            Some(_) | None => Ok(()),
        }
    }

    async fn live(&self) -> Result<Arc<Live>, BrokerError> {
        if let Some(live) = self.current() {
            return Ok(live);
        }
        let _turn = self.connecting.lock().await;
        // While this one waited for its turn another may have connected.
        if let Some(live) = self.current() {
            return Ok(live);
        }
        let live = Arc::new(self.connect().await?);
        tracing::info!(connection = self.name, "connected to RabbitMQ");
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&live));
        Ok(live)
    }

    /// A login that is refused is looked for, and tried once more when it is another one.
    async fn connect(&self) -> Result<Live, BrokerError> {
        let url = self.url.current();
        match Live::connect(&url, &self.name).await {
            Err(error) if error.is_refused_login() && self.url.renew(&url).await => {
                Live::connect(&self.url.current(), &self.name).await
            }
            connected => connected,
        }
    }

    fn current(&self) -> Option<Arc<Live>> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|live| live.connection.status().connected()).cloned()
    }
}

impl Live {
    async fn connect(url: &SecretString, name: &str) -> Result<Self, BrokerError> {
        let mut uri = uri_of(url).map_err(|error| BrokerError::NoUrl(format!("{error:#}")))?;
        uri.query.heartbeat.get_or_insert(HEARTBEAT);
        uri.query.frame_max.get_or_insert(LARGEST_FRAME);
        let socket = Socket::default();
        let attempt = CutUnlessConnected::new(&socket);
        let held = socket.clone();
        let options = ConnectionProperties::default().with_connection_name(name.into());
        let connecting = Connection::connector(
            uri,
            lapin::runtime::default_runtime()?,
            async move |uri: AMQPUri, runtime| {
                let host = uri.authority.host;
                let address = runtime.to_socket_addrs((host.clone(), uri.authority.port));
                let opened = timeout(DEADLINE, AsyncTcpStream::connect(&runtime, address)).await;
                let stream = opened.map_err(std::io::Error::from)??;
                if let AsyncTcpStream::Plain(plain) = &stream {
                    held.hold(plain.get_ref())?;
                }
                Ok(match uri.scheme {
                    AMQPScheme::AMQP => stream,
                    AMQPScheme::AMQPS => stream.into_tls(&host, OwnedTLSConfig::default().as_ref()).await?,
                })
            },
            options,
        );
        let connection =
            timeout(DEADLINE, connecting).await.map_err(|_| BrokerError::TimedOut("connect"))??;
        attempt.connected();
        Ok(Self { connection, socket })
    }

    async fn within<T>(
        &self,
        what: &'static str,
        answer: impl Future<Output = lapin::Result<T>>,
    ) -> Result<T, BrokerError> {
        match timeout(DEADLINE, answer).await {
            Ok(answer) => Ok(answer?),
            // It answers heartbeats and will go on: a new connection would be blocked as well.
            Err(_) if self.connection.status().blocked() => Err(BrokerError::Blocked),
            Err(_) => {
                self.socket.cut();
                Err(BrokerError::TimedOut(what))
            }
        }
    }
}

impl OpenChannel {
    /// The broker's answer, or an error when it takes too long: then the whole connection is given up.
    pub async fn within<T>(
        &self,
        what: &'static str,
        answer: impl Future<Output = lapin::Result<T>>,
    ) -> Result<T, BrokerError> {
        self.live.within(what, answer).await
    }

    /// False when this channel can only be replaced.
    pub fn is_usable(&self) -> bool {
        self.channel.status().connected() && self.live.connection.status().connected()
    }

    /// True while the broker takes no messages.
    pub fn is_blocked(&self) -> bool {
        self.live.connection.status().blocked()
    }

    /// Closes the channel: what was delivered on it and not acknowledged is delivered again, to anyone.
    pub async fn close(&self) {
        if self.is_usable()
            && let Err(error) = self.within("close a channel", self.channel.close(200, "done".into())).await
        {
            tracing::debug!(%error, "a channel was not closed properly");
        }
    }
}

#[cfg(test)]
mod tests;
