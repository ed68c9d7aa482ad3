//! Users who read and write all the time, sign in and out, and import files.

use super::client::Client;
use crate::{
    api::{Api, ImportStatus},
    bench::fills::Fills,
};
use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use servers::secret;
use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// 2026-01-05T00:00:00Z, when the first fill was executed.
const FIRST: i64 = 1_767_571_200;
const IMPORT_ROWS: u32 = 400;
const IMPORT_PATIENCE: Duration = Duration::from_mins(2);
const BETWEEN_IMPORTS: Duration = Duration::from_secs(4);
const BETWEEN_SIGN_INS: Duration = Duration::from_secs(2);

/// A user with an account, and what must be in it.
#[derive(Debug)]
pub(super) struct Visitor {
    pub client: Client,
    pub account: String,
    /// Fills whose request was answered with a success.
    pub fills: u64,
    /// Trades that those close.
    pub closed: u64,
}

impl Visitor {
    /// A new user with an empty account.
    pub fn new(client: Client) -> anyhow::Result<Self> {
        let account =
            json!({ "name": "Rolling", "broker": "Generic", "currency": "USD", "time_zone": "UTC" });
        let answer = client.send("new account", "POST", "/v1/accounts", Some(&account), None);
        let account = answer.and_then(|answer| answer.member("id")).context("there is no account")?;
        Ok(Self { client, account, fills: 0, closed: 0 })
    }

    /// Reads and writes, a request each `pace`, until `stop`. A position that was opened is closed before it ends.
    pub fn visit(&mut self, pace: Duration, stop: &AtomicBool) {
        let mut due = Instant::now();
        for turn in 0_u64.. {
            if turn.is_multiple_of(10) && stop.load(Ordering::Relaxed) {
                return;
            }
            thread::sleep(due.saturating_duration_since(Instant::now()));
            due += pace;
            self.client.keep_signed_in();
            self.ask(turn);
        }
    }

    fn ask(&mut self, turn: u64) {
        match turn % 10 {
            0 => self.write("buy", false),
            // Also sent twice, as by a client that has lost the answer.
            5 => self.write("sell", true),
            1 | 6 => drop(self.client.get("list of trades", "/v1/trades?limit=20")),
            2 => self.one_trade(),
            3 => drop(self.client.get("statistics", "/v1/analytics/summary?currency=USD")),
            4 => drop(self.client.get("profile", "/v1/me")),
            7 => drop(self.client.get("notifications", "/v1/notifications?limit=5")),
            8 => drop(self.client.get("accounts", "/v1/accounts")),
            _ => drop(self.client.get("equity", "/v1/analytics/equity?currency=USD")),
        }
    }

    fn write(&mut self, side: &str, twice: bool) {
        let Ok(key) = secret::generate(12) else { return };
        let seconds = FIRST + self.fills.cast_signed();
        let executed_at =
            OffsetDateTime::from_unix_timestamp(seconds).ok().and_then(|at| at.format(&Rfc3339).ok());
        let fill = json!({
            "account_id": self.account, "symbol": "ROLL", "side": side, "quantity": "1", "price": "101.25",
            "commission": "0.35", "executed_at": executed_at,
        });
        let send = |kind| self.client.send(kind, "POST", "/v1/fills", Some(&fill), Some(&key));
        let Some(first) = send("new fill") else { return };
        self.fills += 1;
        self.closed += u64::from(side == "sell");
        if twice
            && let Some(second) = send("the same fill again")
            && (!second.is_replayed || first.text != second.text)
        {
            self.client.tally().failure("the same fill again", "it is answered otherwise");
        }
    }

    fn one_trade(&self) {
        let Some(page) = self.client.get("list of trades", "/v1/trades?limit=1") else { return };
        let page: Value = serde_json::from_str(&page.text).unwrap_or_default();
        if let Some(id) = page.pointer("/items/0/id").and_then(Value::as_str) {
            self.client.get("one trade", &format!("/v1/trades/{id}"));
        }
    }

    /// What the statistics count, once they count everything. They may be behind for a while.
    pub fn counted(&self) -> anyhow::Result<u64> {
        let path = format!("/v1/analytics/summary?currency=USD&account_id={}", self.account);
        let summary = self.client.get("statistics", &path).context("there are no statistics")?;
        let summary: Value = serde_json::from_str(&summary.text)?;
        summary.get("trades").and_then(Value::as_u64).context("statistics without a number of trades")
    }
}

/// Signs in, looks who it is, refreshes and signs out, again and again.
pub(super) fn come_and_go(mut client: Client, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        if client.sign_in() {
            client.get("profile", "/v1/me");
            client.refresh();
            client.sign_out();
        }
        thread::sleep(BETWEEN_SIGN_INS);
    }
}

/// Imports one new file after the other.
pub(super) struct Importer {
    visitor: Visitor,
    api: Api,
    file: PathBuf,
}

impl Importer {
    /// `file` is written anew for each import.
    pub fn new(visitor: Visitor, file: PathBuf) -> anyhow::Result<Self> {
        let client = &visitor.client;
        let api = Api::sign_up(&client.url, &client.email, &client.password, "importer")?;
        Ok(Self { visitor, api, file })
    }

    /// Imports until `stop`. Returns whose account everything went into.
    pub fn import(mut self, stop: &AtomicBool) -> anyhow::Result<Visitor> {
        let mut fills = Fills::pairs(1_000_000);
        while !stop.load(Ordering::Relaxed) {
            fs::write(&self.file, fills.file(IMPORT_ROWS)?)?;
            let begin = Instant::now();
            let outcome = self.one();
            let tally = self.visitor.client.tally();
            match outcome {
                Ok(()) => tally.success("import, from POST to completed", begin.elapsed()),
                Err(error) => tally.failure("import, from POST to completed", &format!("{error:#}")),
            }
            self.visitor.closed = fills.closed().into();
            thread::sleep(BETWEEN_IMPORTS);
        }
        Ok(self.visitor)
    }

    fn one(&mut self) -> anyhow::Result<()> {
        let begin = Instant::now();
        let mut import = self.api.upload(&self.visitor.account, &self.file, &[])?;
        while import.status != ImportStatus::Completed {
            if import.status == ImportStatus::Failed {
                bail!("the import failed: {}", import.failure.unwrap_or_default());
            }
            ensure!(begin.elapsed() < IMPORT_PATIENCE, "the import stands at {} %", import.progress);
            thread::sleep(Duration::from_millis(200));
            import = self.api.import(&import.id)?;
        }
        ensure!(
            import.fills.new == u64::from(IMPORT_ROWS),
            "{} of {IMPORT_ROWS} fills are new",
            import.fills.new
        );
        self.visitor.fills += import.fills.new;
        Ok(())
    }
}
