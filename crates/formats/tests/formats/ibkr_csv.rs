//! Interactive Brokers in CSV: Flex Queries, Activity Statements, the Transaction History.

use crate::{event, format, line, options, read, read_as, real_file};
use formats::{Cause, DateOrder, MultiplierSource, Options};

fn lines(collected: &crate::Collected) -> Vec<String> {
    collected.fills.iter().map(line).collect()
}

#[test]
fn every_layout_of_a_flex_query_is_read() {
    for (text, expected) in [
        (
            "\"Buy/Sell\",\"TradeDate\",\"ISIN\",\"Quantity\",\"TradePrice\",\"TradeMoney\",\"CurrencyPrimary\",\"IBCommission\",\"IBCommissionCurrency\"\n\
             \"BUY\",\"20260105\",\"IE00B4L5Y983\",\"10\",\"95.5\",\"955\",\"EUR\",\"-1.25\",\"EUR\"\n",
            "2: IE00B4L5Y983 buy 10 @ 95.5 x1 commission 1.25 fees 0 EUR at 1767589200",
        ),
        (
            "ClientAccountID,AssetClass,Symbol,Conid,DateTime,Quantity,TradePrice,IBCommission,Buy/Sell,LevelOfDetail,IBOrderID,IBExecID,TradeID\n\
             U1,STK,AAPL,265598,20260105;093000,-10,200,0.15,SELL,EXECUTION,71,0000e0d5.1,1\n",
            "2: AAPL sell 10 @ 200 x1 commission -0.15 fees 0 USD at 1767623400",
        ),
        (
            "ClientAccountID,Symbol,Buy/Sell,Quantity,Price,Amount,Commission,NetCash,TradeDate,SettleDate,Exchange,OrderType,CurrencyPrimary,AssetClass\n\
             U1,AAPL,BUY,10,200,2000,-1,-2001,2026-01-05,2026-01-07,NASDAQ,LMT,USD,STK\n",
            "2: AAPL buy 10 @ 200 x1 commission 1 fees 0 USD at 1767589200",
        ),
        (
            "Symbol,UnderlyingSymbol,Strike,Expiry,Put/Call,Multiplier,Buy/Sell,Date/Time,Quantity,Price,Commission\n\
             SPY   260320C00580000,SPY,580,2026-03-20,C,100,BUY,\"2026-01-05, 09:30:00\",2,4.2,-1.4\n",
            "2: SPY 260320C00580000 buy 2 @ 4.2 x100 commission 1.4 fees 0 USD at 1767623400",
        ),
    ] {
        let (report, collected) = read(text);

        assert_eq!(report.format.id(), "ibkr-flex-csv", "{text}");
        assert_eq!(lines(&collected), [expected], "{text}");
        assert_eq!((report.rows.total, report.rows.read, report.rows.structure), (1, 1, 1), "{text}");
    }
}

#[test]
fn header_rows_that_follow_one_another_are_known_and_other_sections_are_skipped() {
    let trades = "\"ClientAccountID\",\"Symbol\",\"DateTime\",\"Quantity\",\"TradePrice\",\"IBCommission\",\"Buy/Sell\",\"IBExecID\"\n";
    let text = format!(
        "\"BOF\",\"U1\",\"q\",\"1\"\n{trades}\"U1\",\"AAPL\",\"20260105;093000\",\"1\",\"200\",\"-1\",\"BUY\",\"a\"\n\
         {trades}\"U1\",\"AAPL\",\"20260105;093100\",\"-1\",\"201\",\"-1\",\"SELL\",\"b\"\n\
         \"ClientAccountID\",\"CurrencyPrimary\",\"Type\",\"Amount\"\n\"U1\",\"USD\",\"Dividends\",\"5\"\n\"EOF\",\"U1\"\n"
    );

    let (report, collected) = read(&text);

    assert_eq!(collected.fills.len(), 2);
    let rows = report.rows;
    assert_eq!((rows.total, rows.read, rows.skipped, rows.rejected, rows.structure), (4, 2, 2, 0, 4));
    let codes = collected.codes();
    assert!(codes.contains(&(4, "repeated-header")) && codes.contains(&(7, "other-section")), "{codes:?}");
}

