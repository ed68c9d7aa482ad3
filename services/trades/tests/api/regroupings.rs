//! Merges and splits trades, and takes both back.

use crate::support::{Journal, User, assert_field, assert_not_found, csv, page, reason};
use journal_proto::trades::v1::{
    ListRegroupingsRequest, MergeTradesRequest, Regrouping, SplitTradeRequest, Trade, TradesChanged,
    UndoImportRequest, UndoRegroupingRequest, UpdateAccountRequest, UpdateTradeRequest,
    regrouping_service_client::RegroupingServiceClient,
};
use prost::Message as _;
use runtime::grpc::Link;
use tonic::Status;
use uuid::Uuid;

/// Two longs one after the other, and a short.
const THREE: [&str; 6] = [
    "a,10,X,buy,10,100,1",
    "b,20,X,sell,10,101,1",
    "c,30,X,buy,10,102,1",
    "d,40,X,sell,10,104,1",
    "e,50,X,sell,10,105,1",
    "f,60,X,buy,10,104,1",
];
/// A scale-out over two days, and some still open.
const SCALE_OUT: [&str; 4] =
    ["a,1,X,buy,30,100,3", "b,600,X,sell,10,101,1", "c,2400,X,sell,10,103,1", "d,2401,X,sell,5,99,0.5"];

fn client(journal: &Journal) -> RegroupingServiceClient<Link> {
    RegroupingServiceClient::new(journal.channel())
}

async fn merge(journal: &Journal, user: &User, trades: &[&Trade]) -> Result<Regrouping, Status> {
    let trade_ids = trades.iter().map(|trade| trade.id.clone()).collect();
    let request = user.request(MergeTradesRequest { trade_ids });
    Ok(client(journal).merge_trades(request).await?.into_inner())
}

async fn split(journal: &Journal, user: &User, request: SplitTradeRequest) -> Result<Regrouping, Status> {
    Ok(client(journal).split_trade(user.request(request)).await?.into_inner())
}

async fn undo(journal: &Journal, user: &User, id: &str) -> Result<(), Status> {
    let request = user.request(UndoRegroupingRequest { regrouping_id: id.to_owned() });
    client(journal).undo_regrouping(request).await.map(drop)
}

async fn list(journal: &Journal, user: &User) -> Vec<Regrouping> {
    let request = ListRegroupingsRequest { page: Some(page(200, "")), account_id: String::new() };
    client(journal).list_regroupings(user.request(request)).await.unwrap().into_inner().regroupings
}

async fn note(user: &User, trade: &Trade, notes: &str) {
    let request = UpdateTradeRequest {
        trade_id: trade.id.clone(),
        notes: Some(notes.to_owned()),
        ..UpdateTradeRequest::default()
    };
    user.client.clone().update_trade(user.request(request)).await.unwrap();
}

fn told(trades: &[Trade]) -> Vec<[&str; 5]> {
    trades
        .iter()
        .map(|t| [&t.side, &t.status, &t.entry_quantity, &t.net_pnl, &t.notes].map(String::as_str))
        .collect()
}

/// Without versions, which only grow.
fn content(trades: &[Trade]) -> Vec<Trade> {
    trades.iter().map(|trade| Trade { version: 0, journal_version: 0, ..trade.clone() }).collect()
}

#[tokio::test]
async fn a_merge_is_one_trade_and_undone_each_has_its_own_notes_again() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(THREE)).await;
    let before = user.trades().await;
    note(&user, &before[0], "first").await;
    note(&user, &before[1], "second").await;
    let before = user.trades().await;

    let made = merge(&journal, &user, &[&before[1], &before[0]]).await.unwrap();

    let merged = user.trades().await;
    assert_eq!(
        told(&merged),
        [["long", "closed", "20", "26", "first\n\nsecond"], ["short", "closed", "10", "8", ""]]
    );
    assert_eq!(
        (&made.trade_ids, &made.openings),
        (&vec![before[0].id.clone()], &vec!["a".into(), "c".into()])
    );
    assert_eq!((&merged[0].regrouping_id, merged[0].fill_count), (&made.id, 4));
    let figures = [&merged[0].average_entry, &merged[0].average_exit, &merged[0].peak_quantity];
    assert_eq!(figures, ["101", "102.5", "10"]);
    let detail = user.trade(&before[0].id).await.unwrap();
    assert_eq!((detail.fills.len(), detail.legs.len()), (4, 2));
    assert_not_found(&user.trade(&before[1].id).await.unwrap_err(), "trade");

    undo(&journal, &user, &made.id).await.unwrap();

    assert_eq!(content(&user.trades().await), content(&before));
    assert!(list(&journal, &user).await.is_empty());
}

