//! DAS Trader: times of one day, whose date stands in the file's name.

use crate::{Collected, format, line, options, read_as};
use formats::{Options, ParseError, Report, detect};

const WINDOW: &str = "Time,Symbol,Side,Price,Qty,Route,Broker,Account,Type,Cloid,Liq,ECNFee,P / L,SecType,LiqType,BP,Value,P/L R,";

fn read(text: &str) -> (Report, Collected) {
    assert_eq!(detect(text.as_bytes()).unwrap().format, format("das-trades"));
    let named = Options { file_name: Some("trades_2026-01-05.csv".to_owned()), ..options() };
    read_as(format("das-trades"), text.as_bytes(), &named).unwrap()
}

#[test]
fn the_name_of_the_file_brings_the_date_and_partial_executions_stay_apart() {
    let row = "09:30:00,AAPL,B,243.36,100,ARCA,DAS,TR1,Margin,4711,R,0.30,0,,,,,,";
    let (report, collected) = read(&format!(
        "{WINDOW}\n{row}\n{row}\n\
         09:32:00,TSLA,SS,400.00,10,SMAT,DAS,TR1,Short,4713,A,-0.02,0,,,,,,\n\
         9:xx,TSLA,B,400.00,10,SMAT,DAS,TR1,Short,4714,A,,0,,,,,,\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL buy 100 @ 243.36 x1 commission 0 fees 0.3 USD at 1767623400",
            "3: AAPL buy 100 @ 243.36 x1 commission 0 fees 0.3 USD at 1767623400",
            "4: TSLA sell 10 @ 400 x1 commission 0 fees -0.02 USD at 1767623520",
        ]
    );
    assert_eq!(collected.fills[0].order_id, collected.fills[1].order_id);
    assert_ne!(collected.fills[0].execution_id, collected.fills[1].execution_id);
    assert_eq!((report.rows.total, report.rows.read, report.rows.rejected), (4, 3, 1));
}

#[test]
fn a_name_without_a_date_is_asked_for() {
    for file_name in [None, Some("July20.csv".to_owned())] {
        let options = Options { file_name, ..options() };
        let error = read_as(format("das-trades"), WINDOW.as_bytes(), &options).err().unwrap();

        assert!(
            matches!(&error, ParseError::Malformed { problem, .. } if problem.contains("trades_2026-04-02.csv")),
            "{error}"
        );
    }
}

#[test]
fn the_log_of_the_api_has_ids_of_its_own() {
    let (report, collected) =
        read("TradeID,OrderID,B/S,Symbol,Qty,Price,Time\n91,4711,B,AAPL,100,243.36,09:30:00\n");
    let fill = &collected.fills[0];

    assert_eq!((fill.execution_id.as_str(), fill.order_id.as_deref()), ("2026-01-05:91", Some("4711")));
    assert_eq!(report.rows.read, 1);
}
