//! A user's records, and the requests that read and write them.

use super::{fills::Fills, session::Session, stage::Stage, timed_import};
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

/// Trades that are asked for one after the other.
const VARIETY: usize = 60;
/// New fills, a second apart.
const FILLS: usize = 3_000;
/// Symbols of new fills.
const SYMBOLS: usize = 30;

/// A user with closed trades.
#[derive(Debug)]
pub(super) struct Records {
    pub session: Session,
    trades: Vec<String>,
}

impl Records {
    /// Imports `trades` closed trades for a new user.
    pub fn of_new_user(stage: &mut Stage, name: &str, trades: u32) -> anyhow::Result<Self> {
        let mut session = Session::of_new_user(stage, name)?;
        let mut fills = Fills::pairs(2 * trades);
        let file = stage.write(&format!("{name}.csv"), &fills.file(2 * trades)?)?;
        timed_import::import(stage, &mut session, &file, 2 * trades, fills.closed())?;
        let page = session.get("/v1/trades?limit=200")?;
        let items = page.get("items").and_then(Value::as_array).context("the list has no items")?;
        let ids = items.iter().filter_map(|trade| trade.get("id")?.as_str().map(str::to_owned));
        let trades: Vec<String> = ids.take(VARIETY).collect();
        ensure!(trades.len() == VARIETY, "the list has {} trades", trades.len());
        Ok(Self { session, trades })
    }

    /// The trades that are asked for by id.
    pub fn trades(&self) -> &[String] {
        &self.trades
    }

    /// The first page of trades.
    pub fn list(&self) -> Vec<Vec<u8>> {
        vec![self.session.request("GET", "/v1/trades?limit=50", None)]
    }

    /// One trade after the other by its id.
    pub fn one(&self) -> Vec<Vec<u8>> {
        let paths = self.trades.iter().map(|id| format!("/v1/trades/{id}"));
        paths.map(|path| self.session.request("GET", &path, None)).collect()
    }

    /// Statistics of everything.
    pub fn summary(&self) -> Vec<Vec<u8>> {
        vec![self.session.request("GET", "/v1/analytics/summary", None)]
    }

    /// New fills by hand: one buys, the next one sells what was bought, so that no position grows.
    pub fn create(&self) -> Vec<Vec<u8>> {
        let fill = |index: usize| {
            let side = if index.is_multiple_of(2) { "buy" } else { "sell" };
            let fill = json!({
                "account_id": self.session.account, "symbol": format!("HAND{}", index / 2 % SYMBOLS), "side": side,
                "quantity": "1", "price": "101.25", "commission": "0.35",
                "executed_at": format!("2026-01-05T14:{:02}:{:02}Z", index / 60, index % 60),
            });
            self.session.request("POST", "/v1/fills", Some(&fill))
        };
        (0..FILLS).map(fill).collect()
    }

    /// New notes on one trade after the other.
    fn change(&self) -> Vec<Vec<u8>> {
        let note = |(index, id): (usize, &String)| {
            let change = json!({ "notes": format!("Waited for the retest, no. {index}") });
            self.session.request("PATCH", &format!("/v1/trades/{id}"), Some(&change))
        };
        self.trades.iter().enumerate().map(note).collect()
    }

    /// Of ten requests six read the list, two a trade, one changes a trade and one writes a fill.
    pub fn mixed(&self) -> Vec<Vec<u8>> {
        let (list, mut one) = (self.list().concat(), self.one().into_iter().cycle());
        let writes = self.change().into_iter().cycle().zip(self.create());
        writes
            .flat_map(|(change, create)| {
                let [first, second] = [one.next(), one.next()].map(Option::unwrap_or_default);
                let lists = || std::iter::repeat_n(list.clone(), 3);
                lists().chain([first, change]).chain(lists()).chain([second, create])
            })
            .collect()
    }
}
