//! Instant purchases: what was spent and what was received stand in two rows.

use crate::{
    AssetClass, Moment, ParsedFill,
    instruments::is_currency,
    readers::coins,
    run::Out,
    tally::{Fault, Outcome, quoted},
};
use ledger::{Decimal, Side};
use std::collections::BTreeMap;

/// One of the two rows.
pub(super) struct Half {
    pub line: u64,
    pub moment: Moment,
    pub asset: String,
    /// Below 0: spent. Without the fee.
    pub amount: Decimal,
    pub fee: Decimal,
}

/// Halves whose other one has not come, by their reference.
#[derive(Default)]
pub(super) struct Halves {
    waiting: BTreeMap<String, Half>,
}

impl Halves {
    /// Keeps a first half; makes a fill of a second.
    pub fn take(&mut self, refid: &str, half: Half, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let Some(first) = self.waiting.get(refid) else {
            self.waiting.insert(refid.to_owned(), half);
            return Ok(Outcome::Waits);
        };
        let (line, fill) = (first.line, fill(refid, first, &half, out)?);
        out.fill(fill)?;
        out.completes(line);
        self.waiting.remove(refid);
        Ok(Outcome::Read)
    }

    /// Line and reference of what has no other half.
    pub fn left(self) -> impl Iterator<Item = (u64, String)> {
        self.waiting.into_iter().map(|(refid, half)| (half.line, refid))
    }
}

fn fill(refid: &str, first: &Half, second: &Half, out: &mut Out<'_>) -> Result<ParsedFill, Fault> {
    let (spent, received) = if first.amount.is_negative() { (first, second) } else { (second, first) };
    if !spent.amount.is_negative() || !received.amount.is_positive() || spent.asset == received.asset {
        let message = format!("the two rows of {} do not spend one asset and receive another", quoted(refid));
        return Err(Fault::new("amount", "bad-conversion", message));
    }
    let sells_for_money = is_currency(&received.asset) && !is_currency(&spent.asset);
    let (side, base, quote) =
        if sells_for_money { (Side::Sell, spent, received) } else { (Side::Buy, received, spent) };
    let price = coins::price("amount", quote.amount.abs(), base.amount.abs(), out)?;
    let symbol = format!("{}/{}", base.asset, quote.asset);
    let moment = second.moment.clone();
    let fill =
        ParsedFill::new(second.line, moment, symbol, side, base.amount.abs(), price, quote.asset.clone());
    let mut fill = coins::of_class(fill, AssetClass::Crypto);
    refid.clone_into(&mut fill.execution_id);
    for half in [spent, received] {
        coins::charge(&mut fill, half.fee, &half.asset)?;
    }
    Ok(fill)
}
