//! A small SMTP server (RFC 5321) that keeps what it is sent.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// A mail as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The RCPT command.
    pub to: String,
    /// Headers and body.
    pub source: String,
}

#[derive(Default)]
struct State {
    received: Vec<Received>,
    /// Answers to the next recipients, instead of 250.
    refusals: VecDeque<&'static str>,
}

/// Serves until it is dropped.
pub struct SmtpSink {
    /// Where it listens.
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    _tasks: JoinSet<()>,
}

impl Received {
    /// The source as a mail program reads it: without quoted-printable's soft line breaks and its code of "=".
    pub fn readable(&self) -> String {
        self.source.replace("=\n", "").replace("=3D", "=").replace("=E2=80=A6", "…")
    }
}

impl SmtpSink {
    /// On a free port.
    pub async fn start() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// On a port that is there already.
    pub fn on(listener: TcpListener) -> Self {
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, Arc::clone(&state)));
        Self { address, state, _tasks: tasks }
    }

    /// For `SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Answers the next recipients with these lines.
    pub fn refuse(&self, lines: &[&'static str]) {
        self.state.lock().unwrap().refusals.extend(lines);
    }

    /// All mails so far.
    pub fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    let mut sessions = JoinSet::new();
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        sessions.spawn(session(socket, Arc::clone(&state)));
    }
}

async fn session(socket: TcpStream, state: Arc<Mutex<State>>) {
    let mut socket = BufReader::new(socket);
    let mut to = String::new();
    socket.write_all(b"220 sink\r\n").await.unwrap();
    while let Some(line) = read_line(&mut socket).await {
        let verb = line.split([' ', ':']).next().unwrap().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" | "HELO" | "MAIL" | "RSET" | "NOOP" => "250 ok",
            "RCPT" => {
                line.clone_into(&mut to);
                state.lock().unwrap().refusals.pop_front().unwrap_or("250 ok")
            }
            "DATA" => {
                socket.write_all(b"354 go on\r\n").await.unwrap();
                let Some(source) = read_message(&mut socket).await else { return };
                state.lock().unwrap().received.push(Received { to: std::mem::take(&mut to), source });
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "502 what?",
        };
        if socket.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() || verb == "QUIT" {
            return;
        }
    }
}

async fn read_message(socket: &mut BufReader<TcpStream>) -> Option<String> {
    let mut source = String::new();
    loop {
        match read_line(socket).await? {
            end if end == "." => return Some(source),
            line => {
                source += line.strip_prefix('.').unwrap_or(&line);
                source.push('\n');
            }
        }
    }
}

async fn read_line(socket: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    match socket.read_line(&mut line).await {
        Ok(1..) => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
        Ok(0) | Err(_) => None,
    }
}
