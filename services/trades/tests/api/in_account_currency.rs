//! Trades in the currency of their account, by dated rates.

use crate::{
    rates::{put, rate},
    support::{Journal, User, assert_field, assert_not_found, csv, time_of},
};
use journal_proto::trades::v1::{
    Account, CreateCashRequest, GetTradeRequest, InAccountCurrency, MergeTradesRequest, Rate,
    SplitTradeRequest, Trade, UpdateAccountRequest, regrouping_service_client::RegroupingServiceClient,
};
use tonic::Status;

/// Bought in minute 10 and sold in minute 20, with a commission of 1 each.
const TRADE: [&str; 2] = ["a,10,X,buy,10,100,1", "b,20,X,sell,10,110,1"];

/// Fills in euros.
fn euros<'a>(rows: impl IntoIterator<Item = &'a str>) -> String {
    let rows: Vec<String> = rows.into_iter().map(|row| format!("{row},EUR")).collect();
    csv(rows.iter().map(String::as_str)).replacen("commission\n", "commission,currency\n", 1)
}

/// 1.10 from minute 0 on, 1.20 from minute 15 on.
fn two_rates() -> Vec<Rate> {
    vec![rate("EUR", "USD", 0, "1.10"), rate("EUR", "USD", 15, "1.20")]
}

async fn with(journal: &Journal, rows: &[&str], rates: Vec<Rate>) -> (User, Account) {
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, euros(rows.iter().copied())).await;
    if !rates.is_empty() {
        put(journal, &user, rates).await.unwrap();
    }
    (user, account)
}

async fn told(user: &User, trade: &Trade, policy: &str) -> Result<Option<InAccountCurrency>, Status> {
    let (trade_id, rate_policy) = (trade.id.clone(), policy.to_owned());
    let request = user.request(GetTradeRequest { trade_id, rate_policy });
    Ok(user.client.clone().get_trade(request).await?.into_inner().in_account_currency)
}

/// The net by each policy; where there is none, the words that say why.
async fn nets(user: &User, trade: &Trade) -> [String; 2] {
    let mut nets = [String::new(), String::new()];
    for (net, policy) in nets.iter_mut().zip(["close", "legs"]) {
        let told = told(user, trade, policy).await.unwrap().unwrap();
        assert_eq!((told.currency.as_str(), told.rate_policy.as_str()), ("USD", policy));
        *net = match told.reason {
            None => told.net_pnl,
            Some(reason) => {
                assert_eq!((reason.code.as_str(), told.net_pnl.as_str()), ("no-rate", ""));
                reason.message
            }
        };
    }
    nets
}

async fn nets_of_all(user: &User) -> Vec<[String; 2]> {
    let mut all = Vec::new();
    for trade in user.trades().await {
        all.push(nets(user, &trade).await);
    }
    all
}

/// (1,100 - 1,000 - 2) at 1.20; 1,100 at 1.20 - 1,000 at 1.10 - 1 at 1.10 - 1 at 1.20.
#[tokio::test]
async fn a_trade_is_told_at_the_rate_of_its_close_or_each_side_at_its_own() {
    let journal = Journal::start().await;
    let (user, _) = with(&journal, &TRADE, two_rates()).await;
    let trade = user.trades().await.remove(0);

    assert_eq!(nets(&user, &trade).await, ["117.6", "217.7"]);

    assert_eq!(told(&user, &trade, "").await.unwrap(), told(&user, &trade, "close").await.unwrap());
    assert_field(&told(&user, &trade, "average").await.unwrap_err(), "rate_policy");
    assert_eq!((trade.currency.as_str(), trade.net_pnl.as_str()), ("EUR", "98"), "its own net is its own");
}

#[tokio::test]
async fn a_trade_in_its_accounts_currency_has_nothing_to_tell() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(TRADE)).await;

    assert_eq!(told(&user, &user.trades().await[0], "legs").await.unwrap(), None);
}

/// The reference's vectors 09c and 09d: `1200*1.15 + 1300*1.25 - 1000*1.10 - 1100*1.20 - 10*(1.10+1.20+1.15+1.25)` is 538
/// whatever the method; at the rates of the closes each method has its own total.
#[tokio::test]
async fn partial_closes_depend_on_the_method_at_closing_rates_only() {
    let journal = Journal::start().await;
    let rows =
        ["a,10,E,buy,10,100,10", "b,20,E,buy,10,110,10", "c,30,E,sell,10,120,10", "d,40,E,sell,10,130,10"];
    let rates = [(10, "1.10"), (20, "1.20"), (30, "1.15"), (40, "1.25")];
    let rates = rates.map(|(minute, worth)| rate("EUR", "USD", minute, worth)).to_vec();
    let (user, account) = with(&journal, &rows, rates).await;

    for (method, close) in [("fifo", "432"), ("lifo", "442"), ("average", "437")] {
        let change = UpdateAccountRequest {
            account_id: account.id.clone(),
            matching: Some(method.to_owned()),
            ..UpdateAccountRequest::default()
        };
        user.client.clone().update_account(user.request(change)).await.unwrap();
        assert_eq!(nets_of_all(&user).await, [[close, "538"]], "{method}");
    }
}

