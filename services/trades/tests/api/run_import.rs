//! Files become fills and trades.

use crate::support::{Journal, csv};
use journal_proto::trades::v1::{
    Import, ImportHeader, ImportStatus, ImportTrades, ReconciliationLine, Trade, TradesChanged,
    UpdateTradeRequest,
};
use std::fmt::Write as _;

/// What matters of a trade.
fn told(trade: &Trade) -> [&str; 8] {
    let Trade { symbol, side, status, quantity, average_entry, gross_pnl, commissions, net_pnl, .. } = trade;
    [symbol, side, status, quantity, average_entry, gross_pnl, commissions, net_pnl].map(String::as_str)
}

fn line<'a>(import: &'a Import, item: &str, subject: &str) -> &'a ReconciliationLine {
    let lines = &import.reconciliation.as_ref().unwrap().lines;
    lines.iter().find(|line| line.item == item && line.subject == subject).unwrap()
}

/// The events of one kind that wait in the outbox, oldest first.
async fn waiting<E: events::Event>(journal: &Journal) -> Vec<E> {
    let payloads: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT payload FROM outbox WHERE routing_key = $1 ORDER BY id")
            .bind(E::full_name())
            .fetch_all(&journal.database.every_row)
            .await
            .unwrap();
    payloads.iter().map(|payload| E::decode(payload.as_slice()).unwrap()).collect()
}

#[tokio::test]
async fn a_real_flex_report_gives_exactly_these_trades() {
    let Some(path) = testing::shared_file("data/brokers/ibkr-flex-report.xml") else { return };
    let file = std::fs::read(path).unwrap();
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("IBKR").await;

    let import = user.imported(&account, &file).await;

    assert_eq!(import.format, "ibkr-flex-xml");
    assert_eq!((import.rows.unwrap().read, import.fills.unwrap().new), (5, 4), "{:?}", import.events);
    assert_eq!(import.trades.unwrap(), ImportTrades { opened: 2, closed: 0, changed: 0 });
    let trades = user.trades().await;
    let expected = [
        ["GOLD", "long", "open", "591", "43.1", "109", "1.6108314", "107.3891686"],
        ["AAPL", "long", "open", "240", "300", "0", "0", "0"],
    ];
    assert_eq!(trades.iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!((trades[0].average_exit.as_str(), trades[0].fill_count), ("44.19", 2));
    // 2026-01-26 11:57:15 in New York.
    assert_eq!(trades[0].opened_at.unwrap().seconds, 1_769_446_635);

    let commissions = line(&import, "commissions", "USD");
    assert_eq!((commissions.file.as_str(), commissions.journal.as_str()), ("5.7665514", "5.7665514"));
    assert!(commissions.agrees);
    let position = line(&import, "open_position", "AAPL");
    assert_eq!((position.file.as_str(), position.journal.as_str()), ("340", "240"));
    assert_eq!((position.difference.as_str(), position.agrees), ("-100", false));
    assert!(position.note.contains("opened before the file's first execution"), "{}", position.note);
    let unstated = line(&import, "open_position", "GOLD");
    assert_eq!((unstated.file.as_str(), unstated.journal.as_str(), unstated.agrees), ("", "591", false));
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_says_so() {
    let Some(path) = testing::shared_file("data/brokers/ibkr-flex-report.xml") else { return };
    let file = std::fs::read(path).unwrap();
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("IBKR").await;
    user.imported(&account, &file).await;
    let before = user.trades().await;
    let events = waiting::<TradesChanged>(&journal).await.len();

    let again = user.imported(&account, &file).await;

    let fills = again.fills.unwrap();
    assert_eq!((fills.new, fills.known, fills.changed), (0, 4, 0));
    assert_eq!(again.trades.unwrap(), ImportTrades::default());
    assert!(again.same_file_known);
    assert!(line(&again, "commissions", "USD").agrees);
    assert_eq!(user.trades().await, before);
    assert_eq!(waiting::<TradesChanged>(&journal).await.len(), events);
}

#[tokio::test]
async fn a_real_position_history_agrees_with_its_own_gross_result() {
    let Some(path) = testing::shared_file("data/brokers/tradovate-position-history.csv") else { return };
    let file = std::fs::read(path).unwrap();
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Apex").await;

    let import = user.imported(&account, &file).await;

    assert_eq!(import.format, "tradovate-position-history");
    let gross = line(&import, "gross_pnl", "USD");
    assert_eq!((gross.file.as_str(), gross.journal.as_str(), gross.agrees), ("-218", "-218", true));
}

#[tokio::test]
async fn one_bad_line_among_ten_thousand_is_named_and_the_others_are_in() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let mut rows = String::new();
    for n in 0..10_000 {
        let (side, price) = if n % 2 == 0 { ("buy", "100") } else { ("sell", "100.5") };
        let price = if n == 5_000 { "1oo" } else { price };
        writeln!(rows, "e{n},{n},S{},{side},10,{price},0.5", n / 2 % 100).unwrap();
    }

    let import = user.imported(&account, csv(rows.lines())).await;

    let counts = import.rows.unwrap();
    assert_eq!((counts.total, counts.read, counts.rejected), (10_000, 9_999, 1));
    assert_eq!(import.fills.unwrap().new, 9_999);
    let diagnostics: Vec<_> = import
        .diagnostics
        .iter()
        .map(|found| (found.line, found.column.as_str(), found.code.as_str()))
        .collect();
    assert_eq!(diagnostics, [(5_002, "price", "bad-number")]);
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 9_999);
}

