//! A private Redis: a cache, so nothing is written to disk.

use crate::{
    Error, Launch, Settings, StopSignal, Supervised,
    place::{LOG, Place},
    ports::with_free_ports,
    readiness, secret,
    supervised::ServerLaunch,
};
use std::{
    io::{Read as _, Write as _},
    path::Path,
};

/// A running private Redis. Dropping it stops it.
#[derive(Debug)]
pub struct Redis {
    process: Supervised,
    port: u16,
    password: String,
}

impl Redis {
    /// Starts `program` and waits until it answers.
    pub fn start(program: &Path, settings: &Settings) -> Result<Self, Error> {
        let place = Place::of(&settings.folder)?;
        let room = place.room("redis")?;
        let password = secret::kept(&room.join("password"), || secret::generate(16))?;
        let configuration = room.join("redis.conf");
        let mut launch = Launch::new("Redis", program, &room, &room.join(LOG)).arguments([&configuration]);
        launch.stop_signal = if settings.discard { StopSignal::Kill } else { StopSignal::Terminate };
        launch.server = ServerLaunch::of(&place, &room, settings);
        with_free_ports(&room, |[port]| {
            place.write(&configuration, &configured(port, &password))?;
            let mut process = launch.start()?;
            readiness::wait("Redis", &mut process, || answers(port, &password).unwrap_or(false))?;
            Ok(Self { process, port, password: password.clone() })
        })
    }

    /// `redis://` URL with its password.
    pub fn url(&self) -> String {
        format!("redis://:{}@127.0.0.1:{}", self.password, self.port)
    }

    /// The loopback port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process.
    pub fn process(&mut self) -> &mut Supervised {
        &mut self.process
    }

    /// Stops it.
    pub fn stop(self) -> Result<(), Error> {
        self.process.stop()
    }
}

fn configured(port: u16, password: &str) -> String {
    format!(
        "bind 127.0.0.1\nport {port}\nrequirepass {password}\ndaemonize no\nsave \"\"\nappendonly no\ndir .\nlogfile \"\"\n"
    )
}

/// True when the server itself answers, not merely the kernel.
fn answers(port: u16, password: &str) -> std::io::Result<bool> {
    let mut stream = readiness::connect(port)?;
    write!(stream, "AUTH {password}\r\nPING\r\n")?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"+OK\r\n+PONG\r\n")
}
