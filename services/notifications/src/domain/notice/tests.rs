//! How notices read.

use super::*;
use crate::domain::import::Rows;
use identity::UserId;

fn import() -> FinishedImport {
    FinishedImport {
        user_id: UserId(Uuid::nil()),
        id: Uuid::max(),
        account_id: Uuid::nil(),
        account_name: "Interactive Brokers".to_owned(),
        status: Status::Completed,
        file_name: "july.csv".to_owned(),
        format: "generic-csv".to_owned(),
        rows: Rows::default(),
        fills: Fills::default(),
        trades: Trades::default(),
        differences: 0,
        failure: None,
    }
}

fn body(import: &FinishedImport) -> String {
    Notice::of_import(import).unwrap().body
}

#[test]
fn a_completed_import_tells_fills_and_trades() {
    let import = FinishedImport {
        fills: Fills { new: 12, known: 340, changed: 0 },
        trades: Trades { opened: 3, changed: 1, closed: 4 },
        differences: 2,
        ..import()
    };

    let notice = Notice::of_import(&import).unwrap();

    assert_eq!((notice.kind, notice.title.as_str()), ("import-finished", "july.csv imported"));
    assert_eq!(notice.subject_id, import.id);
    assert_eq!(notice.brought, Some(Brought { new_fills: 12, differences: 2 }));
    assert_eq!(
        notice.body,
        "july.csv imported into Interactive Brokers: 12 new fills, 340 known; \
         3 trades opened, 1 trade changed, 4 trades closed."
    );
}

#[test]
fn a_file_that_was_known_says_so() {
    let import = FinishedImport { fills: Fills { new: 0, known: 1, changed: 2 }, ..import() };

    assert_eq!(
        body(&import),
        "july.csv imported into Interactive Brokers: nothing new, 1 fill known already, 2 unlike what is stored."
    );
}

#[test]
fn rows_that_could_not_be_read_are_counted() {
    let import = FinishedImport {
        rows: Rows { rejected: 1, ..Rows::default() },
        fills: Fills { new: 1, ..Fills::default() },
        ..import()
    };

    assert_eq!(
        body(&import),
        "july.csv imported into Interactive Brokers: 1 new fill. 1 row could not be read: the import says which."
    );
}

#[test]
fn a_failed_import_tells_why() {
    let failure = Some("The file is empty: export it again.".to_owned());
    let import = FinishedImport { status: Status::Failed, failure, ..import() };

    let notice = Notice::of_import(&import).unwrap();

    assert_eq!(notice.brought, None);
    assert_eq!((notice.kind, notice.title.as_str()), ("import-failed", "july.csv could not be imported"));
    assert_eq!(
        notice.body,
        "july.csv could not be imported into Interactive Brokers. The file is empty: export it again."
    );
}

#[test]
fn an_undone_import_is_no_news() {
    assert_eq!(Notice::of_import(&FinishedImport { status: Status::Undone, ..import() }), None);
}

#[test]
fn a_name_stays_on_one_line_and_is_cut() {
    let file_name = format!("a\r\nBcc: x\0{}", "é".repeat(200));
    let import = FinishedImport { file_name, ..import() };

    let title = Notice::of_import(&import).unwrap().title;

    assert_eq!(title, format!("a  Bcc: x {}… imported", "é".repeat(70)));
}
