//! Interactive Brokers Flex Query XML.

use crate::{Collected, event, format, line, options, read, read_as, real_file};
use formats::{AssetClass, Cause, DateOrder, Options, ParseError, ParsedEvent};

fn file(trades: &str) -> String {
    format!(
        "<FlexQueryResponse queryName=\"q\" type=\"AF\">\n<FlexStatements count=\"1\">\n<FlexStatement accountId=\"U1\">\n\
         <Trades>\n{trades}\n</Trades>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n"
    )
}

fn trade(attributes: &str) -> String {
    format!(
        "<Trade accountId=\"U1\" currency=\"USD\" assetCategory=\"STK\" symbol=\"AAPL\" multiplier=\"1\" \
         dateTime=\"20260105;093000\" ibCommissionCurrency=\"USD\" levelOfDetail=\"EXECUTION\" {attributes} />"
    )
}

#[test]
fn the_real_file_gives_its_executions_and_positions() {
    let Some(text) = real_file("ibkr-flex-report.xml") else { return };

    let (report, collected) = read(&text);

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "8: GOLD buy 691 @ 43.1 x1 commission 3.455 fees 0 USD at 1769446635",
            "9: GOLD sell 100 @ 44.19 x1 commission 1.1108314 fees 0 USD at 1781542927",
            "10: AAPL buy 103 @ 300 x1 commission 1.000309 fees 0 USD at 1779111004",
            "11: AAPL buy 137 @ 300 x1 commission 0.200411 fees 0 USD at 1779111004",
        ]
    );
    assert_eq!(collected.fills[0].execution_id, "EXEC00001");
    assert_eq!(report.stated.positions.len(), 1);
    assert_eq!(report.stated.positions[0].quantity.to_string(), "340");
    assert_eq!((report.rows.total, report.rows.read), (5, 5));
    // 3.455 + 1.1108314 + 1.000309 + 0.200411 by hand.
    assert_eq!(report.stated.commissions["USD"].to_string(), "5.7665514");
}

#[test]
fn the_real_assignment_is_a_fill_at_zero() {
    let Some(text) = real_file("flex-trade-option-assignment.xml") else { return };

    let (_, collected) = read(&file(text.trim()));

    let fill = &collected.fills[0];
    assert_eq!(line(fill), "5: VXX 110917C00005000 buy 3 @ 0 x100 commission 0 fees 0 USD at 1313094000");
    assert_eq!(fill.execution_id, "2381339439");
    assert_eq!(fill.asset_class, AssetClass::Option);
}

#[test]
fn a_negative_commission_is_a_charge_and_a_positive_one_a_rebate() {
    let (report, collected) = read(&file(&format!(
        "{}\n{}",
        trade(
            "quantity=\"10\" tradePrice=\"1,200.5\" ibCommission=\"-1.25\" taxes=\"-0.1\" buySell=\"BUY\" ibExecID=\"a\""
        ),
        trade("quantity=\"-10\" tradePrice=\"1201\" ibCommission=\"0.3\" buySell=\"SELL\" ibExecID=\"b\"")
    )));

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(lines[0], "5: AAPL buy 10 @ 1200.5 x1 commission 1.25 fees 0.1 USD at 1767623400");
    assert_eq!(lines[1], "6: AAPL sell 10 @ 1201 x1 commission -0.3 fees 0 USD at 1767623400");
    assert_eq!(report.stated.commissions["USD"].to_string(), "0.95");
}

#[test]
fn other_levels_of_detail_are_skipped_aloud() {
    let (report, collected) = read(&file(
        "<Order accountId=\"U1\" symbol=\"AAPL\" levelOfDetail=\"ORDER\"/>\n<Lot levelOfDetail=\"CLOSED_LOT\" symbol=\"AAPL\"/>",
    ));

    assert_eq!((report.rows.total, report.rows.skipped), (2, 2));
    assert_eq!(collected.codes()[..2], [(5, "not-an-execution"), (6, "not-an-execution")]);
}

/// Line, original and id of each execution taken back.
fn busts(collected: &Collected) -> Vec<(u64, &str, &str)> {
    let busts = collected.events.iter().filter_map(|event| match event {
        ParsedEvent::Bust(bust) => Some((bust.line, bust.refers_to.as_str(), bust.id.as_str())),
        _ => None,
    });
    busts.collect()
}

