//! Bybit: the account log, trades of the derivatives and spot markets, and closed P&L.

mod account_log;
mod closed_pnl;
mod derivatives;
mod spot;

pub(crate) use account_log::AccountLog;
pub(crate) use closed_pnl::ClosedPnl;
pub(crate) use derivatives::Derivatives;
pub(crate) use spot::Spot;

use crate::{
    Header,
    readers::coins,
    tally::{Fault, quoted},
    times::{Clock, DateRule},
};
use ledger::{Effect, Side};

/// The quote of a contract that is settled in it. One margined in coin (`BTCUSD`) is refused.
fn linear_quote(column: &'static str, contract: &str) -> Result<String, Fault> {
    // `BTC-29MAR26`, `BTCPERP` and `ETHPERP` are settled in USDC.
    if contract.ends_with("PERP") || contract.contains('-') {
        return Ok("USDC".to_owned());
    }
    let (_, quote) = coins::base_and_quote(column, contract)?;
    if quote == "USD" {
        let message =
            format!("{} is margined in coin and has its P&L in that coin: it is not read", quoted(contract));
        return Err(Fault::new(column, "inverse-contract", message));
    }
    Ok(quote)
}

/// Bought or sold; the derivatives market also says `Long` and `Short` for it.
fn side(column: &'static str, cell: &str) -> Result<(Side, Option<Effect>), Fault> {
    match cell.to_ascii_lowercase().as_str() {
        "long" => Ok((Side::Buy, None)),
        "short" => Ok((Side::Sell, None)),
        _ => crate::sides::side(column, cell),
    }
}

/// The clock of a column whose name carries its zone, such as `transaction time(utc+10)`; UTC when it does not.
fn clock(header: &Header, start: &str) -> Clock {
    let utc = Clock::utc(DateRule::YearFirst);
    header.starting_with(start).map_or_else(|| utc.clone(), |name| utc.of_header(name))
}
