//! `TopstepX` and other platforms on `ProjectX`.

use crate::{
    format, line, read,
    spoiled::{HOSTILE, assert_rejections, assert_survives_truncation, overlong, read_text, with_cell},
};
use formats::{MultiplierSource, RowKind, TimeSource};
use ledger::Effect;

const TRADES: &str = "Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type,TradeDay,TradeDuration,Commissions";

#[test]
fn a_trade_is_an_entry_and_an_exit_that_carries_the_charges() {
    let (report, collected) = read(format("topstepx-trades").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: MNQU6 sell 3 @ 30182.5 x2 commission 0 fees 0 USD at 1783001408",
            "2: MNQU6 buy 3 @ 30148.75 x2 commission 1.5 fees 2.22 USD at 1783001448",
            "3: CON.F.US.MES.U26 buy 1 @ 7200.25 x5 commission 0 fees 0 USD at 1783002000",
            "3: CON.F.US.MES.U26 sell 1 @ 7198.25 x5 commission 0.5 fees 0.74 USD at 1783002300",
        ]
    );
    let ids: Vec<&str> = collected.fills.iter().map(|fill| fill.execution_id.as_str()).collect();
    assert_eq!(ids, ["2815118967:entry", "2815118967:exit", "2815119001:entry", "2815119001:exit"]);
    assert!(collected.fills.iter().all(|fill| fill.kind == RowKind::RoundTrip));
    assert!(collected.fills.iter().all(|fill| fill.executed_at.source == TimeSource::RowOffset));
    assert_eq!(collected.fills[0].executed_at.text, "07/02/2026 10:10:08 -04:00");
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "192.5");
    assert_eq!(report.stated.commissions["USD"].to_string(), "2");
    assert_eq!(report.stated.fees["USD"].to_string(), "2.96");
    assert_eq!(collected.codes(), []);
}

#[test]
fn eleven_columns_with_another_separator_and_a_byte_order_mark_are_read() {
    for separator in [';', '\t', '|'] {
        let text = "\u{feff}Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type,TradeDay\n\
                    37419652,NQM4,05/07/2024 14:24:11 +00:00,05/07/2024 14:24:27 +00:00,18193.750000000,18190.500000000,4.2000,\
                    -195.000000000,3,Long,05/07/2024 05:00:00 +00:00\n";

        let (report, collected) = read(&text.replace(',', &separator.to_string()));

        let lines: Vec<String> = collected.fills.iter().map(line).collect();
        assert_eq!(
            lines,
            [
                "2: NQM4 buy 3 @ 18193.75 x20 commission 0 fees 0 USD at 1715091851",
                "2: NQM4 sell 3 @ 18190.5 x20 commission 0 fees 4.2 USD at 1715091867",
            ]
        );
        assert_eq!((report.rows.read, collected.codes().len()), (1, 0));
    }
}

#[test]
fn an_unknown_contract_is_worth_what_its_gross_pnl_says() {
    let row = "9,XYZU6,07/02/2026 10:00:00 -04:00,07/02/2026 10:01:00 -04:00,10.00,11.50,0,75.00,2,Long,,,0";

    let (_, collected) = read(&format!("{TRADES}\n{row}\n"));

    assert_eq!(collected.fills[0].multiplier.to_string(), "25");
    assert_eq!(collected.fills[0].multiplier_source, MultiplierSource::Derived);
}

#[test]
fn a_stated_pnl_that_prices_do_not_give_is_told() {
    let (report, collected) =
        read_text("topstepx-trades", &with_cell("topstepx-trades", 1, 2, "pnl", "200.00"));

    assert_eq!(collected.codes(), [(2, "pnl-mismatch")]);
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "190");
}

#[test]
fn spoiled_trades_are_rejected_by_name() {
    let digits = overlong();
    assert_rejections(
        "topstepx-trades",
        1,
        2,
        &[
            ("id", "", "id", "bad-id"),
            ("contractname", "", "contractname", "missing-symbol"),
            ("enteredat", "13/45/2026 10:10:08 -04:00", "enteredat", "bad-time"),
            ("exitedat", "02/30/2026 10:10:08 -04:00", "exitedat", "bad-time"),
            ("entryprice", &digits, "entryprice", "bad-number"),
            ("exitprice", HOSTILE, "exitprice", "bad-number"),
            ("fees", "1e5", "fees", "bad-number"),
            ("pnl", "much", "pnl", "bad-number"),
            ("size", "0", "size", "zero-quantity"),
            ("size", "-3", "size", "zero-quantity"),
            ("type", "Sideways", "type", "bad-side"),
        ],
    );
}

#[test]
fn the_same_row_again_is_the_same_two_executions() {
    let sample = format("topstepx-trades").sample();
    let (_, once) = read(sample);
    let again = format!("{sample}{}\n", sample.lines().nth(1).unwrap());

    let (report, twice) = read(&again);

    assert_eq!((report.rows.read, twice.fills.len()), (3, 6));
    assert_eq!(twice.fills[4].execution_id, once.fills[0].execution_id);
    assert_eq!(twice.fills[5].execution_id, once.fills[1].execution_id);
}

#[test]
fn filled_orders_are_read_and_the_others_skipped() {
    let (report, collected) = read(format("topstepx-orders").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: MNQZ6 buy 3 @ 31246.5 x2 commission 0 fees 0 USD at 1791382837",
            "4: MNQZ6 sell 3 @ 31366.5 x2 commission 0 fees 0 USD at 1791388146",
        ]
    );
    let effects: Vec<Option<Effect>> = collected.fills.iter().map(|fill| fill.effect).collect();
    assert_eq!(effects, [Some(Effect::Opens), Some(Effect::Closes)]);
    assert_eq!(report.accounts, ["EXPRESS-1"]);
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (3, 2, 1));
    assert_eq!(collected.codes(), [(3, "not-filled")]);
}

#[test]
fn spoiled_orders_are_rejected_by_name() {
    assert_rejections(
        "topstepx-orders",
        1,
        2,
        &[
            ("id", "", "id", "bad-id"),
            ("contractname", "ABCDEF", "contractname", "unknown-contract"),
            ("side", "Sideways", "side", "bad-side"),
            ("size", "", "size", "bad-number"),
            ("filledat", "", "filledat", "bad-time"),
            ("executeprice", &overlong(), "executeprice", "bad-number"),
        ],
    );
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format("topstepx-trades"));
    assert_survives_truncation(format("topstepx-orders"));
}
