//! What Interactive Brokers calls movements of cash.

use crate::CashKind;

/// The kind of a "Type" (Flex Query) or "Transaction Type" (Transaction History); the description where the type says too little.
pub(super) fn kind(text: &str, amount_is_negative: bool) -> CashKind {
    let text = text.to_ascii_lowercase();
    let has = |word: &str| text.contains(word);
    if has("withholding") || has("871(m)") || has("tax") {
        CashKind::Tax
    } else if has("dividend") || has("payment in lieu") {
        CashKind::Dividend
    } else if has("borrow") {
        CashKind::Borrow
    } else if has("interest") {
        CashKind::Interest
    } else if has("commission") {
        CashKind::Commission
    } else if has("fee") {
        CashKind::Fee
    } else if has("deposit") || has("withdrawal") || has("fund transfer") || has("disbursement") {
        if amount_is_negative { CashKind::Withdrawal } else { CashKind::Deposit }
    } else if has("transfer") {
        CashKind::Transfer
    } else if has("settlement") || has("mark-to-market") {
        CashKind::Settlement
    } else {
        CashKind::Other
    }
}
