//! Takes imports back.

use crate::support::{Journal, User, assert_field, csv, reason};
use journal_proto::trades::v1::{
    Account, Import, ImportStatus, ListFillsRequest, Trade, UndoImportRequest, UndoImportResponse,
    UpdateTradeRequest,
};
use tonic::{Code, Status};

async fn undo(user: &User, import: &Import) -> Result<UndoImportResponse, Status> {
    let request = user.request(UndoImportRequest { import_id: import.id.clone() });
    Ok(user.client.clone().undo_import(request).await?.into_inner())
}

async fn note(user: &User, trade: &Trade, notes: &str, tag: &str) {
    let request = UpdateTradeRequest {
        trade_id: trade.id.clone(),
        notes: Some(notes.to_owned()),
        tags: vec![tag.to_owned()],
        replace_tags: true,
        ..UpdateTradeRequest::default()
    };
    user.client.clone().update_trade(user.request(request)).await.unwrap();
}

/// What matters of trades, without versions.
fn told(trades: &[Trade]) -> Vec<(String, String, String, String, String)> {
    let told = trades.iter().cloned();
    told.map(|trade| (trade.id, trade.status, trade.entry_quantity, trade.net_pnl, trade.notes)).collect()
}

async fn main_account(journal: &Journal) -> (User, Account) {
    let user = journal.user();
    let account = user.account("Main").await;
    (user, account)
}

#[tokio::test]
async fn what_an_import_brought_is_gone_and_comes_back_with_its_notes() {
    let journal = Journal::start().await;
    let (user, account) = main_account(&journal).await;
    let rows = csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101,1", "c,3,MSFT,buy,1,10,0"]);
    let import = user.imported(&account, &rows).await;
    let trades = user.trades().await;
    note(&user, &trades[0], "a good one", "news").await;
    let before = user.trades().await;

    let undone = undo(&user, &import).await.unwrap();

    let expected =
        UndoImportResponse { fills_removed: 3, fills_kept: 0, trades_removed: 2, trades_changed: 0 };
    assert_eq!(undone, expected);
    assert_eq!(user.trades().await, []);
    assert_eq!(user.import_now(&import.id).await.status(), ImportStatus::Undone);
    let again = user.imported(&account, &rows).await;
    assert_eq!((again.fills.unwrap().new, again.same_file_known), (3, false));
    let after = user.trades().await;
    assert_eq!(told(&after), told(&before));
    assert_eq!(
        (after[0].notes.as_str(), after[0].tags.as_slice()),
        ("a good one", ["news".to_owned()].as_slice())
    );
}

#[tokio::test]
async fn undoing_twice_is_fine_and_does_nothing_more() {
    let journal = Journal::start().await;
    let (user, account) = main_account(&journal).await;
    let import = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    undo(&user, &import).await.unwrap();
    user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;

    assert_eq!(undo(&user, &import).await.unwrap(), UndoImportResponse::default());
    assert_eq!(user.trades().await.len(), 1);
}

#[tokio::test]
async fn fills_that_another_import_brought_as_well_stay_and_belong_to_it() {
    let journal = Journal::start().await;
    let (user, account) = main_account(&journal).await;
    let january = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,4,101,1"])).await;
    let overlap = user
        .imported(&account, csv(["x,0,MSFT,buy,1,10,0", "b,2,AAPL,sell,4,101,1", "c,3,AAPL,sell,6,102,1"]))
        .await;
    let fills = overlap.fills.unwrap();
    assert_eq!((fills.new, fills.known, fills.changed), (2, 1, 0));

    let undone = undo(&user, &january).await.unwrap();

    assert_eq!((undone.fills_removed, undone.fills_kept), (1, 1));
    let request = ListFillsRequest { import_id: overlap.id.clone(), ..ListFillsRequest::default() };
    let kept = user.client.clone().list_fills(user.request(request)).await.unwrap().into_inner().fills;
    let kept: Vec<(&str, u64)> = kept.iter().map(|fill| (fill.execution_id.as_str(), fill.line)).collect();
    assert_eq!(kept, [("c", 4), ("b", 3), ("x", 2)]);
    let short = &user.trades().await[1];
    assert_eq!((short.side.as_str(), short.quantity.as_str(), short.fill_count), ("short", "10", 2));
    let last = undo(&user, &overlap).await.unwrap();
    assert_eq!((last.fills_removed, last.fills_kept), (3, 0));
    assert_eq!(user.trades().await, []);
}

#[tokio::test]
async fn an_undone_import_keeps_no_fill_alive() {
    let journal = Journal::start().await;
    let (user, account) = main_account(&journal).await;
    let rows = csv(["a,1,AAPL,buy,10,100,1"]);
    let first = user.imported(&account, &rows).await;
    let second = user.imported(&account, &rows).await;
    undo(&user, &second).await.unwrap();

    let undone = undo(&user, &first).await.unwrap();

    assert_eq!((undone.fills_removed, undone.fills_kept), (1, 0));
}

#[tokio::test]
async fn notes_stay_with_what_is_left_of_a_trade() {
    let journal = Journal::start().await;
    let (user, account) = main_account(&journal).await;
    let opening = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    user.imported(&account, csv(["b,2,AAPL,buy,5,101,1", "c,3,AAPL,sell,15,102,1"])).await;
    let whole = user.trades().await;
    note(&user, &whole[0], "scaled in", "trend").await;
    let before = user.trades().await;

    undo(&user, &opening).await.unwrap();

    // What was one trade is now long 5, flipped to short 10 by the exit.
    let rest = user.trades().await;
    let notes: Vec<(&str, &str)> =
        rest.iter().map(|trade| (trade.side.as_str(), trade.notes.as_str())).collect();
    assert_eq!(notes, [("long", "scaled in"), ("short", "")]);
    user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    assert_eq!(told(&user.trades().await), told(&before));
}

#[tokio::test]
async fn an_import_that_is_not_finished_cannot_be_undone() {
    let journal = Journal::start().await;
    let (user, account) = main_account(&journal).await;
    let import = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;

    for status in ["queued", "running"] {
        sqlx::query("UPDATE imports SET status = $1")
            .bind(status)
            .execute(&journal.database.every_row)
            .await
            .unwrap();
        let refused = undo(&user, &import).await.unwrap_err();
        assert_eq!(
            (refused.code(), reason(&refused).as_str()),
            (Code::FailedPrecondition, "import-not-finished")
        );
    }
    assert_eq!(user.trades().await.len(), 1);
}

#[tokio::test]
async fn a_failed_import_is_undone_without_effect() {
    let journal = Journal::start().await;
    let (user, account) = main_account(&journal).await;
    let import = user.import(&account, "garbage").await;
    assert_eq!(import.status(), ImportStatus::Failed);

    assert_eq!(undo(&user, &import).await.unwrap(), UndoImportResponse::default());
    assert_eq!(user.import_now(&import.id).await.status(), ImportStatus::Undone);
}

#[tokio::test]
async fn an_id_that_is_none_is_named() {
    let journal = Journal::start().await;
    let user = journal.user();

    let request = user.request(UndoImportRequest { import_id: "1".to_owned() });

    assert_field(&user.client.clone().undo_import(request).await.unwrap_err(), "import_id");
}
