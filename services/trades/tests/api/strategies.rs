//! Option strategies: recognised, rolled, grouped by hand.

use crate::support::{Journal, User, assert_field, assert_not_found, csv, page, reason};
use journal_proto::trades::v1::{
    Account, GroupStrategyRequest, ListStrategiesRequest, ListStrategiesResponse, MergeTradesRequest,
    Strategy, StrategyGroup, UngroupStrategyRequest, regrouping_service_client::RegroupingServiceClient,
    strategy_service_client::StrategyServiceClient,
};
use runtime::grpc::Link;
use tonic::Status;
use uuid::Uuid;

/// A bull call spread of 2, opened in one minute and closed later.
const VERTICAL: [&str; 4] = [
    "a,10,SPY260320C00580000,buy,2,5,1",
    "b,10,SPY260320C00590000,sell,2,3,1",
    "c,60,SPY260320C00580000,sell,2,7,1",
    "d,60,SPY260320C00590000,buy,2,4,1",
];

fn client(journal: &Journal) -> StrategyServiceClient<Link> {
    StrategyServiceClient::new(journal.channel())
}

async fn page_of(
    journal: &Journal,
    user: &User,
    request: ListStrategiesRequest,
) -> Result<ListStrategiesResponse, Status> {
    Ok(client(journal).list_strategies(user.request(request)).await?.into_inner())
}

fn of(account: &str) -> ListStrategiesRequest {
    ListStrategiesRequest { account_id: account.to_owned(), ..ListStrategiesRequest::default() }
}

async fn strategies(journal: &Journal, user: &User, account: &Account) -> Vec<Strategy> {
    page_of(journal, user, of(&account.id)).await.unwrap().strategies
}

async fn group(journal: &Journal, user: &User, trade_ids: &[&String]) -> Result<StrategyGroup, Status> {
    let trade_ids = trade_ids.iter().map(|&id| id.clone()).collect();
    Ok(client(journal).group_strategy(user.request(GroupStrategyRequest { trade_ids })).await?.into_inner())
}

async fn ungroup(journal: &Journal, user: &User, id: &str) -> Result<(), Status> {
    let request = user.request(UngroupStrategyRequest { group_id: id.to_owned() });
    client(journal).ungroup_strategy(request).await.map(drop)
}

#[tokio::test]
async fn a_vertical_is_one_trade_with_its_risk_and_the_profit_of_its_legs() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(VERTICAL)).await;

    let page = page_of(&journal, &user, of(&account.id)).await.unwrap();

    let [vertical] = page.strategies.as_slice() else { panic!("{page:?}") };
    let told = [&vertical.kind, &vertical.right, &vertical.underlying, &vertical.currency];
    assert_eq!(told, ["vertical", "call", "SPY", "USD"]);
    let amounts = [&vertical.net_debit, &vertical.gross_pnl, &vertical.net_pnl, &vertical.commissions];
    assert_eq!(amounts, ["400", "200", "196", "4"]);
    let risk = vertical.risk.as_ref().unwrap();
    assert_eq!([&risk.max_profit, &risk.max_loss, &risk.break_evens[0]], ["1600", "400", "582"]);
    let parts: Vec<_> = vertical
        .parts
        .iter()
        .map(|part| [&part.quantity, &part.strike, &part.expiry].map(String::as_str))
        .collect();
    assert_eq!(parts, [["2", "580", "2026-03-20"], ["-2", "590", "2026-03-20"]]);
    assert_eq!((page.together.as_str(), vertical.chain.is_none()), ("second", true));
    assert!(vertical.closed_at.is_some() && vertical.group_id.is_empty());
    assert_eq!(strategies(&journal, &user, &account).await, page.strategies, "a repeat");
}

