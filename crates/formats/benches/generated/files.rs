//! Generated files of any size, as streams: what they hold depends on nothing but the number of the row.

use std::{
    fmt::Write as _,
    io::{self, Read},
};

/// Adds the row of a number.
type WriteRow = fn(u64, &mut String);

/// A file that is written while it is read.
pub struct Generated {
    row: WriteRow,
    end: &'static str,
    bytes: usize,
    written: usize,
    n: u64,
    pending: String,
    at: usize,
}

impl Generated {
    fn new(start: &str, row: WriteRow, end: &'static str, bytes: usize) -> Self {
        Self { row, end, bytes, written: 0, n: 0, pending: start.to_owned(), at: 0 }
    }

    /// A generic CSV of at least so many bytes: 400 symbols, a fill each 7 seconds.
    pub fn csv(bytes: usize) -> Self {
        Self::new(CSV, |n, text| csv_row(n, &format!("EX-{n}"), text), "", bytes)
    }

    /// The same without ids of executions.
    pub fn csv_without_ids(bytes: usize) -> Self {
        Self::new(CSV, |n, text| csv_row(n, "", text), "", bytes)
    }

    /// A Flex Query with the attributes that most people choose.
    pub fn flex(bytes: usize) -> Self {
        let start = "<FlexQueryResponse queryName=\"q\" type=\"AF\">\n<FlexStatements count=\"1\">\n<FlexStatement accountId=\"U1\">\n<Trades>\n";
        let end = "</Trades>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n";
        Self::new(start, flex_row, end, bytes)
    }
}

impl Read for Generated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.pending.len() && (self.written < self.bytes || !self.end.is_empty()) {
            self.pending.clear();
            self.at = 0;
            if self.written < self.bytes {
                (self.row)(self.n, &mut self.pending);
                self.n += 1;
            } else {
                self.pending.push_str(std::mem::take(&mut self.end));
            }
        }
        let length = self.pending.as_bytes().get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += length;
        self.written += length;
        Ok(length)
    }
}

const CSV: &str =
    "timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id,account\n";

/// Writing to a text cannot fail.
fn csv_row(n: u64, id: &str, text: &mut String) {
    let (day, second) = (1 + n / 12_000 % 28, n % 12_000 * 7);
    let side = if n.is_multiple_of(2) { "buy" } else { "sell" };
    let _ = writeln!(
        text,
        "{}-{:02}-{day:02}T{:02}:{:02}:{:02}Z,SYM{},{side},{},{}.{:02},1.00,0.02,USD,1,{id},U1",
        2000 + n / 4_032_000 % 200,
        1 + n / 336_000 % 12,
        second / 3600,
        second / 60 % 60,
        second % 60,
        n % 400,
        100 + n % 900,
        50 + n % 400,
        n % 100,
    );
}

fn flex_row(n: u64, text: &mut String) {
    let (day, second) = (1 + n / 12_000 % 28, n % 12_000 * 7);
    let (sign, side) = if n.is_multiple_of(2) { ("", "BUY") } else { ("-", "SELL") };
    let _ = writeln!(
        text,
        "<Trade accountId=\"U1\" currency=\"USD\" fxRateToBase=\"1\" assetCategory=\"STK\" symbol=\"SYM{}\" description=\"SYM INC\" \
         conid=\"265598\" securityID=\"US0378331005\" securityIDType=\"ISIN\" underlyingSymbol=\"SYM\" multiplier=\"1\" strike=\"\" \
         expiry=\"\" putCall=\"\" tradeID=\"{n}\" reportDate=\"202601{day:02}\" dateTime=\"202601{day:02};{:02}{:02}{:02}\" \
         tradeDate=\"202601{day:02}\" quantity=\"{sign}{}\" tradePrice=\"{}.{:02}\" proceeds=\"0\" taxes=\"0\" \
         ibCommission=\"-1.000309\" ibCommissionCurrency=\"USD\" netCash=\"0\" openCloseIndicator=\"O\" notes=\"P\" \
         fifoPnlRealized=\"0\" buySell=\"{side}\" ibOrderID=\"{n}\" transactionID=\"T{n}\" ibExecID=\"0000e0d5.{n}.01.01\" \
         exchange=\"NASDAQ\" orderTime=\"202601{day:02};093000\" levelOfDetail=\"EXECUTION\" />",
        n % 400,
        second / 3600,
        second / 60 % 60,
        second % 60,
        100 + n % 900,
        50 + n % 400,
        n % 100,
    );
}
