//! Trading 212: the history of an account, every row with its own id and every charge with its own currency.

use crate::{
    AssetClass, CashKind, Cells, Charge, ChargeKind, Claims, Doc, File, Head, Header, Moment, ParseError,
    ParsedFill, RowKind, Run, Stated, instruments,
    reader::{Match, Reader},
    readers::history::{self, Booking},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Decimal, Side};

/// The format `trading212-history`.
pub(crate) struct History;

const COLUMNS: [&str; 8] = [
    "action",
    "time",
    "isin",
    "ticker",
    "no. of shares",
    "price / share",
    "currency (price / share)",
    "total",
];
/// Charges with the column of their currency.
const CHARGES: [(&str, &str, ChargeKind); 6] = [
    ("transaction fee", "currency (transaction fee)", ChargeKind::Fee),
    ("finra fee", "currency (finra fee)", ChargeKind::Fee),
    ("currency conversion fee", "currency (currency conversion fee)", ChargeKind::Fee),
    ("stamp duty reserve tax", "currency (stamp duty reserve tax)", ChargeKind::Tax),
    ("french transaction tax", "currency (french transaction tax)", ChargeKind::Tax),
    ("ptm levy", "currency (ptm levy)", ChargeKind::Tax),
];

static DOC: Doc = Doc {
    id: "trading212-history",
    name: "Trading 212 history (CSV)",
    how: "Menu > History > Download; at most a year at a time.",
    kind: RowKind::Fill,
    carries: "Executions, dividends, interest, deposits, withdrawals, conversions and card payments, with ISIN, taxes and fees.",
    times: "yyyy-MM-dd HH:mm:ss.fff in UTC.",
    fees: "Each with a currency of its own, positive: charged. What is not in the currency of the price is kept apart.",
    identity: "ID.",
    limits: "The price is in the currency of the share; pence (GBX) are read as pounds. Result is after fees, in the account's currency, \
             and only checked. Dividends are after withholding tax. Splits and units that moved without a trade are not read.",
};

