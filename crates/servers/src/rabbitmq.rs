//! A private RabbitMQ node with an Erlang port mapper of its own.

use crate::{
    Error, Launch, RabbitMqPrograms, Settings, StopSignal, Supervised,
    place::{LOG, Place},
    ports::with_free_ports,
    readiness, secret,
    supervised::ServerLaunch,
};
use std::{
    fs,
    io::{Read as _, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    time::Duration,
};

const USER: &str = "journal";

/// A running private RabbitMQ. Dropping it stops it.
#[derive(Debug)]
pub struct RabbitMq {
    process: Supervised,
    port: u16,
    password: String,
}

impl RabbitMq {
    /// Starts a node and waits until it speaks AMQP.
    pub fn start(programs: &RabbitMqPrograms, settings: &Settings) -> Result<Self, Error> {
        let place = Place::of(&settings.folder)?;
        let room = place.room("rabbitmq")?;
        let password = secret::kept(&room.join("password"), || secret::generate(16))?;
        configure(&place, &room, &password, settings.discard)?;
        with_free_ports(&room, |ports| {
            let mut launch = launch(programs, &room, ports);
            launch.stop_signal = if settings.discard { StopSignal::Kill } else { StopSignal::Terminate };
            launch.server = ServerLaunch {
                companion: Some(programs.epmd.clone()),
                ..ServerLaunch::of(&place, &room, settings)
            };
            let mut process = launch.start()?;
            let [port, ..] = ports;
            readiness::wait("RabbitMQ", &mut process, || answers(port).unwrap_or(false))?;
            Ok(Self { process, port, password: password.clone() })
        })
    }

    /// `amqp://` URL of the default virtual host, with login.
    pub fn url(&self) -> String {
        format!("amqp://{USER}:{}@127.0.0.1:{}/%2f", self.password, self.port)
    }

    /// The loopback port that speaks AMQP.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process.
    pub fn process(&mut self) -> &mut Supervised {
        &mut self.process
    }

    /// Stops the node, then its port mapper.
    pub fn stop(self) -> Result<(), Error> {
        self.process.stop()
    }
}

/// A quorum queue reserves some nine file handles that it does not open: by its count a node of 20,000 is full with 2,280 queues, and
/// then it answers nobody any more. A run of all tests declares more.
const MANY_QUEUES: &str = "[{rabbit, [{file_handles_high_watermark, 1000000}]}].\n";

/// What a node for tests begins with: its login, and an end for the queues that finished tests leave behind. Each of them is a Raft
/// group of its own, and a run of all tests would leave ten thousand.
fn definitions(password: &str) -> String {
    format!(
        r#"{{
  "users": [{{"name": "{USER}", "password": "{password}", "tags": "administrator"}}],
  "vhosts": [{{"name": "/"}}],
  "permissions": [{{"user": "{USER}", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}}],
  "policies": [{{"vhost": "/", "name": "leftovers", "pattern": "^test-", "apply-to": "queues", "priority": 0,
                "definition": {{"expires": {UNUSED_MILLISECONDS}}}}}]
}}
"#
    )
}

/// How long a test's queue may have no consumer. No test leaves one alone for so long.
const UNUSED_MILLISECONDS: u32 = 5 * 60 * 1000;

fn configure(place: &Place, room: &Path, password: &str, for_tests: bool) -> Result<(), Error> {
    // Either counts when the node starts for the first time; `guest` is never created.
    let login = if for_tests {
        let file = room.join("definitions.json");
        place.write(&file, &definitions(password))?;
        format!("load_definitions = {}\n", file.display())
    } else {
        format!("default_user = {USER}\ndefault_pass = {password}\n")
    };
    let configuration = format!("{login}log.file = false\nlog.console = true\nlog.console.level = info\n");
    place.write(&room.join("rabbitmq.conf"), &configuration)?;
    place.write(&room.join("enabled_plugins"), "[].\n")?;
    // Both would otherwise be the machine's own, below /etc/rabbitmq.
    place.write(&room.join("rabbitmq-env.conf"), "")?;
    place.write(&room.join("advanced.config"), MANY_QUEUES)?;
    let cookie = room.join(".erlang.cookie");
    if !cookie.exists() {
        place.write(&cookie, &secret::generate(16)?)?;
        fs::set_permissions(&cookie, fs::Permissions::from_mode(0o400))
            .map_err(Error::io(format!("protect {}", cookie.display())))?;
    }
    Ok(())
}

fn launch(programs: &RabbitMqPrograms, room: &Path, [amqp, distribution, mapper]: [u16; 3]) -> Launch {
    let mut launch = Launch::new("RabbitMQ", &programs.server, room, &room.join(LOG))
        .variable("PATH", &programs.path)
        .variable("LANG", "C.UTF-8")
        .variable("HOME", room)
        .variable("ERL_EPMD_ADDRESS", "127.0.0.1")
        .variable("ERL_EPMD_PORT", mapper.to_string())
        .variable("RABBITMQ_NODENAME", "journal@localhost")
        .variable("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
        .variable("RABBITMQ_NODE_PORT", amqp.to_string())
        .variable("RABBITMQ_DIST_PORT", distribution.to_string())
        .variable("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}")
        // The start script then becomes the node, instead of watching it from outside.
        .variable("RUNNING_UNDER_SYSTEMD", "true");
    for (variable, file) in [
        ("RABBITMQ_MNESIA_BASE", "data"),
        ("RABBITMQ_LOG_BASE", "log"),
        ("RABBITMQ_CONFIG_FILE", "rabbitmq.conf"),
        ("RABBITMQ_CONFIG_FILES", "conf.d/*.conf"),
        ("RABBITMQ_ADVANCED_CONFIG_FILE", "advanced.config"),
        ("RABBITMQ_CONF_ENV_FILE", "rabbitmq-env.conf"),
        ("RABBITMQ_ENABLED_PLUGINS_FILE", "enabled_plugins"),
        ("RABBITMQ_PID_FILE", "pid"),
    ] {
        launch = launch.variable(variable, room.join(file));
    }
    launch.grace = Duration::from_secs(30);
    launch
}

/// True when the server answers the protocol header with `connection.start` (class 10, method 10).
fn answers(port: u16) -> std::io::Result<bool> {
    let mut stream = readiness::connect(port)?;
    stream.write_all(b"AMQP\x00\x00\x09\x01")?;
    let mut frame = [0; 11];
    stream.read_exact(&mut frame)?;
    let [kind, _, _, _, _, _, _, method @ ..] = frame;
    Ok(kind == 1 && method == [0, 10, 0, 10])
}
