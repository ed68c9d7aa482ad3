//! MetaTrader 4.

use crate::{
    cash, format, line, options, read, read_as,
    spoiled::{HOSTILE, assert_survives_truncation, overlong, read_text, rejected},
};
use formats::{CashKind, ChargeKind, Options, RowKind, TimeSource};

const ID: &str = "metatrader4-statement";

/// The sample with one text replaced by another; the text must be there.
fn with(from: &str, to: &str) -> String {
    let sample = format(ID).sample();
    assert!(sample.contains(from), "{from}");
    sample.replacen(from, to, 1)
}

#[test]
fn a_statement_is_read_row_by_row() {
    let (report, collected) = read(format(ID).sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "12: eurusd buy 1 @ 1.1 x100000 commission 0 fees 0 USD at 1767600000",
            "12: eurusd sell 1 @ 1.1011 x100000 commission 0 fees 0 USD at 1767619800",
            "13: eurgbp sell 0.4 @ 0.86 x100000 commission 0 fees 0 GBP at 1767682800",
            "13: eurgbp buy 0.4 @ 0.855 x100000 commission 0 fees 0 GBP at 1767690000",
        ]
    );
    assert!(collected.fills.iter().all(|fill| fill.kind == RowKind::ClosingDeal));
    assert_eq!(collected.fills[0].execution_id, "502:entry");
    assert_eq!(collected.fills[1].execution_id, "502:exit");
    assert_eq!(collected.fills[0].executed_at.text, "2026.01.05 10:00:00");
    assert_eq!(collected.fills[0].executed_at.source, TimeSource::BrokerDefault("Europe/Athens".into()));
    assert_eq!(report.accounts, ["7001234"]);
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (11, 3, 8));
    let skipped: Vec<(u64, &str)> =
        collected.codes().into_iter().filter(|code| code.1 != "assumed-time-zone").collect();
    assert_eq!(
        skipped,
        [
            (14, "cancelled"),
            (15, "total"),
            (16, "total"),
            (19, "open-position"),
            (20, "total"),
            (23, "working"),
            (25, "other-section"),
            (26, "other-section"),
        ]
    );
}

#[test]
fn money_in_the_accounts_currency_stays_apart_and_implies_a_rate() {
    let (report, collected) = read(format(ID).sample());

    let exit = &collected.fills[1];
    assert_eq!(exit.foreign_charges.len(), 1);
    let charge = &exit.foreign_charges[0];
    assert_eq!((charge.kind, charge.amount.to_string().as_str()), (ChargeKind::Commission, "6"));
    assert_eq!(charge.currency, "EUR");
    let claims = exit.claims.as_deref().unwrap();
    assert_eq!((claims.pnl.unwrap().to_string().as_str(), claims.pnl_is_net), ("100", false));
    assert_eq!(claims.pnl_currency.as_deref(), Some("EUR"));
    // 100 EUR / (0.0011 x 1 x 100,000 USD); 233.92 EUR / (0.005 x 0.4 x 100,000 GBP)
    assert_eq!(claims.implied_rate.as_ref().unwrap().to_string(), "10/11");
    let other = collected.fills[3].claims.as_deref().unwrap();
    assert_eq!(other.implied_rate.as_ref().unwrap().to_string(), "1.1696");
    assert_eq!(
        cash(&collected.events),
        [
            (CashKind::Deposit, "10000".to_owned(), "501".to_owned()),
            (CashKind::Swap, "-1.5".to_owned(), "502:exit:swap".to_owned()),
        ]
    );
    assert_eq!(report.stated.gross_pnl["EUR"].to_string(), "333.92");
    assert_eq!(report.stated.commissions["EUR"].to_string(), "6");
    assert_eq!(report.stated.balances["EUR"].to_string(), "10326.42");
    assert_eq!(report.stated.positions[0].symbol, "eurgbp");
    assert_eq!(report.stated.positions[0].quantity.to_string(), "-0.6");
}

#[test]
fn in_the_accounts_own_currency_the_profit_shows_what_a_lot_is() {
    let usd = with("Currency: EUR", "Currency: USD");
    let mini = usd.replacen("<td class=mspt>100.00</td>", "<td class=mspt>11.00</td>", 1);

    let (_, usual) = read_text(ID, &usd.replacen(">100.00<", ">110.00<", 1));
    let (_, derived) = read_text(ID, &mini);

    assert_eq!(usual.fills[1].multiplier.to_string(), "100000");
    assert_eq!(usual.fills[1].commission.to_string(), "6");
    assert!(usual.fills[1].foreign_charges.is_empty());
    assert_eq!(derived.fills[1].multiplier.to_string(), "10000");
    assert!(!derived.codes().contains(&(12, "pnl-mismatch")));
}

