//! What a connection says first.

use super::*;
use crate::AmqpUrl;
use runtime::secrets::{Given, Secrets};
use tokio::{io::AsyncReadExt as _, net::TcpListener};

/// The first byte that a connection to this kind of URL says.
async fn first_byte_of(scheme: &str) -> u8 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("{scheme}://guest:guest@localhost:{}/%2f", listener.local_addr().unwrap().port());
    let secret = Given::<AmqpUrl>::from(url).open(&Secrets::default()).await.unwrap();
    let link = Link::new(&secret, "test");
    let heard = async {
        let (mut client, _) = listener.accept().await.unwrap();
        client.read_u8().await.unwrap()
    };
    tokio::select! {
        byte = heard => byte,
        _ = link.open() => panic!("nobody answered, and yet it is open"),
    }
}

#[tokio::test]
async fn amqps_speaks_tls_from_the_first_byte_and_amqp_does_not() {
    // A handshake record, and the A of AMQP.
    assert_eq!(first_byte_of("amqps").await, 0x16);
    assert_eq!(first_byte_of("amqp").await, b'A');
}
