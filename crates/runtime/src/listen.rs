//! Where a server listens: an address to bind, or a socket that is bound already.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    str::FromStr,
    sync::Arc,
};

/// Connections that may wait to be accepted: all that come at once while the process is busy. The kernel allows 4096 unless told otherwise.
const MOST_WAITING: i32 = 4096;

/// An address to bind, or a bound socket (so that a test knows the port before the service starts).
#[derive(Clone, Debug)]
pub enum Listen {
    /// Bind this address at start.
    Address(SocketAddr),
    /// Use this socket.
    Bound(Arc<TcpListener>),
}

impl Listen {
    /// Binds a free loopback port now.
    pub fn on_free_port() -> io::Result<Self> {
        Ok(Self::Bound(Arc::new(listening(([127, 0, 0, 1], 0).into())?)))
    }

    /// The address that clients of this process's machine connect to.
    pub fn address(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Address(address) => Ok(*address),
            Self::Bound(listener) => listener.local_addr(),
        }
    }

    /// The `http://` URL of [`Listen::address`].
    pub fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}", self.address()?))
    }

    /// A listening socket for tokio.
    pub fn bind(&self) -> io::Result<tokio::net::TcpListener> {
        let listener = match self {
            Self::Address(address) => listening(*address).map_err(|error| {
                io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
            })?,
            Self::Bound(listener) => listener.try_clone()?,
        };
        listener.set_nonblocking(true)?;
        tokio::net::TcpListener::from_std(listener)
    }
}

fn listening(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    // The standard library lets 128 wait; whoever is one too many hears nothing, and tries again after a second, then two, then four.
    rustix::net::listen(&listener, MOST_WAITING)?;
    Ok(listener)
}

impl FromStr for Listen {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let address =
            text.parse().map_err(|_| "an IP address and a port are expected, such as 0.0.0.0:8080")?;
        Ok(Self::Address(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::TcpStream, time::Duration};

    #[test]
    fn a_bound_socket_tells_its_port() {
        let listen = Listen::on_free_port().unwrap();

        assert_ne!(listen.address().unwrap().port(), 0);
    }

    #[test]
    fn a_burst_of_connections_waits_to_be_accepted() {
        let listen = Listen::on_free_port().unwrap();
        let address = listen.address().unwrap();

        let waiting: Result<Vec<_>, _> =
            (0..500).map(|_| TcpStream::connect_timeout(&address, Duration::from_millis(900))).collect();

        assert_eq!(waiting.unwrap().len(), 500);
    }

    #[test]
    fn an_address_without_a_port_is_refused() {
        assert!("127.0.0.1".parse::<Listen>().is_err());
    }
}