#[test]
fn a_cancellation_names_its_original_by_id_and_never_an_equal_trade() {
    let (report, collected) = read(&file(&format!(
        "{}\n{}\n{}\n{}",
        trade("tradeID=\"1\" quantity=\"10\" tradePrice=\"5\" buySell=\"BUY\" ibExecID=\"a\""),
        trade("tradeID=\"2\" quantity=\"10\" tradePrice=\"5\" buySell=\"BUY\" ibExecID=\"b\""),
        trade(
            "tradeID=\"9\" origTradeID=\"2\" quantity=\"-10\" tradePrice=\"5\" buySell=\"BUY (Ca.)\" notes=\"Ca\" ibExecID=\"c\""
        ),
        trade(
            "tradeID=\"8\" origTradeID=\"77\" quantity=\"-10\" tradePrice=\"5\" buySell=\"BUY (Ca.)\" ibExecID=\"d\""
        ),
    )));

    let ids: Vec<_> =
        collected.fills.iter().map(|f| (f.execution_id.as_str(), f.reference.as_deref())).collect();
    assert_eq!(ids, [("a", Some("1")), ("b", Some("2"))]);
    assert_eq!(busts(&collected), [(7, "2", "cancel:c"), (8, "77", "cancel:d")]);
    assert_eq!((report.rows.total, report.rows.read), (4, 4));
}

#[test]
fn a_cancellation_that_names_nothing_is_rejected() {
    let (report, collected) =
        read(&file(&trade("quantity=\"-10\" tradePrice=\"5\" buySell=\"BUY (Ca.)\" ibExecID=\"c\"")));

    assert_eq!(report.rows.rejected, 1);
    assert_eq!(collected.diagnostics[0].code, "missing-original");
}

#[test]
fn a_correction_names_what_it_replaces() {
    let (_, collected) = read(&file(&format!(
        "{}\n{}",
        trade("tradeID=\"1\" quantity=\"10\" tradePrice=\"5\" buySell=\"BUY\" ibExecID=\"a\""),
        trade(
            "tradeID=\"2\" origTradeID=\"1\" quantity=\"10\" tradePrice=\"6\" buySell=\"BUY\" notes=\"P;Co\" ibExecID=\"b\""
        ),
    )));

    let corrects: Vec<_> = collected.fills.iter().map(|fill| fill.corrects.as_deref()).collect();
    assert_eq!(corrects, [None, Some("1")]);
}

#[test]
fn a_commission_in_another_currency_is_kept_apart() {
    let row = "<Trade accountId=\"U1\" currency=\"EUR\" assetCategory=\"STK\" symbol=\"SAP\" dateTime=\"2026-01-05 09:30:00\" \
               quantity=\"1\" tradePrice=\"100\" ibCommission=\"-1\" ibCommissionCurrency=\"USD\" buySell=\"BUY\" ibExecID=\"x\"/>";

    let (report, collected) = read(&file(row));

    let fill = &collected.fills[0];
    let [charge] = &fill.foreign_charges[..] else { panic!("{fill:?}") };
    assert_eq!(
        (fill.commission.to_string(), charge.amount.to_string(), charge.currency.as_str()),
        ("0".into(), "1".into(), "USD")
    );
    assert_eq!(report.stated.commissions["USD"].to_string(), "1");
}

