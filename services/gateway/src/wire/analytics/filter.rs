//! Which trades statistics are asked of.

use crate::{extract::Query, problem::Problem, wire::parse_time};
use journal_proto::analytics::v1 as proto;
use serde::Deserialize;
use utoipa::{
    IntoParams,
    openapi::path::{Parameter, ParameterIn},
};

/// Which closed trades count. A list is a repeated parameter (`symbol=AAPL&symbol=MSFT`), of which any value will do.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatisticsFilter {
    /// Any of these accounts.
    #[serde(default)]
    pub account_id: Vec<String>,
    /// Any of these symbols.
    #[serde(default)]
    pub symbol: Vec<String>,
    /// Any of these asset classes, e.g. `stock`, `option`, `future`.
    #[serde(default)]
    pub asset_class: Vec<String>,
    /// `long` or `short`.
    pub side: Option<String>,
    /// Closed at or after.
    pub from: Option<String>,
    /// Closed before.
    pub to: Option<String>,
    /// Any of these tags; capitals make no difference.
    #[serde(default)]
    pub tag: Vec<String>,
    /// Any of these mistakes; capitals make no difference.
    #[serde(default)]
    pub mistake: Vec<String>,
    /// 1..5: any of these ratings.
    #[serde(default)]
    pub rating: Vec<u32>,
    /// Traded by any of these playbooks.
    #[serde(default)]
    pub playbook_id: Vec<String>,
    /// `win`, `loss`, `scratch`: by the net P&L.
    #[serde(default)]
    pub outcome: Vec<String>,
    /// 0..23: the hour it closed on its account's clock.
    #[serde(default)]
    pub hour: Vec<u32>,
    /// `monday`..`sunday`: the day it closed.
    #[serde(default)]
    pub weekday: Vec<String>,
    /// 1..12: the month it closed.
    #[serde(default)]
    pub month: Vec<u32>,
    /// Held at least so long.
    #[param(format = "uint64")]
    pub min_hold_seconds: Option<u64>,
    /// Held less than that.
    #[param(format = "uint64")]
    pub max_hold_seconds: Option<u64>,
    /// Entered quantity at least.
    pub min_size: Option<String>,
    /// Entered quantity below.
    pub max_size: Option<String>,
    /// Average entry price at least.
    pub min_price: Option<String>,
    /// Average entry price below.
    pub max_price: Option<String>,
    /// Found in symbol, notes or tags.
    pub text: Option<String>,
    /// The currency with the most trades when absent.
    pub currency: Option<String>,
}

impl StatisticsFilter {
    pub fn into_filter(self) -> Result<Option<proto::Filter>, Problem> {
        self.into_prefixed_filter("")
    }

    /// Problems name the parameter with its prefix.
    pub fn into_prefixed_filter(self, prefix: &str) -> Result<Option<proto::Filter>, Problem> {
        Ok(Some(proto::Filter {
            account_ids: self.account_id,
            symbols: self.symbol,
            side: self.side.unwrap_or_default(),
            from: parse_time(&format!("{prefix}from"), self.from.as_deref())?,
            to: parse_time(&format!("{prefix}to"), self.to.as_deref())?,
            currency: self.currency.unwrap_or_default(),
            asset_classes: self.asset_class,
            tags: self.tag,
            mistakes: self.mistake,
            ratings: self.rating,
            playbook_ids: self.playbook_id,
            outcomes: self.outcome,
            hours: self.hour,
            weekdays: self.weekday,
            months: self.month,
            min_hold_seconds: self.min_hold_seconds,
            max_hold_seconds: self.max_hold_seconds,
            min_size: self.min_size.unwrap_or_default(),
            max_size: self.max_size.unwrap_or_default(),
            min_price: self.min_price.unwrap_or_default(),
            max_price: self.max_price.unwrap_or_default(),
            text: self.text.unwrap_or_default(),
        }))
    }

