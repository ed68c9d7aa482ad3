//! Two sets of trades side by side, as JSON.

use super::{Coverage, Estimate, MoneyEstimate, Note, notes};
use crate::wire::Money;
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Comparison {
    pub currency: String,
    /// What amounts are in: the currency, `R` or `%`.
    pub unit: String,
    pub a: Cohort,
    pub b: Cohort,
    /// The expectancy of `a` less that of `b`, with the interval of Welch's t-test (`welch_interval`).
    pub difference: Option<MoneyEstimate>,
    /// Two-sided, of Welch's t-test (`welch_p`): the chance of a difference at least as large if there were none.
    pub p: Option<f64>,
    /// The 95 % interval of the difference by resampling, which presumes nothing about the trades.
    pub difference_interval: Option<MoneyInterval>,
    /// The same chance by shuffling the trades of both.
    pub permutation_p: Option<f64>,
    /// Trades that are in both.
    pub shared: u64,
    /// By field: why it is null.
    pub notes: BTreeMap<String, Note>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct MoneyInterval {
    pub low: Money,
    pub high: Money,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Cohort {
    pub coverage: Coverage,
    pub trades: u64,
    pub wins: u64,
    pub losses: u64,
    pub scratches: u64,
    pub total: Money,
    pub win_rate: Option<Estimate>,
    pub expectancy: Option<MoneyEstimate>,
    pub profit_factor: Option<String>,
    pub standard_deviation: Option<f64>,
}

impl Cohort {
    fn new(cohort: Option<proto::Cohort>, unit: &str) -> Self {
        let cohort = cohort.unwrap_or_default();
        Self {
            coverage: cohort.coverage.into(),
            trades: cohort.trades,
            wins: cohort.wins,
            losses: cohort.losses,
            scratches: cohort.scratches,
            total: Money::new(cohort.total, unit),
            win_rate: cohort.win_rate.map(Estimate::from),
            expectancy: cohort.expectancy.map(|estimate| MoneyEstimate::new(estimate, unit)),
            profit_factor: cohort.profit_factor,
            standard_deviation: cohort.standard_deviation,
        }
    }
}

impl From<proto::Comparison> for Comparison {
    fn from(comparison: proto::Comparison) -> Self {
        let unit = comparison.unit;
        Self {
            currency: comparison.currency,
            a: Cohort::new(comparison.a, &unit),
            b: Cohort::new(comparison.b, &unit),
            difference: comparison.difference.map(|difference| MoneyEstimate::new(difference, &unit)),
            p: comparison.p,
            difference_interval: comparison.difference_interval.map(|interval| MoneyInterval {
                low: Money::new(interval.low, &unit),
                high: Money::new(interval.high, &unit),
            }),
            permutation_p: comparison.permutation_p,
            shared: comparison.shared,
            notes: notes(comparison.notes),
            unit,
        }
    }
}