#[test]
fn ambiguous_dates_of_a_flex_file_are_settled_or_refused() {
    let header = "ClientAccountID,Symbol,DateTime,Quantity,TradePrice,IBCommission,Buy/Sell,IBExecID\n";
    let row = |date: &str| format!("U1,AAPL,{date};120000,1,200,-1,BUY,{date}\n");
    let days = |text: &str, options: &Options| -> Vec<i64> {
        let (_, collected) = read_as(format("ibkr-flex-csv"), text.as_bytes(), options).unwrap();
        collected.fills.iter().map(|fill| fill.executed_at.at.0 / 86_400_000_000_000).collect()
    };
    let ambiguous = format!("{header}{}", row("03/04/2026"));

    // 2026-04-03 is day 20546 since 1970, 2026-03-04 is day 20516.
    assert_eq!(days(&format!("{ambiguous}{}", row("13/04/2026")), &options())[0], 20_546);
    assert_eq!(days(&format!("{ambiguous}{}", row("04/13/2026")), &options())[0], 20_516);
    assert_eq!(days(&ambiguous, &options()), []);
    let told = Options { date_order: Some(DateOrder::MonthFirst), ..options() };
    assert_eq!(days(&ambiguous, &told), [20_516]);
}

const TRADES: &str = "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code\n";

#[test]
fn an_activity_statement_is_read_section_by_section() {
    let (report, collected) = read(format("ibkr-activity-statement").sample());

    assert_eq!(
        lines(&collected),
        [
            "11: AAPL buy 100 @ 150 x1 commission 1 fees 0 USD at 1767623400",
            "12: AAPL sell 50 @ 151 x1 commission 1 fees 0 USD at 1767624300",
            "16: SPY 20MAR26 580 C buy 2 @ 4.2 x100 commission 1.4 fees 0 USD at 1767625200",
            "17: MCLM6 buy 1 @ 72.5 x100 commission 0.77 fees 0 USD at 1767625500",
            "19: EUR.GBP buy 1000 @ 0.85 x1 commission 0 fees 0 GBP at 1767628800",
        ]
    );
    let charge = &collected.fills[4].foreign_charges[0];
    assert_eq!((charge.amount.to_string().as_str(), charge.currency.as_str()), ("2", "USD"));
    assert_eq!(collected.fills[3].multiplier_source, MultiplierSource::Derived);
    // By hand: 1 + 1 + 1.4 + 0.77 + 2 = 6.17; 0 + 48.5 + 0 + 0 = 48.5.
    assert_eq!(report.stated.commissions["USD"].to_string(), "6.17");
    assert_eq!(report.stated.net_pnl["USD"].to_string(), "48.5");
    assert_eq!(report.stated.balances["USD"].to_string(), "1000.5");
    assert_eq!(report.stated.positions[0].quantity.to_string(), "50");
    let events: Vec<String> = collected.events.iter().map(event).collect();
    assert!(
        events[0].starts_with("22: cash row:") && events[0].ends_with(" dividend 12.5 USD AAPL"),
        "{events:?}"
    );
    assert!(events[1].starts_with("25: split row:") && events[1].ends_with(" AAPL 4"), "{events:?}");
}

#[test]
fn a_flex_query_tells_the_rate_of_a_trade_to_the_base_currency() {
    let (report, collected) = read(
        "CurrencyPrimary,FXRateToBase,AssetClass,Symbol,DateTime,Quantity,TradePrice,Buy/Sell,LevelOfDetail\n\
         EUR,1.1,STK,SAP,20260105;093000,10,200,BUY,EXECUTION\n\
         USD,1,STK,AAPL,20260105;093000,10,200,BUY,EXECUTION\n",
    );

    let events: Vec<String> = collected.events.iter().map(event).collect();
    assert_eq!(events, ["2: rate EUR 1.1 at 1767623400"]);
    assert_eq!((report.stated.base_currency.as_deref(), report.rows.read), (Some("USD"), 2));
}

#[test]
fn the_statement_says_what_it_skips() {
    let (report, collected) = read(format("ibkr-activity-statement").sample());

    let rows = report.rows;
    // 25 lines: 8 headers of 9 are different ones; data is 17 rows.
    assert_eq!((rows.total + rows.structure, rows.read, rows.rejected), (25, 9, 0));
    let codes = collected.codes();
    for expected in [
        (2, "other-section"),
        (4, "other-section"),
        (9, "total"),
        (13, "not-an-order"),
        (14, "total"),
        (15, "repeated-header"),
        (20, "total"),
        (23, "total"),
    ] {
        assert!(codes.contains(&expected), "{expected:?} in {codes:?}");
    }
}

