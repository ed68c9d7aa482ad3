//! A client's connection as hyper sees it: it tells when bytes arrive, and gives up on a client that does not take its answers.

use super::{Pace, raw, stage::Stage};
use http::StatusCode;
use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

/// How long one lingers.
const LINGER: Duration = Duration::from_secs(1);

/// A TCP connection.
pub(super) struct PacedStream {
    inner: TcpStream,
    stage: Stage,
    pace: Pace,
    /// What is written instead of hyper's own answer.
    instead: Vec<u8>,
    /// Until when what an unreadable client still sends is read, and thrown away: a reset would swallow the answer.
    lingering: Option<Pin<Box<Sleep>>>,
}

impl PacedStream {
    pub fn new(inner: TcpStream, stage: Stage, pace: Pace) -> Self {
        Self { inner, stage, pace, instead: Vec::new(), lingering: None }
    }

    /// Writes at the client's pace.
    fn poll_send(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.inner).poll_write(cx, bytes) {
            Poll::Pending => {
                ready!(self.pace.poll_too_slow(cx));
                Poll::Ready(Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    "the client does not take its answer",
                )))
            }
            Poll::Ready(Ok(sent)) => {
                self.pace.moved(sent);
                Poll::Ready(Ok(sent))
            }
            failed @ Poll::Ready(Err(_)) => failed,
        }
    }

    fn poll_send_instead(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.instead.is_empty() {
            let bytes = std::mem::take(&mut self.instead);
            let sent = self.poll_send(cx, &bytes);
            self.instead = bytes;
            let sent = ready!(sent)?;
            self.instead.drain(..sent);
        }
        Poll::Ready(Ok(()))
    }
}

impl PacedStream {
    /// Hyper's own answer to something unreadable, which a body that looks like one is not.
    fn unreadable(&self, written: &[u8]) -> Option<(usize, StatusCode)> {
        let (start, status) = raw::unreadable(written)?;
        let is_of_a_body = self.stage.given().ends_with(written.get(start..).unwrap_or_default());
        (!is_of_a_body).then_some((start, status))
    }

    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(over) = self.lingering.as_mut() else { return Poll::Ready(()) };
        let mut thrown_away = [0; 4096];
        while over.as_mut().poll(cx).is_pending() {
            let mut buffer = ReadBuf::new(&mut thrown_away);
            match ready!(Pin::new(&mut self.inner).poll_read(cx, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => {}
                _ => break,
            }
        }
        Poll::Ready(())
    }
}

impl AsyncRead for PacedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buffer))?;
        let arrived = buffer.filled().get(before..).unwrap_or_default();
        if !arrived.is_empty() {
            self.stage.arrived(arrived);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for PacedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_send_instead(cx))?;
        let Some((start, status)) = self.unreadable(bytes) else { return self.poll_send(cx, bytes) };
        self.instead = bytes.get(..start).unwrap_or_default().to_vec();
        self.instead.extend(raw::response(&raw::problem(status)));
        self.lingering = Some(Box::pin(sleep(LINGER)));
        // The rest is written by the flush that follows.
        match self.poll_send_instead(cx) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(())) | Poll::Pending => Poll::Ready(Ok(bytes.len())),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_send_instead(cx))?;
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_send_instead(cx))?;
        ready!(Pin::new(&mut self.inner).poll_shutdown(cx))?;
        self.poll_linger(cx).map(Ok)
    }
}
