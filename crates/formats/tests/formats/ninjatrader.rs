//! NinjaTrader 8.

use crate::{
    format, line, options, read, read_as,
    spoiled::{
        HOSTILE, assert_rejections, assert_survives_truncation, overlong, read_text, rejected, with_cell,
    },
};
use formats::{DateOrder, MultiplierSource, Options};

const EXECUTIONS: &str = "Instrument,Action,Quantity,Price,Time,ID,E/X,Position,Order ID,Name,Commission,Rate,Account display name,Connection,";

#[test]
fn european_executions_are_read() {
    let (report, collected) = read(format("ninjatrader-executions").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: MES JUN26 buy 2 @ 7200.75 x5 commission 1.24 fees 0 USD at 1777287902",
            "3: MES JUN26 sell 2 @ 7204 x5 commission 1.24 fees 0 USD at 1777288540",
        ]
    );
    let ids: Vec<&str> = collected.fills.iter().map(|fill| fill.execution_id.as_str()).collect();
    assert_eq!(ids, ["ab12", "ab13"]);
    assert_eq!(collected.fills[0].order_id.as_deref(), Some("ord-1"));
    assert_eq!(report.accounts, ["Sim101"]);
    assert_eq!(report.stated.commissions["USD"].to_string(), "2.48");
    assert_eq!(collected.codes(), [(2, "assumed-time-zone")]);
}

#[test]
fn columns_that_a_user_chose_and_equal_fills_are_read() {
    let row = "MNQZ6,Sell,9/15/2026 9:39,29441.25,Exit,BROKER,6,ACCOUNT-1";
    let text =
        format!("Instrument,Action,Time,Price,E/X,Connection,Quantity,Account display name\n{row}\n{row}\n");

    let (report, collected) = read(&text);

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(lines[0], "2: MNQZ6 sell 6 @ 29441.25 x2 commission 0 fees 0 USD at 1789483140");
    assert_eq!(report.rows.read, 2);
    assert_ne!(collected.fills[0].execution_id, collected.fills[1].execution_id);
}

#[test]
fn day_and_month_are_told_by_the_file_or_by_the_user_and_never_guessed() {
    let file = |time: &str| {
        format!("{EXECUTIONS}\nMES 09-26,Buy,1,7427.50,{time},a,Entry,1 L,o,Entry,$0.62,1,Sim101,Sim,\n")
    };
    let executed = |text: &str, options: &Options| {
        let (_, collected) = read_as(format("ninjatrader-executions"), text.as_bytes(), options).unwrap();
        collected.fills.first().map(|fill| fill.executed_at.at.0 / 1_000_000_000)
    };
    let day_first = Options { date_order: Some(DateOrder::DayFirst), ..options() };

    assert_eq!(executed(&file("28-07-2026 09:45:17"), &options()), Some(1_785_249_917));
    assert_eq!(executed(&file("7/28/2026 9:45:17 AM"), &options()), Some(1_785_249_917));
    assert_eq!(executed(&file("7/2/2026 9:45:17 AM"), &options()), Some(1_783_003_517));
    assert_eq!(executed(&file("02-07-2026 09:45:17"), &day_first), Some(1_783_003_517));
    let (_, refused) = read_text("ninjatrader-executions", &file("02-07-2026 09:45:17"));
    assert_eq!(rejected(&refused), [(2, "time", "ambiguous-date")]);
}

#[test]
fn a_time_that_the_clocks_jumped_over_is_read_and_told() {
    let row = "MES 06-26,Buy,1,7427.50,3/8/2026 2:30:00 AM,a,Entry,1 L,o,Entry,$0.62,1,Sim101,Sim,";

    let (_, collected) = read(&format!("{EXECUTIONS}\n{row}\n"));

    assert_eq!(collected.fills[0].executed_at.at.0 / 1_000_000_000, 1_772_958_600);
    assert!(collected.codes().contains(&(2, "ambiguous-time")), "{:?}", collected.codes());
}

#[test]
fn spoiled_executions_are_rejected_by_name() {
    assert_rejections(
        "ninjatrader-executions",
        1,
        2,
        &[
            ("instrument", "", "instrument", "missing-symbol"),
            ("instrument", "XYZ 09-26", "instrument", "unknown-contract"),
            ("instrument", HOSTILE, "instrument", "unknown-contract"),
            ("action", "Hold", "action", "bad-side"),
            ("quantity", "0", "quantity", "zero-quantity"),
            ("price", &overlong(), "price", "bad-number"),
            ("price", "7.200.75", "price", "bad-number"),
            ("time", "31/02/2026 6:05:02", "time", "bad-time"),
            ("commission", "0,62 X", "commission", "bad-number"),
        ],
    );
    let spoiled = with_cell("ninjatrader-executions", 1, 2, "account display name", HOSTILE);
    let (report, _) = read_as(
        format("ninjatrader-executions"),
        spoiled.as_bytes(),
        &Options { source_account: Some(HOSTILE.to_owned()), ..options() },
    )
    .unwrap();
    assert_eq!(report.accounts, [HOSTILE]);
}

