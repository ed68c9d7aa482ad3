//! Waiting until a server answers, or telling why it never will.

use crate::{Error, Supervised};
use std::{
    fs,
    io::{Read as _, Seek as _, SeekFrom},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// A machine busy with compiling may need this long.
const DEADLINE: Duration = Duration::from_mins(2);
const PAUSE: Duration = Duration::from_millis(50);

/// Asks `answers` until it says yes.
pub(crate) fn wait(
    server: &'static str,
    process: &mut Supervised,
    mut answers: impl FnMut() -> bool,
) -> Result<(), Error> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(status) = process.ended() {
            let log = process.log().to_owned();
            return Err(Error::Ended { server, status, last_words: last_words(&log), log });
        }
        if answers() {
            return Ok(());
        }
        if Instant::now() > deadline {
            let log = process.log().to_owned();
            return Err(Error::Silent { server, seconds: DEADLINE.as_secs(), log });
        }
        thread::sleep(PAUSE);
    }
}

/// A connection to a loopback port whose reads and writes give up after a second.
pub(crate) fn connect(port: u16) -> std::io::Result<TcpStream> {
    let limit = Duration::from_secs(1);
    let stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), limit)?;
    stream.set_read_timeout(Some(limit))?;
    stream.set_write_timeout(Some(limit))?;
    Ok(stream)
}

/// The last line of a log that says anything.
pub(crate) fn last_words(log: &Path) -> String {
    let text = tail(log).unwrap_or_default();
    let line = text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or("its log is empty");
    line.chars().take(300).collect()
}

fn tail(log: &Path) -> std::io::Result<String> {
    let mut file = fs::File::open(log)?;
    let start = file.metadata()?.len().saturating_sub(4096);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
