//! A child process that ends with its owner: a small shell script holds a pipe from us and stops the child when the pipe closes.

use crate::{Error, Settings, account::Account, place::Place, readiness};
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

const SCRIPT: &str = include_str!("supervised/supervise.sh");

/// How a process is asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopSignal {
    /// SIGTERM.
    Terminate,
    /// SIGINT: PostgreSQL's fast shutdown.
    Interrupt,
    /// SIGQUIT: PostgreSQL's immediate shutdown.
    Quit,
    /// SIGKILL: nothing it holds is worth keeping.
    Kill,
}

impl StopSignal {
    fn name(self) -> &'static str {
        match self {
            Self::Terminate => "TERM",
            Self::Interrupt => "INT",
            Self::Quit => "QUIT",
            Self::Kill => "KILL",
        }
    }
}

/// A process to start.
#[must_use]
#[derive(Clone, Debug)]
pub struct Launch {
    /// What messages call it.
    pub name: String,
    /// The program, found in the `PATH` of [`Launch::environment`].
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Its whole environment: nothing is inherited.
    pub environment: Vec<(OsString, OsString)>,
    /// Where it runs.
    pub folder: PathBuf,
    /// What it prints goes here; what the previous run printed is kept beside it as `<log>.old`.
    pub log: PathBuf,
    /// How it is asked to stop.
    pub stop_signal: StopSignal,
    /// How long it may take to stop before it is killed.
    pub grace: Duration,
    /// What only private servers need.
    pub(crate) server: ServerLaunch,
}

/// What is particular about a private server.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServerLaunch {
    pub account: Option<Account>,
    /// A program without arguments that starts before and ends after it (Erlang's port mapper).
    pub companion: Option<PathBuf>,
    /// Deleted when it ended; its parent too when it is empty then.
    pub discard: Option<PathBuf>,
    /// Held while it runs: the next start waits until the previous run is over.
    pub lock: Option<PathBuf>,
}

impl ServerLaunch {
    pub fn of(place: &Place, room: &Path, settings: &Settings) -> Self {
        Self {
            account: place.account,
            companion: None,
            discard: settings.discard.then(|| room.to_owned()),
            lock: Some(room.join("lock")),
        }
    }
}

impl Launch {
    /// A process that runs in `folder`, is stopped by SIGTERM and has 10 s for it.
    pub fn new(name: &str, program: &Path, folder: &Path, log: &Path) -> Self {
        Self {
            name: name.to_owned(),
            program: program.to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
            folder: folder.to_owned(),
            log: log.to_owned(),
            stop_signal: StopSignal::Terminate,
            grace: Duration::from_secs(10),
            server: ServerLaunch::default(),
        }
    }

    /// Adds arguments.
    pub fn arguments<T: Into<OsString>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Adds an environment variable.
    pub fn variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    fn command(&self, log: File) -> Command {
        let optional = |path: &Option<PathBuf>| path.clone().unwrap_or_default();
        let mut command = Command::new("sh");
        command
            .args(["-c", SCRIPT, "supervise", self.stop_signal.name(), &self.grace.as_secs().to_string()])
            .args([
                optional(&self.server.discard),
                optional(&self.server.lock),
                optional(&self.server.companion),
            ])
            .arg(&self.program)
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            // A Ctrl-C at the owner's terminal is for the owner alone.
            .process_group(0);
        if let Some(account) = self.server.account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }

    /// Starts it. Returns when the process exists, not when it is ready.
    pub fn start(&self) -> Result<Supervised, Error> {
        let _ = fs::rename(&self.log, self.log.with_extension("log.old"));
        let log = File::create(&self.log).map_err(Error::io(format!("write {}", self.log.display())))?;
        let mut supervisor =
            self.command(log).spawn().map_err(Error::io(format!("start {}", self.program.display())))?;
        let mut line = String::new();
        if let Some(report) = supervisor.stdout.take() {
            BufReader::new(report).read_line(&mut line).map_err(Error::io(format!("start {}", self.name)))?;
        }
        let processes = line.split_whitespace().filter_map(|pid| pid.parse().ok()).collect();
        Ok(Supervised {
            name: self.name.clone(),
            supervisor,
            processes,
            log: self.log.clone(),
            grace: self.grace,
            discard: self.server.discard.clone(),
        })
    }
}

/// A running process that stops when this value is dropped, or when the process that holds it ends in whatever way.
#[derive(Debug)]
pub struct Supervised {
    name: String,
    supervisor: Child,
    processes: Vec<u32>,
    log: PathBuf,
    grace: Duration,
    discard: Option<PathBuf>,
}

impl Supervised {
    /// Ids of the process itself, of its companion if it has one, and of the script that watches them.
    pub fn pids(&self) -> Vec<u32> {
        let mut pids = self.processes.clone();
        pids.push(self.supervisor.id());
        pids
    }

    /// What it prints.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The last line it printed.
    pub fn last_words(&self) -> String {
        readiness::last_words(&self.log)
    }

    /// How it ended, when it did so on its own.
    pub fn ended(&mut self) -> Option<String> {
        match self.supervisor.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) => Some(status.to_string()),
            Err(error) => Some(error.to_string()),
        }
    }

    /// Whether the process itself is still there, not just the script that watches it.
    fn lives(&self) -> bool {
        self.processes.first().is_some_and(|pid| Path::new("/proc").join(pid.to_string()).exists())
    }

    /// Asks it to stop, kills it when it does not in time, and waits until it is gone.
    pub fn stop(mut self) -> Result<(), Error> {
        self.finish()
    }

    /// The same, and tells how it ended: with its own exit code, or with 128 and the number of the signal that killed it.
    pub fn stop_and_tell(mut self) -> Result<ExitStatus, Error> {
        self.finish()?;
        self.supervisor.wait().map_err(Error::io(format!("wait for {}", self.name)))
    }

    fn finish(&mut self) -> Result<(), Error> {
        drop(self.supervisor.stdin.take());
        // The script kills after the grace; a little more for a machine that is busy.
        let process = Instant::now() + self.grace + Duration::from_secs(15);
        // Then it deletes what is to be discarded: thousands of databases take minutes on a slow disk.
        let files = process + Duration::from_mins(10);
        while self.ended().is_none() {
            let deadline = if self.lives() { process } else { files };
            if Instant::now() > deadline {
                let pid = self.processes.first().copied().unwrap_or_default();
                return Err(Error::Unstoppable { server: self.name.clone(), pid });
            }
            thread::sleep(Duration::from_millis(10));
        }
        if let Some(folder) = self.discard.take() {
            // Done by the script, unless the folder's parent belongs to somebody else.
            let _ = fs::remove_dir_all(&folder);
            let _ = folder.parent().map(fs::remove_dir);
        }
        Ok(())
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        let _ = self.finish();
    }
}