impl Reader for History {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        run.table(
            file,
            Encoding::Utf8,
            "it needs the columns Action, Time, ISIN, Ticker, No. of shares, Price / share, its currency, and Total",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Action,Time,ISIN,Ticker,Name,Notes,ID,No. of shares,Price / share,Currency (Price / share),Exchange rate,Result,Currency \
         (Result),Total,Currency (Total),Withholding tax,Currency (Withholding tax),Stamp duty reserve tax,Currency (Stamp duty \
         reserve tax),Currency conversion fee,Currency (Currency conversion fee),Transaction fee,Currency (Transaction fee)\n\
         Deposit,2026-01-02 10:00:00.000,,,,,EOF1,,,,,,,1000.00,GBP,,,,,,,,\n\
         Market buy,2026-01-05 14:30:00.123,US0378331005,AAPL,Apple,,EOF2,2.5,243.36,USD,1.25,,,487.45,GBP,,,,,0.73,GBP,,\n\
         Limit buy,2026-01-06 09:00:00.000,GB0031348658,BARC,Barclays,,EOF3,10,250.00,GBX,100,,,25.13,GBP,,,0.13,GBP,,,,\n\
         Limit sell,2026-01-12 15:00:00.000,US0378331005,AAPL,Apple,,EOF4,2.5,250.00,USD,1.25,11.78,GBP,499.23,GBP,,,,,0.75,GBP,0.02,\
         USD\n\
         Dividend (Ordinary),2026-01-20 12:00:00,US0378331005,AAPL,Apple,,,2.5,0.22,USD,,,,0.44,GBP,0.08,USD,,,,,,\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let action = row.required("action")?.to_ascii_lowercase();
    let moment = clock.read("time", row.get("time"))?;
    let side = match action.rsplit(' ').next() {
        Some("buy") => Some(Side::Buy),
        Some("sell") => Some(Side::Sell),
        Some(_) | None => None,
    };
    if let Some(side) = side {
        return trade(row, side, moment, out);
    }
    if action.starts_with("currency conversion") {
        return conversion(row, &moment, out);
    }
    let booking = booking(row, row.get("id"), moment);
    if action.contains("split") {
        return booking.split(out);
    }
    let Some(amount) = row.optional("total")? else { return booking.moved_units(out) };
    let currency = symbols::currency("currency (total)", row.get("currency (total)"), &out.options.currency)?;
    booking.cash(cash_kind(&action, amount), amount, &currency, out)
}

fn booking<'r>(row: Cells<'r>, id: &'r str, moment: Moment) -> Booking<'r> {
    let description = if row.get("notes").is_empty() { row.get("action") } else { row.get("notes") };
    Booking { line: row.line, id, account: "", symbol: row.get("ticker"), description, moment }
}

fn trade(row: Cells<'_>, side: Side, moment: Moment, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let symbol = symbols::clean("ticker", row.get("ticker"))?;
    let quantity = row.quantity("no. of shares")?;
    let (price, currency) = price(row, out)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency);
    instruments::identify(&mut fill, Some(AssetClass::Stock), None)?;
    for (column, of, kind) in CHARGES {
        let amount = row.decimal_or_zero(column)?;
        if !amount.is_zero() {
            charge(&mut fill, kind, amount, symbols::currency(of, row.get(of), &out.options.currency)?)?;
        }
    }
    if let Some(pnl) = row.optional("result")? {
        let currency =
            symbols::currency("currency (result)", row.get("currency (result)"), &out.options.currency)?;
        Stated::add(&mut out.stated.net_pnl, &currency, pnl);
        let pnl_currency = (currency != fill.currency).then_some(currency);
        fill.claims =
            Some(Box::new(Claims { pnl: Some(pnl), pnl_is_net: true, pnl_currency, ..Claims::default() }));
    }
    if !row.get("id").is_empty() {
        fill.execution_id = symbols::identifier("id", row.get("id"))?;
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// Pence are hundredths of a pound.
fn price(row: Cells<'_>, out: &Out<'_>) -> Result<(Decimal, String), Fault> {
    let column = "currency (price / share)";
    let price = row.decimal("price / share")?;
    let currency = symbols::currency(column, row.get(column), &out.options.currency)?;
    if currency != "GBX" {
        return Ok((price, currency));
    }
    let pounds = Decimal::from_scaled(1, 2).and_then(|hundredth| price.checked_mul(hundredth));
    let pounds =
        pounds.ok_or_else(|| Fault::new("price / share", "bad-number", "the price has too many digits"))?;
    Ok((pounds, "GBP".to_owned()))
}

fn charge(fill: &mut ParsedFill, kind: ChargeKind, amount: Decimal, currency: String) -> Result<(), Fault> {
    if currency != fill.currency {
        fill.foreign_charges.push(Charge { kind, amount, currency });
        return Ok(());
    }
    let sum = if kind == ChargeKind::Tax { &mut fill.taxes } else { &mut fill.fees };
    let added = sum.checked_add(amount);
    *sum = added.ok_or_else(|| Fault::new("total", "bad-number", "the sum of the charges is too large"))?;
    Ok(())
}

/// Money of one currency for money of another: two movements.
fn conversion(row: Cells<'_>, moment: &Moment, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let sides = [
        ("currency conversion from amount", "currency (currency conversion from amount)", ":from"),
        ("currency conversion to amount", "currency (currency conversion to amount)", ":to"),
    ];
    for (column, of, suffix) in sides {
        let amount = row.decimal(column)?.abs();
        if amount.is_zero() {
            return Err(Fault::new(
                column,
                "missing-value",
                format!("{} is no amount above 0", quoted(row.get(column))),
            ));
        }
        let currency = symbols::currency(of, row.required(of)?, "")?;
        let id = if row.get("id").is_empty() { String::new() } else { format!("{}{suffix}", row.get("id")) };
        let amount = if suffix == ":from" { -amount } else { amount };
        booking(row, &id, moment.clone()).cash(CashKind::Other, amount, &currency, out)?;
    }
    Ok(Outcome::Read)
}

fn cash_kind(action: &str, amount: Decimal) -> CashKind {
    match action {
        "spending cashback" | "free shares promotion" => CashKind::Reward,
        "card debit" | "card credit" if amount.is_negative() => CashKind::Withdrawal,
        "card debit" | "card credit" => CashKind::Deposit,
        "result adjustment" => CashKind::Settlement,
        text if text.starts_with("dividend") => CashKind::Dividend,
        text => history::cash_kind(text, amount).unwrap_or(CashKind::Other),
    }
}