#[test]
fn every_asset_is_worth_what_its_row_says() {
    for (attributes, expected) in [
        // A bond of 10,000 face value at 98.5 percent costs 9,850, whatever its multiplier says.
        (
            "assetCategory=\"BOND\" symbol=\"T 4 3/8 2034\" multiplier=\"1\" quantity=\"10000\" tradePrice=\"98.5\" proceeds=\"-9850\"",
            "x0.01",
        ),
        ("assetCategory=\"BOND\" symbol=\"T 4 3/8 2034\" quantity=\"10000\" tradePrice=\"98.5\"", "x0.01"),
        ("assetCategory=\"OPT\" symbol=\"SPY   260320C00580000\" quantity=\"1\" tradePrice=\"4.2\"", "x100"),
        (
            "assetCategory=\"OPT\" symbol=\"XYZ1  260320C00010000\" quantity=\"2\" tradePrice=\"4.2\" proceeds=\"-84\"",
            "x10",
        ),
        ("assetCategory=\"FUT\" symbol=\"ESH6\" quantity=\"1\" tradePrice=\"6000\"", "x50"),
        (
            "assetCategory=\"FUT\" symbol=\"QQQH6\" quantity=\"1\" tradePrice=\"6000\" proceeds=\"-42000\"",
            "x7",
        ),
        ("assetCategory=\"FUT\" symbol=\"QQQH6\" quantity=\"1\" tradePrice=\"6000\"", "unknown-contract"),
        (
            "assetCategory=\"FOP\" symbol=\"EW3H6 C5800\" quantity=\"1\" tradePrice=\"6000\"",
            "unknown-contract",
        ),
        (
            "assetCategory=\"FOP\" symbol=\"EW3H6 C5800\" quantity=\"1\" tradePrice=\"60\" multiplier=\"50\"",
            "x50",
        ),
    ] {
        let row = format!(
            "<Trade accountId=\"U1\" currency=\"USD\" dateTime=\"20260105;093000\" ibExecID=\"x\" {attributes}/>"
        );
        let (_, collected) = read(&file(&row));
        let found = collected
            .fills
            .first()
            .map_or_else(|| collected.diagnostics[0].code.to_owned(), |fill| format!("x{}", fill.multiplier));
        assert_eq!(found, expected, "{attributes}");
    }
}

#[test]
fn dates_with_slashes_are_read_in_the_order_that_the_file_allows() {
    let rows = |dates: &[&str]| {
        let rows: Vec<String> = dates
            .iter()
            .enumerate()
            .map(|(n, date)| {
                trade(&format!("quantity=\"1\" tradePrice=\"5\" ibExecID=\"{n}\""))
                    .replace("20260105;093000", date)
            })
            .collect();
        file(&rows.join("\n"))
    };
    let days = |text: &str| -> Vec<i64> {
        let (_, collected) = read(text);
        collected.fills.iter().map(|fill| fill.executed_at.at.0 / 86_400_000_000_000).collect()
    };
    // 2026-04-03 is day 20546 since 1970, 2026-04-13 is day 20556, 2026-03-04 is day 20516.
    assert_eq!(days(&rows(&["03/04/2026;120000", "13/04/2026;120000"])), [20_546, 20_556]);
    assert_eq!(days(&rows(&["03/04/2026;120000", "04/13/2026;120000"])), [20_516, 20_556]);

    let undecided = rows(&["03/04/2026;120000", "04/05/2026;120000"]);
    let (report, collected) = read(&undecided);
    assert_eq!(
        (report.rows.rejected, collected.codes()),
        (2, vec![(5, "ambiguous-date"), (6, "ambiguous-date")])
    );
    assert!(collected.diagnostics[0].message.contains("date_order"));

    let told = Options { date_order: Some(DateOrder::DayFirst), ..options() };
    let (report, _) = read_as(format("ibkr-flex-xml"), undecided.as_bytes(), &told).unwrap();
    assert_eq!(report.rows.read, 2);
}

#[test]
fn the_dates_of_the_statement_are_evidence_too() {
    let text = file(
        &trade("quantity=\"1\" tradePrice=\"5\" ibExecID=\"a\"")
            .replace("20260105;093000", "03/04/2026;120000"),
    );
    let text = text.replace(
        "<FlexStatement accountId=\"U1\">",
        "<FlexStatement accountId=\"U1\" toDate=\"30/04/2026\">",
    );

    let (_, collected) = read(&text);

    assert_eq!(collected.fills[0].executed_at.at.0 / 86_400_000_000_000, 20_546);
}

