//! Tax views as JSON.

mod uk;
mod us;

use super::some;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use uk::UkSecurity;
use us::UsSecurity;
use utoipa::{IntoParams, ToSchema};

/// How a tax code would see the purchases and sales of an account: information, and no tax advice. Amounts are in the currency of
/// each security and not converted; numbers without a finite expansion are rounded half-even to 18 decimals.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaxView {
    pub account_id: String,
    /// `us-wash-sales` or `uk-share-matching`.
    pub view: String,
    /// What has to be said wherever it is shown.
    #[schema(example = "Information, not tax advice")]
    pub label: String,
    /// What it is, and what it does not know.
    pub notice: String,
    /// The provisions that it follows.
    pub sources: Vec<String>,
    /// The first day of the tax year; null for all years.
    pub from: Option<String>,
    /// The last day of the tax year; null for all years.
    pub to: Option<String>,
    /// The disposals of the year, by currency.
    pub totals: Vec<TaxTotal>,
    pub securities: Vec<TaxSecurity>,
    /// What the view cannot take.
    pub left_out: Vec<TaxLeftOut>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TaxTotal {
    pub currency: String,
    pub proceeds: String,
    /// Basis (US) or allowable cost (UK).
    pub cost: String,
    /// `proceeds` - `cost`.
    pub gain: String,
    /// US: losses that do not count now, above 0.
    pub disallowed: Option<String>,
    /// US: what counts of holdings of up to 365 days.
    pub allowed_short_term: Option<String>,
    /// US: what counts of longer holdings.
    pub allowed_long_term: Option<String>,
}

/// The rows of one security, as the view asked for has them.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum TaxSecurity {
    Us(UsSecurity),
    Uk(UkSecurity),
}

/// A security that is not in the view.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaxLeftOut {
    pub symbol: String,
    pub currency: String,
    /// `asset-class`, `multiplier`, `stock-split`, `never-bought`, `exceeds-pool`, `beyond-exact-numbers`,
    /// `non-positive-quantity`, `out-of-order` or `duplicate-id`.
    pub code: String,
    /// The execution in the way, where there is one.
    pub execution_id: Option<String>,
    /// For people.
    pub message: String,
}

impl From<proto::TaxView> for TaxView {
    fn from(view: proto::TaxView) -> Self {
        let is_us = view.view == "us-wash-sales";
        let security = |security: proto::TaxSecurity| {
            if is_us { TaxSecurity::Us(security.into()) } else { TaxSecurity::Uk(security.into()) }
        };
        Self {
            account_id: view.account_id,
            view: view.view,
            label: view.label,
            notice: view.notice,
            sources: view.sources,
            from: some(view.from),
            to: some(view.to),
            totals: view.totals.into_iter().map(TaxTotal::from).collect(),
            securities: view.securities.into_iter().map(security).collect(),
            left_out: view.left_out.into_iter().map(TaxLeftOut::from).collect(),
        }
    }
}

impl From<proto::TaxTotal> for TaxTotal {
    fn from(total: proto::TaxTotal) -> Self {
        Self {
            currency: total.currency,
            proceeds: total.proceeds,
            cost: total.cost,
            gain: total.gain,
            disallowed: some(total.disallowed),
            allowed_short_term: some(total.allowed_short_term),
            allowed_long_term: some(total.allowed_long_term),
        }
    }
}

impl From<proto::TaxLeftOut> for TaxLeftOut {
    fn from(out: proto::TaxLeftOut) -> Self {
        Self {
            symbol: out.symbol,
            currency: out.currency,
            code: out.code,
            execution_id: some(out.execution_id),
            message: out.message,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TaxQuery {
    /// `us-wash-sales` or `uk-share-matching`.
    pub view: String,
    /// The tax year: of the US a calendar year, of the UK the year that begins on its 6 April. All years when absent.
    pub year: Option<i32>,
    pub symbol: Option<String>,
}

impl TaxQuery {
    pub fn into_request(self, account_id: String) -> proto::GetTaxViewRequest {
        proto::GetTaxViewRequest {
            account_id,
            view: self.view,
            year: self.year.unwrap_or_default(),
            symbol: self.symbol.unwrap_or_default(),
        }
    }
}
