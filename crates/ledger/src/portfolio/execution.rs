//! What a fill or an exercise means in the currency of its book.

use super::Settings;
use crate::book::{Conversion, Costs, Trade};
use crate::{
    Direction, Entry, Exercise, Fault, Fill, Fraction, Instrument, OptionTerms, Right, Side, Valuation,
};

/// Whether quantity and price can be traded at all.
pub(super) fn is_sound(fill: &Fill, instrument: &Instrument) -> bool {
    fill.quantity.is_positive() && (instrument.valuation == Valuation::Linear || fill.price.is_positive())
}

/// The trade of a fill; `None` when a fee in the coin itself takes all that was bought.
///
/// Such a fee changes the quantity, not the money. A fee in a third currency is converted at the fill's time.
pub(super) fn trade(
    fill: &Fill,
    entry: &Entry<String>,
    instrument: &Instrument,
    conversion: Conversion,
    settings: &Settings,
) -> Result<Option<Trade>, Fault> {
    let mut trade = Trade { risk: entry.risk, conversion, ..Trade::of(fill) };
    let Some(currency) = &entry.cost_currency else { return Ok(Some(trade)) };
    if Some(currency) == instrument.coin.as_ref() {
        let fee = trade.costs.total();
        let arrived = match fill.side {
            Side::Buy => &trade.quantity - fee,
            Side::Sell => &trade.quantity + fee,
        };
        if !arrived.is_positive() {
            return Ok(None);
        }
        let price = (&trade.price * &trade.quantity).checked_div(&arrived).unwrap_or_default();
        (trade.quantity, trade.price, trade.costs) = (arrived, price, Costs::default());
    } else if let Some(rate) = settings.rate(fill.time, Some(currency), instrument.currency.as_deref())? {
        trade.costs.commission = trade.costs.commission * &rate;
        trade.costs.fees = trade.costs.fees * &rate;
    }
    Ok(Some(trade))
}

/// What an exercise trades in the underlying: `units` at the strike, with the rolled `premium` in the price.
///
/// The holder of a call and the writer of a put buy; the others sell.
pub(super) fn delivery(
    exercise: &Exercise,
    terms: &OptionTerms,
    (direction, units, premium): (Direction, Fraction, Fraction),
    conversion: Conversion,
) -> Result<Trade, Fault> {
    let side = match (direction, terms.right) {
        (Direction::Long, Right::Call) | (Direction::Short, Right::Put) => Side::Buy,
        (Direction::Long, Right::Put) | (Direction::Short, Right::Call) => Side::Sell,
    };
    let moved = premium.checked_div(&units).ok_or(Fault::NonPositiveQuantity)?;
    let strike = Fraction::from(terms.strike);
    Ok(Trade {
        time: exercise.time,
        side,
        quantity: units,
        price: if side == Side::Buy { strike + moved } else { strike - moved },
        costs: Costs { commission: exercise.fee.into(), fees: Fraction::ZERO },
        risk: None,
        conversion,
        rolls: false,
    })
}
