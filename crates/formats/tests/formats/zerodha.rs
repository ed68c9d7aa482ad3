//! Zerodha: tradebook.

use crate::{line, read};
use formats::AssetClass;

#[test]
fn quantities_are_units_in_rupees_and_lots_of_commodities_are_refused() {
    let (report, collected) = read(
        "symbol,isin,trade_date,exchange,segment,series,trade_type,auction,quantity,price,trade_id,order_id,order_execution_time,expiry_date\n\
         INFY,INE009A01021,2026-01-05,NSE,EQ,EQ,buy,false,10.000000,1500.500000,400001,1100000001,2026-01-05T09:15:32,\n\
         NIFTY26JAN25000CE,,2026-01-05,NSE,FO,,buy,false,75.000000,120.500000,500001,1200000001,2026-01-05T09:16:00,2026-01-29\n\
         NIFTY26JANFUT,,2026-01-05,NSE,FO,,sell,false,75.000000,25100.000000,500002,1200000002,2026-01-05T09:17:00,2026-01-29\n\
         CRUDEOIL26JANFUT,,2026-01-05,MCX,COM,,sell,false,1,5000,600001,1300000001,2026-01-05T09:18:00,2026-01-19\n",
    );
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: INFY buy 10 @ 1500.5 x1 commission 0 fees 0 INR at 1767584732",
            "3: NIFTY26JAN25000CE buy 75 @ 120.5 x1 commission 0 fees 0 INR at 1767584760",
            "4: NIFTY26JANFUT sell 75 @ 25100 x1 commission 0 fees 0 INR at 1767584820",
        ]
    );
    let terms = collected.fills[1].option.as_ref().unwrap();
    assert_eq!((terms.underlying.as_str(), terms.strike.to_string().as_str()), ("NIFTY", "25000"));
    assert_eq!(collected.fills[2].asset_class, AssetClass::Future);
    assert_eq!(collected.fills[0].execution_id, "NSE:2026-01-05:400001");
    assert!(collected.codes().contains(&(5, "unknown-contract")));
    assert_eq!((report.rows.read, report.rows.rejected), (3, 1));
}
