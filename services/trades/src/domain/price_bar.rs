//! Prices of an instrument over time.

use super::{instant, invalid::Invalid};
use formats::ParsedBar;
use ledger::Decimal;
use time::OffsetDateTime;

/// The prices of one stretch of time, to the microsecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceBar {
    /// When it begins.
    pub starts_at: OffsetDateTime,
    /// When it ends.
    pub ends_at: OffsetDateTime,
    /// The first price.
    pub open: Decimal,
    /// The highest price.
    pub high: Decimal,
    /// The lowest price.
    pub low: Decimal,
    /// The last price.
    pub close: Decimal,
}

/// The prices of one or several bars as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From the first bar's open to the last one's close.
    pub prices: PriceBar,
    /// How many bars it is made of.
    pub bars: i64,
}

/// How many prices are wanted: 1 to 2,000, 500 when nothing is said (0).
pub fn most(asked: u32) -> Result<u16, Invalid> {
    match u16::try_from(asked) {
        Ok(0) => Ok(500),
        Ok(most @ 1..=2_000) => Ok(most),
        _ => Err(Invalid::new("most", "must be from 1 to 2,000")),
    }
}

/// The bars of one symbol, and what they are good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarSeries {
    /// As the trades have it.
    pub symbol: String,
    /// How many there are.
    pub bars: i64,
    /// When the first begins and the last ends; `None` without bars.
    pub span: Option<(OffsetDateTime, OffsetDateTime)>,
    /// Closed trades in the symbol.
    pub closed_trades: i64,
    /// Those of them that the bars measure.
    pub measured_trades: i64,
    /// Fills at a time that a bar covers.
    pub covered_fills: i64,
    /// Those of them at a price above the bar's high or below its low.
    pub fills_outside: i64,
}

/// What is kept of a file's bars.
pub fn kept(bars: &[ParsedBar]) -> Result<Vec<PriceBar>, Invalid> {
    let kept: Vec<PriceBar> = bars.iter().map(PriceBar::from).collect();
    if kept.iter().any(|bar| bar.ends_at <= bar.starts_at) {
        return Err(Invalid::new("file", "must hold bars that last a microsecond or longer"));
    }
    Ok(kept)
}

impl From<&ParsedBar> for PriceBar {
    fn from(bar: &ParsedBar) -> Self {
        Self {
            starts_at: instant::from_ledger(bar.starts_at.at),
            ends_at: instant::from_ledger(bar.ends_at),
            open: bar.open,
            high: bar.high,
            low: bar.low,
            close: bar.close,
        }
    }
}
