//! The plain monolith that the product is compared with (`crates/peer`), with the same trades on the same PostgreSQL.

use crate::bench::{
    records::Records,
    stage::{PEER, Stage},
    wire,
};
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use servers::secret;
use std::process::Command;

/// New trades that are asked for in turn.
const NEW_TRADES: usize = 60;

/// A running monolith.
#[derive(Debug)]
pub(super) struct Peer {
    pub url: String,
    /// The cookie of the user whose records are asked for.
    cookie: String,
    account: String,
}

impl Peer {
    /// Copies what there is and starts it.
    pub fn beside(stage: &mut Stage, records: &Records) -> anyhow::Result<Self> {
        let program = stage.binaries.of(PEER)?.to_owned();
        let (database, secret) = (stage.admin_url("trades")?, secret::generate(32)?);
        let run = |arguments: &[&str]| {
            let mut command = Command::new(&program);
            command.args(arguments).env("DATABASE_URL", &database).env("PEER_SECRET", &secret);
            let output = command.output().context("cannot run the monolith")?;
            ensure!(output.status.success(), "the monolith: {}", String::from_utf8_lossy(&output.stderr));
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        run(&["copy"])?;
        let user = records.session.get("/v1/me")?;
        let user = user.get("id").and_then(Value::as_str).context("/v1/me tells no id")?;
        let cookie = run(&["cookie", user])?;
        let settings = [("DATABASE_URL", database.as_str()), ("PEER_SECRET", secret.as_str())];
        let url = stage.another_program(PEER, &program, &settings)?;
        Ok(Self { url, cookie, account: records.session.account.clone() })
    }

    /// The first page of trades.
    pub fn list(&self) -> Vec<Vec<u8>> {
        vec![self.request("GET", "/v1/trades?limit=50", None)]
    }

    /// One trade after the other by its id.
    pub fn one(&self, records: &Records) -> Vec<Vec<u8>> {
        records.trades().iter().map(|id| self.request("GET", &format!("/v1/trades/{id}"), None)).collect()
    }

    /// A trade that somebody types in: one row.
    pub fn create(&self) -> Vec<Vec<u8>> {
        let trade = |index: usize| {
            let trade = json!({
                "account_id": self.account, "symbol": format!("HAND{index}"), "side": "long", "quantity": "1",
                "entry": "101.25", "exit": "101.75", "net_pnl": "0.5",
                "opened_at": "2026-01-05T14:00:00Z", "closed_at": "2026-01-05T15:00:00Z",
            });
            self.request("POST", "/v1/trades", Some(&trade))
        };
        (0..NEW_TRADES).map(trade).collect()
    }

    fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Vec<u8> {
        wire::request(method, path, &format!("Cookie: {}", self.cookie), body)
    }
}