#[test]
fn quantities_with_thousands_and_codes_are_read() {
    let text = format!(
        "{TRADES}Trades,Data,Order,Stocks,USD,AAPL,\"2026-01-05, 09:30:00\",\"-1,000\",150.00,150.00,150000,-1.00,15001,-5,0,C;L\n\
         Trades,Data,Order,Equity and Index Options,USD,SPY 20MAR26 580 C,\"2026-03-20, 16:20:00\",1,0,0,0,0,0,5,0,A;C\n\
         Trades,Data,Order,Stocks,USD,AAPL,\"2026-01-05, 09:30:00\",10,150.00,150.00,-1500,-1.00,1501,0,0,Ca\n"
    );

    let (report, collected) = read(&text);

    let causes: Vec<_> = collected.fills.iter().map(|fill| (fill.quantity.to_string(), fill.cause)).collect();
    assert_eq!(causes, [("1000".to_owned(), Cause::Liquidation), ("1".to_owned(), Cause::Assignment)]);
    assert_eq!(collected.fills[1].multiplier.to_string(), "100");
    assert_eq!((report.rows.read, report.rows.rejected), (2, 1));
    assert!(collected.codes().contains(&(4, "missing-original")));
}

#[test]
fn equal_orders_of_a_statement_are_different_orders() {
    let order = "Trades,Data,Order,Stocks,USD,AAPL,\"2026-01-05, 09:30:00\",100,150.00,150.00,-15000,-1.00,15001,0,0,O\n";

    let (_, first) = read(&format!("{TRADES}{order}{order}"));
    let (_, again) = read(&format!("{TRADES}{order}{order}{order}"));

    assert_ne!(first.fills[0].execution_id, first.fills[1].execution_id);
    assert_eq!(first.fills[1].execution_id, again.fills[1].execution_id);
}

#[test]
fn the_real_transaction_history_comes_to_the_figures_computed_by_hand() {
    let Some(text) = real_file("ibkr-transaction-history.csv") else { return };

    let (report, collected) = read(&text);

    assert_eq!(report.format.id(), "ibkr-transaction-history");
    assert_eq!(
        lines(&collected),
        [
            "17: CNX1 sell 2 @ 1001 x1 commission 3 fees 0 GBP at 1755230400",
            "18: CNX1 buy 4 @ 1000 x1 commission 3 fees 0 GBP at 1742011200",
        ]
    );
    // By hand: 20 - 3 + 1 - 0.15 + 3.9 - 3.9 + 13 + 5000 = 5030.85.
    let cash = collected.events.iter().filter_map(|event| match event {
        formats::ParsedEvent::Cash(cash) => Some(cash.amount),
        _ => None,
    });
    let sum = cash.fold(ledger::Decimal::ZERO, |sum, amount| sum.checked_add(amount).unwrap());
    assert_eq!((collected.events.len(), sum.to_string().as_str()), (8, "5030.85"));
    assert_eq!(report.stated.balances["GBP"].to_string(), "200");
    assert_eq!(report.stated.commissions["GBP"].to_string(), "6");
    // 22 lines: 3 different headers, 19 rows: 2 + 8 + base currency + ending cash are read.
    let rows = report.rows;
    assert_eq!((rows.total, rows.read, rows.skipped, rows.rejected, rows.structure), (19, 12, 7, 0, 3));
}

#[test]
fn a_price_in_another_currency_needs_its_currency() {
    let (_, collected) = read(format("ibkr-transaction-history").sample());
    let sap = collected.fills.iter().find(|fill| fill.symbol == "SAP").unwrap();
    assert_eq!((sap.currency.as_str(), sap.foreign_charges[0].currency.as_str()), ("EUR", "USD"));
    // 936 / (4 x 200) by hand.
    assert_eq!(sap.claims.as_ref().unwrap().implied_rate.as_ref().unwrap().to_string(), "1.17");

    let without = "Summary,Header,Field Name,Field Value\nSummary,Data,Base Currency,USD\n\
        Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Gross Amount ,Commission,Net Amount\n\
        Transaction History,Data,2026-01-06,U***00000,SAP SE,Buy,SAP,4.0,200.0,-936.0,-3.0,-939.0\n";
    let (report, collected) = read(without);
    assert_eq!(report.rows.rejected, 1);
    assert!(collected.codes().contains(&(4, "unknown-currency")));
}
