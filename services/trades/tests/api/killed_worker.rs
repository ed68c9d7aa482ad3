//! A worker that is killed in the middle: the import starts over and brings exactly the right fills and events.

use crate::{
    process::Process,
    support::{Journal, csv},
};
use journal_proto::trades::v1::{Import, ImportStatus};
use std::fmt::Write as _;

/// Imports a file with a worker that is killed when it is under way, and with the next one.
async fn imported_by_the_second_worker(journal: &mut Journal, file_name: &str, file: &[u8]) -> Import {
    let anybody = journal.user();
    journal.stop().await;
    let mut first = Process::start(journal);
    let user = first.user(&anybody).await;
    let account = user.account("Main").await;
    let import = user.upload(&account, file_name, file).await.unwrap();
    testing::eventually("the import is under way", async || {
        let import = user.import_now(&import.id).await;
        (import.status() == ImportStatus::Running && import.progress > 0).then_some(())
    })
    .await;

    first.kill();

    assert_eq!(journal.count("SELECT count(*) FROM imports WHERE status = 'running'").await, 1);
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 0);
    assert_eq!(journal.count("SELECT count(*) FROM account_events").await, 0);
    let second = Process::start(journal);
    let import = second.user(&anybody).await.finished(&import.id).await;
    assert_eq!(import.status(), ImportStatus::Completed, "{}", import.failure);
    import
}

#[tokio::test]
async fn an_import_survives_the_death_of_its_worker() {
    let mut journal = Journal::start().await;
    let mut rows = String::new();
    for n in 0..20_000 {
        let side = if n % 2 == 0 { "buy" } else { "sell" };
        writeln!(rows, "e{n},{n},S{},{side},10,{},0.5", n / 2 % 50, 100 + n % 2).unwrap();
    }

    let import = imported_by_the_second_worker(&mut journal, "year.csv", csv(rows.lines()).as_bytes()).await;

    assert_eq!((import.fills.unwrap().new, import.trades.unwrap().closed), (20_000, 10_000));
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 20_000);
    assert_eq!(journal.count("SELECT count(*) FROM trades WHERE net_pnl = 9").await, 10_000);
}

/// A Flex report: 50 symbols with 100 round trips of 1 each and, of one more, a dividend of 7, a split of 2 for 1 and a
/// price that is corrected; in every symbol an execution that was cancelled.
fn flex_report() -> String {
    fn trade(report: &mut String, symbol: usize, id: &str, time: &str, rest: &str) {
        writeln!(
            report,
            "<Trade accountId=\"U1\" currency=\"USD\" assetCategory=\"STK\" symbol=\"S{symbol}\" multiplier=\"1\" \
             dateTime=\"{time}\" levelOfDetail=\"EXECUTION\" tradeID=\"{id}\" ibExecID=\"{id}\" {rest}/>"
        )
        .unwrap();
    }
    let mut report =
        "<FlexQueryResponse>\n<FlexStatements>\n<FlexStatement accountId=\"U1\">\n<Trades>\n".to_owned();
    for symbol in 0..50 {
        for n in 0..200 {
            let (hour, minute, second) = (9 + n / 60, n % 60, symbol);
            let (side, quantity) = if n % 2 == 0 { ("BUY", 10) } else { ("SELL", -10) };
            let details =
                format!("buySell=\"{side}\" quantity=\"{quantity}\" tradePrice=\"{}\"", 100 + n % 2);
            let time = format!("20260105;{hour:02}{minute:02}{second:02}");
            trade(&mut report, symbol, &format!("{symbol}-{n}"), &time, &details);
        }
        let (bought, sold) = (format!("{symbol}-bought"), format!("{symbol}-sold"));
        let long = "buySell=\"BUY\" quantity=\"10\" tradePrice=\"100\"";
        trade(&mut report, symbol, &bought, "20260106;100000", long);
        trade(&mut report, symbol, &format!("{symbol}-wrong"), "20260106;100100", long);
        let cancelled = format!(
            "buySell=\"BUY (Ca.)\" quantity=\"-10\" tradePrice=\"100\" notes=\"Ca\" origTradeID=\"{symbol}-wrong\""
        );
        trade(&mut report, symbol, &format!("{symbol}-cancelled"), "20260106;100100", &cancelled);
        let short = "buySell=\"SELL\" quantity=\"-20\" tradePrice=\"1\"";
        trade(&mut report, symbol, &sold, "20260120;100000", short);
        let corrected = format!(
            "buySell=\"SELL\" quantity=\"-20\" tradePrice=\"51\" notes=\"Co\" origTradeID=\"{sold}\""
        );
        trade(&mut report, symbol, &format!("{symbol}-corrected"), "20260120;100000", &corrected);
    }
    report.push_str("</Trades>\n<CashTransactions>\n");
    for symbol in 0..50 {
        writeln!(
            report,
            "<CashTransaction currency=\"USD\" symbol=\"S{symbol}\" dateTime=\"20260110\" amount=\"7\" type=\"Dividends\" transactionID=\"d{symbol}\"/>"
        )
        .unwrap();
    }
    report.push_str("</CashTransactions>\n<CorporateActions>\n");
    for symbol in 0..50 {
        writeln!(
            report,
            "<CorporateAction symbol=\"S{symbol}\" dateTime=\"20260115;202500\" type=\"FS\" actionDescription=\"S{symbol}(US1) SPLIT 2 FOR 1 (S{symbol})\" transactionID=\"s{symbol}\"/>"
        )
        .unwrap();
    }
    report.push_str("</CorporateActions>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n");
    report
}

#[tokio::test]
async fn splits_cash_and_corrections_survive_it_too() {
    let mut journal = Journal::start().await;

    let import = imported_by_the_second_worker(&mut journal, "flex.xml", flex_report().as_bytes()).await;

    assert_eq!(import.rows.unwrap().rejected, 0, "{:?}", import.diagnostics.first());
    // A split, a dividend, a cancellation and what the correction replaced, of each symbol.
    assert_eq!(import.events.unwrap().new, 200);
    assert_eq!(journal.count("SELECT count(*) FROM fills WHERE voided").await, 100);
    assert_eq!(journal.count("SELECT count(*) FROM trades WHERE net_pnl = 10").await, 5_000);
    // 20 x 51 - 10 x 100, and the dividend.
    assert_eq!(journal.count("SELECT count(*) FROM trades WHERE net_pnl = 27").await, 50);
    assert_eq!(journal.count("SELECT count(*) FROM trades").await, 5_050);
}
