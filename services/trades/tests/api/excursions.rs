//! How far a trade went comes from the broker's file, and follows its fills.

use crate::support::{Journal, User, csv};
use journal_proto::trades::v1::{Account, Import, ImportHeader, Trade, UndoImportRequest};

const HEADER: &str = "Trade number,Instrument,Account,Strategy,Market pos.,Qty,Entry price,Exit price,Entry time,Exit time,\
    Entry name,Exit name,Profit,Cum. net profit,Commission,Clearing Fee,Exchange Fee,IP Fee,NFA Fee,MAE,MFE,ETD,Bars,\n";

/// A row of NinjaTrader's grid: two lots of a contract worth 5 a point, in and out on 2026-07-28.
fn row(number: u32, entry: &str, exit: &str, profit: &str, mae: &str, mfe: &str) -> String {
    format!(
        "{number},MES SEP26,Sim101,,Long,2,100,101,7/28/2026 {entry} AM,7/28/2026 {exit} AM,Entry,Exit,{profit},{profit},$0.00,$0.00,\
         $0.00,$0.00,$0.00,{mae},{mfe},$0.00,1,\n"
    )
}

async fn import(user: &User, account: &Account, rows: &[String]) -> Import {
    let header = ImportHeader {
        account_id: account.id.clone(),
        file_name: "trades.csv".to_owned(),
        time_zone: "America/Chicago".to_owned(),
        ..ImportHeader::default()
    };
    let import = user.upload_as(header, format!("{HEADER}{}", rows.concat()).as_bytes()).await.unwrap();
    user.finished(&import.id).await
}

fn told(trade: &Trade) -> (&str, &str, &str) {
    (&trade.mae, &trade.mfe, &trade.excursion_source)
}

#[tokio::test]
async fn a_row_that_is_the_whole_trade_tells_how_far_it_went() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let file = import(&user, &account, &[row(1, "9:45:17", "9:50:00", "$10.00", "$7.50", "$22.50")]).await;

    let trades = user.trades().await;
    assert_eq!((file.fills.unwrap().new, trades.len()), (2, 1), "{file:?}");
    assert_eq!(told(&trades[0]), ("-7.5", "22.5", "broker"));
    let again = import(&user, &account, &[row(1, "9:45:17", "9:50:00", "$10.00", "$7.50", "$22.50")]).await;
    assert_eq!(again.fills.unwrap().known, 2);
    assert_eq!(user.trades().await, trades);
}

#[tokio::test]
async fn parts_of_one_entry_and_one_exit_add_up_and_others_do_not() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let together = [
        row(1, "9:45:17", "9:50:00", "$10.00", "$7.50", "$22.50"),
        row(2, "9:45:17", "9:50:00", "$10.00", "$5.00", "$20.00"),
    ];
    let apart = [
        row(3, "10:00:00", "10:10:00", "$10.00", "$7.50", "$22.50"),
        row(4, "10:05:00", "10:10:00", "$10.00", "$5.00", "$20.00"),
    ];
    import(&user, &account, &[together, apart].concat()).await;

    let trades = user.trades().await;
    assert_eq!(trades.len(), 2);
    assert_eq!(told(&trades[0]), ("-12.5", "42.5", "broker"));
    assert_eq!(told(&trades[1]), ("", "", ""));
}

#[tokio::test]
async fn the_widest_of_several_files_counts_until_it_is_undone() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    import(&user, &account, &[row(1, "9:45:17", "9:50:00", "$10.00", "$7.50", "$22.50")]).await;
    let before = user.trades().await.remove(0);

    let wider = import(&user, &account, &[row(1, "9:45:17", "9:50:00", "$10.00", "$9.00", "$20.00")]).await;
    let widest = user.trades().await.remove(0);
    let undo = user.request(UndoImportRequest { import_id: wider.id });
    user.client.clone().undo_import(undo).await.unwrap();
    let after = user.trades().await.remove(0);

    assert_eq!(wider.fills.unwrap().known, 2);
    assert_eq!(told(&widest), ("-9", "22.5", "broker"));
    assert_eq!(told(&after), told(&before));
    // Whoever follows the trades hears of each: nothing else about them changed.
    assert!(before.version < widest.version && widest.version < after.version);
}

#[tokio::test]
async fn a_trade_that_grows_is_told_of_no_more() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    import(&user, &account, &[row(1, "9:45:17", "9:50:00", "$10.00", "$7.50", "$22.50")]).await;
    let symbol = user.trades().await.remove(0).symbol;

    // Twelve hours before: a position in the same book that both belong to.
    let earlier = format!("2026-07-28T00:00:00Z,{symbol},buy,1,99,x\n");
    let file = format!("timestamp,symbol,side,quantity,price,execution_id\n{earlier}");
    user.imported(&account, file).await;

    let trades = user.trades().await;
    assert_eq!((trades.len(), trades[0].status.as_str()), (1, "open"));
    assert_eq!(told(&trades[0]), ("", "", ""));
    assert_eq!(journal.count("SELECT count(*) FROM trade_excursions").await, 0);
}

#[tokio::test]
async fn a_file_that_tells_of_no_excursions_leaves_none() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    user.imported(&account, csv(["a,1,X,buy,10,100,1", "b,2,X,sell,10,101,1"])).await;

    assert_eq!(told(&user.trades().await[0]), ("", "", ""));
}
