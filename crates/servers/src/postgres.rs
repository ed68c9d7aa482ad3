//! A private PostgreSQL, and the databases in it.

mod database;
mod of_tests;
mod replica;

pub use database::{Database, Passwords};
pub use of_tests::test_database;

use crate::{
    Error, Launch, PostgresPrograms, Settings, StopSignal, Supervised,
    place::{LOG, Place},
    ports::with_free_ports,
    readiness, secret,
    supervised::ServerLaunch,
};
use std::{
    fs,
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Command, Stdio},
};

const SUPERUSER: &str = "postgres";

/// A running private PostgreSQL. Dropping it stops it.
#[derive(Debug)]
pub struct Postgres {
    process: Supervised,
    programs: PostgresPrograms,
    port: u16,
    password: String,
}

impl Postgres {
    /// Creates the data folder when there is none, starts the server and waits until it accepts connections.
    pub fn start(programs: &PostgresPrograms, settings: &Settings) -> Result<Self, Error> {
        let place = Place::of(&settings.folder)?;
        let room = place.room("postgres")?;
        let data = room.join("data");
        let password = secret::kept(&room.join("password"), || secret::generate(16))?;
        if data.join("PG_VERSION").exists() {
            refuse_other_version(programs, &data)?;
        } else {
            create_data_folder(programs, &place, &room, settings.durable)?;
        }
        Self::serve(programs, settings, &place, &room, &password)
    }

    /// Starts the server on the data that is in its room.
    fn serve(
        programs: &PostgresPrograms,
        settings: &Settings,
        place: &Place,
        room: &Path,
        password: &str,
    ) -> Result<Self, Error> {
        with_free_ports(room, |[port]| {
            let mut launch = launch(programs, room, port, settings.durable);
            launch.stop_signal = if settings.discard { StopSignal::Quit } else { StopSignal::Interrupt };
            launch.server = ServerLaunch::of(place, room, settings);
            let mut process = launch.start()?;
            readiness::wait("PostgreSQL", &mut process, || accepts_connections(programs, port))?;
            Ok(Self { process, programs: programs.clone(), port, password: password.to_owned() })
        })
    }

    /// `postgres://` URL of the superuser and the database `postgres`: it may create databases and roles.
    pub fn admin_url(&self) -> String {
        self.url(SUPERUSER, &self.password, "postgres")
    }

    /// The loopback port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process.
    pub fn process(&mut self) -> &mut Supervised {
        &mut self.process
    }

    /// Stops it: sessions are ended, what was committed stays.
    pub fn stop(self) -> Result<(), Error> {
        self.process.stop()
    }

    fn url(&self, role: &str, password: &str, database: &str) -> String {
        format!("postgres://{role}:{password}@127.0.0.1:{}/{database}", self.port)
    }
}

fn launch(programs: &PostgresPrograms, room: &Path, port: u16, durable: bool) -> Launch {
    let mut options = vec![
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        // Paths of sockets are limited to 107 bytes, and nobody here needs one.
        "unix_socket_directories=".to_owned(),
        "max_connections=500".to_owned(),
        "timezone=UTC".to_owned(),
        "log_timezone=UTC".to_owned(),
    ];
    if !durable {
        options.extend(["fsync=off", "full_page_writes=off", "synchronous_commit=off"].map(str::to_owned));
    }
    let arguments = options.into_iter().flat_map(|option| ["-c".to_owned(), option]);
    Launch::new("PostgreSQL", &programs.postgres, room, &room.join(LOG))
        .variable("LANG", "C.UTF-8")
        .arguments(["-D", "data"])
        .arguments(arguments)
}

fn create_data_folder(
    programs: &PostgresPrograms,
    place: &Place,
    room: &Path,
    durable: bool,
) -> Result<(), Error> {
    // An earlier attempt that was interrupted.
    let _ = fs::remove_dir_all(room.join("new"));
    let mut command = Command::new(&programs.initdb);
    command
        .args(["--pgdata=new", "--pwfile=password", "--auth=scram-sha-256"])
        .args([&format!("--username={SUPERUSER}"), "--encoding=UTF8", "--locale=C.UTF-8"])
        .args((!durable).then_some("--no-sync"))
        .env_clear()
        .current_dir(room);
    if let Some(account) = place.account {
        place.give(&room.join("password"))?;
        command.uid(account.uid).gid(account.gid);
    }
    printed("initdb", &mut command)?;
    fs::rename(room.join("new"), room.join("data")).map_err(Error::io("put the new data folder in its place"))
}

fn refuse_other_version(programs: &PostgresPrograms, data: &Path) -> Result<(), Error> {
    let found = fs::read_to_string(data.join("PG_VERSION")).map_err(Error::io("read PG_VERSION"))?;
    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
    let version = printed("postgres", Command::new(&programs.postgres).arg("--version"))?;
    let number = version.split_whitespace().nth(2).unwrap_or_default();
    let server = number.split('.').next().unwrap_or_default();
    if found.trim() == server {
        return Ok(());
    }
    let (folder, data) = (data.to_owned(), found.trim().to_owned());
    Err(Error::OtherVersion { folder, data, server: server.to_owned() })
}

fn accepts_connections(programs: &PostgresPrograms, port: u16) -> bool {
    let mut command = Command::new(&programs.pg_isready);
    command.args(["--quiet", "--host=127.0.0.1", &format!("--port={port}")]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a tool printed, or an error with what it complained about.
fn printed(tool: &'static str, command: &mut Command) -> Result<String, Error> {
    let output = command.stdin(Stdio::null()).output().map_err(Error::io(format!("run {tool}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Error::Tool { tool, cause: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
}
