//! tastytrade: its transaction history, one row an execution, the end of an option, or a movement of cash.

use crate::{
    AssetClass, CashKind, Cells, Doc, File, Head, Header, Moment, OptionEventKind, ParseError, ParsedFill,
    RowKind, Run, instruments,
    numbers::thirty_seconds,
    reader::{Match, Reader},
    readers::history::{self, Booking},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::Decimal;

/// The format `tastytrade-transactions`.
pub(crate) struct Transactions;

const COLUMNS: [&str; 10] = [
    "date",
    "type",
    "sub type",
    "action",
    "symbol",
    "instrument type",
    "description",
    "value",
    "quantity",
    "average price",
];

static DOC: Doc = Doc {
    id: "tastytrade-transactions",
    name: "tastytrade transactions (CSV)",
    how: "History > Transactions > CSV.",
    kind: RowKind::Fill,
    carries: "Executions of shares, options, futures, options on futures and coins; expiries, assignments and exercises; dividends, \
              interest, fees, deposits, daily settlement of futures.",
    times: "ISO 8601 with an offset in each row.",
    fees: "Commissions and Fees, negative: charged.",
    identity: "None: the content of the row and its turn among equal rows. Order # is the order's.",
    limits: "The price is what Description says behind @: Average Price is money for a whole contract. Old files that write charged \
             fees without a minus are read as rebates. Splits and units that moved without a trade are not read.",
};

impl Reader for Transactions {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::MonthFirst)?;
        run.expect_newest_first();
        run.table(
            file,
            Encoding::Utf8,
            "it needs the columns Date, Type, Sub Type, Action, Symbol, Instrument Type, Description, Value, Quantity and Average Price",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Date,Type,Sub Type,Action,Symbol,Instrument Type,Description,Value,Quantity,Average Price,Commissions,Fees,Multiplier,Root \
         Symbol,Underlying Symbol,Expiration Date,Strike Price,Call or Put,Order #,Currency\n\
         2026-01-16T16:00:00-0500,Receive Deliver,Expiration,,SPY   260116P00580000,Equity Option,Removal of 1.0 SPY 01/16/26 Put \
         580.00 due to expiration.,0.00,1,0.00,--,0.00,100,SPY,SPY,1/16/26,580,PUT,,USD\n\
         2026-01-05T09:31:00-0500,Trade,Sell to Open,SELL_TO_OPEN,SPY   260116P00580000,Equity Option,Sold 1 SPY 01/16/26 Put 580.00 \
         @ 1.25,125.00,1,125.00,-1.00,-0.14,100,SPY,SPY,1/16/26,580,PUT,901,USD\n\
         2026-01-05T09:30:00-0500,Trade,Buy to Open,BUY_TO_OPEN,AAPL,Equity,Bought 100 AAPL @ \
         243.36,\"-24,336.00\",100,-243.36,0.00,-0.08,,,,,,,900,USD\n\
         2026-01-05T09:29:00-0500,Trade,Buy,BUY,/MESH6,Future,Bought 1 /MESH6 @ 6000.25,0.00,1,0.00,-1.25,-0.55,,,,,,,899,USD\n\
         2026-01-02T10:00:00-0500,Money Movement,Deposit,,,,Wire Funds Received,\"1,000.00\",0,,--,0.00,,,,,,,,USD\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let moment = clock.read("date", row.get("date"))?;
    let (kind, sub) = (row.get("type").to_ascii_lowercase(), row.get("sub type").to_ascii_lowercase());
    let currency = symbols::currency("currency", row.get("currency"), "USD")?;
    let is_trade = row.get("description").contains('@') && !row.get("action").is_empty();
    let booking = Booking {
        line: row.line,
        id: "",
        account: "",
        symbol: row.get("symbol"),
        description: row.get("description"),
        moment: moment.clone(),
    };
    match kind.as_str() {
        "trade" => trade(row, moment, currency, out),
        "receive deliver" => match end(&sub) {
            Some(end) => ended(row, booking, end, &currency, out),
            None if sub.contains("split") => booking.split(out),
            None if is_trade => trade(row, moment, currency, out),
            None => booking.moved_units(out),
        },
        "money movement" => {
            let amount = row.decimal("value")?;
            let kind = match sub.as_str() {
                "mark to market" => CashKind::Settlement,
                _ => history::cash_kind(&sub, amount).unwrap_or(CashKind::Other),
            };
            booking.cash(kind, amount, &currency, out)
        }
        _ => {
            let message =
                format!("{} is none of Trade, Receive Deliver and Money Movement", quoted(row.get("type")));
            Err(Fault::new("type", "unknown-action", message))
        }
    }
}

/// How an option ended, and whether it was settled in cash.
fn end(sub: &str) -> Option<(OptionEventKind, bool)> {
    let in_cash = sub.starts_with("cash settled");
    let kind = match sub.trim_start_matches("cash settled").trim() {
        "expiration" => OptionEventKind::Expiry,
        "assignment" => OptionEventKind::Assignment,
        "exercise" => OptionEventKind::Exercise,
        _ => return None,
    };
    Some((kind, in_cash))
}

/// Hands out the end of an option, and the money that settled it.
fn ended(
    row: Cells<'_>,
    booking: Booking<'_>,
    (kind, in_cash): (OptionEventKind, bool),
    currency: &str,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let amount = row.decimal_or_zero("value")?;
    let settled = (!amount.is_zero()).then(|| booking.clone());
    booking.option_end(kind, row.decimal("quantity")?, !in_cash, out)?;
    match settled {
        Some(settled) => settled.cash(CashKind::Settlement, amount, currency, out),
        None => Ok(Outcome::Read),
    }
}

fn trade(row: Cells<'_>, moment: Moment, currency: String, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let (side, effect) = sides::side("action", row.get("action"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    let multiplier = row.optional("multiplier")?.filter(Decimal::is_positive);
    let price = price(row, multiplier)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency);
    fill.effect = effect;
    fill.commission = -row.decimal_or_zero("commissions")?;
    fill.fees = -row.decimal_or_zero("fees")?;
    fill.order_id = history::present(row.get("order #"));
    match row.get("instrument type").to_ascii_lowercase().as_str() {
        "future" => instruments::identify(&mut fill, Some(AssetClass::Future), None)?,
        "future option" => instruments::identify_option_on_future(&mut fill, row.get("underlying symbol"))?,
        "cryptocurrency" => instruments::identify(&mut fill, Some(AssetClass::Crypto), None)?,
        "equity option" => instruments::identify(&mut fill, Some(AssetClass::Option), multiplier)?,
        "equity" => instruments::identify(&mut fill, Some(AssetClass::Stock), None)?,
        _ => instruments::identify(&mut fill, None, multiplier)?,
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// What stands behind `@`; without that the average price, which is money for a whole contract.
fn price(row: Cells<'_>, multiplier: Option<Decimal>) -> Result<Decimal, Fault> {
    if let Some((_, behind)) = row.get("description").rsplit_once('@') {
        let word = behind.split_whitespace().next().unwrap_or_default();
        return thirty_seconds(word, row.point).ok_or_else(|| {
            Fault::new(
                "description",
                "bad-number",
                format!("{} is not a price such as 1234.50", quoted(word)),
            )
        });
    }
    let average = row.decimal("average price")?.abs();
    average
        .checked_div_rounded(multiplier.unwrap_or(Decimal::ONE), 12)
        .ok_or_else(|| Fault::new("average price", "bad-number", "the price is too large"))
}
