//! The amount of cash that a row states, against what its trade comes to.

use crate::{ParsedFill, Severity, run::Out};
use ledger::{Decimal, Side};

/// What an amount of cash leaves beyond quantity x price x multiplier; positive: charged. `amount` is negative when paid.
pub(in crate::readers) fn charged(fill: &ParsedFill, amount: Decimal) -> Option<Decimal> {
    let notional = fill.quantity.checked_mul(fill.price)?.checked_mul(fill.multiplier)?;
    (if fill.side == Side::Sell { notional } else { -notional }).checked_sub(amount)
}

/// Warns when the amount is not what quantity, price, multiplier and charges come to, but for rounding.
pub(in crate::readers) fn check_amount(fill: &ParsedFill, amount: Decimal, out: &mut Out<'_>) {
    let stated = fill.commission.checked_add(fill.fees).and_then(|sum| sum.checked_add(fill.taxes));
    let difference = charged(fill, amount).zip(stated).and_then(|(ours, stated)| ours.checked_sub(stated));
    let Some(difference) = difference else { return };
    // A cent, and prices that were rounded to four decimals.
    let rounding =
        fill.quantity.checked_mul(fill.multiplier).and_then(|units| units.checked_mul(scaled(5, 5)));
    let allowed = rounding.and_then(|rounding| rounding.checked_add(scaled(1, 2)));
    if allowed.is_some_and(|allowed| difference.abs() > allowed) {
        let message = format!(
            "the file states an amount of {amount}; quantity, price, multiplier {} and charges differ from it by {difference}",
            fill.multiplier
        );
        out.remark(Severity::Warning, "amount-mismatch", message);
    }
}

fn scaled(mantissa: i128, scale: u32) -> Decimal {
    Decimal::from_scaled(mantissa, scale).unwrap_or(Decimal::ZERO)
}
