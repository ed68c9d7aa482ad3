//! What a point of a contract is worth: from the table, else from what the row says itself.

use crate::{
    AssetClass, MultiplierSource, ParsedFill,
    instruments::{day_of, derived_multiplier, future, root},
    tally::{Fault, quoted},
};
use ledger::Decimal;

/// Money that a row states beside prices: value = points x quantity x multiplier.
pub(super) struct Worth {
    pub value: Option<Decimal>,
    pub points: Decimal,
    pub quantity: Decimal,
}

/// Says what the fill's contract is. `product` is the root, where a column has it.
pub(super) fn identify(fill: &mut ParsedFill, product: &str, worth: &Worth) -> Result<(), Fault> {
    fill.asset_class = AssetClass::Future;
    let of_symbol = || future(&fill.symbol, day_of(fill)).and_then(|future| root(&future.root));
    if let Some(contract) = root(product).or_else(of_symbol) {
        fill.multiplier = contract.multiplier;
        fill.multiplier_source = MultiplierSource::Table;
        return Ok(());
    }
    let derived = worth.value.and_then(|value| derived_multiplier(value, worth.points, worth.quantity));
    fill.multiplier = derived.ok_or_else(|| {
        let message = format!(
            "the contract {} is not known, and the row's money does not tell what a point is worth",
            quoted(&fill.symbol)
        );
        Fault::new("contract", "unknown-contract", message)
    })?;
    fill.multiplier_source = MultiplierSource::Derived;
    Ok(())
}
