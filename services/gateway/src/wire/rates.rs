//! Exchange rates as JSON.

use super::{Time, page, parse_time, required_time};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What one unit of a currency is worth in another, from a time until the next rate of the two, in whichever direction.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "`rate` is its word in the API")]
pub(crate) struct Rate {
    #[schema(example = "EUR")]
    pub from: String,
    #[schema(example = "USD")]
    pub to: String,
    pub valid_from: Time,
    /// What one unit of `from` is worth in `to`.
    #[schema(example = "1.0834")]
    pub rate: String,
    /// Who says so: `user`, or `broker` for what an imported file told.
    pub source: String,
}

impl From<proto::Rate> for Rate {
    fn from(rate: proto::Rate) -> Self {
        Self {
            from: rate.from,
            to: rate.to,
            valid_from: required_time(rate.valid_from),
            rate: rate.rate,
            source: rate.source,
        }
    }
}

/// Rates to store: all of them or, when one is not valid, none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRates {
    /// 1 to 10,000.
    pub rates: Vec<NewRate>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRate {
    /// 3 to 10 capital letters or digits.
    #[schema(example = "EUR")]
    pub from: String,
    #[schema(example = "USD")]
    pub to: String,
    #[schema(example = "2026-01-05T00:00:00Z")]
    pub valid_from: String,
    /// What one unit of `from` is worth in `to`; above 0.
    #[schema(example = "1.0834")]
    pub rate: String,
}

impl NewRates {
    pub fn into_request(self) -> Result<proto::PutRatesRequest, Problem> {
        let rates = self.rates.into_iter().enumerate().map(|(at, rate)| {
            Ok(proto::Rate {
                valid_from: parse_time(&format!("rates[{at}].valid_from"), Some(&rate.valid_from))?,
                from: rate.from,
                to: rate.to,
                rate: rate.rate,
                source: String::new(),
            })
        });
        Ok(proto::PutRatesRequest { rates: rates.collect::<Result<_, Problem>>()? })
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RateFilter {
    /// From this currency.
    pub from: Option<String>,
    /// To this currency.
    pub to: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

impl RateFilter {
    pub fn into_request(self) -> Result<proto::ListRatesRequest, Problem> {
        Ok(proto::ListRatesRequest {
            page: page(self.limit, self.cursor)?,
            from: self.from.unwrap_or_default(),
            to: self.to.unwrap_or_default(),
        })
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RateDeletion {
    /// From this currency.
    pub from: String,
    /// To this currency.
    pub to: String,
    /// Only those valid from then or later.
    pub since: Option<String>,
    /// Only those valid from before.
    pub until: Option<String>,
}

impl RateDeletion {
    pub fn into_request(self) -> Result<proto::DeleteRatesRequest, Problem> {
        Ok(proto::DeleteRatesRequest {
            since: parse_time("since", self.since.as_deref())?,
            until: parse_time("until", self.until.as_deref())?,
            from: self.from,
            to: self.to,
        })
    }
}