#[tokio::test]
async fn a_roll_makes_a_chain_with_the_profit_of_all() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = [
        "a,10,SPY260320P00500000,sell,1,5,0",
        "b,60,SPY260320P00500000,buy,1,8,0",
        "c,60,SPY260417P00490000,sell,1,9,0",
        "d,90,SPY260417P00490000,buy,1,2,0",
    ];
    user.imported(&account, csv(rows)).await;

    let found = strategies(&journal, &user, &account).await;

    let [second, first] = found.as_slice() else { panic!("{found:?}") };
    let chain = first.chain.as_ref().unwrap();
    assert_eq!(
        (&chain.strategies, chain.net_pnl.as_str()),
        (&vec![first.id.clone(), second.id.clone()], "400")
    );
    assert_eq!((&chain.rolls[0].from, &chain.rolls[0].to), (&first.id, &second.id));
    assert_eq!([&first.net_pnl, &second.net_pnl], ["-300", "700"]);
    assert_eq!(second.chain, first.chain);
}

#[tokio::test]
async fn legs_that_were_opened_apart_are_one_strategy_when_the_owner_says_so() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = [
        "a,10,SPY260320C00600000,sell,1,5,0",
        "b,20,SPY260320P00600000,sell,1,6,0",
        "s,20,QQQ260320P00400000,sell,1,6,0",
        "t,20,TSLA,buy,1,6,0",
    ];
    user.imported(&account, csv(rows)).await;
    assert_eq!(strategies(&journal, &user, &account).await.len(), 3);
    let trades = user.trades().await;
    let id = |symbol: &str| &trades.iter().find(|trade| trade.symbol.starts_with(symbol)).unwrap().id;
    let (call, put) = (id("SPY260320C"), id("SPY260320P"));

    let made = group(&journal, &user, &[call, put]).await.unwrap();

    let found = strategies(&journal, &user, &account).await;
    let straddle = found.iter().find(|found| found.kind == "straddle").unwrap();
    assert_eq!((found.len(), &straddle.group_id), (2, &made.id));
    let risk = straddle.risk.as_ref().unwrap();
    assert_eq!((risk.max_profit.as_str(), risk.max_loss.as_str(), risk.break_evens.len()), ("1100", "", 2));
    assert_eq!(group(&journal, &user, &[put, call]).await.unwrap(), made, "a repeat");
    let twice = group(&journal, &user, &[call, id("QQQ")]).await.unwrap_err();
    assert_field(&twice, "trade_ids");
    assert_field(&group(&journal, &user, &[put, id("TSLA")]).await.unwrap_err(), "trade_ids");

    ungroup(&journal, &user, &made.id).await.unwrap();

    assert_eq!(strategies(&journal, &user, &account).await.len(), 3);
    assert_not_found(&ungroup(&journal, &user, &made.id).await.unwrap_err(), "strategy group");
    assert_field(&group(&journal, &user, &[put, id("QQQ")]).await.unwrap_err(), "trade_ids");
}

