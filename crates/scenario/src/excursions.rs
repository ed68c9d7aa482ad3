//! How far closed round trips went, from the bars of a scenario.

use std::collections::BTreeMap;

use ledger::{BookKey, BookStatement, RoundTrip, Settings, Statement};
use serde_json::Value;
use statistics::{Bar, Bars, Excursion, Metric, Trip};

use crate::fields::Fields;
use crate::rows::number;
use crate::{Json, ScenarioError};

/// The bars of each symbol. Open and close do not matter here and may be missing.
pub(crate) fn bars(document: &Value) -> Result<BTreeMap<String, Bars>, ScenarioError> {
    let fields = Fields::new(document, String::new());
    let mut all = BTreeMap::new();
    let symbols = document.get("bars").and_then(Value::as_object).into_iter().flatten();
    for (symbol, _) in symbols {
        let list = fields.object("bars").list(symbol)?;
        let bars = list.iter().map(bar).collect::<Result<_, _>>()?;
        all.insert(symbol.clone(), Bars::new(bars)?);
    }
    Ok(all)
}

/// A row for each closed round trip, by account, symbol and number.
pub(crate) fn rows(
    statement: &Statement,
    settings: &Settings,
    bars: &BTreeMap<String, Bars>,
) -> Result<Json, ScenarioError> {
    let none = Bars::new(Vec::new())?;
    let mut rows = Vec::new();
    for (key, book) in &statement.books {
        let bars = bars.get(&key.symbol).unwrap_or(&none);
        for (position, trip) in book.matched.round_trips.iter().enumerate() {
            if trip.closed_at.is_some() {
                rows.push(row(key, book, (position, trip), settings, bars));
            }
        }
    }
    Ok(Json::Array(rows))
}

fn bar(fields: &Fields<'_>) -> Result<Bar, ScenarioError> {
    let (high, low) = (fields.needed_decimal("high")?, fields.needed_decimal("low")?);
    Ok(Bar {
        start: fields.needed_instant("ts")?,
        end: fields.needed_instant("end")?,
        open: fields.decimal("open")?.unwrap_or(low),
        high,
        low,
        close: fields.decimal("close")?.unwrap_or(high),
    })
}

fn row(
    key: &BookKey,
    book: &BookStatement,
    (position, trip): (usize, &RoundTrip),
    settings: &Settings,
    bars: &Bars,
) -> Json {
    let instrument = settings.instruments.get(&key.symbol).cloned().unwrap_or_default();
    let executions = book.executions.get(trip.opening..=trip.last).unwrap_or_default();
    let trip = Trip {
        direction: trip.direction,
        multiplier: instrument.multiplier,
        valuation: instrument.valuation,
        executions,
        opening_closed_quantity: trip.opening_closed_quantity.clone(),
        risk: trip.risk,
    };
    let mut members = vec![("symbol".into(), Json::text(&key.symbol)), ("n".into(), number(position + 1))];
    if let Ok(excursion) = Excursion::of(&trip, bars) {
        members.extend([
            ("mae".into(), Json::text(&excursion.mae)),
            ("mfe".into(), Json::text(&excursion.mfe)),
            ("low".into(), defined(&excursion.lowest)),
            ("high".into(), defined(&excursion.highest)),
            ("entry_eff".into(), defined(&excursion.entry_efficiency)),
            ("exit_eff".into(), defined(&excursion.exit_efficiency)),
            ("total_eff".into(), defined(&excursion.total_efficiency)),
            ("capture".into(), defined(&excursion.capture)),
        ]);
    }
    Json::Object(members)
}

fn defined<T: std::fmt::Display>(metric: &Metric<T>) -> Json {
    Json::optional(metric.as_ref().ok())
}
