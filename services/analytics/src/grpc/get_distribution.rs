//! `GetDistribution`: the shape of the amounts.

use super::{
    chosen::Chosen,
    convert::{self, NoteBook, money_estimate},
};
use crate::{
    db::amounts,
    domain::{histogram, quantile},
    error::Error,
};
use journal_proto::analytics::v1::{Bin, Distribution, GetDistributionRequest, Quantile};
use ledger::Decimal;
use sqlx::PgPool;
use statistics::SharpeSample;
use uuid::Uuid;

const BINS: u32 = 20;
const MOST_BINS: u32 = 200;
/// In hundredths.
const QUANTILES: [u32; 9] = [1, 5, 10, 25, 50, 75, 90, 95, 99];

/// Of the net (or gross) amounts in the unit asked for.
pub(super) async fn get_distribution(
    pool: &PgPool,
    user_id: Uuid,
    request: GetDistributionRequest,
) -> Result<Distribution, Error> {
    let bins = match request.bins {
        0 => BINS,
        bins if bins <= MOST_BINS => bins,
        _ => return Err(Error::Invalid { field: "bins", expected: "must be between 1 and 200" }),
    };
    let chosen = Chosen::parse(pool, user_id, request.filter, request.measure).await?;
    let amounts = amounts::read(pool, chosen.selection(), chosen.measure).await?;
    let coverage = chosen.coverage(pool).await?;
    let values: Vec<Decimal> = amounts.into_iter().map(|amount| amount.value).collect();
    let shape = tokio::task::spawn_blocking(move || shape(values, bins));
    let shape = shape.await.map_err(|error| Error::Malformed(error.to_string()))??;
    Ok(Distribution { unit: chosen.unit(), coverage, currency: chosen.currency, ..shape })
}

fn shape(mut values: Vec<Decimal>, bins: u32) -> Result<Distribution, Error> {
    let figures = convert::resampled_figures(values.iter().copied())?;
    let numbers: Vec<f64> = values.iter().map(|value| value.to_f64()).collect();
    values.sort_unstable();
    let mut notes = NoteBook::default();
    let moments = notes.defined("skewness", SharpeSample::of(&numbers));
    notes.defined("kurtosis", SharpeSample::of(&numbers));
    let text = |value: Option<&Decimal>| value.map(ToString::to_string);
    let mut quantiles = Vec::new();
    for hundredths in QUANTILES {
        if let Some(value) = quantile(&values, hundredths)? {
            quantiles.push(Quantile { share: f64::from(hundredths) / 100.0, value: value.to_string() });
        }
    }
    let bins = histogram(&values, bins)?.into_iter().map(|bin| Bin {
        from: bin.from.to_string(),
        to: bin.to.to_string(),
        count: bin.count,
    });
    Ok(Distribution {
        n: figures.trades,
        mean: notes.defined("mean", figures.expectancy).as_ref().map(money_estimate),
        median: quantile(&values, 50)?.map(|median| median.to_string()),
        standard_deviation: notes.defined("standard_deviation", figures.standard_deviation),
        skewness: moments.map(|moments| moments.skewness),
        kurtosis: moments.map(|moments| moments.kurtosis),
        min: text(values.first()),
        max: text(values.last()),
        quantiles,
        bins: bins.collect(),
        notes: notes.written(),
        ..Distribution::default()
    })
}