#[tokio::test]
async fn a_group_whose_trade_is_gone_is_told_and_holds_again_when_it_is_back() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,10,SPY260320C00600000,sell,1,5,0"])).await;
    let late = user.imported(&account, csv(["b,20,SPY260320P00600000,sell,1,6,0"])).await;
    let trades = user.trades().await;
    let made = group(&journal, &user, &[&trades[0].id, &trades[1].id]).await.unwrap();
    let before = strategies(&journal, &user, &account).await;

    let undo = journal_proto::trades::v1::UndoImportRequest { import_id: late.id };
    user.client.clone().undo_import(user.request(undo)).await.unwrap();
    let without = page_of(&journal, &user, of(&account.id)).await.unwrap();
    user.imported(&account, csv(["b,20,SPY260320P00600000,sell,1,6,0"])).await;

    let [void] = without.void.as_slice() else { panic!("{without:?}") };
    assert_eq!(
        (void.code.as_str(), &void.trade_id, void.group.as_ref()),
        ("unknown-trade", &trades[1].id, Some(&made))
    );
    assert_eq!(strategies(&journal, &user, &account).await, before);
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let mut rows = VERTICAL.to_vec();
    rows.extend(["e,70,QQQ260320P00400000,sell,1,6,0", "f,80,AAPL,buy,1,6,0"]);
    user.imported(&account, csv(rows)).await;

    let first =
        page_of(&journal, &user, ListStrategiesRequest { page: Some(page(1, "")), ..of(&account.id) });
    let first = first.await.unwrap();
    let second = ListStrategiesRequest { page: Some(page(1, &first.next_cursor)), ..of(&account.id) };
    let second = page_of(&journal, &user, second).await.unwrap();
    let spy = ListStrategiesRequest { underlying: "SPY".to_owned(), ..of(&account.id) };
    let single = ListStrategiesRequest { kind: "single".to_owned(), ..of(&account.id) };

    let kinds = [&first.strategies[0].kind, &second.strategies[0].kind];
    assert_eq!(
        (kinds, second.next_cursor.as_str()),
        (["single", "vertical"].map(str::to_owned).each_ref(), "")
    );
    assert_eq!(page_of(&journal, &user, spy).await.unwrap().strategies[0].kind, "vertical");
    assert_eq!(page_of(&journal, &user, single).await.unwrap().strategies[0].underlying, "QQQ");
}

#[tokio::test]
async fn garbage_and_other_peoples_trades_are_refused() {
    let journal = Journal::start().await;
    let (user, stranger) = (journal.user(), journal.user());
    let account = user.account("Main").await;
    user.imported(&account, csv(VERTICAL)).await;
    user.imported(&account, csv(["x,1,X,buy,1,1,0", "y,2,X,sell,1,1,0", "z,3,X,buy,1,1,0"])).await;
    let trades = user.trades().await;
    let options: Vec<&String> =
        trades.iter().filter(|trade| trade.symbol != "X").map(|trade| &trade.id).collect();
    let stocks: Vec<String> =
        trades.iter().filter(|trade| trade.symbol == "X").map(|trade| trade.id.clone()).collect();
    let made = group(&journal, &user, &options).await.unwrap();
    let missing = Uuid::now_v7().to_string();

    for (request, field) in [
        (of("x"), "account_id"),
        (ListStrategiesRequest { kind: "moon".to_owned(), ..of(&account.id) }, "kind"),
        (ListStrategiesRequest { underlying: "a\0".to_owned(), ..of(&account.id) }, "underlying"),
        (ListStrategiesRequest { page: Some(page(201, "")), ..of(&account.id) }, "limit"),
        (ListStrategiesRequest { page: Some(page(1, "x")), ..of(&account.id) }, "cursor"),
    ] {
        assert_field(&page_of(&journal, &user, request).await.unwrap_err(), field);
    }
    let garbage = "1".to_owned();
    for ids in [vec![], vec![options[0]], vec![options[0], options[0]], vec![options[0], &garbage]] {
        assert_field(&group(&journal, &user, &ids).await.unwrap_err(), "trade_ids");
    }
    assert_field(&ungroup(&journal, &user, "x").await.unwrap_err(), "group_id");
    let merge = user.request(MergeTradesRequest { trade_ids: stocks.clone() });
    RegroupingServiceClient::new(journal.channel()).merge_trades(merge).await.unwrap();
    assert_eq!(
        reason(&group(&journal, &user, &[options[0], &stocks[0]]).await.unwrap_err()),
        "already-regrouped"
    );
    for id in [options[1], &missing] {
        assert_not_found(&group(&journal, &stranger, &[options[0], id]).await.unwrap_err(), "trade");
    }
    for id in [&made.id, &missing] {
        assert_not_found(&ungroup(&journal, &stranger, id).await.unwrap_err(), "strategy group");
    }
    for id in [&account.id, &missing] {
        assert_not_found(&page_of(&journal, &stranger, of(id)).await.unwrap_err(), "account");
    }
    let refused = client(&journal).list_strategies(ListStrategiesRequest::default()).await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::Unauthenticated);
}
