//! Kraken ledgers: cash, rewards and fees, and instant purchases, whose two rows make one fill.

mod halves;

use super::asset;
use crate::{
    CashKind, Cells, Doc, File, Head, Moment, ParseError, ParsedCash, ParsedEvent, RowKind, Run,
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use halves::{Half, Halves};
use ledger::Decimal;

/// The format `kraken-ledgers`.
pub(crate) struct Ledgers;

const COLUMNS: [&str; 8] = ["txid", "refid", "time", "type", "subtype", "asset", "amount", "fee"];

static DOC: Doc = Doc {
    id: "kraken-ledgers",
    name: "Kraken ledgers (CSV)",
    how: "Documents > New export > Ledgers, all fields, CSV.",
    kind: RowKind::Cash,
    carries: "Deposits, withdrawals, transfers, rewards, rollover fees. An instant purchase (spend and receive) is a fill. Trades and \
              margin results are skipped: the file of trades has them.",
    times: "yyyy-MM-dd HH:mm:ss in UTC.",
    fees: "Positive: charged, in the row's asset; a fee beside an amount is a movement of its own.",
    identity: "txid; its fee: <txid>:fee. A fill of spend and receive: refid.",
    limits: "Rows without txid are unconfirmed and come again with one: they are skipped. A half of an instant purchase is kept until the \
             other one comes.",
};

impl Reader for Ledgers {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        let expected = "it needs the columns txid, refid, time, type, subtype, asset, amount and fee";
        run.out.kind = RowKind::Fill;
        let mut halves = Halves::default();
        run.table(
            file,
            Encoding::Utf8,
            expected,
            |header| header.has(&COLUMNS),
            |row, out| read(row, &clock, &mut halves, out),
        )?;
        for (line, refid) in halves.left() {
            let message = format!(
                "{} has no other half in this file: spend and receive make one trade",
                quoted(&refid)
            );
            run.row(line, |_| Err(Fault::new("refid", "half-conversion", message)))?;
        }
        Ok(())
    }

    fn sample(&self) -> &'static str {
        "txid,refid,time,type,subtype,aclass,subclass,asset,wallet,amount,fee,balance\n\
         ,QDEP-1,2026-01-05 14:00:00,deposit,,currency,fiat,ZEUR,spot / main,1000,0,\n\
         LAAAAA-1,QDEP-1,2026-01-05 14:00:05,deposit,,currency,fiat,ZEUR,spot / main,1000,0,1000\n\
         LAAAAA-2,TAAAAA-1,2026-01-05 14:30:00,trade,,currency,fiat,ZEUR,spot / main,-600,1.56,398.44\n\
         LAAAAA-3,TAAAAA-1,2026-01-05 14:30:00,trade,,currency,crypto,XXBT,spot / main,0.01,0,0.01\n\
         LAAAAA-4,TSRAAA-1,2026-01-05 15:00:00,spend,,currency,fiat,ZEUR,spot / main,-98.5,1.5,298.44\n\
         LAAAAA-5,TSRAAA-1,2026-01-05 15:00:00,receive,,currency,crypto,XETH,spot / main,0.05,0,0.05\n\
         LAAAAA-6,STAAAA-1,2026-01-06 00:00:00,staking,,currency,crypto,ETH.S,spot / main,0.0001,0,0.0001\n\
         LAAAAA-7,WAAAAA-1,2026-01-07 10:00:00,withdrawal,,currency,crypto,XXBT,spot / main,-0.005,0.00015,0.00485\n\
         LAAAAA-8,TAAAAA-7,2026-01-07 12:00:00,rollover,,currency,fiat,ZEUR,spot / main,0,0.02,298.42\n"
    }
}

/// What every row has.
struct Entry<'r> {
    line: u64,
    txid: String,
    refid: &'r str,
    moment: Moment,
    asset: String,
    amount: Decimal,
    fee: Decimal,
    words: String,
}

fn read(row: Cells<'_>, clock: &Clock, halves: &mut Halves, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let (kind, subtype) = (row.required("type")?, row.get("subtype"));
    if row.get("txid").is_empty() {
        return Outcome::skip("unconfirmed", "a row without txid is not settled: it comes again with one");
    }
    if matches!(kind, "trade" | "margin" | "settled") {
        return Outcome::skip(
            "trade-leg",
            format!("{kind} is the leg of a trade: the file of trades has it"),
        );
    }
    let entry = Entry {
        line: row.line,
        txid: symbols::identifier("txid", row.get("txid"))?,
        refid: row.get("refid"),
        moment: clock.read("time", row.get("time"))?,
        asset: asset("asset", row.get("asset"))?,
        amount: row.decimal_or_zero("amount")?,
        fee: row.decimal_or_zero("fee")?,
        words: [kind, subtype].join(" ").trim_end().to_owned(),
    };
    if matches!(kind, "spend" | "receive") {
        let refid = symbols::identifier("refid", entry.refid)?;
        let Entry { line, moment, asset, amount, fee, .. } = entry;
        let half = Half { line, moment, asset, amount, fee };
        return halves.take(&refid, half, out);
    }
    let cash = kind_of(kind, subtype, entry.amount);
    book(&entry, cash, out);
    Ok(Outcome::Read)
}

fn kind_of(kind: &str, subtype: &str, amount: Decimal) -> CashKind {
    match (kind, subtype) {
        ("deposit", _) => CashKind::Deposit,
        ("withdrawal", _) => CashKind::Withdrawal,
        ("rollover", _) => CashKind::Interest,
        ("dividend", _) => CashKind::Dividend,
        ("earn", "allocation" | "deallocation" | "autoallocation" | "migration") => CashKind::Transfer,
        ("staking" | "earn" | "reward" | "invite bonus" | "credit" | "airdrop", _) => CashKind::Reward,
        ("transfer", "") if amount.is_positive() => CashKind::Reward,
        ("transfer", _) => CashKind::Transfer,
        _ => CashKind::Other,
    }
}

/// The amount, and the fee beside it.
fn book(entry: &Entry<'_>, kind: CashKind, out: &mut Out<'_>) {
    let event = |id: String, kind, amount| {
        ParsedEvent::Cash(ParsedCash {
            line: entry.line,
            id,
            account: None,
            kind,
            amount,
            currency: entry.asset.clone(),
            symbol: None,
            execution_id: None,
            booked_at: entry.moment.clone(),
            description: entry.words.clone(),
        })
    };
    if !entry.fee.is_zero() {
        let fee_kind = if kind == CashKind::Interest { kind } else { CashKind::Fee };
        out.event(event(format!("{}:fee", entry.txid), fee_kind, -entry.fee));
    }
    if !entry.amount.is_zero() || entry.fee.is_zero() {
        out.event(event(entry.txid.clone(), kind, entry.amount));
    }
}