#[tokio::test]
async fn known_executions_with_other_content_are_kept_as_stored_and_named() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101,1"])).await;
    let before = user.trades().await;

    let export = csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101.50,1", "b,2,AAPL,sell,10,101,1"]);
    let import = user.imported(&account, export).await;

    let fills = import.fills.unwrap();
    assert_eq!((fills.new, fills.known, fills.changed), (0, 2, 1));
    let [conflict] = import.diagnostics.as_slice() else { panic!("{:?}", import.diagnostics) };
    assert_eq!((conflict.line, conflict.code.as_str()), (3, "conflict"));
    assert!(conflict.message.contains("Execution b") && conflict.message.contains("price 101 (here 101.5)"));
    assert_eq!(user.trades().await, before);
}

#[tokio::test]
async fn one_execution_twice_in_a_file_counts_once() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let import = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1", "a,1,AAPL,buy,10,100,1"])).await;

    let fills = import.fills.unwrap();
    assert_eq!((fills.new, fills.known, fills.changed), (1, 1, 0));
    assert_eq!(user.trades().await[0].quantity, "10");
}

#[tokio::test]
async fn a_late_fill_that_merges_two_trades_keeps_what_was_written_about_both() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = csv(["b,2,X,sell,10,101,1", "c,3,X,buy,10,99,1", "d,4,X,sell,10,102,1", "e,5,X,buy,10,100,1"]);
    user.imported(&account, rows).await;
    let trades = user.trades().await;
    assert_eq!(trades.len(), 2);
    for (trade, notes) in trades.iter().zip(["first short", "second short"]) {
        let request = UpdateTradeRequest {
            trade_id: trade.id.clone(),
            notes: Some(notes.to_owned()),
            tags: vec!["short".to_owned(), notes.to_owned()],
            replace_tags: true,
            ..UpdateTradeRequest::default()
        };
        user.client.clone().update_trade(user.request(request)).await.unwrap();
    }

    let late = user.imported(&account, csv(["a,1,X,buy,30,98,1"])).await;

    assert_eq!(late.trades.unwrap(), ImportTrades { opened: 1, closed: 0, changed: 0 });
    let [merged] = user.trades().await.try_into().unwrap();
    assert_eq!((merged.side.as_str(), merged.quantity.as_str(), merged.fill_count), ("long", "30", 5));
    assert_eq!(merged.notes, "first short\n\nsecond short");
    assert_eq!(merged.tags, ["short", "first short", "second short"]);
    let event = waiting::<TradesChanged>(&journal).await.pop().unwrap();
    assert_eq!(event.removed.len(), 2);
    assert_eq!(event.changed, [merged]);
}

