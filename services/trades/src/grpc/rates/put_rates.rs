//! Stores exchange rates: all of them or none.

use super::{super::parse, App};
use crate::{
    db,
    domain::{
        invalid::{Invalid, InvalidItems},
        rate::{self, MOST_AT_ONCE, Pair, Rate, RateKey},
    },
    error::{Error, Result},
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, PutRatesRequest, PutRatesResponse};
use std::collections::{BTreeMap, btree_map::Entry};

pub(super) async fn put_rates(app: &App, user: UserId, request: PutRatesRequest) -> Result<PutRatesResponse> {
    if !(1..=MOST_AT_ONCE).contains(&request.rates.len()) {
        return Err(Invalid::new("rates", format!("must be 1 to {MOST_AT_ONCE} rates")).into());
    }
    let rates = distinct(request.rates)?;
    let mut tx = app.begin(user).await?;
    db::exchange_rates::lock(&mut *tx, user).await?;
    db::exchange_rates::put(&mut *tx, user, &rates).await?;
    if db::exchange_rates::count(&mut *tx, user).await? > rate::MOST {
        return Err(Error::TooManyRates);
    }
    tx.commit().await?;
    Ok(PutRatesResponse {})
}

/// The rates, each once.
fn distinct(messages: Vec<proto::Rate>) -> Result<Vec<Rate>, InvalidItems> {
    let mut rates: BTreeMap<RateKey, Rate> = BTreeMap::new();
    let mut items: Vec<(usize, Invalid)> = Vec::new();
    for (at, message) in messages.into_iter().enumerate() {
        if let Err(invalid) = take(&message, &mut rates) {
            items.push((at, invalid));
        }
        if items.len() == InvalidItems::MOST {
            break;
        }
    }
    if items.is_empty() {
        Ok(rates.into_values().collect())
    } else {
        Err(InvalidItems { list: "rates", items })
    }
}

fn take(message: &proto::Rate, rates: &mut BTreeMap<RateKey, Rate>) -> Result<(), Invalid> {
    let valid_from = parse::optional_time("valid_from", message.valid_from)?
        .ok_or_else(|| Invalid::new("valid_from", "is required"))?;
    let rate = Rate::stated(Pair::parse(&message.from, &message.to)?, valid_from, &message.rate)?;
    match rates.entry(rate.key.clone()) {
        Entry::Vacant(vacant) => {
            vacant.insert(rate);
            Ok(())
        }
        Entry::Occupied(before) if *before.get() == rate => Ok(()),
        Entry::Occupied(_) => Err(Invalid::new("rate", "is not the one of the same time before it")),
    }
}
