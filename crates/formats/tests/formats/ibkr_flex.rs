//! Interactive Brokers Flex Query XML.

use crate::{format, line, options, read, read_as, real_file};
use formats::{AssetClass, Options, ParseError};

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
    assert_eq!((report.rows.total, report.rows.read), (4, 4));
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

#[test]
fn a_cancellation_takes_its_original_back() {
    let (report, collected) = read(&file(&format!(
        "{}\n{}\n{}\n{}",
        trade("tradeID=\"1\" quantity=\"10\" tradePrice=\"5\" buySell=\"BUY\" ibExecID=\"a\""),
        trade("tradeID=\"2\" quantity=\"10\" tradePrice=\"5\" buySell=\"BUY\" ibExecID=\"b\""),
        trade(
            "tradeID=\"9\" origTradeID=\"2\" quantity=\"-10\" tradePrice=\"5\" buySell=\"BUY (Ca.)\" notes=\"Ca\" ibExecID=\"c\""
        ),
        trade(
            "tradeID=\"8\" origTradeID=\"77\" quantity=\"-1\" tradePrice=\"6\" buySell=\"BUY (Ca.)\" ibExecID=\"d\""
        ),
    )));

    let ids: Vec<&str> = collected.fills.iter().map(|fill| fill.execution_id.as_str()).collect();
    assert_eq!(ids, ["a"]);
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (4, 4, 0));
    let codes = collected.codes();
    for expected in [(6, "cancelled"), (7, "cancellation"), (8, "orphan-cancellation")] {
        assert!(codes.contains(&expected), "{codes:?}");
    }
}

#[test]
fn a_correction_replaces_its_original() {
    let (report, collected) = read(&file(&format!(
        "{}\n{}",
        trade("tradeID=\"1\" quantity=\"10\" tradePrice=\"5\" buySell=\"BUY\" ibExecID=\"a\""),
        trade(
            "tradeID=\"2\" origTradeID=\"1\" quantity=\"10\" tradePrice=\"6\" buySell=\"BUY\" notes=\"P;Co\" ibExecID=\"b\""
        ),
    )));

    assert_eq!(collected.fills.len(), 1);
    assert_eq!(collected.fills[0].price.to_string(), "6");
    assert_eq!((report.rows.read, report.rows.skipped), (2, 0));
}

#[test]
fn a_commission_in_another_currency_is_never_mixed_in() {
    let row = "<Trade accountId=\"U1\" currency=\"EUR\" assetCategory=\"STK\" symbol=\"SAP\" dateTime=\"2026-01-05 09:30:00\" \
               quantity=\"1\" tradePrice=\"100\" ibCommission=\"-1\" ibCommissionCurrency=\"USD\" buySell=\"BUY\" ibExecID=\"x\"/>";

    let (report, collected) = read(&file(row));

    assert_eq!(report.rows.rejected, 1);
    assert_eq!(collected.diagnostics[0].code, "foreign-commission");
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
