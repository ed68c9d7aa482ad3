//! Sierra Chart, Trade Activity Log (TSV): one row is an event, and fills are some of them.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Severity, futures, numbers,
    reader::{Match, Reader},
    run::Out,
    sides::side,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Decimal, Effect};
use std::collections::HashMap;

static DOC: Doc = Doc {
    id: "sierrachart-activity",
    name: "Sierra Chart trade activity log",
    how: "In Sierra Chart open Trade, Trade Activity Log, choose the fills, and save the log as text.",
    kind: RowKind::Fill,
    carries: "Each fill with its order, account, and whether it opened or closed; the account's balance.",
    times: "The export writes UTC, which is assumed. A log saved as it is displayed carries the chart's zone: name it.",
    fees: "None.",
    identity: "`FillExecutionServiceID`; without one the row's content and its turn among equals.",
    limits: "The export writes prices in the feed's own scale, a hundred times the price for many futures. The scale is recognised by the bid, \
             ask and last price in `OrderActionSource`; without them prices are read as they stand, with a warning when they look scaled.",
};

const REQUIRED: [&str; 6] = ["activitytype", "datetime", "symbol", "buysell", "fillprice", "filledquantity"];
const EXPECTED: &str =
    "it needs the columns ActivityType, DateTime, Symbol, BuySell, FillPrice and FilledQuantity";

/// The reader.
pub(crate) struct ActivityLog;

impl Reader for ActivityLog {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&REQUIRED)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("UTC", DateRule::YearFirst)?;
        let mut log = Log { clock, scales: HashMap::new(), warned: false };
        let is_header = |header: &Header| header.has(&REQUIRED);
        run.table(file, Encoding::OrWindows1252, EXPECTED, is_header, |cells, out| log.row(cells, out))
    }

    fn sample(&self) -> &'static str {
        include_str!("samples/sierrachart.tsv")
    }
}

/// One log while it is read.
struct Log {
    clock: Clock,
    /// By symbol, what prices are multiplied by in this file.
    scales: HashMap<String, Decimal>,
    /// It was said that prices look scaled.
    warned: bool,
}

impl Log {
    fn row(&mut self, cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let account = cells.get("tradeaccount");
        if let Some(skipped) = out.other_account(account) {
            return Ok(skipped);
        }
        match cells.get("activitytype").to_ascii_lowercase().as_str() {
            "fills" | "fill" => {}
            "account balance" | "accountbalance" => return balance(cells, out),
            "orders" | "order" => return Outcome::skip("order", "an event of an order, not an execution"),
            _ => {
                let activity = quoted(cells.get("activitytype"));
                return Outcome::skip(
                    "activity",
                    format!("an event of the kind {activity}, not an execution"),
                );
            }
        }
        let symbol = symbols::clean("symbol", cells.get("symbol"))?;
        let (side, effect) = side("buysell", cells.get("buysell"))?;
        let at = self.clock.read("datetime", cells.get("datetime"))?;
        let price = self.price(cells, &symbol, out)?;
        let quantity = match cells.optional("filledquantity")?.filter(Decimal::is_positive) {
            Some(quantity) => quantity,
            None => cells.quantity("quantity")?,
        };
        let terms = futures::terms("symbol", &symbol, &at, None, &out.options.currency)?;
        let mut fill = ParsedFill::new(cells.line, at, symbol, side, quantity, price, "");
        futures::apply(&mut fill, terms);
        let id = cells.get("fillexecutionserviceid");
        out.fill(ParsedFill {
            execution_id: if id.is_empty() {
                String::new()
            } else {
                symbols::identifier("fillexecutionserviceid", id)?
            },
            order_id: Some(cells.get("internalorderid")).filter(|order| !order.is_empty()).map(str::to_owned),
            account: (!account.is_empty()).then(|| account.to_owned()),
            effect: match cells.get("openclose").to_ascii_lowercase().as_str() {
                "open" => Some(Effect::Opens),
                "close" => Some(Effect::Closes),
                _ => effect,
            },
            ..fill
        })?;
        Ok(Outcome::Read)
    }

    /// The price of a fill, in the scale in which it is displayed.
    fn price(&mut self, cells: Cells<'_>, symbol: &str, out: &mut Out<'_>) -> Result<Decimal, Fault> {
        let cell = cells.get("fillprice");
        let stated = cells.decimal("fillprice")?;
        if let Some(scale) = quotes(cells.get("orderactionsource")).find_map(|quote| scale(stated, quote)) {
            self.scales.insert(symbol.to_owned(), scale);
        }
        if let Some(scale) = self.scales.get(symbol) {
            let price = stated
                .checked_div_rounded(*scale, 12)
                .filter(|price| price.checked_mul(*scale) == Some(stated));
            return price.ok_or_else(|| {
                Fault::new("fillprice", "bad-number", format!("{} has too many digits", quoted(cell)))
            });
        }
        let decimals = cell.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
        if decimals >= 7 && !self.warned {
            self.warned = true;
            let message = "prices look as if they stood in the feed's own scale (a hundred times the price for many futures), and no row \
                           quotes the market: check them, or save the log as it is displayed";
            out.remark(Severity::Warning, "price-scale", message);
        }
        Ok(stated)
    }
}

/// The prices in `Trade simulation fill. Bid: 18500.00 Ask: 18500.25 Last: 18500.25`.
fn quotes(source: &str) -> impl Iterator<Item = Decimal> {
    ["Last:", "Bid:", "Ask:"].into_iter().filter_map(|label| {
        let (_, rest) = source.split_once(label)?;
        let number = rest.split_whitespace().next()?.trim_end_matches('.');
        numbers::decimal("orderactionsource", number, numbers::Point::Dot).ok().filter(Decimal::is_positive)
    })
}

/// The power of ten by which a stated price stands above a quote of the same moment, when it is within a tenth of it.
fn scale(stated: Decimal, quote: Decimal) -> Option<Decimal> {
    let powers = (0..=7_u32).filter_map(|power| Decimal::from_scaled(10_i128.pow(power), 0));
    let tenth = quote.checked_mul(Decimal::from_scaled(1, 1)?)?;
    powers.into_iter().find(|power| {
        let price = stated.checked_div_rounded(*power, 12);
        price.and_then(|price| price.checked_sub(quote)).is_some_and(|difference| difference.abs() <= tenth)
    })
}

/// The account's balance is the file's own figure.
fn balance(cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(balance) = cells.optional("accountbalance")? {
        let currency = symbols::currency("currency", "", &out.options.currency)?;
        out.stated.balances.insert(currency, balance);
    }
    Outcome::skip("balance", "the account's balance, not an execution")
}
