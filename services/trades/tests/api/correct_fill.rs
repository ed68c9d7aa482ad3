//! States details of fills anew, and takes fills back.

use crate::support::{Journal, User, assert_field, assert_not_found, csv, page, reason};
use journal_proto::trades::v1::{
    CorrectFillRequest, Fill, FillRecord, ListFillRecordsRequest, ListFillsRequest, VoidFillRequest,
};
use tonic::{Code, Status};

async fn correct(user: &User, request: CorrectFillRequest) -> Result<Fill, Status> {
    Ok(user.client.clone().correct_fill(user.request(request)).await?.into_inner())
}

async fn void(user: &User, fill_id: &str) -> Result<Fill, Status> {
    let request = VoidFillRequest { fill_id: fill_id.to_owned(), reason: "entered twice".to_owned() };
    Ok(user.client.clone().void_fill(user.request(request)).await?.into_inner())
}

async fn records(user: &User, fill_id: &str) -> Vec<FillRecord> {
    let request = user.request(ListFillRecordsRequest { fill_id: fill_id.to_owned() });
    user.client.clone().list_fill_records(request).await.unwrap().into_inner().records
}

/// The fills, oldest first.
async fn fills(user: &User) -> Vec<Fill> {
    let request = ListFillsRequest { page: Some(page(200, "")), ..ListFillsRequest::default() };
    let mut fills = user.client.clone().list_fills(user.request(request)).await.unwrap().into_inner().fills;
    fills.reverse();
    fills
}

#[tokio::test]
async fn a_correction_moves_the_trade_and_keeps_the_old_details() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(["a,1,X,buy,10,100,1", "b,2,X,sell,10,110,1"])).await;
    let before = (user.trades().await.remove(0), fills(&user).await.remove(1));

    let request = CorrectFillRequest {
        fill_id: before.1.id.clone(),
        reason: "price was improved".to_owned(),
        price: Some("111.0".to_owned()),
        ..CorrectFillRequest::default()
    };
    let corrected = correct(&user, request).await.unwrap();

    assert_eq!(corrected, Fill { price: "111".to_owned(), ..before.1.clone() });
    let after = user.trades().await.remove(0);
    assert_eq!((after.id, after.net_pnl.as_str(), before.0.net_pnl.as_str()), (before.0.id, "108", "98"));
    let said = records(&user, &before.1.id).await;
    let told: Vec<_> = said.iter().map(|r| (r.kind.as_str(), r.price.as_str(), r.reason.as_str())).collect();
    assert_eq!(told, [("report", "110", ""), ("correction", "111", "price was improved")]);
    assert_eq!((said[0].import_id.as_str(), said[0].line), (import.id.as_str(), 3));
}

#[tokio::test]
async fn a_correction_outlives_an_undo_and_the_same_import_again() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let csv = csv(["a,1,X,buy,10,100,1", "b,2,X,sell,10,110,1"]);
    let import = user.imported(&account, &csv).await;
    let fill = fills(&user).await.remove(0);
    let request = CorrectFillRequest {
        fill_id: fill.id,
        reason: "typo".to_owned(),
        quantity: Some("9".to_owned()),
        symbol: Some("Y".to_owned()),
        ..CorrectFillRequest::default()
    };
    correct(&user, request).await.unwrap();
    let corrected = user.trades().await;
    assert_eq!(corrected.iter().map(|trade| trade.symbol.as_str()).collect::<Vec<_>>(), ["Y", "X"]);

    let undo = journal_proto::trades::v1::UndoImportRequest { import_id: import.id };
    user.client.clone().undo_import(user.request(undo)).await.unwrap();
    assert_eq!(user.trades().await, []);
    user.imported(&account, &csv).await;

    let told = |trades: &[journal_proto::trades::v1::Trade]| -> Vec<_> {
        trades
            .iter()
            .map(|t| (t.id.clone(), t.symbol.clone(), t.quantity.clone(), t.net_pnl.clone()))
            .collect()
    };
    assert_eq!(told(&user.trades().await), told(&corrected));
}

#[tokio::test]
async fn a_voided_fill_counts_in_no_trade_and_is_still_there() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = ["a,1,X,buy,10,100,1", "a2,1,X,buy,10,100,1", "b,2,X,sell,10,110,1"];
    user.imported(&account, csv(rows)).await;
    let twice = fills(&user).await.remove(1);

    let voided = void(&user, &twice.id).await.unwrap();

    assert!(voided.voided);
    let trade = user.trades().await.remove(0);
    assert_eq!((trade.status.as_str(), trade.net_pnl.as_str()), ("closed", "98"));
    assert_eq!(fills(&user).await.len(), 3);
    let again = user.imported(&account, csv(rows)).await.fills.unwrap();
    assert_eq!((again.new, again.known, again.changed), (0, 3, 0));
    assert_eq!(user.trades().await, [trade]);
    let refused = void(&user, &twice.id).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "fill-voided"));
}

#[tokio::test]
async fn a_correction_says_what_changes_and_why_and_is_the_owners_alone() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,X,buy,10,100,1"])).await;
    let fill = fills(&user).await.remove(0);
    let price = CorrectFillRequest {
        fill_id: fill.id.clone(),
        reason: "typo".to_owned(),
        price: Some("1".to_owned()),
        ..CorrectFillRequest::default()
    };

    let silent = CorrectFillRequest { reason: String::new(), ..price.clone() };
    assert_field(&correct(&user, silent).await.unwrap_err(), "reason");
    let empty = CorrectFillRequest { price: None, ..price.clone() };
    assert_field(&correct(&user, empty).await.unwrap_err(), "correction");
    let negative = CorrectFillRequest { quantity: Some("-1".to_owned()), ..price.clone() };
    assert_field(&correct(&user, negative).await.unwrap_err(), "quantity");
    assert_not_found(&correct(&other, price).await.unwrap_err(), "fill");
    assert_not_found(&void(&other, &fill.id).await.unwrap_err(), "fill");
    assert_eq!(fills(&user).await, [fill]);
}
