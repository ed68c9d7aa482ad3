//! Instruments, rates and policies of a scenario.

use std::collections::BTreeMap;

use ledger::{
    Decimal, FeeRounding, Instrument, OptionTerms, PremiumPolicy, RatePolicy, Rates, Right, Settings,
    SplitScope, Valuation,
};
use serde_json::Value;

use crate::ScenarioError;
use crate::fields::Fields;

/// Everything that does not happen but holds.
pub(crate) fn read(document: &Value) -> Result<Settings, ScenarioError> {
    let document = Fields::new(document, String::new());
    let config = document.object("config");
    let places = config.integer("fee_dp")?.map(u32::try_from);
    Ok(Settings {
        fee_rounding: match places {
            None => FeeRounding::Exact,
            Some(Ok(places)) => FeeRounding::Places(places),
            Some(Err(_)) => return Err(config.unexpected("fee_dp", "a number of decimals", &Value::Null)),
        },
        instruments: instruments(&document)?,
        rates: rates(&document)?,
        currency: config.text("base_ccy")?.map(str::to_owned),
        rate_policy: config.choice(
            "fx_policy",
            "close or legs",
            &[("close", RatePolicy::AtClose), ("legs", RatePolicy::PerSide)],
        )?,
        premium_policy: config.choice(
            "premium_policy",
            "separate or roll",
            &[("separate", PremiumPolicy::Separate), ("roll", PremiumPolicy::Roll)],
        )?,
        // The reference knows a split by its symbol alone.
        split_scope: SplitScope::EveryAccount,
        ..Settings::default()
    })
}

/// The prices at which open positions are valued.
pub(crate) fn marks(document: &Value) -> Result<Vec<(String, Decimal)>, ScenarioError> {
    let marks = Fields::new(document, String::new()).object("config").object("marks");
    let names = document.pointer("/config/marks").and_then(Value::as_object);
    let names = names.into_iter().flatten().map(|(symbol, _)| symbol);
    names.map(|symbol| Ok((symbol.clone(), marks.needed_decimal(symbol)?))).collect()
}

fn instruments(document: &Fields<'_>) -> Result<BTreeMap<String, Instrument>, ScenarioError> {
    let read = |(symbol, fields): (&str, Fields<'_>)| Ok((symbol.to_owned(), instrument(&fields)?));
    document.entries("instruments")?.into_iter().map(read).collect()
}

fn instrument(fields: &Fields<'_>) -> Result<Instrument, ScenarioError> {
    let inverse = fields.text("type")? == Some("inverse");
    Ok(Instrument {
        currency: fields.text("ccy")?.map(str::to_owned),
        multiplier: fields.decimal("multiplier")?.unwrap_or(Decimal::ONE),
        valuation: if inverse { Valuation::Inverse } else { Valuation::Linear },
        coin: fields.text("base")?.map(str::to_owned),
        option: option(fields)?,
    })
}

fn option(fields: &Fields<'_>) -> Result<Option<OptionTerms>, ScenarioError> {
    if fields.text("right")?.is_none() {
        return Ok(None);
    }
    Ok(Some(OptionTerms {
        right: fields.choice("right", "call or put", &[("call", Right::Call), ("put", Right::Put)])?,
        strike: fields.needed_decimal("strike")?,
        underlying: fields.needed_text("underlying")?.to_owned(),
    }))
}

fn rates(document: &Fields<'_>) -> Result<Rates, ScenarioError> {
    let mut rates = Rates::default();
    for fields in document.list("fx")? {
        let pair = fields.needed_text("pair")?;
        let (from, to) = pair
            .split_once('/')
            .ok_or_else(|| fields.unexpected("pair", "a pair such as EUR/USD", &pair.into()))?;
        if !rates.add(fields.needed_instant("ts")?, from, to, &fields.fraction("rate")?) {
            return Err(fields.unexpected("rate", "a rate above zero", &Value::Null));
        }
    }
    Ok(rates)
}