#[test]
fn cash_splits_and_other_sections_are_accounted_for() {
    let text = "<FlexQueryResponse>\n<FlexStatements>\n<FlexStatement accountId=\"U1\">\n<CashTransactions>\n\
        <CashTransaction currency=\"USD\" symbol=\"AAPL\" dateTime=\"20260110\" amount=\"1.25\" type=\"Dividends\" description=\"d\" transactionID=\"1\"/>\n\
        <CashTransaction currency=\"USD\" symbol=\"AAPL\" dateTime=\"20260110\" amount=\"-0.19\" type=\"Withholding Tax\" description=\"d\" transactionID=\"2\"/>\n\
        <CashTransaction currency=\"EUR\" dateTime=\"20260111\" amount=\"-500\" type=\"Deposits/Withdrawals\" description=\"d\" transactionID=\"3\"/>\n\
        <CashTransaction currency=\"USD\" dateTime=\"20260111\" amount=\"1.06\" type=\"Dividends\" levelOfDetail=\"SUMMARY\"/>\n\
        </CashTransactions>\n<CorporateActions>\n\
        <CorporateAction symbol=\"AAPL\" dateTime=\"20260115;202500\" type=\"FS\" actionDescription=\"AAPL(US0378331005) SPLIT 4 FOR 1 (AAPL)\" transactionID=\"4\"/>\n\
        <CorporateAction symbol=\"ABC\" dateTime=\"20260115;202500\" type=\"TC\" actionDescription=\"ABC(US1) MERGED(Acquisition) FOR USD 5.00\" transactionID=\"5\"/>\n\
        </CorporateActions>\n<Transfers>\n<Transfer symbol=\"AAPL\"/>\n</Transfers>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n";

    let (report, collected) = read(text);

    let events: Vec<String> = collected.events.iter().map(event).collect();
    assert_eq!(
        events,
        [
            "5: cash 1 dividend 1.25 USD AAPL",
            "6: cash 2 tax -0.19 USD AAPL",
            "7: cash 3 withdrawal -500 EUR -",
            "11: split 4 AAPL 4",
        ]
    );
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (7, 4, 3));
    let codes = collected.codes();
    assert_eq!(codes[0], (8, "not-a-movement"));
    assert_eq!(codes[codes.len() - 1], (15, "other-section"));
}

#[test]
fn what_brought_a_fill_about_is_kept() {
    for (notes, cause) in [
        ("A", Cause::Assignment),
        ("Ex;C", Cause::Exercise),
        ("Ep", Cause::Expiry),
        ("C;L", Cause::Liquidation),
    ] {
        let row = trade(&format!(
            "quantity=\"-1\" tradePrice=\"0\" notes=\"{notes}\" transactionID=\"7\" transactionType=\"BookTrade\""
        ));
        let (_, collected) = read(&file(&row));
        assert_eq!(collected.fills[0].cause, cause, "{notes}");
    }
}

#[test]
fn one_query_of_trade_confirmations_is_read_too() {
    let text = "<FlexQueryResponse queryName=\"q\" type=\"TCF\">\n<FlexStatements>\n<FlexStatement accountId=\"U1\">\n<TradeConfirms>\n\
        <TradeConfirm currency=\"USD\" assetCategory=\"STK\" symbol=\"AAPL\" dateTime=\"20260105;093000\" quantity=\"-10\" price=\"200.5\" \
        amount=\"2005\" commission=\"-1\" commissionCurrency=\"USD\" tax=\"-0.05\" buySell=\"SELL\" execID=\"x1\" tradeID=\"7\" orderID=\"8\" code=\"P\"/>\n\
        </TradeConfirms>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n";

    let (_, collected) = read(text);

    assert_eq!(
        line(&collected.fills[0]),
        "5: AAPL sell 10 @ 200.5 x1 commission 1 fees 0.05 USD at 1767623400"
    );
    assert_eq!(collected.fills[0].order_id.as_deref(), Some("8"));
}

#[test]
fn several_accounts_are_named() {
    let rows = format!(
        "{}\n{}",
        trade("quantity=\"1\" tradePrice=\"5\" ibExecID=\"a\""),
        trade("quantity=\"1\" tradePrice=\"5\" ibExecID=\"b\"").replace("U1", "U2")
    );

    let error = read_as(format("ibkr-flex-xml"), file(&rows).as_bytes(), &options()).map(|_| ()).unwrap_err();
    let one = Options { source_account: Some("U2".to_owned()), ..options() };
    let (report, _) = read_as(format("ibkr-flex-xml"), file(&rows).as_bytes(), &one).unwrap();

    assert!(matches!(&error, ParseError::SeveralAccounts(names) if names == &["U1", "U2"]), "{error}");
    assert_eq!((report.rows.read, report.rows.skipped), (1, 1));
}

