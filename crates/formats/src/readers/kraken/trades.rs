//! Kraken trades, in the older layout of 13 columns and the newer one.

use super::base_and_quote;
use crate::{
    AssetClass, Cells, Claims, Doc, File, Head, ParseError, ParsedFill, RowKind, Run,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};

/// The format `kraken-trades`.
pub(crate) struct Trades;

const COLUMNS: [&str; 9] = ["txid", "ordertxid", "pair", "time", "type", "ordertype", "price", "fee", "vol"];

static DOC: Doc = Doc {
    id: "kraken-trades",
    name: "Kraken trades (CSV)",
    how: "Documents > New export > Trades, all fields, CSV.",
    kind: RowKind::Fill,
    carries: "Executions with price, volume and fee; the net P&L of what a margin trade closed. Both spellings of a pair (XXBTZEUR, \
              XBT/EUR) are one symbol by usual codes: BTC/EUR.",
    times: "yyyy-MM-dd HH:mm:ss.ffff in UTC.",
    fees: "Positive: charged, in the quote currency.",
    identity: "txid; order: ordertxid.",
    limits: "Fees paid in KFEE and rollover fees of margin trades stand in the ledgers.",
};

impl Reader for Trades {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        let expected =
            "it needs the columns txid, ordertxid, pair, time, type, ordertype, price, fee and vol";
        run.table(
            file,
            Encoding::Utf8,
            expected,
            |header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "\"txid\",\"ordertxid\",\"pair\",\"aclass\",\"subclass\",\"time\",\"type\",\"ordertype\",\"price\",\"cost\",\"fee\",\"vol\",\"margin\",\"misc\",\"ledgers\",\"posttxid\",\"posstatuscode\",\"cprice\",\"ccost\",\"cfee\",\"cvol\",\"cmargin\",\"net\",\"trades\"\n\
         TAAAAA-1,OAAAAA-1,XXBTZEUR,forex,crypto,2026-01-05 14:30:00.1234,buy,limit,60000.0,600.0,1.56,0.01,0.0,,\"L1,L2\",,,,,,,,,\n\
         TAAAAA-2,OAAAAA-2,XBT/EUR,forex,crypto,2026-01-05 15:30:00.5678,sell,market,61000.0,610.0,1.59,0.01,0.0,,\"L3,L4\",,,,,,,,,\n\
         TAAAAA-3,OAAAAA-3,XDGUSD,forex,crypto,2026-01-05 16:30:00.1,buy,market,0.1,10.0,0.026,100,0.0,,\"L5,L6\",,,,,,,,,\n\
         TAAAAA-4,OAAAAA-4,ALGO/EUR,forex,crypto,2026-01-05 17:30:00,sell,limit,0.2,20.0,0.05,100,4.0,closing,L7,TAAAAA-9,closed,0.25,25,0.06,100,5,4.89,\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let moment = clock.read("time", row.get("time"))?;
    let (base, quote) = base_and_quote("pair", row.get("pair"))?;
    let (side, effect) = sides::side("type", row.get("type"))?;
    let (quantity, price) = (row.quantity("vol")?, row.decimal("price")?);
    let symbol = format!("{base}/{quote}");
    let fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, quote);
    let mut fill = coins::of_class(fill, AssetClass::Crypto);
    fill.effect = effect;
    fill.execution_id = symbols::identifier("txid", row.get("txid"))?;
    let order = row.get("ordertxid");
    fill.order_id = (!order.is_empty()).then(|| symbols::identifier("ordertxid", order)).transpose()?;
    fill.commission = row.decimal_or_zero("fee")?;
    if let Some(net) = row.optional("net")? {
        fill.claims = Some(Box::new(Claims { pnl: Some(net), pnl_is_net: true, ..Claims::default() }));
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}
