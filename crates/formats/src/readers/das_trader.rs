//! DAS Trader: its trades window and its API log, times of one day without a date.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, instruments,
    reader::{Match, Reader},
    readers::history,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule, date},
};
use jiff::civil::Date;

/// The format `das-trades`.
pub(crate) struct Trades;

const WINDOW: [&str; 6] = ["time", "symbol", "side", "price", "qty", "route"];
const LOG: [&str; 7] = ["tradeid", "orderid", "b/s", "symbol", "qty", "price", "time"];

static DOC: Doc = Doc {
    id: "das-trades",
    name: "DAS Trader trades (CSV)",
    how: "Trades window > right click > Export; keep the date in the file's name.",
    kind: RowKind::Fill,
    carries: "Executions of one day with route, account and ECN fee; or the log of the API with TradeID and OrderID.",
    times: "HH:mm:ss without a date: it is in the file's name, as in trades_2026-04-02.csv, 20260402.csv, 04-02-2026.csv or \
            July20_2026.csv. America/New_York unless the import names another zone.",
    fees: "ECNFee where the column is there, positive: charged. Commissions are not in the file.",
    identity: "TradeID in the log. Else Cloid, which the partial executions of an order share, with their turn; else the content of \
               the row and its turn among equal rows.",
    limits: "A file whose name tells no date, or no year, is refused: rename it.",
};

impl Reader for Trades {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&WINDOW).or_else(|| head.columns(&LOG))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::MonthFirst)?;
        let day = run.out.options.file_name.as_deref().and_then(day_of_name);
        run.table(
            file,
            Encoding::OrWindows1252,
            "it needs the columns Time, Symbol, Side, Price, Qty and Route, or TradeID, OrderID, B/S, Symbol, Qty, Price and Time",
            |header: &Header| header.has(&WINDOW) || header.has(&LOG),
            |row, out| match day {
                Some(day) => read(row, day, &clock, out),
                None => Outcome::skip("no-date", "the day of the file is not known"),
            },
        )?;
        if day.is_some() {
            return Ok(());
        }
        let problem = "times stand without a date: name the file after its day, as in trades_2026-04-02.csv, and import it again";
        Err(ParseError::Malformed { line: 1, problem: problem.to_owned() })
    }

    fn sample(&self) -> &'static str {
        "Time,Symbol,Side,Price,Qty,Route,Broker,Account,Type,Cloid,\n\
         09:30:00,AAPL,B,243.36,100,ARCA,DAS,TR1,Margin,4711,\n\
         09:30:00,AAPL,B,243.36,100,ARCA,DAS,TR1,Margin,4711,\n\
         09:31:00,AAPL,S,243.40,200,EDGX,DAS,TR1,Margin,4712,\n\
         09:32:00,TSLA,SS,400.00,10,SMAT,DAS,TR1,Short,4713,\n"
    }
}

fn read(row: Cells<'_>, day: Date, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(other) = out.other_account(row.get("account")) {
        return Ok(other);
    }
    let (side, effect) = sides::side("side", row.any(&["side", "b/s"]))?;
    let moment = clock.read("time", &format!("{day} {}", row.required("time")?))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = row.quantity("qty")?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("price")?, "USD");
    fill.effect = effect;
    fill.account = history::present(row.get("account"));
    fill.fees = row.decimal_or_zero("ecnfee")?;
    fill.order_id = history::present(row.any(&["cloid", "orderid"]));
    instruments::identify(&mut fill, None, None)?;
    let (trade, order, day) = (row.get("tradeid"), row.get("cloid"), day.to_string());
    if !trade.is_empty() {
        fill.execution_id = format!("{day}:{}", symbols::identifier("tradeid", trade)?);
    } else if !order.is_empty() {
        let (quantity, price) = (fill.quantity.to_string(), fill.price.to_string());
        fill.execution_id = out.ids.id_of(&[&day, order, row.get("time"), &quantity, &price]);
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// The day that a file's name tells: `trades_2026-04-02.csv`, `20260402.csv`, `04-02-2026.csv`, `July20_2026.csv`.
fn day_of_name(name: &str) -> Option<Date> {
    let name = name.rsplit(['/', '\\']).next()?;
    let spelled = spaced(name);
    let words: Vec<&str> = spelled.split_whitespace().collect();
    let whole = words.iter().filter(|word| word.len() == 8).find_map(|word| date(word, DateRule::YearFirst));
    whole.or_else(|| {
        words.windows(3).find_map(|three| {
            let has_year = three.iter().any(|word| word.len() == 4 && word.starts_with("20"));
            has_year.then(|| date(&three.join("-"), DateRule::MonthFirst))?
        })
    })
}

/// Words of letters and numbers, apart.
fn spaced(name: &str) -> String {
    let mut spaced = String::new();
    let mut last = ' ';
    for letter in name.chars() {
        if letter.is_ascii_digit() != last.is_ascii_digit() {
            spaced.push(' ');
        }
        spaced.push(if letter.is_ascii_alphanumeric() { letter } else { ' ' });
        last = letter;
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_tells_its_day_when_it_tells_the_year() {
        for name in [
            "trades_2026-04-02.csv",
            "20260402.csv",
            "das 04-02-2026 (1).csv",
            "Apr2_2026.csv",
            "C:\\das\\April02 2026.csv",
            "trades2026.04.02.csv",
        ] {
            assert_eq!(day_of_name(name).map(|day| day.to_string()).as_deref(), Some("2026-04-02"), "{name}");
        }
        for name in ["July20.csv", "trades.csv", "trades_2026-13-02.csv", "1234.csv", ""] {
            assert_eq!(day_of_name(name), None, "{name}");
        }
    }
}
