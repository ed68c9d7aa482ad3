//! The `healthcheck` subcommand: a container asks its own process how it is, as its image holds nothing else to ask with.

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use std::{
    io::{self, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    process::ExitCode,
    time::{Duration, Instant},
};

/// What asks a process expects an answer within seconds, and starts it anew without one.
const PATIENCE: Duration = Duration::from_secs(2);
/// More than any answer of the admin port to these questions.
const LONGEST_ANSWER: u64 = 16 * 1024;

/// Who is asked, and what.
#[derive(Args, Clone, Debug)]
pub struct Healthcheck {
    /// Private address of the process that serves, as it was told itself.
    #[arg(long, env = "ADMIN_ADDRESS", default_value = "127.0.0.1:9464")]
    pub admin_address: SocketAddr,
    /// Ask whether it can do its work, with all that it needs for it (/ready). Without this: only whether it is alive (/health), as a
    /// database that is away is no reason to start all its users anew.
    #[arg(long)]
    pub ready: bool,
}

/// Asks, says in one line what came of it, and ends with 0 when all is well, else with 1.
pub fn run(name: &str, settings: &Healthcheck) -> ExitCode {
    let path = if settings.ready { "/ready" } else { "/health" };
    let (line, code) = match ask(within_reach(settings.admin_address), path, PATIENCE) {
        Ok(()) => (format!("{name} answers {path} with 200"), ExitCode::SUCCESS),
        Err(error) => (
            format!("{name} is not well: {path} of {}: {error:#}", settings.admin_address),
            ExitCode::FAILURE,
        ),
    };
    // Whoever started it may have closed the other end: the code says it all.
    let _ = writeln!(io::stdout(), "{line}");
    code
}

/// An address that connections may go to: "all of this machine" is none.
fn within_reach(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip @ (IpAddr::V4(_) | IpAddr::V6(_)) => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// One request over plain HTTP/1.1, all of it within `patience`.
fn ask(address: SocketAddr, path: &str, patience: Duration) -> anyhow::Result<()> {
    let end = Instant::now() + patience;
    let left = || {
        let left = end.saturating_duration_since(Instant::now());
        ensure!(!left.is_zero(), "no answer within {} ms", patience.as_millis());
        Ok(left)
    };
    let mut stream = TcpStream::connect_timeout(&address, left()?).context("nobody listens")?;
    stream.set_write_timeout(Some(left()?))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    loop {
        stream.set_read_timeout(Some(left()?))?;
        let mut part = [0; 4096];
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(length) => answer.extend_from_slice(part.get(..length).unwrap_or_default()),
            // The next look at the clock ends it.
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
            Err(error) => return Err(error.into()),
        }
        ensure!(answer.len() as u64 <= LONGEST_ANSWER, "the answer does not end");
    }
    judge(&String::from_utf8_lossy(&answer))
}

/// 200 is well; of everything else the body says more than the status.
fn judge(answer: &str) -> anyhow::Result<()> {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let mut words = head.lines().next().unwrap_or_default().split(' ');
    match (words.next(), words.next()) {
        (Some("HTTP/1.1" | "HTTP/1.0"), Some("200")) => Ok(()),
        (Some("HTTP/1.1" | "HTTP/1.0"), Some(status)) => bail!("{status} {body}"),
        _ => bail!("what answers does not speak HTTP"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::TcpListener, thread};

    /// Asks a server that reads the request and answers with these bytes.
    fn asked(answer: &'static str) -> Result<(), String> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.extend(byte);
            }
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(request).unwrap()
        });
        let outcome = ask(address, "/ready", Duration::from_secs(10)).map_err(|error| format!("{error:#}"));
        assert!(server.join().unwrap().starts_with("GET /ready HTTP/1.1\r\n"));
        outcome
    }

    #[test]
    fn an_answer_of_200_is_well() {
        assert_eq!(asked("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"), Ok(()));
    }

    #[test]
    fn any_other_status_is_told_with_its_body() {
        let refusal = asked("HTTP/1.1 503 Service Unavailable\r\n\r\n{\"postgres\":\"unavailable\"}");

        assert_eq!(refusal, Err(r#"503 {"postgres":"unavailable"}"#.to_owned()));
    }

    #[test]
    fn what_does_not_speak_http_is_not_well() {
        assert_eq!(asked("SSH-2.0-OpenSSH_9.2\r\n"), Err("what answers does not speak HTTP".to_owned()));
        assert_eq!(asked(""), Err("what answers does not speak HTTP".to_owned()));
    }

    #[test]
    fn where_nobody_listens_it_is_not_well() {
        let address = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();

        let error = ask(address, "/health", PATIENCE).unwrap_err();

        assert!(error.to_string().contains("nobody listens"), "{error:#}");
    }

    #[test]
    fn a_process_that_hangs_is_given_up_on_time() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();

        let error = ask(address, "/health", Duration::from_millis(20)).unwrap_err();

        assert_eq!(error.to_string(), "no answer within 20 ms");
    }

    #[test]
    fn a_process_that_listens_everywhere_is_asked_on_this_machine() {
        let reached = ["0.0.0.0:9464", "[::]:9464", "10.0.0.7:1"]
            .map(|text| within_reach(text.parse().unwrap()).to_string());

        assert_eq!(reached, ["127.0.0.1:9464", "[::1]:9464", "10.0.0.7:1"]);
    }
}
