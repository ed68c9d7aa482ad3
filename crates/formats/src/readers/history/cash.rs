//! What money moved for, by the words of brokers.

use crate::CashKind;
use ledger::Decimal;

/// Words for movements of cash; the first that a row's text holds decides. Deposits are told from withdrawals by the sign.
const WORDS: [(CashKind, &[&str]); 7] = [
    (CashKind::Tax, &["tax", "withh", "nra adj"]),
    (CashKind::Interest, &["interest"]),
    (CashKind::Fee, &["fee", "subscription"]),
    (
        CashKind::Dividend,
        &["dividend", "qual div", "div reinvest", "cash div", "non-qualified div", "cap gain"],
    ),
    (CashKind::Reward, &["promo", "bonus", "reward", "award"]),
    (
        CashKind::Deposit,
        &[
            "deposit",
            "withdraw",
            "disbursement",
            "wire",
            "moneylink",
            "funds",
            "funding",
            "ach",
            "direct debit",
            "check",
        ],
    ),
    (CashKind::Transfer, &["journal", "transfer", "tfr"]),
];

/// What money moved for, by the broker's words.
pub(in crate::readers) fn cash_kind(text: &str, amount: Decimal) -> Option<CashKind> {
    let text = text.to_ascii_lowercase();
    let (kind, _) = WORDS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word)))?;
    Some(if *kind == CashKind::Deposit && amount.is_negative() { CashKind::Withdrawal } else { *kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brokers_words_tell_what_money_moved_for() {
        let number = |text| Decimal::from_str_exact(text).unwrap();
        for (text, amount, expected) in [
            ("Credit Interest", "1", Some(CashKind::Interest)),
            ("Qual Div Reinvest", "1", Some(CashKind::Dividend)),
            ("MoneyLink Transfer", "1", Some(CashKind::Deposit)),
            ("MoneyLink Transfer", "-1", Some(CashKind::Withdrawal)),
            ("NRA Withholding", "-1", Some(CashKind::Tax)),
            ("Journal", "1", Some(CashKind::Transfer)),
            ("Whatever", "1", None),
        ] {
            assert_eq!(cash_kind(text, number(amount)), expected, "{text}");
        }
    }
}