#[test]
fn entities_and_doctypes_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">]><FlexQueryResponse>&a;</FlexQueryResponse>";

    let error = read_as(format("ibkr-flex-xml"), bomb.as_bytes(), &options()).map(|_| ()).unwrap_err();

    assert!(matches!(error, ParseError::Forbidden { .. }), "{error}");
}

/// The rates of a file with these trades, each of a currency and its `fxRateToBase`, and the base currency.
fn rates(above: &str, trades: &[(&str, &str)]) -> (Vec<String>, Option<String>, Vec<&'static str>) {
    let trade = |&(currency, rate): &(&str, &str)| {
        format!(
            "<Trade accountId=\"U1\" currency=\"{currency}\" assetCategory=\"STK\" symbol=\"SAP\" dateTime=\"20260105;093000\" \
             quantity=\"1\" tradePrice=\"2\" buySell=\"BUY\" fxRateToBase=\"{rate}\" levelOfDetail=\"EXECUTION\"/>"
        )
    };
    let trades: Vec<String> = trades.iter().map(trade).collect();
    let text = file(&trades.join("\n")).replacen("<Trades>", &format!("{above}\n<Trades>"), 1);
    let (report, collected) = read(&text);
    assert_eq!(report.rows.read, trades.len() as u64, "a rate takes nothing from its trade");
    let codes = collected.diagnostics.iter().map(|remark| remark.code).filter(|code| *code == "bad-rate");
    (collected.events.iter().map(event).collect(), report.stated.base_currency, codes.collect())
}

#[test]
fn a_trade_in_another_currency_tells_its_rate_to_the_base() {
    let told = "<AccountInformation accountId=\"U1\" currency=\"CHF\" />";

    let (found, base, bad) = rates(told, &[("EUR", "0.93"), ("CHF", "1"), ("JPY", "0.0055"), ("EUR", "")]);

    assert_eq!(found, ["6: rate EUR 0.93 at 1767623400", "8: rate JPY 0.0055 at 1767623400"]);
    assert_eq!((base.as_deref(), bad.len()), (Some("CHF"), 0));
}

#[test]
fn a_rate_of_one_shows_the_base_currency_and_nothing_else_is_taken_for_it() {
    assert_eq!(rates("", &[("EUR", "1.1"), ("USD", "1")]).1.as_deref(), Some("USD"));
    assert_eq!(rates("", &[("EUR", "1.1")]).1, None);
    let unreadable = "<AccountInformation accountId=\"U1\" currency=\"$\" />";
    assert_eq!(rates(unreadable, &[("EUR", "1.1")]).1, None);
}

#[test]
fn what_is_no_rate_is_remarked() {
    let told = "<AccountInformation accountId=\"U1\" currency=\"USD\" />";
    let long = "9".repeat(400);
    let wrong = [("EUR", "0"), ("EUR", "-1.1"), ("EUR", "x"), ("EUR", long.as_str()), ("USD", "1.1")];

    let (found, base, bad) = rates(told, &wrong);

    assert!(found.is_empty(), "{found:?}");
    assert_eq!((base.as_deref(), bad.len()), (Some("USD"), 5));
}

#[test]
fn of_several_accounts_only_the_wanted_one_tells_its_base_currency() {
    let text = file(&trade("quantity=\"1\" tradePrice=\"2\" buySell=\"BUY\" ibExecID=\"a\"")).replacen(
        "<Trades>",
        "<AccountInformation accountId=\"U1\" currency=\"CHF\" />\n<Trades>",
        1,
    );
    let wanted = Options { source_account: Some("U2".to_owned()), ..options() };

    let (report, _) = read_as(format("ibkr-flex-xml"), text.as_bytes(), &wanted).unwrap();

    assert_eq!((report.stated.base_currency, report.rows.read), (None, 0));
}
