//! A client's connection that costs the machine next to nothing: a request is bytes, and of an answer only what counts is kept.

use serde_json::Value;
use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// A whole request as it goes over the wire, in the name of whom `credentials` tell: one header line.
pub(super) fn request(method: &str, path: &str, credentials: &str, body: Option<&Value>) -> Vec<u8> {
    let body = body.map_or_else(String::new, Value::to_string);
    let content = if body.is_empty() {
        String::new()
    } else {
        format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len())
    };
    let head = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n{credentials}\r\n");
    format!("{head}{content}\r\n{body}").into_bytes()
}

/// Longer than any request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is kept of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// 0: there was none.
    pub status: u16,
    /// It says when to come back.
    pub has_retry_after: bool,
}

/// A connection that is kept from one request to the next, and made anew after a failure.
#[derive(Debug)]
pub(super) struct Wire {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
    line: Vec<u8>,
}

impl Wire {
    /// Connects when it is first used.
    pub fn to(address: SocketAddr) -> Self {
        Self { address, stream: None, line: Vec::new() }
    }

    /// Sends a whole request and reads its whole answer.
    pub fn ask(&mut self, request: &[u8]) -> Answer {
        let head = self.exchange(request).unwrap_or_default();
        if head.closes || head.answer.status == 0 {
            self.stream = None;
        }
        head.answer
    }

    fn exchange(&mut self, request: &[u8]) -> io::Result<Head> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => none.insert(connect(self.address)?),
        };
        stream.get_ref().write_all(request)?;
        let mut head = Head::default();
        loop {
            self.line.clear();
            if stream.read_until(b'\n', &mut self.line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            match self.line.trim_ascii_end() {
                [] => break,
                line => head.take(line),
            }
        }
        let length = head.length.ok_or(io::ErrorKind::InvalidData)?;
        let read = io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
        if read == length { Ok(head) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

fn connect(address: SocketAddr) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::with_capacity(32 * 1024, stream))
}

/// What the head of an answer says.
#[derive(Debug, Default)]
struct Head {
    answer: Answer,
    /// Bytes of the body; `None`: nobody knows.
    length: Option<u64>,
    closes: bool,
}

impl Head {
    fn take(&mut self, line: &[u8]) {
        let Ok(line) = str::from_utf8(line) else { return };
        if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
            self.answer.status = rest.get(..3).and_then(|status| status.parse().ok()).unwrap_or_default();
            self.length = [204, 304].contains(&self.answer.status).then_some(0);
            return;
        }
        let Some((name, value)) = line.split_once(':') else { return };
        let is = |header: &str| name.eq_ignore_ascii_case(header);
        if is("content-length") {
            self.length = value.trim().parse().ok();
        } else if is("retry-after") {
            self.answer.has_retry_after = true;
        } else if is("connection") {
            self.closes = value.trim().eq_ignore_ascii_case("close");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::TcpListener, thread};

    #[test]
    fn an_answer_is_read_to_its_end_and_the_connection_is_kept() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut wire = Wire::to(listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4];
            for answer in [
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
            ] {
                stream.read_exact(&mut request).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });

        assert_eq!(wire.ask(b"ask\n"), Answer { status: 200, has_retry_after: false });
        assert_eq!(wire.ask(b"ask\n"), Answer { status: 503, has_retry_after: true });
        server.join().unwrap();
        assert_eq!(wire.ask(b"ask\n"), Answer::default());
    }
}
