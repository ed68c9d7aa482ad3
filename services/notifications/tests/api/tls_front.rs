//! TLS before a server that speaks without it, as AWS' own servers insist on.

use rcgen::CertifiedKey;
use std::{net::SocketAddr, sync::Arc};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer},
};

/// What is said before the handshake.
#[derive(Clone, Copy, Debug)]
pub enum Prelude {
    Nothing,
    /// `SSLRequest`, answered with `S` (PostgreSQL's protocol, 55.2.10).
    Postgres,
}

/// A certificate of 127.0.0.1 that nobody but its holder vouches for, and its key.
pub fn certificate() -> CertifiedKey<rcgen::KeyPair> {
    rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap()
}

/// Takes connections until it is dropped.
pub struct TlsFront {
    pub address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl TlsFront {
    /// Before the server at `place`, a host and a port.
    pub async fn before(place: &str, prelude: Prelude, identity: &CertifiedKey<rcgen::KeyPair>) -> Self {
        let key = PrivatePkcs8KeyDer::from(identity.signing_key.serialize_der());
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![identity.cert.der().clone()], key.into())
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, TlsAcceptor::from(Arc::new(config)), place.to_owned(), prelude));
        Self { address, _tasks: tasks }
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, place: String, prelude: Prelude) {
    let mut connections = JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        let (acceptor, place) = (acceptor.clone(), place.clone());
        // A client that refuses the certificate ends its own connection alone.
        connections.spawn(async move { pass_on(client, &acceptor, &place, prelude).await.ok() });
    }
}

async fn pass_on(
    mut client: TcpStream,
    acceptor: &TlsAcceptor,
    place: &str,
    prelude: Prelude,
) -> std::io::Result<()> {
    if matches!(prelude, Prelude::Postgres) {
        let mut asked = [0; 8];
        client.read_exact(&mut asked).await?;
        assert_eq!(asked, [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f], "a client that asks for no TLS");
        client.write_all(b"S").await?;
    }
    let mut client = acceptor.accept(client).await?;
    let mut server = TcpStream::connect(place).await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}
