//! Shows imports.

use crate::support::{Journal, assert_field, csv};
use journal_proto::trades::v1::{
    Diagnostic, GetImportRequest, ImportFills, ImportRows, ImportStatus, ImportTrades,
};

#[tokio::test]
async fn a_finished_import_tells_what_it_found_row_by_row() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,buy,ten,101,1", "c,3,AAPL,sell,10,102,1"]);

    let import = user.import(&account, rows).await;

    assert_eq!((import.status(), import.format.as_str()), (ImportStatus::Completed, "generic-csv"));
    assert_eq!(import.rows.unwrap(), ImportRows { total: 3, read: 2, skipped: 0, rejected: 1 });
    assert_eq!(import.fills.unwrap(), ImportFills { new: 2, known: 0, changed: 0 });
    assert_eq!(import.trades.unwrap(), ImportTrades { opened: 1, closed: 1, changed: 0 });
    let expected = Diagnostic {
        line: 3,
        column: "quantity".to_owned(),
        severity: "error".to_owned(),
        code: "bad-number".to_owned(),
        message: import.diagnostics[0].message.clone(),
    };
    assert_eq!((import.diagnostics, import.diagnostics_total), (vec![expected], 1));
}

#[tokio::test]
async fn an_id_that_is_none_is_named() {
    let journal = Journal::start().await;
    let user = journal.user();

    let request = user.request(GetImportRequest { import_id: "1".to_owned() });

    assert_field(&user.client.clone().get_import(request).await.unwrap_err(), "import_id");
}
