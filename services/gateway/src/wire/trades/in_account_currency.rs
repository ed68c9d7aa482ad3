//! A trade in the currency of its account as JSON.

use crate::wire::some;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The net of a trade in the currency of its account, by dated exchange rates.
#[derive(Serialize, ToSchema)]
pub(crate) struct InAccountCurrency {
    /// The account's.
    #[schema(example = "USD")]
    pub currency: String,
    /// `close` or `legs`.
    pub rate_policy: String,
    /// Realised, as the trade's own `net_pnl`; rounded half-even to 18 decimals where it has no finite expansion.
    pub net_pnl: Option<String>,
    /// Why `net_pnl` is null.
    pub reason: Option<NoAmount>,
}

/// Why an amount is not told.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoAmount {
    /// `no-rate`.
    pub code: String,
    /// For people.
    #[schema(
        example = "There is no rate from EUR to USD at 2026-01-05T14:30:00Z: add one with PUT /v1/rates."
    )]
    pub message: String,
}

impl From<proto::InAccountCurrency> for InAccountCurrency {
    fn from(told: proto::InAccountCurrency) -> Self {
        Self {
            currency: told.currency,
            rate_policy: told.rate_policy,
            net_pnl: some(told.net_pnl),
            reason: told.reason.map(|reason| NoAmount { code: reason.code, message: reason.message }),
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DetailQuery {
    /// At which rates the net is told in the account's currency: `close` (when absent), each leg at the rate of its closing; or
    /// `legs`, each side of a leg at the rate of its own time.
    pub rate_policy: Option<String>,
}

impl DetailQuery {
    pub fn into_request(self, trade_id: String) -> proto::GetTradeRequest {
        proto::GetTradeRequest { trade_id, rate_policy: self.rate_policy.unwrap_or_default() }
    }
}
