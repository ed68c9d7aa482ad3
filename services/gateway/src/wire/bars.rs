//! Price bars as JSON.

use super::{
    Time,
    imports::{Diagnostic, Rows},
    parse_time, required_time,
};
use crate::problem::Problem;
use http::StatusCode;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What a file of bars does not say.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarQuery {
    /// As your trades have it.
    #[param(example = "AAPL")]
    pub symbol: String,
    /// IANA zone of times that carry none; UTC unless said.
    #[param(example = "America/New_York")]
    pub time_zone: Option<String>,
    /// What 03/04/2026 is: `month_first` or `day_first`; what the file shows unless said.
    pub date_order: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarSymbol {
    /// As your trades have it.
    pub symbol: String,
}

/// Which prices, and how many.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PriceQuery {
    /// As your trades have it.
    #[param(example = "AAPL")]
    pub symbol: String,
    /// Bars that end after this; from the first when absent.
    pub from: Option<String>,
    /// Bars that begin before this; to the last when absent.
    pub to: Option<String>,
    /// 1..2000, 500 when absent.
    #[param(minimum = 1, maximum = 2000)]
    pub most: Option<u32>,
}

impl PriceQuery {
    pub fn into_request(self) -> Result<proto::ListPricesRequest, Problem> {
        if self.most == Some(0) {
            return Err(Problem::invalid_field("most", "must be from 1 to 2,000"));
        }
        Ok(proto::ListPricesRequest {
            symbol: self.symbol,
            from: parse_time("from", self.from.as_deref())?,
            to: parse_time("to", self.to.as_deref())?,
            most: self.most.unwrap_or_default(),
        })
    }
}

/// The prices of one bar, or of several as one.
#[derive(Serialize, ToSchema)]
pub(crate) struct PriceBar {
    pub starts_at: Time,
    pub ends_at: Time,
    /// The first price.
    #[schema(example = "101.25")]
    pub open: String,
    /// The highest price.
    pub high: String,
    /// The lowest price.
    pub low: String,
    /// The last price.
    pub close: String,
    /// How many bars it is made of.
    pub bars: u64,
}

/// What became of a file of bars.
#[derive(Serialize, ToSchema)]
pub(crate) struct BarsTaken {
    /// All that is known of the symbol now.
    pub series: BarSeries,
    /// How long a bar of the file lasts.
    #[schema(example = 60.0)]
    pub interval_seconds: f64,
    pub rows: Rows,
    /// By line of the file; the first 1,000.
    pub diagnostics: Vec<Diagnostic>,
    /// Trades of which it is another figure now how far they went.
    pub changed_trades: u64,
}

/// The bars of one symbol, and what they are good for.
#[derive(Serialize, ToSchema)]
pub(crate) struct BarSeries {
    pub symbol: String,
    pub bars: u64,
    /// When the first begins.
    pub from: Time,
    /// When the last ends.
    pub to: Time,
    /// Your closed trades in the symbol.
    pub closed_trades: u64,
    /// Those of them that bars measure: from flat to flat, with a bar at the opening and one at the end, no hole of more than four
    /// days between them, and at least one bar that lies wholly between two fills.
    pub measured_trades: u64,
    /// Your fills at a time that a bar covers.
    pub covered_fills: u64,
    /// Those of them at a price above the bar's high or below its low. Where these are many, the bars are of something else, or
    /// their times of another zone.
    pub fills_outside: u64,
}

/// What went with the bars of a symbol.
#[derive(Serialize, ToSchema)]
pub(crate) struct BarsForgotten {
    pub deleted_bars: u64,
    /// Trades of which it is another figure now, or none, how far they went.
    pub changed_trades: u64,
}

impl From<proto::BarSeries> for BarSeries {
    fn from(series: proto::BarSeries) -> Self {
        Self {
            symbol: series.symbol,
            bars: series.bars,
            from: required_time(series.from),
            to: required_time(series.to),
            closed_trades: series.closed_trades,
            measured_trades: series.measured_trades,
            covered_fills: series.covered_fills,
            fills_outside: series.fills_outside,
        }
    }
}

impl TryFrom<proto::PutBarsResponse> for BarsTaken {
    type Error = Problem;

    fn try_from(taken: proto::PutBarsResponse) -> Result<Self, Problem> {
        let whole = || Problem::of_framework(StatusCode::INTERNAL_SERVER_ERROR);
        let rows = taken.rows.unwrap_or_default();
        Ok(Self {
            series: taken.series.ok_or_else(whole)?.into(),
            interval_seconds: std::time::Duration::from_millis(taken.interval_milliseconds).as_secs_f64(),
            rows: Rows { total: rows.total, read: rows.read, skipped: rows.skipped, rejected: rows.rejected },
            diagnostics: taken.diagnostics.into_iter().map(Diagnostic::from).collect(),
            changed_trades: taken.changed_trades,
        })
    }
}

impl From<proto::DeleteBarsResponse> for BarsForgotten {
    fn from(forgotten: proto::DeleteBarsResponse) -> Self {
        Self { deleted_bars: forgotten.deleted_bars, changed_trades: forgotten.changed_trades }
    }
}

impl From<proto::PriceBar> for PriceBar {
    fn from(bar: proto::PriceBar) -> Self {
        Self {
            starts_at: required_time(bar.starts_at),
            ends_at: required_time(bar.ends_at),
            open: bar.open,
            high: bar.high,
            low: bar.low,
            close: bar.close,
            bars: bar.bars,
        }
    }
}
