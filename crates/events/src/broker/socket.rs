//! The socket below a connection, held to cut it: lapin's thread would wait for a hung broker for ever.

use std::{
    net::{Shutdown, TcpStream},
    os::fd::AsFd,
    sync::{Arc, Mutex, PoisonError},
};

/// A second handle on a connection's socket. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Socket(Arc<Mutex<State>>);

#[derive(Debug, Default)]
enum State {
    #[default]
    NotOpen,
    Open(TcpStream),
    Cut,
}

impl Socket {
    /// Takes hold of an opened socket (and cuts it at once when that was asked for before it was open).
    pub fn hold(&self, stream: &impl AsFd) -> std::io::Result<()> {
        let stream = TcpStream::from(stream.as_fd().try_clone_to_owned()?);
        stream.set_nodelay(true)?;
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Cut) {
            return stream.shutdown(Shutdown::Both);
        }
        *state = State::Open(stream);
        Ok(())
    }

    /// Ends the connection now, whatever its two ends believe.
    pub fn cut(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Open(stream) = std::mem::replace(&mut *state, State::Cut) {
            // Fails when the connection is over already, which is what was wanted.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// Cuts the socket when dropped, unless the connection came about.
pub(super) struct CutUnlessConnected {
    socket: Socket,
    connected: bool,
}

impl CutUnlessConnected {
    pub fn new(socket: &Socket) -> Self {
        Self { socket: socket.clone(), connected: false }
    }

    pub fn connected(mut self) {
        self.connected = true;
    }
}

impl Drop for CutUnlessConnected {
    fn drop(&mut self) {
        if !self.connected {
            self.socket.cut();
        }
    }
}