#[tokio::test]
async fn what_is_written_about_a_merge_stays_when_it_is_undone() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(THREE)).await;
    let before = user.trades().await;
    note(&user, &before[1], "second").await;
    let made = merge(&journal, &user, &[&before[0], &before[1]]).await.unwrap();
    note(&user, &before[0], "second\n\nboth were one idea").await;

    undo(&journal, &user, &made.id).await.unwrap();

    let notes: Vec<String> = user.trades().await.into_iter().map(|trade| trade.notes).collect();
    assert_eq!(notes, ["second\n\nboth were one idea", "second", ""]);
}

#[tokio::test]
async fn a_merge_survives_late_fills_and_undone_imports() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(THREE)).await;
    let before = user.trades().await;
    note(&user, &before[1], "second").await;
    let made = merge(&journal, &user, &[&before[0], &before[1]]).await.unwrap();
    let merged = user.trades().await;

    // A round trip between the two: they are no longer consecutive.
    let late = user.imported(&account, csv(["p,25,X,buy,1,1,0", "q,26,X,sell,1,2,0"])).await;
    let apart = list(&journal, &user).await.remove(0);
    assert_eq!(apart.void.as_ref().unwrap().code, "not-consecutive");
    assert_eq!((apart.trade_ids.len(), user.trades().await.len()), (0, 4));
    let undo_import = |id: &str| UndoImportRequest { import_id: id.to_owned() };
    user.client.clone().undo_import(user.request(undo_import(&late.id))).await.unwrap();
    assert_eq!(content(&user.trades().await), content(&merged));

    user.client.clone().undo_import(user.request(undo_import(&import.id))).await.unwrap();
    assert_eq!(list(&journal, &user).await[0].void.as_ref().unwrap().code, "unknown-trade");
    user.imported(&account, csv(THREE)).await;
    assert_eq!(content(&user.trades().await), content(&merged));
    assert_eq!(list(&journal, &user).await, [made]);
}

#[tokio::test]
async fn a_split_makes_each_exit_a_trade_with_its_legs_and_its_own_notes() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(SCALE_OUT)).await;
    let before = user.trades().await;
    note(&user, &before[0], "scaled out").await;
    let before = user.trades().await;

    let each = SplitTradeRequest {
        trade_id: before[0].id.clone(),
        each: "exit".to_owned(),
        ..SplitTradeRequest::default()
    };
    let made = split(&journal, &user, each.clone()).await.unwrap();

    let parts = user.trades().await;
    assert_eq!((made.begins.clone(), made.along.as_str()), (vec!["c".to_owned(), "d".to_owned()], "exits"));
    let mut net: Vec<_> = parts.iter().map(|part| (part.status.as_str(), part.net_pnl.as_str())).collect();
    net.sort_unstable();
    assert_eq!(net, [("closed", "28"), ("closed", "8"), ("open", "-6")]);
    let open = parts.iter().find(|part| part.status == "open").unwrap();
    assert_eq!((open.quantity.as_str(), open.entry_quantity.as_str(), open.fill_count), ("5", "10", 2));
    let second = parts.iter().find(|part| part.net_pnl == "28").unwrap();
    let detail = user.trade(&second.id).await.unwrap();
    let fills: Vec<&str> = detail.fills.iter().map(|fill| fill.execution_id.as_str()).collect();
    assert_eq!((fills, detail.legs.len()), (vec!["a", "c"], 1));
    note(&user, second, "well timed").await;
    assert_eq!(split(&journal, &user, each).await.unwrap(), made, "a repeat");

    undo(&journal, &user, &made.id).await.unwrap();

    let whole = user.trades().await;
    assert_eq!(whole.len(), 1);
    assert_eq!(
        (whole[0].notes.as_str(), &whole[0].net_pnl),
        ("scaled out\n\nwell timed", &before[0].net_pnl)
    );
}

#[tokio::test]
async fn a_split_by_day_follows_the_clock_of_the_account_and_the_method() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows =
        ["a,1,X,buy,10,100,0", "b,2,X,buy,10,110,0", "c,600,X,sell,10,120,0", "d,2400,X,sell,10,120,0"];
    user.imported(&account, csv(rows)).await;
    let trade = user.trades().await.remove(0);
    let request =
        SplitTradeRequest { trade_id: trade.id, each: "day".to_owned(), ..SplitTradeRequest::default() };

    let made = split(&journal, &user, request).await.unwrap();

    let net = async || -> Vec<String> {
        let mut parts = user.trades().await;
        parts.sort_by_key(|part| part.closed_at.unwrap().seconds);
        parts.into_iter().map(|part| part.net_pnl).collect()
    };
    assert_eq!((made.begins, net().await), (vec!["d".to_owned()], vec!["200".to_owned(), "100".to_owned()]));
    let lifo = UpdateAccountRequest {
        account_id: account.id,
        matching: Some("lifo".to_owned()),
        ..UpdateAccountRequest::default()
    };
    user.client.clone().update_account(user.request(lifo)).await.unwrap();
    assert_eq!(net().await, ["100", "200"]);
}

