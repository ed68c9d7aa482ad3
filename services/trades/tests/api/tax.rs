//! Shows how tax codes would see what was bought and sold.

use crate::support::{Journal, User, assert_field, assert_not_found, csv};
use journal_proto::trades::v1::{
    Account, GetTaxViewRequest, TaxView, UndoImportRequest, tax_service_client::TaxServiceClient,
};
use tonic::Status;
use uuid::Uuid;

/// A loss of 30 on 10, of which 4 are bought again within 30 days; minutes 1,440 are a day.
const WASH: [&str; 3] = ["a,600,X,buy,10,100,0", "b,2040,X,sell,10,97,0", "c,3480,X,buy,4,98,0"];

async fn tax(
    journal: &Journal,
    user: &User,
    account: &str,
    (view, year, symbol): (&str, i32, &str),
) -> Result<TaxView, Status> {
    let request = GetTaxViewRequest {
        account_id: account.to_owned(),
        view: view.to_owned(),
        year,
        symbol: symbol.to_owned(),
    };
    Ok(TaxServiceClient::new(journal.channel()).get_tax_view(user.request(request)).await?.into_inner())
}

async fn with(journal: &Journal, rows: &[&str]) -> (User, Account) {
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(rows.iter().copied())).await;
    (user, account)
}

#[tokio::test]
async fn a_wash_sale_is_deferred_into_what_was_bought_again_and_no_trade_changes() {
    let journal = Journal::start().await;
    let (user, account) = with(&journal, &WASH).await;
    let before = user.trades().await;

    let view = tax(&journal, &user, &account.id, ("us-wash-sales", 2026, "")).await.unwrap();

    assert_eq!(
        (view.label.as_str(), view.from.as_str(), view.to.as_str()),
        ("Information, not tax advice", "2026-01-01", "2026-12-31")
    );
    assert!(
        view.notice.contains("no tax advice") && view.sources.iter().any(|source| source.contains("1091"))
    );
    let [security] = view.securities.as_slice() else { panic!("{view:?}") };
    let [sale] = security.us_disposals.as_slice() else { panic!("{view:?}") };
    let told = [&sale.day, &sale.sale, &sale.lot, &sale.gain, &sale.disallowed, &sale.allowed];
    assert_eq!(told, ["2026-01-06", "b", "a", "-30", "12", "-18"]);
    let [lot] = security.us_lots.as_slice() else { panic!("{view:?}") };
    assert_eq!([&lot.lot, &lot.quantity, &lot.basis, &lot.held_from], ["c", "4", "404", "2026-01-06"]);
    let total = &view.totals[0];
    assert_eq!(
        [&total.currency, &total.gain, &total.disallowed, &total.allowed_short_term],
        ["USD", "-30", "12", "-18"]
    );
    assert_eq!(user.trades().await, before);
    assert_eq!(
        tax(&journal, &user, &account.id, ("us-wash-sales", 2026, "")).await.unwrap(),
        view,
        "a repeat"
    );
}

#[tokio::test]
async fn british_rules_match_the_30_days_after_and_then_the_pool() {
    let journal = Journal::start().await;
    let (user, account) = with(&journal, &WASH).await;

    let view = tax(&journal, &user, &account.id, ("uk-share-matching", 2025, "X")).await.unwrap();
    let next = tax(&journal, &user, &account.id, ("uk-share-matching", 2026, "X")).await.unwrap();

    assert_eq!((view.from.as_str(), view.to.as_str()), ("2025-04-06", "2026-04-05"));
    let sale = &view.securities[0].uk_disposals[0];
    let parts: Vec<_> = sale
        .parts
        .iter()
        .map(|part| [&part.rule, &part.acquired, &part.quantity, &part.cost].map(String::as_str))
        .collect();
    assert_eq!(parts, [["30-days", "2026-01-07", "4", "392"], ["pool", "", "6", "600"]]);
    assert_eq!((sale.gain.as_str(), view.totals[0].disallowed.as_str()), ("-22", ""));
    let pool = view.securities[0].uk_pool.as_ref().unwrap();
    assert_eq!([&pool.quantity, &pool.cost], ["4", "400"]);
    assert!(next.securities[0].uk_disposals.is_empty());
}

#[tokio::test]
async fn what_a_view_cannot_take_is_named_with_the_reason() {
    let journal = Journal::start().await;
    let rows = [
        "a,1,SHORT,sell,10,100,0",
        "b,2,BTC-USD,buy,1,100,0",
        "c,3,SPY260320C00580000,buy,1,2,0",
        "d,4,GOOD,buy,1,2,0",
    ];
    let (user, account) = with(&journal, &rows).await;

    let view = tax(&journal, &user, &account.id, ("us-wash-sales", 0, "")).await.unwrap();

    let left_out: Vec<_> = view
        .left_out
        .iter()
        .map(|out| [&out.symbol, &out.code, &out.execution_id].map(String::as_str))
        .collect();
    let expected = [
        ["BTC-USD", "asset-class", ""],
        ["SHORT", "never-bought", "a"],
        ["SPY260320C00580000", "asset-class", ""],
    ];
    assert_eq!(left_out, expected, "{:?}", view.left_out);
    let taken: Vec<_> = view.securities.iter().map(|security| security.symbol.as_str()).collect();
    assert_eq!((taken, view.from.as_str()), (vec!["GOOD"], ""));
}

#[tokio::test]
async fn undone_fills_are_in_no_view() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(WASH)).await;

    let undo = user.request(UndoImportRequest { import_id: import.id });
    user.client.clone().undo_import(undo).await.unwrap();

    let view = tax(&journal, &user, &account.id, ("us-wash-sales", 0, "")).await.unwrap();
    assert!(view.securities.is_empty() && view.left_out.is_empty() && view.totals.is_empty());
}

#[tokio::test]
async fn garbage_and_other_peoples_accounts_are_refused() {
    let journal = Journal::start().await;
    let (user, account) = with(&journal, &WASH).await;
    let stranger = journal.user();

    for (view, year, symbol, field) in [
        ("", 0, "", "view"),
        ("us", 0, "", "view"),
        ("us-wash-sales", -1, "", "year"),
        ("uk-share-matching", i32::MAX, "", "year"),
        ("us-wash-sales", 0, "a\0", "symbol"),
    ] {
        assert_field(&tax(&journal, &user, &account.id, (view, year, symbol)).await.unwrap_err(), field);
    }
    assert_field(&tax(&journal, &user, "1", ("us-wash-sales", 0, "")).await.unwrap_err(), "account_id");
    for id in [account.id, Uuid::now_v7().to_string()] {
        let refused = tax(&journal, &stranger, &id, ("us-wash-sales", 0, "")).await.unwrap_err();
        assert_not_found(&refused, "account");
    }
    let without_token = GetTaxViewRequest::default();
    let refused = TaxServiceClient::new(journal.channel()).get_tax_view(without_token).await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::Unauthenticated);
}
