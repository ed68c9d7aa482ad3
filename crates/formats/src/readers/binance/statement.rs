//! Binance's statement of all movements: cash in, cash out, rewards and funding. Trades stand in the trade history.

use crate::{
    CashKind, Cells, Doc, File, Head, Header, Moment, ParseError, ParsedCash, ParsedEvent, RowKind, Run,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    source::Encoding,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};

/// The format `binance-statement`.
pub(crate) struct Statement;

const COLUMNS: [&str; 4] = ["account", "operation", "coin", "change"];

static DOC: Doc = Doc {
    id: "binance-statement",
    name: "Binance transaction records (CSV)",
    how: "Wallet > Transaction History > Generate all statements.",
    kind: RowKind::Cash,
    carries: "Deposits, withdrawals, transfers, interest, rewards, funding. Legs of trades and their fees are skipped: they stand in the \
              trade history, with their prices.",
    times: "yyyy-MM-dd HH:mm:ss in UTC; newer files name the column Time and write two digits of the year.",
    fees: "Fees that belong to no trade are events of their own; negative: charged.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "An operation that is not known becomes a movement of the kind other, in the exchange's words.",
};

/// Words of an operation and what it is; the first that fits decides. `None`: the leg of a trade.
const OPERATIONS: [(&str, Option<CashKind>); 36] = [
    ("funding fee", Some(CashKind::Funding)),
    ("realized profit", None),
    ("realize profit", None),
    ("transaction", None),
    ("binance convert", None),
    ("buy crypto with", None),
    ("large otc", None),
    ("small assets exchange", None),
    ("auto-conversion", None),
    ("liquidity", None),
    ("insurance fund", Some(CashKind::Fee)),
    ("kickback", Some(CashKind::Reward)),
    ("rebate", Some(CashKind::Reward)),
    ("referral", Some(CashKind::Reward)),
    ("commission", Some(CashKind::Reward)),
    ("withdraw fee", Some(CashKind::Fee)),
    ("deposit", Some(CashKind::Deposit)),
    ("withdraw", Some(CashKind::Withdrawal)),
    ("reward", Some(CashKind::Reward)),
    ("airdrop", Some(CashKind::Reward)),
    ("distribution", Some(CashKind::Reward)),
    ("voucher", Some(CashKind::Reward)),
    ("mining", Some(CashKind::Reward)),
    ("interest", Some(CashKind::Interest)),
    ("loan", Some(CashKind::Transfer)),
    ("transfer", Some(CashKind::Transfer)),
    ("subscription", Some(CashKind::Transfer)),
    ("redemption", Some(CashKind::Transfer)),
    ("purchase", Some(CashKind::Transfer)),
    ("staking", Some(CashKind::Transfer)),
    ("main and", Some(CashKind::Transfer)),
    ("asset recovery", Some(CashKind::Other)),
    ("buy", None),
    ("sell", None),
    ("sold", None),
    ("fee", None),
];

impl Reader for Statement {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let with = |columns: &[&str]| head.columns(&[&COLUMNS[..], columns].concat());
        with(&["utc_time", "remark"]).or_else(|| with(&["time", "remark"]))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let utc = Clock::utc(DateRule::YearFirst);
        let expected = "it needs the columns UTC_Time (or Time), Account, Operation, Coin and Change";
        let is_header = |header: &Header| {
            header.has(&COLUMNS) && (header.index("utc_time").is_some() || header.index("time").is_some())
        };
        let local = run.out.clock("UTC", DateRule::YearFirst)?;
        run.table(file, Encoding::Utf8, expected, is_header, |row, out| {
            let clock = if row.header.index("utc_time").is_some() { &utc } else { &local };
            read(row, clock, out)
        })
    }

    fn sample(&self) -> &'static str {
        "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark\n\
         101,2026-01-05 14:00:00,Spot,Deposit,USDT,1000,\n\
         101,2026-01-05 14:30:00,Spot,Buy,BTC,0.01,\n\
         101,2026-01-05 14:30:00,Spot,Fee,BNB,-0.0003,\n\
         101,2026-01-05 16:00:00,USD-MFutures,Funding Fee,USDT,-0.25,\n\
         101,2026-01-06 00:00:00,Earn,Simple Earn Flexible Interest,USDT,0.05,\n\
         101,2026-01-06 10:00:00,Spot,Withdraw,USDT,-500,Withdraw fee is included\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let user = row.any(&["user_id", "user id"]);
    if let Some(other) = out.other_account(user) {
        return Ok(other);
    }
    let operation = row.required("operation")?;
    let Some(kind) = kind_of(operation) else {
        let reason = format!("{} is the leg of a trade: the trade history has it", quoted(operation));
        return Outcome::skip("trade-leg", reason);
    };
    let booked_at = time(row, clock)?;
    let amount = row.decimal("change")?;
    let currency = coins::code("coin", row.get("coin"))?;
    let wallet = row.get("account");
    let id = out.ids.id_of(&[
        &booked_at.text,
        wallet,
        operation,
        &currency,
        &amount.to_string(),
        row.get("remark"),
    ]);
    out.event(ParsedEvent::Cash(ParsedCash {
        line: row.line,
        id,
        account: (!user.is_empty()).then(|| user.to_owned()),
        kind,
        amount,
        currency,
        symbol: None,
        execution_id: None,
        booked_at,
        description: format!("{wallet}: {operation}"),
    }));
    Ok(Outcome::Read)
}

fn kind_of(operation: &str) -> Option<CashKind> {
    let operation = operation.to_ascii_lowercase();
    let found = OPERATIONS.iter().find(|(words, _)| operation.contains(words));
    found.map_or(Some(CashKind::Other), |(_, kind)| *kind)
}

/// `2026-01-05 14:30:00`, in newer files `26-01-05 14:30:00`.
fn time(row: Cells<'_>, clock: &Clock) -> Result<Moment, Fault> {
    let text = row.any(&["utc_time", "time"]);
    let is_short = text.find('-') == Some(2);
    let whole = if is_short { format!("20{text}") } else { text.to_owned() };
    let moment = clock.read("utc_time", &whole)?;
    Ok(Moment { text: text.to_owned(), ..moment })
}
