//! Deposits and withdrawals are told to others: once when they come, once when they go.

use crate::support::{Journal, User, time_of};
use journal_proto::trades::v1::{
    CashFlow, CashFlowsChanged, CreateCashRequest, ExportTradesRequest, ImportHeader, UndoImportRequest,
};
use prost::Message as _;

const STATEMENT: &str = "\"Activity Date\",\"Process Date\",\"Settle Date\",\"Instrument\",\"Description\",\"Trans Code\",\"Quantity\",\"Price\",\"Amount\"
1/5/2026,1/5/2026,1/6/2026,HIMS,Hims & Hers Health,Buy,100,$20.50,\"($2,050.00)\"
1/2/2026,1/2/2026,1/2/2026,,ACH Deposit,ACH,,,\"$50,000.00\"
1/9/2026,1/9/2026,1/9/2026,,ACH Withdrawal,ACH,,,\"($1,000.00)\"
1/7/2026,1/7/2026,1/7/2026,HIMS,Cash Div: R/D 2026-01-01,CDIV,,,$1.25
";

/// All that was told, oldest first.
async fn told(journal: &Journal) -> Vec<CashFlowsChanged> {
    let payloads: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT payload FROM outbox WHERE routing_key = 'journal.trades.v1.CashFlowsChanged' ORDER BY id",
    )
    .fetch_all(&journal.database.every_row)
    .await
    .unwrap();
    payloads.iter().map(|payload| CashFlowsChanged::decode(payload.as_slice()).unwrap()).collect()
}

async fn exported(user: &User) -> Vec<CashFlow> {
    let request = user.request(ExportTradesRequest {});
    let mut stream = user.client.clone().export_trades(request).await.unwrap().into_inner();
    let mut flows = Vec::new();
    while let Some(message) = stream.message().await.unwrap() {
        flows.extend(message.flows);
    }
    flows
}

async fn enter(user: &User, account_id: &str, kind: &str, amount: &str) {
    let request = CreateCashRequest {
        account_id: account_id.to_owned(),
        kind: kind.to_owned(),
        amount: amount.to_owned(),
        booked_at: Some(time_of(9)),
        ..CreateCashRequest::default()
    };
    user.client.clone().create_cash(user.request(request)).await.unwrap();
}

#[tokio::test]
async fn what_somebody_enters_is_told_and_other_cash_is_not() {
    let journal = Journal::start().await;
    let (user, stranger) = (journal.user(), journal.user());
    let account = user.account("Main").await;

    enter(&user, &account.id, "deposit", "1000.50").await;
    enter(&user, &account.id, "interest", "3").await;
    enter(&user, &account.id, "withdrawal", "-10").await;

    let told = told(&journal).await;
    let changes: Vec<_> =
        told.iter().map(|event| (event.revision, event.changed[0].amount.as_str(), event.last)).collect();
    assert_eq!(changes, [(1, "1000.5", true), (2, "-10", true)]);
    let flow = &told[0].changed[0];
    assert_eq!((&flow.account_id, flow.currency.as_str(), flow.version), (&account.id, "USD", 1));
    assert_eq!(flow.booked_at, Some(time_of(9)));
    let all: Vec<CashFlow> = told.iter().flat_map(|event| event.changed.clone()).collect();
    assert_eq!(exported(&user).await, all);
    assert_eq!(exported(&stranger).await, []);
}

#[tokio::test]
async fn what_a_file_brought_is_told_once_and_taken_back_with_it() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let header = ImportHeader {
        account_id: account.id.clone(),
        file_name: "activity.csv".to_owned(),
        format: "robinhood-activity".to_owned(),
        ..ImportHeader::default()
    };
    let import = user.upload_as(header.clone(), STATEMENT.as_bytes()).await.unwrap();
    let import = user.finished(&import.id).await;
    assert_eq!(import.events.map(|events| events.new), Some(3), "{}", import.failure);
    let again = user.upload_as(header, STATEMENT.as_bytes()).await.unwrap();
    user.finished(&again.id).await;

    let first = told(&journal).await;
    let undo = async |import_id: &str| {
        let request = user.request(UndoImportRequest { import_id: import_id.to_owned() });
        user.client.clone().undo_import(request).await.unwrap();
    };
    undo(&import.id).await;
    let kept = told(&journal).await.len();
    undo(&again.id).await;

    assert_eq!(first.len(), 1);
    let mut amounts: Vec<&str> = first[0].changed.iter().map(|flow| flow.amount.as_str()).collect();
    amounts.sort_unstable();
    assert_eq!(
        (amounts, first[0].changed_total, &first[0].import_id),
        (vec!["-1000", "50000"], 2, &import.id)
    );
    // The second import had them too.
    assert_eq!(kept, 1);
    let last = told(&journal).await.pop().unwrap();
    let ids: Vec<String> = first[0].changed.iter().map(|flow| flow.id.clone()).collect();
    assert_eq!((last.changed.len(), last.removed, last.last), (0, ids, true));
    assert!(last.revision > first[0].revision);
    assert_eq!(exported(&user).await, []);
}
