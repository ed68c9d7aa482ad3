//! What no tax view can take is named.

use ledger::Side::{Buy, Sell};
use ledger::tax::{TaxError, TaxFault, Transaction};

use super::rows::{printed, transaction};

const DAY: &str = "2024-03-01";

fn refusal(view: &str, transactions: &[Transaction]) -> TaxError {
    printed(view, transactions).unwrap_err()
}

fn both_refuse(transactions: &[Transaction], id: &str, fault: &TaxFault) {
    for view in ["us", "uk"] {
        assert_eq!(refusal(view, transactions), TaxError { id: id.to_owned(), fault: fault.clone() });
    }
}

#[test]
fn a_sale_of_what_was_never_bought_is_named() {
    let bought_later = [
        transaction("a", DAY, Buy, "10", "1"),
        transaction("b", DAY, Sell, "7", "1"),
        transaction("c", DAY, Sell, "5", "1"),
        transaction("d", DAY, Buy, "10", "1"),
    ];

    let error = refusal("us", &bought_later);

    assert_eq!(error.id, "c");
    assert_eq!(error.fault, TaxFault::NeverBought { missing: "2".parse().unwrap() });
    assert_eq!(error.to_string(), "transaction c: it sells 2 more than was bought before it");
}

#[test]
fn a_disposal_beyond_the_pool_is_named_by_the_sale_that_goes_beyond() {
    let sold = |last: &str| {
        [
            transaction("a", "2024-01-01", Buy, "10", "1"),
            transaction("b", DAY, Sell, "12", "1"),
            transaction("c", DAY, Sell, "3", "1"),
            transaction("d", DAY, Sell, last, "1"),
            transaction("e", "2024-03-31", Buy, "4", "1"),
        ]
    };

    let (second, third) = (refusal("uk", &sold("9")), refusal("uk", &sold("8")));

    assert_eq!(second.id, "c");
    assert_eq!(second.fault, TaxFault::ExceedsPool { missing: "10".parse().unwrap() });
    assert_eq!(third.id, "c", "12 + 3 is already one more than 10 + 4");
    assert_eq!(refusal("uk", &sold("9")[..4]).id, "b", "without the purchase after it");
}

#[test]
fn a_quantity_that_is_not_above_zero_is_named() {
    for quantity in ["0", "-1"] {
        let transactions = [transaction("a", DAY, Buy, "1", "1"), transaction("b", DAY, Sell, quantity, "1")];

        both_refuse(&transactions, "b", &TaxFault::NonPositiveQuantity);
    }
}

#[test]
fn a_transaction_before_the_one_before_it_is_named() {
    let transactions = [transaction("a", DAY, Buy, "1", "1"), transaction("b", "2024-02-29", Buy, "1", "1")];

    both_refuse(&transactions, "b", &TaxFault::OutOfOrder);
}

#[test]
fn an_id_that_comes_twice_is_named() {
    let transactions = [transaction("a", DAY, Buy, "1", "1"), transaction("a", DAY, Buy, "1", "1")];

    both_refuse(&transactions, "a", &TaxFault::DuplicateId);
}

#[test]
fn nothing_comes_of_nothing() {
    for view in ["us", "uk"] {
        let rows = printed(view, &[]).unwrap();

        assert!(rows["disposals"].as_array().unwrap().is_empty());
    }
}
