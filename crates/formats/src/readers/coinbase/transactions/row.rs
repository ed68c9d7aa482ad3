//! One transaction of a Coinbase wallet.

use crate::{
    AssetClass, CashKind, Cells, Moment, ParsedCash, ParsedEvent, ParsedFill, numbers,
    readers::coins,
    run::Out,
    sides, symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::{Decimal, Side};

/// What a transaction is.
enum Kind {
    Trade(Side),
    Convert,
    Cash(CashKind),
}

/// What all rows have.
struct Transaction {
    line: u64,
    id: String,
    moment: Moment,
    asset: String,
    quantity: Decimal,
    currency: String,
}

pub(super) fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let name = row.required("transaction type")?;
    let kind = kind_of(name)?;
    let moment = clock.read("timestamp", row.get("timestamp"))?;
    let asset = coins::code("asset", row.get("asset"))?;
    let quantity = row.decimal("quantity transacted")?;
    let currency = coins::code("price currency", row.any(&super::CURRENCY))?;
    let id = match row.get("id") {
        "" => {
            let cells =
                [name, &asset, &quantity.to_string(), &currency, row.get("subtotal"), row.get("notes")];
            out.ids.id_of(&[&[moment.text.as_str()], &cells[..]].concat())
        }
        id => symbols::identifier("id", id)?,
    };
    let transaction = Transaction { line: row.line, id, moment, asset, quantity, currency };
    match kind {
        Kind::Trade(side) => trade(&transaction, side, row, out)?,
        Kind::Convert => convert(&transaction, row, out)?,
        Kind::Cash(kind) => out.event(ParsedEvent::Cash(cash(transaction, kind, row))),
    }
    Ok(Outcome::Read)
}

fn kind_of(name: &str) -> Result<Kind, Fault> {
    let lower = name.to_ascii_lowercase();
    Ok(match lower.as_str() {
        "buy" | "advanced trade buy" | "advance trade buy" => Kind::Trade(Side::Buy),
        "sell" | "advanced trade sell" | "advance trade sell" => Kind::Trade(Side::Sell),
        "convert" => Kind::Convert,
        "receive" | "deposit" | "exchange withdrawal" | "pro withdrawal" => Kind::Cash(CashKind::Deposit),
        "send" | "withdrawal" | "exchange deposit" | "pro deposit" | "paid for an order" | "card spend" => {
            Kind::Cash(CashKind::Withdrawal)
        }
        "interest" | "usdc interest" | "interest payout" => Kind::Cash(CashKind::Interest),
        "coinbase earn" | "learning reward" | "subscription rebate" | "incentives rewards payout" => {
            Kind::Cash(CashKind::Reward)
        }
        "subscription" | "coinbase fee" => Kind::Cash(CashKind::Fee),
        "asset migration" | "retail eth2 deprecation" | "wrap asset" | "unwrap asset" => {
            Kind::Cash(CashKind::Other)
        }
        word if word.contains("transfer") || word.contains("vault") => Kind::Cash(CashKind::Transfer),
        word if word.contains("reward") || word.ends_with("income") || word.contains("airdrop") => {
            Kind::Cash(CashKind::Reward)
        }
        _ => {
            let message = format!(
                "{} is no known type such as Buy, Sell, Convert, Send or Staking Income",
                quoted(name)
            );
            return Err(Fault::new("transaction type", "unknown-type", message));
        }
    })
}

fn fill(of: &Transaction, asset: &str, side: Side, quantity: Decimal, price: Decimal) -> ParsedFill {
    let symbol = format!("{asset}-{}", of.currency);
    let fill =
        ParsedFill::new(of.line, of.moment.clone(), symbol, side, quantity, price, of.currency.clone());
    let mut fill = coins::of_class(fill, AssetClass::Crypto);
    fill.execution_id.clone_from(&of.id);
    fill
}

