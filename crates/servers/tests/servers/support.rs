//! What several tests ask of servers and processes.

use servers::{Installation, SearchPath};
use std::{
    fs,
    io::Write as _,
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// This machine's servers, which are installed here if they are missing: tests start what they need.
pub fn installation() -> Installation {
    let search = SearchPath::of_system();
    match Installation::find(&search) {
        Err(servers::Error::Missing { packages }) => {
            let log =
                std::env::temp_dir().join(format!("trading-journal-install-{}.log", std::process::id()));
            servers::install(&packages, &log).unwrap();
            Installation::find(&search).unwrap()
        }
        found => found.unwrap(),
    }
}

/// True while a process does anything: one that ended, but that nobody asked about yet, does not.
pub fn is_alive(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with('Z'))
}

/// Waits until `happened`, and panics with `what` after half a minute.
pub fn eventually(what: &str, happened: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !happened() {
        assert!(Instant::now() < deadline, "waited in vain for: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Runs SQL; what it answers, or what it complains about.
pub fn sql(psql: &Path, url: &str, statements: &str) -> Result<String, String> {
    let mut psql = Command::new(psql)
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", url])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    psql.stdin.take().unwrap().write_all(statements.as_bytes()).unwrap();
    let output = psql.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// True when somebody accepts connections on a loopback port.
pub fn listens(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}