#[tokio::test]
async fn others_are_told_of_the_trades_that_come_and_go() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(THREE)).await;
    let before = user.trades().await;

    merge(&journal, &user, &[&before[0], &before[1]]).await.unwrap();

    let payload: Vec<u8> = sqlx::query_scalar(
        "SELECT payload FROM outbox WHERE routing_key = 'journal.trades.v1.TradesChanged' ORDER BY id DESC LIMIT 1",
    )
    .fetch_one(&journal.database.every_row)
    .await
    .unwrap();
    let event = TradesChanged::decode(payload.as_slice()).unwrap();
    let changed: Vec<&str> = event.changed.iter().map(|trade| trade.net_pnl.as_str()).collect();
    assert_eq!((changed, event.removed), (vec!["26"], vec![before[1].id.clone()]));
}

#[tokio::test]
async fn garbage_and_what_does_not_hold_is_refused_and_changes_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(THREE)).await;
    let other = user.account("Other").await;
    user.imported(&other, csv(THREE)).await;
    let all = user.trades().await;
    let (mine, theirs): (Vec<&Trade>, Vec<&Trade>) =
        all.iter().partition(|trade| trade.account_id == account.id);
    let garbage = Trade { id: "1".to_owned(), ..Trade::default() };

    for trades in [vec![mine[0]], vec![mine[0], mine[0]], vec![mine[0], mine[2]], vec![mine[0], theirs[1]]] {
        assert_field(&merge(&journal, &user, &trades).await.unwrap_err(), "trade_ids");
    }
    assert_field(&merge(&journal, &user, &[mine[0], &garbage]).await.unwrap_err(), "trade_ids");
    let request = |along: &str, begins: &[&str], each: &str| SplitTradeRequest {
        trade_id: mine[0].id.clone(),
        along: along.to_owned(),
        begins: begins.iter().map(|&id| id.to_owned()).collect(),
        each: each.to_owned(),
    };
    for (request, field) in [
        (request("", &[], ""), "begins"),
        (request("", &["b"], ""), "begins"),
        (request("", &["nothing"], ""), "begins"),
        (request("", &["b\0"], ""), "begins"),
        (request("", &["b"], "exit"), "begins"),
        (request("", &[], "exit"), "begins"),
        (request("sideways", &["b"], ""), "along"),
        (request("entries", &[], "exit"), "along"),
        (request("", &[], "week"), "each"),
        (SplitTradeRequest { trade_id: "x".to_owned(), ..request("", &["b"], "") }, "trade_id"),
    ] {
        assert_field(&split(&journal, &user, request).await.unwrap_err(), field);
    }
    assert_field(&undo(&journal, &user, "x").await.unwrap_err(), "regrouping_id");
    assert_eq!(user.trades().await, all);
    assert_eq!(journal.count("SELECT count(*) FROM regroupings").await, 0);
}

#[tokio::test]
async fn a_repeat_is_the_same_and_a_second_cut_is_refused() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(THREE)).await;
    let all = user.trades().await;
    let made = merge(&journal, &user, &[&all[0], &all[1]]).await.unwrap();

    let again = merge(&journal, &user, &[&all[1], &all[0]]).await.unwrap();
    let more = merge(&journal, &user, &[&all[0], &all[2]]).await.unwrap_err();
    let exits =
        SplitTradeRequest { trade_id: all[0].id.clone(), each: "exit".to_owned(), ..Default::default() };
    let cut = split(&journal, &user, exits).await.unwrap_err();

    assert_eq!(again, made);
    assert_eq!([reason(&more), reason(&cut)], ["already-regrouped"; 2]);
    undo(&journal, &user, &made.id).await.unwrap();
    assert_not_found(&undo(&journal, &user, &made.id).await.unwrap_err(), "regrouping");
}

#[tokio::test]
async fn somebody_elses_trades_and_regroupings_are_unknown() {
    let journal = Journal::start().await;
    let (owner, stranger) = (journal.user(), journal.user());
    let account = owner.account("Main").await;
    owner.imported(&account, csv(THREE)).await;
    let all = owner.trades().await;
    let made = merge(&journal, &owner, &[&all[0], &all[1]]).await.unwrap();
    let missing = Trade { id: Uuid::now_v7().to_string(), ..Trade::default() };

    for trade in [&all[2], &missing] {
        assert_not_found(&merge(&journal, &stranger, &[trade, &all[0]]).await.unwrap_err(), "trade");
        let request =
            SplitTradeRequest { trade_id: trade.id.clone(), each: "exit".to_owned(), ..Default::default() };
        assert_not_found(&split(&journal, &stranger, request).await.unwrap_err(), "trade");
    }
    for id in [&made.id, &missing.id] {
        assert_not_found(&undo(&journal, &stranger, id).await.unwrap_err(), "regrouping");
    }
    assert!(list(&journal, &stranger).await.is_empty());
    let without_token = ListRegroupingsRequest::default();
    let refused = client(&journal).list_regroupings(without_token).await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::Unauthenticated);
    assert_eq!(list(&journal, &owner).await, [made]);
}
