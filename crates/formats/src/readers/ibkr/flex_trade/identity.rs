//! Which execution a row is, and which one it takes back or corrects.

use super::super::{
    codes::Codes,
    fields::{self, Fields},
};
use crate::{symbols, tally::Fault};

/// `ibExecID`, else `transactionID`, else `tradeID`: assignments and expiries have no execution id. `None`: the query has none of them.
pub(super) fn execution_id(row: &impl Fields) -> Result<Option<String>, Fault> {
    match row.field(&fields::EXECUTION_ID) {
        "" => Ok(None),
        id => symbols::identifier("ibExecID", id).map(Some),
    }
}

/// The `tradeID`, by which cancellations and corrections name their original.
pub(super) fn reference(row: &impl Fields) -> Option<String> {
    Some(row.field(&fields::TRADE_ID)).filter(|id| !id.is_empty()).map(str::to_owned)
}

pub(super) fn is_cancellation(row: &impl Fields, codes: &Codes<'_>) -> bool {
    row.field(&fields::BUY_SELL).contains("(Ca.)")
        || codes.has("Ca")
        || matches!(row.field(&fields::TRANSACTION_TYPE), "TradeCancel" | "FracShareCancel")
}

/// The trade that a cancellation takes back. Never an equal trade: only ids count.
pub(super) fn cancelled(row: &impl Fields) -> Result<String, Fault> {
    let own = || reference(row).filter(|id| !id.is_empty());
    original(row).or_else(own).ok_or_else(|| {
        let message =
            "the cancellation does not say what it cancels: add Orig Trade ID and Trade ID to the Flex Query";
        Fault::new("origTradeID", "missing-original", message)
    })
}

/// The trade that a correction replaces.
pub(super) fn corrected(row: &impl Fields, codes: &Codes<'_>) -> Option<String> {
    original(row).filter(|_| codes.has("Co") || row.field(&fields::TRANSACTION_TYPE) == "TradeCorrect")
}

fn original(row: &impl Fields) -> Option<String> {
    Some(row.field(&fields::ORIGINAL)).filter(|id| !matches!(*id, "" | "0")).map(str::to_owned)
}
