//! Account Trade History: executions; the legs of a spread stand below its first row and have no time of their own.

use super::{
    description::{option_symbol, without_exchange},
    join::Statement,
};
use crate::{
    Cells, ParsedFill, instruments,
    numbers::thirty_seconds,
    sides, symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::{Decimal, Effect, Side};

/// Reads one leg. A row without a time belongs to the row above it.
pub(super) fn read(row: Cells<'_>, clock: &Clock, statement: &mut Statement) -> Result<Outcome, Fault> {
    let leads = !row.get("exec time").is_empty();
    if leads {
        statement.moment = None;
    }
    let moment = match &statement.moment {
        _ if leads => clock.read("exec time", row.get("exec time"))?,
        Some(moment) => moment.clone(),
        None => {
            return Err(Fault::new(
                "exec time",
                "missing-time",
                "the row above, whose time this leg shares, was not read",
            ));
        }
    };
    if leads {
        statement.moment = Some(moment.clone());
        statement.start_group();
    }
    let (side, _) = sides::side("side", row.get("side"))?;
    let quantity = row.decimal("qty")?;
    if quantity.is_zero() || quantity.is_negative() != (side == Side::Sell) {
        let message = format!("{} is not the quantity of a {}", quoted(row.get("qty")), row.get("side"));
        return Err(Fault::new("qty", "bad-quantity", message));
    }
    let symbol = symbols::clean("symbol", &symbol(row)?)?;
    let price = price(row)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity.abs(), price, "USD");
    fill.effect = match row.get("pos effect").to_ascii_uppercase().as_str() {
        "TO OPEN" => Some(Effect::Opens),
        "TO CLOSE" => Some(Effect::Closes),
        _ => None,
    };
    let underlying = without_exchange(row.get("symbol"));
    let is_option = matches!(row.get("type").to_ascii_uppercase().as_str(), "CALL" | "PUT");
    if is_option && underlying.starts_with('/') {
        instruments::identify_option_on_future(&mut fill, underlying)?;
    } else {
        instruments::identify(&mut fill, None, None)?;
    }
    statement.leg(underlying, fill);
    Ok(Outcome::Read)
}

fn symbol(row: Cells<'_>) -> Result<String, Fault> {
    let symbol = without_exchange(row.required("symbol")?);
    let right = row.get("type").to_ascii_uppercase();
    if right != "CALL" && right != "PUT" {
        return Ok(symbol.to_owned());
    }
    if symbol.starts_with('/') {
        return Ok(format!("{symbol} {} {} {right}", row.get("exp"), row.get("strike")));
    }
    option_symbol(symbol, row.get("exp"), row.get("strike"), &right).ok_or_else(|| {
        let message = format!(
            "{} and {} are no expiry and strike such as 5 JUN 26 and 715",
            quoted(row.get("exp")),
            quoted(row.get("strike"))
        );
        Fault::new("exp", "bad-option", message)
    })
}

fn price(row: Cells<'_>) -> Result<Decimal, Fault> {
    thirty_seconds(row.get("price"), row.point).ok_or_else(|| {
        Fault::new(
            "price",
            "bad-number",
            format!("{} is not a price such as 1234.50", quoted(row.get("price"))),
        )
    })
}