#[test]
fn server_times_are_read_in_the_users_zone_and_gaps_are_told() {
    let london = Options { time_zone: Some("Europe/London".to_owned()), ..options() };
    let (_, moved) = read_as(format(ID), format(ID).sample().as_bytes(), &london).unwrap();
    let (_, gap) = read_text(ID, &with("2026.01.05 10:00:00", "2026.03.29 03:30:00"));

    assert_eq!(moved.fills[0].executed_at.at.0 / 1_000_000_000, 1_767_607_200);
    assert_eq!(gap.fills[0].executed_at.at.0 / 1_000_000_000, 1_774_747_800);
    assert!(gap.codes().contains(&(12, "ambiguous-time")), "{:?}", gap.codes());
}

#[test]
fn spoiled_rows_are_rejected_by_name() {
    let digits = overlong();
    for (from, to, line, column, code) in [
        ("<td title=\"#502\">502</td>", "<td></td>", 12, "ticket", "bad-id"),
        ("<td>buy</td>", "<td>hold</td>", 12, "type", "bad-side"),
        ("<td class=mspt>1.00</td>", "<td class=mspt>0.00</td>", 12, "size", "zero-quantity"),
        ("<td>eurusd</td>", "<td></td>", 12, "item", "missing-symbol"),
        ("<td>1.10000</td>", &format!("<td>{digits}</td>"), 12, "price", "bad-number"),
        ("<td>1.10110</td>", "<td>=1+1</td>", 12, "price", "bad-number"),
        ("2026.01.05 15:30:00", "2026.02.30 15:30:00", 12, "close time", "bad-time"),
        ("<td class=mspt>-6.00</td>", "<td class=mspt>six</td>", 12, "commission", "bad-number"),
        ("<td class=mspt>233.92</td>", "<td class=mspt>2,33.92</td>", 13, "profit", "bad-number"),
        ("<td class=mspt>10 000.00</td>", "<td class=mspt>10 00.00</td>", 11, "profit", "bad-number"),
    ] {
        let (report, collected) = read_text(ID, &with(from, to));

        assert_eq!(rejected(&collected), [(line, column, code)], "{from}");
        assert_eq!(report.rows.total, 11, "{from}");
    }
}

#[test]
fn a_garbled_currency_rejects_what_needs_it_and_hostile_cells_stay_text() {
    let (report, collected) = read_text(ID, &with("Currency: EUR", "Currency: €€"));
    assert_eq!((report.rows.read, report.rows.rejected), (0, 3));
    assert!(
        rejected(&collected).iter().all(|(_, column, code)| (*column, *code) == ("currency", "bad-currency"))
    );

    let (_, hostile) = read_text(ID, &with("<td>eurusd</td>", &format!("<td>{HOSTILE}</td>")));
    assert_eq!(hostile.fills[0].symbol, HOSTILE);
    assert!(hostile.codes().contains(&(12, "assumed-quote-currency")), "{:?}", hostile.codes());
}

#[test]
fn the_same_columns_in_a_text_are_read() {
    let text = "Ticket,Open Time,Type,Size,Item,Price,S/L,T/P,Close Time,Price,Commission,Taxes,Swap,Profit\n\
                1,2026.01.05 10:00,buy,0.10,EURUSD,1.08750,1.08500,1.09200,2026.01.05 14:22,1.09120,0,0,0,37.00\n";

    let (report, collected) = read(text);

    assert_eq!(
        line(&collected.fills[1]),
        "2: EURUSD sell 0.1 @ 1.0912 x100000 commission 0 fees 0 USD at 1767615720"
    );
    assert_eq!((report.rows.read, report.stated.gross_pnl["USD"].to_string().as_str()), (1, "37"));
}

#[test]
fn a_row_that_stands_twice_is_the_same_order() {
    let row = format(ID).sample().lines().nth(11).unwrap();

    let (report, collected) = read_text(ID, &with(row, &format!("{row}\n{row}")));

    assert_eq!((report.rows.total, report.rows.read, collected.fills.len()), (12, 4, 6));
    assert_eq!(collected.fills[0].execution_id, collected.fills[2].execution_id);
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format(ID));
}
