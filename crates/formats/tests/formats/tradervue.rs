//! Tradervue's generic CSV.

use crate::{format, line, read};
use ledger::Effect;

#[test]
fn fees_are_positive_when_charged_and_equal_rows_are_different_fills() {
    let (report, collected) = read(format("tradervue-generic").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(report.format.id(), "tradervue-generic");
    assert_eq!(
        lines,
        [
            "2: AAPL buy 100 @ 243.36 x1 commission 1 fees -0.18 USD at 1767623400",
            "3: AAPL buy 100 @ 243.36 x1 commission 1 fees -0.18 USD at 1767623400",
            "4: AAPL sell 200 @ 244 x1 commission 1 fees 0.62 USD at 1767624300",
            "5: TSLA sell 50 @ 400.5 x1 commission 1 fees 0 USD at 1767625200",
        ]
    );
    assert_ne!(collected.fills[0].execution_id, collected.fills[1].execution_id);
    assert_eq!(collected.fills[3].effect, Some(Effect::Opens));
}

#[test]
fn a_day_is_never_first() {
    let header = "Date,Time,Symbol,Quantity,Price,Side,Commission,TransFee,ECNFee\n";
    for (date, code) in
        [("13/05/2026", Some("bad-time")), ("05-13-2026", None), ("2026/05/13", None), ("20260513", None)]
    {
        let (_, collected) = read(&format!("{header}{date},09:30:00,AAPL,1,1,B,0,0,0\n"));
        let found =
            collected.diagnostics.iter().find(|d| d.severity == formats::Severity::Error).map(|d| d.code);
        assert_eq!(found, code, "{date}");
    }
}
