//! The figures of groups of trades as JSON.

use super::{Coverage, Estimate, MoneyEstimate};
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Breakdown {
    pub currency: String,
    /// What amounts are in: the currency, `R` or `%`.
    pub unit: String,
    pub coverage: Coverage,
    pub by: String,
    pub rows: Vec<BreakdownRow>,
    /// Rows that `adjusted_p` is adjusted for: with those that the filter hides, as they could be looked at as well.
    pub family: u64,
    /// Rows with a higher `adjusted_p` may be chance.
    pub false_discovery_rate: f64,
    /// True by `tag` and by `mistake`: a trade stands in the row of each that it has, so the rows may add up to more than the whole.
    pub rows_overlap: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct BreakdownRow {
    /// E.g. a symbol, a playbook's id, `monday`, `09`, `1m-5m`, or `none`.
    pub key: String,
    pub trades: u64,
    pub wins: u64,
    pub losses: u64,
    pub scratches: u64,
    pub net_pnl: String,
    pub win_rate: Option<Estimate>,
    /// With an interval from resampled days.
    pub expectancy: Option<MoneyEstimate>,
    pub profit_factor: Option<String>,
    /// The chance of an average at least as high if the true one were 0.
    pub p: Option<f64>,
    /// After Benjamini and Hochberg.
    pub adjusted_p: Option<f64>,
    /// True unless the row's gain is more than luck among so many rows would bring.
    pub may_be_chance: bool,
}

impl From<proto::Breakdown> for Breakdown {
    fn from(breakdown: proto::Breakdown) -> Self {
        let unit = breakdown.unit;
        let rows = breakdown.rows.into_iter().map(|row| BreakdownRow {
            key: row.key,
            trades: row.trades,
            wins: row.wins,
            losses: row.losses,
            scratches: row.scratches,
            net_pnl: row.net_pnl,
            win_rate: row.win_rate.map(Estimate::from),
            expectancy: row.expectancy.map(|estimate| MoneyEstimate::new(estimate, &unit)),
            profit_factor: row.profit_factor,
            p: row.p,
            adjusted_p: row.adjusted_p,
            may_be_chance: row.may_be_chance,
        });
        Self {
            rows: rows.collect(),
            by: breakdown.by,
            family: breakdown.family,
            false_discovery_rate: breakdown.false_discovery_rate,
            rows_overlap: breakdown.rows_overlap,
            coverage: breakdown.coverage.into(),
            currency: breakdown.currency,
            unit,
        }
    }
}
