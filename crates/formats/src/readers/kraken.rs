//! Kraken: its trades, and its ledgers of all movements.

mod ledgers;
mod trades;

pub(crate) use ledgers::Ledgers;
pub(crate) use trades::Trades;

use crate::{
    instruments::kraken_pair,
    readers::coins,
    tally::{Fault, quoted},
};

/// Base and quote of `XXBTZEUR`, `USDTZUSD`, `ADAXBT`, `ALGO/EUR`, by their usual codes.
fn base_and_quote(column: &'static str, pair: &str) -> Result<(String, String), Fault> {
    let pair = pair.to_ascii_uppercase();
    let stable = ["USDT", "USDC", "DAI"]
        .into_iter()
        .find(|base| pair.strip_prefix(base).is_some_and(|quote| quote.len() == 4));
    let found = match (stable, pair.strip_suffix("XBT")) {
        (Some(base), _) => pair.strip_prefix(base).map(|quote| (base.to_owned(), quote.to_owned())),
        (None, Some(base)) if pair.len() < 8 && !base.is_empty() => {
            Some((base.trim_end_matches('/').to_owned(), "XBT".to_owned()))
        }
        (None, _) => kraken_pair(&pair),
    };
    let Some((base, quote)) = found else {
        let message = format!("{} is no pair such as XXBTZEUR or ALGO/EUR", quoted(&pair));
        return Err(Fault::new(column, "unknown-pair", message));
    };
    Ok((asset(column, &base)?, asset(column, &quote)?))
}

/// The usual code of an asset: `XXBT` and `XBT` are `BTC`, `ZEUR` is `EUR`; what is staked (`ETH.S`, `XBT.F`) is still the coin.
fn asset(column: &'static str, cell: &str) -> Result<String, Fault> {
    const OLD: [&str; 17] = [
        "XETC", "XETH", "XLTC", "XMLN", "XREP", "XXBT", "XXDG", "XXLM", "XXMR", "XXRP", "XZEC", "ZAUD",
        "ZCAD", "ZEUR", "ZGBP", "ZJPY", "ZUSD",
    ];
    let cell = cell.trim().to_ascii_uppercase();
    let whole = cell.split('.').next().unwrap_or_default();
    let plain = if OLD.contains(&whole) { whole.get(1..).unwrap_or_default() } else { whole };
    match plain {
        "XBT" => Ok("BTC".to_owned()),
        "XDG" => Ok("DOGE".to_owned()),
        "ETH2" => Ok("ETH".to_owned()),
        plain => coins::code(column, plain),
    }
}
