//! Interactive Brokers Activity Statement, CSV: many sections, executions merged into orders.

mod orders;
mod other_rows;

use super::statement;
use crate::{
    Doc, File, Head, ParseError, RowKind, Run,
    reader::{Match, Reader},
    source::Encoding,
    tally::Outcome,
    times::user_ordered,
};

/// The format `ibkr-activity-statement`.
pub(crate) struct ActivityStatement;

const EXPECTED: &str = "it needs the section Trades: export the Activity Statement as CSV";

static DOC: Doc = Doc {
    id: "ibkr-activity-statement",
    name: "Interactive Brokers Activity Statement (CSV)",
    how: "Performance & Reports > Statements > Activity, downloaded as CSV.",
    kind: RowKind::Order,
    carries: "Orders with their executions averaged; dividends, taxes, interest, fees, deposits and withdrawals; splits; open positions, \
              ending cash, realised P&L (net) and commissions to check.",
    times: "yyyy-MM-dd, HH:mm:ss without a zone: America/New_York unless the import names another.",
    fees: "Comm/Fee: negative is a charge, positive a rebate. For currency pairs in the currency that the column's name says.",
    identity: "None in the file: the content of the row and its turn among equal rows.",
    limits: "Cancelled rows have no id and are rejected. Multipliers are not beside the trades: they come from the proceeds, the table of \
             contracts, or are 100 for options. A Flex Query says more.",
};

/// What a section's header stands above.
#[derive(Clone, Copy)]
enum Section {
    Trades,
    Cash,
    CashReport,
    Positions,
    CorporateActions,
    Other,
}

fn section(name: &str) -> Section {
    match name {
        "Trades" => Section::Trades,
        "Dividends"
        | "Withholding Tax"
        | "Payment In Lieu Of Dividends"
        | "Deposits & Withdrawals"
        | "Interest"
        | "Fees"
        | "Broker Fees"
        | "Other Fees"
        | "Commission Adjustments"
        | "Broker Interest Paid"
        | "Broker Interest Received"
        | "Bond Interest Paid"
        | "Bond Interest Received"
        | "871(m) Withholding" => Section::Cash,
        "Cash Report" => Section::CashReport,
        "Open Positions" => Section::Positions,
        "Corporate Actions" => Section::CorporateActions,
        _ => Section::Other,
    }
}

impl Reader for ActivityStatement {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let is_statement = |row: &crate::Header| {
            let mut names = row.names();
            names.next() == Some("trades")
                && names.next() == Some("header")
                && names.next() == Some("datadiscriminator")
        };
        let statement =
            head.rows.iter().any(is_statement) || head.text.contains("Statement,Data,Title,Activity");
        statement.then(|| Match::certain("it has the section Trades with a DataDiscriminator"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", user_ordered(file.head(), run.out.options))?;
        run.tables(
            file,
            Encoding::Utf8,
            EXPECTED,
            |row| statement::classify(row, |name, _| section(name)),
            |section, row, out| {
                if let Some(astray) = statement::is_astray(row) {
                    return astray;
                }
                match section {
                    Section::Trades => orders::read(row, &clock, out),
                    Section::Cash => other_rows::cash(row, &clock, out),
                    Section::CashReport => other_rows::balance(row, out),
                    Section::Positions => other_rows::position(row, out),
                    Section::CorporateActions => other_rows::corporate_action(row, &clock, out),
                    Section::Other => {
                        Outcome::skip("other-section", "stands in a section that holds no trades")
                    }
                }
            },
        )
    }

    fn sample(&self) -> &'static str {
        include_str!("activity_statement/sample.csv")
    }
}
