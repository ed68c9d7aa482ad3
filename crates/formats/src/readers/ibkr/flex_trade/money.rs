//! What a row says about charges, and what a point is worth.

use super::super::fields::{self, Fields};
use crate::{
    AssetClass, Charge, ChargeKind, MultiplierSource, ParsedFill, Stated,
    instruments::derived_multiplier,
    numbers::{Point, decimal_or_zero, optional},
    symbols,
    tally::Fault,
};

/// Commission and taxes: positive when charged. A commission in another currency is never mixed in.
pub(super) fn charge(row: &impl Fields, fill: &mut ParsedFill) -> Result<(), Fault> {
    let commission = -decimal_or_zero("ibCommission", row.field(&fields::COMMISSION), Point::Dot)?;
    let currency =
        symbols::currency("ibCommissionCurrency", row.field(&fields::COMMISSION_CURRENCY), &fill.currency)?;
    if commission.is_zero() || currency == fill.currency {
        fill.commission = commission;
    } else {
        fill.foreign_charges.push(Charge { kind: ChargeKind::Commission, amount: commission, currency });
    }
    fill.taxes = -decimal_or_zero("taxes", row.field(&fields::TAXES), Point::Dot)?;
    Ok(())
}

/// A contract that the table does not know is no fault yet when the row says itself what a point is worth.
pub(super) fn only_stated(row: &impl Fields, fault: Fault) -> Result<(), Fault> {
    let says = |field| !row.field(field).is_empty();
    if fault.code == "unknown-contract" && (says(&fields::MULTIPLIER) || says(&fields::PROCEEDS)) {
        Ok(())
    } else {
        Err(fault)
    }
}

/// The multiplier: as stated, else from the proceeds. Bonds are quoted in percent, whatever their multiplier says.
pub(super) fn multiply(row: &impl Fields, fill: &mut ParsedFill) -> Result<(), Fault> {
    let stated = optional("multiplier", row.field(&fields::MULTIPLIER), Point::Dot)?;
    let proceeds = optional("proceeds", row.field(&fields::PROCEEDS), Point::Dot)?;
    let is_bond = fill.asset_class == AssetClass::Bond;
    if let Some(stated) = stated.filter(|_| !is_bond) {
        fill.multiplier = stated;
        fill.multiplier_source = MultiplierSource::Stated;
        return Ok(());
    }
    let derived =
        proceeds.and_then(|proceeds| derived_multiplier(proceeds.abs(), fill.price.abs(), fill.quantity));
    if let Some(derived) = derived.filter(|_| fill.multiplier_source == MultiplierSource::Usual) {
        fill.multiplier = derived;
        fill.multiplier_source = MultiplierSource::Derived;
    } else if fill.multiplier_source == MultiplierSource::Usual
        && matches!(row.field(&fields::ASSET_CATEGORY), "FUT" | "FOP" | "FSFOP")
    {
        let message = "what a point is worth is not known: add Multiplier to the Flex Query";
        return Err(Fault::new("multiplier", "unknown-contract", message));
    }
    Ok(())
}

/// Adds the charges to the file's own figures.
pub(super) fn state(fill: &ParsedFill, stated: &mut Stated) {
    Stated::add(&mut stated.commissions, &fill.currency, fill.commission);
    for charge in &fill.foreign_charges {
        Stated::add(&mut stated.commissions, &charge.currency, charge.amount);
    }
}
