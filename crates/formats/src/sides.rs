//! The words that brokers use for buying and selling.

use crate::tally::{Fault, quoted};
use ledger::{Decimal, Effect, Side};

/// Bought or sold, and whether the word says that it opens or closes.
pub(crate) fn side(column: &'static str, cell: &str) -> Result<(Side, Option<Effect>), Fault> {
    use Effect::{Closes, Opens};
    use Side::{Buy, Sell};
    match cell {
        "buy" | "BUY" | "Buy" | "B" => return Ok((Buy, None)),
        "sell" | "SELL" | "Sell" | "S" => return Ok((Sell, None)),
        _ => {}
    }
    let word = cell.trim().to_ascii_lowercase();
    Ok(match word.as_str() {
        "buy" | "b" | "bot" | "bought" | "bid" => (Buy, None),
        "sell" | "s" | "sld" | "sold" | "ask" => (Sell, None),
        "buy to open" | "bto" | "buy_to_open" | "open long" => (Buy, Some(Opens)),
        "buy to cover" | "bc" | "buy to close" | "btc" | "buy_to_close" | "cover" | "close short" => {
            (Buy, Some(Closes))
        }
        "sell short" | "ss" | "short" | "sell to open" | "sto" | "sell_to_open" | "open short" => {
            (Sell, Some(Opens))
        }
        "sell to close" | "stc" | "sell_to_close" | "close long" => (Sell, Some(Closes)),
        _ => {
            return Err(Fault::new(column, "bad-side", format!("{} is neither buy nor sell", quoted(cell))));
        }
    })
}

/// How much was bought or sold. Some exports write sales with their minus, others without; a purchase is never negative.
pub(crate) fn quantity(column: &'static str, signed: Decimal, side: Side) -> Result<Decimal, Fault> {
    if side == Side::Buy && signed.is_negative() {
        let message = format!("{signed} is negative, but the row is a purchase");
        return Err(Fault::new(column, "sign-contradicts-side", message));
    }
    Ok(signed.abs())
}
