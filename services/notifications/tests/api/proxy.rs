//! A door to a server that can be shut and opened again.

use std::net::SocketAddr;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

/// Passes connections on until it is dropped, except while it is shut.
pub struct Proxy {
    pub address: SocketAddr,
    shut: watch::Sender<bool>,
    _tasks: JoinSet<()>,
}

impl Proxy {
    pub async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (shut, state) = watch::channel(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, server, state));
        Self { address, shut, _tasks: tasks }
    }

    /// Breaks every connection, and each new one at once.
    pub fn shut(&self) {
        self.shut.send_replace(true);
    }

    pub fn open(&self) {
        self.shut.send_replace(false);
    }
}

async fn accept(listener: TcpListener, server: String, shut: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        connections.spawn(pass_on(client, server.clone(), shut.clone()));
    }
}

async fn pass_on(mut client: TcpStream, server: String, mut shut: watch::Receiver<bool>) {
    let passing = async {
        let mut server = TcpStream::connect(server).await?;
        copy_bidirectional(&mut client, &mut server).await
    };
    tokio::select! {
        biased;
        _ = shut.wait_for(|shut| *shut) => {}
        _ = passing => {}
    }
}
