//! The shape of amounts as JSON.

use super::{Coverage, MoneyEstimate, Note, notes};
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Distribution {
    pub currency: String,
    /// What amounts are in: the currency, `R` or `%`.
    pub unit: String,
    pub coverage: Coverage,
    pub n: u64,
    pub mean: Option<MoneyEstimate>,
    pub median: Option<String>,
    /// Of a sample (n - 1).
    pub standard_deviation: Option<f64>,
    pub skewness: Option<f64>,
    /// Raw: 3 for a normal distribution.
    pub kurtosis: Option<f64>,
    pub min: Option<String>,
    pub max: Option<String>,
    pub quantiles: Vec<Quantile>,
    pub bins: Vec<Bin>,
    /// By field: why it is null.
    pub notes: BTreeMap<String, Note>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Quantile {
    /// 0..1.
    pub share: f64,
    pub value: String,
}

/// From <= amount < to, with round edges of which 0 is one: no bin holds wins and losses.
#[derive(Serialize, ToSchema)]
pub(crate) struct Bin {
    pub from: String,
    pub to: String,
    pub count: u64,
}

impl From<proto::Distribution> for Distribution {
    fn from(d: proto::Distribution) -> Self {
        let quantiles = d.quantiles.into_iter().map(|q| Quantile { share: q.share, value: q.value });
        let bins = d.bins.into_iter().map(|bin| Bin { from: bin.from, to: bin.to, count: bin.count });
        Self {
            coverage: d.coverage.into(),
            n: d.n,
            mean: d.mean.map(|mean| MoneyEstimate::new(mean, &d.unit)),
            median: d.median,
            standard_deviation: d.standard_deviation,
            skewness: d.skewness,
            kurtosis: d.kurtosis,
            min: d.min,
            max: d.max,
            quantiles: quantiles.collect(),
            bins: bins.collect(),
            notes: notes(d.notes),
            currency: d.currency,
            unit: d.unit,
        }
    }
}
