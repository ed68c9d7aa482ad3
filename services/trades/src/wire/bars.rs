//! The bars of a symbol.

use super::timestamp;
use crate::domain::price_bar::{BarSeries, Stretch};
use journal_proto::trades::v1 as proto;

/// The bars of a symbol, and what they are good for.
pub fn bar_series(series: BarSeries) -> proto::BarSeries {
    proto::BarSeries {
        symbol: series.symbol,
        bars: series.bars.unsigned_abs(),
        from: series.span.map(|(from, _)| timestamp(from)),
        to: series.span.map(|(_, to)| timestamp(to)),
        closed_trades: series.closed_trades.unsigned_abs(),
        measured_trades: series.measured_trades.unsigned_abs(),
        covered_fills: series.covered_fills.unsigned_abs(),
        fills_outside: series.fills_outside.unsigned_abs(),
    }
}

/// The prices of one or several bars.
pub fn stretch(Stretch { prices, bars }: Stretch) -> proto::PriceBar {
    proto::PriceBar {
        starts_at: Some(timestamp(prices.starts_at)),
        ends_at: Some(timestamp(prices.ends_at)),
        open: prices.open.to_string(),
        high: prices.high.to_string(),
        low: prices.low.to_string(),
        close: prices.close.to_string(),
        bars: bars.unsigned_abs(),
    }
}
