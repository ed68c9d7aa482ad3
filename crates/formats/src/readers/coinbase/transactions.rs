//! Coinbase: the report of all transactions of a wallet, valued in the user's currency.

mod row;

use crate::{
    Doc, File, Head, Header, ParseError, RowKind, Run,
    reader::{Match, Reader},
    source::Encoding,
    times::{Clock, DateRule},
};

/// The format `coinbase-transactions`.
pub(crate) struct Transactions;

const COLUMNS: [&str; 5] = ["timestamp", "transaction type", "asset", "quantity transacted", "subtotal"];
const CURRENCY: [&str; 2] = ["price currency", "spot price currency"];

static DOC: Doc = Doc {
    id: "coinbase-transactions",
    name: "Coinbase transactions (CSV)",
    how: "Profile > Statements > Transactions > Generate > CSV.",
    kind: RowKind::Fill,
    carries: "Purchases, sales and conversions as executions of asset and price currency (BTC-EUR). Deposits, withdrawals, rewards and \
              staking as movements of the coin. A conversion is a sale and a purchase of one value in the price currency; the coin \
              received is named in the notes.",
    times: "2026-01-05 14:30:00 UTC or ISO 8601.",
    fees: "Fees and/or Spread is the commission. What the total of a purchase or sale adds beyond price x quantity and commission (a \
           spread, the rounding to cents) counts as fees, so that the money moved is the stated total.",
    identity: "ID; files without it: the content of the row and its turn among equal rows. The two executions of a conversion are \
               <id>:sold and <id>:bought.",
    limits: "The price that a conversion's received amount has may have no end: it is rounded to 30 digits and told.",
};

impl Reader for Transactions {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        CURRENCY.iter().find_map(|currency| head.columns(&[&COLUMNS[..], &[*currency]].concat()))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        let expected = "it needs the columns Timestamp, Transaction Type, Asset, Quantity Transacted, Price Currency (or Spot Price \
                        Currency) and Subtotal";
        let is_header = |header: &Header| {
            header.has(&COLUMNS) && CURRENCY.iter().any(|name| header.index(name).is_some())
        };
        run.table(file, Encoding::Utf8, expected, is_header, |cells, out| row::read(cells, &clock, out))
    }

    fn sample(&self) -> &'static str {
        "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n\
         a1,2026-01-05 14:30:00 UTC,Buy,BTC,0.01,EUR,\u{20ac}60000,\u{20ac}600.00,\u{20ac}606.00,\u{20ac}6.00,Bought 0.01 BTC for 606 EUR\n\
         a2,2026-01-06 14:30:00 UTC,Sell,BTC,-0.005,EUR,\u{20ac}61000,-\u{20ac}305.00,-\u{20ac}302.00,\u{20ac}3.00,Sold 0.005 BTC for 302 EUR\n\
         a3,2026-01-07 14:30:00 UTC,Convert,BTC,0.005,EUR,\u{20ac}62000,\u{20ac}310.00,\u{20ac}310.00,\u{20ac}0.00,Converted 0.005 BTC to 100 XRP\n\
         a4,2026-01-08 14:30:00 UTC,Staking Income,ETH,0.0001,EUR,\u{20ac}3000,\u{20ac}0.30,\u{20ac}0.30,\u{20ac}0.00,\n\
         a5,2026-01-09 14:30:00 UTC,Send,XRP,-50,EUR,\u{20ac}3,-\u{20ac}150.00,-\u{20ac}150.00,\u{20ac}0.00,Sent 50 XRP\n\
         a6,2026-01-10 14:30:00 UTC,Advanced Trade Buy,ETH,0.1,EUR,\u{20ac}3000,\u{20ac}300.00,\u{20ac}301.80,\u{20ac}1.80,Bought 0.1 ETH\n"
    }
}