#[test]
fn trades_carry_net_profit_fees_and_excursions() {
    let (report, collected) = read(format("ninjatrader-trades").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: MES 09-26 sell 1 @ 7427.5 x5 commission 0 fees 0 USD at 1785249917",
            "2: MES 09-26 buy 1 @ 7423.5 x5 commission 0.5 fees 0.74 USD at 1785249965",
            "3: MES 09-26 buy 1 @ 7420 x5 commission 0 fees 0 USD at 1785250860",
            "3: MES 09-26 sell 1 @ 7407.42 x5 commission 0 fees 0 USD at 1785251100",
        ]
    );
    let claims = collected.fills[1].claims.as_deref().unwrap();
    assert_eq!((claims.pnl.unwrap().to_string().as_str(), claims.pnl_is_net), ("18.76", true));
    assert_eq!(claims.mae.unwrap().to_string(), "-8.75");
    assert_eq!(claims.mfe.unwrap().to_string(), "21.25");
    assert!(collected.fills[0].claims.is_none());
    assert_eq!(report.stated.net_pnl["USD"].to_string(), "-44.14");
    assert_eq!(report.stated.commissions["USD"].to_string(), "0.5");
    assert_eq!(report.stated.fees["USD"].to_string(), "0.74");
    assert_eq!(collected.codes(), [(2, "assumed-time-zone")]);
}

#[test]
fn french_trades_are_read() {
    let text = "Numéro d’ordre;Instrument;Compte;Stratégie;Pos. marché.;Qté;Prix d'entrée;Prix de sortie;Heure d'entrée;Heure de \
                sortie;Nom d'entrée;Nom de la sortie;Profit;Commission;MAE;MFE;ETD\n\
                1;NQ JUN26;Sim101;S1;Short;1;23960,00;23955,50;01/04/2026 10:00:00;01/04/2026 10:03:00;Entrée;Sortie;90,00 $;0,00 $;\
                160,00 $;105,00 $;15,00 $\n\
                2;NQ JUN26;Sim101;S1;Long;1;23960,00;23955,50;02/04/2026 10:00:00;02/04/2026 10:03:00;Entrée;Sortie;-94,50 $;4,50 $;\
                160,00 $;0,00 $;15,00 $\n";

    let (report, collected) = read(text);

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(lines[1], "2: NQ JUN26 buy 1 @ 23955.5 x20 commission 0 fees 0 USD at 1775055780");
    assert_eq!(lines[3], "3: NQ JUN26 sell 1 @ 23955.5 x20 commission 4.5 fees 0 USD at 1775142180");
    assert_eq!(report.stated.net_pnl["USD"].to_string(), "-4.5");
    assert_eq!((report.rows.read, collected.codes().len()), (2, 1));
}

#[test]
fn equal_trades_are_two_and_another_report_repeats_their_ids() {
    let sample = format("ninjatrader-trades").sample();
    let row = sample.lines().nth(1).unwrap();
    let ids = |text: &str| -> Vec<String> {
        read(text).1.fills.into_iter().map(|fill| fill.execution_id).collect()
    };
    let once = ids(sample);
    let twice = ids(&format!("{sample}{}\n", row.replacen('1', "7", 1)));

    assert_eq!(twice[..4], once);
    assert_ne!(twice[4], once[0]);
    assert_eq!(twice[4].replace("#2", "#1"), once[0]);
}

#[test]
fn a_contract_that_is_not_in_the_table_is_worth_what_its_profit_says() {
    let (_, collected) =
        read_text("ninjatrader-trades", &with_cell("ninjatrader-trades", 1, 2, "instrument", "XYZ 09-26"));

    assert_eq!(collected.fills[0].multiplier.to_string(), "5");
    assert_eq!(collected.fills[0].multiplier_source, MultiplierSource::Derived);
}

#[test]
fn spoiled_trades_are_rejected_by_name() {
    assert_rejections(
        "ninjatrader-trades",
        1,
        2,
        &[
            ("market pos.", "Flat", "market pos.", "bad-side"),
            ("qty", "x", "qty", "bad-number"),
            ("entry price", &overlong(), "entry price", "bad-number"),
            ("exit time", "yesterday", "exit time", "bad-time"),
            ("profit", "0.25 %", "profit", "bad-number"),
            ("nfa fee", HOSTILE, "nfa fee", "bad-number"),
            ("mae", "3 ticks", "mae", "bad-number"),
        ],
    );
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format("ninjatrader-executions"));
    assert_survives_truncation(format("ninjatrader-trades"));
}