    /// This filter where it says something, and `shared` where it does not.
    fn or(self, shared: Self) -> Self {
        let list = |own: Vec<String>, shared: Vec<String>| if own.is_empty() { shared } else { own };
        let numbers = |own: Vec<u32>, shared: Vec<u32>| if own.is_empty() { shared } else { own };
        Self {
            account_id: list(self.account_id, shared.account_id),
            symbol: list(self.symbol, shared.symbol),
            asset_class: list(self.asset_class, shared.asset_class),
            side: self.side.or(shared.side),
            from: self.from.or(shared.from),
            to: self.to.or(shared.to),
            tag: list(self.tag, shared.tag),
            mistake: list(self.mistake, shared.mistake),
            rating: numbers(self.rating, shared.rating),
            playbook_id: list(self.playbook_id, shared.playbook_id),
            outcome: list(self.outcome, shared.outcome),
            hour: numbers(self.hour, shared.hour),
            weekday: list(self.weekday, shared.weekday),
            month: numbers(self.month, shared.month),
            min_hold_seconds: self.min_hold_seconds.or(shared.min_hold_seconds),
            max_hold_seconds: self.max_hold_seconds.or(shared.max_hold_seconds),
            min_size: self.min_size.or(shared.min_size),
            max_size: self.max_size.or(shared.max_size),
            min_price: self.min_price.or(shared.min_price),
            max_price: self.max_price.or(shared.max_price),
            text: self.text.or(shared.text),
            currency: self.currency.or(shared.currency),
        }
    }
}

/// What is measured of each trade.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MeasureParams {
    /// `money` (default); `r`: divided by the trade's risk; `percent`: of the entered quantity x price x multiplier.
    /// Trades that cannot be measured are left out; `coverage` says how many.
    pub unit: Option<String>,
    /// True (default): after commissions and fees; false: before them.
    pub net: Option<bool>,
}

impl MeasureParams {
    fn into_measure(self) -> proto::Measure {
        proto::Measure { unit: self.unit.unwrap_or_default(), gross: self.net == Some(false) }
    }
}

/// What every statistics path takes, and the parameters of its own.
pub(crate) struct Question<T> {
    pub filter: Option<proto::Filter>,
    pub measure: Option<proto::Measure>,
    pub own: T,
}

impl<T: for<'de> Deserialize<'de>> Question<T> {
    pub fn read(mut query: Query) -> Result<Self, Problem> {
        let filter: StatisticsFilter = query.take()?;
        let measure: MeasureParams = query.take()?;
        let own = query.take()?;
        query.finish()?;
        Ok(Self { filter: filter.into_filter()?, measure: Some(measure.into_measure()), own })
    }
}

/// The parameters of [`StatisticsFilter`] behind `a_` and `b_`.
pub(crate) struct Cohorts;

impl Cohorts {
    /// Parameters without a prefix narrow both cohorts, unless the cohort has one of its own.
    pub fn read(mut query: Query) -> Result<proto::CompareCohortsRequest, Problem> {
        let a: StatisticsFilter = query.take_prefixed("a_")?;
        let b: StatisticsFilter = query.take_prefixed("b_")?;
        let shared: StatisticsFilter = query.take()?;
        let measure: MeasureParams = query.take()?;
        query.finish()?;
        // A fault in what both have is named without a prefix.
        shared.clone().into_filter()?;
        Ok(proto::CompareCohortsRequest {
            a: a.or(shared.clone()).into_prefixed_filter("a_")?,
            b: b.or(shared).into_prefixed_filter("b_")?,
            measure: Some(measure.into_measure()),
        })
    }
}

impl IntoParams for Cohorts {
    fn into_params(parameter_in_provider: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let of_filter = StatisticsFilter::into_params(parameter_in_provider);
        let behind = |prefix: &'static str| {
            of_filter.clone().into_iter().map(move |mut parameter| {
                parameter.name = format!("{prefix}{}", parameter.name);
                parameter
            })
        };
        behind("a_").chain(behind("b_")).collect()
    }
}
