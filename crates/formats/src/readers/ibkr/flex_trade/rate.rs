//! What the currency of a trade was worth in the account's base currency.

use super::super::fields::{self, Fields};
use crate::{
    ParsedEvent, ParsedFill, ParsedRate, Severity,
    numbers::{Point, optional},
    run::Out,
};
use ledger::Decimal;

/// What `fxRateToBase` tells beside the trade; a rate of 1 says that the currency is the base. What is no rate is remarked, and
/// takes nothing from the trade.
pub(super) fn read(row: &impl Fields, fill: &ParsedFill, out: &mut Out<'_>) -> Option<ParsedEvent> {
    let told = optional(fields::RATE_TO_BASE.name(), row.field(&fields::RATE_TO_BASE), Point::Dot);
    let is_base = out.stated.base_currency.as_ref() == Some(&fill.currency);
    match told {
        Ok(None) => None,
        Ok(Some(rate)) if rate == Decimal::ONE => {
            out.stated.base_currency.get_or_insert_with(|| fill.currency.clone());
            None
        }
        Ok(Some(rate)) if rate.is_positive() && !is_base => {
            let (from, at) = (fill.currency.clone(), fill.executed_at.clone());
            Some(ParsedEvent::Rate(ParsedRate { line: row.line(), from, rate, at }))
        }
        Ok(Some(_)) | Err(_) => {
            let message = "fxRateToBase is no exchange rate of another currency: the trade counts without it";
            out.remark(Severity::Warning, "bad-rate", message);
            None
        }
    }
}