#[tokio::test]
async fn trades_changed_tells_all_changes_of_a_revision_in_messages_of_500() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let mut rows = String::new();
    for n in 0..1_100 {
        writeln!(rows, "e{n},{n},S{n},buy,1,10,0").unwrap();
    }

    let import = user.imported(&account, csv(rows.lines())).await;

    let events = waiting::<TradesChanged>(&journal).await;
    let shapes: Vec<_> = events
        .iter()
        .map(|event| (event.revision, event.changed.len(), event.changed_total, event.last))
        .collect();
    assert_eq!(shapes, [(1, 500, 1_100, false), (1, 500, 1_100, false), (1, 100, 1_100, true)]);
    assert!(events.iter().all(|event| event.import_id == import.id && event.account_id == account.id));
    assert!(events.iter().flat_map(|event| &event.changed).all(|trade| trade.version == 1));
}

#[tokio::test]
async fn imports_of_one_account_at_once_add_up_as_if_one_after_the_other() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let imports = (0..6).map(|file| {
        let (user, account) = (user.clone(), account.clone());
        async move {
            let row = |n: u32| {
                let side = if n.is_multiple_of(2) { "buy" } else { "sell" };
                format!("e{n},{n},X,{side},1,{},0.01", 100 + n)
            };
            let rows: Vec<String> = (0..40).filter(|n| n % 6 == file || n % 7 == file).map(row).collect();
            user.imported(&account, csv(rows.iter().map(String::as_str))).await.fills.unwrap()
        }
    });
    let fills = futures_util::future::join_all(imports).await;

    assert_eq!(fills.iter().map(|fills| fills.new).sum::<u64>(), 40);
    assert!(fills.iter().all(|fills| fills.changed == 0));
    let trades = user.trades().await;
    assert_eq!(trades.len(), 20);
    assert!(trades.iter().all(|trade| trade.net_pnl == "0.98" && trade.status == "closed"), "{trades:?}");
}

#[tokio::test]
async fn times_without_a_zone_follow_what_the_sender_said() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let header = ImportHeader {
        account_id: account.id,
        time_zone: "Asia/Tokyo".to_owned(),
        format: "generic-csv".to_owned(),
        ..ImportHeader::default()
    };
    let file = b"date,time,symbol,side,quantity,price\n2026-01-05,09:00:00,7203,buy,100,2500\n";

    let import = user.upload_as(header, file).await.unwrap();
    let import = user.finished(&import.id).await;

    assert_eq!(import.status(), ImportStatus::Completed, "{}", import.failure);
    assert_eq!(user.trades().await[0].opened_at.unwrap().seconds, 1_767_571_200);
}

#[tokio::test]
async fn one_account_of_several_is_read_when_it_is_named() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let file = b"timestamp,symbol,side,quantity,price,account\n\
                 2026-01-05T00:00:00Z,AAPL,buy,1,10,U1\n2026-01-05T00:01:00Z,AAPL,buy,1,10,U2\n";

    let both = user.import(&account, file).await;
    let header =
        ImportHeader { account_id: account.id, source_account: "U2".to_owned(), ..ImportHeader::default() };
    let one = user.upload_as(header, file).await.unwrap();
    let one = user.finished(&one.id).await;

    assert_eq!(both.status(), ImportStatus::Failed);
    assert!(both.failure.contains("U1, U2") && both.failure.contains("source_account"), "{}", both.failure);
    assert_eq!(one.status(), ImportStatus::Completed, "{}", one.failure);
    assert_eq!((one.fills.unwrap().new, one.rows.unwrap().skipped), (1, 1));
}

#[tokio::test]
async fn a_history_that_begins_with_a_sale_is_told_once_an_instrument() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,HELD,buy,10,100,0"])).await;

    let rows = [
        "b,2,HELD,sell,10,101,0",
        "c,3,NEVER,sell,10,50,0",
        "d,4,NEVER,buy,10,49,0",
        "e,5,NEVER,sell,5,50,0",
    ];
    let import = user.imported(&account, csv(rows)).await;

    let told: Vec<_> =
        import.diagnostics.iter().map(|d| (d.line, d.severity.as_str(), d.code.as_str())).collect();
    assert_eq!(told, [(3, "info", "assumed-short")]);
    assert!(import.diagnostics[0].message.contains("sells 10 of NEVER"), "{}", import.diagnostics[0].message);
}
