//! Statistics as JSON: estimates with their interval, undefined as null with a reason.

mod asked;
mod breakdown;
mod calendar;
mod calendars;
mod comparison;
mod daily;
mod distribution;
mod equity;
mod excursions;
mod filter;
mod metrics;
mod risk;
mod summary;

pub(crate) use asked::{
    BreakdownParams, DistributionParams, EquityParams, ExcursionParams, Nothing, RiskParams, count,
};
pub(crate) use breakdown::Breakdown;
pub(crate) use calendar::Calendar;
pub(crate) use calendars::Calendars;
pub(crate) use comparison::Comparison;
pub(crate) use distribution::Distribution;
pub(crate) use equity::Equity;
pub(crate) use excursions::Excursions;
pub(crate) use filter::{Cohorts, MeasureParams, Question, StatisticsFilter};
pub(crate) use metrics::Metrics;
pub(crate) use risk::Risk;
pub(crate) use summary::Summary;

use daily::DailyFigures;
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A figure estimated from a sample of `n`, with its 95 % interval.
#[derive(Serialize, ToSchema)]
pub(crate) struct Estimate {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub n: u64,
}

impl From<proto::Estimate> for Estimate {
    fn from(estimate: proto::Estimate) -> Self {
        Self { value: estimate.value, low: estimate.low, high: estimate.high, n: estimate.n }
    }
}

/// An average amount of money in the answer's currency, with its 95 % interval.
#[derive(Serialize, ToSchema)]
pub(crate) struct MoneyEstimate {
    pub value: String,
    pub low: Option<String>,
    pub high: Option<String>,
    pub n: u64,
    pub currency: String,
}

impl MoneyEstimate {
    fn new(estimate: proto::MoneyEstimate, currency: &str) -> Self {
        Self {
            value: estimate.amount,
            low: estimate.low,
            high: estimate.high,
            n: estimate.n,
            currency: currency.to_owned(),
        }
    }
}

/// Why a field is null, or how to read it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Note {
    pub code: String,
    pub reason: String,
}

/// By field.
fn notes(notes: Vec<proto::Note>) -> BTreeMap<String, Note> {
    notes.into_iter().map(|n| (n.field, Note { code: n.code, reason: n.reason })).collect()
}

/// What a measure left out: trades without a risk have no R.
#[derive(Serialize, ToSchema)]
pub(crate) struct Coverage {
    /// Closed trades that the filter selects.
    pub selected: u64,
    /// Those of them that could be measured: the figures are theirs.
    pub measured: u64,
}

impl From<Option<proto::Coverage>> for Coverage {
    fn from(coverage: Option<proto::Coverage>) -> Self {
        let coverage = coverage.unwrap_or_default();
        Self { selected: coverage.selected, measured: coverage.measured }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Rebuilt {
    pub trades: u64,
    pub accounts: u64,
}
