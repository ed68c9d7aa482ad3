//! What a file calls its columns.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// The names of a file's columns. One that is null is looked for under our name for it; one that is named has to be there.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Columns {
    /// Date and time in one.
    pub timestamp: Option<String>,
    /// The date; with `time` in place of `timestamp`.
    pub date: Option<String>,
    /// The time of day.
    pub time: Option<String>,
    /// What was traded.
    pub symbol: Option<String>,
    /// Bought or sold.
    pub side: Option<String>,
    /// How much.
    pub quantity: Option<String>,
    /// The price of one unit.
    pub price: Option<String>,
    /// The commission.
    pub commission: Option<String>,
    /// All other fees.
    pub fees: Option<String>,
    /// The currency of price and fees.
    pub currency: Option<String>,
    /// Money per point and unit.
    pub multiplier: Option<String>,
    /// The broker's id of the execution.
    pub execution_id: Option<String>,
    /// The order that it belongs to.
    pub order_id: Option<String>,
    /// The broker's account.
    pub account: Option<String>,
}

impl Columns {
    /// By our names, without those that are null.
    pub fn into_named(self) -> HashMap<String, String> {
        let all = [
            ("timestamp", self.timestamp),
            ("date", self.date),
            ("time", self.time),
            ("symbol", self.symbol),
            ("side", self.side),
            ("quantity", self.quantity),
            ("price", self.price),
            ("commission", self.commission),
            ("fees", self.fees),
            ("currency", self.currency),
            ("multiplier", self.multiplier),
            ("execution_id", self.execution_id),
            ("order_id", self.order_id),
            ("account", self.account),
        ];
        all.into_iter().filter_map(|(ours, theirs)| Some((ours.to_owned(), theirs?))).collect()
    }

    /// From our names.
    pub fn of_named(mut named: HashMap<String, String>) -> Self {
        let mut column = |ours| named.remove(ours);
        Self {
            timestamp: column("timestamp"),
            date: column("date"),
            time: column("time"),
            symbol: column("symbol"),
            side: column("side"),
            quantity: column("quantity"),
            price: column("price"),
            commission: column("commission"),
            fees: column("fees"),
            currency: column("currency"),
            multiplier: column("multiplier"),
            execution_id: column("execution_id"),
            order_id: column("order_id"),
            account: column("account"),
        }
    }
}
