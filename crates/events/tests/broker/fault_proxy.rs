//! A TCP proxy that can be cut and hung at will: what stands behind it is gone, or there and silent.

use std::net::SocketAddr;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Open,
    Hung,
    Cut,
}

/// A way to a server that a test can close.
pub struct FaultProxy {
    address: SocketAddr,
    mode: watch::Sender<Mode>,
}

impl FaultProxy {
    /// A proxy to the server of a URL. It ends with the test's runtime.
    pub async fn to(url: &str) -> Self {
        let server = authority(url).to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (mode, watched) = watch::channel(Mode::Open);
        tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (client, _) = listener.accept().await.unwrap();
                connections.spawn(serve(client, server.clone(), watched.clone()));
            }
        });
        Self { address, mode }
    }

    /// The same URL, by way of this proxy.
    pub fn url(&self, url: &str) -> String {
        url.replacen(authority(url), &self.address.to_string(), 1)
    }

    /// Ends every connection and every new one.
    pub fn cut(&self) {
        self.mode.send_replace(Mode::Cut);
    }

    /// Carries nothing any more, but keeps connections and takes new ones.
    pub fn hang(&self) {
        self.mode.send_replace(Mode::Hung);
    }

    /// Works again.
    pub fn heal(&self) {
        self.mode.send_replace(Mode::Open);
    }
}

/// `host:port` of a URL with a login.
fn authority(url: &str) -> &str {
    let (_, rest) = url.rsplit_once('@').unwrap();
    rest.split('/').next().unwrap()
}

async fn serve(client: TcpStream, server: String, mode: watch::Receiver<Mode>) {
    if *mode.borrow() == Mode::Cut {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    tokio::select! {
        () = pump(&mut from_client, &mut to_server, mode.clone()) => {}
        () = pump(&mut from_server, &mut to_client, mode) => {}
    }
}

async fn pump(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    mut mode: watch::Receiver<Mode>,
) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let now = *mode.borrow_and_update();
        match now {
            Mode::Cut => return,
            Mode::Hung => {
                let _ = mode.changed().await;
            }
            Mode::Open => tokio::select! {
                read = from.read(&mut buffer) => match read {
                    Ok(read) if read > 0 && to.write_all(&buffer[..read]).await.is_ok() => {}
                    _ => return,
                },
                _ = mode.changed() => {}
            },
        }
    }
}
