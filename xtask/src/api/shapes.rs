//! The parts of the API's answers that are shown. Unknown members are ignored, as in any client.

use serde::{Deserialize, Serialize};

/// A page of a list.
#[derive(Debug, Deserialize)]
pub(crate) struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

/// An account to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NewAccount {
    pub name: String,
    pub broker: String,
    pub currency: String,
    pub time_zone: String,
}

/// An account.
#[derive(Debug, Deserialize)]
pub(crate) struct Account {
    pub id: String,
    pub name: String,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ImportStatus {
    Queued,
    Running,
    Completed,
    Failed,
    Undone,
}

/// An import.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Import {
    pub id: String,
    pub status: ImportStatus,
    pub format: Option<String>,
    /// 0..100.
    pub progress: u32,
    pub rows: Rows,
    pub fills: Fills,
    pub diagnostics: Vec<Diagnostic>,
    /// Why it failed.
    pub failure: Option<String>,
}

/// Rows of a file.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Rows {
    pub total: u64,
    pub rejected: u64,
}

/// Fills of a file.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Fills {
    pub new: u64,
    pub known: u64,
    pub changed: u64,
}

/// A remark about a line.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Diagnostic {
    pub line: u64,
    pub severity: String,
    pub message: String,
}

/// A round trip.
#[derive(Debug, Deserialize)]
pub(crate) struct Trade {
    pub currency: String,
}

/// Statistics of closed trades.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Summary {
    pub trades: u64,
    pub net_pnl: Money,
    pub win_rate: Option<Estimate>,
}

/// An amount of money.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Money {
    pub amount: String,
    pub currency: String,
}

/// A figure estimated from a sample.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Estimate {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}