#[tokio::test]
async fn the_pair_and_the_time_of_a_missing_rate_are_named() {
    let journal = Journal::start().await;
    let (user, _) = with(&journal, &TRADE, Vec::new()).await;
    let trade = user.trades().await.remove(0);
    let missing =
        |time| format!("There is no rate from EUR to USD at 2026-01-05T{time}Z: add one with PUT /v1/rates.");

    assert_eq!(nets(&user, &trade).await, [missing("00:20:00"), missing("00:10:00")]);

    put(&journal, &user, vec![rate("EUR", "CHF", 0, "1"), rate("EUR", "USD", 21, "1")]).await.unwrap();
    assert_eq!(
        nets(&user, &trade).await,
        [missing("00:20:00"), missing("00:10:00")],
        "of others and too young"
    );
    put(&journal, &user, vec![rate("EUR", "USD", 11, "1.20")]).await.unwrap();
    assert_eq!(
        nets(&user, &trade).await,
        ["117.6".to_owned(), missing("00:10:00")],
        "no opening needs a rate"
    );
    put(&journal, &user, vec![rate("EUR", "USD", 10, "1.10")]).await.unwrap();
    assert_eq!(nets(&user, &trade).await, ["117.6", "217.7"]);
}

/// 98 EUR at 1/3 has no finite expansion.
#[tokio::test]
async fn a_rate_is_turned_exactly_and_the_newer_direction_counts() {
    let journal = Journal::start().await;
    let rates = vec![rate("EUR", "USD", 0, "9"), rate("USD", "EUR", 12, "3")];
    let (user, _) = with(&journal, &TRADE, rates).await;

    assert_eq!(nets_of_all(&user).await[0][0], "32.666666666666666667");

    put(&journal, &user, vec![rate("EUR", "USD", 12, "9")]).await.unwrap();
    assert_eq!(
        nets_of_all(&user).await[0][0],
        "882",
        "of one time that of the currency whose name comes first"
    );
}

/// The half that was sold, with its half of the commission, at 1.20; 10 are still open.
#[tokio::test]
async fn of_an_open_trade_what_was_realised_is_told() {
    let journal = Journal::start().await;
    let rows = ["a,10,X,buy,20,100,2", "b,20,X,sell,10,110,1"];
    let (user, _) = with(&journal, &rows, two_rates()).await;

    assert_eq!(user.trades().await[0].status, "open");
    assert_eq!(nets_of_all(&user).await, [["117.6", "217.7"]]);
}

/// Sold twice what was bought: the short begins at 1.20 and is covered at 1.30.
#[tokio::test]
async fn a_flip_opens_the_next_trade_at_its_own_rate() {
    let journal = Journal::start().await;
    let rows = ["a,10,X,buy,10,100,1", "b,20,X,sell,20,110,2", "c,30,X,buy,10,105,1"];
    let mut rates = two_rates();
    rates.push(rate("EUR", "USD", 25, "1.30"));
    let (user, _) = with(&journal, &rows, rates).await;

    // (1,100 - 1,050 - 2) at 1.30; 1,100 at 1.20 - 1,050 at 1.30 - 1 at 1.20 - 1 at 1.30.
    assert_eq!(nets_of_all(&user).await, [["117.6", "217.7"], ["62.4", "-47.5"]]);
}

/// A dividend of 5 EUR at 1.10, whichever policy the legs have.
#[tokio::test]
async fn cash_is_told_at_the_rate_of_its_time() {
    let journal = Journal::start().await;
    let (user, account) = with(&journal, &TRADE, two_rates()).await;
    let dividend = CreateCashRequest {
        account_id: account.id.clone(),
        kind: "dividend".to_owned(),
        amount: "5".to_owned(),
        currency: "EUR".to_owned(),
        symbol: "X".to_owned(),
        booked_at: Some(time_of(14)),
        ..CreateCashRequest::default()
    };

    user.client.clone().create_cash(user.request(dividend)).await.unwrap();

    assert_eq!(nets_of_all(&user).await, [["123.1", "223.2"]]);
}

/// Two trades of 117.6 each at closing rates: the second one is bought and sold at 1.20.
#[tokio::test]
async fn merged_trades_add_up_and_so_do_the_parts_of_a_split_one() {
    let journal = Journal::start().await;
    let rows = [
        "a,10,X,buy,10,100,1",
        "b,20,X,sell,10,110,1",
        "c,30,X,buy,10,100,1",
        "d,40,X,sell,5,110,0.5",
        "e,50,X,sell,5,110,0.5",
    ];
    let (user, _) = with(&journal, &rows, two_rates()).await;
    let trades = user.trades().await;
    let mut regroupings = RegroupingServiceClient::new(journal.channel());
    assert_eq!(nets_of_all(&user).await, [["117.6", "217.7"], ["117.6", "117.6"]]);

    let split = SplitTradeRequest {
        trade_id: trades[1].id.clone(),
        each: "exit".to_owned(),
        ..SplitTradeRequest::default()
    };
    let split = regroupings.split_trade(user.request(split)).await.unwrap().into_inner();

    assert_eq!(nets_of_all(&user).await, [["117.6", "217.7"], ["58.8", "58.8"], ["58.8", "58.8"]]);
    let undo = journal_proto::trades::v1::UndoRegroupingRequest { regrouping_id: split.id };
    regroupings.undo_regrouping(user.request(undo)).await.unwrap();

    let trade_ids = trades.iter().map(|trade| trade.id.clone()).collect();
    regroupings.merge_trades(user.request(MergeTradesRequest { trade_ids })).await.unwrap();

    assert_eq!(nets_of_all(&user).await, [["235.2", "335.3"]]);
}

#[tokio::test]
async fn trades_and_rates_of_others_are_none_of_ones_own() {
    let journal = Journal::start().await;
    let (owner, _) = with(&journal, &TRADE, two_rates()).await;
    let (stranger, _) = with(&journal, &TRADE, Vec::new()).await;

    let theirs = owner.trades().await.remove(0);

    assert_not_found(&told(&stranger, &theirs, "close").await.unwrap_err(), "trade");
    assert!(nets_of_all(&stranger).await[0][0].starts_with("There is no rate from EUR to USD"));
}
