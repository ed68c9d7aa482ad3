//! What happens in a scenario.

use ledger::{
    Bust, Cash, Correction, Decimal, Effect, Entry, Event, Exercise, Expiry, Fill, Record, Side, Split,
    Timestamp,
};
use serde_json::Value;

use crate::ScenarioError;
use crate::fields::Fields;

/// The records, each with its account.
pub(crate) fn read(document: &Value) -> Result<Vec<(String, Record<String>)>, ScenarioError> {
    let fields = Fields::new(document, String::new());
    if document.get("fills").is_none() {
        return Err(fields.unexpected("fills", "a list of what happened", &Value::Null));
    }
    let fills = fields.list("fills")?;
    fills
        .iter()
        .map(|fields| Ok((fields.text("account")?.unwrap_or("-").to_owned(), record(fields)?)))
        .collect()
}

/// What every record has.
struct Head {
    id: String,
    time: Timestamp,
    sequence: i64,
}

fn record(fields: &Fields<'_>) -> Result<Record<String>, ScenarioError> {
    let (id, sequence) = (fields.needed_text("id")?.to_owned(), fields.integer("seq")?.unwrap_or(0));
    let reported = fields.needed_instant("ts")?;
    let traded = fields.instant("trade_ts")?;
    match fields.text("kind")? {
        Some("bust") => Ok(Record::Bust(Bust {
            execution_id: id,
            refers_to: fields.needed_text("ref")?.to_owned(),
            time: reported,
            sequence,
        })),
        Some("correct") => Ok(Record::Correction(correction(fields, id, (reported, traded), sequence)?)),
        _ => entry(fields, Head { id, time: traded.unwrap_or(reported), sequence }).map(Record::Entry),
    }
}

fn correction(
    fields: &Fields<'_>,
    execution_id: String,
    (time, trade_time): (Timestamp, Option<Timestamp>),
    sequence: i64,
) -> Result<Correction<String>, ScenarioError> {
    Ok(Correction {
        execution_id,
        refers_to: fields.needed_text("ref")?.to_owned(),
        time,
        sequence,
        book: fields.text("symbol")?.map(str::to_owned),
        trade_time,
        side: match fields.text("side")? {
            None => None,
            Some(_) => Some(side(fields)?),
        },
        quantity: fields.decimal("qty")?,
        price: fields.decimal("price")?,
        commission: fields.decimal("fee")?,
        fees: None,
    })
}

fn entry(fields: &Fields<'_>, Head { id, time, sequence }: Head) -> Result<Entry<String>, ScenarioError> {
    let event = match fields.text("kind")?.unwrap_or("fill") {
        "fill" => Event::Fill(Fill {
            execution_id: id,
            time,
            sequence,
            side: side(fields)?,
            quantity: fields.needed_decimal("qty")?,
            price: fields.needed_decimal("price")?,
            commission: fields.decimal("fee")?.unwrap_or_default(),
            fees: Decimal::ZERO,
        }),
        "split" => Event::Split(Split { id, time, sequence, ratio: fields.fraction("ratio")? }),
        "cash" => Event::Cash(Cash { id, time, sequence, amount: fields.needed_decimal("amount")? }),
        "expire" => {
            Event::Expiry(Expiry { id, time, sequence, price: fields.decimal("price")?.unwrap_or_default() })
        }
        "exercise" | "assign" => Event::Exercise(Exercise {
            id,
            time,
            sequence,
            quantity: fields.needed_decimal("qty")?,
            fee: fields.decimal("fee")?.unwrap_or_default(),
        }),
        other => {
            let expected = "fill, split, cash, expire, exercise, assign, correct or bust";
            return Err(fields.unexpected("kind", expected, &other.into()));
        }
    };
    Ok(Entry {
        book: fields.needed_text("symbol")?.to_owned(),
        event,
        cost_currency: fields.text("fee_ccy")?.map(str::to_owned),
        risk: fields.decimal("risk")?,
        effect: fields.choice(
            "effect",
            "open or close",
            &[("", None), ("open", Some(Effect::Opens)), ("close", Some(Effect::Closes))],
        )?,
    })
}

fn side(fields: &Fields<'_>) -> Result<Side, ScenarioError> {
    fields.needed_text("side")?;
    fields.choice("side", "buy or sell", &[("buy", Side::Buy), ("sell", Side::Sell)])
}
