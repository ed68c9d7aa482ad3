//! Interactive Brokers Transaction History, CSV: dates without a time, amounts in the account's currency.

mod row;

use super::statement;
use crate::{
    Cells, Doc, File, Head, ParseError, RowKind, Run, Stated,
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::user_ordered,
};

/// The format `ibkr-transaction-history`.
pub(crate) struct TransactionHistory;

const EXPECTED: &str = "it needs the section Transaction History with the columns Date, Transaction Type, Symbol, Quantity, Price and Net Amount";
const COLUMNS: [&str; 6] = ["date", "transaction type", "symbol", "quantity", "price", "net amount"];

static DOC: Doc = Doc {
    id: "ibkr-transaction-history",
    name: "Interactive Brokers Transaction History (CSV)",
    how: "Performance & Reports > Transaction History, downloaded as CSV.",
    kind: RowKind::Fill,
    carries: "Purchases and sales; dividends, taxes, interest, fees, deposits and withdrawals; the ending cash to check.",
    times: "Dates without a time of day, newest first, in America/New_York unless the import names another zone.",
    fees: "Commission: negative is a charge, positive a rebate, in the account's currency.",
    identity: "None in the file: the content of the row and its turn among equal rows.",
    limits: "Prices are in Price Currency; without that column they must be in the account's currency, or the row is rejected. Currency \
             conversions and translation gains are skipped.",
};

/// What a section's header stands above.
#[derive(Clone, Copy)]
enum Section {
    Summary,
    History,
    Other,
}

impl Reader for TransactionHistory {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let header = head.header(&COLUMNS)?;
        (header.names().next() == Some("transaction history"))
            .then(|| Match::certain("it has the section Transaction History"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", user_ordered(file.head(), run.out.options))?;
        let mut base = run.out.options.currency.clone();
        run.tables(
            file,
            Encoding::Utf8,
            EXPECTED,
            |row| {
                statement::classify(row, |name, header| match name {
                    "Summary" => Section::Summary,
                    "Transaction History" if header.has(&COLUMNS) => Section::History,
                    _ => Section::Other,
                })
            },
            |section, row, out| match section {
                Section::Summary => summary(row, &mut base, out),
                Section::History => row::read(row, &clock, &base, out),
                Section::Other => {
                    Outcome::skip("other-section", "says something about the file, not a transaction")
                }
            },
        )
    }

    fn sample(&self) -> &'static str {
        "Statement,Header,Field Name,Field Value\n\
         Statement,Data,Title,Transaction History\n\
         Summary,Header,Field Name,Field Value\n\
         Summary,Data,Base Currency,USD\n\
         Summary,Data,Ending Cash,200.00\n\
         Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Price Currency,Gross Amount ,Commission,Net Amount\n\
         Transaction History,Data,2026-01-09,U***00000,VT(US9220427424) Cash Dividend USD 0.50 per Share,Dividend,VT,-,-,-,20.0,-,20.0\n\
         Transaction History,Data,2026-01-08,U***00000,Net Amount in Base from Forex Trade: 0.8 GBP.USD,Forex Trade Component,GBP.USD,0.8,1.32,USD,-2.6E-4,-,-2.6E-4\n\
         Transaction History,Data,2026-01-07,U***00000,APPLE INC,Sell,AAPL,-2.0,201.00,USD,402.0,-1.0,401.0\n\
         Transaction History,Data,2026-01-06,U***00000,SAP SE,Buy,SAP,4.0,200.0,EUR,-936.0,-3.0,-939.0\n\
         Transaction History,Data,2026-01-05,U***00000,Electronic Fund Transfer,Deposit,-,-,-,-,5000.0,-,5000.0\n"
    }
}

/// The account's currency, and its cash at the end.
fn summary(row: Cells<'_>, base: &mut String, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    match row.at(2) {
        "Base Currency" => *base = symbols::currency("field value", row.at(3), base)?,
        "Ending Cash" => {
            let amount = row.decimal("field value")?;
            Stated::add(&mut out.stated.balances, base, amount);
        }
        _ => return Outcome::skip("other-figure", "only the ending cash is compared"),
    }
    Ok(Outcome::Read)
}
