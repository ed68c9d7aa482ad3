//! The parameters that one statistics path has for itself.

use crate::problem::Problem;
use journal_proto::analytics::v1 as proto;
use serde::Deserialize;
use utoipa::IntoParams;

/// A count that protobuf tells by 0 when it is absent: so 0 itself cannot be asked for.
pub(crate) fn count(field: &str, count: Option<u32>) -> Result<u32, Problem> {
    match count {
        Some(0) => Err(Problem::invalid_field(field, "must be above 0")),
        count => Ok(count.unwrap_or_default()),
    }
}

/// Nothing of its own.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EquityParams {
    /// 5..5000: at most this many points, chosen so that highs and lows stay. All days when absent.
    pub points: Option<u32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BreakdownParams {
    /// `symbol`, `side`, `tag`, `account`, `hour`, `weekday`, `month`, `hold_time`, `size`, `price`, `asset_class`,
    /// `outcome`, `r_multiple`, `session` (of the account's session calendar), `playbook`, `rating` or `mistake`.
    pub by: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DistributionParams {
    /// 1..200: about so many bins in the histogram; as many as the spread suggests when absent.
    pub bins: Option<u32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExcursionParams {
    /// 1..1000, 200 when absent: how many trades are listed, the last closed first.
    pub limit: Option<u32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RiskParams {
    /// 1..10000, 1000 when absent: paths of the Monte Carlo; fewer are dealt when paths x trades exceed 50 million.
    pub paths: Option<u32>,
    /// The same seed deals the same paths; 42 when absent.
    #[param(format = "uint64")]
    pub seed: Option<u64>,
    /// `with_replacement` (default) or `shuffled`.
    pub resampling: Option<String>,
    /// Losses from the start, above 0: how likely is each? At most 10.
    #[serde(default)]
    pub ruin_loss: Vec<String>,
}

impl RiskParams {
    pub fn into_request(
        self,
        filter: Option<proto::Filter>,
        measure: Option<proto::Measure>,
    ) -> Result<proto::GetRiskRequest, Problem> {
        Ok(proto::GetRiskRequest {
            filter,
            measure,
            paths: count("paths", self.paths)?,
            seed: self.seed,
            resampling: self.resampling.unwrap_or_default(),
            ruin_losses: self.ruin_loss,
        })
    }
}
