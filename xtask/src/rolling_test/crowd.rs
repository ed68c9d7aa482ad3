//! All clients at once: gathered before the first restart, dismissed after the last one, when everything must add up.

use super::{
    client::Client,
    listener::{self, Heard, Listener},
    tally::Tally,
    visitor::{self, Importer, Visitor},
};
use crate::{folder::Folder, interrupt::Interrupt, progress::Step};
use anyhow::{Context as _, ensure};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

const VISITORS: u32 = 4;
const COMERS_AND_GOERS: u32 = 1;
/// How long events may be under way when nothing new happens.
const SETTLED_WITHIN: Duration = Duration::from_mins(2);
/// When something has failed already, not everything can arrive.
const SETTLED_IN_VAIN: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(200);

/// Clients at work.
pub(super) struct Crowd {
    tally: Arc<Tally>,
    /// No more requests.
    enough: Arc<AtomicBool>,
    /// Nobody need listen any more.
    heard_all: Arc<AtomicBool>,
    visitors: Vec<JoinHandle<anyhow::Result<Visitor>>>,
    others: Vec<JoinHandle<()>>,
    listeners: Vec<Listening>,
}

struct Listening {
    /// To ask for the newest number with.
    client: Client,
    last: Arc<AtomicU64>,
    thread: JoinHandle<Heard>,
}

/// What came of it.
pub(super) struct Outcome {
    pub tally: Arc<Tally>,
    pub heard: Vec<Heard>,
    /// Fills that were written, and trades that those closed.
    pub fills: u64,
    pub closed: u64,
}

impl Crowd {
    /// Everybody signs up, and begins.
    pub fn gather(url: &str, folder: &Folder, rate: u32) -> anyhow::Result<Self> {
        let step = Step::begin("Users sign up");
        let tally = Arc::new(Tally::new());
        let new_user = |name: String| Client::of_new_user(url, &name, &tally);
        let mut visitors = Vec::new();
        for nth in 0..VISITORS {
            visitors.push(Visitor::new(new_user(format!("visitor-{nth}"))?)?);
        }
        let importing = Visitor::new(new_user("importer".to_owned())?)?;
        let mut this = Self {
            enough: Arc::default(),
            heard_all: Arc::default(),
            visitors: Vec::new(),
            others: Vec::new(),
            listeners: Vec::new(),
            tally: Arc::clone(&tally),
        };
        for visitor in visitors.iter().chain([&importing]) {
            this.listen(&visitor.client)?;
        }
        for nth in 0..COMERS_AND_GOERS {
            let (client, enough) = (new_user(format!("comer-{nth}"))?, Arc::clone(&this.enough));
            this.others.push(thread::spawn(move || visitor::come_and_go(client, &enough)));
        }
        let importer = Importer::new(importing, folder.path().join("import.csv"))?;
        for visitor in visitors {
            this.visit(visitor, Duration::from_secs(1) * VISITORS / rate.max(1));
        }
        this.import(importer);
        step.done("Users read, write, sign in, import and listen");
        Ok(this)
    }

    /// Returns when the first greeting is there: nothing that happens afterwards may be missed.
    fn listen(&mut self, user: &Client) -> anyhow::Result<()> {
        let (last, listener) = (Arc::new(AtomicU64::new(u64::MAX)), Listener::new(user.elsewhere()?));
        let (heard_all, shared) = (Arc::clone(&self.heard_all), Arc::clone(&last));
        let thread = thread::spawn(move || listener.listen(&shared, &heard_all));
        let deadline = Instant::now() + SETTLED_WITHIN;
        while last.load(Ordering::Relaxed) == u64::MAX {
            ensure!(
                Instant::now() < deadline,
                "no greeting on a WebSocket: {:?}",
                self.tally.failures().last()
            );
            thread::sleep(LOOK);
        }
        self.listeners.push(Listening { client: user.elsewhere()?, last, thread });
        Ok(())
    }

    fn visit(&mut self, mut visitor: Visitor, pace: Duration) {
        let enough = Arc::clone(&self.enough);
        self.visitors.push(thread::spawn(move || {
            visitor.visit(pace, &enough);
            Ok(visitor)
        }));
    }

    fn import(&mut self, importer: Importer) {
        let enough = Arc::clone(&self.enough);
        self.visitors.push(thread::spawn(move || importer.import(&enough)));
    }

    pub fn has_failures(&self) -> bool {
        !self.tally.failures().is_empty()
    }

    /// Stops all requests, waits until every event has arrived, and looks whether everything is there once.
    pub fn dismiss(self, interrupt: &Interrupt) -> anyhow::Result<Outcome> {
        let step = Step::begin("Waiting for the last events");
        self.enough.store(true, Ordering::Relaxed);
        let visitors = self.visitors.into_iter().map(joined).collect::<anyhow::Result<Vec<_>>>();
        self.others.into_iter().for_each(joined);
        let outcome = visitors.and_then(|visitors| settle(visitors, &self.listeners, &self.tally, interrupt));
        self.heard_all.store(true, Ordering::Relaxed);
        let heard = self.listeners.into_iter().map(|listening| joined(listening.thread)).collect();
        let (fills, closed) = outcome?;
        step.done("Clients are done");
        Ok(Outcome { tally: self.tally, heard, fills, closed })
    }
}

/// Waits until the statistics count every trade and every listener has heard the newest message. Returns the fills written and trades closed.
fn settle(
    visitors: Vec<Visitor>,
    listeners: &[Listening],
    tally: &Tally,
    interrupt: &Interrupt,
) -> anyhow::Result<(u64, u64)> {
    let (mut fills, mut closed) = (0, 0);
    let patience = if tally.failures().is_empty() { SETTLED_WITHIN } else { SETTLED_IN_VAIN };
    for mut visitor in visitors {
        visitor.client.keep_signed_in();
        let counted = until(interrupt, patience, || Ok((visitor.counted()?, visitor.closed)))?;
        if counted != visitor.closed {
            let how = format!("{counted} of {} closed trades of {}", visitor.closed, visitor.client.email);
            tally.failure("statistics count", &how);
        }
        (fills, closed) = (fills + visitor.fills, closed + visitor.closed);
    }
    for Listening { client, last, .. } in listeners {
        let mut client = client.elsewhere()?;
        client.keep_signed_in();
        let look = || Ok((last.load(Ordering::Relaxed), listener::newest(&client)?));
        let heard = until(interrupt, patience, look)?;
        let newest = listener::newest(&client)?;
        if heard != newest {
            tally.failure("WebSocket", &format!("heard up to {heard} of {newest}"));
        }
    }
    Ok((fills, closed))
}

/// Looks until both figures are the same, or it has taken too long. Returns the first one.
fn until(
    interrupt: &Interrupt,
    patience: Duration,
    look: impl Fn() -> anyhow::Result<(u64, u64)>,
) -> anyhow::Result<u64> {
    let deadline = Instant::now() + patience;
    loop {
        let (is, must) = look().context("cannot look whether everything has arrived")?;
        if is == must || Instant::now() > deadline {
            return Ok(is);
        }
        interrupt.pause(LOOK)?;
    }
}

fn joined<T>(thread: JoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
