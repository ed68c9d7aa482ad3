//! Streams accounts and trades.

use crate::support::{Journal, csv};
use journal_proto::trades::v1::{ExportTradesRequest, ExportTradesResponse};
use std::{collections::BTreeSet, fmt::Write as _};

async fn export(journal: &Journal, user: &crate::support::User) -> Vec<ExportTradesResponse> {
    let request = user.request(ExportTradesRequest {});
    let mut stream = journal.client().export_trades(request).await.unwrap().into_inner();
    let mut messages = Vec::new();
    while let Some(message) = stream.message().await.unwrap() {
        messages.push(message);
    }
    messages
}

#[tokio::test]
async fn accounts_with_revisions_come_first_and_then_every_trade_once() {
    let journal = Journal::start().await;
    let user = journal.user();
    let (account, empty) = (user.account("Main").await, user.account("Empty").await);
    let mut rows = String::new();
    for n in 0..1_200 {
        writeln!(rows, "b{n},{n},S{n},buy,1,10,0").unwrap();
    }
    user.imported(&account, csv(rows.lines())).await;
    user.imported(&account, csv(["late,1,AAPL,buy,1,10,0"])).await;

    let messages = export(&journal, &user).await;

    let (first, rest) = messages.split_first().unwrap();
    assert_eq!(first.accounts, [account.clone(), empty.clone()]);
    assert!(first.trades.is_empty());
    assert_eq!((first.revisions[&account.id], first.revisions[&empty.id]), (2, 0));
    let sizes: Vec<usize> = rest.iter().map(|message| message.trades.len()).collect();
    assert_eq!(sizes, [500, 500, 201]);
    let ids: BTreeSet<&str> =
        rest.iter().flat_map(|message| &message.trades).map(|trade| trade.id.as_str()).collect();
    assert_eq!(ids.len(), 1_201);
}

#[tokio::test]
async fn an_export_shows_one_moment_whatever_is_imported_meanwhile() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,AAPL,buy,1,10,0"])).await;

    let request = user.request(ExportTradesRequest {});
    let mut stream = journal.client().export_trades(request).await.unwrap().into_inner();
    let accounts = stream.message().await.unwrap().unwrap();
    user.imported(&account, csv(["b,2,AAPL,sell,1,11,0", "c,3,MSFT,buy,1,10,0"])).await;
    let trades = stream.message().await.unwrap().map(|message| message.trades).unwrap_or_default();

    assert_eq!(accounts.revisions[&account.id], 1);
    assert!(trades.iter().all(|trade| trade.version <= 1 && trade.status == "open"), "{trades:?}");
    assert_eq!(trades.len(), 1);
}
