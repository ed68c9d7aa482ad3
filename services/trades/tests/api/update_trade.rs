//! Changes notes and tags.

use crate::support::{Journal, User, assert_field, csv};
use journal_proto::trades::v1::{Trade, UpdateTradeRequest};
use tonic::Status;

async fn update(user: &User, request: UpdateTradeRequest) -> Result<Trade, Status> {
    Ok(user.client.clone().update_trade(user.request(request)).await?.into_inner())
}

async fn user_with_trade(journal: &Journal) -> (User, Trade) {
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101,1"])).await;
    let trade = user.trades().await.remove(0);
    (user, trade)
}

fn notes(trade: &Trade, notes: &str) -> UpdateTradeRequest {
    UpdateTradeRequest {
        trade_id: trade.id.clone(),
        notes: Some(notes.to_owned()),
        ..UpdateTradeRequest::default()
    }
}

fn tags(trade: &Trade, tags: &[&str]) -> UpdateTradeRequest {
    UpdateTradeRequest {
        trade_id: trade.id.clone(),
        notes: None,
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        replace_tags: true,
        ..UpdateTradeRequest::default()
    }
}

#[tokio::test]
async fn notes_and_tags_change_apart_and_money_never() {
    let journal = Journal::start().await;
    let (user, trade) = user_with_trade(&journal).await;

    let noted = update(&user, notes(&trade, "too early\n=1+1")).await.unwrap();
    let tagged = update(&user, tags(&trade, &[" FOMO ", "fomo", "news"])).await.unwrap();

    assert_eq!((noted.notes.as_str(), noted.journal_version), ("too early\n=1+1", 1));
    let expected = Trade {
        notes: "too early\n=1+1".to_owned(),
        tags: vec!["FOMO".to_owned(), "news".to_owned()],
        journal_version: 2,
        ..trade.clone()
    };
    assert_eq!(tagged, expected);
    assert_eq!(user.trades().await, [expected]);
    assert_eq!(update(&user, tags(&trade, &[])).await.unwrap().tags, Vec::<String>::new());
}

#[tokio::test]
async fn the_same_again_keeps_the_version() {
    let journal = Journal::start().await;
    let (user, trade) = user_with_trade(&journal).await;

    update(&user, notes(&trade, "same")).await.unwrap();
    let again = update(&user, notes(&trade, "same")).await.unwrap();
    let nothing = UpdateTradeRequest { trade_id: trade.id, ..UpdateTradeRequest::default() };
    let nothing = update(&user, nothing).await.unwrap();

    assert_eq!((again.journal_version, nothing.journal_version), (1, 1));
}

#[tokio::test]
async fn changes_at_once_all_count() {
    let journal = Journal::start().await;
    let (user, trade) = user_with_trade(&journal).await;

    let changes = (0..20).map(|n| {
        let (user, request) = (user.clone(), notes(&trade, &format!("version {n}")));
        async move { update(&user, request).await.unwrap() }
    });
    futures_util::future::join_all(changes).await;

    assert_eq!(user.trades().await[0].journal_version, 20);
}

#[tokio::test]
async fn malformed_notes_and_tags_are_refused() {
    let journal = Journal::start().await;
    let (user, trade) = user_with_trade(&journal).await;

    assert_field(&update(&user, notes(&trade, "a\0b")).await.unwrap_err(), "notes");
    assert_field(&update(&user, notes(&trade, &"x".repeat(100_001))).await.unwrap_err(), "notes");
    assert_field(&update(&user, tags(&trade, &[""])).await.unwrap_err(), "tags");
    assert_field(&update(&user, tags(&trade, &["x"; 1].map(|_| "\0"))).await.unwrap_err(), "tags");
    let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_field(&update(&user, tags(&trade, &many)).await.unwrap_err(), "tags");
    let no_id = UpdateTradeRequest { trade_id: String::new(), ..notes(&trade, "x") };
    assert_field(&update(&user, no_id).await.unwrap_err(), "trade_id");
    assert_eq!(journal.count("SELECT count(*) FROM trade_journal").await, 0);
}