fn stated_price(row: Cells<'_>) -> Result<Decimal, Fault> {
    let price = row.any(&["price at transaction", "spot price at transaction"]);
    numbers::decimal("price at transaction", price, row.point)
}

fn stated_fee(row: Cells<'_>) -> Result<Decimal, Fault> {
    numbers::decimal_or_zero("fees and/or spread", row.any(&["fees and/or spread", "fees"]), row.point)
}

/// A purchase or a sale moves the stated total: what price, quantity and fee do not explain of it is a charge, too.
fn trade(of: &Transaction, side: Side, row: Cells<'_>, out: &mut Out<'_>) -> Result<(), Fault> {
    let quantity = sides::quantity("quantity transacted", of.quantity, side)?;
    let mut fill = fill(of, &of.asset, side, quantity, stated_price(row)?);
    fill.commission = stated_fee(row)?;
    let total = row.any(&["total (inclusive of fees and/or spread)", "total (inclusive of fees)"]);
    if let Some(total) = numbers::optional("total", total, row.point)? {
        let value = coins::multiply("price at transaction", fill.price, fill.quantity)?;
        let charged = match side {
            Side::Buy => coins::add("total", total.abs(), -value)?,
            Side::Sell => coins::add("total", value, -total.abs())?,
        };
        fill.fees = coins::add("total", charged, -fill.commission)?;
    }
    out.fill(fill)
}

/// A conversion is a sale and a purchase of what the sale brought.
fn convert(of: &Transaction, row: Cells<'_>, out: &mut Out<'_>) -> Result<(), Fault> {
    let (received, coin) = received(row)?;
    let mut sold = fill(of, &of.asset, Side::Sell, of.quantity.abs(), stated_price(row)?);
    sold.execution_id = format!("{}:sold", of.id);
    sold.commission = stated_fee(row)?;
    let value = coins::multiply("price at transaction", sold.price, sold.quantity)?;
    let spent = coins::add("fees and/or spread", value, -sold.commission)?;
    let price = coins::price("notes", spent, received, out)?;
    let mut bought = fill(of, &coin, Side::Buy, received, price);
    bought.execution_id = format!("{}:bought", of.id);
    out.fill(sold)?;
    out.fill(bought)
}

/// `Converted 0.00363125 BTC to 156.145683 XRP`: the notes alone say what arrived.
fn received(row: Cells<'_>) -> Result<(Decimal, String), Fault> {
    let notes = row.get("notes");
    let found = notes.rsplit_once(" to ").and_then(|(_, received)| received.trim().split_once(' '));
    let Some((amount, coin)) = found else {
        let message = format!("{} does not say what arrived, as in Converted 1 BTC to 30 ETH", quoted(notes));
        return Err(Fault::new("notes", "bad-conversion", message));
    };
    Ok((numbers::decimal("notes", amount, row.point)?, coins::code("notes", coin)?))
}

/// A coin, or money, that came or went: what goes is negative, whatever sign the file writes.
fn cash(of: Transaction, kind: CashKind, row: Cells<'_>) -> ParsedCash {
    let amount = match kind {
        CashKind::Withdrawal | CashKind::Fee => -of.quantity.abs(),
        CashKind::Deposit | CashKind::Reward | CashKind::Interest => of.quantity.abs(),
        CashKind::Dividend
        | CashKind::Commission
        | CashKind::Funding
        | CashKind::Swap
        | CashKind::Borrow
        | CashKind::Tax
        | CashKind::Transfer
        | CashKind::Settlement
        | CashKind::Other => of.quantity,
    };
    let (name, notes) = (row.get("transaction type"), row.get("notes"));
    ParsedCash {
        line: of.line,
        id: of.id,
        account: None,
        kind,
        amount,
        currency: of.asset,
        symbol: None,
        execution_id: None,
        booked_at: of.moment,
        description: if notes.is_empty() { name.to_owned() } else { format!("{name}: {notes}") },
    }
}
